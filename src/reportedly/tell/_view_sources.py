"""The articles read: outlet, headline, date, how much is the article's own, what it copies or is credited to."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly._records import Publisher
from reportedly.tell._book import Book, Source
from reportedly.tell._clean import one_line
from reportedly.tell._dates import day_of, say_clock, say_date
from reportedly.tell._view_versions import VersionView, view_versions


@dataclass(frozen=True, slots=True)
class SourceView:
    """One row of the table. ``own`` is a percentage, ``about`` what is known of the outlet beyond its name.

    ``inferred`` is the day that an undated article is taken for.
    """

    source: Source
    title: str
    byline: str
    date: str
    machine_date: str
    clock: str
    inferred: str
    inferred_from: str
    own: int
    copy_of: Source | None
    shares: tuple[Source, ...]
    origin: str
    assessable: bool
    about: str
    versions: tuple[VersionView, ...]


def view_sources(book: Book) -> tuple[SourceView, ...]:
    """The articles, in the readout's order."""
    return tuple(_row(source, book) for source in book.sources)


def _row(source: Source, book: Book) -> SourceView:
    article = source.article
    copy_of = book.source(source.story.copy_of or "")
    shares: list[Source] = []
    for copy in source.story.copied:
        other = book.source(copy.article)
        if other and other is not copy_of and other is not source and other not in shares:
            shares.append(other)
    return SourceView(
        source=source,
        title=one_line(article.title or "") or _first_headline(source),
        byline=", ".join(line for author in article.authors if (line := one_line(author))),
        date=one_line(say_date(article.published)),
        machine_date=day.isoformat() if (day := day_of(article.published)) else "",
        clock=say_clock(article.published),
        inferred=one_line(say_date(source.story.inferred)),
        inferred_from=one_line(source.story.inferred_from or ""),
        own=percent(source.story.own_share),
        copy_of=copy_of,
        shares=tuple(shares),
        origin=one_line(source.story.origin or ""),
        assessable=source.story.assessable,
        about=_about(article.publisher),
        versions=view_versions(article),
    )


def _about(publisher: Publisher | None) -> str:
    """The owner and a user's labels. A country alone, which is known of most, is not worth a line."""
    if publisher is None or not (publisher.owner or publisher.labels):
        return ""
    known = [
        *filter(None, (publisher.owner, publisher.country)),
        *(f"{key}: {value}" for key, value in publisher.labels),
    ]
    return one_line("; ".join(known))


def _first_headline(source: Source) -> str:
    for block in source.article.blocks:
        if block.kind == "headline":
            return one_line(source.article.text[slice(*block.span)])
    return ""


def percent(share: float) -> int:
    """A share as a whole percentage; 0 and 100 are kept for none and all."""
    if share <= 0 or share >= 1:
        return 100 if share >= 1 else 0
    return min(99, max(1, round(share * 100)))
