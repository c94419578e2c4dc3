"""Words of a story, weighted by how telling each is.

A word is telling when it is rare in the news at large and rare in this story: the names everybody in a story is called
by tell nothing of which fact a sentence reports. The weight is the product of the two, each an inverse document
frequency between 0 and 1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log

from reportedly._records import Span
from reportedly.group._words import commonness, stem, words

RAREST = 0.001
"""Share of articles that a word counts as having which stands in no table."""
FUNCTION = 0.55
"""Words in at least this share of all articles say nothing of what a text is about."""
CALENDAR = 0.25
"""Share that days, months and years count as having: names of no table, and in every article."""

_MONTHS = "january february march april may june july august september october november december"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_SHORT = "jan feb mar apr jun jul aug sept sep oct nov dec"
_CALENDAR = frozenset(f"{_MONTHS} {_DAYS} {_SHORT}".split())
_YEAR = re.compile(r"(?:19|20)\d\d$")


MOST_WORDINGS = 12
"""Wordings of one remark that are compared with others, the fullest: a hundred outlets that carry it have few."""


@dataclass(frozen=True)
class Word:
    """A word in its place: ``stem`` is lower case without plural ending."""

    stem: str
    span: Span


def tokens(text: str, span: Span, holes: Sequence[Span] = ()) -> tuple[Word, ...]:
    """The words of ``text[span]`` that overlap none of the holes."""
    found = (Word(stem(word), at) for word, at in words(text, *span))
    if not holes:
        return tuple(found)
    return tuple(word for word in found if all(word.span[1] <= start or end <= word.span[0] for start, end in holes))


def is_content(word: str) -> bool:
    """Whether a stem says what a text is about: neither a function word nor a single letter."""
    return (len(word) > 1 or word.isdigit()) and commonness().get(word, 0.0) < FUNCTION


class Weights:
    """How telling each stem is within a story; see the module's docstring."""

    def __init__(self, sentences: Iterable[Iterable[str]], common: Callable[[str], float] | None = None) -> None:
        """Count the stems of the sentences; ``common`` tells how common each is at large, by default `commonness`."""
        self._common = common or (lambda word: commonness().get(word, 0.0))
        held: Counter[str] = Counter()
        size = 0
        for sentence in sentences:
            held.update(set(sentence))
            size += 1
        self._held, self._size = held, max(size, 1)
        self._known: dict[str, float] = {}
        self._wholes: dict[frozenset[str], float] = {}

    def __getitem__(self, word: str) -> float:
        if word not in self._known:
            common = CALENDAR if word in _CALENDAR or _YEAR.match(word) else self._common(word)
            at_large = log(1 / max(common, RAREST)) / log(1 / RAREST)
            here = log((self._size + 1) / (self._held[word] + 0.5)) / log(2 * self._size + 2)
            telling = (len(word) > 1 or word.isdigit()) and common < FUNCTION
            self._known[word] = max(0.0, at_large * here) if telling else 0.0
        return self._known[word]

    def total(self, some: Iterable[str]) -> float:
        """Sum of the weights of different stems. Sorted, since a sum of floats depends on its order."""
        return sum(self[word] for word in sorted(set(some)))

    def contained(self, one: frozenset[str], other: frozenset[str]) -> float:
        """The share (0 to 1) of the lighter one's weight that both hold; 0 if it has none."""
        lighter = min(self.whole(one), self.whole(other))
        return self.total(one & other) / lighter if lighter else 0.0

    def whole(self, part: frozenset[str]) -> float:
        """The total of a part that is asked for again and again."""
        if part not in self._wholes:
            self._wholes[part] = self.total(part)
        return self._wholes[part]


def is_calendar(word: str) -> bool:
    """Whether a word in lower case names a day or a month."""
    return word in _CALENDAR


def overlaps(one: Span, other: Span) -> bool:
    """Whether two half-open spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def covered(span: Span, holes: Iterable[Span]) -> int:
    """Characters of the span that lie in one of the holes, which do not overlap each other."""
    return sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in holes)
