"""What the words around a name say of its bearer: role, party, gender.

Roles are read where news puts them: before the name (Norwegian fisheries minister Anna Vik), after it between commas
(Vik, the fisheries minister,) and in the phrase that the name explains (a ministry aide, Anna Vik,). They are kept as
written. The party follows from the roles; see `_parties`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from reportedly._records import PersonKind
from reportedly.read._parties import country_of, party_of, titles
from reportedly.read._roster import Gender

LONGEST_ROLE = 9
"""Tokens of a role at most; what is longer is a sentence gone wrong."""
JOINING = {"of", "for", "'s", "’s", "-", "–", "/", "and", "&"}


@dataclass(frozen=True, slots=True)
class Roles:
    """What is known of one person: roles, the most frequent first; the party; the gender."""

    roles: tuple[str, ...]
    party: str | None
    gender: Gender | None


@cache
def _first_names() -> Mapping[str, Gender]:
    data = tomllib.loads(files("reportedly.read").joinpath("data/first_names.toml").read_text("utf-8"))
    women, men = set(data["f"].split()), set(data["m"].split())
    genders: dict[str, Gender] = dict.fromkeys(women - men, "f")
    genders.update(dict.fromkeys(men - women, "m"))
    return genders


def first_name_gender(name: str) -> Gender | None:
    """The gender that a first name almost always goes with; None if it goes with both or is not known."""
    first = name.split()[0].lower() if " " in name else ""
    return _first_names().get(first)


def read_roles(kind: PersonKind, name: str, mentions: Sequence[tuple[Doc, int, int]]) -> Roles:
    """Roles, party and gender of somebody from all mentions: documents with half-open token ranges."""
    if kind != "person":
        return Roles((), country_of(name) if kind in {"place", "organisation", "group"} else None, None)
    counts: Counter[str] = Counter()
    genders: Counter[Gender] = Counter()
    for doc, start, end in mentions:
        for role in _roles_at(doc, start, end):
            counts[role] += 1
        if (shown := _gender_at(doc, start)) is not None:
            genders[shown] += 1
    roles = tuple(role for role, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    parties = Counter(party for role in roles for party in [party_of(role)] * counts[role] if party is not None)
    party = min(parties, key=lambda p: (-parties[p], p)) if parties else None
    gender: Gender | None = max(genders, key=lambda g: (genders[g], g)) if genders else first_name_gender(name)
    if gender is None:
        gender = _gender_of_roles(roles)
    return Roles(roles, party, gender)


def _roles_at(doc: Doc, start: int, end: int) -> list[str]:
    found = [role for role in (_before(doc, start), _after(doc, start, end), _explained(doc, start, end)) if role]
    return list(dict.fromkeys(found))


def _is_role_noun(token: Token) -> bool:
    nouns = titles()["role_nouns"]
    return token.lower_ in nouns or token.lemma_.lower() in nouns


def _before(doc: Doc, start: int) -> str | None:
    """The role right before a name: "Norwegian fisheries minister (Anna) Vik"."""
    i = start - 1
    if i >= 0 and doc[i].text == "(":
        i -= 1
    if i < 0 or not _is_role_noun(doc[i]) or doc[i].pos_ == "VERB":
        return None
    first = i
    while first > 0 and i - first < LONGEST_ROLE:
        before = doc[first - 1]
        nominal = before.pos_ in {"PROPN", "NOUN", "ADJ"} and before.tag_ not in {"JJR", "JJS"}
        if not (nominal or before.lower_ in JOINING) or (
            before.is_sent_start and before.pos_ not in {"PROPN", "ADJ", "NOUN"}
        ):
            break
        first -= 1
    while first < i and (doc[first].lower_ in JOINING or doc[first].pos_ == "ADP"):
        first += 1
    return _text(doc, first, i + 1)


def _after(doc: Doc, start: int, end: int) -> str | None:
    """The role between commas after a name: "Vik, the Norwegian fisheries minister," or "Vik, who is …" (not that)."""
    if end >= len(doc) or doc[end].text not in {",", "(", "–", "—"}:
        return None
    head = doc[end - 1]
    appos = next((child for child in head.children if child.dep_ == "appos" and child.i > end), None)
    if appos is None or not _is_role_noun(appos):
        noun = next(
            (t for t in doc[end + 1 : end + 1 + LONGEST_ROLE] if _is_role_noun(t) or t.text in {",", "."}), None
        )
        if (
            noun is None
            or noun.text in {",", "."}
            or noun.pos_ != "NOUN"
            or doc[end + 1].pos_ not in {"DET", "ADJ", "NOUN", "PROPN"}
        ):
            return None
        appos = noun
    stop = appos.i + 1
    while stop < len(doc) and stop - end < LONGEST_ROLE + 4 and doc[stop].text not in {",", ".", ")", ";", "–", "—"}:
        if doc[stop].pos_ in {"VERB", "AUX", "PRON", "SCONJ"} or doc[stop].is_quote:
            break
        stop += 1
    first = end + 1
    if any(t.pos_ in {"VERB", "AUX", "PRON"} and t.dep_ != "amod" for t in doc[first : appos.i]):
        return None
    return _text(doc, first, stop)


def _explained(doc: Doc, start: int, end: int) -> str | None:
    """The phrase that a name explains: "a top ministry aide, Anna Vik,"."""
    comma = start - 1
    if comma < 1 or doc[comma].text != "," or not _is_role_noun(doc[comma - 1]):
        return None
    noun = doc[comma - 1]
    linked = any(t.dep_ == "appos" and t.head.i < start for t in doc[start:end])
    closed = end >= len(doc) or doc[end].text in {",", "."} or doc[end].pos_ in {"VERB", "AUX"}
    if not linked and not (closed and noun.left_edge.pos_ == "DET"):
        return None
    first = noun.left_edge.i
    return _text(doc, first, comma) if comma - first <= LONGEST_ROLE else None


def _text(doc: Doc, first: int, end: int) -> str | None:
    """The role as written, without the article before it."""
    while first < end and doc[first].lower_ in {"the", "a", "an", "his", "her", "their", "its"}:
        first += 1
    while end > first and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].pos_ == "ADP"):
        end -= 1
    text = doc[first:end].text.strip()
    return text if text and "\n" not in text and end - first <= LONGEST_ROLE + 4 else None


def _gender_at(doc: Doc, start: int) -> Gender | None:
    if start == 0:
        return None
    before = doc[start - 1].lower_
    lists = titles()
    if before in lists["honorifics_m"]:
        return "m"
    return "f" if before in lists["honorifics_f"] else None


def _gender_of_roles(roles: Sequence[str]) -> Gender | None:
    lists = titles()
    words = {word.lower() for role in roles for word in role.split()}
    if words & lists["women"]:
        return "f"
    return "m" if words & (lists["men"] - lists["unsure"]) else None
