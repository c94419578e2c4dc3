"""The library: what is stored stays, what is derived is made anew only when something changed, moves are undone."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from reportedly._cli import main
from reportedly._settings import Settings
from reportedly.group import StoryStream
from reportedly.library import (
    Library,
    LibraryError,
    Progress,
    _articles,
    _decisions,
    _export,
    _grouping,
    _notes,
    _readings,
    _readouts,
    _said,
    _search,
    _stories,
    _work,
    library_file,
    work,
)
from reportedly.library._migrations import MIGRATIONS, migrate
from reportedly.library._passages import Finder, Term
from tests._stored import HARBOUR, HARBOUR_TWO, article, articles, clocked, lines

STEMS = (
    "Happily ties die; skies, skis, filing, files. Conflated nationalities, visibility: hopping, hoped. Årsleg "
    "neighbours' agreed relations, sensitivity, capably. Dying 3.5 a_b “New” Ísafjörður São LIABILITY İzmir."
)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    library = clocked(tmp_path / "library.sqlite")
    yield library
    library.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with all its work done, for tests that only read."""
    library = clocked(tmp_path_factory.mktemp("whole") / "library.sqlite")
    for one in articles():
        _articles.store(library, one)
    work(library, Settings())
    yield library
    library.close()


def stories(library: Library, **wanted: str | bool) -> dict[str, list[str]]:
    found = _stories.find(library.db, _stories.Filter(**wanted), None)  # type: ignore[arg-type]
    return {one.id: sorted(row.id for row in _stories.articles_of(library.db, one.id)) for one in found}


def edited(text: str) -> str:
    return text.replace("rotten", "unsound")


# ---------------------------------------------------------------- the file


def test_the_file_is_as_named_or_from_the_environment_or_in_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTEDLY_LIBRARY", "of/the/environment")
    assert library_file("named") == Path("named")
    assert library_file() == Path("of/the/environment")
    monkeypatch.delenv("REPORTEDLY_LIBRARY")
    assert library_file().name == "library.sqlite"
    assert "reportedly" in library_file().parts


def test_migrations_run_once_and_each_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "deep" / "library.sqlite"
    Library(file).close()
    db = sqlite3.connect(file, isolation_level=None)
    assert migrate(db) == []
    later = (*MIGRATIONS, ("later", ("CREATE TABLE later (x)", "CREATE TABLE broken (")))
    monkeypatch.setattr("reportedly.library._migrations.MIGRATIONS", later)
    with pytest.raises(sqlite3.OperationalError):
        migrate(db)
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone() == (0,)
    db.close()


