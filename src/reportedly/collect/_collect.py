"""The stage `collect`: anything → Articles, one at a time, in the order given."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, cast

from reportedly._errors import InputError
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect._extract import extracted
from reportedly.collect._fetch import Fetch
from reportedly.collect._files import files_of, reason_of, size_of
from reportedly.collect._identity import Register
from reportedly.collect._inputs import Found, Input, Link, Listing, PageJob, filled
from reportedly.collect._names import shown
from reportedly.collect._prose import foreign_notice, language_of
from reportedly.collect._publishers import Publishers
from reportedly.collect._readers import items_of
from reportedly.collect._visit import visitor

_WEB = re.compile("https?://", re.I)
_SCHEME = re.compile("[a-z][a-z0-9+.-]+://", re.I)

Progress = Callable[[int, int], None]
"""Called with the bytes of the sources that were read so far and those that there are, as far as that is known."""


def collect(
    sources: Iterable[str],
    settings: Settings,
    on_error: Callable[[InputError], None],
    fetch: Fetch | None = None,
    progress: Progress | None = None,
) -> Iterator[Article]:
    """The articles of the sources, in order, as they are asked for.

    A source is the path of a file (also gzipped) of one of the kinds of docs/inputs.md or a folder of them; an http or
    https address; or ``-`` for standard input. What a file is, its content tells. A text file's text is its content,
    unchanged. An id is the one that a JSON line or a table gives, else made from the content, wherever it lies.

    Args:
        sources: what to read.
        settings: limits of size and time, whether a URL may lead into the local network, and the number of processes.
        on_error: called with each input that is refused; the rest goes on. A `Notice` is no refusal: what it tells of
            was already there, does not read as English, or was read without a broken part of its metadata. What it
            raises, stops.
        fetch: gets a page from the web; a `Visitor` of its own if none is given.
        progress: called after every article and every refusal.
    """
    register = Register()
    run = _Run(settings, fetch or visitor(settings))
    publishers = Publishers(settings.outlets)
    listed = list(sources)
    total = sum(size_of(source) for source in listed if progress and not _SCHEME.match(source))
    for found in extracted((item for source in listed for item in run.items(source)), settings):
        if progress:
            progress(run.position(), total)
        problem = found if isinstance(found, InputError) else register.admit(found)
        if problem is not None:
            on_error(problem)
        elif isinstance(found, Article):
            if (notice := foreign_notice(found)) is not None:
                on_error(notice)
            yield completed(found, publishers)


def completed(article: Article, publishers: Publishers) -> Article:
    """The article with its language, and with what a user's table tells of its outlet."""
    return publishers.tell(replace(article, language=article.language or language_of(article.text) or None))


@dataclass
class _Run:
    """One run over its sources: how it gets what is elsewhere, and how far it has come."""

    settings: Settings
    fetch: Fetch
    _done: int = field(default=0, init=False)
    _open: BinaryIO | None = field(default=None, init=False)

    def position(self) -> int:
        """Bytes of files read so far."""
        return self._done + (self._open.tell() if self._open and self._open.seekable() else 0)

    def items(self, source: str) -> Iterator[Found | PageJob]:
        """What a source holds; what it lists is fetched."""
        name = shown(source)
        try:
            if source == "-":
                yield from self._read(Input(cast(io.BufferedReader, sys.stdin.buffer), name, source))
            elif _WEB.match(source):
                yield from self._fetched(source, name)
            elif _SCHEME.match(source):
                yield InputError(name, "only http and https addresses are read")
            elif not source or "\0" in source:
                yield InputError(name or '""', "not a name of a file")
            elif Path(source).is_dir():
                for path_or_error in files_of(Path(source)):
                    if isinstance(path_or_error, InputError):
                        yield InputError(shown(path_or_error.source), path_or_error.reason)
                    else:
                        yield from self._file(path_or_error)
            else:
                yield from self._file(Path(source))
        except InputError as problem:
            yield InputError(name, problem.reason)

    def _file(self, path: Path) -> Iterator[Found | PageJob]:
        name = shown(str(path))
        try:
            stream = path.open("rb")
        except OSError as problem:
            yield InputError(name, reason_of(problem))
            return
        with stream:
            self._open = stream
            yield from self._read(Input(stream, name, path.name))
            self._done, self._open = self.position(), None

    def _fetched(self, url: str, name: str, listed: Listing | None = None) -> Iterator[Found | PageJob]:
        page = self.fetch(url, self.settings)
        path = page.url.partition("?")[0]
        yield from self._read(
            Input(io.BufferedReader(io.BytesIO(page.data)), name, path, page.url, page.charset, listed)
        )

    def _read(self, source: Input) -> Iterator[Found | PageJob]:
        for item in items_of(source, self.settings):
            if isinstance(item, Link):
                yield from self._followed(item)
            else:
                yield item

    def _followed(self, link: Link) -> Iterator[Found | PageJob]:
        """What a link leads to, with what the list said of it where that itself says nothing."""
        try:
            for found in self._fetched(link.url, link.name, link.listed):
                if isinstance(found, PageJob):
                    yield replace(found, known=link.known)
                else:
                    yield filled(found, link.known) if isinstance(found, Article) else found
        except InputError as problem:
            yield InputError(link.name, problem.reason)
