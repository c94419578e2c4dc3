"""A stream that stops and goes on: the same stories as in one run, and what is no state is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly._cli import main
from reportedly._errors import InputError
from reportedly._records import Article
from reportedly.group import StoryStream, _rarity
from reportedly.group import _stream as streaming
from reportedly.group._rarity import Rarity
from reportedly.group._sketch import sketch
from reportedly.group._state import FORMAT, pack, unpack

from .test_group import BUDGET, FERRY_OWN, FERRY_REPRINT, FERRY_WIRE, VACCINE, article
from .test_group_stream import FIRST, FIRST_AGAIN, SECOND, decided

TEXTS = [FERRY_WIRE, FERRY_REPRINT, FERRY_OWN, BUDGET, VACCINE, FIRST, FIRST_AGAIN, SECOND]
DAYS = st.one_of(st.none(), st.integers(1, 28))
ARTICLES = st.lists(st.tuples(st.sampled_from(TEXTS), DAYS), max_size=10).map(
    lambda drawn: [
        article(str(at), text, published=f"2021-03-{day:02}" if day else None) for at, (text, day) in enumerate(drawn)
    ]
)


def streamed(articles: list[Article], cuts: set[int]) -> tuple[list[object], bytes]:
    """All that a stream says of the articles, stopped before those with the numbers of the cuts; its state."""
    stream, said = StoryStream(), []
    for at, each in enumerate(articles):
        if at in cuts:
            stream = StoryStream.from_state(stream.state())
        said.append(stream.add(each))
        if at % 3 == 0:
            said.append(stream.take_closed())
    state = stream.state()
    return [*said, stream.open_stories(), stream.finish()], state


@settings(deadline=None, max_examples=25)
@given(ARTICLES, st.sets(st.integers(0, 9), max_size=3))
def test_a_stream_cut_anywhere_says_what_it_says_in_one_run(articles: list[Article], cuts: set[int]) -> None:
    assert streamed(articles, cuts) == streamed(articles, set())


@settings(deadline=None, max_examples=40)
@given(st.data(), st.lists(DAYS, min_size=1, max_size=12))
def test_every_id_ever_given_leads_to_one_story(data: st.DataObject, days: list[int | None]) -> None:
    scores: dict[frozenset[str], float] = {}

    def score(one: Article, other: Article) -> float:
        pair = frozenset((one.id, other.id))
        if pair not in scores:
            scores[pair] = data.draw(st.sampled_from([-9.0, -1.5, -1.0, 1.0, 5.0]))
        return scores[pair]

    named, closed, stream = set(), [], StoryStream()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streaming, "score", score)
        for at, day in enumerate(days):
            changes = stream.add(article(str(at), FERRY_WIRE, published=f"2021-03-{day:02}" if day else None))
            named |= {change.story for change in changes}
            closed += stream.take_closed()
            gone = {name for story in closed for name in (story.id, *story.earlier)}
            assert {name for name in named if stream.successor(name) is None} == gone
            now = {name: story.id for story in stream.open_stories() for name in story.articles}
            last = {name: change for change in changes for name in change.articles}
            assert all(stream.successor(change.story) == now.get(name) for name, change in last.items())
        closed += stream.finish()
    assert sorted(name for story in closed for name in (story.id, *story.earlier)) == sorted(named)
    assert sorted(name for story in closed for name in story.articles) == sorted(map(str, range(len(days))))


def test_an_article_that_comes_again_when_its_story_is_closed_changes_nothing() -> None:
    stream = StoryStream()
    stream.add(article("w", FERRY_WIRE, published="2021-03-01"))
    stream.add(article("late", BUDGET, published="2021-04-20"))
    stream = StoryStream.from_state(stream.state())
    assert stream.add(article("w", FERRY_WIRE, published="2021-03-01")) == []


def test_decisions_may_be_others_when_a_stream_goes_on() -> None:
    stream = StoryStream()
    stream.add(article("w", FERRY_WIRE, published="2021-03-01"))
    stream = StoryStream.from_state(stream.state(), decided({"merge": ["w", "b"]}))
    stream.add(article("b", BUDGET, published="2021-03-02"))
    assert [story.articles for story in stream.open_stories()] == [("w", "b")]


def test_a_state_that_cannot_be_used_is_refused_by_name() -> None:
    good = pack({"some": 1})
    assert unpack(good, "it") == {"some": 1}
    cases = [
        (b"", "not the state"),
        (b"{}\n", "not the state"),
        (good[:-1], "damaged"),
        (good[:-1] + bytes([good[-1] ^ 1]), "damaged"),
        (FORMAT + b"0\n" + good.partition(b"\n")[2], "version 0"),
    ]
    for data, says in cases:
        with pytest.raises(InputError, match=says) as problem:
            StoryStream.from_state(data, source="mine.state")
        assert str(problem.value).startswith("mine.state: ")


def test_the_command_goes_on_where_it_stopped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = [("w", FERRY_WIRE, "2021-03-01"), ("b", BUDGET, "2021-03-01"), ("o", FERRY_OWN, "2021-03-02")]
    state = str(tmp_path / "stream.state")
    for at, (name, text, day) in enumerate(days):
        (tmp_path / f"{at}.jsonl").write_text(json.dumps({"id": name, "text": text, "published": day}) + "\n", "utf-8")
    for at in range(3):
        out = str(tmp_path / f"out{at}")
        assert main(["group", "--stream", "--state", state, str(tmp_path / f"{at}.jsonl"), "-o", out, "-q"]) == 0
    rows = [json.loads(line) for line in (tmp_path / "out2").read_text("utf-8").splitlines()]
    assert [(row["article"], row["open"]) for row in rows] == [("w", True), ("o", True), ("b", True)]
    assert rows[0]["story"] == rows[1]["story"] != rows[2]["story"]
    Path(state).write_bytes(b"other")
    assert main(["group", "--stream", "--state", state, str(tmp_path / "0.jsonl"), "-q"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    for refused in (["--state", state], ["--stream", "--state", "-"]):
        assert main(["group", *refused, str(tmp_path / "0.jsonl")]) == 2


def test_a_stream_forgets_so_that_a_new_word_that_is_everywhere_is_not_rare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_rarity, "MEMORY", 8)
    counts = Rarity(forgets=True)
    for at in range(100):
        counts.add(sketch(article(str(at), f"Nothing happened in {'Lynby' if at < 50 else 'Kesto'} today.")))
    kept = counts.state()
    assert kept["size"] < 8
    assert "lynby" not in kept["words"]
    assert kept["words"]["kesto"] >= 3
