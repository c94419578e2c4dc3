"""Puts marks into a text: spans that nest, overlap and touch, without losing or doubling a character.

Spans are turned into properly nested elements the way a stand-off annotation is made inline (TEI P5, chapter 20,
"Non-hierarchical structures": a span that crosses another's end is split, and continued after it). So the text of the
HTML is always the text that went in, and a span that crosses nothing is one element, which a link can light up whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from reportedly._records import Span
from reportedly.tell._clean import text_node


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be marked: ``opening`` and ``continuing`` are start tags, ``closing`` the end tag of both.

    ``after`` is put once, behind the span's true end; it is no part of the text.
    """

    span: Span
    opening: Markup
    continuing: Markup
    closing: Markup
    after: Markup


def element(name: str, span: Span, css: str = "", anchor: str = "", after: Markup | None = None) -> Mark:
    """A mark that is an element with a class and an id; its continuations have no id."""
    start = Markup("<{}").format(Markup(name))  # noqa: S704  (our own element names)
    kind = Markup(' class="{}"').format(css) if css else Markup("")
    name_it = Markup(' id="{}"').format(anchor) if anchor else Markup("")
    close = Markup("</{}>").format(Markup(name))  # noqa: S704
    return Mark(span, start + kind + name_it + Markup(">"), start + kind + Markup(">"), close, after or Markup(""))


def weave(text: str, span: Span, marks: Iterable[Mark]) -> Markup:
    """``text[span]`` as HTML with the marks in it; marks are cut to the span, and empty ones are left out.

    A mark that begins before the span is continued in it (no id), one that ends behind it gets no ``after`` here.
    """
    begin, end = span
    inside = sorted(
        (mark for mark in marks if max(begin, mark.span[0]) < min(end, mark.span[1])),
        key=lambda mark: (mark.span[0], -mark.span[1]),
    )
    out: list[Markup] = []
    open_marks: list[Mark] = []
    position, waiting = begin, 0
    while position < end or open_marks:
        _close_ended(out, open_marks, position, end)
        if position >= end:
            break
        while waiting < len(inside) and max(begin, inside[waiting].span[0]) <= position:
            mark = inside[waiting]
            out.append(mark.opening if mark.span[0] >= begin else mark.continuing)
            open_marks.append(mark)
            waiting += 1
        stops = [end, *(mark.span[1] for mark in open_marks)]
        if waiting < len(inside):
            stops.append(inside[waiting].span[0])
        stop = min(stops)
        out.append(text_node(text[position:stop]))
        position = stop
    return Markup("").join(out)


def _close_ended(out: list[Markup], open_marks: list[Mark], position: int, end: int) -> None:
    """Close the marks that end here; those opened later, which run on, are closed around them and opened again."""
    ended = [index for index, mark in enumerate(open_marks) if mark.span[1] <= position or position >= end]
    if not ended:
        return
    inner = open_marks[ended[0] :]
    del open_marks[ended[0] :]
    running = [mark for mark in inner if mark.span[1] > position and position < end]
    for mark in reversed(inner):
        out.append(mark.closing)
        if mark.span[1] <= position:
            out.append(mark.after)
    out.extend(mark.continuing for mark in running)
    open_marks.extend(running)
