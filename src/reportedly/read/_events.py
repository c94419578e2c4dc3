"""Events: who did what to whom, where and when, of PLOVER's sixteen types where one fits.

A verb or a noun that reports an event (data/plover.toml), its roles by grammar (`_event_roles`), its standing by what
stands above it (`_event_status`). An event counts if somebody of the roster takes part in it; what is said between
quotation marks is no event of the narration. A verb of no type tells an event if a time hangs on it, or if it heads the
main clause of the opening; a verb of saying tells a quote. Cooperation that is only planned is AGREE, a withdrawal that
is only planned CONCEDE, as PLOVER's manual has it: a future act is the promise of it. A noun that names an event told
already ("the attack") is that event.

An event is of the lead if the headline, the lede or the sentence after it tells it, else background.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from reportedly._records import Event, EventType, Quote, Span, Status, Time
from reportedly.read import _event_roles as roles
from reportedly.read import _event_status as standing
from reportedly.read._cues import lexicon
from reportedly.read._event_people import Participants
from reportedly.read._event_words import COOPERATIVE, Entry, words
from reportedly.read._lede import find_lede, main_verb, narration
from reportedly.read._parse import Paragraph, Parsed
from reportedly.read._phrases import PLACES, noun_phrase, predicate
from reportedly.read._roster import Roster
from reportedly.read._time_tense import hangs_on
from reportedly.timex._values import parse_day

OPENING = 2
"""Sentences from the lede on that tell the story's own events."""
TOLD = frozenset(("body", "headline"))
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
    return events, roster.with_people(person for person in reader.participants.unnamed() if person.id in used)


@dataclass(frozen=True)
class _Found:
    """An event as it stands somewhere; ``type`` is its own, planned or not, ``bare`` that a noun alone names it."""

    event: Event
    type: EventType | None
    bare: bool

    @property
    def people(self) -> frozenset[str]:
        return frozenset((*self.event.actors, *self.event.recipients))


