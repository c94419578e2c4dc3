"""Files and folders: which to read, and how many bytes of them."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from reportedly._errors import InputError
from reportedly.collect._kinds import GZIP, SUFFIXES


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


def open_input(stream: BinaryIO) -> BinaryIO:
    """The stream, unpacked if it is gzipped, which its first bytes tell."""
    buffered = cast(io.BufferedReader, stream if hasattr(stream, "peek") else io.BufferedReader(cast(Any, stream)))
    return cast(BinaryIO, gzip.GzipFile(fileobj=buffered)) if buffered.peek(2)[:2] == GZIP else buffered


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
    if isinstance(problem, EOFError):
        return "truncated: the gzip stream ends too early"
    if isinstance(problem, gzip.BadGzipFile | zlib.error):
        return "broken gzip file"
    if isinstance(problem, OSError) and problem.strerror:
        return f"cannot be read: {problem.strerror.lower()}"
    return f"cannot be read: {type(problem).__name__}"
