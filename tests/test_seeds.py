"""What a careful editor wants out of the five development articles: who says what, and which remarks are one remark.

The articles are not part of the project, so everything is located by its place in them; `data/seeds_speakers.toml`
holds who says each quotation, found by reading.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from reportedly import Person, Quote, Reading, Report, Span, Statement, StoryPerson
from reportedly.tell import to_markdown
from tests._shared import SEEDS, needs_shared
from tests._whole import seed_files, seed_readings, seed_readouts

pytestmark = needs_shared

FOLDER = Path(__file__).parent / "data"
ARTICLES: list[dict[str, Any]] = tomllib.loads((FOLDER / "seeds_speakers.toml").read_text("utf-8"))["article"]
RUNS = [
    pytest.param(number, (start, end), who, id=f"{number}-{start}-{who}")
    for number, article in enumerate(ARTICLES)
    for start, end, who in article["runs"]
]
PUTIN, POMPEO, TRUMP = "Putin", "Pompeo", "Trump"


def test_the_articles_are_the_ones_that_were_read() -> None:
    assert [file.name for file in seed_files()] == [article["file"] for article in ARTICLES]
    for article in ARTICLES:
        assert hashlib.sha256((SEEDS / article["file"]).read_bytes()).hexdigest() == article["sha256"]


# ---------------------------------------------------------------- who says what


def overlap(spans: tuple[Span, ...], run: Span) -> int:
    """Characters of the run that the spans hold."""
    return sum(max(0, min(end, run[1]) - max(start, run[0])) for start, end in spans)


def quotes_on(reading: Reading, run: Span) -> list[Quote]:
    """Quotes that hold most of the run, or lie mostly in it."""
    return [
        quote
        for quote in reading.quotes
        if 2 * overlap(quote.content, run) > min(run[1] - run[0], sum(end - start for start, end in quote.content))
    ]


def is_right(who: str, speaker: Person | StoryPerson) -> bool:
    """Whether a speaker is one of those an editor would take."""
    words = speaker.name.replace("’", "'").split()
    for one in who.split("|"):
        if one.startswith("~"):
            if speaker.kind == "unnamed" and one[1:] in speaker.name.lower():
                return True
        elif words[-1] == one and speaker.kind in ("organisation" if one == "Department" else "person",):
            return True
    return False


@pytest.mark.parametrize(("number", "run", "who"), RUNS)
def test_a_quotation_has_its_speaker_or_none(number: int, run: Span, who: str) -> None:
    reading = seed_readings()[number]
    people = {person.id: person for person in reading.people}
    wrong = [
        (quote.type, quote.rule, people[quote.speaker].kind, people[quote.speaker].name)
        for quote in quotes_on(reading, run)
        if quote.speaker is not None and not is_right(who, people[quote.speaker])
    ]
    assert wrong == []


def kinds(reading: Reading, run: Span) -> set[str]:
    return {block.kind for block in reading.article.blocks if block.span[0] < run[1] and run[0] < block.span[1]}


def test_nearly_every_quotation_is_found_and_has_a_speaker() -> None:
    """What is in a repeated caption need not be found again."""
    missed, silent, runs = [], [], 0
    for number, reading in enumerate(seed_readings()):
        for start, end, who in ARTICLES[number]["runs"]:
            quotes = quotes_on(reading, (start, end))
            runs += 1
            if not quotes and not kinds(reading, (start, end)) & {"repeat", "caption"}:
                missed.append((number, start, who))
            elif quotes and not any(quote.speaker for quote in quotes):
                silent.append((number, start, who))
    assert missed == []
    assert len(silent) <= 0.05 * runs, silent


def test_nothing_else_is_a_quotation() -> None:
    """A direct quotation of four words or more stands where the articles have one."""
    for number, reading in enumerate(seed_readings()):
        runs = [(start, end) for start, end, _ in ARTICLES[number]["runs"]]
        for quote in reading.quotes:
            for start, end in quote.content:
                marked = quote.type == "direct" and quote.rule != "embedded post"
                if marked and len(reading.article.text[start:end].split()) >= 4:
                    inside = sum(overlap(((start, end),), run) for run in runs)
                    assert inside > 0.9 * (end - start), (number, start, end)


def test_a_quotation_that_is_never_closed_ends_with_the_speech() -> None:
    """In the fourth article the narrator goes on without a mark between, and a mark opens where one should close."""
    reading = seed_readings()[3]
    for quote in reading.quotes:
        assert quote.type == "indirect" or overlap(quote.content, (1196, 1278)) <= 1, quote.content


def test_the_speakers_are_the_same_people_in_every_article() -> None:
    """One person per human being, whatever the spelling, and with the side they speak for."""
    (readout,) = seed_readouts()
    for surname, party, articles in (
        (POMPEO, "US", 5),
        (PUTIN, "RU", 5),
        ("Lavrov", "RU", 5),
        (TRUMP, "US", 5),
        ("Sanders", "US", 1),
        ("Ushakov", "RU", 1),
        ("Bolton", "US", 2),
        ("Maduro", "VE", 5),
        ("Guaido", None, 2),  # an opposition leader, of a country that no article puts beside his name
    ):
        found = [person for person in readout.people if person.name.split()[-1] == surname and person.kind == "person"]
        assert len(found) == 1, (surname, [person.name for person in found])
        assert found[0].party == party, surname
        assert len({mention.article for mention in found[0].mentions}) == articles, surname
    for surname, party in ((POMPEO, "US"), (PUTIN, "RU"), ("Lavrov", "RU"), (TRUMP, "US")):
        (person,) = [person for person in readout.people if person.name.split()[-1] == surname]
        assert person.party == party


def test_no_person_is_two() -> None:
    (readout,) = seed_readouts()
    surnames = {POMPEO, PUTIN, "Lavrov", TRUMP, "Sanders", "Maduro", "Mueller", "Obama", "Bolton", "Ushakov"}
    for person in readout.people:
        if person.kind == "person":
            assert len(surnames & set(person.name.replace("’s", "").split())) <= 1, person.name


# ---------------------------------------------------------------- one remark, one statement


def placed() -> dict[str, int]:
    """The articles' ids → their numbers here."""
    return {reading.article.id: number for number, reading in enumerate(seed_readings())}


