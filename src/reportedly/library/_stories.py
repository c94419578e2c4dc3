"""Stories: which article stands in which, and lists of them by outlet, person, issue, time and words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reportedly.library._library import LibraryError

PAGE = 30
"""Stories or articles on one page of a list."""

_ARTICLE = "a.id, a.outlet, a.outlet_key, a.title, a.published, a.inferred, a.url, a.added_at"
_DAY = "coalesce(nullif(a.published, ''), a.inferred)"
"""When an article appeared, as far as is known; as the index of outlets has it."""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story in a list. ``first`` and ``last`` are dates of publication or days taken for them, "" where none is."""

    id: str
    title: str
    articles: int
    outlets: int
    first: str
    last: str
    reason: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list. ``inferred`` is the day that one without a date of publication is taken for, or ""."""

    id: str
    outlet: str
    outlet_key: str
    title: str
    published: str
    inferred: str
    url: str | None
    added_at: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which stories are wanted; "" and False ask for nothing. ``since`` and ``until`` are dates, both included."""

    words: str = ""
    outlet: str = ""
    person: str = ""
    issue: str = ""
    tag: str = ""
    since: str = ""
    until: str = ""
    several: bool = False


def story(db: sqlite3.Connection, identifier: str) -> StoryRow:
    """The story of this id, or the one that it went into.

    Raises:
        LibraryError: there is none.
    """
    seen = set()
    while identifier not in seen:
        seen.add(identifier)
        row = db.execute("SELECT * FROM stories WHERE id = ?", (identifier,)).fetchone()
        if row is not None:
            return StoryRow(**dict(row))
        heir = db.execute("SELECT story FROM successors WHERE id = ?", (identifier,)).fetchone()
        identifier = heir["story"] if heir else identifier
    raise LibraryError(f"{identifier}: no such story")


def story_of(db: sqlite3.Connection, article: str) -> str | None:
    """The id of the story that an article is in, once it is grouped."""
    row = db.execute("SELECT story FROM placed WHERE article = ?", (article,)).fetchone()
    return row["story"] if row else None


def articles_of(db: sqlite3.Connection, identifier: str) -> list[ArticleRow]:
    """The articles of a story, by date of publication."""
    rows = db.execute(
        f"""SELECT {_ARTICLE} FROM placed p JOIN articles a ON a.id = p.article
            WHERE p.story = ? ORDER BY {_DAY}, a.id""",  # noqa: S608 - ours
        (identifier,),
    )
    return [ArticleRow(**dict(row)) for row in rows]


def outlets_of(db: sqlite3.Connection, identifiers: Iterable[str]) -> dict[str, list[str]]:
    """The names of the outlets that have an article of each of these stories, in the order in which they published."""
    found: dict[str, list[str]] = {identifier: [] for identifier in identifiers}
    rows = db.execute(
        f"""SELECT p.story, a.outlet FROM json_each(?) j JOIN placed p ON p.story = j.value
            JOIN articles a ON a.id = p.article GROUP BY p.story, a.outlet_key
            ORDER BY min(nullif({_DAY}, '')) IS NULL, min(nullif({_DAY}, '')), a.outlet""",  # noqa: S608 - ours
        (json.dumps(list(found)),),
    )
    for row in rows:
        found[row["story"]].append(row["outlet"])
    return found


def touched(db: sqlite3.Connection, articles: Iterable[str], since: str) -> list[str]:
    """The stories that have one of these articles, or whose articles changed since a time, the oldest first."""
    rows = db.execute(
        """SELECT id FROM stories WHERE changed_at >= ? OR id IN
           (SELECT p.story FROM json_each(?) j JOIN placed p ON p.article = j.value) ORDER BY last, id""",
        (since, json.dumps(list(articles))),
    )
    return [row["id"] for row in rows]


def article_row(db: sqlite3.Connection, article: str) -> ArticleRow:
    """An article as a list has it.

    Raises:
        LibraryError: there is none.
    """
    row = db.execute(f"SELECT {_ARTICLE} FROM articles a WHERE a.id = ?", (article,)).fetchone()  # noqa: S608 - ours
    if row is None:
        raise LibraryError(f"{article}: no such article")
    return ArticleRow(**dict(row))


def article_rows(db: sqlite3.Connection, articles: Iterable[str]) -> list[ArticleRow]:
    """Those of the articles that are there, as a list has them."""
    rows = db.execute(
        f"SELECT {_ARTICLE} FROM articles a WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY a.id",  # noqa: S608 - ours
        (json.dumps(list(articles)),),
    )
    return [ArticleRow(**dict(row)) for row in rows]


def articles_by(db: sqlite3.Connection, outlet: str, page: int = 1) -> list[ArticleRow]:
    """A page of an outlet's articles, the newest first; one more than a page where there are more."""
    rows = db.execute(
        f"""SELECT {_ARTICLE} FROM articles a WHERE a.outlet_key = ? ORDER BY {_DAY} DESC, a.id
            LIMIT ? OFFSET ?""",  # noqa: S608 - ours
        (outlet, PAGE + 1, (page - 1) * PAGE),
    )
    return [ArticleRow(**dict(row)) for row in rows]


def find(db: sqlite3.Connection, wanted: Filter, matches: Iterable[str] | None, page: int = 1) -> list[StoryRow]:
    """A page of the stories wanted, the one with the newest article first; one row more than a page where there are.

    ``matches`` are the ids of the stories that have the words, or None where no words are wanted.
    """
    wheres, values = _conditions(wanted)
    if matches is not None:
        ids = list(matches)
        wheres.append(f"s.id IN ({','.join('?' * len(ids))})")
        values += ids
    where = f"WHERE {' AND '.join(wheres)}" if wheres else ""
    rows = db.execute(
        f"SELECT s.* FROM stories s {where} ORDER BY s.last DESC, s.id LIMIT ? OFFSET ?",  # noqa: S608 - from _conditions
        (*values, PAGE + 1, (page - 1) * PAGE),
    )
    return [StoryRow(**dict(row)) for row in rows]


