"""Stopping: a signal is noted, and heeded where nothing is half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class StopError(Exception):
    """The process was told to stop; what was stored is whole."""


class Stop:
    """Whether the process was told to stop."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def check(self) -> None:
        """Between two things that are each whole.

        Raises:
            StopError: it was told to stop.
        """
        if self._event.is_set():
            raise StopError

    def sleep(self, seconds: float) -> None:
        """Sleep, but no longer than until it is told to stop.

        Raises:
            StopError: it was told to stop.
        """
        self._event.wait(seconds)
        self.check()

    def set(self) -> None:
        """Stop."""
        self._event.set()

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Heed SIGINT and SIGTERM; a second one stops at once, which loses only what was not stored yet."""

        def heed(_: int, __: FrameType | None) -> None:
            if self._event.is_set():
                raise KeyboardInterrupt
            self._event.set()

        before = {number: signal.signal(number, heed) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
