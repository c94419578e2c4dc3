"""Draws who credits or copies whom: articles at the left, those they credit at the right, curves between them.

Copies and credits among the articles themselves are arcs at the left of their names, copies drawn heavier. A curve is
as heavy as the credits are many, and leads to the first of them; the list below the picture has all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reportedly.tell._clean import shorten, text_node

WIDE, NARROW = 760, 328
"""Widths drawn, in CSS pixels: a desktop column, and a phone of 360 with its margins."""
STEP = 30
"""Pixels from one name to the next."""
LETTER = 6.6
"""Pixels of a letter of a name, at 12 px."""
TOP = 26


@dataclass(frozen=True, slots=True)
class Edge:
    """From an article (from 0) to another or to a name outside; how many passages, the first one's anchor."""

    start: int
    target: int | str
    passages: int
    href: str
    copied: bool


def draw_credits(articles: Sequence[str], edges: Sequence[Edge], *, narrow: bool) -> Markup:
    """The picture; an empty one without edges."""
    if not edges:
        return Markup("")
    width = NARROW if narrow else WIDE
    arcs = [edge for edge in edges if isinstance(edge.target, int)]
    left = 34 if arcs else 8
    outside = _outside(edges)
    most = (width - left) * 0.36
    first = left + min(most, LETTER * max(map(len, articles)) + 12)
    last = width - most if narrow else first + 260
    rows = max(len(articles), len(outside))
    height = TOP + STEP * rows
    places = {name: TOP + STEP * (at + 0.5) * rows / max(1, len(outside)) for at, name in enumerate(outside)}
    own = [TOP + STEP * (at + 0.5) * rows / len(articles) for at in range(len(articles))]
    parts = [_arc(edge, left - 4, own[edge.start], own[edge.target]) for edge in arcs]  # type: ignore[index]
    parts += [
        _curve(edge, (first, own[edge.start]), (last, places[edge.target]))
        for edge in edges
        if isinstance(edge.target, str)
    ]
    here, there = int((first - left) / LETTER), int((width - last - 8) / LETTER)
    parts += [_name(shorten(name, here), left, y, "start") for name, y in zip(articles, own, strict=True)]
    parts += [_name(shorten(name, there), last + 8, y, "start") for name, y in places.items()]
    # What it shows stands in the list below it: to a screen reader the list is enough.
    return Markup(
        '<svg class="credits-graph" aria-hidden="true" viewBox="0 0 {0} {1}" width="{0}" height="{1}">{2}{3}{4}</svg>'
    ).format(
        width,
        round(height + 6),
        _name("Article", left, 12, "start", "cg-head"),
        _name("credits", last + 8, 12, "start", "cg-head") if outside else Markup(""),
        Markup("").join(parts),
    )


def _outside(edges: Sequence[Edge]) -> list[str]:
    """Names outside the story, in the order of the articles that credit them: so that few curves cross."""
    found: dict[str, list[int]] = {}
    for edge in edges:
        if isinstance(edge.target, str):
            found.setdefault(edge.target, []).append(edge.start)
    return sorted(found, key=lambda name: (sum(found[name]) / len(found[name]), name))


def _weight(edge: Edge) -> float:
    return min(1.0 + 0.5 * (edge.passages - 1), 5.0)


def _link(edge: Edge, path: str) -> Markup:
    kind = "cg-copy" if edge.copied else "cg-credit"
    number = f"{edge.passages} passage{'' if edge.passages == 1 else 's'}"
    return Markup(
        '<a href="#{}" tabindex="-1"><path class="{}" d="{}" stroke-width="{}"><title>{}</title></path></a>'
    ).format(edge.href, kind, path, _weight(edge) + edge.copied, number)


def _curve(edge: Edge, start: tuple[float, float], end: tuple[float, float]) -> Markup:
    (x0, y0), (x1, y1), middle = start, end, (start[0] + end[0]) / 2
    return _link(edge, f"M{x0:.1f} {y0:.1f}C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}")


def _arc(edge: Edge, x: float, start: float, end: float) -> Markup:
    bulge = x - min(28.0, 10 + abs(end - start) / 6)
    return _link(edge, f"M{x:.1f} {start:.1f}C{bulge:.1f} {start:.1f} {bulge:.1f} {end:.1f} {x:.1f} {end:.1f}")


def _name(words: str, x: float, y: float, anchor: str, css: str = "cg-name") -> Markup:
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        css, round(x, 1), round(y + 4, 1), anchor, text_node(words)
    )
