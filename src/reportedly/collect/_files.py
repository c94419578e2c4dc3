"""Files and folders: which to read, and how many bytes of them."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from reportedly._errors import InputError
from reportedly.collect._kinds import GZIP, SUFFIXES

BUFFER = 65_536
"""Bytes that are read ahead."""
ALLOWED = 50_000_000
MOST_TIMES = 300
"""A gzip stream is given up once it has unpacked to more than ``ALLOWED`` bytes and to so many times its own length:
pages and texts shrink to a fifth, the same page over and over to a hundredth, zeros to a thousandth."""


def files_of(folder: Path) -> Iterator[Path | InputError]:
    """The articles' files in a folder and below, by name; what cannot be opened is given as an error in its place.

    Hidden files and folders are left out, links to folders not followed (they may lead back).
    """
    problems: list[OSError] = []
    found: list[Path] = []
    for here, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(here, name)
            for name in names
            if not name.startswith(".") and name.lower().removesuffix(".gz").endswith(SUFFIXES)
        ]
    yield from (InputError(str(problem.filename), reason_of(problem)) for problem in problems)
    yield from sorted((path for path in found if path.is_file() or path.is_symlink()), key=lambda path: path.parts)
    if not found and not problems:
        yield InputError(str(folder), f"no articles in this folder (looked for {', '.join(SUFFIXES)})")


def size_of(source: str) -> int:
    """The bytes of a file, or of a folder's files of articles; 0 where that is not known."""
    path = Path(source)
    try:
        if not path.is_dir():
            return path.stat().st_size
        return sum(found.stat().st_size for found in files_of(path) if isinstance(found, Path))
    except (OSError, ValueError):
        return 0


class PackedBombError(ValueError):
    """A gzip stream that unpacks to far more than text or pages do."""


class _Counted(io.RawIOBase):
    """The packed bytes of a gzip stream, counted."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read1(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Unpacked(io.RawIOBase):
    """The content of a gzip stream, as long as it does not grow out of all proportion."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._packed = _Counted(stream)
        self._file = gzip.GzipFile(fileobj=io.BufferedReader(self._packed, BUFFER))
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read1(len(buffer))
        buffer[: len(data)] = data
        self._count += len(data)
        if self._count > ALLOWED and self._count > MOST_TIMES * self._packed.count:
            raise PackedBombError
        return len(data)


class _Rejoined(io.RawIOBase):
    """A stream whose beginning was read already, from its beginning again."""

    def __init__(self, head: bytes, stream: io.BufferedReader) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._head:
            data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            data = self._stream.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def open_input(stream: BinaryIO | io.BufferedReader) -> io.BufferedReader:
    """The stream, unpacked if it is gzipped, which its first bytes tell."""
    buffered = cast(io.BufferedReader, stream if hasattr(stream, "peek") else io.BufferedReader(cast(Any, stream)))
    return io.BufferedReader(_Unpacked(buffered), BUFFER) if buffered.peek(2)[:2] == GZIP else buffered


def with_head(
    stream: io.BufferedReader, enough: Callable[[bytes], bool], limit: int
) -> tuple[bytes, io.BufferedReader]:
    """The first bytes of a stream, ``limit`` of them or as many as are enough, and the stream from its beginning.

    Of a pipe no more is waited for than is enough: its next line may come tomorrow.
    """
    head = b""
    while len(head) < limit and not enough(head):
        try:
            more = stream.read1(limit - len(head))
        except (OSError, EOFError, zlib.error):
            if not head:
                raise
            break  # what is there is good; whoever reads on meets the fault again
        if not more:
            break
        head += more
    return head, io.BufferedReader(_Rejoined(head, stream), BUFFER)


def lines_of(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The lines of a stream. Of a line longer than ``limit`` one byte more than that is given, the rest left out."""
    while line := stream.readline(limit + 1):
        yield line
        while len(line) > limit and not line.endswith(b"\n"):
            line = stream.readline(limit + 1)
            if len(line) <= limit:
                break


def reason_of(problem: Exception) -> str:
    """Why a file cannot be read, in a few words."""
    if isinstance(problem, FileNotFoundError):
        return "no such file or folder"
    if isinstance(problem, PackedBombError):
        return "unpacks to far more than texts do; not read on"
    if isinstance(problem, EOFError):
        return "truncated: the gzip stream ends too early"
    if isinstance(problem, gzip.BadGzipFile | zlib.error):
        return "broken gzip file"
    if isinstance(problem, OSError) and problem.strerror:
        return f"cannot be read: {problem.strerror.lower()}"
    return f"cannot be read: {type(problem).__name__}"
