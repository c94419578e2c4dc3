"""Finds and resolves times: dates, times of day, durations and sets, with TIMEX3 type and value (ISO 24617-1).

Three steps, after SUTime and HeidelTime: (1) a grammar over word classes finds expressions and says what each means by
itself (`_time_grammar`, `_time_build`); (2) the words around decide whether it is meant (`_time_guards`);
(3) arithmetic resolves it against the day the article appeared, or against the date told before it ("the next day"),
by the tense of its verb (`_time_values`, `_time_tense`). ``Time.anchor`` says what a relative one was resolved against:

    published               the article's publication date
    inferred:2019-05-14     a publication date taken from the article's own text (`_time_anchor`)
    story:2019-05-14        a publication date that only the story's other articles give
    text:2019-05-13         a date told before it, or, inside a quotation, the day it was said
    unresolved:past         nothing; its value has X for what is not known, its tense is past (future, present, unknown)
    unresolved:event        it counts from an event ("the day after he left")
    None                    nothing was needed: an absolute date, a duration, a set, "now"

`resolve_times` resolves the unresolved ones later, when the other articles of a story have given a date, from the
article's text and these hints alone: no parse is needed. The clock of the machine is never asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from reportedly._records import Reading, Span, Time
from reportedly.read._parse import Paragraph, Parsed
from reportedly.read._time_anchor import Dated, infer_from_text, surname_months
from reportedly.read._time_guards import Context, meant
from reportedly.read._time_lexer import lex
from reportedly.read._time_merge import expressions, merge, quoted_parts
from reportedly.read._time_scan import Found
from reportedly.read._time_tense import tense_of
from reportedly.read._time_values import TENSES, Anchors, Expr, Tense, parse_day, resolve

NEAR = 1500
"""Characters back within which a date counts as the one told before: about the three last paragraphs."""

SPEECH_DAYS = 2
"""Days before publication on which words quoted with "today" can have been said, when the story tells such a day."""

SLACK = 24
"""Characters around an expression that are read with it again: the grammar looks at a word or two beside it."""

_TENSED = frozenset(
    ("weekday", "month_day", "month", "day_of_month", "weekend", "season", "quarter", "holiday", "year_end", "unit")
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expression, where it stands, its tense, and whether it is inside quotation marks."""

    span: Span
    expr: Expr
    tense: Tense | None
    quoted: bool


def find_times(parsed: Parsed) -> tuple[Time, ...]:
    """The times of an article, in text order and without overlap."""
    found = list(_candidates(parsed))
    day = parse_day(parsed.article.published or "")
    if day:
        return _resolve_all((candidate for candidate, _ in found), day, "published")
    dated = [
        Dated(candidate.span, candidate.expr.value, candidate.expr.weekday, paragraph.kind, candidate.tense)
        for candidate, paragraph in found
        if candidate.expr.op == "value" and parse_day(candidate.expr.value)
    ]
    names = [(candidate.span, candidate.expr.weekday) for candidate, _ in found if candidate.expr.op == "weekday"]
    inferred = infer_from_text(parsed.article, dated, names)
    return _resolve_all((candidate for candidate, _ in found), inferred, f"inferred:{inferred}" if inferred else "")


def resolve_times(reading: Reading, published: str) -> Reading:
    """The reading with its unresolved times resolved against a publication date found elsewhere.

    Args:
        reading: as it was read; what is resolved already stays.
        published: ISO 8601, a date or a date and time; with anything else the reading is returned unchanged.
    """
    day = parse_day(published)
    if day is None or not any(_open(time) for time in reading.times):
        return reading
    story, times = _Story(day, f"story:{day}"), []
    for time in reading.times:
        again = _again(reading.article.text, time) if _open(time) else None
        if again:
            times.append(story.resolve(again))
        else:
            story.tell(time, narrated=False)
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


class _Story:
    """Resolves candidates in text order, with the dates told so far."""

    def __init__(self, published: date | None, label: str) -> None:
        self.published, self.label = published, label
        self.told: str | None = None
        self.at = 0
        self.narrated: date | None = None

    def resolve(self, candidate: Candidate) -> Time:
        """The time that a candidate is, given what was told before it."""
        expr, start = candidate.expr, candidate.span[0]
        told = self.told if start - self.at <= NEAR else None
        published, label = self.published, self.label
        if candidate.quoted and expr.op == "unit" and expr.unit == "D" and published and self.narrated:
            published, label = self.narrated, f"text:{self.narrated}"
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
        return time

    def tell(self, time: Time, *, narrated: bool) -> None:
        """Remember a date as the one told before what follows."""
        if time.type not in ("DATE", "TIME") or not time.value[:2].isdigit():
            return
        self.told, self.at = time.value, time.span[1]
        day = parse_day(time.value)
        if narrated and day and self.published and 0 <= (self.published - day).days <= SPEECH_DAYS:
            self.narrated = day


def _resolve_all(candidates: Iterable[Candidate], published: date | None, label: str) -> tuple[Time, ...]:
    story = _Story(published, label)
    return tuple(story.resolve(candidate) for candidate in candidates)


def _candidates(parsed: Parsed) -> Iterator[tuple[Candidate, Paragraph]]:
    surnames = surname_months(parsed.article.text)
    for paragraph in parsed.paragraphs:
        lexed = lex(paragraph.doc.text)
        found = list(expressions(lexed))
        if not found:
            continue
        context = Context(lexed, paragraph.doc, surnames)
        kept = [good for each in found if (good := meant(each, context))]
        quoted = quoted_parts(lexed.text) if kept else ()
        for each in merge(kept, lexed):
            yield _candidate(each, context, paragraph, quoted), paragraph


def _candidate(found: Found, context: Context, paragraph: Paragraph, quoted: tuple[Span, ...]) -> Candidate:
    start, end = context.lexed.starts[found.first], context.lexed.ends[found.last - 1]
    tense: Tense | None = None
    if found.expr.op in _TENSED or parse_day(found.expr.value):
        head = context.token_at(context.lexed.starts[_head(found, context)])
        tense = tense_of(head, context.token_at(start), paragraph.kind, day=found.expr.op == "weekday")
    inside = any(begin <= start and end <= stop for begin, stop in quoted)
    return Candidate((paragraph.start + start, paragraph.start + end), found.expr, tense, inside)


def _head(found: Found, context: Context) -> int:
    """The word of the expression whose head, in the parse, lies outside it."""
    for i in range(found.last - 1, found.first - 1, -1):
        token = context.token(i)
        if token is None:
            continue
        left = context.token_at(context.lexed.starts[found.first])
        begin = left.i if left is not None else token.i
        if not begin <= token.head.i <= token.i + (found.last - 1 - i) or token.head == token:
            return i
    return found.last - 1
