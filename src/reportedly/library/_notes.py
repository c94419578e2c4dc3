"""What users note: notes and tags about stories, articles, people, issues. Taken back, they stay in the file."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal, get_args

from reportedly.library._library import Library, LibraryError

Form = Literal["note", "tag"]
Kind = Literal["story", "article", "person", "issue"]
LONGEST = {"note": 10_000, "tag": 60}
"""Characters."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note or a tag that holds."""

    id: int
    form: Form
    words: str
    made_at: str


def add(library: Library, form: str, kind: str, about: str, words: str) -> int:
    """Note something; its number.

    Raises:
        LibraryError: it is empty, too long, or about nothing that can be noted about.
    """
    words = words.strip() if form == "note" else " ".join(words.split()).lower()
    if form not in LONGEST or kind not in get_args(Kind) or not about:
        raise LibraryError(f"{form} about {kind}: not known")
    if not words or len(words) > LONGEST[form]:
        raise LibraryError(f"a {form} has 1 to {LONGEST[form]:,} characters")
    with library.writing() as db:
        made = db.execute(
            "INSERT INTO notes (form, kind, about, words, made_at) VALUES (?, ?, ?, ?, ?)",
            (form, kind, about, words, library.now()),
        ).lastrowid
    return int(made or 0)


def undo(library: Library, note: int) -> None:
    """Take a note or tag back.

    Raises:
        LibraryError: there is none of this number that holds.
    """
    with library.writing() as db:
        undone = "UPDATE notes SET undone_at = ? WHERE id = ? AND undone_at IS NULL"
        if db.execute(undone, (library.now(), note)).rowcount == 0:
            raise LibraryError(f"{note}: no such note, or taken back already")


def about(db: sqlite3.Connection, kind: Kind, identifier: str) -> list[Note]:
    """The notes and tags about something, the oldest first."""
    rows = db.execute(
        # A story has the notes of those that went into it.
        """WITH RECURSIVE known (id) AS (
               SELECT ?2 UNION SELECT s.id FROM successors s JOIN known k ON s.story = k.id WHERE ?1 = 'story'
               AND s.id NOT IN (SELECT id FROM stories))
           SELECT id, form, words, made_at FROM notes WHERE kind = ?1 AND about IN (SELECT id FROM known)
           AND undone_at IS NULL ORDER BY id""",
        (kind, identifier),
    )
    return [Note(**dict(row)) for row in rows]


def tags(db: sqlite3.Connection) -> list[tuple[str, int]]:
    """The tags of stories, each with how many have it."""
    rows = db.execute(
        """SELECT words, count(DISTINCT about) AS n FROM notes WHERE form = 'tag' AND kind = 'story'
           AND undone_at IS NULL GROUP BY words ORDER BY words"""
    )
    return [(row["words"], row["n"]) for row in rows]
