"""Teasers: boxes on a page that each lead to another article with its headline and a line or two.

A teaser is the largest element that holds exactly one linked headline. Where several such boxes stand on a page, what
stands in them is no part of the article; where the running text is spread over them, the page is an index.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reportedly.collect._body import Paragraph, one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FEWEST_WORDS = 4
"""Words of a linked headline; shorter links are sections and names."""
SERIES = 3
"""Boxes that hold text of the article from which they are a series of teasers."""
MOST = 0.5
"""Share of the running text from which teasers are no longer beside it, but it: a list of ships, a page of results."""
LONGEST = 60
"""Words beside its headline that a teaser may have; a box with more is an article with its own headline linked."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def teasers_of(tree: HtmlElement) -> list[list[str]]:
    """The lines of each teaser of the page: its headline first, then its paragraphs and the like."""
    titles = {element: text for element in tree.iter(*_HEADINGS) if (text := _linked(element))}
    holding: Counter[HtmlElement] = Counter(ancestor for title in titles for ancestor in title.iterancestors())
    found = []
    for title, text in titles.items():
        box = title
        while (parent := box.getparent()) is not None and holding[parent] == 1:
            box = parent
        if len("".join(box.itertext()).split()) - len(text.split()) <= LONGEST:
            parts = (one_line("".join(part.itertext())) for part in box.iter("p", "li", "span", "div"))
            found.append([text, *dict.fromkeys(filter(None, parts))])
    return found


def _linked(heading: HtmlElement) -> str:
    """The text of a heading all of which is linked; else nothing."""
    text = one_line("".join(heading.itertext()))
    if len(text.split()) < FEWEST_WORDS:
        return ""
    inside = "".join("".join(link.itertext()) for link in heading.iter("a") if link.get("href"))
    around = any(ancestor.tag == "a" and ancestor.get("href") for ancestor in heading.iterancestors())
    # By its words, for some headings hold their text twice: once more for screen readers.
    return text if around or set(inside.split()) == set(text.split()) else ""


def without_teasers(tree: HtmlElement, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs, those that stand in a series of teasers marked as boilerplate."""
    boxes = [set(lines) for lines in teasers_of(tree)]
    lines = [one_line(paragraph.text) for paragraph in paragraphs]
    known = set(lines)
    holding = [box for box in boxes if not box.isdisjoint(known)]
    if len(holding) < SERIES:
        return paragraphs
    inside = set().union(*holding)
    words = [len(line.split()) for line in lines]
    if sum(count for line, count in zip(lines, words, strict=True) if line in inside) > MOST * sum(words):
        return paragraphs
    return [
        Paragraph(paragraph.text, "boilerplate") if line in inside else paragraph
        for paragraph, line in zip(paragraphs, lines, strict=True)
    ]
