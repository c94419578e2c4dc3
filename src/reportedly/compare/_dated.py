"""The dated sentences of a story: narration with a date that is known, and what standing the date has.

A date counts where it dates the sentence and is in nobody's mouth. What lies after the article is planned, what a verb
of claiming or denying governs is alleged or denied, the rest happened. A sentence whose only date is that of the saying
("the minister said Tuesday") tells of the saying.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from reportedly._records import Event, Precision, Quote, Reading, Span, Status, Time
from reportedly._spans import trim
from reportedly.compare._dates import Days, calendar_date, dates_sentence, days_covered
from reportedly.compare._narration import quoted_spans
from reportedly.compare._people_clusters import Key
from reportedly.compare._published import known_day
from reportedly.compare._words import covered, is_content, overlaps, tokens
from reportedly.timex._values import parse_day

FEWEST_WORDS = 5
"""Words of a sentence at least; less is a label or a photo's date."""

QUOTED = 0.5
"""Share of a sentence from which quoted words make it somebody's and not the outlet's."""

NEAR_CUE = 30
"""Characters between a cue and a date for the date to be that of the saying: "told reporters in Riga on Tuesday"."""

NAMED = re.compile(r"(?:['’]s?)\s+(?:\w+(?:[- ]\w+)?\s+)?[a-z]\w+")
WHEN = re.compile(r",?\s+when\b", re.IGNORECASE)

LEDE = 2
"""Sentences of an article's body that are its lede; the third is mostly of something else."""

GUESSED_DAYS = 2
"""Days back from a day that only the story's other articles give within which one outlet's weekdays are believed: such
an article may hold text of an earlier day, whose "Friday" is another. Further off they need a second outlet."""


@dataclass(frozen=True)
class Dated:
    """A dated sentence: where, its date as the timeline says it, its standing, and its telling words.

    ``lede``: it opens the article. ``saying``: the date is that of somebody's saying. ``leaning``: it opens with a word
    that leans on what stands before. ``shaky``: the date rests on a day that other articles gave. ``at`` is where the
    date stands in the sentence, ``when`` its words, ``days`` the first and the last that it covers. ``claim`` is the id
    of the claim the sentence reports, ``core`` the clause that gives the date, ``event`` the one that the date hangs
    on, ``acts`` the types of the events told of it, each with one who takes part.
    """

    article: str
    outlet: str
    span: Span
    date: str
    precision: Precision
    days: Days
    status: Status
    lede: bool
    saying: bool
    leaning: bool
    shaky: bool
    at: int
    when: str
    words: frozenset[str]
    text: str
    core: str
    core_words: frozenset[str]
    claim: str | None
    acts: frozenset[tuple[str, str]] = frozenset()
    event: Event | None = None

    @property
    def order(self) -> tuple[str, Span]:
        """A full key, free of the order the readings came in."""
        return self.article, self.span


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    data = tomllib.loads((files("reportedly.compare") / "data" / "timeline.toml").read_text(encoding="utf-8"))
    return {
        name: re.compile(r"(?<!\w)(?:" + "|".join(re.escape(word) for word in words) + r")(?!\w)", re.IGNORECASE)
        for name, words in data.items()
    }


def dated_sentences(
    reading: Reading,
    readings: Sequence[Reading],
    reported: Mapping[str, list[tuple[Span, str]]],
    person_of: Mapping[Key, str],
) -> Iterator[Dated]:
    """The dated sentences of a reading, once for each date, in text order.

    Args:
        reading: of one article.
        readings: of its story: they say of which day an article is that does not say so itself.
        reported: by article, where it reports a claim, and the claim's id.
        person_of: by article and a person's id in it, the id of the person in the story.
    """
    now = _day_of(reading, readings)
    article, text = reading.article, reading.article.text
    seen: set[tuple[str, str]] = set()
    opening = _opening(reading)
    events = {event.time: event for event in reading.events if event.time is not None}
    for span, times in _sentences(reading):
        quoted = quoted_spans(reading.quotes, span, ("direct", "mixed", "scare"))
        words = _own_words(text, span, [*quoted, *(time.span for time in times)])
        if covered(span, quoted) >= QUOTED * (span[1] - span[0]) or not words:
            continue
        quotes = [quote for quote in reading.quotes if any(overlaps(p, span) for p in (*quote.content, *quote.cue))]
        for time, (day, precision), saying in _datings(text, times, quoted, quotes, now, events):
            again = text[slice(*span)].casefold(), day
            days = days_covered(time)
            if again in seen or days is None:
                continue
            seen.add(again)
            event = events.get(time.span)
            status = _status(reading, span, time, day, now, quotes, saying, event)
            if status is None:
                continue
            core = _named(text, time.span) or (
                _hull(event.span, time.span) if event is not None else _clause(text, span, time.span)
            )
            yield Dated(
                article=article.id,
                outlet=article.outlet or article.id,
                span=span,
                date=day,
                precision=precision,
                days=days,
                status=status,
                lede=span[0] < opening,
                saying=saying,
                leaning=bool(_patterns()["leaning"].match(text, span[0])),
                shaky=_is_shaky(reading, time, day, now),
                at=time.span[0] - span[0],
                when=text[slice(*time.span)],
                words=words,
                text=text[slice(*span)],
                core=text[slice(*core)],
                core_words=words & _content(text, core, ()),
                claim=_claim_of(reported.get(article.id, []), core),
                acts=_acts(reading, span, day, person_of),
                event=event,
            )


