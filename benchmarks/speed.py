"""How fast `annotate` reads, against the bare spaCy pipeline on the same texts in the same run.

    python benchmarks/speed.py [FILE…] [--repeats N] [--min RATIO]

Without files it reads the demo's coverage. The two take turns, after a round that does not count, so that whatever else
the machine does hits both; of each the median counts. A word is what white space parts. The last line is a JSON object;
with --min the exit status is 1 if the ratio is lower.

The bare pipeline is the one that `reportedly` loads, run with ``pipe`` over the articles' texts. `annotate` is
everything from an article to its line of JSON; collecting the articles and loading the model are in neither.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable

from reportedly import Settings, collect_articles, load_model, read_articles, reading_to_json
from reportedly.demo import coverage


def seconds(work: Callable[[], object]) -> float:
    """What one run takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Words per second of annotate and of the bare spaCy pipeline.")
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--min", type=float, default=0.0, dest="least", metavar="RATIO")
    arguments = parser.parse_args()

    articles = list(collect_articles(arguments.files or coverage(), Settings(), print))
    texts = [article.text for article in articles]
    words = sum(len(text.split()) for text in texts)
    model = load_model()

    def bare() -> None:
        for _ in model.pipe(texts):
            pass

    def annotate() -> None:
        for reading in read_articles(articles, model):
            reading_to_json(reading)

    rounds = [(seconds(bare), seconds(annotate)) for _ in range(arguments.repeats + 1)][1:]
    bare_rate, annotate_rate = (words / statistics.median(times) for times in zip(*rounds, strict=True))
    ratio = annotate_rate / bare_rate
    spread = sorted(bare_time / annotate_time for bare_time, annotate_time in rounds)
    print(f"{len(articles)} articles, {words} words, {arguments.repeats} rounds")
    print(f"bare spaCy pipeline  {bare_rate:8.0f} words/s")
    print(f"annotate             {annotate_rate:8.0f} words/s")
    print(f"ratio                {ratio:8.2f} (single rounds {spread[0]:.2f} to {spread[-1]:.2f})")
    figures = {"words": words, "bare": round(bare_rate), "annotate": round(annotate_rate), "ratio": round(ratio, 3)}
    print(json.dumps(figures))
    return int(ratio < arguments.least)


if __name__ == "__main__":
    sys.exit(main())
