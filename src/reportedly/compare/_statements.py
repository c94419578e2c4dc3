"""Statements: the reports of one utterance, brought together from all articles.

Reports join where speaker, occasion and meaning agree:

- one speaker (or none on one side, and then nearly the same words);
- no two different days of saying;
- a sentence of the one that is a sentence of the other: most of its telling words, or the same meaning by the encoder
  and some of its words; numbers and negations must not contradict.

Sentences are compared one by one, so a remark that outlets cut differently joins cut by cut. Groups are built around
their fullest version: a report joins what is like that version, or all but equal to another member; remarks that are
alike only through a middle one stay apart (no single-link chains; cf. Manning, Raghavan and Schütze 2008, 17.2).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reportedly._records import Quote, Reading, Report, Span, Statement, StoryPerson
from reportedly.compare._collate import collate
from reportedly.compare._people import Key
from reportedly.compare._similarity import Rarity, Vectors, Wording, encode, likeness, normal_words

CONTAINED = 0.72
"""Share of the shorter sentence's weight that stands in the other, for a cut: translations of one remark share half of
their weight and more with each other, cuts of one translation nearly all; other remarks on one subject a third."""
CONTAINED_SHARED = 3
"""Telling words that a cut has to share: two are a topic."""
DICE, DICE_COSINE = 0.42, 0.62
"""Weight in common of both sentences, and cosine beside it, for a translation."""
COSINE, COSINE_DICE = 0.78, 0.22
"""Cosine, and weight in common beside it, for a paraphrase."""
RESEMBLING = 0.3
"""Weight in common with the fullest version, beside DICE_COSINE, that lets a report join by way of another member."""
EQUAL = 0.8
"""Weight in common from which two wordings are one but for a word: a misprint, a spelling."""
NEIGHBOUR, NEIGHBOUR_SHARED = 0.38, 3
"""Share of the shorter sentence's weight, and telling words, that are enough where the quote right before or after in
the article is a report of the statement already: the cuts of one remark support each other."""
NEIGHBOUR_GAP = 250
"""Characters of reporter's words between two quotes that go on with one remark."""
SHORT = 20
"""Words up to which a sentence has one thing to deny; in longer ones a "not" somewhere says nothing of the whole."""
SPLIT = re.compile(
    r"(?<=[.!?…])(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bMrs\.)(?<!\bGen\.)(?<!\bSen\.)(?<!\bRep\.)(?<!\bGov\.)"
    r"(?<![A-Z]\.)[\"”’']*\s+(?=[\"“‘']?[A-Z0-9(\[])"
)


@dataclass
class _Item:
    """A report with what it is compared by; sentences that say nothing telling are left out of the comparison."""

    reading: Reading
    quote: Quote
    speaker: str | None
    addressee: str | None
    text: str
    sentences: list[Wording] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    @property
    def order(self) -> tuple[int, int, str, tuple[Span, ...]]:
        """Fullest first: most words, words in marks before others, then by place."""
        types = {"direct": 0, "mixed": 1, "indirect": 2, "scare": 3}
        return -len(normal_words(self.text)), types[self.quote.type], self.reading.article.id, self.quote.content


def make_statements(
    readings: Sequence[Reading], people: Sequence[StoryPerson], person_of: Mapping[Key, str]
) -> tuple[Statement, ...]:
    """Statements of a story: those in most articles first. Every quote but scare quotes is a report of exactly one.

    ``issues`` are left empty here. The result does not depend on the order of the readings.
    """
    items = sorted(_items(readings, person_of), key=lambda item: item.order)
    vectors = _prepare(items)
    rarity = Rarity(wording for item in items for wording in item.sentences)
    groups: list[list[_Item]] = []
    by_speaker: dict[str | None, list[list[_Item]]] = {}
    for item in [i for i in items if i.speaker is not None] + [i for i in items if i.speaker is None]:
        candidates = by_speaker.get(item.speaker, []) if item.speaker is not None else groups
        group = _best(item, candidates, rarity, vectors)
        if group is None:
            group = []
            groups.append(group)
            by_speaker.setdefault(item.speaker, []).append(group)
        group.append(item)
    groups = _with_neighbours(groups, rarity)
    parties = {person.id: person.party for person in people}
    statements = [_statement(group, parties) for group in groups]
    statements.sort(key=lambda s: (-len({r.article for r in s.reports}), -len(s.reports), s.id))
    return tuple(statements)


