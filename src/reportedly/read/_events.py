"""Events: who did what to whom, where and when, of PLOVER's sixteen types.

A verb or a noun that reports an event (data/plover.toml), its roles by grammar (`_event_roles`), its standing by what
stands above it (`_event_status`). An event counts if somebody of the roster takes part in it; what is said between
quotation marks is no event of the narration. Cooperation that is only planned is AGREE, a withdrawal that is only
planned CONCEDE, as PLOVER's manual has it: a future act is the promise of it. A noun that names an event told already
("the attack") is that event.

An event is of the lead if the headline, the lede or the sentence after it tells it, else background.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from reportedly._records import Event, EventStatus, EventType, Person, PersonKind, Quote, Time
from reportedly.read import _event_roles as roles
from reportedly.read import _event_status as standing
from reportedly.read._cues import lexicon
from reportedly.read._event_words import COOPERATIVE, Entry, words
from reportedly.read._lede import find_lede, narration
from reportedly.read._parse import Paragraph, Parsed
from reportedly.read._parties import party_of
from reportedly.read._people_data import roles as roles_known
from reportedly.read._phrases import PLACES, noun_phrase, predicate
from reportedly.read._roster import Gender, Roster
from reportedly.timex._values import parse_day

OPENING = 2
"""Sentences from the lede on that tell the story's own events."""
TOLD = frozenset(("body", "headline"))
PRONOUNS: Mapping[str, Gender] = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
LOCATING = frozenset(("in", "at", "near", "outside", "off", "around"))


def find_events(
    parsed: Parsed, roster: Roster, times: tuple[Time, ...], quotes: tuple[Quote, ...]
) -> tuple[tuple[Event, ...], Roster]:
    """The events of an article in text order, and the roster with those who take part in them without a name."""
    reader = _Reader(parsed, roster, times, quotes)
    found: list[_Found] = []
    for paragraph in parsed.paragraphs:
        if paragraph.kind in TOLD:
            for sentence in paragraph.sentences():
                found += reader.events_of(paragraph, sentence)
    events = _once(found)
    used = {identifier for event in events for identifier in (*event.actors, *event.recipients)}
    return events, roster.with_people(person for person in reader.unnamed() if person.id in used)


@dataclass(frozen=True)
class _Found:
    """An event as it stands somewhere; ``type`` is its own, planned or not, ``bare`` that a noun alone names it."""

    event: Event
    type: EventType
    bare: bool

    @property
    def people(self) -> frozenset[str]:
        return frozenset((*self.event.actors, *self.event.recipients))


