"""What each page shows, as records: the pages print them, and the API gives them as JSON."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportedly._records import Copy, Reading, Readout, Span
from reportedly.desk._changes import ChangeData, latest
from reportedly.library import _articles, _decisions, _notes, _readings, _readouts, _said, _search, _stories
from reportedly.library._articles import Version
from reportedly.library._cite import Cited, cited
from reportedly.library._decisions import Decided
from reportedly.library._notes import Note
from reportedly.library._said import Named, PersonRow, Said
from reportedly.library._stories import ArticleRow, Filter, StoryRow


@dataclass(frozen=True, slots=True)
class StoriesData:
    """A page of stories."""

    stories: tuple[StoryRow, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class StoryData:
    """A story without its readout; ``people`` and ``issues`` are of the readout, most statements first.

    ``changes`` are those that were seen last, and the time before.
    """

    story: StoryRow
    articles: tuple[ArticleRow, ...]
    people: tuple[Named, ...]
    issues: tuple[Named, ...]
    changes: tuple[ChangeData, ...]
    notes: tuple[Note, ...]
    decisions: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class PersonData:
    """All that a person said, or all on one issue; ``issues`` are those the person spoke on."""

    person: PersonRow
    issue: str
    issues: tuple[Named, ...]
    statements: tuple[Said, ...]
    page: int
    more: bool
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class IssueData:
    """All that was said on an issue; ``people`` are those who spoke on it."""

    id: str
    label: str
    people: tuple[Named, ...]
    statements: tuple[Said, ...]
    page: int
    more: bool
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class QuoteData:
    """A quotation of an article: who said it there, and the statement of the story's readout it belongs to."""

    type: str
    speaker: str | None
    certainty: str
    statement: str | None
    citation: Cited


@dataclass(frozen=True, slots=True)
class Shared:
    """Text that an article shares with another of its story."""

    article: str
    outlet: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ClaimData:
    """A claim of the story's readout as this article words it, and how many origins it has."""

    id: str
    origins: int
    outlets: int
    citation: Cited


