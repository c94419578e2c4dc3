"""Finds reporting clauses: who says (source), how it is said (cue), and the clause that is reported (content).

After the dependency grammar of quotation extraction in Asr et al. 2021 (the Gender Gap Tracker) and the attribution
scheme of Pareti 2012 (source, cue, content): the source is the cue's subject, through conjunction, control, relative
clause and inversion (`_subjects`); the content is its clausal complement. What the parser gets wrong beside quotation
marks is read from the surface instead: the noun phrase next to the cue.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Doc, Token

from reportedly.read._cues import Lexicon, lemma
from reportedly.read._subjects import FINITE, LONGEST_SOURCE, PAUSES, SUBJECTS, source_head, source_range, to_pronoun

Form = Literal["clause", "inserted", "according", "request", "label", "bare", "attitude"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A reporting clause, in token numbers of its paragraph; every range is half-open and may be None.

    ``content`` are the tokens of the reported clause, in order; ``strong`` is a verb of speech. ``frame`` is that of an
    attitude (`_frames`), which is strong if its words nearly always report.
    """

    verb: int
    cue: tuple[int, int]
    source: tuple[int, int] | None
    head: int | None
    content: tuple[int, ...]
    addressee: int | None
    form: Form
    negated: bool
    hypothetical: bool
    strong: bool
    frame: str = ""


def find_clauses(doc: Doc, quoted: list[bool], words: Lexicon) -> list[Clause]:
    """The reporting clauses of a paragraph, in text order; ``quoted[i]`` tells whether token i stands in marks."""
    clauses = []
    for token in doc:
        if quoted[token.i]:
            continue
        # "Per" inside a sentence is a given name.
        if token.lower_ == "according" or (token.lower_ == "per" and (token.is_lower or token.is_sent_start)):
            clause = _according(token)
        elif token.pos_ in {"VERB", "AUX"}:
            clause = _of_verb(token, quoted, words)
        elif token.pos_ == "NOUN" and lemma(token) in words.nouns:
            clause = _of_noun(token, quoted)
        else:
            continue
        if clause is not None:
            clauses.append(_set_apart(doc, clause, quoted))
    return _coordinated(doc, clauses)


def _set_apart(doc: Doc, clause: Clause, quoted: list[bool]) -> Clause:
    """By the surface: "the closures, he said, have involved …", whatever the parser makes of the sentence."""
    if clause.form != "bare" or not clause.strong or clause.source is None or clause.negated:
        return clause
    start, end = min(clause.cue[0], clause.source[0]), max(clause.cue[1], clause.source[1])
    touching = (start == clause.source[0] and clause.source[1] == clause.cue[0]) or clause.cue[1] == clause.source[0]
    if not touching or start == 0 or quoted[start - 1] or doc[start - 1].text not in {",", "–", "—"}:
        return clause
    if end < len(doc) and doc[end].text not in PAUSES:
        return clause
    sentence = doc[start - 1].sent
    tokens = _closed(doc, [i for i in range(sentence.start, sentence.end) if not start <= i < end])
    tokens = [i for i in tokens if not (i in (start - 1, end) and doc[i].is_punct)]
    return replace(clause, content=tuple(tokens), form="inserted") if len(tokens) > 2 else clause


def _coordinated(doc: Doc, clauses: list[Clause]) -> list[Clause]:
    """Cues that only look as if they stood inside what another reports: "said they met, but added that …".

    A verb of speech with no subject of its own, coordinated or participial, goes on with the speech before it: it has
    that speech's source, and ends its content.
    """
    done: list[Clause] = []
    for clause in clauses:
        verb = doc[clause.verb]
        own = any(child.dep_ in SUBJECTS for child in verb.children)
        loose = verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
        joined = clause.cue[0] > 0 and doc[clause.cue[0] - 1].pos_ == "CCONJ"
        if clause.strong and clause.source is None and joined and not own and verb.tag_ in FINITE:
            first = next((c for c in done if c.strong and c.source is not None and doc[c.verb].sent == verb.sent), None)
            if first is not None:
                clause = replace(clause, source=first.source, head=first.head)
        if clause.strong and clause.form != "according" and loose and not own:
            for i, outer in enumerate(done):
                if outer.strong and outer.form == "clause" and clause.verb in outer.content:
                    clause = replace(clause, source=outer.source, head=outer.head)
                    kept = [t for t in outer.content if t < clause.cue[0]]
                    done[i] = replace(outer, content=tuple(_closed(doc, kept, {"CCONJ", "ADV"})))
                    break
        done.append(clause)
    return done


