"""Who did it to whom: the noun heads that a verb's or a noun's grammar makes actors and recipients of an event.

Subjects are followed through coordination, control and relative clauses, agents and objects through the passive.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from reportedly.read._cues import lemma, lexicon
from reportedly.read._event_words import Entry, words
from reportedly.read._parties import ADJECTIVAL
from reportedly.read._phrases import PLACES
from reportedly.read._subjects import agent_of

TARGETS = frozenset(("on", "against", "at", "with", "to", "for", "from"))
"""Prepositions before who receives, behind the object of a verb or behind an event noun."""
COMPLEMENTS = 3
"""Heads between a verb and that of its complement at most: "suspected of killing", "is expected to meet"."""
THIRD = frozenset(("it", "he", "she", "they"))
SIDES = frozenset(("NORP", "ORG", "PERSON"))


@dataclass(frozen=True)
class Roles:
    """Heads of the noun phrases that act and that receive; a coordinated one stands for all of its."""

    actors: tuple[Token, ...]
    recipients: tuple[Token, ...]


def of_verb(verb: Token, entry: Entry) -> Roles | None:
    """The roles of a verb in a frame; None if the verb does not have what the frame asks for."""
    subject, objects = subject_of(verb), _objects(verb)
    if entry.frame == "things":
        return _with_thing(verb, entry, subject, objects)
    if entry.frame == "with":
        return _with_preposition(verb, entry, subject)
    if entry.frame == "phrasal":
        particles = {child.lower_ for child in verb.children if child.dep_ in ("prt", "advmod", "prep")}
        return Roles(_some(subject), tuple(objects[:1])) if particles & entry.needs else None
    if entry.frame == "together":
        return Roles((*_some(subject), *objects[:1], *_behind(verb, frozenset(("with",)))[:1]), ())
    if entry.frame == "host":
        return Roles(tuple(objects[:1]), _some(subject)) if objects else None
    if entry.type in ("AGREE", "THREATEN") and not objects:
        inner = _infinitive(verb)
        if inner is not None:
            return Roles(_some(subject), tuple([*_objects(inner), *_behind(inner, TARGETS)][:1]))
        if entry.type == "AGREE" and _behind(verb, frozenset(("with",))):
            return None  # of one opinion
    if entry.frame in ("visit", "object", "somebody", "to_do"):
        found = objects[:1] or _controlled(verb)
        return Roles(_some(subject), tuple(found)) if found and (entry.frame != "to_do" or _is_to_do(verb)) else None
    return Roles(_some(subject), tuple(_behind(verb, TARGETS - {"for", "to"})[:1])) if subject is not None else None


def of_any(verb: Token) -> Roles:
    """The roles of a verb of no known frame: who does it, and to whom or what."""
    return Roles(_some(subject_of(verb)), tuple(_objects(verb)[:1]))


def _infinitive(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ == "xcomp" and child.pos_ == "VERB"), None)


def _with_thing(verb: Token, entry: Entry, subject: Token | None, objects: list[Token]) -> Roles | None:
    """The roles where one of certain objects decides: "imposed sanctions on", "sent Oster troops"."""
    thing = next((token for token in objects if _is_one_of(token, entry.needs)), None)
    if thing is None:
        return None
    behind = [*_behind(verb, TARGETS), *_behind(thing, TARGETS)]
    datives = [child for child in verb.children if child.dep_ == "dative" and child.pos_ != "ADP"]
    return Roles(_some(subject), tuple(datives or behind[:1]))


def _with_preposition(verb: Token, entry: Entry, subject: Token | None) -> Roles | None:
    """The roles where a preposition decides: "called on", "fired at", "spoke with"."""
    behind = _behind(verb, entry.needs)
    if not behind or lemma(behind[0]) in words().sets["audience"]:
        return None
    if entry.type == "REQUEST" and behind[0].head.lower_ == "for":
        return Roles(_some(subject), ())
    if entry.type == "CONSULT":
        return Roles((*_some(subject), behind[0]), ())
    return Roles(_some(subject), tuple(behind[:1]))


def of_noun(noun: Token, entry: Entry) -> Roles | None:
    """The roles at an event noun: whose it is, what stands before it, and what stands behind its prepositions.

    None if the noun does not have before it what it needs.
    """
    if entry.needs and not any(child.dep_ == "compound" and _is_one_of(child, entry.needs) for child in noun.children):
        return None
    whose = [child for child in noun.children if child.dep_ == "poss"]
    before = [child for child in noun.children if child.dep_ in ("compound", "amod") and _is_side(child)]
    by, of = _behind(noun, frozenset(("by",))), _behind(noun, frozenset(("of",)))
    between = _behind(noun, frozenset(("between", "among")))
    doer = _light_subject(noun)
    if entry.frame == "done_to":
        return Roles(tuple([*by, *doer][:1]), tuple([*whose, *of][:1]))
    if entry.frame == "together":
        others = _behind(noun, frozenset(("with", "of"))) or (_behind(noun.head, frozenset(("with",))) if doer else [])
        alike = [*between, *whose, *doer, *before, *others]
        if len(alike) == 1 and others:
            alike += _come_for(noun)
        return Roles(tuple(alike), ())
    targets = _behind(noun, TARGETS - {"for", "from"} if entry.frame != "visit" else frozenset(("to",)))
    if entry.type == "ACCUSE":
        # "The Vik inquiry" is into Vik, "a police inquiry" is by the police.
        targets = targets or [child for child in before if child.ent_type_ == "PERSON"]
        before = [child for child in before if child.ent_type_ != "PERSON"]
    if not targets and doer:
        targets = _behind(noun.head, frozenset(("on", "against", "with", "to")))
    return Roles(tuple([*whose, *by, *doer, *before][:1]), tuple(targets[:1]))


def _come_for(noun: Token) -> list[Token]:
    """Who came, where a noun tells what for: the Vik of "Vik travelled to Norland for talks with Dahl"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("for", "in", "at", "during") or noun.head.head.pos_ != "VERB":
        return []
    subject = subject_of(noun.head.head)
    return [subject] if subject is not None else []