@dataclass(frozen=True, slots=True)
class ArticleData:
    """An article in one version; what was read of it is empty until it was read, ``claims`` and ``copies`` until there
    is a readout, or if that is of another version.
    """

    article: ArticleRow
    authors: tuple[str, ...]
    language: str | None
    version: int
    text: str
    story: str | None
    versions: tuple[Version, ...]
    quotes: tuple[QuoteData, ...]
    claims: tuple[ClaimData, ...]
    copies: tuple[Shared, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class OutletData:
    """An outlet's articles, the newest first."""

    key: str
    name: str
    total: int
    articles: tuple[ArticleRow, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class HitData:
    """An article that has the words: a passage of its text as it stands there, and where in the text the words are."""

    title: str
    story: str | None
    passage: str
    marks: tuple[Span, ...]
    citation: Cited


@dataclass(frozen=True, slots=True)
class SearchData:
    """A page of what was found."""

    words: str
    hits: tuple[HitData, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class ListData:
    """People, issues, tags or outlets of the library, with how many statements, stories or articles they have."""

    items: tuple[Named, ...]


def stories(db: sqlite3.Connection, wanted: Filter, page: int) -> StoriesData:
    """A page of the stories that are wanted."""
    matches = _search.stories_with(db, wanted.words) if wanted.words else None
    rows = _stories.find(db, wanted, matches, page)
    return StoriesData(tuple(rows[: _stories.PAGE]), page, len(rows) > _stories.PAGE)


def story(db: sqlite3.Connection, identifier: str) -> StoryData:
    """A story of this id, or the one it went into."""
    row = _stories.story(db, identifier)
    articles = _stories.articles_of(db, row.id)
    return StoryData(
        row,
        tuple(articles),
        tuple(_said.people(db, row.id, 30)),
        tuple(_said.issues(db, row.id, 30)),
        latest(db, row.id),
        tuple(_notes.about(db, "story", row.id)),
        tuple(_decisions.decided(db, {article.id for article in articles})),
    )


def person(db: sqlite3.Connection, identifier: str, issue: str, page: int) -> PersonData:
    """A person, with what was said on an issue, or on any ("")."""
    statements = _said.said(db, identifier, issue, page)
    return PersonData(
        _said.person(db, identifier), issue, tuple(_said.issues_of(db, identifier)),
        tuple(statements[: _said.PAGE]), page, len(statements) > _said.PAGE,
        tuple(_notes.about(db, "person", identifier)),
    )  # fmt: skip


def issue(db: sqlite3.Connection, identifier: str, page: int) -> IssueData:
    """An issue, with all that was said on it."""
    statements = _said.said(db, issue=identifier, page=page)
    return IssueData(
        identifier, _said.issue_label(db, identifier), tuple(_said.people_on(db, identifier)),
        tuple(statements[: _said.PAGE]), page, len(statements) > _said.PAGE,
        tuple(_notes.about(db, "issue", identifier)),
    )  # fmt: skip


def article(db: sqlite3.Connection, identifier: str, version: int | None) -> ArticleData:
    """An article in its current version, or in another."""
    record = _articles.load(db, identifier, version)
    row = _stories.article_row(db, identifier)
    known = _articles.versions(db, identifier)
    shown = version or known[0].seq
    in_story = _stories.story_of(db, identifier)
    kept = _readouts.kept(db, in_story) if in_story and shown == known[0].seq else None
    readout = kept.readout if kept else None
    mine = next((one for one in readout.articles if one.article.id == identifier), None) if readout else None
    if readout and (mine is None or mine.article.sha256 != record.sha256):
        readout, mine = None, None

    def cite(spans: Sequence[Span]) -> Cited:
        words = " … ".join(record.text[start:end] for start, end in spans)
        return cited(identifier, row.outlet, row.published, row.url, spans, words)

    return ArticleData(
        article=row,
        authors=record.authors,
        language=record.language,
        version=shown,
        text=record.text,
        story=in_story,
        versions=tuple(known),
        quotes=tuple(_quotes(_readings.of_version(db, shown), readout, cite)),
        claims=tuple(
            ClaimData(claim.id, claim.origins, claim.outlets, cite([report.span]))
            for claim in (readout.claims if readout else ())
            for report in claim.reports
            if report.article == identifier
        ),
        copies=_shared(readout, mine.copied if mine else ()),
        notes=tuple(_notes.about(db, "article", identifier)),
    )


def _quotes(
    reading: Reading | None, readout: Readout | None, cite: Callable[[Sequence[Span]], Cited]
) -> Iterator[QuoteData]:
    if reading is None:
        return
    names = {one.id: one.name for one in reading.people}
    of = {
        report.quote: statement.id
        for statement in (readout.statements if readout else ())
        for report in statement.reports
        if report.article == reading.article.id
    }
    for quote in reading.quotes:
        if quote.type != "scare":
            speaker = names.get(quote.speaker) if quote.speaker else None
            yield QuoteData(quote.type, speaker, quote.certainty, of.get(quote.id), cite(quote.content))


def _shared(readout: Readout | None, copied: Sequence[Copy]) -> tuple[Shared, ...]:
    if readout is None:
        return ()
    outlets = {one.article.id: one.article.outlet or one.article.id for one in readout.articles}
    return tuple(Shared(copy.article, outlets.get(copy.article, ""), copy.spans) for copy in copied)


def outlet(db: sqlite3.Connection, key: str, page: int) -> OutletData:
    """An outlet's articles."""
    rows = _stories.articles_by(db, key, page)
    name, total = _said.outlet(db, key)
    return OutletData(key, name, total, tuple(rows[: _stories.PAGE]), page, len(rows) > _stories.PAGE)


def search(db: sqlite3.Connection, words: str, page: int) -> SearchData:
    """A page of the articles that have the words."""
    hits = _search.search(db, words, page)
    found = tuple(
        HitData(
            hit.title, hit.story, hit.passage, hit.marks,
            cited(hit.article, hit.outlet, hit.published, hit.url, [hit.span], hit.passage),
        )
        for hit in hits[: _search.PAGE]
    )  # fmt: skip
    return SearchData(words, found, page, len(hits) > _search.PAGE)
