"""Infers the day an article appeared from its own text, where nobody gave it.

A cascade, the surest evidence first; each step engages only where those before it found nothing:

1. a full date in the URL's path (/2019/05/15/);
2. a full date that stands alone, but for a time and words like "Published", in a short line at the head of the text;
3. a full date in the lede whose weekday is named and agrees with the calendar ("on Tuesday, May 14, 2019");
4. the latest full date in a photo's caption, told in the present tense, if the lede names its weekday.

A date deeper in the text is background until shown otherwise and infers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportedly._records import Article, BlockKind, Span
from reportedly.timex._lexer import lex, tables
from reportedly.timex._scan import scan
from reportedly.timex._values import Tense, parse_day

HEAD_LINES, HEAD_WORDS = 12, 14
"""Lines that are not empty in which an article's own date can stand, and words such a line can have."""

LEDE = 1_800
"""Characters of the text's beginning in which the lede's weekdays are sought: headline, byline and three paragraphs."""

_URL_DAY = re.compile(r"[/-]((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/.?#_-]|$)")
_LABELS = frozenset(
    ("published", "updated", "posted", "last", "modified", "by", "on", "at", "first", "date", "created", "am", "pm",
     "a.m.", "p.m.", "et", "est", "edt", "gmt", "bst", "utc", "local", "time", "and", "min", "read", "minutes", "of")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dated:
    """A full date in the text: where, its value, the weekday named with it (0: none), the kind of block, the tense."""

    span: Span
    value: str
    weekday: int
    kind: BlockKind
    tense: Tense | None


def surname_months(text: str) -> frozenset[str]:
    """Months' names that are people's in a text ("Theresa May", "April Ryan"), in lower case."""
    found = set()
    for match in re.finditer(r"\b(?P<first>[A-Z][a-z]{2,20}) (?P<last>May|March|April|June|August)\b(?! \d)", text):
        first = match["first"].lower()
        known = tables()
        if first in known["weekdays"] or first in known["seasons"] or first in known["ambiguous"]["licences"]:
            continue
        if first in known["parts"] or first in ("the", "but", "and", "that", "when", "while", "since"):
            continue
        found.add(match["last"].lower())
    for match in re.finditer(
        r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Minister|President)\.? (?P<last>May|March|April|June|August)\b", text
    ):
        found.add(match["last"].lower())
    return frozenset(found)


def infer_from_text(article: Article, dated: Sequence[Dated], weekdays: Sequence[tuple[Span, int]]) -> date | None:
    """The day the article appeared, by its own text; None if the text does not show it.

    Args:
        article: the article; its URL and the head of its text are looked at.
        dated: the full dates found in its paragraphs.
        weekdays: spans and numbers (1 is Monday) of the bare weekdays found in them.
    """
    return (
        _from_url(article.url or "")
        or _from_head(article.text)
        or _from_lede(dated)
        or _from_captions(dated, {number for (start, _), number in weekdays if start < LEDE})
    )


def _from_url(url: str) -> date | None:
    for match in _URL_DAY.finditer(url[:2000]):
        day = parse_day(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}")
        if day:
            return day
    return None


def _from_head(text: str) -> date | None:
    lines = [line for line in text[:6000].splitlines() if line.strip()][:HEAD_LINES]
    for line in lines:
        if len(line) > 120:
            continue
        lexed = lex(line)
        if len(lexed.words) > HEAD_WORDS:
            continue
        found = next((each for each in scan(lexed) if each.expr.op == "value" and parse_day(each.expr.value)), None)
        if found is None:
            continue
        others = [*lexed.words[: found.first], *lexed.words[found.last :]]
        if all(word in _LABELS or not word.isalpha() for word in others):
            return parse_day(found.expr.value)
    return None


def _from_lede(dated: Sequence[Dated]) -> date | None:
    for each in dated:
        day = parse_day(each.value)
        if each.span[0] < LEDE and each.weekday and day and day.isoweekday() == each.weekday and each.tense != "future":
            return day
    return None


def _from_captions(dated: Sequence[Dated], named: set[int]) -> date | None:
    days = [
        day
        for each in dated
        if each.kind in ("caption", "embed", "dateline", "byline") and each.tense != "future"
        and (day := parse_day(each.value)) and (day.isoweekday() in named)
    ]  # fmt: skip
    return max(days, default=None)
