"""Embedded posts: what stands in the embed blocks before a signature ("— Name (@handle) May 3, 2024") is its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportedly._records import Article, Block, Span

SIGNATURE = re.compile(r"[—–-]+\s*(?P<name>[^()\n]{2,60}?)\s*\(@(?P<handle>\w{1,30})\)")
LABEL = re.compile(r"(?:embed|tweet|video|photo|post)\s*:?$|https?://\S+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Post:
    """An embedded post: its words and who signs it, all spans of the article."""

    content: tuple[Span, ...]
    source: Span
    name: str


def find_posts(article: Article) -> Iterator[Post]:
    """The signed posts among an article's embed blocks, in text order."""
    waiting: list[Span] = []
    last: Block | None = None
    for block in article.blocks:
        if block.kind != "embed" or (last is not None and last.kind != "embed"):
            waiting = []
        last = block
        if block.kind != "embed":
            continue
        text = article.text[slice(*block.span)]
        signed = SIGNATURE.search(text)
        if signed is None:
            if not LABEL.match(text.strip()):
                waiting.append(block.span)
            continue
        start = block.span[0]
        if text[: signed.start()].strip():
            end = start + len(text[: signed.start()].rstrip())
            waiting.append((start, end))
        if waiting:
            yield Post(tuple(waiting), (start + signed.start("name"), start + signed.end("name")), signed.group("name"))
        waiting = []
