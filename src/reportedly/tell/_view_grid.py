"""The issue × party grid: on each issue, what each side said, in a line per statement.

Parties are columns, those with most statements first; what speaks for no named party, and what is left when the page's
width is used up, stands in the last column.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from reportedly._records import Readout
from reportedly.tell._clean import shorten
from reportedly.tell._names import party_name, surname
from reportedly.tell._view_statements import IssueView, Statements, StatementView

MOST_PARTIES = 4
"""Columns of their own: with the issue and the last column, six fit a desktop page at a readable measure."""

ENOUGH = 2
"""Statements that earn a party its own column; a column for one statement is a blank strip down the page."""

FEW_PARTIES = 3
"""As many parties all have a column each, whatever they said."""

MOST_LINES = 3
"""Statements in a cell; the rest is one link to the issue."""

LINE = 96
"""Characters of a statement's wording in a cell: two to three lines of a column."""

OTHER = "Others and unattributed"
UNATTRIBUTED = "Unattributed"


@dataclass(frozen=True, slots=True)
class GridLine:
    """A statement in a cell. ``party`` is named only in the last column; ``carried_by`` names a single outlet.

    ``cue`` is the article's verb where it tells more than that it was said.
    """

    statement: StatementView
    speaker: str
    party: str
    cue: str
    wording: str
    quoted: bool
    carried_by: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """What one party said on one issue; ``more`` statements are not listed."""

    party: str
    lines: tuple[GridLine, ...]
    more: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """One issue."""

    issue: IssueView
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class GridView:
    """The grid. ``combined`` are the parties that share the last column; ``silent`` the issues without a statement.

    ``rest`` counts the statements on no issue, which are not in the grid.
    """

    parties: tuple[str, ...]
    rows: tuple[GridRow, ...]
    combined: tuple[str, ...]
    silent: tuple[str, ...]
    rest: int


def view_grid(readout: Readout, statements: Statements) -> GridView:
    """The grid; an issue's statements that are shown under another issue count here too."""
    weight = Counter(view.party for view in statements.by_id.values() if view.party and view.issues)
    ranked = sorted(weight, key=lambda party: (-weight[party], party_name(party), party))
    named = [party for party in ranked if weight[party] >= ENOUGH][:MOST_PARTIES] or ranked[:MOST_PARTIES]
    if len(ranked) <= FEW_PARTIES:
        named = ranked
    combined = tuple(party_name(party) for party in ranked if party not in named)
    speakers = _speakers(statements)
    last = OTHER if combined else UNATTRIBUTED
    rows, silent = [], []
    for issue in statements.issues:
        if not issue.id:
            continue
        views = [*issue.several, *issue.single, *issue.elsewhere]
        if not views:
            silent.append(issue.label)
            continue
        views.sort(key=lambda view: (-len(view.sources), view.number))
        by_column: dict[str | None, list[StatementView]] = {party: [] for party in [*named, None]}
        for view in views:
            by_column[view.party if view.party in by_column else None].append(view)
        cells = tuple(
            _cell(party_name(party) if party else last, by_column[party], speakers, party is None)
            for party in by_column
        )
        rows.append(GridRow(issue, cells))
    parties = [party_name(party) for party in named]
    if any(row.cells[-1].lines for row in rows):
        parties.append(last)
    else:
        rows = [GridRow(row.issue, row.cells[:-1]) for row in rows]
    rest = sum(len(issue.several) + len(issue.single) for issue in statements.issues if not issue.id)
    return GridView(tuple(parties), tuple(rows), combined, tuple(silent), rest)


def _speakers(statements: Statements) -> dict[str, str]:
    """What to call each speaker in a narrow column: the surname, or the full name where two share it."""
    people = {view.speaker.id: view.speaker for view in statements.by_id.values() if view.speaker}
    short = {key: surname(person.name, person.kind) for key, person in people.items()}
    often = Counter(short.values())
    return {key: short[key] if often[short[key]] == 1 else statements.names[key] for key in people}


def _cell(party: str, views: list[StatementView], speakers: dict[str, str], last: bool) -> GridCell:
    shown = views if len(views) <= MOST_LINES + 1 else views[:MOST_LINES]
    lines = tuple(
        GridLine(
            statement=view,
            speaker=speakers.get(view.speaker.id, view.speaker_name) if view.speaker else view.speaker_name,
            party=view.party_label if last else "",
            cue=view.wordings[0].cue,
            wording=shorten(view.wordings[0].plain, LINE),
            quoted=view.wordings[0].type == "direct",
            carried_by=view.carried_by if view.several else view.sources[0].name,
        )
        for view in shown
    )
    return GridCell(party, lines, len(views) - len(shown))
