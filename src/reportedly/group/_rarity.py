"""Weights of words by how rare they are, counted over the articles seen so far.

Weights are inverse document frequencies, smoothed with those of news at large (`_words.commonness`), so that ten
articles are weighted as sensibly as ten thousand. All that is learnt is counts, so a stream can go on counting. It
forgets as it goes: a name that is in all of this month's news is not rare because last year's had never heard of it.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import Any, TypeVar

import numpy as np

from reportedly.group._sketch import BUCKETS, Sketch
from reportedly.group._words import commonness

BACKGROUND = 1000
"""How many articles the table of news at large counts for beside the articles seen."""
MEMORY = 8000
"""Articles from which a stream's counts are halved: more than any of the sets by which the weights were fitted has."""

Key = TypeVar("Key", str, int)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sketch with weights: each mapping is a vector of unit length, or empty."""

    id: str
    day: int | None
    words: dict[str, float]
    title: dict[str, float]
    names: dict[str, float]
    figures: dict[str, float]
    phrases: dict[int, float]
    weekdays: tuple[float, ...]
    forms: Mapping[str, str]


class Rarity:
    """Counts in how many of the articles seen each word, and each pair of words, stands.

    With ``forgets`` the counts are halved each time that they have come to `MEMORY` articles, so that neither their
    number nor the weight of a word that is new and everywhere grows with the stream.
    """

    def __init__(self, *, forgets: bool = False) -> None:
        self._forgets = forgets
        self._words: Counter[str] = Counter()
        self._phrases = np.zeros(BUCKETS, dtype=np.uint32)
        self._size = 0

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Rarity:
        """The counts that `state` was asked of."""
        rarity = cls(forgets=state["forgets"])
        rarity._words, rarity._size = Counter(state["words"]), state["size"]
        rarity._phrases = np.frombuffer(b64decode(state["phrases"]), dtype="<u4").astype(np.uint32)
        return rarity

    def state(self) -> dict[str, Any]:
        """The counts, as JSON values."""
        phrases = self._phrases.astype("<u4").tobytes()
        return {
            "forgets": self._forgets,
            "words": self._words,
            "size": self._size,
            "phrases": b64encode(phrases).decode("ascii"),
        }

    def add(self, sketch: Sketch) -> None:
        """Count an article."""
        self._words.update(sketch.words.keys())
        self._words.update(sketch.names.keys() - sketch.words.keys())
        self._phrases[list(sketch.phrases)] += 1
        self._size += 1
        if self._forgets and self._size >= MEMORY:
            self._words = Counter({word: n // 2 for word, n in self._words.items() if n > 1})
            self._phrases //= 2
            self._size //= 2

    def weigh(self, sketch: Sketch) -> Weighed:
        """The sketch's vectors: 1 + log of the count, times the inverse document frequency."""
        size, common, held = self._size + BACKGROUND + 1, commonness(), self._words

        def rarity(word: str) -> float:
            return log(size / (held[word] + BACKGROUND * common.get(word, 0.0) + 1))

        keys = list(sketch.phrases)
        rare = np.log(size / (self._phrases[keys] + 1.0)).tolist() if keys else []
        length = sqrt(sum(n * n for n in sketch.weekdays)) or 1.0
        return Weighed(
            sketch.id,
            sketch.day,
            _unit({word: (1 + log(n)) * rarity(word) for word, n in sketch.words.items()}),
            _unit({word: (1 + log(n)) * rarity(word) for word, n in sketch.title.items()}),
            _unit({word: (1 + log(n)) * rarity(word) for word, n in sketch.names.items()}),
            _unit({word: (1 + log(n)) * rarity(word) for word, n in sketch.figures.items()}),
            _unit({key: (1 + log(sketch.phrases[key])) * r for key, r in zip(keys, rare, strict=True)}),
            tuple(n / length for n in sketch.weekdays),
            sketch.forms,
        )


def _unit(vector: dict[Key, float]) -> dict[Key, float]:
    length = sqrt(sum(weight * weight for weight in vector.values()))
    return {word: weight / length for word, weight in vector.items() if weight > 0} if length else {}
