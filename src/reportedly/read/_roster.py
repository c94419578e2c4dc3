"""The roster of an article: who is named in it, where, and what is known of each.

Built by `_people.find_people`, used by whatever has to say who a span of text means.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from reportedly._records import Person, Span
from reportedly.read._parties import country_names_in, party_of, without_country

Gender = Literal["f", "m"]


@dataclass(frozen=True)
class Roster:
    """People of one article, findable by place, by id and by description.

    ``genders`` holds those that a title, a first name or a role shows.
    """

    people: tuple[Person, ...]
    genders: Mapping[str, Gender] = field(default_factory=dict)
    _index: list[tuple[int, int, str]] = field(init=False, repr=False)
    _by_id: dict[str, Person] = field(init=False, repr=False)
    _offices: list[tuple[str, str | None, str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        spans = sorted((start, end, person.id) for person in self.people for start, end in person.mentions)
        object.__setattr__(self, "_index", spans)
        object.__setattr__(self, "_by_id", {person.id: person for person in self.people})
        offices = [
            (without_country(role), party_of(role) or person.party, person.id)
            for person in self.people
            if person.kind == "person"
            for role in person.roles
        ]
        object.__setattr__(self, "_offices", offices)

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

    def resolve_description(self, phrase: str) -> str | None:
        """The id of the one person that a description stands for ("the Norwegian minister"); None if none or several.

        The description's words have to be words of one of the person's roles; a country in it has to be the person's.
        """
        codes = country_names_in(phrase)
        office = without_country(phrase).split()
        if not office:
            return None
        found: dict[str, bool] = {}
        for words, party, identifier in self._offices:
            if not set(office) <= set(words.split()) or (codes and party is not None and party != codes[0]):
                continue
            found[identifier] = found.get(identifier, False) or (bool(codes) and party == codes[0])
        exact = [identifier for identifier, same in found.items() if same]
        if exact:
            return exact[0] if len(exact) == 1 else None
        return next(iter(found)) if len(found) == 1 else None

    def with_people(self, extra: Iterable[Person]) -> Roster:
        """The roster with more people in it."""
        return Roster((*self.people, *extra), self.genders)

    def with_parties_of_employers(self) -> Roster:
        """Parties of those whose role names only whom they work for: "Vik's adviser" speaks for Vik's party."""
        names = {person.name.split()[-1]: person for person in self.people if person.kind == "person" and person.party}
        people = []
        for person in self.people:
            party = person.party
            if party is None and person.kind == "person":
                owners = [re.match(r"(?:\w+ )?(\w+)['’]s\s", role) for role in person.roles]
                employers = [names[o.group(1)] for o in owners if o is not None and o.group(1) in names]
                party = next((employer.party for employer in employers if employer.id != person.id), None)
            people.append(replace(person, party=party))
        return Roster(tuple(people), self.genders)
