"""Articles into stories: the stream of `group`, fed in the order in which articles came to the library.

The stream is deterministic: fed again with the articles in the order in which it had them, it stands where it stood.
So what is stored is that order and what came of it, and a run that was killed goes on from there. Where the stream
stands is stored as well, now and then, so that a new process feeds it only with what came since.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from reportedly._records import Article
from reportedly.group import Change, StoryStream
from reportedly.library import _decisions, _stories
from reportedly.library._articles import decode
from reportedly.library._library import Library
from reportedly.library._versions import grouper

BATCH = 50
"""Articles that are placed in one transaction."""
STORED = 200
"""Articles, at least, after which it is stored anew where the stream stands."""
BYTES = 40_000
"""Bytes of what is stored for each article that has to come first: about 10,000 are of one article of the window."""


class Grouper:
    """Places the articles that stand in no story yet."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._stream: StoryStream | None = None
        self._fed = 0

    def run(self, on_placed: Callable[[int, int], None]) -> int:
        """Place every article that waits, those without a date first, then by date; how many there were.

        ``on_placed`` is called with how many of how many are placed, each time after they are in the file.
        """
        self._regroup()
        waiting = _waiting(self._library.db)
        if waiting:
            self._catch_up(self._library.db)  # before the first transaction: others may write meanwhile
        for at in range(0, len(waiting), BATCH):
            self._place(waiting[at : at + BATCH])
            on_placed(min(at + BATCH, len(waiting)), len(waiting))
        if waiting:
            self._store()
        return len(waiting)

    def _regroup(self) -> None:
        """Group everything anew, in its order, if other rules did it: the stream would not stand where it did."""
        known = self._library.db.execute("SELECT version FROM made_by WHERE what = 'grouping'").fetchone()
        if known is not None and known["version"] == grouper():
            return
        with self._library.writing() as db:
            before = {
                row["article"]: row["story"] for row in db.execute("SELECT article, story FROM placed ORDER BY n")
            }
            stream = StoryStream()
            touched = set(before.values())
            for article in before:
                touched |= _take(db, stream, article)
            now = self._library.now()
            _decisions.apply(db, now)
            _stories.refresh(db, touched, now)
            _stories.lead_on(db, before)
            db.execute("INSERT OR REPLACE INTO made_by VALUES ('grouping', ?)", (grouper(),))
            db.execute("DELETE FROM stream")
        self._stream = None

    def _catch_up(self, db: sqlite3.Connection) -> StoryStream:
        """The stream, brought to where the library is: another process may have added to it."""
        stream = self._stream
        if stream is None:
            stream, self._fed = _stored(db)
        self._stream = None
        rows = db.execute(
            # The first version, since that is what was grouped.
            """SELECT p.n, v.text, v.record FROM placed p
               JOIN versions v ON v.seq = (SELECT min(w.seq) FROM versions w WHERE w.article = p.article)
               WHERE p.n > ? ORDER BY p.n""",
            (self._fed,),
        )
        for row in rows:
            stream.add(decode(row))
            stream.take_closed()
            self._fed = row["n"]
        self._stream = stream
        return stream

    def _place(self, identifiers: Iterable[str]) -> None:
        try:
            with self._library.writing() as db:
                stream = self._catch_up(db)
                touched: set[str] = set()
                for identifier in identifiers:
                    if _stories.story_of(db, identifier) is None:
                        touched |= _take(db, stream, identifier)
                now = self._library.now()
                _decisions.apply(db, now)
                _stories.refresh(db, touched, now)
                self._fed = db.execute("SELECT coalesce(max(n), 0) FROM placed").fetchone()[0]
        except BaseException:
            self._stream = None  # it has what the file has not
            raise

    def _store(self) -> None:
        """Store where the stream stands, if what is stored is far behind."""
        db = self._library.db
        known = db.execute("SELECT n, length(state) AS size FROM stream WHERE made_by = ?", (grouper(),)).fetchone()
        n, size = (known["n"], known["size"]) if known else (0, 0)
        if self._stream is None or self._fed - n < max(STORED, size // BYTES):
            return
        state = self._stream.state()
        with self._library.writing() as db:
            db.execute("DELETE FROM stream")
            db.execute("INSERT INTO stream VALUES (?, ?, ?)", (self._fed, grouper(), state))


def _stored(db: sqlite3.Connection) -> tuple[StoryStream, int]:
    """The stream as it was last stored, and the number of the last article in it; else a new one."""
    row = db.execute("SELECT n, state FROM stream WHERE made_by = ?", (grouper(),)).fetchone()
    return (StoryStream.from_state(row["state"]), row["n"]) if row else (StoryStream(), 0)


def _take(db: sqlite3.Connection, stream: StoryStream, article: str) -> set[str]:
    """Let the stream place an article; the stories that are touched by it."""
    touched: set[str] = set()
    for change in stream.add(_first(db, article)):
        touched |= _keep(db, change)
    stream.take_closed()
    db.execute("UPDATE placed SET nearest = ? WHERE article = ?", (stream.nearest(article), article))
    return touched


def _waiting(db: sqlite3.Connection) -> list[str]:
    rows = db.execute(
        """SELECT a.id FROM articles a LEFT JOIN placed p ON p.article = a.id WHERE p.article IS NULL
           ORDER BY a.published, a.id"""
    )
    return [row["id"] for row in rows]


def _first(db: sqlite3.Connection, article: str) -> Article:
    row = db.execute("SELECT text, record FROM versions WHERE article = ? ORDER BY seq LIMIT 1", (article,)).fetchone()
    return decode(row)


def _keep(db: sqlite3.Connection, change: Change) -> set[str]:
    """Note a change of the grouping; the stories that are touched by it."""
    if change.kind == "closed":
        return set()
    for article in change.articles:
        db.execute(
            """INSERT INTO placed (article, grouped, story) VALUES (?, ?, ?)
               ON CONFLICT (article) DO UPDATE SET grouped = excluded.grouped""",
            (article, change.story, change.story),
        )
    if change.kind == "merged":
        db.execute("INSERT OR REPLACE INTO successors VALUES (?, ?)", (change.earlier, change.story))
    db.execute("INSERT OR REPLACE INTO reasons VALUES (?, ?)", (change.story, change.reason))
    return {change.story, *([change.earlier] if change.earlier else [])}
