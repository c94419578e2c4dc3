"""Feeds that are watched and their entries: how each stands, so that a watcher goes on where it stopped."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from reportedly.collect._inputs import Known


@dataclass(frozen=True, slots=True)
class Feed:
    """How a feed stands. ``ttl`` is in minutes, ``failures`` are those in a row, ``due`` is when it is asked next.

    ``etag`` and ``modified`` are the feed's validators as they came, ``changed`` is when it last had something else.
    """

    url: str
    due: datetime
    etag: str | None = None
    modified: str | None = None
    asked: datetime | None = None
    changed: datetime | None = None
    ttl: int | None = None
    failures: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """How the page of a feed's entry stands. ``looks`` were those that it answered; ``due`` is None for: not again."""

    url: str
    feed: str
    known: Known
    due: datetime | None
    etag: str | None = None
    modified: str | None = None
    looks: int = 0
    failures: int = 0
    problem: str | None = None


_FEED = ", ".join(field.name for field in fields(Feed))
_ENTRY = ", ".join(field.name for field in fields(Entry))


def list_feeds(db: sqlite3.Connection, urls: Iterable[str], now: datetime) -> None:
    """Make these the feeds that are watched; a new one is due at once, one that is no more keeps its state."""
    db.execute("UPDATE feeds SET listed = 0")
    db.executemany(
        "INSERT INTO feeds (url, listed, failures, due) VALUES (?, 1, 0, ?) ON CONFLICT (url) DO UPDATE SET listed = 1",
        [(url, _written(now)) for url in urls],
    )


def feeds(db: sqlite3.Connection) -> list[Feed]:
    """The feeds that are watched, by address."""
    rows = db.execute(f"SELECT {_FEED} FROM feeds WHERE listed ORDER BY url")  # noqa: S608 - ours
    return [Feed(**_read(row, "due", "asked", "changed")) for row in rows]


def keep_feed(db: sqlite3.Connection, feed: Feed) -> None:
    """Note how a feed stands."""
    marks = ", ".join("?" * len(fields(Feed)))
    updates = ", ".join(f"{field.name} = excluded.{field.name}" for field in fields(Feed))
    db.execute(
        f"INSERT INTO feeds ({_FEED}, listed) VALUES ({marks}, 1) ON CONFLICT (url) DO UPDATE SET {updates}",  # noqa: S608 - ours
        [_written(value) for value in astuple(feed)],
    )


def entries(db: sqlite3.Connection, urls: Sequence[str]) -> dict[str, Entry]:
    """Those of these addresses that are known."""
    rows = db.execute(
        f"SELECT {_ENTRY} FROM entries WHERE url IN (SELECT value FROM json_each(?))",  # noqa: S608 - ours
        (json.dumps(list(urls)),),
    )
    return {row["url"]: _entry(row) for row in rows}


def entries_due(db: sqlite3.Connection, now: datetime, most: int) -> list[Entry]:
    """Entries of watched feeds whose page is to be looked at, the longest due first."""
    rows = db.execute(
        f"""SELECT {_ENTRY} FROM entries WHERE due <= ? AND feed IN (SELECT url FROM feeds WHERE listed)
            ORDER BY due, url LIMIT ?""",  # noqa: S608 - ours
        (_written(now), most),
    )
    return [_entry(row) for row in rows]


def next_due(db: sqlite3.Connection) -> datetime | None:
    """When the next watched feed or entry is due; None where nothing is watched."""
    (first,) = db.execute(
        """SELECT min(due) FROM (SELECT due FROM feeds WHERE listed UNION ALL
           SELECT due FROM entries WHERE due IS NOT NULL AND feed IN (SELECT url FROM feeds WHERE listed))"""
    ).fetchone()
    return datetime.fromisoformat(first) if first else None


def keep_entry(db: sqlite3.Connection, entry: Entry) -> None:
    """Note how an entry stands."""
    values = {field.name: getattr(entry, field.name) for field in fields(Entry)}
    values["known"] = json.dumps(asdict(entry.known), ensure_ascii=False)
    db.execute(
        f"INSERT OR REPLACE INTO entries ({_ENTRY}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608 - ours
        [_written(value) for value in values.values()],
    )


def _entry(row: sqlite3.Row) -> Entry:
    values = _read(row, "due")
    known = json.loads(values.pop("known"))
    return Entry(known=Known(**{**known, "authors": tuple(known["authors"])}), **values)


def _read(row: sqlite3.Row, *times: str) -> dict[str, Any]:
    values = dict(row)
    return {**values, **{name: values[name] and datetime.fromisoformat(values[name]) for name in times}}


def _written(value: Any) -> Any:
    """Times in UTC with all their digits, so that they sort as text."""
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value
