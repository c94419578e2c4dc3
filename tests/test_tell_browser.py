"""What only a browser knows: what it makes of the HTML, and whether everybody can read it on every screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from reportedly.tell import to_html
from reportedly.tell._clean import clean
from tests._browser import CHROMIUM, NO_BROWSER, PHONE, SMALL, WIDE, chromium, serious, sideways
from tests._readout_fixture import ARTICLES, big, nothing, rich

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason=NO_BROWSER)]

_TEXTS = """() => [...document.querySelectorAll(".fulltext")].map(one => {
    const copy = one.cloneNode(true);
    copy.querySelectorAll("[data-not-text]").forEach(other => other.remove());
    return copy.textContent;
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(params=[rich, big, nothing], ids=["rich", "big", "nothing"])
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A readout's file, opened as a file."""
    file = tmp_path / "readout.html"
    file.write_text(to_html(request.param()), "utf-8")
    opened = browser.new_page(reduced_motion="reduce")
    opened.goto(file.as_uri())
    yield opened
    opened.close()


def test_a_readouts_page_suits_phones_and_screens_light_and_dark(page: Page) -> None:
    for width in (SMALL, PHONE, 768, WIDE):
        page.set_viewport_size({"width": width, "height": 800})
        assert sideways(page) == [], width
        for scheme in ("light", "dark") if width in (PHONE, WIDE) else ():
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert serious(page) == [], (width, scheme)


def test_the_browser_has_the_page_as_it_was_written(page: Page) -> None:
    assert page.locator("script").count() == 0
    assert page.locator("a a, p p, p div, p blockquote").count() == 0


def test_full_texts_are_whole(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "readout.html"
    file.write_text(to_html(rich()), "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.evaluate(_TEXTS) == [clean(article.text) for article in ARTICLES.values()]
    page.close()
