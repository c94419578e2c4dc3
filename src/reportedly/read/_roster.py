"""The roster of an article: who is named in it, where, and what is known of each.

Built by `_people.find_people`, used by whatever has to say who a span of text means.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from reportedly._records import Person, Span

Gender = Literal["f", "m"]


@dataclass(frozen=True)
class Roster:
    """People of one article, findable by place.

    ``genders`` holds those the text shows by title, pronoun or first name. ``descriptions`` maps a lower-case
    description ("the russian foreign minister", "russian president") to the one person it stands for.
    """

    people: tuple[Person, ...]
    genders: dict[str, Gender] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    _index: list[tuple[int, int, str]] = field(init=False, repr=False)
    _by_id: dict[str, Person] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        spans = sorted((start, end, person.id) for person in self.people for start, end in person.mentions)
        object.__setattr__(self, "_index", spans)
        object.__setattr__(self, "_by_id", {person.id: person for person in self.people})

    def __getitem__(self, identifier: str) -> Person:
        return self._by_id[identifier]

    def within(self, span: Span) -> Iterable[tuple[Span, Person]]:
        """Mentions that overlap the span, in text order."""
        start, end = span
        at = bisect_right(self._index, (start, -1, ""))
        while at > 0 and self._index[at - 1][1] > start:
            at -= 1
        for begin, stop, identifier in self._index[at:]:
            if begin >= end:
                break
            if stop > start:
                yield (begin, stop), self._by_id[identifier]

    def before(self, offset: int) -> Iterable[tuple[Span, Person]]:
        """Mentions that end at or before the offset, the nearest first."""
        at = bisect_right(self._index, (offset, -1, ""))
        for begin, stop, identifier in reversed(self._index[:at]):
            if stop <= offset:
                yield (begin, stop), self._by_id[identifier]
