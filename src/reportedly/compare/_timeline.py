"""The timeline of a story: its dated sentences, one entry an event, with every passage.

A dated sentence is one of the narration with a resolved date that is not in anybody's mouth. Sentences of different
articles are one entry if they have the same date and tell the same: they report one claim, or share enough of their
telling words (`_words.Weights`). Groups are complete-link, so that no chain of halfway matches joins two events; each
entry keeps its date, so that outlets which disagree on a date give two entries and nothing is averaged.

News tells the story's event first (the inverted pyramid): the ledes that name the main day, the one most outlets tell
of, are one entry, however differently they word it. A sentence whose only date is that of the saying ("the minister
said Tuesday") tells of the saying: it ranks last.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import combinations

from rapidfuzz.fuzz import ratio

from reportedly._records import Claim, Passage, Precision, Quote, Reading, Span, Status, Time, TimelineEntry
from reportedly._spans import trim
from reportedly.compare._narration import quoted_spans
from reportedly.compare._published import known_day
from reportedly.compare._words import Weights, covered, is_content, overlaps, tokens
from reportedly.timex._values import SEASON_START, parse_day

MOST = 25
"""Entries of a timeline at most: what a reader can take in at a glance, and a phone can show."""

FEWEST_WORDS = 5
"""Words of a sentence at least; less is a label or a photo's date."""

QUOTED = 0.5
"""Share of a sentence from which quoted words make it somebody's and not the outlet's."""

SHARED, CONTAINED = 0.8, 0.4
"""Least weight of telling words that two sentences of one date share, and least share of the lighter one's. Lower than
for claims, because the same date already speaks for the same event. Set by reading the pairs around them."""

NEAR_CUE = 30
"""Characters between a cue and a date for the date to be that of the saying: "told reporters in Riga on Tuesday"."""

LEDE = 2
"""Sentences of an article's body that are its lede; the third is mostly of something else."""

SAME = 88
"""Least likeness (0 to 100) of two sentences of one article for one to repeat the other: a word or two differ."""

REPEATS = 30
"""Sentences before, of its date, that one is compared with: a bound on hostile input."""

CROWD = 150
"""Sentences of one date that are compared with each other, ledes and events first: pairs grow with the square."""

LOOSE = 0.4
"""Factor on both for years: what is told of a past year is told in passing, and mostly is the year's one thing."""

GUESSED_DAYS = 2
"""Days back from a day that only the story's other articles give within which one outlet's weekdays are believed: such
an article may hold text of an earlier day, whose "Friday" is another. Further off they need a second outlet."""

BACKGROUND = 2
"""Outlets that have to carry a year, or a vague date of the past, for it to be an entry."""


@dataclass(frozen=True)
class Dated:
    """A dated sentence: where, its date as the timeline says it, its standing, and its telling words.

    ``lede``: it opens the article. ``saying``: the date is that of somebody's saying. ``leaning``: it opens with a word
    that leans on what stands before. ``shaky``: the date rests on a day that other articles gave. ``at`` is where the
    date stands in the sentence; ``claim`` is the id of the claim it reports.
    """

    article: str
    outlet: str
    span: Span
    date: str
    precision: Precision
    status: Status
    lede: bool
    saying: bool
    leaning: bool
    shaky: bool
    at: int
    words: frozenset[str]
    claim: str | None

    @property
    def order(self) -> tuple[str, Span]:
        """A full key, free of the order the readings came in."""
        return self.article, self.span


def build_timeline(readings: Sequence[Reading], claims: Sequence[Claim] = ()) -> tuple[TimelineEntry, ...]:
    """The entries of a story's timeline, by date; at most `MOST`.

    Args:
        readings: of one story, their times resolved as far as they can be (`_published.date_readings`).
        claims: of the same story; an entry whose passages report one carries its id.
    """
    reported = _claims_by_article(claims)
    found = [dated for reading in readings for dated in _dated(reading, readings, reported)]
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


# ---------------------------------------------------------------- dated sentences


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    data = tomllib.loads((files("reportedly.compare") / "data" / "timeline.toml").read_text(encoding="utf-8"))
    return {
        name: re.compile(r"(?<!\w)(?:" + "|".join(re.escape(word) for word in words) + r")(?!\w)", re.IGNORECASE)
        for name, words in data.items()
    }


