"""Average-link clustering of a sparse graph of scores, which keeps to what a user decided and to what is copied."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

from reportedly.group._decisions import Decisions
from reportedly.group._likeness import SAME, UNLIKE

Links = Mapping[str, Mapping[str, float]]
"""For each article its scores with others; both directions are there. A pair without one scores `UNLIKE`."""


class _Clusters:
    """Clusters by number, and the mean scores between those that have any score with one another."""

    def __init__(self, articles: Sequence[str], links: Links, decisions: Decisions, copies: Mapping[str, str]) -> None:
        self.decisions = decisions
        together = _begun(articles, decisions, copies)
        self.members: dict[int, list[str]] = dict(enumerate(together))
        of = {article: number for number, group in enumerate(together) for article in group}
        sums: dict[int, dict[int, tuple[float, int]]] = {number: {} for number in self.members}
        for one in articles:
            row = sums[of[one]]
            for other, value in sorted(links.get(one, {}).items()):
                near = of.get(other)
                if near is not None and near != of[one]:
                    total, known = row.get(near, (0.0, 0))
                    row[near] = total + value, known + 1
        self.means = {
            number: {near: self._mean(number, near, *found) for near, found in row.items()}
            for number, row in sums.items()
        }
        self.heap = [
            (-value, number, near)
            for number, row in self.means.items()
            for near, value in row.items()
            if number < near and value >= SAME
        ]
        heapq.heapify(self.heap)

    def _mean(self, one: int, other: int, total: float, known: int) -> float:
        pairs = len(self.members[one]) * len(self.members[other])
        return (total + (pairs - known) * UNLIKE) / pairs

    def merge(self, one: int, other: int, fresh: int) -> None:
        """Make one cluster of two; the mean to a third is the weighted mean of the two (Lance-Williams)."""
        sizes = len(self.members[one]), len(self.members[other])
        self.members[fresh] = self.members.pop(one) + self.members.pop(other)
        first, second = self.means.pop(one), self.means.pop(other)
        row = self.means[fresh] = {}
        for near in sorted({*first, *second} & self.members.keys()):
            total = sizes[0] * first.get(near, UNLIKE) + sizes[1] * second.get(near, UNLIKE)
            value = row[near] = total / sum(sizes)
            back = self.means[near]
            back.pop(one, None)
            back.pop(other, None)
            back[fresh] = value
            if value >= SAME:
                heapq.heappush(self.heap, (-value, near, fresh))


def _begun(articles: Sequence[str], decisions: Decisions, copies: Mapping[str, str]) -> list[list[str]]:
    """The groups to begin with: what a user put together, then each copy with its original.

    What a user decided about a copy goes before what it copies.
    """
    groups = decisions.together(articles)
    of = {article: group for group in groups for article in group}
    for copy, original in sorted(copies.items()):
        one, other = of.get(copy), of.get(original)
        if one is None or other is None or one is other or len(decisions.family(copy)) > 1:
            continue
        if not decisions.apart(one, other):
            other += one
            of.update(dict.fromkeys(one, other))
            one.clear()
    return [group for group in groups if group]


def average_link(
    articles: Iterable[str], links: Links, decisions: Decisions, copies: Mapping[str, str] | None = None
) -> list[list[str]]:
    """Groups of articles, merged while the mean score of two groups' pairs is at least `SAME`.

    A heap of candidate merges with lazy deletion: a merge costs only its groups' neighbours. Ties go by the order of
    the ids, so the order in which the articles come changes nothing.
    ``copies`` names the original of an article that reprints one: the two begin as one group.
    """
    order = sorted(articles)
    clusters, fresh = _Clusters(order, links, decisions, copies or {}), len(order)
    while clusters.heap:
        _, one, other = heapq.heappop(clusters.heap)
        members = clusters.members
        if one in members and other in members and not decisions.apart(members[one], members[other]):
            clusters.merge(one, other, fresh)
            fresh += 1
    return sorted(sorted(group) for group in clusters.members.values())
