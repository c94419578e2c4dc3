"""Cuts an article into the stretches that may name somebody: a side's form, or a run of capitals without its title.

"U.S. Secretary of State Ana Brandt" is a form ("U.S."), a title and a name. The cut is by capitals and word lists, not
by the entity recognizer, which often starts or ends a name a word off; what it calls a stretch is kept as evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from reportedly.read._parties import Form, form_at
from reportedly.read._people_data import first_names, fold, names, roles, singular, titles
from reportedly.read._people_leaves import Leaf, Shape, Stretch, touch
from reportedly.read._people_words import Piece

LINKS = frozenset({"of", "for", "to", "the", "and", "&"})
MOST_WORDS = 7
"""Words of a run beyond which it is a list or a heading, not a name."""

OPENING_PARTICLES = frozenset({"von", "van", "de", "bin", "al", "el", "di", "del"})
"""Particles with which a surname can begin a run."""


def stretches(leaf: Leaf) -> Iterator[Stretch]:
    """The stretches of a paragraph in text order."""
    forms = _forms(leaf)
    at, size = 0, len(leaf.pieces)
    while at < size:
        if at in forms:
            form, last = forms[at]
            whole = _with_form(leaf, at, last, forms)
            if whole is None:
                yield _stretch(leaf, at, last, _form_shape(form), form)
                at = last
                continue
            yield whole
            at = whole.last
            continue
        end = _run_end(leaf, at, forms)
        if end <= at:
            at += 1
            continue
        yield from _cut(leaf, at, end, forms)
        at = end


def _with_form(leaf: Leaf, at: int, last: int, forms: dict[int, tuple[Form, int]]) -> Stretch | None:
    """An institution whose name opens with a form: "Washington Post", "Iran's Foreign Ministry"."""
    end = _run_end(leaf, last, forms)
    if end <= last or not touch(leaf.pieces, last - 1, last) or _title_end(leaf, last, end) > last:
        return None
    whole = _institution(leaf, at, end)
    if whole is None or (leaf.pieces[last - 1].own and whole.shape != "organisation"):
        return None
    legislature = leaf.pieces[end - 1].low in ("senate", "house", "congress")
    return None if legislature and (forms[at][0].kind == "member" or leaf.pieces[last - 1].own) else whole


# ---------------------------------------------------------------- sides


@cache
def _cities() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for place in sorted(names().places, key=lambda place: (-len(place.split()), place)):
        words = tuple(place.split())
        found.setdefault(words[0], []).append(words)
    return found


def _form_shape(form: Form) -> Shape:
    return "place" if form.kind in ("name", "place") else "organisation"


def _forms(leaf: Leaf) -> dict[int, tuple[Form, int]]:
    """Forms of sides and known places, by first piece, with the piece after their last."""
    cut = leaf.pieces
    norms = [piece.norm for piece in cut]
    found: dict[int, tuple[Form, int]] = {}
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
        and leaf.token(at).pos_ == "PROPN" and leaf.token(at + 1).pos_ == "PROPN"
    )  # fmt: skip


# ---------------------------------------------------------------- runs of capitals


def _opens_sentence(leaf: Leaf, at: int) -> bool:
    cut = leaf.pieces
    before = at - 1
    while before >= 0 and cut[before].text in "\"'“”‘’([«„-–—*_":
        before -= 1
    return before < 0 or cut[before].text in ".!?:;…\n|•" or leaf.token(at).is_sent_start is True


def _is_nameish(leaf: Leaf, at: int) -> bool:
    piece = leaf.pieces[at]
    if piece.kind != "word" or not piece.capital or piece.low.rstrip(".") in names().breakers:
        return False
    if leaf.loud or not _opens_sentence(leaf, at):
        return True
    token = leaf.token(at)
    if token.is_stop:
        return False
    # The tagger has no sentence to go by before a colon: "Vik: “We will not pay.”"
    label = at + 1 < len(leaf.pieces) and leaf.pieces[at + 1].text == ":"
    return token.pos_ == "PROPN" or bool(token.ent_type_) or _is_title(piece) or label


def _is_title(piece: Piece) -> bool:
    word = piece.low.rstrip(".")
    return word in titles().honorific or (word in titles().short and piece.text.endswith(".")) or word in roles().office


def _run_end(leaf: Leaf, at: int, forms: dict[int, tuple[Form, int]]) -> int:
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


def _bridge(leaf: Leaf, at: int, end: int, forms: dict[int, tuple[Form, int]]) -> int:
    """Where a run goes on behind what is no capital: particles, "of", a given name in brackets."""
    if end + 1 >= len(leaf.pieces):
        return end
    piece = leaf.pieces[end]
    if piece.kind != "word" or piece.capital:
        return _over_brackets(leaf, at, end, forms)
    if piece.low in names().particles:
        more = _over_particles(leaf, at, end, forms)
        if more is not None:
            return more
    return _over_links(leaf, at, end, forms)


def _over_particles(leaf: Leaf, at: int, end: int, forms: dict[int, tuple[Form, int]]) -> int | None:
    """Where the name behind particles begins ("Anna van der Vik", "von Berg said"); None if they open no name."""
    cut, nxt = leaf.pieces, end + 1
    while nxt + 1 < len(cut) and cut[nxt].low in names().particles and not cut[nxt].capital:
        nxt += 1
    if end > at:
        return nxt if touch(cut, end - 1, end) and _is_nameish(leaf, nxt) and nxt not in forms else None
    if cut[end].low not in OPENING_PARTICLES or not _is_nameish(leaf, nxt):
        return None
    return nxt if nxt not in forms and leaf.token(nxt).pos_ == "PROPN" else end


def _over_links(leaf: Leaf, at: int, end: int, forms: dict[int, tuple[Form, int]]) -> int:
    """Where "of", "for" or "and" go on with a title or an institution; the word itself if they do not."""
    cut, piece, nxt = leaf.pieces, leaf.pieces[end], end + 1
    if end == at:
        return end
    if _takes(cut[end - 1].low, piece.low) and not leaf.loud:
        while nxt < len(cut) - 1 and cut[nxt].low == "the":
            nxt += 1
        if nxt in forms:
            return forms[nxt][1]
        return nxt if _is_nameish(leaf, nxt) else end
    heads = singular(cut[at].low) in names().of_heads and any(p.low == "of" for p in cut[at:end])
    if piece.low in ("and", "&") and heads:
        return nxt if _is_nameish(leaf, nxt) and nxt not in forms and not _is_title(cut[nxt]) else end
    return end


def _over_brackets(leaf: Leaf, at: int, end: int, forms: dict[int, tuple[Form, int]]) -> int:
    """Where a name goes on behind a given name in brackets or marks: "Minister (Anna) Vik", "Jon “Red” Berg"."""
    cut, piece, nxt = leaf.pieces, leaf.pieces[end], end + 1
    closing = {"(": ")", "“": "”", '"': '"', "[": "]"}.get(piece.text)
    if not closing or nxt + 2 >= len(cut) or cut[nxt + 1].text != closing:
        return end
    if leaf.loud or not (_is_nameish(leaf, nxt) and _is_nameish(leaf, nxt + 2)) or {nxt, nxt + 2} & forms.keys():
        return end
    given = fold(cut[nxt].norm) in first_names().all
    before = end > at and fold(cut[end - 1].norm) in first_names().all
    return nxt + 2 if (given if piece.text in "([" else before) else end


def _takes(low: str, link: str) -> bool:
    """Whether a name goes on behind a noun with a preposition: "Department of", "Ambassador to"."""
    if link == "to":
        return low in roles().abroad
    if link not in ("of", "for"):
        return False
    return singular(low) in roles().office or low in names().of_heads or low.removesuffix("s") in names().of_heads


def _cut(leaf: Leaf, first: int, last: int, forms: dict[int, tuple[Form, int]]) -> Iterator[Stretch]:
    """The stretches of one run: its title goes before the name, an institution is one stretch."""
    if leaf.pieces[first].text in '([“"':
        yield from _cut_name(leaf, first, last)
        return
    title = _title_end(leaf, first, last)
    if title > first and title < last:
        yield from _inside_title(leaf, first, title, forms)
        rest = _cut_name(leaf, title, last, (first, title))
        yield from rest
        return
    whole = _institution(leaf, first, last)
    if whole is not None:
        yield whole
        return
    if title == last and title > first:
        yield from _inside_title(leaf, first, title, forms)
        return
    yield from _cut_name(leaf, first, last)


def _inside_title(leaf: Leaf, first: int, last: int, forms: dict[int, tuple[Form, int]]) -> Iterator[Stretch]:
    """What a title names besides: the institution before its head, a country after "of"."""
    at = first
    while at < last:
        if at in forms:
            form, end = forms[at]
            yield _stretch(leaf, at, end, _form_shape(form), form)
            at = end
            continue
        if at == first and not _is_title_word(leaf.pieces[at]):
            end = at
            while end < last and leaf.pieces[end].capital and end not in forms:
                if leaf.pieces[end].low.rstrip(".") in roles().heads:
                    break
                end += 1
            if end > at:
                yield from _cut_name(leaf, at, end)
                at = end
                continue
        at += 1


def _is_title_word(piece: Piece) -> bool:
    low = piece.low.rstrip(".")
    return low in roles().heads or low in roles().modifier or low in titles().honorific or low in titles().short


def _title_end(leaf: Leaf, first: int, last: int) -> int:
    """The piece after the title that opens a run; ``first`` if it has none."""
    cut, data = leaf.pieces, names()
    end = first
    at = first
    while at < last:
        piece = cut[at]
        low = piece.low.rstrip(".")
        head = singular(low) in roles().heads or low in titles().honorific
        head = head or (low in titles().short and (piece.text.endswith(".") or at == first))
        if head and piece.capital and low not in ("uncle", "aunt") and not _given_here(cut, at, last):
            end = at + 1
            if end < last and cut[end].low in ("of", "for", "to"):
                end = _after_of(cut, end, last)
                at = end
                continue
        at += 1
    rest = [piece.low.rstrip(".") for piece in cut[end:last]]
    heads = data.organisation | data.place | data.thing
    if end > first and rest and (rest[-1] in heads or ("of" in rest[1:] and rest[rest.index("of") - 1] in heads)):
        return first if len(rest) != 2 or rest[0] not in first_names().all else end
    if end > first and rest and all(word in data.suffixes or word in roles().modifier for word in rest):
        return first
    return end


def _given_here(cut: Sequence[Piece], at: int, last: int) -> bool:
    """Whether a role noun is a given name or a surname here: "Dean Smith", "Stephen King"."""
    low = cut[at].low
    given = first_names().all
    if (
        at > 0
        and fold(cut[at - 1].norm) in given
        and cut[at - 1].capital
        and touch(cut, at - 1, at)
        and low not in ("president", "secretary", "minister")
    ):
        return True
    return low in given and at + 1 < last and low not in roles().office and low not in titles().honorific


def _after_of(cut: Sequence[Piece], at: int, last: int) -> int:
    """The piece after what "of" or "for" adds to a title: "of State", "of Health and Human Services"."""
    end = here = at
    norms = [piece.norm for piece in cut[at:last]]
    while here < last:
        low = cut[here].low
        form = form_at(norms, here - at)
        if form is not None:
            end = here = here + len(form.words)
        elif low in roles().modifier or low in names().organisation:
            end = here = here + 1
        elif low in LINKS:
            here += 1
        else:
            break
    return end


def _institution(leaf: Leaf, first: int, last: int) -> Stretch | None:
    """The run as an institution, a place or a thing, if one of its words says so."""
    cut, data = leaf.pieces, names()
    if last - first < 2 or leaf.loud:
        return None
    lows = [cut[at].low.rstrip(".") for at in range(first, last)]
    if all(low in data.never for low in lows):
        return None
    # The head of an English name is its last word, or the one before "of".
    head = lows[: lows.index("of")] if "of" in lows[1:] else lows
    shape = _shape_of(lows, head)
    if shape is None or head[-1] in data.suffixes:
        return None
    # "Anita Hill", "Bill Post": some surnames are such words.
    if len(lows) == 2 and lows[0] in first_names().all and leaf.token(last - 1).ent_type_ == "PERSON":
        return None
    if last + 3 < len(cut) and cut[last].text == "(" and cut[last + 2].text == ")" and cut[last + 3].low in data.thing:
        shape = "thing"
    if head[-1] in data.attributive and len(head) > 1 and head[-1] != "white":
        tail = last - first - len(head) + 1
        found = _stretch(leaf, first, last - tail, "name")
        return None if found.last <= found.first else found
    return _stretch(leaf, first, last, shape)


def _shape_of(lows: Sequence[str], head: Sequence[str]) -> Shape | None:
    """What the words of a run say it is: by its head, else by any word of an institution."""
    data = names()
    last = head[-1]
    if last in data.organisation or last.removesuffix("s") in data.organisation:
        return "organisation"
    if last in data.place or lows[0] in data.before_place:
        return "place"
    if last in data.thing or lows[0] in data.before_thing:
        return "thing"
    return "organisation" if any(low in data.organisation for low in head) else None


def _cut_name(leaf: Leaf, first: int, last: int, title: tuple[int, int] | None = None) -> Iterator[Stretch]:
    cut = leaf.pieces
    while first < last and cut[first].kind == "word" and cut[first].low.rstrip(".") in titles().honorific:
        title = (title[0] if title else first, first + 1)
        first += 1
    while first < last and cut[first].low in LINKS and not cut[first].capital:
        title = None
        first += 1
    if first < last and last - first <= MOST_WORDS + 2:
        found = _stretch(leaf, first, last, "name")
        found.title = title
        yield found


def _stretch(leaf: Leaf, first: int, last: int, shape: Shape, form: Form | None = None) -> Stretch:
    words = tuple(piece.norm for piece in leaf.pieces[first:last] if piece.kind == "word")
    label = leaf.token(last - 1).ent_type_
    return Stretch(leaf, first, last, words, shape, form, None, label, not leaf.loud)
