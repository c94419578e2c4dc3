"""Why a page holds no article: a wall, an error, an index.

A page that is refused is lost to its reader, so each reason needs two signs, and a page with much running text is only
ever refused as an index. The words that such pages have are data: `data/no_article.toml`.
"""

from __future__ import annotations

import re
import tomllib
from copy import copy
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from reportedly.collect._body import Paragraph, one_line
from reportedly.collect._teasers import teasers_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from reportedly.collect._metadata import Metadata

FEWEST_WORDS = 20
"""Words below which a page has no article: a notice of cookies or a wall has 10 to 20, the shortest article of the 80
development pages 54. A page of more words but fewer in sentences has one only if it is not a page of links."""

MOST_LINKS = 0.8
"""Share of a page's characters that stand in links at which it is a page of links. Of the 80 development pages, all of
them articles, it is .62 at most."""

NOTICE = 150
"""Words that a notice (an error, a demand for consent or for JavaScript) has at most; longer text is an article."""
STUB = 120
"""Words of the open part of an article that is behind a wall at most; with more it is read, as one that was cut off."""
OFFER = 600
"""Characters behind the open part in which the offer to read on stands."""
CUT = 0.5
"""Share of the words that a page states for its article from which it is there as a whole."""
TEASERS = 5
"""Teasers with text of an index page at least."""
TEASED = 0.6
"""Share of the running text that stands in an index page's teasers at least."""
ONE_TEASER = 0.5
"""Share of it that one teaser may have; where one has more it is the article."""

_SENTENCE_END = re.compile("[.!?…。！？।؟]")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads((files(__package__) / "data" / "no_article.toml").read_text("utf-8"))
    return {key: re.compile("|".join(each), re.I) for key, each in data.items()}


def why_no_article(tree: HtmlElement, known: Metadata, paragraphs: list[Paragraph]) -> str | None:
    """What a page is instead of an article, to be put behind "no article found in this page"; None for an article.

    ``known`` is what the page says of itself.
    """
    text = [paragraph for paragraph in paragraphs if paragraph.kind != "boilerplate"]
    words = sum(len(paragraph.text.split()) for paragraph in text)
    if words < NOTICE and (notice := _notice(tree, known, text, words)):
        return notice
    if not known.declared and (index := _index(tree, text, words)):
        return index
    return None if _is_prose(tree, text) else ""


def _notice(tree: HtmlElement, known: Metadata, text: list[Paragraph], words: int) -> str | None:
    patterns = _patterns()
    visible = _visible(tree)
    said = "\n".join(paragraph.text for paragraph in text) if words >= FEWEST_WORDS else visible
    titles = [known.title, tree.findtext(".//title"), *("".join(each.itertext()) for each in tree.iter("h1"))]
    below = "\n".join(paragraph.text for paragraph in text if paragraph.kind != "heading") or visible
    if (
        not known.declared
        and any(patterns["error_titles"].search(one_line(title)) for title in titles)
        and patterns["errors"].search(below)
    ):
        return ": an error page, served as if it were none"
    sentences = [each for each in re.split(r"(?<=[.!?])\s+|\n", said) if each.strip()]
    for key, what in (("robots", "a check for robots, or a demand for JavaScript"), ("consent", "a consent wall")):
        speaking = sum(len(each.split()) for each in sentences if patterns[key].search(each))
        if speaking and speaking >= len(said.split()) / 2 and len(said.split()) < 2 * NOTICE:
            return f": {what}"
    cut = known.words is not None and words < CUT * known.words
    if words < STUB and (known.walled or cut) and patterns["paywall"].search(_behind(text, visible)):
        return f": a paywall's stub of {words} words"
    return None


def _behind(text: list[Paragraph], visible: str) -> str:
    """The end of the running text and what stands behind it: an offer at the head of a page says nothing of it."""
    flat = " ".join(visible.split())
    lines = [one_line(paragraph.text) for paragraph in text]
    end = max((flat.rfind(line) + len(line) for line in lines if line in flat), default=0)
    return "\n".join((*lines[-2:], flat[end : end + OFFER]))


def _index(tree: HtmlElement, text: list[Paragraph], words: int) -> str | None:
    """Whether the running text is spread over teasers."""
    lines = {one_line(paragraph.text): len(paragraph.text.split()) for paragraph in text}
    teasers = teasers_of(tree)
    held = [count for teaser in teasers if (count := sum(lines.get(line, 0) for line in teaser))]
    if len(held) >= TEASERS and sum(held) >= TEASED * words and max(held) < ONE_TEASER * words:
        return f": an index of {len(teasers)} articles"
    return None


def _is_prose(tree: HtmlElement, text: list[Paragraph]) -> bool:
    words = [(len(part.text.split()), _SENTENCE_END.search(part.text) is not None) for part in text]
    if sum(count for count, ends in words if ends) >= FEWEST_WORDS:
        return True
    return sum(count for count, _ in words) >= FEWEST_WORDS and _link_share(tree) < MOST_LINKS


def _stripped(tree: HtmlElement) -> HtmlElement:
    from lxml.etree import strip_elements

    visible = copy(tree)
    strip_elements(visible, "head", "script", "style", "noscript", "template", with_tail=False)
    return visible


def _visible(tree: HtmlElement) -> str:
    """The text of the whole page, a line for each piece."""
    return "\n".join(line for piece in _stripped(tree).itertext() if (line := one_line(piece)))


def _link_share(tree: HtmlElement) -> float:
    visible = _stripped(tree)
    linked = sum(len("".join(link.text_content().split())) for link in visible.iter("a"))
    return float(linked / max(1, len("".join(visible.text_content().split()))))
