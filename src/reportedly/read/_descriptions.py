"""Whom a description without a name stands for: "the Russian foreign minister", "the secretary", "the Kremlin aide".

A description stands for somebody when its words are words of one of that person's roles, or of another word for the
same office (data/roles.toml), when a country it names is the person's party, and when this holds for one person
alone. Former offices answer to "former" only, and words that fit too many people ("the official") need a side beside
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportedly._records import Person
from reportedly.read._parties import ADJECTIVAL, find_forms, party_of
from reportedly.read._people_data import roles, singular, titles, word_list
from reportedly.read._people_words import pieces

FILLERS = word_list("fillers")
LONGEST = 120
"""Characters of a description; a longer phrase is none."""


@dataclass(frozen=True, slots=True)
class _Office:
    words: frozenset[str]
    past: bool
    party: str | None
    bare: bool
    person: str


class Descriptions:
    """The offices of an article's people, to find one by a description."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._offices: list[_Office] = []
        self._counts: dict[str, int] = {}
        for person in people:
            if person.kind != "person":
                continue
            for role in person.roles:
                self._offices.extend(_offices(role, person))

    def resolve(self, phrase: str) -> str | None:
        """The id of the one person whom the phrase stands for, or None."""
        if len(phrase) > LONGEST:
            return None
        words, sides, past = _parse(phrase)
        if not words or not any(word in roles().heads for word in words):
            return None
        if not sides and words <= roles().generic:
            return None
        side = party_of(phrase) if sides else None
        found: dict[str, bool] = {}
        for office in self._offices:
            if office.past != past or not words <= office.words:
                continue
            if sides and office.party != side:
                continue
            found[office.person] = found.get(office.person, True) and office.bare
        if len(found) == 1:
            return next(iter(found))
        # "The president" of an article that names the others' countries is the one whose country it takes for granted.
        home = [person for person, bare in found.items() if bare]
        return home[0] if not sides and len(home) == 1 else None


def _parse(phrase: str) -> tuple[frozenset[str], tuple[str, ...], bool]:
    """The office's words, the sides the phrase names, and whether it is a former office."""
    cut = [piece for piece in pieces(phrase) if piece.kind in ("word", "number")]
    norms = [piece.norm for piece in cut]
    found = [f for f in find_forms(norms, relaxed=True) if not f.form.doubtful]
    if not found:
        # In lower case "us" is a country before a noun alone.
        found = find_forms(["US" if n == "us" and at < 2 < len(norms) + 1 else n for at, n in enumerate(norms)])
        found = [f for f in found if " ".join(f.form.words) in ADJECTIVAL]
    sides = tuple(f.form.party for f in found)
    taken = {at for f in found if f.form.kind != "institution" for at in range(f.first, f.last)}
    lows = [piece.low.rstrip(".") for at, piece in enumerate(cut) if at not in taken]
    past = any(low in roles().past for low in lows)
    words = frozenset(_full(low) for low in lows if low not in FILLERS and low not in roles().past)
    return words, sides, past


def _full(word: str) -> str:
    return titles().short.get(word, singular(word))


def _offices(role: str, person: Person) -> Iterator[_Office]:
    words, sides, past = _parse(role)
    party = (party_of(role) if sides else None) or (None if past else person.party)
    bare = not sides
    yield _Office(words | _sides_words(role), past, party, bare, person.id)
    for name, others in roles().synonyms.items():
        if set(name.split()) <= words:
            for other in others:
                yield _Office((words - set(name.split())) | frozenset(other.split()), past, party, bare, person.id)


def _sides_words(role: str) -> frozenset[str]:
    return frozenset(piece.low for piece in pieces(role) if piece.kind == "word")
