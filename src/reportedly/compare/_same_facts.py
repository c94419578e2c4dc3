"""How surely two clauses of different articles report the same fact.

A logistic regression over a dozen measures of two kinds: what the clauses say (their words, names, subjects, and what
the sentence encoder makes of them), and where they stand (their sentences, and whether any other clause of the article
fits better). None decides alone: embeddings join whatever is on one subject, words miss paraphrase, and of two clauses
out of one sentence only one is meant. The weights are in ``data/claims.toml``; ``benchmarks/claim_weights.py`` fits
them. What is denied, hoped, or of another year, number or figure is never the same.

Pairs that share too little to be looked at are never scored, so the work grows with the text, not with its square.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property
from importlib.resources import files
from math import exp

import numpy as np
from numpy.typing import NDArray

from reportedly._records import Span
from reportedly.compare._clauses import Clause
from reportedly.compare._narration import NAME
from reportedly.compare._numbers import conflict, same_thing
from reportedly.compare._similarity import Encoder
from reportedly.compare._words import Weights

TELLING = 0.05
"""Weight from which a key is telling."""
ALONE = 0.15
"""Weight of a word that is enough to look at two clauses which share no other telling key."""
MANY = 40
"""Clauses that one key brings together; a key in more of them is not telling here."""
EXCLUSIVE = frozenset({"denied", "hoped"})
"""What both clauses have to show, if one does."""
ENOUGH = 0.8
"""Weight of shared words from which more say no more."""
NEAREST = 0.4
"""Cosine below which clauses with other predicates tell different things of the same matter."""
PLACES = 6
"""Decimals kept of a measure: the order of a sum may change the seventh."""


@dataclass(frozen=True)
class Measures:
    """What two clauses have in common; all from 0 to 1 but ``shared`` and ``least``, which are weights of words.

    ``cosine`` is that of the clauses, ``sentences`` of the sentences around them, ``context`` the share of their words
    that these sentences share. ``fit`` is 1 where each is the other's best in its article. ``shared`` counts words that
    are no names, ``least`` is the weight of the clause that says less. ``subjects`` is the share of the subjects' keys
    that both have. The others are 1 or 0: whether the predicate of one stands in the other, a date in both, only one
    tells a plan, the names in them are others, and one of them is somebody's speech.
    """

    cosine: float
    sentences: float
    context: float
    fit: float
    shared: float
    least: float
    subjects: float
    predicate: float
    date: float
    planned: float
    names: float
    said: float


def probability(found: Measures) -> float:
    """How surely (0 to 1) two clauses with these measures report one fact."""
    weights = _weights()
    total = weights["constant"] + sum(weights[name] * getattr(found, name) for name in _NAMES)
    return round(1 / (1 + exp(-total)), PLACES)


_NAMES = tuple(field.name for field in fields(Measures))


@cache
def _weights() -> Mapping[str, float]:
    data = tomllib.loads(files("reportedly.compare").joinpath("data/claims.toml").read_text("utf-8"))
    return {name: float(value) for name, value in data["weights"].items()}


@dataclass(frozen=True)
class Pair:
    """Two clauses, by index, the first the lower, and what they have in common."""

    one: int
    other: int
    measures: Measures

    @cached_property
    def probability(self) -> float:
        """How surely they report one fact."""
        return probability(self.measures)


def measure_pairs(clauses: Sequence[Clause], weights: Weights, texts: Mapping[str, str], encode: Encoder) -> list[Pair]:
    """The pairs of clauses of different articles that are worth a look, by index.

    Args:
        clauses: of all articles.
        weights: how telling their keys are.
        texts: of the articles, by id.
        encode: the sentence encoder.
    """
    candidates = [pair for pair in _candidates(clauses, weights) if _may_agree(clauses[pair[0]], clauses[pair[1]])]
    wanted = sorted({at for pair in candidates for at in pair})
    if not wanted:
        return []
    sentences = {(clauses[at].article, clauses[at].sentence) for at in wanted}
    said = {place: texts[place[0]][slice(*place[1])] for place in sentences}
    different = sorted({clauses[at].text for at in wanted} | set(said.values()))
    vectors = dict(zip(different, encode(different), strict=True))
    around = _keys_around(clauses)
    cosines = {pair: _cosine(vectors, clauses[pair[0]].text, clauses[pair[1]].text) for pair in candidates}
    candidates = [pair for pair in candidates if _is_near(clauses[pair[0]], clauses[pair[1]], cosines[pair])]
    fits = _fits(clauses, weights, {pair: cosines[pair] for pair in candidates})
    return [
        Pair(*pair, _measure(clauses, pair, weights, cosines[pair], fits[pair], around, said, vectors))
        for pair in candidates
    ]


def _candidates(clauses: Sequence[Clause], weights: Weights) -> list[tuple[int, int]]:
    """Pairs of different articles that share two telling keys, or a word that is enough by itself; a name never is."""
    index: dict[str, list[int]] = defaultdict(list)
    for at, clause in enumerate(clauses):
        for key in clause.keys:
            if weights[key] >= TELLING:
                index[key].append(at)
    found: dict[tuple[int, int], float] = defaultdict(float)
    plain: set[tuple[int, int]] = set()
    for key, holders in index.items():
        alone = 1.0 if not key.startswith(NAME) and weights[key] >= ALONE else 0.5
        for place, one in enumerate(holders[:MANY]):
            for other in holders[place + 1 : MANY]:
                if clauses[one].article != clauses[other].article:
                    found[one, other] += alone
                    if not key.startswith(NAME):
                        plain.add((one, other))
    return sorted(pair for pair, share in found.items() if share >= 1.0 and pair in plain)


def _may_agree(one: Clause, other: Clause) -> bool:
    """Whether nothing rules out that two clauses report one fact."""
    if (one.said and other.said) or (one.standing ^ other.standing) & EXCLUSIVE:
        return False
    if any(a and b and not a & b for a, b in zip(one.marks, other.marks, strict=True)):
        return False
    return not any(same_thing(a, b) and conflict(a, b) for a in one.figures for b in other.figures)


def _is_near(one: Clause, other: Clause, cosine: float) -> bool:
    """Whether two clauses mean something alike, or one has the other's predicate: else they tell different things."""
    return cosine >= NEAREST or _share_predicate(one, other)


