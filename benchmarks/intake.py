"""How fast much input goes through `collect`, and in how much memory.

    python benchmarks/intake.py [--pages FOLDER] [--megabytes 50] [--entries 10000]

In a temporary folder it makes a feed with many entries of full text, and web archives of pages (WARC.gz): the pages of
FOLDER, if one is given, else pages invented here with the frame of a news site around them. No two are the same: their
words are changed in each copy. What is measured, each in a process of its own:

- memory: the peak with a tenth of the feed's entries and with all; with a tenth of the archive and with all;
- speed: pages a second of `collect` and of bare trafilatura on the same pages, in turns;
- processes: pages a second with two processes against one.

Processor time is told as well, since on a machine that does other work the times on the clock say little.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from html import escape
from itertools import islice
from pathlib import Path
from typing import cast

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests._inputs import PARAGRAPHS, record, response  # noqa: E402 - after the path of the tests

RUNNING = re.compile(r"(<p\b[^<>]*>)([^<>]{30,})")


def words(dice: random.Random, count: int) -> str:
    """So many words of the invented articles, in chance's order."""
    known = " ".join(PARAGRAPHS).replace("“", "").replace("”", "").split()
    return " ".join(dice.choice(known) for _ in range(count))


def invented(number: int) -> str:
    """A page of a news site: an article of some 600 words between lists of links, scripts, and data on itself."""
    dice = random.Random(number)  # noqa: S311 - made the same each time
    title = words(dice, 9)
    paragraphs = "".join(f"<p>{escape(words(dice, 60))}.</p>" for _ in range(10))
    links = "".join(f'<li class="nav__item"><a href="/s/{n}">{words(dice, 7)}</a></li>' for n in range(150))
    data = json.dumps({"@type": "NewsArticle", "headline": title, "datePublished": "2021-03-05T18:30:00+01:00"})
    state = json.dumps({f"key{n}": words(dice, 12) for n in range(300)})
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Courier</title>'
        f'<script type="application/ld+json">{data}</script><script>window.state = {state};</script></head>'
        f'<body><header><ul class="nav">{links}</ul></header><main><article><h1>{title}</h1>'
        f'<figure><img src="/a.jpg"><figcaption>{words(dice, 15)}</figcaption></figure>{paragraphs}</article>'
        f'<aside><ul class="related">{links}</ul></aside></main><footer><p>© The Courier</p></footer></body></html>'
    )


def varied(html: str, number: int) -> str:
    """A page with the words of its running text in another order, so that no two are one article."""
    dice = random.Random(number)  # noqa: S311 - made the same each time

    def mixed(match: re.Match[str]) -> str:
        found = match[2].split(" ")
        dice.shuffle(found)
        return match[1] + " ".join(found)

    return RUNNING.sub(mixed, html)


def pages(folder: Path | None) -> Iterator[str]:
    """Pages without end, those of a folder over and over, or invented ones."""
    if folder is None:
        number = 0
        while True:
            number += 1
            yield invented(number)
    texts = [file.read_text("utf-8", "replace") for file in sorted(folder.glob("*.html"))]
    number = 0
    while True:
        for text in texts:
            number += 1
            yield varied(text, number)


def make_archive(path: Path, folder: Path | None, size: int) -> int:
    """Write an archive of so many bytes of pages before packing; the number of pages."""
    count = written = 0
    with path.open("wb") as out:
        out.write(gzip.compress(record("warcinfo", "", b"software: benchmark\r\n")))
        for html in pages(folder):
            count += 1
            url = f"https://news{count % 50}.example/{count}"
            for part in (record("request", url, b"GET / HTTP/1.1\r\n\r\n"), response(url, html.encode())):
                written += len(part)
                out.write(gzip.compress(part, 6))
            if written >= size:
                return count
    return count


def make_feed(path: Path, entries: int) -> None:
    """Write a feed with the full text of so many articles."""
    with path.open("w", encoding="utf-8") as out:
        out.write(
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title>'
        )
        for number in range(entries):
            dice = random.Random(number)  # noqa: S311 - made the same each time
            body = "".join(f"<p>{escape(words(dice, 60))}.</p>" for _ in range(8))
            out.write(
                f"<item><title>{words(dice, 8)}</title><link>https://a.example/{number}</link>"
                "<pubDate>Fri, 05 Mar 2021 18:30:00 +0100</pubDate>"
                f"<content:encoded><![CDATA[{body}]]></content:encoded></item>\n"
            )
        out.write("</channel></rss>")


# ---------------------------------------------------------------- in a process of its own


