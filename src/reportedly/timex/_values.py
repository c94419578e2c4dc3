"""What a time expression means, and its TIMEX3 value once the day of speech is known.

Values follow ISO 8601 as TIMEX3 uses it (ISO 24617-1; TIDES 2005): 2019-05-14, 2019-W20, 2019-SP, 2019-W19-WE, P3D,
PT1H30M, XXXX-WXX-2, PAST_REF. An `Expr` is what the words alone say; `resolve` adds the day of speech, the last date
told before, and the tense. It is pure arithmetic, so that a date learned later (from the story's other articles) can
resolve the same words again.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, get_args

from reportedly._records import TimeType

Tense = Literal["past", "present", "future", "planned"]
"""``planned`` is what was ahead of something past ("agreed to sell in October"): it may be over by now."""
TENSES: tuple[Tense, ...] = get_args(Tense)

Op = Literal[
    "value", "month_day", "month", "day_of_month", "weekday", "weekend", "unit", "story_unit", "story_same",
    "season", "quarter", "holiday", "decade", "year_end", "clock", "weekday_of_week", "event",
]  # fmt: skip

COUNTED_FROM_STORY = frozenset(("story_unit", "story_same", "clock"))
"""Ops that count from the last date told before, not from the day of speech."""

SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True, slots=True)
class Expr:
    """What a time expression says by itself.

    ``shift`` counts units from the day of speech; with a weekday, month or season -1 is "last", 0 "this", 1 "next" and
    None says nothing. ``part`` is a part of the day ("MO") or a clock time ("15:00").
    """

    type: TimeType
    op: Op
    value: str = ""
    unit: str = ""
    shift: int | None = None
    month: int = 0
    day: int = 0
    weekday: int = 0
    part: str = ""
    hints: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Anchors:
    """What an expression can be resolved against: the day of speech, and the value of the last date told before."""

    published: date | None
    told: str | None
    tense: Tense | None


Resolved = tuple[str, Literal["none", "published", "told", "unresolved", "event"]]
"""A value, and which anchor gave it."""


def iso_week(day: date) -> str:
    """The ISO week of a day: 2019-W20."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def parse_day(value: str) -> date | None:
    """The day of an ISO date or date and time; None if it is less than a day or no day of the calendar."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)(?!\d)", value)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def add_months(day: date, months: int) -> date | None:
    """The same day some months away, or the month's last; None outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date | None:
    """A day some days away; None outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shifted(day: date, unit: str, count: int) -> str | None:
    """The value, at the unit's own grain, of the unit that lies ``count`` units from the one that holds ``day``."""
    if abs(count) > 100_000:
        return None
    moved: date | None
    if unit in "DWF":
        moved = add_days(day, count * {"D": 1, "W": 7, "F": 14}[unit])
        if moved is None:
            return None
        return moved.isoformat() if unit == "D" else iso_week(moved)
    if unit in "NQ":
        moved = add_months(day, count * (3 if unit == "Q" else 1))
        if moved is None:
            return None
        return f"{moved.year:04}-{moved.month:02}" if unit == "N" else f"{moved.year:04}-Q{(moved.month + 2) // 3}"
    year = day.year + count * {"Y": 1, "E": 10, "C": 100}.get(unit, 1000)
    if not 1 <= year <= 9999:
        return None
    return f"{year:04}"[: {"Y": 4, "E": 3, "C": 2}.get(unit, 1)]


UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "F": "XXXX-WXX", "N": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX",
           "E": "XXX", "C": "XX", "L": "X"}  # fmt: skip


def resolve(expr: Expr, anchors: Anchors) -> Resolved:
    """The value of an expression and the anchor that gave it; an unresolved one has X for what is not known."""
    if expr.op == "value":
        return expr.value, "none"
    if expr.op == "event":
        return UNKNOWN[expr.unit], "event"
    value, source = _from_story(expr, anchors) if expr.op in COUNTED_FROM_STORY else _from_speech(expr, anchors)
    if expr.part and "T" not in value and not value.startswith("P"):
        value = f"{value}T{expr.part}"
    return value, source


def _from_speech(expr: Expr, anchors: Anchors) -> Resolved:
    """Tuesday, "last month", "in winter": from the day of speech; with X where it is not known."""
    found = _from_published(expr, anchors) if anchors.published else None
    return (found, "published") if found else (_open_value(expr), "unresolved")


