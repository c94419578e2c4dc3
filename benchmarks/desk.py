"""How fast the desk answers on a large library: 20 requests a second, over all kinds of pages.

    python benchmarks/desk.py LIBRARY [--articles 50000] [--seconds 60] [--rate 20]

The library is generated if the file is not there: words drawn by Zipf's law, four articles to a story, several outlets'
wordings to a statement, with readings and readouts written by this script, since reading so many articles would take
hours. The pages' bodies are made for one story in a hundred and used again for the others. The server is `reportedly
serve` in a process of its own; requests are sent when they are due, whether or not earlier ones were answered, and a
time counts from when it was due.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import secrets
import subprocess
import sys
import threading
import time
from collections import defaultdict
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

from reportedly._records import (
    Article,
    Issue,
    Person,
    Quote,
    Reading,
    Readout,
    Report,
    Statement,
    StoryArticle,
    StoryPerson,
    cite,
)
from reportedly.library import Library, _articles, _readings, _readouts, _stories
from reportedly.tell._html import to_body

OUTLETS = [f"Outlet {n}" for n in range(120)]
IN_STORY = 4
SAID = 6


def vocabulary(random_: random.Random) -> tuple[list[str], list[float]]:
    """30,000 words of syllables, and how often each comes."""
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
    words = list(dict.fromkeys("".join(random_.choices(syllables, k=random_.randint(2, 4))) for _ in range(30_000)))
    return words, [1 / (rank + 2.7) for rank in range(len(words))]


class Maker:
    """Makes stories with everything the library keeps of them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secret
        self.words, self.weights = vocabulary(self.random)
        names = [word.capitalize() for word in self.words[5_000:9_000]]
        self.people = list(pairwise(names))
        self.issues = [word.capitalize() for word in self.words[1_000:1_400]]
        self.bodies: list[str] = []

    def sentence(self, length: int) -> str:
        """So many words."""
        return " ".join(self.random.choices(self.words, self.weights, k=length)).capitalize()

    def story(self, number: int, library: Library) -> None:
        """A story of four articles, stored with readings and readout."""
        people = self.random.sample(self.people, 3)
        said = [(people[n % 3], self.sentence(self.random.randint(8, 24))) for n in range(SAID)]
        issue = self.random.choice(self.issues)
        title = self.sentence(8)
        day = f"20{20 + number % 6}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        readings = [self.reading(f"a{number}-{n}", title, day, said) for n in range(IN_STORY)]
        identifier = f"s{number:012x}"
        for reading in readings:
            _articles.store(library, replace(reading.article, blocks=()))
            version = library.db.execute("SELECT max(seq) FROM versions").fetchone()[0]
            _readings.keep(library, version, reading, "benchmark")
        with library.writing() as db:
            for reading in readings:
                values = (reading.article.id, identifier, identifier)
                db.execute("INSERT INTO placed (article, grouped, story) VALUES (?, ?, ?)", values)
            _stories.refresh(db, [identifier], library.now())
        readout = self.readout(identifier, issue, readings, said)
        if number % 100 == 0:
            self.bodies.append(to_body(readout))
        _readouts.keep(library, readout, self.bodies[-1], _readouts.inputs(library.db, identifier))

    def reading(self, identifier: str, title: str, day: str, said: list[tuple[tuple[str, str], str]]) -> Reading:
        """An article of about 450 words that reports four of the statements."""
        text, quotes = title + "\n\n", []
        speakers: dict[str, list[tuple[int, int]]] = {}
        for at, (name, words) in enumerate(self.random.sample(said, 4)):
            text += self.sentence(60) + ".\n\n"
            start = len(text) + 1
            text += f"“{words},” "
            speaker = " ".join(name)
            speakers.setdefault(speaker, []).append((len(text), len(text) + len(speaker)))
            text += f"{speaker} said. {self.sentence(25)}.\n\n"
            of = _articles.slug(speaker)
            quotes.append(
                Quote(f"q{at}", "direct", ((start, start + len(words)),), speaker=f"p-{of}", certainty="high")
            )
        outlet = self.random.choice(OUTLETS)
        digest = sha256(text.encode()).hexdigest()
        url = f"https://{_articles.slug(outlet)}.example/{identifier}"
        article = Article(identifier, "benchmark", text, digest, outlet, title, url, day, language="en")
        people = [
            Person(f"p-{_articles.slug(name)}", name, "person", (), tuple(spans)) for name, spans in speakers.items()
        ]
        return Reading(article, people=tuple(people), quotes=tuple(quotes))

    def readout(
        self, identifier: str, issue: str, readings: list[Reading], said: list[tuple[tuple[str, str], str]]
    ) -> Readout:
        """What would be made of them."""
        statements = []
        for number, (name, words) in enumerate(said):
            reports = tuple(
                Report(one.article.id, quote_.id, "direct", quote_.content, (), (), "high")
                for one in readings
                for quote_ in one.quotes
                if one.article.text[slice(*quote_.content[0])] == words
            )
            if reports:
                speaker = f"p-{_articles.slug(' '.join(name))}"
                statements.append(Statement(f"s-{number}", speaker, None, ("i0",), None, None, reports))
        known = {person.id: person for one in readings for person in one.people}
        people = tuple(StoryPerson(one.id, one.name, "person", (), None, (one.name,), ()) for one in known.values())
        articles = tuple(StoryArticle(one.article, None, (), None, 1.0, True) for one in readings)
        issues = (Issue("i0", issue, tuple(one.id for one in statements), (), ()),)
        title = cite(readings[0].article, (0, readings[0].article.text.index("\n")))
        return Readout(identifier, title, articles, people, tuple(statements), issues, (), (), (), (), ())


