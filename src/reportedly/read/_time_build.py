"""Makes of each grammar match what it says: an `Expr`, or several for a range ("May 13-15", "12 to 18 months")."""

from __future__ import annotations

import re
from collections.abc import Callable

from reportedly.read._time_grammar import compiled
from reportedly.read._time_lexer import tables
from reportedly.read._time_values import Expr, parse_day
from reportedly.read._time_words import Words, duration, number, ordinal

TENTATIVE = frozenset({"tentative"})
"""Marks what is a time only beside a date: "15:46", "morning"."""


Piece = tuple[int, int, Expr]
Built = Expr | list[Piece] | None


# ---------------------------------------------------------------- dates


def _iso(words: Words) -> Expr | None:
    parts = re.match(r"(\d{4})-(\d\d?)-(\d\d?)(?:[t ](\d\d:\d\d))?", words.one("iso"))
    if not parts:
        return None
    return _absolute(int(parts[1]), int(parts[2]), int(parts[3]), parts[4] or "")


def _absolute(year: int, month: int, day: int, part: str = "") -> Expr | None:
    value = f"{year:04}-{month:02}-{day:02}"
    if not parse_day(value):
        return None
    return Expr("TIME" if part else "DATE", "value", value + (f"T{part}" if part else ""))


def _slashed(words: Words) -> Expr | None:
    first, second, last = (int(part) for part in re.split(r"[/.]", words.one("s")))
    dotted = "." in words.one("s")
    if last < 100:
        if dotted:
            return None
        last += 1900 if last > 69 else 2000
    if not 1000 <= last <= 2100 or not (1 <= first <= 31 and 1 <= second <= 31):
        return None
    if dotted or first > 12:
        return _absolute(last, second, first)
    if second > 12 or first == second:
        return _absolute(last, first, second)
    # 5/4/2019 is a day in May or in April, by the country of the outlet.
    return Expr("DATE", "value", f"{last}-XX-XX")


def _fixed(words: Words) -> Expr:
    return Expr("DATE", "value", tables()["fixed"][words.lexed.word(words.first)])


def _full(words: Words) -> list[Piece] | Expr | None:
    year, month, day = int(words.one("y")), words.lookup("months", "m"), words.day("d")
    first = _absolute(year, month, day)
    if not first:
        return None
    weekday = words.lookup("weekdays", "w") if words.has("w") else 0
    if words.has("d2"):
        return _range(words, first, _absolute(year, month, words.day("d2")))
    return Expr("DATE", "value", first.value, weekday=weekday)


def _range(words: Words, first: Expr, second: Expr | None) -> list[Piece] | None:
    """Two days of one month: the month goes with the day it stands beside."""
    middle, other = words.at("d"), words.at("d2")
    if second is None:
        return None
    if words.at("m")[0] < middle[0]:
        return [(words.first, middle[1], first), (other[0], words.last, second)]
    return [(words.first, middle[1], first), (other[0], words.last, second)]


def _month_day(words: Words) -> list[Piece] | Expr | None:
    month, day = words.lookup("months", "m"), words.day("d")
    weekday = words.lookup("weekdays", "w") if words.has("w") else 0
    # 2000 was a leap year: every day of the year is a day of it.
    if not _absolute(2000, month, day):
        return None
    first = Expr("DATE", "month_day", month=month, day=day, weekday=weekday)
    if not words.has("d2"):
        return first
    if not _absolute(2000, month, words.day("d2")):
        return None
    return _range(words, first, Expr("DATE", "month_day", month=month, day=words.day("d2")))


def _weekday_day(words: Words) -> Expr | None:
    day = words.day("d")
    return Expr("DATE", "day_of_month", day=day, weekday=words.lookup("weekdays", "w")) if day else None


def _month_year(words: Words) -> Expr:
    return Expr("DATE", "value", f"{words.one('y')}-{words.lookup('months', 'm'):02}")


def _month(words: Words) -> Expr:
    return Expr("DATE", "month", month=words.lookup("months", "m"), shift=words.shift())


def _years(words: Words) -> list[Piece] | None:
    first, second = words.one("y"), words.one("y2")
    if not re.fullmatch(r"\d{2}|\d{4}", second):
        return None
    if len(second) == 2:
        if int(second) <= int(first[2:]):
            return None
        second = first[:2] + second
    if not 0 < int(second) - int(first) <= 150:
        return None
    at, at2 = words.at("y"), words.at("y2")
    return [(*at, Expr("DATE", "value", first)), (*at2, Expr("DATE", "value", second))]


def _year(words: Words) -> Expr:
    return Expr("DATE", "value", words.one("y"))


def _half(words: Words) -> Expr | None:
    half = ordinal(words.one("o"))
    if half not in (1, 2) or (words.has("u") and words.unit() != "Y"):
        return None
    if words.has("y"):
        return Expr("DATE", "value", f"{words.one('y')}-H{half}")
    return Expr("DATE", "quarter", f"H{half}", shift=words.shift() or 0)


