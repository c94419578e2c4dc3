"""In which articles a statement or claim was found, and in which it was not.

Only what two outlets carry is looked for in the others. "Not found" has to be right, so an article that cannot be
judged is said to be that: one that was cut off (`StoryArticle.assessable`), and one in which a passage comes so near
that it may carry the statement in words which were not recognised.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly._records import Claim, Gap, Reading, Span, Statement, StoryArticle
from reportedly.compare._words import Weights
from reportedly.group._words import stem, words

CARRIED = 2
"""Articles that have to carry what is looked for in the others."""
MAYBE = 0.5
"""Share of a passage's telling weight that a stretch of another article holds if it may say the same."""


def make_gaps(
    readings: Sequence[Reading],
    sources: Sequence[StoryArticle],
    statements: Sequence[Statement],
    claims: Sequence[Claim],
) -> tuple[Gap, ...]:
    """Gaps of the statements, then of the claims, in their order; articles in the readings' order."""
    judge = _Judge(readings, sources)
    wanted: list[tuple[str, list[tuple[str, tuple[Span, ...]]]]] = [
        (statement.id, [(report.article, report.content) for report in statement.reports]) for statement in statements
    ]
    wanted += [(claim.id, [(report.article, (report.span,)) for report in claim.reports]) for claim in claims]
    return tuple(gap for of, passages in wanted if (gap := judge.gap(of, passages)))


class _Judge:
    """Knows every article's stretches: each sentence together with the one after it, as sets of stems."""

    def __init__(self, readings: Sequence[Reading], sources: Sequence[StoryArticle]) -> None:
        self.order = [reading.article.id for reading in readings]
        self.texts = {reading.article.id: reading.article.text for reading in readings}
        self.assessable = {source.article.id: source.assessable for source in sources}
        sentences = {
            reading.article.id: [self.stems(reading.article.id, span) for span in reading.sentences]
            for reading in readings
        }
        self.weights = Weights(stems for each in sentences.values() for stems in each)
        self.stretches = {
            article: [one | after for one, after in zip(each, [*each[1:], frozenset()], strict=True)]
            for article, each in sentences.items()
        }

    def stems(self, article: str, span: Span) -> frozenset[str]:
        return frozenset(stem(word) for word, _ in words(self.texts[article], *span))

    def gap(self, of: str, passages: Sequence[tuple[str, tuple[Span, ...]]]) -> Gap | None:
        """The gap of what these passages of articles carry; None where too few carry it."""
        carrying = {article for article, _ in passages}
        if len(carrying) < CARRIED:
            return None
        wordings = [
            frozenset(word for span in spans for word in self.stems(article, span)) for article, spans in passages
        ]
        found, missing, unclear = [], [], []
        for article in self.order:
            if article in carrying:
                found.append(article)
            elif not self.assessable[article] or self._may_carry(article, wordings):
                unclear.append(article)
            else:
                missing.append(article)
        return Gap(of, tuple(found), tuple(missing), tuple(unclear))

    def _may_carry(self, article: str, wordings: Sequence[frozenset[str]]) -> bool:
        for wording in wordings:
            total = self.weights.total(wording)
            if total and any(
                self.weights.total(wording & stretch) >= MAYBE * total for stretch in self.stretches[article]
            ):
                return True
        return False
