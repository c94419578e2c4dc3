"""The roster of an article: who is named in it, where, and what is known of each.

Built by `_people.find_people`, used by whatever has to say who a span of text means.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from reportedly._records import Person, Span
from reportedly.read._descriptions import Descriptions

Gender = Literal["f", "m"]


@dataclass(frozen=True)
class Roster:
    """People of one article, findable by place, by id and by description.

    ``genders`` holds those that a title, a role or a first name shows.
    """

    people: tuple[Person, ...]
    genders: Mapping[str, Gender] = field(default_factory=dict)
    _index: list[tuple[int, int, str]] = field(init=False, repr=False, compare=False)
    _by_id: dict[str, Person] = field(init=False, repr=False, compare=False)
    _longest: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spans = sorted((start, end, person.id) for person in self.people for start, end in person.mentions)
        object.__setattr__(self, "_index", spans)
        object.__setattr__(self, "_by_id", {person.id: person for person in self.people})
        object.__setattr__(self, "_longest", max((end - start for start, end, _ in spans), default=0))

    @cached_property
    def _descriptions(self) -> Descriptions:
        return Descriptions(self.people)

    def __getitem__(self, identifier: str) -> Person:
        return self._by_id[identifier]

    def within(self, span: Span) -> Iterable[tuple[Span, Person]]:
        """Mentions that overlap the span, in text order."""
        start, end = span
        at = bisect_right(self._index, (start - self._longest, -1, ""))
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

    def resolve_description(self, phrase: str) -> str | None:
        """The id of the one person a description stands for ("the Norwegian minister"); None if none or several."""
        return self._descriptions.resolve(phrase)

    def with_people(self, extra: Iterable[Person], changed: Mapping[str, Person] | None = None) -> Roster:
        """The roster with more people in it, and with what else was learnt of some, by id."""
        return Roster((*((changed or {}).get(person.id, person) for person in self.people), *extra), self.genders)
