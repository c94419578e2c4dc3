"""The timeline: entries in order, numbered, in zones around the day that most articles open with.

The picture (`_timeline_svg`) and the list show the same entries under the same numbers.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from reportedly._records import Article, Precision, Readout, Status, TimelineEntry
from reportedly.tell._book import Back, Book, Excerpt, Source
from reportedly.tell._clean import one_line
from reportedly.tell._dates import day_of, days_of, say_date, say_day
from reportedly.tell._timeline_svg import NARROW, WIDE, Dot, draw

STATUSES: dict[Status, str] = {
    "happened": "",
    "planned": "planned",
    "alleged": "alleged",
    "denied": "denied",
}
DIGITS: dict[Precision, int] = {"month": len("2024-04"), "year": len("2024")}
"""How much of an ISO date is known; the rest was filled in."""
OPENING = 2
"""Paragraphs of an article that tell what it is about; what led to it comes after them."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MACHINE = re.compile(r"\d{4}(-\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of the list; the first passage is shown, all are linked, by source."""

    number: int
    anchor: str
    date: str
    machine_date: str
    about: bool
    status: str
    first: Excerpt
    places: tuple[tuple[Source, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ZoneView:
    """Entries before, on or after the main day, or ahead of the last article."""

    label: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The pictures (wide and narrow, empty where nothing has a date) and the list."""

    zones: tuple[ZoneView, ...]
    wide: Markup
    narrow: Markup
    signs: tuple[str, ...]
    broken: bool


def view_timeline(readout: Readout, book: Book) -> TimelineView:
    """The timeline's entries that have a passage, oldest first, those without a calendar date last."""
    kept = [entry for entry in readout.timeline if any(book.valid(p.article, [p.span]) for p in entry.passages)]
    kept.sort(key=lambda entry: days_of(known_date(entry)) or (date.max, date.max))
    published = [day for story in readout.articles if (day := day_of(story.article.published))]
    day = main_day(kept, published, {story.article.id: _opening(story.article) for story in readout.articles})
    zones: defaultdict[str, list[EntryView]] = defaultdict(list)
    dots: list[Dot] = []
    for number, entry in enumerate(kept, 1):
        view = _entry(entry, number, book)
        days = days_of(known_date(entry))
        zones[_zone(entry, days, day, published)].append(view)
        if days:
            dots.append(Dot(number, *days, entry.status, entry.precision, f"{view.date}: {_plain(view)}"))
    order = ["Before", _on(day) if day else "", "After", "Ahead", "Without a date"]
    drawn = [draw(dots, day, published, width) for width in (WIDE, NARROW)]
    return TimelineView(
        zones=tuple(ZoneView(label, tuple(zones[label])) for label in order if zones[label]),
        wide=drawn[0].svg,
        narrow=drawn[1].svg,
        signs=drawn[0].signs,
        broken=drawn[0].broken,
    )


def known_date(entry: TimelineEntry) -> str:
    """The entry's date as far as it is known: "2024-04" of "2024-04-01" where only the month is."""
    value = one_line(entry.date)
    if _DAY.match(value):
        return value[: DIGITS.get(entry.precision, len("2024-04-01"))]
    return value


def _opening(article: Article) -> int:
    """Where the opening of an article ends."""
    ends = [block.span[1] for block in article.blocks if block.kind == "body"][:OPENING]
    return ends[-1] if ends else 0


def main_day(entries: list[TimelineEntry], published: list[date], openings: Mapping[str, int]) -> date | None:
    """The day that most articles open with, then the one in most of them, then the latest; not after the last article.

    Args:
        entries: the timeline's.
        published: days of publication.
        openings: where each article's opening ends, by the article's id.
    """
    opened: defaultdict[date, set[str]] = defaultdict(set)
    articles: defaultdict[date, set[str]] = defaultdict(set)
    passages: Counter[date] = Counter()
    for entry in entries:
        day = day_of(entry.date)
        if day and entry.precision == "day" and (not published or day <= max(published)):
            articles[day].update(passage.article for passage in entry.passages)
            opened[day].update(p.article for p in entry.passages if p.span[0] < openings.get(p.article, 0))
            passages[day] += len(entry.passages)
    rank = {day: (len(opened[day]), len(articles[day]), passages[day], day) for day in articles}
    return max(rank, key=lambda day: rank[day], default=None)


def _on(day: date) -> str:
    return f"On {say_day(day)}, the day most articles open with"


def _zone(entry: TimelineEntry, days: tuple[date, date] | None, day: date | None, published: list[date]) -> str:
    if not days:
        return "Without a date"
    if day and days == (day, day):
        return _on(day)
    last = max(published, default=day)
    if last and (days[0] > last or (entry.status == "planned" and days[1] > last)):
        return "Ahead"
    return "Before" if not day or days[0] < day else "After"


def _entry(entry: TimelineEntry, number: int, book: Book) -> EntryView:
    back = Back(f"time-{number}", f"T{number}", f"entry {number} of the timeline")
    excerpts = [excerpt for p in entry.passages if (excerpt := book.excerpt(p.article, p.span, back))]
    places: dict[int, list[str]] = {}
    for excerpt in excerpts:
        places.setdefault(excerpt.source.number, []).append(excerpt.href)
    value = known_date(entry)
    known = days_of(value) is not None
    return EntryView(
        number=number,
        anchor=back.anchor,
        date=say_date(value) if known else "Date not known",
        machine_date=value if known and _MACHINE.fullmatch(value) else "",
        about=known and entry.precision == "about",
        status=STATUSES[entry.status],
        first=excerpts[0],
        places=tuple((book.sources[number - 1], tuple(hrefs)) for number, hrefs in places.items()),
    )


def _plain(view: EntryView) -> str:
    return " ".join(filter(None, [view.status, str(view.first.html.striptags())]))[:200]
