"""The cue lexicon: which words report speech and thought, and the grammar they take, from data/cues.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Token


@dataclass(frozen=True)
class Lexicon:
    """Lemmas by the grammar they take; see the comments of data/cues.toml."""

    speech: frozenset[str]
    address: frozenset[str]
    thought: frozenset[str]
    request: frozenset[str]
    label: frozenset[str]
    evidence: frozenset[str]
    nouns: frozenset[str]
    person_nouns: frozenset[str]
    empty_subjects: frozenset[str]
    hypothetical: frozenset[str]
    refusing: frozenset[str]
    labels_as: frozenset[str]
    papers: frozenset[str]
    bodies: frozenset[str]
    before_titles: frozenset[str]

    def reports_clause(self, lemma: str) -> bool:
        """Whether a clause under this verb is what somebody says or thinks."""
        return lemma in self.speech or lemma in self.address or lemma in self.thought or lemma in self.evidence

    def can_speak(self, noun: str) -> bool:
        """Whether a common noun is somebody who speaks, or a paper that speaks for somebody."""
        return noun in self.person_nouns | self.papers | self.nouns | self.bodies

    def reports_quotation(self, lemma: str) -> bool:
        """Whether this verb beside quotation marks names who is quoted."""
        return lemma in self.speech or lemma in self.address or lemma in self.thought


@cache
def lexicon() -> Lexicon:
    """The cue lexicon."""
    data = tomllib.loads(files("reportedly.read").joinpath("data/cues.toml").read_text("utf-8"))
    words = {name: frozenset(value.split()) for name, value in data.items() if isinstance(value, str)}
    return Lexicon(
        **words,
        empty_subjects=frozenset(data["empty_subjects"]),
        hypothetical=frozenset(data["hypothetical"]),
    )


def lemma(token: Token) -> str:
    """The token's lemma, lower case."""
    return token.lemma_.lower()
