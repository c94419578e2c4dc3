"""Chooses the few passages that say most, and the headline for the whole. Nothing is written.

1. The main event: the opening sentence that shares most with the other articles' openings and headlines.
2. What is best corroborated: the statements and claims that most outlets carry, each by a sentence of one of them.
3. The clearest difference, by one side's sentence.

A passage is one or two whole sentences that can stand alone, and no two say the same: maximal marginal relevance
(Carbonell and Goldstein 1998) with a hard limit in place of its weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly._records import Citation, Claim, Difference, Reading, Report, Span, Statement, cite
from reportedly.compare._claims import is_complete
from reportedly.compare._narration import body_sentences
from reportedly.compare._similarity import Encoder
from reportedly.compare._words import Weights, overlaps
from reportedly.group._words import stem, words

MOST = 7
"""Passages of a brief."""
STATEMENTS = 3
"""Of these, statements; the more a thing is quoted, the more it would crowd out what happened."""
CLAIMS = 2
"""And claims, besides the main event."""
OPENING = 3
"""Body sentences of an article among which its lede is looked for."""
SAYS_THE_SAME = 0.45
"""Share of the lighter passage's telling weight that another holds if both say the same."""
MEANS_THE_SAME = 0.68
"""Cosine from which two passages say the same in other words."""
LONGEST = 420
"""Characters of a passage; a longer one is not brief."""

_AHEAD = re.compile(r"\b(?:to|will|set to|expected to)\s+[a-z]+\b|^(?:watch|live|opinion)\b", re.IGNORECASE)
"""A headline on what is to come, or on a feature of the page."""
_ASKING = re.compile(r"\?\s*$|^(?:what|why|how|who)\b", re.IGNORECASE)
"""A headline that tells nothing: it asks, or says what it will explain."""
_ONE_VOICE = re.compile(r"[\"“”‘]|(?<!\w)'|'(?!\w)")
"""Quotation marks in a headline: it speaks with one side's words."""


@dataclass(frozen=True)
class _Passage:
    reading: Reading
    span: Span
    stems: frozenset[str]


class _Chooser:
    """Takes passages one after another, as long as each says something new."""

    def __init__(self, readings: Sequence[Reading], encode: Encoder) -> None:
        self.encode = encode
        self.vectors: dict[str, NDArray[np.float32]] = {}
        self.readings = {reading.article.id: reading for reading in readings}
        self.sentences = {reading.article.id: body_sentences(reading) for reading in readings}
        everything = [_stems(r, span) for r in readings for span in self.sentences[r.article.id]]
        self.weights = Weights(everything)
        self.chosen: list[_Passage] = []

    def passage(self, article: str, span: Span) -> _Passage:
        reading = self.readings[article]
        return _Passage(reading, span, _stems(reading, span))

    def take(self, passages: Iterable[_Passage]) -> bool:
        """Take the first passage that says something new; whether there was one."""
        for passage in passages:
            if not any(self.says_the_same(passage, other) for other in self.chosen):
                self.chosen.append(passage)
                return True
        return False

    def says_the_same(self, one: _Passage, other: _Passage) -> bool:
        """Whether two passages share their telling words or their meaning."""
        if self.weights.contained(one.stems, other.stems) >= SAYS_THE_SAME:
            return True
        return float(self.vector(one) @ self.vector(other)) >= MEANS_THE_SAME

    def vector(self, passage: _Passage) -> NDArray[np.float32]:
        """The passage's embedding, computed once."""
        text = passage.reading.article.text[slice(*passage.span)]
        if text not in self.vectors:
            self.vectors[text] = self.encode([text])[0]
        return self.vectors[text]

    def around(self, article: str, span: Span) -> Iterator[_Passage]:
        """The sentence or sentences of body text that hold a span, if they can stand alone and are short."""
        found = [s for s in self.sentences[article] if overlaps(s, span)]
        if not found:
            return
        whole = found[0][0], found[-1][1]
        text = self.readings[article].article.text[slice(*whole)]
        if len(text) <= LONGEST and is_complete(text):
            yield self.passage(article, whole)


def _stems(reading: Reading, span: Span) -> frozenset[str]:
    return frozenset(stem(word) for word, _ in words(reading.article.text, *span))


