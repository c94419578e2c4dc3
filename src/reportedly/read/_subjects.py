"""Whose subject a reporting verb has: the source of a reporting clause, by the parse and past its mistakes.

The subject is sought through conjunction, control, relative clause and inversion (Asr et al. 2021, the Gender Gap
Tracker). Each function after `source_head` undoes one kind of mistake that parsers make around datelines, quotation
marks, relative clauses and participles.
"""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.read._cues import Lexicon, lemma, lexicon

HAVE = {"have", "’ve", "'ve", "’d", "'d", "’s", "'s"}
FINITE = {"VBD", "VBZ", "VBP"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
INHERITING = {"conj", "xcomp", "advcl", "pcomp", "dep", "parataxis"}
REPORTED = {"ccomp", "acl", "xcomp", "pcomp"}
PAUSES = {",", "–", "—", "--", ".", "?", "!", ";"}
FARTHEST_UP = 6
"""Verbs above a cue in which its subject is sought."""
LEADING_TOKENS = 6
"""Tokens before a source's head among which a comma means that the parser took in what only precedes it."""
DATELINE_TOKENS = 12
"""Tokens of a dateline at the head of a paragraph."""
LONGEST_SOURCE = 30
"""Tokens of a source at most; a longer subtree is a parse gone wrong, and the source is cut to its head's phrase."""


def source_head(verb: Token, quoted: list[bool], words: Lexicon) -> Token | None:
    """The token that heads the source of a reporting verb; None if nobody is named."""
    head, passive = subject_of(verb, quoted)
    head = agent_of(verb) if passive or is_participle(verb) else _nearer(head, verb)
    head = _told_by(_past_dateline(head, verb), verb)
    return _behind_comma(_before_relative(head, verb), verb, words)


def subject_of(verb: Token, quoted: list[bool]) -> tuple[Token | None, bool]:
    """The token that heads the verb's subject, and whether the subject is a passive one."""
    current = verb
    for _ in range(FARTHEST_UP):
        for child in current.children:
            if child.dep_ in SUBJECTS and not quoted[child.i]:
                return _of_child(child, current, verb)
        if (noun := _noun_before(current)) is not None:
            return noun, False
        above = _above(current, verb)
        if above is None:
            break
        if above.pos_ == "NOUN":
            return _author(above) or above, False
        current = above
    return (_beside(verb, quoted) if verb.tag_ in FINITE else None), False


def _of_child(child: Token, current: Token, verb: Token) -> tuple[Token, bool]:
    """The subject that a verb has of its own; for a relative pronoun, whom it stands for."""
    if child.lower_ in {"who", "which", "that"} and current.dep_ == "relcl":
        inner = _between(child, current)
        if inner is not None:
            return inner, False
        paper = _author(current.head) or current.head
        return (child if child.lower_ == "who" else paper), child.dep_ == "nsubjpass"
    return child, child.dep_ == "nsubjpass" and current is verb


def _noun_before(verb: Token) -> Token | None:
    """The noun that a participle or a relative clause goes with, unless it is a day or who is told."""
    if _participial(verb) and not _told_or_when(verb.head):
        before = verb.doc[verb.i - 1]
        if before.pos_ == "PROPN" and not _told_or_when(before):
            return before  # "footage of Vik asking"
    if verb.dep_ not in {"acl", "relcl"} or verb.head.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    return None if _participial(verb) and _told_or_when(verb.head) else _author(verb.head) or verb.head


def _above(current: Token, verb: Token) -> Token | None:
    """The verb (or the noun) whose subject a verb without one shares; None if it shares none."""
    if current.dep_ in {"acl", "relcl"} and current.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return _governor(current.head)
    pcomp = current.dep_ == "pcomp" and current.head.pos_ in {"ADP", "SCONJ"}
    above = current.head.head if pcomp else current.head
    if current.dep_ not in INHERITING or above.i == current.i or above.pos_ not in {"VERB", "AUX"}:
        return None
    participle = current.dep_ == "advcl" and current.tag_ == "VBG" and current is verb
    return _out_of_report(above, verb) if participle else above


def _out_of_report(above: Token, verb: Token) -> Token:
    """Whose clause a participle behind a comma goes on with: "Lee said Kim was wrong, saying …" goes on with Lee's."""
    if verb.doc[verb.left_edge.i - 1].text != "," and verb.doc[verb.i - 1].text != ",":
        return above
    top = above
    while (top.dep_ in REPORTED or top.pos_ not in {"VERB", "AUX"}) and top.head.i < top.i:
        top = top.head
        above = top if top.pos_ in {"VERB", "AUX"} else above
    return above


def _participial(verb: Token) -> bool:
    """Whether the verb is a participle that goes with the noun before it: "a statement saying"."""
    if verb.tag_ != "VBG" or verb.i == 0:
        return False
    before = verb.doc[verb.i - 1]
    return verb.dep_ == "acl" or (before.pos_ == "PROPN" and before.dep_ == "pobj" and before.head.lower_ == "of")


def _told_or_when(noun: Token) -> bool:
    """Whether a noun cannot say what follows it: a day ("a statement Tuesday saying") or whom it was said to."""
    return (
        noun.ent_type_ in {"DATE", "TIME"}
        or noun.dep_ == "npadvmod"
        or (noun.dep_ == "pobj" and noun.head.lower_ == "to")
    )


def _governor(noun: Token) -> Token | None:
    """The verb or noun that a day, or who is told, belongs to: in "an email to supporters stating", the email."""
    above = noun.head
    while above.pos_ == "ADP" and above.head.i != above.i:
        above = above.head
    return above if above.pos_ in {"VERB", "AUX", "NOUN"} and above.i != noun.i else None


def _between(pronoun: Token, verb: Token) -> Token | None:
    """Who stands between a relative pronoun and its verb, which the parser overlooked: "whom Vik on Monday called"."""
    for token in verb.doc[pronoun.i + 1 : verb.i]:
        if token.pos_ == "PROPN" and token.dep_ not in {"pobj", "compound", "npadvmod", "poss"}:
            return token
    return None


def _author(paper: Token) -> Token | None:
    """Who issued what speaks: in "Berg released a statement saying", Berg."""
    verb, name = paper.head, lemma(paper)
    if paper.dep_ != "dobj" or name not in lexicon().nouns | lexicon().papers or verb.pos_ != "VERB":
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    known = subject is not None and (subject.pos_ in {"PROPN", "NOUN"} or subject.lower_ in {"he", "she", "they"})
    return subject if known else None


def to_pronoun(source: tuple[int, int], verb: Token) -> tuple[int, int]:
    """The source with the relative pronoun that stands for it: "the ministry, which"."""
    for child in verb.children:
        relative = child.dep_ in SUBJECTS and child.lower_ in {"which", "that"} and verb.dep_ == "relcl"
        if relative and source[1] <= child.i <= source[1] + 1:
            return source[0], child.i + 1
    return source


def _past_dateline(head: Token | None, verb: Token) -> Token | None:
    """The name right before the verb, where the parser takes the dateline for the subject: "OSLO (AP) — Vik said"."""
    if head is None or head.i > DATELINE_TOKENS or not head.text.isupper() or verb.i < head.i:
        return head
    dash = next((t.i for t in verb.doc[head.i : head.i + DATELINE_TOKENS] if t.text in {"—", "–", "-", "--"}), None)
    if dash is None or dash >= verb.i:
        return head
    behind = [t for t in verb.doc[dash + 1 : verb.i] if t.pos_ in {"PROPN", "NOUN", "PRON"} and not _told_or_when(t)]
    subjects = [t for t in behind if t.dep_ in SUBJECTS and t.head.i == head.head.i]
    subjects += [t for t in behind if t.dep_ == "appos" and t.head.i == head.i]
    return next(iter(subjects or behind[::-1]), head)


def _told_by(head: Token | None, verb: Token) -> Token | None:
    """Who stands right before a verb whose object the parser takes for its subject too: "Berg told host Jon Vik, …"."""
    if (
        head is None
        or head.i < verb.i
        or not any(c.i == head.i and c.dep_ in {"dobj", "dative"} for c in verb.children)
    ):
        return head
    before = verb.doc[verb.i - 1] if verb.i else head
    return before if before.pos_ in {"PROPN", "NOUN", "PRON"} else head


def _before_relative(head: Token | None, verb: Token) -> Token | None:
    """Whom a relative clause is about, where the parser takes its last object for the subject.

    In: "An aide who called to discuss the budget said", the aide.
    """
    if head is None or head.pos_ not in {"NOUN", "PROPN"} or not 0 < head.left_edge.i < head.i + 1 <= verb.i:
        return head
    before = verb.doc[head.left_edge.i - 1]
    if before.pos_ != "VERB" or before.tag_ in FINITE:
        return head
    for i in range(before.i - 1, max(before.sent.start, before.i - LEADING_TOKENS * 2), -1):
        if verb.doc[i].text in PAUSES:
            break
        if verb.doc[i].lower_ == "who":
            return verb.doc[i - 1] if verb.doc[i - 1].pos_ in {"NOUN", "PROPN"} else head
    return head


def _behind_comma(head: Token | None, verb: Token, words: Lexicon) -> Token | None:
    """Who follows a cue behind a comma, where the parser takes a thing before it: "… is dead, said Berg."."""
    doc = verb.doc
    if head is None or head.i > verb.i or head.pos_ != "NOUN" or head.lemma_.lower() in words.person_nouns:
        return head
    if verb.i + 1 >= len(doc) or doc[verb.i - 1].text != "," or verb.tag_ not in FINITE:
        return head
    phrase = []
    for token in doc[verb.i + 1 : verb.sent.end]:
        if token.text in PAUSES:
            break
        phrase.append(token)
    if not phrase or any(token.pos_ in {"VERB", "AUX", "SCONJ"} for token in phrase):
        return head
    named = [token for token in phrase if token.ent_type_ == "PERSON" or token.lemma_.lower() in words.person_nouns]
    return named[-1] if named else head


def _nearer(head: Token | None, verb: Token) -> Token | None:
    """The person named right before the verb, where the parser takes a far noun before a comma for the subject."""
    if head is not None and head.dep_ in SUBJECTS and head.head.i > head.i:
        verb = head.head  # "Berg, …, claimed X and said Y": the name stands before the first verb
        for other in verb.children:
            if head.pos_ == "NOUN" and other.dep_ == "nsubj" and other.pos_ == "PROPN" and head.i < other.i < verb.i:
                return other  # "a sailor, Jon Berg, 34, said": for the parser two subjects
    if head is None or head.pos_ != "NOUN" or verb.i - head.i < LEADING_TOKENS:
        return head
    before = verb.doc[verb.i - 1]
    apart = any(token.text == "," for token in verb.doc[head.i : verb.i])
    return before if apart and before.pos_ == "PROPN" and before.ent_type_ == "PERSON" else head


def is_participle(verb: Token) -> bool:
    """Whether the verb is a passive participle ("asked by reporters whether", "pressed to say why")."""
    return verb.tag_ == "VBN" and not any(
        child.dep_ == "aux" and child.lemma_.lower() in HAVE for child in verb.children
    )


def _beside(verb: Token, quoted: list[bool]) -> Token | None:
    """By the surface: the noun phrase right after the verb (said Jones), else the one right before it (Jones said)."""
    doc = verb.doc
    for i in range(verb.i + 1, min(verb.i + 12, len(doc))):
        token = doc[i]
        if quoted[i] or (token.is_sent_start and token.text.isalpha() is False):
            break
        if token.pos_ in {"PROPN", "PRON", "NOUN"} and token.dep_ not in {"dobj", "npadvmod", "pobj"}:
            head = _phrase_head(token)
            clausal = head.i + 1 < len(doc) and doc[head.i + 1].pos_ in {"VERB", "AUX"}
            return None if clausal or any(quoted[j] for j in range(verb.i, i)) else head
        if token.pos_ not in {"DET", "ADJ", "PROPN", "NUM", "PART", "PUNCT"} or token.text in {".", ",", ";", ":", "—"}:
            break
    for i in range(verb.i - 1, max(-1, verb.i - 6), -1):
        token = doc[i]
        if quoted[i]:
            break
        if token.pos_ in {"PROPN", "PRON", "NOUN"} and token.dep_ not in {"npadvmod"}:
            return token
        if token.pos_ not in {"ADV", "AUX", "PART"}:
            break
    return None


def _phrase_head(token: Token) -> Token:
    while (
        token.dep_ in {"compound", "amod", "poss", "nmod", "det"}
        and token.head.i > token.i
        and token.head.i - token.i < 8
    ):
        token = token.head
    return token


def agent_of(verb: Token) -> Token | None:
    """Who does it, of a passive verb."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def source_range(head: Token, verb: Token, quoted: list[bool]) -> tuple[int, int]:
    """The noun phrase that ``head`` heads: its subtree, without relative clauses, quotations and the verb itself."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    comma = next((i for i in range(head.i - 1, start, -1) if head.doc[i].text == ","), None)
    if comma is not None and head.i - start > LEADING_TOKENS:
        start = comma + 1
    for child in head.children:
        if child.dep_ in {"relcl", "advcl", "ccomp", "parataxis"} and child.i > head.i:
            end = min(end, child.left_edge.i)
        if child.dep_ in {"cc", "conj"} and child.i > verb.i > head.i:
            end = min(end, child.left_edge.i)
    if start <= verb.i < end:
        start, end = (start, verb.i) if head.i < verb.i else (verb.i + 1, end)
    while start < head.i and any(quoted[i] for i in range(start, head.i)):
        start += 1
    end = _before_quotation(head, end, quoted)
    if end - start > LONGEST_SOURCE:
        start, end = max(start, head.i - 8), min(end, head.i + 1)
    doc = head.doc
    while end - 1 > head.i and (
        (doc[end - 1].is_punct and doc[end - 1].text not in {")", "]"}) or doc[end - 1].is_space
    ):
        end -= 1
    while start < head.i and ((doc[start].is_punct and doc[start].text not in {"(", "["}) or doc[start].is_space):
        start += 1
    return start, max(end, start + 1)


def _before_quotation(head: Token, end: int, quoted: list[bool]) -> int:
    """Where a phrase ends before marks open in it, without the small words that led up to them."""
    first = next((i for i in range(head.i, end) if quoted[i]), None)
    if first is None:
        return end
    while first - 1 > head.i and head.doc[first - 1].pos_ in {"ADP", "DET", "CCONJ", "PART"}:
        first -= 1
    return first
