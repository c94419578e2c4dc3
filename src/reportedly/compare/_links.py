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

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from reportedly.compare._reports import SNIPPET, Item
from reportedly.compare._similarity import Rarity, Wording, encode, root
from reportedly.group._words import commonness

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
WEAK, WEAK_PAIRS = 1.0, 2
"""Weight in common plus cosine of a pair of sentences that is too little alone and enough when another pair of the same
two reports agrees as much: a freer translation of a remark of several sentences."""
LEAST = 0.3
"""Weight in common below which the encoder is not asked; it calls whatever has one subject alike."""
RESEMBLING = 0.62
"""Cosine, with `LEAST`, at which a report may join others by way of a member that is surely like it."""
SHORT = 20
"""Words up to which a sentence has one thing to deny; in longer ones a "not" somewhere says nothing of the whole."""
SCRAP_SHARE, SCRAP_SHARED = 0.4, 3
"""Share of the shorter report's weight, or telling words in common, that are enough where a word or two are quoted to
the letter. A label that is a report by itself (a “hoax”) is too common a thing."""
SCRAP_COMMON, SCRAP_RARE = 0.1, 0.005
"""Shares of articles that hold a word, above which it is too common to be known again ("security"), and above which it
is too common where nothing else is shared ("hoax")."""
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
    """How two reports agree: ``score`` from 0 (not) to 1, ``equal``: in all but the same words."""

    score: float
    equal: bool


NONE = Link(0.0, False)


@dataclass(frozen=True, slots=True)
class _Measures:
    """Every sentence of a speaker against every other, by their numbers.

    ``dice`` and ``contained`` are weights in common as shares of both and of the shorter, ``shared`` counts telling
    words, ``cosine`` is the encoder's, where it was asked.
    """

    dice: Floats
    contained: Floats
    shared: Floats
    cosine: Floats


class Links:
    """The links among reports of one speaker, by their numbers. ``near`` lists those that each may be one with."""

    def __init__(self, items: Sequence[Item], rarity: Rarity) -> None:
        self._items = items
        self._rarity = rarity
        self._owners = [number for number, item in enumerate(items) for _ in item.sentences]
        self._sentences = [sentence for item in items for sentence in item.sentences]
        self._rows = _rows(items)
        self._measures = _measure(items, rarity)
        self._links = self._find()
        self.near: dict[int, list[int]] = {number: [] for number in range(len(items))}
        for a, b in sorted(self._links):
            self.near[a].append(b)
            self.near[b].append(a)

    def between(self, a: int, b: int) -> Link:
        """The link of two reports."""
        return self._links.get((min(a, b), max(a, b)), NONE)

    def resembles(self, a: int, b: int) -> bool:
        """Whether two reports are alike, be it too little to be one by themselves."""
        m, (first, end), (start, stop) = self._measures, self._rows[a], self._rows[b]
        alike = (m.dice[first:end, start:stop] >= LEAST) & (m.cosine[first:end, start:stop] >= RESEMBLING)
        found = np.argwhere(alike).tolist()
        return any(not self._contradict(first + one, start + two) for one, two in found)

    def _contradict(self, one: int, two: int) -> bool:
        return contradict(self._sentences[one][1], self._sentences[two][1])

    def _find(self) -> dict[tuple[int, int], Link]:
        """The links of all pairs of reports with sentences that agree, or of which one quotes the other."""
        quoted = _quoted(self._items)
        self._scraps = _scraps(self._items, self._rarity)
        agreeing: dict[tuple[int, int], list[tuple[int, int]]] = {pair: [] for pair in {*quoted, *self._scraps}}
        reports = np.array(self._owners, dtype=np.int64)
        lengths = np.array([len(self._items[number].sentences) for number in self._owners], dtype=np.int64)
        several = lengths >= WEAK_PAIRS
        open_ = _may_agree(self._measures) | (_weakly(self._measures) & several[:, None] & several[None, :])
        open_ &= reports[:, None] < reports[None, :]
        for one, two in np.argwhere(open_).tolist():
            agreeing.setdefault((self._owners[one], self._owners[two]), []).append((one, two))
        links = {pair: self._link(*pair, rows, quoted=pair in quoted) for pair, rows in agreeing.items()}
        return {pair: link for pair, link in links.items() if link.score > 0}

    def _link(self, a: int, b: int, rows: Sequence[tuple[int, int]], *, quoted: bool) -> Link:
        """How two reports agree, by the pairs of their sentences that may."""
        item, other, m = self._items[a], self._items[b], self._measures
        indirect = "indirect" in (item.quote.type, other.quote.type)
        best, equal, repeated = 0.0, False, False
        agreeing: list[tuple[int, int]] = []
        weak: list[tuple[int, int]] = []
        for one, two in rows:
            dice, contained, shared = float(m.dice[one, two]), float(m.contained[one, two]), int(m.shared[one, two])
            same = dice >= EQUAL and shared >= EQUAL_SHARED
            if not (same and shared >= MISPRINT_SHARED) and self._contradict(one, two):
                continue
            if same or _agree(dice, contained, shared, float(m.cosine[one, two]), indirect=indirect):
                equal |= same
                repeated |= contained >= SAME_ARTICLE and shared >= CONTAINED_SHARED
                agreeing.append((one, two))
                best = max(best, dice, 0.9 * contained)
            elif not indirect:
                weak.append((one, two))
        if not agreeing and min(len({row[side] for row in weak}) for side in (0, 1)) >= WEAK_PAIRS:
            best = max(float(m.dice[rows]) for rows in weak)
        if best > 0:
            agreeing += weak
        if quoted:
            return Link(round(max(best, SAME_ARTICLE), PLACES), True)
        if item.article != other.article and (a, b) in self._scraps:
            return Link(round(max(best, SCRAP_SHARE), PLACES), equal or self._scraps[a, b] >= SCRAP_SHARED)
        if (item.article == other.article and not repeated) or not self._overlap(item, other, agreeing):
            return NONE
        return Link(round(best, PLACES), equal)

    def _overlap(self, item: Item, other: Item, agreeing: Sequence[tuple[int, int]]) -> bool:
        """Whether enough of the shorter report agrees."""
        if not agreeing or min(len(item.sentences), len(other.sentences)) == 1:
            return bool(agreeing)
        if any(self._measures.shared[rows] >= OVERLAP_SHARED for rows in agreeing):
            return True
        shares = []
        for side, report in ((0, item), (1, other)):
            rows = sorted({pair[side] for pair in agreeing})
            whole = sum(self._rarity.total(wording.words) for _, wording in report.sentences)
            part = sum(self._rarity.total(self._sentences[row][1].words) for row in rows)
            shares.append(part / whole if whole else 0.0)
        return max(shares) >= OVERLAP


