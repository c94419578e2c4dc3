"""Who takes part in an event: the people of the roster that noun phrases stand for, and those without a name.

Somebody without a name is a person of their own if the words tell a side ("Norlandish troops") or are people in the
plural ("protesters").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from reportedly._records import Person, PersonKind, Quote, Span
from reportedly.read._cues import lexicon
from reportedly.read._event_words import words
from reportedly.read._parse import Paragraph
from reportedly.read._parties import party_of
from reportedly.read._people_data import roles as roles_known
from reportedly.read._phrases import noun_phrase
from reportedly.read._roster import Gender, Roster

PRONOUNS: Mapping[str, Gender] = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}


class Participants:
    """The people of one article, by the words that stand for them, and those met without a name so far."""

    def __init__(self, roster: Roster, sentences: Sequence[Span], quotes: Sequence[Quote]) -> None:
        self._roster = roster
        self._sentences = sentences
        self._sources = {span: quote.speaker for quote in quotes for span in quote.source if quote.speaker}
        self._unnamed: dict[str, Person] = {}

    def unnamed(self) -> Iterator[Person]:
        """Who takes part without a name, but is of a known side, or people."""
        yield from self._unnamed.values()

    def kinds(self, identifiers: Sequence[str]) -> list[PersonKind]:
        """The kinds of those of the roster."""
        return [person.kind for person in self._roster.people if person.id in identifiers]

    def of(self, paragraph: Paragraph, heads: Sequence[Token]) -> tuple[str, ...]:
        """The ids of the people that noun heads stand for; a coordinated one stands for all of its."""
        found: list[str] = []
        for head in heads:
            for one in (head, *head.conjuncts) if head.dep_ != "conj" else (head,):
                identifier = self._person(paragraph, one)
                if identifier is not None and identifier not in found:
                    found.append(identifier)
        return tuple(found)

    def _person(self, paragraph: Paragraph, head: Token) -> str | None:
        """The person, side or place that a noun phrase stands for."""
        if head.lemma_.lower() in words().sets["counted"] and (counted := _counted(head)) is not None:
            head = counted
        head = _named(head)
        here = paragraph.span_of(head)
        over = [(end - start, person.id) for (start, end), person in self._roster.within(here)]
        if over:
            return min(over)[1]  # of "Norland and Oster" and "Norland", the latter
        if head.pos_ == "PRON":
            return self._sources.get(here) or self._bearer(head, here[0])
        phrase = noun_phrase(head)
        known = self._roster.resolve_description(phrase.text)
        if known is not None:
            return known
        return self._of_side(paragraph, head, phrase)

    def _bearer(self, pronoun: Token, at: int) -> str | None:
        """Who "he" or "she" is: the only one of that gender named in its sentence so far and in the one before."""
        gender = PRONOUNS.get(pronoun.lower_)
        start = max((start for start, end in self._sentences if end <= at), default=at)
        near = {person.id for _, person in self._roster.within((start, at)) if person.kind == "person"}
        fitting = [one for one in near if self._roster.genders.get(one, gender) == gender]
        return fitting[0] if gender is not None and len(fitting) == 1 else None

    def _of_side(self, paragraph: Paragraph, head: Token, phrase: TokenSpan) -> str | None:
        """Somebody without a name whose side the phrase tells: a new person, the same for the same words."""
        if head.pos_ != "NOUN":
            return None
        before = [child for child in head.children if child.dep_ in ("compound", "amod", "nmod") and child.i < head.i]
        office = head.lemma_.lower() in roles_known().heads
        if not office and any(child.dep_ == "poss" for child in head.children):
            return None  # what is somebody's is theirs: "his selection", "her book"
        told = phrase if office else phrase.doc[phrase.start : head.i + 1]
        side = party_of(told.text) or next(filter(None, (party_of(child.text) for child in before)), None)
        people = lexicon().person_nouns | words().sets["people"]
        if side is None and not (head.tag_ == "NNS" and head.lemma_.lower() in people):
            return None
        bare = phrase.doc[phrase.start : head.i + 1]
        while len(bare) > 1 and (bare[0].pos_ in ("DET", "NUM", "PRON") or bare[0].lower_ in words().sets["counted"]):
            bare = bare[1:]
        name, span = " ".join(bare.text.split()), paragraph.span_of(bare)
        identifier = f"p-unnamed-{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')[:60]}"
        kind: PersonKind = "group" if head.tag_ in ("NNS", "NNPS") else "unnamed"
        old = self._unnamed.get(identifier)
        mentions = (*(old.mentions if old is not None else ()), span)
        self._unnamed[identifier] = Person(identifier, name, kind, (), tuple(sorted(set(mentions))), side)
        return identifier


def _named(head: Token) -> Token:
    """Who is called by name right behind: the Vik of "her colleague, Jonas Vik"."""
    behind = next((child for child in head.children if child.dep_ == "appos" and child.ent_type_ == "PERSON"), None)
    near = behind is not None and head.pos_ == "NOUN" and behind.left_edge.i <= head.i + 2
    return behind if behind is not None and near else head


def _counted(head: Token) -> Token | None:
    """Who is counted: the teachers of "thousands of teachers"."""
    link = next((child for child in head.children if child.dep_ == "prep" and child.lower_ == "of"), None)
    return next((child for child in link.children if child.dep_ == "pobj"), None) if link is not None else None
