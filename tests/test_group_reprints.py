"""A copy is in the story of its original, however unlike the two are beside the copied text."""

from __future__ import annotations

import json

import pytest

from reportedly.group import Decisions, StoryStream, group_articles, read_decisions
from reportedly.group import _stories as stories
from reportedly.group import _stream as streaming
from reportedly.group._link import average_link

from .test_group import FERRY_OWN, FERRY_REPRINT, FERRY_WIRE, article

NEWS = [
    article("o", FERRY_WIRE, published="2021-03-01"),
    article("other", FERRY_OWN, published="2021-03-01"),
    article("r", FERRY_REPRINT, published="2021-03-02"),
]
LATE = [NEWS[0], NEWS[1], article("r", FERRY_REPRINT, published="2021-03-05")]


def decided(line: object) -> Decisions:
    return read_decisions([json.dumps(line)], "decisions.jsonl")


def batch(articles: list[object], decisions: Decisions | None = None) -> set[frozenset[str]]:
    return {frozenset(story.articles) for story in group_articles(articles, decisions)}  # type: ignore[arg-type]


def stream(articles: list[object], decisions: Decisions | None = None) -> set[frozenset[str]]:
    opened = StoryStream(decisions)
    for each in articles:
        opened.add(each)  # type: ignore[arg-type]
    return {frozenset(story.articles) for story in opened.finish()}


@pytest.fixture(autouse=True)
def _nothing_is_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (stories, streaming):
        monkeypatch.setattr(module, "score", lambda one, other: -7.0)


@pytest.mark.parametrize("grouped", [batch, stream])
@pytest.mark.parametrize("crowd", [150, 0])
def test_a_copy_is_in_the_story_of_its_original(grouped, crowd, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(streaming, "CROWD", crowd)
    assert grouped(NEWS) == {frozenset("or"), frozenset(["other"])}


@pytest.mark.parametrize("grouped", [batch, stream])
def test_the_same_frame_days_later_is_another_story(grouped) -> None:  # type: ignore[no-untyped-def]
    assert grouped(LATE) == {frozenset("o"), frozenset("r"), frozenset(["other"])}


@pytest.mark.parametrize("grouped", [batch, stream])
@pytest.mark.parametrize("crowd", [150, 0])
def test_what_a_user_decided_goes_before_what_is_copied(grouped, crowd, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(streaming, "CROWD", crowd)
    apart = grouped(NEWS, decided({"split": ["r"], "from": ["o"]}))
    assert apart == {frozenset("o"), frozenset("r"), frozenset(["other"])}
    moved = grouped(NEWS, decided({"move": "r", "to": "other"}))
    assert moved == {frozenset("o"), frozenset(["r", "other"])}


def test_a_stream_that_goes_on_keeps_a_copy_with_its_original() -> None:
    first = StoryStream()
    for each in NEWS[:2]:
        first.add(each)
    second = StoryStream.from_state(first.state())
    second.add(NEWS[2])
    assert second.story_of("r") == second.story_of("o") != second.story_of("other")


def test_copies_of_copies_begin_as_one_group_and_a_split_holds_between_groups() -> None:
    copies = {"b": "a", "c": "b", "d": "gone"}
    assert average_link("abcd", {}, Decisions(), copies) == [["a", "b", "c"], ["d"]]
    split = decided({"split": ["c"], "from": ["a"]})
    assert average_link("abcd", {}, split, copies) == [["a", "b"], ["c"], ["d"]]
