"""What expressions say that count from a day: "yesterday", "last Tuesday", "two weeks ago", "the day before"."""

from __future__ import annotations

from reportedly.timex._grammar import compiled
from reportedly.timex._lexer import tables
from reportedly.timex._match import Builder, Words, duration, number
from reportedly.timex._values import Expr


def _ago(words: Words) -> Expr | None:
    unit, count = words.unit(), number(words.list("q")) if words.has("q") else None
    if not words.has("q") and words.one("u").rstrip(".") in tables()["units"]:
        return None
    ahead = words.has("later")
    if words.match.re is compiled()[0]["ago_half"] and count is not None:
        count += 0.5
    if unit in "SMH":
        return Expr("TIME", "value", "FUTURE_REF" if ahead else "PAST_REF")
    if count is None:
        return Expr("DATE", "value", "FUTURE_REF" if ahead else "PAST_REF")
    if count != int(count) and unit in "YEC":
        unit, count = "N", count * {"Y": 12, "E": 120, "C": 1200}[unit]
    return Expr("DATE", "unit", unit=unit, shift=round(count) if ahead else -round(count))


def _ago_weekday(words: Words) -> Expr | None:
    """A week ago Friday: that weekday of the week so many weeks back."""
    count = number(words.list("q"))
    if words.unit() != "W" or not count or count > 60:
        return None
    return Expr("DATE", "weekday_of_week", weekday=words.lookup("weekdays", "w"), shift=-int(count))


def _weekdays_ago(words: Words) -> Expr | None:
    count = number(words.list("q"))
    if not count or count != int(count) or count > 60:
        return None
    weekday = tables()["weekdays"].get(words.one("w")[:-1])
    return Expr("DATE", "weekday_of_week", weekday=weekday, shift=-int(count)) if weekday else None


def _day_twice(words: Words) -> Expr | None:
    shift = tables()["days"].get(words.one("d"), 0)
    if words.lexed.word(words.match.start("dir") - 1) != "day" or not shift:
        return None
    return Expr("DATE", "unit", unit="D", shift=shift * 2) if (words.one("dir") == "before") == (shift < 0) else None


def _days(words: Words) -> Expr:
    if words.one("d") == "tonight":
        return Expr("TIME", "unit", unit="D", shift=0, part="NI")
    return Expr("DATE", "unit", unit="D", shift=tables()["days"][words.one("d")])


def _weekday(words: Words) -> Expr | None:
    wanted = words.lookup("weekdays", "w")
    if words.has("u"):
        return Expr("DATE", "weekday_of_week", weekday=wanted, shift=words.shift()) if words.unit() == "W" else None
    return Expr("DATE", "weekday", weekday=wanted, shift=words.shift())


def _weekend(words: Words) -> Expr:
    said = words.list("shift")
    if said and (said[-1] in ("that", "same") or said[-1] in STORY):
        return Expr("DATE", "weekend", shift=-1 if said[-1] in BACK else 0 if said[-1] in ("that", "same") else 1)
    return Expr("DATE", "weekend", shift=words.shift())


BACK = ("previous", "preceding", "prior")
STORY = (*BACK, "following", "ensuing")
"""Words that count from a date of the story, not from the day of speech."""


def _edge(words: Words) -> Expr | None:
    unit, shift = words.unit(), words.shift()
    if unit in "SMH":
        return None
    if unit == "D":
        return Expr("DATE", "story_same", unit="D", shift=0)
    if shift is None and unit == "Y":
        return Expr("DATE", "year_end", unit="Y")
    return Expr("DATE", "unit", unit=unit, shift=shift or 0)


def _last_night(words: Words) -> Expr | None:
    said, part = words.list("shift"), str(tables()["parts"][words.one("k")])
    if ":" in part or words.one("k").endswith("s"):
        return None
    word = said[-1]
    if word in ("that", "those", "same"):
        return Expr("TIME", "story_same", unit="D", shift=0, part=part)
    if word in STORY or said[0] == "the" or word == "next":
        return Expr("TIME", "story_unit", unit="D", shift=-1 if word in BACK else 1, part=part)
    if word == "last":
        return Expr("TIME", "unit", unit="D", shift=-1, part=part)
    return Expr("TIME", "unit", unit="D", shift=0, part=part) if word == "this" else None


