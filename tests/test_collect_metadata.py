"""What a page says of itself, and which of its sayings counts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect._pages import article_of_page

LEDE = (
    "The harbour board of Grenhaven voted on Thursday to reopen the old mole to freight, ending a dispute that had "
    "kept grain ships at anchor for most of the spring, and the first of them is to berth before the month is out."
)
TITLE = "Grenhaven reopens its mole to freight"


def article(head: str = "", body: str = f"<h1>{TITLE}</h1>", url: str | None = None, lang: str = "en") -> Article:
    html = f"<!DOCTYPE html><html lang='{lang}'><head>{head}</head><body>{body}<article><p>{LEDE}</p></article></body>"
    return article_of_page(html, "page.html", Settings(), url)


def ld(**stated: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | stated)}</script>'


def meta(key: str, value: str) -> str:
    return f'<meta property="{key}" content="{value}">'


# ---------------------------------------------------------------- title


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (f"<title>{TITLE} | The Courier</title>", "", TITLE),
        (f"<title>{TITLE} - The Courier</title>" + meta("og:site_name", "The Courier"), "", TITLE),
        ("<title>Grenhaven - a mole reopens for freight</title>", "", "Grenhaven - a mole reopens for freight"),
        (meta("og:title", "You will not believe which mole reopens"), f"<h1>{TITLE}</h1>", TITLE),
        (ld(headline=f"{TITLE}, and ships berth"), f"<h1>Log in</h1><h1>{TITLE}</h1>", TITLE),
        (ld(headline=TITLE), f"<header><h1>The Grenhaven Courier and Post</h1></header><h2>{TITLE}</h2>", TITLE),
        (ld(headline=TITLE), f"<h1><span>Live</span> {TITLE}</h1>", TITLE),
        (ld(headline="Union&#8217;s mole &amp; freight plan"), "", "Union’s mole & freight plan"),
        (meta("og:title", f"{TITLE} | The Courier | by Mina Drost"), "", TITLE),
        (ld(headline="Union's mole plan fails"), "<h1>Union’s mole plan fails</h1>", "Union’s mole plan fails"),
        ("", f"<nav><h1>Sections of the paper</h1></nav><h1>{TITLE}</h1>", TITLE),
    ],
)
def test_the_title_is_the_headline_as_it_is_printed(head: str, body: str, title: str) -> None:
    assert article(head, body).title == title


# ---------------------------------------------------------------- dates

AT = "2021-03-04T05:06:07"


@pytest.mark.parametrize(
    ("head", "published", "updated"),
    [
        (ld(datePublished=AT + "Z") + meta("article:published_time", "2020-01-01"), AT + "+00:00", None),
        (ld(datePublished=AT) + meta("article:published_time", AT + "+02:00"), AT + "+02:00", None),
        (ld(datePublished=AT) + meta("article:published_time", "2021-03-04T09:09:09Z"), AT, None),
        (ld(datePublished=AT, dateModified="2021-03-05T00:00:00"), AT, "2021-03-05T00:00:00"),
        (ld(datePublished=AT + "Z", dateModified="2021-03-04T05:06:30Z"), AT + "+00:00", None),
        (ld(datePublished=AT + "Z", dateModified="2021-03-04T06:00:00+02:00"), AT + "+00:00", None),
        (ld(datePublished=AT, dateModified="2021-03-04T23:00:00Z"), AT, None),
        (ld(dateModified="2021-03-05"), None, "2021-03-05"),
        (ld(datePublished="yesterday") + '<time itemprop="datePublished" datetime="2021-03-04">', "2021-03-04", None),
        (f'<script type="application/ld+json">//<![CDATA[\n{{"@type":"Report","datePublished":"{AT}Z"}}//]]></script>',
         AT + "+00:00", None),
    ],
)  # fmt: skip
def test_dates_keep_their_zone_and_an_update_is_later(head: str, published: str | None, updated: str | None) -> None:
    made = article(head)
    assert (made.published, made.updated) == (published, updated)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Sat 2 Mar 2024 17.00 CET", "2024-03-02"),
        ("By Mina Drost | Published: March 2nd, 2024", "2024-03-02"),
        ("Sept. 30, 2023", "2023-09-30"),
        ("2/3/2024", None),
        ("Updated 2 March 2024", None),
        ("31 February 2024", None),
        ("2 March", None),
    ],
)
def test_a_date_that_only_stands_under_the_headline(line: str, published: str | None) -> None:
    title = f"<title>{TITLE}</title>"
    assert article(title, f"<h1>{TITLE}</h1><div><span>{line}</span></div>").published == published
    assert article(title, f"<div><span>{line}</span></div><h1>{TITLE}</h1>").published is None


def test_a_date_in_the_headline_is_no_date_of_publication() -> None:
    title = "What happened on 2 March 2019"
    assert article(f"<title>{title}</title>", f"<h1><span>{title}</span></h1>").published is None
    assert (
        article(f"<title>{title}</title>", f"<h1><span>{title}</span></h1>4 March 2021<br>").published == "2021-03-04"
    )


def test_a_date_in_the_story_is_not_its_own() -> None:
    said = f"<p>{LEDE}</p><p>On 2 March 2019 the board had closed it.</p>"
    assert article(f"<title>{TITLE}</title>", f"<h1>{TITLE}</h1>{said}").published is None


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (ld(author={"@type": "Person", "name": "Mina Drost"}), ("Mina Drost",)),
        (ld(author=[{"name": "Mina Drost"}, "Ole Brandt", {"name": ["Ida Lund"]}]),
         ("Mina Drost", "Ole Brandt", "Ida Lund")),
        (ld(author={"name": "By Mina Drost and Ole Brandt"}), ("Mina Drost", "Ole Brandt")),
        (ld(author="Mina Drost, Ole Brandt & Ida Lund"), ("Mina Drost", "Ole Brandt", "Ida Lund")),
        (meta("article:author", "https://social.example/mina") + '<meta name="author" content="Mina Drost">',
         ("Mina Drost",)),
        (ld(author={"name": 5}), ()),
        (ld(author={"name": "x" * 500}), ()),
    ],
)  # fmt: skip
def test_authors_are_names(head: str, authors: tuple[str, ...]) -> None:
    assert article(head).authors == authors


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (meta("og:site_name", "The Courier") + ld(publisher={"name": "Courier Media Ltd"}), "The Courier"),
        (meta("og:site_name", "courier.example") + ld(publisher={"name": "The Courier"}), "The Courier"),
        ('<meta name="application-name" content="The Courier">', "The Courier"),
        ("", "courier.example"),
    ],
)
def test_the_outlet_is_the_sites_name_else_its_host(head: str, outlet: str) -> None:
    assert article(head, url="https://www.courier.example/a").outlet == outlet


# ---------------------------------------------------------------- address, language


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="/2021/mole">', "https://courier.example/2021/mole"),
        ('<link rel="canonical" href="https://courier.example/">', "https://courier.example/a?from=feed"),
        ('<link rel="canonical" href="https://other.example/x">' + meta("og:url", "https://www.courier.example/y"),
         "https://www.courier.example/y"),
        ("", "https://courier.example/a?from=feed"),
    ],
)  # fmt: skip
def test_the_address_is_the_canonical_one_of_the_same_host(head: str, url: str) -> None:
    assert article(head, url="https://courier.example/a?from=feed").url == url


@pytest.mark.parametrize(
    ("lang", "head", "language"),
    [("de-AT", "", "de"), ("", ld(inLanguage="fr"), "fr"), ("", meta("og:locale", "en_GB"), "en"), ("?", "", "en")],
)
def test_the_language_is_declared_or_told_by_collect(lang: str, head: str, language: str) -> None:
    found = article(head, lang=lang).language
    assert found == (language if lang != "?" else None)
