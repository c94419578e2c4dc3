"""Parses an article block by block, so that no sentence runs from a headline into the lede.

Offsets everywhere outside this module are offsets into ``article.text``; a spaCy token's own ``idx`` counts from its
paragraph. `Paragraph.span_of` is the one place where the two meet.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from reportedly._records import Article, BlockKind, Span
from reportedly._spans import trim
from reportedly.read._headline import Headline, Main, main_part

LONGEST = 4_000
"""Characters parsed at once. The parser's time and memory grow faster than the text; a longer paragraph is parsed in
pieces, which end with a sentence where they can."""
SIGNS, LEAST_LETTERS, LEAST_SPACES = 200, 0.2, 0.03
"""A piece of so many characters of which so few are letters or digits, or spaces, is no English prose and is not
parsed: rows of signs are what the parser is slowest on. In news every sixth character is a space."""

UNPARSED: frozenset[BlockKind] = frozenset({"boilerplate", "repeat"})
"""Kinds of block in which nobody is quoted and nothing is told."""


@dataclass(frozen=True)
class Paragraph:
    """A parsed block, or a piece of a very long one. ``doc.text`` is ``article.text[start:end]``."""

    kind: BlockKind
    start: int
    end: int
    doc: Doc

    def span_of(self, tokens: TokenSpan | Token | Doc) -> Span:
        """Offsets in the article's text of some of this paragraph's tokens."""
        if isinstance(tokens, Token):
            return self.start + tokens.idx, self.start + tokens.idx + len(tokens.text)
        if isinstance(tokens, Doc):
            return self.start, self.end
        return self.start + tokens.start_char, self.start + tokens.end_char

    def sentences(self) -> Iterator[TokenSpan]:
        """The paragraph's sentences, without those of white space alone."""
        for sentence in self.doc.sents:
            if sentence.text.strip():
                yield sentence


@dataclass(frozen=True)
class Parsed:
    """An article, its blocks found, with its paragraphs parsed in text order, and its headline once more by itself."""

    article: Article
    paragraphs: tuple[Paragraph, ...]
    headline: Headline | None = None

    @property
    def sentences(self) -> tuple[Span, ...]:
        """Spans of all sentences, without the white space around them."""
        return tuple(
            trim(self.article.text, paragraph.span_of(sentence))
            for paragraph in self.paragraphs
            for sentence in paragraph.sentences()
        )


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """The span in pieces of at most `LONGEST` characters, cut after a sentence or a space where there is any."""
    start, end = span
    while end - start > LONGEST:
        cut = text.rfind(". ", start + LONGEST // 2, start + LONGEST) + 2
        if cut < start + LONGEST // 2:
            cut = max(text.rfind(" ", start, start + LONGEST), text.rfind("\n", start, start + LONGEST)) + 1
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _is_prose(text: str) -> bool:
    if len(text) < SIGNS:
        return True
    letters, spaces = sum(map(str.isalnum, text)), sum(map(str.isspace, text))
    return letters >= LEAST_LETTERS * len(text) and spaces >= LEAST_SPACES * len(text)


@dataclass(frozen=True)
class _Waiting:
    """An article whose pieces, and before them the main part of its headline, are on their way through the model."""

    article: Article
    pieces: list[tuple[BlockKind, Span]]
    main: Main | None

    @property
    def size(self) -> int:
        return len(self.pieces) + (self.main is not None)

    def parsed(self, docs: list[Doc]) -> Parsed:
        headline = Headline(self.main.of, self.main.start, docs[0]) if self.main is not None else None
        paragraphs = docs[1:] if headline else docs
        return Parsed(
            self.article,
            tuple(
                Paragraph(kind, start, end, doc)
                for (kind, (start, end)), doc in zip(self.pieces, paragraphs, strict=True)
            ),
            headline,
        )


def parse(articles: Iterable[Article], model: Language) -> Iterator[Parsed]:
    """Parse articles whose blocks are known, in order, in one stream (spaCy is faster in batches)."""
    waiting: deque[_Waiting] = deque()

    def texts() -> Iterator[str]:
        for article in articles:
            pieces = [
                (block.kind, piece)
                for block in article.blocks
                if block.kind not in UNPARSED
                for piece in _pieces(article.text, block.span)
                if _is_prose(article.text[slice(*piece)])
            ]
            waiting.append(_Waiting(article, pieces, main_part(article)))
            if waiting[-1].main is not None:
                yield waiting[-1].main.words
            for _, (start, end) in pieces:
                yield article.text[start:end]

    docs: list[Doc] = []
    for doc in model.pipe(texts(), batch_size=64):
        while waiting and len(docs) == waiting[0].size:
            yield waiting.popleft().parsed(docs)
            docs = []
        docs.append(doc)
    for left in waiting:
        yield left.parsed(docs)
        docs = []
