"""Collation: which words of a report others word differently.

The variants of an utterance are aligned pair by pair, word by word, as textual scholars align witnesses; case,
punctuation and marks are set aside (the Gothenburg model of collation: tokenise, normalise, align, analyse). A word
differs if some other report that covers its place has other words there. What a report merely leaves out at its ends,
between two cuts or at an ellipsis is no difference. Only words that somebody is quoted with are compared: indirect
speech, and in a mixed report what stands outside the marks, is in the reporter's words. Of the words that differ some
say something else: those are told from differences in form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import pairwise

from reportedly._letters import unaccented
from reportedly._records import Article, Quote, Span
from reportedly.compare._similarity import is_figure, is_negation
from reportedly.compare._wordings import tells_apart
from reportedly.compare._words import MOST_WORDINGS, is_content

LONGEST_GAP = 8
"""Words that one report may have more than the other between two shared places and still differ there; a longer stretch
is a passage that the other leaves out."""
SMALLEST_SHARE = 0.25
"""Share of the shorter report's words that two reports must have in common for their words to be compared."""
NEAR = 2
"""Words from shared telling words at most at which function words alone ("of the") are the same place; farther away
they are the same by accident."""
LONGEST = 400
"""Words of a report that are aligned: a longer one is a speech, and alignment takes the square of its length."""

WORD = re.compile(r"\d+(?:[.,]\d+)*[^\W\d_]*|[^\W\d_]+(?:['’][^\W\d_]+)*(?:\.[^\W\d_]\.?)*(?:['’][^\W\d_]+)?")
"""A word with its contraction or possessive ending: "don’t", "ministry's", "U.S."."""
MARKED = re.compile(
    r"“([^“”]*)(?:”|$)|\"([^\"]*)(?:\"|$)|«([^«»]*)(?:»|$)|(?<!\w)[‘']((?:[^‘’'\"“”]|(?<=\w)['’](?=\w))*)(?:['’](?!\w)|$)"
)
"""What stands in quotation marks; a mark that is never closed quotes all that follows."""
JOINT = re.compile(r"[\s\-‐‑–]*")
"""What may stand between two words of one stretch."""
ELLIPSIS = re.compile(r"…|\.\s?\.")


@dataclass(frozen=True, slots=True)
class _Word:
    """``part`` numbers the content span it stands in; ``cut``: words may have been left out before it."""

    form: str
    span: Span
    part: int
    cut: bool


@dataclass(frozen=True, slots=True)
class Variants:
    """The spans of a report's words that differ, inside its content, in text order.

    ``substance`` are those of them that say something else: a "not", a figure, a word that looks much like another's.
    """

    differs: tuple[Span, ...]
    substance: tuple[Span, ...]


def collate(reports: Sequence[tuple[Article, Quote]]) -> tuple[Variants, ...]:
    """For each report, its words that others word otherwise."""
    words = [_words(article.text, quote)[:LONGEST] for article, quote in reports]
    forms = [tuple(word.form for word in found) for found in words]
    first = {form: at for at, form in reversed(list(enumerate(forms)))}
    witnesses = sorted(at for form, at in first.items() if form)
    differing: list[set[int]] = [set() for _ in reports]
    telling: list[set[int]] = [set() for _ in reports]
    for mine in witnesses:
        for other in [at for at in witnesses if at != mine][:MOST_WORDINGS]:
            for gap, against in _gaps(words[mine], words[other]):
                differing[mine].update(gap)
                telling[mine].update(_of_substance(words[mine], gap, words[other], against))

    def spans(at: int, numbers: set[int]) -> tuple[Span, ...]:
        return _spans(reports[at][0].text, [words[at][number] for number in sorted(numbers)])

    return tuple(
        Variants(spans(at, differing[first[forms[at]]]), spans(at, telling[first[forms[at]]]))
        for at in range(len(reports))
    )


# ---------------------------------------------------------------- words


