"""Which entries of the articles' people are one: see `_people`, whose steps these are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from reportedly._records import Person, PersonKind, Reading
from reportedly.compare._names import (
    Name,
    fold,
    honorifics,
    idle_words,
    is_misprint,
    lone_offices,
    parse,
    ranks,
    same_name,
    same_surname,
)
from reportedly.read._parties import countries, party_of
from reportedly.read._roster import Roster

Key = tuple[str, str]
"""Article id and the person's id within the article."""

MEANT = 10
"""Times a story has to mean one bearer of a surname for each time it means another, for the bare surname to be him in
an article that names neither: where a family is in the news both are named again and again."""
RARE, FREQUENT = 2, 3
"""Mentions that a misprinted bare surname has at most, and that the right spelling has at least."""
INDEFINITE = re.compile(
    r"^(?:an?|one|another|some|several|many|most|two|three|four|five|six|both|other|more|few|no|any|each|every|all|his|her|"
    r"their|its|our|my|\d)\b",
    re.IGNORECASE,
)
LOCATED = re.compile(r"\b(?:in|at|from|near|outside|around|across|throughout|off|the|uss|hms)\s+$", re.IGNORECASE)
BEFORE = re.compile(r"([^\W\d_]+)\.?\s+$")
TAIL_BREAKERS = re.compile(r"\b(?:of|for|to|by|with|and|or|from|about|against|on|in|at|who|that|said|says)\b")


@dataclass(frozen=True, slots=True)
class Member:
    """An entry of an article. ``kind`` is what the story takes it for, ``person.kind`` what the article does."""

    reading: Reading
    person: Person
    kind: PersonKind
    name: Name
    speaks: bool

    @property
    def article(self) -> str:
        """The article's id."""
        return self.reading.article.id

    @property
    def key(self) -> Key:
        """Article id and the person's id within the article."""
        return self.article, self.person.id

    @property
    def weight(self) -> int:
        """How often it is mentioned, at least 1."""
        return max(1, len(self.person.mentions))


@dataclass(eq=False)
class Cluster:
    """Entries that are one. ``name`` is the founder's; ``code`` a country's, for a country."""

    kind: PersonKind
    name: Name
    members: list[Member] = field(default_factory=list)
    code: str | None = None

    @property
    def articles(self) -> set[str]:
        """Ids of the articles."""
        return {member.article for member in self.members}

    @property
    def weight(self) -> int:
        """Mentions in all articles."""
        return sum(member.weight for member in self.members)


def cluster(readings: Sequence[Reading]) -> list[Cluster]:
    """The clusters of all people of the readings, in no particular but a fixed order."""
    members = _members(readings)
    members = _as_people(members)
    named = _full_names([member for member in members if member.kind == "person" and member.name.full])
    bare = [member for member in members if member.kind == "person" and not member.name.full]
    people = named + _bare_names(bare, named)
    others = _others([member for member in members if member.kind not in ("person", "unnamed")])
    return people + others + _unnamed([member for member in members if member.kind == "unnamed"], people)


def _members(readings: Sequence[Reading]) -> list[Member]:
    members = []
    for reading in readings:
        speakers = {quote.speaker for quote in reading.quotes}
        people = sorted(reading.people, key=lambda person: person.id)
        members += [Member(reading, p, p.kind, parse(p.name), p.id in speakers) for p in people]
    return members


# ---------------------------------------------------------------- kinds


def _as_people(members: Sequence[Member]) -> list[Member]:
    """The members, with those as people whom the story knows as such, whatever their article took them for."""
    full = {m.name.words for m in members if m.kind == "person" and m.name.full}
    bearers: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for words in full:
        bearers[words[-1]].add(words)
    bare = Counter[str]()
    for member in members:
        if member.kind == "person":
            bare[member.name.last] += member.weight
    return [replace(m, kind="person") if _is_known(m, full, bearers, bare) else m for m in members]


def _is_known(
    member: Member, full: Iterable[tuple[str, ...]], bearers: Mapping[str, set[tuple[str, ...]]], bare: Counter[str]
) -> bool:
    if member.kind == "person" or not member.name.words or not member.person.name[:1].isupper():
        return False
    if member.name.words in full:
        return not _is_located(member)
    single = member.name.words[0] if len(member.name.words) == 1 else None
    if single is None or single not in bearers or _country_code(member.person.name) is not None:
        return False
    acts = member.speaks or bool(member.person.roles) or _titles(member) != set()
    return (acts or bare[single] >= FREQUENT) and not _is_located(member)


def _is_located(member: Member) -> bool:
    """Whether the words before half of the mentions say where: "in Washington", or "the" as before a ship."""
    text = member.reading.article.text
    where = sum(bool(LOCATED.search(text[max(0, start - 16) : start])) for start, _ in member.person.mentions)
    return where * 2 >= member.weight


