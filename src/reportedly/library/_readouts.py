"""Readouts: made when they are asked for, kept with the versions of all that went in, and indexed for the desk.

What is indexed is what pages over several stories show: who said what on which issue, in which article.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pydantic import ValidationError

from reportedly._records import Article, Readout, Report, Statement, Story
from reportedly.library import _changes, _readings, _stories
from reportedly.library._articles import slug
from reportedly.library._library import Library
from reportedly.library._news import News, news
from reportedly.library._versions import comparer
from reportedly.tell._dates import day_of
from reportedly.tell._json import readout_adapter

SAYS = frozenset({"person", "organisation", "place", "group"})
"""Kinds that are the same one in another story; who is only described may be somebody else there."""

_INPUTS = """SELECT a.id, v.sha256, r.made_by FROM placed p JOIN articles a ON a.id = p.article
    JOIN versions v ON v.seq = a.current LEFT JOIN readings r ON r.version = v.seq WHERE p.story = ? ORDER BY a.id"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A readout as it is kept: ``body`` is the page's body. ``current``: nothing that went in has changed."""

    record: bytes
    body: str
    made_by: str
    made_at: str
    current: bool

    @property
    def readout(self) -> Readout:
        """The record itself."""
        return readout_adapter().validate_json(self.record)


def inputs(db: sqlite3.Connection, story: str) -> str:
    """A digest of what a story's readout is made of: its articles' versions and readings."""
    rows = [list(row) for row in db.execute(_INPUTS, (story,))]
    return sha256(json.dumps(rows).encode()).hexdigest()[:16]


def kept(db: sqlite3.Connection, story: str) -> Kept | None:
    """The readout that is kept of a story, or None."""
    row = db.execute("SELECT * FROM readouts WHERE story = ?", (story,)).fetchone()
    if row is None:
        return None
    current = row["inputs"] == inputs(db, story) and row["made_by"] == comparer()
    body = zlib.decompress(row["body"]).decode()
    return Kept(zlib.decompress(row["record"]), body, row["made_by"], row["made_at"], current)


def wanting(db: sqlite3.Connection, stories: Sequence[str] | None = None) -> list[str]:
    """Those stories that have no readout, or one that something changed under: of these, or of all."""
    rows = db.execute("SELECT story, inputs, made_by FROM readouts")
    known = {row["story"]: (row["inputs"], row["made_by"]) for row in rows}
    if stories is None:
        stories = [row["id"] for row in db.execute("SELECT id FROM stories ORDER BY last, id")]
    return [story for story in stories if known.get(story) != (inputs(db, story), comparer())]


def make(library: Library, story: str) -> Readout:
    """Make and keep the readout of a story whose articles are all read."""
    from reportedly.compare import compare
    from reportedly.tell._html import to_body

    db = library.db
    made_of = inputs(db, story)
    readings = _readings.load(db, [row.id for row in _stories.articles_of(db, story)])
    reason = _stories.story(db, story).reason
    readout = compare(Story(story, tuple(sorted(reading.article.id for reading in readings)), reason), readings)
    found = news(_before(db, story), readout, _changes.told(db, readout))
    keep(library, readout, to_body(readout), made_of, found)
    return readout


def _before(db: sqlite3.Connection, story: str) -> Readout | None:
    """The readout that is kept of a story; None also where a version of the package made it that had other records."""
    last = kept(db, story)
    try:
        return last.readout if last else None
    except ValidationError:
        return None


def keep(library: Library, readout: Readout, body: str, made_of: str, found: Iterable[News] = ()) -> None:
    """Keep a readout with its page's body and what changed with it, in place of an older one."""
    record = zlib.compress(readout_adapter().dump_json(readout), 6)
    with library.writing() as db:
        _stories.forget_readout(db, readout.id)
        db.execute(
            "INSERT INTO readouts VALUES (?, ?, ?, ?, ?, ?)",
            (readout.id, made_of, comparer(), library.now(), record, zlib.compress(body.encode(), 6)),
        )
        _index(db, readout)
        # What an article's own text says of its day, and what only the story's other articles do.
        days = [(one.article.published or "", one.inferred or "", one.article.id) for one in readout.articles]
        db.executemany(
            "UPDATE articles SET published = coalesce(nullif(published, ''), ?), inferred = ? WHERE id = ?", days
        )
        _stories.date(db, readout.id)
        _changes.keep(db, readout, found, library.now())
        if readout.title:
            title = " ".join(readout.title.exact.split())
            db.execute("UPDATE stories SET title = ? WHERE id = ?", (title, readout.id))


def _index(db: sqlite3.Connection, readout: Readout) -> None:
    articles = {one.article.id: one.article for one in readout.articles}
    days = {one.article.id: one.article.published or one.inferred for one in readout.articles}
    lasting = {person.id for person in readout.people if person.kind in SAYS}
    labels = {issue.id: issue.label for issue in readout.issues}
    said: dict[str, int] = {}
    for statement in readout.statements:
        speaker = statement.speaker if statement.speaker in lasting else None
        published = [day for one in statement.reports if (day := day_of(days[one.article]))]
        first = min(published).isoformat() if published else ""
        number = db.execute(
            "INSERT INTO statements (story, id, speaker, day) VALUES (?, ?, ?, ?)",
            (readout.id, statement.id, speaker, statement.said_on or first),
        ).lastrowid
        if speaker:
            said[speaker] = said.get(speaker, 0) + 1
        db.executemany("INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?)", _reports(number or 0, statement, articles))
        of = {slug(labels[issue]) for issue in statement.issues if issue in labels}
        db.executemany("INSERT INTO issues_of VALUES (?, ?)", [(issue, number) for issue in sorted(of)])
    db.executemany(
        "INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (one.id, readout.id, one.name, one.kind, one.party, "\n".join(one.roles), said.get(one.id, 0))
            for one in readout.people
            if one.kind in SAYS
        ],
    )
    db.executemany(
        "INSERT OR REPLACE INTO issues VALUES (?, ?, ?, ?)",
        [(slug(one.label), readout.id, one.label, len(one.statements)) for one in readout.issues],
    )


def _reports(number: int, statement: Statement, articles: dict[str, Article]) -> list[tuple[int | str, ...]]:
    return [
        (number, place, one.article, one.type, json.dumps(one.content), " … ".join(_words(articles[one.article], one)))
        for place, one in enumerate(statement.reports)
    ]


def _words(article: Article, report: Report) -> list[str]:
    return [" ".join(article.text[start:end].split()) for start, end in report.content]
