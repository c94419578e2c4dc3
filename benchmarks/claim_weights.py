"""Fits the weights by which clauses are judged to report one fact, on the labels of `facts.py`.

    python benchmarks/claim_weights.py [--shared ../shared] > src/reportedly/compare/data/claims.toml

Of the stories of the part ``development``, every pair of clauses that `measure_pairs` finds worth a look is an example:
of one fact where both overlap passages of one labelled claim; pairs of doubtful claims are left out. Logistic
regression with a ridge penalty, by Newton's method, each story counting as much as its pairs. To stderr: how well each
story's pairs are ranked by weights fitted on the others (average precision, in per cent).
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

import numpy as np
from facts import Place, meets
from numpy.typing import NDArray
from statements import Labels, read_parts

from reportedly._records import Reading
from reportedly.compare._clauses import narrated_clauses
from reportedly.compare._people import merge_people
from reportedly.compare._published import date_readings, infer_published
from reportedly.compare._said import only_said
from reportedly.compare._same_facts import Measures, measure_pairs
from reportedly.compare._similarity import encode
from reportedly.compare._sources import in_order

HERE = Path(__file__).resolve().parent
RIDGE = 3.0
"""Penalty on the squared weights of standardised measures."""
STEPS = 60
"""Newton steps; it settles in some ten."""

Floats = NDArray[np.float64]


def examples(story: Mapping[str, Any], readings: Mapping[str, Reading]) -> tuple[Floats, Floats]:
    """The measures of a story's pairs, shape (pairs, measures), and whether each is of one fact (1 or 0)."""
    ordered = in_order(list(readings.values()))
    ordered = only_said(date_readings(ordered, infer_published(ordered)))
    _, person_map = merge_people(ordered)
    clauses, weights = narrated_clauses(ordered, person_map)
    texts = {reading.article.id: reading.article.text for reading in ordered}

    def groups(name: str) -> list[set[int]]:
        gold = [[(story["prefix"] + place[0], *place[1:]) for place in claim] for claim in story[name]]
        return [_members(claim, [(c.article, *c.span) for c in clauses]) for claim in gold]

    same, doubtful = groups("claims"), groups("doubtful_claims")
    rows, labels = [], []
    for pair in measure_pairs(clauses, weights, texts, encode):
        both = {pair.one, pair.other}
        label = any(both <= group for group in same)
        if label or not any(both <= group for group in doubtful):
            rows.append(astuple(pair.measures))
            labels.append(float(label))
    return np.array(rows), np.array(labels)


def _members(claim: Sequence[Place], places: Sequence[Place]) -> set[int]:
    return {at for at, place in enumerate(places) if any(meets(place, other) for other in claim)}


def fit(measures: Floats, labels: Floats) -> Floats:
    """The constant and the weights, shape (1 + measures,), for measures as they are."""
    mean, spread = measures.mean(axis=0), measures.std(axis=0) + 1e-9
    rows = np.c_[np.ones(len(measures)), (measures - mean) / spread]
    weights = np.zeros(rows.shape[1])
    penalty = RIDGE * np.r_[0.0, np.ones(rows.shape[1] - 1)]
    for _ in range(STEPS):
        guess = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (guess - labels) + penalty * weights
        curve = (rows * (guess * (1 - guess))[:, None]).T @ rows + np.diag(penalty + 1e-9)
        weights -= np.linalg.solve(curve, slope)
    plain = weights[1:] / spread
    return np.r_[weights[0] - plain @ mean, plain]


def average_precision(scores: Floats, labels: Floats) -> float:
    """Mean precision at the places of the right pairs, in per cent."""
    ranked = labels[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    return float(100 * precision[ranked > 0].mean()) if ranked.any() else 0.0


def main() -> int:
    """Print the weights as TOML."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    given = parser.parse_args()
    labels = tomllib.loads((HERE / "facts.toml").read_text("utf-8"))["story"]
    labels = [story for story in labels if story["part"] == "development"]
    readings = read_parts(given.shared, [Labels(story["id"], (), (), frozenset()) for story in labels])
    made = [examples(story, readings[story["id"]]) for story in labels]
    for at, (rows, right) in enumerate(made):
        others = [each for place, each in enumerate(made) if place != at]
        weights = fit(np.vstack([each[0] for each in others]), np.concatenate([each[1] for each in others]))
        ranked = average_precision(weights[0] + rows @ weights[1:], right)
        print(f"{labels[at]['id'][:8]}  {int(right.sum())} of {len(right)} pairs, {ranked:.1f}", file=sys.stderr)
    weights = fit(np.vstack([each[0] for each in made]), np.concatenate([each[1] for each in made]))
    print("# Weights of `_same_facts.Measures`, fitted by benchmarks/claim_weights.py.\n[weights]")
    for name, value in zip(("constant", *(field.name for field in fields(Measures))), weights, strict=True):
        print(f"{name} = {value:.4f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