def test_a_library_of_before_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its addresses and its index are brought up to date."""
    file = tmp_path / "library.sqlite"
    db = sqlite3.connect(file, isolation_level=None)
    with monkeypatch.context() as before:
        before.setattr("reportedly.library._migrations.MIGRATIONS", MIGRATIONS[:4])
        assert migrate(db) == ["evidence", "derived", "search", "users"]
    for seq, text in ((1, "The piles are rotten."), (2, "The piles are unsound.")):
        db.execute("INSERT INTO versions VALUES (?, 'a', ?, 'now', 'Piles', ?, x'00')", (seq, str(seq), text))
        db.execute("INSERT INTO search (rowid, title, text) VALUES (?, 'Piles', ?)", (seq, text))
    db.execute(
        "INSERT INTO articles VALUES ('a', 2, 'https://www.post.example/1/', 'Post', 'post', 'Piles', '', 'now')"
    )
    db.close()
    library = Library(file)
    (row,) = library.db.execute("SELECT address, inferred FROM articles")
    assert tuple(row) == ("post.example/1", "")
    assert [tuple(row) for row in library.db.execute("SELECT rowid FROM search WHERE search MATCH 'piles'")] == [(2,)]
    library.close()


def test_a_file_of_a_later_version_and_what_is_no_library_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    library = Library(file)
    library.db.execute("INSERT INTO migrations VALUES ('of next year')")
    library.close()
    with pytest.raises(LibraryError, match=r"later version.*of next year"):
        Library(file)
    (tmp_path / "letter").write_text("Dear editor,\n" * 100)
    with pytest.raises(LibraryError, match="not a database"):
        Library(tmp_path / "letter")


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_only_its_user_reads_the_file(empty: Library) -> None:
    _articles.store(empty, articles()[0])
    files = list(empty.file.parent.iterdir())
    assert len(files) == 3  # the write-ahead log and its index as well
    assert [file.name for file in files if file.stat().st_mode & 0o077] == []


# ---------------------------------------------------------------- evidence


def test_an_article_is_stored_once_and_comes_back_as_it_was(empty: Library) -> None:
    one = articles()[0]
    assert _articles.store(empty, one) == ("new", one)
    assert _articles.store(empty, one) == ("known", one)
    assert _articles.load(empty.db, "h1") == one
    with pytest.raises(LibraryError, match="h9: no such article"):
        _articles.load(empty.db, "h9")


def test_another_text_at_a_known_address_is_a_version(empty: Library) -> None:
    one = articles()[0]
    _articles.store(empty, one)
    later = article(edited(HARBOUR), id="another", outlet=one.outlet or "", url=one.url or "")
    outcome, kept = _articles.store(empty, later)
    assert (outcome, kept.id) == ("version", "h1")
    new, old = _articles.versions(empty.db, "h1")
    assert _articles.load(empty.db, "h1").text == edited(HARBOUR)
    assert _articles.load(empty.db, "h1", old.seq).text == HARBOUR
    assert new.added_at > old.added_at
    assert _articles.store(empty, one)[0] == "known"  # an old copy that comes once more is no news
    assert _articles.load(empty.db, "h1").text == edited(HARBOUR)


@pytest.mark.parametrize(
    "url", ["http://www.post.example/harbour/", "https://post.example/harbour?utm_source=feed#top"]
)
def test_an_address_that_leads_to_the_same_page_is_that_articles(empty: Library, url: str) -> None:
    _articles.store(empty, articles()[0])
    assert _articles.store(empty, article(HARBOUR, id="same", url=url))[0] == "known"
    outcome, kept = _articles.store(empty, article(edited(HARBOUR), id="later", url=url))
    assert (outcome, kept.id) == ("version", "h1")
    other = article("The library of Velmora stays open all night, its board decided.", id="other", url=url)
    assert _articles.store(empty, other) == ("new", other)  # an address may be the site's


def test_an_article_without_a_date_is_listed_under_the_day_it_is_taken_for(empty: Library) -> None:
    says = "By Ann Holm\n\nUpdated 9:12 PM CET, Wed February 5, 2031\n\n" + HARBOUR
    for one in (article(says, id="says"), article(HARBOUR, id="taken"), articles()[1]):
        _articles.store(empty, one)
    work(empty, Settings())
    rows = {name: _stories.article_row(empty.db, name) for name in ("says", "taken", "h2")}
    assert (rows["says"].published, rows["says"].inferred) == ("2031-02-05T21:12", "")
    assert (rows["taken"].published, rows["taken"].inferred[:9]) == ("", "2031-02-0")
    assert (rows["h2"].published, rows["h2"].inferred) == ("2031-02-03", "")
    story = _stories.story(empty.db, _stories.story_of(empty.db, "says") or "")
    assert (story.articles, story.first, story.last) == (3, "2031-02-03", "2031-02-05T21:12")
    assert _stories.articles_of(empty.db, story.id)[-1].id == "says"
    assert _articles.load(empty.db, "says").published is None  # the evidence stays as it came


# ---------------------------------------------------------------- derived


def test_what_belongs_together_is_one_story_read_and_made(whole: Library) -> None:
    assert sorted(stories(whole).values()) == [["h1", "h2"], ["v1"]]
    assert list(_readings.unread(whole.db)) == []
    assert _readouts.wanting(whole.db) == []
    (story,) = stories(whole, several=True)
    kept = _work.readout_of(whole, story, Settings())
    assert kept.current
    assert {one.article.id for one in kept.readout.articles} == {"h1", "h2"}
    assert 'id="statements"' in kept.body


def test_a_reading_that_is_kept_is_the_one_that_was_made(whole: Library) -> None:
    from reportedly.read import read
    from reportedly.read._model import load_model

    (kept,) = _readings.load(whole.db, ["v1"])
    assert kept == read(_articles.load(whole.db, "v1"), load_model(Settings().pipeline))


def test_who_said_what_is_found_over_the_stories(whole: Library) -> None:
    names = {one.name: one for one in _said.people(whole.db)}
    brandvold = names["Ottilie Brandvold"]
    found = _said.said(whole.db, speaker=brandvold.id)
    piles = next(one for one in found if any("rotten" in each.citation.words for each in one.reports))
    assert {each.citation.outlet for each in piles.reports} == {"Skarnes Post", "Fjord Radio"}
    for each in piles.reports:
        text = _articles.load(whole.db, each.citation.article).text
        assert " … ".join(text[start:end] for start, end in each.citation.spans) == each.citation.words
    with pytest.raises(LibraryError):
        _said.person(whole.db, "p-nobody")


def test_stories_are_found_by_outlet_person_time_and_words(whole: Library) -> None:
    person = next(one.id for one in _said.people(whole.db) if "Castellane" in one.name)
    librarian = [["v1"]]
    assert list(stories(whole, outlet="velmora-echo").values()) == librarian
    assert list(stories(whole, person=person).values()) == librarian
    assert list(stories(whole, since="2031-02-04").values()) == librarian
    assert list(stories(whole, until="2031-02-03").values()) == [["h1", "h2"]]
    matches = _search.stories_with(whole.db, "librarian")
    assert [one.articles for one in _stories.find(whole.db, _stories.Filter(), matches)] == [1]


def test_an_edit_is_read_again_and_only_its_story_is_made_again(empty: Library) -> None:
    for one in articles():
        _articles.store(empty, one)
    work(empty, Settings())
    _articles.store(empty, replace(articles()[0], text=edited(HARBOUR), sha256="0" * 64))
    seen: list[Progress] = []
    work(empty, Settings(), seen.append)
    assert [(one.step, one.total) for one in seen] == [("read", 1), ("readout", 1)]
    (story,) = stories(empty, several=True)
    assert "unsound" in _work.readout_of(empty, story, Settings()).body


def test_what_another_version_made_is_made_again_when_asked(empty: Library) -> None:
    _articles.store(empty, articles()[2])
    work(empty, Settings())
    empty.db.execute("UPDATE readings SET made_by = 'older'")
    seen: list[Progress] = []
    work(empty, Settings(), seen.append)
    assert [one.step for one in seen] == ["readout"]  # its reading is another than the one that went in
    work(empty, Settings(), seen.append, remake=True)
    assert [one.step for one in seen] == ["readout", "read", "readout"]


# ---------------------------------------------------------------- search


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("harbour", {"h1", "h2"}),
        ("HARBOURS closing", {"h1", "h2"}),
        ('"night librarian"', {"v1"}),
        ('"librarian night"', set()),
        ("ferry -reporters", {"h2"}),
        ("passeng*", {"h1", "h2"}),
        ('AND OR NOT "', set()),
        ("text: {a} ^b (", set()),
        ("***", set()),
    ],
)
def test_search(whole: Library, words: str, found: set[str]) -> None:
    hits = _search.search(whole.db, words)
    assert {hit.article for hit in hits} == found
    for hit in hits:
        text = _articles.load(whole.db, hit.article).text
        assert text[slice(*hit.span)] == hit.passage
        assert all(hit.span[0] <= start < end <= hit.span[1] for start, end in hit.marks)


def test_the_words_found_are_marked(whole: Library) -> None:
    (hit,) = _search.search(whole.db, "librarian")
    text = _articles.load(whole.db, hit.article).text
    assert [text[slice(*mark)] for mark in hit.marks] == ["librarian"]


def test_what_is_marked_is_what_the_index_finds(tmp_path: Path) -> None:
    library = clocked(tmp_path / "library.sqlite")
    _articles.store(library, article(STEMS, id="s"))
    for word in sorted({*re.findall(r"[^\W_]+", STEMS), "arsleg", "nei*", "ski"}):
        (hit,) = _search.search(library.db, word)
        shown = "SELECT highlight(search, 1, '<<', '>>') AS text FROM search WHERE search MATCH ?"
        marked = library.db.execute(shown, (_search.query(word),)).fetchone()["text"]
        # FTS5 marks neighbours as one; nothing here is far from the first word.
        theirs = [word for part in re.findall("<<(.*?)>>", marked) for word in re.findall(r"[^\W_]+", part)]
        ours = [STEMS[slice(*mark)] for mark in hit.marks]
        assert ours == theirs, word
    library.close()


def test_a_passage_is_of_one_paragraph_and_begins_with_a_sentence() -> None:
    padding = " ".join(["Nothing of note was seen that day."] * 20)
    text = f"The ferry\n\n{padding} The ferry left Skarnes. A gull sat on the ferry's horn.\n\nThe end. {padding}"
    passage = Finder([Term(("ferry",)), Term(("gull",))]).passage(text)
    shown = text[slice(*passage.span)]
    assert shown.endswith("The ferry left Skarnes. A gull sat on the ferry's horn.")
    assert shown.startswith("Nothing of note")
    assert [text[slice(*mark)] for mark in passage.marks] == ["ferry", "gull", "ferry"]
    assert Finder([Term(("zeppelin",))]).passage(text).span == (0, len("The ferry"))
    phrase = Finder([Term(("the", "ferry", "left"))]).passage(text)
    assert [text[slice(*mark)] for mark in phrase.marks] == ["The", "ferry", "left"]


def test_of_more_hits_than_are_ranked_the_newest_are_found(empty: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(12):
        _articles.store(empty, article(f"The council met. Number {n}." + " Council." * (n == 2), id=f"c{n:02}"))
    assert _search.search(empty.db, "council")[0].article == "c02"
    monkeypatch.setattr(_search, "NEWEST", 4)
    assert {hit.article for hit in _search.search(empty.db, "council")} == {"c08", "c09", "c10", "c11"}
    assert {hit.article for hit in _search.search(empty.db, "number 2")} == {"c02"}


def test_only_the_current_version_is_found(empty: Library) -> None:
    _articles.store(empty, articles()[0])
    _articles.store(empty, replace(articles()[0], text=edited(HARBOUR), sha256="0" * 64))
    assert _search.search(empty.db, "rotten") == []
    assert [hit.article for hit in _search.search(empty.db, "unsound")] == ["h1"]
    empty.db.execute("INSERT INTO search (search) VALUES ('integrity-check')")


# ---------------------------------------------------------------- a user's layer


def test_moves_are_applied_undone_and_kept_over_new_articles(empty: Library) -> None:
    for one in articles():
        _articles.store(empty, one)
    _work.Grouper(empty).run(lambda done, total: None)
    grouped = stories(empty)
    split = _decisions.decide(empty, {"split": ["h2"], "from": ["h1"]})
    assert sorted(stories(empty).values()) == [["h1"], ["h2"], ["v1"]]
    merge = _decisions.decide(empty, {"merge": ["h2", "v1"]})
    assert sorted(stories(empty).values()) == [["h1"], ["h2", "v1"]]
    third = article(
        articles()[0].text + "\n\nThe mayor of Skarnes spoke at the harbour.", id="h3", published="2031-02-04"
    )
    _articles.store(empty, third)
    _work.Grouper(empty).run(lambda done, total: None)
    assert sorted(stories(empty).values()) == [["h1", "h3"], ["h2", "v1"]]
    _decisions.undo(empty, merge)
    _decisions.undo(empty, split)
    after = stories(empty)
    assert {name: [one for one in members if one != "h3"] for name, members in after.items()} == grouped
    with pytest.raises(LibraryError, match="taken back already"):
        _decisions.undo(empty, split)


def test_an_article_that_comes_later_goes_where_what_it_is_like_was_moved(empty: Library) -> None:
    def place(*more: str) -> list[list[str]]:
        for number, text in enumerate(more):
            _articles.store(empty, article(text, id=f"later{len(text)}-{number}", published="2031-02-04"))
        _work.Grouper(empty).run(lambda done, total: None)
        return sorted(stories(empty).values())

    for one in articles():
        _articles.store(empty, one)
    assert place() == [["h1", "h2"], ["v1"]]
    move = _decisions.decide(empty, {"move": "h2", "to": "v1", "from": ["h1"]})
    like_first, like_second = HARBOUR + "\n\nNobody else spoke.", HARBOUR_TWO + "\n\nNobody else spoke."
    first, second = f"later{len(like_first)}-0", f"later{len(like_second)}-1"
    assert place(like_first, like_second) == [["h1", first], ["h2", second, "v1"]]
    # One of those that followed is brought back, and what comes later is most like another.
    back = _decisions.decide(empty, {"move": second, "to": "h1"})
    assert place() == [sorted(["h1", first, second]), ["h2", "v1"]]
    third = like_second + " The hall was cold."
    assert place(third) == [sorted(["h1", first, second, f"later{len(third)}-0"]), ["h2", "v1"]]
    _decisions.undo(empty, back)
    _decisions.undo(empty, move)
    assert [len(members) for members in sorted(stories(empty).values())] == [5, 1]


def test_the_id_of_a_story_that_was_merged_leads_on(empty: Library) -> None:
    for one in articles():
        _articles.store(empty, one)
    _work.Grouper(empty).run(lambda done, total: None)
    old = _stories.story_of(empty.db, "v1") or ""
    _decisions.decide(empty, {"merge": ["h1", "v1"]})
    assert _stories.story(empty.db, old).articles == 3


@pytest.mark.parametrize(
    "line", [{"merge": ["h1"]}, {"merge": ["h1", "h9"]}, {"steal": "h1"}, {"move": "h1", "to": "h1"}]
)
def test_what_is_no_decision_changes_nothing(empty: Library, line: dict[str, object]) -> None:
    _articles.store(empty, articles()[0])
    _work.Grouper(empty).run(lambda done, total: None)
    with pytest.raises(LibraryError):
        _decisions.decide(empty, line)
    assert _decisions.decided(empty.db) == []


def test_notes_and_tags_are_taken_back_and_not_lost(empty: Library) -> None:
    note = _notes.add(empty, "note", "story", "s1", " Ask the harbour office. ")
    _notes.add(empty, "tag", "story", "s1", "To  Check")
    assert [(one.form, one.words) for one in _notes.about(empty.db, "story", "s1")] == [
        ("note", "Ask the harbour office."),
        ("tag", "to check"),
    ]
    assert _notes.tags(empty.db) == [("to check", 1)]
    _notes.undo(empty, note)
    assert [one.form for one in _notes.about(empty.db, "story", "s1")] == ["tag"]
    assert [row["undone_at"] is None for row in _export.ROWS["notes"](empty.db)] == [False, True]
    for form, kind, words in (("note", "story", " "), ("tag", "story", "x" * 61), ("note", "weather", "x")):
        with pytest.raises(LibraryError):
            _notes.add(empty, form, kind, "s1", words)


# ---------------------------------------------------------------- killed


def many(number: int) -> list[dict[str, str]]:
    towns = ["Arvik", "Bellmoor", "Corvane", "Dunmere", "Elstow", "Farrow"]
    return [
        {
            "id": f"m{n}",
            "published": f"2031-01-{n % 28 + 1:02}",
            "outlet": f"Outlet {n % 5}",
            "text": f"The council of {towns[n % 6]} voted {n} to {n + 3} on Tuesday to widen road {n}.\n\n"
            f'"Nobody asked for {n} lanes," councillor Petra Vance{n} said in {towns[n % 6]}.',
        }
        for n in range(number)
    ]


def run_and_kill(command: list[str], until: str, seen: int, file: Path) -> list[str]:
    """Run reportedly, and kill it once a query of its library gives so many; the lines it printed by then."""
    run = subprocess.Popen(  # noqa: S603 - this package
        [sys.executable, "-m", "reportedly", *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert run.stdout
    printed: list[str] = []
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and run.poll() is None:
        if until == "lines":
            printed.append(run.stdout.readline())
            if len(printed) >= seen:
                break
        elif _count(file, until) >= seen:
            break
        else:
            time.sleep(0.01)
    assert run.poll() is None, "it ended before it could be killed"
    run.send_signal(signal.SIGKILL)
    printed += run.stdout.readlines()
    run.wait()
    run.stdout.close()
    return [line for line in printed if line.endswith("\n")]


def _count(file: Path, table: str) -> int:
    try:
        db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - the test's own
        finally:
            db.close()
    except sqlite3.OperationalError:
        return 0


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_a_run_that_is_killed_while_storing_loses_nothing_it_reported(tmp_path: Path) -> None:
    file, source = tmp_path / "library.sqlite", tmp_path / "many.jsonl"
    source.write_text("".join(json.dumps(one) + "\n" for one in many(4000)), "utf-8")
    command = ["add", str(source), "--library", str(file), "--store-only"]
    reported = {line.split("\t")[1] for line in run_and_kill(command, "lines", 150, file)}
    library = Library(file)
    stored = {one.id: one for one in _articles.current(library.db)}
    assert 150 <= len(reported) < 4000
    assert reported <= stored.keys()
    assert len(stored) - len(reported) <= 1  # one may be stored whose line was not written
    assert all(sha256(one.text.encode()).hexdigest() == one.sha256 for one in stored.values())
    assert library.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    library.db.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    library.close()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_a_run_that_is_killed_while_reading_goes_on_where_it_stopped(tmp_path: Path) -> None:
    file, source = tmp_path / "library.sqlite", tmp_path / "many.jsonl"
    source.write_text("".join(json.dumps(one) + "\n" for one in many(60)), "utf-8")
    run_and_kill(["add", str(source), "--library", str(file)], "readings", 3, file)
    library = Library(file)
    made = {row["version"]: row["record"] for row in library.db.execute("SELECT version, record FROM readings")}
    placed = stories(library)
    assert 3 <= len(made) < 60
    seen: list[Progress] = []
    work(library, Settings(), seen.append)
    assert next(one.total for one in seen if one.step == "read") == 60 - len(made)
    assert made.items() <= {tuple(row) for row in library.db.execute("SELECT version, record FROM readings")}
    assert stories(library) == placed
    assert _readouts.wanting(library.db) == []
    library.close()


def test_a_grouping_that_was_stopped_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    texts = [one["text"] for one in many(90)]
    given = [article(text, id=f"m{n}", published=f"2031-01-{n % 28 + 1:02}") for n, text in enumerate(texts)]
    given.sort(key=lambda one: (one.published, one.id))
    results = []
    for name, pauses in (("once", [90]), ("often", [1, 7, 40, 90])):
        file, done = tmp_path / name, 0
        for pause in pauses:
            library = clocked(file)
            for one in given[done:pause]:
                _articles.store(library, one)
            _work.Grouper(library).run(lambda done, total: None)
            done = pause
            results.append(stories(library))
            library.close()
    assert results[0] == results[-1]
    assert len(results[0]) > 1


def test_a_new_process_goes_on_from_where_the_stream_was_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [one["text"] for one in many(60)]
    given = [article(text, id=f"m{n:02}", published="2031-01-05") for n, text in enumerate(texts)]
    whole, parts = clocked(tmp_path / "whole"), clocked(tmp_path / "parts")
    for one in given:
        _articles.store(whole, one)
    _work.Grouper(whole).run(lambda done, total: None)
    monkeypatch.setattr(_grouping, "STORED", 20)
    fed: list[str] = []
    add = StoryStream.add
    monkeypatch.setattr(StoryStream, "add", lambda stream, one: fed.append(one.id) or add(stream, one))
    for number, one in enumerate(given):
        _articles.store(parts, one)
        if number in (24, 34, 59):
            fed.clear()
            _work.Grouper(parts).run(lambda done, total: None)
            first = {24: "m00", 34: "m25", 59: "m25"}[number]  # the state is of the 25th until it is 20 behind
            assert fed == [one.id for one in given[int(first[1:]) : number + 1]]
    assert stories(parts) == stories(whole)
    parts.db.execute("UPDATE stream SET made_by = 'older rules'")
    _articles.store(parts, article("The council of Arvik voted to close.", id="m60", published="2031-01-05"))
    fed.clear()
    _work.Grouper(parts).run(lambda done, total: None)
    assert len(fed) == 61
    whole.close()
    parts.close()


def test_what_older_rules_grouped_is_grouped_anew_and_its_ids_lead_on(empty: Library) -> None:
    for one in articles():
        _articles.store(empty, one)
    _work.Grouper(empty).run(lambda done, total: None)
    grouped = stories(empty)
    old = _stories.story_of(empty.db, "v1") or ""
    with empty.writing() as db:
        db.execute("UPDATE made_by SET version = 'older'")
        db.execute("UPDATE placed SET grouped = 's-older', story = 's-older' WHERE article IN ('h2', 'v1')")
        _stories.refresh(db, ["s-older", *grouped], "2031-03-02")
    _notes.add(empty, "note", "story", "s-older", "Seen before the change.")
    _work.Grouper(empty).run(lambda done, total: None)
    assert stories(empty) == grouped
    assert _stories.story(empty.db, "s-older").id in grouped
    heir = _stories.story(empty.db, "s-older").id
    assert [note.words for note in _notes.about(empty.db, "story", heir)] == ["Seen before the change."]
    assert old in grouped


def test_two_that_group_by_turns_give_what_one_would(tmp_path: Path) -> None:
    texts = [one["text"] for one in many(40)]
    given = [article(text, id=f"m{n:02}", published="2031-01-05") for n, text in enumerate(texts)]
    results = []
    for name, turns in (("one", 1), ("two", 2)):
        libraries = [clocked(tmp_path / name) for _ in range(turns)]
        groupers = [_work.Grouper(library) for library in libraries]
        for number, one in enumerate(given):
            _articles.store(libraries[number % turns], one)
            groupers[number % turns].run(lambda done, total: None)
        results.append(stories(libraries[0]))
        for library in libraries:
            library.close()
    assert results[0] == results[1]


# ---------------------------------------------------------------- commands


def test_the_commands_over_a_library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(tmp_path / "library.sqlite")
    source = lines(tmp_path / "in.jsonl", articles())
    assert main(["add", str(source), "--library", file, "-q"]) == 0
    assert [line.split("\t")[:2] for line in capsys.readouterr().out.splitlines()] == [
        ["new", "h1"], ["new", "h2"], ["new", "v1"],
    ]  # fmt: skip
    assert main(["stories", "--library", file, "--several", "--json"]) == 0
    story = json.loads(capsys.readouterr().out)
    assert (story["articles"], story["outlets"]) == (2, 2)
    assert main(["show", story["id"][:5], "--library", file, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == story["id"]
    assert main(["search", "librarian", "--library", file]) == 0
    assert "Velmora Echo" in capsys.readouterr().out
    assert main(["search", "zeppelin", "--library", file]) == 1
    assert main(["show", "s0", "--library", file]) == 1
    assert "s0: no such story" in capsys.readouterr().err
    assert main(["export", "--library", file, "--what", "readings", "--format", "csv"]) == 2
