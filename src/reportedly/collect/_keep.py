"""Keeps pages as they were fetched, in a web archive (WARC 1.1, ISO 28500), for a readout years later.

A record is one answer: its headers and its body as they were sent, the address, the time. Each is written and closed by
itself, so that a run that is cut off leaves a whole file.
"""

from __future__ import annotations

import io
import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly._errors import ReportedlyError
from reportedly.collect._fetch import Answer, normal, user_agent

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_NOT_AS_SENT = frozenset(("transfer-encoding",))
"""Headers of the way, not of the page: the body is kept without its chunks."""


class KeepError(ReportedlyError):
    """The file that pages are kept in cannot be read or written."""


class Archive:
    """A web archive that grows by what is fetched, and knows what is in it. Threads may share it.

    Args:
        path: the file; made with the first page if it is not there.

    Raises:
        KeepError: it is there and is no web archive.
    """

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._lock = threading.Lock()
        self._last: dict[str, int] = {}
        if self._path.exists():
            self._index()

    def known(self, url: str) -> Answer | None:
        """What the address last answered, or None if nothing of it is kept."""
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed

        if (start := self._last.get(normal(url))) is None:
            return None
        try:
            with self._path.open("rb") as file:
                file.seek(start)
                return _answer(next(iter(ArchiveIterator(file))))
        except (OSError, StopIteration, ArchiveLoadFailed) as problem:
            raise KeepError(f"{self._path}: cannot be read: {problem}") from None

    def add(self, answer: Answer, at: datetime) -> None:
        """Keep an answer that came at this time.

        Raises:
            KeepError: the file cannot be written.
        """
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter

        headers = [(name, value) for name, value in answer.headers if name.lower() not in _NOT_AS_SENT]
        status = StatusAndHeaders(f"{answer.status} {answer.reason}".strip(), headers, protocol="HTTP/1.1")
        date = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        try:
            with self._lock, self._path.open("ab") as file:
                writer = WARCWriter(file, gzip=self._path.name.endswith(".gz"), warc_version="1.1")
                if not file.tell():
                    about = {"software": user_agent().partition(" ")[0], "format": "WARC File Format 1.1"}
                    writer.write_record(writer.create_warcinfo_record(self._path.name, about))
                start = file.tell()
                dated = {"WARC-Date": date}
                record = writer.create_warc_record(
                    answer.url,
                    "response",
                    io.BytesIO(answer.body),
                    length=len(answer.body),  # else warcio copies it into a file that it leaves open
                    http_headers=status,
                    warc_headers_dict=dated,
                )
                writer.write_record(record)
        except OSError as problem:
            raise KeepError(f"{self._path}: cannot be written: {(problem.strerror or str(problem)).lower()}") from None
        self._last[answer.url] = start

    def _index(self) -> None:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed

        try:
            with self._path.open("rb") as file:
                records = ArchiveIterator(file)
                for record in records:
                    if _is_page(record):
                        self._last[record.rec_headers.get_header("WARC-Target-URI")] = records.get_record_offset()
        except (OSError, EOFError, ValueError, ArchiveLoadFailed) as problem:
            reason = str(problem).strip().split("\n")[0]
            raise KeepError(f"{self._path}: is no web archive that can be added to: {reason}") from None


def _is_page(record: ArcWarcRecord) -> bool:
    """Whether a record holds a page as `Archive.add` writes them; another tool's may be chunked, or an error's."""
    headers = record.http_headers if record.rec_type == "response" else None
    return headers is not None and headers.get_statuscode() == "200" and not headers.get_header("Transfer-Encoding")


def _answer(record: ArcWarcRecord) -> Answer:
    """The answer in a record."""
    status, _, reason = record.http_headers.statusline.partition(" ")
    url = record.rec_headers.get_header("WARC-Target-URI")
    return Answer(url, int(status), reason, tuple(record.http_headers.headers), record.raw_stream.read())
