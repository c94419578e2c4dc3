"""Where a run of capitals begins and ends, and which forms of sides stand in a paragraph.

A run is words with a capital that touch, and what may stand between them: "of", particles, a given name in brackets.
A form of a side ends it: "U.S. Secretary" is a form and a run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from reportedly.read._parties import Form, form_at
from reportedly.read._people_data import first_names, fold, names, roles, singular, titles
from reportedly.read._people_leaves import Leaf, touch
from reportedly.read._people_words import Piece

LINKS = frozenset({"of", "for", "to", "the", "and", "&"})
MOST_WORDS = 7
"""Words of a run beyond which it is a list or a heading, not a name."""
CLOSING = {"(": ")", "“": "”", '"': '"', "[": "]"}
"""What closes the brackets and marks that a given name can stand in."""

INITIAL = re.compile(r"[^\W\d_]\.")

Forms = dict[int, tuple[Form, int]]
"""Forms of sides and known places, by first piece, each with the piece after its last."""


@cache
def _cities() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for place in sorted(names().places, key=lambda place: (-len(place.split()), place)):
        words = tuple(place.split())
        found.setdefault(words[0], []).append(words)
    return found


def side_forms(leaf: Leaf) -> Forms:
    """Forms of sides and known places, by first piece, with the piece after their last."""
    cut = leaf.pieces
    norms = [piece.norm for piece in cut]
    found: Forms = {}
    at = 0
    while at < len(cut):
        piece = cut[at]
        if piece.kind not in ("word", "number") or not (piece.capital or piece.low == "al-qaeda"):
            at += 1
            continue
        shouted = piece.text.isupper() and len(piece.text) > 3
        form = form_at(norms, at) or (form_at(norms, at, relaxed=True) if shouted else None) or _city(cut, at)
        if form is None or (form.kind != "institution" and len(form.words) == 1 and _in_a_name(leaf, at)):
            at += 1
            continue
        last = at + len(form.words)
        found[at] = form, last
        at = last
    return found


def _city(cut: Sequence[Piece], at: int) -> Form | None:
    for words in _cities().get(cut[at].low, ()):
        here = cut[at : at + len(words)]
        if len(here) == len(words) and all(
            p.low == w and p.capital | (w in ("of", "d.c.")) for p, w in zip(here, words, strict=True)
        ):
            return Form(words, "", "place", " ".join(p.norm for p in here), False)
    return None


def _in_a_name(leaf: Leaf, at: int) -> bool:
    """Whether a word that names a place is part of a person's name here: "Michael Jordan", "Israel Katz"."""
    cut, data = leaf.pieces, names()
    given = first_names().all
    if at > 0 and touch(cut, at - 1, at) and cut[at - 1].capital and not cut[at - 1].own:
        before = fold(cut[at - 1].norm)
        if before in given or len(before.rstrip(".")) == 1 or before.rstrip(".") in titles().honorific:
            return not (at > 1 and cut[at].low == "states")
    if cut[at].low not in data.like_places or at + 1 >= len(cut) or not touch(cut, at, at + 1) or cut[at].own:
        return False
    after = cut[at + 1]
    word = after.low.rstrip(".")
    known = (
        data.organisation
        | data.place
        | data.thing
        | roles().heads
        | roles().modifier
        | titles().short.keys()
        | data.of_heads
    )
    return (
        after.capital and not leaf.loud and word not in known and form_at([after.norm], 0) is None
        and _is_proper(leaf, at) and _is_proper(leaf, at + 1)
    )  # fmt: skip


def _opens_sentence(leaf: Leaf, at: int) -> bool:
    cut = leaf.pieces
    before = at - 1
    while before >= 0 and cut[before].text in "\"'“”‘’([«„-–—*_":
        before -= 1
    return before < 0 or cut[before].text in ".!?:;…\n|•" or leaf.token(at).is_sent_start is True


def _is_nameish(leaf: Leaf, at: int) -> bool:
    piece = leaf.pieces[at]
    if piece.kind != "word" or not piece.capital:
        return False
    if piece.low.rstrip(".") in names().breakers and not (INITIAL.fullmatch(piece.text) and at > 0):
        return False  # "a" and "I" end a name, "A." and "I." do not
    if leaf.loud or not _opens_sentence(leaf, at):
        return True
    token = leaf.token(at)
    if token.is_stop:
        return False
    # The tagger has no sentence to go by before a colon: "Vik: “We will not pay.”"
    label = at + 1 < len(leaf.pieces) and leaf.pieces[at + 1].text == ":"
    return token.pos_ == "PROPN" or bool(token.ent_type_) or _is_title(piece) or label


