"""What is due next is decided without a clock: the time is passed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reportedly.collect._inputs import Known
from reportedly.library._feeds import Entry, Feed
from reportedly.watch._due import (
    LONGEST,
    LOOKS,
    RETRIES,
    Answered,
    due,
    entry_after,
    entry_named,
    feed_after,
    is_offline,
    nap,
)

NOW = datetime(2031, 2, 3, 4, 5, tzinfo=UTC)
EVERY = timedelta(minutes=15)
FEED = Feed("https://a.example/feed", due=NOW)
ENTRY = Entry("https://a.example/1", FEED.url, Known(title="One"), due=NOW)


@pytest.mark.parametrize(
    ("ttl", "minutes"), [(None, 15), (5, 15), (60, 60), (10_000, 1_440), (999_999_999, 1_440), (0, 15)]
)
def test_a_feed_is_asked_no_sooner_than_it_wants_and_once_a_day_at_least(ttl: int | None, minutes: int) -> None:
    after = feed_after(FEED, Answered("changed", etag='"a"', modified="Mon", ttl=ttl), NOW, EVERY)
    assert after.due == NOW + timedelta(minutes=minutes)
    assert (after.etag, after.modified, after.changed) == ('"a"', "Mon", NOW)
    same = feed_after(after, Answered("same"), NOW + EVERY, EVERY)
    assert same.due == NOW + EVERY + timedelta(minutes=minutes)
    assert (same.etag, same.modified, same.changed, same.ttl) == ('"a"', "Mon", NOW, ttl)


def test_a_feed_that_fails_is_asked_ever_more_seldom_until_it_answers() -> None:
    feed, pauses = replace(FEED, etag='"a"'), []
    for _ in range(100):
        feed = feed_after(feed, Answered("failed", "answered 500"), NOW, EVERY)
        pauses.append(feed.due - NOW)
    assert pauses[:4] == [EVERY, 2 * EVERY, 4 * EVERY, 8 * EVERY]
    assert pauses[-1] == LONGEST
    assert (feed.failures, feed.problem, feed.etag) == (100, "answered 500", '"a"')
    assert feed_after(feed, Answered("same"), NOW, EVERY).failures == 0


def test_a_host_that_wants_to_be_left_alone_is() -> None:
    assert feed_after(FEED, Answered("failed", wait=7_200.0), NOW, EVERY).due == NOW + timedelta(hours=2)
    assert feed_after(FEED, Answered("failed", wait=1e9), NOW, EVERY).due == NOW + LONGEST
    assert entry_after(ENTRY, Answered("failed", wait=7_200.0), NOW).due == NOW + timedelta(hours=2)


def test_a_page_is_looked_at_again_a_few_times() -> None:
    entry, after = ENTRY, []
    while entry.due is not None:
        entry = entry_after(entry, Answered("same"), NOW)
        after.append(entry.due and entry.due - NOW)
    assert tuple(after) == (*LOOKS, None)
    assert entry_after(ENTRY, Answered("none", "no article"), NOW).due is None


def test_a_page_that_cannot_be_had_is_tried_again_and_then_let_be() -> None:
    entry, after = ENTRY, []
    while entry.due is not None:
        entry = entry_after(entry, Answered("failed", "answered 500"), NOW)
        after.append(entry.due and entry.due - NOW)
    assert tuple(after) == (*RETRIES, None)
    assert entry.looks == 0


def test_an_entry_is_due_when_it_is_new_or_its_feed_says_something_else() -> None:
    known = entry_named(None, FEED.url, ENTRY.url, Known(title="One"), NOW)
    assert known == ENTRY
    assert entry_named(ENTRY, FEED.url, ENTRY.url, Known(title="One"), NOW) is None
    done = replace(ENTRY, due=None, looks=4, failures=2, etag='"a"')
    again = entry_named(done, FEED.url, ENTRY.url, Known(title="One, mended"), NOW)
    assert again == replace(done, known=Known(title="One, mended"), due=NOW, looks=0, failures=0)
    # Another feed that words it otherwise would make it due at each poll of either.
    assert entry_named(done, "https://b.example/feed", ENTRY.url, Known(title="1"), NOW) is None


def test_the_network_may_be_gone_only_where_what_worked_does_not() -> None:
    worked, new = replace(FEED, asked=NOW), replace(FEED, url="https://b.example/feed")
    dead, other = replace(worked, failures=1), replace(new, asked=NOW, failures=3)
    assert is_offline([worked])
    assert is_offline([dead, worked])
    assert is_offline([FEED, new])
    assert not is_offline([FEED])
    assert not is_offline([FEED, replace(FEED, url="https://a.example/other")])
    assert not is_offline([dead, other])
    assert not is_offline([])
    assert is_offline([replace(ENTRY, looks=1)])
    assert not is_offline([ENTRY])


def test_the_longest_due_comes_first_and_a_nap_ends_when_something_is() -> None:
    feeds = [replace(FEED, url=name, due=NOW + timedelta(minutes=minutes)) for name, minutes in zip("abc", (0, 1, -1))]  # noqa: B905
    assert [feed.url for feed in due(feeds, NOW)] == ["c", "a"]
    assert nap(None, NOW, EVERY) == nap(NOW + 2 * EVERY, NOW, EVERY) == 900
    assert nap(NOW - EVERY, NOW, EVERY) == 1
    assert nap(NOW + timedelta(seconds=30), NOW, EVERY) == 30
