"""What expressions of the calendar say: "May 14, 2019", "May 13-15", "the second quarter", "the 1930s", "in winter"."""

from __future__ import annotations

import re

from reportedly.timex._lexer import tables
from reportedly.timex._match import Builder, Piece, Words, ordinal
from reportedly.timex._values import Expr, parse_day


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
    """Two days of one month: each is an expression, with what stands on its own side of the hyphen."""
    middle, other = words.at("d"), words.at("d2")
    if second is None:
        return None
    return [(words.first, middle[1], first), (other[0], words.last, second)]


def _month_day(words: Words) -> list[Piece] | Expr | None:
    month, day = words.lookup("months", "m"), words.day("d")
    weekday = words.lookup("weekdays", "w") if words.has("w") else 0
    # 2000 was a leap year: every day of the year is a day of it.
    if not _absolute(2000, month, day):
        return None
    named = tables()["named"].get(f"{month}-{day}")
    elsewhere = words.lexed.word(words.last + 1) in ("in", "at")  # "the Sept. 11 attacks in Oster" are others
    if named and words.lexed.word(words.last) in named["before"] and not elsewhere:
        return Expr("DATE", "value", named["value"])
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


def _day_of_month(words: Words) -> Expr | None:
    day = words.day("d")
    return (
        Expr("DATE", "day_of_month", day=day)
        if day and words.lexed.classes[words.last : words.last + 2] != "oM"
        else None
    )


CALENDAR: dict[str, Builder] = {
    "iso": _iso, "slashed": _slashed, "fixed": _fixed, "month_day_year": _full, "day_month_year": _full,
    "month_day": _month_day, "day_month": _month_day, "weekday_day": _weekday_day, "month_year": _month_year,
    "month": _month, "years": _years, "fiscal": _year, "half_of": _half, "half_year": _half, "quarter_of": _quarter,
    "quarter": _quarter, "season_year": _season, "decade": _decade, "century": _century,
    "day_of_month": _day_of_month, "season_shift": _season,
    "season": _season, "year": _year,
}  # fmt: skip
"""By rule of the grammar (`_grammar`)."""
