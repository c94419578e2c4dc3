"""The timeline of invented stories, and the days given to articles that have none."""

from __future__ import annotations

import re
import time as clock
from collections.abc import Sequence
from itertools import permutations

import pytest

from reportedly._records import Article, Block, BlockKind, Claim, ClaimReport, Quote, Reading, Time, TimelineEntry, cite
from reportedly.compare._dates import calendar_date, days_covered
from reportedly.compare._published import date_readings, infer_published
from reportedly.compare._timeline import MOST, build_timeline
from reportedly.read._model import load_model
from reportedly.read._parse import parse
from reportedly.read._times import find_times

CUES = re.compile(r"\b(?:said|told|denied|claimed|announced)\b")


def read(name: str, *texts: str, published: str | None = None, kinds: dict[int, BlockKind] | None = None) -> Reading:
    """A reading with blocks, sentences, times, and quotes between curly marks or after a cue and "that"."""
    text, blocks = "", []
    for number, words in enumerate(texts):
        blocks.append(Block((kinds or {}).get(number, "body"), (len(text), len(text) + len(words))))
        text += words + "\n\n"
    article = Article(name, "test", text, "", outlet=f"The {name}", published=published, blocks=tuple(blocks))
    parsed = next(parse([article], load_model()))
    quotes = [Quote(f"q{m.start()}", "direct", (m.span(1),)) for m in re.finditer("“([^”]*)”", text)]
    for cue in CUES.finditer(text):
        that = re.compile(r"[^.\n]{0,40}?\bthat ([^.\n]*)").match(text, cue.end())
        quotes.append(Quote(f"i{cue.start()}", "indirect", (that.span(1),) if that else (), cue=(cue.span(),)))
    return Reading(article, sentences=parsed.sentences, times=find_times(parsed), quotes=tuple(quotes))


def timeline_of(readings: list[Reading], claims: Sequence[Claim] = ()) -> tuple[TimelineEntry, ...]:
    return build_timeline(readings, claims)[1]


def told(entry: TimelineEntry, readings: list[Reading]) -> list[str]:
    texts = {reading.article.id: reading.article.text for reading in readings}
    return [texts[passage.article][slice(*passage.span)] for passage in entry.passages]


def entries(readings: list[Reading]) -> list[tuple[str, str, str, int]]:
    return [(e.date, e.precision, e.status, len(e.passages)) for e in timeline_of(readings)]


HARBOUR = [
    read(
        "Gazette",
        "Dock workers in Port Alma walked out on Monday, shutting the grain terminal and both container quays.",
        "The harbour board will meet the dock workers' union on Friday to talk about overtime.",
        "“We lost everything on Saturday,” the foreman said.",
        published="2023-10-17",
    ),
    read(
        "Courier",
        "The grain terminal of Port Alma stood still after its dock workers walked out on Monday over overtime.",
        "The union and the harbour board are to meet on Friday about overtime, under a mediator.",
        "Owner Lena Varga said on Tuesday that nothing had been agreed.",
        published="2023-10-18",
    ),
    read(
        "Mirror of Alma",
        "The last strike in the port, in 1987, lasted eleven weeks and broke the old company.",
        "A crane fell on Sept. 30, killing a crane driver, and inspectors shut the north quay.",
        published="2023-10-18T09:00:00Z",
    ),
]


def test_what_several_outlets_tell_of_one_day_is_one_entry() -> None:
    timeline = timeline_of(HARBOUR)
    strike = next(entry for entry in timeline if entry.date == "2023-10-16")
    assert {passage.article for passage in strike.passages} == {"Gazette", "Courier"}
    assert strike.status == "happened"
    assert all("walked out" in words for words in told(strike, HARBOUR))


CALM = "The streets of the capital were calm and its shops open."


