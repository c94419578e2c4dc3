"""Which dated sentences of a story's articles tell of one event.

Sentences (`_dated`) of one date tell of one event if they report one claim, or an event of one type with one of its
people, or share enough of their telling words (`_words.Weights`), or if the clauses that give the date do and mean
nearly the same. A date of which the articles have hardly more than a sentence each is itself telling: then less is
enough. Groups are average-link, so that no chain of halfway matches joins two events. What is told of a weekend, a
month or a year joins the group of a day in it that tells the same.

News tells the story's event first (the inverted pyramid): the ledes that name the main day are one event, however
differently they word it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import combinations, groupby, product

import numpy as np
from numpy.typing import NDArray

from reportedly._records import Span, Status
from reportedly.compare._dated import Dated
from reportedly.compare._similarity import Encoder, together
from reportedly.compare._words import Weights

SHARED, CONTAINED = 0.8, 0.4
"""Least weight of telling words that two sentences of one date share, and least share of the lighter one's. Lower than
for claims, because the same date already speaks for the same event. Set by reading the pairs around them."""

CORE, TOGETHER = 0.3, 0.5
"""The same for the clauses that give the date: least weight of the words they share, and least mean of their share and
of the cosine of what they mean (`_claims.together`). The mean is enough for the whole sentences, too."""

RARE_CORE, RARE_TOGETHER = 0.2, 0.45
"""These for a date that is rare in the story: it tells much of what happened then by itself."""

NEARLY = 0.85
"""Share of the least likeness that the pairs of two groups have on average, if their likest pair has all of it."""

RARE = 1.25
"""Sentences for each article that has one, up to which a date is rare. A year always is: it is told in passing."""

SAME_ACT = 0.3
"""Least such mean where both tell of an event of one type with one of its people."""

CROWD = 150
"""Sentences of one date that are compared with each other, ledes and events first: pairs grow with the square."""

LATER: frozenset[Status] = frozenset(("planned", "happened", "called off"))
"""Standings that one event has one after the other: earlier articles tell it ahead, later ones when it is over."""

SAME_CLAIM = 0.5
"""The same where both report one claim."""

CLAIM, LEDE, ACT = 3.0, 2.0, 1.5
"""Likeness of sentences that report one claim, that open articles with the main day, that tell of events of one type
with one of their people. That of words and meaning is at most 1."""
CONFLICT, FEWEST_SHARED = 0.8, 3
"""Least such mean, and fewest words shared, of two clauses that tell one event of two days: far more than for one day,
since most of what is told of two days is two events."""
NEAR_DAYS, FIRST = 7, 4
"""Days between which a conflict is looked for, and sentences of a group that are compared."""
WEEKEND = timedelta(days=1)
NEVER = -1.0
"""Likeness of sentences that cannot tell of one event."""

Likeness = Callable[[Dated, Dated], float]


def same_events(
    found: Sequence[Dated], main: date | None, encode: Encoder
) -> tuple[list[list[Dated]], list[tuple[Dated, Dated]]]:
    """The sentences in groups of one event each, those of the finest date first in each, and pairs that conflict.

    A pair conflicts if two outlets tell of one event in all but the same words, and each gives it another day.

    Args:
        found: in the order of their dates.
        main: the day of the story.
        encode: texts to unit vectors.
    """
    likeness = _Likeness(Weights(dated.words for dated in found), main, _vectors(found, encode))
    groups: list[list[Dated]] = []
    for _, same in groupby(found, key=lambda dated: (dated.date, dated.precision)):
        crowd = sorted(same, key=_first)[:CROWD]
        core, least = (RARE_CORE, RARE_TOGETHER) if _is_rare(crowd, main) else (CORE, TOGETHER)
        groups += _grouped(crowd, partial(likeness.of, core=core, least=least), least)
    groups = _into_days(groups, likeness)
    return groups, list(_conflicts(groups, likeness))


def _conflicts(groups: Sequence[list[Dated]], likeness: _Likeness) -> Iterator[tuple[Dated, Dated]]:
    days = sorted((group for group in groups if group[0].precision == "day"), key=lambda group: group[0].date)
    for at, one in enumerate(days):
        for other in days[at + 1 :]:
            if (other[0].days[0] - one[0].days[0]).days > NEAR_DAYS:
                break
            if one[0].date == other[0].date or {d.outlet for d in one} & {d.outlet for d in other}:
                continue
            pairs = [
                (likeness.of_clauses(a, b), a, b)
                for a, b in product(one[:FIRST], other[:FIRST])
                if not (a.saying or b.saying)
                and _may_be_one(a, b)
                and len(a.core_words & b.core_words) >= FEWEST_SHARED
            ]
            best = max(pairs, key=lambda pair: (pair[0], pair[1].order, pair[2].order), default=None)
            if best is not None and best[0] >= CONFLICT:
                yield best[1], best[2]


def standing(group: Sequence[Dated]) -> Status:
    """The standing of a group: what was planned and is told as over, or as called off, by another article is that."""
    told = {dated.status for dated in group}
    return next((status for status in ("called off", "happened") if status in told), group[0].status)


def _first(dated: Dated) -> tuple[bool, bool, tuple[str, Span]]:
    return dated.saying, not dated.lede, dated.order


def _is_rare(same: Sequence[Dated], main: date | None) -> bool:
    """Whether sentences of one date are so few that the date tells of what they are."""
    telling = [dated for dated in same if not dated.saying]
    few = len(telling) <= RARE * len({dated.article for dated in telling})
    return same[0].precision == "year" or (few and (main is None or same[0].date != main.isoformat()))


def _vectors(found: Sequence[Dated], encode: Encoder) -> dict[str, NDArray[np.float32]]:
    texts = sorted({text for dated in found for text in (dated.core, dated.text)})
    return dict(zip(texts, encode(texts), strict=True))


@dataclass(frozen=True)
class _Together:
    """The weight of the words that two passages share, its share of the lighter one's, and the mean with the cosine."""

    shared: float
    contained: float
    mean: float


