"""The propositions of an article's sentences: what each clause tells, with its subject where another clause holds it.

A sentence tells several things: "Berg, who won in 2010, resigned and left the city" tells that Berg won, resigned and
left. After PropSegmEnt (Chen et al. 2023), a proposition is a part of a sentence's words that could be true or false by
itself; here they are read off the parse:

1. a predicate is a sentence's root, a coordinated verb, a relative, adverbial or participial clause, the clause that a
   verb of saying governs, or an apposition of some length;
2. its words are its subtree's, without those of other predicates in it; only what is said stays a part of the saying;
3. its subject, if it has none itself, is that of the verb it is coordinated with, the noun that the clause describes,
   or the subject of the clause that it goes with.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from reportedly._records import Proposition, Span
from reportedly._spans import trim
from reportedly.read._clauses import spans_of
from reportedly.read._parse import Paragraph, Parsed
from reportedly.read._subjects import SUBJECTS

TELLING_BLOCKS = frozenset({"body", "headline", "caption", "heading"})
FEWEST = 2
"""Words of a proposition besides its predicate; less is "he said"."""
APPOSED = 4
"""Words of an apposition that tells something: "the first woman to lead the board"; less is an office."""
LINKS = frozenset({"relcl", "advcl", "parataxis", "acl", "ccomp", "pcomp", "conj"})


def find_propositions(parsed: Parsed) -> tuple[Proposition, ...]:
    """The propositions of an article's running text, headings and headline, in text order."""
    text = parsed.article.text
    found: dict[tuple[Span, Span], Proposition] = {}
    for paragraph in parsed.paragraphs:
        if paragraph.kind not in TELLING_BLOCKS:
            continue
        for sentence in paragraph.sentences():
            for proposition in _of_sentence(paragraph, sentence, text):
                found.setdefault((proposition.span, proposition.predicate), proposition)
    return tuple(sorted(found.values(), key=lambda one: (one.span, one.predicate)))


def _of_sentence(paragraph: Paragraph, sentence: TokenSpan, text: str) -> Iterator[Proposition]:
    heads = [token for token in sentence if _is_head(token)]
    for head in heads:
        words = _words(head, heads)
        if sum(1 for token in words if not token.is_punct and not token.is_space) <= FEWEST:
            continue
        doc = head.doc
        parts = tuple(
            span
            for start, end in spans_of(tuple(token.i for token in words))
            if (span := trim(text, paragraph.span_of(doc[start:end])))[0] < span[1]
        )
        subject = _own_subject(head) if head.dep_ != "appos" else None
        subject = subject or _subject(head)
        yield Proposition(
            span=(parts[0][0], parts[-1][1]),
            parts=parts,
            predicate=paragraph.span_of(head),
            subject=trim(text, paragraph.span_of(_phrase(subject))) if subject is not None else None,
        )


def _is_head(token: Token) -> bool:
    """Whether a token is the predicate of a proposition."""
    if token.dep_ == "ROOT":
        return not token.is_punct and not token.is_space
    if token.dep_ == "appos":
        return token.right_edge.i - token.left_edge.i + 1 >= APPOSED
    if token.pos_ not in {"VERB", "AUX"} or token.dep_ not in LINKS:
        return False
    if token.dep_ == "conj":
        # "may come and go" is one thing; "came and spoke to the press" are two.
        return _own_subject(token) is not None or token.right_edge.i - token.left_edge.i + 1 > FEWEST
    # "The first to lead it", "came to see it": what is to be is part of what is.
    if any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children):
        return False
    return token.dep_ != "acl" or token.tag_ in {"VBG", "VBN", "VBD"}


def _words(head: Token, heads: list[Token]) -> list[Token]:
    """The tokens of a predicate's proposition, in order, without links and marks at the ends."""
    others = [other for other in heads if other.i != head.i and other.dep_ != "ccomp" and head.is_ancestor(other)]
    without = {token.i for other in others for token in other.subtree}
    # Of "what it stands for" the parser's subtree is not in the order of the text.
    kept = (token for token in head.subtree if token.i not in without and not token.is_space)
    words = sorted(kept, key=lambda token: token.i)
    # A link to a part that is left out, and the marks around it.
    while words and (words[-1].is_punct or words[-1].dep_ in {"cc", "mark"}):
        words.pop()
    while words and words[0].i != head.i and (words[0].is_punct or words[0].dep_ in {"cc", "mark"}):
        words.pop(0)
    return words


def _own_subject(head: Token) -> Token | None:
    found = next((child for child in head.children if child.dep_ in SUBJECTS), None)
    return None if found is not None and found.tag_ in {"WP", "WDT"} else found


def _subject(head: Token) -> Token | None:
    """Who or what a proposition without a subject of its own is about."""
    while head.dep_ != "ROOT":
        if head.dep_ in {"relcl", "acl", "appos"}:
            return head.head if head.head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"} else None
        head = head.head
        if (own := _own_subject(head)) is not None:
            return own
        if head.pos_ not in {"VERB", "AUX", "ADP", "SCONJ"}:
            return None
    return None


def _phrase(head: Token) -> TokenSpan:
    """A noun with what stands before it and what it is "of"."""
    end = head.i + 1
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == end:
            end = child.right_edge.i + 1
    return head.doc[head.left_edge.i : end]
