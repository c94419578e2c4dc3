"""The headline of an article, made ready for the parser: its main part, in the case of running text.

A headline is told apart from what stands beside it ("Storm: Two dead, 'It was hell'"): of the parts between colons,
bars, semicolons and dashes, the longest that is no quotation. Capitals that the article's text does not have are
lowered, letter for letter, so that places stay where they are: a tagger takes "Mayor Quits After Fire" for names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from reportedly._records import Article, Citation, Span, cite

LONGEST = 300
"""Characters of a headline that are looked at; what is longer is no headline."""
TITLE_CASE = 0.7
"""From this share of capitalised words on, capitals mark a title and no names: words unknown as names are lowered."""

_PARTS = re.compile(r":\s+|\s+[|–—-]{1,2}\s+|;\s+")
_QUOTED = ("'", '"', "‘", "“", "«")
_WORD = re.compile(r"[A-Za-z][\w'’-]*")


@dataclass(frozen=True)
class Main:
    """Where the main part of a headline stands, in the text or in the title, and its words for the parser."""

    of: Literal["text", "title"]
    start: int
    words: str


@dataclass(frozen=True)
class Headline:
    """The parsed main part of a headline; ``doc`` has the length of what it stands for, if not its case."""

    of: Literal["text", "title"]
    start: int
    doc: Doc

    def cite(self, article: Article, tokens: TokenSpan | Token) -> Citation:
        """The citation of some of its tokens."""
        return cite(article, self.span_of(tokens), self.of)

    def span_of(self, tokens: TokenSpan | Token) -> Span:
        """Where its tokens stand, in the text or in the title."""
        if isinstance(tokens, Token):
            return self.start + tokens.idx, self.start + tokens.idx + len(tokens.text)
        return self.start + tokens.start_char, self.start + tokens.end_char


def main_part(article: Article) -> Main | None:
    """The main part of an article's headline; in the text if it stands there, else in the title."""
    of: Literal["text", "title"] = "text"
    block = next((block.span for block in article.blocks if block.kind == "headline"), None)
    if block is not None:
        start, whole = block[0], article.text[slice(*block)]
    elif article.title:
        of, start, whole = "title", 0, article.title
    else:
        return None
    if len(whole) > LONGEST or not whole.strip():
        return None
    longest = _longest(whole)
    return Main(of, start + longest[0], _recased(longest[1], article.text)) if longest else None


def _longest(whole: str) -> tuple[int, str] | None:
    parts: list[tuple[int, str]] = []
    at = 0
    for match in [*_PARTS.finditer(whole), None]:
        end = match.start() if match else len(whole)
        part = whole[at:end]
        if part.strip():
            left = len(part) - len(part.lstrip())
            parts.append((at + left, part.strip()))
        at = match.end() if match else end
    said = [part for part in parts if not part[1].startswith(_QUOTED)]
    return max(said or parts, key=lambda part: len(part[1].split()), default=None)


def _recased(part: str, text: str) -> str:
    words = [match.group() for match in _WORD.finditer(part)]
    if not words:
        return part
    low = set(re.findall(r"\b[a-z][\w'’-]*", text))
    names = set(re.findall(r"(?<=[a-z,] )[A-Z][\w'’-]*", text))
    long = [word for word in words if len(word) > 3]
    titled = len(long) > 2 and sum(word[0].isupper() for word in long) >= TITLE_CASE * len(long)

    def lowered(match: re.Match[str]) -> str:
        word = match.group()
        if not word[0].isupper() or (word.isupper() and len(word) < 6) or word in names:
            return word
        known = word.lower() in low
        lower = word.lower() if known or (titled and not _is_name(word, text)) else word
        return lower if len(lower) == len(word) else word

    return _WORD.sub(lowered, part)


def _is_name(word: str, text: str) -> bool:
    """Whether the text has the word with its capital, wherever."""
    return re.search(rf"\b{re.escape(word)}\b", text) is not None
