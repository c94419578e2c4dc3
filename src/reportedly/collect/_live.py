"""The entries of a live blog, each under its time.

Extractors of running text look for one body and find the first entry, or none. In this order, each step only where the
last finds nothing:
1. elements of one kind that hold one ``<time>`` each, with paragraphs beside it
2. the ``liveBlogUpdate`` of the page's JSON-LD (https://schema.org/LiveBlogPosting)

Only a page that calls itself a live blog, in its JSON-LD or in the names of its elements, is looked at: comments and
lists of news are made of timed elements too. The entries keep the page's order, which is mostly the newest first. The
time stands on a line of its own, as it is printed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reportedly._records import BlockKind
from reportedly.collect._body import Paragraph, one_line
from reportedly.collect._linked_data import nodes_of, plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from reportedly.collect._metadata import Metadata

FEWEST = 3
"""Entries of a live blog at least."""
WORDS = 8
"""Words that an entry has on average at least; a list of times and links has fewer."""
DECLARED, NAMED = 0.5, 1.0
"""The entries must have so many words for each of the rest of the running text: on a page that declares itself a live
blog, and on one where only elements are named so, which may be a box beside an article."""
LONGEST_TIME = 40

_NAMED = re.compile(r"(?<![a-z])live[\w-]{0,20}?(?:post|entry|update|event|item|block)|liveblog[_-]\w", re.I)
_SKIPPED = frozenset(("script", "style", "noscript", "nav", "aside", "form", "button", "svg", "template"))
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "figcaption": "caption",
}
_LINES = frozenset(("p", "li", "blockquote", *_KINDS))

Entry = list[Paragraph]


def entries_of(
    tree: HtmlElement, data: dict[str, Any], known: Metadata, paragraphs: list[Paragraph]
) -> list[Paragraph]:
    """The paragraphs of a live blog: what runs above its entries, then the entries. Empty for any other page.

    ``data`` is `data/page.toml`, ``known`` what the page says of itself, ``paragraphs`` the running text as found
    without regard to entries.
    """
    if not known.live and sum(map(_is_named, tree.iter("article", "div", "li", "section"))) < FEWEST:
        return []
    entries = _marked_up(tree, data)
    if len(entries) < FEWEST and known.live:
        entries = _stated(tree)
    inside = "\n".join(one_line(part.text) for entry in entries for part in entry)
    above = [paragraph for paragraph in paragraphs if one_line(paragraph.text) not in inside]
    words = sum(_count(entry) for entry in entries)
    least = max(WORDS * len(entries), (DECLARED if known.live else NAMED) * _count(above))
    if len(entries) < FEWEST or words < least:
        return []
    return [*above, *(part for entry in entries for part in entry)]


def _is_named(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('data-testid') or ''}"
    return "live" in names.lower() and _NAMED.search(names) is not None


def _count(paragraphs: list[Paragraph]) -> int:
    return sum(len(paragraph.text.split()) for paragraph in paragraphs)


# ---------------------------------------------------------------- 1. in the page's elements


def _marked_up(tree: HtmlElement, data: dict[str, Any]) -> list[Entry]:
    """The largest series of elements of one kind that hold a time each."""
    times = [time for time in tree.iter("time") if _SKIPPED.isdisjoint(each.tag for each in time.iterancestors())]
    holding: dict[HtmlElement, int] = defaultdict(int)
    for time in times:
        for ancestor in time.iterancestors():
            holding[ancestor] += 1
    series: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for time in times:
        box = time
        while (parent := box.getparent()) is not None and holding[parent] == 1:
            box = parent
        if entry := [*_time(time), *_lines(box, set(data["embeds"]))]:
            series[box.tag, (box.get("class") or "").partition(" ")[0]].append(entry)
    return max(series.values(), key=lambda entries: sum(map(_count, entries)), default=[])


def _time(time: HtmlElement) -> Entry:
    printed = one_line("".join(time.itertext())) or (time.get("datetime") or "").strip()
    return [Paragraph(printed, "heading")] if 0 < len(printed) <= LONGEST_TIME else []


def _lines(element: HtmlElement, embeds: set[str]) -> Iterator[Paragraph]:
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _SKIPPED:
            continue
        if child.tag not in _LINES:
            yield from _lines(child, embeds)
        elif text := one_line("".join(child.itertext())):
            embedded = not embeds.isdisjoint((child.get("class") or "").lower().split())
            yield Paragraph(text, "embed" if embedded else _KINDS.get(child.tag))


# ---------------------------------------------------------------- 2. in its JSON-LD


def _stated(tree: HtmlElement) -> list[Entry]:
    entries = []
    for node in nodes_of(tree):
        updates = node.get("liveBlogUpdate")
        for update in updates if isinstance(updates, list) else ():
            if isinstance(update, dict) and (body := plain(update.get("articleBody"))).strip():
                head = [plain(update.get(key)) for key in ("datePublished", "headline")]
                lines = [Paragraph(text, "heading") for each in head if (text := one_line(each))]
                entries.append([*lines, *(Paragraph(text) for part in body.split("\n") if (text := one_line(part)))])
    return entries
