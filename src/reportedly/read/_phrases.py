"""Phrases of a parsed clause: its subject, its predicate, and where either is cut for showing.

Token ranges are half-open pairs of token numbers of one Doc. What is shown is kept short: relative clauses and
appositions are left off a subject, adverbial clauses off a predicate.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from reportedly.read._subjects import SUBJECTS

PLACES = frozenset(("GPE", "LOC", "FAC"))
"""The recognizer's labels of places."""
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
LEFT_OFF = frozenset(("relcl", "appos", "acl", "punct", "advcl"))
SUBORDINATE = frozenset(
    ("after", "as", "when", "while", "amid", "following", "because", "before", "since", "though", "although", "despite")
)
"""Words that begin what is told beside the main thing, in a headline as in a sentence."""


def subject_of(verb: Token) -> Token | None:
    """The head of a verb's subject; of a verb without one that is coordinated or controlled, the first verb's."""
    at = verb
    for _ in range(6):
        for child in at.children:
            if child.dep_ in SUBJECTS and child.pos_ != "SCONJ":
                return child
        if at.dep_ not in ("conj", "xcomp") or at.head == at:
            return None
        at = at.head
    return None


def noun_phrase(head: Token) -> TokenSpan:
    """The phrase of a noun with what specifies it, up to its first clause, apposition or dash."""
    doc = head.doc
    left, right = head.left_edge.i, head.right_edge.i + 1
    for child in head.children:
        if child.dep_ in LEFT_OFF and child.i > head.i and child.dep_ != "punct":
            right = min(right, child.left_edge.i)
        if child.dep_ in ("relcl", "acl", "appos", "advcl", "parataxis") and child.i < head.i:
            left = max(left, child.right_edge.i + 1)
    return trimmed(doc, left, right)


def trimmed(doc: Doc, left: int, right: int) -> TokenSpan:
    """The range without white space, punctuation and conjunctions at its ends; at least its first token."""
    begin, end = left, right
    while end - 1 > begin and _loose(doc[end - 1]):
        end -= 1
    while begin < end - 1 and _loose(doc[begin]):
        begin += 1
    return doc[begin:end]


def _loose(token: Token) -> bool:
    if token.is_space or token.dep_ == "cc" or token.pos_ == "CCONJ":
        return True
    return token.is_punct and token.text not in ("(", ")", "%")


def predicate(verb: Token) -> TokenSpan:
    """A verb with its auxiliaries, particle and complements, up to the first clause that goes beside them."""
    doc = verb.doc
    left = verb.i
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass", "neg") and child.i < verb.i and left - child.i <= 3:
            left = min(left, child.i)
    right = end_of(verb)
    return trimmed(doc, left, right)


def end_of(verb: Token) -> int:
    """Where a predicate ends that is shown: before what is coordinated, or told beside it, or told of the place."""
    right = verb.right_edge.i + 1
    for child in verb.children:
        if child.i <= verb.i:
            continue
        if child.dep_ in ("conj", "advcl", "parataxis", "cc") or (
            child.dep_ in ("prep", "mark", "advmod") and child.lower_ in SUBORDINATE
        ):
            right = min(right, child.left_edge.i)
    for token in verb.doc[verb.i + 1 : right]:
        if token.lower_ in SUBORDINATE and token.pos_ in ("SCONJ", "ADP") and token.i > verb.i:
            return token.i
        if token.text in (";", "–", "—", "--", ":"):
            return token.i
    return right
