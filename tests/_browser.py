"""A real Chromium for tests, driven as a person uses it, and the accessibility checker axe-core within it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NO_BROWSER = "no Chromium is installed"

PHONE, SMALL, WIDE = 360, 320, 1280
"""Widths in CSS pixels: of a common phone, of the narrowest that WCAG 2.2 asks for (1.4.10), of a laptop."""

_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
_SERIOUS = """async () => (await axe.run()).violations
    .filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => ({rule: one.id, why: one.nodes[0].failureSummary, where: one.nodes.slice(0, 5).map(node => node.html)}))
"""
_SIDEWAYS = """() => {
    const page = document.documentElement, wide = page.clientWidth;
    const out = [...document.body.querySelectorAll("*")].filter(one =>
        one.getBoundingClientRect().right > wide + 1 && !one.closest(".vh, .skip, svg, thead"));
    const found = out.slice(0, 5).map(one => one.outerHTML.slice(0, 160));
    return page.scrollWidth > wide ? [`scrolls: ${page.scrollWidth} in ${wide}`, ...found] : found;
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The installed Chromium, headless. Its sandbox is off, since tests may run as root in a container."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def serious(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds on a page that is serious or critical."""
    page.evaluate(_AXE.read_text("utf-8") + "\n;0")
    found: list[dict[str, Any]] = page.evaluate(_SERIOUS)
    return found


def sideways(page: Page) -> list[str]:
    """That a page scrolls sideways, and the elements that stick out of its window."""
    found: list[str] = page.evaluate(_SIDEWAYS)
    return found
