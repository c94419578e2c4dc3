"""What was found in which article: claims with their four counts, and the matrix of found and not found.

The words are "not found in": the page knows what was read, not what an outlet left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly._records import Claim, Readout
from reportedly.tell._book import Back, Book, Excerpt, Source
from reportedly.tell._clean import one_line, shorten
from reportedly.tell._view_statements import Statements

Found = Literal["found", "not found", "not assessable"]
SIGNS: dict[Found, str] = {"found": "●", "not found": "–", "not assessable": "?"}
MOST_COLUMNS = 14
"""Articles that fit as columns beside a legible label; of more, each row lists its articles' numbers."""

LABEL = 110
"""Characters of a statement or claim that head its row of the matrix."""


@dataclass(frozen=True, slots=True)
class ClaimPassage:
    """A passage that carries a claim, whom it credits, what it copies, and where else the same words stand."""

    excerpt: Excerpt
    credited: str
    copied: str
    same: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class OriginView:
    """One of a claim's independent origins: its name, how it is one, and the articles whose reports rest on it."""

    name: str
    how: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim in one outlet's words, its four counts as (figure, words), and the passages."""

    id: str
    number: int
    anchor: str
    text: str
    said_by: Excerpt
    counts: tuple[tuple[int, str], ...]
    origins: tuple[OriginView, ...]
    passages: tuple[ClaimPassage, ...]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Whether one article has it, and where."""

    source: Source
    state: Found
    sign: str
    href: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One statement or claim over all articles."""

    kind: str
    number: int
    label: str
    href: str
    missing: int
    cells: tuple[MatrixCell, ...]

    def having(self, state: Found) -> tuple[MatrixCell, ...]:
        """The cells of one state."""
        return tuple(cell for cell in self.cells if cell.state == state)


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The matrix: rows in two groups, statements and claims; it leaves out ``alone``, facts of one article."""

    sources: tuple[Source, ...]
    statements: tuple[MatrixRow, ...]
    claims: tuple[MatrixRow, ...]
    alone: tuple[MatrixRow, ...] = ()

    @property
    def wide(self) -> bool:
        """Whether there are too many articles for a column each."""
        return len(self.sources) > MOST_COLUMNS


def view_claims(claims: Sequence[Claim], book: Book, after: int = 0) -> tuple[ClaimView, ...]:
    """Claims whose own citation matches, in their order, numbered from the one ``after``."""
    views: list[ClaimView] = []
    for claim in claims:
        view = _claim(claim, after + len(views) + 1, book)
        if view:
            views.append(view)
    return tuple(views)


def _claim(claim: Claim, number: int, book: Book) -> ClaimView | None:
    if not book.matches(claim.text):
        return None
    back = Back(f"claim-{number}", f"C{number}", f"claim {number}")
    said_by = book.excerpt(claim.text.article, claim.text.span, back, context=False)
    if not said_by:
        return None
    passages: dict[tuple[str, str, str], list[Excerpt]] = {}
    for report in claim.reports:
        excerpt = book.excerpt(report.article, report.span, back)
        if excerpt:
            copied = book.source(report.copied or "")
            key = excerpt.plain, one_line(report.credited or ""), copied.name if copied else ""
            passages.setdefault(key, []).append(excerpt)
    counts = (
        (claim.articles, "article"),
        (claim.distinct_texts, "distinct text"),
        (claim.outlets, "outlet"),
        (claim.origins, "independent origin"),
    )
    words = tuple((figure, word if figure == 1 else word + "s") for figure, word in counts)
    text = shorten(claim.text.exact, LABEL)
    shown = tuple(
        ClaimPassage(same[0], credited, copied, tuple(same[1:])) for (_, credited, copied), same in passages.items()
    )
    return ClaimView(claim.id, number, back.anchor, text, said_by, words, _origins(claim, book), shown)


def _origins(claim: Claim, book: Book) -> tuple[OriginView, ...]:
    """The claim's origins, in the order of its reports, and how each was decided."""
    found: dict[str, tuple[list[Source], set[str]]] = {}
    for report in claim.reports:
        source = book.source(report.article)
        if source is None:
            continue
        sources, how = found.setdefault(report.origin, ([], set()))
        how.add("copied" if report.copied else "credited" if report.origin != source.outlet else "own")
        if source not in sources:
            sources.append(source)
    words = {"own": "own text", "credited": "credited", "copied": "copied text"}
    return tuple(
        OriginView(one_line(name), ", ".join(words[one] for one in words if one in how), tuple(sources))
        for name, (sources, how) in found.items()
    )


def by_source(alone: Sequence[ClaimView], book: Book) -> tuple[tuple[Source, tuple[ClaimView, ...]], ...]:
    """Facts that one article tells alone, by article."""
    return tuple(
        (source, claims)
        for source in book.sources
        if (claims := tuple(claim for claim in alone if claim.said_by.source is source))
    )


def view_matrix(readout: Readout, book: Book, statements: Statements, claims: tuple[ClaimView, ...]) -> MatrixView:
    """Statements of several outlets, and claims, over the articles; those nobody lacks are left in, they are few."""
    claims_by_id = {claim.id: claim for claim in claims}
    said: list[MatrixRow] = []
    told: list[MatrixRow] = []
    shared = {claim.id for claim in readout.claims}
    alone: list[MatrixRow] = []
    for gap in readout.gaps:
        states: dict[str, Found] = dict.fromkeys(gap.not_assessable, "not assessable")
        states |= dict.fromkeys(gap.not_found, "not found")
        states |= dict.fromkeys(gap.found, "found")
        statement, claim = statements.by_id.get(gap.of), claims_by_id.get(gap.of)
        if statement and statement.several:
            places = {
                carrier.source.article.id: carrier.href
                for wording in reversed(statement.wordings)
                for carrier in reversed(wording.carriers)
            }
            said.append(_row("statement", statement.number, statement.label, statement.anchor, states, places, book))
        elif claim:
            places = {
                excerpt.source.article.id: excerpt.href
                for passage in reversed(claim.passages)
                for excerpt in (*passage.same, passage.excerpt)
            }
            row = _row("claim", claim.number, claim.text, claim.anchor, states, places, book)
            (told if claim.id in shared else alone).append(row)
    rows = [tuple(sorted(rows, key=lambda row: row.number)) for rows in (said, told, alone)]
    return MatrixView(book.sources, *rows)


def _row(
    kind: str, number: int, label: str, href: str, states: dict[str, Found], places: dict[str, str], book: Book
) -> MatrixRow:
    cells = tuple(
        MatrixCell(source, state, SIGNS[state], places.get(source.article.id, "") if state == "found" else "")
        for source in book.sources
        for state in [states.get(source.article.id, "not assessable")]
    )
    return MatrixRow(kind, number, label, href, sum(cell.state == "not found" for cell in cells), cells)
