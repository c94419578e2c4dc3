"""One person per human being across the articles of a story.

1. the same full name, also misspelt, transliterated otherwise or with an initial for the first name
2. a surname alone goes to the one full name of that surname in the story; with two bearers of it, to nobody
3. a definite description ("the Norwegian minister") goes to the one person whose roles, learned from all the articles,
   hold its words
4. every other unnamed speaker stays apart, article by article: two anonymous officials are never one person

Organisations, places and groups join by their names, countries by their codes. The party is the one that most mentions
give, so an article that says only "Vik" learns it from the others.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from reportedly._records import Mention, Person, Reading, StoryPerson
from reportedly.read._parties import party_of
from reportedly.read._roster import Roster

Key = tuple[str, str]
"""Article id and the person's id within the article."""

LONG_NAME = 6
"""Letters from which a surname may differ by one letter, and at twice which by two, and be the same: shorter names that
differ by a letter (Khan, Kahn) are as often two people."""
INDEFINITE = re.compile(
    r"^(?:an?|one|another|some|several|many|most|two|three|four|five|six|both|other|more|few|no|any|each|every)\b",
    re.IGNORECASE,
)
SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}


@dataclass
class _Cluster:
    """People of the articles who are one."""

    kind: str
    words: tuple[str, ...]
    members: list[tuple[Reading, Person]] = field(default_factory=list)

    @property
    def weight(self) -> int:
        return sum(len(person.mentions) for _, person in self.members)


def merge_people(readings: Sequence[Reading]) -> tuple[tuple[StoryPerson, ...], Mapping[Key, str]]:
    """The people of a story, most mentioned first, and the story's id for each article's person.

    The result does not depend on the order of the readings.
    """
    readings = sorted(readings, key=lambda reading: reading.article.id)
    clusters = _named(readings)
    clusters += _unnamed(readings, clusters)
    clusters.sort(
        key=lambda c: (-len({r.article.id for r, _ in c.members}), -c.weight, _name(c), c.members[0][0].article.id)
    )
    people, found = [], {}
    taken: Counter[str] = Counter()
    for cluster in clusters:
        slug = _slug(_name(cluster))
        taken[slug] += 1
        identifier = slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"
        people.append(_story_person(identifier, cluster))
        found.update({(reading.article.id, person.id): identifier for reading, person in cluster.members})
    return tuple(people), found


# ---------------------------------------------------------------- names


