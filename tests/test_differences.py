from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly._records import Difference, Mention, Reading, Statement, StoryPerson
from reportedly.compare._claims import make_claims
from reportedly.compare._clauses import narrated_clauses
from reportedly.compare._differences import make_differences
from reportedly.compare._matches import match_narration
from reportedly.compare._narration import narrate
from reportedly.compare._numbers import conflict, figures, same_thing
from reportedly.compare._same_facts import measure_pairs
from reportedly.compare._sources import make_sources

from ._build import bag_of_words, reading, statement, words_of

FILLER = "The weather in the valley was mild and nobody there expected the rest of the week to be any different."


def differences_of(
    *readings: Reading, statements: tuple[Statement, ...] = (), people: tuple[StoryPerson, ...] = ()
) -> tuple[Difference, ...]:
    encode = bag_of_words()
    told, weights = narrate(readings, {})
    matches = match_narration(told, weights, encode)
    clauses, telling = narrated_clauses(readings, {})
    pairs = measure_pairs(clauses, telling, {r.article.id: r.article.text for r in readings}, encode)
    claims = make_claims(readings, clauses, pairs, make_sources(readings))
    return make_differences(readings, told, weights, matches, encode, statements, claims, people)


def test_two_figures_of_one_thing_are_a_difference_with_both_passages() -> None:
    one = reading("a", "Floods in the Orla valley killed 23 villagers and destroyed the bridge at Sund.", FILLER)
    other = reading("b", "Floods in the Orla valley killed 31 villagers and destroyed the old bridge at Sund.", FILLER)
    (found,) = differences_of(one, other)
    assert (found.kind, [side.value for side in found.sides]) == ("number", ["23", "31"])
    assert [words_of(side.reports[0].span, {"a": one, "b": other}[side.reports[0].article])[:6] for side in found.sides]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("killed 120 villagers", "killed more than 100 villagers"),
        ("killed 120 villagers", "killed about 110 villagers"),
        ("killed 118 villagers", "killed 120 villagers"),
        ("killed dozens of villagers", "killed 48 villagers"),
        ("killed 23 villagers", "killed 31 cows"),
        ("killed four villagers", "killed 4 old villagers"),
    ],
)
def test_figures_that_one_value_fits_are_no_difference(one: str, other: str) -> None:
    made = (
        reading(identifier, f"Floods in the Orla valley {what} and destroyed the bridge at Sund.", FILLER)
        for identifier, what in (("a", one), ("b", other))
    )
    assert [found for found in differences_of(*made) if found.kind == "number"] == []


def test_one_event_on_two_days_is_a_difference_and_a_day_without_another_is_none() -> None:
    sentence = "The old ferry Halvard Rose was sold to a shipyard in Oravia on {}."
    days = {"Monday": "2021-03-01", "Tuesday": "2021-03-02"}
    one, other = (
        reading(at, sentence.format(day), FILLER, days={day: days[day]}) for at, day in zip("ab", days, strict=True)
    )
    (found,) = differences_of(one, other)
    assert (found.kind, [side.value for side in found.sides]) == ("date", ["Monday", "Tuesday"])
    undated = reading("b", sentence.format("Tuesday"), FILLER)
    assert differences_of(one, undated) == ()


def test_sums_of_one_thing_are_a_difference_and_sums_of_two_are_none() -> None:
    one = reading("a", "The Orla tunnel under the strait would cost 2.4 billion euros, auditors found.", FILLER)
    other = reading("b", "Auditors say that the Orla tunnel under the strait would cost 3.1 billion euros.", FILLER)
    (found,) = [difference for difference in differences_of(one, other) if difference.kind == "number"]
    assert {side.value for side in found.sides} == {"2.4 billion", "3.1 billion"}
    else_ = reading("b", "The auditors were paid 1.9 million euros for their look at the Orla tunnel.", FILLER)
    assert differences_of(one, else_) == ()


def test_what_somebody_denies_and_another_article_tells_is_a_denial() -> None:
    one = reading("a", "She handed Dorn a draft of the harbour treaty before lunch.", FILLER)
    other = reading("b", "An aide denied reports that she had handed over a draft of the harbour treaty.", FILLER)
    (found,) = differences_of(one, other)
    assert (found.kind, found.sides[1].value) == ("denial", "denied reports that")
    assert [side.reports[0].article for side in found.sides] == ["a", "b"]


def test_two_sources_with_two_figures_in_one_article_are_parties_who_disagree() -> None:
    said = [("indirect", "300 marchers had come", "Maren Holt"), ("indirect", "900 marchers had come", "Pavel Dorn")]
    people = {"Maren Holt": ["Holt"], "Pavel Dorn": ["Dorn"]}
    text = "Holt said 300 marchers had come. Dorn said 900 marchers had come."
    (found,) = differences_of(reading("a", text, FILLER, said=said, people=people))
    assert (found.kind, [side.value for side in found.sides]) == ("parties", ["300", "900"])
    same = [(type_, content, "Maren Holt") for type_, content, _ in said]
    assert differences_of(reading("a", text, FILLER, said=same, people=people)) == ()


def test_a_figure_of_another_matter_is_no_difference() -> None:
    one = reading("a", "Floods in the Orla valley killed 23 villagers and destroyed the bridge at Sund.", FILLER)
    other = reading("b", "Some 310 villagers of Orla voted for the new school and the library on Sunday.", FILLER)
    assert differences_of(one, other) == ()


