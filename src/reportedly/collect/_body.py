"""A page's running text: trafilatura's tree → paragraphs, each with what the page says that it is.

trafilatura works in precision mode (https://aclanthology.org/2021.acl-demo.15/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportedly._errors import InputError
from reportedly._records import BlockKind
from reportedly.collect._bombs import is_bomb

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(("p", "head", "quote", "list", "item", "row", "div", "table", "code", "body"))
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_BREAKS = re.compile(r"\n[ \n]*\n")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a page, and what the page says that it is, if it says so."""

    text: str
    kind: BlockKind | None = None


def one_line(value: str | None) -> str:
    """The value on one line, without what cannot be seen."""
    line = " ".join((value or "").split())
    return line if line.isprintable() else " ".join(_INVISIBLE.sub("", value or "").split())


def parse(html: str, name: str) -> HtmlElement:
    """The tree of a page.

    Raises:
        InputError: it is none, or too hostile to be parsed.
    """
    import trafilatura

    if is_bomb(html):
        raise InputError(name, "no article found in this page: a tag of thousands of attributes")
    try:
        tree = trafilatura.load_html(html)
    # A page can be hostile, and the parsers below trafilatura raise whatever they raise.
    except Exception as problem:
        raise InputError(name, f"no article found in this page ({type(problem).__name__})") from problem
    if tree is None:
        raise InputError(name, "no article found in this page")
    return tree


def paragraphs_of(tree: HtmlElement, data: dict[str, Any], name: str, url: str | None) -> list[Paragraph]:
    """The paragraphs of a page's running text, in order; none where trafilatura finds none.

    Raises:
        InputError: trafilatura fails.
    """
    import trafilatura

    try:
        document = trafilatura.bare_extraction(tree, url=url, favor_precision=True, include_comments=False)
    except Exception as problem:  # as above
        raise InputError(name, f"no article found in this page ({type(problem).__name__})") from problem
    if not isinstance(document, trafilatura.settings.Document) or document.body is None:
        return []
    return list(_marked(tree, paragraphs_in(document.body), data))


def paragraphs_in(body: HtmlElement) -> Iterator[Paragraph]:
    """The paragraphs of trafilatura's tree. A single line break stays one, two end a paragraph."""
    from lxml.etree import iterwalk

    parts: list[str] = []
    headings = 0
    for event, element in iterwalk(body, events=("start", "end")):
        tag, heading = element.tag, headings > 0
        if tag in _BLOCKS:
            yield from _flush(parts, heading)
        if event == "start":
            headings += tag == "head"
            parts.append("\n" if tag == "lb" else _SPACE.sub(" ", element.text or ""))
            continue
        headings -= tag == "head"
        if tag == "cell":
            parts.append(" ")
        if element is not body:
            parts.append(_SPACE.sub(" ", element.tail or ""))
    yield from _flush(parts, heading=False)


def _flush(parts: list[str], heading: bool) -> Iterator[Paragraph]:
    for piece in _BREAKS.split(_INVISIBLE.sub("", "".join(parts))):
        text = "\n".join(line for part in piece.split("\n") if (line := " ".join(part.split())))
        if text:
            yield Paragraph(text, "heading" if heading and re.search(r"\w", text) else None)
    parts.clear()


def _marked(tree: HtmlElement, paragraphs: Iterator[Paragraph], data: dict[str, Any]) -> Iterator[Paragraph]:
    """The paragraphs, embedded posts marked as the page marks them."""
    posts = "\n".join(
        one_line(element.text_content())
        for element in tree.iter("blockquote")
        if not set(element.get("class", "").lower().split()).isdisjoint(data["embeds"])
    )
    for paragraph in paragraphs:
        yield Paragraph(paragraph.text, "embed") if posts and one_line(paragraph.text) in posts else paragraph
