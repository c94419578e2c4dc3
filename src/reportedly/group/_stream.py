"""Groups articles into stories as they come: one pass, no look ahead, memory of a window of days.

A new article is scored against those of the window that share enough with it, and the stories it could belong to are
clustered anew among themselves, by the same average link as `_stories`. So it can join one, merge two, or take an
article along that fits it better; what is far from it stays untouched, and its cost does not grow with the stream. A
part keeps the id of the old story that most of it was in; an id that no part keeps points to its successor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from math import inf
from typing import Any, Literal

from reportedly._records import Article
from reportedly.group._agencies import agency_of
from reportedly.group._copies import Copied, find_copies
from reportedly.group._decisions import Decisions
from reportedly.group._likeness import SAME, UNLIKE, score
from reportedly.group._link import average_link
from reportedly.group._rarity import Rarity, Weighed
from reportedly.group._reason import ALONE, reason
from reportedly.group._sketch import sketch
from reportedly.group._sources import likely_sources, same_story
from reportedly.group._state import (
    from_article,
    from_copied,
    from_ids,
    from_weighed,
    pack,
    to_article,
    to_copied,
    to_ids,
    to_weighed,
    unpack,
)
from reportedly.group._stories import story_id
from reportedly.group._window import Window

CROWD = 150
"""Articles of the stories in question above which a new one joins the likeliest, and nothing is clustered anew."""

ChangeKind = Literal["opened", "joined", "moved", "merged", "closed"]


@dataclass(frozen=True)
class Change:
    """What became of a story: ``articles`` came to ``story``, out of ``earlier`` where they were in one.

    ``merged``: ``earlier`` is no more, and its id points to ``story``, where most of it went. ``closed``: no later
    article can come to ``story``, which has all of ``articles``.
    """

    kind: ChangeKind
    story: str
    articles: tuple[str, ...]
    earlier: str | None
    reason: str


@dataclass(frozen=True)
class StreamStory:
    """A story of a stream as it stands; ``earlier`` are ids that point to it."""

    id: str
    articles: tuple[str, ...]
    earlier: tuple[str, ...]
    reason: str
    copied: Mapping[str, Copied]
    """What each article shares with those that came before it."""
    agencies: Mapping[str, str | None]
    open: bool = False
    """Whether an article can still come to it."""


@dataclass
class _Open:
    number: int
    articles: list[str] = field(default_factory=list)
    live: set[str] = field(default_factory=set)
    """Those of the articles that are in the window."""
    earlier: list[str] = field(default_factory=list)
    reason: str = ALONE


class StoryStream:
    """Stories of articles that come one by one, best in order of publication.

    An article more than a week older than the newest is compared with nothing that has a date. One without a
    date counts as published on the newest date so far; before there is any, it is kept to be compared with whatever
    comes.
    """

    def __init__(self, decisions: Decisions | None = None) -> None:
        self._decisions = decisions or Decisions()
        self._rarity, self._window = Rarity(forgets=True), Window()
        self._links: dict[str, dict[str, float]] = {}
        self._story: dict[str, str] = {}
        self._open: dict[str, _Open] = {}
        self._closed: list[StreamStory] = []
        self._texts: dict[str, Article] = {}
        self._copied: dict[str, Copied] = {}
        self._agencies: dict[str, str | None] = {}
        self._named: dict[str, int] = {}
        self._opened = 0
        self._seen: set[int] = set()  # all that is kept of an article after its window: some 60 bytes

    @classmethod
    def from_state(
        cls, state: bytes, decisions: Decisions | None = None, source: str = "the state of the stream"
    ) -> StoryStream:
        """The stream that `state` was asked of; ``decisions`` may be others than it had.

        Raises:
            InputError: the bytes are no state, one of another version, or damaged; it names ``source``.
        """
        kept, stream = unpack(state, source), cls(decisions)
        stream._rarity = Rarity.from_state(kept["rarity"])
        for each in kept["window"]:
            stream._window.add(to_weighed(each))
        stream._links = kept["links"]
        stream._open = {story: _Open(**{**each, "live": set(each["live"])}) for story, each in kept["open"].items()}
        stream._story = {article: story for story, its in stream._open.items() for article in its.articles}
        stream._closed = [_closed_story(each) for each in kept["closed"]]
        stream._texts = {each["id"]: to_article(each) for each in kept["texts"]}
        stream._copied, stream._agencies = to_copied(kept["copied"]), kept["agencies"]
        stream._named, stream._opened, stream._seen = kept["named"], kept["opened"], to_ids(kept["seen"])
        return stream

    def state(self) -> bytes:
        """Where the stream stands, for `from_state`, in this run or a later one; what was decided is not in it."""
        kept = {
            "rarity": self._rarity.state(),
            "window": [from_weighed(each) for each in self._window.articles.values()],
            "links": self._links,
            "open": {story: {**asdict(each), "live": sorted(each.live)} for story, each in self._open.items()},
            "closed": [{**asdict(each), "copied": from_copied(each.copied)} for each in self._closed],
            "texts": [from_article(each) for each in self._texts.values()],
            "copied": from_copied(self._copied),
            "agencies": self._agencies,
            "named": self._named,
            "opened": self._opened,
            "seen": from_ids(self._seen),
        }
        return pack(kept)

    def add(self, article: Article) -> list[Change]:
        """Take an article in; what changed by it. An id that came before changes nothing."""
        number = _number(article.id)
        if number in self._seen:
            return []
        self._seen.add(number)
        counted = sketch(article)
        if counted.day is None and self._window.clock is not None:
            counted = replace(counted, day=self._window.clock)
        self._rarity.add(counted)
        self._agencies[article.id] = agency_of(article)
        weighed = self._rarity.weigh(counted)
        changes = self._leave(gone for gone in self._window.add(weighed) if gone != article.id)
        self._texts[article.id], self._copied[article.id] = article, Copied()
        if article.id not in self._window.articles:  # so old that it left at once
            return [*changes, *self._file([article.id], [[article.id]], article.id), *self._leave([article.id])]
        row = self._links[article.id] = {
            other.id: score(weighed, other) for other in self._window.candidates(weighed) if other.id in self._story
        }
        for other, value in row.items():
            self._links[other][article.id] = value
        self._copied[article.id] = self._compare_texts(article, weighed, row)
        pool = self._pool(article.id, row)
        if len(pool) > CROWD:
            parts = self._join_likeliest(article.id, row, pool)
        else:
            parts = average_link(pool, self._links, self._decisions, self._originals(pool))
        return changes + self._file(pool, parts, article.id)

    def story_of(self, article: str) -> str:
        """The id of the story that an article of an open story is in.

        Raises:
            KeyError: no open story has it.
        """
        return self._story[article]

    def successor(self, story: str) -> str | None:
        """The open story that an id stands for: itself, the one it went into, or None where it is closed or unknown."""
        if story in self._open:
            return story
        return next((identifier for identifier, known in self._open.items() if story in known.earlier), None)

    def knows(self, article: str) -> bool:
        """Whether an article of this id came, in this run or before the state that the stream goes on from."""
        return _number(article) in self._seen

    def nearest(self, article: str) -> str | None:
        """The article of the same story that an article of the window is most like; None where it is like none."""
        others = self._open[self._story[article]].live - {article} if article in self._story else set()
        row = self._links.get(article, {})
        return max(sorted(others & row.keys()), key=lambda other: row[other], default=None)

    def take_closed(self) -> list[StreamStory]:
        """The stories closed since this was last asked."""
        closed, self._closed = self._closed, []
        return closed

    def open_stories(self) -> list[StreamStory]:
        """The stories to which articles can still come, as they stand, in the order in which they opened."""
        return [self._as_it_stands(story) for story in sorted(self._open, key=lambda name: self._open[name].number)]

    def finish(self) -> list[StreamStory]:
        """Close every story; those closed since `take_closed` was last asked."""
        for identifier in sorted(self._open, key=lambda name: self._open[name].number):
            self._close(identifier)
        self._links.clear()
        return self.take_closed()

    def _compare_texts(self, article: Article, weighed: Weighed, row: Mapping[str, float]) -> Copied:
        """What the article shares with those that are most like it, if any of them seems to share text."""
        sharing = likely_sources(weighed, row, self._window.articles)
        if not sharing:
            return Copied()
        texts = [self._texts[other] for other in sorted(sharing, key=self._came)]
        return find_copies([*texts, article], as_they_came=True)[article.id]

    def _came(self, article: str) -> tuple[str, str]:
        return self._texts[article].published or "9999", article

    def _pool(self, article: str, row: Mapping[str, float]) -> list[str]:
        """The article, and those in the window of the stories it is like or was decided to be in."""
        near = {self._story[other] for other, value in row.items() if value >= SAME}
        near |= {self._story[other] for other in self._decisions.family(article) if other in self._story}
        near |= {self._story[original] for original in self._originals([article]).values()}
        return sorted({article}.union(*(self._open[story].live for story in near)))

    def _originals(self, articles: Iterable[str]) -> dict[str, str]:
        """The originals in the window of those of the articles that reprint one."""
        return same_story({article: self._copied[article] for article in articles}, self._window.articles)

    def _join_likeliest(self, article: str, row: Mapping[str, float], pool: Iterable[str]) -> list[list[str]]:
        """The stories as they are, with the article in the one of the highest mean score, if it is enough."""
        parts: dict[str, list[str]] = {}
        for other in pool:
            if other != article:
                parts.setdefault(self._story[other], []).append(other)
        means = {
            story: sum(row.get(other, UNLIKE) for other in part) / len(part)
            for story, part in parts.items()
            if not self._decisions.apart([article], part)
        }
        family = self._decisions.family(article)
        sure = family if len(family) > 1 else {*self._originals([article]).values()}
        for story, part in parts.items():
            if not sure.isdisjoint(part) and (story in means or len(family) > 1):
                means[story] = inf
        best = min(means, key=lambda story: (-means[story], story), default="")
        if means.get(best, UNLIKE) >= SAME:
            parts[best].append(article)
        else:
            parts[""] = [article]
        return list(parts.values())

    # ------------------------------------------------------------ keeping the books

    def _file(self, pool: Iterable[str], parts: list[list[str]], new: str) -> list[Change]:
        """Give each part a story, keeping ids where most of a story stays together; what changed."""
        was = {article: self._story[article] for article in pool if article in self._story}
        kept = self._kept(parts, was)
        changes: list[Change] = []
        for at, part in enumerate(parts):
            story = kept.get(at) or self._open_new(part)
            kept[at] = story
            arrived = [article for article in part if was.get(article) != story]
            for article in arrived:
                self._put(article, story)
            if arrived or any(its == story and article not in part for article, its in was.items()):
                changes += self._changes(story, part, arrived, was, new)
        for story in sorted({*was.values()} - {*kept.values()}):
            merged = self._follow(story, was)
            changes = [change for change in changes if (change.earlier, change.story) != (story, merged.story)]
            changes.append(merged)
        return changes

    def _kept(self, parts: list[list[str]], was: Mapping[str, str]) -> dict[int, str]:
        """Which part keeps which story's id: the greatest overlaps first, older stories first among equals."""
        overlaps: dict[tuple[int, str], int] = {}
        for at, part in enumerate(parts):
            for article in part:
                if article in was:
                    overlaps[at, was[article]] = overlaps.get((at, was[article]), 0) + 1
        kept: dict[int, str] = {}
        for at, story in sorted(overlaps, key=lambda key: (-overlaps[key], self._open[key[1]].number, key[0])):
            if at not in kept and story not in kept.values():
                kept[at] = story
        return kept

    def _open_new(self, part: list[str]) -> str:
        first = min(part)
        number = self._named.get(first, 0)  # an id is never given twice, also when its story was closed meanwhile
        self._named[first] = number + 1
        story = story_id(f"{first}\n{number}" if number else first)
        self._opened += 1
        self._open[story] = _Open(self._opened)
        return story

    def _put(self, article: str, story: str) -> None:
        if article in self._story:
            old = self._open[self._story[article]]
            old.articles.remove(article)
            old.live.discard(article)
        self._story[article] = story
        self._open[story].articles.append(article)
        self._open[story].live.add(article)

    def _changes(
        self, story: str, part: list[str], arrived: list[str], was: Mapping[str, str], new: str
    ) -> list[Change]:
        """The changes that brought articles to a story, and the reason for it in words."""
        known = self._open[story]
        weighed = [self._window.articles[article] for article in part if article in self._window.articles]
        if new in part:  # the reason for the newest: what it shares with the rest
            weighed.sort(key=lambda each: each.id != new)
        known.reason = reason(weighed, self._decisions)
        changes = []
        if new in arrived:
            changes.append(Change("joined" if len(known.articles) > 1 else "opened", story, (new,), None, known.reason))
        origins: dict[str, list[str]] = {}
        for article in arrived:
            if article in was:
                origins.setdefault(was[article], []).append(article)
        changes += [Change("moved", story, tuple(some), old, known.reason) for old, some in sorted(origins.items())]
        return changes

    def _follow(self, story: str, was: Mapping[str, str]) -> Change:
        """An id that no part kept points to where most of its articles went, and those out of the window go there."""
        old = self._open.pop(story)
        went = [self._story[article] for article in sorted(was) if was[article] == story]
        heir = min(went, key=lambda name: (-went.count(name), self._open[name].number))
        for article in old.articles:
            self._story[article] = heir
        known = self._open[heir]
        known.articles += old.articles
        known.earlier += [*old.earlier, story]
        came = [article for article in known.articles if was.get(article) == story or article in old.articles]
        return Change("merged", heir, tuple(came), story, known.reason)

    def _leave(self, gone: Iterable[str]) -> list[Change]:
        """Forget what left the window, and close the stories that have no article left in it."""
        changes = []
        for article in gone:
            for other in self._links.pop(article, {}):
                self._links.get(other, {}).pop(article, None)
            del self._texts[article]
            self._named.pop(article, None)
            story = self._story[article]
            self._open[story].live.discard(article)
            if not self._open[story].live:
                closed = self._close(story)
                changes.append(Change("closed", story, closed.articles, None, closed.reason))
        return changes

    def _close(self, story: str) -> StreamStory:
        closed = replace(self._as_it_stands(story), open=False)
        known = self._open.pop(story)
        for article in known.articles:
            del self._story[article], self._copied[article], self._agencies[article]
        for article in known.live:
            del self._texts[article]
        self._closed.append(closed)
        return closed

    def _as_it_stands(self, story: str) -> StreamStory:
        known = self._open[story]
        copied = {article: self._copied[article] for article in known.articles}
        agencies = {article: self._agencies[article] for article in known.articles}
        return StreamStory(story, tuple(known.articles), tuple(known.earlier), known.reason, copied, agencies, True)


def _number(article: str) -> int:
    """A number of 64 bits for an article's id."""
    return int.from_bytes(blake2b(article.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _closed_story(kept: Mapping[str, Any]) -> StreamStory:
    lists = {"articles": tuple(kept["articles"]), "earlier": tuple(kept["earlier"])}
    return StreamStory(**{**kept, **lists, "copied": to_copied(kept["copied"])})
