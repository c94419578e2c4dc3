"""The same article again: known by its address or its text, the latest read, what was changed shown."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import pytest

from reportedly import make_readouts
from reportedly._records import Article
from reportedly.collect import changes, merge_versions, same_article
from reportedly.collect._identity import make_id, sha256
from reportedly.collect._versions import address_key
from reportedly.tell import to_html, to_markdown

URL = "https://www.courier.example/2021/mole"
TEXT = (
    "Grenhaven reopens its mole to freight\n\n"
    "The harbour board of Grenhaven voted on Thursday to reopen the old mole to freight, ending a dispute that had "
    "kept 14 grain ships at anchor for most of the spring.\n\n"
    "“We could not wait any longer,” said Ilse Maarten, who chairs the board. She added that the first ship would "
    "berth before the end of the month if the weather holds.\n"
)
LATER = TEXT.replace("14 grain ships", "at least 19 grain ships").replace("“We could not", "“We simply could not")


def article(
    text: str = TEXT, url: str | None = URL, published: str | None = "2021-03-04T10:00:00Z", **more: str
) -> Article:
    digest = sha256(text)
    made = Article(
        make_id(digest, "The Courier", url), "a.html", text, digest, "The Courier", url=url, published=published
    )
    return replace(made, title="Grenhaven reopens its mole to freight", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    [
        "http://courier.example/2021/mole/",
        "https://m.courier.example/2021/mole#comments",
        "https://www.courier.example/2021/mole?utm_source=feed&fbclid=x",
        "https://www.courier.example/2021/mole/amp",
        "https://www.courier.example/2021/mole/index.html",
    ],
)
def test_one_page_has_many_addresses(url: str) -> None:
    assert address_key(url) == address_key(URL)
    assert same_article(article(), article(LATER, url))


@pytest.mark.parametrize(
    "url",
    [
        "https://www.courier.example/2021/mole?page=2",
        "https://www.courier.example/2021/mole-2",
        "https://x.example/2021/mole",
    ],
)
def test_other_pages_have_others(url: str) -> None:
    assert address_key(url) != address_key(URL)


def test_a_sites_own_address_is_no_articles() -> None:
    assert address_key("https://www.courier.example/") is None


OTHER = "A ferry ran aground off Sund on Friday night, and all of its passengers were taken ashore by small boats.\n"


def test_what_is_the_same_article() -> None:
    moved = article(LATER, "https://www.courier.example/shipping/mole")
    assert same_article(article(), moved)
    assert not same_article(article(), replace(moved, outlet="The Post"))
    assert not same_article(article(), replace(moved, title="Another headline"))
    assert not same_article(article(), article(OTHER))
    assert not same_article(article(url=None), replace(article(OTHER, None)))


def test_what_was_changed() -> None:
    found = changes(TEXT, LATER)
    said = [(TEXT[slice(*change.before)], LATER[slice(*change.after)]) for change in found]
    assert said == [("14", "at least 19"), ("“We", "“We simply")] or said == [("14", "at least 19"), ("", "simply")]
    assert changes(TEXT, TEXT.replace("\n\n", "\n")) == ()
    assert changes("", TEXT)[0].after == (0, len(TEXT.rstrip()))


def test_long_texts_are_compared_soon() -> None:
    words = " ".join(f"w{number % 977}" for number in range(30_000))
    start = time.monotonic()
    assert changes(words, words.replace("w5 ", "v5 "))
    assert time.monotonic() - start < 2


def test_the_latest_is_read_whatever_the_order() -> None:
    versions = [
        article(),
        article(LATER, published="2021-03-04T10:00:00Z", updated="2021-03-04T13:00:00+02:00"),
        article(TEXT.replace("spring", "year"), URL + "?utm_source=x", published=None),
    ]
    other = article(OTHER, "https://www.courier.example/ferry")
    for order in itertools.permutations([*versions, other]):
        merged = merge_versions(order)
        assert len(merged) == 2
        [latest] = [one for one in merged if one.earlier]
        assert latest.text == LATER
        assert [version.text for version in latest.earlier] == [versions[0].text, versions[2].text]
        assert merged == sorted(merged, key=lambda one: [same_article(one, given) for given in order].index(True))


def test_a_readout_reads_one_and_shows_what_was_changed() -> None:
    later = article(LATER, updated="2021-03-04T11:00:00Z")
    [readout] = make_readouts([article(), later])
    [only] = readout.articles
    assert (only.article.text, only.article.earlier[0].text) == (LATER, TEXT)
    page = to_html(readout)
    assert "<del>14</del>" in page
    assert "<ins>at least 19</ins>" in page
    assert "earlier version" in to_markdown(readout)
