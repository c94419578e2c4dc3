"""A page of HTML → Article.

trafilatura finds the running text (`_body`), or the entries of a live blog are taken as the page has them (`_live`);
here they become one text, one blank line between two paragraphs, the headline first. What the page itself says of a
part (a heading, a picture's caption, an embedded post) goes into ``Article.blocks``; all else is left to the stage
`read`. What a page says of itself as a whole is `_metadata`, and why it is no article at all `_refusals`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from reportedly._errors import InputError
from reportedly._records import Article, Block
from reportedly._settings import Settings
from reportedly.collect._body import Paragraph, paragraphs_of, parse
from reportedly.collect._captions import with_captions
from reportedly.collect._inputs import Known, make_article
from reportedly.collect._live import entries_of
from reportedly.collect._metadata import host_of, metadata_of
from reportedly.collect._refusals import why_no_article
from reportedly.collect._teasers import without_teasers

__all__ = ["article_of_page", "host_of", "page_data"]


@cache
def page_data() -> dict[str, Any]:
    """What marks parts of a page: `data/page.toml`."""
    return tomllib.loads((files(__package__) / "data" / "page.toml").read_text("utf-8"))


def article_of_page(html: str, name: str, settings: Settings, url: str | None = None) -> Article:
    """The article of a page. ``url`` is where it was fetched from, if it was.

    Raises:
        InputError: no article can be found in it.
    """
    data = page_data()
    tree = parse(html, name)
    known = metadata_of(tree, data, url)
    paragraphs = paragraphs_of(tree, data, name, url)
    paragraphs = entries_of(tree, data, known, paragraphs) or without_teasers(tree, paragraphs)
    if (reason := why_no_article(tree, known, paragraphs)) is not None:
        raise InputError(name, f"no article found in this page{reason}")
    text, blocks = _lay_out(known.title, with_captions(tree, known.title, paragraphs, data))
    said = Known(
        title=known.title,
        outlet=known.outlet or host_of(url) or host_of(known.url),
        authors=known.authors,
        published=known.published,
        updated=known.updated,
        language=known.language,
        url=known.url,
    )
    return make_article(text, name, settings, said, blocks)


def _lay_out(title: str | None, paragraphs: list[Paragraph]) -> tuple[str, tuple[Block, ...]]:
    """The text of an article, its headline first, and the blocks that are known."""
    if title:
        words = re.findall(r"\w+", title.lower())
        first = [p for p in paragraphs[:3] if re.findall(r"\w+", p.text.lower()) != words]
        paragraphs = [Paragraph(title, "headline"), *first, *paragraphs[3:]]
    blocks, length = [], 0
    for paragraph in paragraphs:
        if paragraph.kind:
            blocks.append(Block(paragraph.kind, (length, length + len(paragraph.text))))
        length += len(paragraph.text) + 2
    return "\n\n".join(paragraph.text for paragraph in paragraphs) + "\n", tuple(blocks)
