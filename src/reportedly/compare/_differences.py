"""Where the accounts differ: figures, dates, denials, wordings, spellings. Few, but right.

A difference has sides, each with its passages and its value in the passages' own words. Kinds come from steps of their
own, each of which looks only at passages already known to be about one thing:

1. number: matched sentences with figures of one thing that no value fits (`_numbers.conflict`);
2. date: matched sentences, each with one exact day or year, and these are not the same; clauses all but the same that
   give different days (`_same_events`); or reports of one statement that say it was said on different days;
3. denial: a sentence says that something was talked about or done, another of a different source says that it was not;
4. wording: reports of one statement that are the same but for a word or two;
5. spelling: one name in two spellings, of a person or a place;
6. parties: an article gives one source's figure, and in the next sentence another source's: nobody but they disagree;
7. status, place, name: reports of one claim that tell it as alleged and as fact, or name another place or doer
   (`_claim_differences`);
8. label: a word that judges somebody, where others name his office (`_labels`).

What is less precise, or rounded, is no conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import combinations, pairwise

from reportedly._records import Claim, Difference, DifferenceKind, Passage, Reading, Side, Span, Statement, StoryPerson
from reportedly.compare._claim_differences import find_hedged, find_other_names, reported_clauses
from reportedly.compare._clauses import Clause
from reportedly.compare._dated import Dated
from reportedly.compare._denials import find_denials, find_denied_reports
from reportedly.compare._labels import find_labels
from reportedly.compare._matches import TELLING, Match
from reportedly.compare._narration import NAME, Told
from reportedly.compare._numbers import Figure, conflict, counts_as, crowd_words, same_thing
from reportedly.compare._occasions import find_days
from reportedly.compare._similarity import Encoder
from reportedly.compare._spellings import find_place_spellings, find_spellings
from reportedly.compare._wordings import find_wordings
from reportedly.compare._words import Weights, overlaps
from reportedly.group._words import WORD

SHARED_KEYS = 2
"""Telling keys, besides what is counted, that two sentences share whose figures are compared."""
ABOUT_SAME = 0.5
"""Least cosine of two sentences whose figures are compared."""
SHARED_CONTEXT = 4
"""The same, where one verb governs both figures, with the sentences before: "it" stands for something there."""
GATHERED = frozenset({"gathered"})
"""Event of crowds: they are compared where both are called by one word, not by what else the sentences share."""
SCALES = frozenset({"hundred", "thousan", "million", "billion", "trillio"})
"""Words of figures, cut, that are nothing to share."""
STUMP = 7
"""Letters by which words are compared here."""
APART = 4.0
"""Ratio of two figures from which they are of different things or periods, whatever the words."""
SAME_EVENT = 0.75
"""Least cosine of two matched sentences that give one event two days."""
_DAY = re.compile(r"\d{4}(?:-\d\d-\d\d)?$")
_DAY_WORDS = re.compile(
    r"(?:on\s+)?(?:(?:last|this|next)\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|[A-Z][a-z]{2,8}\.?\s+\d|\d{4}$",
    re.IGNORECASE,
)


ORDER: tuple[DifferenceKind, ...] = (
    "number", "date", "place", "name", "denial", "status", "parties", "wording", "spelling", "label",
)  # fmt: skip
"""The kinds in the order of a readout."""


def make_differences(
    readings: Sequence[Reading],
    told: Sequence[Told],
    weights: Weights,
    matches: Sequence[Match],
    encode: Encoder,
    statements: Sequence[Statement],
    claims: Sequence[Claim],
    people: Sequence[StoryPerson],
    conflicts: Sequence[tuple[Dated, Dated]] = (),
    clauses: Sequence[Clause] = (),
) -> tuple[Difference, ...]:
    """Differences by kind, in the order of `ORDER`; within a kind by where their first passage stands."""
    texts = {reading.article.id: reading.article.text for reading in readings}
    place = {reading.article.id: at for at, reading in enumerate(readings)}
    claim_of = _Claimed(claims)
    found: list[Difference] = []
    found += _numbers(told, weights, encode, texts, claim_of)
    found += _dates(told, matches, claim_of)
    found += _days_told(conflicts, found)
    days = find_days(statements, {reading.article.id: reading for reading in readings})
    found += [_difference("date", about, sides) for about, sides in days]
    found += [_difference("denial", about, sides) for about, sides in find_denials(told, weights, texts)]
    found += [_difference("denial", about, sides) for about, sides in find_denied_reports(told, weights, texts)]
    found += [_difference("wording", about, sides) for about, sides in find_wordings(statements, texts)]
    spellings = [*find_spellings(people), *find_place_spellings(people)]
    found += [_difference("spelling", about, sides) for about, sides in spellings]
    found += _parties(told, texts)
    reported = reported_clauses(claims, clauses)
    found += [_difference("status", about, sides) for about, sides in find_hedged(reported)]
    found += [_difference(kind, about, sides) for kind, about, sides in find_other_names(reported, people)]
    found += [_difference("label", about, sides) for about, sides in find_labels(people, readings)]

    def key(difference: Difference) -> tuple[int, int, Span, str]:
        first = difference.sides[0].reports[0]
        return ORDER.index(difference.kind), place[first.article], first.span, difference.id

    return tuple(sorted({difference.id: difference for difference in found}.values(), key=key))


class _Claimed:
    """Where the articles report claims."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._reports: dict[str, list[tuple[Span, str]]] = {}
        for claim in claims:
            for report in claim.reports:
                self._reports.setdefault(report.article, []).append((report.span, claim.id))

    def at(self, article: str, span: Span) -> str:
        """The id of the first claim with a report that overlaps a span; "" if there is none."""
        return next((claim for place, claim in self._reports.get(article, ()) if overlaps(place, span)), "")


