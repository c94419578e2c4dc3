"""Feeds → entries: RSS 0.90 to 2.0 and Atom 0.3 and 1.0, read as a stream, and JSON Feed 1.0 and 1.1.

Elements go by the names that the formats give them (https://www.rssboard.org/rss-specification,
https://web.resource.org/rss/1.0/spec, RFC 4287, https://www.jsonfeed.org/version/1.1/), namespaces of RSS modules by
their addresses; where a feed says one thing twice, the more exact element counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._entries import Entry, as_html, item_of
from reportedly.collect._identity import web_address
from reportedly.collect._inputs import Input, Item, Known, item_name
from reportedly.collect._pages import host_of
from reportedly.collect._said import byline_names, moment, one_line, plain, primary_language
from reportedly.collect._xml import attribute, name_of, parts, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
DC = "http://purl.org/dc/elements/1.1/"
TERMS = "http://purl.org/dc/terms/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
FEEDBURNER = "http://rssnamespace.org/feedburner/ext/1.0"
RSS = (
    "",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://purl.org/rss/1.0/",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2",
)
_FRAMES = frozenset(("rss", "rdf", "channel", "feed"))
_ENTRIES = frozenset(("item", "entry"))
_PREFIX = re.compile(r"<(/?)[\w-]+:(?=[A-Za-z])")
_DATES = (
    *((space, "pubdate") for space in RSS),
    *((space, name) for name in ("published", "issued") for space in ATOM),
    (TERMS, "issued"),
    (TERMS, "created"),
    (DC, "date"),
    *((space, "updated") for space in ATOM),
)
"""Where an entry says when it was published, best first."""
_CHANGED = (*((space, "updated") for space in ATOM), (TERMS, "modified"))
"""Where it says when it was last changed."""


def entries_of_feed(source: Input, settings: Settings) -> Iterator[Item]:
    """What the entries of an RSS or Atom feed are or lead to, in the feed's order."""
    number, base, feed = 0, source.url or "", Known()
    for event, element in parts(source.stream, _is_frame, source.name, settings, source.charset):
        space, local = name_of(element)
        if event == "frame":
            base = joined(base, attribute(element, "base")) or base
            feed = Known(language=primary_language(attribute(element, "lang")) or feed.language, outlet=feed.outlet)
        elif local in _ENTRIES:
            number += 1
            yield _item(_Xml(element, base, feed).entry(), number, source.name, settings)
        elif local == "title" and (space in RSS or space in ATOM):
            feed = Known(language=feed.language, outlet=plain(text_of(element)))
        elif local == "link" and space in RSS and not base:  # a feed in a file: its links count from its site
            base = joined("", text_of(element)) or ""
        elif local == "language" and not feed.language:
            feed = Known(language=primary_language(text_of(element)), outlet=feed.outlet)
    if not number:
        yield InputError(source.name, "a feed without entries")


def _is_frame(element: Element) -> bool:
    return name_of(element)[1] in _FRAMES


def _item(entry: Entry, number: int, name: str, settings: Settings) -> Item:
    try:
        return item_of(entry, item_name(name, number, entry.link), settings)
    except InputError as problem:
        return problem


class _Xml:
    """One ``<item>`` or ``<entry>``: its children by name, the first of each."""

    def __init__(self, element: Element, base: str, feed: Known) -> None:
        self._base = joined(base, attribute(element, "base")) or base
        self._language = primary_language(attribute(element, "lang")) or feed.language
        self._feed = feed
        self._children = [(name_of(child), child) for child in element]

    def entry(self) -> Entry:
        link = self._link()
        return Entry(
            Known(
                title=plain(self._text("title", RSS) or _inner(self._first("title", ATOM))),
                outlet=self._outlet(link),
                authors=self._authors(),
                published=self._date(_DATES),
                updated=self._date(_CHANGED),
                language=primary_language(self._text("language", (DC,))) or self._language,
                url=link,
            ),
            link,
            content=self._content(),
            summary=self._summary(),
        )

    def _first(self, name: str, spaces: tuple[str, ...]) -> Element | None:
        return next((child for (space, local), child in self._children if local == name and space in spaces), None)

    def _all(self, name: str, spaces: tuple[str, ...]) -> list[Element]:
        return [child for (space, local), child in self._children if local == name and space in spaces]

    def _text(self, name: str, spaces: tuple[str, ...]) -> str:
        return text_of(self._first(name, spaces))

    def _link(self) -> str | None:
        """Where the article is; feedburner's own addresses only count what is clicked."""
        found = [text_of(self._first("origlink", (FEEDBURNER,)))]
        found += [text_of(child) for child in self._all("link", RSS)]
        links = self._all("link", ATOM)
        found += [attribute(child, "href") or "" for child in links if _leads_to_text(child)]
        guid = self._first("guid", RSS)
        names = [text_of(guid)] if guid is not None and attribute(guid, "ispermalink") != "false" else []
        names.append(self._text("id", ATOM))
        return _first_address(self._base, found, names)

    def _outlet(self, link: str | None) -> str | None:
        """Where a feed is put together of others' articles, the one that it names; else where the link leads."""
        source = self._first("source", RSS)
        named = plain(text_of(source)) if source is not None else None
        if (other := self._first("source", ATOM)) is not None:
            named = next((plain(_inner(child)) for child in other if name_of(child)[1] == "title"), None)
        return named or plain(self._text("publisher", (DC,))) or host_of(link) or self._feed.outlet

    def _authors(self) -> tuple[str, ...]:
        names = [plain(text_of(child)) for child in self._all("creator", (DC,))]
        for author in self._all("author", ATOM):
            names += [plain(text_of(child)) for child in author if name_of(child)[1] == "name"]
        if not names:
            names = [_without_mail(text_of(child)) for child in self._all("author", RSS)]
        return tuple(dict.fromkeys(person for name in names if name for person in byline_names(name)))

    def _date(self, places: Sequence[tuple[str, str]]) -> str | None:
        dates = (moment(self._text(name, (space,))) for space, name in places)
        return next((date for date in dates if date), None)

    def _content(self) -> str:
        if encoded := self._text("encoded", (CONTENT,)):
            return encoded
        content = self._first("content", ATOM)
        if content is None or attribute(content, "src"):
            return ""
        return _inner(content) if attribute(content, "type") in ("html", "xhtml") else as_html(_inner(content))

    def _summary(self) -> str:
        return as_html(self._text("description", (*RSS, DC)) or _inner(self._first("summary", ATOM)))