class _Reader:
    def __init__(self, parsed: Parsed, roster: Roster, times: tuple[Time, ...], quotes: tuple[Quote, ...]) -> None:
        self._roster = roster
        self._times = [time for time in times if time.type in ("DATE", "TIME") and time.value[:4].isdigit()]
        self._published = parse_day(parsed.article.published or "")
        self._said = [span for quote in quotes if quote.type in ("direct", "mixed") for span in quote.content]
        self._sources = {span: quote.speaker for quote in quotes for span in quote.source if quote.speaker}
        self._sentences = parsed.sentences
        sentences = narration(parsed)
        lede = find_lede(parsed, sentences)
        opening = sentences[lede : lede + OPENING] if lede is not None else []
        self._opening = [sentence.paragraph.span_of(sentence.tokens) for sentence in opening]
        self._unnamed: dict[str, Person] = {}

    def unnamed(self) -> Iterator[Person]:
        """Who takes part without a name, but is of a known side, or people: "Norlandish troops", "protesters"."""
        yield from self._unnamed.values()

    def events_of(self, paragraph: Paragraph, sentence: TokenSpan) -> Iterator[_Found]:
        known = words()
        for token in sentence:
            lemma = token.lemma_.lower()
            at = paragraph.span_of(token)
            if lemma not in known.verbs and lemma not in known.nouns:
                continue
            if any(start <= at[0] < end for start, end in self._said):
                continue
            if token.pos_ == "VERB" and lemma in known.verbs:
                made = self._of_verb(paragraph, token)
            elif token.pos_ in ("NOUN", "PROPN") and lemma in known.nouns:
                made = self._of_noun(paragraph, token, known.nouns[lemma])
            else:
                continue
            if made is not None:
                yield made

    def _of_verb(self, paragraph: Paragraph, verb: Token) -> _Found | None:
        for entry in words().verbs[verb.lemma_.lower()]:
            found = roles.of_verb(verb, entry)
            if found is None or (entry.type == "AGREE" and roles.is_consent(verb)):
                continue
            status = standing.of_verb(verb)
            if status is None:
                return None
            return self._event(paragraph, verb, _clause(verb), entry, found, status)
        return None

    def _of_noun(self, paragraph: Paragraph, noun: Token, entry: Entry) -> _Found | None:
        status = standing.of_noun(noun)
        if status is None or roles.is_taken(noun):
            return None
        found = roles.of_noun(noun, entry)
        tokens = _clause(noun.head) if roles.is_light(noun) else noun_phrase(noun)
        return self._event(paragraph, noun, tokens, entry, found, status)

    def _event(
        self,
        paragraph: Paragraph,
        word: Token,
        tokens: TokenSpan,
        entry: Entry,
        found: roles.Roles,
        status: EventStatus,
    ) -> _Found | None:
        actors = self._people(paragraph, found.actors)
        recipients = tuple(one for one in self._people(paragraph, found.recipients) if one not in actors)
        if not actors and not recipients:
            return None
        if self._lacks(entry, found, actors, recipients):
            return None
        span = paragraph.span_of(tokens)
        day = self._day(paragraph, word)
        if status == "happened" and self._is_ahead(paragraph, word):
            status = "planned"
        in_lead = paragraph.kind == "headline" or any(start <= span[0] < end for start, end in self._opening)
        event = Event(
            span,
            _type(entry, status),
            actors,
            recipients,
            self._place(word, found),
            day.isoformat() if day else None,
            status,
            in_lead,
        )
        return _Found(event, entry.type, word.pos_ != "VERB" and not roles.is_light(word))

    def _lacks(self, entry: Entry, found: roles.Roles, actors: tuple[str, ...], recipients: tuple[str, ...]) -> bool:
        """Whether somebody is missing without whom the words mean another thing: "released a report"."""
        if entry.frame == "somebody" or (entry.type == "RETREAT" and entry.frame == "done_to"):
            freed = [person.kind for person in self._roster.people if person.id in recipients]
            return not recipients or any(kind in ("organisation", "place") for kind in freed)
        if entry.type == "CONSULT" and entry.frame in ("host", "with"):
            return not actors or (entry.frame == "with" and len(actors) < len(found.actors))
        return False

    # ------------------------------------------------------------ who

    def _people(self, paragraph: Paragraph, heads: Sequence[Token]) -> tuple[str, ...]:
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

    # ------------------------------------------------------------ when and where

    def _day(self, paragraph: Paragraph, word: Token) -> date | None:
        """The day of a time in the event's clause, the nearest to its word."""
        time = self._time(paragraph, word)
        return parse_day(time.value[:10]) if time is not None else None

    def _time(self, paragraph: Paragraph, word: Token) -> Time | None:
        """The time in the event's clause that is nearest to its word, a day before a month or a year."""
        verb = _verb_of(word)
        start, end = paragraph.span_of(word.doc[verb.left_edge.i : verb.right_edge.i + 1])
        at = paragraph.span_of(word)[0]
        inside = [time for time in self._times if start <= time.span[0] and time.span[1] <= end]
        inside = [time for time in inside if _governs(verb, paragraph, time)]
        return min(inside, key=lambda t: (parse_day(t.value[:10]) is None, abs(t.span[0] - at), t.span), default=None)

    def _is_ahead(self, paragraph: Paragraph, word: Token) -> bool:
        """Whether the event's time lies after the day the article appeared."""
        time = self._time(paragraph, word)
        if time is None or self._published is None:
            return False
        value = re.match(r"\d{4}(?:-\d\d){0,2}", time.value)
        return value is not None and value.group() > self._published.isoformat()[: len(value.group())]

    def _place(self, word: Token, found: roles.Roles) -> str | None:
        """Where it was: a place told with "in", "at" or "near" in the event's clause."""
        verb = _verb_of(word)
        taken = {token.i for token in (*found.actors, *found.recipients)}
        for token in word.doc[verb.left_edge.i : verb.right_edge.i + 1]:
            if token.dep_ != "pobj" or token.ent_type_ not in PLACES or token.i in taken:
                continue
            above = token.head.head
            beside = above.head == verb and above.dep_ in ("dobj", "nsubjpass", "attr")
            if token.head.lower_ in LOCATING and (above in (verb, word) or above.i in taken or beside):
                entity = next((each for each in word.doc.ents if each.start <= token.i < each.end), None)
                return entity.text if entity is not None else token.text
        return None