def name_of(statement: Statement) -> str | None:
    (readout,) = seed_readouts()
    return next((person.name.split()[-1] for person in readout.people if person.id == statement.speaker), None)


def holds(report: Report, number: int, run: Span) -> bool:
    return placed()[report.article] == number and 2 * overlap(report.content, run) > run[1] - run[0]


Place = tuple[int, int, int]

# A remark: its speaker, the passages that are to stand together in ONE statement, and those that may be there as well,
# since they are the next sentence of the same breath or an indirect report of it. Nothing else may.
REMARKS: dict[str, tuple[str, list[Place], list[Place]]] = {
    "the special counsel's exotic work": (
        PUTIN,
        [(0, 3644, 3734), (1, 568, 809), (3, 952, 1196)],
        [(0, 3738, 3953), (3, 1279, 1458), (3, 1470, 1518)],
    ),
    "interference in elections": (
        POMPEO,
        [(0, 1765, 1912), (3, 1786, 1837), (4, 1794, 2073)],
        [
            *((0, 1425, 1475), (0, 1576, 1762), (0, 1994, 2181), (0, 2202, 2415)),
            *((1, 3683, 3920), (3, 1689, 1782), (3, 1928, 2164)),
        ],
    ),
    "no war with Iran": (
        POMPEO,
        [(0, 4521, 4566), (1, 5673, 5717), (3, 4301, 4343)],
        [(0, 3966, 4010), (0, 4597, 4685), (1, 5732, 5857), (3, 4359, 4499)],
    ),
    "the telephone call": (
        PUTIN,
        [(0, 960, 1247), (3, 2542, 2668), (4, 872, 1191)],
        [(0, 1262, 1421), (3, 2679, 2848)],
    ),
    "whoever interferes in Venezuela": (
        POMPEO,
        [(0, 5897, 5952), (3, 3776, 3850)],
        [(0, 5956, 6303), (0, 5779, 5895), (3, 3725, 3760)],
    ),
    "what he was told of Venezuela": (
        TRUMP,
        [(0, 6547, 6666), (1, 6800, 6843)],
        [(1, 6730, 6773)],
    ),
}


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_is_one_statement_with_all_its_outlets(remark: str) -> None:
    speaker, together, also = REMARKS[remark]
    (readout,) = seed_readouts()
    number, start, end = together[0]
    (statement,) = [
        statement
        for statement in readout.statements
        if name_of(statement) == speaker and any(holds(report, number, (start, end)) for report in statement.reports)
    ]
    for number, start, end in together:
        assert any(holds(report, number, (start, end)) for report in statement.reports), (number, start)
    strays = [
        (placed()[report.article], report.content)
        for report in statement.reports
        if not any(
            placed()[report.article] == number and overlap(report.content, (start, end))
            for number, start, end in together + also
        )
    ]
    assert strays == []


