"""The timeline of a story: its dated sentences, one entry an event, with every passage.

Dated sentences (`_dated`) of different articles are one entry if they have the same date and tell the same: they report
one claim, or share enough of their telling words (`_words.Weights`). Groups are complete-link, so that no chain of
halfway matches joins two events; each entry keeps its date, so that outlets which disagree on a date give two entries
and nothing is averaged.

News tells the story's event first (the inverted pyramid): the ledes that name the main day, the one most outlets tell
of, are one entry, however differently they word it. A sentence whose only date is that of the saying ("the minister
said Tuesday") tells of the saying: it ranks last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from rapidfuzz.fuzz import ratio

from reportedly._records import Claim, Passage, Reading, Span, TimelineEntry
from reportedly.compare._dated import Dated, dated_sentences
from reportedly.compare._people_clusters import Key
from reportedly.compare._words import Weights
from reportedly.timex._values import parse_day

MOST = 25
"""Entries of a timeline at most: what a reader can take in at a glance, and a phone can show."""

SHARED, CONTAINED = 0.8, 0.4
"""Least weight of telling words that two sentences of one date share, and least share of the lighter one's. Lower than
for claims, because the same date already speaks for the same event. Set by reading the pairs around them."""

SAME = 88
"""Least likeness (0 to 100) of two sentences of one article for one to repeat the other: a word or two differ."""

REPEATS = 30
"""Sentences before, of its date, that one is compared with: a bound on hostile input."""

CROWD = 150
"""Sentences of one date that are compared with each other, ledes and events first: pairs grow with the square."""

LOOSE = 0.4
"""Factor on both for years: what is told of a past year is told in passing, and mostly is the year's one thing."""

BACKGROUND = 2
"""Outlets that have to carry a year, or a vague date of the past, for it to be an entry."""


def build_timeline(
    readings: Sequence[Reading], claims: Sequence[Claim] = (), person_of: Mapping[Key, str] | None = None
) -> tuple[TimelineEntry, ...]:
    """The entries of a story's timeline, by date; at most `MOST`.

    Args:
        readings: of one story, their times resolved as far as they can be (`_published.date_readings`).
        claims: of the same story; an entry whose passages report one carries its id.
        person_of: by article and a person's id in it, the id of the person in the story.
    """
    reported = _claims_by_article(claims)
    found = [dated for reading in readings for dated in dated_sentences(reading, readings, reported, person_of or {})]
    found.sort(key=lambda dated: (dated.date, dated.precision, dated.status, dated.order))
    found = _once(found, {reading.article.id: reading.article.text for reading in readings})
    weights = Weights(dated.words for dated in found)
    groups: list[list[Dated]] = []
    main = _main_day(found)
    for same in _by_date(found):
        groups += _grouped(sorted(same, key=_first)[:CROWD], weights, main)
    kept = sorted((group for group in groups if _worth(group)), key=lambda group: _rank(group, main))[:MOST]
    return tuple(sorted((_entry(group) for group in kept), key=_entry_order))


def _entry_order(entry: TimelineEntry) -> tuple[str, str, str, tuple[tuple[str, Span], ...]]:
    # A year stands before its months, a month before its days.
    return entry.date, entry.precision, entry.status, tuple((p.article, p.span) for p in entry.passages)


def _claims_by_article(claims: Sequence[Claim]) -> dict[str, list[tuple[Span, str]]]:
    found: dict[str, list[tuple[Span, str]]] = {}
    for claim in sorted(claims, key=lambda claim: claim.id):
        for report in claim.reports:
            found.setdefault(report.article, []).append((report.span, claim.id))
    return found


# ---------------------------------------------------------------- groups


def _first(dated: Dated) -> tuple[bool, bool, tuple[str, Span]]:
    return dated.saying, not dated.lede, dated.order


def _once(found: Sequence[Dated], texts: Mapping[str, str]) -> list[Dated]:
    """The sentences without those an article says again, nearly word for word, of the same date: captions do so."""
    kept: list[Dated] = []
    for dated in found:
        words = texts[dated.article][slice(*dated.span)]
        if not any(
            (other.date, other.article) == (dated.date, dated.article)
            and ratio(texts[other.article][slice(*other.span)], words) >= SAME
            for other in kept[-REPEATS:]
        ):
            kept.append(dated)
    return kept


