"""Groups narrated sentences of different articles that report the same fact.

Two sentences report one fact when the rarer keys of one (names, and stems of other words, see `_narration`) stand in
the other, their sentence embeddings are near, and their figures and negations agree; at least one shared key must not
be a name, since a list of countries is no fact. Embeddings alone join whatever is on one subject, words alone miss
paraphrase: read on development stories, the two together are right where either errs. Groups are complete-link, with
one sentence per article, so that no chain of halfway matches joins two facts.

Origins follow the text: reports that credit one source are one origin, and copied text has the origin of its original.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from reportedly._records import Claim, ClaimReport, Reading, StoryArticle, cite
from reportedly.compare._narration import Told, names_of, split_clauses
from reportedly.compare._numbers import conflict, same_thing
from reportedly.compare._words import Weights, is_content, overlaps
from reportedly.group._words import commonness, stem, words

Encoder = Callable[[Sequence[str]], NDArray[np.float32]]

# Set by reading the pairs around them on the development stories.
TELLING = 0.15
"""Weight from which a key is telling."""
SHARED = 0.9
"""Least weight that two parts of sentences share."""
CONTAINED = 0.5
"""Least share of the lighter part's weight that the other holds."""
NEAR = 0.55
"""Least cosine of the two sentences' embeddings."""
TOGETHER = 0.55
"""Least mean of containment and cosine: neither may be at its least."""
LOOSE = 0.8
"""Factor on the thresholds for members of a group that did not bring it together."""
FEWEST = 2
"""Articles that have to narrate a fact; what somebody says, without marks, only adds to these."""
COMMON_NAME = 0.1
"""Share of articles that hold a word from which it does not tell one source from another: "the", "newspaper"."""
ASIDE = 1 / 4
"""Greatest share of a sentence's words outside the clauses that hold the fact, if it is to stand for the fact."""
MANY = 40
"""Sentences that one key brings together; a key in more of them is not telling here."""

_OPENERS = re.compile(
    r"(?:he|she|it|they|this|that|these|those|his|her|their|its|the (?:latter|former|move|two|pair|official|incidents?)"
    r"|but|and|however|meanwhile|also|still|instead|so|or|yet|then|there|afterwards|later|earlier)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|(?<![\"“‘'])no|never|neither|nor|without|denie[sd]|deny|reject(?:s|ed)?|refuse[sd]?)\b|n['’]t\b", re.I
)
_PLANNED = re.compile(
    r"\b(?:will|(?:is|are|was|were) (?:set|due|expected|scheduled|likely|poised|about|to)"
    r"|plans? to|planned to|intends? to|prepar(?:es|ed|ing) to)\b",
    re.IGNORECASE,
)
_HOPED = re.compile(r"\b(?:hop(?:e|es|ed|ing)|wish(?:es|ed)?|want(?:s|ed)?|would like)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d,.$€£])(?:1[5-9]|20)\d\d(?![\d,])")
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b", re.IGNORECASE)
_CLOSED = re.compile(r"[.!?…][\"”’']?$")


@dataclass(frozen=True)
class Match:
    """Two narrated sentences, by index, with what they share: weight, containment (0 to 1) and cosine."""

    one: int
    other: int
    shared: float
    contained: float
    cosine: float

    @property
    def score(self) -> float:
        """What orders matches; each part counts, none alone decides."""
        return self.contained * min(self.shared, 2.0) + self.cosine

    def passes(self, factor: float = 1.0) -> bool:
        """Whether every measure reaches its threshold times the factor."""
        both = (together(self.contained, self.cosine), TOGETHER)
        measures = ((self.shared, SHARED), (self.contained, CONTAINED), (self.cosine, NEAR), both)
        return all(value >= factor * least for value, least in measures)


def together(shared: float, cosine: float) -> float:
    """How surely two wordings report one fact, from the share of their words that they have in common and the cosine
    of their embeddings: the mean. Each errs where the other does not, and equal parts leave nothing to fit.
    """
    return (shared + cosine) / 2