def test_one_says_that_it_was_discussed_another_that_it_was_not() -> None:
    said = [("indirect", "the ministers had discussed the Orla fishing quota", "Maren Holt")]
    denied = [("indirect", "they had not talked about the quota", "Pavel Dorn")]
    people = {"Maren Holt": ["Holt"], "Pavel Dorn": ["Dorn"]}
    one = reading(
        "a", "Holt said the ministers had discussed the Orla fishing quota.", FILLER, said=said, people=people
    )
    other = reading("b", "Dorn said they had not talked about the quota.", FILLER, said=denied, people=people)
    (found,) = differences_of(one, other)
    assert (found.kind, found.about) == ("denial", "quota")
    assert [side.value for side in found.sides] == ["discussed", "not talked about"]
    same = [("indirect", "they had not talked about the quota", "Maren Holt")]
    other = reading("b", "Holt said they had not talked about the quota.", FILLER, said=same, people=people)
    assert differences_of(one, other) == ()


def test_a_word_misprinted_in_one_report_of_a_statement_is_a_difference_of_wording() -> None:
    contents = {
        "a": "We in no way intend to sink the fishing fleet",
        "b": "we in no way intend to sing the fishing fleet",
        "c": "We in no way intend to sink the fishing fleet",
    }
    made = {i: reading(i, f"“{c},” she said.", said=[("direct", c, None)]) for i, c in contents.items()}
    of = statement("s1", *((made[i], c) for i, c in contents.items()))
    (found,) = differences_of(*made.values(), statements=(of,))
    assert (found.kind, found.about, [side.value for side in found.sides]) == ("wording", "s1", ["sink", "sing"])
    assert [[report.article for report in side.reports] for side in found.sides] == [["a", "c"], ["b"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("However strange the fleet may seem, it pays its dues", "Whatever one thinks of these ships, they have paid"),
        ("We do not intend to sink the fishing fleet", "We don’t intend to sink a fishing fleet"),
        ("We are not intending to sink the fishing fleet", "We are not intended to sink the fishing fleet"),
        ("He may sink it", "He may sing it"),
    ],
)
def test_translations_inflections_and_scraps_are_no_difference_of_wording(one: str, other: str) -> None:
    made = [reading(i, f"“{c},” she said.", said=[("direct", c, None)]) for i, c in (("a", one), ("b", other))]
    assert differences_of(*made, statements=(statement("s1", (made[0], one), (made[1], other)),)) == ()


def test_one_name_in_two_spellings() -> None:
    made = [
        reading(i, f"{name} spoke at length about the quota that day.", FILLER)
        for i, name in (("a", "Alexey Torvald"), ("b", "Aleksey Torvald"), ("c", "Torvald"))
    ]
    mentions = tuple(
        Mention(i, (0, len(name)), name)
        for i, name in (("a", "Alexey Torvald"), ("b", "Aleksey Torvald"), ("c", "Torvald"))
    )
    person = StoryPerson("p", "Alexey Torvald", "person", (), None, tuple(m.form for m in mentions), mentions)
    found = [d for d in differences_of(*made, people=(person,)) if d.kind == "spelling"]
    assert [[side.value for side in difference.sides] for difference in found] == [["Aleksey", "Alexey"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("120,000 island troops", [(120000, 120000, ("island", "troop"))]),
        ("hundreds of thousands of troops", [(200000, 999000, ("troop",))]),
        ("at least two dozen women", [(24, float("inf"), ("women",))]),
        ("rising tensions with attendees of the oneness church", []),
        ("the 2016 election, the G20, 3:46 PM, a 63-year-old, COVID-19 and the No. 2 job", []),
        ("a 97-1 vote", []),
        ("$5.7 billion of aid", [(5.7e9, 5.7e9, ("#dollar",))]),
        ("600 demonstrators", [(600, 600, ("#people",))]),
        ("They put the crowd at 600", [(600, 600, ("#people",))]),
        ("thirty-two men", [(32, 32, ("men",))]),
    ],
)
def test_figures(text: str, expected: list[tuple[float, float, tuple[str, ...]]]) -> None:
    found = [(f.low, f.high, f.nouns) for f in figures(text, (0, len(text))) if f.nouns]
    assert found == expected


@given(st.text(), st.text())
def test_any_text_has_figures_inside_it_and_conflict_has_no_direction(one: str, other: str) -> None:
    some = [
        f for text in (one, f"3 {other} 40% dozens") for f in figures(text, (0, len(text))) if f.span[1] <= len(text)
    ]
    for a in some:
        assert a.low <= a.high
        for b in some:
            assert conflict(a, b) == conflict(b, a)
            assert same_thing(a, b) == same_thing(b, a)


def test_of_a_part_and_its_whole_the_part_is_what_is_told() -> None:
    text = "Divers found cracks in two of its three piers, and 40 of the 300 boats moved."
    assert [(f.low, f.nouns) for f in figures(text, (0, len(text)))] == [(2, ("pier",)), (40, ("boat", "moved"))]
    one = reading("a", "Divers found deep cracks in two of the three piers of the old harbor at Vardholm.", FILLER)
    other = reading("b", "Divers found deep cracks in two piers of the old harbor at Vardholm.", FILLER)
    assert differences_of(one, other) == ()
