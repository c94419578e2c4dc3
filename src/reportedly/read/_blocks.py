"""Splits an article into blocks, and reads title, date, place, writers and outlet where the text itself gives them.

Every character that is not white space lies in exactly one block. A block is a line, with two exceptions: a paragraph
that was broken in mid-sentence (or hard-wrapped) is one block, and a dateline that opens a paragraph is a block of its
own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportedly._outlets import Outlet, outlet_of_url
from reportedly._records import Article, Block, BlockKind
from reportedly._spans import trim
from reportedly.read._block_head import (
    Dateline,
    credited_outlet,
    date_in,
    linked_outlet,
    lone_place,
    read_byline,
    read_dateline,
)
from reportedly.read._block_kinds import kinds_of
from reportedly.read._block_lines import Line, join_broken, split_lines

KEPT: frozenset[BlockKind] = frozenset({"headline", "heading", "caption", "embed", "boilerplate"})
"""Kinds that a page's tags tell better than its text: collect's word stands."""
DATELINED = 3
"""A dateline opens one of the first paragraphs, or stands further down in a round-up, where the place must be known."""


def split_blocks(article: Article) -> Article:
    """The article with its blocks, and with what its head and foot say where that is not known yet.

    Blocks that are given with one of the kinds `KEPT` stay as they are, unless they overlap, lie outside the text or
    are a heading of the page's own ("Read more"); everything else is classified anew.
    """
    text = article.text
    lines = list(join_broken(text, _lines(article)))
    kinds = kinds_of(lines, article.title, article.authors)
    blocks: list[Block] = []
    datelines: list[Dateline] = []
    paragraphs = 0
    for line, kind in zip(lines, kinds, strict=True):
        start, end = line.span
        found = read_dateline(line.text) if kind == "dateline" or (kind == "body" and paragraphs < DATELINED) else None
        paragraphs += kind == "body"
        if found:
            datelines.append(found)
        if found and kind == "body" and line.text[found.length :].strip():
            rest = line.text[found.length :]
            blocks.append(Block("dateline", (start, start + found.length)))
            start = end - len(rest.lstrip())
        blocks.append(Block(kind, (start, end)))
    return _with_facts(replace(article, blocks=tuple(blocks)), lines, kinds, datelines)


def _lines(article: Article) -> list[Line]:
    """The text's lines, those of kept blocks as collect gave them."""
    text = article.text
    lines: list[Line] = []
    done = 0
    for block in _kept(article):
        start, end = block.span
        lines += _between(text, done, start)
        lines.append(Line(text[start:end], start, True, block.kind))
        done = end
    lines += _between(text, done, len(text))
    return lines


def _between(text: str, start: int, end: int) -> Iterator[Line]:
    for line in split_lines(text[start:end]):
        yield replace(line, start=line.start + start)


def _kept(article: Article) -> Iterator[Block]:
    done = 0
    for block in sorted(article.blocks, key=lambda block: block.span):
        start, end = block.span
        if block.kind not in KEPT or not done <= start < end <= len(article.text):
            continue
        span = trim(article.text, block.span)
        if span[0] < span[1]:
            yield Block(block.kind, span)
            done = end


def _with_facts(article: Article, lines: list[Line], kinds: list[BlockKind], datelines: list[Dateline]) -> Article:
    head = [(line, kind) for line, kind in zip(lines, kinds, strict=True) if kind in {"headline", "byline", "dateline"}]
    title = next((line.unmarked for line, kind in head if kind == "headline"), None)
    authors = [name for line, kind in head if kind == "byline" for name in read_byline(line.unmarked) or ()]
    dates = [date_in(line.bare) for line, kind in head if kind in {"dateline", "byline"}]
    dates += [dateline.published for dateline in datelines]
    places = [dateline.place for dateline in datelines if dateline.place]
    places += [place for line, kind in head if kind == "dateline" for place in [lone_place(line.text)] if place]
    outlet = _outlet(article, lines, kinds, datelines) if article.outlet is None else None
    return replace(
        article,
        title=article.title or title,
        authors=article.authors or tuple(dict.fromkeys(name for name in authors if name != article.outlet)),
        published=article.published or next((found for found in dates if found), None),
        place=article.place or next(iter(places), None),
        outlet=article.outlet or (outlet.name if outlet else None),
    )


def _outlet(article: Article, lines: list[Line], kinds: list[BlockKind], datelines: list[Dateline]) -> Outlet | None:
    """The outlet, from what tells it best to what tells it least: an address, a credit at the foot, the dateline."""
    for address in (article.url, article.source):
        found = outlet_of_url(address) if address and "//" in address else None
        if found:
            return found
    fine_print = [line for line, kind in zip(lines, kinds, strict=True) if kind == "boilerplate"]
    for before, line in zip([None, *fine_print], fine_print, strict=False):
        original = "original" in line.key or (before is not None and before.key.startswith("original"))
        found = linked_outlet(line.bare) if original and "http" in line.bare else credited_outlet(line.bare)
        if found:
            return found
    return next((dateline.outlet for dateline in datelines if dateline.outlet), None)
