"""How the time to compare grows with the articles on one story.

    python benchmarks/growth.py [--sizes 25 50 100 200]

One story is made of the demo's articles: each copy has its sentences in another order of paragraphs, a part of its
paragraphs left out, figures and days changed here and there, words replaced by others of the demo. So there are many
wordings of each remark, as in a story that hundreds of outlets carry. What reading took is told for all of them.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files

from reportedly import Settings, collect_articles, load_model, read_articles
from reportedly._records import Article, Story
from reportedly.compare import compare

KEPT = 0.7
"""Share of the paragraphs that a copy keeps."""
REPLACED = 0.04
"""Share of the words that a copy has another word for."""


def varied(article: Article, number: int) -> Article:
    """A copy of an article with paragraphs left out and words replaced; the same number gives the same copy."""
    dice = random.Random(number)  # noqa: S311 - made the same each time
    vocabulary = sorted(set(re.findall(r"[a-z]{5,}", article.text)))
    head, *rest = article.text.split("\n\n")
    kept = [paragraph for paragraph in rest if dice.random() < KEPT] or rest[:1]

    def another(match: re.Match[str]) -> str:
        return dice.choice(vocabulary) if dice.random() < REPLACED else match.group()

    text = "\n\n".join([head, *(re.sub(r"\b[a-z]{5,}\b", another, paragraph) for paragraph in kept)])
    digest = sha256(text.encode()).hexdigest()
    return replace(
        article, id=f"copy-{number}", source=f"copy-{number}", outlet=f"Outlet {number}", url=None, text=text,
        sha256=digest, blocks=(),
    )  # fmt: skip


def main() -> int:
    """Print seconds and statements by the number of articles."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[25, 50, 100, 200])
    given = parser.parse_args()
    demo = str(files("reportedly.demo").joinpath("coverage.jsonl"))
    originals = list(collect_articles([demo], Settings(), lambda line: None))
    copies = [varied(originals[number % len(originals)], number) for number in range(max(given.sizes))]
    model = load_model()
    started = time.perf_counter()
    readings = list(read_articles(copies, model))
    print(f"{len(copies):4} articles read in {time.perf_counter() - started:.1f} s", flush=True)
    compare(Story("warm", tuple(r.article.id for r in readings[:5])), readings[:5])
    for size in given.sizes:
        part = readings[:size]
        started = time.perf_counter()
        readout = compare(Story("scale", tuple(r.article.id for r in part)), part)
        seconds = time.perf_counter() - started
        quotes = sum(len(r.quotes) for r in part)
        print(
            f"{size:4} articles  {quotes:6} quotes  {seconds:6.1f} s  {len(readout.statements):5} statements",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
