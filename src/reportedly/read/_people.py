"""Who is named in an article: one record per human being, organisation and place, from every surface form.

A cascade; each step engages only for what the step before left open:

1. full names: what the entity recognizer calls a person, and what stands behind a title (Minister Anna Vik)
2. surnames: a single name that is the surname of a full name is that person, whatever the recognizer calls it; two
   people of one surname are told apart by title, else by which was named last
3. misprints: a rare single name one letter away from a frequent surname
4. single names: a person by the recognizer's own vote over the article
5. organisations, places and groups, as the recognizer has them, countries by data

The recognizer calls surnames organisations and places often; the vote of step 2 lifts its recall on people (`docs/
benchmarks.md`). Roles, parties and genders are read off the words around each mention: see `_roles`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA
from spacy.tokens import Span as TokenSpan

from reportedly._records import Person, PersonKind, Span
from reportedly.read._parse import Paragraph, Parsed
from reportedly.read._parties import country_of, is_country, titles
from reportedly.read._roles import Roles, first_name_gender, read_roles
from reportedly.read._roster import Roster

MISPRINT_LENGTH = 5
"""Letters from which a name one letter away from a known surname may be its misprint; shorter names are too close."""
MISPRINT_FREQUENCY = 3
"""Mentions of the right spelling that a misprint needs beside it."""
SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
PARTICLES = {"van", "von", "der", "de", "del", "della", "di", "da", "dos", "bin", "al", "el", "la", "le", "ter", "den"}
PLACES = {"GPE", "LOC", "FAC"}
NEVER = re.compile(r"^(?:[#@]|https?:|\W*$|\d)|[<>{}|=]")


@dataclass
class _Candidate:
    """A stretch of tokens that may name somebody."""

    page: Paragraph
    start: int
    end: int
    label: str
    title: bool

    @property
    def tokens(self) -> TokenSpan:
        """The tokens."""
        return self.page.doc[self.start : self.end]

    @property
    def words(self) -> tuple[str, ...]:
        """The name's words, without a title before and a possessive after."""
        return tuple(token.text for token in self.tokens)

    @property
    def name(self) -> str:
        """The name as it stands."""
        return self.tokens.text

    @property
    def span(self) -> Span:
        """Where it stands in the article."""
        return self.page.span_of(self.tokens)


@dataclass
class _Entry:
    """A person in the making."""

    name: str
    kind: PersonKind
    mentions: list[_Candidate] = field(default_factory=list)


def find_people(parsed: Parsed) -> Roster:
    """The people, organisations and places of an article, with roles, parties and genders.

    Ids are made from names, so the same article gives the same ids; they are unique within the article only.
    """
    candidates = [c for page in parsed.paragraphs for c in _candidates(page)]
    entries = _Register(candidates).entries()
    people, roles = [], []
    taken: Counter[str] = Counter()
    for entry in sorted(entries, key=lambda e: (min(c.span for c in e.mentions), e.name)):
        slug = _slug(entry.name)
        taken[slug] += 1
        identifier = f"p-{slug}" if taken[slug] == 1 else f"p-{slug}-{taken[slug]}"
        mentions = tuple(sorted({candidate.span for candidate in entry.mentions}))
        found = read_roles(entry.kind, entry.name, [(c.page.doc, c.start, c.end) for c in entry.mentions])
        people.append(Person(identifier, entry.name, entry.kind, found.roles, mentions, found.party))
        roles.append(found)
    return _roster(people, roles)


def _roster(people: list[Person], roles: list[Roles]) -> Roster:
    genders = {person.id: found.gender for person, found in zip(people, roles, strict=True) if found.gender is not None}
    return Roster(tuple(people), genders).with_parties_of_employers()


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x" + format(sum(map(ord, name)), "x")


# ---------------------------------------------------------------- candidates


