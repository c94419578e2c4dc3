"""What is due next: decisions on how a feed or a page stands, with the time passed in.

A feed is asked again after ``every``, or after what it asks for itself if that is longer; after failures, each time
after twice as long. A page is looked at again a few times in the first days, since articles are edited after they were
published and feeds seldom tell of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from reportedly.collect._inputs import Known
from reportedly.library._feeds import Entry, Feed

LONGEST = timedelta(days=1)
"""The longest that a feed is not asked, whatever it asks for and however often it failed."""

LOOKS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
"""After which time a page is looked at again, once each."""

RETRIES = (timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
"""After which time a page that could not be had is asked for again; then no more."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of asking for a feed or a page.

    kind: ``changed``: it has something else; ``same``: it has not; ``none``: it can be had and is no article;
    ``failed``: it could not be had. ``wait`` is how many seconds its host asks to be left alone, ``ttl`` a feed's own
    wish in minutes.
    """

    kind: Literal["changed", "same", "none", "failed"]
    problem: str | None = None
    wait: float = 0.0
    etag: str | None = None
    modified: str | None = None
    ttl: int | None = None


def feed_after(feed: Feed, answered: Answered, now: datetime, every: timedelta) -> Feed:
    """How a feed stands after it was asked."""
    if answered.kind == "failed":
        failures = feed.failures + 1
        # The power is bounded, since a feed may fail for years.
        pause = min(max(every * 2 ** min(failures - 1, 20), timedelta(seconds=answered.wait)), LONGEST)
        return replace(feed, asked=now, failures=failures, problem=answered.problem, due=now + pause)
    if answered.kind == "same":
        due = now + _pause(every, feed.ttl)
        return replace(feed, asked=now, failures=0, problem=None, due=due)
    return replace(
        feed, asked=now, changed=now, failures=0, problem=None, etag=answered.etag, modified=answered.modified,
        ttl=answered.ttl, due=now + _pause(every, answered.ttl),
    )  # fmt: skip


def _pause(every: timedelta, ttl: int | None) -> timedelta:
    return max(every, min(timedelta(minutes=min(ttl or 0, 10_000)), LONGEST))


def entry_after(entry: Entry, answered: Answered, now: datetime) -> Entry:
    """How an entry's page stands after it was asked for."""
    if answered.kind == "failed":
        failures = entry.failures + 1
        pause = RETRIES[failures - 1] if failures <= len(RETRIES) else None
        due = None if pause is None else now + max(pause, timedelta(seconds=answered.wait))
        return replace(entry, failures=failures, problem=answered.problem, due=due)
    looks = entry.looks + 1
    due = now + LOOKS[looks - 1] if looks <= len(LOOKS) and answered.kind != "none" else None
    etag, modified = (entry.etag, entry.modified) if answered.kind == "same" else (answered.etag, answered.modified)
    return replace(
        entry, looks=looks, failures=0, problem=answered.problem, due=due, etag=etag, modified=modified
    )  # fmt: skip


def entry_named(entry: Entry | None, feed: str, url: str, known: Known, now: datetime) -> Entry | None:
    """How an entry stands now that a feed names it; None where that is nothing new.

    Where the feed says something else of it than before, its page is due at once.
    """
    if entry is None:
        return Entry(url, feed, known, due=now)
    if entry.known != known and entry.feed == feed:
        return replace(entry, known=known, looks=0, failures=0, due=now)
    return None


def due(feeds: list[Feed], now: datetime) -> list[Feed]:
    """The feeds to be asked, the longest due first."""
    return sorted((feed for feed in feeds if feed.due <= now), key=lambda feed: (feed.due, feed.url))


def is_offline(failed: Sequence[Feed | Entry]) -> bool:
    """Whether the network may be gone, where these failed and not one answer came to anything that was asked.

    It may if one that answered before does not now, or if several hosts that were never asked do not. What failed
    before tells nothing: its host may be gone for good.
    """
    fresh = [one for one in failed if not one.failures]
    worked = any(one.asked is not None if isinstance(one, Feed) else one.looks for one in fresh)
    return worked or len({urlsplit(one.url).netloc for one in fresh}) > 1


def nap(first: datetime | None, now: datetime, longest: timedelta) -> float:
    """Seconds to sleep until the first thing is due, between one and ``longest``."""
    wait = longest if first is None else min(max(first - now, timedelta(seconds=1)), longest)
    return wait.total_seconds()
