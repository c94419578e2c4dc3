"""Letters as they are compared: one text prints "Rúnarsdóttir" and "Sæborg", another "Runarsdottir" and "Saeborg"."""

from __future__ import annotations

import unicodedata

# Letters that have no accent to take off, as they are written without them.
_OTHERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
)


def unaccented(text: str) -> str:
    """The text in compatibility decomposition (NFKD) without its combining marks: "é" is "e", "ﬁ" is "fi"."""
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def plain_letters(text: str) -> str:
    """The text in lower case, unaccented, with "oe" for "œ" and the like."""
    return unaccented(text.lower()).translate(_OTHERS)
