"""The watcher: rounds of asking feeds, looking at their entries' pages, and working on what changed.

Each feed's answer is in the file, with the entries that it named, before the next one is looked at; each page's article
is, before the page counts as looked at. So a run that is stopped or killed goes on where it stopped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TypeVar

from reportedly._errors import InputError
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect import Page, Visitor
from reportedly.collect._collect import completed
from reportedly.collect._fetch import Answer, ask
from reportedly.collect._identity import Notice
from reportedly.collect._inputs import Link
from reportedly.collect._keep import Archive
from reportedly.collect._publishers import Publishers
from reportedly.collect._watched import article_of_link, items_of_feed, minutes_to_live
from reportedly.library import Library, Progress, _articles, _changes, _feeds, work
from reportedly.library._feeds import Entry, Feed
from reportedly.library._grouping import Grouper
from reportedly.library._news import NewsKind, phrase
from reportedly.watch._due import Answered, due, entry_after, entry_named, feed_after, is_offline
from reportedly.watch._stop import Stop

MOST = 500
"""Entries of one feed that are taken at once, the first in its order; feeds have 10 to 100."""
BATCH = 50
"""Feeds that are asked at a time, and pages that are looked at before their articles are worked on."""
MOST_TOLD = 10_000
"""Changes of one batch that are counted for its lines."""
AT_ONCE = 8
"""Hosts that are asked at the same time; one host is asked one thing at a time."""

Got = Page | None | InputError
"""What asking gave: None where it has not changed."""
T = TypeVar("T", bound=Feed | Entry)


class Ears:
    """Asks, and counts questions and answers: where no answer comes at all, the network may be gone."""

    def __init__(self, stop: Stop, ask: Callable[[str, Settings, Mapping[str, str]], Answer] = ask) -> None:
        self._stop, self._ask = stop, ask
        self.asked = self.heard = 0

    def __call__(self, url: str, settings: Settings, headers: Mapping[str, str]) -> Answer:
        """Ask once.

        Raises:
            StopError: the process was told to stop.
        """
        self._stop.check()
        self.asked += 1
        answer = self._ask(url, settings, headers)
        self.heard += 1
        return answer


@dataclass
class Round:
    """What came of a round: how many feeds were asked, what failed of them and of pages, and which articles came.

    ``offline`` is a problem where nothing answered, so that nothing of it counts as a failure.
    """

    asked: int = 0
    failed: int = 0
    articles: list[str] = field(default_factory=list)
    offline: InputError | None = None
    counts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


class Watcher:
    """Watches feeds for one library.

    Args:
        library: where articles and the feeds' state are kept.
        settings: as for `collect`.
        visitor: gets pages; its ``ask`` is ``ears``.
        ears: counts its answers.
        stop: asked between any two things that are each whole.
        tell: says one line.
        now: the time, with its zone.
        every: between two requests for one feed, at least.
    """

    def __init__(
        self,
        library: Library,
        settings: Settings,
        visitor: Visitor,
        ears: Ears,
        stop: Stop,
        tell: Callable[[str], None],
        now: Callable[[], datetime],
        every: timedelta,
    ) -> None:
        self._library, self._settings, self._visitor, self._ears = library, settings, visitor, ears
        self._stop, self._tell, self.now, self._every = stop, tell, now, every
        self._grouper = Grouper(library)
        self._publishers = Publishers(settings.outlets)

    def begin(self) -> None:
        """Do what an earlier run left undone."""
        work(self._library, self._settings, self._heed, grouper=self._grouper)

    def watch(self, urls: Iterable[str]) -> None:
        """Watch these feeds, and no others."""
        with self._library.writing() as db:
            _feeds.list_feeds(db, urls, self.now())

    def round(self) -> Round:
        """Ask the feeds that are due, look at the pages that are, and work on what came of it."""
        done = Round()
        self._ears.asked = self._ears.heard = 0
        failed: list[tuple[Feed, InputError]] = []
        for feed, got in self._ask_all(due(_feeds.feeds(self._library.db), self.now())):
            done.asked += 1
            if isinstance(got, InputError):
                failed.append((feed, got))
            else:
                self._take(feed, got, done)
        done.offline = self._offline(failed)
        if done.offline:
            done.failed = len(failed)
            return done
        for feed, problem in failed:
            self._fail(feed, self._failure(feed.url, problem), done)
        while self._look(done):
            pass
        return done

    def next_due(self) -> datetime | None:
        """When the next feed or page is due."""
        return _feeds.next_due(self._library.db)

    # ------------------------------------------------------------ asking

    def _ask_all(self, many: list[T]) -> Iterator[tuple[T, Got]]:
        """What each of them gave, as they stand in the list; several hosts are asked at the same time."""
        pool = ThreadPoolExecutor(AT_ONCE)
        try:
            for at in range(0, len(many), BATCH):  # what was answered waits in memory
                some = many[at : at + BATCH]
                for one, got in zip(some, pool.map(self._ask, some), strict=True):
                    self._stop.check()
                    yield one, got
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _ask(self, one: Feed | Entry) -> Got:
        self._stop.check()
        try:
            return self._visitor.changed(one.url, self._settings, one.etag, one.modified)
        except InputError as problem:
            return problem

    def _offline(self, failed: Sequence[tuple[Feed | Entry, InputError]]) -> InputError | None:
        """One of the problems, where they may all be that there is no network."""
        if not self._ears.asked or self._ears.heard or not is_offline([one for one, _ in failed]):
            return None
        return failed[0][1]

    def _failure(self, url: str, problem: InputError) -> Answered:
        return Answered("failed", problem.reason, self._visitor.left_alone(url))

    # ------------------------------------------------------------ feeds

    def _take(self, feed: Feed, page: Page | None, done: Round) -> None:
        """Store what a feed's answer has: articles first, then the links with the feed's state."""
        if page is None:
            self._note(feed, Answered("same"))
            return
        links: dict[str, Link] = {}
        problem: InputError | None = None
        good = 0
        for item in islice(items_of_feed(page, feed.url, self._settings), MOST):
            if isinstance(item, Article):
                self._store(item, feed.url, done)
            elif isinstance(item, Link):
                links.setdefault(item.url, item)
            elif isinstance(item, InputError) and not isinstance(item, Notice):
                problem = problem or item
                continue
            good += 1
        if problem is not None and not good:
            self._fail(feed, Answered("failed", problem.reason), done)
            return
        ttl = minutes_to_live(page, self._settings)
        self._note(feed, Answered("changed", None, 0.0, page.etag, page.modified, ttl), links.values())

    def _note(self, feed: Feed, answered: Answered, links: Collection[Link] = ()) -> None:
        now = self.now()
        if feed.failures:
            self._tell(f"{feed.url}: answers again")
        with self._library.writing() as db:
            known = _feeds.entries(db, [link.url for link in links])
            for link in links:
                entry = entry_named(known.get(link.url), feed.url, link.url, link.known, now)
                if entry is not None:
                    _feeds.keep_entry(db, entry)
            _feeds.keep_feed(db, feed_after(feed, answered, now, self._every))

    def _fail(self, feed: Feed, answered: Answered, done: Round) -> None:
        done.failed += 1
        after = feed_after(feed, answered, self.now(), self._every)
        if not feed.failures:
            self._tell(f"{feed.url}: {answered.problem}; asked again from {after.due:%H:%M} UTC on")
        with self._library.writing() as db:
            _feeds.keep_feed(db, after)

    # ------------------------------------------------------------ pages

    def _look(self, done: Round) -> bool:
        """Look at some of the pages that are due, and work on what came; whether there may be more."""
        waiting = _feeds.entries_due(self._library.db, self.now(), BATCH)
        failed: list[tuple[Entry, InputError]] = []
        for entry, got in self._ask_all(waiting):
            if isinstance(got, InputError):
                failed.append((entry, got))
            else:
                self._keep_entry(entry, self._read(entry, got, done))
        offline = done.offline = self._offline(failed)
        for entry, problem in () if offline else failed:
            self._keep_entry(entry, self._failure(entry.url, problem))
            done.counts[entry.feed]["failed"] += 1
        self._report(done)
        if done.articles:
            new = list(dict.fromkeys(done.articles))
            before = _changes.last(self._library.db)
            work(self._library, self._settings, self._heed, grouper=self._grouper, articles=new)
            done.articles.clear()
            self._report_changes(before)
        return len(waiting) == BATCH and not offline

    def _read(self, entry: Entry, page: Page | None, done: Round) -> Answered:
        if page is None:
            return Answered("same")
        link = Link(entry.url, entry.url, "feed", entry.known)
        try:
            article = article_of_link(link, page, self._settings)
        except InputError as problem:
            done.counts[entry.feed]["none"] += 1
            return Answered("none", problem.reason, 0.0, page.etag, page.modified)
        self._store(article, entry.feed, done)
        return Answered("changed", None, 0.0, page.etag, page.modified)

    def _keep_entry(self, entry: Entry, answered: Answered) -> None:
        with self._library.writing() as db:
            _feeds.keep_entry(db, entry_after(entry, answered, self.now()))

    def _store(self, article: Article, feed: str, done: Round) -> None:
        outcome, kept = _articles.store(self._library, completed(article, self._publishers))
        done.counts[feed][outcome] += 1
        if outcome != "known":
            done.articles.append(kept.id)

    # ------------------------------------------------------------ telling

    def _report(self, done: Round) -> None:
        """One line for each feed that had something."""
        words = {
            "new": "new", "version": "in another version", "none": "without an article", "failed": "not to be had now",
        }  # fmt: skip
        for url, count in sorted(done.counts.items()):
            told = [f"{count[kind]} {word}" for kind, word in words.items() if count[kind]]
            if told:
                self._tell(f"{url}: {', '.join(told)}")
        done.counts.clear()

    def _report_changes(self, before: int) -> None:
        """One line for each story that changed."""
        counts: defaultdict[tuple[str, str], Counter[NewsKind]] = defaultdict(Counter)
        for one in _changes.after(self._library.db, before, MOST_TOLD):
            counts[one.news.story, one.news.title][one.news.kind] += 1
        for (story, title), count in counts.items():
            told = "new story" if "story" in count else ", ".join(f"{n} {phrase(kind, n)}" for kind, n in count.items())
            self._tell(f"story {story} ({title}): {told}")

    def _heed(self, _: Progress) -> None:
        self._stop.check()


def make_watcher(
    library: Library, settings: Settings, stop: Stop, tell: Callable[[str], None], every: timedelta
) -> Watcher:
    """A watcher on the real network and clock."""
    ears = Ears(stop)
    keep = Archive(settings.keep) if settings.keep else None
    visitor = Visitor(keep, ask=ears, sleep=stop.sleep)
    return Watcher(library, settings, visitor, ears, stop, tell, lambda: datetime.now(UTC), every)