def _by_date(found: Sequence[Dated]) -> Iterator[list[Dated]]:
    """Sentences of one date, precision and standing, in their order."""
    same: list[Dated] = []
    for dated in found:
        if same and (dated.date, dated.precision, dated.status) != (same[0].date, same[0].precision, same[0].status):
            yield same
            same = []
        same.append(dated)
    if same:
        yield same


def _alike(one: Dated, other: Dated, weights: Weights, main: date | None) -> float:
    """How much two sentences of one date tell the same: 0 below the thresholds, 2 if they report one claim."""
    if one.claim and one.claim == other.claim:
        return 2.0
    if main and one.date == main.isoformat() and one.lede and other.lede and not (one.saying or other.saying):
        return 1.5
    if one.span == other.span and one.article == other.article:
        return 0.0
    if one.acts & other.acts and one.saying == other.saying:
        return 1.2
    shared = weights.total(one.words & other.words)
    lighter = min(weights.total(one.words), weights.total(other.words))
    factor = LOOSE if one.precision == "year" else 1.0
    if shared < factor * SHARED or lighter == 0 or shared / lighter < factor * CONTAINED or one.saying != other.saying:
        return 0.0
    return min(1.0, shared / lighter)


def _grouped(same: Sequence[Dated], weights: Weights, main: date | None) -> list[list[Dated]]:
    """Complete-link groups of sentences of one date, the best pairs joined first."""
    score = {(i, j): _alike(same[i], same[j], weights, main) for i, j in combinations(range(len(same)), 2)}
    group_of = {i: [i] for i in range(len(same))}
    for i, j in sorted((pair for pair in score if score[pair] > 0), key=lambda pair: (-score[pair], pair)):
        one, other = group_of[i], group_of[j]
        if one is other or any(score[min(a, b), max(a, b)] == 0 for a in one for b in other):
            continue
        merged = sorted([*one, *other])
        for member in merged:
            group_of[member] = merged
    unique = sorted({tuple(group) for group in group_of.values()})
    return [[same[i] for i in group] for group in unique]


def _main_day(found: Sequence[Dated]) -> date | None:
    """The day of most outlets' ledes, then that most tell of, then the latest; not one that lies ahead."""
    outlets: dict[str, set[str]] = {}
    opening: dict[str, set[str]] = {}
    for dated in found:
        if dated.precision == "day" and dated.status != "planned":
            outlets.setdefault(dated.date, set()).add(dated.outlet)
            if dated.lede:
                opening.setdefault(dated.date, set()).add(dated.outlet)
    day = max(outlets, key=lambda day: (len(opening.get(day, ())), len(outlets[day]), day), default=None)
    return date.fromisoformat(day) if day else None


def _outlets(group: Sequence[Dated]) -> int:
    return len({dated.outlet for dated in group})


def _worth(group: Sequence[Dated]) -> bool:
    """Whether a group is an entry: a single outlet's year, or vague date, of the past is only background."""
    first = group[0]
    if all(dated.shaky for dated in group) and _outlets(group) < BACKGROUND:
        return False
    if first.precision in ("day", "month") or (first.status == "planned" and first.precision == "about"):
        return True
    recent = first.precision == "about" and parse_day(first.date) is not None
    return recent or _outlets(group) >= BACKGROUND


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


def _entry(group: Sequence[Dated]) -> TimelineEntry:
    claims = Counter(dated.claim for dated in group if dated.claim)
    claim = min(claims, key=lambda name: (-claims[name], name), default=None)
    # The first passage is the one shown: it stands by itself, its date comes early, and it is short.
    ordered = sorted(
        group, key=lambda dated: (dated.leaning, dated.at > 120, dated.span[1] - dated.span[0], dated.order)
    )
    rest = sorted(ordered[1:], key=lambda dated: dated.order)
    first = group[0]
    passages = tuple(dict.fromkeys(Passage(dated.article, dated.span) for dated in [ordered[0], *rest]))
    return TimelineEntry(first.date, first.precision, first.status, claim, passages)
