"""What the page shows, made out of a `Readout`: plain values in the order of the page, for templates that only print.

`build_view` names the parts in the order of the page. The full texts come last because they carry the ways back to
everything that cites them.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportedly._records import Readout
from reportedly.tell._book import Book, Source
from reportedly.tell._view_coverage import CoverageView, view_coverage
from reportedly.tell._view_credits import CreditsView, view_credits
from reportedly.tell._view_differences import DifferenceView, view_differences
from reportedly.tell._view_gaps import ClaimView, MatrixView, by_source, view_claims, view_matrix
from reportedly.tell._view_grid import GridView, view_grid
from reportedly.tell._view_opening import OpeningView, view_opening
from reportedly.tell._view_sources import SourceView, view_sources
from reportedly.tell._view_statements import IssueView, Statements, view_statements
from reportedly.tell._view_text import TextView, view_text
from reportedly.tell._view_timeline import TimelineView, view_timeline


@dataclass(frozen=True, slots=True)
class PageView:
    """The page, part by part."""

    opening: OpeningView
    sources: tuple[SourceView, ...]
    grid: GridView
    issues: tuple[IssueView, ...]
    statements: Statements
    differences: tuple[DifferenceView, ...]
    matrix: MatrixView
    claims: tuple[ClaimView, ...]
    alone: tuple[tuple[Source, tuple[ClaimView, ...]], ...]
    coverage: CoverageView
    credits: CreditsView
    timeline: TimelineView
    texts: tuple[TextView, ...]


def build_view(readout: Readout) -> PageView:
    """Everything the page shows."""
    book = Book(readout)
    opening = view_opening(readout, book)
    sources = view_sources(book)
    statements = view_statements(readout, book)
    claims = view_claims(readout.claims, book)
    alone = view_claims(readout.alone, book, len(claims))
    differences = view_differences(readout, book, statements, claims)
    matrix = view_matrix(readout, book, statements, (*claims, *alone))
    timeline = view_timeline(readout, book, differences)
    return PageView(
        opening=opening,
        sources=sources,
        grid=view_grid(readout, statements),
        issues=statements.issues,
        statements=statements,
        differences=differences,
        matrix=matrix,
        claims=claims,
        alone=by_source(alone, book),
        coverage=view_coverage(book.sources, (*matrix.claims, *matrix.alone)),
        credits=view_credits(book),
        timeline=timeline,
        texts=tuple(view_text(source, book) for source in book.sources),
    )