def find_all(db: sqlite3.Connection, wanted: Filter, matches: Iterable[str] | None) -> Iterator[StoryRow]:
    """All the stories wanted, page by page."""
    known = None if matches is None else list(matches)
    page = 1
    while rows := find(db, wanted, known, page):
        yield from rows[:PAGE]
        if len(rows) <= PAGE:
            return
        page += 1


def by_prefix(db: sqlite3.Connection, start: str) -> str:
    """The id of the story whose id begins so.

    Raises:
        LibraryError: there is none, or there are several.
    """
    pattern = start.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = db.execute("SELECT id FROM stories WHERE id LIKE ? ESCAPE '\\' LIMIT 2", (pattern,)).fetchall()
    if len(rows) > 1:
        raise LibraryError(f"{start}: several stories begin so")
    return rows[0]["id"] if rows else story(db, start).id


def _conditions(wanted: Filter) -> tuple[list[str], list[str]]:
    """What a story has to meet, as SQL without a value in it, and the values."""
    parts = (
        (
            wanted.outlet,
            "s.id IN (SELECT p.story FROM articles a JOIN placed p ON p.article = a.id WHERE a.outlet_key = ?)",
        ),
        (wanted.person, "s.id IN (SELECT story FROM people WHERE id = ?)"),
        (wanted.issue, "s.id IN (SELECT story FROM issues WHERE id = ?)"),
        (
            wanted.tag,
            "s.id IN (SELECT about FROM notes WHERE words = ? AND form = 'tag' AND undone_at IS NULL)",
        ),
        (wanted.since, "s.last >= ?"),
        (wanted.until and wanted.until + "~", "s.first <= ?"),  # "~" follows every time of that day
    )
    wheres = [sql for value, sql in parts if value]
    return wheres + (["s.outlets > 1"] if wanted.several else []), [value for value, _ in parts if value]


def refresh(db: sqlite3.Connection, touched: Iterable[str], now: str) -> None:
    """Work out what is listed of these stories; forget those without articles, and point to where these went."""
    for identifier in sorted(touched):
        row = db.execute(
            f"""SELECT count(*) AS articles, count(DISTINCT a.outlet_key) AS outlets,
               min(nullif({_DAY}, '')) AS first, max({_DAY}) AS last,
               (SELECT b.title FROM placed q JOIN articles b ON b.id = q.article WHERE q.story = p.story
                ORDER BY b.published = '', b.published, b.id LIMIT 1) AS title
               FROM placed p JOIN articles a ON a.id = p.article WHERE p.story = ?""",  # noqa: S608 - ours
            (identifier,),
        ).fetchone()
        if row["articles"] == 0:
            forget(db, identifier)
            continue
        known = db.execute("SELECT reason FROM reasons WHERE story = ?", (identifier,)).fetchone()
        reason = known["reason"] if known else "placed by a user"
        values = (identifier, row["title"], row["articles"], row["outlets"], row["first"] or "", row["last"])
        db.execute("INSERT OR REPLACE INTO stories VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*values, reason, now))


def date(db: sqlite3.Connection, identifier: str) -> None:
    """Work out from when to when a story is: its readout may have dated an article."""
    days = f"FROM placed p JOIN articles a ON a.id = p.article WHERE p.story = ?1 AND {_DAY} != ''"
    db.execute(
        f"UPDATE stories SET first = coalesce((SELECT min({_DAY}) {days}), ''),"  # noqa: S608 - ours
        f" last = coalesce((SELECT max({_DAY}) {days}), '') WHERE id = ?1",
        (identifier,),
    )


def lead_on(db: sqlite3.Connection, before: Mapping[str, str]) -> None:
    """Let the ids of stories that are no more lead to where most of their articles went.

    ``before`` has the story of each article as it was.
    """
    went: dict[str, list[str]] = {}
    for article, old in before.items():
        went.setdefault(old, []).append(story_of(db, article) or "")
    for old, stories in went.items():
        if old not in stories:
            heir = max(sorted(set(stories)), key=stories.count)
            db.execute("INSERT OR REPLACE INTO successors VALUES (?, ?)", (old, heir))


def forget(db: sqlite3.Connection, identifier: str) -> None:
    """Forget what was derived of a story that is no more; where its articles are now, its id leads."""
    heir = db.execute("SELECT story FROM placed WHERE grouped = ? LIMIT 1", (identifier,)).fetchone()
    if heir:
        db.execute("INSERT OR REPLACE INTO successors VALUES (?, ?)", (identifier, heir["story"]))
    db.execute("DELETE FROM stories WHERE id = ?", (identifier,))
    forget_readout(db, identifier)


def forget_readout(db: sqlite3.Connection, identifier: str) -> None:
    """Forget the readout of a story, and what was taken from it."""
    own = "(SELECT n FROM statements WHERE story = ?)"
    db.execute(f"DELETE FROM reports WHERE statement IN {own}", (identifier,))  # noqa: S608 - ours
    db.execute(f"DELETE FROM issues_of WHERE statement IN {own}", (identifier,))  # noqa: S608 - ours
    for table in ("statements", "people", "issues", "readouts"):
        db.execute(f"DELETE FROM {table} WHERE story = ?", (identifier,))  # noqa: S608 - ours