def _same(words: Words) -> Expr | None:
    return Expr("DATE", "story_same", unit=words.unit(), shift=0) if words.unit() not in "SMH" else None


OVER = ("over", "in", "within", "during", "for", "throughout", "of", "across")
"""Before "the last year" they make a stretch of time of it."""


def _this_unit(words: Words) -> Expr | None:
    unit, said, shift = words.unit(), words.list("shift"), words.shift() or 0
    word, definite = said[-1], said[0] == "the"
    if unit in "SM" or (unit == "H" and not definite):
        return None
    if definite and word != "this":
        stretch = unit in "HEC" or (unit != "D" and words.lexed.word(words.first - 1) in OVER) or word == "past"
        if stretch and not (unit in "DW" and word in STORY):
            return Expr("DURATION", "value", duration(1, unit))
    if word in STORY or (definite and word == "next") or (word == "next" and unit == "D"):
        return Expr("DATE", "story_unit", unit=unit, shift=shift)
    return Expr("DATE", "unit", unit=unit, shift=shift)


def _day_before(words: Words) -> Expr | None:
    unit, lexed = words.unit(), words.lexed
    if unit in "SMH":
        return None
    shift = -1 if words.one("dir") == "before" else 1
    ends = words.last >= len(lexed.words) or lexed.classes[words.last] in ".,|"
    return Expr("DATE", "story_unit" if ends else "event", unit=unit, shift=shift)


def _in_day(words: Words) -> Expr | None:
    unit = words.unit()
    if unit in "SMHEC":
        return None
    return Expr("DATE", "clock", unit="D") if unit == "D" else Expr("DATE", "unit", unit=unit, shift=0)


def _last_many(words: Words) -> Expr | None:
    count = number(words.list("q"))
    if words.one("u").rstrip(".") in tables()["units"] and count != 1:
        return None
    if words.lexed.classes[words.match.start("shift")] == "T" and count is None and words.has("q"):
        return None
    return Expr("DURATION", "value", duration(count, words.unit()))


def _ahead(words: Words) -> Expr | None:
    # "Weeks ahead of the vote" says how long before it.
    return None if words.lexed.word(words.last) == "of" else Expr("DATE", "value", "FUTURE_REF")


def _past_many(words: Words) -> Expr | None:
    if words.lexed.classes[words.first] == "L":
        return None
    ahead = words.shift() == 1
    return Expr("DATE", "value", "FUTURE_REF" if ahead else "PAST_REF")


def _these_days(words: Words) -> Expr | None:
    return Expr("DATE", "value", "PRESENT_REF") if words.unit() == "D" else None


def _story(words: Words) -> Expr | None:
    unit, count, after = words.unit(), number(words.list("q")), words.lexed.word(words.last)
    back = words.one("dir") == "earlier"
    if unit in "SMH" or count is None or count != int(count) or after == "than":
        # Only the length is said: "a month earlier than usual", "a few days later".
        return None
    return Expr("DATE", "story_unit", unit=unit, shift=int(-count if back else count))


RELATIVE: dict[str, Builder] = {
    "ago_weekday": _ago_weekday, "ago": _ago, "ago_half": _ago, "weekdays_ago": _weekdays_ago,
    "day_twice": _day_twice, "days": _days, "weekday_of": _weekday, "weekday": _weekday, "weekend": _weekend,
    "edge": _edge, "edge_possessive": _edge, "last_night": _last_night, "same": _same, "this_unit": _this_unit,
    "day_before": _day_before, "in_day": _in_day, "last_many": _last_many, "these_days": _these_days,
    "past_many": _past_many, "ahead": _ahead, "story": _story,
}  # fmt: skip
"""By rule of the grammar (`_grammar`)."""
