"""Who said what on which issue, over all stories: what the pages of a person, an issue and an outlet show."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from reportedly.library._cite import Cited, cited
from reportedly.library._library import LibraryError

PAGE = 60
"""Statements on one page."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement as one article words it."""

    type: str
    citation: Cited


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a story with its wordings, the fullest first; ``issues`` are ids and labels.

    ``day`` is when it was said or first published, "" if neither is known.
    """

    story: str
    id: str
    day: str
    speaker: str | None
    speaker_name: str | None
    issues: tuple[tuple[str, str], ...]
    reports: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A person or issue in a list: how many statements it has, in how many stories."""

    id: str
    name: str
    kind: str
    statements: int
    stories: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person over all stories. ``roles`` are as articles give them."""

    id: str
    name: str
    kind: str
    party: str | None
    roles: tuple[str, ...]
    stories: tuple[tuple[str, str], ...]


def person(db: sqlite3.Connection, identifier: str) -> PersonRow:
    """A person of one or more stories.

    Raises:
        LibraryError: there is none.
    """
    rows = db.execute(
        """SELECT p.*, s.title FROM people p JOIN stories s ON s.id = p.story WHERE p.id = ?
           ORDER BY s.last DESC, s.id LIMIT 100""",
        (identifier,),
    ).fetchall()
    if not rows:
        raise LibraryError(f"{identifier}: no such person")
    roles = dict.fromkeys(role for row in rows for role in row["roles"].split("\n") if role)
    party = next((row["party"] for row in rows if row["party"]), None)
    stories = tuple((row["story"], row["title"]) for row in rows)
    return PersonRow(identifier, rows[0]["name"], rows[0]["kind"], party, tuple(roles), stories)


def issue_label(db: sqlite3.Connection, identifier: str) -> str:
    """What an issue is called.

    Raises:
        LibraryError: there is none.
    """
    row = db.execute("SELECT label FROM issues WHERE id = ? LIMIT 1", (identifier,)).fetchone()
    if row is None:
        raise LibraryError(f"{identifier}: no such issue")
    return str(row["label"])


def people(db: sqlite3.Connection, story: str | None = None, limit: int = 200) -> list[Named]:
    """Those who said something, of one story or of all, who said most first."""
    where, values = ("AND story = ?", (story,)) if story else ("", ())
    rows = db.execute(
        f"""SELECT id, max(name) AS name, kind, sum(statements) AS statements, count(*) AS stories FROM people
            WHERE statements > 0 {where} GROUP BY id ORDER BY 4 DESC, id LIMIT ?""",  # noqa: S608 - ours
        (*values, limit),
    )
    return [Named(**dict(row)) for row in rows]


def issues(db: sqlite3.Connection, story: str | None = None, limit: int = 200) -> list[Named]:
    """The issues of one story or of all, those with most statements first."""
    where, values = ("AND story = ?", (story,)) if story else ("", ())
    rows = db.execute(
        f"""SELECT id, max(label) AS name, 'issue' AS kind, sum(statements) AS statements, count(*) AS stories
            FROM issues WHERE statements > 0 {where} GROUP BY id ORDER BY 4 DESC, id LIMIT ?""",  # noqa: S608 - ours
        (*values, limit),
    )
    return [Named(**dict(row)) for row in rows]


def issues_of(db: sqlite3.Connection, speaker: str, limit: int = 60) -> list[Named]:
    """The issues that somebody spoke on, those with most statements first."""
    rows = db.execute(
        """SELECT o.issue AS id, (SELECT label FROM issues i WHERE i.id = o.issue LIMIT 1) AS name, 'issue' AS kind,
           count(*) AS statements, count(DISTINCT t.story) AS stories
           FROM statements t JOIN issues_of o ON o.statement = t.n WHERE t.speaker = ?
           GROUP BY o.issue ORDER BY 4 DESC, 1 LIMIT ?""",
        (speaker, limit),
    )
    return [Named(**dict(row)) for row in rows]


def people_on(db: sqlite3.Connection, issue: str, limit: int = 60) -> list[Named]:
    """Those who spoke on an issue, who said most first."""
    rows = db.execute(
        """SELECT t.speaker AS id, (SELECT name FROM people p WHERE p.id = t.speaker LIMIT 1) AS name,
           'person' AS kind, count(*) AS statements, count(DISTINCT t.story) AS stories
           FROM issues_of o JOIN statements t ON t.n = o.statement WHERE o.issue = ? AND t.speaker IS NOT NULL
           GROUP BY t.speaker ORDER BY 4 DESC, 1 LIMIT ?""",
        (issue, limit),
    )
    return [Named(**dict(row)) for row in rows]


def outlet(db: sqlite3.Connection, key: str) -> tuple[str, int]:
    """An outlet's name, and how many articles it has.

    Raises:
        LibraryError: there is none.
    """
    row = db.execute("SELECT max(outlet) AS name, count(*) AS n FROM articles WHERE outlet_key = ?", (key,)).fetchone()
    if row["name"] is None:
        raise LibraryError(f"{key}: no such outlet")
    return row["name"], row["n"]


def outlets(db: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Every outlet's key and name, and how many articles it has."""
    rows = db.execute("SELECT outlet_key, max(outlet) AS outlet, count(*) AS n FROM articles GROUP BY 1 ORDER BY 2")
    return [(row["outlet_key"], row["outlet"], row["n"]) for row in rows]


def said(db: sqlite3.Connection, speaker: str = "", issue: str = "", page: int = 1) -> list[Said]:
    """Statements of a person, on an issue, or both; the newest first; one more than a page where there are more."""
    joins, wheres, values = [], [], []
    if issue:
        joins.append("JOIN issues_of i ON i.statement = t.n AND i.issue = ?")
        values.append(issue)
    if speaker:
        wheres.append("t.speaker = ?")
        values.append(speaker)
    where = f"WHERE {' AND '.join(wheres)}" if wheres else ""
    rows = db.execute(
        f"""SELECT t.n, t.story, t.id, t.day, t.speaker FROM statements t {" ".join(joins)} {where}
            ORDER BY t.day DESC, t.n LIMIT ? OFFSET ?""",  # noqa: S608 - ours
        (*values, PAGE + 1, (page - 1) * PAGE),
    ).fetchall()
    return [_said(db, row) for row in rows]


def _said(db: sqlite3.Connection, row: sqlite3.Row) -> Said:
    name = db.execute("SELECT name FROM people WHERE id = ? AND story = ?", (row["speaker"], row["story"])).fetchone()
    issues = db.execute(
        """SELECT i.id, i.label FROM issues_of o JOIN issues i ON i.id = o.issue AND i.story = ?
           WHERE o.statement = ?""",
        (row["story"], row["n"]),
    )
    wordings = db.execute(
        """SELECT a.id AS article, a.outlet, a.published, a.url, r.type, r.spans, r.words FROM reports r
           JOIN articles a ON a.id = r.article WHERE r.statement = ? ORDER BY r.place""",
        (row["n"],),
    )
    return Said(
        row["story"], row["id"], row["day"], row["speaker"], name["name"] if name else None,
        tuple((one["id"], one["label"]) for one in issues), tuple(map(_wording, wordings)),
    )  # fmt: skip


def _wording(row: sqlite3.Row) -> Wording:
    spans = [(start, end) for start, end in json.loads(row["spans"])]
    return Wording(row["type"], cited(row["article"], row["outlet"], row["published"], row["url"], spans, row["words"]))