def _share_predicate(one: Clause, other: Clause) -> bool:
    return one.predicate in other.keys or other.predicate in one.keys


def _cosine(vectors: Mapping[str, NDArray[np.float32]], one: str, other: str) -> float:
    return round(float(vectors[one] @ vectors[other]), PLACES)


def _fits(
    clauses: Sequence[Clause], weights: Weights, cosines: Mapping[tuple[int, int], float]
) -> dict[tuple[int, int], float]:
    """For each pair, 1 over 1 and the number of clauses that fit either of the two better, in the other's article."""
    likeness: dict[tuple[int, int], float] = {}
    rivals: dict[tuple[int, str], list[float]] = defaultdict(list)
    for (one, other), cosine in cosines.items():
        a, b = clauses[one], clauses[other]
        likeness[one, other] = round(cosine + _dice(weights, a.keys, b.keys), PLACES)
        rivals[one, b.article].append(likeness[one, other])
        rivals[other, a.article].append(likeness[one, other])
    for known in rivals.values():
        known.sort()

    def better(at: int, article: str, value: float) -> int:
        known = rivals[at, article]
        return len(known) - bisect_right(known, value)

    return {
        (one, other): 1 / (1 + better(one, clauses[other].article, value) + better(other, clauses[one].article, value))
        for (one, other), value in likeness.items()
    }


def _dice(weights: Weights, one: frozenset[str], other: frozenset[str]) -> float:
    whole = weights.whole(one) + weights.whole(other)
    return round(2 * weights.total(one & other) / whole, PLACES) if whole else 0.0


def _keys_around(clauses: Sequence[Clause]) -> dict[tuple[str, Span], frozenset[str]]:
    """The keys of each sentence's clauses."""
    found: dict[tuple[str, Span], set[str]] = defaultdict(set)
    for clause in clauses:
        found[clause.article, clause.sentence] |= clause.keys
    return {place: frozenset(keys) for place, keys in found.items()}


def _measure(
    clauses: Sequence[Clause],
    pair: tuple[int, int],
    weights: Weights,
    cosine: float,
    fit: float,
    around: Mapping[tuple[str, Span], frozenset[str]],
    said: Mapping[tuple[str, Span], str],
    vectors: Mapping[str, NDArray[np.float32]],
) -> Measures:
    one, other = clauses[pair[0]], clauses[pair[1]]
    here, there = (one.article, one.sentence), (other.article, other.sentence)
    shared = one.keys & other.keys
    return Measures(
        cosine=cosine,
        sentences=_cosine(vectors, said[here], said[there]),
        context=_dice(weights, around[here], around[there]),
        fit=fit,
        shared=round(min(weights.total(key for key in shared if not key.startswith(NAME)), ENOUGH), PLACES),
        least=round(min(weights.whole(one.keys), weights.whole(other.keys)), PLACES),
        subjects=_subjects(weights, one.about, other.about),
        predicate=float(_share_predicate(one, other)),
        date=float(bool(_dates(one.days) & _dates(other.days))),
        planned=float(("planned" in one.standing) != ("planned" in other.standing)),
        names=float(bool(one.names and other.names) and not one.names & other.names),
        said=float(one.said or other.said),
    )


def _dates(days: Iterable[tuple[str, str]]) -> set[str]:
    return {value for value, _ in days}


def _subjects(weights: Weights, one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the lighter subject's keys that both have; a half where one is not known."""
    least = min(weights.whole(one), weights.whole(other))
    return round(weights.total(one & other) / least, PLACES) if least else 0.5
