"""A piece of HTML that is an article's body already → paragraphs: from a feed, a mail, an agency's item.

Nothing is searched for in it, as `_pages` does in a whole page: all that a reader would see is kept, but for forms and
what is hidden. Headings, captions and embedded posts are marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly._records import Block, BlockKind
from reportedly.collect._bombs import is_bomb
from reportedly.collect._pages import page_data

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header
    hedline hl1 hl2 hr html li main ol p pre section table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - forty words in a list are forty lines
)
_UNSEEN = frozenset("audio button canvas form head iframe nav noscript object script select style svg template".split())  # noqa: SIM905
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "hl2"))
_CAPTIONS = frozenset(("figcaption", "caption"))
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_BREAKS = re.compile(r"\n[ \n]*\n")
_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Piece:
    """A paragraph, and what its markup says that it is, if it says so."""

    text: str
    kind: BlockKind | None = None


def pieces_of(html: str) -> list[Piece]:
    """The paragraphs of a piece of HTML; none if it holds no text, or is made to be parsed for ever."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    if not _WORD.search(html) or is_bomb(html):
        return []
    try:
        # As bytes: lxml takes no string that declares an encoding.
        data = _INVISIBLE.sub(" ", html).encode()
        tree = document_fromstring(
            data,
            parser=HTMLParser(
                encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
            ),
        )
    except (ParserError, ValueError):
        return []
    return pieces_of_tree(tree)


def pieces_of_tree(tree: Element) -> list[Piece]:
    """The paragraphs of a tree of HTML or NITF without comments; its entities are taken out of it."""
    from lxml.etree import Entity, strip_tags

    strip_tags(tree, Entity)  # the walk would not see the text behind one
    return list(_pieces(tree))


def _pieces(tree: Element) -> Iterator[Piece]:
    from lxml.etree import iterwalk

    embeds = frozenset(page_data()["embeds"])
    parts: list[str] = []
    hidden = 0
    kinds: list[BlockKind] = []
    for event, element in iterwalk(tree, events=("start", "end")):
        tag = _tag(element)
        unseen = tag in _UNSEEN or not tag or _HIDDEN.search(element.get("style", "")) is not None
        if tag in _BLOCKS:
            yield from _flush(parts, kinds[-1] if kinds else None)
        kind = _kind(tag, element, embeds)
        if event == "start":
            hidden += unseen
            if kind:
                kinds.append(kind)
            if not hidden:
                parts.append("\n" if tag == "br" else _SPACE.sub(" ", element.text or ""))
            continue
        hidden -= unseen
        if kind:
            kinds.pop()
        if not hidden and element is not tree:
            parts.append(_SPACE.sub(" ", element.tail or ""))
    yield from _flush(parts, None)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _kind(tag: str, element: Element, embeds: frozenset[str]) -> BlockKind | None:
    if tag in _HEADINGS:
        return "heading"
    if tag in _CAPTIONS:
        return "caption"
    if tag == "blockquote" and not embeds.isdisjoint(element.get("class", "").lower().split()):
        return "embed"
    return None


def _flush(parts: list[str], kind: BlockKind | None) -> Iterator[Piece]:
    for piece in _BREAKS.split(_INVISIBLE.sub("", "".join(parts))):
        text = "\n".join(line for part in piece.split("\n") if (line := _SPACE.sub(" ", part).strip()))
        if text and _WORD.search(text):
            yield Piece(text, kind)
    parts.clear()


def lay_out(title: str | None, pieces: list[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The text of an article, its headline first and a blank line between two paragraphs, and the blocks known."""
    if title:
        words = _words(title)
        pieces = [Piece(title, "headline"), *(p for at, p in enumerate(pieces) if at > 2 or _words(p.text) != words)]
    blocks, length = [], 0
    for piece in pieces:
        if piece.kind:
            blocks.append(Block(piece.kind, (length, length + len(piece.text))))
        length += len(piece.text) + 2
    return "\n\n".join(piece.text for piece in pieces) + "\n", tuple(blocks)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def count_words(pieces: list[Piece]) -> int:
    """Words in all of them."""
    return sum(len(piece.text.split()) for piece in pieces)
