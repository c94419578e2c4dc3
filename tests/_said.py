"""Readings of one invented story by quotes alone: who said what, in which article, on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly._records import Quote, QuoteType, Reading, Span, Statement
from reportedly.compare._people import merge_people
from reportedly.compare._statements import make_statements

from ._build import reading


@dataclass(frozen=True)
class Said:
    """A quote to be: "//" splits its words into spans, with reporter's words between them."""

    words: str
    by: str | None = "Marit Solheim"
    type: QuoteType = "direct"
    on: str | None = None
    at: str = ""


def article(identifier: str, *said: Said | str, apart: bool = True) -> Reading:
    """An article of the quotes, a paragraph each; those that are not ``apart`` follow each other in one."""
    quotes = [one if isinstance(one, Said) else Said(one) for one in said]
    names = [name for name in dict.fromkeys(quote.by for quote in quotes) if name is not None]
    filler = " A long night of talks went on in the old customs house. " * 6
    paragraphs: list[str] = []
    for quote in quotes:
        parts = quote.words.split("//")
        marks = ("“", "”") if quote.type != "indirect" else ("", "")
        told = f", {quote.by or 'somebody'} said, ".join(f"{marks[0]}{part}{marks[1]}" for part in parts)
        paragraphs.append(f"{told}, {quote.by or 'somebody'} said {quote.at}.{filler if apart else ''}")
    whole = paragraphs if apart else [" ".join(paragraphs)]
    bare = reading(identifier, *whole, people={name: [name] for name in names})
    text, at, made = bare.article.text, 0, []
    ids = {person.name: person.id for person in bare.people}
    for number, quote in enumerate(quotes):
        spans = []
        for part in quote.words.split("//"):
            at = text.index(part, at)
            spans.append((at, at + len(part)))
            at += len(part)
        made.append(replace(_quote(number, quote, tuple(spans), ids), said_at=_occasion(text, quote, at)))
    return replace(bare, quotes=tuple(made))


def _quote(number: int, quote: Said, spans: tuple[Span, ...], ids: dict[str, str]) -> Quote:
    speaker = ids[quote.by] if quote.by is not None else None
    return Quote(f"q{number}", quote.type, spans, speaker=speaker, said_on=quote.on, certainty="high")


def _occasion(text: str, quote: Said, after: int) -> Span | None:
    start = text.index(quote.at, after)
    return (start, start + len(quote.at)) if quote.at else None


def statements(readings: Sequence[Reading]) -> tuple[Statement, ...]:
    people, person_of = merge_people(readings)
    return make_statements(readings, people, person_of)


def groups(readings: Sequence[Reading]) -> list[set[tuple[str, str]]]:
    """For each statement, the (article, quote) of its reports."""
    return [{(report.article, report.quote) for report in one.reports} for one in statements(readings)]


def joined(*said: Said | str) -> bool:
    """Whether the quotes, each in an article of its own, are reports of one statement."""
    return len(groups([article(f"a{at}", one) for at, one in enumerate(said)])) == 1
