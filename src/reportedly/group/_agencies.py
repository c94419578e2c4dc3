"""The news agency that an article as a whole is credited to, by its own account."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from reportedly._records import Article

HEAD = 250
"""Characters in which a byline or a dateline stands."""
TAIL = 250
"""Characters in which a notice of who contributed stands."""


def agency_of(article: Article) -> str | None:
    """The agency of the dateline, the outlet, the authors or the byline, or of the notice at the end; else None."""
    text, credited = article.text, " \n ".join(filter(None, (article.outlet, *article.authors)))
    for name, marks, names in _agencies():
        if marks.search(text[:HEAD]) or names.search(credited):
            return name
    byline = "\n".join(line for line in text[:HEAD].split("\n") if re.match(r"\s*(?:By|From|Source:)\s", line))
    for name, marks, names in _agencies():
        if names.search(byline) or marks.search(text[-TAIL:]) or _contributed(names, text[-TAIL:]):
            return name
    return None


def _contributed(names: re.Pattern[str], tail: str) -> bool:
    """Whether one of the last lines says of the agency that it contributed, reported or holds the rights."""
    return any(
        names.search(line) and re.search(r"contribut|report(?:ed|ing) by|copyright|©|all rights", line, re.IGNORECASE)
        for line in tail.split("\n")
    )


@cache
def _agencies() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    data = tomllib.loads(files("reportedly.group").joinpath("data/agencies.toml").read_text("utf-8"))
    return tuple((name, _marks(known["marks"]), _names(known["names"])) for name, known in data.items())


def _marks(marks: list[str]) -> re.Pattern[str]:
    """In brackets: "(AP)", "(AP Photo)" is none."""
    return re.compile(r"\((?:" + "|".join(map(re.escape, sorted(marks, key=len, reverse=True))) + r")\)")


def _names(names: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")\b")
