"""Reports of one statement that quote the same words but for one that says something else.

That is a misprint, a mishearing or a slip of the one who wrote it down, and one of the two is wrong. Translations put
different words for one thing as well ("missing", "lacking"); these are wordings to be seen side by side
(`Report.differs`), not accounts that differ.

Two reports are aligned word by word (Ratcliff/Obershelp, as difflib has it). Only where nearly all of the shorter one
stands in the other does a replaced word mean anything: in two free translations every second word differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, product

from rapidfuzz.distance import Levenshtein

from reportedly._records import Passage, Report, Side, Span, Statement
from reportedly.compare._words import MOST_WORDINGS, Word, is_content, tokens

FEWEST = 5
"""Words of a report below which nothing is compared."""
SAME = 0.85
"""Least share of the shorter stretch's words that stand in the other, around a replaced word."""
MISREAD = 2
"""Letters by which a word differs from the one that was meant."""
NEARLY_ALL = 0.75
"""Least share of the shorter report's words that stand in the other; in free translations it is about a half."""
AROUND = 6
"""Words on each side of a replaced one that have to agree."""
ENDINGS = frozenset(
    ["", "d", "e", "ed", "en", "er", "es", "est", "i", "ied", "ies", "ing", "ly", "n", "ning", "s", "st", "y"]
)
"""What two forms of one word end with, after what they have in common."""
NEGATIONS = frozenset({"not", "no", "never", "nor"})
LONG = 6
"""Letters of words that are spellings of one word if they differ by two letters after their beginning."""


def find_wordings(statements: Sequence[Statement], texts: dict[str, str]) -> Iterator[tuple[str, tuple[Side, ...]]]:
    """For each statement whose reports differ in a content word: its id, and a side for each word."""
    for statement in statements:
        sides: dict[str, dict[str, tuple[Passage, str]]] = {}
        for one, other in combinations(_worded(statement, texts), 2):
            pairs = list(_replaced(one[0].words, other[0].words))
            for mine, theirs in product(one, other) if pairs else ():
                if mine.report.article != theirs.report.article:
                    _take_sides(sides, mine, theirs, pairs, texts)
        if len(sides) == 2 and all(sides.values()):
            ordered = sorted(sides.values(), key=lambda side: (-len(side), sorted(side)))
            yield (
                statement.id,
                tuple(
                    Side(tuple(side[article][0] for article in sorted(side)), side[min(side)][1]) for side in ordered
                ),
            )


@dataclass(frozen=True)
class _Said:
    report: Report
    words: list[Word]


def _worded(statement: Statement, texts: dict[str, str]) -> list[list[_Said]]:
    """The reports that quote somebody, those of the same words together; the first `MOST_WORDINGS` wordings."""
    same: dict[tuple[str, ...], list[_Said]] = {}
    for report in statement.reports:
        if report.type != "indirect":
            said = _Said(report, _said(report, texts))
            same.setdefault(tuple(word.stem for word in said.words), []).append(said)
    return list(same.values())[:MOST_WORDINGS]


def _take_sides(
    sides: dict[str, dict[str, tuple[Passage, str]]],
    one: _Said,
    other: _Said,
    pairs: Sequence[tuple[int, int]],
    texts: dict[str, str],
) -> None:
    """Note for each replaced word which article has it and which has the other."""
    for at, against_at in pairs:
        a, b = one.words[at], other.words[against_at]
        if _abbreviated(a, b, texts[one.report.article]) or _abbreviated(b, a, texts[other.report.article]):
            continue
        for said, word, against in ((one, a, b), (other, b, a)):
            passage = Passage(said.report.article, _whole(said.report))
            value = texts[said.report.article][slice(*word.span)]
            sides.setdefault(word.stem, {})[said.report.article] = (passage, value)
            sides.setdefault(against.stem, {})


def _abbreviated(word: Word, against: Word, text: str) -> bool:
    """Whether a word is the other, shortened: "Gen." for "General"."""
    return text[word.span[1] : word.span[1] + 1] == "." and against.stem.startswith(word.stem)


def _said(report: Report, texts: dict[str, str]) -> list[Word]:
    return [word for span in report.content for word in tokens(texts[report.article], span)]


def _whole(report: Report) -> Span:
    return report.content[0][0], report.content[-1][1]


def _replaced(one: list[Word], other: list[Word]) -> Iterator[tuple[int, int]]:
    """Numbers of words of which one stands for the other in stretches that otherwise agree."""
    if min(len(one), len(other)) < FEWEST:
        return
    matcher = SequenceMatcher(None, [word.stem for word in one], [word.stem for word in other], autojunk=False)
    codes = matcher.get_opcodes()
    if sum(end - start for tag, start, end, _, _ in codes if tag == "equal") < NEARLY_ALL * min(len(one), len(other)):
        return
    for tag, a, b, c, d in codes:
        if tag != "replace" or b - a != 1 or d - c != 1:
            continue
        left, right = one[a], other[c]
        if not (tells_apart(left.stem, right.stem) or _another(left.stem, right.stem)):
            continue
        if _agreement(codes, a, c, len(one), len(other)) >= SAME:
            yield a, c


def _agreement(codes: Sequence[tuple[str, int, int, int, int]], a: int, c: int, size_a: int, size_c: int) -> float:
    """Share of the words around a replaced pair that are the same in both, in the shorter stretch."""
    low_a, high_a, low_c, high_c = (
        max(0, a - AROUND),
        min(size_a, a + AROUND + 1),
        max(0, c - AROUND),
        min(size_c, c + AROUND + 1),
    )
    same = 0
    for tag, one, one_end, other, _ in codes:
        if tag == "equal":
            same += sum(low_a <= one + k < high_a and low_c <= other + k < high_c for k in range(one_end - one))
    around = min(high_a - low_a, high_c - low_c) - 1
    return same / around if around >= FEWEST - 1 else 0.0


def _another(one: str, other: str) -> bool:
    """Whether two words say different things: "debating" where another heard "doing"."""
    return is_content(one) and is_content(other) and not _one_word(one, other)


def tells_apart(one: str, other: str) -> bool:
    """Whether it makes a difference which of two words stands there."""
    if is_content(one) and is_content(other):
        distance = Levenshtein.distance(one, other)
        alike = distance <= MISREAD and distance <= max(len(one), len(other)) / 2
        return alike and not _one_word(one, other)
    # "Not" misprinted as "now" turns a sentence round; no other function word does.
    return len({one, other} & NEGATIONS) == 1 and Levenshtein.distance(one, other) == 1


def _one_word(one: str, other: str) -> bool:
    """Whether two stems are forms of one word, by their endings, or spellings of one, if they are long."""
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if shared >= 2 and {one[shared:], other[shared:]} <= ENDINGS:
        return True
    return shared >= LONG - 2 and min(len(one), len(other)) >= LONG and Levenshtein.distance(one, other) <= 2
