"""The captions of an article's pictures, put back between its paragraphs: in precision mode trafilatura drops them.

A caption counts if it stands between the headline and the last paragraph, outside of the page's frame and of links,
which lead to other articles. Which elements are captions, `data/page.toml` says beside ``<figcaption>``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from reportedly.collect._body import Paragraph, one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FEWEST = 4
"""Words of a caption; what is shorter is a credit or a button."""

LONGEST = 800
"""Characters of a caption at most; an element called a caption that holds more is a frame around an article."""

_FRAME = frozenset(("a", "nav", "aside", "footer", "form", "dialog", "button", "noscript", "template"))
_LINES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote"))


def with_captions(
    tree: HtmlElement, title: str | None, paragraphs: list[Paragraph], data: dict[str, Any]
) -> list[Paragraph]:
    """The paragraphs, captions among them marked as such and the others put in where the page has them.

    ``data`` is `data/page.toml`.
    """
    marked = _marked(tree, data)
    known = {text for element in marked if len(text := one_line("".join(element.itertext()))) <= LONGEST}
    paragraphs = [Paragraph(each.text, "caption") if one_line(each.text) in known else each for each in paragraphs]
    captions = {element: text for element in marked if (text := _caption(element))}
    if not captions:
        return paragraphs
    places = {_key(paragraph.text): place for place, paragraph in enumerate(paragraphs)}
    seen = {one_line(paragraph.text) for paragraph in paragraphs}
    after: defaultdict[int, list[Paragraph]] = defaultdict(list)
    waiting: list[Paragraph] = []
    here: int | None = None
    for element in tree.iter(*_LINES, *{caption.tag for caption in captions}):
        key = _key("".join(element.itertext())) if element.tag in _LINES else ""
        if element.tag == "h1" and here is None and title and key == _key(title):
            here, waiting = -1, []
        elif (place := places.get(key)) is not None:
            # Only what an article's paragraph follows stands in the article.
            after[-1 if here is None else here] += waiting if here is not None else []
            here, waiting = place, []
        elif here is not None and (text := captions.get(element, "")) and text not in seen:
            seen.add(text)
            waiting.append(Paragraph(text, "caption"))
    return [*after[-1], *_woven(paragraphs, after)]


def _key(text: str) -> str:
    return "".join(text.split())


def _woven(paragraphs: list[Paragraph], after: defaultdict[int, list[Paragraph]]) -> Iterator[Paragraph]:
    for place, paragraph in enumerate(paragraphs):
        yield paragraph
        yield from after[place]


def _marked(tree: HtmlElement, data: dict[str, Any]) -> list[HtmlElement]:
    """The elements that a page marks as captions, by their tag or their class, in order."""
    named = _naming(tuple(data["captions"]))
    return [
        element
        for element in tree.iter("figcaption", "div", "p", "span", "small", "cite")
        if element.tag == "figcaption" or ((names := element.get("class")) and named(names))
    ]


@cache
def _naming(words: tuple[str, ...]) -> Callable[[str], re.Match[str] | None]:
    return re.compile("|".join(words), re.I).search


def _caption(element: HtmlElement) -> str:
    """The text of an element that is marked as a caption, if it is one of the article's."""
    text = one_line(" ".join(element.itertext()))  # a description and a credit stand in elements of their own
    if len(text) > LONGEST or len(text.split()) < FEWEST:
        return ""
    if element.tag != "figcaption" and not _beside_picture(element):
        return ""
    return "" if any(ancestor.tag in _FRAME for ancestor in element.iterancestors()) else text


def _beside_picture(element: HtmlElement) -> bool:
    around = [*element.iterancestors()][:2]
    return any(next(each.iter("img", "picture"), None) is not None for each in around if each.tag != "body")
