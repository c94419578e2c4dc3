"""What an input is, told from its content: one seed of every kind, under any name, packed, in a folder, on a pipe."""

from __future__ import annotations

import gzip
import io
import random
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly._errors import InputError
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect import Notice, Page, collect
from reportedly.collect._bombs import MOST_ATTRIBUTES, is_bomb
from reportedly.collect._files import PackedBombError, open_input, with_head
from reportedly.collect._kinds import HEAD, kind_of_input
from reportedly.collect._readers import READERS
from tests._broken import NAMES, SEEDS, changed, read
from tests._inputs import EVERY, INDEX, LINES, PAGE, PARAGRAPHS, RSS, SITEMAP, TEXT, TITLE

KINDS = {
    "text": "text",
    "markdown": "text",
    "page": "text",
    "lines": "lines",
    "json": "json",
    "table": "table",
    "rss": "feed",
    "rss 0.90": "feed",
    "rss 1.0": "feed",
    "atom": "feed",
    "json feed": "lines",
    "opml": "feed list",
    "sitemap": "sitemap",
    "sitemap index": "sitemap index",
    "mail": "mail",
    "mailbox": "mailbox",
    "ninjs 1": "lines",
    "ninjs 2": "json",
    "ninjs 3": "json",
    "newsml": "newsml",
    "nitf": "newsml",
    "warc": "archive",
    "pdf": "pdf",
}


def web(url: str, settings: Settings) -> Page:
    """A web in which feeds and site maps are where the seeds say, and every other address is a page."""
    if url.endswith("/feed"):
        return Page(url, RSS.encode())
    return Page(url, gzip.compress(SITEMAP.encode()) if "sitemap-news" in url else PAGE.encode())


def gathered(data: bytes, path: Path, **limits: int) -> tuple[list[Article], list[InputError]]:
    path.write_bytes(data)
    problems: list[InputError] = []
    return list(collect([str(path)], Settings(**limits), problems.append, web)), problems  # type: ignore[arg-type]


def test_every_seed_has_its_kind() -> None:
    assert {name: kind_of_input(data, "x") for name, data in EVERY.items() if not name.endswith("gz")} == KINDS


@pytest.mark.parametrize("seed", EVERY)
@pytest.mark.parametrize("name", ["x", "x.txt", "x.html", "x.xml"])
def test_every_kind_gives_its_article_whatever_it_is_called(seed: str, name: str, tmp_path: Path) -> None:
    articles, _ = gathered(EVERY[seed], tmp_path / name)
    assert articles
    assert PARAGRAPHS[1] in articles[0].text
    assert all(article.source.startswith(str(tmp_path / name)) for article in articles)


@pytest.mark.parametrize("seed", EVERY)
def test_packed_and_on_a_pipe_it_is_the_same(seed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if seed.endswith("gz"):
        pytest.skip("packed already")
    articles, _ = gathered(EVERY[seed], tmp_path / "x")
    again, _ = gathered(gzip.compress(EVERY[seed]), tmp_path / "y")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(EVERY[seed])))
    piped = list(collect(["-"], Settings(), lambda _: None, web))
    assert [article.text for article in again] == [article.text for article in articles]
    assert [article.id for article in piped] == [article.id for article in articles]


def test_a_folder_holds_every_kind(tmp_path: Path) -> None:
    suffixes = {"rss": "xml", "atom": "atom", "pdf": "pdf", "mail": "eml", "mailbox": "mbox", "table": "csv"}
    suffixes |= {"markdown": "md", "warc gz": "warc.gz", "opml": "opml", "ninjs 2": "json", "lines": "ndjson"}
    for number, (seed, suffix) in enumerate(suffixes.items(), start=10):
        (tmp_path / f"{number}.{suffix}").write_bytes(EVERY[seed])
    told: list[Article | InputError] = []  # what an OPML file leads to is what another one of them holds: a notice
    told += collect([str(tmp_path)], Settings(), told.append, web)
    found = {Path(one.source.partition(":")[0]).suffix for one in told}
    assert found == {".xml", ".atom", ".pdf", ".eml", ".mbox", ".csv", ".md", ".gz", ".opml", ".json", ".ndjson"}


