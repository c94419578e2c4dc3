"""What the words around a name say its bearer is.

Roles are read where news puts them: before the name ("Norwegian fisheries minister Anna Vik"), after it between
commas ("Vik, the fisheries minister,"), in the phrase that the name explains ("a ministry aide, Anna Vik,"), and
after "is". They are kept as written, without the article. A phrase counts only where a role noun in the singular
heads it and a mark closes it, for the words after a comma are as often the next clause or the next of a list.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any

from reportedly.read._parties import STOPS, form_at
from reportedly.read._people_data import names, roles, singular, titles, word_list
from reportedly.read._people_leaves import Leaf, Stretch

LONGEST_BEFORE = 10
"""Words of a role before a name at most."""
LONGEST_AFTER = 16
"""Words of a role after a name at most; what is longer is a sentence gone on."""
DETERMINERS = word_list("determiners")
EVALUATING = word_list("evaluating")
"""Adjectives that say nothing of the office, left off where they open a role."""
RELATIONS = word_list("relations")
"""Nouns that before a name describe and after it are somebody's: no role of their own."""
CLOSING = frozenset({",", ".", ")", ";", "—", "–", "-", "]", "?", "!"})
LABEL = re.compile(r"[,(]?\s{0,2}\(?((?:[RDI])\s?[-–]\s?[A-Z][\w.]{1,11}(?: [A-Z][\w.]{1,11})?)[),]")


def roles_at(stretch: Stretch, named: Container[tuple[int, int]]) -> Iterator[str]:
    """The roles that the words around one mention give.

    Args:
        stretch: the mention.
        named: (paragraph, piece) of every piece at which some person's name begins.
    """
    leaf = stretch.leaf
    if leaf.loud and stretch.title is None:
        return
    before = _before(leaf, stretch.first, stretch.title)
    if before:
        yield before
    if leaf.loud:
        return
    after = _label(leaf, stretch.last) or _after(leaf, stretch.last, named) or _copula(leaf, stretch.last)
    if after:
        yield after
    if not before and len(stretch.words) > 1:
        explained = _explained(leaf, stretch.start, stretch.last)
        if explained:
            yield explained


def described_after(stretch: Stretch) -> bool:
    """Whether a role stands between commas after the stretch: only people have one."""
    return _label(stretch.leaf, stretch.last) is not None or _after(stretch.leaf, stretch.last, ()) is not None


def is_head(leaf: Leaf, at: int) -> bool:
    """Whether a piece is a role noun in the singular."""
    low = leaf.pieces[at].low.rstrip(".")
    return low in roles().heads or (low in titles().short and leaf.pieces[at].text.endswith("."))


# ---------------------------------------------------------------- before the name


def _before(leaf: Leaf, first: int, title: tuple[int, int] | None) -> str | None:
    cut = leaf.pieces
    start = first
    if title is not None:
        start = title[0]
        while start < title[1] and cut[start].low.rstrip(".") in titles().honorific:
            start += 1
        if start == title[1]:
            # "Mr. Lee" tells no role; what stands before "Mr." is no part of the name either.
            return None
    elif first == 0 or cut[first - 1].kind != "word" or cut[first - 1].own or not _is_noun_head(leaf, first - 1):
        return None
    official = title is not None
    while start > 0 and first - start < LONGEST_BEFORE and _may_precede(leaf, start - 1, start, official):
        start -= 1
    role = _role(leaf, start, first)
    # "Prime Ministers Vik and Lund": each of them is one.
    last = role.rsplit(" ", 1)[-1] if role else ""
    one = singular(last.lower())
    if role and len(one) < len(last) and one in roles().heads and not last.endswith("."):
        return role[: len(role) - len(last) + len(one)]
    return role


def _is_noun_head(leaf: Leaf, at: int) -> bool:
    low = leaf.pieces[at].low.rstrip(".")
    known = low in roles().heads or (low in titles().short and leaf.pieces[at].text.endswith("."))
    return known and leaf.token(at).pos_ in ("NOUN", "PROPN", "ADJ", "X") and low not in RELATIONS


def _may_precede(leaf: Leaf, at: int, nxt: int, official: bool) -> bool:
    """Whether a word may belong to the role that goes on at the next piece.

    Before a title in capitals a noun in lower case is the end of something else: "the deal President Vik struck".
    """
    cut = leaf.pieces
    piece = cut[at]
    gap = cut[nxt].start - piece.end - (2 if piece.own else 0)
    if (
        piece.kind != "word"
        or not 0 <= gap <= 2
        or piece.low in DETERMINERS
        or piece.low.rstrip(".") in names().breakers
    ):
        return False
    token = leaf.token(at)
    if token.is_stop and form_at([piece.norm], 0) is None and piece.low not in ("top", "former", "then"):
        return False
    if official and token.pos_ == "NOUN" and not piece.capital and not piece.own and piece.low not in roles().modifier:
        return False
    return (
        token.pos_ in ("NOUN", "PROPN", "ADJ") or piece.own or (token.tag_ in ("VBN", "VBG") and token.dep_ == "amod")
    )


# ---------------------------------------------------------------- after the name


def _label(leaf: Leaf, last: int) -> str | None:
    """A party and state in brackets or between commas: "(R-Texas)", ", D-Calif.,"."""
    if last >= len(leaf.pieces) or leaf.pieces[last].text not in ",(":
        return None
    match = LABEL.match(leaf.paragraph.doc.text, leaf.pieces[last].start)
    return match.group(1) if match else None


