"""Pages that hold no article are refused with the reason; articles that look a little like them are not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reportedly._errors import InputError
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect._pages import article_of_page

from ._shared import SHARED

WORDS = (
    "The harbour board of Grenhaven voted on Thursday to reopen the old mole to freight, ending a dispute that had "
    "kept grain ships at anchor for most of the spring."
)
MORE = (
    "“We could not wait any longer,” said Ilse Maarten, who chairs the board. She added that the first ship would "
    "berth before the end of the month if the weather holds, and that a second pilot would be paid for by the port."
)

LAST = (
    "The seamen’s union, which had asked for a second pilot on every ship, called the vote a mistake and said that it "
    "would take the board to court in the capital, where its last case was heard in the autumn and lost on every "
    "point but one, after eleven days of evidence from captains, pilots, divers and a former keeper of the light."
)


def article(body: str, head: str = "<title>Mole</title>") -> Article:
    return article_of_page(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>", "p", Settings())


def reason(body: str, head: str = "<title>Mole</title>") -> str:
    with pytest.raises(InputError) as caught:
        article(body, head)
    return caught.value.reason.removeprefix("no article found in this page")


def ld(**stated: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | stated)}</script>'


FOOT = "<footer><p>Contact us at the office on the quay, or write to the editor.</p></footer>"


@pytest.mark.parametrize(
    "body",
    [
        "<main><h1>Page not found</h1><p>We can't find the page you are looking for. It may have been moved or "
        "deleted. Try the search, or go back to the front page and look there for what you wanted to read.</p></main>"
        + FOOT,
        (
            "<main><h1>404</h1><p>Sorry, the article you requested no longer exists. Here is what others read, and "
            "you may like it as well, since it is about the sea and the ships that sail on it.</p></main>"
        ),
        (
            "<main><h1>Oops! That page isn't here</h1><p>The link may have expired. Please check the address you "
            "typed and try again, or go back to our home page for the news of the day from our regions.</p></main>"
        ),
    ],
)
def test_an_error_page_served_as_if_it_were_none(body: str) -> None:
    assert reason(body) == ": an error page, served as if it were none"


@pytest.mark.parametrize(
    "body",
    [
        (
            "<div><h1>We value your privacy</h1><p>We and our 842 partners store and access personal data such as "
            "cookies on your device. By choosing Accept all you consent to this. You can manage your choices.</p></div>"
        ),
        (
            "<div><p>Before you continue to The Courier, please decide about cookies. We use cookies to deliver "
            "our services, and, if you accept all, to show personalised ads. Our privacy policy says more.</p></div>"
        ),
    ],
)
def test_a_consent_wall(body: str) -> None:
    assert reason(body) == ": a consent wall"


@pytest.mark.parametrize(
    "body",
    [
        (
            "<h1>Are you a robot?</h1><p>We have detected unusual activity from your network. To go on, please click "
            "the box below to let us know you're not a robot. Please make sure your browser supports JavaScript.</p>"
        ),
        (
            "<p>Please enable JavaScript and cookies to continue. Checking your browser before you see the site that "
            "you asked for; this check needs JavaScript to be enabled in the settings of your browser.</p>"
        ),
    ],
)
def test_a_check_for_robots(body: str) -> None:
    assert reason(body) == ": a check for robots, or a demand for JavaScript"


OFFER = "<div class='offer'><p>Subscribe to continue reading. Already a subscriber? Log in.</p></div>"


@pytest.mark.parametrize("head", [ld(isAccessibleForFree=False), ld(isAccessibleForFree="False"), ld(wordCount=900)])
def test_the_stub_of_an_article_behind_a_wall(head: str) -> None:
    assert reason(f"<article><h1>Mole</h1><p>{WORDS}</p></article>{OFFER}", head).startswith(": a paywall's stub of ")


def card(number: int) -> str:
    return (
        f"<div class='card'><h3><a href='/{number}'>Ship number {number} leaves the port of Grenhaven</a></h3>"
        f"<p>Ship {number} had waited for {number} days, and its crew was glad to be at sea again on Monday.</p></div>"
    )


def test_an_index() -> None:
    cards = "".join(map(card, range(2, 12)))
    assert reason(f"<main><h1>Shipping</h1>{cards}</main>") == ": an index of 10 articles"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f"<article><h1>Page not found: a town without maps</h1><p>{WORDS}</p><p>{MORE}</p></article>", ""),
        (f"<article><h1>Union not found at the talks</h1><p>{WORDS}</p></article>", ld(headline="Union not found")),
        (f"<article><h1>Cookies and consent</h1><p>The board took cookies to it.</p><p>{WORDS}</p></article>", ""),
        (f"<article><h1>Mole</h1><p>{WORDS}</p></article><p>Already a subscriber? Log in.</p>", ld()),
        (f"<article><h1>Mole</h1><p>{WORDS}</p></article>", ld(isAccessibleForFree=False)),
        (f"<header>{OFFER}</header><article><h1>Mole</h1><p>{WORDS}</p></article>", ld(isAccessibleForFree=False)),
        (f"<article><h1>Mole</h1><p>{WORDS}</p><p>{MORE}</p><p>{LAST}</p></article>{OFFER}",
         ld(isAccessibleForFree=False)),
        ((f"<article><h1><a href='/1'>The mole of Grenhaven is open</a></h1><p>{WORDS}</p><p>{MORE}</p></article>"
         f"<aside>{''.join(map(card, range(2, 12)))}</aside>"), ""),
        ("<article><h1>Ten ships to watch</h1>" + "".join(map(card, range(2, 12))) + "</article>", ld()),
    ],
)  # fmt: skip
def test_an_article_is_not_refused(body: str, head: str) -> None:
    article(body, head)


def test_teasers_in_an_article_are_boilerplate() -> None:
    cards = "".join(map(card, range(2, 6)))
    made = article(f"<article><h1>Mole</h1><p>{WORDS}</p><p>{MORE}</p>{cards}<p>{WORDS.upper()}</p></article>", ld())
    kinds = {made.text[slice(*block.span)]: block.kind for block in made.blocks}
    teasers = [text for text in kinds if text.startswith("Ship 2 had waited")]
    assert all(kinds[text] == "boilerplate" for text in teasers)
    assert WORDS in made.text
    assert kinds.get(WORDS) is None


def test_no_development_page_is_refused() -> None:
    pages = sorted((Path(SHARED) / "bench/html/pages").glob("*.html"))
    if not pages:
        pytest.skip("the development data (../shared) is not here")
    for page in pages[::4]:
        article_of_page(page.read_text("utf-8", "replace"), page.name, Settings())
