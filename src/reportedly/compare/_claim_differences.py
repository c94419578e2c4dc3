"""What differs among the reports of one claim: told as fact or as alleged; another place; somebody else who did it.

Each looks only at clauses already known to report one fact. A place or a doer differs where both clauses have the same
predicate and one name each, and neither article has the other's name at all: "in Sochi" and "in Russia" are no
conflict, nor are two people whom both articles name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from reportedly._records import Claim, DifferenceKind, Passage, Side, StoryPerson
from reportedly.compare._clauses import Clause, word_key
from reportedly.compare._labels import label_words
from reportedly.compare._narration import NAME
from reportedly.group._words import WORD, lower

PLACED = ("in", "at", "near", "outside", "off")
"""Words after which a place is where it happened."""


def reported_clauses(claims: Sequence[Claim], clauses: Sequence[Clause]) -> dict[str, list[Clause]]:
    """The clauses of each claim's reports, by its id, in their order."""
    at = {(clause.article, clause.span): clause for clause in clauses}
    return {claim.id: [at[r.article, r.span] for r in claim.reports if (r.article, r.span) in at] for claim in claims}


def find_hedged(reported: Mapping[str, Sequence[Clause]]) -> Iterator[tuple[str, tuple[Side, Side]]]:
    """Claims that one article tells as alleged and another as fact, with a side for each."""
    for claim, clauses in reported.items():
        hedged = {clause.article: (clause, match) for clause in clauses if (match := _hedging().search(clause.text))}
        keys = frozenset(word_key(lower(match.group(2))) for _, match in hedged.values() if match.group(2))
        # "The alleged attack" is nobody's doubt of what else is told; what a clause asserts is its predicate.
        plain = [c for c in clauses if c.article not in hedged and not c.said and c.headed and c.predicate in keys]
        credited = {clause.article for clause in plain if "possible" in clause.standing or "denied" in clause.standing}
        plain = [clause for clause in plain if clause.article not in credited]
        if hedged and plain:
            _, first = next(iter(hedged.values()))
            yield (
                claim,
                (
                    Side(tuple(Passage(clause.article, clause.span) for clause, _ in hedged.values()), first.group(1)),
                    Side(tuple(Passage(clause.article, clause.span) for clause in plain), _word_of(plain[0], keys)),
                ),
            )


@cache
def _hedging() -> re.Pattern[str]:
    """A hedge, and the word that it hedges."""
    return re.compile(rf"(?<![\w-])({'|'.join(label_words('hedges'))})(?![\w-])\s*([\w’'-]*)", re.IGNORECASE)


def _word_of(clause: Clause, keys: frozenset[str]) -> str:
    """The word of a clause that has one of the keys."""
    return next((str(word) for word in WORD.findall(clause.text) if word_key(lower(word)) in keys), clause.text)


def find_other_names(
    reported: Mapping[str, Sequence[Clause]], people: Sequence[StoryPerson]
) -> Iterator[tuple[DifferenceKind, str, tuple[Side, Side]]]:
    """Claims of which two articles name another place or another doer: the kind, the claim, and a side for each."""
    named = {NAME + person.id: person for person in people}
    held: dict[str, set[str]] = defaultdict(set)
    for person in people:
        for mention in person.mentions:
            held[mention.article].add(NAME + person.id)
    for claim, clauses in reported.items():
        for one, other in combinations([clause for clause in clauses if not clause.said], 2):
            if one.article == other.article or one.predicate != other.predicate:
                continue
            for kind, name_of in NAMED:
                mine, theirs = name_of(one, named), name_of(other, named)
                if not mine or not theirs or mine == theirs or mine in held[other.article]:
                    continue
                if theirs not in held[one.article]:
                    sides = _named_side(one, named[mine]), _named_side(other, named[theirs])
                    yield kind, claim, sides


def _place(clause: Clause, people: Mapping[str, StoryPerson]) -> str:
    """The one place where a clause says that it happened, if it is no country; "" if there is none or several."""
    places = [key for key in clause.own if key in people and people[key].kind == "place" and people[key].party is None]
    if len(places) != 1:
        return ""
    forms = "|".join(re.escape(form) for form in people[places[0]].forms)
    return places[0] if re.search(rf"\b(?:{'|'.join(PLACED)}) (?:{forms})\b", clause.text) else ""


def _doer(clause: Clause, people: Mapping[str, StoryPerson]) -> str:
    """The one person or body whom a clause is about."""
    names = [key for key in clause.about if key in people and people[key].kind in {"person", "organisation"}]
    return names[0] if len(names) == 1 and clause.headed else ""


def _named_side(clause: Clause, person: StoryPerson) -> Side:
    form = next((form for form in person.forms if form in clause.text), person.name)
    return Side((Passage(clause.article, clause.span),), form)


NAMED: tuple[tuple[DifferenceKind, Callable[[Clause, Mapping[str, StoryPerson]], str]], ...] = (
    ("place", _place),
    ("name", _doer),
)
"""What a clause names once, by the kind of difference that another name makes."""
