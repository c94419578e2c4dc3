"""An article's text as HTML: quotations, claims and shared passages marked, and an edit shown word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from markupsafe import Markup

from reportedly._records import Span
from reportedly.desk._data import ArticleData
from reportedly.tell._clean import text_node
from reportedly.tell._marks import Mark, element, weave

WORDS = 2_000
"""Words of a text up to which an edit is shown word by word; of a longer one, paragraph by paragraph."""


def marked(data: ArticleData) -> list[Markup]:
    """The text's paragraphs; a quotation is anchored as ``at-START-END``."""
    marks: list[Mark] = []
    for quote in data.quotes:
        start, end = quote.citation.spans[0][0], quote.citation.spans[-1][1]
        for at, span in enumerate(quote.citation.spans):
            marks.append(element("span", span, "q", f"at-{start}-{end}" if at == 0 else ""))
    marks += [element("span", span, "p") for claim in data.claims for span in claim.citation.spans]
    marks += [element("span", span, "same") for copy in data.copies for span in copy.spans]
    return [weave(data.text, span, _inside(marks, span)) for span in paragraphs(data.text)]


def paragraphs(text: str) -> list[Span]:
    """The text's lines that have something on them."""
    return [found.span() for found in re.finditer(r"[^\r\n]*\S[^\r\n]*", text)]


def highlighted(passage: str, marks: Iterable[Span]) -> Markup:
    """A passage with the words that were looked for."""
    return weave(passage, (0, len(passage)), [element("mark", mark) for mark in marks])


def edit(old: str, new: str) -> list[Markup]:
    """The new text's paragraphs with what went and what came."""
    parts = r"\S+|\s+" if len(new.split()) + len(old.split()) <= 2 * WORDS else r"[^\n]+|\n+"
    before, after = re.findall(parts, old), re.findall(parts, new)
    out: list[Markup] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            out.append(text_node("".join(after[c:d])))
            continue
        for name, words in (("del", "".join(before[a:b])), ("ins", "".join(after[c:d]))):
            if words.strip():
                out.append(Markup("<{0}>{1}</{0}>").format(Markup(name), text_node(words)))  # noqa: S704 - ours
            elif words and name == "ins":
                out.append(text_node(words))
    return [Markup("").join(out)]


def _inside(marks: list[Mark], span: Span) -> list[Mark]:
    return [mark for mark in marks if mark.span[0] < span[1] and span[0] < mark.span[1]]
