"""A user's moves: decisions about which articles are one story, each as a line that `reportedly group` takes too.

They are a layer of their own over the grouping: applied in their order whenever the grouping changed, and taken back
by leaving them out. An article stands for the story that it is in.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from reportedly._errors import InputError
from reportedly.group import read_decisions
from reportedly.group._stories import story_id
from reportedly.library import _stories
from reportedly.library._library import Library, LibraryError


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that holds."""

    id: int
    line: dict[str, Any]
    made_at: str
    after: int
    """The last article of the grouping when it was made."""


def decide(library: Library, line: dict[str, Any]) -> int:
    """Take a decision; its number, by which it is taken back.

    Raises:
        LibraryError: it is no decision, or names an article that is not in the library.
    """
    words = json.dumps(line, ensure_ascii=False)
    try:
        read_decisions([words], "decision")
    except InputError as problem:
        raise LibraryError(problem.reason) from problem
    with library.writing() as db:
        for article in named(line):
            if db.execute("SELECT 1 FROM placed WHERE article = ?", (article,)).fetchone() is None:
                raise LibraryError(f"{article}: no article of a story")
        now = library.now()
        made = db.execute(
            "INSERT INTO decisions (line, made_at, after) VALUES (?, ?, (SELECT max(n) FROM placed))", (words, now)
        ).lastrowid
        apply(db, now)
    return int(made or 0)


def undo(library: Library, decision: int) -> None:
    """Take a decision back.

    Raises:
        LibraryError: there is none of this number that holds.
    """
    with library.writing() as db:
        now = library.now()
        undone = "UPDATE decisions SET undone_at = ? WHERE id = ? AND undone_at IS NULL"
        if db.execute(undone, (now, decision)).rowcount == 0:
            raise LibraryError(f"{decision}: no such decision, or taken back already")
        apply(db, now)


def decided(db: sqlite3.Connection, articles: set[str] | None = None) -> list[Decided]:
    """The decisions that hold, in their order; those about any of these articles, or all."""
    rows = db.execute("SELECT id, line, made_at, after FROM decisions WHERE undone_at IS NULL ORDER BY id")
    known = [Decided(row["id"], json.loads(row["line"]), row["made_at"], row["after"]) for row in rows]
    return [one for one in known if articles is None or not articles.isdisjoint(named(one.line))]


def apply(db: sqlite3.Connection, now: str) -> None:
    """Place every article as the grouping has it and the decisions move it; bring the stories up to date."""
    before = _moved(db)
    db.execute("UPDATE placed SET story = grouped WHERE story != grouped")
    for one in decided(db):
        _apply(db, one)
    after = _moved(db)
    changed = [*(before.items() - after.items()), *(after.items() - before.items())]
    touched = {story for _, stories in changed for story in stories}
    _stories.refresh(db, touched, now)


def _moved(db: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    rows = db.execute("SELECT article, grouped, story FROM placed WHERE story != grouped")
    return {row["article"]: (row["grouped"], row["story"]) for row in rows}


def _apply(db: sqlite3.Connection, one: Decided) -> None:
    line = one.line
    if "merge" in line:
        stories = {_story(db, article): _size(db, article) for article in line["merge"]}
        target = max(stories, key=lambda story: stories[story])
        for other in stories.keys() - {target}:
            db.execute("UPDATE placed SET story = ? WHERE story = ?", (target, other))
    elif "split" in line:
        apart = sorted(line["split"])
        theirs = {_story(db, article) for article in line["from"]}
        leaving = [article for article in apart if _story(db, article) in theirs]
        _leave(db, leaving, story_id("split\n" + "\n".join(apart)), one.after)
    else:
        _leave(db, [line["move"]], _story(db, line["to"]), one.after)


def _leave(db: sqlite3.Connection, articles: list[str], story: str, after: int) -> None:
    """Place articles in another story; what came after the decision follows the article that it is most like."""
    left = {_story(db, article) for article in articles} - {story}
    moved = set(articles)
    for each in sorted(left):
        later = db.execute("SELECT article, nearest FROM placed WHERE story = ? AND n > ? ORDER BY n", (each, after))
        for row in later.fetchall():
            if row["nearest"] in moved:
                moved.add(row["article"])
    _place(db, sorted(moved), story)


def _place(db: sqlite3.Connection, articles: list[str], story: str) -> None:
    db.executemany("UPDATE placed SET story = ? WHERE article = ?", [(story, article) for article in articles])


def _story(db: sqlite3.Connection, article: str) -> str:
    row = db.execute("SELECT story FROM placed WHERE article = ?", (article,)).fetchone()
    return str(row["story"])


def _size(db: sqlite3.Connection, article: str) -> int:
    row = db.execute("SELECT count(*) FROM placed WHERE story = ?", (_story(db, article),)).fetchone()
    return int(row[0])


def named(line: dict[str, Any]) -> list[str]:
    """The articles that a decision names."""
    if "merge" in line:
        return list(line["merge"])
    if "split" in line:
        return [*line["split"], *line["from"]]
    return [line["move"], line["to"], *line.get("from", [])]
