"""The bar: when it is shown, what it says, and that nothing is written over it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from reportedly import _progress
from reportedly._cli import main
from reportedly._progress import Bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bar_comes_late_and_not_too_often() -> None:
    out, clock = Terminal(), Clock()
    bar = Bar(out, clock)
    bar.show(1, 100)
    assert out.getvalue() == ""
    clock.now = 1.1
    bar.show(50, 100)
    assert out.getvalue() == "\r\x1b[K[" + "#" * 15 + "-" * 15 + "]  50 %  2 items"
    clock.now = 1.2
    bar.show(60, 100)
    assert out.getvalue().count("\r") == 1
    bar.clear()
    bar.clear()
    assert out.getvalue().endswith("2 items\r\x1b[K")
    assert out.getvalue().count("\r") == 2


def test_without_a_known_length_it_counts() -> None:
    out, clock = Terminal(), Clock()
    bar = Bar(out, clock)
    clock.now = 2.0
    bar.show(0, 0)
    assert out.getvalue() == "\r\x1b[K1 items"


def test_it_is_away_at_the_end_and_when_something_breaks() -> None:
    for items in (iter([1]), iter(int, 1)):
        out, clock = Terminal(), Clock()
        bar = Bar(out, clock)
        clock.now = 2.0
        bar.show(1, 2)
        shown = bar.until_end(items)
        next(shown)
        shown.close()
        assert out.getvalue().endswith("\x1b[K")


def test_only_a_terminal_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert Bar.of_terminal(io.StringIO()) is None
    assert Bar.of_terminal(Terminal()) is not None
    monkeypatch.setenv("TERM", "dumb")
    assert Bar.of_terminal(Terminal()) is None


@pytest.mark.parametrize("quiet", [True, False])
def test_a_command_shows_it(quiet: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("The board met on Friday, and nobody said a word of it.")
    (tmp_path / "b.txt").write_text("")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(_progress, "SILENT", -1)
    monkeypatch.setattr(_progress, "EVERY", -1)
    monkeypatch.setattr("sys.stderr", out := Terminal())
    status = main(["group", str(tmp_path), "-o", str(tmp_path / "out"), "--processes", "1", *(["-q"] if quiet else [])])
    assert status == 1
    assert ("100 %" in out.getvalue()) is not quiet
    *_, last = out.getvalue().splitlines()
    assert out.getvalue().count("error") == 1
    assert f"{'' if quiet else chr(27) + '[K'}reportedly: error: {tmp_path / 'b.txt'}: is empty" in last
