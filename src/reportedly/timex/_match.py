"""A grammar match with its words at hand, and what number words, units and durations say."""

from __future__ import annotations

import re
from collections.abc import Callable

from reportedly.timex._lexer import Lexed, tables
from reportedly.timex._values import Expr


class Words:
    """A match of a rule, with its words at hand."""

    def __init__(self, lexed: Lexed, match: re.Match[str]) -> None:
        self.lexed, self.match = lexed, match
        self.first, self.last = match.span()

    def has(self, group: str) -> bool:
        """Whether the rule has the group and it took part."""
        return group in self.match.re.groupindex and self.match.start(group) >= 0

    def at(self, group: str) -> tuple[int, int]:
        """First word, and the one after the last, of the group."""
        return self.match.span(group)

    def list(self, group: str) -> tuple[str, ...]:
        """The group's words; none if it took no part."""
        if not self.has(group):
            return ()
        start, end = self.at(group)
        return self.lexed.words[start:end]

    def one(self, group: str) -> str:
        """The group's last word; empty if it took no part."""
        words = self.list(group)
        return words[-1] if words else ""

    def lookup(self, section: str, group: str) -> int:
        """The number a table gives for the group's word."""
        return int(tables()[section][self.one(group).rstrip(".")])

    def unit(self, group: str = "u") -> str:
        """The code of the group's unit; "S" for "second"."""
        word, data = self.one(group).rstrip("."), tables()
        return str(data["units"].get(word) or data["unit_plurals"].get(word) or ("S" if word == "second" else ""))

    def day(self, group: str) -> int:
        """A day of the month; 0 if it is none."""
        found = ordinal(self.one(group))
        return found if 1 <= found <= 31 else 0

    def shift(self, group: str = "shift") -> int | None:
        """-1 for "last", 0 for "this", 1 for "next", None if nothing is said."""
        classes = self.lexed.classes[slice(*self.at(group))] if self.has(group) else ""
        return next((value for letter, value in (("L", -1), ("T", 0), ("n", 1), ("h", 0)) if letter in classes), None)


Piece = tuple[int, int, Expr]
"""A part of a match that is an expression by itself: its first word, the one after its last, what it says."""
Built = Expr | list[Piece] | None
"""What a match says: one expression, or one for each end of a range ("May 13-15", "12 to 18 months"), or nothing."""
Builder = Callable[[Words], Built]


def ordinal(word: str) -> int:
    """The number in "14", "14th" or "fourteenth"; 0 if there is none."""
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else int(tables()["ordinals"].get(word, 0))


def number(words: tuple[str, ...]) -> float | None:
    """The number that words or digits say; None for a vague one ("a few", "dozens of")."""
    total, names = 0.0, tables()["numbers"]
    if words in (("a",), ("an",)):
        return 1
    if words == ("a", "dozen"):
        return 12
    for word in words:
        if word in ("a", "an") or not word.strip("-–‐‑‒"):
            continue
        if word in ("hundred", "thousand"):
            total = (total or 1) * float(names[word])
        elif word in names:
            total += float(names[word])
        elif word[0].isdigit() or word in "½¼¾":
            total += _digits(word)
        else:
            return None
    return total


def _digits(word: str) -> float:
    fraction = {"½": 0.5, "¼": 0.25, "¾": 0.75}.get(word[-1], 0.0)
    word = word.rstrip("½¼¾ ")
    if " " in word:
        word, part = word.split()
        above, below = part.split("/")
        fraction = int(above) / int(below) if int(below) else 0.0
    return (float(word.replace(",", "")) if word else 0.0) + fraction


_PIECES = {"S": ("T", 1, "S"), "M": ("T", 1, "M"), "H": ("T", 1, "H"), "D": ("", 1, "D"), "W": ("", 1, "W"),
           "F": ("", 2, "W"), "N": ("", 1, "M"), "Q": ("", 3, "M"), "Y": ("", 1, "Y"), "E": ("", 10, "Y"),
           "C": ("", 100, "Y"), "L": ("", 1000, "Y")}  # fmt: skip
_SMALLER = {"H": (60, "M"), "Y": (12, "N"), "D": (24, "H"), "M": (60, "S")}


def duration(count: float | None, unit: str) -> str:
    """The ISO 8601 duration of so many units: P3D, PT1H30M; PXY for a count that is not known."""
    time, factor, letter = _PIECES[unit]
    if count is None:
        return f"P{time}X{ {'E': 'DE', 'C': 'CE', 'L': 'ML'}.get(unit, letter) }".replace(" ", "")
    count *= factor
    if count.is_integer() if isinstance(count, float) else True:
        return f"P{time}{int(count)}{letter}"
    if unit in _SMALLER:
        scale, smaller = _SMALLER[unit]
        whole, rest = int(count), (count - int(count)) * scale
        if rest == int(rest):
            tail = duration(int(rest), smaller)[1:]
            head = f"{time}{whole}{letter}" if whole else ""
            return f"P{head}{tail.removeprefix('T') if time and head else tail}"
    return f"P{time}{count:g}{letter}"
