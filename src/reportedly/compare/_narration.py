"""The narrated sentences of a story: what the articles tell in their own words, outside what people say.

A sentence is narration when most of it is not the content of somebody's quote. Sentences are compared by their telling
keys (`_words.Weights`), without the quoted words, and by the parts between their commas, because one outlet puts in a
subordinate clause what another gives a sentence. A key is a name, which counts once however long its form ("Secretary
of State Ana Ruiz" is as much a name as "Ruiz"), or the stem of any other word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportedly._records import Quote, Reading, Span
from reportedly.compare._numbers import Figure, figures
from reportedly.compare._words import Weights, covered, overlaps
from reportedly.group._words import stem, words

SAID = 0.5
"""Share of a sentence from which what is quoted in it makes it somebody's words."""
FEWEST = 5
"""Fewest words of a sentence that tells something; shorter ones are labels and fragments."""
NAME = "@"
"""First character of a key that is a name; no word begins with it."""

_CUT = re.compile(
    r"[,;:]\s|\s[–—-]+\s|\s(?=(?:but|while|after|which|who|where|when|because|although|as|amid|following)\s)"
)


@dataclass(frozen=True)
class Told:
    """A sentence of the narration.

    ``keys`` are those of all of it, ``parts`` those of the pieces between its commas. ``position`` counts the body
    sentences before it. ``said`` tells that it reports what somebody said, without quotation marks; ``speakers`` are
    the names of who said it. ``days`` are dates (ISO 8601, as precise as known) and the words for them; ``places`` say
    where in the text each key stands; ``before`` are the keys of the sentence before it,
    ``credited`` the sources that it is credited to.
    """

    article: str
    span: Span
    text: str
    keys: frozenset[str]
    parts: tuple[frozenset[str], ...]
    figures: tuple[Figure, ...]
    days: tuple[tuple[str, str], ...]
    position: int
    said: bool
    speakers: frozenset[str]
    places: tuple[tuple[Span, str], ...]
    before: frozenset[str]
    credited: frozenset[str]

    def after(self, offset: int) -> frozenset[str]:
        """Keys that begin at or after an offset into the article's text."""
        return frozenset(key for (start, _), key in self.places if start >= offset)

    def wording(self, key: str) -> str:
        """The words that a key stands for in this sentence."""
        (start, end), _ = next(place for place in self.places if place[1] == key)
        return self.text[start - self.span[0] : end - self.span[0]]


def split_clauses(told: Told) -> list[tuple[frozenset[str], int]]:
    """The pieces between a sentence's commas and links, each with its keys and the number of its words."""
    start, end = told.span
    cuts = [0, *(match.end() for match in _CUT.finditer(told.text)), end - start]
    return [
        (
            frozenset(key for (at, _), key in told.places if a <= at - start < b),
            len(told.text[a:b].split()),
        )
        for a, b in pairwise(cuts)
    ]


def names_of(keys: Iterable[str]) -> set[str]:
    """Those of the keys that are names."""
    return {key for key in keys if key.startswith(NAME)}


def narrate(readings: Sequence[Reading], person_map: Mapping[tuple[str, str], str]) -> tuple[tuple[Told, ...], Weights]:
    """The narrated sentences of body text, and how telling their keys are.

    Sentences come article by article, in text order; one that an article tells twice comes once. The weights are
    counted over all body sentences, quoted or not.
    """
    found: list[Told] = []
    counted: list[list[str]] = []
    for reading in readings:
        names = Names(reading, person_map)
        seen: set[str] = set()
        for position, span in enumerate(body_sentences(reading)):
            keys = names.keys(span)
            before = frozenset(counted[-1]) if position else frozenset[str]()
            counted.append([key for key, _ in keys])
            told = _told(reading, span, position, keys, before, names)
            if told and told.text.casefold() not in seen:
                seen.add(told.text.casefold())
                found.append(told)
    return tuple(found), Weights(counted)


def body_sentences(reading: Reading) -> list[Span]:
    """The sentences that lie in body blocks."""
    bodies = [block.span for block in reading.article.blocks if block.kind == "body"]
    found, at = [], 0
    for span in reading.sentences:
        while at < len(bodies) and bodies[at][1] <= span[0]:
            at += 1
        if at < len(bodies) and bodies[at][0] <= span[0] and span[1] <= bodies[at][1]:
            found.append(span)
    return found


