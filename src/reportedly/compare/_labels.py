"""What outlets call somebody: one has a word that judges ("the dictator", "the Brandt regime"), another his office.

Words stand in ``data/labels.toml``. Only an outlet's own words count: what is quoted is its speaker's label.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from reportedly._records import Passage, Reading, Side, Span, StoryPerson
from reportedly.compare._narration import quoted_spans
from reportedly.compare._words import overlaps

BEFORE = 48
"""Characters before a name in which its label stands."""


@cache
def label_words(name: str) -> tuple[str, ...]:
    """The words of one list of ``data/labels.toml``."""
    data = tomllib.loads(files("reportedly.compare").joinpath("data/labels.toml").read_text("utf-8"))
    return tuple(data[name])


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a name, and after it."""
    before = "|".join(re.escape(word) for word in label_words(kind))
    after = "|".join(re.escape(word) for word in label_words(f"{kind}_after"))
    return (
        re.compile(rf"(?<![\w-])((?:{before})(?![\w-])(?: [\w-]+){{0,2}}) $", re.IGNORECASE),
        re.compile(rf"(?:['’]s?)? (?:{after})(?![\w-])", re.IGNORECASE),
    )


def find_labels(people: Sequence[StoryPerson], readings: Sequence[Reading]) -> Iterator[tuple[str, tuple[Side, Side]]]:
    """For each person, body or country that one article labels and another names by office: the id, and the sides."""
    by_id = {reading.article.id: reading for reading in readings}
    for person in people:
        found: dict[str, dict[str, tuple[Span, str]]] = {"loaded": {}, "neutral": {}}
        for mention in person.mentions:
            reading = by_id[mention.article]
            for kind, places in found.items():
                place = _labelled(reading, mention.span, kind)
                if place is not None:
                    places.setdefault(mention.article, place)
        loaded = found["loaded"]
        neutral = {article: place for article, place in found["neutral"].items() if article not in loaded}
        if loaded and neutral:
            yield person.id, (_side(loaded), _side(neutral))


def _side(places: Mapping[str, tuple[Span, str]]) -> Side:
    reports = tuple(Passage(article, places[article][0]) for article in sorted(places))
    return Side(reports, places[min(places)][1])


def _labelled(reading: Reading, mention: Span, kind: str) -> tuple[Span, str] | None:
    """Where a mention has a label of a kind, with the label's words; None if it has none of the outlet's own."""
    text = reading.article.text
    before, after = _patterns(kind)
    start, end = mention
    match = before.search(text[max(0, start - BEFORE) : start])
    if match is not None:
        span = start - len(match.group()), end
    elif (match := after.match(text, end)) is not None:
        span = start, match.end()
    else:
        return None
    if any(overlaps(span, part) for part in quoted_spans(reading.quotes, span, ("direct", "mixed", "scare"))):
        return None
    words = (
        text[span[0] : start].strip() if span[0] < start else text[end : span[1]].strip(" '’s") or text[slice(*span)]
    )
    return span, words