def test_ledes_of_the_main_day_are_one_entry_in_any_words() -> None:
    one = read("A", "Gunmen freed sixty prisoners from a jail in Orvo on Sunday.", published="2023-05-09")
    two = read("B", "A raid before dawn on Sunday emptied the cells of the old fort.", published="2023-05-08")
    three = read("C", f"{CALM} {CALM}", "Trains ran late all over Orvo on Sunday.", published="2023-05-08")
    assert entries([one, two, three]) == [
        ("2023-05-07", "day", "happened", 2),
        ("2023-05-07", "day", "happened", 1),
    ]


def test_dates_precision_and_status() -> None:
    assert entries(HARBOUR) == [
        ("2023-09-30", "day", "happened", 1),
        ("2023-10-16", "day", "happened", 2),
        ("2023-10-20", "day", "planned", 2),
    ]


def test_what_one_outlet_says_was_said_is_no_entry() -> None:
    assert not [e for e in timeline_of(HARBOUR) for words in told(e, HARBOUR) if "Varga said" in words]
    alone = read("A", "Lena Varga said on Tuesday that the strike was over.", published="2023-10-18")
    assert [e.date for e in timeline_of([alone])] == ["2023-10-17"]


def test_words_in_somebodys_mouth_are_no_entry() -> None:
    assert not [e for e in timeline_of(HARBOUR) for words in told(e, HARBOUR) if "foreman" in words]


def test_a_single_outlets_year_is_background_and_two_outlets_are_an_entry() -> None:
    other = read(
        "Post",
        "The strike of 1987, which broke the old company after eleven weeks, is still spoken of.",
        published="2023-10-18",
    )
    assert ("1987", "year", "happened", 2) in entries([*HARBOUR, other])


def test_the_order_of_the_readings_changes_nothing() -> None:
    expected = timeline_of(HARBOUR)
    for order in permutations(HARBOUR):
        assert timeline_of(list(order)) == expected


def test_outlets_that_disagree_on_the_date_give_two_entries() -> None:
    one = read("A", "The ferry Alma Star sank off Cape Lorn on Saturday with forty aboard.", published="2023-05-09")
    two = read("B", "The ferry Alma Star sank off Cape Lorn on Sunday with forty aboard.", published="2023-05-09")
    assert [entry.date for entry in timeline_of([one, two])] == ["2023-05-06", "2023-05-07"]
    ((first, second),) = build_timeline([one, two])[2]
    assert (first.when, first.article, second.when, second.article) == ("Saturday", "A", "Sunday", "B")


@pytest.mark.parametrize(
    "other",
    [
        "The council of Lorn chose Lena Varga as its mayor on Sunday.",
        "The ferry Alma Star did not sink off Cape Lorn on Sunday.",
    ],
)
def test_two_days_are_no_conflict_if_more_than_the_day_differs(other: str) -> None:
    one = read("A", CALM, CALM, "The ferry Alma Star sank off Cape Lorn on Saturday.", published="2023-05-09")
    two = read("B", CALM, CALM, other, published="2023-05-09")
    assert not build_timeline([one, two])[2]


def test_a_coarser_date_joins_the_day_that_tells_the_same() -> None:
    one = read("A", CALM, "The ferry Alma Star sank off Cape Lorn on Sunday with forty aboard.", published="2023-05-09")
    two = read("B", CALM, "Divers searched the ferry, which sank off Cape Lorn at the weekend.", published="2023-05-09")
    three = read("C", CALM, "The Alma Star sank off Cape Lorn earlier this month, in a storm.", published="2023-05-20")
    other = read("D", CALM, "The council of Lorn chose a new mayor at the weekend.", published="2023-05-09")
    assert entries([one, two, three, other]) == [
        ("2023-05-06", "about", "happened", 1),
        ("2023-05-07", "day", "happened", 3),
    ]


def test_what_was_planned_and_is_over_in_a_later_article_has_happened() -> None:
    one = read("A", CALM, "The ferry Alma Star will leave Port Alma on Sunday.", published="2023-05-05")
    two = read("B", CALM, "The ferry Alma Star left Port Alma on Sunday.", published="2023-05-09")
    assert entries([one, two]) == [("2023-05-07", "day", "happened", 2)]


