"""Breaks inputs of every kind and reads them: nothing but articles and errors of one line may come of it.

    python benchmarks/fuzz.py [--count 50000] [--seed 1] [--slow 10]

The seeds are those of the tests (`tests/_inputs.py`), one of every kind, and bombs: entities, nesting, gzip, endless
lines. Each is changed at random in one to eight places: bytes flipped, pieces cut, doubled, swapped between kinds,
numbers made huge, tags and brackets nested, the whole packed with gzip. What an input links to is never fetched: the
fetch answers with another broken input. A read that takes longer than ``--slow`` seconds is killed and counts as
a hang. Exit status 1 if anything went wrong; the inputs that did are kept beside the report.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import redirect_stderr
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests._inputs import EVERY, PAGE  # noqa: E402

from reportedly import InputError, Settings, collect_articles  # noqa: E402 - after the path of the seeds
from reportedly.collect import Page  # noqa: E402
from reportedly.collect._names import shown  # noqa: E402

MOST_MEMORY = 3_000_000_000
"""Bytes of address space: more, and a read fails."""

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


class HangError(BaseException):
    """A read took too long; no handler of errors keeps it."""


class WrongError(Exception):
    """What came of an input is not as it should be."""


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
            articles = list(collect_articles([str(path)], Settings(max_bytes=5_000_000), problems.append, fetch))
    if written.getvalue():
        raise WrongError(f"written to standard error: {written.getvalue()!r}")
    for problem in problems:
        line = str(problem)
        line.encode()
        if len(line.splitlines()) != 1 or line != shown(line, 10_000) or not problem.source.startswith(str(path)):
            raise WrongError(f"no line that names its input: {line[:500]!r}")
    for article in articles:
        for value in (article.text, article.id, article.title or "", article.outlet or "", *article.authors):
            value.encode()
        if not article.text.strip() or not all(article.text[slice(*block.span)].strip() for block in article.blocks):
            raise WrongError(f"an empty text or block: {article!r}")
    return len(articles), len(problems)


def main() -> int:
    """Break and read inputs; print what came of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slow", type=float, default=10)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "reportedly-fuzz")
    given = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))

    def hang(*_: object) -> None:
        raise HangError

    signal.signal(signal.SIGALRM, hang)
    tally: Counter[str] = Counter()
    slowest = (0.0, "")
    started = time.monotonic()
    names = list(SEEDS)
    for number in range(given.count):
        dice = random.Random(given.seed * 1_000_003 + number)  # noqa: S311 - made the same each time
        kind = names[number % len(names)]
        data = SEEDS[kind] if number < len(names) else changed(SEEDS[kind], dice)
        name = dice.choice(NAMES)
        begun = time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, given.slow)
        try:
            articles, problems = read(data, name, dice)
            tally["articles"] += articles
            tally["errors and notices of one line"] += problems
            tally["inputs with neither"] += not articles and not problems
            tally["inputs with an article"] += articles > 0
        except HangError:
            pass  # counted by its time, as is what hangs where no signal gets through
        except Exception as problem:  # whatever it is, it is what is looked for
            tally[f"crashes: {type(problem).__name__}"] += 1
            _keep(given.keep, data, kind, number, "".join(traceback.format_exception(problem)))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        seconds = time.monotonic() - begun
        slowest = max(slowest, (seconds, f"{kind}, number {number}"))
        if seconds >= given.slow:
            tally[f"hangs over {given.slow:g} s"] += 1
            _keep(given.keep, data, kind, number, f"{seconds} s")
        if (number + 1) % 5000 == 0:
            print(f"{number + 1:,} inputs, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{given.count:,} inputs of {len(names)} seeds in {time.monotonic() - started:.0f} s, peak {peak:.0f} MB")
    for what, count in sorted(tally.items()):
        print(f"{count:8,} {what}")
    print(f"slowest: {slowest[0]:.1f} s ({slowest[1]})")
    return int(
        any(what.startswith(("hang", "crash")) or ("neither" in what and count) for what, count in tally.items())
    )


def _keep(folder: Path, data: bytes, kind: str, number: int, report: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{number}-{kind.replace(' ', '-')}"
    (folder / f"{stem}.bin").write_bytes(data)
    (folder / f"{stem}.txt").write_text(report)


if __name__ == "__main__":
    raise SystemExit(main())