def _difference(kind: DifferenceKind, about: str, sides: Iterable[Side]) -> Difference:
    sides = tuple(sides)
    seed = kind + ";".join(f"{report.article}:{report.span}" for side in sides for report in side.reports)
    return Difference("d" + sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:12], kind, about, sides)


def _numbers(
    told: Sequence[Told],
    weights: Weights,
    encode: Encoder,
    texts: Mapping[str, str],
    claim_of: _Claimed,
) -> list[Difference]:
    """Conflicting figures of one thing, one difference per thing: passages with the same value are one side."""
    differences = []
    for cluster in _clusters(_conflicts(told, weights, encode)):
        cluster.sort(key=lambda item: (item[0].article, item[1].span))
        sides: dict[tuple[float, float], list[tuple[Told, Figure]]] = {}
        for item in cluster:
            sides.setdefault((item[1].low, item[1].high), []).append(item)
        named = [found for sentence, figure in cluster if (found := claim_of.at(sentence.article, figure.span))]
        about = named[0] if named else _counted(cluster, texts)
        made = [
            Side(
                tuple(Passage(sentence.article, sentence.span) for sentence, _ in items),
                texts[items[0][0].article][slice(*items[0][1].span)],
            )
            for _, items in sorted(sides.items(), key=lambda side: (-len(side[1]), side[0]))
        ]
        differences.append(_difference("number", about, made))
    return differences


def _counted(cluster: Sequence[tuple[Told, Figure]], texts: Mapping[str, str]) -> str:
    """What all figures of a cluster count, in the words of the first passage that has words for it."""
    shared = set.intersection(*(set(figure.nouns) for _, figure in cluster))
    for sentence, figure in cluster:
        after = WORD.findall(texts[sentence.article], figure.span[1], sentence.span[1])[: len(figure.nouns)]
        found = [word for word in after if counts_as(word) in shared]
        if found:
            return " ".join(found)
    return "the figure"


_Counted = tuple[Told, Figure]


def _clusters(pairs: Iterable[tuple[_Counted, _Counted]]) -> list[list[_Counted]]:
    """Conflicting pairs put together where all their figures count one thing."""
    clusters: list[list[_Counted]] = []
    for pair in pairs:
        home = next((cluster for cluster in clusters if any(item in cluster for item in pair)), None)
        if home is None:
            clusters.append(list(pair))
        elif all(same_thing(item[1], other[1]) for item in pair for other in home):
            home.extend(item for item in pair if item not in home)
    return clusters


def _conflicts(told: Sequence[Told], weights: Weights, encode: Encoder) -> list[tuple[_Counted, _Counted]]:
    """Pairs of conflicting figures of one thing in sentences on one matter, where each counts that thing once."""
    by_noun: dict[str, list[_Counted]] = {}
    for sentence in told:
        for figure in sentence.figures:
            for noun in figure.nouns:
                by_noun.setdefault(noun, []).append((sentence, figure))
    pairs = {
        (one[0].article, one[1].span, other[0].article, other[1].span): (one, other)
        for counted in by_noun.values()
        for one, other in combinations(counted, 2)
        if _comparable(one, other)
    }
    sure = {key for key, (one, other) in pairs.items() if _one_matter(one, other, weights)}
    asked = [key for key in sorted(pairs) if key not in sure and _near_matter(*pairs[key], weights)]
    if asked:
        vectors = encode([sentence.text for key in asked for sentence, _ in pairs[key]])
        sure |= {key for at, key in enumerate(asked) if float(vectors[2 * at] @ vectors[2 * at + 1]) >= ABOUT_SAME}
    return [pairs[key] for key in sorted(sure)]