def _words(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: no diacritics, no case, one transliteration."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower().replace(".", "").replace("’", "'")
    plain = re.sub(r"'s\b", "", plain)
    words = [word for word in re.split(r"[\s\-]+", plain) if word and word not in SUFFIXES and word != "the"]
    return tuple(_transliterated(word) for word in words)


def _transliterated(word: str) -> str:
    """One spelling for the ways in which Cyrillic names are written: Sergei and Sergey, Zelenskiy and Zelensky."""
    for pattern, plain in (
        (r"(?:iy|ii|yi|yy|ij)$", "y"),
        (r"(?<=[aeou])[iy]$", "y"),
        (r"ks", "x"),
        (r"w", "v"),
        (r"ph", "f"),
    ):
        word = re.sub(pattern, plain, word)
    return word


def _same_surname(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter = min(len(one), len(other))
    allowed = 2 if shorter >= 2 * LONG_NAME else 1 if shorter >= LONG_NAME else 0
    return bool(allowed) and one[0] == other[0] and OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _same_first(one: str, other: str) -> bool:
    """Whether two first names may be one person's: equal, an initial, or a short form that begins alike."""
    if one == other or (one[0] == other[0] and min(len(one), len(other)) == 1):
        return True
    shorter, longer = sorted((one, other), key=len)
    return (len(shorter) >= 3 and longer.startswith(shorter)) or (len(shorter) >= 5 and OSA.distance(one, other) <= 1)


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names are one: surnames agree and first names do not contradict."""
    return _same_surname(one[-1], other[-1]) and _same_first(one[0], other[0])


# ---------------------------------------------------------------- clusters


def _named(readings: Sequence[Reading]) -> list[_Cluster]:
    everyone = [(reading, person) for reading in readings for person in reading.people if person.kind != "unnamed"]
    # The best attested spelling founds a cluster, so that a misprint joins it and not the other way round.
    attested = Counter(_words(person.name) for _, person in everyone for _ in person.mentions)
    everyone.sort(
        key=lambda item: (
            -len(_words(item[1].name)),
            -attested[_words(item[1].name)],
            item[1].name,
            item[0].article.id,
            item[1].id,
        )
    )
    people: list[_Cluster] = []
    others: dict[tuple[str, str], _Cluster] = {}
    for reading, person in everyone:
        words = _words(person.name)
        if not words:
            continue
        if person.kind == "person":
            _join(people, words, reading, person)
        else:
            key = (person.kind, person.party if person.kind == "place" and person.party else " ".join(words))
            others.setdefault(key, _Cluster(person.kind, words)).members.append((reading, person))
    return [*people, *others.values()]


def _join(people: list[_Cluster], words: tuple[str, ...], reading: Reading, person: Person) -> None:
    """Put a person of one article to the cluster that is the same human being, or begin one."""
    if len(words) > 1:
        same = [c for c in people if len(c.words) > 1 and _same_name(c.words, words)]
    else:
        same = [c for c in people if _same_surname(c.words[-1], words[0])]
        full = [c for c in same if len(c.words) > 1]
        same = full if len(full) == 1 else [c for c in same if c.words == words] if not full else []
    same.sort(key=lambda c: (c.words[-1] != words[-1], -c.weight))
    clash = any(reading.article.id == other.article.id for c in same[:1] for other, _ in c.members) and len(words) > 1
    if same and not (clash and same[0].words[0] != words[0]):
        same[0].members.append((reading, person))
    else:
        people.append(_Cluster("person", words, [(reading, person)]))


def _unnamed(readings: Sequence[Reading], clusters: Sequence[_Cluster]) -> list[_Cluster]:
    """Clusters of those that stay unnamed; the others join the person whom their description means."""
    named = [cluster for cluster in clusters if cluster.kind == "person"]
    roster = Roster(tuple(_as_person(number, cluster) for number, cluster in enumerate(named)))
    left = []
    for reading in readings:
        for person in reading.people:
            if person.kind != "unnamed":
                continue
            definite = not INDEFINITE.match(person.name) and not person.name.lower().endswith("s")
            meant = roster.resolve_description(person.name) if definite else None
            if meant is not None:
                named[int(meant)].members.append((reading, person))
            else:
                left.append(_Cluster("unnamed", _words(person.name), [(reading, person)]))
    return left


def _as_person(number: int, cluster: _Cluster) -> Person:
    return Person(str(number), _name(cluster), "person", _roles(cluster), (), _party(cluster))


# ---------------------------------------------------------------- records


def _name(cluster: _Cluster) -> str:
    """The fullest name that most articles give, in its most used spelling."""
    named = [(reading, person) for reading, person in cluster.members if person.kind != "unnamed"] or cluster.members
    counts: Counter[str] = Counter()
    for _, person in named:
        counts[person.name] += len(person.mentions) + 1
    longest = min(max(len(_words(name)) for name in counts), 3)
    return min(counts, key=lambda name: (min(len(_words(name)), 3) < longest, -counts[name], name))


def _roles(cluster: _Cluster) -> tuple[str, ...]:
    counts = Counter(role for _, person in cluster.members for role in person.roles)
    spread = {role: len({r.article.id for r, p in cluster.members if role in p.roles}) for role in counts}
    return tuple(sorted(counts, key=lambda role: (-spread[role], -len(role.split()), role)))


def _party(cluster: _Cluster) -> str | None:
    """The party that most mentions give; an unnamed speaker's from its description."""
    counts: Counter[str] = Counter()
    for _, person in cluster.members:
        party = person.party or (party_of(person.name) if person.kind == "unnamed" else None)
        if party is not None:
            counts[party] += len(person.mentions) or 1
    return min(counts, key=lambda party: (-counts[party], party)) if counts else None


def _story_person(identifier: str, cluster: _Cluster) -> StoryPerson:
    found = [
        Mention(reading.article.id, span, reading.article.text[slice(*span)])
        for reading, person in cluster.members
        for span in person.mentions
    ]
    mentions = sorted(found, key=lambda mention: (mention.article, mention.span))
    forms = Counter(" ".join(mention.form.split()) for mention in mentions)
    kind = cluster.kind
    return StoryPerson(
        id=identifier,
        name=_name(cluster),
        kind=kind,  # type: ignore[arg-type]
        roles=_roles(cluster),
        party=_party(cluster),
        forms=tuple(sorted(forms, key=lambda form: (-forms[form], form))),
        mentions=tuple(mentions),
    )


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    return f"p-{plain}" if plain else "p-x" + format(sum(map(ord, name)), "x")
