"""Round after round, until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from reportedly._errors import InputError
from reportedly.watch._due import nap
from reportedly.watch._stop import Stop
from reportedly.watch._watch import Watcher

AWAKE = timedelta(minutes=1)
"""The longest sleep: then the list of feeds is read again."""


def run(
    watcher: Watcher,
    feeds: Callable[[], list[str]],
    stop: Stop,
    tell: Callable[[str], None],
    now: Callable[[], datetime],
    *,
    once: bool = False,
    deliver: Callable[[], None] = lambda: None,
) -> int:
    """Watch the feeds; how many requests failed in the last round. It returns only if ``once``.

    ``deliver`` is called after every round, to post what changed.

    Raises:
        InputError: the list of feeds cannot be read at the start; later on, the feeds known so far are watched.
        StopError: it was told to stop.
    """
    watcher.watch(feeds())
    watcher.begin()
    offline, unreadable = False, ""
    while True:
        done = watcher.round()
        if done.offline and not offline:
            tell(f"nothing answers ({done.offline}); tried again every minute")
        elif offline and not done.offline and done.asked:
            tell("the network is back")
        offline = bool(done.offline) or (offline and not done.asked)
        deliver()
        if once:
            return done.failed
        stop.sleep(AWAKE.total_seconds() if done.offline else nap(watcher.next_due(), now(), AWAKE))
        try:
            watcher.watch(feeds())
            unreadable = ""
        except InputError as problem:
            if str(problem) != unreadable:
                tell(f"{problem}; the feeds known so far are watched")
            unreadable = str(problem)