def choose_brief(
    readings: Sequence[Reading],
    statements: Sequence[Statement],
    claims: Sequence[Claim],
    differences: Sequence[Difference],
    encode: Encoder,
) -> tuple[Citation, ...]:
    """Up to `MOST` passages: the main event, then what is best corroborated, then the clearest difference."""
    chooser = _Chooser(readings, encode)
    chooser.take(_ledes(chooser, readings))
    taken = 0
    for statement in sorted(statements, key=_corroboration):
        if taken == STATEMENTS or len({report.article for report in statement.reports}) < min(2, len(readings)):
            break
        taken += chooser.take(p for report in statement.reports for p in _reported(chooser, report))
    taken = 0
    for claim in claims:
        if taken == CLAIMS:
            break
        taken += chooser.take(chooser.around(claim.text.article, claim.text.span))
    for difference in differences:
        if difference.kind in {"number", "denial", "date"} and chooser.take(
            p for side in reversed(difference.sides) for r in side.reports for p in chooser.around(r.article, r.span)
        ):
            break
    return tuple(cite(passage.reading.article, passage.span) for passage in chooser.chosen[:MOST])


def _corroboration(statement: Statement) -> tuple[int, int, str]:
    articles = {report.article for report in statement.reports}
    return -len(articles), -sum(report.certainty == "high" for report in statement.reports), statement.id


def _reported(chooser: _Chooser, report: Report) -> Iterator[_Passage]:
    """The sentences from a report's first word to its last, cue and source with it; only with a speaker named."""
    if report.certainty == "low" or not report.content:
        return
    parts = [*report.content, *report.cue, *report.source]
    yield from chooser.around(report.article, (min(start for start, _ in parts), max(end for _, end in parts)))


def _ledes(chooser: _Chooser, readings: Sequence[Reading]) -> list[_Passage]:
    """Complete opening sentences, the most central first."""
    openings = {
        reading.article.id: [
            chooser.passage(reading.article.id, s) for s in chooser.sentences[reading.article.id][:OPENING]
        ]
        for reading in readings
    }
    told = {
        article: frozenset(word for passage in passages for word in passage.stems)
        | _stems_of_headline(chooser, article)
        for article, passages in openings.items()
    }
    ranked = []
    for article, passages in openings.items():
        for at, passage in enumerate(passages):
            text = passage.reading.article.text[slice(*passage.span)]
            if not is_complete(text) or len(text) > LONGEST or len(passage.stems) < 8:
                continue
            others = [chooser.weights.total(passage.stems & told[other]) for other in told if other != article]
            central = sum(others) / len(others) if others else 0.0
            dated = any(overlaps(time.span, passage.span) for time in passage.reading.times)
            quoted = any(
                quote.type in {"direct", "mixed"} and any(overlaps(content, passage.span) for content in quote.content)
                for quote in passage.reading.quotes
            )
            # A sentence of narration tells what happened; one with a quotation in it tells who commented.
            score = central * (1.15 if dated else 1.0) * (0.7 if quoted else 1.0) * (1.0, 0.85, 0.75)[at]
            ranked.append((-round(score, 6), article, passage.span, passage))
    return [passage for *_, passage in sorted(ranked, key=lambda item: item[:3])]


def _stems_of_headline(chooser: _Chooser, article: str) -> frozenset[str]:
    span = _headline(chooser.readings[article])
    return _stems(chooser.readings[article], span) if span else frozenset()


def _headline(reading: Reading) -> Span | None:
    """Where the headline stands in the text: its block, or the title found word for word at the top."""
    for block in reading.article.blocks:
        if block.kind == "headline":
            inside = reading.article.text[slice(*block.span)]
            first = block.span[0] + len(inside) - len(inside.lstrip())
            return (first, first + len(inside.strip())) if inside.strip() else None
    return None


def choose_title(readings: Sequence[Reading], brief: Sequence[Citation], encode: Encoder) -> Citation | None:
    """The headline most like the others and the main event; one that tells what happened, in nobody's voice, first.

    Without any headline it is the brief's first passage.
    """
    headlines = [(reading, span) for reading in readings if (span := _headline(reading))]
    if not headlines:
        return brief[0] if brief else None
    chooser = _Chooser(readings, encode)
    stems = [_stems(reading, span) for reading, span in headlines]
    event = frozenset(stem(word) for word, _ in words(brief[0].exact)) if brief else frozenset[str]()

    def key(at: int) -> tuple[float, str]:
        reading, span = headlines[at]
        text = reading.article.text[slice(*span)]
        others = [chooser.weights.contained(stems[at], other) for i, other in enumerate(stems) if i != at]
        central = (sum(others) / len(others) if others else 0.0) + chooser.weights.contained(stems[at], event)
        weight = 1.0
        for pattern, factor in ((_AHEAD, 0.6), (_ASKING, 0.4), (_ONE_VOICE, 0.6)):
            weight *= factor if pattern.search(text) else 1.0
        return -round(central * weight, 6), reading.article.id

    reading, span = headlines[min(range(len(headlines)), key=key)]
    return cite(reading.article, span)
