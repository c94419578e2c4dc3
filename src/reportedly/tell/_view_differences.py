"""Where accounts differ: the kind in words, each side's value, and the passages it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly._records import Difference, DifferenceKind, Readout, Side
from reportedly.tell._book import Back, Book, Excerpt
from reportedly.tell._clean import one_line
from reportedly.tell._view_gaps import ClaimView
from reportedly.tell._view_statements import Statements, count_sources

KINDS: dict[DifferenceKind, tuple[str, str]] = {
    "number": ("Figure", "The accounts give different figures."),
    "date": ("Date", "The accounts give different dates."),
    "place": ("Place", "The accounts name different places."),
    "name": ("Name", "The accounts name different people or bodies."),
    "denial": ("Denial", "What one account states, someone in another denies."),
    "parties": ("Parties disagree", "The parties contradict each other; the accounts report both."),
    "status": ("Status", "The accounts differ on whether it has happened, is planned or is only alleged."),
    "label": ("Label", "One account judges whom it names, another names the office."),
    "wording": ("Wording", "The same utterance, in words that do not say the same."),
    "spelling": ("Spelling", "The accounts spell it differently; one may be a misprint."),
}


@dataclass(frozen=True, slots=True)
class SideView:
    """One side: its value in the accounts' words, and its passages, those that read the same together."""

    value: str
    carried_by: str
    excerpts: tuple[tuple[Excerpt, ...], ...]


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One difference; ``about`` is in words, ``href`` leads to the statement or claim if it is one."""

    id: str
    number: int
    anchor: str
    kind: str
    explanation: str
    about: str
    href: str
    sides: tuple[SideView, ...]


def view_differences(
    readout: Readout, book: Book, statements: Statements, claims: tuple[ClaimView, ...]
) -> tuple[DifferenceView, ...]:
    """Differences with at least two sides that have a passage to show, in the readout's order."""
    about = {claim.id: (claim.text, claim.anchor) for claim in claims}
    about |= {key: (view.label, view.anchor) for key, view in statements.by_id.items()}
    about |= {key: (name, "") for key, name in statements.names.items()}
    views: list[DifferenceView] = []
    for difference in readout.differences:
        shown = sides_to_show(difference, book)
        if len(shown) < 2:
            continue
        number = len(views) + 1
        back = Back(f"difference-{number}", f"D{number}", f"difference {number}")
        kind, explanation = KINDS[difference.kind]
        label, href = about.get(difference.about, (one_line(difference.about), ""))
        sides = tuple(_side(side, back, book) for side in shown)
        views.append(DifferenceView(difference.id, number, back.anchor, kind, explanation, label, href, sides))
    return tuple(views)


def sides_to_show(difference: Difference, book: Book) -> list[Side]:
    """The sides that have a passage to show."""
    return [
        side
        for side in difference.sides
        if any(book.valid(passage.article, [passage.span]) for passage in side.reports)
    ]


def _side(side: Side, back: Back, book: Book) -> SideView:
    value = one_line(side.value)
    found = [book.excerpt(passage.article, passage.span, back, stress=value) for passage in side.reports]
    excerpts = tuple(excerpt for excerpt in found if excerpt)
    sources = {excerpt.source.number: excerpt.source for excerpt in excerpts}
    alike: dict[str, list[Excerpt]] = {}
    for excerpt in excerpts:
        alike.setdefault(str(excerpt.html.striptags()), []).append(excerpt)
    return SideView(value, count_sources(sources.values()), tuple(map(tuple, alike.values())))