@pytest.mark.parametrize(
    "text",
    [
        "From London we hear little, and less from the coast.\nNobody was there.",
        "Note: the board met.\nAlso: the union did.\nThen: nothing at all happened on the coast for some weeks.",
        "Who, what, when, and a text of more words than eight in one line\n",
        "{sic} she wrote, and nobody on the board would say who had read it",
        "From: Grenhaven\n\nThe board met on Friday, and nobody said a word of it.",
        "%PDF is a format of files, said the board in a text of its own",
    ],
)
def test_a_text_that_only_begins_like_another_kind_is_text(text: str, tmp_path: Path) -> None:
    articles, problems = gathered(text.encode(), tmp_path / "x")
    assert [article.text for article in articles] == [text], problems


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<rss version='2.0'></rss>", "a feed without entries"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "a feed without entries"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "a feed without entries"),
        (b"<urlset></urlset>", "nothing in it is marked as news"),
        (b"<sitemapindex/>", "an index of site maps without a site map"),
        (b"<opml version='1.0'><body/></opml>", "no feed is named"),
        (b"<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'></newsMessage>", "no news item"),
        (b"WARC/1.0\r\nno header\r\n\r\n", "no page of HTML"),
        (b"%PDF-1.4\nnothing", "is a PDF file that cannot be read"),
        (b"text;url\n;x\n", "no text in this row"),
        (gzip.compress(gzip.compress(TEXT.encode())), "gzip within gzip"),
    ],
)
def test_what_holds_no_article_is_refused_with_its_reason(data: bytes, reason: str, tmp_path: Path) -> None:
    articles, problems = gathered(data, tmp_path / "x")
    assert articles == []
    assert reason in problems[-1].reason
    assert not isinstance(problems[-1], Notice)
    assert str(problems[-1]).isprintable()


@given(st.binary(max_size=300), st.sampled_from(["x", "x.csv", "x.html", "x.jsonl"]))
def test_any_bytes_have_a_kind(data: bytes, name: str) -> None:
    assert kind_of_input(data, name) in KINDS.values()


@pytest.mark.parametrize(
    "start",
    [b"From " + b"x" * 60_000, b"a: b\n\t" * 10_000, b"<!--" * 15_000, b"{" * 60_000, b'"' * 60_000, b"<?x " * 15_000],
)
def test_kinds_are_told_soon(start: bytes) -> None:
    begun = time.monotonic()
    kind_of_input(start[:HEAD], "x")
    assert time.monotonic() - begun < 1


# ---------------------------------------------------------------- broken inputs


@pytest.mark.parametrize("kind", SEEDS)
def test_a_bomb_and_every_kind_that_is_broken_give_lines(kind: str) -> None:
    """A few of what `benchmarks/fuzz.py` does by the ten thousand."""
    begun = time.monotonic()
    dice = random.Random(kind)  # noqa: S311 - made the same each time
    for data in (SEEDS[kind], *(changed(SEEDS[kind], dice) for _ in range(4))):
        articles, problems = read(data, dice.choice(NAMES), dice)
        assert articles + problems
    assert time.monotonic() - begun < 10


def test_a_fault_of_a_reader_costs_no_other_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a mistake")

    monkeypatch.setitem(READERS, "mail", broken)
    for name, seed in (("a", "mail"), ("b", "text")):
        (tmp_path / f"{name}.txt").write_bytes(EVERY[seed])
    problems: list[InputError] = []
    [article] = collect([str(tmp_path)], Settings(), problems.append)
    assert article.text == TEXT
    assert [str(problem) for problem in problems] == [f"{tmp_path}/a.txt: cannot be read: unforeseen ZeroDivisionError"]


# ---------------------------------------------------------------- what a list leads to