def test_two_events_of_one_rare_day_stay_two() -> None:
    one = read("A", CALM, CALM, "The ferry Alma Star sank off Cape Lorn on Sunday.", published="2023-05-09")
    two = read("B", CALM, CALM, "Voters in Velm chose a mayor on Sunday.", published="2023-05-09")
    assert entries([one, two]) == [("2023-05-07", "day", "happened", 1), ("2023-05-07", "day", "happened", 1)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The rebels did not take the airfield at Dorna on Sunday after all.",
        "The rebels didn’t take the airfield at Dorna on Sunday after all.",
        "No talks on the airfield at Dorna were held on Sunday after all.",
        "The storm would have hit the airfield at Dorna on Sunday but for the wind.",
    ],
)
def test_what_was_not_is_no_entry(sentence: str) -> None:
    assert entries([read("A", sentence, published="2023-05-09")]) == []


def test_what_was_planned_and_called_off_is_called_off() -> None:
    plan = read("A", CALM, CALM, "A strike of dock workers in Alma is planned for Friday.", published="2023-05-09")
    off = read("B", CALM, CALM, "The strike of dock workers planned for Friday was called off.", published="2023-05-11")
    assert entries([off]) == [("2023-05-12", "day", "called off", 1)]
    assert entries([plan, off]) == [("2023-05-12", "day", "called off", 2)]


def test_sentences_that_differ_in_a_figure_are_no_repeats() -> None:
    one = read(
        "A",
        CALM,
        "The toll of the flood in the valley of Velm rose to 12 on Monday.",
        "The toll of the flood in the valley of Velm rose to 19 on Monday.",
        published="2023-05-09",
    )
    assert sum(entry[3] for entry in entries([one])) == 2


def test_days_covered() -> None:
    covered = {value: days_covered(Time((0, 1), "DATE", value)) for value in ("2024-02", "2024-W01-WE", "2024", "199")}
    assert {value: days and (str(days[0]), str(days[1])) for value, days in covered.items()} == {
        "2024-02": ("2024-02-01", "2024-02-29"),
        "2024-W01-WE": ("2024-01-06", "2024-01-07"),
        "2024": ("2024-01-01", "2024-12-31"),
        "199": ("1990-01-01", "1999-12-31"),
    }
    assert days_covered(Time((0, 1), "DATE", "XXXX-WXX-2")) is None


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The rebels took the airfield at Dorna on Sunday after a short fight.", "happened"),
        ("The army claimed that the rebels took the airfield at Dorna on Sunday.", "alleged"),
        ("The army denied that the rebels took the airfield at Dorna on Sunday.", "denied"),
        ("The army allegedly bombed the airfield at Dorna on Sunday.", "alleged"),
        ("The rebels will leave the airfield at Dorna next Sunday under the accord.", "planned"),
        ("The rebels are expected to leave the airfield at Dorna later on Tuesday.", "planned"),
        ("The rebels left the airfield at Dorna early on Tuesday under the accord.", "happened"),
    ],
)
def test_status(sentence: str, status: str) -> None:
    assert [e.status for e in timeline_of([read("A", sentence, published="2023-05-09")])] == [status]


def test_a_claim_joins_its_passages_and_gives_its_id() -> None:
    one = read("A", "Nurses at the Velm clinic put down their work on Monday.", published="2023-05-09")
    two = read("B", "Wards emptied when staff went on strike on Monday in Velm.", published="2023-05-09")
    spans = {reading.article.id: reading.sentences[0] for reading in (one, two)}
    reports = tuple(ClaimReport(name, span, None) for name, span in spans.items())
    claim = Claim("c1", cite(one.article, spans["A"]), reports, 2, 2, 2, 2)
    (entry,) = timeline_of([one, two], [claim])
    assert entry.event == "c1"
    assert len(entry.passages) == 2


def test_the_date_of_the_saying_gives_way_to_the_date_of_what_is_said() -> None:
    reading = read("A", "The mayor announced on Monday that the bridge would open on June 1.", published="2023-05-09")
    assert entries([reading]) == [("2023-06-01", "day", "planned", 1)]


