"""What an article costs in a stream of many, from the first thousand to the last, beside a plain batch.

    python benchmarks/scale.py ../shared/bench/allsides [--articles 37000] [--days 180] [--plot scale.svg] [--plain N]

The stream is made of a set's articles, again and again: each time names and other capitalised words are changed by one
letter pattern, so that a repetition tells other stories with words of the same rarity. Dates run on evenly over the
days, of which there are enough that a repetition comes after its model has left the window. Time counts everything from
the text on: words, weights, candidates, clustering, copies. Beside it, in the same run, stands scikit-learn's TF-IDF
with average link on as many of the articles as `--plain` says (it compares all pairs: memory and time grow with the
square); without scikit-learn (`pip install scikit-learn`) that is left out.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from stories import b_cubed, load

from reportedly._records import Article
from reportedly.group import StoryStream

UNIT = 1 if sys.platform == "darwin" else 1024
"""Of ``ru_maxrss``, in bytes."""
STEP = 1000
FIRST_DAY = date(2021, 1, 1)

CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,}\b")
CONSONANTS = "bcdfghjklmnpqrstvwxz"


def many(articles: list[Article], count: int, days: int) -> Iterator[Article]:
    """So many articles over so many days, those of one story on the same or the next day; undated stay undated."""
    order = sorted(articles, key=lambda article: (article.published or "", article.id))
    dated = [article for article in order if article.published]
    undated = [article for article in order if not article.published]
    every = len(order) / max(1, len(undated))
    rounds = -(-count // len(order))
    made = 0
    for turn in range(rounds):
        wait, left = 0.0, iter(undated)
        for article in dated:
            day = FIRST_DAY + timedelta(days=made * days // count)
            yield _renamed(article, turn, day.isoformat())
            made, wait = made + 1, wait + 1
            if wait >= every - 1 and (another := next(left, None)) is not None and made < count:
                yield _renamed(another, turn, None)
                made, wait = made + 1, wait - (every - 1)
            if made >= count:
                return


def _renamed(article: Article, turn: int, published: str | None) -> Article:
    def rename(match: re.Match[str]) -> str:
        word = match[0]
        return word[:-1] + CONSONANTS[(ord(word[-1]) + turn) % 20] + CONSONANTS[turn % 20] if turn else word

    text, title = (CAPITALISED.sub(rename, known or "") for known in (article.text, article.title))
    return replace(article, id=f"{article.id}-{turn}", text=text, title=title, published=published)


def plot(times: list[float], path: Path) -> None:
    """Milliseconds an article, by thousands, as an SVG."""
    top, width, height = max(times) * 1.2, 640, 260
    step = (width - 80) / max(1, len(times) - 1)
    points = " ".join(f"{60 + at * step:.1f},{height - 40 - t / top * (height - 70):.1f}" for at, t in enumerate(times))
    ticks = "".join(
        f'<text x="52" y="{height - 36 - share * (height - 70):.0f}" text-anchor="end">{share * top:.1f}</text>'
        for share in (0, 0.25, 0.5, 0.75, 1)
    )
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="12"><rect width="100%" height="100%" fill="#fff"/>{ticks}'
        f'<text x="60" y="18">milliseconds an article, by thousands of articles</text>'
        f'<polyline points="{points}" fill="none" stroke="#1b4f8a" stroke-width="2"/>'
        f'<line x1="60" x2="{width - 20}" y1="{height - 40}" y2="{height - 40}" stroke="#888"/>'
        f'<text x="60" y="{height - 20}">1</text>'
        f'<text x="{width - 20}" y="{height - 20}" text-anchor="end">{len(times)}</text></svg>\n',
        encoding="utf-8",
    )


def stream(articles: Iterator[Article]) -> tuple[list[float], dict[str, str]]:
    """Milliseconds an article, for each thousand, and the story of each; of the processor, not by the clock."""
    grouped, times, stories, spent = StoryStream(), [], [], 0.0
    for number, article in enumerate(articles, start=1):
        start = time.process_time()
        grouped.add(article)
        stories += [(story.id, story.articles) for story in grouped.take_closed()]
        spent += time.process_time() - start
        if number % STEP == 0:
            times.append(spent)
            spent = 0.0
    stories += [(story.id, story.articles) for story in grouped.finish()]
    return times, {article: story for story, its in stories for article in its}


def by_turns(gold: dict[str, str], found: dict[str, str]) -> list[float]:
    """B-cubed F1, in percent, of each repetition of the set."""
    turn = {article: article.rpartition("-")[2] for article in found}
    stories = {article: f"{gold[article.rpartition('-')[0]]}-{its}" for article, its in turn.items()}
    counted = (
        {article for article, its in turn.items() if its == str(number)} for number in range(len({*turn.values()}))
    )
    return [round(b_cubed(stories, found, each), 2) for each in counted]


def plain(articles: list[Article]) -> float | None:
    """Seconds of the processor for scikit-learn's TF-IDF and average link; None where it is not installed."""
    try:
        from sklearn.cluster import AgglomerativeClustering
        from sklearn.feature_extraction.text import TfidfVectorizer
    except ImportError:
        return None
    start = time.process_time()
    texts = [f"{a.title} {a.title} {' '.join(a.text.split()[:300])}" for a in articles]
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    distances = 1 - (vectors @ vectors.T).toarray()
    AgglomerativeClustering(None, metric="precomputed", linkage="average", distance_threshold=0.75).fit(distances)
    return time.process_time() - start


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time and memory of a long stream.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=37_000)
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--plain", type=int, default=6_000, help="articles of the plain batch")
    parser.add_argument("--plot", type=Path)
    arguments = parser.parse_args()
    articles, gold = load(arguments.folder)
    start = time.perf_counter()
    times, found = stream(many(articles, arguments.articles, arguments.days))
    wall = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT
    print(
        f"{arguments.articles} articles over {arguments.days} days, {len({*found.values()})} stories: "
        f"{sum(times):.0f} s, by the clock and with the making of the articles {wall:.0f} s"
    )
    print(f"milliseconds an article, by thousands: {' '.join(f'{t:.1f}' for t in times)}")
    print(f"peak memory {memory / 1e6:.0f} MB")
    quality = by_turns(gold, found)
    print(f"B-cubed F1 of each repetition of the set: {' '.join(f'{f1:.1f}' for f1 in quality)}")
    if arguments.plot:
        plot(times, arguments.plot)
    seconds = plain(list(many(articles, arguments.plain, arguments.days)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT
    if seconds is None:
        print("scikit-learn is not installed: no plain batch beside it")
    else:
        print(f"scikit-learn, average link, {arguments.plain} articles: {seconds:.0f} s, peak {peak / 1e6:.0f} MB")
    figures = {"seconds": round(sum(times), 1), "memory": memory, "plain": seconds}
    print(json.dumps({**figures, "times": [round(each, 2) for each in times], "b3_f1": quality}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
