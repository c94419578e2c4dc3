"""Which reports of one speaker may be of one utterance, pair by pair, and how surely.

Reports are compared sentence by sentence, so a remark that outlets cut differently is compared cut by cut. A pair of
sentences agrees in one of four ways, from the surest: it is all but the same words; it is quoted to the letter in the
other; it is a cut of the other; it is another translation or a paraphrase of it. Words decide the first three; for the
last the sentence encoder has to agree. Figures and negations must not contradict, unless a long wording is
all but the same, for then it is a misprint or the very difference to be shown.

Weights of shared words are summed by one matrix product for all sentences of a speaker, so that a story of fifty
articles takes seconds; the encoder is asked for the pairs alone that its answer decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportedly.compare._reports import Item
from reportedly.compare._similarity import Rarity, Wording, encode

EQUAL, EQUAL_SHARED = 0.8, 4
"""Weight in common, and telling words, from which two wordings are one but for a word: a misprint, a spelling."""
MISPRINT_SHARED = 8
"""Telling words, all but the same, that outweigh another figure or a "not": so long a sentence is not said twice, and
how the outlets differ in it is what a reader wants to see."""
CONTAINED, CONTAINED_SHARED = 0.72, 3
"""Share of the shorter sentence's weight, and telling words, that stand in the other, for a cut. In the development
articles cuts of one translation share nearly all, translations half and more, other remarks on one subject a third. Two
words are a topic."""
INDIRECT_SHARED, INDIRECT_DICE = 5, 0.55
"""Telling words, or weight in common of both, that a cut in indirect speech needs besides: its words are the
reporter's, and "he opposes the bill" stands in every remark on the bill."""
AGREED = ((5, 1.05), (3, 1.25), (2, 1.4))
AGREED_INDIRECT = ((5, 1.15), (3, 1.25), (2, 1.4))
"""Weight in common of both sentences plus cosine, for a translation or a paraphrase: the fewer telling words are
shared, the more the rest has to agree; and more for indirect speech, where the same words may be the reporters'. Set by
reading all such pairs of one speaker in the development articles and in 50 stories of three outlets: with five words,
remarks that only resemble each other stay below 1.05, with two below 1.4."""
LEAST = 0.3
"""Weight in common below which the encoder is not asked; it calls whatever has one subject alike."""
RESEMBLING = 0.62
"""Cosine, with `LEAST`, at which a report may join others by way of a member that is surely like it."""
SHORT = 20
"""Words up to which a sentence has one thing to deny; in longer ones a "not" somewhere says nothing of the whole."""
SAME_ARTICLE = 0.9
"""Share of the shorter sentence that stands in the longer, for two reports of one article: a lede, a heading or a
caption that quotes what is quoted below. Less is a speaker who comes back to a subject."""
OVERLAP, OVERLAP_SHARED = 0.34, 6
"""Share of the shorter report that has to agree where only some of its sentences do, or else telling words in the one
that does: a slogan of three words in two long remarks does not make them one."""
PLACES = 4
"""Decimals kept of a weight or a cosine: the order of a sum may change the seventh."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Link:
    """How two reports agree. ``score`` is above 0 where they may be one; ``equal``: all but the same words.

    ``resembles`` holds for pairs that are alike, too little to be one by themselves.
    """

    score: float
    equal: bool
    resembles: bool


class Links:
    """The links among reports of one speaker, by their numbers."""

    def __init__(self, items: Sequence[Item], rarity: Rarity) -> None:
        self._items = items
        self._links: dict[tuple[int, int], Link] = {}
        self.near: dict[int, list[int]] = {number: [] for number in range(len(items))}
        for (a, b), link in _links(items, rarity):
            self._links[a, b] = link
            if link.score > 0:
                self.near[a].append(b)
                self.near[b].append(a)

    def between(self, a: int, b: int) -> Link:
        """The link of two reports."""
        return self._links.get((min(a, b), max(a, b)), NONE)


NONE = Link(0.0, False, False)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two sentences that share words, by their numbers among all sentences, and what they share."""

    one: int
    two: int
    dice: float
    contained: float
    shared: int


def _links(items: Sequence[Item], rarity: Rarity) -> Iterator[tuple[tuple[int, int], Link]]:
    """Links of all pairs of reports that share enough to be looked at."""
    owners = [number for number, item in enumerate(items) for _ in item.sentences]
    sentences = [sentence for item in items for sentence in item.sentences]
    own = items[0].own if items else frozenset()
    pairs = list(_pairs(owners, [wording for _, wording in sentences], rarity, own))
    cosines = _cosines(pairs, sentences)
    by_reports: dict[tuple[int, int], list[tuple[_Pair, float]]] = {}
    for pair, cosine in zip(pairs, cosines, strict=True):
        by_reports.setdefault((owners[pair.one], owners[pair.two]), []).append((pair, cosine))
    for (a, b), found in sorted(by_reports.items()):
        link = _link(items[a], items[b], found, sentences, rarity)
        if link != NONE:
            yield (a, b), link


