"""The stage `read`: Article → Reading, one article at a time, many in one stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language

from reportedly._records import Article, Reading
from reportedly.read._blocks import split_blocks
from reportedly.read._events import find_events
from reportedly.read._main_event import find_main_event
from reportedly.read._parse import Parsed, parse
from reportedly.read._people import find_people
from reportedly.read._propositions import find_propositions
from reportedly.read._quotes import find_quotes
from reportedly.read._sourcing import find_sourcing
from reportedly.read._terms import find_terms
from reportedly.read._times import find_times


def read_all(articles: Iterable[Article], model: Language) -> Iterator[Reading]:
    """Readings of the articles, in their order, as they come."""
    for parsed in parse((split_blocks(article) for article in articles), model):
        yield _reading(parsed)


def read(article: Article, model: Language) -> Reading:
    """The Reading of one article."""
    return next(read_all([article], model))


def _reading(parsed: Parsed) -> Reading:
    times = find_times(parsed)
    quotes, roster = find_quotes(parsed, find_people(parsed), times)
    events, roster = find_events(parsed, roster, times, quotes)
    return Reading(
        article=parsed.article,
        sentences=parsed.sentences,
        people=roster.people,
        quotes=quotes,
        times=times,
        terms=find_terms(parsed, roster),
        sourcing=find_sourcing(parsed, roster, quotes),
        main_event=find_main_event(parsed, roster, times),
        events=events,
        propositions=find_propositions(parsed),
    )
