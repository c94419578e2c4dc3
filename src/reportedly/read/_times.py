"""Finds and resolves times: dates, times of day, durations and sets, with TIMEX3 type and value (ISO 24617-1).

Three steps, after SUTime and HeidelTime: (1) a grammar over word classes finds expressions and says what each means by
itself (`timex._scan`); (2) the words around decide whether it is meant (`_time_guards`); (3) arithmetic resolves it
against the day the article appeared, or against the date told before it ("the next day"), by the tense of its verb
(`timex._resolve`, `_time_tense`). What only the story's other articles can date stays open here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly._records import Span, Time
from reportedly.read._parse import Paragraph, Parsed
from reportedly.read._time_anchor import Dated, infer_from_text, surname_months
from reportedly.read._time_guards import Context, meant
from reportedly.read._time_tense import tense_of
from reportedly.timex._lexer import lex
from reportedly.timex._merge import expressions, merge
from reportedly.timex._resolve import Candidate, resolve_all
from reportedly.timex._scan import Found
from reportedly.timex._values import Tense, parse_day

_TENSED = frozenset(
    ("weekday", "month_day", "month", "day_of_month", "weekend", "season", "quarter", "holiday", "year_end", "unit")
)


def find_times(parsed: Parsed) -> tuple[Time, ...]:
    """The times of an article, in text order and without overlap."""
    found = list(_candidates(parsed))
    day = parse_day(parsed.article.published or "")
    if day:
        return resolve_all((candidate for candidate, _ in found), day, "published")
    dated = [
        Dated(candidate.span, candidate.expr.value, candidate.expr.weekday, paragraph.kind, candidate.tense)
        for candidate, paragraph in found
        if candidate.expr.op == "value" and parse_day(candidate.expr.value)
    ]
    names = [(candidate.span, candidate.expr.weekday) for candidate, _ in found if candidate.expr.op == "weekday"]
    inferred = infer_from_text(parsed.article, dated, names)
    return resolve_all((candidate for candidate, _ in found), inferred, f"inferred:{inferred}" if inferred else "")


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


_OPENING, _CLOSING = "“«„", "”»"


def quoted_parts(text: str) -> tuple[Span, ...]:
    """Spans between quotation marks of a paragraph, roughly: an open one runs to its end.

    Good enough to tell whose "today" is meant; the quotes themselves are found elsewhere.
    """
    parts: list[Span] = []
    opened: tuple[int, str] | None = None
    for match in re.finditer('[“«„”»"‘’]', text):
        mark, at = match.group(), match.start()
        if opened is None:
            if mark in _OPENING or mark == '"' or (mark == "‘" and not text[at - 1 : at].isalnum()):
                opened = at, mark
            continue
        closes = {'"': '"', "‘": "’"}.get(opened[1], _CLOSING)
        if mark in closes and not (mark == "’" and text[at + 1 : at + 2].isalnum()):
            parts.append((opened[0], at + 1))
            opened = None
    if opened:
        parts.append((opened[0], len(text)))
    return tuple(parts)
