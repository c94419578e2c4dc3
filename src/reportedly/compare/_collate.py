"""Collation: which words of a report others word differently.

The variants of an utterance are aligned pair by pair, word by word, as textual scholars align witnesses; case,
punctuation and marks are set aside (the Gothenburg model of collation: tokenise, normalise, align, analyse). A word
differs if some other report that covers its place has other words there. What a report merely leaves out at its ends,
or between two cuts, is no difference.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from reportedly._records import Article, Quote, Span
from reportedly.compare._similarity import WORD
from reportedly.compare._words import is_content

LONGEST_GAP = 8
"""Words that one report may have more than the other between two shared places and still differ there; a longer stretch
is a passage that the other leaves out."""
SMALLEST_SHARE = 0.25
"""Share of the shorter report's words that two reports must have in common for their words to be compared."""


@dataclass(frozen=True, slots=True)
class _Word:
    form: str
    span: Span


def collate(reports: Sequence[tuple[Article, Quote]]) -> tuple[tuple[Span, ...], ...]:
    """For each report, the spans of its words that differ, in its article's text, inside its content.

    Indirect reports are told in the reporter's words; they are compared with nothing.
    """
    words = [_words(article, quote) if quote.type != "indirect" else [] for article, quote in reports]
    differing: list[set[int]] = [set() for _ in reports]
    for i in range(len(reports)):
        for j in range(i + 1, len(reports)):
            mine, theirs = _differences(words[i], words[j])
            differing[i] |= mine
            differing[j] |= theirs
    return tuple(
        _spans(article.text, [words[i][at].span for at in sorted(differing[i])])
        for i, (article, _) in enumerate(reports)
    )


def _words(article: Article, quote: Quote) -> list[_Word]:
    found = []
    for start, end in quote.content:
        for match in WORD.finditer(article.text, start, end):
            plain = unicodedata.normalize("NFKD", match.group().lower().replace(".", ""))
            found.append(_Word("".join(c for c in plain if not unicodedata.combining(c)), match.span()))
    return found


def _differences(one: list[_Word], two: list[_Word]) -> tuple[set[int], set[int]]:
    """Numbers of the words of each that the other words differently."""
    matcher = SequenceMatcher(None, [word.form for word in one], [word.form for word in two], autojunk=False)
    blocks = [
        block
        for block in matcher.get_matching_blocks()
        if block.size > 1 or (block.size == 1 and is_content(one[block.a].form))
    ]
    shared = sum(block.size for block in blocks)
    if not blocks or shared < SMALLEST_SHARE * min(len(one), len(two)):
        return set(), set()
    mine: set[int] = set()
    theirs: set[int] = set()
    for before, after in pairwise(blocks):
        a, b = range(before.a + before.size, after.a), range(before.b + before.size, after.b)
        if max(len(a), len(b)) <= LONGEST_GAP:
            mine.update(a)
            theirs.update(b)
    return mine, theirs


def _spans(text: str, words: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbouring words as one span each."""
    merged: list[Span] = []
    for start, end in words:
        if (
            merged
            and not any(c.isalnum() for c in text[merged[-1][1] : start])
            and text[merged[-1][1] : start].strip() == ""
        ):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)