def _quarter(words: Words) -> Expr | None:
    if words.has("q"):
        name = "Q" + re.sub(r"\D", "", words.one("q"))
    else:
        name = f"Q{ordinal(words.one('o'))}"
        unit = words.lexed.word(words.at("o")[1] + (words.lexed.word(words.at("o")[1]) in "-–‐‑‒"))
        if unit != "quarter" or name not in ("Q1", "Q2", "Q3", "Q4"):
            return None
    if words.has("y"):
        return Expr("DATE", "value", f"{words.one('y')}-{name}")
    shift = (words.shift() or 0) if words.has("shift") else None
    return Expr("DATE", "quarter", name, shift=shift)


def _season(words: Words) -> Expr:
    name = str(tables()["seasons"][words.one("s")])
    if words.has("y"):
        return Expr("DATE", "value", f"{words.one('y')}-{name}")
    return Expr("DATE", "season", name, shift=words.shift())


def _decade(words: Words) -> Expr | None:
    word = words.one("e")
    digits = re.sub(r"\D", "", word)
    if not digits:
        return Expr("DATE", "decade", str(tables()["decades"][word]))
    if len(digits) == 2:
        return Expr("DATE", "decade", digits)
    if len(digits) != 4 or not "1000" <= digits <= "2090":
        return None
    # "The 1800s" is a century; "the 2000s" is what people call the decade.
    return Expr("DATE", "value", digits[:2] if digits.endswith("00") and digits < "2000" else digits[:3])


def _century(words: Words) -> Expr | None:
    count = ordinal(words.one("o"))
    if words.unit() != "C" or not 1 <= count <= 30:
        return None
    return Expr("DATE", "value", f"{count - 1:02}")


# ---------------------------------------------------------------- relative to the day of speech


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


# ---------------------------------------------------------------- sets and durations


def _every(words: Words) -> Expr | None:
    start = words.at("u")[0]
    letter, word = words.lexed.classes[start], words.one("u")
    between = words.lexed.words[words.first + 1 : start]
    data = tables()
    if letter in "uU":
        count = 2.0 if between[-1:] in (("other",), ("alternate",)) else number(between) if between else 1.0
        return Expr("SET", "value", duration(count, words.unit()))
    if word == "second" and between:
        return Expr("SET", "value", duration(number(between), "S"))
    values: dict[str, Callable[[], str]] = {
        "W": lambda: f"XXXX-WXX-{data['weekdays'][word.rstrip('.')]}", "9": lambda: "XXXX-WXX-WE",
        "k": lambda: f"XXXX-XX-XXT{data['parts'][word]}", "M": lambda: f"XXXX-{data['months'][word.rstrip('.')]:02}",
        "s": lambda: f"XXXX-{data['seasons'][word]}",
    }  # fmt: skip
    return Expr("SET", "value", values[letter]()) if letter in values else None


def _times_a(words: Words) -> Expr:
    return Expr("SET", "value", duration(1, words.unit()) if words.unit() else "XXXX-WXX-WE")


def _per(words: Words) -> Expr | None:
    if words.lexed.classes[words.first] != "P":
        return None
    return Expr("SET", "value", duration(1, words.unit()))


def _sets(words: Words) -> Expr:
    return Expr("SET", "value", tables()["sets"][words.one("a")])


def _weekdays(words: Words) -> Expr | None:
    word = words.one("w")
    value = "XXXX-WXX-WE" if word == "weekends" else f"XXXX-WXX-{tables()['weekdays'][word[:-1]]}"
    if words.has("k"):
        part = str(tables()["parts"][words.one("k")])
        value += f"T{part}"
    return Expr("SET", "value", value)


def _all_unit(words: Words) -> Expr | None:
    return Expr("DURATION", "value", duration(1, words.unit())) if words.unit() in "DWNY" else None


def _half_unit(words: Words) -> Expr | None:
    unit = words.unit()
    return Expr("DURATION", "value", duration(0.5, unit)) if unit not in "SQ" else None


def _unit_and_half(words: Words) -> Expr | None:
    count = number(words.list("q")) if words.has("q") else 1.0
    return Expr("DURATION", "value", duration(None if count is None else count + 0.5, words.unit()))


def _two_units(words: Words) -> Expr | None:
    first, second = number(words.list("q")), number(words.list("q2"))
    order = "CEYNWDHMS"
    unit, unit2 = words.unit(), words.unit("u2")
    if first is None or second is None or unit not in order or unit2 not in order:
        return None
    if order.index(unit) >= order.index(unit2):
        return None
    head, tail = duration(first, unit), duration(second, unit2)[1:]
    return Expr("DURATION", "value", head + (tail.removeprefix("T") if "T" in head else tail))


