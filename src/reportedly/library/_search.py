"""Full-text search over the current versions, with the passage that has the words and where it stands.

The words a user types are never FTS5 syntax: they are taken apart here and quoted, so that no input is an error.
"""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass

from reportedly._records import Span
from reportedly.library._passages import TOKEN, Finder, Term

PAGE = 20
"""Hits on one page."""

MOST = 400
"""Hits, best first, that are looked at to find the stories that have some words."""

NEWEST = 5_000
"""Hits that are ranked: of more, those that came last. So the most common words cost little more than a rare one."""

_TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


_RANKED = """SELECT rowid FROM search WHERE search MATCH :asked AND rowid >= coalesce(
    (SELECT rowid FROM search WHERE search MATCH :asked ORDER BY rowid DESC LIMIT 1 OFFSET :newest), 0)
    ORDER BY rank LIMIT :limit OFFSET :offset"""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that has the words. ``span`` is of the passage, ``marks`` are of the words in it, in its text."""

    article: str
    outlet: str
    outlet_key: str
    title: str
    published: str
    url: str | None
    story: str | None
    passage: str
    span: Span
    marks: tuple[Span, ...]


def query(words: str) -> str:
    """FTS5's expression for what a user typed: all words, "phrases", -without, begin*; "" where nothing is asked."""
    wanted, unwanted = _terms(words)
    if not wanted:
        return ""
    asked = " AND ".join(map(_quoted, wanted))
    return f"({asked}) NOT ({' OR '.join(map(_quoted, unwanted))})" if unwanted else asked


def _terms(words: str) -> tuple[list[Term], list[Term]]:
    """What is wanted and what is not."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for minus, phrase, word in _TERM.findall(words[:500]):
        tokens = re.findall(TOKEN, phrase or word)
        if tokens:
            (unwanted if minus else wanted).append(Term(tuple(tokens), word.endswith("*")))
    return wanted, unwanted


def _quoted(term: Term) -> str:
    return f'"{" ".join(term.words)}"{"*" if term.begins else ""}'


def search(db: sqlite3.Connection, words: str, page: int = 1) -> list[Hit]:
    """A page of the articles that have the words, the best first; one more than a page where there are more."""
    found = _ranked(db, query(words), PAGE + 1, (page - 1) * PAGE)
    if not found:
        return []
    rows = db.execute(
        """SELECT a.id AS article, a.outlet, a.outlet_key, a.title, a.published, a.url, p.story, v.text
           FROM json_each(?) j JOIN articles a ON a.current = j.value JOIN versions v ON v.seq = a.current
           LEFT JOIN placed p ON p.article = a.id ORDER BY j.key""",
        (json.dumps(found),),
    )
    finder = Finder(_terms(words)[0])
    return [_hit(row, finder) for row in rows]


def stories_with(db: sqlite3.Connection, words: str) -> list[str]:
    """The stories of the articles that have the words best."""
    rows = db.execute(
        """SELECT DISTINCT p.story FROM json_each(?) j JOIN articles a ON a.current = j.value
           JOIN placed p ON p.article = a.id""",
        (json.dumps(_ranked(db, query(words), MOST, 0)),),
    )
    return [row["story"] for row in rows]


def _ranked(db: sqlite3.Connection, asked: str, limit: int, offset: int) -> list[int]:
    """The versions that have the words, the best first."""
    if not asked:
        return []
    values = {"asked": asked, "newest": NEWEST - 1, "limit": limit, "offset": offset}
    return [row["rowid"] for row in db.execute(_RANKED, values)]


def _hit(row: sqlite3.Row, finder: Finder) -> Hit:
    found = finder.passage(row["text"])
    known = {key: row[key] for key in row.keys() if key != "text"}  # noqa: SIM118 - a Row iterates over its values
    return Hit(**known, passage=row["text"][slice(*found.span)], span=found.span, marks=found.marks)