def test_a_timeline_is_short_and_passages_are_trimmed() -> None:
    lines = [f"In March a flood took bridge number {n} and the mill called Mill {n * 7}." for n in range(40)]
    days = [f"On April {n}, crews at Lock {n * 13} pulled a barge from the water." for n in range(1, 29)]
    readings = [read("A", *lines, *days, published="2023-05-09")]
    timeline = timeline_of(readings)
    assert len(timeline) <= MOST
    assert [entry.date for entry in timeline] == sorted(entry.date for entry in timeline)
    assert all(words == words.strip() and words for entry in timeline for words in told(entry, readings))


def test_headlines_and_boilerplate_tell_nothing() -> None:
    reading = read(
        "A",
        "Rebels took the airfield at Dorna on Sunday",
        "Read more: rebels took the airfield at Dorna on Sunday",
        published="2023-05-09",
        kinds={0: "headline", 1: "boilerplate"},
    )
    assert timeline_of([reading]) == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-05-14", ("2019-05-14", "day")),
        ("2019-05-14TMO", ("2019-05-14", "day")),
        ("2019-05", ("2019-05", "month")),
        ("2019", ("2019", "year")),
        ("2019-W20", ("2019-05-13", "about")),
        ("2019-W19-WE", ("2019-05-11", "about")),
        ("2018-FA", ("2018-10", "about")),
        ("2018-WI", ("2019-01", "about")),
        ("2019-Q2", ("2019-05", "about")),
        ("193", ("1930", "about")),
        ("XXXX-WXX-2", None),
        ("PAST_REF", None),
        ("2019-W60", None),
        ("20", None),
    ],
)
def test_calendar_dates(value: str, expected: tuple[str, str] | None) -> None:

    assert calendar_date(Time((0, 1), "DATE", value)) == expected


# ---------------------------------------------------------------- days of undated articles

LEDE = "Envoys of both islands signed the fishing accord in Sarn on Tuesday."


def test_an_undated_article_has_the_day_of_its_story() -> None:
    dated = [read("A", LEDE, published="2023-05-09"), read("B", LEDE, published="2023-05-10T01:00:00Z")]
    undated = read("C", LEDE, "They had met the Friday before.", "Next week they will meet again.")
    found = infer_published([*dated, undated])
    assert {name: day for name, (day, _) in found.items()} == {"C": "2023-05-09"}
    assert "weekday" in found["C"][1]
    again = date_readings([*dated, undated])[2]
    assert again.times[0].value == "2023-05-09"
    assert again.times[0].anchor == "story:2023-05-09"


def test_a_story_told_over_many_days_dates_nothing() -> None:
    dated = [read("A", LEDE, published="2023-05-09"), read("B", LEDE, published="2023-05-20")]
    assert infer_published([*dated, read("C", LEDE)]) == {}


def test_no_date_at_all_is_no_date() -> None:
    readings = [read("A", LEDE), read("B", LEDE)]
    assert infer_published(readings) == {}
    assert date_readings(readings) == tuple(readings)
    assert timeline_of(readings) == ()


def test_a_day_given_by_others_is_not_trusted_far_back() -> None:
    dated = [read("A", LEDE, published="2023-05-09"), read("B", LEDE, published="2023-05-09")]
    undated = read(
        "C", LEDE, "On Friday the fishing fleet of Sarn left port.", "On Monday its nets were cut by vandals."
    )
    dates = [entry.date for entry in timeline_of(date_readings([*dated, undated]))]
    assert "2023-05-08" in dates
    assert "2023-05-05" not in dates


def test_many_sentences_of_one_day_are_still_fast() -> None:
    lines = [f"On Monday the crew of boat {n} sold {n * 3} crates at the fish market." for n in range(600)]
    reading = read("A", " ".join(lines), published="2023-05-09")
    begin = clock.perf_counter()
    assert timeline_of([reading])
    assert clock.perf_counter() - begin < 3
