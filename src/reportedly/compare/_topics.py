"""Candidates for a story's issues: the terms, headings, countries and organisations its articles name.

A key is a set of tokens that all stand in whatever the candidate covers. A token is a stem by Snowball's English rules
(Porter 2001), so that who "meddles" is under "Meddling", or "@" and the party that a
form names: "Iran", "Iranian" and "Tehran" are one token, by the table of countries that tells the parties of people.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import snowballstemmer

from reportedly._records import Passage, Reading, Span, StoryPerson
from reportedly.compare._words import FUNCTION
from reportedly.group._words import commonness, lower
from reportedly.read._parties import countries, political_parties

AS_HEADING = 100
"""Uses that one use as a heading counts for, when a label is chosen among wordings."""
SHORT_LABEL = 4
"""Words of a label beyond which it is not one."""
HEADING_WORDS = 5
"""Words of a heading beyond which it is a quotation or a sentence."""
COMMON_WORD, COMMON_PHRASE = 0.04, 0.2
"""Share of articles that hold a word from which it is no issue by itself, and from which no phrase of such words is."""
PARTY = "@"
"""First character of a token that is a party."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d[\d,.]*\d|\d|[^\W\d_]+(?:['’][^\W\d_]+)*")
_OPENERS = re.compile(
    r"[\s“\"‘'(\[]*(?:(?:the|a|an|any|this|that|these|those|his|her|their|our|its|my|your|some|all|no|such|more|other)\s+)*",
    re.IGNORECASE,
)


@dataclass
class Candidate:
    """What may be an issue, with its wordings in the texts, where they stand, and the units it covers."""

    keys: list[frozenset[str]]
    named: bool = False
    heading: bool = False
    articles: set[str] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)
    passages: list[Passage] = field(default_factory=list)
    covers: dict[str, float] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The wording used most, a heading's first; with a capital, as a label has it."""
        form = min(self.forms, key=lambda form: (-self.forms[form], len(form), form))
        return form[0].upper() + form[1:]


def topic_tokens(text: str, span: Span) -> frozenset[str]:
    """The tokens of ``text[span]``; a form of a party is its token and not its words."""
    found = [match.group().removesuffix("'s").removesuffix("’s") for match in _WORD.finditer(text, *span)]
    tokens: set[str] = set()
    at = 0
    while at < len(found):
        size, code = _country_at(found, at)
        tokens.add(PARTY + code if size else topic_stem(lower(found[at])))
        at += max(size, 1)
    return frozenset(tokens)


@cache
def topic_stem(word: str) -> str:
    """The stem of a word in lower case, whatever its ending."""
    return str(_snowball().stemWord(word))


@cache
def _snowball() -> Any:
    return snowballstemmer.stemmer("english")


@cache
def share_of(token: str) -> float:
    """Share of news articles (0 to 1) that hold a word of this stem; that of its commonest word."""
    return _shares().get(token, 0.0)


@cache
def _shares() -> dict[str, float]:
    table: dict[str, float] = {}
    for word, share in commonness().items():
        table[topic_stem(word)] = max(table.get(topic_stem(word), 0.0), share)
    return table


def _is_content(token: str) -> bool:
    """Whether a token says what a text is about: neither a function word nor a single letter."""
    return (len(token) > 1 or token.isdigit()) and share_of(token) < FUNCTION


def _country_at(found: Sequence[str], at: int) -> tuple[int, str]:
    """How many words from here name a country, and its code; 0 if they name none."""
    for size in range(min(_longest(), len(found) - at), 0, -1):
        code = _countries().get(tuple(found[at : at + size]))
        if code:
            return size, code
    return 0, ""


@cache
def _countries() -> dict[tuple[str, ...], str]:
    """Code by the words of each form that stands for a country: names first, then people, capital, government."""
    forms: dict[tuple[str, ...], str] = {}
    for country in countries():
        people = [form + plural for form in country.adjectives for plural in ("", "s")]
        for form in (country.name, *country.aliases, *people, *country.capitals, *country.government):
            forms.setdefault(tuple(_WORD.findall(form)), country.code)
    return forms


@cache
def _longest() -> int:
    return max(map(len, _countries()), default=0)


@cache
def _names() -> frozenset[str]:
    return frozenset(form for country in countries() for form in (country.name, *country.aliases))


@cache
def _listed(table: str) -> frozenset[str]:
    """The stems of all words of a table of data/occasions.toml."""
    data = tomllib.loads(files("reportedly.compare").joinpath("data/occasions.toml").read_text("utf-8"))
    return frozenset(topic_stem(word) for words in data[table].values() for word in words.split())


