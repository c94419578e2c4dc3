"""What changed, kept as readouts are made anew: once, also where stories are merged, split, or read by other rules."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from reportedly._cli import main
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.library import Library, _articles, _changes, _decisions, _readouts, _stories, work
from tests._stored import HARBOUR, articles, clocked


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = clocked(tmp_path / "library.sqlite")
    yield opened
    opened.close()


def come(library: Library, *many: Article) -> list[tuple[str, str]]:
    """Store the articles, work, and what was told for it: kind and article."""
    before = _changes.last(library.db)
    for one in many:
        _articles.store(library, one)
    work(library, Settings())
    return [(one.news.kind, one.news.article) for one in _changes.after(library.db, before, 100)]


def edited(one: Article, old: str, new: str) -> Article:
    text = one.text.replace(old, new)
    return replace(one, text=text, sha256=sha256(text.encode()).hexdigest())


def test_changes_are_told_as_articles_come(library: Library) -> None:
    one, two, other = articles()
    assert come(library, one) == [("story", "h1")]
    found = come(library, two, other)
    assert found[0] == ("outlet", "h2")
    assert ("story", "v1") in found
    assert come(library, two, other) == []
    assert come(library, edited(one, "1,400", "1,900"))[0] == ("edit", "h1")


def test_a_readout_that_other_rules_make_again_tells_nothing(library: Library) -> None:
    come(library, *articles())
    library.db.execute("UPDATE readouts SET made_by = 'older rules'")
    assert _readouts.wanting(library.db)
    assert come(library) == []
    library.db.execute("UPDATE readouts SET made_by = 'older rules', record = ?", (zlib.compress(b"{}"),))
    assert come(library) == []


def test_users_moves_tell_nothing_and_a_storys_changes_go_with_it(library: Library) -> None:
    one, two, other = articles()
    come(library, one, other)
    mine, theirs = (_stories.story_of(library.db, name) or "" for name in ("h1", "v1"))
    before = _changes.last(library.db)
    _decisions.decide(library, {"merge": ["h1", "v1"]})
    work(library, Settings())
    assert _changes.after(library.db, before, 100) == []
    kept = _stories.story(library.db, mine).id
    assert kept == _stories.story(library.db, theirs).id
    assert {item.news.article for item in _changes.changes(library.db, story=kept)} == {"h1", "v1"}
    assert [kind for kind, _ in come(library, two)][:1] == ["outlet"]


def test_a_library_that_was_there_before_tells_only_what_comes(tmp_path: Path) -> None:
    library = clocked(tmp_path / "library.sqlite")
    one, two, _ = articles()
    come(library, one)
    for table in ("changes", "told"):
        library.db.execute(f"DROP TABLE {table}")
    library.db.execute("DELETE FROM migrations WHERE name = 'changes'")
    library.close()
    again = clocked(tmp_path / "library.sqlite")
    assert _changes.last(again.db) == 0
    assert [row["article"] for row in again.db.execute("SELECT article FROM told")] == ["h1"]
    assert come(again) == []
    assert come(again, two)[0] == ("outlet", "h2")
    again.close()


def test_changes_since_a_time_and_page_by_page(library: Library) -> None:
    come(library, *articles())
    come(library, edited(articles()[0], "1,400", "1,900"))
    everything = _changes.changes(library.db)
    assert [one.number for one in everything] == sorted((one.number for one in everything), reverse=True)
    newest = everything[0]
    assert [one.number for one in _changes.all_since(library.db, newest.seen)] == sorted(
        one.number for one in everything if one.seen >= newest.seen
    )
    assert _changes.changes(library.db, since="2040") == []
    assert [one.number for one in _changes.changes(library.db, size=1, page=2)] == [
        one.number for one in everything[1:3]
    ]


def test_the_command_lists_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "library.sqlite"
    library = Library(file)
    come(library, *articles())
    come(library, edited(articles()[0], "1,400", "1,900"))
    library.close()
    assert main(["changes", "--library", str(file)]) == 0
    out = capsys.readouterr().out
    assert "article edited (Skarnes Post)" in out
    assert "carries [-1,400-] {+1,900+} passengers" in out
    story = next(line.split()[2] for line in out.splitlines() if "article edited" in line)
    assert main(["changes", "--library", str(file), "--story", story[:5], "--format", "json", "--since", "hour"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {record["story"] for record in records} == {story}
    assert records[-1]["edits"][0]["came"] == "1,900"
    assert all(
        passage["words"] in HARBOUR or passage["article"] == "h2" for one in records for passage in one["passages"]
    )
    assert main(["changes", "--library", str(file), "--since", "soon"]) == 1
    assert capsys.readouterr().err.startswith("reportedly: error: soon: no time")