def _open_value(expr: Expr) -> str:
    """The value with X for whatever only the day of speech can tell."""
    if expr.op == "month_day":
        return f"XXXX-{expr.month:02}-{expr.day:02}"
    if expr.op == "month":
        return f"XXXX-{expr.month:02}"
    if expr.op == "day_of_month":
        return f"XXXX-XX-{expr.day:02}"
    if expr.op in ("weekday", "weekday_of_week"):
        return f"XXXX-WXX-{expr.weekday}"
    if expr.op == "holiday":
        fixed = re.fullmatch(r"\d\d-\d\d", expr.value)
        return f"XXXX-{expr.value}" if fixed else "XXXX-XX-XX"
    if expr.op == "decade":
        return f"X{expr.value}"
    simple = {"weekend": "XXXX-WXX-WE", "season": f"XXXX-{expr.value}", "quarter": f"XXXX-{expr.value}",
              "year_end": "XXXX"}  # fmt: skip
    return simple.get(expr.op) or UNKNOWN.get(expr.unit, "XXXX-XX-XX")


def _from_story(expr: Expr, anchors: Anchors) -> Resolved:
    """The next day, "a week earlier", "that month", "in the morning": from the last date told before."""
    day = parse_day(anchors.told) if anchors.told else None
    if expr.op == "clock":
        if day:
            return day.isoformat(), "told"
        if anchors.published:
            return anchors.published.isoformat(), "published"
        return "XXXX-XX-XX", "unresolved"
    coarse = day
    if day is None and anchors.told:
        year_month = re.match(r"(\d{4})(?:-(\d\d)(?!\d))?", anchors.told)
        enough = year_month and (expr.unit in "YEC" or (expr.unit in "NQ" and year_month[2]))
        if year_month and enough and int(year_month[1]) > 0 and int(year_month[2] or 1) in range(1, 13):
            coarse = date(int(year_month[1]), int(year_month[2] or 1), 1)
    found = shifted(coarse, expr.unit, expr.shift or 0) if coarse else None
    if found:
        return found, "told"
    return UNKNOWN.get(expr.unit, "XXXX-XX-XX"), "unresolved"


def _from_published(expr: Expr, anchors: Anchors) -> str | None:
    now, tense = anchors.published, anchors.tense
    if now is None:
        return None
    day: date | None = None
    if expr.op == "unit":
        return _unit(expr, now, tense)
    if expr.op == "weekday":
        day = weekday(expr.weekday, now, expr.shift, tense)
    elif expr.op == "weekday_of_week":
        day = add_days(now, 7 * (expr.shift or 0) + expr.weekday - now.isoweekday())
    elif expr.op == "month_day":
        day = _nearest(
            [_day(year, expr.month, expr.day) for year in range(now.year - 8, now.year + 9)], now, tense, expr
        )
    elif expr.op == "day_of_month":
        months = [add_months(now.replace(day=1), count) for count in (-2, -1, 0, 1, 2)]
        day = _nearest([_day(month.year, month.month, expr.day) for month in months if month], now, tense, expr)
    elif expr.op == "holiday":
        years = range(max(1, now.year - 1), now.year + 2)
        day = _shifted_day([holiday(expr.value, year) for year in years], now, tense, expr)
    if day:
        return day.isoformat()
    return _coarse(expr, now, tense)


def _unit(expr: Expr, now: date, tense: Tense | None) -> str | None:
    shift = expr.shift or 0
    # On a Sunday "this week" of what is to come is the week that begins tomorrow, "last week" that which ends.
    if expr.unit == "W" and now.isoweekday() == 7:
        shift += 1 if shift == -1 or (shift == 0 and tense == "future") else 0
    return shifted(now, expr.unit, shift)


def _coarse(expr: Expr, now: date, tense: Tense | None) -> str | None:
    if expr.op == "weekend":
        return weekend(now, expr.shift, tense)
    if expr.op == "month":
        found = _shifted_month(expr.month, now, expr.shift, tense)
        return f"{found.year:04}-{found.month:02}"
    if expr.op == "season":
        return season(expr.value, now, expr.shift, tense)
    if expr.op == "quarter":
        month = int(expr.value[1]) * (3 if expr.value[0] == "Q" else 6)
        year = now.year if expr.shift is None else now.year + expr.shift
        if expr.shift is None and tense != "future" and month - 2 > now.month:
            year -= 1
        elif expr.shift is None and tense == "future" and month < now.month:
            year += 1
        return f"{year:04}-{expr.value}"
    if expr.op == "decade":
        here = now.year // 10
        century = here // 10 if here % 10 >= int(expr.value) // 10 else here // 10 - 1
        return f"{century:02}{int(expr.value) // 10}"
    if expr.op == "year_end":
        # "By the end of the year", told in spring of what is over, is last year's; from July on it is this year's.
        return f"{now.year - 1 if tense == 'past' and now.month <= 6 else now.year:04}"
    return None


