"""When two names are one name: accents, short forms, transliterations, initials, misprints.

Names are compared part by part, as record linkage does (Christen 2012, Data Matching, chapters 3 and 5): the surname by
its sound and, where it is long, with a slip; the first name by equality, initial, short form or spelling
(data/names.toml); middle names and "Jr." only as a reason against. Nothing here knows who anybody is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz.distance import OSA

from reportedly._letters import plain_letters

ONE_SLIP, TWO_SLIPS = 6, 11
"""Letters from which a surname may be misspelt by one letter, by two: names shorter than that which differ in a letter
(Khan, Kahn; Brown, Braun) are as often two people."""
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
NOT_LETTERS = re.compile(r"[^\w\s'-]|_")

SOUNDS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"[iyj]+$", "y"),  # Zelenskiy, Zelenskyy, Zelenskii
        (r"(?<=[aeou])[iy]$", "y"),
        (r"(.)\1", r"\1"),  # Mousavi, Moussavi
        (r"ks", "x"),
        (r"ph", "f"),
        (r"w", "v"),
        (r"kh", "h"),
        (r"ou", "u"),
        (r"q", "k"),
        (r"(?<=[bcdfghjklmnpqrstvxz])ie?v$", "ev"),
    )
)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("reportedly.compare").joinpath("data/names.toml").read_text("utf-8"))


@cache
def _lines() -> Mapping[str, frozenset[int]]:
    """Numbers of the lines of data/names.toml in which a given name stands."""
    lines: dict[str, set[int]] = {}
    for number, line in enumerate([*_data()["short"], *_data()["spellings"]]):
        for name in line.split():
            lines.setdefault(name, set()).add(number)
    return {name: frozenset(found) for name, found in lines.items()}


@cache
def ranks() -> frozenset[str]:
    """Words that make an office another office."""
    return frozenset(_data()["rank"].split())


@cache
def lone_offices() -> frozenset[str]:
    """Words of offices that stand without a country."""
    return frozenset(_data()["alone"].split())


@cache
def idle_words() -> frozenset[str]:
    """Words of a description that tell nothing of whom it means."""
    return frozenset(_data()["idle"].split())


@cache
def honorifics() -> Mapping[str, str]:
    """Gender, f or m, by an honorific in lower case."""
    return {word: gender for gender in ("f", "m") for word in _data()["honorifics"][gender].split()}


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text in lower case, without accents, full stops and possessive endings, with straight apostrophes."""
    letters = re.sub(r"'s?(?=\s|$)", "", plain_letters(text).replace("’", "'").replace(".", " "))
    return " ".join(NOT_LETTERS.sub(" ", letters).split())


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """One spelling for the ways in which a foreign name is written; the argument is folded."""
    for pattern, plain in SOUNDS:
        word = pattern.sub(plain, word)
    return word


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A personal name in parts, all folded. ``words`` has all of them but "Jr." and its like, which is ``suffix``."""

    words: tuple[str, ...]
    suffix: str

    @property
    def first(self) -> str:
        """The first name, or the only word."""
        return self.words[0] if self.words else ""

    @property
    def last(self) -> str:
        """The surname's last word, or the only word."""
        return self.words[-1] if self.words else ""

    @property
    def full(self) -> bool:
        """Whether there is a first name and a surname."""
        return len(self.words) > 1


@lru_cache(maxsize=65536)
def parse(name: str) -> Name:
    """A name in its parts."""
    words = [word for word in re.split(r"[\s-]+", fold(name)) if word and word not in {"the", "'"}]
    suffix = ""
    if len(words) > 1 and words[-1] in SUFFIXES:
        suffix = words.pop()
    return Name(tuple(words), suffix)


def same_surname(one: str, other: str) -> bool:
    """Whether two surnames are one: by sound, or with a slip in a long one. Both are folded words."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < ONE_SLIP - 1 or one[0] != other[0]:
        return False
    if sound(one) == sound(other):
        return True
    allowed = 2 if shorter >= TWO_SLIPS else 1 if shorter >= ONE_SLIP else 0
    return bool(allowed) and OSA.distance(one, other, score_cutoff=allowed) <= allowed


def same_first(one: str, other: str) -> bool:
    """Whether two first names may be one person's: equal, an initial, a short form, another spelling or a slip."""
    if one == other or (one[0] == other[0] and min(len(one), len(other)) == 1):
        return True
    mine, theirs = _lines().get(one, frozenset()), _lines().get(other, frozenset())
    if mine & theirs:
        return True
    if mine and theirs:
        return False
    if sound(one) == sound(other):
        return True
    if min(len(one), len(other)) < ONE_SLIP - 1 or one[0] != other[0] or _differ_at_the_end(one, other):
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def _differ_at_the_end(one: str, other: str) -> bool:
    """Whether only the last letter differs: Daniel and Daniela, Mario and Maria are two people."""
    shorter, longer = sorted((one, other), key=len)
    return longer[:-1] in (shorter, shorter[:-1])


def same_name(one: Name, other: Name) -> bool:
    """Whether two full names are one: nothing in them contradicts. "Jr." against none is for the caller to weigh."""
    if one.words == other.words:
        return True
    shorter, longer = sorted((one, other), key=lambda name: len(name.words))
    if len(shorter.words) > 1 and longer.words[-len(shorter.words) :] == shorter.words and len(shorter.first) > 2:
        return True  # López Obrador, Andrés Manuel López Obrador
    if len(longer.words) == 3 and len(longer.first) == 1 and len(shorter.words) == 2 and len(shorter.first) > 2:
        # J. Christopher Stevens, Chris Stevens: called by the name behind the initial
        return same_surname(one.last, other.last) and same_first(longer.words[1], shorter.first)
    return (
        same_surname(one.last, other.last)
        and same_first(one.first, other.first)
        and _middles_agree(one.words[1:-1], other.words[1:-1])
    )


def _middles_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter list of middle names is found in the longer one in order, initials for names."""
    if not one or not other:
        return True
    if len(one) == len(other):
        pairs = list(zip(one, other, strict=True))
        return all(a[0] == b[0] and (min(len(a), len(b)) == 1 or same_surname(a, b)) for a, b in pairs)
    return False


def is_misprint(word: str, known: str) -> bool:
    """Whether a folded word is one slip away from a surname, and neither its plural nor its feminine form."""
    if min(len(word), len(known)) < ONE_SLIP - 1 or word == known or word[0] != known[0]:
        return False
    shorter, longer = sorted((word, known), key=len)
    return longer not in {shorter + ending for ending in "sani"} and OSA.distance(word, known, score_cutoff=1) == 1
