"""What is known of names, titles, roles and given names: data/*.toml, each read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from reportedly._letters import plain_letters

Gender = Literal["f", "m"]


def fold(word: str) -> str:
    """The form under which names are compared: lower case without accents."""
    return plain_letters(word)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("reportedly.read").joinpath(f"data/{name}").read_text("utf-8"))


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True)
class Names:
    """Word lists of data/names.toml, by what they say of a capitalised run."""

    organisation: frozenset[str]
    called: frozenset[str]
    place: frozenset[str]
    thing: frozenset[str]
    before_place: frozenset[str]
    before_thing: frozenset[str]
    never: frozenset[str]
    breakers: frozenset[str]
    like_places: frozenset[str]
    attributive: frozenset[str]
    group: frozenset[str]
    particles: frozenset[str]
    first_particles: frozenset[str]
    suffixes: frozenset[str]
    of_heads: frozenset[str]
    prefixes: frozenset[str]
    syllables: frozenset[str]
    first_surnames: frozenset[str]
    places: frozenset[str]
    patronymics: tuple[str, ...]


@dataclass(frozen=True)
class Titles:
    """Words before a name. ``honorific`` gives a gender or None, ``short`` the office in full."""

    honorific: Mapping[str, Gender | None]
    short: Mapping[str, str]
    dotted: frozenset[str]


@dataclass(frozen=True)
class Roles:
    """Nouns that head a description of a person, and what goes with them."""

    office: frozenset[str]
    part: frozenset[str]
    generic: frozenset[str]
    modifier: frozenset[str]
    past: frozenset[str]
    implied: Mapping[str, str]
    gender: Mapping[str, Gender]
    synonyms: Mapping[str, tuple[str, ...]]
    abroad: frozenset[str]
    heads: frozenset[str]


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table of data/, by their cells."""
    for line in files("reportedly.read").joinpath(f"data/{name}").read_text("utf-8").split("\n"):
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def side_words() -> frozenset[str]:
    """All forms of data/countries.tsv and data/organisations.tsv, with plurals."""
    found = {
        form.lstrip("?")
        for name, first in (("countries.tsv", 1), ("organisations.tsv", 0))
        for row in rows(name)
        for cell in row[first:]
        for form in cell.split(";")
    }
    return frozenset(found | {form + "s" for form in found} - {"", "s"})


@cache
def word_list(name: str) -> frozenset[str]:
    """A small word list of data/roles.toml."""
    return _set(_read("roles.toml")["words"][name])


@cache
def phrase_list(name: str) -> tuple[str, ...]:
    """A list of phrases of data/roles.toml."""
    return tuple(phrase.strip() for phrase in _read("roles.toml")["words"][name].split(";"))


@dataclass(frozen=True)
class FirstNames:
    """Given names, folded: with a gender, without, and which long forms a short one stands for."""

    gender: Mapping[str, Gender]
    all: frozenset[str]
    short: Mapping[str, frozenset[str]]


@cache
def names() -> Names:
    """The word lists of names."""
    data = _read("names.toml")
    places = frozenset(place.strip() for place in data.pop("places").split(";"))
    # A tuple is what str.endswith takes.
    patronymics = tuple(data.pop("patronymics").split())
    return Names(**{key: _set(value) for key, value in data.items()}, places=places, patronymics=patronymics)


@cache
def titles() -> Titles:
    """The titles."""
    data = _read("titles.toml")
    honorific: dict[str, Gender | None] = {}
    honorific.update(dict.fromkeys(data["honorific"]["m"].split(), "m"))
    honorific.update(dict.fromkeys(data["honorific"]["f"].split(), "f"))
    honorific.update(dict.fromkeys(data["honorific"]["n"].split()))
    dotted = _set(data["dotted"]) | frozenset(data["short"])
    return Titles(honorific, data["short"], dotted)


@cache
def roles() -> Roles:
    """The role nouns."""
    data = _read("roles.toml")
    office, part = _set(data["office"]), _set(data["part"])
    genders: dict[str, Gender] = dict.fromkeys(data["gender"]["f"].split(), "f")
    genders.update(dict.fromkeys(data["gender"]["m"].split(), "m"))
    synonyms = {key: tuple(value) for key, value in data["synonyms"].items()}
    return Roles(
        office, part, _set(data["generic"]), _set(data["modifier"]), _set(data["past"]), data["implied"], genders,
        synonyms, _set(data["abroad"]), office | part,
    )  # fmt: skip


@cache
def first_names() -> FirstNames:
    """The given names."""
    data = _read("first_names.toml")
    women, men, both = _set(data["f"]), _set(data["m"]), _set(data["u"])
    genders: dict[str, Gender] = dict.fromkeys(women - men - both, "f")
    genders.update(dict.fromkeys(men - women - both, "m"))
    short: dict[str, set[str]] = {}
    for pair in data["short"].split():
        brief, full = pair.split("=")
        short.setdefault(brief, set()).add(full)
    everything = women | men | both | frozenset(short)
    return FirstNames(genders, everything, {key: frozenset(value) for key, value in short.items()})


def singular(word: str) -> str:
    """The singular of a role noun as far as the lists know it, else the word."""
    known = roles().heads
    if word in known:
        return word
    for ending, instead in (("men", "man"), ("women", "woman"), ("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and word[: -len(ending)] + instead in known:
            return word[: -len(ending)] + instead
    return word
