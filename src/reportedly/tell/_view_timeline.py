"""The timeline: entries in order, numbered, in zones around the main day: the one most articles open with.

News tells first what it is about (the inverted pyramid), so the day of the story is the day of the ledes, not the one
that most sentences go back to as background. Of one day, what most articles tell comes first.

The picture (`_timeline_svg`) and the list show the same entries under the same numbers.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations, product

from markupsafe import Markup

from reportedly._records import Article, Precision, Readout, Side, Status, TimelineEntry
from reportedly.tell._book import Back, Book, Excerpt, Source
from reportedly.tell._clean import one_line
from reportedly.tell._dates import day_of, days_of, say_date, say_day
from reportedly.tell._timeline_svg import NARROW, WIDE, Dot, draw
from reportedly.tell._view_differences import DifferenceView, sides_to_show

STATUSES: dict[Status, str] = {
    "happened": "",
    "planned": "planned",
    "alleged": "alleged",
    "denied": "denied",
    "called off": "called off",
}
DIGITS: dict[Precision, int] = {"month": len("2024-04"), "year": len("2024")}
"""How much of an ISO date is known; the rest was filled in."""

PARAGRAPHS = 2
"""Paragraphs of an article's body that are its opening: many outlets give every sentence a paragraph of its own."""

OPENING = 500
"""Characters after which a passage is no longer in the opening, however long the paragraph."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MACHINE = re.compile(r"\d{4}(-\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class OtherDate:
    """Another date that other sources give an entry's event: in words, their names, the anchor of the entry it has.

    ``difference`` is the anchor of the difference that holds both, ``number`` its number.
    """

    value: str
    names: str
    href: str
    difference: str
    number: int


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of the list; the first passage is shown, all are linked, by source. ``others`` are conflicting dates.

    ``follows``: the entry before is of the same date, so it need not be said again.
    """

    number: int
    anchor: str
    date: str
    machine_date: str
    about: bool
    follows: bool
    status: str
    first: Excerpt
    places: tuple[tuple[Source, tuple[str, ...]], ...]
    others: tuple[OtherDate, ...]


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


@dataclass(frozen=True, slots=True)
class MainDay:
    """The day around which the entries stand, and what makes it that day, in words."""

    day: date
    words: str

    @property
    def label(self) -> str:
        """The name of its zone."""
        return f"On {say_day(self.day)}, {self.words}"


def view_timeline(readout: Readout, book: Book, differences: Sequence[DifferenceView] = ()) -> TimelineView:
    """The timeline's entries that have a passage, oldest first, those without a calendar date last."""
    kept = [entry for entry in readout.timeline if any(book.valid(p.article, [p.span]) for p in entry.passages)]
    kept.sort(key=lambda entry: (*(days_of(known_date(entry)) or (date.max, date.max)), -len(_articles(entry))))
    published = [day for story in readout.articles if (day := day_of(story.article.published))]
    main = main_day(kept, [story.article for story in readout.articles])
    day = main.day if main else None
    others = _other_dates(readout, book, kept, differences)
    zones: defaultdict[str, list[EntryView]] = defaultdict(list)
    dots: list[Dot] = []
    for number, entry in enumerate(kept, 1):
        days = days_of(known_date(entry))
        zone = zones[_zone(days, entry.status, main, published)]
        view = _entry(entry, number, book, zone[-1] if zone else None, others.get(number, ()))
        zone.append(view)
        if days:
            dots.append(Dot(number, *days, entry.status, entry.precision, f"{view.date}: {_plain(view)}"))
    order = ["Before", main.label if main else "", "After", "Ahead", "Without a date"]
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


def main_day(entries: Sequence[TimelineEntry], articles: Sequence[Article]) -> MainDay | None:
    """The day most articles open with, then that in most articles, then in most passages, then the latest.

    No day after the last article is: what is to come is told because of what has been.
    """
    published = [day for article in articles if (day := day_of(article.published))]
    ends = {article.id: _opening(article) for article in articles}
    opening: defaultdict[date, set[str]] = defaultdict(set)
    telling: defaultdict[date, set[str]] = defaultdict(set)
    passages: Counter[date] = Counter()
    for entry in entries:
        day = day_of(entry.date)
        if day and entry.precision == "day" and (not published or day <= max(published)):
            telling[day] |= _articles(entry)
            passages[day] += len(entry.passages)
            opening[day].update(p.article for p in entry.passages if p.span[0] < ends.get(p.article, 0))
    if not telling:
        return None
    day = max(telling, key=lambda day: (len(opening[day]), len(telling[day]), passages[day], day))
    return MainDay(day, _words(len(opening[day]), len(articles)))


