"""The clauses of a story's narration: what each article tells in its own words, one thing at a time.

Made of the propositions of the readings; a reading without any has its sentences. Left out is what is quoted, and what
says only that somebody said something: the statements have that. A clause's keys are the names in it and the stems of
its other words, with those of its subject where that stands elsewhere in the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reportedly._records import Proposition, Reading, Span
from reportedly.compare._narration import NAME, Names, quoted_spans
from reportedly.compare._numbers import Figure, figures
from reportedly.compare._similarity import plain_form
from reportedly.compare._topics import share_of, topic_stem
from reportedly.compare._words import Weights, covered, is_calendar, is_content, overlaps
from reportedly.group._words import stem

SAID = 0.5
"""Share of a clause from which what is quoted in it makes it somebody's words."""
FEWEST = 2
"""Fewest keys of a clause, its subject's left out, of which one is no name."""
PRONOUNS = frozenset({"he", "she"})
"""Subjects that stand for a person named before."""
LEDE = 2
"""Sentences of a body that are the lede."""

_NEGATION = re.compile(
    r"\b(?:not|no|never|neither|nor|without|denie[sd]|deny|reject(?:s|ed)?|refuse[sd]?|fail(?:s|ed)? to)\b|n['’]t\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were) (?:set|due|expected|scheduled|likely|poised|about|to)"
    r"|plans? to|planned to|planning to|intends? to|prepar(?:es|ed|ing) to)\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(r"\b(?:would|could|may|might|should|if|whether|unless)\b|\?", re.IGNORECASE)
_HOPED = re.compile(r"\b(?:hop(?:e|es|ed|ing)|wish(?:es|ed)?|want(?:s|ed)?|would like)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d,.$€£])(?:1[5-9]|20)\d\d(?![\d,])")
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Clause:
    """A clause of the narration.

    ``span`` is where it stands, ``sentence`` the sentence around it, ``text`` its words with its subject before them.
    ``about`` are the keys of its subject, ``own`` the others; ``predicate`` is the key of its verb. ``standing`` tells
    which of negation, plan, possibility and hope its words show, ``marks`` are its years and its ordinals. ``said``:
    somebody's speech, told without quotation marks. ``headed``: it has a subject of its own; ``broken``: other clauses
    stand between its words. ``days`` are dates (ISO 8601) and the words for them.
    """

    article: str
    span: Span
    sentence: Span
    text: str
    about: frozenset[str]
    own: frozenset[str]
    predicate: str
    figures: tuple[Figure, ...]
    days: tuple[tuple[str, str], ...]
    standing: frozenset[str]
    marks: tuple[frozenset[str], ...]
    said: bool
    headed: bool
    broken: bool
    lede: bool

    @cached_property
    def keys(self) -> frozenset[str]:
        """All of its keys."""
        return self.about | self.own

    @cached_property
    def names(self) -> frozenset[str]:
        """Those of the keys that are names."""
        return frozenset(key for key in self.keys if key.startswith(NAME))

    @property
    def order(self) -> tuple[str, Span, Span]:
        """A full key, free of the order the readings came in."""
        return self.article, self.sentence, self.span


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """The key of a word in lower case: its stem whatever its ending, of irregular verbs the plain form's."""
    return word if is_calendar(word) else topic_stem(plain_form(word))


def narrated_clauses(
    readings: Sequence[Reading], person_map: Mapping[tuple[str, str], str]
) -> tuple[tuple[Clause, ...], Weights]:
    """The clauses of narration, article by article in text order, and how telling their keys are in the story."""
    found: list[Clause] = []
    counted: list[set[str]] = []
    for reading in readings:
        reader = _Reader(reading, person_map)
        counted += [reader.keys(span) for span in reading.sentences]
        seen: set[str] = set()
        for proposition in reading.propositions or [Proposition(s, (s,), s) for s in reading.sentences]:
            clause = reader.clause(proposition)
            if clause is not None and clause.text.casefold() not in seen:
                seen.add(clause.text.casefold())
                found.append(clause)
    return tuple(found), Weights(counted, share_of)


class _Reader:
    """Reads one article's clauses."""

    def __init__(self, reading: Reading, person_map: Mapping[tuple[str, str], str]) -> None:
        names = Names(reading, person_map)
        self.reading, self.names = reading, names
        self.text = reading.article.text
        self.bodies = [b.span for b in reading.article.blocks if b.kind in {"body", "headline", "caption"}]
        self.starts = [start for start, _ in reading.sentences]
        persons = {person.id for person in reading.people if person.kind == "person"}
        # What an office, a document or somebody unnamed says is told, with a credit; what a person says is said.
        self.speaking = [quote for quote in reading.quotes if quote.speaker in persons]
        self.cues = sorted(cue for quote in reading.quotes for cue in quote.cue)
        people = {names.name_of[person.id] for person in reading.people if person.kind == "person"}
        self.doers = [
            (proposition.subject[0], key)
            for proposition in sorted(reading.propositions, key=lambda one: one.subject or one.span)
            if proposition.subject is not None
            for key in sorted(self.keys(proposition.subject) & people)[:1]
        ]
        lede = [s for s in reading.sentences if any(a <= s[0] and s[1] <= b for a, b in self.bodies)][:LEDE]
        self.lede = lede[-1][1] if lede else 0

    def keys(self, span: Span) -> set[str]:
        """The keys of a span that say what it is about."""
        return {key for key, _ in self._placed(span)}

    def _placed(self, span: Span) -> list[tuple[str, Span]]:
        found = []
        for key, at in self.names.words(span):
            if key.startswith(NAME):
                found.append((key, at))
            elif is_content(stem(key)):
                found.append((word_key(key), at))
        return found

    def clause(self, proposition: Proposition) -> Clause | None:
        """The clause that a proposition makes, or None if it is somebody's words or tells nothing."""
        span = proposition.span
        asks = "?" in self.text[span[1] : span[1] + 2]
        if asks or not any(a <= span[0] and span[1] <= b for a, b in self.bodies):
            return None
        size = sum(end - start for start, end in proposition.parts)
        marked = quoted_spans(self.reading.quotes, span, ("direct", "scare"))
        reported = quoted_spans(self.speaking, span, ("indirect", "mixed"))
        if sum(covered(part, marked) for part in proposition.parts) >= SAID * size:
            return None
        saying = any(overlaps(proposition.predicate, cue) for cue in self.cues)
        said = not saying and sum(covered(part, reported) for part in proposition.parts) >= SAID * size
        holes = self._holes(span, [] if said else reported)
        own = frozenset(
            key
            for part in proposition.parts
            for key, at in self._placed(part)
            if not any(overlaps(at, hole) for hole in holes)
        )
        subject = self._subject(proposition)
        own -= subject
        if len(own) < FEWEST or all(key.startswith(NAME) for key in own):
            return None
        return self._made(proposition, subject, own, said)

    def _subject(self, proposition: Proposition) -> frozenset[str]:
        """The keys of who or what a proposition is about; a pronoun stands for the last person who did something."""
        if proposition.subject is None:
            return frozenset()
        if self.text[slice(*proposition.subject)].lower() in PRONOUNS:
            before = [name for at, name in self.doers if at < proposition.subject[0]]
            return frozenset(before[-1:])
        return frozenset(self.keys(proposition.subject))

    def _holes(self, span: Span, reported: Sequence[Span]) -> list[Span]:
        """Spans whose words are not the article's narration: what is quoted, and who is credited."""
        credited = [c.span for c in self.reading.sourcing if c.kind != "document" and c.span != c.covers]
        quoted = quoted_spans(self.reading.quotes, span, ("direct",))
        return [*quoted, *reported, *(credit for credit in credited if overlaps(credit, span))]

    def _made(self, proposition: Proposition, about: frozenset[str], own: frozenset[str], said: bool) -> Clause:
        text, span = self.text, proposition.span
        at = max(0, bisect_right(self.starts, span[0]) - 1)
        subject = proposition.subject
        headed = subject is None or any(overlaps(subject, part) for part in proposition.parts)
        words = [text[slice(*part)] for part in proposition.parts]
        whole = " ".join(words if subject is None or headed else [text[slice(*subject)], *words])
        times = [time for time in self.reading.times if overlaps(time.span, span)]
        dates = [time.span for time in times]
        return Clause(
            article=self.reading.article.id,
            span=span,
            sentence=self.reading.sentences[at] if self.reading.sentences else span,
            text=whole,
            about=about,
            own=own,
            predicate=word_key(text[slice(*proposition.predicate)].lower()),
            figures=tuple(figure for part in proposition.parts for figure in figures(text, part, dates)),
            days=tuple((t.value, text[slice(*t.span)]) for t in times if t.type in {"DATE", "TIME"}),
            standing=_standing(whole),
            marks=tuple(frozenset(word.lower() for word in p.findall(whole)) for p in (_YEAR, _ORDINAL)),
            said=said,
            headed=headed,
            broken=len(proposition.parts) > 1,
            lede=span[1] <= self.lede,
        )


def _standing(text: str) -> frozenset[str]:
    patterns = {"denied": _NEGATION, "planned": _PLANNED, "possible": _POSSIBLE, "hoped": _HOPED}
    return frozenset(name for name, pattern in patterns.items() if pattern.search(text))
