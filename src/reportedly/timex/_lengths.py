"""What durations and sets say: "12 to 18 months", "an hour and a half", "every other Friday", "twice a year"."""

from __future__ import annotations

from collections.abc import Callable

from reportedly.timex._lexer import tables
from reportedly.timex._match import Builder, Piece, Words, duration, number
from reportedly.timex._values import Expr


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


def _age(words: Words) -> Expr:
    return Expr(
        "DURATION", "value", duration(number(words.lexed.words[words.first : words.at("u")[0] - 1]), words.unit())
    )


LENGTHS: dict[str, Builder] = {
    "age": _age, "story_vague": _units, "every": _every, "times_a": _times_a, "per": _per, "sets": _sets,
    "weekdays": _weekdays, "all_unit": _all_unit, "half_unit": _half_unit, "unit_and_half": _unit_and_half,
    "many_and_half": _unit_and_half, "two_units": _two_units, "many_to_many": _many_to_many, "duration": _duration,
    "units_long": _units, "lengths": _lengths, "units": _units,
}  # fmt: skip
"""By rule of the grammar (`_grammar`)."""