def _titles(member: Member) -> set[str]:
    """Genders that honorifics before the mentions show."""
    text = member.reading.article.text
    found = set()
    for start, _ in member.person.mentions:
        before = BEFORE.search(text[max(0, start - 16) : start])
        if before is not None and before.group(1).lower() in honorifics():
            found.add(honorifics()[before.group(1).lower()])
    return found


# ---------------------------------------------------------------- people


def _full_names(members: Sequence[Member]) -> list[Cluster]:
    """People with first name and surname."""
    by_name: defaultdict[Name, list[Member]] = defaultdict(list)
    for member in members:
        by_name[member.name].append(member)

    def rank(name: Name) -> tuple[bool, bool, int, int, Name]:
        found = by_name[name]
        spread, uses = len({m.article for m in found}), sum(m.weight for m in found)
        return len(name.first) == 1, bool(name.suffix), -spread, -uses, name

    apart = _suffixes_apart(by_name)
    clusters: list[Cluster] = []
    blocks: defaultdict[str, list[Cluster]] = defaultdict(list)
    for name in sorted(by_name, key=rank):
        block = blocks[name.last[0]]
        same = [c for c in block if _may_join(name, by_name[name], c, apart)]
        exact = [c for c in same if c.name.last == name.last and c.name.first == name.first]
        same = exact or same
        if len(name.first) == 1 and len(same) > 1:
            same = []
        if same:
            max(same, key=lambda c: (c.name.last == name.last, c.weight)).members.extend(by_name[name])
        else:
            found = Cluster("person", name, list(by_name[name]))
            clusters.append(found)
            block.append(found)
    return clusters


def _suffixes_apart(by_name: Mapping[Name, Sequence[Member]]) -> set[tuple[str, ...]]:
    """First name and surname of those whom an article has both with and without "Jr."."""
    seen: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    apart: set[tuple[str, ...]] = set()
    for name in sorted(by_name):
        for member in by_name[name]:
            suffixes = seen[member.article, name.first, name.last]
            suffixes.add(name.suffix)
            if len(suffixes) > 1:
                apart.add((name.first, name.last))
    return apart


def _may_join(name: Name, members: Sequence[Member], found: Cluster, apart: set[tuple[str, ...]]) -> bool:
    if not same_name(name, found.name):
        return False
    if name.suffix != found.name.suffix:
        # A formal style gives "Joseph R. Biden Jr." where others give "Joe Biden"; "Donald Trump Jr." is his son.
        formal = all(len(one.words) > 2 for one in (name, found.name) if one.suffix)
        if not formal or any((one.first, one.last) in apart for one in (name, found.name)):
            return False
    if name.words == found.name.words:
        return True
    kept_apart = {m.article for m in members} & {m.article for m in found.members}
    return not kept_apart


def _bare_names(members: Sequence[Member], named: Sequence[Cluster]) -> list[Cluster]:
    """Put surnames alone to whom they mean; the clusters of the others."""
    meant = _meant(named)
    left: dict[str, Cluster] = {}
    uses = Counter[str]()
    for member in members:
        uses[member.name.last] += member.weight
    for member in sorted(members, key=lambda m: (-uses[m.name.last], m.name.last, m.key)):
        word = member.name.last
        target = _bearer(member, word, uses[word], named, meant) if word else None
        if target is None:
            target = left.setdefault(word or member.person.id, Cluster("person", member.name))
        target.members.append(member)
    return [left[word] for word in sorted(left)]


def _meant(named: Sequence[Cluster]) -> dict[int, Counter[str]]:
    """How often each person is called by each single word."""
    found = {}
    for person in named:
        counts: Counter[str] = Counter()
        for member in person.members:
            text = member.reading.article.text
            for span in member.person.mentions:
                words = parse(text[slice(*span)]).words
                if len(words) == 1:
                    counts[words[0]] += 1
        found[id(person)] = counts
    return found


def _bearer(
    member: Member, word: str, uses: int, named: Sequence[Cluster], meant: Mapping[int, Counter[str]]
) -> Cluster | None:
    """The one person whom a bare name means, or None."""
    known = member.person.kind == "person"  # then its article, which knows its people, keeps it apart from these
    open_ = [c for c in named if not known or not any(m.article == member.article and m.name.full for m in c.members)]
    found = [c for c in open_ if c.name.last == word or meant[id(c)][word]]
    if not found:
        found = [c for c in open_ if same_surname(c.name.last, word) and len(word) > 3]
        found = found or [
            c for c in open_ if uses <= RARE and c.weight >= FREQUENT and is_misprint(word, c.name.last)
        ]
    genders = _titles(member)
    if len(genders) == 1:
        found = [c for c in found if not (other := _cluster_titles(c)) or other & genders]
    if member.person.party is not None:
        found = [c for c in found if all(m.person.party in (None, member.person.party) for m in c.members)] or found
    if len(found) > 1:
        roles = {fold(role) for role in member.person.roles}
        fitting = [c for c in found if roles & {fold(role) for m in c.members for role in m.person.roles}]
        found = fitting if len(fitting) == 1 else found
    if len(found) < 2:
        return found[0] if found else None
    ranked = sorted(found, key=lambda c: (-meant[id(c)][word], c.name))
    best, second = (meant[id(c)][word] for c in ranked[:2])
    return ranked[0] if best >= MEANT * max(second, 1) else None