def _dated(
    reading: Reading, readings: Sequence[Reading], reported: Mapping[str, list[tuple[Span, str]]]
) -> Iterator[Dated]:
    now = _day_of(reading, readings)
    article = reading.article
    seen: set[tuple[str, str]] = set()
    opening = _opening(reading)
    for span, times in _sentences(reading):
        quoted = quoted_spans(reading.quotes, span, ("direct", "mixed", "scare"))
        if covered(span, quoted) >= QUOTED * (span[1] - span[0]):
            continue
        inside = [
            quote for quote in reading.quotes if any(overlaps(part, span) for part in (*quote.content, *quote.cue))
        ]
        words = frozenset(
            word.stem
            for word in tokens(article.text, span, [*quoted, *(t.span for t in times)])
            if is_content(word.stem)
        )
        if len(list(tokens(article.text, span))) < FEWEST_WORDS or not words:
            continue
        text = article.text[slice(*span)].casefold()
        dating = [time for time in times if _dates(article.text, time)]
        usable = [(time, when) for time in dating if (when := _usable(time, quoted, now))]
        saying = [_is_saying(time, inside) for time, _ in usable]
        for (time, when), said in zip(usable, saying, strict=True):
            # The date of the saying gives way to the date of what is said.
            if (text, when[0]) in seen or (said and not all(saying)):
                continue
            seen.add((text, when[0]))
            yield Dated(
                article=article.id,
                outlet=article.outlet or article.id,
                span=span,
                date=when[0],
                precision=when[1],
                status=_status(reading, span, time, when[0], now, inside),
                lede=span[0] < opening,
                saying=said,
                leaning=bool(_patterns()["leaning"].match(article.text, span[0])),
                shaky=_is_shaky(reading, time, when[0], now),
                at=time.span[0] - span[0],
                words=words,
                claim=_claim_of(reported.get(article.id, []), span),
            )


def _opening(reading: Reading) -> int:
    """Where the lede ends: the end of the body's `LEDE`-th sentence of some length."""
    text, bodies = reading.article.text, [block.span for block in reading.article.blocks if block.kind == "body"]
    ends = [
        end
        for start, end in reading.sentences
        if any(a <= start and end <= b for a, b in bodies[: 2 * LEDE]) and len(text[start:end].split()) >= FEWEST_WORDS
    ]
    return ends[min(LEDE, len(ends)) - 1] if ends else 0


def _sentences(reading: Reading) -> Iterator[tuple[Span, list[Time]]]:
    """Sentences of body text and captions, with the dates and times in them."""
    blocks = [block.span for block in reading.article.blocks if block.kind in ("body", "caption")]
    times = [time for time in reading.times if time.type in ("DATE", "TIME")]
    block = at = 0
    for raw in reading.sentences:
        span = trim(reading.article.text, raw)
        while block < len(blocks) and blocks[block][1] <= span[0]:
            block += 1
        if block == len(blocks) or span[0] < blocks[block][0] or span[0] == span[1]:
            continue
        while at < len(times) and times[at].span[1] <= span[0]:
            at += 1
        here = []
        for time in times[at:]:
            if time.span[0] >= span[1]:
                break
            here.append(time)
        if here:
            yield span, here


_SEASON_MIDDLE = {name: month + 1 for name, month in SEASON_START.items()}


def calendar_date(time: Time) -> tuple[str, Precision] | None:
    """A time's date for the timeline, and how precise it is; None if it has none that is known.

    A week is about its Monday, a weekend about its Saturday, a season or quarter about its middle month, a decade about
    its first year.
    """
    value = time.value.split("T")[0]
    if parse_day(value):
        return value[:10], "day"
    if re.fullmatch(r"\d{4}-(?:0\d|1[0-2])", value):
        return value, "month"
    if re.fullmatch(r"\d{4}", value):
        return value, "year"
    week = re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value)
    if week:
        try:
            day = date.fromisocalendar(int(week[1]), int(week[2]), 6 if week[3] else 1)
        except ValueError:
            return None
        return day.isoformat(), "about"
    part = re.fullmatch(r"(\d{4})-(?:Q([1-4])|(SP|SU|FA|WI))", value)
    if part:
        month = int(part[2]) * 3 - 1 if part[2] else _SEASON_MIDDLE[part[3]]
        year, month = (int(part[1]) + 1, 1) if month > 12 else (int(part[1]), month)
        return f"{year:04}-{month:02}", "about"
    return (f"{value}0", "about") if re.fullmatch(r"\d{3}", value) else None


def _day_of(reading: Reading, readings: Sequence[Reading]) -> date | None:
    """The day an article is of: its own, or the one its times were resolved against, or the last of its story."""
    known = known_day(reading)
    if known:
        return known[0]
    given = (
        parse_day((time.anchor or "").removeprefix("story:"))
        for time in reading.times
        if (time.anchor or "")[:6] == "story:"
    )
    days = [entry[0] for other in readings if (entry := known_day(other))]
    return next((day for day in given if day), None) or max(days, default=None)


