"""Finds what a story's statements and facts are about, from the texts, with labels in the texts' own words.

Candidates are the terms of the articles (noun phrases), the places, organisations and documents they name, and their
section headings. A candidate covers a statement when the statement's words, or the sentence it stands in, hold all of
its words, or when it stands in the section whose heading the candidate is. Issues are then chosen greedily, each the
one that covers most of what is not yet covered, weighted by how telling it is and by how many outlets use it, as in
budgeted maximum coverage (Khuller, Moss and Naor 1999): so the issues divide the story rather than repeat its headline.
Candidates that cover nearly the same statements, or that share their rarest word, are one issue under the best label.

People are no issues, nor are the sides the story is between, nor the meeting, statement or interview as such
(``data/occasions.toml``). What no issue covers has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from reportedly._records import Claim, Issue, Reading, Report, Span, Statement, StoryPerson
from reportedly.compare._narration import body_sentences
from reportedly.compare._similarity import Encoder
from reportedly.compare._topics import PARTY, Candidate, find_topics, share_of, topic_tokens
from reportedly.compare._words import overlaps

MOST, SPARE = 12, 4
"""Issues of a story, and how many more are looked at, since some turn out to have too little."""
PER_STATEMENT = 2
"""Issues of a statement."""
FEWEST, FEWEST_NAMED = 2.0, 1.5
"""Statements and claims not yet covered that an issue has to add; with a heading for it, one, or any that name it."""
MANY, FEWEST_OF_MANY = 40, 3
"""Statements and claims of a story that has so many that an issue with fewer than this is a detail, not an issue."""
OFTEN = 4
"""Uses in one article that make up for there being no other article that has the word."""
SYNONYMS = 0.6
"""Cosine of two labels with a word in common from which they are one issue: "vote fraud" and "election fraud"."""
MAIN_SIDE = 0.2
"""Share of the statements from which a party is one the story is between."""
OPENING = 3
"""Body sentences of an article that tell where, and between whom, it happens."""
UBIQUITOUS = 0.35
"""Share of all units from which a candidate is what the story is about, not an issue in it."""
SAME_UNITS = 0.6
"""Jaccard overlap of the units two candidates cover from which they are one issue."""
HEADING = 2.0
"""Factor for a candidate that is a section's heading: an editor's own division of the story."""
NAMED = 1.3
"""Factor for a place, an organisation or a document."""
SECTION = 5
"""Paragraphs for which a heading speaks: outlets set one over the next remark, and none where that subject ends."""
INSIDE, BESIDE, UNDER = 1.0, 0.5, 0.3
"""How much it counts whether a candidate stands in what was said, beside it in the sentence, or in the heading."""


@dataclass(frozen=True)
class _Unit:
    """A statement or a claim: words inside it, beside it in its sentences, over it in headings; its articles."""

    id: str
    inside: frozenset[str]
    beside: frozenset[str]
    over: frozenset[str]
    articles: frozenset[str]


def make_issues(
    readings: Sequence[Reading],
    statements: Sequence[Statement],
    claims: Sequence[Claim],
    people: Sequence[StoryPerson],
    encode: Encoder,
) -> tuple[tuple[Issue, ...], tuple[Statement, ...]]:
    """The issues, those with most statements first, and the statements with the ids of their issues (at most two)."""
    units = [*_statement_units(readings, statements), *_claim_units(readings, claims)]
    sides = _sides(readings, statements, people, units)
    candidates = find_topics(readings, people, sides)
    _cover(candidates, units)
    chosen = _choose(candidates, units, encode)
    assigned = _assign(chosen, units)
    issues = tuple(sorted((_issue(c, assigned[at], statements, claims) for at, c in enumerate(chosen)), key=_order))
    least = FEWEST_OF_MANY if len(units) >= MANY else 1
    kept = tuple(issue for issue in issues if len(issue.statements) + len(issue.claims) >= least)[:MOST]
    of: dict[str, list[str]] = {}
    for issue in kept:
        for statement in issue.statements:
            of.setdefault(statement, []).append(issue.id)
    return kept, tuple(replace(statement, issues=tuple(of.get(statement.id, ()))) for statement in statements)


def _order(issue: Issue) -> tuple[int, int, str]:
    return -len(issue.statements), -len(issue.claims), issue.label


# ---------------------------------------------------------------- units


class _Surroundings:
    """Finds, for a span of an article, the sentences it stands in and the heading over it."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = {reading.article.id: reading for reading in readings}

    def beside(self, article: str, span: Span) -> frozenset[str]:
        reading = self.readings[article]
        text = reading.article.text
        return frozenset().union(*(topic_tokens(text, s) for s in reading.sentences if overlaps(s, span)))

    def sentence(self, article: str, span: Span) -> Span:
        """The first sentence that a span stands in."""
        return next((s for s in self.readings[article].sentences if overlaps(s, span)), span)

    def over(self, article: str, span: Span) -> frozenset[str]:
        reading = self.readings[article]
        before = [block for block in reading.article.blocks if block.span[1] <= span[0]]
        heading = max((at for at, block in enumerate(before) if block.kind == "heading"), default=None)
        if heading is None or sum(block.kind == "body" for block in before[heading:]) >= SECTION:
            return frozenset()
        return topic_tokens(reading.article.text, before[heading].span)


