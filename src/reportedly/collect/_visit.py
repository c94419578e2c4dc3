"""The polite way to get pages: what a host's robots.txt allows, one request at a time, and not in quick succession.

A page that was kept before is asked for only if it has changed (RFC 9110, conditional requests). A request is made
again only where that helps: the connection broke off, or the host says that it is busy. How long a host wants to be
left alone, it says itself (Retry-After); where that is longer than anybody would wait at a terminal, the page is
refused.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._fetch import Answer, BrokenOffError, Page, ask, follow, page_of
from reportedly.collect._keep import Archive
from reportedly.collect._robots import Robots

if TYPE_CHECKING:
    from collections.abc import Mapping

TRIES = 3
BUSY = frozenset((429, 502, 503, 504))
"""Statuses by which a host says that another try may do better."""
LONGEST_WAIT = 60.0
"""Seconds that a host may ask to be waited for, with Retry-After or in its robots.txt."""


class Keep(Protocol):
    """Where pages are kept as they were fetched."""

    def known(self, url: str) -> Answer | None:
        """What the address last answered, or None."""

    def add(self, answer: Answer, at: datetime) -> None:
        """Keep an answer."""


class Visitor:
    """Gets pages, and knows whom it asked, when, and what they allow. One is for one run; threads may share it.

    Args:
        keep: where pages are kept, if they are.
        ask: makes one request.
        clock: seconds, from any beginning.
        sleep: waits so many seconds.
        now: the time, with its zone.
    """

    def __init__(
        self,
        keep: Keep | None = None,
        *,
        ask: Callable[[str, Settings, Mapping[str, str]], Answer] = ask,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._keep, self._ask, self._clock, self._sleep, self._now = keep, ask, clock, sleep, now
        self._robots = Robots(clock)
        self._free_at: dict[str, float] = {}
        self._busy_until: dict[str, float] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def __call__(self, url: str, settings: Settings) -> Page:
        """Get a page, from where it is kept if it has not changed since.

        Raises:
            InputError: refused, not found, too slow, too large, disallowed, or the host is busy for longer.
        """
        try:
            return page_of(follow(url, settings, self._visit), settings)
        except InputError as problem:
            raise InputError(url, problem.reason) from None

    def changed(self, url: str, settings: Settings, etag: str | None, modified: str | None) -> Page | None:
        """Get a page if it has changed since it had this ETag and this Last-Modified; None if it has not.

        Raises:
            InputError: as a call does.
        """
        asked = _conditions(etag, modified)
        answer = follow(url, settings, lambda here, its: self._once_free(here, its, asked))
        if answer.status == 304:
            return None
        self._put_by(answer)
        try:
            return page_of(answer, settings)
        except InputError as problem:
            raise InputError(url, problem.reason) from None

    def left_alone(self, url: str) -> float:
        """Seconds for which the address's host still asks to be left alone; 0 where it does not."""
        return max(0.0, self._busy_until.get(_host(url), 0.0) - self._clock())

    def _visit(self, url: str, settings: Settings) -> Answer:
        kept = self._keep.known(url) if self._keep else None
        asked = _conditions(kept.header("ETag"), kept.header("Last-Modified")) if kept else {}
        answer = self._once_free(url, settings, asked)
        if answer.status == 304 and kept is not None:
            return kept
        self._put_by(answer)
        return answer

    def _put_by(self, answer: Answer) -> None:
        if self._keep and answer.status == 200:
            self._keep.add(answer, self._now())

    # ------------------------------------------------------------ one host at a time

    def _once_free(self, url: str, settings: Settings, headers: Mapping[str, str]) -> Answer:
        """What the host answers when it is its turn, and when it is not busy."""
        with self._locks[_host(url)]:
            if (left := self.left_alone(url)) > 0:
                raise InputError(url, f"its host asked to be left alone for {left:,.0f} seconds more")
            if settings.robots and (reason := self._robots.refusal(url, settings, self._ask_for_rules)):
                raise InputError(url, reason)
            for tries in range(1, TRIES + 1):
                try:
                    answer = self._in_turn(url, settings, headers)
                except BrokenOffError:
                    if tries == TRIES:
                        raise
                    wait = settings.delay * tries
                else:
                    if answer.status not in BUSY or tries == TRIES:
                        return answer
                    wait = self._asked_to_wait(answer, settings.delay * tries)
                self._sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _in_turn(self, url: str, settings: Settings, headers: Mapping[str, str]) -> Answer:
        host = _host(url)
        if (left := self._free_at.get(host, 0.0) - self._clock()) > 0:
            self._sleep(left)
        try:
            return self._ask(url, settings, headers)
        finally:
            delay = max(settings.delay, min(self._robots.delay(url), LONGEST_WAIT))
            self._free_at[host] = self._clock() + delay

    def _ask_for_rules(self, url: str, settings: Settings) -> Answer:
        # Not in turn: its host is the one that is about to be asked, or one that its rules were moved to.
        return self._ask(url, settings, {})

    def _asked_to_wait(self, answer: Answer, otherwise: float) -> float:
        """Seconds to wait for a busy host.

        Raises:
            InputError: it asks for longer than it is waited for.
        """
        value = (answer.header("Retry-After") or "").strip()
        seconds = otherwise
        if value.isascii() and value.isdecimal():
            seconds = float(value[:9])
        elif value:
            try:
                until = parsedate_to_datetime(value)
                seconds = (until.replace(tzinfo=until.tzinfo or UTC) - self._now()).total_seconds()
            except (ValueError, TypeError, OverflowError):
                pass
        if seconds > LONGEST_WAIT:
            self._busy_until[_host(answer.url)] = self._clock() + seconds
            status = f"answered {answer.status} {answer.reason}".strip()
            raise InputError(answer.url, f"{status}, and asks to be left alone for {seconds:,.0f} seconds")
        return max(seconds, otherwise)


def visitor(settings: Settings) -> Visitor:
    """A visitor that keeps pages where the settings say, if they do.

    Raises:
        KeepError: that file is there and is no web archive.
    """
    return Visitor(Archive(settings.keep) if settings.keep else None)


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _conditions(etag: str | None, modified: str | None) -> dict[str, str]:
    """The headers that ask for a page only if it has changed; the validators go back as they came."""
    headers = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in headers.items() if value}
