"""The tense that governs a time expression: whether what happens then is past or ahead.

From the parse: up from the expression to its verb, then what stands with that verb. Weekdays and months without a year
are resolved by it ("Tuesday" is yesterday or in six days). Nothing but candidates that need a tense are looked at.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from reportedly._records import BlockKind
from reportedly.timex._lexer import tables
from reportedly.timex._values import Tense

STEPS = 12
"""Heads climbed at most from the expression to its verb; deeper trees are lists or broken parses."""


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(tables()["plans"][name])


def tense_of(token: Token | None, first: Token | None, kind: BlockKind, *, day: bool) -> Tense | None:
    """The tense at a time expression that begins with ``first`` and whose head is ``token``; None if no verb tells.

    Headlines and captions are told in the present of what has happened. ``day`` says that the expression is a day:
    "until Friday" looks ahead, "until June" can be over for long.
    """
    if token is None:
        return None
    if day and (_after_saying(first) or _before_past(token)):
        return "past"
    verb = _verb(token)
    found = _verb_tense(verb, 0) if verb is not None else None
    hint = _preposition(token)
    if hint == "past" or (hint == "future" and (day or found != "past")):
        return hint
    if verb is not None and verb.lemma_.lower() in _words("saying"):
        if not day and found == "past" and token.i < verb.i and hangs_on(token, verb):
            return "past"  # "In May, the minister told a paper": ahead of the verb, it is of the saying
        return found if day and found != "present" else "past" if day else None
    if found == "present" and kind in ("headline", "caption", "byline", "dateline"):
        return "past"
    if found == "present" and day and verb is not None:
        # "The summit opens Tuesday": a day that hangs on the verb itself, not on one of its nouns; "is heading to Oslo
        # for talks Tuesday": whoever is on the way has not been there.
        on_the_way = verb.tag_ == "VBG" and verb.lemma_.lower() in _words("moving")
        return "future" if on_the_way or hangs_on(token, verb) else None
    if found == "past" and not day and verb is not None and not hangs_on(token, verb):
        # "Praised the summit in June": the month is the summit's, and the nearest one will do.
        return None
    if found in ("future", "planned") and day and verb is not None and verb.tag_ == "VB" and _loose(token, verb):
        return None
    return found


def _loose(token: Token, verb: Token) -> bool:
    """Whether a day is a noun's under a bare infinitive: "wants to answer what was said at Monday's debate"."""
    modal = any(child.lower_ in _words("modals") for child in verb.children)
    return not modal and verb.head.lemma_.lower() not in _words("ahead") and not hangs_on(token, verb)


def _after_saying(first: Token | None) -> bool:
    """As in ", she said Thursday, …": parsers hang the day on the verb of what is said, wherever that lies."""
    if first is None or first.i == 0:
        return False
    before = first.nbor(-1)
    if before.lower_ in ("on", "late", "early", "earlier") and before.i > 0:
        before = before.nbor(-1)
    return before.tag_ == "VBD" and before.lemma_.lower() in _words("saying")


def _before_past(token: Token) -> bool:
    """As in "to hold on Sunday, when the deal was struck": what follows tells of the day as over."""
    after = token.doc[token.i + 1 : token.i + 3]
    when = next((word for word in after if word.lower_ == "when"), None)
    if when is None or any(word != when and not word.is_punct for word in after[: when.i - token.i]):
        return False
    tags = (word.tag_ for word in token.doc[when.i + 1 : when.i + 12])
    return next((tag for tag in tags if tag in ("VBD", "VBZ", "VBP", "MD")), None) == "VBD"


def hangs_on(token: Token, verb: Token) -> bool:
    """Whether nothing but prepositions and other times stands between a time and its verb."""
    at = token.head
    for _ in range(4):
        if at == verb:
            return True
        if at.pos_ != "ADP" and at.ent_type_ not in ("DATE", "TIME"):
            return False
        at = at.head
    return False