class _Reader:
    def __init__(self, parsed: Parsed, roster: Roster, times: tuple[Time, ...], quotes: tuple[Quote, ...]) -> None:
        self.participants = Participants(roster, parsed.sentences, quotes)
        self._times = [time for time in times if time.type in ("DATE", "TIME") and time.value[:1] in "X0123456789"]
        self._published = parse_day(parsed.article.published or "")
        self._said = [span for quote in quotes if quote.type in ("direct", "mixed") for span in quote.content]
        self._cues = {span for quote in quotes for span in quote.cue}
        sentences = narration(parsed)
        lede = find_lede(parsed, sentences)
        opening = sentences[lede : lede + OPENING] if lede is not None else []
        self._opening = [sentence.paragraph.span_of(sentence.tokens) for sentence in opening]

    def events_of(self, paragraph: Paragraph, sentence: TokenSpan) -> Iterator[_Found]:
        """The events of a sentence: those of PLOVER's types, then what else it dates."""
        taken: set[Token] = set()
        for token in sentence:
            made = self._typed(paragraph, token)
            if made is not None:
                taken.add(_verb_of(token))
                yield made
        for verb in self._telling(paragraph, sentence):
            status = standing.of_verb(verb)
            if status is not None and not any(verb == one or roles.is_over(verb, one) for one in taken):
                taken.add(verb)
                made = self._event(paragraph, verb, _clause(verb), None, roles.of_any(verb), status)
                if made is not None:
                    yield made

    def _typed(self, paragraph: Paragraph, token: Token) -> _Found | None:
        known, lemma = words(), token.lemma_.lower()
        if lemma not in known.verbs and lemma not in known.nouns:
            return None
        if self._is_said(paragraph.span_of(token)) or token.ent_type_ in ("DATE", "TIME"):
            return None
        if token.pos_ == "VERB" and lemma in known.verbs:
            return self._of_verb(paragraph, token)
        if token.pos_ in ("NOUN", "PROPN") and lemma in known.nouns:
            return self._of_noun(paragraph, token, known.nouns[lemma])
        return None

    def _telling(self, paragraph: Paragraph, sentence: TokenSpan) -> Iterator[Token]:
        """The verbs that a time of the sentence hangs on, and in the opening its main one; none of saying."""
        span = paragraph.span_of(sentence)
        ends = {time.span[1] for time in self._times if span[0] <= time.span[0] < span[1]}
        dated = (token for token in sentence if paragraph.span_of(token)[1] in ends)
        verbs = [verb for token in dated if (verb := _governor(token)) is not None and hangs_on(token, verb)]
        main = main_verb(sentence) if span in self._opening else None
        for verb in (*verbs, main) if main is not None else verbs:
            here = paragraph.span_of(verb)
            cue = _says(verb) or any(start <= here[0] < end for start, end in self._cues)
            if verb.pos_ == "VERB" and not cue and not self._is_said(here) and not _sets_date(verb):
                yield verb

    def _is_said(self, span: Span) -> bool:
        return any(start <= span[0] < end for start, end in self._said)

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
        if found is None:
            return None
        tokens = _clause(noun.head) if roles.is_light(noun) else noun_phrase(noun)
        return self._event(paragraph, noun, tokens, entry, found, status)

    def _event(
        self,
        paragraph: Paragraph,
        word: Token,
        tokens: TokenSpan,
        entry: Entry | None,
        found: roles.Roles,
        status: Status,
    ) -> _Found | None:
        actors = self.participants.of(paragraph, found.actors)
        recipients = tuple(one for one in self.participants.of(paragraph, found.recipients) if one not in actors)
        time = self._time(paragraph, word)
        if not actors and not recipients and time is None:
            return None
        if entry is not None and self._lacks(entry, found, actors, recipients):
            return None
        if not actors and not recipients:
            entry = None  # PLOVER's events have somebody in them
        span = paragraph.span_of(tokens)
        if status == "happened" and time is not None and self._is_ahead(time):
            status = "planned"
        in_lead = paragraph.kind == "headline" or any(start <= span[0] < end for start, end in self._opening)
        event = Event(
            span,
            _type(entry, status) if entry is not None else None,
            actors,
            recipients,
            self._place(word, found),
            _date(time),
            status,
            in_lead,
            time.span if time is not None else None,
        )
        bare = word.pos_ != "VERB" and not roles.is_light(word)
        return _Found(event, entry.type if entry is not None else None, bare)

    def _lacks(self, entry: Entry, found: roles.Roles, actors: tuple[str, ...], recipients: tuple[str, ...]) -> bool:
        """Whether somebody is missing without whom the words mean another thing: "released a report"."""
        if entry.frame == "somebody" or (entry.type == "RETREAT" and entry.frame == "done_to"):
            freed = self.participants.kinds(recipients)
            return not recipients or any(kind in ("organisation", "place") for kind in freed)
        if entry.type == "CONSULT" and entry.frame in ("host", "with"):
            return not actors or (entry.frame == "with" and len(actors) < len(found.actors))
        return False

    # ------------------------------------------------------------ when and where

    def _time(self, paragraph: Paragraph, word: Token) -> Time | None:
        """The time in the event's clause that is nearest to its word, a day before a month or a year."""
        verb = _verb_of(word)
        start, end = paragraph.span_of(word.doc[verb.left_edge.i : verb.right_edge.i + 1])
        at = paragraph.span_of(word)[0]
        inside = [time for time in self._times if start <= time.span[0] and time.span[1] <= end]
        inside = [time for time in inside if _governs(verb, paragraph, time)]
        return min(inside, key=lambda t: (parse_day(t.value[:10]) is None, abs(t.span[0] - at), t.span), default=None)

    def _is_ahead(self, time: Time) -> bool:
        """Whether the event's time lies after the day the article appeared."""
        if self._published is None:
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


def _says(verb: Token) -> bool:
    return lexicon().reports_clause(verb.lemma_.lower()) and any(child.dep_ == "ccomp" for child in verb.children)


def _sets_date(verb: Token) -> bool:
    """Whether a participle only tells for when something is meant: "the strike planned for Monday"."""
    return verb.tag_ == "VBN" and verb.dep_ == "acl" and verb.lemma_.lower() in words().sets["plan"]


_ISO = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?|-W\d\d)?)(?:-WE)?(?:T.*)?")
"""A day, week, month or year; seasons and decades have no date that ISO 8601 can tell."""


def _date(time: Time | None) -> str | None:
    """The date of a time as precisely as it tells it; None if it was not resolved to a year."""
    found = _ISO.fullmatch(time.value) if time is not None else None
    return found[1] if found is not None else None


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
    """From the subject to the end of the predicate, if the subject stands before its verb: "is expected to meet"."""
    phrase, at = predicate(verb), verb
    for _ in range(roles.COMPLEMENTS):
        subject = next((child for child in at.children if child.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None:
            return verb.doc[noun_phrase(subject).start : phrase.end] if subject.i < verb.i else phrase
        if at.dep_ != "xcomp":
            break
        at = at.head
    return phrase


def _type(entry: Entry, status: Status) -> EventType:
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
    typed = {one.event.span for one in kept if one.type is not None}
    told = (one.event for one in kept if one.type is not None or one.event.span not in typed)
    return tuple(sorted(told, key=lambda event: (event.span, event.type or "")))


def _same(each: _Found, other: _Found) -> bool:
    one, two = each.event, other.event
    if each.type is None or each.type != other.type or (one.date and two.date and one.date != two.date):
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
        time=first.time or (again.time if first.date is None else None),
        place=first.place or again.place,
        lead=first.lead or again.lead,
    )