def _statement_units(readings: Sequence[Reading], statements: Sequence[Statement]) -> list[_Unit]:
    around = _Surroundings(readings)

    def inside(report: Report) -> frozenset[str]:
        text = around.readings[report.article].article.text
        return frozenset().union(*(topic_tokens(text, span) for span in report.content))

    return [
        _Unit(
            statement.id,
            frozenset().union(*(inside(report) for report in statement.reports)),
            frozenset().union(*(around.beside(r.article, span) for r in statement.reports for span in r.content)),
            frozenset().union(*(around.over(r.article, span) for r in statement.reports for span in r.content[:1])),
            frozenset(report.article for report in statement.reports),
        )
        for statement in statements
    ]


def _claim_units(readings: Sequence[Reading], claims: Sequence[Claim]) -> list[_Unit]:
    around = _Surroundings(readings)
    units = []
    told: set[tuple[tuple[str, Span], ...]] = set()
    for claim in claims:
        # Several facts of the same sentences are one thing to be about.
        places = tuple((r.article, around.sentence(r.article, r.span)) for r in claim.reports)
        if places in told:
            continue
        told.add(places)
        each = [topic_tokens(around.readings[article].article.text, span) for article, span in places]
        # What only one of the outlets mentions in its sentence is not what the claim is about.
        held = Counter(word for stems in each for word in stems)
        shared = frozenset(word for word, n in held.items() if n >= ceil(len(each) / 2) and n > 1)
        units.append(_Unit(claim.id, shared, frozenset(), frozenset(), frozenset(r.article for r in claim.reports)))
    return units


def _sides(
    readings: Sequence[Reading],
    statements: Sequence[Statement],
    people: Sequence[StoryPerson],
    units: Sequence[_Unit],
) -> frozenset[str]:
    """Tokens of what the story is between, and where it takes place: none of it is an issue in the story.

    These are the parties whose people speak most, those whose offices most articles name, the countries that many units
    and most openings name, and the places that most openings name.
    """
    spoken = Counter(statement.party for statement in statements if statement.party)
    main = {party for party, n in spoken.items() if n >= MAIN_SIDE * len(statements)}
    named = Counter(token for unit in units for token in unit.inside | unit.beside if token.startswith(PARTY))
    openings = Counter(token for reading in readings for token in _opening(reading))
    seated = Counter(
        party
        for reading in readings
        for party in {person.party for person in reading.people if person.kind == "organisation" and person.party}
    )
    main |= {party for party, n in seated.items() if 2 * n >= len(readings)}
    sides = {PARTY + party for party in main}
    sides |= {
        token for token, n in named.items() if n >= MAIN_SIDE * len(units) and 2 * openings[token] >= len(readings)
    }
    for person in people:
        tokens = {token for form in person.forms for token in topic_tokens(form, (0, len(form)))}
        if person.kind in {"organisation", "group"} and person.party in main:
            sides |= tokens
        if person.kind == "place" and all(2 * openings[token] >= len(readings) > 1 for token in tokens):
            sides |= tokens
    return frozenset(sides)


def _opening(reading: Reading) -> frozenset[str]:
    """Tokens of an article's headline, dateline and first sentences."""
    text = reading.article.text
    found = [
        topic_tokens(text, block.span) for block in reading.article.blocks if block.kind in {"headline", "dateline"}
    ]
    found += [topic_tokens(text, sentence) for sentence in body_sentences(reading)[:OPENING]]
    return frozenset().union(*found)


# ---------------------------------------------------------------- choice


def _cover(candidates: Sequence[Candidate], units: Sequence[_Unit]) -> None:
    holding: dict[str, set[int]] = {}
    for at, unit in enumerate(units):
        for token in unit.inside | unit.beside | unit.over:
            holding.setdefault(token, set()).add(at)
    for candidate in candidates:
        (key,) = candidate.keys
        for at in sorted(set.intersection(*(holding.get(token, set()) for token in key))):
            unit = units[at]
            how = INSIDE if key <= unit.inside else BESIDE if key <= unit.inside | unit.beside else UNDER
            candidate.covers[unit.id] = how


