"""Whether an event happened, is planned, alleged or denied, or was called off; None where it is only thought of.

Read off the verb and what stands above it: the nearest word that settles it decides. What somebody claims, suspects or
accuses another of is alleged; what the police or an official says happened is told as having happened. An event under
"if", "could" or "not" is none.
"""

from __future__ import annotations

from spacy.tokens import Token

from reportedly._records import Status
from reportedly.read._cues import lemma, lexicon
from reportedly.read._event_roles import is_light, is_off, subject_of
from reportedly.read._event_words import words

STEPS = 8
"""Heads climbed at most; deeper trees are lists or broken parses."""
FUTURE = frozenset(("will", "'ll", "’ll", "shall", "would", "'d", "’d"))
CONTRACTED = frozenset(("'d", "’d"))
"""Would or had: the verb's form tells."""
NEGATIONS = frozenset(("never", "neither", "nor", "n't", "n’t"))
UNREAL = frozenset(("could", "may", "might", "should", "can", "must", "ought"))
WOULD = frozenset(("would", "'d", "’d"))
PRESENT = frozenset(("VB", "VBZ", "VBP"))
NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
CONDITIONS = frozenset(("if", "unless", "whether", "lest"))
WAITING = frozenset(("until", "till", "before", "once"))
"""What stands under these in the present is still to come: "until Norland releases them"."""
AT = frozenset(("at", "during", "for", "in"))
"""Prepositions by which a noun is part of what its verb tells: "will meet at a summit"."""


def of_verb(verb: Token) -> Status | None:
    """The standing of what a verb tells."""
    if _negated(verb):
        return None
    if _has(verb, "adverbs_alleged"):
        return "alleged"
    own = _own(verb)
    if own == "unreal":
        return None
    above = _above(verb)
    if above == "unreal":
        return None
    if above == "denied":
        return "denied"
    if own == "planned" or above == "planned":
        return "planned"  # whoever says so
    return "alleged" if above == "alleged" else "happened"


def of_noun(noun: Token) -> Status | None:
    """The standing of what an event noun names."""
    sets = words().sets
    adjectives = {child.lower_ for child in noun.children if child.dep_ in ("amod", "advmod")}
    if adjectives & sets["adjectives_alleged"]:
        return "alleged"
    if adjectives & sets["adjectives_off"]:
        return "called off"
    verb = noun.head
    governed = noun.dep_ in ("dobj", "nsubjpass", "nsubj")
    if governed and is_off(verb):
        return None if _negated(verb) or _own(verb) == "unreal" else "called off"
    if any(child.dep_ == "det" and child.lower_ == "no" for child in noun.children):
        return None
    if governed and lemma(verb) in sets["denied"]:
        return "denied"
    if governed and (lemma(verb) in sets["plan"] or adjectives & sets["adjectives_planned"]):
        return "planned"
    if is_light(noun):
        return of_verb(verb)
    if governed and (lemma(verb) in sets["alleged"] or _has(verb, "adverbs_alleged")):
        return "alleged"
    if adjectives & sets["adjectives_planned"]:
        return "planned"
    clause = next((token for token in noun.ancestors if token.pos_ in ("VERB", "AUX")), None)
    part = noun.dep_ == "pobj" and noun.head.lower_ in AT
    if clause is not None and (noun.dep_ == "nsubj" or part) and of_verb(clause) == "planned":
        return "planned"
    return "happened"


def _negated(verb: Token) -> bool:
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    of_none = (child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "dobj"))
    if any(inner.dep_ == "det" and inner.lower_ == "no" for child in of_none for inner in child.children):
        return True  # "no talks were held"
    return any(child.dep_ == "neg" or child.lower_ in NEGATIONS for child in verb.children)


def _has(verb: Token, name: str) -> bool:
    return any(child.lower_ in words().sets[name] for child in verb.children)


def _own(verb: Token) -> str | None:
    """What a verb's own auxiliaries tell."""
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    marks = {child.lower_ for child in verb.children if child.dep_ in ("mark", "advmod", "prep")}
    if helpers & UNREAL or marks & CONDITIONS or (marks & WAITING and verb.tag_ in PRESENT):
        return "unreal"
    if "have" in helpers and helpers & WOULD:
        return "unreal"  # "would have hit"
    if helpers & FUTURE and "have" not in helpers and (verb.tag_ == "VB" or not helpers & CONTRACTED):
        return "planned"
    return None


def _above(verb: Token) -> str | None:
    """What the words above a verb tell of it, the nearest that tells anything."""
    at = verb
    sets = words().sets
    for _ in range(STEPS):
        head = at.head
        if head == at:
            return None
        if (
            at.dep_ in ("relcl", "advcl", "acl")
            and not _is_infinitive(at)
            and at.head.pos_ in NOMINAL | {"VERB", "AUX"}
        ):
            if at.dep_ == "acl" and lemma(head) in sets["alleged"] | sets["denied"]:
                return "denied" if lemma(head) in sets["denied"] else "alleged"
            return None  # told for itself, whatever is told around it
        if _is_infinitive(at) and (found := _of_infinitive(at, head)) is not None:
            return found
        if at.dep_ in ("ccomp", "xcomp", "pcomp", "acl", "parataxis"):
            over = head.head if at.dep_ == "pcomp" and head.dep_ == "prep" else head
            if lemma(over) in sets["denied"]:
                return "denied" if not _negated(over) else None
            if lemma(over) in sets["alleged"] and at.dep_ != "xcomp":
                return "alleged"
            if at.dep_ == "ccomp" and lexicon().reports_clause(lemma(over)) and (found := _said(over, at)) is not None:
                return found
        if at.pos_ in ("VERB", "AUX") and at != verb and _own(at) == "unreal" and verb.dep_ in ("xcomp", "conj"):
            return "unreal"
        at = head
    return None


def _is_infinitive(token: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children)


def _of_infinitive(at: Token, head: Token) -> str | None:
    """What an infinitive is: meant ("plans to", "is to", "due to"), done ("managed to") or wished for."""
    sets = words().sets
    if lemma(head) in sets["began"]:
        return None
    if lemma(head) in sets["asked"] or (at.dep_ == "acl" and lemma(head) not in sets["plan"]):
        return "unreal"
    if lemma(head) in sets["plan"] or head.lemma_ == "be" or at.dep_ == "advcl":
        return "unreal" if head.pos_ in ("VERB", "AUX") and _negated(head) else "planned"
    return "unreal"


def _said(verb: Token, told: Token) -> str | None:
    """How a clause under a verb of saying is told: alleged, but for what those say who report as their duty.

    What somebody says of themselves ("the group said it had attacked") is no allegation.
    """
    if lemma(verb) in lexicon().thought | {"warn", "suggest", "hope"}:
        return "unreal"
    subject = subject_of(verb)
    if subject is None or subject.lemma_.lower() in words().sets["authorities"] or subject_of(told) == subject:
        return None
    return "alleged"
