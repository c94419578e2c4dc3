from __future__ import annotations

from reportedly._records import Article, Difference, Reading, Story
from reportedly.compare import compare
from reportedly.read import read
from reportedly.read._blocks import split_blocks
from reportedly.read._model import load_model

BEGIN = "The council of Vardholm met for the last time before the winter, and little was decided there.\n\n"
END = "\n\nFerries ran as usual, and the fish market stayed open until the evening."


def read_text(outlet: str, text: str) -> Reading:
    return read(split_blocks(Article(outlet, outlet, BEGIN + text + END, "", outlet=outlet)), load_model())


def differences_of(kind: str, *texts: str) -> list[Difference]:
    readings = [read_text(outlet, text) for outlet, text in zip(("Post", "Crier", "Herald"), texts, strict=False)]
    readout = compare(Story("s", tuple(sorted(r.article.id for r in readings))), readings)
    return [difference for difference in readout.differences if difference.kind == kind]


def test_a_word_that_judges_stands_against_the_office() -> None:
    (found,) = differences_of(
        "label",
        "The strongman Ola Brandt closed the harbor on Monday after the crews walked out.",
        "President Ola Brandt closed the harbor of Vardholm on Monday when crews walked out.",
    )
    assert [side.value for side in found.sides] == ["strongman", "President"]


def test_a_label_in_somebodys_mouth_is_no_outlets() -> None:
    told = "Ola Brandt closed the harbor on Monday. “The strongman Ola Brandt fears us,” Ms. Lund said in the square."
    assert differences_of("label", told, "President Ola Brandt closed the harbor on Monday.") == []


def test_told_as_fact_and_told_as_alleged() -> None:
    (found,) = differences_of(
        "status",
        "Two deckhands allegedly stole the lifeboat of the ferry Nordlys on Monday night.",
        "Two deckhands stole the lifeboat of the ferry Nordlys on Monday night.",
    )
    assert [side.value for side in found.sides] == ["allegedly", "stole"]


def test_what_both_tell_as_alleged_is_no_difference() -> None:
    told = "Two deckhands allegedly stole the lifeboat of the ferry Nordlys on Monday night."
    assert differences_of("status", told, told.replace("on Monday night", "late on Monday")) == []


def test_another_doer_of_the_same_thing() -> None:
    (found,) = differences_of(
        "name",
        "Anna Berg steered the ferry Nordlys onto the rocks off the harbor on Monday night.",
        "Jonas Vik steered the ferry Nordlys onto the rocks off the harbor on Monday night.",
    )
    assert {side.value for side in found.sides} == {"Anna Berg", "Jonas Vik"}


def test_two_whom_both_articles_name_are_no_difference() -> None:
    both = " Jonas Vik and Anna Berg were both on the bridge."
    one = "Anna Berg steered the ferry Nordlys onto the rocks off the harbor on Monday night." + both
    other = "Jonas Vik steered the ferry Nordlys onto the rocks off the harbor on Monday night." + both
    assert differences_of("name", one, other) == []


def test_a_place_that_one_article_misspells() -> None:
    (found,) = differences_of(
        "spelling",
        "The ministers will meet in Osaka in June. Officials in Osaka said rooms are booked.",
        "The ministers will meet in Osako in June, at a summit on fish.",
    )
    assert [side.value for side in found.sides] == ["Osaka", "Osako"]


def test_countries_and_what_one_article_writes_both_ways_are_no_misspelling() -> None:
    assert differences_of("spelling", "They met in Iran in June, and again in Iran.", "They met in Iraq in June.") == []
    both = "They met in Salem in June, and some of them later in Salen."
    assert differences_of("spelling", "They met in Salem in June, and in Salem again.", both) == []
