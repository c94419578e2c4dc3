"""What changed in stories, as pages, the API and feeds show it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from reportedly._records import QuoteType
from reportedly.library import _changes, _stories
from reportedly.library._changes import PAGE, StoryChange
from reportedly.library._cite import Cited, cited
from reportedly.library._news import Edit, NewsKind, phrase
from reportedly.library._stories import ArticleRow, StoryRow

ORDER: tuple[NewsKind, ...] = ("story", "edit", "outlet", "article", "corroborated", "difference", "statement")
"""What is told first of what was seen at one time."""
LAST, MOST = 2, 200
"""With a story is shown what was seen the last two times, so many changes at most."""
SHOWN = 4
"""Statements of one group that are shown at once; an article may bring twenty."""


@dataclass(frozen=True, slots=True)
class ChangeData:
    """One thing that changed; see `reportedly.library._news.News`.

    ``said``: whether the words of a statement are quoted directly. ``compare`` is the version before an edit.
    """

    id: str
    kind: NewsKind
    seen: str
    story: str
    title: str
    words: str
    speaker: str | None
    said: QuoteType | None
    about: str | None
    outlets: tuple[str, ...]
    article: str
    compare: int | None
    citations: tuple[Cited, ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class ChangesData:
    """A page of what changed, the newest first: in one story or in all. ``since`` is "" for: ever."""

    story: StoryRow | None
    since: str
    changes: tuple[ChangeData, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What was seen in one story at one time, in `ORDER`."""

    story: str
    title: str
    seen: str
    changes: tuple[ChangeData, ...]

    @property
    def summary(self) -> str:
        """How many of each kind, in words."""
        count = Counter(one.kind for one in self.changes)
        counted = [(phrase(kind, count[kind]), count[kind]) for kind in ORDER if count[kind]]
        return ", ".join(words if number == 1 else f"{number} {words}" for words, number in counted)


assert set(ORDER) == set(get_args(NewsKind))  # noqa: S101 - a kind that is in no group would be shown nowhere


def changes(db: sqlite3.Connection, now: str, story: str = "", since: str = "", page: int = 1) -> ChangesData:
    """A page of what changed.

    Raises:
        LibraryError: there is no such story.
    """
    row = _stories.story(db, story) if story else None
    moment = _changes.since(since, now) if since else ""
    found = _changes.changes(db, story=row.id if row else "", since=moment, page=page)
    return ChangesData(row, moment, told(db, found[:PAGE]), page, len(found) > PAGE)


def latest(db: sqlite3.Connection, story: str) -> tuple[ChangeData, ...]:
    """What changed in a story the last times."""
    found = _changes.changes(db, story=story, size=MOST)
    times = list(dict.fromkeys(one.seen for one in found))[:LAST]
    return told(db, [one for one in found if one.seen in times])


def told(db: sqlite3.Connection, found: Sequence[StoryChange]) -> tuple[ChangeData, ...]:
    """Changes with their citations as they can be carried elsewhere."""
    wanted = {name for one in found for name in (one.news.article, *(each.article for each in one.news.passages))}
    rows = {name: _stories.article_row(db, name) for name in sorted(wanted)}
    return tuple(_told(db, one, rows) for one in found)


def _told(db: sqlite3.Connection, change: StoryChange, rows: dict[str, ArticleRow]) -> ChangeData:
    news = change.news
    citations = []
    for passage in news.passages:
        row = rows[passage.article]
        citations.append(cited(row.id, row.outlet, row.published, row.url, passage.spans, passage.words))
    return ChangeData(
        id=news.id, kind=news.kind, seen=change.seen, story=news.story, title=news.title, words=news.words,
        speaker=news.speaker, said=news.passages[0].said if news.passages else None, about=news.about,
        outlets=news.outlets, article=news.article, compare=_version(db, news.article, news.earlier),
        citations=tuple(citations), edits=news.edits,
    )  # fmt: skip


def _version(db: sqlite3.Connection, article: str, digest: str | None) -> int | None:
    row = db.execute("SELECT seq FROM versions WHERE article = ? AND sha256 = ?", (article, digest)).fetchone()
    return row["seq"] if row else None


def groups(changes: Iterable[ChangeData]) -> list[Group]:
    """The changes by story and by the time at which they were seen, in their order."""
    several: dict[tuple[str, str], list[ChangeData]] = {}
    for one in changes:
        several.setdefault((one.story, one.seen), []).append(one)
    return [
        Group(story, each[0].title, seen, tuple(sorted(each, key=lambda one: ORDER.index(one.kind))))
        for (story, seen), each in several.items()
    ]


def by_kind(group: Group) -> list[tuple[NewsKind, list[ChangeData], list[ChangeData]]]:
    """A group's changes by kind: those that are shown at once, and the rest."""
    parted = []
    for kind, several in groupby(group.changes, key=lambda one: one.kind):
        each = list(several)
        parted.append((kind, each[:SHOWN], each[SHOWN:]) if len(each) > SHOWN + 1 else (kind, each, []))
    return parted


def change_name(change: ChangeData, count: int = 1) -> str:
    """What a kind of change is called over several of it."""
    words = phrase(change.kind, count)
    return words[0].upper() + words[1:] + (f" of {change.about}" if change.about and count == 1 else "")