def _of_verb(verb: Token, quoted: list[bool], words: Lexicon) -> Clause | None:
    name = lemma(verb)
    clausal = words.reports_clause(name)
    if not (clausal or name in words.label or name in words.request):
        return None
    if verb.dep_ in {"amod", "compound"} or (verb.dep_ == "acl" and verb.tag_ in {"VB", "VBN"}):
        return None
    head = source_head(verb, quoted, words)
    source = to_pronoun(source_range(head, verb, quoted), verb) if head is not None else None
    content, form = _content(verb, name, words)
    if form == "bare" and not clausal:
        form = "label"
    skip = set(range(*source)) if source else set()
    cue = cue_range(verb, skip)
    content = tuple(i for i in content if i not in skip and not cue[0] <= i < cue[1])
    modal = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in words.hypothetical), None)
    addressee = _addressee(verb, name, words)
    if addressee in content and content[0] > verb.i + 1:
        addressee = content[0] - 1  # the name that the parser took for who was told opens what was told
    return Clause(
        verb.i,
        cue,
        source,
        head.i if head is not None else None,
        content,
        addressee,
        form,
        is_negated(verb, words),
        modal is not None,
        name in words.speech or name in words.address,
    )


def is_negated(verb: Token, words: Lexicon) -> bool:
    """Whether the verb reports what was not said: "did not say", "declined to say"."""
    refused = verb.dep_ == "xcomp" and lemma(verb.head) in words.refusing
    return refused or any(child.dep_ == "neg" for child in verb.children)


# ---------------------------------------------------------------- content


def _content(verb: Token, name: str, words: Lexicon) -> tuple[tuple[int, ...], Form]:
    """Tokens of what is reported, and the form of the report."""
    if words.reports_clause(name):
        complements = [child for child in verb.children if child.dep_ == "ccomp"] or _stated(verb)
        if complements:
            complement = complements[0]
            if name not in words.address:
                return _subtree(complement, verb), "clause"
            # What precedes "X told Y" is when or where; what follows is what was told.
            complement = next((child for child in complements if child.i > verb.i), complement)
            return _with_subject(verb, complement, _after_that(verb, _subtree(complement, verb))), "clause"
        if verb.dep_ in {"parataxis", "ccomp"} and verb.head.pos_ in {"VERB", "AUX"}:
            if _pauses_around(verb):
                return _outside(verb), "inserted"
            after = verb.right_edge.i + 1
            if verb.dep_ == "ccomp" and verb.head.i >= after and not verb.doc[after].is_punct:
                return tuple(i for i in _subtree(verb.head, verb) if i >= after), "clause"
    return _requested(verb, name, words) if name in words.request else ((), "bare")


def _stated(verb: Token) -> list[Token]:
    """The clause of "said in a statement that X", which the parser hangs on the statement."""
    for link in verb.rights:
        if link.dep_ == "prep" and link.lower_ in {"in", "on", "during"}:
            for noun in link.children:
                for clause in noun.rights:
                    marks = (child.lower_ for child in clause.children if child.dep_ == "mark")
                    if clause.dep_ in {"acl", "relcl"} and "that" in marks:
                        return [clause]
    return []


def _requested(verb: Token, name: str, words: Lexicon) -> tuple[tuple[int, ...], Form]:
    """What somebody is asked to do: the infinitive, where somebody is asked."""
    asked = any(c.dep_ in {"dobj", "dative"} for c in verb.children)
    for child in verb.children:
        if child.dep_ == "xcomp" and child.tag_ == "VBG":
            # "told reporters waiting there that X": the clause hangs on who was told
            inner = next((c for c in child.children if c.dep_ == "ccomp"), None)
            if inner is not None and name in words.address:
                return _subtree(inner, verb), "clause"
        elif (child.dep_ == "xcomp" and asked and child.pos_ in {"VERB", "AUX"}) or child.dep_ == "ccomp":
            return _subtree(child, verb), "request"
    return (), "bare"


