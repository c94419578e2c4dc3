"""The content-bearing noun phrases of an article: what may be an issue ("arms control", "the Strait of Hormuz").

Base noun phrases, by the linguistic filter of Justeson and Katz 1995 (adjectives and nouns before a noun), without
determiners, possessives, numbers and words that say nothing (data/terms.toml). Of a longer phrase its last two words
are a term too ("US election meddling": "election meddling"), since outlets qualify the same subject differently.
People alone are no terms, nor are times and amounts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from reportedly._records import Span, Term
from reportedly.read._parse import Paragraph, Parsed
from reportedly.read._roster import Roster

LONGEST = 4
"""Content words of a term at most."""
CONTENT = frozenset({"NOUN", "PROPN", "ADJ"})
MEASURES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"})


@dataclass(frozen=True)
class _Words:
    opening: frozenset[str]
    empty: frozenset[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(files("reportedly.read").joinpath("data/terms.toml").read_text("utf-8"))
    return _Words(frozenset(data["opening"].split()), frozenset(data["empty"].split()))


def find_terms(parsed: Parsed, roster: Roster) -> tuple[Term, ...]:
    """The terms of an article in text order, a longer one before the shorter one inside it."""
    people = {
        offset for person in roster.people if person.kind in ("person", "unnamed") for offset, _ in person.mentions
    }
    found: dict[Span, Term] = {}
    for paragraph in parsed.paragraphs:
        for first, last in _phrases(paragraph.doc):
            for start, stop in _parts(paragraph.doc, first, last):
                term = _term(paragraph, start, stop, people)
                if term is not None:
                    found.setdefault(term.span, term)
    return tuple(found[span] for span in sorted(found, key=lambda span: (span[0], -span[1])))


def _phrases(doc: Doc) -> Iterator[tuple[int, int]]:
    """Runs of adjectives and nouns that end in a noun, by tokens, half-open."""
    at, size = 0, len(doc)
    while at < size:
        if not _is_content(doc[at]):
            at += 1
            continue
        last = at + 1
        while last < size and (
            _is_content(doc[last])
            or (doc[last].text == "-" and last + 1 < size and _is_content(doc[last + 1]) and not doc[last].whitespace_)
        ):
            last += 1
        first, end = at, last
        while end > first and doc[end - 1].pos_ not in ("NOUN", "PROPN"):
            end -= 1
        if end > first:
            yield first, end
        at = last


def _is_content(token: Token) -> bool:
    return (
        token.pos_ in CONTENT and (token.is_alpha or any(c.isalpha() for c in token.text)) and token.text[0] not in "#@"
    )


def _parts(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The phrase without what opens it emptily, and its last two words."""
    opening = _words().opening
    while first < last - 1 and (doc[first].lower_ in opening or doc[first].text == "-"):
        first += 1
    if first < last and doc[first].lower_ in opening and last - first == 1:
        return
    words = [i for i in range(first, last) if doc[i].text != "-"]
    if len(words) <= LONGEST:
        yield first, last
    if len(words) > 2 and "-" not in (doc[words[-1] - 1].text, doc[words[-2] - 1].text):
        yield words[-2], last


def _term(paragraph: Paragraph, first: int, last: int, people: set[int]) -> Term | None:
    doc = paragraph.doc
    head = doc[last - 1]
    if head.ent_type_ in MEASURES or (last - first == 1 and head.lower_ in _words().empty):
        return None
    if all(doc[i].lower_ in _words().empty or doc[i].ent_type_ in MEASURES for i in range(first, last)):
        return None
    span = paragraph.span_of(doc[first:last])
    if span[1] - span[0] < 2 or any(c in doc[first:last].text for c in "\n<>{}|"):
        return None
    # A head noun right after a name belongs to the term ("Smith report"); a name alone is a person.
    names = [i for i in range(first, last) if paragraph.start + doc[i].idx in people]
    if names and _ends_in_name(paragraph, names[-1], last, people):
        return None
    key = " ".join(doc[i].lemma_.lower() for i in range(first, last) if doc[i].text != "-")
    return Term(span, key)


def _ends_in_name(paragraph: Paragraph, name: int, last: int, people: set[int]) -> bool:
    """Whether the phrase ends with the name that begins at a token: nothing but proper nouns follow."""
    return all(paragraph.doc[i].pos_ == "PROPN" for i in range(name, last))
