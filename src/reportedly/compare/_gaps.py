"""In which articles a statement or claim was found, and in which it was not.

Only what two articles carry is looked for in the others. "Not found" has to be right, so an article that cannot be
judged is said to be that: one that was cut off (`StoryArticle.assessable`), and one in which a passage comes so near,
by its words or by its meaning, that it may carry the same in words which were not recognised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly._records import Claim, Gap, Reading, Span, Statement, StoryArticle
from reportedly.compare._claims import Encoder
from reportedly.compare._words import Weights
from reportedly.group._words import stem, words

CARRIED = 2
"""Articles that have to carry what is looked for in the others."""
MAYBE = 0.4
"""Share of a passage's telling weight that a stretch of another article holds if it may say the same."""
MAYBE_MEANT = 0.55
"""Cosine from which a sentence may say the same in other words."""
GLANCE = 0.12
"""Share of telling weight below which a sentence is not looked at twice."""
NEAREST = 4
"""Sentences of an article that are looked at twice, for each wording."""


@dataclass(frozen=True)
class _Wanted:
    """A statement or claim that is looked for: its wordings, each with the article that has it."""

    of: str
    carrying: frozenset[str]
    wordings: tuple[tuple[str, str, frozenset[str]], ...]


def make_gaps(
    readings: Sequence[Reading],
    sources: Sequence[StoryArticle],
    statements: Sequence[Statement],
    claims: Sequence[Claim],
    encode: Encoder,
) -> tuple[Gap, ...]:
    """Gaps of the statements, then of the claims, in their order; articles in the readings' order."""
    search = _Search(readings)
    passages: list[tuple[str, list[tuple[str, tuple[Span, ...]]]]] = [
        (statement.id, [(report.article, report.content) for report in statement.reports]) for statement in statements
    ]
    passages += [(claim.id, [(report.article, (report.span,)) for report in claim.reports]) for claim in claims]
    wanted = [search.wanted(of, found) for of, found in passages if len({article for article, _ in found}) >= CARRIED]
    assessable = {source.article.id for source in sources if source.assessable}
    unclear = search.maybe(wanted, encode)
    return tuple(_gap(one, [reading.article.id for reading in readings], assessable, unclear) for one in wanted)


def _gap(wanted: _Wanted, order: Sequence[str], assessable: set[str], unclear: set[tuple[str, str]]) -> Gap:
    found, missing, not_assessable = [], [], []
    for article in order:
        if article in wanted.carrying:
            found.append(article)
        elif article not in assessable or (wanted.of, article) in unclear:
            not_assessable.append(article)
        else:
            missing.append(article)
    return Gap(wanted.of, tuple(found), tuple(missing), tuple(not_assessable))


class _Search:
    """Knows every article's sentences, as text and as stems."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.texts = {reading.article.id: reading.article.text for reading in readings}
        self.sentences = {
            reading.article.id: [
                (reading.article.text[slice(*span)], self._stems(reading.article.id, span))
                for span in reading.sentences
            ]
            for reading in readings
        }
        self.weights = Weights(stems for each in self.sentences.values() for _, stems in each)

    def _stems(self, article: str, span: Span) -> frozenset[str]:
        return frozenset(stem(word) for word, _ in words(self.texts[article], *span))

    def wanted(self, of: str, passages: Sequence[tuple[str, tuple[Span, ...]]]) -> _Wanted:
        wordings = tuple(
            (
                article,
                " ".join(self.texts[article][slice(*span)] for span in spans),
                frozenset(word for span in spans for word in self._stems(article, span)),
            )
            for article, spans in passages
        )
        return _Wanted(of, frozenset(article for article, _ in passages), wordings)

    def maybe(self, wanted: Sequence[_Wanted], encode: Encoder) -> set[tuple[str, str]]:
        """Which articles may carry what, though it was not recognised in them: pairs of what and article."""
        unclear: set[tuple[str, str]] = set()
        nearly: list[tuple[str, str, str, str]] = []
        for one in wanted:
            for article in self.sentences:
                if article in one.carrying:
                    continue
                for _, text, stems in one.wordings:
                    shares = self._shares(article, stems)
                    if any(both >= MAYBE for both, _, _ in shares):
                        unclear.add((one.of, article))
                        break
                    nearest = sorted((s for s in shares if s[1] >= GLANCE), key=lambda s: (-s[1], s[2]))[:NEAREST]
                    nearly.extend((one.of, article, text, sentence) for _, _, sentence in nearest)
        nearly = [each for each in nearly if each[:2] not in unclear]
        if nearly:
            vectors = encode([text for each in nearly for text in each[2:]])
            for at, (of, article, _, _) in enumerate(nearly):
                if float(vectors[2 * at] @ vectors[2 * at + 1]) >= MAYBE_MEANT:
                    unclear.add((of, article))
        return unclear

    def _shares(self, article: str, stems: frozenset[str]) -> list[tuple[float, float, str]]:
        """For each sentence, how much of a wording's weight it holds with the next one, and by itself."""
        total = self.weights.total(stems)
        if not total:
            return []
        found = self.sentences[article]
        after = [following for _, following in found[1:]] + [frozenset()]
        return [
            (self.weights.total(stems & (own | rest)) / total, self.weights.total(stems & own) / total, text)
            for (text, own), rest in zip(found, after, strict=True)
        ]
