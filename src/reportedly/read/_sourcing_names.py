"""What kind of source a noun phrase is: an outlet, an agency, an official, somebody unnamed, a document.

The nouns are data, ``data/sourcing.toml``; outlets are `_outlets`'. A noun phrase is judged by its head, except that an
outlet's name anywhere in it decides ("a New York Times report"). Whoever is named is nobody here: "according to the
minister, Anna Berg" is a quote with a speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from reportedly._outlets import Outlet, outlet_named, outlets_by_name
from reportedly._records import SourcingKind
from reportedly.read._block_patterns import load

DETERMINERS = frozenset({"the", "a", "an", "this", "that", "its", "their", "his", "her", "our", "one", "some"})
RIGHT_OF_HEAD = frozenset({"prep", "amod", "acl", "appos"})
"""Children after the head that belong to a source's description: "of the ministry", "familiar with the matter"."""
ENDS_PHRASE = frozenset({",", ";", "—", "–", "--", "(", ":", '"', "“", "”"})
LEFT_OF_HEAD = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod", "predet"})


SPOKEN_FOR = frozenset({"spokesman", "spokeswoman", "spokesperson", "envoy", "commander", "adviser", "advisor", "aide"})
"""Of these, one with "the" or an owner before it is mostly a person whom the article has named."""


@cache
def lexicon() -> dict[str, Any]:
    """The words of ``data/sourcing.toml``."""
    return load("sourcing.toml")


@cache
def nouns(kind: str) -> frozenset[str]:
    """Lemmas in lower case of nouns of one sort."""
    return frozenset(lexicon()["nouns"][kind])


@cache
def hidden() -> re.Pattern[str]:
    """What shows that a source is kept hidden."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in lexicon()["hidden"]["patterns"]), re.IGNORECASE)


@cache
def conditions() -> re.Pattern[str]:
    """The words by which an article says that it keeps its source hidden."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in lexicon()["hidden"]["conditions"]), re.IGNORECASE)


@cache
def _by_first_word() -> dict[str, tuple[tuple[str, Outlet], ...]]:
    """Names and aliases by their first word, the longest first."""
    found: dict[str, list[tuple[str, Outlet]]] = {}
    ambiguous = frozenset(lexicon()["ambiguous"]["names"])
    for form, outlet in outlets_by_name().items():
        if outlet.kind == "photo" or "(" in form:
            continue
        for written in (form, f"the {form[4:]}") if form.startswith("The ") else (form,):
            if written not in ambiguous:
                first = re.match(r"\w+|\W", written)
                found.setdefault(first.group() if first else written, []).append((written, outlet))
    return {word: tuple(sorted(forms, key=lambda form: (-len(form[0]), form[0]))) for word, forms in found.items()}


def outlet_at(text: str, at: int) -> tuple[int, Outlet] | None:
    """The outlet whose name begins at an offset of a text, with the offset of the name's end."""
    first = re.compile(r"\w+|\W").match(text, at)
    if first is None:
        return None
    for form, outlet in _by_first_word().get(first.group(), ()):
        end = at + len(form)
        if text.startswith(form, at) and not text[end : end + 1].isalnum():
            return end, outlet
    return None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that names a source: tokens ``start`` to ``end`` of its doc, its head's place, its kind."""

    start: int
    end: int
    head: int
    kind: SourcingKind
    outlet: Outlet | None = None


def phrase_of(head: Token) -> Phrase | None:
    """The source that a noun names, or None if it names none."""
    if head.pos_ not in {"NOUN", "PROPN"}:
        return None
    start, end = _edges(head)
    doc = head.doc
    outlet = _outlet_within(doc, start, end, head)
    kind = _kind(head, start, end, outlet)
    return Phrase(start, end, head.i, kind, outlet) if kind else None


def _edges(head: Token) -> tuple[int, int]:
    """The phrase's first token and the one after its last: no relative clause, nothing after a comma."""
    doc = head.doc
    start = head.i
    for child in head.lefts:
        if child.dep_ in LEFT_OF_HEAD:
            start = min(start, child.left_edge.i)
    while start < head.i and (doc[start].is_space or doc[start].is_punct):
        start += 1
    end = head.i + 1
    for child in head.rights:
        if child.dep_ in RIGHT_OF_HEAD and child.left_edge.i == end:
            end = child.right_edge.i + 1
        elif child.dep_ not in {"case", "punct"} or child.i > end:
            break
    for token in doc[head.i + 1 : end]:
        if token.text in ENDS_PHRASE or token.tag_ in {"WDT", "WP"}:
            end = min(end, token.i)
        elif token.dep_ == "relcl":
            end = min(end, max(token.left_edge.i, head.i + 1))
    while end > head.i + 1 and _is_loose(doc[end - 1]):
        end -= 1
    return start, end


