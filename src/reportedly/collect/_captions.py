"""The captions of an article's pictures, put back between its paragraphs: in precision mode trafilatura drops them.

A caption counts if it stands between the headline and the last paragraph, outside of the page's frame and of links,
which lead to other articles. Which elements are captions, `data/page.toml` says beside ``<figcaption>``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reportedly.collect._body import LONGEST_CAPTION, Paragraph, one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FEWEST = 4
"""Words of a caption; what is shorter is a credit or a button."""

_FRAME = frozenset(("a", "nav", "aside", "footer", "form", "dialog", "button", "noscript", "template"))
_LINES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote"))


def with_captions(
    tree: HtmlElement, title: str | None, paragraphs: list[Paragraph], data: dict[str, Any]
) -> list[Paragraph]:
    """The paragraphs with the captions between them, where the page has them. ``data`` is `data/page.toml`."""
    places = {one_line(paragraph.text): place for place, paragraph in enumerate(paragraphs)}
    after: defaultdict[int, list[Paragraph]] = defaultdict(list)
    waiting: list[Paragraph] = []
    seen = set(places)
    here: int | None = None
    for element in tree.iter():
        text = one_line("".join(element.itertext())) if element.tag in _LINES else ""
        if element.tag == "h1" and text == title and here is None:
            here, waiting = -1, []
        elif (place := places.get(text)) is not None:
            # Only what an article's paragraph follows stands in the article.
            after[-1 if here is None else here] += waiting if here is not None else []
            here, waiting = place, []
        elif here is not None and (text := _caption(element, data)) and text not in seen:
            seen.add(text)
            waiting.append(Paragraph(text, "caption"))
    return [*after[-1], *_woven(paragraphs, after)]


def _woven(paragraphs: list[Paragraph], after: defaultdict[int, list[Paragraph]]) -> Iterator[Paragraph]:
    for place, paragraph in enumerate(paragraphs):
        yield paragraph
        yield from after[place]


def _caption(element: HtmlElement, data: dict[str, Any]) -> str:
    if element.tag != "figcaption":
        if element.tag not in ("div", "p", "span"):
            return ""
        names = (element.get("class") or "").lower()
        if not any(word in names for word in data["captions"]) or not _beside_picture(element):
            return ""
    if any(ancestor.tag in _FRAME for ancestor in element.iterancestors()):
        return ""
    text = one_line(" ".join(element.itertext()))
    return text if len(text) <= LONGEST_CAPTION and len(text.split()) >= FEWEST else ""


def _beside_picture(element: HtmlElement) -> bool:
    around = [*element.iterancestors()][:2]
    return any(next(each.iter("img", "picture"), None) is not None for each in around if each.tag != "body")
