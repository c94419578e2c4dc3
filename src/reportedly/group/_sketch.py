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
LONGEST_NAME = 3
"""Words in capitals in a row that are one name; more are several, or a title before one."""
BUCKETS = 1 << 20
"""Number of numbers that stand for pairs of words; two pairs of one number are taken for the same."""

_SENTENCE_START = re.compile(r"(?:^|[.!?:\n]\s*[“\"‘'(]?\s*|[“\"‘]\s*)$")


@dataclass(frozen=True, slots=True)
class Sketch:
    """An article as it is compared. Counts are by stem; ``phrases`` by number (0 to `BUCKETS`).

    ``day`` is the proleptic ordinal of the publication date, or None; ``weekdays`` says how often each is named;
    ``forms`` has for some stems the way the article writes them, and for a name's the whole name ("White House").
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
    days = tuple(count.get(name, 0) for name in weekdays())
    return Sketch(article.id, day_of(article.published), count, Counter(head), names, figures, phrases, days, forms)


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
    names: list[tuple[str, int, int]] = []
    for match in WORD.finditer(text):
        start = match.start()
        if len(lead) >= LEAD_WORDS and start >= NAME_LENGTH:
            break
        word = match.group()
        key = _key(word)
        if len(lead) < LEAD_WORDS:
            lead.append(key)
        if word[0].isupper() and start < NAME_LENGTH and not _opens(text, start):
            names.append((key, start, match.end()))
        elif key not in forms and word[0].islower() and len(lead) < LEAD_WORDS:
            forms[key] = intern(_bare(word))
    return lead, {**forms, **_whole_names(text, names)}, Counter(key for key, _, _ in names)


def _whole_names(text: str, names: Sequence[tuple[str, int, int]]) -> dict[str, str]:
    """For the stem of each word of a name, the first name of several words that has it, else the word."""
    forms: dict[str, str] = {}
    run: list[tuple[str, int, int]] = []
    for at, name in enumerate(names):
        run.append(name)
        if at + 1 < len(names) and text[name[2] : names[at + 1][1]] == " ":
            continue
        whole = _bare(text[run[0][1] : run[-1][2]])
        title = len(run) == LONGEST_NAME and text.endswith(" of ", 0, run[0][1])  # "Secretary of State Mona Friis"
        for key, start, end in run:
            if 1 < len(run) <= LONGEST_NAME and not title and " " not in forms.get(key, ""):
                forms[key] = intern(whole)
            else:
                forms.setdefault(key, intern(_bare(text[start:end])))
        run = []
    return forms


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    return intern(stem(lower(word)))


def _opens(text: str, at: int) -> bool:
    return at == 0 or _SENTENCE_START.search(text, max(0, at - 4), at) is not None


def _pairs(stems: Sequence[str]) -> list[int]:
    return [crc32(f"{one} {other}".encode("utf-8", "surrogatepass")) % BUCKETS for one, other in pairwise(stems)]


@cache
def weekdays() -> tuple[str, ...]:
    """The names of the days of the week, Monday first, as stems."""
    return tuple(files("reportedly.group").joinpath("data/weekdays.txt").read_text("utf-8").split())
