"""The library written out as lines: articles that go in again, readings, statements, decisions and notes."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from reportedly.library import _articles, _decisions, _found, _readings

Row = dict[str, Any]


def _article_rows(db: sqlite3.Connection) -> Iterator[Row]:
    """As `reportedly add` takes them."""
    for article in _articles.current(db):
        yield {
            "id": article.id, "outlet": article.outlet, "title": article.title, "url": article.url,
            "published": article.published, "authors": list(article.authors), "text": article.text,
        }  # fmt: skip


def _reading_rows(db: sqlite3.Connection) -> Iterator[Row]:
    from reportedly.tell._json import reading_adapter

    for (version,) in db.execute("SELECT v.current FROM articles v ORDER BY v.current").fetchall():
        reading = _readings.of_version(db, version)
        if reading:
            yield reading_adapter().dump_python(reading, mode="json")


def _statement_rows(db: sqlite3.Connection) -> Iterator[Row]:
    """One row for each wording of each statement: a citation, with who said it, when and on what."""
    rows = db.execute(
        """SELECT t.story, t.id AS statement, t.speaker, p.name AS speaker_name, p.party, t.day,
           (SELECT group_concat(issue, ' ') FROM issues_of o WHERE o.statement = t.n) AS issues,
           r.type, a.id AS article, a.outlet, a.published, a.url, r.spans, r.words
           FROM statements t JOIN reports r ON r.statement = t.n JOIN articles a ON a.id = r.article
           LEFT JOIN people p ON p.id = t.speaker AND p.story = t.story ORDER BY t.story, t.n, r.place"""
    )
    for row in rows:
        yield {**dict(row), "spans": json.loads(row["spans"])}


def _decision_rows(db: sqlite3.Connection) -> Iterator[Row]:
    """As `reportedly group --decisions` takes them: those that hold."""
    for one in _decisions.decided(db):
        yield one.line


def _note_rows(db: sqlite3.Connection) -> Iterator[Row]:
    for row in db.execute("SELECT form, kind, about, words, made_at, undone_at FROM notes ORDER BY id"):
        yield dict(row)


ROWS: dict[str, Callable[[sqlite3.Connection], Iterator[Row]]] = {
    "articles": _article_rows,
    "readings": _reading_rows,
    "statements": _statement_rows,
    "claims": _found.claims,
    "differences": _found.differences,
    "sources": _found.sources,
    "decisions": _decision_rows,
    "notes": _note_rows,
}
TABLES = {
    "articles": ("id", "outlet", "title", "url", "published", "authors", "text"),
    "statements": (
        "story", "statement", "speaker", "speaker_name", "party", "day", "issues", "type", "article", "outlet",
        "published", "url", "spans", "words",
    ),
    "claims": (
        "story", "claim", "origins", "articles", "distinct_texts", "outlets", "credited", "article", "outlet",
        "published", "url", "spans", "words",
    ),
    "differences": (
        "story", "difference", "kind", "about", "side", "value", "article", "outlet", "published", "url", "spans",
        "words",
    ),
    "sources": (
        "story", "article", "outlet", "published", "inferred", "url", "title", "copy_of", "origin", "own_share",
        "assessable",
    ),
    "notes": ("form", "kind", "about", "words", "made_at", "undone_at"),
}  # fmt: skip
"""What is a table, and its columns."""
COUNTS = ("origins", "articles", "distinct_texts", "outlets", "side")
"""Columns of whole numbers."""


def json_lines(db: sqlite3.Connection, what: str) -> Iterator[str]:
    """Each record as a line of JSON."""
    return (json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS[what](db))


def csv_lines(db: sqlite3.Connection, what: str) -> Iterator[str]:
    """A header and each record, as RFC 4180 has it."""
    yield _csv(TABLES[what])
    for row in ROWS[what](db):
        yield _csv([_cell(row[column]) for column in TABLES[what]])


def _csv(cells: Any) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _cell(value: Any) -> str:
    """A value as a cell. One that a spreadsheet would take for a formula gets an apostrophe before it (CWE-1236)."""
    text = "" if value is None else value if isinstance(value, str) else json.dumps(value)
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