def _counted(head: Token) -> Token | None:
    """Who is counted: the teachers of "thousands of teachers"."""
    link = next((child for child in head.children if child.dep_ == "prep" and child.lower_ == "of"), None)
    return next((child for child in link.children if child.dep_ == "pobj"), None) if link is not None else None


def _governs(verb: Token, paragraph: Paragraph, time: Time) -> bool:
    """Whether a time is the verb's own, and not that of a clause in its clause."""
    at = next((t for t in verb.subtree if paragraph.span_of(t)[1] == time.span[1]), None)
    return at is None or verb.pos_ not in ("VERB", "AUX") or _governor(at) == verb


def _governor(token: Token) -> Token | None:
    """The nearest verb above a word, or the word that heads its sentence."""
    at = token
    while at.head != at:
        at = at.head
        if at.pos_ in ("VERB", "AUX"):
            return at
    return at


def _verb_of(word: Token) -> Token:
    """The verb of the clause that an event's word stands in, or a noun itself that hangs on no verb."""
    return word if word.pos_ == "VERB" or word.head.pos_ != "VERB" else word.head


def _clause(verb: Token) -> TokenSpan:
    """From the subject to the end of the predicate, if the subject stands before its verb."""
    phrase = predicate(verb)
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None and subject.i < verb.i:
        return verb.doc[noun_phrase(subject).start : phrase.end]
    return phrase


def _type(entry: Entry, status: EventStatus) -> EventType:
    if status == "planned" and entry.type in COOPERATIVE:
        return "AGREE"
    if status == "planned" and entry.type == "RETREAT":
        return "CONCEDE"
    return entry.type


def _once(found: Sequence[_Found]) -> tuple[Event, ...]:
    """Each event once: one told again adds the day, the place and the people it did not have.

    A noun alone ("the talks") is the event of that type which a verb tells with one of its people.
    """
    kept: list[_Found] = []
    for each in sorted(found, key=lambda one: (one.bare, one.event.span)):
        at = next((n for n, other in enumerate(kept) if _same(each, other)), None)
        if at is None:
            kept.append(each)
        else:
            kept[at] = replace(kept[at], event=_joined(kept[at].event, each.event))
    return tuple(sorted((one.event for one in kept), key=lambda event: (event.span, event.type)))


def _same(each: _Found, other: _Found) -> bool:
    one, two = each.event, other.event
    if each.type != other.type or (one.date and two.date and one.date != two.date):
        return False
    if each.bare and one.status == "happened":
        return bool(each.people & other.people)
    if one.status != two.status:
        return False
    smaller, larger = sorted((one, two), key=lambda event: len(event.actors) + len(event.recipients))
    return {*smaller.actors} <= {*larger.actors} and {*smaller.recipients} <= {*larger.recipients}


def _joined(first: Event, again: Event) -> Event:
    """The event as told first, with what it is told with again; the fuller account of who took part."""
    fuller = max(first, again, key=lambda event: len(event.actors) + len(event.recipients))
    if fuller.status != first.status:
        fuller = first
    return replace(
        first,
        actors=fuller.actors,
        recipients=fuller.recipients,
        date=first.date or again.date,
        place=first.place or again.place,
        lead=first.lead or again.lead,
    )
