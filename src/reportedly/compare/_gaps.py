"""In which articles a statement or claim was found, and in which it was not.

Only what two articles carry is looked for in the others. "Not found" has to be right, so an article that cannot be
judged is said to be that: one that was cut off (`StoryArticle.assessable`); one that carries a remark of which a part
stands in what is looked for; and one in which a passage comes so near, by words or meaning, that it may carry
the same in words which were not recognised. Less nearness is enough where the same person speaks; and where all have
a remark in their own words only, anything else that one outlet alone reports of its speaker may be that remark.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportedly._records import Claim, Gap, Reading, Span, Statement, StoryArticle
from reportedly.compare._claims import Encoder
from reportedly.compare._words import Weights, overlaps
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


@dataclass(frozen=True)
class _Wanted:
    """A statement or claim that is looked for: its wordings, each with the article that has it, and its speaker."""

    of: str
    carrying: frozenset[str]
    wordings: tuple[tuple[str, str, frozenset[str]], ...]
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
    wanted = [search.wanted(*each) for each in passages if len({article for article, _ in each[1]}) >= CARRIED]
    assessable = {source.article.id for source in sources if source.assessable}
    unclear = search.maybe(wanted, encode) | _in_statements(claims, statements) | _retold(statements)
    return tuple(_gap(one, [reading.article.id for reading in readings], assessable, unclear) for one in wanted)


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
    return {
        (claim.id, carrier.article)
        for claim in claims
        for statement in statements
        if any(
            passage.article == report.article and overlaps(passage.span, part)
            for passage in claim.reports
            for report in statement.reports
            for part in report.content
        )
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
    """Knows every article's sentences, as text and as stems."""

    def __init__(self, readings: Sequence[Reading], statements: Sequence[Statement]) -> None:
        self.texts = {reading.article.id: reading.article.text for reading in readings}
        spoken: defaultdict[str, list[tuple[Span, str]]] = defaultdict(list)
        for statement in statements:
            if (speaker := statement.speaker) is not None:
                for report in statement.reports:
                    spoken[report.article] += [(part, speaker) for part in report.content]
        self.sentences = {
            reading.article.id: [self._sentence(reading.article.id, span, spoken) for span in reading.sentences]
            for reading in readings
        }
        self.weights = Weights(each.stems for sentences in self.sentences.values() for each in sentences)

    def _sentence(self, article: str, span: Span, spoken: Mapping[str, Sequence[tuple[Span, str]]]) -> _Sentence:
        speakers = frozenset(who for part, who in spoken.get(article, ()) if overlaps(part, span))
        return _Sentence(self.texts[article][slice(*span)], self._stems(article, span), speakers)

    def _stems(self, article: str, span: Span) -> frozenset[str]:
        return frozenset(stem(word) for word, _ in words(self.texts[article], *span))

    def wanted(self, of: str, passages: Sequence[tuple[str, tuple[Span, ...]]], speaker: str | None) -> _Wanted:
        wordings = tuple(
            (
                article,
                " ".join(self.texts[article][slice(*span)] for span in spans),
                frozenset(word for span in spans for word in self._stems(article, span)),
            )
            for article, spans in passages
        )
        return _Wanted(of, frozenset(article for article, _ in passages), wordings, speaker)

    def maybe(self, wanted: Sequence[_Wanted], encode: Encoder) -> set[tuple[str, str]]:
        """Which articles may carry what, though it was not recognised in them: pairs of what and article."""
        unclear: set[tuple[str, str]] = set()
        nearly: list[tuple[str, str, str, str, float]] = []
        for one in wanted:
            for article in self.sentences:
                if article in one.carrying:
                    continue
                for _, text, stems in one.wordings:
                    near = self._near(article, stems, one.speaker)
                    if any(each.share >= (SAME_SPEAKER if each.spoken else MAYBE) for each in near):
                        unclear.add((one.of, article))
                        break
                    nearest = sorted((n for n in near if n.own >= GLANCE or n.spoken), key=_nearest)[:NEAREST]
                    nearly.extend(
                        (one.of, article, text, n.text, SAME_SPEAKER_MEANT if n.spoken else MAYBE_MEANT)
                        for n in nearest
                    )
        nearly = [each for each in nearly if each[:2] not in unclear]
        if nearly:
            vectors = encode([text for each in nearly for text in each[2:4]])
            for at, (of, article, _, _, bound) in enumerate(nearly):
                if float(vectors[2 * at] @ vectors[2 * at + 1]) >= bound:
                    unclear.add((of, article))
        return unclear

    def _near(self, article: str, stems: frozenset[str], speaker: str | None) -> list[_Near]:
        """For each sentence, how much of a wording's weight it holds with the next one, and by itself."""
        total = self.weights.total(stems)
        if not total:
            return []
        found = self.sentences[article]
        after = [following.stems for following in found[1:]] + [frozenset()]
        return [
            _Near(
                self.weights.total(stems & (one.stems | rest)) / total,
                self.weights.total(stems & one.stems) / total,
                one.text,
                speaker in one.speakers,
            )
            for one, rest in zip(found, after, strict=True)
        ]


@dataclass(frozen=True)
class _Near:
    """A sentence of an article: its share of what is looked for, with the next sentence and by its own."""

    share: float
    own: float
    text: str
    spoken: bool


def _nearest(near: _Near) -> tuple[bool, float, str]:
    return not near.spoken, -near.own, near.text
