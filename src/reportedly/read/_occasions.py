"""On what occasion something was said, in the article's own words: "in an interview with the Post", "in Bern".

The phrases that hang on the cue, or on who was told, are looked through: one that names an occasion (`_occasions` of
the package) goes before one that names a place. In "issued a statement saying" the statement is the occasion.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from reportedly._occasions import kind_of_occasion, occasion_kinds
from reportedly._records import Span
from reportedly.read._cues import lemma
from reportedly.read._drafts import Draft
from reportedly.read._phrases import PLACES

PREPOSITIONS = frozenset(
    {"in", "on", "at", "during", "via", "by", "aboard", "before", "through", "over", "outside", "inside"}
)
CLAUSES = frozenset({"relcl", "acl", "advcl", "appos"})
"""What is set apart behind a noun."""
IN_PLACES = frozenset({"in", "at", "aboard", "outside", "inside"})
LONGEST = 14
"""Tokens of an occasion at most; what is longer is cut where a clause begins."""


def find_occasion(draft: Draft) -> Span | None:
    """The span of the words that name the occasion of an utterance, or None."""
    clause = draft.clause
    if clause is None:
        return None
    page = draft.page
    said = {*clause.content, *(i for run in draft.runs for i in range(*page.tokens(run.outer)))}
    phrases = [
        p
        for p in _phrases(page.doc[clause.verb])
        if not said.intersection(range(*p)) and not any(page.quoted[slice(*p)])
    ]
    for phrase in phrases:
        if kind_of_occasion(page.doc[slice(*phrase)].text) is not None:
            return page.span(phrase)
    return next((page.span(phrase) for phrase in phrases if page.doc[phrase[0]].lower_ in IN_PLACES), None)


def _phrases(verb: Token) -> Iterator[tuple[int, int]]:
    """Token ranges of the phrases that may name the occasion of a cue, those of the cue itself first."""
    noun = verb.head if verb.dep_ in {"acl", "relcl"} else None
    if noun is not None and occasion_kinds().get(lemma(noun)) == "written":
        yield noun.left_edge.i, noun.i + 1
    told = [child for child in verb.children if child.dep_ in {"dobj", "dative"}]
    above = [verb.head] if verb.dep_ in {"conj", "advcl", "xcomp"} and verb.head.pos_ == "VERB" else []
    for head in (verb, *told, *above):
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in PREPOSITIONS:
                yield from _phrase(child)


def _phrase(preposition: Token) -> Iterator[tuple[int, int]]:
    """The phrase of a preposition, if it names an occasion or a place; without the clauses in it."""
    noun = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if noun is None:
        return
    end = noun.right_edge.i + 1
    for token in preposition.doc[noun.i + 1 : end]:
        if token.dep_ in CLAUSES or token.text in {",", ";", "—", "–", "("}:
            end = min(end, token.left_edge.i if token.dep_ in CLAUSES else token.i)
    end = max(min(end, preposition.i + LONGEST), noun.i + 1)
    names = kind_of_occasion(noun.text) or occasion_kinds().get(lemma(noun))
    place = noun.ent_type_ in PLACES and preposition.lower_ in IN_PLACES
    if names is not None or place:
        yield preposition.i, end
