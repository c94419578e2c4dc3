"""When a page says that it was first published: JSON-LD of schema.org, then its ``<meta>`` and ``<time>`` elements.

Only dates in ISO 8601 count, and only those of an article: a page also carries the dates of its videos and comments.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reportedly.collect._identity import iso

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DEEPEST = 6
"""Levels of JSON-LD that are searched: ``@graph``, a list in it, ``mainEntity`` and the like are two or three."""

LONGEST_DATA = 500_000
"""Characters of one JSON-LD element that are read; whole articles stand in ``articleBody``."""


def stated_date(tree: HtmlElement, data: dict[str, Any]) -> str | None:
    """The date, or date and time, of first publication in ISO 8601, or None. ``data`` is that of `data/page.toml`."""
    for candidate in _candidates(tree, data):
        if date := iso(candidate):
            return date
    return None


def _candidates(tree: HtmlElement, data: dict[str, Any]) -> Iterator[str]:
    endings = tuple(data["article_types"])
    for script in tree.iter("script"):
        source = script.text or ""
        if script.get("type", "").lower() == "application/ld+json" and len(source) <= LONGEST_DATA:
            try:
                yield from _dates(json.loads(source, strict=False), endings, DEEPEST)
            except (ValueError, RecursionError):
                continue
    stated: dict[tuple[str, str], str] = {}
    for element in tree.iter("meta", "time"):
        value = element.get("content") or element.get("datetime") or ""
        for attribute in ("property", "itemprop", "name"):
            if key := element.get(attribute):
                stated.setdefault((attribute, key.lower()), value)
    for attribute, key in data["published"]:
        yield stated.get((attribute, key.lower()), "")


def _dates(node: Any, endings: tuple[str, ...], depth: int) -> Iterator[str]:
    if depth < 0:
        return
    if isinstance(node, list):
        for part in node:
            yield from _dates(part, endings, depth - 1)
    elif isinstance(node, dict):
        kinds = node.get("@type")
        names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
        date = node.get("datePublished")
        if isinstance(date, str) and any(isinstance(name, str) and name.endswith(endings) for name in names):
            yield date
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _dates(node.get(key), endings, depth - 1)
