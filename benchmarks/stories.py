"""Fits the weights of `group._likeness`, and how good they are on stories that had no part in it.

    python benchmarks/stories.py ../shared/bench/allsides [--also ../shared/bench/basil]

Stories are halved by a hash of their ids. For each half the weights (a logistic regression on the half's own pairs) and
the threshold are fitted on it alone and scored on the other; all articles are clustered together each time, so that
neither half is easier than the whole. Last come the weights fitted on everything, and the figures of those that the
package has, all at once and as a stream: as each article came, and in the end. F1 is B-cubed, in percent.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from reportedly._records import Article
from reportedly.group import StoryStream, group_articles
from reportedly.group import _link as linking
from reportedly.group._decisions import Decisions
from reportedly.group._likeness import MEASURES, measures
from reportedly.group._stories import weigh_all
from reportedly.group._window import Window

Floats = npt.NDArray[np.float64]
THRESHOLDS = (-2.0, -1.75, -1.5, -1.25, -1.0, -0.75, -0.5, -0.25, 0.0)
RIDGE = 0.1
"""Penalty on the squares of the weights, the first left out."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of articles that are compared, their measures (one row each), and which are of one story."""

    articles: list[str]
    ends: list[tuple[str, str]]
    measures: Floats
    same: Floats


def load(folder: Path) -> tuple[list[Article], dict[str, str]]:
    """A set's articles and the story of each."""
    packed = folder / "articles.jsonl.gz"
    data = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / "articles.jsonl").read_bytes()
    rows = [json.loads(line) for line in data.splitlines()]
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text("utf-8"))
    stories = gold.get("stories") or {key: article["story"] for key, article in gold["articles"].items()}
    known = ("outlet", "title", "url", "published")
    articles = [Article(row["id"], row["id"], row["text"], "", **{key: row[key] for key in known}) for row in rows]
    return [article for article in articles if article.id in stories], stories


def pairs_of(articles: list[Article], stories: Mapping[str, str]) -> Pairs:
    """The pairs that share enough to be compared."""
    window, ends, rows = Window(), [], []
    for article in weigh_all(articles).values():
        window.add(article)
        for other in window.candidates(article):
            ends.append((article.id, other.id))
            rows.append(measures(article, other))
    same = np.array([float(stories[one] == stories[other]) for one, other in ends])
    return Pairs(sorted(article.id for article in articles), ends, np.array(rows), same)


def fit(rows: Floats, same: Floats) -> Floats:
    """Logistic regression by Newton's method."""
    weights = np.zeros(rows.shape[1])
    ridge = np.diag([1e-6] + [RIDGE] * (rows.shape[1] - 1))
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (same - chance) - ridge @ weights
        step = np.linalg.solve((rows * (chance * (1 - chance))[:, None]).T @ rows + ridge, slope)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def cluster(pairs: Pairs, weights: Floats, threshold: float) -> dict[str, str]:
    """The story of each article by these weights: the first of its articles stands for it."""
    links: dict[str, dict[str, float]] = {}
    for (one, other), score in zip(pairs.ends, (pairs.measures @ weights).tolist(), strict=True):
        links.setdefault(one, {})[other] = links.setdefault(other, {})[one] = score
    with patch.object(linking, "SAME", threshold):
        groups = linking.average_link(pairs.articles, links, Decisions())
    return {article: group[0] for group in groups for article in group}


def b_cubed(gold: Mapping[str, str], found: Mapping[str, str], counted: set[str] | None = None) -> float:
    """B-cubed F1 over the counted articles; sizes are over all."""
    sizes, its = Counter(gold[article] for article in found), Counter(found.values())
    shared = Counter((gold[article], found[article]) for article in found)
    over = sorted(counted if counted is not None else found)
    precision = sum(shared[gold[a], found[a]] / its[found[a]] for a in over) / len(over)
    recall = sum(shared[gold[a], found[a]] / sizes[gold[a]] for a in over) / len(over)
    return 200 * precision * recall / (precision + recall)


def halves(stories: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """The articles of two halves of the stories."""
    second = {a for a, story in stories.items() if hashlib.sha256(story.encode()).digest()[0] % 2}
    return set(stories) - second, second


def cross_validate(pairs: Pairs, stories: Mapping[str, str]) -> None:
    """Fit on each half, score on the other, and print both."""
    parts = halves({article: stories[article] for article in pairs.articles})
    scores = []
    for here, there in (parts, parts[::-1]):
        inside = np.array([one in here and other in here for one, other in pairs.ends])
        weights = fit(pairs.measures[inside], pairs.same[inside])
        runs = [(cluster(pairs, weights, threshold), threshold) for threshold in THRESHOLDS]
        found, threshold = max(runs, key=lambda run: (b_cubed(stories, run[0], here), run[1]))
        scores.append((b_cubed(stories, found, here), b_cubed(stories, found, there)))
        mine, others = scores[-1]
        print(f"fitted on {len(here)}: {mine:.1f} (from {threshold}); on the other {len(there)}: {others:.1f}")
    fitted, other = np.mean(scores, axis=0)
    print(f"fitted {fitted:.1f}, held out {other:.1f}, gap {fitted - other:.1f}")


def streamed(articles: list[Article]) -> tuple[dict[str, str], dict[str, str]]:
    """The story of each article when it had come, and in the end, of a stream in order of publication."""
    stream, came, ended = StoryStream(), {}, {}
    for article in sorted(articles, key=lambda article: (article.published or "", article.id)):
        stream.add(article)
        came[article.id] = stream.story_of(article.id)
        for story in stream.take_closed():
            ended.update(dict.fromkeys(story.articles, story.id))
    for story in stream.finish():
        ended.update(dict.fromkeys(story.articles, story.id))
    return came, ended


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Weights and quality of the grouping into stories.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--also", type=Path, help="another set, scored with what the package has")
    arguments = parser.parse_args()
    articles, stories = load(arguments.folder)
    pairs = pairs_of(articles, stories)
    counted = Counter(stories.values())
    wanted = sum(n * (n - 1) // 2 for n in counted.values())
    print(f"{len(pairs.ends)} pairs compared; with {int(pairs.same.sum())} of the {wanted} of one story")
    cross_validate(pairs, stories)
    weights = fit(pairs.measures, pairs.same)
    print("weights " + ", ".join(f"{name}: {weight:.2f}" for name, weight in zip(MEASURES, weights, strict=True)))
    whole = [(round(b_cubed(stories, cluster(pairs, weights, t)), 2), t) for t in THRESHOLDS]
    print("thresholds " + ", ".join(f"{t}: {f1}" for f1, t in whole))
    figures = {}
    for folder in filter(None, (arguments.folder, arguments.also)):
        articles, stories = load(folder)
        found = {a: story.id for story in group_articles(articles) for a in story.articles}
        came, ended = streamed(articles)
        for kind, groups in (("batch", found), ("as it came", came), ("stream", ended)):
            figures[f"{folder.name} {kind}"] = round(b_cubed(stories, groups), 2)
        undated = {article.id for article in articles if not article.published}
        if undated:
            figures[f"{folder.name} batch, dated"] = round(b_cubed(stories, found, set(found) - undated), 2)
            figures[f"{folder.name} batch, undated"] = round(b_cubed(stories, found, undated), 2)
    for name, f1 in figures.items():
        print(f"{name:24} {f1:.2f}")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