def _items(readings: Sequence[Reading], person_of: Mapping[Key, str]) -> list[_Item]:
    items = []
    for reading in readings:
        article = reading.article
        for quote in reading.quotes:
            if quote.type == "scare":
                continue
            speaker = person_of.get((article.id, quote.speaker)) if quote.speaker is not None else None
            addressee = person_of.get((article.id, quote.addressee)) if quote.addressee is not None else None
            text = " ".join(article.text[slice(*span)] for span in quote.content)
            items.append(_Item(reading, quote, speaker, addressee, text))
    return items


def _prepare(items: Sequence[_Item]) -> Vectors:
    """Give every item its sentences; the vectors of all sentences, one row each."""
    texts: list[str] = []
    for item in items:
        for part in _sentences(item):
            wording = Wording.of(part)
            if wording.words:
                item.sentences.append(wording)
                item.rows.append(len(texts))
                texts.append(part)
    return encode(texts)


def _sentences(item: _Item) -> list[str]:
    """The sentences of a report; what follows "he said." in a quotation of two spans begins a new one."""
    pieces: list[str] = []
    for start, end in item.quote.content:
        piece = item.reading.article.text[start:end]
        if pieces and not piece[:1].isupper():
            pieces[-1] += " " + piece
        else:
            pieces.append(piece)
    return [part for piece in pieces for part in SPLIT.split(piece) if part.strip()]


# ---------------------------------------------------------------- joining


def _best(item: _Item, groups: Sequence[list[_Item]], rarity: Rarity, vectors: Vectors) -> list[_Item] | None:
    """The group that the item reports: that with the likest fullest version, or with an all but equal member."""
    best, best_score = None, 0.0
    for group in groups:
        if not _occasions_agree(item, group):
            continue
        score = _score(item, group[0], rarity, vectors)
        for other in group[1:]:
            found = _score(item, other, rarity, vectors)
            if found >= EQUAL or (found > 0 and _resembles(item, group[0], rarity, vectors)):
                score = max(score, found)
        if score > best_score:
            best, best_score = group, score
    return best


def _occasions_agree(item: _Item, group: Sequence[_Item]) -> bool:
    """Whether no two days of saying are known that differ, and nobody is joined to his own other remark by accident."""
    days = {other.quote.said_on for other in group if other.quote.said_on is not None}
    return item.quote.said_on is None or not days or item.quote.said_on in days


def _score(item: _Item, other: _Item, rarity: Rarity, vectors: Vectors) -> float:
    """How well the best pair of sentences of two reports agrees; 0 if none agrees well enough."""
    same_article = item.reading.article.id == other.reading.article.id
    best = 0.0
    for one, row in zip(item.sentences, item.rows, strict=True):
        for two, column in zip(other.sentences, other.rows, strict=True):
            best = max(best, _agreement(item, other, one, two, rarity, float(vectors[row] @ vectors[column])))
    return best if not same_article or best >= EQUAL else 0.0


