"""Dates as people read them, and the days that a TIMEX3 value covers.

Values come from articles' metadata (ISO 8601) and from time expressions (TIMEX3: ``2019``, ``2019-05``, ``2019-W20``,
``2019-SU``, ``2019-05-14T15:00``). What cannot be understood is shown as it is, and has no place on a scale.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "AU": (9, 11), "H1": (1, 6), "H2": (7, 12)}
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$")
_WEEK = re.compile(r"(\d{4})-W(\d{2})(?:-WE)?$")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])$")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|AU|H1|H2)$")
_MONTH = re.compile(r"(\d{4})-(\d{2})$")
_YEAR = re.compile(r"(\d{4})$")
_CLOCK = re.compile(r"[T ](\d{2}:\d{2})")


def day_of(value: str | None) -> date | None:
    """The day a value names, if it names one."""
    days = days_of(value or "")
    return days[0] if days and days[0] == days[1] else None


def days_of(value: str) -> tuple[date, date] | None:
    """First and last day that a value covers; None if it names no calendar time."""
    try:
        days = _days_of(value.strip())
    except (ValueError, OverflowError):
        return None
    return days if days and 1000 <= days[0].year < 3000 else None


def _days_of(value: str) -> tuple[date, date] | None:
    if found := _DAY.match(value):
        day = date(*map(int, found.groups()))
        return day, day
    if found := _WEEK.match(value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday, monday + timedelta(days=6)
    if found := _QUARTER.match(value):
        return _months(int(found[1]), 3 * int(found[2]) - 2, 3 * int(found[2]))
    if found := _SEASON.match(value):
        return _months(int(found[1]), *_SEASONS[found[2]])
    if found := _MONTH.match(value):
        return _months(int(found[1]), int(found[2]), int(found[2]))
    if found := _YEAR.match(value):
        return _months(int(found[1]), 1, 12)
    return None


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def say_date(value: str | None) -> str:
    """In words ("14 May 2019", "May 2019", "week of 13 May 2019"); as it is where it is no date; "" for None."""
    value = (value or "").strip()
    days = days_of(value)
    if not days:
        return value
    if _DAY.match(value):
        return say_day(days[0])
    if _WEEK.match(value):
        return f"week of {say_day(days[0])}"
    if _MONTH.match(value):
        return f"{MONTHS[days[0].month - 1]} {days[0].year}"
    if _YEAR.match(value):
        return str(days[0].year)
    return f"{MONTHS[days[0].month - 1]} to {MONTHS[days[1].month - 1]} {days[0].year}"


def say_day(day: date) -> str:
    """The day in words, as in "14 May 2019"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_clock(value: str | None) -> str:
    """The clock time that an ISO 8601 value carries, or "". Midnight exactly is how a bare date is often stored."""
    found = _CLOCK.search(value or "")
    return found[1] if found and found[1] != "00:00" else ""


def say_range(days: list[date]) -> str:
    """First to last day: "14 May 2019", "14–15 May 2019", "30 April – 2 May 2019"; "" for none."""
    if not days:
        return ""
    first, last = min(days), max(days)
    if first == last:
        return say_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{say_day(last)}"
    start = f"{first.day} {MONTHS[first.month - 1]}" if first.year == last.year else say_day(first)
    return f"{start} – {say_day(last)}"
