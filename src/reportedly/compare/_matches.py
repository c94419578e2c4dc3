"""Pairs of narrated sentences of different articles that may tell the same thing: what their dates are compared by.

Two sentences are comparable when the rarer keys of one (names, and stems of other words, see `_narration`) stand in the
other; at least one shared key must not be a name, since a list of countries is no fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.compare._narration import Told, names_of
from reportedly.compare._similarity import Encoder
from reportedly.compare._words import Weights

# Set by reading the pairs around them on the development stories.
TELLING = 0.15
"""Weight from which a key is telling."""
SHARED = 0.72
"""Least weight that two parts of sentences share."""
CONTAINED = 0.8
"""Least share of the lighter part's weight that the other holds, for both to tell of one event."""
MANY = 40
"""Sentences that one key brings together; a key in more of them is not telling here."""


@dataclass(frozen=True)
class Match:
    """Two narrated sentences, by index, that share enough words, and the cosine of their meanings."""

    one: int
    other: int
    cosine: float


def match_narration(told: Sequence[Told], weights: Weights, encode: Encoder) -> list[Match]:
    """Pairs of sentences of different articles that share what makes them comparable, by index."""
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
    pairs = [pair for pair, n in sorted(common.items()) if n > 1 and _share_enough(told, pair, weights)]
    wanted = sorted({at for pair in pairs for at in pair})
    if not wanted:
        return []
    vectors = dict(zip(wanted, encode([told[at].text for at in wanted]), strict=True))
    return [Match(one, other, round(float(vectors[one] @ vectors[other]), 6)) for one, other in pairs]


def _share_enough(told: Sequence[Told], pair: tuple[int, int], weights: Weights) -> bool:
    shared, contained = _share(told[pair[0]], told[pair[1]], weights)
    return shared >= SHARED and contained >= CONTAINED


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
