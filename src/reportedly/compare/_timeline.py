"""The timeline of a story: its dated sentences, one entry an event, with every passage.

What tells of one event is one entry (`_same_events`). Dates that exclude each other stay two entries, so that nothing
is averaged. A sentence whose only date is that of the saying ("the minister said Tuesday") tells of the saying: it
ranks last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from rapidfuzz.fuzz import ratio

from reportedly._records import Claim, Passage, Reading, Span, StoryEvent, TimelineEntry
from reportedly.compare._dated import Dated, dated_sentences
from reportedly.compare._join_events import join_events
from reportedly.compare._people_clusters import Key
from reportedly.compare._same_events import same_events, standing
from reportedly.compare._similarity import Encoder, encode
from reportedly.timex._values import parse_day

MOST = 25
"""Entries of a timeline at most: what a reader can take in at a glance, and a phone can show."""

SAME = 88
"""Least likeness (0 to 100) of two sentences of one article for one to repeat the other: a word or two differ."""

REPEATS = 30
"""Sentences before, of its date, that one is compared with: a bound on hostile input."""

SEVERAL = 2
"""Outlets that have to tell of a year, of a vague date of the past or of what somebody said for it to be an entry, in
a story of as many: that somebody said something is for the statements."""


def build_timeline(
    readings: Sequence[Reading],
    claims: Sequence[Claim] = (),
    person_of: Mapping[Key, str] | None = None,
    encode: Encoder = encode,
) -> tuple[tuple[StoryEvent, ...], tuple[TimelineEntry, ...], list[tuple[Dated, Dated]]]:
    """The events of a story, the entries of its timeline by date, at most `MOST`, and sentences whose dates conflict.

    Args:
        readings: of one story, their times resolved as far as they can be (`_published.date_readings`).
        claims: of the same story; passages that report one tell of one event.
        person_of: by article and a person's id in it, the id of the person in the story.
        encode: texts to unit vectors.
    """
    reported = _claims_by_article(claims)
    found = [dated for reading in readings for dated in dated_sentences(reading, readings, reported, person_of or {})]
    found.sort(key=lambda dated: (dated.date, dated.precision, dated.order))
    found = _once(found)
    main = _main_day(found)
    groups, conflicts = same_events(found, main, encode)
    several = min(SEVERAL, len({reading.article.outlet or reading.article.id for reading in readings}))
    kept = sorted((group for group in groups if _worth(group, several)), key=lambda group: _rank(group, main))[:MOST]
    events = join_events(readings, groups, person_of or {}, encode)
    told = {(passage.article, passage.span): event.id for event in events for passage in event.passages}
    return events, tuple(sorted((_entry(group, told) for group in kept), key=_entry_order)), conflicts


def _entry_order(entry: TimelineEntry) -> tuple[str, str, str, tuple[tuple[str, Span], ...]]:
    # A year stands before its months, a month before its days.
    return entry.date, entry.precision, entry.status, tuple((p.article, p.span) for p in entry.passages)


def _claims_by_article(claims: Sequence[Claim]) -> dict[str, list[tuple[Span, str]]]:
    found: dict[str, list[tuple[Span, str]]] = {}
    for claim in sorted(claims, key=lambda claim: claim.id):
        for report in claim.reports:
            found.setdefault(report.article, []).append((report.span, claim.id))
    return found


def _once(found: Sequence[Dated]) -> list[Dated]:
    """The sentences without those an article says again, nearly word for word, of the same date: captions do so."""
    kept: list[Dated] = []
    for dated in found:
        if not any(
            (other.date, other.article) == (dated.date, dated.article)
            and (dated.words <= other.words or other.words <= dated.words)
            and ratio(other.text, dated.text) >= SAME
            for other in kept[-REPEATS:]
        ):
            kept.append(dated)
    return kept


def _main_day(found: Sequence[Dated]) -> date | None:
    """The day of most outlets' ledes, then that most tell of, then the latest; not one that lies ahead."""
    outlets: dict[str, set[str]] = {}
    opening: dict[str, set[str]] = {}
    for dated in found:
        if dated.precision == "day" and dated.status not in ("planned", "called off"):
            outlets.setdefault(dated.date, set()).add(dated.outlet)
            if dated.lede:
                opening.setdefault(dated.date, set()).add(dated.outlet)
    day = max(outlets, key=lambda day: (len(opening.get(day, ())), len(outlets[day]), day), default=None)
    return date.fromisoformat(day) if day else None


def _outlets(group: Sequence[Dated]) -> int:
    return len({dated.outlet for dated in group})


def _worth(group: Sequence[Dated], several: int) -> bool:
    """Whether a group is an entry: of what lies far back, and of what was only said, what several outlets tell is."""
    if _outlets(group) >= several:
        return True
    first = group[0]
    if all(dated.shaky for dated in group) or all(dated.saying for dated in group):
        return False
    if first.precision in ("day", "month") or (first.status == "planned" and first.precision == "about"):
        return True
    return first.precision == "about" and parse_day(first.date) is not None


def _rank(group: Sequence[Dated], main: date | None) -> tuple[int, bool, int, str, tuple[str, Span]]:
    saying = all(dated.saying for dated in group)
    first = group[0]
    return -_outlets(group) if not saying else 0, saying, _distance(first.date, main), first.date, first.order


def _distance(when: str, main: date | None) -> int:
    """Days between a date, at its middle, and the main day."""
    if main is None:
        return 0
    year, month, day = (*(int(part) for part in when.split("-")), 0, 0)[:3]
    middle = date(max(1, year), month or 7, day or 15) if month or day else date(max(1, year), 7, 1)
    return abs((middle - main) // timedelta(days=1))


def _entry(group: Sequence[Dated], told: Mapping[tuple[str, Span], str]) -> TimelineEntry:
    events = (told.get((dated.article, dated.event.span)) for dated in group if dated.event is not None)
    claims = (dated.claim for dated in group)
    first = group[0]
    # The first passage is the one shown: it gives the entry's date, early, stands by itself, and is short.
    ordered = sorted(
        group,
        key=lambda dated: (
            dated.date != first.date,
            dated.leaning,
            dated.at > 120,
            dated.span[1] - dated.span[0],
            dated.order,
        ),
    )
    rest = sorted(ordered[1:], key=lambda dated: dated.order)
    passages = tuple(dict.fromkeys(Passage(dated.article, dated.span) for dated in [ordered[0], *rest]))
    event = next(filter(None, events), None) or min(filter(None, claims), default=None)
    return TimelineEntry(first.date, first.precision, standing(group), event, passages)
