"""What leaves the library: it goes in again, it is a table for any program, and its citations stand in the articles."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly._cli import main
from reportedly._settings import Settings
from reportedly.collect import collect
from reportedly.demo import coverage
from reportedly.library import Library, _articles, _export, _notes, work
from tests._stored import article, clocked


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with the demo's coverage, whose readout has claims and differences, and a note."""
    library = clocked(tmp_path_factory.mktemp("told") / "library.sqlite")
    for one in collect([str(path) for path in coverage()], Settings(), print):
        _articles.store(library, one)
    work(library, Settings())
    _notes.add(library, "note", "story", "s1", "Ask the harbour office.")
    yield library
    library.close()


def test_what_is_exported_goes_in_again(told: Library, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    file.write_text("".join(_export.json_lines(told.db, "articles")), "utf-8")
    other = tmp_path / "other.sqlite"
    assert main(["add", str(file), "--library", str(other), "--store-only", "-q"]) == 0
    library = Library(other)
    assert {one.id: one.text for one in _articles.current(library.db)} == {
        one.id: one.text for one in _articles.current(told.db)
    }
    library.close()


def test_no_cell_of_a_table_is_a_formula(tmp_path: Path) -> None:
    library = clocked(tmp_path / "library.sqlite")
    _articles.store(library, article("=1+1 is what the board says", id="f", title="=HYPERLINK(1)"))
    _, row = _export.csv_lines(library.db, "articles")
    assert "'=HYPERLINK(1)" in row
    assert "'=1+1" in row
    library.close()


@pytest.mark.parametrize("what", sorted(_export.TABLES))
def test_a_table_is_the_same_in_parquet(told: Library, tmp_path: Path, what: str) -> None:
    from pyarrow import parquet

    file = tmp_path / "out.parquet"
    assert main(["export", "--library", str(told.file), "--what", what, "--format", "parquet", "-o", str(file)]) == 0
    table = parquet.read_table(file)
    assert table.column_names == list(_export.TABLES[what])
    assert table.to_pylist() == [json.loads(line) for line in _export.json_lines(told.db, what)]
    assert table.num_rows > 0


def test_what_is_exported_of_readouts_stands_in_the_articles(told: Library) -> None:
    for what in ("statements", "claims", "differences"):
        for row in _export.ROWS[what](told.db):
            text = _articles.load(told.db, row["article"]).text
            assert " … ".join(" ".join(text[start:end].split()) for start, end in row["spans"]) == row["words"]
    rows = list(_export.ROWS["sources"](told.db))
    assert {row["article"] for row in rows} == {one.id for one in _articles.current(told.db)}
    assert all(0 <= row["own_share"] <= 1 for row in rows)


def test_without_pyarrow_one_line_says_so(
    told: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "reportedly.library._parquet", raising=False)
    monkeypatch.delattr("reportedly.library._parquet", raising=False)
    command = ["export", "--library", str(told.file), "--format", "parquet", "-o", str(tmp_path / "out")]
    assert main(command) == 1
    assert capsys.readouterr().err == (
        "reportedly: error: parquet: the package pyarrow is not installed: pip install 'reportedly[parquet]'\n"
    )
    assert not (tmp_path / "out").exists()