def _is_loose(token: Token) -> bool:
    return token.is_punct or token.is_space or token.dep_ in {"prep", "mark"}


def _outlet_within(doc: Doc, start: int, end: int, head: Token) -> Outlet | None:
    """The outlet that the phrase names with its head ("the Post"), or beside a head that says what the outlet made."""
    made = head.lemma_.lower() in nouns("document") | nouns("outlet")
    for token in doc[start:end]:
        found = outlet_at(doc.text, token.idx) if token.text[:1].isupper() or token.lower_ == "the" else None
        if found and (made or token.idx <= head.idx < found[0]):
            return found[1]
    return None


def _kind(head: Token, start: int, end: int, outlet: Outlet | None) -> SourcingKind | None:
    doc = head.doc
    words = doc[start:end].text
    lemma, lower = head.lemma_.lower(), head.lower_
    if lemma in nouns("person") or lemma in nouns("source") or lower == "sources":
        return _kind_of_somebody(head, words, outlet)
    if outlet is not None:
        return "agency" if outlet.kind == "agency" and lemma not in nouns("document") else "outlet"
    if (lemma in nouns("outlet") and head.text.islower()) or _is_outlet_by_form(doc, start, end, head):
        return _of_outlet(words)
    if _names_a_person(doc, start, end):
        return None
    if lemma in SPOKEN_FOR and head.tag_ != "NNS" and not _is_indefinite(head):
        return None
    if lemma in nouns("official"):
        return "anonymous" if hidden().search(_with_clause(head, words)) else "official"
    if lemma in nouns("document") and head.pos_ == "NOUN":
        return "document"
    if lemma in nouns("institution") or lower in nouns("institution") or _is_institution(words):
        return "official"
    return None


def _is_indefinite(head: Token) -> bool:
    return any(child.dep_ == "det" and child.lower_ in {"a", "an", "one", "another"} for child in head.lefts)


def _with_clause(head: Token, words: str) -> str:
    """The phrase with the relative clause after it, where the reason for hiding a name stands."""
    clauses = [child for child in head.rights if child.dep_ in {"relcl", "acl"}]
    return " ".join([words, *(head.doc[clause.left_edge.i : clause.right_edge.i + 1].text for clause in clauses)])


def _kind_of_somebody(head: Token, words: str, outlet: Outlet | None) -> SourcingKind | None:
    lemma = head.lemma_.lower()
    if lemma in nouns("source"):
        return "anonymous"
    return "anonymous" if hidden().search(_with_clause(head, words)) else None


def _of_outlet(words: str) -> SourcingKind:
    endings = lexicon()["short_names"]["agency_endings"]
    return "agency" if any(words.endswith(ending) for ending in endings) else "outlet"


def _is_outlet_by_form(doc: Doc, start: int, end: int, head: Token) -> bool:
    """Whether it is "the Post", or a name that ends in a word papers bear ("Sunnhordland Tidende")."""
    if head.pos_ != "PROPN" or head.i != end - 1:
        return False
    short = lexicon()["short_names"]
    name = [token for token in doc[start:end] if token.text[:1].isupper() and token.lower_ not in DETERMINERS]
    if head.text in short["words"] and len(name) == 1:
        return end - start == 2 and doc[start].lower_ == "the"
    return len(name) >= 2 and head.text in [*short["endings"], "Wire", "Newswire"]


def _is_institution(words: str) -> bool:
    bare = re.sub(r"^(?:the|The)\s+", "", words)
    return bare in _institutions() or any(bare.endswith(f" {name}") for name in _institutions() if " " in name)


@cache
def _institutions() -> frozenset[str]:
    return frozenset(lexicon()["nouns"]["institution_names"])


def _names_a_person(doc: Doc, start: int, end: int) -> bool:
    return any(token.ent_type_ == "PERSON" and token.dep_ != "poss" for token in doc[start:end])


def named_outlet(words: str) -> tuple[SourcingKind, Outlet | None] | None:
    """Whether a name alone is an outlet's or an agency's (for datelines and credits); None if it is not."""
    outlet = outlet_named(words)
    if outlet is not None:
        return None if outlet.kind == "photo" else ("agency" if outlet.kind == "agency" else "outlet", outlet)
    short = lexicon()["short_names"]
    if any(words.endswith(ending) for ending in short["agency_endings"]):
        return "agency", None
    return ("outlet", None) if " " in words and words.split()[-1] in short["endings"] else None
