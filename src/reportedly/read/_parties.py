"""The side that somebody speaks for: a country, found by its names, its people, its capital and its government.

A party is a country's ISO 3166-1 alpha-2 code where an office of that country is named ("Russian foreign minister",
"a Kremlin aide"), or a party where one is ("Democratic senator"). Data: data/countries.tsv, data/titles.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


FILLERS = frozenset(
    {"the", "a", "an", "acting", "current", "new", "outgoing", "longtime", "senior", "top", "own", "first"}
)
PARTIES = {
    "Republican": "Republican Party",
    "Republicans": "Republican Party",
    "GOP": "Republican Party",
    "Democrat": "Democratic Party",
    "Democrats": "Democratic Party",
    "Democratic": "Democratic Party",
}


@dataclass(frozen=True, slots=True)
class Country:
    """What a country, its people and its government are called."""

    code: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]
    government: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """All countries of data/countries.tsv; forms marked "?" there are left out."""
    found = []
    for line in files("reportedly.read").joinpath("data/countries.tsv").read_text("utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        fields = [field.strip() for field in line.split("\t")]
        code, name, *rest = fields + [""] * (6 - len(fields))
        lists = [tuple(form for form in field.split(";") if form and "?" not in form) for field in rest[:4]]
        found.append(Country(code, name, *lists))
    return tuple(found)


@cache
def country_names() -> Mapping[str, str]:
    """English short name of each country by its code."""
    return {country.code: country.name for country in countries()}


@cache
def titles() -> Mapping[str, frozenset[str]]:
    """Word lists about roles: honorifics, role nouns, gendered nouns, words that name no office."""
    folder = files("reportedly.read").joinpath("data")
    title = tomllib.loads(folder.joinpath("titles.toml").read_text("utf-8"))
    role = tomllib.loads(folder.joinpath("roles.toml").read_text("utf-8"))

    def dotted(words: str) -> frozenset[str]:
        return frozenset(form for word in words.split() for form in (word, word + "."))

    nouns = frozenset(role["office"].split()) | frozenset(role["part"].split())
    return {
        "honorifics": dotted(title["honorific"]["n"])
        | dotted(" ".join(title["short"]))
        | frozenset(role["office"].split()),
        "honorifics_m": dotted(title["honorific"]["m"]),
        "honorifics_f": dotted(title["honorific"]["f"]),
        "role_nouns": nouns,
        "women": frozenset(role["gender"]["f"].split() if "gender" in role else ()),
        "men": frozenset(role["gender"]["m"].split() if "gender" in role else ()),
        "unsure": frozenset({"spokesman", "chairman"}),
        "fillers": frozenset(role["past"].split()) | FILLERS,
    }


@cache
def political_parties() -> Mapping[str, str]:
    """Party name by what its members are called."""
    return PARTIES


@cache
def _forms() -> Mapping[str, str]:
    """Code by each form that stands for a country or its government."""
    forms: dict[str, str] = {}
    for country in countries():
        for form in (country.name, *country.aliases, *country.adjectives, *country.capitals, *country.government):
            forms.setdefault(form, country.code)
    return forms


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted({*_forms(), *political_parties()}, key=lambda form: (-len(form), form))
    return re.compile(r"(?<![\w.])(?:" + "|".join(re.escape(form) for form in forms) + r")(?!\w)")


def country_of(name: str) -> str | None:
    """The code of the country that a name is a name, capital or government of; None for any other name."""
    bare = re.sub(r"^(?:the|The)\s+", "", name.strip())
    forms = _forms()
    return forms.get(name.strip()) or forms.get(bare) or forms.get("The " + bare)


def is_country(name: str) -> bool:
    """Whether a name is a country's own name, not its capital's or its government's."""
    bare = re.sub(r"^(?:the|The)\s+", "", name.strip())
    return any(bare in (country.name, *country.aliases) for country in countries())


def country_names_in(text: str) -> tuple[str, ...]:
    """Codes of the countries named in a text, in order of first mention."""
    codes = [code for match in _pattern().finditer(text) if (code := _forms().get(match.group())) is not None]
    return tuple(dict.fromkeys(codes))


def party_of(phrase: str) -> str | None:
    """The party of whoever a role or a description describes; None if it names none.

    The first country counts: a "U.S. ambassador to Russia" speaks for the United States. A country after "to", "in",
    "on" or "from" alone says where, not for whom.
    """
    for match in _pattern().finditer(phrase):
        before = phrase[: match.start()].rstrip().lower()
        if re.search(r"\b(?:to|in|on|from|against|near|at)(?:\s+the)?$", before):
            continue
        form = match.group()
        return political_parties().get(form) or _forms()[form]
    return None


def without_country(phrase: str) -> str:
    """The phrase without names of countries and the words "the", "former" and the like: the bare office, lower case."""
    bare = _pattern().sub(" ", phrase)
    bare = re.sub(r"['’]s?(?=\s|$)|[^\w\s-]", " ", bare)
    fillers = titles()["fillers"]
    words = [word for word in bare.lower().split() if word not in fillers and word not in {"of", "s"}]
    return " ".join(words)
