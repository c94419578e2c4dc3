"""The committed JSON Schemas are those of the records, and output validates against them."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reportedly import _records
from reportedly._records import (
    Article,
    Block,
    Citation,
    Claim,
    ClaimReport,
    Copy,
    Difference,
    Event,
    Gap,
    Issue,
    MainEvent,
    Mention,
    Passage,
    Person,
    Quote,
    Reading,
    Readout,
    Report,
    Side,
    Sourcing,
    Statement,
    StoryArticle,
    StoryPerson,
    Term,
    Time,
    TimelineEntry,
    When,
)
from reportedly._schema import RECORDS, schema, schema_text, write
from reportedly.tell._json import reading_to_json, to_json

FOLDER = Path(__file__).resolve().parents[1] / "schemas"
ARTICLE = Article(
    "a", "a.txt", "“No,” said Öz.\u2028", "0" * 64, blocks=(Block("body", (0, 14)),), authors=("M. Drost",)
)
CITATION = Citation("a", (1, 3), "No", "“", ",”")
READING = Reading(
    ARTICLE,
    sentences=((0, 14),),
    people=(Person("p1", "Öz", "person", ("mayor",), ((11, 13),), "TR"),),
    quotes=(Quote("q1", "direct", ((1, 3),), ((6, 10),), ((11, 13),), "p1"),),
    times=(Time((0, 1), "DATE", "2021-03-04"),),
    terms=(Term((0, 1), "no"),),
    sourcing=(Sourcing((0, 1), "Öz", "official", (0, 14)),),
    main_event=MainEvent(who=CITATION, when=When("a", (1, 3), "No", "“", ",”", date="2031-05-14")),
    events=(Event((0, 1), "REJECT", ("p1",), (), None, None, "happened"),),
)
READOUT = Readout(
    id="s1",
    title=CITATION,
    articles=(StoryArticle(ARTICLE, None, (Copy("b", ((0, 1),)),), None, 0.5, True),),
    people=(StoryPerson("p1", "Öz", "person", (), None, ("Öz",), (Mention("a", (11, 13), "Öz"),)),),
    statements=(
        Statement("t1", "p1", None, ("i1",), None, None, (Report("a", "q1", "direct", ((1, 3),), (), (), "high"),)),
    ),
    issues=(Issue("i1", "No", ("t1",), (), (Passage("a", (0, 1)),)),),
    claims=(Claim("c1", CITATION, (ClaimReport("a", (0, 1), None),), 1, 1, 1, 1),),
    differences=(Difference("d1", "denial", "t1", (Side((Passage("a", (0, 1)),), "no"),)),),
    gaps=(Gap("c1", ("a",), (), ()),),
    timeline=(TimelineEntry("2021-03-04", "day", "happened", None, ()),),
    brief=(CITATION,),
)


@pytest.mark.parametrize("name", RECORDS)
def test_the_committed_schema_is_current(name: str) -> None:
    file = FOLDER / f"{name}.schema.json"
    assert file.read_text("utf-8") == schema_text(name), "run: python -m reportedly._schema"
    jsonschema.Draft202012Validator.check_schema(schema(name))


def test_writing_gives_all_schemas(tmp_path: Path) -> None:
    assert [file.name for file in write(tmp_path / "new")] == ["reading-1.schema.json", "readout-1.schema.json"]


def errors(name: str, record: Any) -> list[str]:
    return [error.message for error in jsonschema.Draft202012Validator(schema(name)).iter_errors(record)]


def test_full_and_bare_records_validate() -> None:
    assert errors("reading-1", json.loads(reading_to_json(READING))) == []
    assert errors("reading-1", json.loads(reading_to_json(Reading(ARTICLE)))) == []
    assert errors("readout-1", json.loads(to_json(READOUT))) == []
    assert errors("readout-1", json.loads(to_json(dataclasses.replace(READOUT, title=None, brief=())))) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda reading: reading.pop("quotes"),
        lambda reading: reading.update(more=1),
        lambda reading: reading.update(schema="reading/2"),
        lambda reading: reading["article"].update(text=None),
        lambda reading: reading["article"].pop("outlet"),
        lambda reading: reading["quotes"][0].update(type="shouted"),
        lambda reading: reading["quotes"][0].update(content=[[1, 2, 3]]),
    ],
)
def test_another_shape_does_not_validate(change: Any) -> None:
    record = json.loads(reading_to_json(READING))
    change(record)
    assert errors("reading-1", record)


def test_every_record_is_in_a_schema() -> None:
    defined = {name for record in RECORDS for name in (*schema(record)["$defs"], schema(record)["title"])}
    records = {name for name, value in vars(_records).items() if dataclasses.is_dataclass(value)}
    assert records - defined == {"Story"}


def test_json_is_one_line_in_utf_8_with_every_field_in_order() -> None:
    line = reading_to_json(READING)
    assert "\n" not in line
    assert "Öz" in line
    assert list(json.loads(line)) == [field.name for field in dataclasses.fields(Reading)]
    assert list(json.loads(to_json(READOUT))) == [field.name for field in dataclasses.fields(Readout)]
    assert reading_to_json(READING) == line


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_number_that_json_does_not_know_is_an_error(number: float) -> None:
    article = dataclasses.replace(READOUT.articles[0], own_share=number)
    with pytest.raises(ValueError, match="JSON"):
        to_json(dataclasses.replace(READOUT, articles=(article,)))
