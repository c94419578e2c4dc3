"""Stories out of a stream: ids that stay, merges, what closes, decisions that hold, copies; and the command's lines."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly._cli import main
from reportedly._errors import InputError
from reportedly._records import Article
from reportedly._spool import in_order
from reportedly.group import Decisions, StoryStream, agency_of, find_copies, group_articles, read_decisions
from reportedly.group import _stream as streaming
from reportedly.group._window import Window

from .test_group import BUDGET, FERRY_OWN, FERRY_REPRINT, FERRY_WIRE, VACCINE, article

FIRST = """Torm's double sinks Oravia City

Ilja Torm scored twice on Saturday as Kesto beat Oravia City 2-1 in the island league before 4,100 people at Quay Park.
Coach Bram Velde praised Torm, who had missed two months with a broken toe. Oravia City's goal came too late.
"""
FIRST_AGAIN = """Kesto edge Oravia City 2-1

A late goal was not enough for Oravia City, who lost 2-1 at Quay Park on Saturday after two strikes by Ilja Torm.
Torm, back after two months with a broken toe, was cheered off by the 4,100 in the ground.
"""
SECOND = """Aske header keeps Kesto top

Kesto are five points clear in the island league after a header by Ruben Aske settled a dull evening with Lynby Rovers
on Wednesday. Rovers' keeper Nils Holt saved a penalty from Bram Velde's captain just before the break on Mill Road.
"""
NEWS = [
    article("w", FERRY_WIRE, published="2021-03-01"),
    article("b", BUDGET, published="2021-03-01"),
    article("o", FERRY_OWN, published="2021-03-02"),
    article("v", VACCINE, published="2021-03-02"),
]


def streamed(articles: list[Article], decisions: Decisions | None = None) -> set[frozenset[str]]:
    stream = StoryStream(decisions)
    for each in articles:
        stream.add(each)
    return {frozenset(story.articles) for story in stream.finish()}


def decided(*lines: object) -> Decisions:
    return read_decisions([json.dumps(line) for line in lines], "decisions.jsonl")


# ---------------------------------------------------------------- the stream


def test_a_stream_gives_the_stories_that_a_batch_gives() -> None:
    batch = {frozenset(story.articles) for story in group_articles(NEWS)}
    assert streamed(NEWS) == batch == {frozenset("wo"), frozenset("b"), frozenset("v")}


def test_an_id_stays_and_the_reason_names_what_is_shared() -> None:
    stream = StoryStream()
    (opened,) = stream.add(NEWS[0])
    assert (opened.kind, opened.articles) == ("opened", ("w",))
    stream.add(NEWS[1])
    (joined,) = stream.add(NEWS[2])
    assert (joined.kind, joined.story, joined.articles) == ("joined", opened.story, ("o",))
    assert "Tarvos" in joined.reason
    assert "Monday" in joined.reason
    assert "2021-03-01 to 2021-03-02" in joined.reason
    assert stream.story_of("w") == stream.story_of("o") == opened.story != stream.story_of("b")
    assert stream.add(NEWS[2]) == []


def test_no_later_article_changes_what_was_said_when_one_came() -> None:
    def said(articles: list[Article]) -> list[object]:
        stream = StoryStream()
        return [stream.add(each) for each in articles]

    assert said(NEWS)[:3] == said(NEWS[:3])


def test_two_matches_of_one_league_are_two_stories() -> None:
    games = [
        article("1", FIRST, published="2021-03-06"),
        article("2", FIRST_AGAIN, published="2021-03-07"),
        article("3", SECOND, published="2021-03-10"),
    ]
    assert streamed(games) == {frozenset("12"), frozenset("3")}


def test_a_bridge_merges_two_stories_and_the_old_id_points_to_the_new(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = {frozenset("ab"): -3.0, frozenset("ac"): 3.0, frozenset("bc"): 3.0}
    monkeypatch.setattr(streaming, "score", lambda one, other: scores[frozenset((one.id, other.id))])
    monkeypatch.setattr(streaming, "likely_sources", lambda *_: [])  # the scores alone decide
    stream = StoryStream()
    (first,), (second,) = (stream.add(article(name, FERRY_WIRE, published="2021-03-01")) for name in "ab")
    assert first.story != second.story
    joined, merged = stream.add(article("c", FERRY_WIRE, published="2021-03-01"))
    assert (joined.kind, joined.articles) == ("joined", ("c",))
    assert (merged.kind, merged.story, merged.earlier, merged.articles) == ("merged", first.story, second.story, ("b",))
    assert stream.successor(second.story) == stream.successor(first.story) == first.story
    (story,) = stream.finish()
    assert (story.id, story.earlier, sorted(story.articles)) == (first.story, (second.story,), ["a", "b", "c"])


def test_a_better_fitting_newcomer_takes_an_article_out_of_its_story(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = {frozenset("ab"): -1.0, frozenset("bc"): 4.0, frozenset("ac"): -7.0}
    monkeypatch.setattr(streaming, "score", lambda one, other: scores[frozenset((one.id, other.id))])
    monkeypatch.setattr(streaming, "likely_sources", lambda *_: [])  # the scores alone decide
    stream = StoryStream()
    for name in "ab":
        stream.add(article(name, FERRY_WIRE, published="2021-03-01"))
    old = stream.story_of("a")
    assert stream.story_of("b") == old
    changes = stream.add(article("c", FERRY_WIRE, published="2021-03-01"))
    assert stream.story_of("a") == old != stream.story_of("b") == stream.story_of("c")
    assert [(change.kind, change.articles, change.earlier) for change in changes] == [
        ("joined", ("c",), None),
        ("moved", ("b",), old),
    ]
    reasons = {story.articles: story.reason for story in stream.finish()}
    assert reasons[("a",)] == "No other article tells this story" != reasons[("b", "c")]


def test_what_left_the_window_is_closed_and_forgotten() -> None:
    stream = StoryStream()
    for each in NEWS:
        stream.add(each)
    changes = stream.add(article("late", FIRST, published="2021-04-20"))
    assert sorted(change.kind for change in changes) == ["closed", "closed", "closed", "opened"]
    closed = {frozenset(story.articles): story for story in stream.take_closed()}
    assert set(closed) == {frozenset("wo"), frozenset("b"), frozenset("v")}
    assert stream.take_closed() == []
    with pytest.raises(KeyError):
        stream.story_of("w")
    held = vars(stream)
    assert all(set(held[name]) == {"late"} for name in ("_links", "_story", "_texts", "_copied", "_agencies", "_named"))


def test_an_article_older_than_the_window_is_a_story_of_its_own() -> None:
    stream = StoryStream()
    stream.add(replace(NEWS[0], published="2021-06-01"))
    kinds = [change.kind for change in stream.add(NEWS[2])]
    assert kinds == ["opened", "closed"]
    assert {story.articles for story in stream.finish()} == {("o",), ("w",)}


def test_an_undated_article_counts_as_of_the_day_it_came() -> None:
    undated = replace(NEWS[2], published=None)
    assert frozenset("wo") in streamed([NEWS[0], undated])
    assert frozenset("wo") in streamed([undated, NEWS[0]])
    assert frozenset("wo") not in streamed([NEWS[0], article("x", VACCINE, published="2021-06-01"), undated])


def test_the_window_holds_no_word_of_what_left_it() -> None:
    stream, window = StoryStream(), Window()
    for each in [*NEWS, article("late", FIRST, published="2021-04-20")]:
        stream.add(each)
    assert set(stream._window.articles) == {"late"}
    assert all(set(holders) == {"late"} for holders in stream._window._index.values())
    assert window.articles == {}


@given(
    st.lists(st.tuples(st.sampled_from([FERRY_WIRE, FERRY_OWN, FIRST, SECOND, BUDGET]), st.integers(1, 28)), max_size=9)
)
def test_every_article_of_any_stream_is_in_one_story_when_it_ends(drawn: list[tuple[str, int]]) -> None:
    stream, seen = StoryStream(), []
    for at, (text, day) in enumerate(drawn):
        stream.add(article(str(at), text, published=f"2021-03-{day:02}"))
        seen += [name for story in stream.take_closed() for name in story.articles]
    seen += [name for story in stream.finish() for name in story.articles]
    assert sorted(seen) == sorted(str(at) for at in range(len(drawn)))


# ---------------------------------------------------------------- decisions


@pytest.mark.parametrize("together", [streamed, lambda a, d: {frozenset(s.articles) for s in group_articles(a, d)}])
def test_moves_merges_and_splits_hold(together) -> None:  # type: ignore[no-untyped-def]
    assert together(NEWS, decided({"merge": ["b", "v"]})) == {frozenset("wo"), frozenset("bv")}
    assert together(NEWS, decided({"split": ["w"], "from": ["o"]})) == {frozenset(x) for x in "wobv"}
    assert together(NEWS, decided({"move": "o", "to": "b", "from": ["w"]})) == {
        frozenset("ob"),
        frozenset("w"),
        frozenset("v"),
    }


def test_what_is_decided_later_stands() -> None:
    merged, split = {"merge": ["b", "v"]}, {"split": ["b"], "from": ["v"]}
    assert frozenset("bv") in streamed(NEWS, decided(split, merged))
    assert frozenset("bv") not in streamed(NEWS, decided(merged, split))
    assert frozenset("vo") in {s - {"w"} for s in streamed(NEWS, decided(merged, {"move": "v", "to": "o"}))}


def test_the_reason_says_that_a_user_decided() -> None:
    (story,) = [s for s in group_articles(NEWS, decided({"merge": ["b", "v"]})) if "b" in s.articles]
    assert "a user put them together" in story.reason


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[]", "not a decision"),
        ('{"merge": ["a"]}', "2 articles"),
        ('{"merge": "ab"}', "by their ids"),
        ('{"split": ["a"]}', '"from"'),
        ('{"split": ["a"], "from": ["a"]}', "apart from itself"),
        ('{"move": "a", "to": "a"}', "moved to itself"),
        ('{"move": "a"}', '"to"'),
        ('{"merge": ["a", "b"], "why": 1}', "no 'why'"),
        ('{"merge": ["a", "b"], "move": "a"}', "one of"),
    ],
)
def test_a_line_that_is_no_decision_is_named(line: str, says: str) -> None:
    with pytest.raises(InputError) as problem:
        read_decisions(["", line], "mine.jsonl")
    assert str(problem.value).startswith("mine.jsonl, line 2: ")
    assert says in str(problem.value)


# ---------------------------------------------------------------- copies


def test_a_stream_marks_copies_passage_by_passage_and_keeps_them() -> None:
    stream = StoryStream()
    stream.add(NEWS[0])
    stream.add(article("r", FERRY_REPRINT, published="2021-03-02"))
    (story,) = stream.finish()
    assert story.articles == ("w", "r")
    assert story.copied["r"].copy_of == "w"
    assert story.copied["w"].own_share == 1.0
    (copy,) = story.copied["r"].copies
    assert FERRY_REPRINT[slice(*copy.spans[0])].startswith("The ferry Halvard Rose")


def test_a_third_of_a_wire_story_under_two_local_paragraphs_is_a_copy_and_of_its_story() -> None:
    paragraphs = FERRY_WIRE.split("\n\n")
    local = (
        "At Lynby school the children painted a ship for the crew. Teacher Mona Friis hung it in the hall by the door."
    )
    more = (
        "The baker on the square sent forty loaves to the quay. Nobody asked him to, and nobody sent him a bill either."
    )
    cut = article("c", "\n\n".join([local, more, paragraphs[1]]), title="Lynby bakes for the stranded")
    wire = article("w", FERRY_WIRE)
    assert find_copies([wire, cut])["c"].copy_of == "w"
    assert 0.3 < find_copies([wire, cut])["c"].own_share < 0.6
    assert len(group_articles([wire, cut])) == 1


def test_of_articles_as_they_came_the_later_is_the_copy() -> None:
    long, short = article("long", FERRY_WIRE), article("short", FERRY_REPRINT)
    assert find_copies([short, long], as_they_came=True)["long"].copy_of == "short"
    assert find_copies([long, short], as_they_came=True)["short"].copy_of == "long"


@pytest.mark.parametrize(
    ("text", "known", "agency"),
    [
        ("CORVALE, May 3 (Reuters) - The dam holds.", {}, "Reuters"),
        ("CORVALE (AP) — The dam holds.", {}, "AP"),
        ("By Tessa Brandt, Associated Press\n\nThe dam holds.", {}, "AP"),
        ("The dam holds.\n\nThe Associated Press contributed to this report.", {}, "AP"),
        ("The dam holds.", {"outlet": "Agence France-Presse"}, "AFP"),
        ("The dam holds, the engineer told Reuters on Monday.", {}, None),
        ("The dam holds.", {}, None),
    ],
)
def test_the_agency_is_the_one_the_article_is_credited_to(text: str, known: dict[str, str], agency: str | None) -> None:
    assert agency_of(article("a", text, **known)) == agency


# ---------------------------------------------------------------- the command


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    rows = [{"id": each.id, "text": each.text, "published": each.published} for each in reversed(NEWS)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_the_command_streams_in_order_of_publication_and_logs_changes(lines: Path, tmp_path: Path) -> None:
    out, log = tmp_path / "stories.jsonl", tmp_path / "changes.jsonl"
    assert main(["group", "--stream", "--changes", str(log), str(lines), "-o", str(out), "-q"]) == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert list(rows[0]) == [
        "story",
        "article",
        "reason",
        "copy_of",
        "agency",
        "own_share",
        "copied",
        "earlier",
        "open",
    ]
    stories = {row["article"]: row["story"] for row in rows}
    assert stories["w"] == stories["o"]
    assert len(set(stories.values())) == 3
    changes = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [(change["kind"], change["articles"]) for change in changes][:2] == [("opened", ["b"]), ("opened", ["w"])]


def test_articles_that_are_decided_about_and_never_came_are_named(
    lines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, decisions, state = (str(tmp_path / name) for name in ("out.jsonl", "mine.jsonl", "state"))
    Path(decisions).write_text('{"merge": ["b", "nobody"]}\n{"move": "gone", "to": "v"}\n', "utf-8")
    for extra in ([], ["--stream"], ["--stream", "--state", state]):
        assert main(["group", *extra, "--decisions", decisions, str(lines), "-o", out]) == 0
        assert f"{decisions}: not among the articles: gone, nobody\n" in capsys.readouterr().err
    last = tmp_path / "last.jsonl"
    last.write_text(json.dumps({"id": "gone", "text": "A gull sat on the horn of the ferry."}) + "\n", "utf-8")
    assert main(["group", "--stream", "--state", state, "--decisions", decisions, str(last), "-o", out]) == 0
    assert "not among the articles: nobody\n" in capsys.readouterr().err  # the others came in the run before


def test_the_command_keeps_to_decisions(lines: Path, tmp_path: Path) -> None:
    out, decisions = tmp_path / "stories.jsonl", tmp_path / "decisions.jsonl"
    decisions.write_text('{"merge": ["b", "v"]}\n', "utf-8")
    for extra in ([], ["--stream"]):
        assert main(["group", *extra, "--decisions", str(decisions), str(lines), "-o", str(out), "-q"]) == 0
        stories = {row["article"]: row["story"] for row in map(json.loads, out.read_text("utf-8").splitlines())}
        assert stories["b"] == stories["v"] != stories["w"]


def test_what_the_command_cannot_use_is_one_line(
    lines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["group", "--decisions", str(tmp_path / "none"), str(lines)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["group", "--changes", str(tmp_path / "log"), str(lines)]) == 2
    assert "--stream" in capsys.readouterr().err


def test_the_spool_puts_in_order_and_the_undated_first() -> None:
    undated = replace(NEWS[3], published=None)
    assert [each.id for each in in_order([NEWS[2], NEWS[0], undated, NEWS[1], NEWS[0]])] == ["v", "b", "w", "o"]
