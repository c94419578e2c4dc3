"""The coverage picture: which article tells which fact, the common ground first, what one article tells alone last.

Columns are facts. They are ordered by how many articles tell them, then by which: so what all share stands together at
the left, and each article's own reporting makes a step of a staircase at the right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportedly.tell._book import Source
from reportedly.tell._view_gaps import Found, MatrixRow

MOST = 120
"""Facts that the picture has room for; of more, those that fewest tell are left to the list."""


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """Whether an article has a fact, where, and the fact's words for a pointer's tooltip."""

    state: Found
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class CoverageGroup:
    """Facts that as many articles tell: how many, in words, and how many facts."""

    label: str
    size: int


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """An article: its cells by group, how many facts it tells, and how many of these it tells alone."""

    source: Source
    cells: tuple[tuple[CoverageCell, ...], ...]
    told: int
    alone: int


@dataclass(frozen=True, slots=True)
class CoverageView:
    """The picture; it is empty where nothing was compared. ``left_out`` facts had no room."""

    groups: tuple[CoverageGroup, ...]
    rows: tuple[CoverageRow, ...]
    left_out: int


def view_coverage(sources: Sequence[Source], facts: Sequence[MatrixRow]) -> CoverageView:
    """The picture of facts over articles; ``facts`` are those of several articles and those of one."""
    order = {source.article.id: at for at, source in enumerate(sources)}
    ranked = sorted(facts, key=lambda row: _rank(row, order))[:MOST]
    grouped = [(number, list(rows)) for number, rows in groupby(ranked, key=lambda row: len(row.having("found")))]
    return CoverageView(
        groups=tuple(CoverageGroup(_label(number, len(sources)), len(rows)) for number, rows in grouped),
        rows=tuple(_row(source, [rows for _, rows in grouped]) for source in sources) if grouped else (),
        left_out=len(facts) - len(ranked),
    )


def _rank(row: MatrixRow, order: Mapping[str, int]) -> tuple[int, list[int], int, int]:
    places = [order[cell.source.article.id] for cell in row.having("found")]
    return -len(places), places, len(row.having("not assessable")), row.number


def _label(number: int, sources: int) -> str:
    if number == sources:
        return "in all" if sources > 2 else "in both"
    return f"in {number}" if number > 1 else "alone"


def _row(source: Source, groups: Sequence[Sequence[MatrixRow]]) -> CoverageRow:
    cells = tuple(
        tuple(
            CoverageCell(cell.state, cell.href, row.label)
            for row in rows
            for cell in row.cells
            if cell.source is source
        )
        for rows in groups
    )
    told = [row for rows in groups for row in rows if any(c.source is source for c in row.having("found"))]
    return CoverageRow(source, cells, len(told), sum(len(row.having("found")) == 1 for row in told))
