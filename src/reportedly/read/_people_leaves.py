"""An article's paragraphs in the words that names are made of, each with its token, and the stretches found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from reportedly._records import Span
from reportedly.read._parse import Paragraph, Parsed
from reportedly.read._parties import Form
from reportedly.read._people_data import fold, word_list
from reportedly.read._people_words import Piece, pieces

LOUD_SHARE = 0.85
"""Share of a paragraph's longer words with a capital from which capitals tell nothing, as in many headlines."""
LOUD_WORDS = 4
"""Longer words a paragraph needs for that; set on headlines of American and British papers."""
HEADLINES = frozenset({"headline", "heading", "boilerplate"})
"""Kinds of block that are set in headline capitals; in others one word in lower case is a sentence's."""
SMALL = word_list("small")
"""Longer words that headlines leave in lower case."""

Shape = Literal["name", "organisation", "place", "thing"]


@dataclass
class Leaf:
    """A paragraph in pieces. ``tokens`` gives for each piece its first token's number in the paragraph's doc."""

    number: int
    paragraph: Paragraph
    pieces: list[Piece]
    tokens: list[int]
    loud: bool

    def token(self, piece: int) -> Token:
        """The token in which a piece begins."""
        return self.paragraph.doc[self.tokens[piece]]

    def span(self, first: int, last: int) -> Span:
        """Offsets in the article of a half-open range of pieces, without a possessive at its end."""
        return self.paragraph.start + self.pieces[first].start, self.paragraph.start + self.pieces[last - 1].end


@dataclass
class Stretch:
    """Pieces that may name somebody. ``title`` is the range of the title before them in the same run of capitals."""

    leaf: Leaf
    first: int
    last: int
    words: tuple[str, ...]
    shape: Shape
    form: Form | None = None
    title: tuple[int, int] | None = None
    label: str = ""
    quiet: bool = True

    @property
    def span(self) -> Span:
        """Where it stands in the article."""
        return self.leaf.span(self.first, self.last)

    @property
    def key(self) -> tuple[str, ...]:
        """The words as they are compared."""
        return tuple(fold(word).rstrip(".") for word in self.words)

    @property
    def start(self) -> int:
        """The first piece, with the title."""
        return self.title[0] if self.title else self.first


def leaves(parsed: Parsed) -> list[Leaf]:
    """The paragraphs of an article in pieces."""
    found = []
    for number, paragraph in enumerate(parsed.paragraphs):
        cut = pieces(paragraph.doc.text)
        starts = [token.idx for token in paragraph.doc]
        tokens, at = [], 0
        for piece in cut:
            while at + 1 < len(starts) and starts[at + 1] <= piece.start:
                at += 1
            tokens.append(at)
        found.append(Leaf(number, paragraph, cut, tokens, _is_loud(cut, headline=paragraph.kind in HEADLINES)))
    return found


def _is_loud(cut: Sequence[Piece], *, headline: bool) -> bool:
    """Whether a paragraph is in headline capitals, or in capitals alone; a headline may have a word that is not."""
    longer = [
        piece for piece in cut if piece.kind == "word" and piece.end - piece.start > 3 and piece.text not in SMALL
    ]
    if len(longer) < LOUD_WORDS:
        return False
    share = LOUD_SHARE if headline else 1.0
    if sum(piece.text.isupper() for piece in longer) >= LOUD_SHARE * len(longer):
        return True
    ends = next((piece.text for piece in reversed(cut) if piece.text not in "\n\"'”’)"), "")
    loud = sum(piece.capital for piece in longer) >= share * len(longer)
    return loud and (ends != "." or len(longer) > LOUD_WORDS + 1)


def touch(cut: Sequence[Piece], one: int, other: int) -> bool:
    """Whether nothing but a space or a hyphen is between two pieces."""
    gap = cut[other].start - cut[one].end - (2 if cut[one].own else 0)
    return 0 <= gap <= 2 and cut[one].kind in ("word", "number") and cut[other].kind in ("word", "number")
