"""What changed in stories, kept as their readouts are made anew; and what of it was seen since a time.

``told`` has the articles that a readout had, so that an article that a user moves, or a story that goes into another,
is no news.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from pydantic import TypeAdapter

from reportedly._records import Readout
from reportedly.library._library import LibraryError
from reportedly.library._news import News

PAGE = 50
"""Changes on one page of a list."""

_SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
_NEWEST = "seen >= :since ORDER BY seen DESC, n DESC LIMIT :limit OFFSET :from"
_OF_ALL = f"SELECT n, seen, record FROM changes WHERE {_NEWEST}"  # noqa: S608 - ours
# Two queries, since each has an index of its own.
_OF_STORY = f"""WITH RECURSIVE own (id) AS
    (SELECT :story UNION SELECT s.id FROM successors s JOIN own ON s.story = own.id)
    SELECT n, seen, record FROM changes WHERE story IN (SELECT id FROM own) AND {_NEWEST}"""  # noqa: S608 - ours
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class StoryChange:
    """A change in the order in which they were seen, and when it was (ISO 8601, UTC)."""

    number: int
    seen: str
    news: News


@cache
def news_adapter() -> TypeAdapter[News]:
    """What turns News into JSON and back."""
    return TypeAdapter(News)


def since(words: str, now: str) -> str:
    """A time as it is compared: of ``hour``, ``day``, ``week`` (that long ago), ``90m``, ``3h``, ``2d``, or ISO 8601.

    Without a zone it is in UTC.

    Raises:
        LibraryError: it is none of these.
    """
    words = words.strip()
    found = re.fullmatch(r"(\d{1,5})([mhd])", words)
    if words in _SPANS or found:
        ago = _SPANS[words] if not found else timedelta(**{_UNITS[found[2]]: int(found[1])})
        moment = datetime.fromisoformat(now) - ago
    else:
        try:
            moment = datetime.fromisoformat(words)
        except ValueError:
            raise LibraryError(f"{words[:60]}: no time: hour, day, week, 90m, 3h, 2d or ISO 8601 is wanted") from None
    try:
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError:
        raise LibraryError(f"{words[:60]}: no time that can be counted") from None


def told(db: sqlite3.Connection, readout: Readout) -> frozenset[str]:
    """Those of a readout's articles that a readout of any story had before."""
    ids = json.dumps([one.article.id for one in readout.articles])
    rows = db.execute("SELECT article FROM told WHERE article IN (SELECT value FROM json_each(?))", (ids,))
    return frozenset(row["article"] for row in rows)


def keep(db: sqlite3.Connection, readout: Readout, found: Iterable[News], now: str) -> None:
    """Keep what changed with a readout. What is there already is not told again."""
    db.executemany("INSERT OR IGNORE INTO told VALUES (?)", [(one.article.id,) for one in readout.articles])
    db.executemany(
        "INSERT OR IGNORE INTO changes (id, story, kind, seen, record) VALUES (?, ?, ?, ?, ?)",
        [(one.id, one.story, one.kind, now, news_adapter().dump_json(one)) for one in found],
    )


def changes(
    db: sqlite3.Connection, *, story: str = "", since: str = "", page: int = 1, size: int = PAGE
) -> list[StoryChange]:
    """A page of what changed, the newest first; one more than a page where there are more.

    ``story``: of this story and those that went into it.
    """
    return _rows(db, story, since, size + 1, (page - 1) * size)


def all_since(db: sqlite3.Connection, since: str, story: str = "") -> list[StoryChange]:
    """All that changed since a time, the oldest first."""
    return _rows(db, story, since, -1, 0)[::-1]  # a negative limit is none


def after(db: sqlite3.Connection, number: int, most: int) -> list[StoryChange]:
    """What changed after the change of this number, the oldest first."""
    rows = db.execute("SELECT n, seen, record FROM changes WHERE n > ? ORDER BY n LIMIT ?", (number, most))
    return [_decode(row) for row in rows]


def last(db: sqlite3.Connection) -> int:
    """The number of the newest change; 0 where there is none."""
    number: int = db.execute("SELECT coalesce(max(n), 0) FROM changes").fetchone()[0]
    return number


def _rows(db: sqlite3.Connection, story: str, since: str, limit: int, offset: int) -> list[StoryChange]:
    rows = db.execute(_OF_STORY if story else _OF_ALL, {"story": story, "since": since, "limit": limit, "from": offset})
    return [_decode(row) for row in rows]


def as_json(change: StoryChange) -> str:
    """A change as one object of JSON, without the number, which is this library's own."""
    record = news_adapter().dump_python(change.news, mode="json")
    return json.dumps({"seen": change.seen, **record}, ensure_ascii=False)


def _decode(row: sqlite3.Row) -> StoryChange:
    return StoryChange(row["n"], row["seen"], news_adapter().validate_json(row["record"]))