def match_narration(told: Sequence[Told], weights: Weights, encode: Encoder) -> list[Match]:
    """Pairs of sentences of different articles that share what makes them comparable, the best first."""
    index: dict[str, list[int]] = {}
    for at, sentence in enumerate(told):
        for key in sentence.keys:
            if weights[key] >= TELLING:
                index.setdefault(key, []).append(at)
    common: dict[tuple[int, int], int] = {}
    for holders in index.values():
        for place, one in enumerate(holders[:MANY]):
            for other in holders[place + 1 : MANY]:
                if told[one].article != told[other].article:
                    common[one, other] = common.get((one, other), 0) + 1
    lexical = [(pair, _share(told[pair[0]], told[pair[1]], weights)) for pair, n in sorted(common.items()) if n > 1]
    lexical = [(pair, found) for pair, found in lexical if found[0] >= LOOSE * SHARED and found[1] >= LOOSE * CONTAINED]
    wanted = sorted({at for pair, _ in lexical for at in pair})
    if not wanted:
        return []
    vectors = dict(zip(wanted, encode([told[at].text for at in wanted]), strict=True))
    matches = [
        Match(one, other, shared, contained, round(float(vectors[one] @ vectors[other]), 6))
        for (one, other), (shared, contained) in lexical
    ]
    return sorted(matches, key=lambda match: (-match.score, match.one, match.other))


def _share(one: Told, other: Told, weights: Weights) -> tuple[float, float]:
    """Weight shared by the best pair of parts, and how much of the lighter part that is."""
    best = (0.0, 0.0)
    for part in (one.keys, *one.parts):
        for counterpart in (other.keys, *other.parts):
            shared = part & counterpart
            if not any(weights[key] >= TELLING for key in shared - names_of(shared)):
                continue
            weight = weights.total(shared)
            lighter = min(weights.whole(part), weights.whole(counterpart))
            if lighter and weight * weight / lighter > best[0] * best[1]:
                best = round(weight, 6), round(weight / lighter, 6)
    return best


def agree(one: Told, other: Told) -> bool:
    """Whether two sentences' figures, years, negations, plans and hopes allow that they report one fact."""
    (standing, *mine), (other_standing, *theirs) = _marks_of(one.text), _marks_of(other.text)
    if standing != other_standing or any(a and b and not a & b for a, b in zip(mine, theirs, strict=True)):
        return False
    return not any(same_thing(a, b) and conflict(a, b) for a in one.figures for b in other.figures)


