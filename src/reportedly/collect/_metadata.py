"""What a page says of itself: title, outlet, authors, dates, address, language. What it does not say is None.

Each is taken from the first of these that has it:
1. JSON-LD of an article (https://schema.org/NewsArticle); the title is an exception, for what a reader sees is the
   headline as it is printed (`_headline`)
2. ``<meta>``, ``<link>`` and ``<time>`` elements: Open Graph (https://ogp.me), Dublin Core, parse.ly, Sailthru, …
3. what trafilatura and htmldate find in the page's markup and its address: titles, names and dates only
4. for the date, what is printed under the headline

Only dates in ISO 8601 count in the first two, and only those of an article: a page also carries the dates of its videos
and comments. Which keys mean what is data: `data/page.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from reportedly.collect._body import one_line
from reportedly.collect._headline import printed_headline
from reportedly.collect._identity import iso, web_address
from reportedly.collect._linked_data import articles_of, is_linked_data, names_of, nodes_of, plain, types_of
from reportedly.collect._said import is_later
from reportedly.collect._shown_date import shown_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_TITLE = 400
LONGEST_NAME = 100
"""Characters of an author's or an outlet's name at most; what is longer is a sentence about them."""
MOST_AUTHORS = 20

_BY = re.compile(r"^(?:by|from)\s+(?=\S)", re.I)
_AND = re.compile(r"\s*(?:;|\|)\s*|\s+(?:and|&)\s+(?=[^\W\d_a-z])|,\s+(?=[^\W\d_a-z]\S*\s+[^\W\d_a-z])")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of its article. Dates are ISO 8601, with their time zone where it is given.

    ``updated`` is None unless it is later than ``published``. ``declared``: the page calls itself an article.
    ``live``: it calls itself a live blog. ``walled``: it says that reading needs a subscription. ``words`` is how many
    words it says that the article has.
    """

    title: str | None
    outlet: str | None
    authors: tuple[str, ...]
    published: str | None
    updated: str | None
    url: str | None
    language: str | None
    declared: bool
    live: bool
    walled: bool
    words: int | None


def metadata_of(tree: HtmlElement, data: dict[str, Any], url: str | None = None) -> Metadata:
    """What a page says. ``data`` is `data/page.toml`, ``url`` where the page was fetched from, if it was."""
    nodes = nodes_of(tree)
    articles = articles_of(nodes, data["article_types"])
    metas = _metas(tree)
    address = _address(tree, articles, metas, url)
    outlet = _outlet(articles, metas)
    published = _date(_stated(articles, "datePublished"), metas, data["published"])
    updated = _date(_stated(articles, "dateModified"), metas, data["updated"])
    declared = [*_stated(articles, "headline"), *_keys(metas, data["titles"])]
    title = printed_headline(tree, [one_line(each) for each in declared], one_line(tree.findtext(".//title")), outlet)
    authors = _authors([name for node in articles for name in names_of(node.get("author"))])
    authors = authors or _authors(list(_keys(metas, data["authors"])))
    if not (title and published and authors):
        found = _found(tree, url, title)
        title = title or one_line(found.title)
        published = published or iso(found.date or "") or shown_date(tree, title)
        authors = authors or _authors((found.author or "").split(";"))
    return Metadata(
        title=title[:LONGEST_TITLE] or None,
        outlet=outlet,
        authors=authors,
        published=published,
        updated=updated if updated and is_later(updated, published) else None,
        url=address,
        language=_language(tree, articles, metas),
        declared=bool(articles or (published and metas.get(("property", "og:type"), "").lower() == "article")),
        live=any("LiveBlogPosting" in types_of(node) for node in nodes),
        walled=any(str(node.get("isAccessibleForFree")).lower() == "false" for node in articles),
        words=next((int(each) for each in _stated(articles, "wordCount") if each.isdecimal() and len(each) < 7), None),
    )


def _found(tree: HtmlElement, url: str | None, title: str) -> Any:
    """What trafilatura and htmldate make of the page.

    Its JSON-LD, which is read already, is not for them: their patterns for it take minutes on a hostile one. Nor is a
    headline that is known: a date in it is that of an event.
    """
    import trafilatura

    tree = copy(tree)
    for element in list(tree.iter("script", "h1", "title")):
        if is_linked_data(element) or (title and element.tag != "script"):
            tail = element.tail
            element.clear()
            element.tail = tail
    # A fixed last day, for by default it is today's: the same page gives the same date on any day.
    config = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
    return trafilatura.extract_metadata(tree, default_url=url, date_config=config, extensive=False)


