"""Cuts an article into the stretches that may name somebody: a side's form, or a run of capitals without its title.

"U.S. Secretary of State Ana Brandt" is a form ("U.S."), a title and a name. The cut is by capitals and word lists, not
by the entity recognizer, which often starts or ends a name a word off; what it calls a stretch is kept as evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.read._parties import Form, form_at
from reportedly.read._people_capitals import LINKS, MOST_WORDS, Forms, run_end, side_forms
from reportedly.read._people_data import first_names, fold, names, roles, singular, titles
from reportedly.read._people_leaves import Leaf, Shape, Stretch, touch
from reportedly.read._people_words import Piece


def stretches(leaf: Leaf) -> Iterator[Stretch]:
    """The stretches of a paragraph in text order."""
    forms = side_forms(leaf)
    at, size = 0, len(leaf.pieces)
    while at < size:
        if at in forms:
            form, last = forms[at]
            whole = _with_form(leaf, at, last, forms)
            if whole is None:
                yield stretch_of(leaf, at, last, _form_shape(form), form)
                at = last
                continue
            yield whole
            at = whole.last
            continue
        end = run_end(leaf, at, forms)
        if end <= at:
            at += 1
            continue
        yield from _cut(leaf, at, end, forms)
        at = end


def _with_form(leaf: Leaf, at: int, last: int, forms: Forms) -> Stretch | None:
    """An institution whose name opens with a form: "Washington Post", "Iran's Foreign Ministry"."""
    end = run_end(leaf, last, forms)
    if end <= last or not touch(leaf.pieces, last - 1, last) or _title_end(leaf, last, end) > last:
        return None
    whole = _institution(leaf, at, end)
    if whole is None or (leaf.pieces[last - 1].own and whole.shape != "organisation"):
        return None
    legislature = leaf.pieces[end - 1].low in ("senate", "house", "congress")
    return None if legislature and (forms[at][0].kind == "member" or leaf.pieces[last - 1].own) else whole


def _cut(leaf: Leaf, first: int, last: int, forms: Forms) -> Iterator[Stretch]:
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


def _inside_title(leaf: Leaf, first: int, last: int, forms: Forms) -> Iterator[Stretch]:
    """What a title names besides: the institution before its head, a country after "of"."""
    at = first
    while at < last:
        if at in forms:
            form, end = forms[at]
            yield stretch_of(leaf, at, end, _form_shape(form), form)
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
        found = stretch_of(leaf, first, last - tail, "name")
        return None if found.last <= found.first else found
    return stretch_of(leaf, first, last, shape)


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
        found = stretch_of(leaf, first, last, "name")
        found.title = title
        yield found


def stretch_of(leaf: Leaf, first: int, last: int, shape: Shape, form: Form | None = None) -> Stretch:
    """The pieces as a stretch of a shape."""
    words = tuple(piece.norm for piece in leaf.pieces[first:last] if piece.kind == "word")
    label = leaf.token(last - 1).ent_type_
    return Stretch(leaf, first, last, words, shape, form, None, label, not leaf.loud)


def _form_shape(form: Form) -> Shape:
    """What a stretch is that is a form of a side and nothing else."""
    return "place" if form.kind in ("name", "place") else "organisation"