def find_topics(readings: Sequence[Reading], people: Sequence[StoryPerson], sides: frozenset[str]) -> list[Candidate]:
    """The candidates, in a fixed order. ``sides`` are tokens of the parties that the story is between.

    Bodies that speak (a parliament, a party, a news outlet) are as little an issue as people are.
    """
    bodies = _bodies(readings, people)
    persons = frozenset(
        token
        for person in people
        if person.kind == "person"
        for form in person.forms
        for token in topic_tokens(form, (0, len(form)))
        if _is_content(token) and not token.startswith(PARTY)
    )
    found: dict[frozenset[str], Candidate] = {}
    for reading, span, kind in _places(readings, people):
        text = reading.article.text
        span = _inner(text, span)
        form = " ".join(text[slice(*span)].split())
        key = frozenset(token for token in topic_tokens(text, span) if _is_content(token))
        if key <= bodies or not _fit(key, form, sides, persons, kind == "name"):
            continue
        # "American elections" in a story between Americans and others is about elections.
        key -= sides
        candidate = found.setdefault(key, Candidate([key]))
        candidate.named = candidate.named or kind == "name"
        candidate.heading = candidate.heading or kind == "heading"
        candidate.articles.add(reading.article.id)
        # A country is called by its name, not by its people.
        plain = not (len(key) == 1 and min(key).startswith(PARTY)) or form in _names()
        candidate.forms[form] += (AS_HEADING if kind == "heading" else 1) * plain
        candidate.passages.append(Passage(reading.article.id, span))
    return [found[key] for key in sorted(found, key=sorted)]


def _bodies(readings: Iterable[Reading], people: Iterable[StoryPerson]) -> frozenset[str]:
    names = list(political_parties())
    names += [form for p in people if p.kind in {"organisation", "group"} and p.party for form in p.forms]
    for reading in readings:
        names.append(reading.article.outlet or "")
        names.extend(credit.source for credit in reading.sourcing if credit.kind in {"outlet", "agency"})
    tokens = {token for name in names for token in topic_tokens(name, (0, len(name)))}
    return frozenset(token for token in tokens if not token.startswith(PARTY))


def _places(readings: Iterable[Reading], people: Iterable[StoryPerson]) -> Iterator[tuple[Reading, Span, str]]:
    by_id = {reading.article.id: reading for reading in readings}
    for reading in by_id.values():
        for block in reading.article.blocks:
            if block.kind == "heading":
                # "Fish quotas ‘a matter of honor’": the subject, then what somebody said of it.
                subject = re.match(r"[^“\"‘]*", reading.article.text[slice(*block.span)])
                if subject and 0 < len(subject.group().split()) <= HEADING_WORDS:
                    yield reading, (block.span[0], block.span[0] + subject.end()), "heading"
        for term in reading.terms:
            yield reading, term.span, "term"
    for person in people:
        if person.kind in {"place", "group"}:
            for mention in person.mentions:
                yield by_id[mention.article], mention.span, "name"


def _inner(text: str, span: Span) -> Span:
    """The span without what opens and closes it: quotation marks, articles, possessives, white space."""
    start, end = span
    opened = _OPENERS.match(text, start, end)
    start = opened.end() if opened else start
    inside = text[start:end].rstrip(" \n\t”\"’'.,:;)]–—-")
    if re.search(r"\b(?:[^\W\d_]\.)*[^\W\d_]$", inside) and text[start + len(inside) : start + len(inside) + 1] == ".":
        inside += "." if re.search(r"(?:[^\W\d_]\.)+[^\W\d_]$", inside) else ""
    return start, start + len(inside.removesuffix("'s").removesuffix("’s"))


def _fit(key: frozenset[str], form: str, sides: frozenset[str], persons: frozenset[str], named: bool) -> bool:
    """Whether a candidate can be an issue at all."""
    telling = key - sides
    if not form or "\n" in form or len(form.split()) > SHORT_LABEL or all(token.isdigit() for token in telling):
        return False
    if telling & persons:
        # "The Weber report" is an issue, "Weber" and "Weber's visit" are not.
        return bool(telling - persons) and telling - persons <= _listed("named")
    telling = telling - _listed("idle")
    if any(token.startswith(PARTY) for token in telling):
        return True
    if named and len(key) > 1:
        return bool(telling)
    # A common single word ("people", "way") is about anything; two of them together are a subject.
    share = min((share_of(token) for token in telling), default=1.0)
    return share < (COMMON_WORD if len(telling) == 1 else COMMON_PHRASE)
