"""Whom a description without a name stands for: "the Russian foreign minister", "the secretary", "the Kremlin aide".

A description stands for somebody when its words are words of one of that person's roles, or of another word for the
same office (data/roles.toml), when a country it names is the person's party, and when this holds for one person
alone. Former offices answer to "former" only, and words that fit too many people ("the official") need a side beside
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from reportedly._records import Person
from reportedly.read._parties import ADJECTIVAL, find_forms, party_of
from reportedly.read._people_data import phrase_list, roles, singular, titles, word_list
from reportedly.read._people_words import pieces

FILLERS = word_list("fillers")
LESSER = word_list("lesser")
LONGEST = 120
"""Characters of a description; a longer phrase is none."""


@dataclass(frozen=True, slots=True)
class _Office:
    """A role in words: ``core`` without the side it names, ``words`` with it; ``bare`` if it names none."""

    core: frozenset[str]
    words: frozenset[str]
    past: bool
    party: str | None
    bare: bool
    person: str


@cache
def _unique() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(office.split()) for office in phrase_list("unique"))


class Descriptions:
    """The offices of an article's people, to find one by a description."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._offices = [
            office
            for person in people
            if person.kind == "person"
            for role in person.roles
            for office in _offices(role, person)
        ]

    def resolve(self, phrase: str) -> str | None:
        """The id of the one person whom the phrase stands for, or None."""
        if len(phrase) > LONGEST:
            return None
        words, sides, past = _parse(phrase)
        if not any(word in roles().heads for word in words) or (not sides and words <= roles().generic):
            return None
        side = party_of(phrase) if sides else None
        found: dict[str, list[_Office]] = {}
        for office in self._offices:
            if office.past == past and _answers(office, words) and (not sides or office.party == side):
                found.setdefault(office.person, []).append(office)
        if len(found) == 1:
            return next(iter(found))
        return None if sides else _home(found) if words in _unique() else _exact(found, words)


def _answers(office: _Office, words: frozenset[str]) -> bool:
    """Whether an office is meant by some words: "the president" is no vice president and no bank's president."""
    if (office.words & LESSER) - words:
        return False
    return office.core == words if words in _unique() else words <= office.words


def _home(found: dict[str, list[_Office]]) -> str | None:
    """The one head of state or government whose country, though known, the article leaves out: its own."""
    home = [person for person, offices in found.items() if all(o.bare and o.party is not None for o in offices)]
    abroad = [person for person, offices in found.items() if any(not o.bare for o in offices)]
    return home[0] if len(home) == 1 and len(home) + len(abroad) == len(found) else None


def _exact(found: dict[str, list[_Office]], words: frozenset[str]) -> str | None:
    """The one person who is called just so: "the secretary" is Secretary Vik beside a defense secretary."""
    same = [person for person, offices in found.items() if any(o.bare and o.core == words for o in offices)]
    return same[0] if len(same) == 1 else None


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
    core, sides, past = _parse(role)
    party = (party_of(role) if sides else None) or (None if past else person.party)
    everything = frozenset(piece.low for piece in pieces(role) if piece.kind == "word")
    yield _Office(core, core | everything, past, party, not sides, person.id)
    for name, others in roles().synonyms.items():
        known = frozenset(name.split())
        if known <= core:
            for other in others:
                words = (core - known) | frozenset(other.split())
                yield _Office(words, words, past, party, not sides, person.id)
