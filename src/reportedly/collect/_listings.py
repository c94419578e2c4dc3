"""Lists of feeds (OPML 1.0 and 2.0) and site maps of news → links.

Of a site map only what it marks as news is followed (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap):
others list all pages of a site, by the ten thousand. What it says of an article fills in what the article's page does
not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._feeds import joined
from reportedly.collect._identity import Notice
from reportedly.collect._inputs import Input, Item, Known, Link, read_all
from reportedly.collect._said import moment, plain, primary_language
from reportedly.collect._xml import attribute, name_of, parts, safe_parser, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

MOST_MAPS = 50_000
"""Site maps that an index may name, by the protocol (https://www.sitemaps.org/protocol.html)."""


def feeds_of_list(source: Input, settings: Settings) -> Iterator[Item]:
    """The feeds that an OPML file names, each once, in its order."""
    from lxml import etree

    try:
        tree = etree.fromstring(read_all(source, settings), parser=safe_parser())
    except (etree.XMLSyntaxError, ValueError):
        tree = None
    addresses: dict[str, None] = {}
    for outline in tree.iter("{*}outline", "{*}OUTLINE") if tree is not None else ():
        address = joined(source.url or "", attribute(outline, "xmlurl"))
        if address:
            addresses.setdefault(address)
    if not addresses:
        yield InputError(source.name, "no feed is named in this list (OPML)")
    for number, address in enumerate(addresses, start=1):
        yield Link(address, source.item(number, address), "feed list")


def _is_frame(element: Element) -> bool:
    return name_of(element)[1] in ("urlset", "sitemapindex")


def news_of_sitemap(source: Input, settings: Settings) -> Iterator[Item]:
    """The articles that a site map marks as news, in its order."""
    number = left = 0
    for event, element in parts(source.stream, _is_frame, source.name, settings, source.charset):
        if event == "frame" or name_of(element)[1] != "url":
            continue
        number += 1
        news = next((child for child in element if name_of(child) == (NEWS, "news")), None)
        address = _address(element)
        if news is None:
            left += 1
        elif address is None:
            yield InputError(source.item(number), "no address of the web in this entry")
        else:
            yield Link(address, source.item(number, address), "sitemap", _known(news, address))
    if number == left:
        yield InputError(source.name, "a site map, but nothing in it is marked as news")
    elif left:
        yield Notice(source.name, f"{left:,} of {number:,} pages left out: not marked as news")


def _known(news: Element, address: str) -> Known:
    said = {name_of(child)[1]: text_of(child) for child in news.iter() if name_of(child)[0] == NEWS}
    return Known(
        title=plain(said.get("title")),
        outlet=plain(said.get("name")),
        published=moment(said.get("publication_date")),
        language=primary_language(said.get("language")),
        url=address,
    )


def _address(element: Element) -> str | None:
    return next((joined("", text_of(child)) for child in element if name_of(child)[1] == "loc"), None)


def sitemaps_of_index(source: Input, settings: Settings) -> Iterator[Item]:
    """The site maps that an index names; if some of them have news in their address, those alone."""
    maps = (
        address
        for event, element in parts(source.stream, _is_frame, source.name, settings, source.charset)
        if event == "part" and (address := _address(element))
    )
    found = list(islice(maps, MOST_MAPS))
    if not found:
        yield InputError(source.name, "an index of site maps without a site map")
    news = [address for address in found if "news" in address.lower()]
    if news and len(news) < len(found):
        yield Notice(
            source.name, f"{len(found) - len(news):,} of {len(found):,} site maps left out: no news in their address"
        )
    for number, address in enumerate(news or found, start=1):
        yield Link(address, source.item(number, address), "sitemap index")
