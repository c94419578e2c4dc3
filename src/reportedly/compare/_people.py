"""One person per human being across the articles of a story, and one record per organisation and place.

1. names: the same full name, also with another transliteration, a short form, an initial or a misprint (`_names`); the
   best attested spelling founds the record, the others join it and never each other. What one article keeps apart stays
   apart
2. what one article takes for an organisation, a place or a nobody, and others name as a person, is that person
3. a surname alone is the one person whom the story calls so; with several bearers, the one whom its title or its role
   fits, or whom the story means nearly always; else nobody
4. a description ends in a name ("its director, Ana Ruiz"), or is an office that one person in the story holds ("the
   Norwegian minister", learned from another article); every other unnamed speaker stays apart, article by article: two
   anonymous officials are never one person

Organisations and groups join by name, countries by code. A party is the one that most articles give, or the employer's.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from reportedly._records import Mention, PersonKind, Reading, StoryPerson
from reportedly.compare._names import fold
from reportedly.compare._people_clusters import Cluster, Key, cluster
from reportedly.read._parties import country_names, party_of
from reportedly.read._people_data import word_list

OWNER = re.compile(r"(?:^|\s)([^\W\d_][\w-]+)['’]s?\s")
"""Whose somebody is, in a role: "Vik’s adviser"."""

__all__ = ["Key", "merge_people"]


def merge_people(readings: Sequence[Reading]) -> tuple[tuple[StoryPerson, ...], Mapping[Key, str]]:
    """The people of a story, those in most articles first, and the story's id for each article's person.

    The key of the mapping is (article id, the person's id within the article). The result does not depend on the order
    of the readings.
    """
    clusters = cluster(sorted(readings, key=lambda reading: reading.article.id))
    names = {id(found): _name(found) for found in clusters}
    clusters.sort(key=lambda found: (-len(found.articles), -found.weight, names[id(found)], found.members[0].key))
    parties = _parties(clusters)
    ids = _ids(clusters, names)
    people = tuple(_story_person(ids[id(found)], names[id(found)], found, parties.get(id(found))) for found in clusters)
    return people, {member.key: ids[id(found)] for found in clusters for member in found.members}


# ---------------------------------------------------------------- ids


def _ids(clusters: Sequence[Cluster], names: Mapping[int, str]) -> dict[int, str]:
    """Ids made from names; an unnamed one's also from where it stands, since its like stands elsewhere."""
    shared = Counter(_slug(names[id(found)]) for found in clusters if found.kind != "unnamed")
    taken: set[str] = set()
    ids = {}
    for found in clusters:
        slug = identifier = _slug(names[id(found)])
        if found.kind == "unnamed":
            identifier = f"{slug}-{_digest(*found.members[0].key)}"
        elif shared[slug] > 1 and found.kind != "person":
            identifier = f"{slug}-{found.kind}"
        if identifier in taken:
            identifier = f"{identifier}-{_digest(*(part for member in found.members for part in member.key))}"
        taken.add(identifier)
        ids[id(found)] = identifier
    return ids


def _slug(name: str) -> str:
    plain = fold(name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return f"p-{plain}" if plain else f"p-{_digest(name)}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:6]


# ---------------------------------------------------------------- records


def _name(found: Cluster) -> str:
    """The name to show: first name and surname if any gives both; then that of most articles, most used, fullest."""
    kind = found.kind
    members = [member for member in found.members if member.person.kind != "unnamed"] or found.members
    if kind == "place" and found.code is not None:
        known = country_names().get(found.code)
        if any(mention.form == known for mention in _mentions(found)):
            return str(known)
    spread: defaultdict[str, set[str]] = defaultdict(set)
    uses: Counter[str] = Counter()
    for member in members:
        spread[member.person.name].add(member.article)
        uses[member.person.name] += len(member.person.mentions)
    parts = {name: min(len(name.split()), 2) if kind == "person" else 1 for name in spread}
    best = max(parts.values())
    return min(spread, key=lambda name: (parts[name] < best, -len(spread[name]), -uses[name], -len(name), name))


def _roles(found: Cluster) -> tuple[str, ...]:
    """Roles, those in most articles first, then the fullest."""
    spread: defaultdict[str, set[str]] = defaultdict(set)
    for member in found.members:
        for role in member.person.roles:
            spread[" ".join(role.split())].add(member.article)
    return tuple(sorted(spread, key=lambda role: (-len(spread[role]), -len(role.split()), role)))


def _parties(clusters: Sequence[Cluster]) -> dict[int, str]:
    """The party that most articles give, then most mentions; else that of whom somebody works for."""
    parties: dict[int, str] = {}
    for found in clusters:
        spread: defaultdict[str, set[str]] = defaultdict(set)
        uses: Counter[str] = Counter()
        for member in found.members:
            party = member.person.party
            if party is None and found.kind == "person" and member.person.kind == "unnamed":
                party = party_of(member.person.name)
            if party is not None:
                spread[party].add(member.article)
                uses[party] += len(member.person.mentions) or 1
        if spread:
            parties[id(found)] = min(spread, key=lambda party: (-len(spread[party]), -uses[party], party))
    owners: defaultdict[str, set[str | None]] = defaultdict(set)
    for found in clusters:
        if found.kind == "person":
            owners[found.name.last].add(parties.get(id(found)))
    for found in clusters:
        if id(found) not in parties and found.kind == "person":
            named = {owner for role in _roles(found) for owner in _owners(role)}
            sides = {side for word in named if word != found.name.last for side in owners.get(word, set())} - {None}
            if len(sides) == 1:
                parties[id(found)] = str(sides.pop())
    return parties


def _owners(role: str) -> set[str]:
    """Whom a role names as the one worked for: "Vik's lawyer", "an aide to Ms Vik"."""
    return {fold(match.group(1)) for match in (OWNER.search(f" {role}"), _serves().search(role)) if match}


@cache
def _serves() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(word_list('staff')))}) (?:to|for|of) .*?([^\W\d_]+)$")


def _mentions(found: Cluster) -> list[Mention]:
    mentions = {
        (member.article, span): Mention(member.article, span, member.reading.article.text[slice(*span)])
        for member in found.members
        for span in member.person.mentions
    }
    return [mentions[place] for place in sorted(mentions)]


def _story_person(identifier: str, name: str, found: Cluster, party: str | None) -> StoryPerson:
    mentions = _mentions(found)
    forms = Counter(" ".join(mention.form.split()) for mention in mentions)
    kind: PersonKind = found.kind
    return StoryPerson(
        id=identifier,
        name=name,
        kind=kind,
        roles=_roles(found),
        party=party,
        forms=tuple(sorted(forms, key=lambda form: (-forms[form], form))),
        mentions=tuple(mentions),
    )