def _agreement(item: _Item, other: _Item, one: Wording, two: Wording, rarity: Rarity, cosine: float) -> float:
    if len(one.words & two.words) < 2:
        return 0.0
    like = likeness(one, two, rarity, cosine)
    known = item.speaker is not None and other.speaker is not None
    nearly = like.dice >= EQUAL and like.shared >= 2
    if not known:
        return like.dice if nearly and like.shared > CONTAINED_SHARED else 0.0
    if _contradict(one, two):
        return 0.0
    needed = CONTAINED_SHARED + (1 if "indirect" in (item.quote.type, other.quote.type) else 0)
    cut = like.contained >= CONTAINED and like.shared >= needed
    translated = like.dice >= DICE and like.cosine >= DICE_COSINE and like.shared > 2
    paraphrased = like.cosine >= COSINE and like.dice >= COSINE_DICE and like.shared >= 2
    return max(like.dice, like.contained * 0.9, 0.01) if nearly or cut or translated or paraphrased else 0.0


def _contradict(one: Wording, two: Wording) -> bool:
    """Whether one denies what the other says, or gives other figures."""
    numbers = bool(one.numbers and two.numbers) and not one.numbers & two.numbers
    return numbers or (one.negated != two.negated and max(one.length, two.length) <= SHORT)


def _with_neighbours(groups: list[list[_Item]], rarity: Rarity) -> list[list[_Item]]:
    """Bring single reports to the statement that the quote beside them in the article reports."""
    group_of = {id(item): group for group in groups for item in group}
    by_article: dict[str, list[_Item]] = {}
    for group in groups:
        for item in group:
            by_article.setdefault(item.reading.article.id, []).append(item)
    for items in by_article.values():
        items.sort(key=lambda item: item.quote.content)
        for before, after in pairwise(items):
            gap = after.quote.content[0][0] - before.quote.content[-1][1]
            if before.speaker is None or before.speaker != after.speaker or not 0 <= gap <= NEIGHBOUR_GAP:
                continue
            for lone, other in ((before, after), (after, before)):
                target = group_of[id(other)]
                if len(group_of[id(lone)]) == 1 and len(target) > 1 and _supported(lone, target, rarity):
                    group_of[id(lone)].clear()
                    target.append(lone)
                    group_of[id(lone)] = target
    return [group for group in groups if group]


def _supported(item: _Item, group: Sequence[_Item], rarity: Rarity) -> bool:
    for other in group:
        if other.reading.article.id == item.reading.article.id:
            continue
        for one in item.sentences:
            for two in other.sentences:
                like = likeness(one, two, rarity, 0.0)
                if like.contained >= NEIGHBOUR and like.shared >= NEIGHBOUR_SHARED and not _contradict(one, two):
                    return True
    return False


def _resembles(item: _Item, other: _Item, rarity: Rarity, vectors: Vectors) -> bool:
    """Whether a report is near enough to a statement's fullest version to join by way of another member."""
    for one, row in zip(item.sentences, item.rows, strict=True):
        for two, column in zip(other.sentences, other.rows, strict=True):
            like = likeness(one, two, rarity, float(vectors[row] @ vectors[column]))
            if like.dice >= RESEMBLING and like.cosine >= DICE_COSINE and not _contradict(one, two):
                return True
    return False


# ---------------------------------------------------------------- records


def _statement(group: Sequence[_Item], parties: Mapping[str, str | None]) -> Statement:
    items = sorted(group, key=lambda item: item.order)
    speaker = next((item.speaker for item in items if item.speaker is not None), None)
    differs = collate([(item.reading.article, item.quote) for item in items])
    reports = tuple(
        Report(
            item.reading.article.id, item.quote.id, item.quote.type, item.quote.content, item.quote.source,
            item.quote.cue, item.quote.certainty, spans,
        )
        for item, spans in zip(items, differs, strict=True)
    )  # fmt: skip
    seed = f"{speaker}|{' '.join(normal_words(items[0].text))}|{items[0].reading.article.id}|{items[0].quote.content}"
    return Statement(
        id="s" + hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        speaker=speaker,
        party=parties.get(speaker) if speaker is not None else None,
        issues=(),
        said_on=_common([item.quote.said_on for item in items]),
        addressee=_common([item.addressee for item in items]),
        reports=reports,
    )


def _common(values: Sequence[str | None]) -> str | None:
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None
