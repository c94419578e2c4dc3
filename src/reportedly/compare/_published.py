"""Gives an article without a date the day its story's other articles show it to be of.

An article's own date line, URL or dated caption is looked at when it is read (`read._time_anchor`). Here the rest: the
other articles of a story tell of a main day, and an article whose lede names the same weekday tells of that day too.
Articles of a story that is told over many days give no date: then the article's weekdays stay unresolved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from reportedly._records import Reading
from reportedly.timex._resolve import resolve_times
from reportedly.timex._values import parse_day

LEDE = 2_500
"""Characters of a text's beginning whose days count as what the article tells of: about the first four paragraphs."""

SPREAD = 3
"""Days over which the dates of a story's articles may lie for them to date another; a story is mostly told in two."""


def known_day(reading: Reading) -> tuple[date, str] | None:
    """The day an article appeared, given or inferred from its own text, with the reason in words."""
    day = parse_day(reading.article.published or "")
    if day:
        return day, "its publication date"
    for time in reading.times:
        if (time.anchor or "").startswith("inferred:"):
            own = parse_day((time.anchor or "").removeprefix("inferred:"))
            if own:
                return own, "a date in its own text"
    return None


def infer_published(readings: Sequence[Reading]) -> Mapping[str, tuple[str, str]]:
    """Days of the articles that have no publication date, as article id → (ISO date, the reason in words).

    Articles whose day cannot be told are left out. The order of the readings changes nothing.
    """
    known = {reading.article.id: known_day(reading) for reading in readings}
    days = [entry[0] for entry in known.values() if entry]
    main = _main_day(readings)
    found: dict[str, tuple[str, str]] = {}
    for reading in sorted(readings, key=lambda reading: reading.article.id):
        if reading.article.published and parse_day(reading.article.published):
            continue
        own = known[reading.article.id]
        guess = (own[0].isoformat(), own[1]) if own else _from_others(reading, days, main)
        if guess:
            found[reading.article.id] = guess
    return found


def date_readings(
    readings: Sequence[Reading], found: Mapping[str, tuple[str, str]] | None = None
) -> tuple[Reading, ...]:
    """The readings with the times of undated articles resolved against the days that `infer_published` gave."""
    found = infer_published(readings) if found is None else found
    return tuple(
        resolve_times(reading, found[reading.article.id][0]) if reading.article.id in found else reading
        for reading in readings
    )


def _from_others(reading: Reading, days: Sequence[date], main: date | None) -> tuple[str, str] | None:
    if not days or max(days) - min(days) > timedelta(days=SPREAD):
        return None
    named = _lede_weekdays(reading)
    if main and main.isoweekday() in named:
        return main.isoformat(), "its lede names the weekday of the day that the story's other articles tell of"
    counted = Counter(days)
    best = min(counted, key=lambda day: (day.isoweekday() not in named, -counted[day], day))
    return best.isoformat(), "the story's other articles are of this day"


def _lede_weekdays(reading: Reading) -> set[int]:
    """Weekdays (1 is Monday) that the lede names without a date."""
    values = (time.value for time in reading.times if time.span[0] < LEDE)
    return {int(match[1]) for value in values if (match := re.match(r"XXXX-WXX-([1-7])", value))}


def _main_day(readings: Sequence[Reading]) -> date | None:
    """The day that the ledes of most dated articles tell of, the earliest of several."""
    told: Counter[date] = Counter()
    for reading in readings:
        entry = known_day(reading)
        if not entry:
            continue
        days = (parse_day(time.value) for time in reading.times if time.span[0] < LEDE and time.anchor)
        told.update({day for day in days if day and timedelta(0) <= entry[0] - day <= timedelta(days=2)})
    return min(told, key=lambda day: (-told[day], day), default=None)
