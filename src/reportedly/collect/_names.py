"""How an input is named: on one line, in characters that any output takes.

A file's name is bytes, and may hold a line break, an escape sequence for the terminal, or bytes that are no UTF-8
(which Python carries as lone surrogates, and which no UTF-8 output takes). All of these become backslash escapes.
"""

from __future__ import annotations

import re

LONGEST = 2000
"""Characters of a name or reason that are shown; a URL can be megabytes long."""

# Cc, Cs, the line and paragraph separators, and the marks that reverse the reading direction of what follows.
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name, as os.fsdecode carries it
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def shown(name: str, longest: int = LONGEST) -> str:
    """The name on one line, at most ``longest`` characters; what cannot be shown is a backslash escape."""
    line = _UNSHOWABLE.sub(_escape, name[: longest + 1])
    return line if len(line) <= longest else line[: longest - 1] + "…"