def _pairs(
    owners: Sequence[int], wordings: Sequence[Wording], rarity: Rarity, own: frozenset[str]
) -> Iterator[_Pair]:
    """Pairs of sentences of two reports that share two telling words or more.

    ``own`` are names of the speaker's country: where a reporter says "Norway" or "Oslo", the speaker may have said
    "we", so they count where both sides have them and are not missed where one has not.
    """
    vocabulary = {word: at for at, word in enumerate(sorted({word for wording in wordings for word in wording.words}))}
    held = np.zeros((len(wordings), len(vocabulary)), dtype=np.float32)
    for row, wording in enumerate(wordings):
        held[row, [vocabulary[word] for word in sorted(wording.words)]] = 1
    weights = np.array([rarity[word] for word in vocabulary], dtype=np.float32)
    spare = np.array([word in own for word in vocabulary], dtype=np.float32)
    telling = sorted({vocabulary[word] for wording in wordings for word in wording.telling})
    counts = held[:, telling] @ held[:, telling].T
    shared = np.round((held * weights) @ held.T, PLACES).astype(np.float64)
    spared = np.round((held * (weights * spare)) @ held.T, PLACES).astype(np.float64)
    whole = shared.diagonal() - spared.diagonal()
    for one, two in np.argwhere(np.triu(counts >= 2, k=1)).tolist():
        if owners[one] == owners[two]:
            continue
        weight = float(shared[one, two])
        extra = float(spared[one, two])
        smaller, total = float(min(whole[one], whole[two])) + extra, float(whole[one] + whole[two]) + 2 * extra
        yield _Pair(one, two, 2 * weight / total, weight / smaller, int(counts[one, two]))


def _cosines(pairs: Sequence[_Pair], sentences: Sequence[tuple[str, Wording]]) -> list[float]:
    """The encoder's cosine for the pairs that are open without it, 0 for the others."""
    open_ = [LEAST <= pair.dice < EQUAL for pair in pairs]
    rows = {at for pair, is_open in zip(pairs, open_, strict=True) if is_open for at in (pair.one, pair.two)}
    texts = sorted({sentences[at][0] for at in rows})
    place = {text: at for at, text in enumerate(texts)}
    vectors = encode(texts)
    found = []
    for pair, is_open in zip(pairs, open_, strict=True):
        a, b = place.get(sentences[pair.one][0], 0), place.get(sentences[pair.two][0], 0)
        found.append(round(float(vectors[a] @ vectors[b]), PLACES) if is_open else 0.0)
    return found


def _link(
    item: Item,
    other: Item,
    found: Sequence[tuple[_Pair, float]],
    sentences: Sequence[tuple[str, Wording]],
    rarity: Rarity,
) -> Link:
    """How two reports agree, by the pairs of their sentences."""
    indirect = "indirect" in (item.quote.type, other.quote.type)
    best, equal, resembles = 0.0, False, False
    agreeing: list[_Pair] = []
    for pair, cosine in found:
        one, two = sentences[pair.one][1], sentences[pair.two][1]
        same = pair.dice >= EQUAL and pair.shared >= EQUAL_SHARED
        if contradict(one, two) and not (same and pair.shared >= MISPRINT_SHARED):
            continue
        if same:
            score, equal = pair.dice, True
        else:
            score = _agreement(pair, cosine, indirect)
            resembles |= pair.dice >= LEAST and cosine >= RESEMBLING
        if score > 0:
            agreeing.append(pair)
            best = max(best, score)
    if quoted_in(item, other):
        best, equal = max(best, SAME_ARTICLE), True
    elif item.article == other.article and not any(_is_repeated(pair) for pair in agreeing):
        return Link(0.0, False, resembles)
    elif agreeing and not _overlap(item, other, agreeing, sentences, rarity):
        return Link(0.0, False, True)
    return Link(round(best, PLACES), equal, resembles)


def _is_repeated(pair: _Pair) -> bool:
    """Whether a sentence comes again in its own article."""
    return pair.contained >= SAME_ARTICLE and pair.shared >= CONTAINED_SHARED


def _agreement(pair: _Pair, cosine: float, indirect: bool) -> float:
    """How surely two sentences say the same, 0 if not surely enough."""
    cut = pair.contained >= CONTAINED and pair.shared >= CONTAINED_SHARED
    if indirect:
        cut &= pair.shared > CONTAINED_SHARED or pair.contained >= SAME_ARTICLE
        cut &= pair.shared >= INDIRECT_SHARED or pair.dice >= INDIRECT_DICE
    asked = next(least for shared, least in (AGREED_INDIRECT if indirect else AGREED) if pair.shared >= shared)
    alike = pair.dice >= LEAST and pair.dice + cosine >= asked
    return max(pair.dice, pair.contained * 0.9) if cut or alike or pair.dice >= EQUAL else 0.0


def _overlap(
    item: Item, other: Item, agreeing: Sequence[_Pair], sentences: Sequence[tuple[str, Wording]], rarity: Rarity
) -> bool:
    """Whether enough of the shorter report agrees."""
    if any(pair.shared >= OVERLAP_SHARED for pair in agreeing):
        return True
    shares = []
    for side, report in ((0, item), (1, other)):
        rows = sorted({(pair.one, pair.two)[side] for pair in agreeing})
        whole = rarity.total(word for _, wording in report.sentences for word in sorted(wording.words))
        shares.append(sum(rarity.total(sentences[row][1].words) for row in rows) / whole if whole else 0.0)
    return max(shares) >= OVERLAP


def contradict(one: Wording, two: Wording) -> bool:
    """Whether one denies what the other says, or gives other figures."""
    numbers = bool(one.numbers and two.numbers) and not one.numbers & two.numbers
    return numbers or (one.negated != two.negated and max(one.length, two.length) <= SHORT)


def quoted_in(item: Item, other: Item) -> bool:
    """Whether one report quotes to the letter what stands in the other."""
    return any(
        _stands_in(snippet, whole.words)
        for part, whole in ((item, other), (other, item))
        for snippet in part.snippets
        if len(snippet) <= len(whole.words)
    )


def _stands_in(snippet: tuple[str, ...], words: tuple[str, ...]) -> bool:
    first = snippet[0]
    return any(
        words[at] == first and words[at : at + len(snippet)] == snippet for at in range(len(words) - len(snippet) + 1)
    )