def _many_to_many(words: Words) -> list[Piece] | Expr | None:
    first, second, unit = number(words.list("q")), number(words.list("q2")), words.unit()
    joined = words.lexed.word(words.at("q")[1])
    if unit == "Q" or (joined == "and" and words.lexed.word(words.first - 1) != "between"):
        return None
    if first is not None and second is not None and first >= second:
        return None
    start, end = words.at("q")
    begin = words.at("q2")[0]
    return [
        (start, end, Expr("DURATION", "value", duration(first, unit))),
        (begin, words.last, Expr("DURATION", "value", duration(second, unit))),
    ]


def _duration(words: Words) -> Expr | None:
    unit, count, lexed = words.unit(), number(words.list("q")) if words.has("q") else None, words.lexed
    u = words.at("u")[0]
    if lexed.classes[u] == "O":
        hyphenated = lexed.classes[u - 1] == "-"
        if words.one("u") != "second" or not (hyphenated or (count == 1 and words.one("q") == "one")):
            return None
    if not unit or unit == "Q" or (lexed.classes[u] == "u" and count not in (1, None) and lexed.classes[u - 1] != "-"):
        return None
    # "Many a year" aside, a vague number wants the plural: "a few day" is no phrase.
    if count is None and lexed.classes[u] != "U":
        return None
    return Expr("DURATION", "value", duration(count, unit))


def _units(words: Words) -> Expr | None:
    return Expr("DURATION", "value", duration(None, words.unit())) if words.unit() != "Q" else None


def _lengths(words: Words) -> Expr:
    return Expr("DURATION", "value", tables()["lengths"][words.one("b")])


# ---------------------------------------------------------------- times of day, references


def _clock(words: Words) -> Expr | None:
    parts = re.fullmatch(r"(\d{1,2})(?:[:.](\d\d)(?::\d\d)?)?|(\d{2})(\d{2})", words.one("c"))
    if not parts:
        return None
    hour, minute = int(parts[1] or parts[3]), int(parts[2] or parts[4] or 0)
    half = next(
        (word for word in words.lexed.words[words.first : words.last] if word[:2] in ("am", "pm", "a.", "p.")), ""
    )
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 24 or minute > 59:
        return None
    hour %= 24
    sure = bool(half) or words.has("z") or words.lexed.classes[words.last - 1] == "6"
    return Expr("TIME", "clock", unit="D", part=f"{hour:02}:{minute:02}", hints=frozenset() if sure else TENTATIVE)


def _part(words: Words) -> Expr | None:
    part = str(tables()["parts"][words.one("k")])
    if ":" in part:
        return Expr("TIME", "clock", unit="D", part=part)
    return Expr(
        "TIME", "story_same", unit="D", shift=0, part=part, hints=frozenset() if words.has("pre") else TENTATIVE
    )


def _reference(words: Words) -> Expr | None:
    word, data = words.one("j"), tables()
    value = data["references"].get(word) or data["nouns"].get(word)
    return Expr("DATE", "value", value) if value else None


def _day_of_month(words: Words) -> Expr | None:
    day = words.day("d")
    return (
        Expr("DATE", "day_of_month", day=day)
        if day and words.lexed.classes[words.last : words.last + 2] != "oM"
        else None
    )


def _age(words: Words) -> Expr:
    return Expr(
        "DURATION", "value", duration(number(words.lexed.words[words.first : words.at("u")[0] - 1]), words.unit())
    )


BUILDERS: dict[str, Callable[[Words], Built]] = {
    "iso": _iso, "slashed": _slashed, "fixed": _fixed, "month_day_year": _full, "day_month_year": _full,
    "month_day": _month_day, "day_month": _month_day, "weekday_day": _weekday_day, "month_year": _month_year,
    "month": _month, "age": _age, "years": _years, "fiscal": _year, "half_of": _half, "half_year": _half,
    "quarter_of": _quarter, "quarter": _quarter, "season_year": _season, "decade": _decade, "century": _century,
    "ago_weekday": _ago_weekday, "ago": _ago, "ago_half": _ago, "weekdays_ago": _weekdays_ago,
    "day_twice": _day_twice, "days": _days, "weekday_of": _weekday, "weekday": _weekday, "weekend": _weekend,
    "edge": _edge, "edge_possessive": _edge, "last_night": _last_night, "same": _same, "this_unit": _this_unit,
    "day_before": _day_before, "in_day": _in_day, "last_many": _last_many, "these_days": _these_days,
    "past_many": _past_many, "ahead": _ahead, "story": _story, "story_vague": _units, "season_shift": _season,
    "season": _season, "every": _every, "times_a": _times_a, "per": _per, "sets": _sets, "weekdays": _weekdays,
    "all_unit": _all_unit, "half_unit": _half_unit, "unit_and_half": _unit_and_half, "many_and_half": _unit_and_half,
    "two_units": _two_units, "many_to_many": _many_to_many, "duration": _duration, "units_long": _units,
    "lengths": _lengths, "units": _units, "clock": _clock, "clock_hour": _clock, "clock_four": _clock,
    "in_part": _part, "part": _part, "noun": _reference, "references": _reference, "at_present": _reference,
    "day_of_month": _day_of_month, "year": _year,
}  # fmt: skip
"""What each rule of the grammar says, by its name."""
