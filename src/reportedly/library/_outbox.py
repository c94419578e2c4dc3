"""What is to be posted: messages of what changed, kept until they were taken, so that none is lost or made twice."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

from reportedly.library import _changes
from reportedly.library._library import Library

MOST = 100
"""Changes in one message."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that waits. ``id`` stays the same for every try; ``tries`` are those so far."""

    number: int
    id: str
    body: bytes
    tries: int
    due: datetime


def begin(library: Library) -> None:
    """Let what was there before the first message be none's: a receiver gets what changes from now on."""
    with library.writing() as db:
        if db.execute("SELECT 1 FROM outbox").fetchone() is None:
            _put(db, _changes.last(db), b"", "posted", library.now())


def fill(library: Library, now: datetime) -> int:
    """Make messages of what changed since the last one was made; how many."""
    made = 0
    with library.writing() as db:
        upto = db.execute("SELECT coalesce(max(upto), 0) FROM outbox").fetchone()[0]
        while found := _changes.after(db, upto, MOST):
            upto = found[-1].number
            changes = [json.loads(_changes.as_json(one)) for one in found]
            record = {"type": "story.changes", "timestamp": _moment(now), "data": {"changes": changes}}
            _put(db, upto, json.dumps(record, ensure_ascii=False).encode(), "waiting", _moment(now))
            made += 1
    return made


def first(db: sqlite3.Connection) -> Message | None:
    """The message that is to be posted next, due or not."""
    row = db.execute("SELECT n, id, body, tries, due FROM outbox WHERE state = 'waiting' ORDER BY n LIMIT 1").fetchone()
    if row is None:
        return None
    return Message(row["n"], row["id"], row["body"], row["tries"], datetime.fromisoformat(row["due"]))


def note(library: Library, number: int, state: Literal["posted", "dropped"]) -> None:
    """Note that a message was taken, or is not tried any more. The body of one that was taken is not needed again."""
    with library.writing() as db:
        db.execute(
            "UPDATE outbox SET state = ?1, body = CASE ?1 WHEN 'posted' THEN x'' ELSE body END WHERE n = ?2",
            (state, number),
        )


def put_off(library: Library, number: int, due: datetime, problem: str) -> None:
    """Note that a message was not taken, and when it is tried again."""
    with library.writing() as db:
        db.execute(
            "UPDATE outbox SET tries = tries + 1, due = ?, problem = ? WHERE n = ?", (_moment(due), problem, number)
        )


def _put(db: sqlite3.Connection, upto: int, body: bytes, state: str, due: str) -> None:
    db.execute(
        "INSERT INTO outbox (id, upto, body, state, tries, due) VALUES (?, ?, ?, ?, 0, ?)",
        (f"msg_{uuid4().hex}", upto, body, state, due),
    )


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds")
