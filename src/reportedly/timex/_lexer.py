"""Turns text into a string of word classes, one letter a word, over which a grammar of times can be a regex.

A time expression is made of few kinds of word: month names, weekdays, units, numbers, "last", "ago". With one letter
for each kind, "two weeks ago" and "24 hours ago" are both ``NUg``, and the grammar (`_grammar`) is a short regular
expression over letters. Finite-state grammars over word classes are how HeidelTime (Strötgen and Gertz 2010) and SUTime
(Chang and Manning 2012) read times; the words are in data/times.toml.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LETTERS = {
    "month": "M", "weekday": "W", "weekdays": "w", "unit": "u", "units": "U", "part": "k", "season": "s",
    "number": "N", "spelled": "#", "day_number": "D", "year_number": "Y", "ordinal": "O", "decade": "E", "iso": "I",
    "slashed": "S", "ahead": "^", "clock": "C", "quarter": "q", "tonight": "K",
    "day": "d", "reference": "j", "noun": "J", "set": "A", "length": "B",
    "zone": "Z", "the": "t", "a": "a", "this": "T", "that": "h", "last": "L", "next": "n", "same": "m", "recent": "R",
    "ago": "g", "earlier": "e", "later": "l", "before": "b", "after": "f", "of": "o", "in": "i", "to": "2", "or": "3",
    "and": "&", "from": "r", "on": "p", "at": "@", "between": "<", "than": ">", "other": "z", "half": "H", "long": "G",
    "old": "V", "early": "y", "edge": "X", "near": "c", "every": "v", "per": "P", "times": "7", "vague": "Q",
    "dozens": "8", "weekend": "9", "weekends": "0", "fiscal": "F", "all": "1", "about": "4", "meridiem": "5",
    "hyphen": "-", "comma": ",", "possessive": "'", "oclock": "6", "fixed": "!",
    "break": "|", "stop": ".", "word": "x",
}  # fmt: skip
"""A letter for each class. Any other character of the text is a stop or a word."""

FIRST_YEAR, LAST_YEAR = 1000, 2100
"""Numbers of four digits that can be years."""

_TOKEN = re.compile(
    r"""
    (?P<url>(?:https?://|www\.)\S{1,2000})
  | (?P<iso>\d{4}-\d\d?-\d\d?(?:[T ]\d\d:\d\d(?::\d\d)?)?(?!\w))
  | (?P<slashed>\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)(?![\w/]|\.\d))
  | (?P<fixed>9/11(?![\w/]))
  | (?P<decade>['’‘]\d0s\b|\d\d0['’]?s\b|\d{3}0['’]?s\b|\d0['’]?s\b)
  | (?P<clock>\d{1,2}[:.]\d\d(?=\s?[ap]\.?m\b)|\d{1,2}:\d\d(?::\d\d)?(?![\w:]))
  | (?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)
  | (?P<quarter>Q[1-4]\b|[1-4]Q\b)
  | (?P<number>\d{1,12}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?(?:[ ]?[½¼¾]|[ ]\d/\d(?![\w/]))?|[½¼¾])
  | (?P<meridiem>[apAP]\.[mM]\b\.?)
  | (?P<oclock>o['’]clock\b)
  | (?P<modal>['’](?:ll|d|re|ve|m|t)\b)
  | (?P<possessive>['’]s?(?!\w))
  | (?P<word>[^\W\d_]+)
  | (?P<break>[^\S\n]*\n[^\S\n]*\n)
  | (?P<hyphen>[-\u2010-\u2013])
  | (?P<comma>,)
  | (?P<stop>[^\w\s])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Lexed:
    """Words of a text, their classes and their offsets. ``words`` are in lower case; ``classes[i]`` is of word i."""

    text: str
    classes: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def raw(self, i: int) -> str:
        """Word i as the text has it; empty outside the text."""
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < len(self.words) else ""

    def word(self, i: int) -> str:
        """Word i in lower case; empty outside the text."""
        return self.words[i] if 0 <= i < len(self.words) else ""


@cache
def tables() -> dict[str, Any]:
    """The tables of data/times.toml."""
    return tomllib.loads((files("reportedly.timex") / "data" / "times.toml").read_text(encoding="utf-8"))


@cache
def _vocabulary() -> dict[str, str]:
    """Letter by word. A word of two classes has the one the grammar can do more with."""
    data, found = tables(), {}
    for name, words in data["words"].items():
        found.update(dict.fromkeys(words, LETTERS[name]))
    found.update(dict.fromkeys(data["zones"]["words"], LETTERS["zone"]))
    sections = {
        "numbers": "spelled", "ordinals": "ordinal", "units": "unit", "unit_plurals": "units", "parts": "part",
        "decades": "decade", "days": "day", "references": "reference", "nouns": "noun", "sets": "set",
        "lengths": "length", "seasons": "season", "months": "month", "weekdays": "weekday",
    }  # fmt: skip
    for section, name in sections.items():
        for word in data[section]:
            found.setdefault(word, LETTERS[name])
    found.update({f"{day}s": LETTERS["weekdays"] for day in data["weekdays"] if len(day) > 5})
    found["second"] = LETTERS["ordinal"]
    found["tonight"] = LETTERS["tonight"]
    return found


def _word_class(word: str, low: str) -> str:
    letter = _vocabulary().get(low, "x")
    if letter in "MW":
        data = tables()
        plain = low not in data["ambiguous"]["months"] and low not in data["ambiguous"]["weekdays"]
        return letter if word[0].isupper() or (plain and len(low) > 5) else "x"
    if letter == "Z" and not (word.isupper() or low in ("eastern", "pacific")):
        return "x"
    return letter


def _number_class(text: str, start: int, end: int, word: str) -> str:
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before in "$£€¥#@_./" and before) or before.isalnum() or (after in "%°€$£_" and after):
        return "x"
    if word.isdigit() and len(word) == 4 and FIRST_YEAR <= int(word) <= LAST_YEAR and not after.isalpha():
        return "Y"
    if word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31:
        return "D"
    return "N"


def lex(text: str) -> Lexed:
    """The words of the text. Time is linear in its length."""
    classes: list[str] = []
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    vocabulary, abbreviations = _vocabulary(), frozenset(tables()["abbreviations"]["words"])
    for match in _TOKEN.finditer(text):
        kind, word = match.lastgroup or "word", match.group()
        start, end = match.span()
        low = word.lower()
        if kind == "word":
            letter = "x"
            if low in vocabulary:
                letter = _word_class(word, low)
                if low in abbreviations and text.startswith(".", end):
                    end += 1
        elif kind == "number":
            letter = _number_class(text, start, end, word)
        elif kind in ("url", "modal"):
            letter = "x"
        else:
            letter = LETTERS[kind]
            if kind in ("iso", "slashed", "decade", "clock", "ordinal", "fixed") and text[start - 1 : start].isalnum():
                letter = "x"
        if letter == "." and starts and word == "." and ends[-1] > start:
            continue
        classes.append(letter)
        words.append(low)
        starts.append(start)
        ends.append(end)
    return Lexed(text, "".join(classes), tuple(words), tuple(starts), tuple(ends))