def generate(file: Path, articles: int) -> None:
    """A library of so many articles. Until it is whole it has another name."""
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    library = Library(part)
    library.db.execute("PRAGMA synchronous = OFF")  # of generated data nothing can be lost
    maker = Maker(1)
    for number in range(articles // IN_STORY):
        maker.story(number, library)
    library.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    library.close()
    part.rename(file)


def addresses(file: Path, random_: random.Random, maker: Maker) -> list[tuple[str, str]]:
    """Kinds of pages and addresses, each of another story, person or word."""
    library = Library(file)
    stories = [row[0] for row in library.db.execute("SELECT id FROM stories")]
    people = [row[0] for row in library.db.execute("SELECT DISTINCT id FROM people")]
    issues = [row[0] for row in library.db.execute("SELECT DISTINCT id FROM issues")]
    articles = [row[0] for row in library.db.execute("SELECT id FROM articles")]
    library.close()

    def pick(kind: str) -> str:
        words = " ".join(random_.choices(maker.words, maker.weights, k=2))
        return {
            "stories": "/",
            "stories, filtered": f"/?outlet=outlet-{random_.randrange(120)}&since=2022-01-01&several=on",
            "stories, by words": f"/?q={quote(words)}",
            "story": f"/stories/{random_.choice(stories)}",
            "person": f"/people/{random_.choice(people)}",
            "issue": f"/issues/{random_.choice(issues)}",
            "article": f"/articles/{random_.choice(articles)}",
            "outlet": f"/outlets/outlet-{random_.randrange(120)}",
            "search": f"/search?q={quote(words)}",
            "people": "/people",
            "api, person": f"/api/people/{random_.choice(people)}",
        }[kind]

    kinds = ("stories", "stories, filtered", "stories, by words", "story", "story", "person", "issue", "article")
    kinds += ("article", "outlet", "search", "search", "people", "api, person")
    return [(kind, pick(kind)) for _ in range(500) for kind in kinds]


def measure(port: int, token: str, asked: list[tuple[str, str]], rate: float, seconds: float) -> dict[str, list[float]]:
    """Milliseconds of each request, by kind."""
    times: dict[str, list[float]] = defaultdict(list)
    lock, begin = threading.Lock(), time.perf_counter() + 0.5

    def send(number: int) -> None:
        kind, path = asked[number % len(asked)]
        due = begin + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        answer.read()
        taken = (time.perf_counter() - due) * 1000
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        with lock:
            times[kind].append(taken)

    total, workers = int(rate * seconds), 16
    threads = [
        threading.Thread(target=lambda first=first: [send(n) for n in range(first, total, workers)])
        for first in range(workers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if sum(map(len, times.values())) != total:
        raise SystemExit("some requests were not answered")
    return times


def main() -> None:
    """Generate if need be, serve, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=float, default=20)
    given = parser.parse_args()
    if not given.library.exists():
        start = time.perf_counter()
        generate(given.library, given.articles)
        print(f"generated in {time.perf_counter() - start:.0f} s")
    library = Library(given.library)
    count = library.db.execute("SELECT count(*) FROM articles").fetchone()[0]
    library.close()
    print(f"{count:,} articles, {given.library.stat().st_size / 1e6:,.0f} MB")
    maker = Maker(1)
    asked = addresses(given.library, random.Random(2), maker)  # noqa: S311 - no secret
    token = secrets.token_urlsafe(24)
    server = subprocess.Popen(  # noqa: S603 - this package
        [sys.executable, "-m", "reportedly", "serve", "--library", str(given.library), "--port", "0"],
        env={**os.environ, "REPORTEDLY_TOKEN": token}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        line = server.stdout.readline() if server.stdout else ""
        found = re.search(r":(\d+)/", line)
        if not found:
            raise SystemExit("the desk does not start")
        port = int(found[1])
        measure(port, token, asked, 10, 3)  # the first requests load templates
        times = measure(port, token, asked[50:], given.rate, given.seconds)
    finally:
        server.terminate()
        server.wait()
    every = [one for some in times.values() for one in some]
    for kind, some in [*sorted(times.items()), ("all", every)]:
        cuts = quantiles(some, n=100, method="inclusive")
        print(f"{kind:18} {len(some):5} requests  p50 {cuts[49]:6.1f}  p95 {cuts[94]:6.1f}  p99 {cuts[98]:6.1f} ms")


if __name__ == "__main__":
    main()
