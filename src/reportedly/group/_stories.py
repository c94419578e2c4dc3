"""Groups articles into stories: TF-IDF vectors, average-link clustering within a few days.

Average-link agglomeration of TF-IDF vectors inside a time window is the strong plain baseline of news story
clustering (as in Miranda et al. 2018, "Multilingual Clustering of Streaming News", and the systems compared there). A
vector is the headline, counted three times, and the first 500 words: news puts what it is about first. Weights are the
collection's own document frequencies smoothed with those of news at large (`_words.commonness`), so that ten articles
are weighted as sensibly as ten thousand. Candidates come from an inverted index; pairs that share no telling word are
never compared.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import islice
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from reportedly._records import Article, Story
from reportedly.group._reason import reason
from reportedly.group._words import commonness, stem, words

# Tuned on the AllSides development stories (B-cubed F1 88.9); frozen there, BASIL's development stories give 98.7.
TITLE_WEIGHT = 3
LEAD_WORDS = 500
SIMILAR = 0.18
"""Mean cosine similarity from which two groups are one story."""
FADE = (1.0, 0.95, 0.8)
"""Factor by days between publication; articles further apart are never compared."""
FADE_UNDATED = 0.8
"""Factor where an article's date is not known."""
BACKGROUND = 1000
"""How many articles the table of news at large counts for beside the collection's own."""
TOO_COMMON = 0.3
"""A word in more than this share of a large collection brings no candidates."""
NEGLIGIBLE = 0.06
"""Similarities below this are taken for none."""


@dataclass(frozen=True)
class Vectors:
    """Articles as unit vectors: ``terms[i]`` maps a word to its weight in article i."""

    terms: tuple[dict[str, float], ...]


def find_stories(articles: Sequence[Article]) -> list[Story]:
    """Stories of the articles, which are in order of their ids and have each its own."""
    vectors = vectorise(articles)
    days = [_day(article.published) for article in articles]
    stories = []
    for members in _average_link(_similarities(vectors, days)):
        identifiers = tuple(articles[member].id for member in members)
        why = reason([articles[member] for member in members], [vectors.terms[member] for member in members])
        stories.append(Story(_identifier(identifiers), identifiers, why))
    return sorted(stories, key=lambda story: (-len(story.articles), story.articles))


def vectorise(articles: Sequence[Article]) -> Vectors:
    """TF-IDF vectors of unit length: 1 + log of the count, times the smoothed inverse document frequency."""
    counts = [_count(article) for article in articles]
    held = Counter(word for count in counts for word in count)
    background, size = commonness(), len(counts) + BACKGROUND + 1
    rarity = {word: log(size / (n + BACKGROUND * background.get(word, 0.0) + 1)) for word, n in held.items()}
    return Vectors(tuple(_unit({word: (1 + log(n)) * rarity[word] for word, n in count.items()}) for count in counts))


def _count(article: Article) -> Counter[str]:
    title = headline(article)
    count = Counter({stem(word): TITLE_WEIGHT * n for word, n in Counter(w for w, _ in words(title)).items()})
    count.update(stem(word) for word, _ in islice(words(article.text), LEAD_WORDS))
    return count


def headline(article: Article) -> str:
    """The title, else the headline block, else the first line if it is as short as a headline."""
    if article.title:
        return article.title
    for block in article.blocks:
        if block.kind == "headline":
            return article.text[slice(*block.span)]
    first = article.text.lstrip()[:200].split("\n", 1)[0]
    return first if len(first) < 150 else ""


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in vector.values()))
    return {word: weight / length for word, weight in vector.items() if weight > 0} if length else {}


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def _fade(one: int | None, other: int | None) -> float:
    if one is None or other is None:
        return FADE_UNDATED
    apart = abs(one - other)
    return FADE[apart] if apart < len(FADE) else 0.0


def _similarities(vectors: Vectors, days: Sequence[int | None]) -> list[dict[int, float]]:
    """For each article its similar ones, by an inverted index of the words that are not in too many articles."""
    size = len(vectors.terms)
    index: dict[str, tuple[list[int], list[float]]] = {}
    for at, terms in enumerate(vectors.terms):
        for word, weight in terms.items():
            articles, weights = index.setdefault(word, ([], []))
            articles.append(at)
            weights.append(weight)
    most = max(TOO_COMMON * size, 20)
    postings: dict[str, tuple[NDArray[np.intp], NDArray[np.float64]]] = {
        word: (np.array(articles), np.array(weights))
        for word, (articles, weights) in index.items()
        if 1 < len(articles) <= most
    }
    similar: list[dict[int, float]] = []
    for at, terms in enumerate(vectors.terms):
        total = np.zeros(size)
        for word, weight in terms.items():
            if word in postings:
                articles_, weights_ = postings[word]
                total[articles_] += weight * weights_
        total[at] = 0.0
        near = [int(other) for other in np.nonzero(total >= NEGLIGIBLE)[0]]
        faded = {other: round(float(total[other]) * _fade(days[at], days[other]), 9) for other in near}
        similar.append({other: value for other, value in faded.items() if value >= NEGLIGIBLE})
    return similar


def _average_link(similar: list[dict[int, float]]) -> list[list[int]]:
    """Groups of indices, merged while the mean similarity between two groups' members is at least `SIMILAR`.

    A heap of candidate merges with lazy deletion; the mean to a merged group is the weighted mean of the two
    (Lance-Williams), so each merge costs only its groups' neighbours.
    """
    links = {at: dict(row) for at, row in enumerate(similar)}
    members = {at: [at] for at in links}
    heap = [(-value, at, other) for at, row in links.items() for other, value in row.items() if at < other]
    heap = [entry for entry in heap if -entry[0] >= SIMILAR]
    heapq.heapify(heap)
    fresh = len(similar)
    while heap:
        _, one, other = heapq.heappop(heap)
        if one not in members or other not in members:
            continue
        size_one, size_other = len(members[one]), len(members[other])
        members[fresh] = members.pop(one) + members.pop(other)
        row_one, row_other = links.pop(one), links.pop(other)
        row = {
            near: (size_one * row_one.get(near, 0.0) + size_other * row_other.get(near, 0.0)) / (size_one + size_other)
            for near in sorted({*row_one, *row_other})
            if near in members
        }
        links[fresh] = row
        for near, value in row.items():
            links[near][fresh] = value
            if value >= SIMILAR:
                heapq.heappush(heap, (-value, near, fresh))
        fresh += 1
    return [sorted(group) for group in members.values()]


def _identifier(articles: Sequence[str]) -> str:
    return "s" + sha256("\n".join(articles).encode("utf-8", "surrogatepass")).hexdigest()[:12]
