"""Cuts a text into lines, and joins those that are one paragraph broken in two.

Only what really ends a line ends one here: LF, CR, CRLF and the Unicode separators U+2028 and U+2029.
``str.splitlines`` also cuts at form feeds and at control characters that stand inside words of badly decoded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from reportedly._records import BlockKind, Span

LINE = re.compile("[^\n\r\u2028\u2029]+")
NOT_WORD = re.compile(r"[\W_]+")
LABEL = re.compile(
    r"\W*(?:file )?(?:photo|image|picture|caption|image caption|media caption|file photo)\s*(?::|–|—|- )\s*", re.I
)
MARKUP = re.compile(r"</?(?:u|b|i|em|strong|a|p|span)\b[^<>]{0,300}>|\*\*|^[\s•▪●■►▶‣·*>|]+(?=\S)|\[\s*|\s*\]")
APOSTROPHES = re.compile("['‘`´ʼ]")
STOP = re.compile(r"[.!?…。！？][\s\"”’'»)\]*_*]*$|\.\.$")
OPEN_END = re.compile(r"[,;:–—-][\"”’']?$")

BROKEN_LINE = 40
"""Characters from which a line without a stop, followed by one that opens in lower case, is taken as broken in two."""
WRAPPED = (50, 100)
"""Widths between which most lines of a hard-wrapped text lie (mail and wire text is wrapped at 60 to 80)."""
WRAPPED_LINES = 6
WRAPPED_SHARE = 0.75
"""Of the lines that do not end their paragraph: so many must look wrapped. Set on wrapped and unwrapped text."""
GLANCE = 600
"""Characters of a very long line that are looked at for its features; none of them depends on its middle."""


@dataclass(frozen=True)
class Line:
    """A line, or a paragraph joined from several, without white space around it.

    ``after_blank``: an empty line stands before it. ``fixed``: the kind that is known beforehand.
    """

    text: str
    start: int
    after_blank: bool
    fixed: BlockKind | None = None

    @property
    def span(self) -> Span:
        """Where it stands in the article's text."""
        return self.start, self.start + len(self.text)

    @cached_property
    def unmarked(self) -> str:
        """The line's first characters without mark-up and bullets."""
        glance = self.text if len(self.text) <= GLANCE else self.text[:GLANCE]
        return MARKUP.sub("", glance).strip()

    @cached_property
    def bare(self) -> str:
        """The same, with apostrophes all made alike."""
        return APOSTROPHES.sub("’", self.unmarked)

    @cached_property
    def key(self) -> str:
        """The words alone, for telling repeats: no quotation marks, punctuation, case or "PHOTO:" label."""
        text = LABEL.sub("", self.text, count=1) if LABEL.match(self.text) else self.text
        return NOT_WORD.sub(" ", text).strip().casefold()

    @cached_property
    def words(self) -> int:
        """How many words."""
        return self.key.count(" ") + 1 if self.key else 0

    @cached_property
    def stops(self) -> bool:
        """Whether it ends as a sentence ends."""
        return STOP.search(self.text[-40:]) is not None

    @cached_property
    def open_end(self) -> bool:
        """Whether it ends with a comma, colon, semicolon or dash: something follows."""
        return OPEN_END.search(self.text[-3:]) is not None


def split_lines(text: str) -> list[Line]:
    """The lines of a text that hold anything but white space, in order."""
    lines: list[Line] = []
    end = 0
    for match in LINE.finditer(text):
        inside = match.group()
        bare = inside.strip()
        if not bare:
            continue
        start = match.start() + inside.index(bare[0])
        between = text[end:start]
        breaks = between.count("\n") + between.count("\u2029") * 2 + between.count("\u2028")
        breaks += between.count("\r") - between.count("\r\n")
        lines.append(Line(bare, start, not lines or breaks > 1))
        end = start + len(bare)
    return lines


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether the text is broken at a fixed width, paragraphs parted by empty lines."""
    inner = [line for line, following in pairwise(lines) if not following.after_blank]
    if len(inner) < WRAPPED_LINES or len(inner) == len(lines) - 1:
        return False
    shortest, widest = WRAPPED
    fitting = sum(shortest <= len(line.text) <= widest and not line.stops for line in inner)
    return fitting >= WRAPPED_SHARE * len(inner)


def _runs_on(line: Line, following: Line, wrapped: bool) -> bool:
    if line.fixed or following.fixed:
        return False
    if wrapped and not following.after_blank and len(line.text) >= WRAPPED[0] / 2:
        return True
    if line.stops or len(line.text) < BROKEN_LINE or line.text.endswith(":"):
        return False
    first = following.text[:1]
    return first.isalpha() and first.islower() and " " in following.text[:40] and not _is_address(following.text)


def _is_address(text: str) -> bool:
    return text.startswith(("http", "www.", "pic.twitter", "h/t", "via "))


def join_broken(text: str, lines: list[Line]) -> Iterator[Line]:
    """The lines, with those put together that are one paragraph: hard-wrapped ones, and one broken in mid-sentence."""
    wrapped = _is_wrapped(lines)
    first: Line | None = None
    last: Line | None = None
    for line in lines:
        if first is None or last is None:
            first = last = line
        elif _runs_on(last, line, wrapped):
            last = line
        else:
            yield _joined(text, first, last)
            first = last = line
    if first is not None and last is not None:
        yield _joined(text, first, last)


def _joined(text: str, first: Line, last: Line) -> Line:
    return first if first is last else replace(first, text=text[first.start : last.span[1]])