@dataclass(frozen=True)
class _Likeness:
    """How much two sentences tell the same, by the words of their story and what their clauses mean."""

    weights: Weights
    main: date | None
    vectors: dict[str, NDArray[np.float32]]

    def of(self, one: Dated, other: Dated, core: float, least: float) -> float:
        """The likeness of two sentences: `NEVER`, or 0 to 1 with ``least`` as the threshold, or above."""
        if not _may_be_one(one, other):
            return NEVER
        if self._opens_with_main(one) and self._opens_with_main(other):
            return LEDE
        whole = self._together(one.words, other.words, one.text, other.text)
        clauses = self._together(one.core_words, other.core_words, one.core, other.core)
        if one.claim and one.claim == other.claim and clauses.mean >= SAME_CLAIM:
            return CLAIM
        if one.acts & other.acts and clauses.mean >= SAME_ACT:
            return ACT
        found = [clauses.mean if clauses.shared >= core else 0.0]
        if whole.shared >= core and whole.mean >= TOGETHER:
            found.append(max(whole.mean, least))
        if whole.shared >= SHARED and whole.contained >= CONTAINED:
            found.append(max(whole.contained, least))
        return max(found)

    def of_clauses(self, one: Dated, other: Dated) -> float:
        """How much the clauses that give two dates tell the same."""
        return self._together(one.core_words, other.core_words, one.core, other.core).mean

    def _together(self, one: frozenset[str], other: frozenset[str], text: str, other_text: str) -> _Together:
        """What two passages have in common, by their words and by their meaning."""
        contained = self.weights.contained(one, other)
        cosine = float(self.vectors[text] @ self.vectors[other_text])
        return _Together(self.weights.total(one & other), contained, round(together(contained, cosine), 6))

    def _opens_with_main(self, dated: Dated) -> bool:
        """Whether a sentence of narration opens its article with the main day."""
        return self.main is not None and dated.date == self.main.isoformat() and dated.lede and not dated.saying


def _may_be_one(one: Dated, other: Dated) -> bool:
    """Whether two dated sentences can tell of one event: they are not one sentence, and their standings agree."""
    if (one.article, one.span) == (other.article, other.span):
        return False
    return one.status == other.status or (one.article != other.article and {one.status, other.status} <= LATER)


def _grouped(same: Sequence[Dated], likeness: Likeness, least: float) -> list[list[Dated]]:
    """Groups of sentences of one date. The likest pair that reaches ``least`` joins its groups first (average link)."""
    size = len(same)
    score = np.full((size, size), NEVER)
    for i, j in combinations(range(size), 2):
        score[i, j] = score[j, i] = likeness(same[i], same[j])
    pairs = [(i, j) for i, j in combinations(range(size), 2) if score[i, j] >= least]
    members = [[i] for i in range(size)]
    at = list(range(size))  # the group of each sentence, by the first in it
    sums, lowest = score.copy(), score.copy()  # over the pairs of two groups
    for i, j in sorted(pairs, key=lambda pair: (-score[pair], pair)):
        one, other = sorted((at[i], at[j]))
        number = len(members[one]) * len(members[other])
        if one == other or lowest[one, other] == NEVER or sums[one, other] < NEARLY * least * number:
            continue
        for member in members[other]:
            at[member] = one
        members[one] += members[other]
        sums[one] += sums[other]
        lowest[one] = np.minimum(lowest[one], lowest[other])
        sums[:, one], lowest[:, one] = sums[one], lowest[one]
    return [[same[i] for i in sorted(members[one])] for one in sorted(set(at))]


def _into_days(groups: Sequence[list[Dated]], likeness: _Likeness) -> list[list[Dated]]:
    """The groups with those of a coarse date joined to that of a finer one in it which tells the same, if there is one.

    Every sentence of the one has to be like some sentence of the other, in another article: who has given the day does
    not blur it. The likest is joined. A weekend is nearly as telling as a day.
    """
    kept: list[list[Dated]] = []
    for group in sorted(groups, key=lambda group: (_length(group[0]), group[0].date, group[0].order)):
        core, least = (RARE_CORE, RARE_TOGETHER) if _length(group[0]) <= WEEKEND else (CORE, TOGETHER)
        alike = partial(likeness.of, core=core, least=least)
        scored = [
            (min(max(NEVER if a.article == b.article else alike(a, b) for b in into) for a in group), into)
            for into in _finer(kept, group[0])
        ]
        best, into = max(scored, key=lambda pair: pair[0], default=(0.0, []))
        if into and group[0].precision == "year" and into[0].precision == "day":
            least = ACT  # too much happens in a year
        if best >= least:
            into += group
        else:
            kept.append([*group])
    return kept


def _finer(groups: Sequence[list[Dated]], coarse: Dated) -> Iterator[list[Dated]]:
    """The groups whose date lies within that of a sentence and is finer."""
    for group in groups:
        first = group[0]
        if _length(first) < _length(coarse) and coarse.days[0] <= first.days[0] and first.days[1] <= coarse.days[1]:
            yield group


def _length(dated: Dated) -> timedelta:
    return dated.days[1] - dated.days[0]