def _with_subject(verb: Token, complement: Token, tokens: tuple[int, ...]) -> tuple[int, ...]:
    """The clause with the subject that the parser gave to who was told: in "told Lee Kim is ill", Kim.

    A clause with no subject to be had is no clause: then there is none.
    """
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in complement.children)
    if not tokens or infinitive or any(c.dep_ in SUBJECTS | {"expl"} for c in complement.children):
        return tokens
    between = [t for t in verb.doc[verb.i + 1 : tokens[0]] if not t.is_punct]
    if len(between) < 2 or any(t.pos_ not in {"PROPN", "CCONJ", "DET"} for t in between):
        return ()
    told = next((i for i, t in enumerate(between) if t.ent_iob_ != "I" and i > 0), 1)
    return (*(t.i for t in between[told:]), *tokens)


def _pauses_around(verb: Token) -> bool:
    """Whether marks set the verb's clause apart: ", he said," or ", he said" at the end."""
    left, right = verb.left_edge.i - 1, verb.right_edge.i + 1
    closed = right >= len(verb.doc) or verb.doc[right].text in PAUSES
    return verb.i > verb.head.left_edge.i and left >= 0 and verb.doc[left].text in PAUSES - {"."} and closed


def _subtree(child: Token, verb: Token) -> tuple[int, ...]:
    """The child's tokens, without marks of subordination and punctuation at the ends."""
    doc = child.doc
    tokens = [t.i for t in child.subtree if t.i != verb.i]
    while tokens and (
        (doc[tokens[0]].lower_ == "that" and doc[tokens[0]].tag_ in {"IN", "WDT"}) or _loose(doc[tokens[0]])
    ):
        tokens.pop(0)
    tokens = _closed(doc, tokens, {"CCONJ"})
    if tokens and doc[tokens[0]].lower_ in {"who", "which"} and verb.dep_ == "relcl":
        # "Berg, who Dahl said must resign": of whom it was said stands before the cue.
        tokens = [t.i for t in verb.head.subtree if t.i < verb.left_edge.i and not _loose(t)] + tokens
    return tuple(sorted(set(tokens)))


def _after_that(verb: Token, tokens: tuple[int, ...]) -> tuple[int, ...]:
    """The clause from its "that", where the parser took whoever was told into it ("told reporters waiting that")."""
    told = any(child.dep_ in {"dobj", "dative"} and child.i > verb.i for child in verb.children)
    if told and not (tokens and verb.doc[tokens[0]].tag_ == "VBG"):
        return tokens
    that = next((i for i in tokens if verb.doc[i].lower_ == "that" and verb.doc[i].dep_ == "mark"), None)
    return tuple(i for i in tokens if i > that) if that is not None and that - verb.i < LONGEST_SOURCE else tokens


def _loose(token: Token) -> bool:
    return token.is_space or (token.is_punct and token.text not in {"(", ")", "[", "]"}) or token.text == "|"


def _opened(doc: Doc, tokens: list[int]) -> list[int]:
    """The tokens from the first that is no loose punctuation."""
    first = next((at for at, i in enumerate(tokens) if not _loose(doc[i])), len(tokens))
    return tokens[first:]


def _closed(doc: Doc, tokens: list[int], also: Set[str] = frozenset()) -> list[int]:
    """The tokens up to the last that is neither loose punctuation nor, by its part of speech, one of ``also``."""
    end = len(tokens)
    while end and (_loose(doc[tokens[end - 1]]) or doc[tokens[end - 1]].pos_ in also):
        end -= 1
    return tokens[:end]