class Names:
    """Finds the keys of a span: mentions of the roster as names, other words as stems, without the names' titles."""

    def __init__(self, reading: Reading, person_map: Mapping[tuple[str, str], str]) -> None:
        self.text = reading.article.text
        titles: dict[str, set[str]] = {}
        mentions: list[tuple[Span, str]] = []
        for person in reading.people:
            if person.kind in {"unnamed", "group"}:
                continue
            name = NAME + person_map.get((reading.article.id, person.id), person.name.casefold())
            titles[name] = {stem(word) for role in person.roles for word, _ in words(role)}
            mentions.extend((mention, name) for mention in person.mentions)
        self.titles = titles
        self.name_of = {
            person.id: NAME + person_map.get((reading.article.id, person.id), person.name.casefold())
            for person in reading.people
        }
        # What an office or another outlet reports is told; what a person says is said.
        self.organisations = {person.id for person in reading.people if person.kind == "organisation"}
        self.mentions = sorted(mentions)
        self.starts = [start for (start, _), _ in self.mentions]

    def keys(self, span: Span) -> list[tuple[str, Span]]:
        """The keys of a span in text order: names, and the stems of other words."""
        return [(key if key.startswith(NAME) else stem(key), at) for key, at in self.words(span)]

    def words(self, span: Span) -> list[tuple[str, Span]]:
        """The same with other words as they stand, in lower case."""
        here = self.mentions[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]
        titles = {word for _, name in here for word in self.titles[name]}
        found: list[tuple[str, Span]] = [(name, mention) for mention, name in here]
        for word, at in words(self.text, *span):
            if not any(overlaps(at, mention) for mention, _ in here) and stem(word) not in titles:
                found.append((word, at))
        return sorted(found, key=lambda item: item[1])


def _told(
    reading: Reading,
    span: Span,
    position: int,
    keys: Sequence[tuple[str, Span]],
    before: frozenset[str],
    names: Names,
) -> Told | None:
    article = reading.article
    marked = quoted_spans(reading.quotes, span, ("direct", "mixed", "scare"))
    speaking = [quote for quote in reading.quotes if quote.speaker not in names.organisations]
    reported = quoted_spans(speaking, span, ("indirect",))
    length = span[1] - span[0]
    if covered(span, marked) >= SAID * length:
        return None
    # Who is credited is no part of the fact; a document may be what the fact is about.
    credited = [c.span for c in reading.sourcing if c.kind != "document" and c.span != c.covers]
    holes = [*marked, *(credit for credit in credited if overlaps(credit, span))]
    own = [(key, at) for key, at in keys if not any(overlaps(at, hole) for hole in holes)]
    if len(own) < FEWEST:
        return None
    cuts = [span[0], *(match.end() for match in _CUT.finditer(article.text, *span)), span[1]]
    parts = [frozenset(key for key, at in own if a <= at[0] < b) for a, b in pairwise(cuts)]
    times = [time for time in reading.times if overlaps(time.span, span)]
    counted = figures(article.text, span, [time.span for time in times])
    return Told(
        article=article.id,
        span=span,
        text=article.text[slice(*span)],
        keys=frozenset(key for key, _ in own),
        parts=tuple(part for part in parts if len(part) >= FEWEST),
        figures=tuple(figure for figure in counted if not any(overlaps(figure.span, hole) for hole in marked)),
        days=tuple((time.value, article.text[slice(*time.span)]) for time in times if time.type in {"DATE", "TIME"}),
        position=position,
        said=covered(span, reported) >= SAID * length,
        speakers=_speakers(reading, span, names),
        places=tuple((at, key) for key, at in own),
        before=before,
        credited=_credited(reading, span),
    )


def _speakers(reading: Reading, span: Span, names: Names) -> frozenset[str]:
    """The names of those whose speech a sentence reports without quotation marks."""
    return frozenset(
        names.name_of[quote.speaker]
        for quote in reading.quotes
        if quote.type == "indirect"
        and quote.speaker in names.name_of
        and any(overlaps(c, span) for c in quote.content)
    )


def _credited(reading: Reading, span: Span) -> frozenset[str]:
    """The sources that a sentence names and is credited to."""
    return frozenset(
        credit.source.casefold()
        for credit in reading.sourcing
        if overlaps(credit.span, span) and overlaps(credit.covers, span)
    )


def quoted_spans(quotes: Sequence[Quote], span: Span, types: tuple[str, ...]) -> list[Span]:
    """Quoted spans of some types that meet the span; nested ones are merged, so that nothing is counted twice."""
    merged: list[Span] = []
    for start, end in sorted(part for quote in quotes if quote.type in types for part in quote.content):
        if not overlaps((start, end), span):
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged
