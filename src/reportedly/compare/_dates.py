"""The dates that times give a timeline: how precise they are, which days they cover, whether they date a sentence."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from reportedly._records import Precision, Time
from reportedly.timex._lexer import tables
from reportedly.timex._values import SEASON_START, parse_day

Days = tuple[date, date]
"""The first and the last day that a date covers."""

_SEASON_MIDDLE = {name: month + 1 for name, month in SEASON_START.items()}


def calendar_date(time: Time) -> tuple[str, Precision] | None:
    """A time's date for the timeline, and how precise it is; None if it has none that is known.

    A week is about its Monday, a weekend about its Saturday, a season or quarter about its middle month, a decade about
    its first year.
    """
    value = time.value.split("T")[0]
    if parse_day(value):
        return value[:10], "day"
    if re.fullmatch(r"\d{4}-(?:0\d|1[0-2])", value):
        return value, "month"
    if re.fullmatch(r"\d{4}", value):
        return value, "year"
    week = re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value)
    if week:
        try:
            day = date.fromisocalendar(int(week[1]), int(week[2]), 6 if week[3] else 1)
        except ValueError:
            return None
        return day.isoformat(), "about"
    part = re.fullmatch(r"(\d{4})-(?:Q([1-4])|(SP|SU|FA|WI))", value)
    if part:
        month = int(part[2]) * 3 - 1 if part[2] else _SEASON_MIDDLE[part[3]]
        year, month = (int(part[1]) + 1, 1) if month > 12 else (int(part[1]), month)
        return f"{year:04}-{month:02}", "about"
    return (f"{value}0", "about") if re.fullmatch(r"\d{3}", value) else None


def days_covered(time: Time) -> Days | None:
    """The first and the last day that a time covers; None if it has no date that is known."""
    when = calendar_date(time)
    if when is None:
        return None
    value, precision = when
    first = parse_day(value)
    if first is not None:
        length = 1 if precision == "day" else 2 if time.value.endswith("-WE") else 7
        return _stretch(first, timedelta(days=length - 1))
    year, month = int(value[:4]), int(value[5:7] or 0)
    if not 1 <= year < date.max.year:
        return None
    if month and precision == "month":
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if month:  # the middle month of a season or quarter
        middle = date(year, month, 15)
        return _stretch((middle - timedelta(days=45)).replace(day=1), timedelta(days=91))
    return date(year, 1, 1), date(year + (9 if precision == "about" else 0), 12, 31)


def _stretch(first: date, length: timedelta) -> Days:
    return first, min(first, date.max - length) + length


YEARLY = re.compile(r"\d{4}-(?:SP|SU|FA|WI)")
DATING = re.compile(
    r"(?:^|\W)(?:in|since|by|until|from|after|before|during|of|to|and|or|early|late|mid|around|about)[\s-]+$",
    re.IGNORECASE,
)


def dates_sentence(text: str, time: Time) -> bool:
    """Whether a time dates its sentence.

    A day before what it names ("the Sept. 11 attacks") dates nothing; a season of no year ("in winter") comes every
    year; a year before a noun ("the 2016 election") names something; "this year" says no more than the article's day.
    """
    words = text[slice(*time.span)].casefold()
    if _names_something(text, time):
        return False
    if YEARLY.fullmatch(time.value):
        return " " in words or not words.isalpha()
    if words.isdecimal() and len(words) == 4:
        return bool(DATING.search(text[max(0, time.span[0] - 20) : time.span[0]])) or time.span[0] == 0
    return words not in {"this year", "the year"}


def _names_something(text: str, time: Time) -> bool:
    known = (named for named in tables()["named"].values() if named["value"] == time.value)
    after = re.match(r"\s+(\w+)", text[time.span[1] : time.span[1] + 20])
    return after is not None and any(after[1].casefold() in named["before"] for named in known)