def _rows(items: Sequence[Item]) -> list[tuple[int, int]]:
    """The numbers of each report's sentences, half-open."""
    ends = list(accumulate(len(item.sentences) for item in items))
    return list(zip([0, *ends], ends, strict=False))


# ---------------------------------------------------------------- sentences


def _measure(items: Sequence[Item], rarity: Rarity) -> _Measures:
    """All sentences against all.

    Names of the speaker's own country count where both sides have them and are not missed where one has not: where a
    reporter says "Norway" or "Oslo", the speaker may have said "we".
    """
    sentences = [sentence for item in items for sentence in item.sentences]
    wordings = [wording for _, wording in sentences]
    own = items[0].own if items else frozenset()
    vocabulary = {word: at for at, word in enumerate(sorted({word for wording in wordings for word in wording.words}))}
    held = np.zeros((len(wordings), len(vocabulary)), dtype=np.float32)
    for row, wording in enumerate(wordings):
        held[row, [vocabulary[word] for word in sorted(wording.words)]] = 1
    weights = np.array([rarity[word] for word in vocabulary], dtype=np.float32)
    spare = np.array([word in own for word in vocabulary], dtype=np.float32)
    telling = sorted({vocabulary[word] for wording in wordings for word in wording.telling})
    counts = (held[:, telling] @ held[:, telling].T).astype(np.float64)
    shared = np.round((held * weights) @ held.T, PLACES).astype(np.float64)
    spared = np.round((held * (weights * spare)) @ held.T, PLACES).astype(np.float64)
    whole = np.maximum(shared.diagonal() - spared.diagonal(), 10.0**-PLACES)
    dice = 2 * shared / (whole[:, None] + whole[None, :] + 2 * spared)
    contained = shared / (np.minimum(whole[:, None], whole[None, :]) + spared)
    return _Measures(dice, contained, counts, _cosines(sentences, (counts >= AGREED[-1][0]) & (dice >= LEAST)))


def _cosines(sentences: Sequence[tuple[str, Wording]], asked: npt.NDArray[np.bool_]) -> Floats:
    """The encoder's cosines for the pairs that are asked, 0 for others."""
    np.fill_diagonal(asked, val=False)
    rows = np.flatnonzero(asked.any(axis=1)).tolist()
    cosines = np.zeros(asked.shape, dtype=np.float64)
    if rows:
        vectors = encode([sentences[row][0] for row in rows])
        cosines[np.ix_(rows, rows)] = np.round(vectors @ vectors.T, PLACES)
    return np.where(asked, cosines, 0.0)


