"""Under construction."""
from __future__ import annotations

from dataclasses import replace

from reportedly._records import Article, Block


def split_blocks(article: Article) -> Article:
    """Paragraphs by blank lines, all body, until the real thing."""
    blocks, start = [], 0
    for line in article.text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block("body", (start, start + len(line))))
        start += len(line)
    return replace(article, blocks=tuple(blocks))