def _comparable(one: _Counted, other: _Counted) -> bool:
    (here, a), (there, b) = one, other
    if here.article == there.article or not same_thing(a, b) or not conflict(a, b):
        return False
    for sentence, figure in (one, other):
        if any(same_thing(figure, another) for another in sentence.figures if another is not figure):
            return False
    return max(a.low, b.low) <= APART * max(min(a.high, b.high), 1)


def _one_matter(one: _Counted, other: _Counted, weights: Weights) -> bool:
    """Whether two figures are of one matter by their words alone: one verb and one context, or one crowd."""
    (here, a), (there, b) = one, other
    context = _telling(here.keys | here.before, weights, a, b) & _telling(there.keys | there.before, weights, a, b)
    if a.events == b.events == GATHERED:
        return bool(context & crowd_words(STUMP))
    verbs = {verb for verb in a.verbs & b.verbs if weights[verb] > 0}
    return bool(verbs) and len(context) >= SHARED_CONTEXT


def _near_matter(one: _Counted, other: _Counted, weights: Weights) -> bool:
    """Whether two sentences share enough words for their meanings to be compared; every story is full of sums."""
    (here, a), (there, b) = one, other
    if a.is_money or a.events == GATHERED:
        return False
    return len(_telling(here.keys, weights, a, b) & _telling(there.keys, weights, a, b)) >= SHARED_KEYS


def _telling(keys: Iterable[str], weights: Weights, *figures: Figure) -> set[str]:
    """Telling keys besides what is counted, cut to their beginnings: "demonstrated" and "demonstrators" are one."""
    counted = {noun.lstrip("#")[:STUMP] for figure in figures for noun in figure.nouns} | SCALES
    cut = {key if key.startswith(NAME) else key[:STUMP] for key in keys if weights[key] >= TELLING}
    return cut - counted


def _parties(told: Sequence[Told], texts: Mapping[str, str]) -> list[Difference]:
    """Conflicting figures of one thing in successive sentences of an article, each with a source of its own."""
    differences = []
    for one, other in pairwise(told):
        if one.article != other.article or other.position - one.position != 1:
            continue
        sources, against = one.speakers | one.credited, other.speakers | other.credited
        if not sources or not against or sources & against:
            continue
        for a in one.figures:
            for b in other.figures:
                near = max(a.low, b.low) <= APART * max(min(a.high, b.high), 1)
                if near and same_thing(a, b) and conflict(a, b):
                    about = _counted([(one, a), (other, b)], texts)
                    pair = ((one, a), (other, b))
                    made = [
                        Side((Passage(sentence.article, sentence.span),), texts[sentence.article][slice(*figure.span)])
                        for sentence, figure in pair
                    ]
                    differences.append(_difference("parties", about, made))
    return differences


def _dates(told: Sequence[Told], matches: Sequence[Match], claim_of: _Claimed) -> list[Difference]:
    differences = []
    for match in matches:
        one, other = told[match.one], told[match.other]
        if match.cosine < SAME_EVENT:
            continue
        if not (_one_day(one) and _one_day(other)) or one.days[0][0] == other.days[0][0]:
            continue
        if len(one.days[0][0]) != len(other.days[0][0]):
            continue
        about = claim_of.at(one.article, one.span) or claim_of.at(other.article, other.span) or "the day"
        first, second = sorted((one, other), key=lambda sentence: sentence.days[0])
        made = [Side((Passage(s.article, s.span),), s.days[0][1]) for s in (first, second)]
        differences.append(_difference("date", about, made))
    return differences


def _days_told(conflicts: Sequence[tuple[Dated, Dated]], known: Sequence[Difference]) -> list[Difference]:
    """Days that the timeline found in conflict, but for those whose passages stand in a difference of dates already."""
    told = {(r.article, r.span) for d in known if d.kind == "date" for side in d.sides for r in side.reports}
    return [
        _difference(
            "date",
            one.claim or other.claim or "the day",
            [Side((Passage(dated.article, dated.span),), dated.when) for dated in (one, other)],
        )
        for one, other in conflicts
        if not {(one.article, one.span), (other.article, other.span)} & told
    ]


def _one_day(sentence: Told) -> bool:
    """Whether a sentence gives one time, and that is a day or a year which its words name."""
    return len(sentence.days) == 1 and bool(_DAY.match(sentence.days[0][0]) and _DAY_WORDS.match(sentence.days[0][1]))