YEARLY = re.compile(r"\d{4}-(?:SP|SU|FA|WI)")
DATING = re.compile(
    r"(?:^|\W)(?:in|since|by|until|from|after|before|during|of|to|and|or|early|late|mid|around|about)[\s-]+$",
    re.IGNORECASE,
)


def _dates(text: str, time: Time) -> bool:
    """Whether a time dates its sentence.

    A season of no year ("in winter") comes every year; a year before a noun ("the 2016 election") names something;
    "this year" says no more than the article's day.
    """
    words = text[slice(*time.span)].casefold()
    if YEARLY.fullmatch(time.value):
        return " " in words or not words.isalpha()
    if words.isdecimal() and len(words) == 4:
        return bool(DATING.search(text[max(0, time.span[0] - 20) : time.span[0]])) or time.span[0] == 0
    return words not in {"this year", "the year"}


def _usable(time: Time, quoted: Sequence[Span], now: date | None) -> tuple[str, Precision] | None:
    """The date of a time outside the quoted words; none of "this week", which says no more than the article's day."""
    if any(overlaps(time.span, part) for part in quoted):
        return None
    when = calendar_date(time)
    week = now and "W" in time.value and time.value[:8] == f"{now.isocalendar()[0]:04}-W{now.isocalendar()[1]:02}"
    return None if when and when[1] == "about" and week and not time.value.endswith("WE") else when


def _is_shaky(reading: Reading, time: Time, when: str, now: date | None) -> bool:
    """Whether a relative day rests on a day that other articles gave, and lies ahead or more than two days back."""
    if not any((each.anchor or "").startswith("story:") for each in reading.times) or time.anchor is None:
        return False
    day = parse_day(when)
    if day is None:
        return False
    return not (day and now and 0 <= (now - day).days <= GUESSED_DAYS)


def _is_saying(time: Time, quotes: Sequence[Quote]) -> bool:
    """Whether the date is that of somebody's saying: beside a cue, and in nobody's words."""
    if any(overlaps(time.span, part) for quote in quotes for part in quote.content):
        return False
    cues = [cue for quote in quotes for cue in quote.cue]
    return any(-NEAR_CUE <= time.span[0] - cue[1] <= NEAR_CUE or 0 <= cue[0] - time.span[1] <= NEAR_CUE for cue in cues)


def _status(reading: Reading, span: Span, time: Time, when: str, now: date | None, quotes: Sequence[Quote]) -> Status:
    """Whether what is told of the date is ahead, over, alleged or denied.

    What lies after the article is planned; on its own day the words decide.
    """
    text, patterns = reading.article.text, _patterns()
    if now and when > now.isoformat()[: len(when)]:
        return "planned"
    clause = _clause(text, span, time.span)
    if now and when == now.isoformat()[: len(when)] and patterns["planned"].search(text, *clause):
        return "planned"
    cues = " ".join(
        text[slice(*cue)]
        for quote in quotes
        if any(overlaps(time.span, part) for part in quote.content)
        for cue in quote.cue
    )
    if patterns["denied"].search(cues):
        return "denied"
    if patterns["alleged"].search(cues) or patterns["alleged"].search(text, clause[0], time.span[0]):
        return "alleged"
    return "happened"


def _clause(text: str, span: Span, time: Span) -> Span:
    """The part of the sentence between the commas around the date."""
    cuts = [match.end() for match in re.finditer(r"[,;:–—]\s", text[slice(*span)])]
    starts = [span[0] + cut for cut in cuts if span[0] + cut <= time[0]]
    ends = [span[0] + cut for cut in cuts if span[0] + cut > time[1]]
    # A date that opens the sentence ("On Tuesday, …") belongs to what follows.
    start = starts[-1] if starts else span[0]
    end = ends[0] if ends else span[1]
    if start == span[0] and time[1] - span[0] < 24 and len(ends) > 1:
        end = ends[1]
    elif start == span[0] and time[1] - span[0] < 24:
        end = span[1]
    return start, end


def _claims_by_article(claims: Sequence[Claim]) -> dict[str, list[tuple[Span, str]]]:
    found: dict[str, list[tuple[Span, str]]] = {}
    for claim in sorted(claims, key=lambda claim: claim.id):
        for report in claim.reports:
            found.setdefault(report.article, []).append((report.span, claim.id))
    return found


def _claim_of(reports: Sequence[tuple[Span, str]], span: Span) -> str | None:
    return next((claim for place, claim in reports if overlaps(place, span)), None)


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