def weekday(wanted: int, now: date, shift: int | None, tense: Tense | None) -> date | None:
    """The day a weekday's name (1 is Monday) stands for in a text of the day ``now``.

    The day's own name is that day. Any other is the last such day, or the next if the verb looks ahead. "Last Tuesday"
    is the last one before today, "next Tuesday" the one in another week than this, as news has it.
    """
    back = (now.isoweekday() - wanted) % 7
    if shift == -1:
        return add_days(now, -(back or 7))
    if shift == 1:
        return add_days(now, 7 + wanted - now.isoweekday())
    if back == 0:
        return now
    if tense in ("future", "planned") or (shift == 0 and tense != "past"):
        return add_days(now, 7 - back)
    return add_days(now, -back)


def weekend(now: date, shift: int | None, tense: Tense | None) -> str | None:
    """The weekend of an ISO week: 2019-W19-WE. On Saturday and Sunday it is the present one."""
    weeks = shift or 0
    if now.isoweekday() < 6 and (shift is None or shift == 0):
        behind = tense == "past" if shift == 0 else tense not in ("future", "planned")
        weeks = -1 if behind else 0
    day = add_days(now, 7 * weeks)
    return f"{iso_week(day)}-WE" if day else None


def season(name: str, now: date, shift: int | None, tense: Tense | None) -> str | None:
    """The season as its year and name; a winter has the year its December lies in."""
    here = now.year * 12 + now.month
    starts = [(year * 12 + SEASON_START[name], year) for year in range(now.year - 2, now.year + 2)]
    running = next((year for start, year in starts if start <= here < start + 3), None)
    over, over_year = max((start, year) for start, year in starts if start + 3 <= here)
    ahead, ahead_year = min((start, year) for start, year in starts if start > here)
    if shift == -1:
        year = over_year
    elif shift == 1:
        year = ahead_year
    elif running is not None:
        year = running
    elif tense == "future":
        year = ahead_year
    elif tense == "past" and shift is None:
        year = over_year
    else:
        year = ahead_year if ahead - here < here - over else over_year
    return f"{year:04}-{name}"


def _shifted_month(month: int, now: date, shift: int | None, tense: Tense | None) -> date:
    this = date(now.year, month, 1)
    here = now.replace(day=1)
    past = this if this <= here else this.replace(year=max(1, now.year - 1))
    ahead = this if this >= here else this.replace(year=min(9999, now.year + 1))
    if shift == 0:
        return this
    if shift == -1:
        return past if past < here else past.replace(year=max(1, past.year - 1))
    if shift == 1:
        return ahead if ahead > here else ahead.replace(year=min(9999, ahead.year + 1))
    if tense == "future":
        return ahead
    back, on = (here - past).days, (ahead - here).days
    if tense == "past":
        return past
    return ahead if on < back else past


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(days: list[date | None], now: date, tense: Tense | None, expr: Expr) -> date | None:
    """The day that fits the weekday, if one is named, and the tense, and is nearest."""
    known = [day for day in days if day and (not expr.weekday or day.isoweekday() == expr.weekday)]
    if expr.weekday and known:
        return min(known, key=lambda day: (abs((day - now).days), day))
    # A weekday that agrees with no year near is a slip of the author's: then the day of the month counts.
    known = known or [day for day in days if day]
    past = max((day for day in known if day <= now), default=None)
    ahead = min((day for day in known if day >= now), default=None)
    if past is None or ahead is None:
        return past or ahead
    back, on = (now - past).days, (ahead - now).days
    if tense == "future":
        return ahead
    if tense == "past":
        return past
    return ahead if on < back else past


def _shifted_day(days: list[date | None], now: date, tense: Tense | None, expr: Expr) -> date | None:
    known = [day for day in days if day]
    if expr.shift == -1:
        return max((day for day in known if day < now), default=None)
    if expr.shift == 1:
        return min((day for day in known if day > now), default=None)
    if expr.shift == 0:
        return next((day for day in known if day.year == now.year), None)
    return _nearest(days, now, tense, expr)


def holiday(rule: str, year: int) -> date | None:
    """The day of a holiday in a year, by its rule in data/times.toml."""
    if not 1583 <= year <= 9998:
        return None
    if re.fullmatch(r"\d\d-\d\d", rule):
        return _day(year, int(rule[:2]), int(rule[3:]))
    if rule.startswith("easter"):
        return add_days(easter(year), int(rule.split()[1]))
    nth, name, month, *plus = (int(part) for part in rule.split())
    if nth > 0:
        first = date(year, month, 1)
        day = add_days(first, (name - first.isoweekday()) % 7 + 7 * (nth - 1))
    else:
        last = date(year, month, monthrange(year, month)[1])
        day = add_days(last, -((last.isoweekday() - name) % 7))
    return add_days(day, plus[0] if plus else 0) if day else None


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Nature, 1876; Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    x = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * x) // 433
    month = (h + x - 7 * m + 90) // 25
    return date(year, month, (h + x - 7 * m + 33 * month + 19) % 32)
