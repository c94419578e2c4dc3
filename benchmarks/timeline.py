"""Which dated sentences of two outlets tell of one event: the timeline against labels made by reading.

    python benchmarks/timeline.py [--shared ../shared] [--errors]

The labels (`timeline.toml`) say of 29 stories of BASIL's development part, three outlets each, and of the five articles
on one meeting which dated sentences are of one event, and which of them is doubtful; by article and offset, without any
text. Counted are pairs of sentences of two outlets; found are those that stand in one entry of the timeline. Beside it
what the date alone gives: every pair of one date is one event. The thresholds of the timeline were set by reading pairs
of the same stories.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from statements import Labels, read_parts

from reportedly._records import Reading, Story
from reportedly.compare import compare
from reportedly.compare._dated import dated_sentences
from reportedly.compare._published import date_readings
from reportedly.compare._said import only_said

HERE = Path(__file__).resolve().parent

Sentence = tuple[str, int, int]
Pair = frozenset[Sentence]


def pairs(groups: Iterable[Iterable[Sentence]]) -> set[Pair]:
    """The pairs of two outlets in the same group."""
    return {
        frozenset((one, other))
        for group in groups
        for one, other in combinations(sorted(set(group)), 2)
        if one[0] != other[0]
    }


def found_pairs(story: str, readings: Mapping[str, Reading], known: Iterable[Sentence]) -> set[Pair]:
    """The pairs of known sentences in one entry of the timeline."""
    readout = compare(Story(story, tuple(sorted(readings))), list(readings.values()))
    wanted = set(known)
    entries = ([(p.article, *p.span) for p in entry.passages] for entry in readout.timeline)
    return pairs([place for place in entry if place in wanted] for entry in entries)


def same_date(readings: Mapping[str, Reading], known: Iterable[Sentence]) -> set[Pair]:
    """The pairs of known sentences that give one date."""
    dated = only_said(date_readings(list(readings.values())))
    wanted = set(known)
    by_date: dict[str, list[Sentence]] = {}
    for reading in dated:
        for one in dated_sentences(reading, dated, {}, {}):
            if (one.article, *one.span) in wanted:
                by_date.setdefault(one.date, []).append((one.article, *one.span))
    return pairs(by_date.values())


def scores(found: set[Pair], same: set[Pair], doubtful: set[Pair]) -> dict[str, float]:
    """Precision, recall and F1 in per cent, doubtful pairs left out."""
    found, same = found - (doubtful - same), same - (doubtful - same)
    right = len(found & same)
    precision, recall = right / max(1, len(found)), right / max(1, len(same))
    total = precision + recall
    return {
        "p": round(100 * precision, 1),
        "r": round(100 * recall, 1),
        "f1": round(200 * precision * recall / total if total else 0.0, 1),
    }


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--errors", action="store_true", help="show the pairs that are wrong or missing")
    given = parser.parse_args()
    labels: list[dict[str, Any]] = tomllib.loads((HERE / "timeline.toml").read_text("utf-8"))["story"]
    readings = read_parts(given.shared, [Labels(each["id"], (), (), frozenset()) for each in labels])
    found: set[Pair] = set()
    dates: set[Pair] = set()
    same: set[Pair] = set()
    doubtful: set[Pair] = set()
    for each in labels:
        known: list[Sentence] = [(each["prefix"] + name, start, end) for name, start, end in each["sentences"]]
        found |= found_pairs(each["id"], readings[each["id"]], known)
        dates |= same_date(readings[each["id"]], known)
        same |= pairs([known[at] for at in group] for group in each["events"])
        doubtful |= pairs([known[at] for at in group] for group in each["doubtful"])
    if given.errors:
        texts = {name: reading.article.text for story in readings.values() for name, reading in story.items()}
        _show("wrong", found - same - doubtful, texts)
        _show("missing", same - found - (doubtful - same), texts)
    print(f"{len(labels)} stories, {len(same)} pairs of one event, {len(doubtful - same)} doubtful")
    for name, each_found in (("timeline", found), ("same date", dates)):
        result = scores(each_found, same, doubtful)
        print(f"{name:10}  P {result['p']:5}  R {result['r']:5}  F1 {result['f1']:5}")
        print(json.dumps({"measure": name, **result}))
    return 0


def _show(name: str, some: Iterable[Pair], texts: Mapping[str, str]) -> None:
    for pair in sorted(some, key=sorted):
        print(name)
        for article, start, end in sorted(pair):
            print(f"    {article[-6:]}  {' '.join(texts[article][start:end].split())[:220]}")


if __name__ == "__main__":
    raise SystemExit(main())
