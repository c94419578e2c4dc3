"""The date that a page prints under its headline, for a page that states none where programs look.

It counts only with its month in English letters and its year ("2 March 2024", "Mar. 2, 2024"): of 2/3/2024 nobody knows
which is the month. What is said to be an update is no date of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from reportedly.collect._body import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FAR = 1500
"""Characters behind the headline in which its date stands."""
LONGEST = 14
"""Words of a line that tells a date, with the time, the zone and "Published on"; a longer one tells a story."""
PROSE = 30
"""Words of a line at which the article has begun."""

_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
_MONTH = "|".join([*(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS), "sept"])
_DATE = re.compile(
    rf"\b(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month1>{_MONTH})\.?,?\s+(?P<year1>(?:19|20)\d\d)\b"
    rf"|\b(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>(?:19|20)\d\d)\b",
    re.I,
)
_LATER = re.compile(r"\b(?:updated?|modified|edited|corrected)\b", re.I)


def shown_date(tree: HtmlElement, title: str) -> str | None:
    """The date in ISO 8601, or None. ``title`` is the headline, behind whose ``<h1>`` the date is looked for."""
    heading = next((each for each in tree.iter("h1") if one_line("".join(each.itertext())) == title), None)
    if heading is None:
        return None
    far, later = 0, False
    for piece in _behind(tree, heading):
        line = one_line(piece)
        far += len(line)
        if far > FAR or len(line.split()) > PROSE:
            return None
        later = _LATER.search(line) is not None if line else later
        if not later and len(line.split()) <= LONGEST and (found := _date(line)):
            return found
    return None


def _behind(tree: HtmlElement, heading: HtmlElement) -> Iterator[str]:
    """The pieces of text behind a heading, in order."""
    from lxml.etree import iterwalk

    behind = False
    for event, element in iterwalk(tree, events=("start", "end")):
        if event == "end":
            behind = behind or element is heading
            if behind and element.tail:
                yield element.tail
        elif behind and element.text and element.tag not in ("script", "style"):
            yield element.text


def _date(line: str) -> str | None:
    match = _DATE.search(line)
    if match is None:
        return None
    form = "1" if match["day1"] else "2"
    month = [name[:3] for name in _MONTHS].index(match["month" + form][:3].lower()) + 1
    try:
        return date(int(match["year" + form]), month, int(match["day" + form])).isoformat()
    except ValueError:
        return None
