"""Live blogs: each entry under its time, in the page's order, whatever the page is built of."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect._pages import article_of_page

TITLE = "Grenhaven harbour vote: live"
TEXTS = (
    "Ilse Maarten takes the floor and says that the board has waited long enough for the pilots to agree.",
    "The seamen’s union walks out of the hall, and about forty of its members stand at the door with a banner.",
    "Good morning. The harbour board of Grenhaven meets today to vote on whether freight may use the old mole again.",
)
TIMES = ("11:42", "11.05am", "09:00 CET")
STAMPS = ("2021-03-04T11:42:00+01:00", "2021-03-04T11:05:00+01:00", "2021-03-04T09:00:00+01:00")
SHARE = "<button>Share</button></section>"
HEADS = ("Maarten: no more waiting", "Union walks out", "Good morning")


def article(body: str, head: str = "") -> Article:
    frame = f"<nav><a href='/'>Home</a></nav><main><h1>{TITLE}</h1>{body}</main><footer><p>About us</p></footer>"
    return article_of_page(f"<!DOCTYPE html><html><head>{head}</head><body>{frame}</body></html>", "p", Settings())


def ld(**stated: Any) -> str:
    data = {"@type": "LiveBlogPosting", "headline": TITLE} | stated
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def entries(form: str) -> str:
    return "".join(
        form.format(time=time, stamp=stamp, head=head, text=text)
        for time, stamp, head, text in zip(TIMES, STAMPS, HEADS, TEXTS, strict=True)
    )


@pytest.mark.parametrize(
    ("form", "head"),
    [
        ("<div class='live-post'><a><time datetime='{stamp}'>{time}</time></a><h3>{head}</h3><p>{text}</p></div>", ""),
        ("<article id='b'><header><h2>{head}</h2><time>{time}</time></header><div><p>{text}</p></div></article>", ld()),
        ("<li class='liveblog-entry'><p><time>{time}</time></p><h4>{head}</h4><div><p>{text}</p></div></li>", ""),
        ("<section itemprop='liveBlogUpdate'><time>{time}</time><h3>{head}</h3><p>{text}</p>" + SHARE,
         ""),
    ],
)  # fmt: skip
def test_entries_in_the_pages_elements(form: str, head: str) -> None:
    made = article(entries(form), head)
    assert made.text.split("\n\n")[0] == TITLE
    kinds = {made.text[slice(*block.span)]: block.kind for block in made.blocks}
    places = [made.text.index(part) for row in zip(TIMES, HEADS, TEXTS, strict=True) for part in row]
    assert places == sorted(places)
    assert {kinds[each] for each in (*TIMES, *HEADS)} == {"heading"}
    assert "Share" not in made.text


def test_what_runs_above_the_entries_comes_first() -> None:
    above = "The vote has been put off four times since the autumn, and nobody in the town expects it to be the last."
    form = "<div class='live-post'><time>{time}</time><p>{text}</p></div>"
    made = article(f"<article><p>{above}</p><div>{entries(form)}</div></article>")
    assert made.text.index(above) < made.text.index(TIMES[0]) < made.text.index(TEXTS[0])
    assert made.text.count(TEXTS[0]) == made.text.count(TEXTS[2]) == 1


def test_entries_that_only_the_json_ld_has() -> None:
    updates = [
        {"@type": "BlogPosting", "datePublished": stamp, "headline": head, "articleBody": f"<p>{text}</p>"}
        for stamp, head, text in zip(STAMPS, HEADS, TEXTS, strict=True)
    ]
    head = ld(liveBlogUpdate=updates, datePublished="2021-03-04T09:00:00+01:00")
    made = article("<time>Updated 11:43</time><div id=app></div>", head)
    assert all(
        f"{stamp}\n\n{head}\n\n{text}" in made.text for stamp, head, text in zip(STAMPS, HEADS, TEXTS, strict=True)
    )
    assert made.published == "2021-03-04T09:00:00+01:00"


def test_an_embedded_post_in_an_entry() -> None:
    post = "<blockquote class='twitter-tweet'><p>A black day for all who pilot ships here.</p></blockquote>"
    form = "<div class='live-post'><time>{time}</time><p>{text}</p>" + post + "</div>"
    made = article(entries(form))
    assert [made.text[slice(*block.span)] for block in made.blocks if block.kind == "embed"] == [
        "A black day for all who pilot ships here."
    ] * 3


def test_a_box_of_live_events_beside_an_article_is_no_live_blog() -> None:
    form = (
        "<li class='live-event'><time>{time}</time><p>The ferry leaves for the islands, and the band plays on.</p></li>"
    )
    made = article(f"<article>{''.join(f'<p>{text}</p>' for text in TEXTS)}</article><ul>{entries(form)}</ul>")
    assert TIMES[0] not in made.text


def test_comments_are_no_entries() -> None:
    form = (
        "<div class='comment'><time>{time}</time><p>I was there, and it was not like that at all, I tell you.</p></div>"
    )
    made = article(
        f"<article>{''.join(f'<p>{text}</p>' for text in TEXTS)}</article><section>{entries(form)}</section>"
    )
    assert TIMES[0] not in made.text
