"""The full text of each article, every character once, with its blocks, quotes, copied passages and ways back.

The text of the HTML, without the elements marked ``data-not-text``, is the article's text: a test rebuilds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from reportedly._records import Block, BlockKind, Span
from reportedly.tell._book import Book, Source, Use
from reportedly.tell._clean import text_node
from reportedly.tell._marks import Mark, element, weave

KINDS: dict[BlockKind, str] = {
    "headline": "Headline",
    "byline": "Byline",
    "dateline": "Dateline",
    "body": "",
    "heading": "Section heading",
    "caption": "Caption",
    "embed": "Embedded post",
    "boilerplate": "Not part of the article",
    "repeat": "Repeated",
}
BACK = Markup('<a class="back" data-not-text href="#{}" title="Back to {}"><span class="vh">Back to </span>{}</a>')
WHOLE = 0.9
"""Share of a block that must be copied for it to count as copied: a changed dateline does not make it its own."""


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block, or (``kind`` "space") the characters between two. ``shared`` is with whom its text is shared.

    ``follows``: the block before is shared with the same, as wholly or as partly, so it need not be said again.
    """

    kind: str
    label: str
    html: Markup
    shared: tuple[Source, ...]
    whole: bool
    follows: bool
    cited: bool


@dataclass(frozen=True, slots=True)
class TextView:
    """An article's text in blocks; joined, they are the text."""

    source: Source
    blocks: tuple[BlockView, ...]


def view_text(source: Source, book: Book) -> TextView:
    """The article's full text with everything the page cites of it marked."""
    marks = [_mark(use, source) for use in book.uses(source.article.id)]
    return TextView(source, tuple(_runs(_blocks(source, marks, book))))


def _runs(blocks: Iterable[BlockView]) -> Iterator[BlockView]:
    last: tuple[tuple[Source, ...], bool] = ((), False)
    for block in blocks:
        if block.kind == "space":
            yield block
        else:
            yield replace(block, follows=bool(block.shared) and (block.shared, block.whole) == last)
            last = (block.shared, block.whole)


def _blocks(source: Source, marks: list[Mark], book: Book) -> Iterator[BlockView]:
    text = source.article.text
    position = 0
    for block in sorted(source.article.blocks, key=lambda block: block.span):
        start, end = max(block.span[0], position), min(block.span[1], len(text))
        if start >= end:
            continue
        yield from _between(source, (position, start), marks, book)
        # White space at a block's end belongs between the blocks, or it shows as an empty line.
        stop = start + len(text[start:end].rstrip())
        if stop > start:
            yield _block(block, source, (start, stop), marks, book)
        yield from _between(source, (max(stop, start), end), marks, book)
        position = end
    yield from _between(source, (position, len(text)), marks, book)


def _between(source: Source, span: Span, marks: list[Mark], book: Book) -> Iterator[BlockView]:
    words = source.article.text[slice(*span)]
    if words.strip():
        yield _block(Block("body", span), source, span, marks, book)
    elif words:
        yield BlockView("space", "", text_node(words), (), whole=False, follows=False, cited=False)


def _block(block: Block, source: Source, span: Span, marks: list[Mark], book: Book) -> BlockView:
    inside = [mark for mark in marks if mark.span[0] < span[1] and span[0] < mark.span[1]]
    shared: list[Source] = []
    covered: set[int] = set()
    for copy in source.story.copied:
        other = book.source(copy.article)
        for start, end in copy.spans:
            common = range(max(start, span[0]), min(end, span[1]))
            if common and other and other is not source:
                covered.update(common)
                if other not in shared:
                    shared.append(other)
    return BlockView(
        kind=block.kind,
        label=KINDS[block.kind],
        html=weave(source.article.text, span, inside),
        shared=tuple(shared),
        whole=len(covered) >= WHOLE * (span[1] - span[0]),
        follows=False,
        cited=bool(inside),
    )


def _mark(use: Use, source: Source) -> Mark:
    backs = Markup("").join(BACK.format(back.anchor, back.label, back.sign) for back in use.backs)
    css = "q" if use.kind == "quote" else "p"
    # White space between blocks is printed without marks: a mark that began there would lose its anchor.
    start, end = use.span
    words = source.article.text[start:end]
    inner = (start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))
    return element("span", inner, css, f"{source.anchor}-{start}-{end}", backs)
