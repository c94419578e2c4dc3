"""Who credits or copies whom: the articles, the outlets and agencies they name, and how much they share.

An outlet or agency is one node, whatever it is called in each text. Officials, documents and unnamed sources are many
and seldom the same from text to text: each kind is one node, and the list names them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from reportedly._outlets import outlet_named
from reportedly._records import Sourcing
from reportedly.tell._book import Back, Book, Source
from reportedly.tell._clean import one_line, shorten
from reportedly.tell._credits_svg import Edge, draw_credits

KINDS: dict[str, str] = {
    "official": "officials and institutions",
    "anonymous": "unnamed sources",
    "document": "documents",
}
MOST_OUTSIDE = 12
"""Outlets and agencies outside the story that have a node; the list has all."""
_SORT = re.compile(
    r"^(?:the )?(?:(?:newspaper|paper|broadcaster|agency|daily|weekly|magazine|network) )?", re.IGNORECASE
)
"""What stands before an outlet's name and is none of it: "the newspaper Ledger"."""
NAME = 60
"""Characters of a source's name in the list."""


@dataclass(frozen=True, slots=True)
class CreditLine:
    """An article, what it does ("credits", "copies"), whom, and the anchors of the passages."""

    source: Source
    verb: str
    name: str
    kind: str
    hrefs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CreditsView:
    """The graph, wide and narrow, and the list of the same; both empty where nobody credits anybody."""

    wide: Markup
    narrow: Markup
    lines: tuple[CreditLine, ...]


def view_credits(book: Book) -> CreditsView:
    """The graph of credits and copies among the articles of a page."""
    lines = [*_copies(book), *_credits(book)]
    edges = _edges(lines, book)
    labels = [f"{source.number} {source.name}" for source in book.sources]
    return CreditsView(
        draw_credits(labels, edges, narrow=False), draw_credits(labels, edges, narrow=True), tuple(lines)
    )


def _copies(book: Book) -> list[CreditLine]:
    found = []
    for source in book.sources:
        for copy in source.story.copied:
            other = book.source(copy.article)
            spans = book.valid(source.article.id, copy.spans)
            if other is None or other is source or not spans:
                continue
            hrefs = tuple(book.link(source.article.id, span, None) for span in spans)
            verb = "reprints" if source.story.copy_of == copy.article else "shares text with"
            found.append(CreditLine(source, verb, other.name, "", hrefs))
    return found


def _credits(book: Book) -> list[CreditLine]:
    found: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    back = Back("credits", "credit", "credits")
    for source in book.sources:
        for credit in source.story.credits:
            if book.valid(source.article.id, [credit.span]):
                name, kind = _named(credit)
                href = book.link(source.article.id, credit.span, back)
                if href not in found[source.number, name, kind]:
                    found[source.number, name, kind].append(href)
    return [
        CreditLine(book.sources[number - 1], "credits", name, kind, tuple(hrefs))
        for (number, name, kind), hrefs in found.items()
    ]


def _named(credit: Sourcing) -> tuple[str, str]:
    """A source's name, and its kind if that is none of an outlet or an agency."""
    name = shorten(one_line(credit.source), NAME)
    if credit.kind in KINDS:
        return name, credit.kind
    known = outlet_named(credit.source)
    return (known.name if known else _SORT.sub("", name)), ""


def _edges(lines: list[CreditLine], book: Book) -> list[Edge]:
    """The graph's edges: from an article (from 0) to another one, or to a name outside the story."""
    places = {source.outlet.casefold(): at for at, source in enumerate(book.sources) if source.outlet}
    names = {source.name: at for at, source in enumerate(book.sources)}
    edges: dict[tuple[int, int | str, bool], list[str]] = defaultdict(list)
    for line in lines:
        here = line.source.number - 1
        copied = line.verb != "credits"
        target: int | str = KINDS.get(line.kind, line.name)
        if copied:
            target = names[line.name]
        elif not line.kind:
            target = places.get(line.name.casefold(), target)
        if target != here:
            edges[here, target, copied] += line.hrefs
    outside: dict[str, int] = defaultdict(int)
    for (_, target, _), hrefs in edges.items():
        if isinstance(target, str):
            outside[target] += len(hrefs) + (0 if target in KINDS.values() else 1000)
    kept = set(sorted(outside, key=lambda name: (-outside[name], name))[:MOST_OUTSIDE])
    return [
        Edge(start, target, len(hrefs), hrefs[0], copied)
        for (start, target, copied), hrefs in edges.items()
        if isinstance(target, int) or target in kept
    ]
