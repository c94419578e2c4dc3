"""HTML that is made to be parsed for ever."""

from __future__ import annotations

import re

MOST_ATTRIBUTES = 5000
"""Attributes of one tag at most. libxml2 compares each with all before it: 5,000 take 0.2 s, 200,000 some minutes."""

# One attribute takes what HTML's tokenizer takes for one, also "<" and quotation marks in its name; nothing is given
# back once it is taken (possessive), and a tag is taken whole, so that a page is gone through once.
_VALUE = r"(?>\s*=\s*(?>\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>]++)?)?+"
_ATTRIBUTE = rf"[\s/]++(?:=?[^\s/>=]++|=){_VALUE}"
_TAG = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE})*+")
_ONE = re.compile(_ATTRIBUTE)


def is_bomb(html: str) -> bool:
    """Whether a tag has more attributes than the parser can take in reasonable time."""
    if len(html) < 2 * MOST_ATTRIBUTES:
        return False
    long = (tag[0] for tag in _TAG.finditer(html) if tag.end() - tag.start() > 2 * MOST_ATTRIBUTES)
    return any(sum(1 for _ in _ONE.finditer(tag)) > MOST_ATTRIBUTES for tag in long)
