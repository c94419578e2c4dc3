"""How surely two articles tell one story, from what they share and the days between them.

A logistic regression over a dozen plain measures, as in Miranda et al. 2018, "Multilingual Clustering of Streaming
News", who rank clusters by such a sum: shared words, headline words, figures and turns of phrase, each a cosine
of TF-IDF vectors, and the days. The weekday that a report names ("on Tuesday") tells two days of one affair apart, and
does so where a date is missing. The weights were fitted by `benchmarks/stories.py` and are frozen.
"""

from __future__ import annotations

from math import fsum, sqrt
from typing import TypeVar

from reportedly.group._rarity import Weighed

FURTHEST = 7
"""Days between publication from which two articles are never compared."""
SAME = -1.25
"""Mean score from which two groups are one story; chosen with the weights."""
UNLIKE = -8.0
"""Score of two articles that were never compared, since they share no telling word."""

COPIED = 0.3
"""Share of the shorter opening's turns of phrase from which one article holds text of the other."""
FEWEST_PHRASES = 20
"""Turns of phrase that two articles have to share at least to share text."""
COPIED_DAYS = 2
"""Days apart up to which that is a copy; later it is the same frame filled anew, as of a weekly report."""
COPIED_SCORE = 4.0
"""Least score of two such articles, whatever their headlines: a copy tells the story of what it copies."""

MEASURES = (
    "one", "words", "title", "figures", "phrases", "headline in text", "both headlines in text",
    "weekdays", "no weekday", "undated", "1 day", "2 days", "3 days", "4 days", "days beyond",
)  # fmt: skip
WEIGHTS = (
    -5.99, 7.92, 2.69, 0.19, 6.50, 0.87, 1.55,
    2.22, 2.10, -3.51, -1.00, -3.09, -4.17, -5.33, 0.21,
)  # fmt: skip

Key = TypeVar("Key", str, int)


def score(one: Weighed, other: Weighed) -> float:
    """Log odds that two articles tell one story; the order of the two changes nothing."""
    values = measures(one, other)
    odds = round(sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True)), 6)
    if odds < COPIED_SCORE and may_copy(apart(one, other)) and shares_text(one, other):
        return COPIED_SCORE
    return odds


def shares_text(one: Weighed, other: Weighed, share: float = COPIED) -> bool:
    """Whether a share of one article's opening, by its pairs of words, stands in the other's."""
    shorter = min(len(one.phrases), len(other.phrases))
    return shorter > 0 and len(one.phrases.keys() & other.phrases.keys()) >= max(share * shorter, FEWEST_PHRASES)


def may_copy(days: int | None) -> bool:
    """Whether shared text, of articles that are so many days apart, makes one a copy of the other."""
    return days is None or days <= COPIED_DAYS


def measures(one: Weighed, other: Weighed) -> tuple[float, ...]:
    """The values of `MEASURES` for two articles."""
    if other.id < one.id:
        one, other = other, one
    days = apart(one, other)
    first, second = _contained(one, other), _contained(other, one)
    return (
        1.0,
        dot(one.words, other.words),
        sqrt(dot(one.title, other.title)),
        sqrt(dot(one.figures, other.figures)),
        sqrt(dot(one.phrases, other.phrases)),
        max(first, second),
        min(first, second),
        sum(a * b for a, b in zip(one.weekdays, other.weekdays, strict=True)),
        float(not any(one.weekdays) or not any(other.weekdays)),
        float(days is None),
        float(days == 1),
        float(days == 2),
        float(days == 3),
        float(days is not None and days >= 4),
        float(max(0, (days or 0) - 4)),
    )


def apart(one: Weighed, other: Weighed) -> int | None:
    """Days between the publication of two articles, None where one has no date."""
    return abs(one.day - other.day) if one.day is not None and other.day is not None else None


def dot(one: dict[Key, float], other: dict[Key, float]) -> float:
    """The sum of products over the shared keys; it is exact, since a set has no order to sum in."""
    return fsum([one[key] * other[key] for key in one.keys() & other.keys()])


def _contained(one: Weighed, other: Weighed) -> float:
    """The share of one's headline, by weight, that stands in the other's text."""
    total = sum(one.title.values())
    return sum([weight for word, weight in one.title.items() if word in other.words]) / total if total else 0.0
