"""What a page states of its article in JSON-LD, in the words of schema.org (https://schema.org/NewsArticle).

Publishers' JSON-LD is written by templates and often not quite JSON: line breaks in strings, entities of HTML in them,
the wrappings of older browsers around it. What cannot be read is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DEEPEST = 6
"""Levels of JSON-LD that are searched: ``@graph``, a list in it, ``mainEntity`` and the like are two or three."""

LONGEST_DATA = 2_000_000
"""Characters of one JSON-LD element that are read; whole articles stand in ``articleBody``, whole live blogs in
``liveBlogUpdate``."""

_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*;?\s*$")

Node = dict[str, Any]


def is_linked_data(script: HtmlElement) -> bool:
    """Whether a ``<script>`` holds JSON-LD."""
    return (script.get("type") or "").lower().strip() == "application/ld+json"


def nodes_of(tree: HtmlElement) -> list[Node]:
    """The objects of a page's JSON-LD that have a type, in order; none from inside of another's properties."""
    found: list[Node] = []
    for script in tree.iter("script"):
        source = script.text or ""
        if is_linked_data(script) and len(source) <= LONGEST_DATA:
            try:
                found += _typed(json.loads(_WRAPPING.sub("", source), strict=False), DEEPEST)
            except (ValueError, RecursionError):
                continue
    return found


def _typed(node: Any, depth: int) -> Iterator[Node]:
    if depth < 0:
        return
    if isinstance(node, list):
        for part in node:
            yield from _typed(part, depth - 1)
    elif isinstance(node, dict):
        if types_of(node):
            yield node
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _typed(node.get(key), depth - 1)


def types_of(node: Any) -> list[str]:
    """The names of a node's types, without the address of the vocabulary."""
    kinds = node.get("@type") if isinstance(node, dict) else None
    names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    return [name.rpartition("/")[2] for name in names if isinstance(name, str)]


def articles_of(nodes: list[Node], endings: list[str]) -> list[Node]:
    """The nodes that are articles, by the end of a type's name, in order."""
    return [node for node in nodes if any(name.endswith(tuple(endings)) for name in types_of(node))]


def plain(value: Any) -> str:
    """A stated string without the markup and the entities that some templates leave in it; "" for anything else."""
    if not isinstance(value, str):
        return ""
    if "<" in value:
        value = re.sub(r"<[a-zA-Z/][^<>]{0,500}>", " ", value)
    return unescape(value) if "&" in value else value


def names_of(value: Any, depth: int = 3) -> list[str]:
    """The names in what JSON-LD gives as an author or a publisher: a string, an object with a name, a list of them."""
    if depth < 0:
        return []
    if isinstance(value, list):
        return [name for part in value[:50] for name in names_of(part, depth - 1)]
    if isinstance(value, dict):
        return names_of(value.get("name"), depth - 1)
    return [name] if (name := plain(value)) else []