def _cluster_titles(found: Cluster) -> set[str]:
    return {gender for member in found.members for gender in _titles(member)}


# ---------------------------------------------------------------- organisations, places, groups


@cache
def _codes() -> Mapping[str, str]:
    return {fold(form): country.code for country in countries() for form in (country.name, *country.aliases)}


def _country_code(name: str) -> str | None:
    """The code of the country that a name is a name of; None for capitals, governments and all others."""
    return _codes().get(re.sub(r"^the ", "", fold(name)))


def _others(members: Sequence[Member]) -> list[Cluster]:
    found: dict[tuple[str, ...], Cluster] = {}
    known = {(m.kind, *m.name.words) for m in members}
    for member in members:
        code = _country_code(member.person.name) if member.kind == "place" else None
        words = member.name.words or (member.person.id,)
        singular = (*words[:-1], words[-1][:-1])
        if words[-1].endswith("s") and (member.kind, *singular) in known:
            words = singular
        key = (member.kind, "=", code) if code is not None else (member.kind, *words)
        found.setdefault(key, Cluster(member.kind, member.name, code=code)).members.append(member)
    return [found[key] for key in sorted(found)]


# ---------------------------------------------------------------- those without a name


def _unnamed(members: Sequence[Member], people: Sequence[Cluster]) -> list[Cluster]:
    """Put descriptions to whom they stand for; a cluster each for the others."""
    full: dict[tuple[str, ...], Cluster] = {}
    for person in people:
        for member in person.members:
            if member.name.full:
                full.setdefault(member.name.words, person)
    rosters: dict[frozenset[str], Roster] = {}
    left = []
    for member in members:
        target = _named_at_the_end(member, full) or _holder(member, people, rosters)
        if target is not None:
            target.members.append(member)
        else:
            left.append(Cluster("unnamed", member.name, [member]))
    return left


def _named_at_the_end(member: Member, full: Mapping[tuple[str, ...], Cluster]) -> Cluster | None:
    """Who is named after the last comma: "its director, Ana Ruiz", "With talks near, Director Ana Ruiz"."""
    if "," not in member.person.name:
        return None
    tail = member.person.name.rpartition(",")[2]
    words = parse(tail).words
    for length in (4, 3, 2):
        person = full.get(words[-length:]) if len(words) >= length else None
        if person is not None:
            before = tail.split()[: len(words) - length]
            return None if TAIL_BREAKERS.search(" ".join(before)) or len(before) > 5 else person
    return None


def _holder(member: Member, people: Sequence[Cluster], rosters: dict[frozenset[str], Roster]) -> Cluster | None:
    """The one person who holds the office that a description names, or None.

    An office without a country ("the minister") is too little: in another article it is another's. Only "the president"
    and its like count, and only for somebody whom half of the articles name.
    """
    name = member.person.name
    head = re.split(r"\b(?:of|for|to|in|at|on|from|with)\b", name, maxsplit=1)[0].strip().lower()
    if INDEFINITE.match(name) or (head.endswith("s") and not head.endswith(("ss", "'s", "’s"))) or len(name) > 80:
        return None
    words = frozenset(fold(name).split()) - idle_words()
    rank = words & ranks()
    telling = party_of(name) is not None or len(words - rank) > 1
    if not telling and (rank or not words <= lone_offices()):
        return None
    if rank not in rosters:
        rosters[rank] = Roster(tuple(_as_person(number, person, rank) for number, person in enumerate(people)))
    meant = rosters[rank].resolve_description(name)
    if meant is None:
        return None
    holder = people[int(meant)]
    stories = {m.article for person in people for m in person.members}
    return holder if telling or len(holder.articles) * 2 >= len(stories) else None


def _as_person(number: int, found: Cluster, rank: frozenset[str]) -> Person:
    """A person with those of its roles that have just these words of rank."""
    roles = sorted({role for m in found.members for role in m.person.roles})
    parties = Counter(m.person.party for m in found.members if m.person.party is not None)
    party = min(parties, key=lambda p: (-parties[p], p)) if parties else None
    kept = tuple(role for role in roles if frozenset(fold(role).split()) & ranks() == rank)
    return Person(str(number), " ".join(found.name.words), "person", kept, (), party)
