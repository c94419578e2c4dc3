"""The book of a page: its articles by number, and which passage is cited where.

Every passage shown anywhere is asked for here, once. That checks it (a span that is not in its article, or a citation
that does not match its text, is never shown), gives it its anchor in the article's full text, and notes the way back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from reportedly._records import Article, Block, Citation, Readout, Span, StoryArticle
from reportedly.tell._clean import head, one_line, tail
from reportedly.tell._marks import Mark, element, weave
from reportedly.tell._names import display_names, outlet_name, safe_url

CONTEXT = 110
"""Characters of the text around a short passage that are shown with it: about one line each way on a wide page."""

SHORT = 60
"""A passage with fewer characters says little by itself, and is shown within its surroundings."""

LONG = 420
"""A passage with more characters is cut where it is only pointed at; its article's full text has it whole."""

UseKind = Literal["quote", "passage"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class Source:
    """An article on the page: its number (from 1) and what it is called."""

    number: int
    name: str
    outlet: str
    url: str
    anchor: str
    story: StoryArticle

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.story.article

    @property
    def language(self) -> str:
        """The article's language as HTML's ``lang`` takes it; "" (not known) where it is not a language tag."""
        language = self.article.language or ""
        return language if _LANGUAGE.fullmatch(language) else ""

    @property
    def key(self) -> str:
        """What counts as one outlet: its name, or the article by itself where the outlet is not known."""
        return self.outlet.casefold() or self.anchor


@dataclass(frozen=True, slots=True)
class Back:
    """A way back from an article's text: the anchor, a short sign for it and its words."""

    anchor: str
    sign: str
    label: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage ready to be shown: its source, its HTML, its words alone, the anchor of its place in the text."""

    source: Source
    html: Markup
    plain: str
    href: str


@dataclass(slots=True)
class Use:
    """A span of an article that the page cites, and from where."""

    span: Span
    kind: UseKind
    backs: list[Back] = field(default_factory=list)


class Book:
    """Articles and citations of one page. It is filled while the views are made, then read by the full texts."""

    def __init__(self, readout: Readout) -> None:
        names = display_names([story.article for story in readout.articles])
        self.sources = tuple(
            Source(
                number=number,
                name=name,
                outlet=outlet_name(story.article),
                url=safe_url(story.article.url) or safe_url(story.article.source),
                anchor=f"article-{number}",
                story=story,
            )
            for number, (name, story) in enumerate(zip(names, readout.articles, strict=True), 1)
        )
        self._by_id = {source.article.id: source for source in self.sources}
        self._uses: dict[str, dict[Span, Use]] = {source.article.id: {} for source in self.sources}

    def source(self, article: str) -> Source | None:
        """The source with this article id, if it is one of the page's."""
        return self._by_id.get(article)

    def valid(self, article: str, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Those of the spans that lie in the article and are more than white space."""
        source = self.source(article)
        text = source.article.text if source else ""
        return tuple(
            (start, end) for start, end in spans if 0 <= start < end <= len(text) and not text[start:end].isspace()
        )

    def matches(self, citation: Citation) -> bool:
        """Whether the citation's words stand where it says, in the article's text or in its title."""
        source = self.source(citation.article)
        start, end = citation.span
        if citation.of == "title":
            return bool(source and (source.article.title or "")[start:end] == citation.exact)
        valid = self.valid(citation.article, [citation.span])
        return bool(source and valid and source.article.text[start:end] == citation.exact)

    def link(self, article: str, span: Span, back: Back | None, kind: UseKind = "passage") -> str:
        """The anchor of a valid span in its article's full text; notes that ``back`` cites it."""
        use = self._uses[article].setdefault(span, Use(span, kind))
        if kind == "quote":
            use.kind = kind
        if back and back not in use.backs:
            use.backs.append(back)
        return f"{self._by_id[article].anchor}-{span[0]}-{span[1]}"

    def uses(self, article: str) -> list[Use]:
        """What the page cites of an article, in text order, the longer first."""
        return sorted(self._uses[article].values(), key=lambda use: (use.span[0], -use.span[1]))

    def excerpt(
        self, article: str, span: Span, back: Back | None, *, context: bool = True, stress: str = ""
    ) -> Excerpt | None:
        """The passage with, if it is short, what stands around it in its block; None if there is no such passage.

        ``stress`` are words to be set bold where the passage has them; without, the passage is, within its context.
        """
        source = self.source(article)
        if not source or not self.valid(article, [span]):
            return None
        text = source.article.text
        start, end = span
        first, last = _block_around(source.article.blocks, span, len(text))
        around = CONTEXT if context and end - start < SHORT else 0
        before = head(text[first:start], around).lstrip() if around else ""
        after = tail(text[end:last], around).rstrip() if around else ""
        stressed = _places(stress, text, span) or ([span] if before or after else [])
        words = _long_cut(text, span, [element("b", place) for place in stressed])
        html = Markup("{}{}{}").format(one_line_keep(before), words, one_line_keep(after))
        return Excerpt(source, html, one_line(text[start:end]), self.link(article, span, back))


def _places(words: str, text: str, span: Span) -> list[Span]:
    """Where the words stand in the span as whole words, in any case."""
    found = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text[slice(*span)], re.IGNORECASE) if words else ()
    return [(span[0] + match.start(), span[0] + match.end()) for match in found]


def _long_cut(text: str, span: Span, marks: list[Mark]) -> Markup:
    start, end = span
    if end - start <= LONG:
        return weave(text, span, marks)
    cut = text.rfind(" ", start + LONG // 2, start + LONG)
    return weave(text, (start, cut if cut > 0 else start + LONG), marks) + "…"


def one_line_keep(text: str) -> str:
    """The text on one line, with a space at an end where it had white space there."""
    line = one_line(text)
    return (" " if text[:1].isspace() else "") + line + (" " if line and text[-1:].isspace() else "")


def _block_around(blocks: tuple[Block, ...], span: Span, length: int) -> Span:
    for block in blocks:
        if block.span[0] <= span[0] < block.span[1]:
            return block.span[0], max(block.span[1], span[1])
    return 0, length