def _is_side(before: Token) -> bool:
    """Whether a word before an event noun tells whose it is: "US strikes", not "the Harwick talks"."""
    return before.ent_type_ in SIDES or before.text in ADJECTIVAL


def _is_to_do(verb: Token) -> bool:
    """Whether somebody is asked for something or to do something: an infinitive, or "for", and no question."""
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.lower_ in ("whether", "if", "how", "why", "what", "who", "when", "where"):
            return False
        if token.pos_ in ("VERB", "AUX"):
            break
    for child in verb.children:
        infinitive = child.dep_ in ("xcomp", "ccomp", "advcl") and any(c.lower_ == "to" for c in child.children)
        if infinitive or (child.dep_ == "prep" and child.lower_ == "for"):
            return True
    return False


def is_light(noun: Token) -> bool:
    """Whether a verb stands over an event noun that only says that it was: "held talks"."""
    verb = noun.head
    return noun.dep_ in ("dobj", "nsubjpass") and verb.lemma_.lower() in words().sets["do"]


def is_off(verb: Token) -> bool:
    """Whether a verb says that something planned is not to be: "cancelled", "called off"."""
    known = words()
    particles = {child.lower_ for child in verb.children if child.dep_ in ("prt", "advmod")}
    return lemma(verb) in known.sets["off"] or bool(known.off_phrasal.get(lemma(verb), frozenset()) & particles)


def is_taken(noun: Token) -> bool:
    """Whether an event noun is part of what its verb tells: "suspended talks" tells of no talks."""
    needed = (entry.needs for entry in words().verbs.get(lemma(noun.head), ()) if entry.frame == "things")
    return noun.dep_ in ("dobj", "nsubjpass") and any(lemma(noun) in needs for needs in needed)


def is_over(verb: Token, inner: Token) -> bool:
    """Whether a verb only tells how the event of another stands that is its complement: "managed to visit"."""
    at = inner
    for _ in range(COMPLEMENTS):
        if at.dep_ not in ("xcomp", "ccomp", "pcomp", "prep", "conj"):
            return False
        at = at.head
        if at == verb:
            return True
    return False


