"""What the readers of each kind take and give.

A reader gets an open input and gives, in order, what it holds: articles; pages that are still to be extracted, which
other processes can do; links to articles, feeds or site maps elsewhere; and, in its place, the reason why something is
none of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from typing import Literal

from reportedly._errors import InputError
from reportedly._records import Article, Block
from reportedly._settings import Settings
from reportedly.collect._identity import make_id, refusal, sha256
from reportedly.collect._names import shown
from reportedly.collect._said import is_later

LONGEST_ADDRESS = 300
"""Characters of an address that are shown beside the name of the input that lists it."""

Listing = Literal["feed list", "feed", "sitemap index", "sitemap"]
"""An input that lists what is to be read elsewhere."""


@dataclass(frozen=True)
class Input:
    """An open input: its name, the file's own name for its suffix, and what came with a page from the web.

    ``listed`` is what it was listed in, if it was: what a feed leads to is an article and not another feed.
    """

    stream: BufferedReader
    name: str
    hint: str
    url: str | None = None
    charset: str | None = None
    listed: Listing | None = None

    def item(self, number: int, url: str | None = None) -> str:
        """The name of the n-th thing in this input, with its own address if it has one."""
        return item_name(self.name, number, url)


def item_name(name: str, number: int, url: str | None = None) -> str:
    """The name of the n-th thing in an input, with its own address if it has one."""
    return shown(f"{name}:{number} ({shown(url, LONGEST_ADDRESS)})" if url else f"{name}:{number}")


@dataclass(frozen=True)
class Known:
    """What a format says of an article beside its text. What it does not say is None."""

    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    language: str | None = None
    place: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class PageJob:
    """A page of HTML that is still to be extracted. ``known`` fills in what the page does not say of itself."""

    data: bytes | str
    name: str
    url: str | None = None
    charset: str | None = None
    known: Known = Known()


@dataclass(frozen=True)
class Link:
    """An address that an input lists, to be fetched and read."""

    url: str
    name: str
    listed: Listing
    known: Known = Known()


Found = Article | InputError
"""What an input gives in the end: an article, or why it gives none."""

Item = Found | PageJob | Link
"""What a reader gives."""


def make_article(
    text: str,
    name: str,
    settings: Settings,
    known: Known,
    blocks: tuple[Block, ...] = (),
    article_id: str | None = None,
) -> Article:
    """The article of a text and of what its format says of it.

    Raises:
        InputError: the text cannot be an article's.
    """
    if reason := refusal(text, settings.max_characters):
        raise InputError(name, reason)
    digest = sha256(text)
    return Article(
        id=article_id or make_id(digest, known.outlet, known.url),
        source=name,
        text=text,
        sha256=digest,
        outlet=known.outlet,
        title=known.title,
        url=known.url,
        published=known.published,
        updated=_updated(known.updated, known.published),
        authors=known.authors,
        place=known.place,
        language=known.language,
        blocks=blocks,
    )


def filled(article: Article, known: Known) -> Article:
    """The article with what its format says where the article itself says nothing; outlet and address stay its own."""
    return replace(
        article,
        title=article.title or known.title,
        authors=article.authors or known.authors,
        published=article.published or known.published,
        updated=article.updated or _updated(known.updated, article.published or known.published),
        language=article.language or known.language,
        place=article.place or known.place,
    )


def _updated(updated: str | None, published: str | None) -> str | None:
    """When an article was last changed, where that is later than its publication."""
    return updated if updated and is_later(updated, published) else None


def read_all(source: Input, settings: Settings) -> bytes:
    """The whole of an input that can only be read as a whole.

    Raises:
        InputError: it is longer than ``settings.max_bytes``.
    """
    data = source.stream.read(settings.max_bytes + 1)
    if len(data) > settings.max_bytes:
        raise InputError(source.name, f"too large: more than {settings.max_bytes:,} bytes")
    return data


Items = Iterator[Item]
