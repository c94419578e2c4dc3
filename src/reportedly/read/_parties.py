"""Which side a phrase speaks for: a country's code or an organisation.

The rule: somebody in office speaks for what the description of the office names, by a nationality ("the Iranian
foreign minister"), a possessive ("Iran's president"), "of" ("president of the United States") or an institution that
speaks for a country ("a Kremlin aide"); a former office and an occupation ("a Russian journalist") speak for nobody.
What somebody is sent to, an expert in or a critic of is not their side. Where no country is named, a political party
or another known organisation counts; where the text tells nothing, the answer is None.

Countries, their people and institutions: data/countries.tsv; other sides: data/organisations.tsv. Codes are ISO 3166-1
alpha-2, with EU, UN and XK, which are reserved or in common use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from reportedly.read._people_data import roles, rows, singular, titles, word_list
from reportedly.read._people_words import Piece, pieces

FormKind = Literal["name", "people", "place", "institution", "organisation", "member"]

ADJECTIVAL = frozenset(
    {"US", "U.S.", "UK", "U.K.", "EU", "E.U.", "UN", "U.N.", "USA", "United States", "United Nations", "UAE"}
)
"""Names that stand before a noun as an adjective does."""
RISKY = frozenset(
    ("us", "un", "eu", "uk", "turkey", "polish", "pole", "poles", "brit", "dane", "swede", "finn", "chad", "who")
)
"""Forms that in lower case are other words."""
STOPS = word_list("stops")
LABEL = re.compile(r"([RDI])\s?[-–]\s?[A-Z][\w. ]{1,24}$")
"""How American papers mark a legislator's party and state: "R-Texas"."""
ACTING = word_list("acting")
"""Nouns for those who act for a country as a whole."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way to name a side. ``name`` is what the form names, in English; ``doubtful`` needs another form beside it."""

    words: tuple[str, ...]
    party: str
    kind: FormKind
    name: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A form at the words ``first`` to ``last``, half-open."""

    first: int
    last: int
    form: Form


def _cut(form: str) -> tuple[str, ...]:
    return tuple(form.replace("-", " ").split())


def _forms(party: str, name: str, cell: str, kind: FormKind) -> Iterator[Form]:
    for item in filter(None, cell.split(";")):
        doubtful = item.startswith("?")
        item = item.lstrip("?")
        own = name if kind in ("name", "people", "organisation", "member") else item
        yield Form(_cut(item), party, kind, own, doubtful)
        if kind in ("people", "member") and not item.endswith(("ese", "ish", "ch", "s", "men", "ss")):
            yield Form(_cut(item + "s"), party, kind, own, doubtful)


@cache
def _all_forms() -> tuple[Form, ...]:
    found: list[Form] = []
    for code, name, aliases, people, places, institutions in rows("countries.tsv"):
        plain = name.lstrip("?")
        found += _forms(code, plain, f"{name};{aliases}", "name")
        found += _forms(code, plain, people, "people")
        found += _forms(code, plain, places, "place")
        found += _forms(code, plain, institutions, "institution")
    for name, aliases, members in rows("organisations.tsv"):
        found += _forms(name, name, f"{name};{aliases}", "organisation")
        found += _forms(name, name, members, "member")
    return tuple(found)


@cache
def _index() -> tuple[dict[str, tuple[Form, ...]], dict[str, tuple[Form, ...]]]:
    """Forms by their first word, the longest first: as written, and in lower case."""
    exact: dict[str, list[Form]] = {}
    lower: dict[str, list[Form]] = {}
    for form in _all_forms():
        exact.setdefault(form.words[0], []).append(form)
        if " ".join(form.words).lower() not in RISKY:
            low = Form(tuple(word.lower() for word in form.words), form.party, form.kind, form.name, form.doubtful)
            lower.setdefault(low.words[0], []).append(low)
    for index in (exact, lower):
        for forms in index.values():
            forms.sort(key=lambda form: -len(form.words))
    return {k: tuple(v) for k, v in exact.items()}, {k: tuple(v) for k, v in lower.items()}


def form_at(words: Sequence[str], at: int, *, relaxed: bool = False) -> Form | None:
    """The longest form that begins at a word; ``relaxed`` takes it in any case."""
    word = words[at].lower() if relaxed else words[at]
    for form in _index()[relaxed].get(word, ()):
        end = at + len(form.words)
        here = words[at:end]
        if tuple(w.lower() for w in here) == form.words if relaxed else tuple(here) == form.words:
            return form
    return None


def find_forms(words: Sequence[str], *, relaxed: bool = False) -> list[Found]:
    """All forms in a run of words, the longest at each place, without overlap."""
    found: list[Found] = []
    at = 0
    while at < len(words):
        form = form_at(words, at) or (form_at(words, at, relaxed=True) if relaxed else None)
        if form is None:
            at += 1
            continue
        found.append(Found(at, at + len(form.words), form))
        at += len(form.words)
    return found


@dataclass(frozen=True, slots=True)
class Country:
    """What a country, its people and its government are called, without the doubtful forms."""

    code: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]
    government: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """All countries, territories and unions of data/countries.tsv, in its order."""
    found = []
    for code, name, *lists in rows("countries.tsv"):
        sure = [tuple(form for form in cell.split(";") if form and not form.startswith("?")) for cell in lists]
        found.append(Country(code, name.lstrip("?"), *sure))
    return tuple(found)


@cache
def political_parties() -> Mapping[str, str]:
    """The name of each known organisation and movement by every form of it and of its members."""
    sides = [form for form in _all_forms() if form.kind in ("organisation", "member") and not form.doubtful]
    return MappingProxyType({" ".join(form.words): form.party for form in sides})


@cache
def country_names() -> Mapping[str, str]:
    """English names by code."""
    return MappingProxyType({row[0]: row[1].lstrip("?") for row in rows("countries.tsv")})


# ---------------------------------------------------------------- the side of a phrase


def party_of(phrase: str) -> str | None:
    """The side a phrase speaks for ("a senior Iranian official" → IR, "the Kremlin" → RU), or None.

    Args:
        phrase: a role, a description or the name of a country, a people or an institution, as written.
    """
    label = LABEL.match(phrase.strip())
    if label:
        return {"R": "Republican Party", "D": "Democratic Party"}.get(label.group(1))
    words = [piece for piece in pieces(phrase[:400]) if piece.kind in ("word", "number")]
    if not words:
        return None
    norms = [word.norm for word in words]
    lows = [word.low.rstrip(".") for word in words]
    forms = _sure([found for found in find_forms(norms, relaxed=True) if not _is_prefix(words, found)])
    head = head_of(lows)
    if head is None:
        return _of_itself(lows, forms)
    if any(low in roles().past for low in lows[: head + 1]):
        return None
    inside = next((f.form for f in forms if f.first <= head < f.last), None)
    if inside is not None:
        return inside.party
    owns = {at for at, word in enumerate(words) if word.own}
    if lows[head] in titles().short or singular(lows[head]) in roles().office:
        country = _before(forms, lows, head, owns) or _after(forms, lows, head, owns)
        if country is not None:
            return country
        if not any(found.form.kind in ("name", "people", "place") for found in forms):
            return _implied(lows, head)
        return None
    return _institution(forms, lows, head)


def _is_prefix(words: Sequence[Piece], found: Found) -> bool:
    """Whether a form only begins a compound: "Turkish-backed"."""
    return found.last < len(words) and words[found.last].glued and not words[found.last].capital


def _sure(forms: list[Found]) -> list[Found]:
    """Without the doubtful ones whose side nothing else in the phrase names."""
    sides = {found.form.party for found in forms if not found.form.doubtful}
    return [found for found in forms if not found.form.doubtful or found.form.party in sides]


def head_of(lows: Sequence[str]) -> int | None:
    """Where the noun is that heads a description: the last role noun before "of", "for", "to", …"""
    best = None
    known = roles().heads | titles().short.keys()
    for at, low in enumerate(lows):
        if best is not None and (low in STOPS or low == "of"):
            break
        if low in known or singular(low) in known:
            best = at
    return best


def _of_itself(lows: Sequence[str], forms: list[Found]) -> str | None:
    """The party of a phrase without a role noun: a country, a people, an institution, or those who act for it."""
    if not forms:
        return None
    first = forms[0]
    if any(
        low not in ("the", "a", "an", "all", "of", "top", "senior", "foreign", "defense", "defence")
        for low in lows[: first.first]
    ):
        return first.form.party if _government(lows[: first.first]) and "of" in lows[: first.first] else None
    rest = [low for low in lows[first.last :] if low not in ("the", "s")]
    if not rest or (rest[-1] in ACTING and not any(low in STOPS for low in rest)):
        return first.form.party
    return None


def _government(lows: Sequence[str]) -> bool:
    return any(low in ACTING for low in lows)


def _before(forms: list[Found], lows: Sequence[str], head: int, owns: set[int]) -> str | None:
    """The side named before the head noun."""
    for found in forms:
        if found.last > head:
            break
        form = found.form
        owned = found.last - 1 in owns
        adjectival = (
            form.kind in ("people", "institution", "member", "organisation") or " ".join(form.words) in ADJECTIVAL
        )
        if form.kind == "people" and lows[found.first : found.last] == ["republican"]:
            continue
        if adjectival or owned or " ".join(form.words).upper() in {"US", "U.S."}:
            if lows[found.last : found.last + 1] == ["opposition"]:
                return None
            return form.party
        if form.kind in ("name", "place") and singular(lows[head]) not in roles().abroad and head - found.last <= 2:
            return form.party if form.kind == "name" else None
    return None


def _after(forms: list[Found], lows: Sequence[str], head: int, owns: set[int]) -> str | None:
    """The side named after the head noun: "of Iran", "at the State Department", "for the Iranian foreign ministry"."""
    for found in forms:
        if found.first <= head:
            continue
        between = [low for low in lows[head + 1 : found.first] if low not in ("the", "a", "an")]
        link = between[0] if between else ""
        form = found.form
        if link == "of" and len(between) <= 2 + 2 * (found.last - 1 in owns):
            return form.party if form.kind != "place" else None
        if link in ("for", "at", "with", "in", "from") and form.kind in ("institution", "organisation"):
            return form.party
        if link in ("for", "at", "with", "in") and _government(lows[found.last : found.last + 3]):
            return form.party
        if link == "to" and form.kind == "institution" and singular(lows[head]) in ("adviser", "advisor", "aide"):
            return form.party
        return None
    return None


def _institution(forms: list[Found], lows: Sequence[str], head: int) -> str | None:
    """An occupation speaks for an institution it works for and for nothing else: "a White House lawyer"."""
    for found in forms:
        if found.last <= head and found.form.kind == "institution" and singular(lows[head]) in word_list("employed"):
            return found.form.party
    return None


def _implied(lows: Sequence[str], head: int) -> str | None:
    """The country of an office that exists in one country alone; not where "for" or another place narrows it."""
    text = f" {' '.join(lows)} "
    for office, party in roles().implied.items():
        at = text.find(f" {office} ")
        if at >= 0 and not text[at + len(office) + 1 :].startswith((" for ", " in ")):
            before = text[:at].split()
            if all(word in roles().modifier or word in ("the", "a", "an", "us") for word in before):
                return party
    return None