def _words(opening: int, articles: int) -> str:
    if not opening:
        return "the day told of most"
    if articles == 1:
        return "the day the article opens with"
    return "the day most articles open with" if 2 * opening > articles else "the day articles open with most often"


def _opening(article: Article) -> int:
    """Where the article's opening ends; 0 where it has no body text."""
    bodies = [block.span for block in article.blocks if block.kind == "body"][:PARAGRAPHS]
    return min(bodies[-1][1], bodies[0][0] + OPENING) if bodies else 0


def _articles(entry: TimelineEntry) -> set[str]:
    return {passage.article for passage in entry.passages}


def _zone(days: tuple[date, date] | None, status: Status, main: MainDay | None, published: list[date]) -> str:
    if not days:
        return "Without a date"
    if main and days == (main.day, main.day):
        return main.label
    last = max(published, default=main.day if main else None)
    if last and (days[0] > last or (status == "planned" and days[1] > last)):
        return "Ahead"
    return "Before" if not main or days[0] < main.day else "After"


def _other_dates(
    readout: Readout, book: Book, entries: Sequence[TimelineEntry], views: Sequence[DifferenceView]
) -> dict[int, tuple[OtherDate, ...]]:
    """By an entry's number the dates that other sources give its event: of differences both of whose sides are here."""
    shown = {view.id: view for view in views}
    found: defaultdict[int, list[OtherDate]] = defaultdict(list)
    for difference in readout.differences:
        if difference.kind != "date" or difference.id not in shown:
            continue
        view, sides = shown[difference.id], sides_to_show(difference, book)
        standing = [[n for n, entry in enumerate(entries, 1) if _tells(entry, side)] for side in sides]
        for (own, _), (theirs, side) in permutations(zip(standing, view.sides, strict=True), 2):
            for one, other in product(own, theirs):
                if _apart(entries[one - 1], entries[other - 1]):
                    names = dict.fromkeys(excerpt.source.name for group in side.excerpts for excerpt in group)
                    said = say_date(known_date(entries[other - 1]))
                    found[one].append(OtherDate(said, ", ".join(names), _anchor(other), view.anchor, view.number))
    return {number: tuple(dates) for number, dates in found.items()}


def _apart(one: TimelineEntry, other: TimelineEntry) -> bool:
    """Whether two entries' dates exclude each other."""
    first, second = days_of(known_date(one)), days_of(known_date(other))
    return first is not None and second is not None and (first[1] < second[0] or second[1] < first[0])


def _tells(entry: TimelineEntry, side: Side) -> bool:
    return any(
        one.article == other.article and one.span[0] < other.span[1] and other.span[0] < one.span[1]
        for one in entry.passages
        for other in side.reports
    )


def _anchor(number: int) -> str:
    return f"time-{number}"


def _entry(
    entry: TimelineEntry, number: int, book: Book, before: EntryView | None, others: tuple[OtherDate, ...]
) -> EntryView:
    back = Back(_anchor(number), f"T{number}", f"entry {number} of the timeline")
    excerpts = [excerpt for p in entry.passages if (excerpt := book.excerpt(p.article, p.span, back))]
    places: dict[int, list[str]] = {}
    for excerpt in excerpts:
        places.setdefault(excerpt.source.number, []).append(excerpt.href)
    value = known_date(entry)
    known = days_of(value) is not None
    said = say_date(value) if known else "Date not known"
    about = known and entry.precision == "about"
    return EntryView(
        number=number,
        anchor=back.anchor,
        date=said,
        machine_date=value if known and _MACHINE.fullmatch(value) else "",
        about=about,
        follows=before is not None and (before.date, before.about) == (said, about),
        status=STATUSES[entry.status],
        first=excerpts[0],
        places=tuple((book.sources[number - 1], tuple(hrefs)) for number, hrefs in places.items()),
        others=others,
    )


def _plain(view: EntryView) -> str:
    return " ".join(filter(None, [view.status, str(view.first.html.striptags())]))[:200]
