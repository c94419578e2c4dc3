"""The five Ws and H of an article's main event: who, what, when, where, why and how, each in the article's own words.

The headline says what the article is about and who it is about, in the fewest words; the lede names whom the headline
only describes, and tells when and where; what stands beside their main clauses tells why and how. So (after the main
event candidates of Giveme5W1H, Hamborg et al. 2019, by the grammar of headlines rather than by frequency):

who     the headline's subject; the lede's, where the headline has none, counts only ("Seven killed") or describes
what    the headline's predicate, with its subject where the clause is passive and bare ("Bridge closed")
when, where     `_scene`
why, how        `_beside`

What the text holds is cited there. A headline that came apart from the text (a feed's title) is cited as the title.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from reportedly._records import Citation, MainEvent, Time, cite
from reportedly.read._beside import how, why
from reportedly.read._cues import lemma, lexicon
from reportedly.read._headline import Headline
from reportedly.read._lede import Sentence, find_lede, first_clause, main_verb, narration
from reportedly.read._parse import Parsed
from reportedly.read._people_data import roles
from reportedly.read._phrases import PLACES, SUBORDINATE, noun_phrase, predicate, subject_of, trimmed
from reportedly.read._roster import Roster
from reportedly.read._scene import when, where
from reportedly.read._subjects import SUBJECTS

SHORTEST_REPORT = 3
"""Words of a headline before a comma and who says so, from which they are what is said."""
SHOWING = frozenset(("footage", "video", "photo", "picture", "image", "clip", "photograph"))
"""Headlines of pictures are about whom the pictures show."""


def find_main_event(parsed: Parsed, roster: Roster, times: tuple[Time, ...]) -> MainEvent | None:
    """The main event of an article, as its headline and its lede word it; None where it has neither."""
    sentences = narration(parsed)
    lede = find_lede(parsed, sentences)
    if lede is None and parsed.headline is None:
        return None
    near = sentences[lede:] if lede is not None else []
    what = _what(parsed, near)
    return MainEvent(
        who=_who(parsed, near, roster),
        what=what,
        when=when(parsed, near, times),
        where=where(parsed, near, roster),
        why=why(parsed, near),
        how=how(parsed, near),
    )


# ---------------------------------------------------------------- the headline's clause


def _clause(headline: Headline) -> tuple[Token | None, Token | None]:
    """The verb of the headline's main clause and the head of its subject; None for what it does not have."""
    doc = headline.doc
    verb = _first_of_two(doc) or main_verb(doc[:])
    cut = _first_subordinate(doc)
    if verb is not None and cut is not None and verb.i > cut:
        verb = next((token for token in doc[:cut] if token.pos_ == "VERB"), verb)
    if verb is None:
        return None, None
    subject = subject_of(verb)
    if subject is None and verb.i > 0 and verb.tag_ in ("VBN", "VBD"):
        # "Driver arrested as …": the parser takes the participle for the noun's.
        before = doc[verb.i - 1]
        subject = before if before.pos_ in ("NOUN", "PROPN", "NUM") and verb.head == before else None
    if subject is not None and subject.lemma_.lower() in SHOWING and verb.lemma_ == "show":
        shown = next((child for child in verb.children if child.dep_ in ("dobj", "nsubj") and child.i > verb.i), None)
        if shown is not None:
            inner = next((child for child in shown.children if child.dep_ == "acl" and child.pos_ == "VERB"), None)
            return inner or shown.head, shown
    return verb, subject


def _first_of_two(doc: Doc) -> Token | None:
    """The verb of the clause before a "but" or an "and" that opens a clause of its own, which parsers take for main."""
    for link in doc[2:]:
        if link.pos_ != "CCONJ":
            continue
        later = first_clause(doc[link.i + 1 :])
        if later is not None and any(c.dep_ in SUBJECTS and c.i > link.i for c in later.children):
            return first_clause(doc[: link.i])
    return None


def _is_question(headline: Headline) -> bool:
    """Whether a headline asks: "What Did They Talk About?"."""
    doc = headline.doc
    asks = doc[0].tag_ in ("WP", "WRB", "WDT") and len(doc) > 1 and doc[1].pos_ in ("AUX", "VERB")
    return asks or doc[len(doc) - 1].text == "?"


def _first_subordinate(doc: Doc) -> int | None:
    """Where what is told beside the headline's main clause begins."""
    for token in doc[2:]:
        if token.lower_ in SUBORDINATE and token.pos_ in ("SCONJ", "ADP"):
            return token.i
    return None


# ---------------------------------------------------------------- who