def _acts(reading: Reading, span: Span, day: str, person_of: Mapping[Key, str]) -> frozenset[tuple[str, str]]:
    """The types of the events that a sentence tells of a date, each with everybody who takes part."""
    return frozenset(
        (event.type, who)
        for event in reading.events
        if event.type is not None
        and overlaps(event.span, span)
        and (event.date is None or event.date.startswith(day) or day.startswith(event.date))
        for person in (*event.actors, *event.recipients)
        if (who := person_of.get((reading.article.id, person))) is not None
    )


def _own_words(text: str, span: Span, holes: Sequence[Span]) -> frozenset[str]:
    """The stems of a sentence's content words outside quotations and dates; none if the sentence is too short."""
    if len(list(tokens(text, span))) < FEWEST_WORDS:
        return frozenset()
    return _content(text, span, holes)


def _content(text: str, span: Span, holes: Sequence[Span]) -> frozenset[str]:
    return frozenset(word.stem for word in tokens(text, span, holes) if is_content(word.stem))


def _datings(
    text: str,
    times: Sequence[Time],
    quoted: Sequence[Span],
    quotes: Sequence[Quote],
    now: date | None,
    events: Mapping[Span, Event],
) -> Iterator[tuple[Time, tuple[str, Precision], bool]]:
    """The times that date a sentence, each with its date and whether it is that of a saying.

    The date of the saying gives way to the date of what is said.
    """
    usable = [(time, when) for time in times if dates_sentence(text, time) and (when := _usable(time, quoted, now))]
    saying = [time.span not in events and _is_saying(time, quotes) for time, _ in usable]
    for (time, when), said in zip(usable, saying, strict=True):
        if not said or all(saying):
            yield time, when, said


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


def _status(
    reading: Reading,
    span: Span,
    time: Time,
    when: str,
    now: date | None,
    quotes: Sequence[Quote],
    saying: bool,
    event: Event | None,
) -> Status | None:
    """Whether what is told of the date is ahead, over, alleged, denied or called off; None if it is told not to be so.

    What lies after the article is planned, as far as it is not called off; what somebody says before it is said. Else
    the event that the date hangs on decides. What counts as a plan for a day that is over, or as alleged and not only
    reported by somebody, the words around the date decide.
    """
    ahead = now is not None and when > now.isoformat()[: len(when)]
    if saying:
        return "planned" if ahead else "happened"
    if event is not None and event.status != "alleged" and (ahead or event.status != "planned"):
        return "planned" if ahead and event.status == "happened" else event.status
    text, patterns = reading.article.text, _patterns()
    clause = _clause(text, span, time.span)
    if patterns["off"].search(text, *clause):
        return "called off"
    if ahead:
        return "planned"
    if event is None and patterns["negated"].search(text, *clause):
        return None
    today = now is not None and when == now.isoformat()[: len(when)]
    meant = event is not None and event.status == "planned"
    if (today or meant) and patterns["planned"].search(text, *clause):
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


def _named(text: str, time: Span) -> Span | None:
    """What a date stands before that it tells which one it is: "Tuesday's arguments"."""
    found = NAMED.match(text, time[1])
    return (time[0], found.end()) if found is not None else None


def _hull(one: Span, other: Span) -> Span:
    return min(one[0], other[0]), max(one[1], other[1])


def _clause(text: str, span: Span, time: Span) -> Span:
    """The part of the sentence between the commas around the date, and what "when" adds: "since May, when it began"."""
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
    elif len(ends) > 1 and WHEN.match(text, time[1]):
        end = ends[1]
    elif ends and WHEN.match(text, time[1]):
        end = span[1]
    return start, end


def _claim_of(reports: Sequence[tuple[Span, str]], span: Span) -> str | None:
    return next((claim for place, claim in reports if overlaps(place, span)), None)
