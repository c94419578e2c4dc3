"""What of an article is compared: counts of its words, kept apart by where they stand and what they are.

News puts what it is about first, so a sketch holds the headline and the opening, not the whole text. Names are told by
a capital inside a sentence, which costs nothing beside a tagger and finds most of them. A sketch is a few hundred
counts: a stream keeps it in place of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from sys import intern
from zlib import crc32

from reportedly._records import Article
from reportedly.group._words import WORD, lower, stem, words

TITLE_WEIGHT = 3
"""How often a headline's word counts among the words."""
LEAD_WORDS = 500
"""Words of the text that are counted."""
PHRASE_WORDS = 300
"""Words of the text in which pairs of words are counted."""
NAME_LENGTH = 6000
"""Characters of the text in which names are looked for."""
BUCKETS = 1 << 20
"""Number of numbers that stand for pairs of words; two pairs of one number are taken for the same."""

_SENTENCE_START = re.compile(r"(?:^|[.!?:\n]\s*[“\"‘'(]?\s*|[“\"‘]\s*)$")


@dataclass(frozen=True, slots=True)
class Sketch:
    """An article as it is compared. Counts are by stem; ``phrases`` by number (0 to `BUCKETS`).

    ``day`` is the proleptic ordinal of the publication date, or None; ``weekdays`` says how often each is named;
    ``forms`` has for some stems the way the article writes them.
    """

    id: str
    day: int | None
    words: Mapping[str, int]
    title: Mapping[str, int]
    names: Mapping[str, int]
    figures: Mapping[str, int]
    phrases: Mapping[int, int]
    weekdays: tuple[int, ...]
    forms: Mapping[str, str]


def sketch(article: Article) -> Sketch:
    """The sketch of an article."""
    text = article.text
    head = [_key(word) for word, _ in words(headline(article))]
    lead, forms, names = _lead(text)
    count = Counter({word: TITLE_WEIGHT * n for word, n in Counter(head).items()})
    count.update(lead)
    for word in set(head) & names.keys():
        names[word] += 2
    figures = Counter(word for word in lead if len(word) > 1 and word[0].isdigit())
    phrases = Counter(_pairs(head)) + Counter(_pairs(lead[:PHRASE_WORDS]))
    weekdays = tuple(count.get(name, 0) for name in _weekdays())
    return Sketch(article.id, day_of(article.published), count, Counter(head), names, figures, phrases, weekdays, forms)


def headline(article: Article) -> str:
    """The title, else the headline block, else the first line if it is as short as a headline."""
    if article.title:
        return article.title
    for block in article.blocks:
        if block.kind == "headline":
            return article.text[slice(*block.span)]
    first = article.text.lstrip()[:200].split("\n", 1)[0]
    return first if len(first) < 150 else ""


def day_of(published: str | None) -> int | None:
    """The ordinal of an ISO date, or None."""
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def _lead(text: str) -> tuple[list[str], dict[str, str], Counter[str]]:
    """Stems of the opening, how words are written that do not open a sentence, and the names among them."""
    lead: list[str] = []
    forms: dict[str, str] = {}
    names: Counter[str] = Counter()
    for match in WORD.finditer(text):
        start = match.start()
        if len(lead) >= LEAD_WORDS and start >= NAME_LENGTH:
            break
        word = match.group()
        key = _key(word)
        if len(lead) < LEAD_WORDS:
            lead.append(key)
        named = word[0].isupper() and start < NAME_LENGTH and not _opens(text, start)
        if named:
            names[key] += 1
        if named or (key not in forms and word[0].islower() and len(lead) < LEAD_WORDS):
            forms[key] = intern(word.removesuffix("'s").removesuffix("’s"))
    return lead, forms, names


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    return intern(stem(lower(word)))


def _opens(text: str, at: int) -> bool:
    return at == 0 or _SENTENCE_START.search(text, max(0, at - 4), at) is not None


def _pairs(stems: Sequence[str]) -> list[int]:
    return [crc32(f"{one} {other}".encode("utf-8", "surrogatepass")) % BUCKETS for one, other in pairwise(stems)]


@cache
def _weekdays() -> tuple[str, ...]:
    return tuple(files("reportedly.group").joinpath("data/weekdays.txt").read_text("utf-8").split())