def _candidates(page: Paragraph) -> Iterator[_Candidate]:
    """Named stretches of a paragraph: the recognizer's, and names behind titles that it missed."""
    doc = page.doc
    taken = [False] * len(doc)
    for entity in doc.ents:
        if entity.label_ not in {"PERSON", "ORG", "NORP", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"} | PLACES:
            continue
        candidate = _trimmed(page, entity.start, entity.end, entity.label_)
        if candidate is not None:
            for i in range(entity.start, entity.end):
                taken[i] = True
            yield candidate
    for token in doc:
        if token.pos_ != "PROPN" or taken[token.i] or not token.text[:1].isupper():
            continue
        end = token.i + 1
        while end < len(doc) and doc[end].pos_ == "PROPN" and not taken[end] and doc[end].text[:1].isupper():
            end += 1
        for i in range(token.i, end):
            taken[i] = True
        candidate = _trimmed(page, token.i, end, "")
        if candidate is not None:
            yield candidate


def _trimmed(page: Paragraph, start: int, end: int, label: str) -> _Candidate | None:
    """The candidate without titles and roles before it and marks and possessives around it."""
    doc = page.doc
    lists = titles()
    honorific = lists["honorifics"] | lists["honorifics_m"] | lists["honorifics_f"]
    while end > start and (
        doc[end - 1].lower_ in {"'s", "’s", "'", "’"} or not any(c.isalnum() for c in doc[end - 1].text)
    ):
        end -= 1
    if label in {"PERSON", ""}:
        while end - start > 1 and doc[start].lower_ in honorific | lists["role_nouns"]:
            start += 1
    while start < end and (doc[start].lower_ in {"the", "a", "an"} or not any(c.isalnum() for c in doc[start].text)):
        start += 1
    if start >= end or NEVER.search(doc[start:end].text) or "\n" in doc[start:end].text:
        return None
    title = start > 0 and doc[start - 1].lower_ in honorific | lists["role_nouns"] and doc[start - 1].pos_ != "VERB"
    if label == "" and (
        doc[start].lower_ in honorific | lists["role_nouns"]
        or (not title and end - start == 1 and doc[start].is_sent_start)
    ):
        title = False
    return _Candidate(page, start, end, label, title)


# ---------------------------------------------------------------- the register


class _Register:
    """Sorts candidates into people, organisations and places."""

    def __init__(self, candidates: list[_Candidate]) -> None:
        self._candidates = sorted(candidates, key=lambda c: c.span)
        self._votes: dict[str, Counter[str]] = {}
        for candidate in candidates:
            self._votes.setdefault(candidate.name, Counter())[candidate.label] += 1
        self._people: dict[str, _Entry] = {}
        self._others: dict[tuple[str, str], _Entry] = {}
        self._surnames: dict[str, list[str]] = {}

    def entries(self) -> list[_Entry]:
        """All entries, people first."""
        rest = self._full_names()
        rest = self._by_surname(rest)
        rest = self._misprints(rest)
        rest = self._single_names(rest)
        for candidate in rest:
            self._other(candidate)
        return [*self._people.values(), *self._others.values()]

    # ------------------------------------------------------------ people

    def _full_names(self) -> list[_Candidate]:
        rest = []
        for candidate in self._candidates:
            words = [w for w in candidate.words if w not in {"(", ")", "-"}]
            if len(words) > 1 and self._is_person(candidate) and _looks_like_a_name(words):
                name = self._known_as(" ".join(words))
                entry = self._people.setdefault(name, _Entry(name, "person"))
                entry.mentions.append(candidate)
                surnames = self._surnames.setdefault(_surname(name), [])
                if name not in surnames:
                    surnames.append(name)
            else:
                rest.append(candidate)
        return rest

    def _known_as(self, name: str) -> str:
        """The name under which a person is on record: "Ana M. Ruiz" is "Ana Ruiz" where both stand in the article."""
        first, last = name.split()[0], _surname(name)
        for other in self._surnames.get(last, []):
            if other.split()[0] == first or (len(first.rstrip(".")) == 1 and other[:1] == first[:1]):
                return other
        return name

    def _is_person(self, candidate: _Candidate) -> bool:
        votes = self._votes[candidate.name]
        if country_of(candidate.name) is not None:
            return False
        if candidate.title and candidate.label in {"", "PERSON", "ORG", "GPE"}:
            return len(candidate.words) <= 4 and not _is_institution(candidate.words)
        return votes["PERSON"] * 2 >= sum(votes.values()) - votes[""] and votes["PERSON"] > 0

    def _by_surname(self, candidates: list[_Candidate]) -> list[_Candidate]:
        """Single names that are the surname of a full name, whatever the recognizer calls them."""
        rest = []
        for candidate in candidates:
            owner = self._owner(candidate) if _is_single(candidate) else None
            if owner is None:
                rest.append(candidate)
            else:
                self._people[owner].mentions.append(candidate)
        return rest

    def _owner(self, candidate: _Candidate) -> str | None:
        names = self._surnames.get(_surname(candidate.name), [])
        first = [name for name in self._people if name.split()[0] == candidate.name] if not names else []
        if not names and len(first) == 1 and candidate.label == "PERSON":
            return first[0]
        if not names or (is_country(candidate.name) and not candidate.title):
            return None
        if len(names) == 1:
            return names[0]
        gender = _title_gender(candidate)
        fitting = [name for name in names if gender is None or first_name_gender(name) in {None, gender}]
        if len(fitting) == 1:
            return fitting[0]
        before = [
            (mention.span, name)
            for name in fitting
            for mention in self._people[name].mentions
            if mention.span < candidate.span and len(mention.words) > 1
        ]
        return max(before)[1] if before else (fitting or names)[0]

    def _misprints(self, candidates: list[_Candidate]) -> list[_Candidate]:
        frequent = {
            surname: names[0]
            for surname, names in self._surnames.items()
            if len(names) == 1 and len(self._people[names[0]].mentions) >= MISPRINT_FREQUENCY
        }
        counts = Counter(candidate.name for candidate in candidates)
        rest = []
        for candidate in candidates:
            word = candidate.name.lower()
            owner = None
            if (
                _is_single(candidate)
                and len(word) >= MISPRINT_LENGTH
                and counts[candidate.name] <= 2
                and country_of(candidate.name) is None
            ):
                known = candidate.page.doc.vocab.has_vector(candidate.name) or candidate.page.doc.vocab.has_vector(word)
                near = [name for surname, name in frequent.items() if _is_misprint(word, surname)]
                owner = near[0] if len(near) == 1 and not known else None
            if owner is None:
                rest.append(candidate)
            else:
                self._people[owner].mentions.append(candidate)
        return rest

    def _single_names(self, candidates: list[_Candidate]) -> list[_Candidate]:
        rest = []
        titled = {c.name for c in candidates if c.title and c.label in {"PERSON", ""} and _is_single(c)}
        for candidate in candidates:
            votes = self._votes[candidate.name]
            voted = votes["PERSON"] > 0 and votes["PERSON"] * 2 >= sum(votes.values()) - votes[""]
            single = _is_single(candidate) and candidate.name[:1].isupper() and candidate.name.isalpha()
            if (
                single
                and (voted or candidate.name in titled)
                and country_of(candidate.name) is None
                and len(candidate.name) > 1
            ):
                entry = self._people.setdefault(candidate.name, _Entry(candidate.name, "person"))
                entry.mentions.append(candidate)
            else:
                rest.append(candidate)
        return rest

    # ------------------------------------------------------------ the rest

    def _other(self, candidate: _Candidate) -> None:
        label = candidate.label
        code = country_of(candidate.name)
        token = candidate.tokens[-1]
        kind: PersonKind
        if is_country(candidate.name) or label in PLACES:
            kind = "place"
        elif label == "NORP":
            if token.tag_ not in {"NNPS", "NNS"}:
                return
            kind = "group"
        elif label == "ORG" or (code is not None and label != "PERSON"):
            kind = "organisation"
        else:
            return
        key = code if code is not None and is_country(candidate.name) else candidate.name.lower()
        entry = self._others.setdefault((kind, key), _Entry(candidate.name, kind))
        entry.mentions.append(candidate)


def _is_single(candidate: _Candidate) -> bool:
    return len(candidate.words) == 1


def _looks_like_a_name(words: list[str]) -> bool:
    """Whether the words may be a first name and a surname: capital letters, no role, no institution."""
    if len(words) > 5 or _is_institution(tuple(words)):
        return False
    return (
        all(w[:1].isupper() or w.lower() in PARTICLES or w == "'" or w == "-" for w in words)
        and words[-1][:1].isupper()
    )


def _is_institution(words: tuple[str, ...]) -> bool:
    institutions = {
        "house",
        "department",
        "ministry",
        "party",
        "committee",
        "council",
        "court",
        "university",
        "college",
        "news",
        "media",
        "times",
        "post",
        "group",
        "union",
        "bank",
        "agency",
        "embassy",
        "street",
        "report",
        "act",
        "tower",
        "administration",
        "campaign",
        "foundation",
        "institute",
        "center",
        "centre",
        "association",
        "company",
        "corp",
        "inc",
        "day",
        "summit",
        "treaty",
        "collusion",
        "hoax",
        "island",
        "islands",
        "river",
        "strait",
        "sea",
    }
    return any(word.lower().strip(".") in institutions for word in words)


def _surname(name: str) -> str:
    """The surname of a name, lower case, with its particles left off."""
    words = [word for word in name.split() if word.lower() not in SUFFIXES]
    return (words[-1] if words else name).lower()


def _is_misprint(word: str, surname: str) -> bool:
    """Whether a word is one slip away from a surname, and not its plural."""
    return (
        word != surname
        and word[:1] == surname[:1]
        and word != surname + "s"
        and OSA.distance(word, surname, score_cutoff=1) == 1
    )


def _title_gender(candidate: _Candidate) -> str | None:
    if candidate.start == 0:
        return None
    before = candidate.page.doc[candidate.start - 1].lower_
    lists = titles()
    return "m" if before in lists["honorifics_m"] else "f" if before in lists["honorifics_f"] else None
