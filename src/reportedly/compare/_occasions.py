"""On which day something was said, as its reports date it: "said Monday", "announced on Tuesday".

A report that carries no `Quote.said_on`, because its article was dated only by the others of its story, has the day
that stands right after its cue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportedly._records import Passage, Quote, Reading, Side, Span, Statement
from reportedly.timex._values import parse_day

BETWEEN = frozenset({"", "on"})
"""Words between a cue and the day of the saying."""


def day_said(reading: Reading, quote: Quote) -> tuple[str, Span] | None:
    """The day of the saying as an ISO date, and the words that give it; None if the report gives none."""
    text = reading.article.text
    days = [
        (parsed.isoformat(), time.span)
        for time in reading.times
        if time.type == "DATE" and (parsed := parse_day(time.value[:10])) is not None
    ]
    for start, end in quote.cue:
        if quote.said_on is not None:
            said = [(abs(span[0] - start), day, span) for day, span in days if day == quote.said_on[:10]]
            if said:
                return min(said)[1:]
        for day, span in days:
            if end <= span[0] and text[end : span[0]].strip().casefold() in BETWEEN:
                return day, span
    return None


def agreed_day(said: Sequence[tuple[Reading, Quote]]) -> str | None:
    """The day on which all agree that give one."""
    days = {quote.said_on[:10] for _, quote in said if quote.said_on is not None}
    days |= {found[0] for reading, quote in said if (found := day_said(reading, quote)) is not None}
    return next(iter(days)) if len(days) == 1 else None


def find_days(
    statements: Sequence[Statement], readings: Mapping[str, Reading]
) -> Iterator[tuple[str, tuple[Side, ...]]]:
    """For each statement whose reports give two days: its id, and a side for each day."""
    quotes = {(article, quote.id): quote for article, reading in readings.items() for quote in reading.quotes}
    for statement in statements:
        where: dict[str, list[tuple[Passage, str]]] = {}
        for report in statement.reports:
            reading = readings[report.article]
            found = day_said(reading, quotes[report.article, report.quote])
            sentence = next((s for s in reading.sentences if found and s[0] <= found[1][0] < s[1]), None)
            if found is not None and sentence is not None:
                words = reading.article.text[slice(*found[1])]
                where.setdefault(found[0], []).append((Passage(report.article, sentence), words))
        outlets = {day: {passage.article for passage, _ in each} for day, each in where.items()}
        if len(where) > 1 and len(set().union(*outlets.values())) > 1:
            sides = (Side(tuple(dict.fromkeys(p for p, _ in where[day])), where[day][0][1]) for day in sorted(where))
            yield statement.id, tuple(sides)