# Passages that are alike, but are two remarks: said on another day, by someone else or of something else.
APART = {
    "an interview on deterrence, days before": ((2, 3935, 4210), (0, 4597, 4685)),
    "a spokeswoman on elections": ((2, 11273, 11543), (0, 1765, 1912)),
    "the official before the trip, on good relations": ((2, 10095, 10229), (4, 1361, 1684)),
    "the president on getting along, and his minister": ((2, 4790, 4920), (0, 753, 850)),
    "the president's two remarks on getting along": ((2, 4790, 4920), (2, 12839, 12978)),
    "one minister's hope and another's": ((0, 3335, 3555), (1, 981, 1025)),
    "elections: the question and the warning": ((1, 3648, 3680), (0, 1765, 1912)),
}


@pytest.mark.parametrize("pair", APART)
def test_alike_is_not_the_same(pair: str) -> None:
    one, other = APART[pair]
    (readout,) = seed_readouts()
    for statement in readout.statements:
        both = [any(holds(report, place[0], place[1:]) for report in statement.reports) for place in (one, other)]
        assert not all(both)


def test_the_announced_meeting_is_dated_differently() -> None:
    """One outlet says that it was announced on Monday, another on Tuesday: no day is the statement's, both show."""
    (readout,) = seed_readouts()
    days = {
        frozenset(side.value.casefold().removeprefix("on ") for side in difference.sides): difference
        for difference in readout.differences
        if difference.kind == "date"
    }
    found = days[frozenset({"monday", "tuesday"})]
    (statement,) = [statement for statement in readout.statements if statement.id == found.about]
    assert statement.said_on is None
    assert len({report.article for report in statement.reports}) >= 2


def test_what_was_told_to_a_minister_was_not_told_to_his_president() -> None:
    (readout,) = seed_readouts()
    names = {person.id: person.name for person in readout.people}
    for statement in readout.statements:
        assert statement.addressee is None or statement.addressee != statement.speaker
        if statement.addressee is not None:
            assert TRUMP not in names[statement.addressee]


def test_no_year_that_names_an_election_dates_an_entry() -> None:
    (readout,) = seed_readouts()
    assert not [entry for entry in readout.timeline if entry.date == "2016"]


def test_the_main_day_is_that_of_the_meeting() -> None:
    (readout,) = seed_readouts()
    assert "**On 14 May 2019, the day most articles open with**" in to_markdown(readout)


def test_articles_without_a_date_say_for_which_day_they_are_taken() -> None:
    (readout,) = seed_readouts()
    inferred = [story.inferred for story in readout.articles if story.article.published is None]
    assert inferred == ["2019-05-14"] * 3
    assert all(story.inferred is None for story in readout.articles if story.article.published is not None)
