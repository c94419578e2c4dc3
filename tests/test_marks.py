"""Quotation marks as newsrooms publish them: every family, every misprint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.read._marks import find_runs


def inner(text: str) -> list[str]:
    return [text[slice(*run.inner)] for run in find_runs(text, (0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will rebuild the pier," Ms. Dahl said.', ["We will rebuild the pier,"]),
        ("“We will rebuild,” she said. “In spring.”", ["We will rebuild,", "In spring."]),
        (
            "‘We’ll rebuild,’ he said, ‘and the town’s boats will be back.’",
            ["We’ll rebuild,", "and the town’s boats will be back."],
        ),
        ("'It's ours,' said Dahl.", ["It's ours,"]),
        ("''We will rebuild,'' she said.", ["We will rebuild,"]),
        ("``We will rebuild,'' she said.", ["We will rebuild,"]),
        ("«We will rebuild», she said.", ["We will rebuild"]),
        ("„We will rebuild“, she said.", ["We will rebuild"]),
        ("“I have nothing tonight.“ He left.", ["I have nothing tonight."]),
        ("”I have nothing tonight.” He left.", ["I have nothing tonight."]),
        ('"I have nothing tonight.” He left.', ["I have nothing tonight."]),
        ("“He said ‘never’ to us,” she said.", ["He said ‘never’ to us,"]),
        ("‘He said “never” to us,’ she said.", ["He said “never” to us,"]),
        ("the ferries’ crews and the ’90s, rock ’n’ roll", []),
        ("He is 6'2\" tall and runs 5' behind.", []),
        ("‘The owners’ boats are safe,’ he said.", ["The owners’ boats are safe,"]),
        ("He was (“more or less”) sure.", ["more or less"]),
        ("They called it—“a mess”—and left.", ["a mess"]),
    ],
)
def test_runs(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_mark_never_closed_ends_with_its_paragraph() -> None:
    text = "“We saw the water rise. Then the lights went out."
    (run,) = find_runs(text, (0, len(text)))
    assert text[slice(*run.inner)] == text[1:]
    assert not run.closed


def test_a_second_opening_mark_ends_the_first() -> None:
    text = "“We saw the water rise, Dahl said. “Then the lights went out.”"
    first, second = find_runs(text, (0, len(text)))
    assert not first.closed
    assert text[slice(*second.inner)] == "Then the lights went out."


def test_a_closing_mark_with_no_opening_begins_with_its_sentence() -> None:
    text = "It was dark. We saw the water rise,” Dahl said."
    (run,) = find_runs(text, (0, len(text)))
    assert text[slice(*run.inner)] == "We saw the water rise,"
    assert not run.opened


def test_a_mark_stuck_between_two_sentences_opens_when_a_closing_mark_follows() -> None:
    text = "“We saw it rise the mayor said at the pier of Holm.”Then the lights went out,” he said."
    first, second = find_runs(text, (0, len(text)))
    assert not first.closed
    assert text[slice(*second.inner)] == "Then the lights went out,"


def test_only_the_given_part_of_a_text_is_read() -> None:
    text = "“One,” he said.\n“Two,” she said."
    start = text.index("\n") + 1
    assert [text[slice(*run.inner)] for run in find_runs(text, (start, len(text)))] == ["Two,"]


@given(st.text(alphabet=st.sampled_from("ab .,\n\"'“”‘’«»„`—s"), max_size=120) | st.text(max_size=80))
def test_runs_lie_inside_the_text_in_order(text: str) -> None:
    end = 0
    for run in find_runs(text, (0, len(text))):
        assert end <= run.outer[0] <= run.inner[0] < run.inner[1] <= run.outer[1] <= len(text)
        end = run.outer[1]