def _worth(candidate: Candidate, articles: int) -> float:
    """Weight of a covered unit: rarer words tell more; a heading and a name are what people call a subject."""
    rare = 1.0 - min(share_of(word) for word in candidate.keys[0]) * 4
    spread = sqrt(len(candidate.articles) / max(articles, 1))
    return max(rare, 0.2) * spread * (HEADING if candidate.heading else 1.0) * (NAMED if candidate.named else 1.0)


def _choose(candidates: Sequence[Candidate], units: Sequence[_Unit], encode: Encoder) -> list[Candidate]:
    """Issues by greedy weighted coverage, merged with those that come to the same."""
    articles = len({article for unit in units for article in unit.articles})
    most = max(UBIQUITOUS * len(units), 3)
    left = {unit.id: 1.0 for unit in units}
    size = {unit.id: sqrt(len(unit.articles)) for unit in units}
    open_ = [c for c in candidates if len(c.covers) <= most and _worth_it(c, c.covers, articles)]
    vectors = dict(zip((c.keys[0] for c in open_), encode([c.label for c in open_]), strict=True))

    def gain(candidate: Candidate) -> float:
        new = sum(left[unit] * size[unit] * how for unit, how in sorted(candidate.covers.items()))
        return round(new * _worth(candidate, articles), 9)

    chosen: list[Candidate] = []
    while open_ and len(chosen) < MOST + SPARE:
        best = max(open_, key=lambda c: (gain(c), -len(c.keys[0]), sorted(c.keys[0])))
        open_.remove(best)
        twin = next((c for c in chosen if _one_issue(c, best, vectors)), None)
        if twin is not None:
            _merge(twin, best)
        elif _worth_it(best, {unit: left[unit] * how for unit, how in best.covers.items()}, articles):
            chosen.append(best)
        else:
            continue
        for unit, how in best.covers.items():
            left[unit] *= 1 - 0.9 * how
    return chosen


def _worth_it(candidate: Candidate, added: Mapping[str, float], articles: int) -> bool:
    """Whether a candidate covers enough, and more than one article calls it that."""
    inside = sum(how >= INSIDE for how in candidate.covers.values())
    if inside == 0:
        return False
    if candidate.heading:
        return inside >= FEWEST or sum(added.values()) >= 1
    spread = len(candidate.articles) >= min(2, articles) or len(candidate.passages) >= OFTEN
    return spread and sum(added.values()) >= (FEWEST_NAMED if candidate.named else FEWEST)


def _one_issue(one: Candidate, other: Candidate, vectors: Mapping[frozenset[str], NDArray[np.float32]]) -> bool:
    """Whether two candidates come to the same: one's words in the other's, nearly the same units, or one meaning."""
    if any(a <= b or b <= a for a in one.keys for b in other.keys):
        return True
    both, either = one.covers.keys() & other.covers.keys(), one.covers.keys() | other.covers.keys()
    if len(both) >= SAME_UNITS * len(either):
        return True
    related = any(a & b for a in one.keys for b in other.keys)
    return related and max(float(vectors[a] @ vectors[other.keys[0]]) for a in one.keys if a in vectors) >= SYNONYMS


def _merge(kept: Candidate, other: Candidate) -> None:
    kept.forms.update(other.forms)
    kept.heading = kept.heading or other.heading
    kept.keys.extend(other.keys)
    kept.passages.extend(other.passages)
    kept.articles |= other.articles
    for unit, how in other.covers.items():
        kept.covers[unit] = max(how, kept.covers.get(unit, 0.0))


def _assign(chosen: Sequence[Candidate], units: Sequence[_Unit]) -> dict[int, set[str]]:
    """For each issue by its place, the ids of the units it has: at most two issues to a unit, those nearest to it."""
    assigned: dict[int, set[str]] = {at: set() for at in range(len(chosen))}
    size = [sum(how >= INSIDE for how in c.covers.values()) for c in chosen]
    for unit in units:
        ranked = sorted((-c.covers[unit.id], size[at], at) for at, c in enumerate(chosen) if unit.id in c.covers)
        nearest = [(how, at) for how, _, at in ranked if how == ranked[0][0]]
        if len(nearest) > PER_STATEMENT and -nearest[0][0] < INSIDE:
            continue  # a sentence that lists subjects beside what was said
        for _, at in nearest[:PER_STATEMENT]:
            assigned[at].add(unit.id)
    return assigned


def _issue(candidate: Candidate, units: set[str], statements: Sequence[Statement], claims: Sequence[Claim]) -> Issue:
    label = candidate.label
    passages = sorted(set(candidate.passages), key=lambda passage: (passage.article, passage.span))
    return Issue(
        id="i" + sha256(label.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:12],
        label=label,
        statements=tuple(statement.id for statement in statements if statement.id in units),
        claims=tuple(claim.id for claim in claims if claim.id in units),
        passages=tuple(passages),
    )
