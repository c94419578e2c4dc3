"""In which articles a statement or claim was found, and in which it was not.

Of statements only what two articles carry is looked for in the others; of facts also some that one tells alone. "Not
found" has to be right, so an article that cannot be judged is said to be that: one that was cut off
(`StoryArticle.assessable`); one that carries a remark of which a part stands in what is looked for; and one in which a
passage comes so near, by words or meaning, that it may carry the same in words which were not recognised. Less nearness
is enough where the same person speaks; and where all have a remark in their own words only, anything else that one
outlet alone reports of its speaker may be that remark.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportedly._records import Claim, Gap, Reading, Span, Statement, StoryArticle
from reportedly.compare._similarity import Encoder
from reportedly.compare._words import MOST_WORDINGS, Weights, overlaps
from reportedly.group._words import stem, words

CARRIED = 2
"""Articles that have to carry what is looked for in the others."""
MAYBE = 0.35
"""Share of a passage's telling weight that a stretch of another article holds if it may say the same."""
MAYBE_MEANT = 0.55
"""Cosine from which a sentence may say the same in other words."""
SAME_SPEAKER, SAME_SPEAKER_MEANT = 0.15, 0.35
"""The same two bounds for a sentence that reports the statement's own speaker: one remark has many paraphrases."""
GLANCE = 0.12
"""Share of telling weight below which a sentence is not looked at twice."""
NEAREST = 4
"""Sentences of an article that are looked at twice, for each wording."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Wanted:
    """A statement or claim that is looked for: its different wordings as text and stems, and its speaker."""

    of: str
    carrying: frozenset[str]
    wordings: tuple[tuple[str, frozenset[str]], ...]
    speaker: str | None


@dataclass(frozen=True)
class _Sentence:
    text: str
    stems: frozenset[str]
    speakers: frozenset[str]


def make_gaps(
    readings: Sequence[Reading],
    sources: Sequence[StoryArticle],
    statements: Sequence[Statement],
    claims: Sequence[Claim],
    encode: Encoder,
) -> tuple[Gap, ...]:
    """Gaps of the statements, then of the claims, in their order; articles in the readings' order."""
    search = _Search(readings, statements)
    passages: list[tuple[str, list[tuple[str, tuple[Span, ...]]], str | None]] = [
        (statement.id, [(report.article, report.content) for report in statement.reports], statement.speaker)
        for statement in statements
    ]
    passages += [(claim.id, [(report.article, (report.span,)) for report in claim.reports], None) for claim in claims]
    told = {claim.id for claim in claims}
    wanted = [
        search.wanted(*each)
        for each in passages
        if each[0] in told or len({article for article, _ in each[1]}) >= CARRIED
    ]
    assessable = {source.article.id for source in sources if source.assessable}
    unclear = search.maybe(wanted, encode) | _in_statements(claims, statements) | _retold(statements)
    return tuple(_gap(one, [reading.article.id for reading in readings], assessable, unclear) for one in wanted)


def lacked(alone: Sequence[Claim], gaps: Sequence[Gap]) -> tuple[tuple[Claim, ...], tuple[Gap, ...]]:
    """Those facts of one article that some other article is known to lack, and the gaps without those of the rest."""
    missing = {gap.of for gap in gaps if gap.not_found}
    dropped = {claim.id for claim in alone} - missing
    return tuple(claim for claim in alone if claim.id in missing), tuple(gap for gap in gaps if gap.of not in dropped)


def _retold(statements: Sequence[Statement]) -> set[tuple[str, str]]:
    """Statements without a quoted word, each with the articles that alone retell another remark of the speaker."""
    retold: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.speaker is not None and all(report.type == "indirect" for report in statement.reports):
            retold[statement.speaker].append(statement)
    found: set[tuple[str, str]] = set()
    for told in retold.values():
        carrying = [{report.article for report in statement.reports} for statement in told]
        alone = set().union(*(articles for articles in carrying if len(articles) < CARRIED))
        found |= {(statement.id, article) for statement in told for article in alone}
    return found


