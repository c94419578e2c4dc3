"""The lede of an article: its first sentence that tells what the headline is about.

What stands before it (a standfirst, what is left of a page's buttons, a caption) is passed over: the lede is, of the
first sentences with a subject and a verb, the one that shares most words with the headline, an earlier one before a
later one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from reportedly.read._cues import lemma, lexicon
from reportedly.read._parse import Paragraph, Parsed
from reportedly.read._phrases import FINITE
from reportedly.read._subjects import SUBJECTS

FIRST = 8
"""Sentences among which the lede is sought."""
SHORTEST = 6
"""Words of a lede at least."""
LATER = 0.35
"""What a sentence has to share more with the headline, in words, to be chosen before the one ahead of it."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of the narration, where it stands, and the verb that heads it."""

    paragraph: Paragraph
    tokens: TokenSpan
    verb: Token


def narration(parsed: Parsed) -> list[Sentence]:
    """The sentences of the running text that have a verb with a subject."""
    found = []
    for paragraph in parsed.paragraphs:
        if paragraph.kind != "body":
            continue
        for tokens in paragraph.sentences():
            verb = main_verb(tokens)
            if verb is not None:
                found.append(Sentence(paragraph, tokens, _told(verb)))
    return found


def _told(verb: Token) -> Token:
    """The verb of what is told, where the main clause only says who tells it: "two died, the police said"."""
    for _ in range(3):
        inner = next(
            (child for child in verb.children if child.dep_ == "ccomp" and child.pos_ in ("VERB", "AUX")), None
        )
        if inner is None or not lexicon().reports_clause(lemma(verb)):
            return verb
        verb = inner
    return verb


def main_verb(tokens: TokenSpan) -> Token | None:
    """The verb of the main clause: the root, or a verb with a subject that hangs on a root that is none."""
    root = tokens.root
    if root.pos_ in ("VERB", "AUX"):
        return root
    return first_clause(tokens)


def first_clause(tokens: Iterable[Token]) -> Token | None:
    """The first finite verb with a subject of its own."""
    finite = (token for token in tokens if token.tag_ in FINITE)
    return next((verb for verb in finite if any(child.dep_ in SUBJECTS for child in verb.children)), None)


def find_lede(parsed: Parsed, sentences: list[Sentence]) -> int | None:
    """The number of the lede among the sentences; None if there is none."""
    words = keys(parsed.headline.doc[:]) if parsed.headline is not None else frozenset[str]()
    best: tuple[float, int] | None = None
    for number, sentence in enumerate(sentences[:FIRST]):
        if len(sentence.tokens) < SHORTEST:
            continue
        score = len(words & keys(sentence.tokens)) - LATER * number
        if best is None or score > best[0]:
            best = score, number
    return best[1] if best else None


def keys(tokens: TokenSpan) -> frozenset[str]:
    """The content words of a passage, by lemma in lower case."""
    return frozenset(
        token.lemma_.lower()
        for token in tokens
        if token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") and token.is_alpha
    )