def _outside(verb: Token) -> tuple[int, ...]:
    """What an inserted clause ("the streets, he said, were empty") is inserted into."""
    own = {t.i for t in verb.subtree}
    return tuple(_closed(verb.doc, [t.i for t in verb.head.subtree if t.i not in own]))


def cue_range(verb: Token, skip: set[int]) -> tuple[int, int]:
    """The verb with its auxiliaries and negation where they stand right before it."""
    start = verb.i
    while start > 0:
        before = verb.doc[start - 1]
        if before.head.i != verb.i or before.dep_ not in {"aux", "auxpass", "neg"} or start - 1 in skip:
            break
        start -= 1
    end = verb.i + 1
    if end < len(verb.doc) and verb.doc[end].dep_ == "prt" and verb.doc[end].head.i == verb.i:
        end += 1
    return start, end


def _addressee(verb: Token, name: str, words: Lexicon) -> int | None:
    """Token heading who is spoken to: "told X", "said to X"."""
    for child in verb.children:
        if (
            name in words.address | words.request
            and child.dep_ in {"dobj", "dative"}
            and child.pos_ in {"PROPN", "NOUN", "PRON"}
        ):
            return child.i
        if child.dep_ in {"prep", "dative"} and child.lower_ == "to":
            pobj = next((c for c in child.children if c.dep_ == "pobj"), None)
            if pobj is not None and pobj.pos_ in {"PROPN", "PRON", "NOUN"}:
                return pobj.i
    return None


def _of_noun(noun: Token, quoted: list[bool]) -> Clause | None:
    """A noun that reports a clause: "his claim that X", "a claim from Berg that X"; "claims that X" has no source."""
    child = next((c for c in noun.children if c.dep_ in {"acl", "ccomp"} and c.i > noun.i), None)
    if child is None or not any(c.pos_ == "SCONJ" and c.lower_ == "that" for c in child.children):
        return None
    head = next((c for c in noun.children if c.dep_ == "poss"), None)
    for link in noun.children:
        if link.dep_ == "prep" and link.lower_ in {"from", "by"} and link.i < child.i:
            head = next((c for c in link.children if c.dep_ == "pobj"), head)
    if head is not None and quoted[head.i]:
        head = None
    source = (head.left_edge.i, head.i + 1) if head is not None else None
    content = _subtree(child, noun)
    at = head.i if head is not None else None
    return Clause(noun.i, (noun.i, noun.i + 1), source, at, content, None, "clause", False, False, False)


def _according(token: Token) -> Clause | None:
    """The rest of its sentence is what X says: "according to X"."""
    doc = token.doc
    if token.lower_ == "per" and token.dep_ != "prep":
        return None
    at = token.i + 1
    if token.lower_ == "according":
        if at >= len(doc) or doc[at].lower_ != "to":
            return None
        at += 1
    head = next((c for t in doc[token.i : at] for c in t.children if c.dep_ == "pobj" and c.i >= at), None)
    if head is None or (token.lower_ == "per" and head.pos_ != "PROPN"):
        return None
    source = (head.left_edge.i, head.right_edge.i + 1)
    for child in head.children:
        if child.dep_ in {"relcl", "acl"} and child.i > head.i:
            source = (source[0], min(source[1], child.left_edge.i))
    while source[1] - 1 > head.i and _loose(doc[source[1] - 1]):
        source = (source[0], source[1] - 1)
    sentence = token.sent
    before = [t.i for t in sentence if t.i < token.i]
    after = [t.i for t in sentence if t.i >= head.right_edge.i + 1]
    if before and not any(doc[i].pos_ in {"VERB", "AUX"} for i in after):
        after = []  # no clause, but more of whoever is named: "according to the watchdog, the Audit Office"
    tokens = _closed(doc, _opened(doc, before + _opened(doc, after)))
    return Clause(token.i, (token.i, at), source, head.i, tuple(tokens), None, "according", False, False, True)


def spans_of(tokens: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring token numbers, half-open."""
    start = previous = None
    for i in tokens:
        if start is None or previous is None:
            start = i
        elif i != previous + 1:
            yield start, previous + 1
            start = i
        previous = i
    if start is not None and previous is not None:
        yield start, previous + 1