def _in_statements(claims: Sequence[Claim], statements: Sequence[Statement]) -> set[tuple[str, str]]:
    """Claims, each with the articles of every statement that a passage of it holds a report of."""
    said: defaultdict[str, list[tuple[Span, Statement]]] = defaultdict(list)
    for statement in statements:
        for report in statement.reports:
            said[report.article] += [(part, statement) for part in report.content]
    return {
        (claim.id, carrier.article)
        for claim in claims
        for passage in claim.reports
        for part, statement in said[passage.article]
        if overlaps(passage.span, part)
        for carrier in statement.reports
    }


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
    """Knows every article's sentences, as text and as stems; ``rows`` are the first and last of each."""

    def __init__(self, readings: Sequence[Reading], statements: Sequence[Statement]) -> None:
        self.texts = {reading.article.id: reading.article.text for reading in readings}
        spoken: defaultdict[str, list[tuple[Span, str]]] = defaultdict(list)
        for statement in statements:
            if (speaker := statement.speaker) is not None:
                for report in statement.reports:
                    spoken[report.article] += [(part, speaker) for part in report.content]
        self.all: list[_Sentence] = []
        self.rows: dict[str, tuple[int, int]] = {}
        for reading in readings:
            first = len(self.all)
            self.all += [self._sentence(reading.article.id, span, spoken) for span in reading.sentences]
            self.rows[reading.article.id] = first, len(self.all)
        self.weights = Weights(each.stems for each in self.all)
        self.holding, self.with_next = self._index()

    def _index(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """By stem the rows of the sentences that hold it, and of those that hold it with the next of their article."""
        holding: defaultdict[str, list[int]] = defaultdict(list)
        pairs: defaultdict[str, list[int]] = defaultdict(list)
        for first, last in self.rows.values():
            for row in range(first, last):
                for word in self.all[row].stems:
                    holding[word].append(row)
                for word in self.all[row].stems | (self.all[row + 1].stems if row + 1 < last else frozenset()):
                    pairs[word].append(row)
        return dict(holding), dict(pairs)

    def _sentence(self, article: str, span: Span, spoken: Mapping[str, Sequence[tuple[Span, str]]]) -> _Sentence:
        speakers = frozenset(who for part, who in spoken.get(article, ()) if overlaps(part, span))
        return _Sentence(self.texts[article][slice(*span)], self._stems(article, span), speakers)

    def _stems(self, article: str, span: Span) -> frozenset[str]:
        return frozenset(stem(word) for word, _ in words(self.texts[article], *span))

    def wanted(self, of: str, passages: Sequence[tuple[str, tuple[Span, ...]]], speaker: str | None) -> _Wanted:
        wordings: dict[str, frozenset[str]] = {}
        for article, spans in passages:
            text = " ".join(self.texts[article][slice(*span)] for span in spans)
            wordings.setdefault(text, frozenset(word for span in spans for word in self._stems(article, span)))
        first = tuple(wordings.items())[:MOST_WORDINGS]
        return _Wanted(of, frozenset(article for article, _ in passages), first, speaker)

    def maybe(self, wanted: Sequence[_Wanted], encode: Encoder) -> set[tuple[str, str]]:
        """Which articles may carry what, though it was not recognised in them: pairs of what and article."""
        unclear: set[tuple[str, str]] = set()
        nearly: list[_Nearly] = []
        for one in wanted:
            said = np.array([one.speaker in sentence.speakers for sentence in self.all], dtype=np.bool_)
            found = [(text, self._near(stems)) for text, stems in one.wordings]
            nears = [(text, near) for text, near in found if near is not None]
            bound = np.where(said, SAME_SPEAKER, MAYBE)
            likely = np.logical_or.reduce([near[0] >= bound for _, near in nears]) if nears else np.zeros_like(said)
            for article, (first, last) in self.rows.items():
                if article in one.carrying:
                    continue
                if likely[first:last].any():
                    unclear.add((one.of, article))
                    continue
                for text, (_, own) in nears:
                    nearly += [
                        _Nearly(one.of, article, text, self.all[row].text, bool(said[row]))
                        for row in self._nearest(range(first, last), own, said)
                    ]
        if nearly:
            vectors = encode([text for each in nearly for text in (each.wording, each.sentence)])
            cosines = np.einsum("ij,ij->i", vectors[0::2], vectors[1::2])
            for each, cosine in zip(nearly, cosines.tolist(), strict=True):
                if cosine >= (SAME_SPEAKER_MEANT if each.spoken else MAYBE_MEANT):
                    unclear.add((each.of, each.article))
        return unclear

    def _near(self, stems: frozenset[str]) -> tuple[Floats, Floats] | None:
        """For every sentence, how much of a wording's weight it holds with the next one, and by itself.

        Stems in sorted order: a sum of floats depends on its order.
        """
        total = self.weights.total(stems)
        if not total:
            return None
        share, own = np.zeros(len(self.all)), np.zeros(len(self.all))
        for word in sorted(stems):
            if (rows := self.holding.get(word)) is not None and (weight := self.weights[word]):
                own[rows] += weight
                share[self.with_next[word]] += weight
        return share / total, own / total

    def _nearest(self, rows: range, own: Floats, said: npt.NDArray[np.bool_]) -> list[int]:
        """The sentences of an article that are looked at twice."""
        looked = [row for row in rows if own[row] >= GLANCE or said[row]]
        return sorted(looked, key=lambda row: (not said[row], -own[row], self.all[row].text))[:NEAREST]


@dataclass(frozen=True)
class _Nearly:
    """A wording and a sentence of an article that does not carry it, whose meanings are to be compared."""

    of: str
    article: str
    wording: str
    sentence: str
    spoken: bool