def is_consent(verb: Token) -> bool:
    """Whether a verb only consents to the event that its infinitive tells: "agreed to meet"."""
    inner = next((child for child in verb.children if child.dep_ == "xcomp"), None)
    return inner is not None and lemma(inner) in words().verbs


def _light_subject(noun: Token) -> list[Token]:
    verb = noun.head
    if noun.dep_ in ("dobj", "nsubjpass") and (is_light(noun) or is_off(verb)):
        subject = subject_of(verb) if noun.dep_ == "dobj" else agent_of(verb)
        return [subject] if subject is not None else []
    return []


def subject_of(verb: Token) -> Token | None:
    """The head of who acts: the subject of an active verb, the agent of a passive one, as far as it is told."""
    at = verb
    for _ in range(6):
        children = list(at.children)
        if any(child.dep_ in ("nsubjpass", "auxpass") for child in children) or _is_participle(at):
            return agent_of(at)
        found = next((child for child in children if child.dep_ == "nsubj"), None)
        if found is not None:
            return _antecedent(found, at)
        if at.dep_ == "acl" and at.tag_ == "VBG":
            return at.head
        if at.dep_ == "pcomp" and at.head.dep_ == "prep" and at.head.lower_ in ("of", "for", "with"):
            blamed = at.head.head
            if blamed.dep_ == "acl":
                return blamed.head
            return next((child for child in blamed.children if child.dep_ in ("dobj", "nsubjpass")), None)
        if at.dep_ not in ("conj", "xcomp", "advcl", "acl") or at.head == at:
            return None
        if at.dep_ == "xcomp":
            controlled = next((child for child in at.head.children if child.dep_ == "dobj"), None)
            if controlled is not None and at.head.lemma_.lower() in words().verbs:
                return controlled
        at = at.head if at.dep_ != "acl" else _owner(at.head)
    return None


def _owner(noun: Token) -> Token:
    """For "its plan to visit": the verb or noun whose subject is the plan's."""
    return noun.head if noun.dep_ in ("dobj", "attr") else noun


def _is_participle(verb: Token) -> bool:
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl") and not any(c.dep_ == "aux" for c in verb.children)


def _antecedent(subject: Token, verb: Token) -> Token:
    """What a relative pronoun stands for, and a personal one in what its bearer says: "Norland said it had left"."""
    if subject.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
        # "The raid on Harwick, which killed four": the town did not.
        return subject if verb.head.ent_type_ in PLACES else verb.head
    if subject.lower_ in THIRD and verb.dep_ == "ccomp" and lexicon().reports_clause(lemma(verb.head)):
        teller = next((child for child in verb.head.children if child.dep_ == "nsubj"), None)
        return teller if teller is not None else subject
    return subject


def _objects(verb: Token) -> list[Token]:
    found = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    if not found:
        # A name right behind its verb is its object, whatever the parser makes of it.
        found = [child for child in verb.children if child.dep_ == "npadvmod" and child.ent_type_ in (*SIDES, "GPE")]
    if not found and verb.dep_ == "acl" and verb.tag_ == "VBN":
        found = [verb.head]
    if not found and verb.dep_ == "conj" and verb.tag_ == "VBN":
        found = [child for child in verb.head.children if child.dep_ == "nsubjpass"]
    return [_antecedent(token, verb) for token in found]


def _controlled(verb: Token) -> list[Token]:
    """Who is asked, where the parser makes them subject of the infinitive: "urged Norland to leave"."""
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp") and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children):
            return [inner for inner in child.children if inner.dep_ == "nsubj"]
    return []


def _behind(head: Token, prepositions: frozenset[str]) -> list[Token]:
    """Nouns behind some of a word's prepositions, in order."""
    found = []
    for child in head.children:
        if child.dep_ in ("prep", "dative", "agent", "prt") and child.lower_ in prepositions:
            found += [one for one in child.children if one.dep_ == "pobj" and one.ent_type_ not in ("DATE", "TIME")]
    return found


def _is_one_of(token: Token, lemmas: Iterable[str]) -> bool:
    return token.lemma_.lower() in lemmas


def _some(token: Token | None) -> tuple[Token, ...]:
    return (token,) if token is not None else ()
