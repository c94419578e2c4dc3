"""Cuts text into the words that names are made of.

spaCy cuts "Jean-Claude" and "O’Neill" apart and leaves "U.S." and "Mr." to chance; names need their own cut. A word
keeps its inner hyphens and apostrophes and loses its possessive; "Kremlin-backed" and "Russian-American" are two
words, joined. Web addresses, hashtags and @names are one piece that no name can be part of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from reportedly.read._people_data import names, side_words, titles

PieceKind = Literal["word", "number", "mark", "junk"]

# Repetitions are bounded so that a text of dots or at-signs cannot make the search quadratic.
_PIECES = r"""
  (?P<junk>(?:https?://|www\.)\S{{1,2000}} | [@\#]\w{{1,200}} | [\w.+-]{{1,64}}@[\w-]{{1,64}}\.\w{{1,64}}
    | (?:[\w-]{{1,40}}\.){{1,4}}(?:com|org|net|gov|edu|info|biz|io|tv|ru|fr|de|cn|eu|uk|co|us)\b(?:/\S{{0,2000}})?)
| (?P<word>(?:[^\W\d_]\.){{2,12}} | (?:{titles})\. | [A-Z]\.(?=\s?[^\W\d_])
    | [^\W\d_][^\W_]*(?:['’‘`\-‐‑][^\W_]+)*)
| (?P<number>\d[\d.,:]*)
| (?P<mark>\n | [^\w\s])
"""
_POSSESSIVE = re.compile(r"['’‘`][sS]$")
_ARABIC = re.compile(r"(?:a[dlnrstz]|el|ash|bin|ibn)[-‐‑][^\W\d_a-z]")
_HYPHENS = re.compile(r"[-‐‑]")
_APOSTROPHES = str.maketrans("’‘`‐‑", "'''--")


@dataclass(slots=True)
class Piece:
    """A word, a number or a mark, by offsets in its text. ``norm`` has straight apostrophes; ``low`` is lower case.

    ``own`` is set where a possessive followed, ``glued`` where the piece is joined to the one before by a hyphen.
    """

    start: int
    end: int
    text: str
    norm: str
    low: str
    kind: PieceKind
    capital: bool = False
    own: bool = False
    glued: bool = False


@cache
def _pattern() -> re.Pattern[str]:
    short = "|".join(sorted({word.capitalize() for word in titles().dotted}, key=lambda word: (-len(word), word)))
    return re.compile(_PIECES.format(titles=short), re.VERBOSE)


@cache
def _sides() -> frozenset[str]:
    """Single words that name a country, a people or another side."""
    return frozenset(form for form in side_words() if " " not in form)


def pieces(text: str) -> list[Piece]:
    """The pieces of a text, in order."""
    found: list[Piece] = []
    for match in _pattern().finditer(text):
        # The groups of the pattern have the names of the kinds.
        kind = cast(PieceKind, match.lastgroup)
        start, end = match.span()
        if kind == "word":
            found.extend(_words(match.group(), start))
        else:
            found.append(Piece(start, end, match.group(), match.group(), match.group(), kind))
    return found


def _words(text: str, start: int) -> Iterator[Piece]:
    own = _POSSESSIVE.search(text) is not None
    if own:
        text = text[:-2]
    if not _HYPHENS.search(text) or not _divides(text):
        yield _word(text, start, own=own)
        return
    parts = list(re.finditer(r"[^-‐‑]+", text))
    for number, part in enumerate(parts):
        yield _word(part.group(), start + part.start(), own=own and number == len(parts) - 1, glued=number > 0)


def _word(text: str, start: int, *, own: bool, glued: bool = False) -> Piece:
    norm = text.translate(_APOSTROPHES) if not text.isascii() or "`" in text else text
    capital = text[:1].isupper() or _ARABIC.match(text) is not None
    return Piece(start, start + len(text), text, norm, norm.lower(), "word", capital, own, glued)


def _divides(text: str) -> bool:
    """Whether a word with hyphens is several words to us: "US-led", "Russian-American", not "Jean-Claude"."""
    parts = _HYPHENS.split(text)
    if any(part in _sides() for part in parts):
        return True
    data = names()
    if parts[0].lower() in data.particles:
        return False
    if parts[0].lower() in data.prefixes:
        return True
    if parts[0][:1].isupper() and not parts[-1][:1].isupper():
        return not all(part in data.syllables for part in parts[1:])
    return not parts[0][:1].isupper() and any(part[:1].isupper() for part in parts)
