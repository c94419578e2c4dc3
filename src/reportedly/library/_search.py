"""Full-text search over the current versions, with the passage that has the words and where it stands.

The words a user types are never FTS5 syntax: they are taken apart here and quoted, so that no input is an error.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from reportedly._records import Span

PAGE = 20
"""Hits on one page."""

MOST = 400
"""Hits, best first, that are looked at to find the stories that have some words."""

PASSAGE = 40
"""FTS5's tokens in a passage."""

# Noncharacters: no text that was collected properly has them, and pages show them as U+FFFD.
OPEN, CLOSE = "\ufdd0", "\ufdd1"
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that has the words. ``span`` is of the passage, ``marks`` are of the words in it, in its text."""

    article: str
    outlet: str
    outlet_key: str
    title: str
    published: str
    url: str | None
    story: str | None
    passage: str
    span: Span
    marks: tuple[Span, ...]


def query(words: str) -> str:
    """FTS5's expression for what a user typed: all words, "phrases", -without, begin*; "" where nothing is asked."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _TERM.findall(words[:500]):
        tokens = re.findall(r"\w+", phrase or word)
        if tokens:
            star = "*" if word.endswith("*") else ""
            quoted = f'"{" ".join(tokens)}"{star}'
            (unwanted if minus else wanted).append(quoted)
    if not wanted:
        return ""
    asked = " AND ".join(wanted)
    return f"({asked}) NOT ({' OR '.join(unwanted)})" if unwanted else asked


def search(db: sqlite3.Connection, words: str, page: int = 1) -> list[Hit]:
    """A page of the articles that have the words, the best first; one more than a page where there are more."""
    asked = query(words)
    if not asked:
        return []
    rows = db.execute(
        f"""SELECT a.id, a.outlet, a.outlet_key, a.title, a.published, a.url, p.story, v.text,
            snippet(search, 1, ?, ?, '', {PASSAGE}) AS passage
            FROM search JOIN versions v ON v.seq = search.rowid JOIN articles a ON a.current = v.seq
            LEFT JOIN placed p ON p.article = a.id
            WHERE search MATCH ? AND search.rowid IN (
                SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank LIMIT ? OFFSET ?)
            ORDER BY rank""",  # noqa: S608 - a number of ours
        (OPEN, CLOSE, asked, asked, PAGE + 1, (page - 1) * PAGE),
    )
    return [_hit(row) for row in rows]


def stories_with(db: sqlite3.Connection, words: str) -> list[str]:
    """The stories of the articles that have the words best."""
    asked = query(words)
    if not asked:
        return []
    rows = db.execute(
        """SELECT DISTINCT p.story FROM placed p JOIN articles a ON a.id = p.article
           WHERE a.current IN (SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank LIMIT ?)""",
        (asked, MOST),
    )
    return [row["story"] for row in rows]


def _hit(row: sqlite3.Row) -> Hit:
    passage = row["passage"]
    plain = passage.replace(OPEN, "").replace(CLOSE, "")
    start = max(0, row["text"].find(plain))
    marks, at = [], start
    for part in re.split(f"([{OPEN}{CLOSE}])", passage):
        if part == OPEN:
            marks.append((at, at))
        elif part == CLOSE and marks:
            marks[-1] = (marks[-1][0], at)
        elif part not in (OPEN, CLOSE):
            at += len(part)
    return Hit(
        article=row["id"], outlet=row["outlet"], outlet_key=row["outlet_key"], title=row["title"],
        published=row["published"], url=row["url"], story=row["story"], passage=plain,
        span=(start, start + len(plain)), marks=tuple(mark for mark in marks if mark[0] < mark[1]),
    )  # fmt: skip
