"""Runs the grammar over a text: expressions in order, each as the first rule that makes sense of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.timex._calendar import CALENDAR
from reportedly.timex._clock import CLOCK
from reportedly.timex._grammar import compiled
from reportedly.timex._lengths import LENGTHS
from reportedly.timex._lexer import Lexed
from reportedly.timex._match import Words
from reportedly.timex._relative import RELATIVE
from reportedly.timex._values import Expr

BUILDERS = CALENDAR | RELATIVE | LENGTHS | CLOCK
"""What each rule of the grammar says, by its name."""


@dataclass(frozen=True, slots=True)
class Found:
    """An expression at words ``first`` to ``last`` (half-open), and the rule that found it."""

    first: int
    last: int
    rule: str
    expr: Expr


_NARROW = {"in_part": 1, "in_day": 0, "day_of_month": 1, "at_present": 0, "story_vague": 0}
"""Words at a rule's start that are needed to know it but are not part of the expression."""


def scan(lexed: Lexed) -> Iterator[Found]:
    """Expressions of the text in order, without overlap; each as the first rule that makes sense of its words."""
    rules, whole = compiled()
    names = list(rules)
    at = 0
    while match := whole.search(lexed.classes, at):
        found = None
        for name in names[names.index(match.lastgroup or "") :]:
            rule = rules[name].match(lexed.classes, match.start())
            if rule and rule.end() > rule.start():
                found = _build(lexed, name, rule)
                if found:
                    break
        if not found:
            at = match.start() + 1
            continue
        yield from found
        at = found[-1].last


def _article(lexed: Lexed, first: int) -> int:
    """1 if the article before the expression belongs to a noun after it: "a two-day visit", "an hour-long speech"."""
    if lexed.classes[first] != "a":
        return 0
    counted = lexed.classes[first + 1 : first + 2] == "#" and lexed.word(first + 1) not in ("hundred", "thousand")
    return int(counted or lexed.classes[first + 1 : first + 3] in ("u-", "U-"))


def _build(lexed: Lexed, name: str, rule: re.Match[str]) -> list[Found] | None:
    built = BUILDERS[name](Words(lexed, rule))
    if not built:
        return None
    if isinstance(built, Expr):
        first, last = rule.span()
        if name == "story_vague":
            last = rule.end("u")
        built = [(first + _NARROW.get(name, 0) + _article(lexed, first), last, built)]
    return [Found(first, last, name, expr) for first, last, expr in built]