def _words(text: str, quote: Quote) -> list[_Word]:
    """The words of a report that are the speaker's."""
    if quote.type == "indirect":
        return []
    parts = list(_marked(text, quote.content)) if quote.type == "mixed" else list(quote.content)
    found: list[_Word] = []
    for number, (start, end) in enumerate(parts):
        for match in WORD.finditer(text, start, end):
            between = text[found[-1].span[1] : match.start()] if found else ""
            cut = bool(found) and (found[-1].part != number or ELLIPSIS.search(between) is not None)
            found.append(_Word(_form(match.group()), match.span(), number, cut))
    return found


def _marked(text: str, content: Sequence[Span]) -> Iterator[Span]:
    """What stands in quotation marks; marks right around a span of the content count."""
    for start, end in content:
        for match in MARKED.finditer(text, max(0, start - 1), min(len(text), end + 1)):
            inner = match.span(match.lastindex or 0)
            inside = max(start, inner[0]), min(end, inner[1])
            if inside[0] < inside[1]:
                yield inside


def _form(word: str) -> str:
    """The word as it is compared: a possessive is its noun, "it's" is not "it"."""
    plain = unaccented(word.lower().replace("’", "'").replace(".", ""))
    noun = plain.removesuffix("'s")
    return noun if is_content(noun) else plain


# ---------------------------------------------------------------- alignment


def _gaps(one: Sequence[_Word], two: Sequence[_Word]) -> Iterator[tuple[range, range]]:
    """Where the two differ: the numbers of the one's words there, and of the other's."""
    matcher = SequenceMatcher(None, [word.form for word in one], [word.form for word in two], autojunk=False)
    blocks = _anchored(one, matcher.get_matching_blocks()[:-1])
    if sum(block.size for block in blocks) < SMALLEST_SHARE * min(len(one), len(two)):
        return
    for before, after in pairwise(blocks):
        mine, theirs = range(before.a + before.size, after.a), range(before.b + before.size, after.b)
        left_out = not theirs and two[after.b].cut
        if len(mine) <= LONGEST_GAP and len(theirs) <= LONGEST_GAP and not left_out:
            yield mine, theirs


def _of_substance(one: Sequence[_Word], mine: range, two: Sequence[_Word], theirs: range) -> Iterator[int]:
    """Numbers of the one's words in a gap with which it says something else than the other.

    Another figure where both have one, a "not" that only one has, and a word in place of one that looks much like it,
    which is a misprint or a mishearing ("seek", "see"). Translations put other words for one thing: that is form.
    """
    here, there = [one[at].form for at in mine], [two[at].form for at in theirs]
    denied = any(map(is_negation, here)) != any(map(is_negation, there))
    figures, others = {word for word in here if is_figure(word)}, {word for word in there if is_figure(word)}
    misread = len(here) == len(there) == 1 and tells_apart(here[0], there[0])
    for at, word in zip(mine, here, strict=True):
        if misread or (denied and is_negation(word)) or (figures and others and word in figures - others):
            yield at


def _anchored(words: Sequence[_Word], blocks: Sequence[Match]) -> list[Match]:
    """The blocks that hold a telling word, or stand beside one that does."""
    kept = [any(is_content(word.form) for word in words[block.a : block.a + block.size]) for block in blocks]
    for direction in (range(1, len(blocks)), range(len(blocks) - 2, -1, -1)):
        step = -1 if direction.step > 0 else 1
        for at in direction:
            kept[at] = kept[at] or (kept[at + step] and _beside(*sorted((blocks[at], blocks[at + step]))))
    return [block for block, keep in zip(blocks, kept, strict=True) if keep]


def _beside(before: Match, after: Match) -> bool:
    return after.a - before.a - before.size <= NEAR and after.b - before.b - before.size <= NEAR


def _spans(text: str, words: Sequence[_Word]) -> tuple[Span, ...]:
    """Neighbouring words as one span each."""
    merged: list[tuple[Span, int]] = []
    for word in words:
        if merged and merged[-1][1] == word.part and JOINT.fullmatch(text, merged[-1][0][1], word.span[0]):
            merged[-1] = ((merged[-1][0][0], word.span[1]), word.part)
        else:
            merged.append((word.span, word.part))
    return tuple(span for span, _ in merged)
