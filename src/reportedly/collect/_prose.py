"""Whether a text is running text at all, and whether it reads as English.

A language is told here by its function words, the oldest method there is (Ingle 1976): English news has "the", "of",
"and", "to" and a few like them for a quarter of its words, other languages that are written with the same letters have
next to none. Nothing is said of which other language it is, and nothing of texts too short to tell.
"""

from __future__ import annotations

import re

from reportedly._records import Article
from reportedly.collect._identity import Notice

FEWEST = 8
"""Words of the longest line of a text; a list of names, a table or a line of code has none so long."""
UNSPACED = 20
"""Letters in a row from which a line is of a script that has no spaces between words."""
LETTERS = 0.6
"""Share of letters among the characters of a line that is prose; of a log, a table and code it is less."""
ENOUGH = 20
"""Words from which function words tell the language."""
LOOKED_AT = 20_000
"""Characters at the beginning that are looked at for it."""
ENGLISH = 0.08
"""Share of words from which a text is English: all of 4,168 articles in English had more, half of them 0.26; passages
in six other languages had at most 0.04."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FUNCTION_WORDS = frozenset(
    """
    the of and to that with his her from by were has have had they this which it its on she been said would will are not
    or but after who about when their than into could there
    """.split()  # noqa: SIM905 - forty words in a list are forty lines
)


def not_prose(text: str) -> str | None:
    """Why a text is plainly no article: it has not one line of running text. None if it has."""
    for line in text.splitlines():
        letters = sum(char.isalpha() for char in line)
        signs = sum(not char.isspace() for char in line)
        found = _WORD.findall(line)
        long = len(found) >= FEWEST or any(len(word) >= UNSPACED for word in found)
        if long and letters >= LETTERS * signs:
            return None
    count = len(_WORD.findall(text))
    if count < FEWEST:
        return f"not an article: {count} word{'s' if count != 1 else ''}"
    return f"not an article: no line in it is running text of {FEWEST} words"


def language_of(text: str) -> str | None:
    """Tell whether a text reads as English: "en", "" for another language, None where it is too short to tell."""
    found = [word.lower() for word in _WORD.findall(text[:LOOKED_AT])]
    if len(found) < ENOUGH:
        return None
    return "en" if sum(word in _FUNCTION_WORDS for word in found) >= ENGLISH * len(found) else ""


def foreign_notice(article: Article) -> Notice | None:
    """What to tell a user of an article that is not in English: it is read to the end, but little is found in it."""
    said = article.language
    if language_of(article.text) != "":
        return None
    name = f"its page says {said!r}" if said and said != "en" else "by its words"
    return Notice(article.source, f"does not read as English ({name}); who says what in it may not be found")
