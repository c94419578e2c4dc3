"""Resolves an article's time expressions in text order: each knows the dates told before it.

It needs the article's text and its times, no parse, so that `compare` can resolve what is open (`resolve_times`) once
the other articles of a story have given a date. The clock of the machine is never asked.

``Time.anchor`` says what a relative one was resolved against:

    published               the article's publication date
    inferred:2019-05-14     a publication date taken from the article's own text (`read._time_anchor`)
    story:2019-05-14        a publication date that only the story's other articles give
    text:2019-05-13         a date told before it, or, inside a quotation, the day it was said
    unresolved:past         nothing; its value has X for what is not known, its tense is past (future, present, unknown)
    unresolved:event        it counts from an event ("the day after he left")
    None                    nothing was needed: an absolute date, a duration, a set, "now"
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from reportedly._records import Reading, Span, Time
from reportedly.timex._lexer import lex
from reportedly.timex._merge import expressions, merge
from reportedly.timex._values import TENSES, Anchors, Expr, Tense, parse_day, resolve

NEAR = 1500
"""Characters back within which a date counts as the one told before: about the three last paragraphs."""

SPEECH_DAYS = 2
"""Days before publication on which words quoted with "today" can have been said, when the story tells such a day."""

BESIDE = 200
"""Characters back within which a weekday told as over is that from which a plan looks ahead: "said Friday he would
leave on Sunday"."""

SLACK = 24
"""Characters around an expression that are read with it again: the grammar looks at a word or two beside it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expression, where it stands, its tense, and whether it is inside quotation marks."""

    span: Span
    expr: Expr
    tense: Tense | None
    quoted: bool


def resolve_all(candidates: Iterable[Candidate], published: date | None, label: str) -> tuple[Time, ...]:
    """The times that candidates in text order are, by the day the article appeared; ``label`` is their anchor then."""
    telling = _Telling(published, label)
    return tuple(telling.resolve(candidate) for candidate in candidates)


def resolve_times(reading: Reading, published: str) -> Reading:
    """The reading with its unresolved times resolved against a publication date found elsewhere.

    Args:
        reading: as it was read; what is resolved already stays.
        published: ISO 8601, a date or a date and time; with anything else the reading is returned unchanged.
    """
    day = parse_day(published)
    if day is None or not any(_open(time) for time in reading.times):
        return reading
    telling, times = _Telling(day, f"story:{day}"), []
    for time in reading.times:
        again = _again(reading.article.text, time) if _open(time) else None
        if again:
            times.append(telling.resolve(again))
        else:
            telling.tell(time, narrated=False)
            times.append(time)
    return replace(reading, times=tuple(times))


def _open(time: Time) -> bool:
    return (time.anchor or "").startswith("unresolved:") and time.anchor != "unresolved:event"


def _again(text: str, time: Time) -> Candidate | None:
    """The candidate that an unresolved time was: its words read once more, its tense from its anchor."""
    start = max(0, time.span[0] - SLACK)
    lexed = lex(text[start : time.span[1] + SLACK])
    # Words beside it can pass for another time or join it: then it is read by itself.
    for base, words in ((start, lexed), (time.span[0], lex(text[time.span[0] : time.span[1]]))):
        for found in merge(list(expressions(words)), words):
            if (base + words.starts[found.first], base + words.ends[found.last - 1]) == time.span:
                _, tense, *quoted = (time.anchor or "").split(":")
                known = next((each for each in TENSES if each == tense), None)
                return Candidate(time.span, found.expr, known, quoted=bool(quoted))
    return None


class _Telling:
    """Resolves candidates in text order, with the dates told so far."""

    def __init__(self, published: date | None, label: str) -> None:
        self.published, self.label = published, label
        self.told: str | None = None
        self.at = 0
        self.narrated: date | None = None
        self.over: tuple[date, int] | None = None

    def resolve(self, candidate: Candidate) -> Time:
        """The time that a candidate is, given what was told before it."""
        expr, start = candidate.expr, candidate.span[0]
        told = self.told if start - self.at <= NEAR else None
        published, label = self.published, self.label
        if candidate.quoted and expr.op == "unit" and expr.unit == "D" and published and self.narrated:
            published, label = self.narrated, f"text:{self.narrated}"
        if candidate.tense == "planned" and expr.op == "weekday" and self.over and start - self.over[1] <= BESIDE:
            published, label = self.over[0], f"text:{self.over[0]}"
        value, source = resolve(expr, Anchors(published, told, candidate.tense))
        anchor = {
            "none": None,
            "published": label,
            "told": f"text:{(told or '').split('T')[0]}",
            "unresolved": f"unresolved:{candidate.tense or 'unknown'}" + (":quoted" if candidate.quoted else ""),
            "event": "unresolved:event",
        }[source]
        time = Time(candidate.span, expr.type, value, anchor)
        self.tell(time, narrated=not candidate.quoted and expr.op in ("weekday", "month_day", "value"))
        if not candidate.quoted:
            self._look_back(candidate, time)
        return time

    def _look_back(self, candidate: Candidate, time: Time) -> None:
        """Remember a day before the article's as the one from which plans told beside it look ahead."""
        day = parse_day(time.value)
        if day and self.published and day < self.published and candidate.expr.op == "weekday":
            self.over = day, time.span[1]

    def tell(self, time: Time, *, narrated: bool) -> None:
        """Remember a date as the one told before what follows."""
        if time.type not in ("DATE", "TIME") or not time.value[:2].isdigit():
            return
        self.told, self.at = time.value, time.span[1]
        day = parse_day(time.value)
        if narrated and day and self.published and 0 <= (self.published - day).days <= SPEECH_DAYS:
            self.narrated = day