def test_what_a_feed_leads_to_is_an_article_and_no_other_feed(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("<rss><channel><item><link>https://courier.example/feed</link></item></channel></rss>")
    problems: list[InputError] = []
    assert list(collect([str(path)], Settings(), problems.append, web)) == []
    assert [problem.reason for problem in problems] == ["is a feed, to which a feed should not lead"]
    assert problems[0].source == f"{path}:1 (https://courier.example/feed)"


def test_an_address_that_gives_nothing_is_named_with_its_list(tmp_path: Path) -> None:
    def gone(url: str, _: Settings) -> Page:
        raise InputError(url, "answered 410 Gone")

    path = tmp_path / "map.xml"
    path.write_text(INDEX)
    problems: list[InputError] = []
    assert list(collect([str(path)], Settings(), problems.append, gone)) == []
    refused = [str(problem) for problem in problems if not isinstance(problem, Notice)]
    assert refused == [f"{path}:1 (https://courier.example/sitemap-news.xml.gz): answered 410 Gone"]


# ---------------------------------------------------------------- streams


def test_json_lines_on_a_pipe_are_read_as_they_come() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.lines = [LINES.encode(), b"never"]

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            line = self.lines.pop(0)
            assert line != b"never", "read on although the first line was there"
            buffer[: len(line)] = line
            return len(line)

    head, _ = with_head(io.BufferedReader(Pipe(), 100_000), lambda head: head.endswith(b"\n"), HEAD)
    assert head == LINES.encode()


def test_a_stream_is_whole_after_its_beginning_was_looked_at() -> None:
    data = random.Random(1).randbytes(300_000)  # noqa: S311 - any bytes will do
    for packed in (data, gzip.compress(data)):
        head, stream = with_head(open_input(io.BytesIO(packed)), lambda _: False, HEAD)
        assert len(head) == HEAD
        assert stream.read() == data


def test_a_gzip_bomb_is_given_up_before_it_is_large() -> None:
    stream = open_input(io.BytesIO(gzip.compress(b"0" * 90_000_000)))
    with pytest.raises(PackedBombError):
        list(iter(lambda: stream.read(1_000_000), b""))


def test_attributes_without_end_are_told_from_many_tags() -> None:
    many = " ".join(f"a{number}='>'" for number in range(MOST_ATTRIBUTES + 1))
    assert is_bomb(f"<p <x {many}>")
    assert is_bomb("<p " + "<a " * (MOST_ATTRIBUTES + 1))
    assert not is_bomb(f"<p {many[: len(many) // 2]}'>" * 3)
    assert not is_bomb("<a href='x'>word</a> " * 20_000)
    assert not is_bomb("<div data-x='" + "word <b " * 20_000 + "'>")


def test_pages_of_several_processes_come_in_order(tmp_path: Path) -> None:
    from tests._inputs import response

    def page(number: int) -> bytes:
        body = PAGE.replace(TITLE, f"{TITLE}, day {number}").replace("4,000 people", f"4,{number:03} people")
        return response(f"https://courier.example/{number}", body.encode())

    path = tmp_path / "x.warc"
    path.write_bytes(b"".join(page(number) for number in range(40)) + response("https://courier.example/x", b"<html>"))
    one: list[object] = []
    two: list[object] = []
    for processes, into in ((1, one), (2, two)):
        into += collect([str(path)], Settings(processes=processes), into.append)
    assert len(one) == 41
    assert [str(found) for found in two] == [str(found) for found in one]


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(f"{PARAGRAPHS[0]} {name}")
    (tmp_path / "c.jsonl").write_text(LINES * 3)
    told: list[tuple[int, int]] = []
    sources = [str(tmp_path / name) for name in "ab"] + [str(tmp_path / "c.jsonl"), "https://courier.example/x"]
    list(collect(sources, Settings(), lambda _: None, web, lambda done, total: told.append((done, total))))
    total = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert len(told) == 6
    assert all(before[0] <= after[0] for before, after in pairwise(told))
    assert told[-1] == (total, total)
