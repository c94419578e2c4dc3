from __future__ import annotations

import re
from importlib.resources import files

import pytest

CSS = (files("reportedly.tell") / "templates" / "page.css").read_text("utf-8")
BLOCKS = re.findall(r":root \{(.*?)\}", CSS, re.S)
THEMES = {
    name: dict(re.findall(r"--(\w[\w-]*): (#[0-9a-f]{3,6})", block))
    for name, block in zip(("light", "dark", "print"), BLOCKS, strict=True)
}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", ["ink", "soft", "link", "warn"])
@pytest.mark.parametrize("ground", ["paper", "mark", "quote", "faint"])
def test_contrast(theme, ink, ground):
    colours = THEMES[theme]
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_lines_that_carry_meaning_can_be_seen(theme):
    colours = THEMES[theme]
    assert contrast(colours["mark-line"], colours["paper"]) >= 3
    assert contrast(colours["bar"], colours["paper"]) >= 3


def test_it_fetches_nothing_and_minds_motion_paper_and_focus():
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert "</" not in CSS
    media = ("prefers-reduced-motion", "@media print", "prefers-color-scheme: dark")
    for needed in (*media, "size: A4", ":focus-visible"):
        assert needed in CSS
    assert re.search(r"mark \{[^}]*text-decoration: underline", CSS), "colour alone would not do"