def _leads_to_text(link: Element) -> bool:
    kind = attribute(link, "type") or "text/html"
    return (attribute(link, "rel") or "alternate") == "alternate" and kind.startswith(("text/", "application/xhtml"))


def _inner(element: Element | None) -> str:
    """What a text construct of Atom holds: its text, or for XHTML its markup."""
    if element is None:
        return ""
    if len(element) and attribute(element, "type") == "xhtml":
        from lxml.etree import tostring

        markup = "".join(tostring(child, encoding="unicode", method="html") for child in element)
        return _PREFIX.sub(r"<\1", markup)  # "xhtml:p" is "p" to what reads HTML
    return text_of(element)


def _without_mail(author: str) -> str | None:
    """The name in "ana@courier.example (Ana Vik)", as RSS 2.0 writes authors; of an address alone, none."""
    line = plain(author)
    if line and "@" in line:
        return plain(line.partition("(")[2].rstrip(") ")) or None
    return line


def joined(base: str, value: str | None) -> str | None:
    """An address made whole with that of the feed, if it is one of the web."""
    try:
        address = urljoin(base, (value or "").strip())
        return web_address(address) if urlsplit(address).hostname else None
    except ValueError:
        return None


def _first_address(base: str, links: list[str], names: list[str]) -> str | None:
    """The first of the links that is an address, else the first name that is one by itself: most are only names."""
    found = [joined(base, link) for link in links if link.strip()] + [joined("", name) for name in names]
    return next((address for address in found if address), None)


# ---------------------------------------------------------------- JSON Feed


def is_json_feed(record: Any) -> bool:
    """Whether a JSON value is a JSON Feed, which names its version."""
    version = record.get("version") if isinstance(record, dict) else None
    return isinstance(version, str) and "jsonfeed.org/version/" in version


def entries_of_json_feed(feed: dict[str, Any], name: str, base: str, settings: Settings) -> Iterator[Item]:
    """What the items of a JSON Feed are or lead to, in the feed's order. ``base`` is the feed's own address, or ""."""
    items = feed.get("items")
    if not isinstance(items, list) or not items:
        yield InputError(name, "a feed without entries")
        return
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            yield _item(_json_entry(item, feed, base), number, name, settings)
        else:
            yield InputError(item_name(name, number), "not an entry of a feed: no JSON object")


def _json_entry(item: dict[str, Any], feed: dict[str, Any], base: str) -> Entry:
    link = _first_address(base, [_string(item, "url"), _string(item, "external_url")], [_string(item, "id")])
    text = _string(item, "content_text")
    return Entry(
        Known(
            title=plain(_string(item, "title")),
            outlet=host_of(link) or plain(_string(feed, "title")),
            authors=_json_authors(item) or _json_authors(feed),
            published=moment(_string(item, "date_published")),
            updated=moment(_string(item, "date_modified")),
            language=primary_language(_string(item, "language") or _string(feed, "language")),
            url=link,
        ),
        link,
        content=_string(item, "content_html") or (as_html(text) if text else ""),
        summary=as_html(_string(item, "summary")),
    )


def _string(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _json_authors(record: dict[str, Any]) -> tuple[str, ...]:
    """1.1 has a list of authors, 1.0 had one."""
    listed = record.get("authors")
    people = listed if isinstance(listed, list) else [record.get("author")]
    names = (one_line(_string(person, "name")) for person in people if isinstance(person, dict))
    return tuple(name for name in names if name)
