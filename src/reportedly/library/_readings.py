"""Readings: made once for each version of an article, with what made them, and used again."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportedly._records import Article, Reading
from reportedly.library._articles import decode
from reportedly.library._library import Library
from reportedly.tell._json import reading_adapter


def keep(library: Library, version: int, reading: Reading, made_by: str) -> None:
    """Keep the reading of a version, in place of an older one."""
    # The text is the version's, and is not stored again.
    bare = replace(reading, article=replace(reading.article, text=""))
    record = zlib.compress(reading_adapter().dump_json(bare), 6)
    with library.writing() as db:
        db.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", (version, made_by, record))


def load(db: sqlite3.Connection, articles: Iterable[str]) -> list[Reading]:
    """The readings of the articles' current versions, as far as there are any."""
    return [
        reading
        for row in db.execute(
            """SELECT v.text, r.record FROM json_each(?) j JOIN articles a ON a.id = j.value
               JOIN versions v ON v.seq = a.current JOIN readings r ON r.version = v.seq""",
            (json.dumps(list(articles)),),
        )
        if (reading := _decode(row))
    ]


def of_version(db: sqlite3.Connection, version: int) -> Reading | None:
    """The reading of a version, if it was read."""
    row = db.execute(
        "SELECT v.text, r.record FROM versions v JOIN readings r ON r.version = v.seq WHERE v.seq = ?", (version,)
    ).fetchone()
    return _decode(row) if row else None


def unread(db: sqlite3.Connection, articles: Iterable[str] | None = None) -> Iterator[tuple[int, Article]]:
    """The current versions that have no reading: of these articles, or of all."""
    rows = db.execute(
        """SELECT v.seq, v.text, v.record FROM articles a JOIN versions v ON v.seq = a.current
           LEFT JOIN readings r ON r.version = v.seq
           WHERE r.version IS NULL AND (?1 IS NULL OR a.id IN (SELECT value FROM json_each(?1))) ORDER BY v.seq""",
        (None if articles is None else json.dumps(list(articles)),),
    ).fetchall()
    return ((row["seq"], decode(row)) for row in rows)


def outdated(db: sqlite3.Connection, made_by: str) -> list[tuple[int, Article]]:
    """The current versions whose reading something else made."""
    rows = db.execute(
        "SELECT v.seq, v.text, v.record FROM articles a JOIN versions v ON v.seq = a.current"
        " JOIN readings r ON r.version = v.seq WHERE r.made_by != ? ORDER BY v.seq",
        (made_by,),
    )
    return [(row["seq"], decode(row)) for row in rows.fetchall()]


def _decode(row: sqlite3.Row) -> Reading:
    reading = reading_adapter().validate_json(zlib.decompress(row["record"]))
    return replace(reading, article=replace(reading.article, text=row["text"]))