def _after(leaf: Leaf, last: int, named: Container[tuple[int, int]]) -> str | None:
    cut = leaf.pieces
    if last >= len(cut) or cut[last].text not in (",", "(", "—", "–") or cut[last - 1].own:
        return None
    first = last + 1
    if first + 1 < len(cut) and cut[first].kind == "number" and cut[first + 1].text == ",":
        first += 2
    head, end = _phrase(leaf, first, named)
    if head is None or cut[head].low.rstrip(".") in RELATIONS:
        return None
    closing = cut[end] if end < len(cut) else None
    if closing is not None and closing.text not in CLOSING and closing.low not in ("who", "whose", "which", "that"):
        return None
    if (
        closing is not None
        and closing.text == ","
        and (leaf.number, end + 1) in named
        and cut[first].low in DETERMINERS
    ):
        return None
    return _role(leaf, first, end)


def _phrase(leaf: Leaf, first: int, named: Container[tuple[int, int]]) -> tuple[int | None, int]:
    """The head of the noun phrase that begins at a piece, and the piece after the phrase with what "of …" adds."""
    cut = leaf.pieces
    head: int | None = None
    at = first
    while at < len(cut) and at - first < LONGEST_AFTER:
        piece = cut[at]
        if piece.kind == "mark" and not (piece.text in "&-" and at > first):
            break
        if piece.kind == "junk" or ((leaf.number, at) in named and not _serves(leaf, head, at)):
            return None, at
        token = leaf.token(at)
        if (
            head is None
            and (piece.low in STOPS or piece.low in ("of", "and", "who"))
            and at > first
            and not _owned(leaf, first, at)
        ):
            return None, at
        if token.pos_ in ("PRON", "AUX", "SCONJ", "INTJ") and piece.low not in DETERMINERS:
            break
        if token.pos_ == "VERB" and token.dep_ != "amod" and form_at([piece.norm], 0) is None and not is_head(leaf, at):
            break
        if token.pos_ == "CCONJ" and head is not None:
            break
        in_noun = head is None or not any(cut[k].low in STOPS or cut[k].low == "of" for k in range(head + 1, at))
        if in_noun and is_head(leaf, at) and not piece.own and token.pos_ in ("NOUN", "PROPN", "ADJ", "X", "VERB"):
            head = at
        at += 1
    if head is not None and head + 1 < at and not _continues(leaf, head + 1):
        return None, at
    return head, at


def _serves(leaf: Leaf, head: int | None, at: int) -> bool:
    """Whether a name is whom the head of a phrase works for: "an aide to Ms. Vik"."""
    return head is not None and head < at and leaf.pieces[head + 1].low in ("to", "for", "of")


def _owned(leaf: Leaf, first: int, at: int) -> bool:
    return any(leaf.pieces[k].own for k in range(first, at))


def _continues(leaf: Leaf, at: int) -> bool:
    """Whether what follows a head can: a preposition, a participle; not a capital, which would be another name."""
    piece = leaf.pieces[at]
    return (
        piece.low in STOPS
        or piece.low in ("of", "-elect", "general", "emeritus", "designate", "elect")
        or (not piece.capital and leaf.token(at).pos_ in ("ADP", "VERB", "ADV", "NUM"))
    )


def _copula(leaf: Leaf, last: int) -> str | None:
    """The office after "is" or "serves as"."""
    cut = leaf.pieces
    if last + 2 >= len(cut) or cut[last].low not in ("is", "serves"):
        return None
    first = last + 1 + (cut[last].low == "serves")
    if cut[first].low not in DETERMINERS:
        return None
    head, end = _phrase(leaf, first, ())
    if head is None or cut[head].low not in roles().office or cut[head].low in roles().generic:
        return None
    if any(
        leaf.token(k).tag_ in ("JJS", "RBS") or cut[k].low in ("first", "only", "second", "likely", "not")
        for k in range(first, head)
    ):
        return None
    return _role(leaf, first, end)


# ---------------------------------------------------------------- the phrase that a name explains


def _explained(leaf: Leaf, first: int, last: int) -> str | None:
    cut = leaf.pieces
    if (
        first < 2
        or cut[first - 1].text != ","
        or last >= len(cut)
        or cut[last].text not in (",", ")", "—", "–", ".")
        or cut[last - 1].own
    ):
        return None
    start = first - 2
    while (
        start > 0
        and first - start <= LONGEST_AFTER
        and cut[start].kind == "word"
        and cut[start].low not in DETERMINERS
        and leaf.token(start).pos_ != "CCONJ"
    ):
        start -= 1
    while start < first - 1 and cut[start].kind != "word":
        start += 1
    while start < first - 1 and leaf.token(start).pos_ in ("CCONJ", "SCONJ", "ADP", "ADV", "AUX"):
        start += 1
    head, end = _phrase(leaf, start, ())
    if head is None or end != first - 1 or cut[head].low in RELATIONS:
        return None
    if cut[start].low not in DETERMINERS and (not cut[start].capital or cut[last].text == "."):
        return None
    return _role(leaf, start, end)


# ---------------------------------------------------------------- as written


def _role(leaf: Leaf, first: int, end: int) -> str | None:
    """The words of a role as written, without what opens and ends it emptily; None if nothing is left."""
    cut: list[Any] = leaf.pieces
    while first < end and (
        cut[first].low in DETERMINERS
        or cut[first].low == "as"
        or (cut[first].low in EVALUATING and not cut[first].capital)
        or cut[first].kind == "mark"
    ):
        first += 1
    while end > first and (
        cut[end - 1].kind == "mark" or cut[end - 1].low in STOPS or cut[end - 1].low in ("of", "and")
    ):
        end -= 1
    if first >= end:
        return None
    lows = [cut[at].low.rstrip(".") for at in range(first, end)]
    if not any(low in roles().heads or singular(low) in roles().heads or low in titles().short for low in lows):
        return None
    text = leaf.paragraph.doc.text[cut[first].start : cut[end - 1].end]
    return re.sub(r"\s+", " ", text).strip()
