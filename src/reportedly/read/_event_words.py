"""The words that report an event of one of PLOVER's types, by the frame they take: data/plover.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from reportedly._records import EventType

Frame = Literal[
    "object", "somebody", "to_do", "with", "things", "alone", "together", "visit", "host", "phrasal", "nouns", "done_to"
]

COOPERATIVE = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID"))
"""Types that are AGREE as long as they are only meant to happen: a future act of cooperation is the promise of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word in one of its frames. ``needs``: the prepositions, particles, objects or first words that it asks for."""

    type: EventType
    frame: Frame
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Words:
    """Entries by lemma, the frames that ask for more first; and the words that tell an event's standing."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, Entry]
    sets: Mapping[str, frozenset[str]]
    off_phrasal: Mapping[str, frozenset[str]]


_NOUNS: dict[str, Frame] = {
    "nouns": "nouns",
    "nouns_done_to": "done_to",
    "nouns_together": "together",
    "nouns_visit": "visit",
}
_PLAIN: tuple[Frame, ...] = ("object", "somebody", "to_do", "alone", "together", "visit", "host")
_PREPOSITIONAL: tuple[Frame, ...] = ("with", "phrasal")
_ASKING: tuple[Frame, ...] = ("phrasal", "things", "with", "visit", "host", "together", "to_do", "somebody")
_ORDER: tuple[Frame, ...] = (*_ASKING, "object", "alone")


@cache
def words() -> Words:
    """The words, read once."""
    table = tomllib.loads(resources.files("reportedly.read").joinpath("data", "plover.toml").read_text("utf-8"))
    light = table["light"]
    verbs: dict[str, list[Entry]] = {}
    nouns: dict[str, Entry] = {}
    for name in get_args(EventType):
        for lemma, entry in _verb_entries(name, table[name]):
            verbs.setdefault(lemma, []).append(entry)
        for key, frame in _NOUNS.items():
            nouns |= {lemma: Entry(name, frame) for lemma in table[name].get(key, "").split()}
        for lemmas, before in _by_colon(table[name].get("compounds_together", ())):
            nouns |= {lemma: Entry(name, "together", before) for lemma in lemmas}
    return Words(
        {lemma: tuple(sorted(found, key=lambda e: _ORDER.index(e.frame))) for lemma, found in verbs.items()},
        nouns,
        {name: frozenset(value.split()) for name, value in light.items() if isinstance(value, str)},
        _by_first(light["off_phrasal"]),
    )


def _verb_entries(name: EventType, frames: Mapping[str, Any]) -> Iterable[tuple[str, Entry]]:
    for frame in _PLAIN:
        for lemma in frames.get(frame, "").split():
            yield lemma, Entry(name, frame)
    for frame in _PREPOSITIONAL:
        for lemma, needs in _by_first(frames.get(frame, ())).items():
            yield lemma, Entry(name, frame, needs)
    for lemmas, objects in _by_colon(frames.get("things", ())):
        for lemma in lemmas:
            yield lemma, Entry(name, "things", objects)


def _by_colon(lines: Iterable[str]) -> Iterable[tuple[list[str], frozenset[str]]]:
    for line in lines:
        heads, _, needs = line.partition(":")
        yield re.split(r"[/\s]+", heads.strip()), frozenset(needs.split())


def _by_first(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in lines:
        first, *needs = line.split()
        found[first] = found.get(first, frozenset()) | frozenset(needs)
    return found