def _is_proper(leaf: Leaf, at: int) -> bool:
    return leaf.token(at).pos_ == "PROPN"


def _is_title(piece: Piece) -> bool:
    word = piece.low.rstrip(".")
    return word in titles().honorific or (word in titles().short and piece.text.endswith(".")) or word in roles().office


def run_end(leaf: Leaf, at: int, forms: Forms) -> int:
    """The piece after the run of capitals that begins at a piece; the piece itself if none begins there."""
    cut, data = leaf.pieces, names()
    end = at
    while end < len(cut) and end - at <= 3 * MOST_WORDS:
        if end > at and cut[end - 1].own and not cut[end].glued:
            break
        if end in forms:
            break
        if _is_nameish(leaf, end) and (end == at or touch(cut, end - 1, end) or cut[end - 1].text in ')”"'):
            end += 1
            continue
        more = _bridge(leaf, at, end, forms)
        if more == end:
            break
        end = more
    while end > at and (cut[end - 1].low in data.particles or cut[end - 1].low in LINKS) and not cut[end - 1].capital:
        end -= 1
    return end


def _bridge(leaf: Leaf, at: int, end: int, forms: Forms) -> int:
    """Where a run goes on behind what is no capital; ``end`` if it does not."""
    cut = leaf.pieces
    if end + 1 >= len(cut):
        return end
    piece = cut[end]
    if piece.kind != "word" or piece.capital:
        return _over_brackets(leaf, at, end, forms)
    if piece.low in names().particles:
        return _over_particles(leaf, at, end, forms)
    if end > at and not leaf.loud and _takes(cut[end - 1].low, piece.low):
        return _over_preposition(leaf, end, forms)
    if end > at and piece.low == "and":
        return _over_and(leaf, at, end, forms)
    return end


def _over_particles(leaf: Leaf, at: int, end: int, forms: Forms) -> int:
    """Ana de la Cruz; "von Harten" too, but few particles open a name."""
    cut, data = leaf.pieces, names()
    nxt = end + 1
    while nxt + 1 < len(cut) and cut[nxt].low in data.particles and not cut[nxt].capital:
        nxt += 1
    if nxt in forms or not _is_nameish(leaf, nxt):
        return end
    goes_on = touch(cut, end - 1, end) if end > at else cut[end].low in data.first_particles and _is_proper(leaf, nxt)
    return nxt if goes_on else end


def _over_preposition(leaf: Leaf, end: int, forms: Forms) -> int:
    """Department of the Interior, Ambassador to Norway: a form of a side is taken whole."""
    cut = leaf.pieces
    nxt = end + 1
    while nxt < len(cut) - 1 and cut[nxt].low == "the":
        nxt += 1
    if nxt in forms:
        return forms[nxt][1]
    return nxt if _is_nameish(leaf, nxt) else end


def _over_and(leaf: Leaf, at: int, end: int, forms: Forms) -> int:
    """Ministry of Culture and Sport: only behind "of", and not where somebody's title follows."""
    cut, nxt = leaf.pieces, end + 1
    joins = singular(cut[at].low) in names().of_heads and any(piece.low == "of" for piece in cut[at:end])
    return nxt if joins and _is_nameish(leaf, nxt) and nxt not in forms and not _is_title(cut[nxt]) else end


def _over_brackets(leaf: Leaf, at: int, end: int, forms: Forms) -> int:
    """Ana (Anita) Ruiz, Ana “Nita” Ruiz: a given name in brackets, or any name in marks behind a given name."""
    cut, given = leaf.pieces, first_names().all
    inside, closing, after = end + 1, CLOSING.get(cut[end].text), end + 3
    if closing is None or after >= len(cut) or cut[end + 2].text != closing or leaf.loud:
        return end
    if any(at in forms or not _is_nameish(leaf, at) for at in (inside, after)):
        return end
    bearer = inside if cut[end].text in "([" else end - 1
    return after if bearer >= at and fold(cut[bearer].norm) in given else end


def _takes(low: str, link: str) -> bool:
    """Whether a name goes on behind a noun with a preposition: "Department of", "Ambassador to"."""
    if link == "to":
        return low in roles().abroad
    if link not in ("of", "for"):
        return False
    return singular(low) in roles().office or low in names().of_heads or low.removesuffix("s") in names().of_heads