@lru_cache(maxsize=65536)
def _marks_of(text: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Which of negation, plan and hope a sentence shows; its years; its ordinals."""
    patterns = {"denied": _NEGATION, "planned": _PLANNED, "hoped": _HOPED}
    standing = frozenset(name for name, pattern in patterns.items() if pattern.search(text))
    years, ordinals = (frozenset(word.lower() for word in p.findall(text)) for p in (_YEAR, _ORDINAL))
    return standing, years, ordinals


def make_claims(
    readings: Sequence[Reading], told: Sequence[Told], matches: Sequence[Match], articles: Sequence[StoryArticle]
) -> tuple[Claim, ...]:
    """Facts that at least two articles narrate, the most reported first.

    Args:
        readings: of the story's articles.
        told: their narrated sentences.
        matches: comparable pairs of these, by index, the best first.
        articles: the same articles, with what is copied in them.
    """
    by_id = {reading.article.id: reading for reading in readings}
    place = {article.article.id: at for at, article in enumerate(articles)}
    copies = {article.article.id: article for article in articles}
    claims = []
    for group in _groups(told, matches):
        sentences = sorted((told[at] for at in group), key=lambda sentence: (place[sentence.article], sentence.span))
        complete = [told for told in sentences if is_complete(told.text) and _is_about(told, _common(sentences))]
        if not complete or sum(not sentence.said for sentence in sentences) < FEWEST:
            continue
        claims.append(_claim(sentences, complete, by_id, copies))
    return tuple(
        sorted(claims, key=lambda claim: (-claim.origins, -claim.articles, place[claim.text.article], claim.text.span))
    )


def _groups(told: Sequence[Told], matches: Sequence[Match]) -> Iterable[list[int]]:
    """Complete-link groups of indices with one sentence per article, grown from the best match down."""
    known = {(match.one, match.other): match for match in matches}
    group_of: dict[int, list[int]] = {}
    for match in matches:
        if not match.passes() or not agree(told[match.one], told[match.other]):
            continue
        one, other = group_of.get(match.one, [match.one]), group_of.get(match.other, [match.other])
        if one is other or {told[at].article for at in one} & {told[at].article for at in other}:
            continue
        links = [known.get((min(a, b), max(a, b))) for a in one for b in other]
        if all(link and link.passes(LOOSE) and agree(told[link.one], told[link.other]) for link in links):
            merged = [*one, *other]
            group_of.update(dict.fromkeys(merged, merged))
    return {id(group): group for group in group_of.values()}.values()


def _common(sentences: Sequence[Told]) -> frozenset[str]:
    """The names and content words that at least two of the sentences hold."""
    held = Counter(key for told in sentences for key in told.keys if is_content(key))
    return frozenset(key for key, n in held.items() if n > 1)


def _is_about(told: Told, common: frozenset[str]) -> bool:
    """Whether a sentence tells the common fact itself, rather than in passing: "The port, where two of the six ships
    burned, reopened" cannot stand for the ships that burned.
    """
    pieces = split_clauses(told)
    holding = [at for at, (keys, _) in enumerate(pieces) if keys & common]
    needed = common & told.keys
    window = min(
        (
            (first, last)
            for first in holding
            for last in holding
            if first <= last and needed <= frozenset().union(*(keys for keys, _ in pieces[first : last + 1]))
        ),
        key=lambda run: sum(n for _, n in pieces[run[0] : run[1] + 1]),
        default=(0, len(pieces) - 1),
    )
    outside = sum(n for at, (_, n) in enumerate(pieces) if not window[0] <= at <= window[1])
    return outside <= ASIDE * sum(n for _, n in pieces)


def is_complete(text: str) -> bool:
    """Whether a sentence can stand alone: it opens with no pronoun or link, ends as one, and its marks are balanced."""
    opening = text.lstrip("“\"‘'")
    if not opening[:1].isupper() and not opening[:1].isdigit():
        return False
    balanced = text.count("“") == text.count("”") and text.count('"') % 2 == 0 and text.count("(") == text.count(")")
    return balanced and bool(_CLOSED.search(text)) and not _OPENERS.match(opening) and "\n\n" not in text


def _claim(
    sentences: Sequence[Told],
    complete: Sequence[Told],
    readings: Mapping[str, Reading],
    copies: Mapping[str, StoryArticle],
) -> Claim:
    text = min(complete, key=lambda told: (told.said, len(told.text), told.article, told.span))
    reports = tuple(ClaimReport(told.article, told.span, _credited(told, readings[told.article])) for told in sentences)
    texts = {report.article: _original(report, reports, copies) for report in reports}
    originals = [report for report in reports if texts[report.article] == report.article]
    origins = count_origins(
        [report.credited or readings[report.article].article.outlet or report.article for report in originals]
    )
    outlets = {readings[told.article].article.outlet or f"article {told.article}" for told in sentences}
    seed = ";".join(f"{told.article}:{told.span[0]}-{told.span[1]}" for told in sorted(sentences, key=_at))
    return Claim(
        id="c" + sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        text=cite(readings[text.article].article, text.span),
        reports=reports,
        origins=origins,
        articles=len({told.article for told in sentences}),
        distinct_texts=len(set(texts.values())),
        outlets=len(outlets),
    )


def count_origins(names: Sequence[str]) -> int:
    """How many different sources the names stand for; one name in another ("the newspaper Ledger", "The Ledger"), or
    its initials, is the same source.
    """
    sources: list[frozenset[str]] = []
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        found = [word for word, _ in words(name)]
        own = frozenset(word for word in found if commonness().get(stem(word), 0.0) < COMMON_NAME) or frozenset(found)
        initials = frozenset({"".join(word[0] for word in re.findall(r"\b[A-Z]\w*", name)).lower()})
        if not any(own <= source for source in sources):
            sources.append(own | initials)
    return max(len(sources), 1)


def _at(told: Told) -> tuple[str, tuple[int, int]]:
    return told.article, told.span


def _credited(told: Told, reading: Reading) -> str | None:
    """Who the passage credits: the sourcing that covers most of it."""
    found = [
        (min(told.span[1], credit.covers[1]) - max(told.span[0], credit.covers[0]), credit.source)
        for credit in reading.sourcing
        if overlaps(credit.covers, told.span)
    ]
    return min(found, key=lambda item: (-item[0], item[1]))[1] if found else None


def _original(report: ClaimReport, reports: Sequence[ClaimReport], copies: Mapping[str, StoryArticle]) -> str:
    """The article of this claim from which the passage is copied, or the report's own."""
    reporting = {other.article for other in reports}
    for copy in copies[report.article].copied:
        if copy.article in reporting and any(overlaps(span, report.span) for span in copy.spans):
            return copy.article
    return report.article
