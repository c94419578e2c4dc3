"""Why and how: what stands beside the main clause of the headline and of the first sentences.

Why is a cascade, the surest words first (data/reasons.toml):

1. a word that means a reason and nothing else: because, due to, in retaliation for, blamed on
2. what the lede and the two sentences after it tell with "after": "was closed after ice brought down a line"
3. what the headline tells beside its main clause: "fans furious over sale of club"
4. what these sentences tell with "when" or "as"

How is the clause with "after", "when", "as" or "by" in these sentences, then the headline's, then the lede's predicate:
of a short report there is often no more. What is not told is None.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from reportedly._records import Citation, cite
from reportedly.read._event_words import words
from reportedly.read._headline import Headline
from reportedly.read._lede import Sentence
from reportedly.read._parse import Parsed
from reportedly.read._phrases import end_of, predicate, trimmed

REACH = 12
"""Sentences from the lede on in which a sure reason is sought: later ones give reasons for other things."""
OPENING = 3
"""Sentences that tell the main event itself."""
HEADLINE_WORDS = frozenset(("after", "over", "amid", "following", "because"))


@dataclass(frozen=True)
class _Reasons:
    prepositions: frozenset[tuple[str, ...]]
    answers: frozenset[str]
    verbs: Mapping[str, str]
    passive: frozenset[str]
    earned: frozenset[str]
    openings: Mapping[str, tuple[tuple[str, ...], ...]]
    """Prepositions and aims, by their first word."""


@cache
def _reasons() -> _Reasons:
    text = resources.files("reportedly.read").joinpath("data", "reasons.toml").read_text("utf-8")
    table = tomllib.loads(text)
    prepositions = frozenset(tuple(line.split()) for line in table["prepositions"])
    openings: dict[str, list[tuple[str, ...]]] = {}
    for several in sorted(prepositions | {tuple(line.split()) for line in table["aims"]}):
        openings.setdefault(several[0], []).append(several)
    return _Reasons(
        prepositions,
        frozenset(table["answers"]),
        MappingProxyType(table["verbs"]),
        frozenset(table["passive"]),
        frozenset(table["earned"]),
        {first: tuple(found) for first, found in openings.items()},
    )


# ---------------------------------------------------------------- why


def why(parsed: Parsed, near: list[Sentence]) -> Citation | None:
    """What is given as the reason of the main event."""
    headline = parsed.headline
    if headline is not None:
        for tokens in _sure(headline.doc[:]):
            return headline.cite(parsed.article, tokens)
    for sentence in near[:REACH]:
        for tokens in _sure(sentence.tokens):
            return cite(parsed.article, sentence.paragraph.span_of(tokens))
    for sentence in near[:OPENING]:
        for tokens in _clauses(sentence.tokens, ("after",)):
            return cite(parsed.article, sentence.paragraph.span_of(tokens))
    if headline is not None and (beside := _beside_headline(headline)) is not None:
        return headline.cite(parsed.article, beside)
    for sentence in near[:OPENING]:
        for tokens in _clauses(sentence.tokens, ("when", "as")):
            return cite(parsed.article, sentence.paragraph.span_of(tokens))
    return None


def _sure(tokens: TokenSpan) -> Iterator[TokenSpan]:
    """Reasons that are told as such, in the order of the text."""
    for token in tokens:
        found = _reason_at(token)
        if found is not None and any(t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ") for t in found):
            yield found


def _reason_at(token: Token) -> TokenSpan | None:
    known, doc, low = _reasons(), token.doc, token.lower_
    if low == "because" and token.dep_ == "mark" and token.head.i > token.i:
        return trimmed(doc, token.i + 1, max(end_of(token.head), token.head.i + 1))
    for several in known.openings.get(low, ()):
        after = token.i + len(several)
        if after >= len(doc) or [t.lower_ for t in doc[token.i : after]] != list(several):
            continue
        if several in known.prepositions:
            return _complement(doc, token.i, after)
        verb = doc[after].head
        if doc[after].tag_ == "TO" and verb.i > after:
            return trimmed(doc, after, max(end_of(verb), verb.i + 1))
    if low in known.answers:
        return _answer(token)
    lemma = token.lemma_.lower()
    if lemma in known.earned and token.pos_ in ("NOUN", "VERB"):
        link = next((c for c in token.subtree if c.lower_ == "for" and c.i > token.i and c.head.i <= c.i), None)
        act = next((c for c in link.children if c.dep_ == "pcomp"), None) if link is not None else None
        return trimmed(doc, act.i, max(end_of(act), act.i + 1)) if act is not None else None
    if token.pos_ == "VERB" and (lemma in known.verbs or lemma in known.passive):
        wanted = known.verbs.get(lemma, "by")
        link = next((c for c in token.children if c.dep_ in ("prep", "agent") and c.lower_ == wanted), None)
        return _complement(doc, link.i, link.i + 1) if link is not None and link.i > token.i else None
    return None


def _answer(token: Token) -> TokenSpan | None:
    """An act told as an answer to another: "retaliation for the raid", "a revenge attack"."""
    doc = token.doc
    for at in range(token.i + 1, min(token.i + 6, len(doc))):
        if doc[at].lower_ in ("to", "for", "against", "at", "over") and doc[at].pos_ in ("ADP", "PART", "SCONJ"):
            return trimmed(doc, token.i, _end_of_noun(doc, doc[at]))
        if doc[at].pos_ not in ("NOUN", "PROPN"):
            break
    if token.dep_ == "compound" and token.head.i == token.i + 1 and token.head.lemma_.lower() in words().nouns:
        return doc[token.i : token.i + 2]
    return None


def _complement(doc: Doc, first: int, after: int) -> TokenSpan | None:
    """What a preposition of one or more words governs, up to a clause or a comma in it."""
    right = max((t.right_edge.i + 1 for t in doc[first:after] if t.right_edge.i >= after), default=after)
    right = min(right, doc[first].sent.end)
    for token in doc[after:right]:
        if token.text in (",", ";", "–", "—", "--", "(") or token.tag_ in ("WDT", "WP"):
            right = token.i
            break
    return trimmed(doc, after, right) if right > after else None


def _end_of_noun(doc: Doc, link: Token) -> int:
    """Where the phrase of a preposition ends, without a clause or a part set off in it."""
    found = _complement(doc, link.i, link.i + 1)
    if found is not None:
        return found.end
    end = link.i + 1
    while end < len(doc) and doc[end].pos_ in ("DET", "ADJ", "NUM", "NOUN", "PROPN"):
        end += 1
    return end


def _beside_headline(headline: Headline) -> TokenSpan | None:
    """What the headline tells after "after", "as", "over", "amid"."""
    doc = headline.doc
    for token in doc[2:-1]:
        if token.lower_ in HEADLINE_WORDS and token.pos_ in ("SCONJ", "ADP"):
            return trimmed(doc, token.i + 1, len(doc))
    return None


# ---------------------------------------------------------------- how


def how(parsed: Parsed, near: list[Sentence]) -> Citation | None:
    """The way it came about."""
    for sentence in near[:OPENING]:
        for tokens in _clauses(sentence.tokens, ("after", "when", "as", "by")):
            return cite(parsed.article, sentence.paragraph.span_of(tokens))
    headline = parsed.headline
    if headline is not None and (beside := _beside_headline(headline)) is not None:
        return headline.cite(parsed.article, beside)
    if near:
        return cite(parsed.article, near[0].paragraph.span_of(predicate(near[0].verb)))
    return None


def _clauses(tokens: TokenSpan, words: tuple[str, ...]) -> Iterator[TokenSpan]:
    """The clauses of a sentence that begin with one of the words, without it."""
    for token in tokens:
        if token.lower_ not in words or token.dep_ not in ("mark", "prep", "advmod"):
            continue
        verb: Token | None = token.head if token.dep_ != "prep" else None
        if verb is None:
            verb = next((child for child in token.children if child.dep_ == "pcomp"), None)
        if verb is not None and verb.pos_ in ("VERB", "AUX") and verb.i > token.i:
            yield trimmed(token.doc, token.i + 1, max(end_of(verb), verb.i + 1))