def _who(parsed: Parsed, near: list[Sentence], roster: Roster) -> Citation | None:
    own = _lede_subject(near)
    headline = parsed.headline if parsed.headline is not None and not _is_question(parsed.headline) else None
    subject = _clause(headline)[1] if headline is not None else None
    if headline is not None and subject is not None and subject.pos_ != "PRON":
        phrase = _with_others(noun_phrase(subject))
        if own is None or not (_counts(phrase) or (_describes(phrase) and _is_person(near[0], own, roster))):
            return _in_text(parsed, phrase.text) or headline.cite(parsed.article, phrase)
    if own is None:
        return None
    return cite(parsed.article, near[0].paragraph.span_of(own))


def _with_others(phrase: TokenSpan) -> TokenSpan:
    """A subject with the names before it in a list, as headlines write one: "Norway, Iceland edge closer"."""
    doc, start = phrase.doc, phrase.start
    while start >= 2 and (doc[start - 1].text in (",", "&") or doc[start - 1].lower_ == "and"):
        names = start - 1
        while names > 0 and doc[names - 1].pos_ in ("PROPN", "NOUN", "ADJ"):
            names -= 1
        if names == start - 1 or (
            names > 0 and doc[names - 1].text not in (",", "&") and doc[names - 1].lower_ != "and"
        ):
            break
        start = names
    return doc[start : phrase.end]


def _lede_subject(near: list[Sentence]) -> TokenSpan | None:
    if not near:
        return None
    head = subject_of(near[0].verb)
    return noun_phrase(head) if head is not None and head.pos_ != "PRON" else None


def _counts(phrase: TokenSpan) -> bool:
    """Whether a phrase is a number and no more: "Seven", "at least 7"."""
    return phrase.root.pos_ == "NUM" or phrase.root.lower_ in ("several", "dozens", "hundreds", "many", "scores")


def _describes(phrase: TokenSpan) -> bool:
    """Whether a phrase is a description without a name of a person, in the singular: "coal boss"."""
    described = phrase.root.tag_ == "NN" or phrase.root.lower_ in roles().heads
    return described and not any(token.ent_type_ == "PERSON" for token in phrase)


def _is_person(sentence: Sentence, phrase: TokenSpan, roster: Roster) -> bool:
    span = sentence.paragraph.span_of(phrase.root)
    return any(person.kind == "person" for _, person in roster.within(span)) or phrase.root.ent_type_ == "PERSON"


def _in_text(parsed: Parsed, words: str) -> Citation | None:
    """The words where the article's text first has them, whatever their case."""
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", parsed.article.text, re.IGNORECASE)
    return cite(parsed.article, match.span()) if match else None


# ---------------------------------------------------------------- what


def _what(parsed: Parsed, near: list[Sentence]) -> Citation | None:
    headline = parsed.headline
    if headline is not None and not (near and _is_question(headline)):
        verb, subject = _clause(headline)
        return headline.cite(parsed.article, _told(headline.doc, verb, subject))
    if near:
        return cite(parsed.article, near[0].paragraph.span_of(predicate(near[0].verb)))
    return None


def _told(doc: Doc, verb: Token | None, subject: Token | None) -> TokenSpan:
    """The predicate of a headline; of one without a verb, all of it up to what is told beside."""
    if verb is None:
        cut = _first_subordinate(doc)
        return trimmed(doc, 0, cut if cut is not None else len(doc))
    if subject is not None and lexicon().reports_clause(lemma(verb)):
        opening = noun_phrase(subject).start
        if opening > SHORTEST_REPORT and doc[opening - 1].text == ",":
            return trimmed(doc, 0, opening - 1)  # "Iceland will not pay, minister tells Norway": what was told
    phrase = predicate(verb)
    begin, end = phrase.start, phrase.end
    if begin > 0 and doc[begin - 1].dep_ == "advmod" and doc[begin - 1].head == verb:
        begin -= 1
    if subject is not None and subject.i < verb.i and _is_bare_passive(verb):
        begin = noun_phrase(subject).start
    return trimmed(doc, begin, _without_place(doc, verb, end))


def _is_bare_passive(verb: Token) -> bool:
    """Whether a verb is a participle without auxiliary and object: "Bridge closed", "Fans outraged"."""
    if verb.tag_ not in ("VBN", "VBD") or (verb.i + 1 < len(verb.doc) and verb.nbor(1).tag_ == "TO"):
        return False
    return not any(child.dep_ in ("aux", "auxpass", "dobj", "ccomp") for child in verb.children)


def _without_place(doc: Doc, verb: Token, end: int) -> int:
    """Where a predicate ends without the place at its end, if something is left of it besides the verb."""
    for token in doc[verb.i + 2 : end]:
        if token.lower_ in ("in", "at", "near") and token.dep_ == "prep":
            names = doc[token.i + 1 : token.right_edge.i + 1]
            if token.right_edge.i + 1 >= end and any(t.ent_type_ in PLACES | {"EVENT"} for t in names):
                return token.i
    return end
