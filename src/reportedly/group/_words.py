"""Words of a text, and how common each is in news.

The rarer a word is in the news at large, the more two texts that share it have in common. A handful of articles cannot
tell rare words from common ones, so a table of document frequencies counted over thousands of articles of US outlets
comes with the package. It holds ordinary words only: names are news, and their frequency is that of one year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from reportedly._records import Span

WORD = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+(?:['’][^\W\d_]+)*")


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, Span]]:
    """Words of ``text[start:end]`` in lower case, without a possessive ending, each with its span in the text."""
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        yield lower(match.group()), match.span()


def lower(word: str) -> str:
    """The word in lower case with a straight apostrophe and without a possessive 's."""
    word = word.lower().replace("’", "'")
    return word[:-2] if word.endswith("'s") and len(word) > 2 else word


def stem(word: str) -> str:
    """The word without its plural ending, roughly: both sides of a comparison are treated alike."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@cache
def commonness() -> dict[str, float]:
    """Share of news articles (0 to 1) that hold a word, by its stem; words not in it are names or rare."""
    table: dict[str, float] = {}
    data = files("reportedly.group").joinpath("data/document_frequency.tsv").read_text("utf-8")
    for line in data.splitlines():
        if not line.startswith("#"):
            word, share = line.split("\t")
            table[stem(word)] = max(table.get(stem(word), 0.0), int(share) / 1000)
    return table