def collected(path: str, processes: int, most: int | None = None) -> dict[str, float]:
    """Collect a file: articles, refusals, seconds, processor seconds, and the peak of memory in MB (of this process).

    ``processor`` is of this process, ``helpers`` of those that it started, all in all.
    """
    from reportedly import Settings, collect_articles

    problems: list[str] = []
    settings = Settings(processes=processes, max_bytes=20_000_000)
    found = collect_articles([path], settings, lambda problem: problems.append(problem.reason))
    started = 0.0
    count = 0
    for _ in islice(found, most):
        count += 1
        if count == WARM:  # libraries are loaded, processes have begun
            started = time.perf_counter()
    seconds = time.perf_counter() - started
    cast(Generator[object], found).close()  # the processes end, and their time is counted
    return {
        "articles": count,
        "refused": len(problems),
        "seconds": seconds,
        "processor": processor_seconds(resource.RUSAGE_SELF),
        "helpers": processor_seconds(resource.RUSAGE_CHILDREN),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def processor_seconds(whose: int) -> float:
    """Processor time, of the program and of the system for it."""
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


WARM = 60
"""Articles before time is taken."""


def bare(path: str, most: int | None = None) -> dict[str, float]:
    """The same pages with nothing but trafilatura, as `collect` calls it."""
    import trafilatura
    from warcio.archiveiterator import WARCIterator

    count, started = 0, 0.0
    with Path(path).open("rb") as stream:
        for found in WARCIterator(stream):
            if found.rec_type == "response" and (most is None or count < most):
                html = found.content_stream().read().decode("utf-8", "replace")
                trafilatura.bare_extraction(html, favor_precision=True, include_comments=False, with_metadata=True)
                count += 1
                if count == WARM:
                    started = time.perf_counter()
    seconds = time.perf_counter() - started
    return {"articles": count, "seconds": seconds, "processor": processor_seconds(resource.RUSAGE_SELF)}


def in_process(*arguments: str) -> dict[str, float]:
    """Run this script once more for one measurement."""
    done = subprocess.run([sys.executable, __file__, "--measure", *arguments], stdout=subprocess.PIPE, check=True)  # noqa: S603 - this file
    return dict(json.loads(done.stdout))


def rate(found: dict[str, float]) -> float:
    """Pages a second after the first ones."""
    return max(0.0, found["articles"] - WARM) / found["seconds"]


def main() -> int:
    """Make the inputs, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--most", type=int, default=600, help="pages for each turn of the measurements of speed")
    parser.add_argument("--measure", nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        kind, path, processes, most = given.measure
        limit = int(most) or None
        print(json.dumps(bare(path, limit) if kind == "bare" else collected(path, int(processes), limit)))
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _memory(folder, given)
        _speed(folder, given)
    return 0


def _memory(folder: Path, given: argparse.Namespace) -> None:
    for entries in (given.entries // 10, given.entries):
        feed = folder / f"feed-{entries}.xml"
        make_feed(feed, entries)
        found = in_process("collect", str(feed), "1", "0")
        print(
            f"feed of {entries:,} entries ({feed.stat().st_size / 1e6:.0f} MB): {found['articles']:,.0f} articles, "
            f"peak {found['peak']:.0f} MB, {rate(found):.0f} entries/s",
            flush=True,
        )
    for size in (given.megabytes // 10, given.megabytes):
        archive = folder / f"{size}.warc.gz"
        count = make_archive(archive, given.pages, size * 1_000_000)
        found = in_process("collect", str(archive), "1", "0")
        print(
            f"archive of {size:,} MB ({archive.stat().st_size / 1e6:.0f} MB packed), {count:,} pages: "
            f"{found['articles']:,.0f} articles, {found['refused']:,.0f} lines of refusals and notices, "
            f"peak {found['peak']:.0f} MB, {rate(found):.1f} pages/s",
            flush=True,
        )


def _speed(folder: Path, given: argparse.Namespace) -> None:
    archive = str(folder / f"{given.megabytes}.warc.gz")
    most = str(given.most)
    ratios, shares, doubled = [], [], []
    for _ in range(given.turns):
        alone = in_process("bare", archive, "1", most)
        one = in_process("collect", archive, "1", most)
        two = in_process("collect", archive, "2", most)
        ratios.append(rate(one) / rate(alone))
        shares.append(alone["processor"] / one["processor"])
        doubled.append(rate(two) / rate(one))
        print(
            f"bare trafilatura {rate(alone):.1f} pages/s, collect {rate(one):.1f}, with two processes {rate(two):.1f} "
            f"(processor: bare {alone['processor']:.1f} s, one {one['processor']:.1f} s; "
            f"two {two['processor']:.1f} s + {two['helpers']:.1f} s in all)",
            flush=True,
        )
    print(
        f"collect against bare trafilatura: median {sorted(ratios)[len(ratios) // 2]:.2f}, "
        f"by processor time {sorted(shares)[len(shares) // 2]:.2f}"
    )
    print(f"two processes against one: median {sorted(doubled)[len(doubled) // 2]:.2f}, best {max(doubled):.2f}")


if __name__ == "__main__":
    raise SystemExit(main())
