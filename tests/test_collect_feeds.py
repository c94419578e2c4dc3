"""Feeds: when an entry is the article and when it leads to it, and what it says of it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportedly._errors import InputError
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect import Page, collect
from reportedly.collect._feeds import FEEDBURNER
from reportedly.collect._inputs import Input, Item, Link
from reportedly.collect._readers import items_of
from reportedly.collect._said import byline_names, moment, plain
from tests._inputs import ATOM, BODY, JSON_FEED, PAGE, PARAGRAPHS, RSS, RSS_090, RSS_10, TITLE, URL

ENTITIES = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'


def items(feed: str | bytes, url: str | None = None, charset: str | None = None, **limits: int) -> list[Item]:
    data = feed if isinstance(feed, bytes) else feed.encode()
    return list(items_of(Input(io.BytesIO(data), "feed", "feed", url, charset), Settings(**limits)))  # type: ignore[arg-type]


def rss(*entries: str, head: str = "") -> str:
    content = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return (
        f"<rss version='2.0' {content}><channel>{head}{''.join(f'<item>{e}</item>' for e in entries)}</channel></rss>"
    )


def article(item: Item) -> Article:
    assert isinstance(item, Article), item
    return item


def link(item: Item) -> Link:
    assert isinstance(item, Link), item
    return item


# ---------------------------------------------------------------- the formats


def test_rss_2_with_the_full_text_is_the_article() -> None:
    first, second, third = items(RSS)
    made = article(first)
    assert made.text == "\n\n".join((f"{TITLE} & more", *PARAGRAPHS)) + "\n"
    assert (made.source, made.url, made.outlet) == (f"feed:1 ({URL})", URL, "courier.example")
    assert (made.published, made.authors, made.language) == ("2021-03-05T18:30:00+01:00", ("Mina Drost",), "en")
    assert link(second).url == "https://courier.example/second?a=1&b=2"
    assert isinstance(third, InputError)
    assert str(third) == "feed:3: neither a link nor an article's text in this entry"


@pytest.mark.parametrize(("feed", "published"), [(RSS_090, None), (RSS_10, "2021-03-05T18:30:00+01:00")])
def test_rss_of_rdf_leads_to_the_article(feed: str, published: str | None) -> None:
    [found] = items(feed)
    assert (link(found).url, link(found).known.title, link(found).known.published) == (URL, TITLE, published)


@pytest.mark.parametrize("version", ["http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"])
def test_atom(version: str) -> None:
    made = article(items(ATOM.replace("http://www.w3.org/2005/Atom", version))[0])
    assert (made.title, made.url) == (f"{TITLE} again", URL)
    assert (made.authors, made.published) == (("Mina Drost", "A. Veld"), "2021-03-05T18:30:00+01:00")
    assert PARAGRAPHS[2] in made.text


@pytest.mark.parametrize(
    ("published", "changed", "updated"),
    [
        ("2021-03-05T18:30:00+01:00", "2021-03-05T20:00:00+01:00", "2021-03-05T20:00:00+01:00"),
        ("2021-03-05T18:30:00+01:00", "2021-03-05T17:30:20Z", None),  # the same minute
        ("2021-03-05T18:30:00+01:00", "yesterday", None),
        ("", "2021-03-05T20:00:00+01:00", None),  # that is all that is known of when it was published
    ],
)
def test_a_feed_says_when_an_entry_was_changed(published: str, changed: str, updated: str | None) -> None:
    known = f"<published>{published}</published><updated>{changed}</updated>"
    atom = article(items(ATOM.replace("<published>2021-03-05T18:30:00+01:00</published>", known))[0])
    assert (atom.updated, atom.published) == (updated, published or changed)
    feed = json.loads(JSON_FEED)
    feed["items"][0] |= {"date_published": published, "date_modified": changed}
    other = article(items(json.dumps(feed))[0])
    assert other.updated == (updated if published else changed)


def test_atom_with_prefixes() -> None:
    feed = ATOM.replace('<div xmlns="http://www.w3.org/1999/xhtml">', '<x:div xmlns:x="http://www.w3.org/1999/xhtml">')
    feed = feed.replace("</div>", "</x:div>").replace("<p>", "<x:p>").replace("</p>", "</x:p>")
    feed = feed.replace("<feed xmlns=", "<a:feed xmlns:a=").replace("</feed>", "</a:feed>")
    for tag in ("title", "entry", "link", "id", "author", "name", "published", "content", "updated", "email"):
        feed = feed.replace(f"<{tag}", f"<a:{tag}").replace(f"</{tag}", f"</a:{tag}")
    assert article(items(feed)[0]) == article(items(ATOM)[0])


@pytest.mark.parametrize("layout", [None, 1])
def test_json_feed(layout: int | None) -> None:
    first, second = items(json.dumps(json.loads(JSON_FEED), indent=layout))
    made = article(first)
    assert (made.title, made.url, made.authors, made.language) == (TITLE, URL, ("Mina Drost",), "en")
    assert link(second).url == "https://courier.example/2"


def test_json_feed_1_0_has_one_author_and_links_of_its_own() -> None:
    item = {"id": "x", "external_url": "/a", "author": {"name": "A. Veld"}, "content_text": PARAGRAPHS[0]}
    feed = {"items": [item, 7], "version": "https://jsonfeed.org/version/1"}
    first, second = items(json.dumps(feed), url="https://courier.example/feed.json")
    assert link(first).url == "https://courier.example/a"
    assert link(first).known.authors == ("A. Veld",)
    assert isinstance(second, InputError)


# ---------------------------------------------------------------- the article, or a link to it


@pytest.mark.parametrize(
    ("end", "full"),
    [
        ("", True),
        ("<p>The post <a href='/'>Deal fails</a> appeared first on The Courier.</p>", True),
        ("<p>There were many more.</p>", True),
        (f"<p>Nobody knew.</p><p>{'... ' * 50_000}x</p>", True),
        ("<p>Nobody knew what came next …</p>", False),
        ("<p>Nobody knew what came next [...]</p>", False),
        ("<p>Nobody knew. <a href='/'>Continue reading</a></p>", False),
        ("<p>Nobody knew.</p><p><a href='/'>More »</a></p>", False),
    ],
)
def test_a_text_that_breaks_off_is_followed(end: str, full: bool) -> None:
    [found] = items(rss(f"<link>{URL}</link><content:encoded><![CDATA[{BODY}{end}]]></content:encoded>"))
    assert isinstance(found, Article) is full
    if full:
        assert "appeared first on" not in article(found).text


def test_a_short_text_is_followed_and_without_a_link_taken() -> None:
    short = f"<content:encoded><![CDATA[<p>{PARAGRAPHS[0]}</p>]]></content:encoded>"
    assert link(items(rss(f"<link>{URL}</link>{short}"))[0]).url == URL
    assert article(items(rss(short))[0]).text == PARAGRAPHS[0] + "\n"


def test_a_summary_is_the_article_only_if_it_is_long() -> None:
    body = BODY.replace("<", "&lt;")
    assert link(items(rss(f"<link>{URL}</link><description>{body}</description>"))[0])
    made = article(items(rss(f"<link>{URL}</link><description>{body * 2}</description>"))[0])
    assert made.text.startswith(PARAGRAPHS[0])


def test_the_page_counts_and_the_entry_fills_in(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    entry = f"<title>Other</title><link>{URL}</link><author>x@a.example (A. Veld)</author><pubDate>2020-01-01</pubDate>"
    path.write_text(rss(entry))

    def fetch(url: str, _: Settings) -> Page:
        return Page(url, PAGE.encode())

    [made] = collect([str(path)], Settings(), pytest.fail, fetch)
    assert (made.title, made.published) == (TITLE, "2021-03-05T18:30:00+01:00")  # the page's own
    assert made.authors == ("A. Veld",)  # the page names none
    assert (made.source, made.url) == (f"{path}:1 ({URL})", URL)


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        (f"<guid>{URL}</guid>", URL),
        (f"<guid isPermaLink='false'>{URL}</guid>", None),
        ("<guid>7f3a-11</guid>", None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>//other.example/a</link>", "https://other.example/a"),
        ("<link>http://[::/a</link>", None),
        ("<link>\n a b </link>", None),
        (f"<link>https://ads.example/1</link><x:origLink xmlns:x='{FEEDBURNER}'>{URL}</x:origLink>", URL),
    ],
)
def test_where_an_entry_leads(entry: str, url: str | None) -> None:
    [found] = items(rss(entry), url="https://courier.example/feeds/coast.xml")
    assert (found.url if isinstance(found, Link) else None) == url


def test_the_outlet_is_whom_the_entry_names_else_where_it_leads() -> None:
    named = f"<link>{URL}</link><source url='https://herald.example'>The Herald</source>"
    assert link(items(rss(named))[0]).known.outlet == "The Herald"
    assert (
        link(items(rss(f"<link>{URL}</link>", head="<title>Coast news</title>"))[0]).known.outlet == "courier.example"
    )


# ---------------------------------------------------------------- broken and hostile


def test_html_entities_and_bare_ampersands_are_read() -> None:
    entry = f"<title>Board &amp; union&nbsp;&ndash; Ruud & Sons &eacute;</title><link>{URL}</link>"
    assert link(items(rss(entry))[0]).known.title == "Board & union – Ruud & Sons é"


def test_prefixes_that_are_not_declared_are_known() -> None:
    feed = f"<rss><channel><item><link>{URL}</link><dc:creator>A. Veld</dc:creator></item></channel></rss>"
    assert link(items(feed)[0]).known.authors == ("A. Veld",)


@pytest.mark.parametrize("base", ["http://[::", "javascript:x", ""])
def test_a_base_that_is_none_is_passed_over(base: str) -> None:
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='{base}'><entry><link href='{URL}'/></entry></feed>"
    assert link(items(feed)[0]).url == URL


def test_entities_are_not_expanded() -> None:
    feed = ENTITIES + rss(f"<title>x&a;y&b;</title><link>{URL}</link>")
    assert link(items(feed)[0]).known.title == "x&a;y&b;"


def test_a_feed_that_breaks_off_gives_what_came_before() -> None:
    first, second = items(rss(f"<link>{URL}</link>", "<title>x</title>")[:-40])
    assert link(first).url == URL
    assert isinstance(second, InputError)
    assert second.reason.startswith("broken XML after 1 parts")


def test_an_entry_too_large_ends_the_feed() -> None:
    found = items(rss("<title>x</title>" + "<a>word</a>" * 40_000), max_bytes=100_000)
    assert [type(one) for one in found] == [InputError]
    assert "too large" in str(found[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_feeds_encoding(encoding: str) -> None:
    feed = f'<?xml version="1.0" encoding="{encoding}"?>{rss(f"<title>Café</title><link>{URL}</link>")}'
    assert link(items(feed.encode(encoding))[0]).known.title == "Café"


def test_the_servers_charset_counts_where_the_feed_names_none() -> None:
    feed = rss(f"<title>Café</title><link>{URL}</link>")
    assert link(items(feed.encode("cp1252"), charset="windows-1252")[0]).known.title == "Café"
    assert link(items(feed, charset="no-such")[0]).known.title == "Café"


def test_many_entries_are_read_one_at_a_time() -> None:
    """The feed never ends: only a reader that waits for no end gives the first entry."""

    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.parts = iter(lambda: f"<item><link>{URL}</link></item>".encode() * 1000, None)
            self.given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            data = b"<rss><channel>" if not self.given else next(self.parts)[: len(buffer)]
            self.given += 1
            assert self.given < 20
            buffer[: len(data)] = data
            return len(data)

    source = Input(io.BufferedReader(Endless(), 65_536), "feed", "feed")  # type: ignore[arg-type]
    assert link(next(items_of(source, Settings()))).url == URL


# ---------------------------------------------------------------- what formats write


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Fri, 05 Mar 2021 18:30:00 +0100", "2021-03-05T18:30:00+01:00"),
        ("5 Mar 2021 18:30 GMT", "2021-03-05T18:30:00+00:00"),
        ("Fri, 05 Mar 2021 18:30:00 EST", "2021-03-05T18:30:00-05:00"),
        ("Fri, 05 Mar 2021 18:30:00 -0000", "2021-03-05T18:30:00+00:00"),
        ("Fri, 05 Mar 2021 18:30:00", "2021-03-05T18:30:00"),
        ("2021-03-05T18:30Z", "2021-03-05T18:30:00+00:00"),
        ("2021-03-05", "2021-03-05"),
        ("yesterday", None),
        ("99 Mar 2021 99:99:99 +9999", None),
        ("", None),
    ],
)
def test_moments(written: str, read: str | None) -> None:
    assert moment(written) == read


@pytest.mark.parametrize(
    ("function", "written", "read"),
    [
        (plain, "A &amp;amp; B <b>c</b>", "A & B c"),
        (plain, "2 < 3 and\n4", "2 < 3 and 4"),
        (plain, "x" * 401, None),
        (byline_names, "By Ana Vik, Jo Ruud and Tom Vadell", ("Ana Vik", "Jo Ruud", "Tom Vadell")),
        (byline_names, "-", ()),
    ],
)
def test_lines(function: Callable[[str], object], written: str, read: object) -> None:
    assert function(written) == read
