"""Watching feeds: asked politely, nothing lost, nothing done twice; over a real network, on loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reportedly._settings import Settings
from reportedly.collect import Visitor
from reportedly.library import Library, _articles, _changes, _feeds, _readouts, _stories
from reportedly.watch import Stop, StopError, Watcher, run
from reportedly.watch._watch import Ears
from tests._site import Answer, Site, served
from tests._stored import HARBOUR, HARBOUR_TWO, LIBRARIAN

SETTINGS = Settings(allow_private=True, delay=0.0, timeout=2.0, max_bytes=200_000)
COMING = ("story", "outlet", "article")
START = datetime(2031, 2, 3, 4, 5, tzinfo=UTC)


@dataclass
class World:
    """A watcher on a made-up clock; ``said`` is what it told."""

    library: Library
    time: datetime = START
    said: list[str] = field(default_factory=list)
    stop: Stop = field(default_factory=Stop)
    naps: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        ears = Ears(self.stop)
        visitor = Visitor(
            ask=ears, clock=lambda: self.time.timestamp(), sleep=lambda _: self.stop.check(), now=lambda: self.time
        )
        self.watcher = Watcher(
            self.library, SETTINGS, visitor, ears, self.stop, self.said.append, lambda: self.time, timedelta(minutes=15)
        )

    def later(self, **by: int) -> list[str]:
        """A round, so much later; what it said."""
        self.time += timedelta(**by)
        self.said.clear()
        self.done = self.watcher.round()
        self.stories = [line for line in self.said if line.startswith("story ")]
        return [line for line in self.said if line not in self.stories]

    def titles(self) -> list[str]:
        return sorted(_articles.title_of(one) for one in _articles.current(self.library.db))

    def feed(self) -> _feeds.Feed:
        return _feeds.feeds(self.library.db)[0]


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        yield site


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    library = Library(tmp_path / "library.sqlite")
    yield World(library)
    library.close()


def paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


def test_new_entries_are_fetched_grouped_and_read_once(site: Site, world: World) -> None:
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR))
    site.page("/2", "Ferry stops", *paragraphs(HARBOUR_TWO))
    site.feed("/feed", "/1", ETag='"one"')
    world.watcher.watch([site.url("/feed")])
    assert world.later() == [f"{site.url('/feed')}: 1 new"]
    assert world.titles() == ["Harbour closes"]
    assert world.later(minutes=14) == []
    assert site.counts() == {"/feed": 1, "/1": 1}
    assert world.later(minutes=1) == []  # not changed: 304
    assert site.asked[-1][1]["If-None-Match"] == '"one"'
    site.feed("/feed", "/2", "/1", ETag='"two"')
    assert world.later(minutes=15) == [f"{site.url('/feed')}: 1 new"]
    assert site.counts() == {"/feed": 3, "/1": 1, "/2": 1}
    assert "1 new outlet" in world.stories[0] or "1 new article" in world.stories[0]
    (story,) = _stories.find_all(world.library.db, _stories.Filter(), None)
    assert story.articles == 2
    kept = _readouts.kept(world.library.db, story.id)
    assert kept is not None
    assert kept.current


def test_a_feed_with_the_whole_text_needs_no_page(site: Site, world: World) -> None:
    text = " ".join([LIBRARIAN.replace("\n\n", " ")] * 10)
    site.feed("/feed", extra=f"<item><title>Night librarian</title><link>{site.url('/n')}</link>"
              f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>")  # fmt: skip
    world.watcher.watch([site.url("/feed")])
    assert world.later() == [f"{site.url('/feed')}: 1 new"]
    assert site.paths() == ["/feed"]


def test_an_article_that_is_edited_is_seen_without_the_feed_telling(site: Site, world: World) -> None:
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR), ETag='"1"')
    site.feed("/feed", "/1", ETag='"one"')
    world.watcher.watch([site.url("/feed")])
    world.later()
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR.replace("1,400", "1,900")), ETag='"2"')
    assert world.later(minutes=45) == []
    assert world.later(minutes=15) == [f"{site.url('/feed')}: 1 in another version"]
    (article,) = _articles.current(world.library.db)
    assert len(_articles.versions(world.library.db, article.id)) == 2
    (edit,) = [one.news for one in _changes.changes(world.library.db) if one.news.kind == "edit"]
    assert [(one.went, one.came) for one in edit.edits] == [("1,400", "1,900")]
    assert any("1 article edited" in line for line in world.stories)
    assert next(headers for path, headers in reversed(site.asked) if path == "/1")["If-None-Match"] == '"1"'


def test_a_feed_that_is_listed_no_more_is_asked_no_more(site: Site, world: World) -> None:
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR))
    site.feed("/feed", "/1", ETag='"one"')
    site.feed("/other", "/1")
    world.watcher.watch([site.url("/feed"), site.url("/other")])
    world.later()
    world.watcher.watch([site.url("/other")])
    before = site.counts()
    world.later(days=2)
    assert site.counts()["/feed"] == before["/feed"]
    assert site.counts()["/other"] == before["/other"] + 1
    world.watcher.watch([site.url("/feed")])  # and its state is still known
    world.later()
    assert site.asked[-1][1].get("If-None-Match") == '"one"' or site.asked[-2][1].get("If-None-Match") == '"one"'


# ---------------------------------------------------------------- what misbehaves


def test_a_feed_that_fails_is_told_of_once_and_costs_no_other(site: Site, world: World) -> None:
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR))
    site.feed("/good", "/1")
    site.pages["/bad"] = Answer(500)
    world.watcher.watch([site.url("/bad"), site.url("/good")])
    said = world.later()
    assert f"{site.url('/bad')}: answered 500 Internal Server Error; asked again from 04:20 UTC on" in said
    assert world.titles() == ["Harbour closes"]
    assert world.done.failed == 1
    assert not any("/bad" in line for line in world.later(minutes=15))
    assert site.counts()["/bad"] == 2
    world.later(minutes=15)
    assert site.counts()["/bad"] == 2  # twice as long after the second failure
    site.feed("/bad", "/1")
    assert f"{site.url('/bad')}: answers again" in world.later(minutes=15)


def test_a_busy_host_is_left_alone_for_as_long_as_it_asks(site: Site, world: World) -> None:
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR))
    site.pages["/feed"] = Answer(429, headers={"Retry-After": "7200"})
    world.watcher.watch([site.url("/feed")])
    (line,) = world.later()
    assert "answered 429" in line
    assert "06:05 UTC" in line
    world.later(minutes=100)
    assert site.counts() == {"/feed": 1}
    site.feed("/feed", "/1")
    world.later(minutes=20)
    assert world.titles() == ["Harbour closes"]


def test_what_a_feed_asks_for_itself_is_kept_to(site: Site, world: World) -> None:
    site.feed("/feed", "/1", extra="<ttl>120</ttl>")
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR))
    world.watcher.watch([site.url("/feed")])
    world.later()
    world.later(minutes=119)
    assert site.counts()["/feed"] == 1
    world.later(minutes=1)
    assert site.counts()["/feed"] == 2


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(body=b"<rss><channel><item>" + b"x" * 300_000), "too large"),
        (Answer(body=b"<rss><channel></channel></rss>"), "a feed without entries"),
        (Answer(body=b"\x00\x01\x02\xff" * 50), ""),
        (Answer(body=b"<html><p>Not a feed.</p></html>"), "should not lead"),
        (Answer(body=b"<rss><channel><item><title>One", cut=True), ""),
        (Answer(304), "answered 304"),
        (Answer(wait=threading.Event()), "took longer than 2 seconds"),
    ],
    ids=["huge", "empty", "binary", "a page", "cut off", "304 unasked", "slow"],
)
def test_what_is_no_feed_is_refused_with_its_reason(site: Site, world: World, answer: Answer, reason: str) -> None:
    site.pages["/feed"] = answer
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR))
    site.feed("/good", "/1")
    world.watcher.watch([site.url("/feed"), site.url("/good")])
    said = [line for line in world.later() if "/feed" in line]
    assert world.titles() == ["Harbour closes"]
    if answer.status == 304:  # nothing was known to be the same; it is asked again without harm
        assert said == []
        return
    (line,) = said
    assert reason in line


def test_a_feed_in_another_encoding_than_it_says_is_read(site: Site, world: World) -> None:
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR))
    item = f"<item><title>Caf\xe9</title><link>{site.url('/1')}</link></item>"
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0">'
    body = f"{head}<channel><title>\xd8y</title>{item}</channel></rss>"
    site.pages["/feed"] = Answer(body=body.encode("latin-1"))
    world.watcher.watch([site.url("/feed")])
    world.later()
    assert world.titles() == ["Harbour closes"]


def test_entities_of_a_feed_are_not_expanded(site: Site, world: World, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret words", "utf-8")
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR))
    bomb = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">'
    bomb += f'<!ENTITY f SYSTEM "file://{tmp_path}/secret">]>'
    item = f"<item><title>&c;&f;</title><link>{site.url('/1')}</link></item>"
    site.pages["/feed"] = Answer(body=f"{bomb}<rss><channel>{item}</channel></rss>".encode())
    world.watcher.watch([site.url("/feed")])
    world.later()
    entry = _feeds.entries(world.library.db, [site.url("/1")])[site.url("/1")]
    assert "ha" not in (entry.known.title or "")
    assert "secret" not in (entry.known.title or "")


def test_a_page_that_cannot_be_had_is_tried_again(site: Site, world: World) -> None:
    site.feed("/feed", "/1", "/video")
    site.pages["/1"] = Answer(503)
    site.page("/video", "Video")
    world.watcher.watch([site.url("/feed")])
    assert world.later() == [f"{site.url('/feed')}: 1 without an article, 1 not to be had now"]
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR))
    world.later(minutes=5)
    assert world.titles() == ["Harbour closes"]
    world.later(days=3)
    assert site.counts()["/video"] == 1


def test_without_a_network_nothing_counts_as_a_failure_and_nothing_is_lost(site: Site, world: World) -> None:
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR))
    site.feed("/feed", "/1")
    gone = ["http://127.0.0.1:9/feed", "http://127.0.0.2:9/feed"]  # nobody listens there
    world.watcher.watch(gone)
    feeds = iter([gone] * 3 + [[site.url("/feed")]] * 2)

    def sleep(seconds: float) -> None:
        world.naps.append(seconds)
        world.time += timedelta(seconds=seconds)
        if world.titles():
            raise StopError

    world.stop.sleep = sleep  # type: ignore[method-assign]
    with pytest.raises(StopError):
        run(world.watcher, lambda: next(feeds), world.stop, world.said.append, lambda: world.time)
    reason = "http://127.0.0.1:9/feed: cannot be fetched: connection refused (its robots.txt)"
    assert world.said[0] == f"nothing answers ({reason}); tried again every minute"
    assert world.said.count(world.said[0]) == 1
    assert [world.said[1], world.said[-1]] == [f"{site.url('/feed')}: 1 new", "the network is back"]
    assert world.naps[:3] == [60.0, 60.0, 60.0]
    assert [feed.failures for feed in _feeds.feeds(world.library.db)] == [0]


# ---------------------------------------------------------------- stopping


def test_a_run_that_stops_between_pages_goes_on_where_it_stopped(site: Site, world: World) -> None:
    site.feed("/feed", "/1", "/2", ETag='"one"')
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR))
    site.page("/2", "Night librarian", *paragraphs(LIBRARIAN))
    ask, stop = site.pages["/1"], world.stop
    assert isinstance(ask, Answer)

    def stopped(_: dict[str, str]) -> Answer:
        stop.set()
        assert isinstance(ask, Answer)
        return ask

    site.pages["/1"] = stopped
    world.watcher.watch([site.url("/feed")])
    with pytest.raises(StopError):
        world.later()
    site.pages["/1"] = ask
    again = World(world.library)
    again.watcher.begin()
    again.later()
    assert again.titles() == ["Harbour closes", "Night librarian"]
    assert site.counts()["/feed"] == 1
    assert all(_stories.story_of(world.library.db, one.id) for one in _articles.current(world.library.db))


def test_nothing_is_asked_any_more_once_it_is_told_to_stop(site: Site, world: World) -> None:
    site.feed("/feed", "/1")

    def rules(_: dict[str, str]) -> Answer:
        world.stop.set()
        return Answer(404)

    site.pages["/robots.txt"] = rules
    world.watcher.watch([site.url("/feed")])
    with pytest.raises(StopError):
        world.later()
    assert site.paths() == []
    assert world.feed().failures == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_process_stops_cleanly_when_told(site: Site, tmp_path: Path, number: signal.Signals) -> None:
    site.feed("/feed", "/1")
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR))
    listed = tmp_path / "feeds.txt"
    listed.write_text(f"# ours\n{site.url('/feed')}\n", "utf-8")
    library = tmp_path / "library.sqlite"
    command = [sys.executable, "-m", "reportedly", "watch", str(listed), "--library", str(library), "--allow-private"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)  # noqa: S603
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.endswith("/feed: 1 new\n"), line
    assert "new story" in process.stdout.readline()
    time.sleep(0.2)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out.endswith("stopped\n")
    opened = Library(library)
    assert opened.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert [feed.url for feed in _feeds.feeds(opened.db)] == [site.url("/feed")]
    opened.close()


def test_a_killed_process_loses_nothing_and_does_nothing_twice(site: Site, tmp_path: Path) -> None:
    texts = [HARBOUR, HARBOUR_TWO, LIBRARIAN]
    links = [f"/{number}" for number in range(9)]
    for number, link in enumerate(links):
        site.page(link, f"Headline {number}", *paragraphs(texts[number % 3]), f"This is number {number} of the series.")
    site.feed("/feed", *links, ETag='"one"')
    (tmp_path / "feeds").write_text(site.url("/feed"), "utf-8")
    file = str(tmp_path / "l.sqlite")
    command = [sys.executable, "-m", "reportedly", "watch", str(tmp_path / "feeds"), "--once", "--allow-private"]
    command += ["--library", file]
    for pages in (2, 5, 8):  # killed between pages, whatever it does then
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
        deadline = time.monotonic() + 60
        while sum(path in links for path in site.paths()) < pages and time.monotonic() < deadline:
            time.sleep(0.02)
        process.kill()
        process.wait()
    assert subprocess.run(command, check=False, capture_output=True, timeout=120).returncode == 0  # noqa: S603
    library = Library(Path(file))
    assert len(list(_articles.current(library.db))) == len(links)
    assert library.db.execute("SELECT count(*) FROM versions").fetchone()[0] == len(links)
    assert library.db.execute("SELECT count(*) FROM placed").fetchone()[0] == len(links)
    assert _readouts.wanting(library.db) == []
    told = [one.news.article for one in _changes.changes(library.db, size=500) if one.news.kind in COMING]
    assert len(told) == len(set(told))
    assert site.counts()["/feed"] <= 3  # once it was noted, it was not asked again
    assert max(site.counts().values()) <= 3
    library.close()


def test_what_is_refused_or_dead_alone_is_no_lost_network(site: Site, world: World) -> None:
    site.feed("/feed", "/closed")
    site.pages["/robots.txt"] = Answer(body=b"User-agent: *\nDisallow: /closed")
    dead = "http://127.0.0.1:9/feed"
    world.watcher.watch([site.url("/feed"), dead])
    assert any(line.startswith(f"{dead}: cannot be fetched") for line in world.later())
    assert world.done.offline is None
    world.watcher.watch([dead])
    world.later(minutes=15)
    assert world.done.offline is None
    assert world.feed().failures == 2
    assert _feeds.entries(world.library.db, [site.url("/closed")])[site.url("/closed")].failures == 1
    assert "/closed" not in site.paths()


def test_a_link_that_a_feed_names_twice_is_one(site: Site, world: World) -> None:
    again = f"<item><title>Another headline</title><link>{site.url('/1')}</link></item>"
    site.feed("/feed", "/1", extra=again)
    site.page("/1", "Harbour closes", *paragraphs(HARBOUR))
    world.watcher.watch([site.url("/feed")])
    world.later()
    world.later(minutes=15)
    assert site.counts() == {"/feed": 2, "/1": 1}
