"""Who is reported to want, deny, support or expect something: attributions whose content is no clause (`_frames`).

The source is the subject of the word, or of the verb it depends on ("has plans to", "is afraid of"), the agent of a
passive, or the owner of a noun ("her call for talks", "a call by the union for talks").
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from reportedly.read._clauses import Clause, cue_range, is_negated
from reportedly.read._cues import lexicon
from reportedly.read._frames import SURE, Frame, best_frame
from reportedly.read._subjects import agent_of, is_participle, source_range, subject_of

LIGHT = frozenset({"dobj", "attr", "acomp", "pobj", "conj", "nsubjpass"})
"""What a noun or an adjective is to the verb whose subject holds the attitude."""


def find_attitudes(doc: Doc, quoted: list[bool], taken: set[int]) -> list[Clause]:
    """The attitudes of a paragraph, in text order.

    Args:
        doc: the paragraph.
        quoted: for each token, whether it stands in quotation marks.
        taken: tokens that already head a reporting clause.
    """
    found = []
    for token in doc:
        if quoted[token.i] or token.i in taken:
            continue
        best = best_frame(token)
        if best is not None:
            clause = _attitude(token, best[0], quoted, sure=best[1] >= SURE)
            if clause is not None:
                found.append(clause)
    return found


def _attitude(word: Token, frame: Frame, quoted: list[bool], *, sure: bool) -> Clause | None:
    head = _holder(word, frame, quoted)
    if head is not None and (quoted[head.i] or head.i in frame.tokens or head.i == word.i):
        head = None
    if head is not None and head.tag_ == "NN" and not head.ent_type_ and not lexicon().can_speak(head.lemma_.lower()):
        return None
    source = source_range(head, word, quoted) if head is not None else None
    cue = cue_range(word, set(range(*source)) if source else set())
    skip = {*(range(*source) if source else ()), *range(*cue)}
    content = tuple(i for i in frame.tokens if i not in skip)
    if not content:
        return None
    hypothetical = any(c.dep_ == "aux" and c.lower_ in lexicon().hypothetical for c in word.children)
    negated = is_negated(word, lexicon()) or word.lemma_.lower() in lexicon().refusing
    at = head.i if head is not None else None
    return Clause(
        word.i, cue, source, at, content, None, "attitude", negated, hypothetical, strong=sure, frame=frame.name
    )


def _holder(word: Token, frame: Frame, quoted: list[bool]) -> Token | None:
    """Whose attitude it is."""
    if frame.name.startswith("passive"):
        return agent_of(word)
    if word.pos_ in {"VERB", "AUX"}:
        if word.dep_ == "advcl" and any(c.dep_ == "mark" for c in word.children):
            return next((c for c in word.children if c.dep_ == "nsubj"), None)
        head, passive = subject_of(word, quoted)
        return agent_of(word) if passive or is_participle(word) else head
    if word.pos_ == "NOUN":
        owner = next(_owners(word), None)
        if owner is not None:
            return owner
    above = word.head
    while above.dep_ == "prep" and above.head.i != above.i:
        above = above.head
    if word.dep_ in LIGHT and above.pos_ in {"ADP", "VERB", "AUX"}:
        verb = above.head if above.pos_ == "ADP" else above
        if verb.pos_ in {"VERB", "AUX"}:
            head, passive = subject_of(verb, quoted)
            return agent_of(verb) if passive else head
    return None


def _owners(noun: Token) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ == "poss":
            yield child
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "among"}:
            yield from (c for c in child.children if c.dep_ == "pobj")
