"""Events as PLOVER records, one a line."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, get_args

import pytest

from reportedly._cli import main
from reportedly._records import Article, Event, EventType, Person, Reading, Status
from reportedly.tell._plover import QUADS, to_plover

TEXT = "Oda Fjeld met Karl Brandt."


def record(event: Event, published: str | None = "2031-05-15T08:00:00") -> dict[str, Any]:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    article = Article(
        "a", "test", TEXT, digest, outlet="Oster Press", title="Meeting", url="https://oster.example/1",
        published=published, language="en",
    )  # fmt: skip
    people = (
        Person("p1", "Oda Fjeld", "person", ("prime minister",), ((0, 9),), "NO"),
        Person("p2", "Karl Brandt", "person", (), ((14, 25),), "Green Party"),
    )
    (line,) = to_plover(Reading(article, people=people, events=(event,)))
    assert "\n" not in line
    return json.loads(line)  # type: ignore[no-any-return]


def meeting(**changed: Any) -> Event:
    known: dict[str, Any] = {
        "span": (0, 25), "type": "CONSULT", "actors": ("p1",), "recipients": ("p2",), "place": "Oster",
        "date": "2031-05-14", "status": "happened", "lead": True,
    }  # fmt: skip
    return Event(**(known | changed))


def test_a_record_has_the_fields_of_the_manual() -> None:
    found = record(meeting())
    assert found.pop("id").startswith("a-")
    assert found == {
        "date": "2031-05-14",
        "source": [{"code": "NOR", "actor_text": "Oda Fjeld", "office": "prime minister"}],
        "recipient": [{"actor_text": "Karl Brandt"}],
        "event": ["CONSULT"],
        "event_loc": {"name": "Oster"},
        "event_text": ["Oda Fjeld met Karl Brandt"],
        "quad_code": 1,
        "context": [],
        "text_info": {"start": 0, "end": 25},
        "cite_info": {
            "citation": "a",
            "url": "https://oster.example/1",
            "title": "Meeting",
            "language": "en",
            "publication": "Oster Press",
        },
        "status": "happened",
        "lead": True,
    }


def test_without_a_day_of_its_own_it_has_the_article_s_and_says_so() -> None:
    found = record(meeting(date=None))
    assert (found["date"], found["comment"]) == ("2031-05-15", "date of publication")
    assert "date" not in record(meeting(date=None), published=None)
    month = record(meeting(date="2031-06"))
    assert (month["date"], month["comment"]) == ("2031-05-15", "date of publication; the event's is 2031-06")


@pytest.mark.parametrize(
    ("type_", "status", "event", "context"),
    [
        ("CONSULT", "happened", "CONSULT", []),
        ("AGREE", "planned", "AGREE", []),
        ("ASSAULT", "planned", "ASSAULT", ["future"]),
        ("ASSAULT", "denied", "ASSAULT", ["negation"]),
        ("ASSAULT", "alleged", "ASSAULT", []),
        ("CONSULT", "called off", "REJECT", []),
        ("PROTEST", "called off", "PROTEST", []),
    ],
)
def test_standing(type_: EventType, status: Status, event: str, context: list[str]) -> None:
    found = record(meeting(type=type_, status=status))
    assert (found["event"], found["context"], found["status"]) == ([event], context, status)
    assert found["quad_code"] == QUADS[event]  # type: ignore[index]


def test_ids_differ_and_stay() -> None:
    assert record(meeting())["id"] == record(meeting(lead=False))["id"]
    assert record(meeting())["id"] != record(meeting(type="SUPPORT"))["id"]


def test_every_type_has_its_quad() -> None:
    assert QUADS.keys() == {*get_args(EventType)}


def test_the_command_writes_an_event_a_line(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(
        "Fish row ends\n\nNorway and Germany signed a treaty in Berlin on Monday, May 12, 2031.\n", "utf-8"
    )
    output = tmp_path / "events.jsonl"
    assert main(["annotate", "--format", "plover", "-o", str(output), str(article)]) == 0
    (line,) = output.read_text("utf-8").splitlines()
    found = json.loads(line)
    assert (found["event"], [actor["code"] for actor in found["source"]]) == (["SUPPORT"], ["NOR", "DEU"])
    assert found["date"] == "2031-05-12"


def test_an_unknown_format_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["annotate", "--format", "cameo", "x.txt"]) == 2
    assert "cameo" in capsys.readouterr().err


def test_the_events_of_a_story_are_records_with_every_passage(tmp_path: Path) -> None:
    texts = {
        "one": "Fish row ends\n\nNorway and Germany signed a treaty in Berlin on Monday, May 12, 2031.\n",
        "two": "Berlin treaty\n\nA treaty was signed by Norway and Germany in Berlin on Monday, May 12, 2031.\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    output = tmp_path / "events.jsonl"
    files = [str(tmp_path / f"{name}.txt") for name in texts]
    assert main(["read", "-q", "--format", "plover", "-o", str(output), *files]) == 0
    (line,) = output.read_text("utf-8").splitlines()
    found = json.loads(line)
    assert (found["event"], found["date"], found["status"]) == (["SUPPORT"], "2031-05-12", "happened")
    assert {actor["code"] for actor in found["source"]} == {"NOR", "DEU"}
    assert len(found["event_text"]) == len(found["text_info"]) == len(found["cite_info"]) == 2
    by_citation = {info["citation"]: info for info in found["text_info"]}
    assert by_citation.keys() == {info["citation"] for info in found["cite_info"]}
    for words, info in zip(found["event_text"], found["text_info"], strict=True):
        assert any(text[info["start"] : info["end"]] == words for text in texts.values())
