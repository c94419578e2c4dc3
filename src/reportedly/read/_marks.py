"""Finds what stands between quotation marks, in text as newsrooms really publish it.

Marks are told apart by where they stand (a space before and a letter after opens, the reverse closes) and only then by
their glyph, because glyphs lie: straight marks have no side, and “…“ and ”…” are common misprints. A paragraph is the
unit: whatever is open at its end is closed there, as an utterance that goes on re-opens its marks in the next.

Only the outermost runs are given. Inside a double run single marks are nested quotation, and the other way round; an
apostrophe is never a mark. A pair that is broken still gives a run, with ``opened`` or ``closed`` False.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reportedly._records import Span
from reportedly._spans import trim

Family = Literal["double", "single"]
Side = Literal["open", "close", "either"]

MARKS = re.compile(r"``|''|[\"“”„«»‘’‛']")
OPENING, CLOSING = {"“", "„", "«", "``", "‘", "‛"}, {"”", "»", "’"}
SINGLE = {"‘", "’", "‛", "'"}
BEFORE_OPENING = set("([{—–-/:…") | {"\u2014"}
AFTER_CLOSING = set(".,;:!?)]}—–-/…")
# What drops its first letters behind an apostrophe, and decades: never an opening mark.
ELIDED = re.compile(r"(?:\d0s|em|til|tis|twas|cause|bout|n|round|neath)\b", re.IGNORECASE)
LONG_ENOUGH = 25
"""Characters that a single mark left open must be followed by to count as an unclosed quotation."""


@dataclass(frozen=True, slots=True)
class Run:
    """A quoted run: ``outer`` with its marks, ``inner`` without them and without the white space inside them.

    ``opened`` and ``closed`` tell whether the marks were there.
    """

    outer: Span
    inner: Span
    family: Family
    opened: bool = True
    closed: bool = True


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: Family
    side: Side


def _classify(text: str, start: int, end: int, span: Span) -> _Mark | None:
    """The mark at ``text[start:end]``, or None if it is an apostrophe or a prime."""
    glyph = text[start:end]
    family: Family = "single" if glyph in SINGLE else "double"
    before = text[start - 1] if start > span[0] else " "
    after = text[end] if end < span[1] else " "
    if family == "single" and before.isalnum() and after.isalnum():
        return None
    if (
        glyph in {'"', "'", "''"}
        and before.isdigit()
        and not after.isalnum()
        and re.search(r"\d['’]\d+$", text[max(0, start - 6) : start])
    ):
        return None  # 5'11" is a height
    opens = (before.isspace() or before in BEFORE_OPENING or MARKS.match(before) is not None) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in AFTER_CLOSING or MARKS.match(after) is not None)
    if family == "single" and opens and not closes and ELIDED.match(text, end):
        return None
    if opens == closes:
        side: Side = "open" if glyph in OPENING else "close" if glyph in CLOSING else "either"
        if not opens and (before in ".,!?" and after.isalnum()):
            side = "either"  # no space on either side: `over.”Now` may close or open, what follows decides
        return _Mark(start, end, family, side)
    return _Mark(start, end, family, "open" if opens else "close")


def _marks(text: str, span: Span) -> list[_Mark]:
    found = (_classify(text, m.start(), m.end(), span) for m in MARKS.finditer(text, *span))
    return [mark for mark in found if mark is not None]


def _is_possessive(text: str, mark: _Mark) -> bool:
    """Whether a closing single mark may as well be the apostrophe of a plural possessive or of a dropped g."""
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 2]
    return before in {"s", "S", "z", "x", "n"} and after[:1] == " " and after[1:2].isalpha()


def _closing(text: str, marks: list[_Mark], opener: int) -> int | None:
    """Index of the mark that closes the run opened by ``marks[opener]``; None if it stays open."""
    family = marks[opener].family
    doubtful: int | None = None
    for i in range(opener + 1, len(marks)):
        mark = marks[i]
        if mark.family != family:
            continue
        side = mark.side
        if side == "either":
            following = next((m for m in marks[i + 1 :] if m.family == family), None)
            stuck = mark.end < len(text) and text[mark.end].isalnum()
            side = "open" if stuck and following is not None and following.side == "close" else "close"
        if side == "open":
            return doubtful
        if family == "single" and _is_possessive(text, mark):
            doubtful = i if doubtful is None else doubtful
            continue
        return i
    return doubtful


def _run(text: str, outer: Span, inner: Span, family: Family, opened: bool = True, closed: bool = True) -> Run | None:
    start, end = inner
    body = text[start:end]
    if not any(character.isalnum() for character in body):
        return None
    return Run(outer, trim(text, inner), family, opened, closed)


def _sentence_start(text: str, floor: int, at: int) -> int:
    """Where the sentence that ends at ``at`` begins, not before ``floor``."""
    start = floor
    for match in re.compile(r"[.!?][\"”’']?\s+").finditer(text, floor, max(floor, at - 1)):
        start = match.end()
    return start


def find_runs(text: str, span: Span) -> Iterator[Run]:
    """The outermost quoted runs of one paragraph, ``text[span]``, in text order.

    Offsets are into ``text``. Runs do not overlap. Takes time linear in the paragraph for all but hostile input.
    """
    marks = _marks(text, span)
    i, floor = 0, span[0]
    while i < len(marks):
        mark = marks[i]
        if mark.side == "close":
            run = _lost_opening(text, mark, floor)
            i += 1
        else:
            closer = _closing(text, marks, i)
            if closer is not None:
                closing = marks[closer]
                run = _run(text, (mark.start, closing.end), (mark.end, closing.start), mark.family)
                i = closer + 1
            else:
                run, i = _left_open(text, marks, i, span)
        if run is not None:
            yield run
            floor = run.outer[1]


def _lost_opening(text: str, mark: _Mark, floor: int) -> Run | None:
    """A double mark that closes what nothing opened: the run begins with its sentence."""
    if mark.family == "single":
        return None
    start = _sentence_start(text, floor, mark.start)
    return _run(text, (start, mark.end), (start, mark.start), "double", opened=False)


def _left_open(text: str, marks: list[_Mark], i: int, span: Span) -> tuple[Run | None, int]:
    """A mark that nothing closes: the run ends before the next opening mark, or with its paragraph."""
    mark = marks[i]
    following = next((j for j in range(i + 1, len(marks)) if marks[j].family == mark.family), None)
    end = marks[following].start if following is not None else span[1]
    if mark.family == "single":
        before = text[max(span[0], mark.start - 2) : mark.start].strip()
        if before not in {"", ",", ":"} or end - mark.end < LONG_ENOUGH or not text[mark.end : mark.end + 1].isupper():
            return None, i + 1
    run = _run(text, (mark.start, end), (mark.end, end), mark.family, closed=False)
    return run, following if following is not None else len(marks)
