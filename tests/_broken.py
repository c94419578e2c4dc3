"""Inputs of every kind, broken: what comes of them is an article or a line that says why not, and nothing else."""

from __future__ import annotations

import gzip
import io
import random
import re
import tempfile
from contextlib import redirect_stderr
from pathlib import Path

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect import Page, collect
from reportedly.collect._names import shown
from tests._inputs import EVERY, PAGE

BOMBS: dict[str, bytes] = {
    "entities": b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]><rss><channel><item><title>&m;</title><description>&m;</description></item></channel></rss>",
    "a file as an entity": b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<rss><channel><item><title>&x;</title><description>&x;</description></item></channel></rss>",
    "nested xml": b"<rss><channel><item>" + b"<a>" * 50_000,
    "nested html": PAGE.encode().replace(b"<article>", b"<div>" * 20_000 + b"<article>"),
    "attributes": b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">" + PAGE.encode(),
    "nested json": b'{"text": ' + b"[" * 50_000,
    "gzip": gzip.compress(b"0" * 80_000_000),
    "gzip of gzip": gzip.compress(gzip.compress(b"0" * 80_000_000)),
    "one long line": b"{" + b"x" * 3_000_000,
    "one long header": b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\nFrom: a\nDate: b\n\n" + b"word " * 50,
    "parts of a mail": b'Content-Type: multipart/mixed; boundary="b"\nFrom: a\nDate: b\n\n' + b"--b\n\nx\n" * 20_000,
    "an open quotation": b"id,text\n" + b'"' * 1_000_000,
    "many feeds": b"<opml>" + b"<outline>" * 20_000,
}
SEEDS = {**EVERY, **BOMBS}
NAMES = ("input", "a.html", "a.txt", "a.jsonl", "a.csv", "a.md", "a.xml", "a.txt.gz", "a.warc.gz", "a.pdf")
PIECES = (
    b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n\r\n", b"\n",
    b"{", b"}", b"[", b"]", b'"', b"\\u0000", b"\\ud800", b"&#0;", b"&#x110000;", b"&nbsp;", b"99999999999999999999",
    b"-1", b"null", b"Content-Length: 0\r\n", b"Content-Length: 999999999999\r\n", b"Content-Encoding: br\r\n",
    b"Content-Encoding: gzip\r\n", b"Transfer-Encoding: chunked\r\n", b"charset=utf-7", b"charset=x-none", b"stream\n",
    b"endobj", b"/Kids [2 0 R]", b"/Parent 1 0 R", b"/Length 99999999", b"--b\r\n", b"=?utf-8?b?/w==?=", b"From ",
    b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"<item>", b"</item>", b"<entry>", b"<p>", b"</p>", b"<div>", b"<table><tr><td>",
)  # fmt: skip


def changed(data: bytes, dice: random.Random) -> bytes:
    """The input with a few things broken in it."""
    for _ in range(dice.randint(1, 8)):
        data = _change(bytearray(data), dice)
    return data


def _change(data: bytearray, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    end = min(len(data), at + int(dice.expovariate(0.01)))
    return bytes(dice.choice(CHANGES)(data, at, end, dice))


def _flip(data: bytearray, at: int, end: int, dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, 20) if data else 0):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return data


def _cut(data: bytearray, at: int, end: int, dice: random.Random) -> bytes:
    return data[:at] + data[end:]


def _end(data: bytearray, at: int, end: int, dice: random.Random) -> bytes:
    return data[:at]


def _double(data: bytearray, at: int, end: int, dice: random.Random) -> bytes:
    return data[:at] + data[at:end] * dice.choice((1, 2, 10)) + data[at:]


def _insert(data: bytearray, at: int, end: int, dice: random.Random) -> bytes:
    return data[:at] + dice.choice(PIECES) * dice.choice((1, 1, 1, 2, 50, 3000)) + data[at:]


def _swap(data: bytearray, at: int, end: int, dice: random.Random) -> bytes:
    other = dice.choice(list(EVERY.values()))
    start = dice.randrange(len(other))
    return data[:at] + other[start : start + int(dice.expovariate(0.002))] + data[end:]


def _number(data: bytearray, at: int, end: int, dice: random.Random) -> bytes:
    numbers = list(re.finditer(rb"\d+", bytes(data[:200_000])))
    if numbers:
        chosen = dice.choice(numbers)
        data[chosen.start() : chosen.end()] = dice.choice((b"0", b"-1", b"4294967296", b"9" * 30))
    return data


def _lines(data: bytearray, at: int, end: int, dice: random.Random) -> bytes:
    return data.replace(b"\n", dice.choice((b"\r\n", b"", b"\n\n", b"\r")))


def _pack(data: bytearray, at: int, end: int, dice: random.Random) -> bytes:
    return gzip.compress(data, 1) if len(data) < 500_000 else data


def _noise(data: bytearray, at: int, end: int, dice: random.Random) -> bytes:
    return data[:at] + dice.randbytes(min(200, end - at)) + data[end:]


CHANGES = (_flip, _flip, _cut, _end, _double, _insert, _swap, _number, _lines, _pack, _noise)


class WrongError(Exception):
    """What came of an input is not as it should be."""


def read(data: bytes, name: str, dice: random.Random) -> tuple[int, int]:
    """How many articles and errors an input gave.

    Raises:
        WrongError: an article or an error is not as it should be.
    """
    problems: list[InputError] = []
    fetched = 0

    def fetch(url: str, _: Settings) -> Page:
        nonlocal fetched
        fetched += 1
        if fetched > 3:
            raise InputError(url, "answered 404 Not Found")
        return Page(url, changed(dice.choice(list(EVERY.values())), dice), dice.choice((None, "utf-8", "x")))

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        with redirect_stderr(io.StringIO()) as written:
            articles = list(collect([str(path)], Settings(max_bytes=5_000_000), problems.append, fetch))
    if written.getvalue():
        raise WrongError(f"written to standard error: {written.getvalue()!r}")
    for problem in problems:
        line = str(problem)
        line.encode()
        if "unforeseen" in problem.reason:
            raise WrongError(line) from problem.__cause__
        if len(line.splitlines()) != 1 or line != shown(line, 10_000) or not problem.source.startswith(str(path)):
            raise WrongError(f"no line that names its input: {line[:500]!r}")
    for article in articles:
        for value in (article.text, article.id, article.title or "", article.outlet or "", *article.authors):
            value.encode()
        if not article.text.strip() or not all(article.text[slice(*block.span)].strip() for block in article.blocks):
            raise WrongError(f"an empty text or block: {article!r}")
    return len(articles), len(problems)
