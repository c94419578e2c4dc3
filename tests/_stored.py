"""Libraries for tests: invented articles on invented events, stored in a file of the test's own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from itertools import count
from pathlib import Path

from reportedly._records import Article
from reportedly.library import Library

HARBOUR = (
    "Mayor Ottilie Brandvold said on Monday the harbour of Skarnes would close for the winter. "
    '"The piles are rotten and I will not wait for a ferry to find out," Brandvold told reporters.\n\n'
    "The Skarnes ferry carries 1,400 passengers a day across the fjord."
)
HARBOUR_TWO = (
    "The harbour of Skarnes will close for the winter, Mayor Ottilie Brandvold said on Monday. "
    '"The piles are rotten," Brandvold said.\n\n'
    "Ferry passengers, 1,400 a day, will have to take the Skarnes fjord road."
)
LIBRARIAN = (
    "The city of Velmora has hired its first night librarian. Ines Castellane, 34, starts in March.\n\n"
    '"People read best when nobody rings," Castellane said at the town hall.'
)


def article(text: str, **known: str) -> Article:
    return Article(source="test", text=text, sha256=sha256(text.encode()).hexdigest(), **known)  # type: ignore[arg-type]


def articles() -> list[Article]:
    """Two articles on one event by two outlets, and one on another."""
    return [
        article(HARBOUR, id="h1", outlet="Skarnes Post", url="https://post.example/harbour", published="2031-02-03"),
        article(HARBOUR_TWO, id="h2", outlet="Fjord Radio", url="https://radio.example/1", published="2031-02-03"),
        article(LIBRARIAN, id="v1", outlet="Velmora Echo", url="https://echo.example/night", published="2031-02-04"),
    ]


def clocked(file: Path) -> Library:
    """A library whose every transaction is later than the one before."""
    ticks = count()
    return Library(file, now=lambda: f"2031-03-01T10:00:00.{next(ticks):06}+00:00")


def lines(file: Path, many: Iterable[Article]) -> Path:
    """The articles as JSON Lines."""
    keys = ("id", "outlet", "title", "url", "published", "text")
    file.write_text("".join(json.dumps({key: getattr(one, key) for key in keys}) + "\n" for one in many), "utf-8")
    return file