def _preposition(token: Token) -> Tense | None:
    """Until Friday, "ahead of Sunday's vote": ahead; "since Monday": behind."""
    at = token
    for _ in range(6):
        head = at.head
        if head == at:
            return None
        if head.dep_ in ("prep", "mark", "advmod") or head.pos_ in ("ADP", "SCONJ"):
            word = head.lower_
            if word == "of" and head.head.lower_ in ("ahead", "advance"):
                return "future"
            if word in _words("prepositions_behind"):
                return "past"
            if word == "by" and _over(head):
                return "past"
            if word in _words("prepositions_ahead"):
                return "future"
            # "Ahead of elections in November": the month is the elections'.
            if head.head.pos_ not in ("NOUN", "PROPN") or head.head.lower_ in _words("dayparts"):
                return None
            at = head
            continue
        if head.pos_ not in ("NOUN", "PROPN", "NUM"):
            return None
        at = head
    return None


def _over(preposition: Token) -> bool:
    """Whether what stands before "by Friday" is told as over."""
    verb = _verb(preposition)
    return verb is not None and _verb_tense(verb, 0) == "past"


def _verb(token: Token) -> Token | None:
    at = token
    for _ in range(STEPS):
        if at.pos_ in ("VERB", "AUX") and at.tag_ != "VBG" and at.dep_ not in ("amod", "compound"):
            return at
        if at.pos_ == "VERB" and at.dep_ in ("ROOT", "conj", "advcl", "ccomp", "acl", "relcl", "xcomp"):
            return at
        if at.head == at:
            return None
        at = at.head
    return None


def _verb_tense(verb: Token, depth: int) -> Tense | None:
    if depth > 6:
        return None
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = [child.lower_ for child in helpers]
    if any(word in _words("modals") for word in words):
        perfect = "have" in words and not any(word in ("will", "'ll", "’ll") for word in words)
        return "past" if perfect else "planned" if _was_ahead(verb, words) else "future"
    if verb.lower_ in ("will", "would") and verb.pos_ == "AUX":
        return "future"
    over = "had" in words and "been" not in words
    sets = verb.lemma_.lower() in _words("ahead") and verb.lemma_.lower() not in _words("asking")
    if (sets and verb.tag_ in ("VBN", "JJ") and not over) or _plans_ahead(verb):
        return "future"
    if any(child.lower_ == "to" and child.dep_ == "aux" for child in helpers) or (verb.tag_ == "VB" and not helpers):
        return _infinitive(verb, depth)
    return _finite(verb, helpers, depth)


def _was_ahead(verb: Token, helpers: list[str]) -> bool:
    """Whether "would" looks ahead from something said, which is past: "he said he would leave on Sunday"."""
    if not any(word in ("would", "'d", "’d") for word in helpers):
        return False
    head = verb.head
    return verb.dep_ == "ccomp" and head.tag_ in ("VBD", "VBN") and head.lemma_.lower() in _words("saying")


def _plans_ahead(verb: Token) -> bool:
    """Is due Friday, "are set for Monday": an adjective that sets a date."""
    return verb.pos_ == "AUX" and any(
        child.dep_ in ("acomp", "attr") and child.lemma_.lower() in _words("ahead") for child in verb.children
    )


def _infinitive(verb: Token, depth: int) -> Tense | None:
    head = verb.head
    if head == verb:
        return "future"
    if head.lemma_.lower() in _words("implicative") and head.pos_ == "VERB":
        return _verb_tense(head, depth + 1)
    if head.pos_ in ("VERB", "AUX") and verb.dep_ == "advcl":
        return _verb_tense(head, depth + 1)
    above = _verb_tense(head, depth + 1) if head.pos_ in ("VERB", "AUX") else None
    return "planned" if above == "past" else "future"


def _finite(verb: Token, helpers: list[Token], depth: int) -> Tense | None:
    first = helpers[0] if helpers else verb
    if any(child.lower_ in ("was", "were", "had", "did", "been", "has", "have", "’ve", "'ve") for child in helpers):
        going = verb.lower_ == "going" and any(child.tag_ == "VB" for child in verb.children)
        return "future" if going else "past"
    if verb.lower_ == "going" and any(child.tag_ == "VB" for child in verb.children):
        return "future"
    if first.tag_ in ("VBD", "VBN") and (
        helpers or verb.tag_ == "VBD" or verb.dep_ in ("ROOT", "acl", "advcl", "conj")
    ):
        return "past"
    if verb.tag_ == "VBG":
        if helpers:
            return "present"
        head = verb.head
        return _verb_tense(head, depth + 1) if head != verb and head.pos_ in ("VERB", "AUX") else None
    if first.tag_ in ("VBZ", "VBP"):
        return "present"
    return None
