"""Web archives (WARC, ISO 28500) → the pages in them, one record at a time.

A crawl's archive, such as Common Crawl's CC-NEWS, holds requests, pictures, redirects and pages that are no articles
beside the articles. Only answers are looked at that a server gave with status 200 and as HTML; the rest is counted.
Which of the pages hold an article is decided where pages are read.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from io import BufferedReader
from typing import TYPE_CHECKING

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._identity import Notice, web_address
from reportedly.collect._inputs import Input, Item, PageJob
from reportedly.collect._kinds import GZIP
from reportedly.collect._names import shown

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_HTML = ("text/html", "application/xhtml+xml")
_CODINGS = ("Transfer-Encoding", "Content-Encoding")
_ANSWERS = ("response", "resource")


def pages_of_archive(source: Input, settings: Settings) -> Iterator[Item]:
    """The HTML pages of an archive, in its order. Where it is broken, it ends."""
    from warcio.archiveiterator import WARCIterator

    logging.getLogger("warcio").setLevel(logging.ERROR)  # it would report each repair on standard error
    number = pages = 0
    try:
        records = WARCIterator(_Short(source.stream))
        records.INC_RECORD = ""  # what it would write to standard error by itself
        for record in records:
            number += 1
            if not _is_page(record):
                continue
            pages += 1
            yield _page(record, source, number, settings)
    # warcio raises whatever a hostile archive leads it to; what it gave before is good.
    except Exception as problem:
        said = " ".join(str(problem).split())[:200].encode("ascii", "backslashreplace").decode()
        reason = shown(said) or type(problem).__name__
        yield InputError(source.name, f"broken WARC file after {number:,} records: {reason}")
        return
    if not pages:
        yield InputError(source.name, f"no page of HTML, given with status 200, in its {number:,} records")
    elif pages < number:
        said = f"{number - pages:,} of {number:,} records left out: no pages of HTML that were given with status 200"
        yield Notice(source.name, said)


class _Short:
    """Reads what is there, not all that was asked for: where a packed archive breaks off, all before it is given."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        try:
            return self._stream.read1(size)
        except EOFError as problem:  # to the archive's reader this is a good end
            raise OSError("the gzip stream ends too early") from problem


def _is_page(record: ArcWarcRecord) -> bool:
    if record.rec_type not in _ANSWERS or web_address(_target(record)) is None:
        return False
    if record.rec_type == "resource":
        return _type(record) in _HTML
    headers = record.http_headers
    return headers is not None and headers.get_statuscode() == "200" and _type(record) in _HTML


def _target(record: ArcWarcRecord) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")


def _content_type(record: ArcWarcRecord) -> str:
    headers = record.http_headers or record.rec_headers
    return (headers.get_header("Content-Type") or "").lower()


def _type(record: ArcWarcRecord) -> str:
    return _content_type(record).partition(";")[0].strip()


def _page(record: ArcWarcRecord, source: Input, number: int, settings: Settings) -> Item:
    url = _target(record)
    name = source.item(number, url)
    if cut := record.rec_headers.get_header("WARC-Truncated"):
        return InputError(name, f"cut off when it was archived ({shown(cut[:40])})")
    try:
        data = _content(record, settings.max_bytes)
    except ValueError as problem:
        return InputError(name, str(problem))
    if len(data) > settings.max_bytes:
        return InputError(name, f"too large: more than {settings.max_bytes:,} bytes")
    charset = _content_type(record).partition("charset=")[2].partition(";")[0].strip("\"' ")
    return PageJob(data, name, url, charset or None)


def _content(record: ArcWarcRecord, limit: int) -> bytes:
    """A page's bytes, out of chunks and unpacked, at most one more than the limit.

    Many crawls leave the headers as they were and keep the content unpacked, so it is unpacked only if it is packed.

    Raises:
        ValueError: it is packed in a way that is not read, or broken.
    """
    from warcio.bufferedreaders import ChunkedDataReader

    headers = record.http_headers
    said = {name: (headers.get_header(name) or "").lower().strip() if headers else "" for name in _CODINGS}
    stream = record.raw_stream
    if said["Transfer-Encoding"] == "chunked":
        stream = ChunkedDataReader(stream)
    data = bytes(stream.read(limit + 1))
    packing = said["Content-Encoding"]
    if packing in ("gzip", "x-gzip"):
        return _unpacked(data, 31, limit) if data.startswith(GZIP) else data
    if packing == "deflate":
        return _unpacked(data, 15, limit) if data[:1] == b"\x78" else data
    if packing not in ("", "identity", "none") and not data.lstrip().startswith(b"<"):
        raise ValueError(f"packed in a way that is not read: {shown(packing[:40])}")
    return data


def _unpacked(data: bytes, form: int, limit: int) -> bytes:
    """``form`` is what zlib calls the window's bits: 31 for gzip, 15 for zlib."""
    unpacker = zlib.decompressobj(form)
    try:
        content = unpacker.decompress(data, limit + 1)
    except zlib.error:
        raise ValueError("its packed content is broken") from None
    if not unpacker.eof and len(content) <= limit:
        raise ValueError("its packed content breaks off")
    return content
