"""Where output goes: standard output, or a file that is complete or not there at all.

A file is written under another name beside its place and then renamed into it (POSIX rename is atomic), so that neither
a full disk nor a stop in the middle leaves half a page under the name that was asked for.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Literal

from reportedly._errors import ReportedlyError

Format = Literal["html", "md", "json", "plover"]

SUFFIXES: dict[str, Format] = {
    ".html": "html",
    ".htm": "html",
    ".md": "md",
    ".markdown": "md",
    ".json": "json",
}


class OutputError(ReportedlyError):
    """Output cannot be written where it was to go."""


class ReaderGoneError(ReportedlyError):
    """Whoever read standard output has gone away (``| head``)."""


def format_of(path: str) -> Format | None:
    """The format that a path's suffix names."""
    return SUFFIXES.get(Path(path).suffix.lower())


def numbered(path: str, number: int) -> str:
    """The path of the n-th of several files: ``readout.html``, ``readout-2.html``, …"""
    if number == 1:
        return path
    whole = Path(path)
    return str(whole.with_name(f"{whole.stem}-{number}{whole.suffix}"))


def check_writable(path: str) -> None:
    """Find out before the work whether a file can be written.

    Raises:
        OutputError: its folder does not exist or takes no files, or it is a folder itself.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise OutputError(f"{path}: is a folder")
    if not target.parent.is_dir():
        raise OutputError(f"{path}: no such folder: {target.parent}")
    # A device or a pipe is written as it is; a file is replaced, for which its folder has to be writable.
    if not os.access(target if target.exists() and not target.is_file() else target.parent, os.W_OK):
        raise OutputError(f"{path}: cannot be written: permission denied")


@contextmanager
def opened(path: str | None) -> Iterator[BinaryIO]:
    """A binary stream into a file, or to standard output for None. The file is there once the block ends well.

    Raises:
        OutputError: the file cannot be written.
        ReaderGoneError: nobody reads on.
    """
    if path is None:
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except BrokenPipeError as problem:
            raise ReaderGoneError("nobody reads standard output") from problem
        except OSError as problem:
            raise OutputError(f"standard output: cannot be written: {(problem.strerror or '').lower()}") from problem
        return
    target = Path(os.path.realpath(path))  # where a link leads is written, the link stays
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                yield stream
        else:
            yield from _replaced(target)
    except BrokenPipeError as problem:
        raise ReaderGoneError(f"nobody reads {path}") from problem
    except OSError as problem:
        raise OutputError(f"{path}: cannot be written: {(problem.strerror or str(problem)).lower()}") from problem


def _replaced(target: Path) -> Iterator[BinaryIO]:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _mode(target: Path) -> int:
    """The permissions a file is to have: those of the one it replaces, else what the process gives new files."""
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0o022)
        os.umask(mask)
        return 0o666 & ~mask
