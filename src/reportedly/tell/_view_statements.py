"""Statements by issue: each utterance with every outlet's wording of it.

A statement that several articles carry is shown large, its wordings side by side, equal wordings as one with all their
outlets. A statement that one article carries is one entry of a dense list. A statement on several issues is shown under
its first, and pointed to from the others. The dense list is by speaker, so that no name is said ten times in a row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportedly._records import Issue, Readout, Report, Statement, StoryPerson
from reportedly.tell._book import Back, Book, Source
from reportedly.tell._clean import one_line, shorten
from reportedly.tell._dates import say_date
from reportedly.tell._names import party_name
from reportedly.tell._view_wordings import Wording, view_wordings

UNKNOWN_SPEAKER = "Speaker not identified"
OTHER_ISSUES = "Other statements"
MOST_OCCASIONS = 2
"""Wordings of the occasion that a statement shows; more are said on the same one in other words."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """An outlet's own words for the occasion of an utterance, and where they stand."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """One utterance. ``sources`` are those that carry it, each once."""

    id: str
    number: int
    anchor: str
    speaker: StoryPerson | None
    speaker_name: str
    role: str
    party: str | None
    party_label: str
    date: str
    addressee: str
    occasions: tuple[Occasion, ...]
    uncertain: bool
    wordings: tuple[Wording, ...]
    sources: tuple[Source, ...]
    issues: tuple[str, ...]

    @property
    def cells(self) -> tuple[tuple[Wording, ...], ...]:
        """The wordings, those of the very same outlets together: an article may report an utterance in pieces."""
        groups: dict[tuple[int, ...], list[Wording]] = {}
        for wording in self.wordings:
            key = tuple(sorted({carrier.source.number for carrier in wording.carriers}))
            groups.setdefault(key, []).append(wording)
        return tuple(map(tuple, groups.values()))

    @property
    def carried_by(self) -> str:
        """How many outlets carry it, in words; articles are counted where an outlet is not known."""
        return count_sources(self.sources)

    @property
    def several(self) -> bool:
        """Whether more than one article carries it."""
        return len(self.sources) > 1

    @property
    def label(self) -> str:
        """Speaker, the verb if it tells more than "said", and the beginning of the fullest wording, on one line."""
        first = self.wordings[0]
        return f"{self.speaker_name}{f' ({first.cue})' if first.cue else ''}: {shorten(first.plain, 90)}"


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """What one speaker is reported to have said in one article only."""

    statements: tuple[StatementView, ...]

    @property
    def first(self) -> StatementView:
        """The first of them, for the speaker's name, role and party."""
        return self.statements[0]


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue with the statements shown under it, and those shown elsewhere that bear on it."""

    id: str
    anchor: str
    label: str
    several: tuple[StatementView, ...]
    single: tuple[StatementView, ...]
    elsewhere: tuple[StatementView, ...]
    passages: tuple[tuple[Source, tuple[str, ...]], ...]

    @property
    def speakers(self) -> tuple[SpeakerView, ...]:
        """The single statements by speaker, in the order of their numbers."""
        groups: dict[tuple[str, str | None], list[StatementView]] = {}
        for view in self.single:
            groups.setdefault(_by_speaker(view), []).append(view)
        return tuple(SpeakerView(tuple(views)) for views in groups.values())


@dataclass(frozen=True, slots=True)
class Statements:
    """All statements by id, in the order of the page, and the issues they stand under."""

    by_id: dict[str, StatementView]
    issues: tuple[IssueView, ...]
    names: dict[str, str]


def count_sources(sources: Iterable[Source]) -> str:
    """How many outlets, in words ("3 outlets"); articles are counted where an outlet among them is not known."""
    listed = list(sources)
    known = all(source.outlet for source in listed)
    number = len({source.key for source in listed})
    word = "outlet" if known else "article"
    return f"{number} {word}" + ("" if number == 1 else "s")


def view_statements(readout: Readout, book: Book) -> Statements:
    """The statements, numbered in the order of the page; one without a single valid wording is left out."""
    people = {person.id: person for person in readout.people}
    shown = {statement.id: statement for statement in readout.statements if _reports(statement, book)}
    issues: list[IssueView] = []
    by_id: dict[str, StatementView] = {}
    taken: set[str] = set()
    for number, issue in enumerate([*readout.issues, None], 1):
        own = [key for key in (issue.statements if issue else shown) if key in shown and key not in taken]
        own = list(dict.fromkeys(own))
        taken.update(own)
        ordered = _ordered([shown[key] for key in own], book)
        for key in ordered:
            by_id[key] = _statement(shown[key], len(by_id) + 1, people, book)
        if issue:
            issues.append(_issue(issue, number, [by_id[key] for key in ordered], by_id, book))
        elif ordered:
            issues.append(_rest([by_id[key] for key in ordered]))
    return Statements(by_id, tuple(issues), {person.id: one_line(person.name) for person in readout.people})


def _by_speaker(view: StatementView) -> tuple[str, str | None]:
    return (view.speaker.id if view.speaker else "", view.party)


def _ordered(statements: list[Statement], book: Book) -> list[str]:
    """Ids: those of most articles first, then the single ones speaker by speaker, those of nobody known last."""
    articles = {statement.id: len(_articles(statement, book)) for statement in statements}
    singles = [statement for statement in statements if articles[statement.id] == 1]
    turn: dict[tuple[bool, str, str | None], int] = {}
    for statement in singles:
        turn.setdefault((statement.speaker is None, statement.speaker or "", statement.party), len(turn))

    def rank(statement: Statement) -> tuple[int, bool, int]:
        if articles[statement.id] > 1:
            return -articles[statement.id], False, 0
        unknown = statement.speaker is None
        return -1, unknown, turn[unknown, statement.speaker or "", statement.party]

    return [statement.id for statement in sorted(statements, key=rank)]


def _issue(
    issue: Issue, number: int, own: list[StatementView], by_id: dict[str, StatementView], book: Book
) -> IssueView:
    ids = {view.id for view in own}
    elsewhere = [by_id[key] for key in dict.fromkeys(issue.statements) if key in by_id and key not in ids]
    anchor = f"issue-{number}"
    label = one_line(issue.label) or f"issue {number}"
    label = label[0].upper() + label[1:]
    back = Back(anchor, f"I{number}", f"the issue {label}")
    places: dict[int, list[str]] = {}
    for passage in issue.passages:
        if book.valid(passage.article, [passage.span]):
            source = book.source(passage.article)
            assert source  # noqa: S101  (a valid passage has one)
            places.setdefault(source.number, []).append(book.link(passage.article, passage.span, back))
    passages = tuple((book.sources[key - 1], tuple(dict.fromkeys(places[key]))) for key in sorted(places))
    several, single = _split(own)
    return IssueView(issue.id, anchor, label, several, single, tuple(elsewhere), passages)


def _rest(own: list[StatementView]) -> IssueView:
    several, single = _split(own)
    return IssueView("", "issue-none", OTHER_ISSUES, several, single, (), ())


def _split(own: list[StatementView]) -> tuple[tuple[StatementView, ...], tuple[StatementView, ...]]:
    return tuple(view for view in own if view.several), tuple(view for view in own if not view.several)


def _reports(statement: Statement, book: Book) -> list[Report]:
    return [report for report in statement.reports if book.valid(report.article, report.content)]


def _articles(statement: Statement, book: Book) -> set[str]:
    return {report.article for report in _reports(statement, book)}


def _statement(statement: Statement, number: int, people: dict[str, StoryPerson], book: Book) -> StatementView:
    speaker = people.get(statement.speaker or "")
    addressee = people.get(statement.addressee or "")
    reports = _reports(statement, book)
    back = Back(f"statement-{number}", f"S{number}", f"statement {number}")
    sources = {source.number: source for report in reports if (source := book.source(report.article))}
    party = statement.party or (speaker.party if speaker else None)
    return StatementView(
        id=statement.id,
        number=number,
        anchor=back.anchor,
        speaker=speaker,
        speaker_name=_speaker_name(speaker),
        role=one_line(speaker.roles[0]) if speaker and speaker.roles else "",
        party=party,
        party_label=party_name(party) if party and party_name(party) != _speaker_name(speaker) else "",
        date=say_date(statement.said_on),
        addressee=one_line(addressee.name) if addressee else "",
        occasions=_occasions(reports, back, book),
        uncertain=bool(speaker) and all(report.certainty == "low" for report in reports),
        wordings=view_wordings(reports, back, book),
        sources=tuple(sources.values()),
        issues=statement.issues,
    )


def _occasions(reports: Iterable[Report], back: Back, book: Book) -> tuple[Occasion, ...]:
    """The different words for the occasion, the fullest report's first; those that are part of others are left out."""
    found: dict[str, Occasion] = {}
    for report in reports:
        source = book.source(report.article)
        if source is None or report.said_at is None or not book.valid(report.article, [report.said_at]):
            continue
        words = one_line(source.article.text[slice(*report.said_at)])
        if not any(words.lower() in known for known in found):
            found[words.lower()] = Occasion(words, book.link(report.article, report.said_at, back))
    return tuple(found.values())[:MOST_OCCASIONS]


def _speaker_name(speaker: StoryPerson | None) -> str:
    return (one_line(speaker.name) if speaker else "") or UNKNOWN_SPEAKER
