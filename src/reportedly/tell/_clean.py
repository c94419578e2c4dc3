"""Makes an article's text fit to be shown: characters that a page cannot hold, words that must not be cut.

HTML cannot carry NUL, other C0 and C1 control characters, lone surrogates or noncharacters, neither as themselves nor
as references (https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream). Each is shown as
U+FFFD, one for one, so that offsets stay what they are and nobody mistakes what was there for a blank.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

ELLIPSIS = "…"

_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """The text with every character that HTML cannot carry replaced by U+FFFD, its length unchanged."""
    return _UNFIT.sub("\ufffd", text)


def text_node(text: str) -> Markup:
    """The text as HTML that parses back into exactly ``clean(text)``, carriage returns too."""
    return Markup(str(escape(clean(text))).replace("\r", "&#13;"))  # noqa: S704  (escaped right here)


def one_line(text: str) -> str:
    """The text with every run of white space as one space, none at its ends."""
    return _SPACE.sub(" ", clean(text)).strip()


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` characters of the text on one line, cut between words, an ellipsis where something went.

    A first word that is itself too long is cut inside, for want of anything better.
    """
    line = one_line(text)
    if len(line) <= limit:
        return line.rstrip(",;:")
    cut = line.rfind(" ", 0, limit)
    kept = line[: cut if cut > limit // 3 else limit - 1]
    return kept.rstrip(" ,;:.…–—-") + ELLIPSIS


def head(text: str, limit: int) -> str:
    """The last words of a text that leads up to a passage, at most ``limit`` characters, cut between words."""
    if len(text) <= limit:
        return text
    cut = text.find(" ", len(text) - limit)
    return ELLIPSIS + (text[cut:] if cut >= 0 else text[len(text) - limit :])


def tail(text: str, limit: int) -> str:
    """The first words of a text that follows a passage, at most ``limit`` characters, cut between words."""
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", 0, limit)
    kept = text[:cut] if cut > 0 else text[:limit]
    return kept + (" " if kept.endswith((".", "!", "?", "…")) else "") + ELLIPSIS