# ---------------------------------------------------------------- what is stated where

Metas = dict[tuple[str, str], str]


def _metas(tree: HtmlElement) -> Metas:
    """The first value of each key of the page's metadata elements: by attribute and key, in lower case."""
    stated: Metas = {}
    for element in tree.iter("meta", "time"):
        value = element.get("content") or element.get("datetime") or ""
        for attribute in ("property", "itemprop", "name", "http-equiv"):
            if (key := element.get(attribute)) and value.strip():
                stated.setdefault((attribute, key.lower()), value)
    return stated


def _keys(metas: Metas, wanted: list[list[str]]) -> Iterator[str]:
    for attribute, key in wanted:
        if value := metas.get((attribute, key.lower())):
            yield value


def _stated(articles: list[dict[str, Any]], key: str) -> list[str]:
    values = (node.get(key) for node in articles)
    return [plain(str(value) if isinstance(value, int) else value) for value in values if value]


# ---------------------------------------------------------------- dates


def _date(stated: list[str], metas: Metas, keys: list[list[str]]) -> str | None:
    """The first date that is stated; where it lacks the time zone, with that of the same time stated elsewhere."""
    known = [date for value in (*stated, *_keys(metas, keys)) if (date := iso(value))]
    if not known:
        return None
    first = known[0]
    if len(first) == len("2000-01-01T00:00:00"):
        return next((other for other in known if other[: len(first)] == first and len(other) > len(first)), first)
    return first


# ---------------------------------------------------------------- names


def _outlet(articles: list[dict[str, Any]], metas: Metas) -> str | None:
    """The site's name: as it is given for sharing, else the publisher's. A bare address is no name."""
    names = [metas.get(("property", "og:site_name"), "")]
    names += [name for node in articles for name in names_of(node.get("publisher"))[:1]]
    names.append(metas.get(("name", "application-name"), ""))
    for name in map(one_line, names):
        name = name.lstrip("@")
        if name and len(name) <= LONGEST_NAME and not re.fullmatch(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/?", name):
            return name
    return None


def _authors(names: list[str]) -> tuple[str, ...]:
    """Names of authors, one each, without "By" and without what is an address and no name."""
    found: dict[str, None] = {}
    for given in names:
        for part in _AND.split(one_line(given)):
            name = _BY.sub("", part).strip(" ,")
            if name and len(name) <= LONGEST_NAME and not re.search(r"https?:|www\.|@\w+\.|^[\d\W]+$", name):
                found.setdefault(name)
    return tuple(found)[:MOST_AUTHORS]


# ---------------------------------------------------------------- address and language


def host_of(url: str | None) -> str | None:
    """The host of an address, without "www."; what an outlet is called when nothing else is known."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _address(tree: HtmlElement, articles: list[dict[str, Any]], metas: Metas, url: str | None) -> str | None:
    """The page's own address for itself; of a fetched page only one at the same host, since a page may claim any."""
    links = [link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for value in (*links, metas.get(("property", "og:url"), ""), *_stated(articles, "url")):
        own = _joined(url, value.strip())
        # A home page as the canonical address of an article is a template's mistake.
        if own and urlsplit(own).path not in ("", "/") and (url is None or host_of(own) == host_of(url)):
            return own
    return web_address(url or "")


def _joined(base: str | None, value: str) -> str | None:
    try:
        found = web_address(urljoin(base, value) if base and value else value)
        return found if found and urlsplit(found).hostname else None
    except ValueError:
        return None


def _language(tree: HtmlElement, articles: list[dict[str, Any]], metas: Metas) -> str | None:
    """The primary subtag of the declared language (BCP 47): "en" of "en-GB"."""
    root = tree.getroottree().getroot()
    values = [root.get("lang"), *_stated(articles, "inLanguage")]
    values += [metas.get(("http-equiv", "content-language")), metas.get(("property", "og:locale"))]
    for value in values:
        primary = re.split("[-_]", (value or "").strip().lower())[0]
        if re.fullmatch("[a-z]{2,3}", primary):
            return primary
    return None
