"""A bar on the terminal while articles are collected."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import TextIO, TypeVar

SILENT = 1.0
"""Seconds before a bar is shown: what is read at once needs none."""
EVERY = 0.2
"""Seconds between two pictures of it."""
WIDTH = 30

T = TypeVar("T")


class Bar:
    """How much of the input was read, on one line that is written over."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._begun = self._last = clock()
        self._items = 0
        self._drawn = False

    @classmethod
    def of_terminal(cls, stream: TextIO) -> Bar | None:
        """A bar if the stream is a terminal that can write over a line."""
        return cls(stream) if stream.isatty() and os.environ.get("TERM") != "dumb" else None

    def show(self, done: int, total: int) -> None:
        """Tell of one more item, and how many bytes of the input were read; ``total`` is 0 where it is not known."""
        self._items += 1
        now = self._clock()
        if now - self._begun < SILENT or now - self._last < EVERY:
            return
        self._last = now
        full = min(WIDTH, WIDTH * done // total) if total else 0
        share = f"[{'#' * full}{'-' * (WIDTH - full)}] {min(100, 100 * done // total):3} %  " if total else ""
        self._stream.write(f"\r\x1b[K{share}{self._items:,} items")
        self._stream.flush()
        self._drawn = True

    def clear(self) -> None:
        """Take the bar away, for something else to be written."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = False

    def until_end(self, items: Iterator[T]) -> Iterator[T]:
        """The items; the bar is away once they are at an end."""
        try:
            yield from items
        finally:
            self.clear()
