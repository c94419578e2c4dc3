"""The stage `collect`: anything → Articles, one at a time, in the order given."""

from __future__ import annotations

import io
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from reportedly._errors import InputError
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect._decode import DecodeError, decode, decode_page
from reportedly.collect._fetch import Fetch
from reportedly.collect._files import files_of, lines_of, open_input, reason_of
from reportedly.collect._identity import Register, make_id, refusal, sha256
from reportedly.collect._kinds import (
    foreign,
    kind_of,
    looks_like_lines,
    looks_like_other_json,
    looks_like_page,
    names_lines,
)
from reportedly.collect._lines import articles_of_lines
from reportedly.collect._names import shown
from reportedly.collect._pages import article_of_page, host_of
from reportedly.collect._prose import foreign_notice, language_of, not_prose
from reportedly.collect._publishers import Publishers
from reportedly.collect._visit import visitor

_WEB = re.compile("https?://", re.I)
_SCHEME = re.compile("[a-z][a-z0-9+.-]+://", re.I)
_BROKEN = (OSError, EOFError, zlib.error)

Found = Article | InputError
"""What an input gives: an article, or why it gives none."""


@dataclass(frozen=True)
class _Input:
    """An open input: its name, the file's own name for its suffix, and what came with a page from the web."""

    stream: BinaryIO
    name: str
    hint: str
    url: str | None = None
    charset: str | None = None


def collect(
    sources: Iterable[str], settings: Settings, on_error: Callable[[InputError], None], fetch: Fetch | None = None
) -> Iterator[Article]:
    """The articles of the sources, in order, as they are asked for.

    A source is the path of a text file, a saved page, a ``.jsonl`` file (each also gzipped) or a folder of them; an
    http or https address; or ``-`` for standard input. What a file is, its content tells. A text file's text is its
    content, unchanged. An id is the one that a JSON line gives, else made from the content, wherever it lies.

    Args:
        sources: what to read.
        settings: limits of size and time, and whether a URL may lead into the local network.
        on_error: called with each input that is refused; the rest goes on. A `Notice` is no refusal: what it tells of
            was already there, does not read as English, or was read without a broken part of its metadata. What it
            raises, stops.
        fetch: gets a page from the web; a `Visitor` of its own if none is given.
    """
    register = Register()
    fetch = fetch or visitor(settings)
    publishers = Publishers(settings.outlets)
    for source in sources:
        for found in _found(source, settings, fetch):
            problem = found if isinstance(found, InputError) else register.admit(found)
            if problem is not None:
                on_error(problem)
            elif isinstance(found, Article):
                if (notice := foreign_notice(found)) is not None:
                    on_error(notice)
                language = found.language or language_of(found.text) or None
                yield publishers.tell(replace(found, language=language))


def _found(source: str, settings: Settings, fetch: Fetch) -> Iterator[Found]:
    name = shown(source)
    try:
        if source == "-":
            yield from _read(_Input(sys.stdin.buffer, name, source), settings)
        elif _WEB.match(source):
            page = fetch(source, settings)
            path = urlsplit(page.url).path
            yield from _read(_Input(io.BytesIO(page.data), name, path, page.url, page.charset), settings)
        elif _SCHEME.match(source):
            yield InputError(name, "only http and https addresses are read")
        elif not source or "\0" in source:
            yield InputError(name or '""', "not a name of a file")
        elif Path(source).is_dir():
            for path_or_error in files_of(Path(source)):
                if isinstance(path_or_error, InputError):
                    yield InputError(shown(path_or_error.source), path_or_error.reason)
                else:
                    yield from _file(path_or_error, settings)
        else:
            yield from _file(Path(source), settings)
    except InputError as problem:
        yield InputError(name, problem.reason)


def _file(path: Path, settings: Settings) -> Iterator[Found]:
    name = shown(str(path))
    try:
        stream = path.open("rb")
    except OSError as problem:
        yield InputError(name, reason_of(problem))
        return
    with stream:
        yield from _read(_Input(stream, name, path.name), settings)


def _read(source: _Input, settings: Settings) -> Iterator[Found]:
    """The articles of an input: many of JSON Lines, one of anything else."""
    try:
        stream = open_input(source.stream)
        head: list[bytes] = []
        while not (head and head[-1].strip()) and (line := stream.readline(settings.max_bytes + 1)):
            head.append(line)
        if names_lines(source.hint) or looks_like_lines(b"".join(head[-1:])):
            yield from articles_of_lines(chain(head, lines_of(stream, settings.max_bytes)), source.name, settings)
            return
        if looks_like_other_json(b"".join(head[-1:])):
            raise InputError(source.name, "is JSON, but not one object on each line")
        data = b"".join(head)
        data += stream.read(max(0, settings.max_bytes + 1 - len(data)))
        yield _article(data, source, settings)
    except InputError as problem:
        yield problem
    except DecodeError as problem:
        yield InputError(source.name, str(problem))
    except _BROKEN as problem:
        yield InputError(source.name, reason_of(problem))


def _article(data: bytes, source: _Input, settings: Settings) -> Article:
    if len(data) > settings.max_bytes:
        raise InputError(source.name, f"too large: more than {settings.max_bytes:,} bytes")
    if what := foreign(data):
        raise InputError(source.name, f"is {what}, which is not read as an article")
    text = decode_page(data, source.charset) if looks_like_page(data, source.hint) else decode(data)
    kind = kind_of(text, source.hint)
    if kind is None:
        raise InputError(source.name, "is XML of another kind, not an article")
    if kind == "page":
        return article_of_page(text, source.name, settings, source.url)
    if reason := refusal(text, settings.max_characters) or not_prose(text):
        raise InputError(source.name, reason)
    digest, outlet = sha256(text), host_of(source.url)
    return Article(
        id=make_id(digest, outlet, source.url),
        source=source.name,
        text=text,
        sha256=digest,
        outlet=outlet,
        url=source.url,
    )
