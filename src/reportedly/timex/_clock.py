"""What times of day and words that only refer say: "3:46 p.m.", "in the morning", "now", "the past"."""

from __future__ import annotations

import re

from reportedly.timex._lexer import tables
from reportedly.timex._match import Builder, Words
from reportedly.timex._values import Expr

TENTATIVE = frozenset({"tentative"})
"""Marks what is a time only beside a date: "15:46", "morning"."""


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


CLOCK: dict[str, Builder] = {
    "clock": _clock, "clock_hour": _clock, "clock_four": _clock, "in_part": _part, "part": _part,
    "noun": _reference, "references": _reference, "at_present": _reference,
}  # fmt: skip
"""By rule of the grammar (`_grammar`)."""
