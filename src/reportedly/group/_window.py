"""The articles that a new one is compared with: an inverted index over a window of days.

Only an article's most telling words are indexed, and only articles that share enough of their weight are candidates.
Articles leave the window as the newest date moves on, so what is kept, and what an article costs, does not grow with
the stream. Articles without a date stay until `UNDATED` later ones without a date have come.
"""

from __future__ import annotations

import heapq
from collections import OrderedDict
from heapq import heappop, heappush

from reportedly.group._likeness import FURTHEST
from reportedly.group._rarity import Weighed

# Read on the AllSides development stories: what these leave out are three in a thousand of the pairs of one story.
TELLING = 48
"""Words of an article, by weight, by which it is found."""
ENOUGH = 0.02
"""Weight that two articles share, as a cosine over those words, from which they are compared."""
ENOUGH_UNDATED = 0.035
"""The same where no dates bring them near."""
MUCH = 0.15
"""Weight from which two articles are compared however many others are: they may be of one story of hundreds."""
SOME, MOST = 25, 200
"""Candidates of one article, those that share most: of those that share less than much, and of all."""
UNDATED = 5000
"""Articles without a date that are kept."""


class Window:
    """Articles by their telling words."""

    def __init__(self, days: int = FURTHEST) -> None:
        self._days = days
        self.articles: dict[str, Weighed] = {}
        self._index: dict[str, dict[str, float]] = {}
        self._telling: dict[str, list[tuple[str, float]]] = {}
        self._by_day: list[tuple[int, str]] = []
        self._undated: OrderedDict[str, None] = OrderedDict()
        self.clock: int | None = None

    def add(self, article: Weighed) -> list[str]:
        """Take an article in; the ids of those that leave the window for it."""
        self.articles[article.id] = article
        self._telling[article.id] = _telling(article)
        for word, weight in self._telling[article.id]:
            self._index.setdefault(word, {})[article.id] = weight
        if article.day is None:
            self._undated[article.id] = None
            gone = [self._undated.popitem(last=False)[0]] if len(self._undated) > UNDATED else []
        else:
            heappush(self._by_day, (article.day, article.id))
            self.clock = max(article.day, self.clock or article.day)
            gone = []
            while self._by_day[0][0] < self.clock - self._days:
                gone.append(heappop(self._by_day)[1])
        for identifier in gone:
            self._drop(identifier)
        return gone

    def candidates(self, article: Weighed) -> list[Weighed]:
        """Articles of the window that share enough with an article, those that share most first."""
        shared: dict[str, float] = {}
        for word, weight in _telling(article):
            for identifier, its in self._index.get(word, {}).items():
                shared[identifier] = shared.get(identifier, 0.0) + weight * its
        found = [
            (-value, identifier)
            for identifier, value in shared.items()
            if value >= ENOUGH and identifier != article.id and self._near(article, identifier, value)
        ]
        best = heapq.nsmallest(MOST, found)
        return [self.articles[name] for at, (value, name) in enumerate(best) if at < SOME or -value >= MUCH]

    def _near(self, article: Weighed, identifier: str, shared: float) -> bool:
        other = self.articles[identifier].day
        if article.day is None or other is None:
            return shared >= ENOUGH_UNDATED
        return abs(article.day - other) <= self._days

    def _drop(self, identifier: str) -> None:
        del self.articles[identifier]
        for word, _ in self._telling.pop(identifier):
            holders = self._index[word]
            del holders[identifier]
            if not holders:
                del self._index[word]


def _telling(article: Weighed) -> list[tuple[str, float]]:
    return heapq.nsmallest(TELLING, article.words.items(), key=lambda item: (-item[1], item[0]))
