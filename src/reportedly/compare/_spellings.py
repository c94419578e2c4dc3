"""Names that articles spell differently: transliterations and misprints. Of use to an editor, of no great weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz.distance import DamerauLevenshtein

from reportedly._letters import unaccented
from reportedly._records import Passage, Side, StoryPerson
from reportedly.group._words import WORD

SHORTEST = 5
"""Letters of a name below which one letter more or less is another name."""
EDITS = 2
"""Most letters by which two spellings of one name differ."""


def find_spellings(people: Sequence[StoryPerson]) -> Iterator[tuple[str, tuple[Side, ...]]]:
    """For each person whose name stands in two spellings: the id, and a side for each spelling."""
    for person in people:
        if person.kind != "person":
            continue
        where: dict[str, dict[str, Passage]] = {}
        for mention in person.mentions:
            for match in WORD.finditer(mention.form):
                word = match.group().removesuffix("'s").removesuffix("’s")
                if len(word) >= SHORTEST and word[0].isupper():
                    where.setdefault(word, {}).setdefault(mention.article, Passage(mention.article, mention.span))
        for one, other in combinations(sorted(where, key=lambda word: (-len(where[word]), word)), 2):
            if _spelled(one, other) and not any(_holds(m.form, one) and _holds(m.form, other) for m in person.mentions):
                yield (
                    person.id,
                    tuple(
                        Side(tuple(where[word][article] for article in sorted(where[word])), word)
                        for word in (one, other)
                    ),
                )


def _holds(form: str, word: str) -> bool:
    return word in WORD.findall(form)


def _plain(word: str) -> str:
    """The word in small letters without accents: to print none is a habit of the house, not another spelling."""
    return unaccented(word).casefold()


def _spelled(one: str, other: str, edits: int = EDITS) -> bool:
    one, other = _plain(one), _plain(other)
    if one == other or one[0] != other[0] or one + "s" == other or other + "s" == one:
        return False
    return DamerauLevenshtein.distance(one, other, score_cutoff=edits) <= edits


def find_place_spellings(people: Sequence[StoryPerson]) -> Iterator[tuple[str, tuple[Side, ...]]]:
    """For each place that an article writes with a letter otherwise than others do: the place, and the two sides.

    Countries are left out, since their names are near each other ("Iraq", "Iran"), and so is whatever one article
    writes both ways.
    """
    places = [person for person in people if person.kind == "place" and person.party is None]
    for slip in places:
        articles = {mention.article for mention in slip.mentions}
        if len(articles) != 1 or len(slip.name) < SHORTEST:
            continue
        for place in places:
            others = {mention.article for mention in place.mentions}
            more = len(place.mentions) > len(slip.mentions) and not others & articles
            if more and _spelled(slip.name, place.name, 1):
                yield place.id, tuple(_by_article(person) for person in (place, slip))


def _by_article(person: StoryPerson) -> Side:
    first = {mention.article: Passage(mention.article, mention.span) for mention in reversed(person.mentions)}
    return Side(tuple(first[article] for article in sorted(first)), person.name)
