"""What a watcher takes from this stage, one step at a time: a feed's entries, and the article that a link leads to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly._errors import InputError
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect._extract import article_of
from reportedly.collect._feeds import RSS, joined
from reportedly.collect._fetch import Page
from reportedly.collect._files import reason_of
from reportedly.collect._identity import Notice
from reportedly.collect._inputs import Input, Item, Link, Listing, PageJob, filled, read_all
from reportedly.collect._listings import feeds_of_list
from reportedly.collect._names import shown
from reportedly.collect._readers import items_of
from reportedly.collect._xml import name_of, parts, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"
_PERIODS = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_CHANNELS = frozenset(("rss", "rdf", "channel", "feed"))


def feeds_named(path: Path, settings: Settings) -> list[str]:
    """The addresses of the feeds that a file lists, each once, in its order: OPML, or plain text with one a line.

    In plain text, empty lines and those that begin with "#" count for nothing.

    Raises:
        InputError: the file cannot be read, names no feed, or has a line that is no address.
    """
    name = shown(str(path))
    try:
        with path.open("rb") as stream:
            data = read_all(Input(stream, name, path.name), settings)
    except OSError as problem:
        raise InputError(name, reason_of(problem)) from None
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or b"\0" in data[:100]:
        source = Input(io.BufferedReader(io.BytesIO(data)), name, path.name)
        items = list(feeds_of_list(source, settings))
        if (refusal := next((item for item in items if isinstance(item, InputError)), None)) is not None:
            raise refusal
        return [item.url for item in items if isinstance(item, Link)]
    return _lines(data.decode("utf-8-sig", "replace"), name)


def _lines(text: str, name: str) -> list[str]:
    found: dict[str, None] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        address = joined("", words)
        if address is None:
            raise InputError(f"{name}:{number}", f"not an http or https address: {shown(words, 100)}")
        found.setdefault(address)
    if not found:
        raise InputError(name, "no feed is named in this list")
    return list(found)


def items_of_feed(page: Page, name: str, settings: Settings) -> Iterator[Item]:
    """A feed's entries: articles where it has the full text, links where it has not, reasons where it has neither."""
    return items_of(_input(page, name, "feed list"), settings)


def article_of_link(link: Link, page: Page, settings: Settings) -> Article:
    """The article of the page that a link led to, with what the feed says where the page says nothing.

    Raises:
        InputError: the page is none of an article.
    """
    for item in items_of(_input(page, link.name, link.listed), settings):
        found = article_of(replace(item, known=link.known), settings) if isinstance(item, PageJob) else item
        if isinstance(found, Article):
            return filled(found, link.known)
        if isinstance(found, InputError) and not isinstance(found, Notice):
            raise InputError(link.name, found.reason)
    raise InputError(link.name, "no article")


def minutes_to_live(page: Page, settings: Settings) -> int | None:
    """How many minutes a feed asks to be left alone (RSS 2.0's ``ttl``, RSS 1.0's module ``syndication``), or None."""
    source = _input(page, page.url, "feed list")
    ttl = period = None
    frequency = 1
    try:
        for event, element in parts(source.stream, _is_channel, source.name, settings, source.charset):
            space, local = name_of(element)
            if event == "frame":
                continue
            if local in ("item", "entry"):
                break
            if local == "ttl" and space in RSS:
                ttl = _count(text_of(element))
            elif space in (SYNDICATION, "sy") and local == "updateperiod":
                period = _PERIODS.get(text_of(element).strip().lower())
            elif space in (SYNDICATION, "sy") and local == "updatefrequency":
                frequency = _count(text_of(element)) or 1
    except InputError:
        return None
    return ttl or (period // frequency if period else None)


def _is_channel(element: Element) -> bool:
    return name_of(element)[1] in _CHANNELS


def _count(words: str) -> int | None:
    words = words.strip()
    return int(words[:9]) if words.isascii() and words.isdecimal() else None


def _input(page: Page, name: str, listed: Listing) -> Input:
    hint = page.url.partition("?")[0]
    return Input(io.BufferedReader(io.BytesIO(page.data)), shown(name), hint, page.url, page.charset, listed)
