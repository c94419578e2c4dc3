"""The library's file: opening it, one connection for each thread, one writer at a time."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from reportedly._errors import ReportedlyError
from reportedly.collect._versions import address_key
from reportedly.library._migrations import migrate, unknown

PATIENCE = 30.0
"""Seconds to wait for another process that writes."""

CACHE = 32_000
"""Kibibytes of pages that each connection keeps."""


class LibraryError(ReportedlyError):
    """The library cannot be opened, or does not have what was asked for."""


def library_file(named: str | None = None) -> Path:
    """The library's file: as named, else ``REPORTEDLY_LIBRARY``, else in the user's data folder."""
    named = named or os.environ.get("REPORTEDLY_LIBRARY")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("reportedly", appauthor=False) / "library.sqlite"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Library:
    """An open library. ``db`` may be used from any thread; what is written is written inside ``with writing()``.

    Args:
        file: made if it is not there, with its folder.
        now: gives the time that is noted, in ISO 8601.

    Raises:
        LibraryError: it cannot be opened, is no library, or was made by a later version.
    """

    def __init__(self, file: Path, now: Callable[[], str] = _now) -> None:
        self.file, self.now = file, now
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.RLock()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            # Notes are the user's own. SQLite gives the files beside it the permissions that it has when it is opened.
            with suppress(FileExistsError):
                os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            migrate(self.db)
            later = unknown(self.db)
        except (OSError, sqlite3.Error) as problem:
            self.close()
            raise LibraryError(f"{file}: cannot be opened as a library: {_reason(problem)}") from problem
        if later:
            self.close()
            raise LibraryError(f"{file}: made by a later version of reportedly (it has {', '.join(later)})")

    @property
    def db(self) -> sqlite3.Connection:
        """The calling thread's connection. It reads at any time, also while another one writes."""
        found: sqlite3.Connection | None = getattr(self._local, "db", None)
        if found is None:
            found = self._local.db = self._connect()
        return found

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is in the file once the block ends, or nothing is."""
        with self._lock:
            db = self.db
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                db.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close every thread's connection."""
        for db in self._connections:
            db.close()
        self._connections.clear()
        self._local = threading.local()

    def _connect(self) -> sqlite3.Connection:
        # close() is called by one thread for all.
        db = sqlite3.connect(self.file, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        self._connections.append(db)
        db.row_factory = sqlite3.Row
        db.create_function("address_key", 1, address_key, deterministic=True)  # for a migration
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")  # what was reported as stored outlives a loss of power
        db.execute(f"PRAGMA cache_size = -{CACHE}")
        return db


def _reason(problem: Exception) -> str:
    if isinstance(problem, OSError):
        return (problem.strerror or str(problem)).lower()
    return str(problem)
