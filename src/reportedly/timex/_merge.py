"""Joins a day and a time of day into one expression: "Friday morning", "3 p.m. on Tuesday", "May 14, 2019, 15:46"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from reportedly.timex._lexer import Lexed, tables
from reportedly.timex._scan import Found, scan
from reportedly.timex._values import Expr, holiday, parse_day

GAP = 3
"""Words at most between a day and its time of day: ", at about"."""

_AFTER_DAY = frozenset(",@pi4toy-")
_AFTER_CLOCK = frozenset(",po4")
_DAY_OPS = frozenset(("weekday", "weekday_of_week", "month_day", "holiday", "day_of_month"))


def expressions(lexed: Lexed) -> Iterator[Found]:
    """All that can be a time in a text, in order and without overlap: holidays first, then the grammar's."""
    days = list(_holidays(lexed))
    taken = [(day.first, day.last) for day in days]
    others = (found for found in scan(lexed) if not any(a < found.last and found.first < b for a, b in taken))
    yield from sorted([*days, *others], key=lambda found: found.first) if days else others


@cache
def _holiday_words() -> tuple[frozenset[str], re.Pattern[str]]:
    names = sorted(tables()["holidays"], key=lambda name: (-len(name), name))
    firsts = frozenset(re.split(r"\W", name, maxsplit=1)[0] for name in names)
    return firsts, re.compile("|".join(re.escape(name) + r"(?!\w)" for name in names), re.IGNORECASE)


def _holidays(lexed: Lexed) -> Iterator[Found]:
    firsts, pattern = _holiday_words()
    done = 0
    for i, word in enumerate(lexed.words):
        if i < done or word not in firsts or not lexed.raw(i)[0].isupper():
            continue
        match = pattern.match(lexed.text, lexed.starts[i])
        if not match:
            continue
        last = i + 1
        while last < len(lexed.words) and lexed.starts[last] < match.end():
            last += 1
        done = last
        found = _holiday(lexed, i, last, tables()["holidays"][match.group().lower()])
        if found:
            done = found.last
            yield found


def _holiday(lexed: Lexed, first: int, last: int, rule: str) -> Found | None:
    """The holiday at some words, with its year after it or "last" before it; None in a name ("Christmas Island")."""
    comma = lexed.classes[last : last + 1] == ","
    year = last + comma
    if lexed.classes[year : year + 1] == "Y":
        day = holiday(rule, int(lexed.words[year]))
        return Found(first, year + 1, "holiday", Expr("DATE", "value", day.isoformat())) if day else None
    if lexed.classes[last : last + 1] == "x" and lexed.raw(last)[0].isupper():
        return None
    shift = {"L": -1, "T": 0, "n": 1}.get(lexed.classes[first - 1 : first])
    return Found(first - (shift is not None), last, "holiday", Expr("DATE", "holiday", rule, shift=shift))


def _is_day(expr: Expr) -> bool:
    if expr.part or expr.type != "DATE":
        return False
    if expr.op == "value":
        return parse_day(expr.value) is not None and "T" not in expr.value
    return expr.op in _DAY_OPS or (expr.op in ("unit", "story_unit") and expr.unit == "D")


def _is_clock(found: Found) -> bool:
    return found.rule in ("clock", "clock_hour", "clock_four", "part", "in_part")


def _join(left: Found, right: Found, lexed: Lexed) -> Found | None:
    between = lexed.classes[left.last : right.first]
    if len(between) > GAP:
        return None
    if _is_day(left.expr) and _is_clock(right) and _AFTER_DAY.issuperset(between):
        day, clock = left.expr, right.expr
        # "Tuesday, the morning …" of another day would need its own "of".
        if lexed.classes[right.last : right.last + 1] == "o":
            return None
    elif _is_clock(left) and _is_day(right.expr) and _AFTER_CLOCK.issuperset(between):
        day, clock = right.expr, left.expr
    else:
        return None
    value = f"{day.value}T{clock.part}" if day.op == "value" else day.value
    joined = replace(day, type="TIME", part=clock.part, value=value, hints=frozenset())
    return Found(left.first, right.last, "joined", joined)


def merge(found: list[Found], lexed: Lexed) -> list[Found]:
    """Neighbours joined where they are one time; what is no time alone is left out."""
    merged: list[Found] = []
    for each in found:
        joined = _join(merged[-1], each, lexed) if merged else None
        if joined:
            merged[-1] = joined
        else:
            merged.append(each)
    return [each for each in merged if not each.expr.hints]