def _may_agree(m: _Measures) -> npt.NDArray[np.bool_]:
    """Pairs of sentences that `_agree` may pass; direct speech is asked the least."""
    cut = (m.contained >= CONTAINED) & (m.shared >= CONTAINED_SHARED)
    alike = np.zeros(cut.shape, dtype=np.bool_)
    for shared, least in AGREED:
        alike |= (m.shared >= shared) & (m.dice >= LEAST) & (m.dice + m.cosine >= least)
    return (m.shared >= AGREED[-1][0]) & (cut | alike | (m.dice >= EQUAL))


def _weakly(m: _Measures) -> npt.NDArray[np.bool_]:
    """Pairs of sentences that agree too little alone."""
    return (m.shared >= AGREED[-1][0]) & (m.dice >= LEAST) & (m.dice + m.cosine >= WEAK)


def _agree(dice: float, contained: float, shared: int, cosine: float, *, indirect: bool) -> bool:
    """Whether two sentences say the same."""
    cut = contained >= CONTAINED and shared >= CONTAINED_SHARED
    if indirect:
        cut &= shared > CONTAINED_SHARED or contained >= SAME_ARTICLE
        cut &= shared >= INDIRECT_SHARED or dice >= INDIRECT_DICE
    asked = next(least for count, least in (AGREED_INDIRECT if indirect else AGREED) if shared >= count)
    return cut or dice >= EQUAL or (dice >= LEAST and dice + cosine >= asked)


def contradict(one: Wording, two: Wording) -> bool:
    """Whether one denies what the other says, or gives other figures."""
    numbers = bool(one.numbers and two.numbers) and not one.numbers & two.numbers
    return numbers or (one.negated != two.negated and max(one.length, two.length) <= SHORT)


def _scraps(items: Sequence[Item], rarity: Rarity) -> dict[tuple[int, int], int]:
    """Pairs of reports of which one quotes a word or two of the other, and says little else or of the same matter.

    Each with the telling words that they share.

    In: "she called the plan “reckless”" and "“The plan is reckless, and it will fail,” she said".
    """
    telling = [frozenset(w for _, wording in item.sentences for w in wording.telling) for item in items]
    holding: dict[str, set[int]] = {}
    for number, words in enumerate(telling):
        for word in words:
            holding.setdefault(word, set()).add(number)
    found: dict[tuple[int, int], int] = {}
    for number, item in enumerate(items):
        for scrap in item.scraps:
            own = frozenset(word for word in map(root, scrap) if word in telling[number])
            common = len(scrap) <= SNIPPET and all(commonness().get(word, 0.0) > SCRAP_COMMON for word in scrap)
            if common or not own or len(telling[number]) == len(own):
                continue
            for other in sorted(set.intersection(*(holding[word] for word in own)) - {number}):
                if len(items[other].words) == len(scrap) or not _holds(items[other], scrap):
                    continue
                both = telling[number] & telling[other]
                short = len(both) == 1 and len(scrap) <= SNIPPET
                if short and all(commonness().get(word, 0.0) > SCRAP_RARE for word in scrap):
                    continue
                least = min(rarity.total(telling[number]), rarity.total(telling[other]))
                if len(both) >= SCRAP_SHARED or rarity.total(both) >= SCRAP_SHARE * least:
                    pair = min(number, other), max(number, other)
                    found[pair] = max(len(both), found.get(pair, 0))
    return found


def _holds(item: Item, part: tuple[str, ...]) -> bool:
    words = item.words
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))


def _quoted(items: Sequence[Item]) -> set[tuple[int, int]]:
    """Pairs of reports of which one quotes to the letter what stands in the other."""
    holders: dict[tuple[str, ...], dict[int, list[int]]] = {}
    wanted = {snippet[:SNIPPET] for item in items for snippet in item.snippets}
    for number, item in enumerate(items):
        for at in range(len(item.words) - SNIPPET + 1):
            if (key := item.words[at : at + SNIPPET]) in wanted:
                holders.setdefault(key, {}).setdefault(number, []).append(at)
    found = set()
    for number, item in enumerate(items):
        for snippet in item.snippets:
            for other, places in holders.get(snippet[:SNIPPET], {}).items():
                words = items[other].words
                if other != number and any(words[at : at + len(snippet)] == snippet for at in places):
                    found.add((min(number, other), max(number, other)))
    return found
