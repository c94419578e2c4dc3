"""The story's main event: the five Ws and H of the article whose account the others agree with most.

An answer is supported by every other outlet whose own answer shares half of its words, or its date. The account with
the most support is taken whole, so that no "who" of one article stands beside a "what" of another; what it does not
tell is filled from the best supported account that tells it and agrees on who or what. What only went before ("after",
"when") an article may give for want of a reason; a story's readers are told it as how.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, get_args

from reportedly._records import Citation, MainEvent, Question, Reading, When
from reportedly.compare._words import is_content, tokens
from reportedly.timex._values import parse_day

AGREEING = 0.5
"""Share of the shorter answer's words from which two answers agree."""

_TEMPORAL = re.compile(r"\b(?:after|when|while|as|amid|before|following)\s+$", re.IGNORECASE)
"""What stands before words that tell of the time, not of the reason."""

QUESTIONS: tuple[Question, ...] = get_args(Question)


def choose_main_event(readings: Sequence[Reading]) -> MainEvent | None:
    """The main event of a story; None if no article tells one. The readings in their order: of equals the first."""
    told = [reading for reading in readings if reading.main_event is not None]
    if not told:
        return None
    ranked = sorted(told, key=lambda reading: -_support(reading, told))
    best = ranked[0]
    agreeing = [other for other in ranked if _agree_at_all(best, other)]
    filled: dict[str, Any] = {
        question: next(filter(None, (_answer(other, question) for other in (best, *agreeing))), None)
        for question in QUESTIONS
    }
    if filled["why"] is not None and _TEMPORAL.search(filled["why"].prefix):
        filled["how"], filled["why"] = filled["why"], None
    return MainEvent(**filled)


def _answer(reading: Reading, question: Question) -> Citation | None:
    """An article's answer; to "when" with the day that the story's other articles give it."""
    answer: Citation | None = getattr(reading.main_event, question)
    if isinstance(answer, When) and answer.date is None:
        start, end = answer.span
        days = (parse_day(time.value) for time in reading.times if start <= time.span[0] and time.span[1] <= end)
        return replace(answer, date=next((day.isoformat() for day in days if day), None))
    return answer


def _support(reading: Reading, told: Sequence[Reading]) -> int:
    """How many answers of other outlets agree with the reading's."""
    own = reading.article.outlet or reading.article.id
    return sum(
        _agree(_answer(reading, question), _answer(other, question))
        for other in told
        if (other.article.outlet or other.article.id) != own
        for question in QUESTIONS
    )


def _agree_at_all(one: Reading, other: Reading) -> bool:
    questions: tuple[Question, ...] = ("who", "what")
    return any(_agree(_answer(one, question), _answer(other, question)) for question in questions)


def _agree(one: Citation | None, other: Citation | None) -> bool:
    if one is None or other is None:
        return False
    if isinstance(one, When) and isinstance(other, When) and one.date and other.date:
        return one.date == other.date
    mine, theirs = _keys(one), _keys(other)
    return bool(mine and theirs) and len(mine & theirs) >= AGREEING * min(len(mine), len(theirs))


@lru_cache(maxsize=4096)
def _keys(answer: Citation) -> frozenset[str]:
    found = tokens(answer.exact, (0, len(answer.exact)))
    return frozenset(word.stem for word in found if is_content(word.stem))
