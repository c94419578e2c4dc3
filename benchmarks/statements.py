"""Which reports of two outlets are of one utterance: statements against labels made by reading.

    python benchmarks/statements.py [--shared ../shared] [--part basil|seeds] [--errors]

The labels (`statements.toml`) say of 20 stories of BASIL's development part, three outlets each, and of the five
articles on one meeting which reports are of one utterance, which look like it and are not, and which were left
undecided; by article and offset, without any text. Every other pair of reports is of two utterances.

Counted are pairs of reports from two outlets. A pair of one remark whose parts do not meet (the first sentence in one
outlet, the second in another) and a pair left undecided count neither way. Found is what `compare` puts into one
statement; beside it three simple measures over the same reports, each with the threshold that suits it best here:
the same text but for case and punctuation, token-set ratio (rapidfuzz), and the cosine of the sentence encoder.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

from reportedly import Settings, collect_articles, load_model, read_articles
from reportedly._records import Reading, Story
from reportedly.compare import compare
from reportedly.compare._said import only_said
from reportedly.compare._similarity import encode

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Report:
    """A labelled or found report: its article, its span from end to end, and whether marks hold any of it."""

    article: str
    start: int
    end: int
    quoted: bool
    text: str = field(default="", compare=False)

    def shared(self, other: Report) -> int:
        """Characters that two reports of one article share."""
        if self.article != other.article:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


Label = tuple[Report, str]
Pair = frozenset[Report]


@dataclass(frozen=True)
class Labels:
    """What is known of one story: utterances as reports with the letters of their parts, and pairs not judged."""

    story: str
    utterances: tuple[tuple[Label, ...], ...]
    lookalikes: tuple[Pair, ...]
    undecided: frozenset[Pair]

    def known(self) -> list[Report]:
        """Every labelled report."""
        alone = {report for pair in (*self.lookalikes, *self.undecided) for report in pair}
        return sorted(alone | {report for group in self.utterances for report, _ in group}, key=repr)

    def same(self) -> set[Pair]:
        """The pairs of two outlets that report the same."""
        return {
            frozenset((one, two))
            for group in self.utterances
            for (one, parts), (two, others) in combinations(group, 2)
            if one.article != two.article and set(parts) & set(others)
        }

    def unjudged(self) -> set[Pair]:
        """The pairs that count neither way."""
        apart = {
            frozenset((one, two))
            for group in self.utterances
            for (one, parts), (two, others) in combinations(group, 2)
            if not set(parts) & set(others)
        }
        return apart | self.undecided


def load_labels(path: Path) -> list[Labels]:
    """The labels of a file."""
    stories = []
    for story in tomllib.loads(path.read_text("utf-8"))["story"]:
        prefix = story.get("prefix", "")

        def report(line: Sequence[str | int], prefix: str = prefix) -> Report:
            return Report(prefix + str(line[0]), int(line[1]), int(line[2]), line[3] == "quoted")

        stories.append(
            Labels(
                story["id"],
                tuple(tuple((report(line), str(line[4])) for line in group) for group in story["utterances"]),
                tuple(frozenset(map(report, pair)) for pair in story.get("lookalikes", [])),
                frozenset(frozenset(map(report, pair)) for pair in story.get("undecided", [])),
            )
        )
    return stories


# ---------------------------------------------------------------- what is found


def found_pairs(labels: Labels, readings: Mapping[str, Reading]) -> tuple[list[Report], set[Pair]]:
    """All reports of a story's readings, and the pairs of two articles that stand in one statement."""
    readout = compare(Story(labels.story, tuple(sorted(readings))), list(readings.values()))
    pairs: set[Pair] = set()
    reports = []
    for statement in readout.statements:
        here = [_report(readings[r.article], r.content, r.type) for r in statement.reports]
        reports += here
        pairs |= {frozenset((a, b)) for a, b in combinations(here, 2) if a.article != b.article}
    return reports, pairs


def _report(reading: Reading, content: Sequence[tuple[int, int]], kind: str) -> Report:
    words = " ".join(reading.article.text[start:end] for start, end in content)
    return Report(reading.article.id, content[0][0], content[-1][1], kind != "indirect", words)


def all_reports(readings: Mapping[str, Reading]) -> list[Report]:
    """Every report that `compare` is given."""
    said = only_said(list(readings.values()))
    return [_report(r, q.content, q.type) for r in said for q in r.quotes if q.type != "scare"]


def simple(name: str, reports: Sequence[Report]) -> dict[Pair, float]:
    """The likeness of every pair of two articles' reports by a simple measure, from 0 to 1."""
    measure: Callable[[int, int], float]
    if name == "same text":
        plain = [" ".join(re.findall(r"\w+", report.text.lower())) for report in reports]
        measure = lambda a, b: float(plain[a] == plain[b])  # noqa: E731 - one of three, each a line
    elif name == "token-set ratio":
        measure = lambda a, b: fuzz.token_set_ratio(reports[a].text, reports[b].text) / 100  # noqa: E731
    else:
        vectors = encode([report.text for report in reports])
        measure = lambda a, b: float(vectors[a] @ vectors[b])  # noqa: E731
    return {
        frozenset((reports[a], reports[b])): measure(a, b)
        for a, b in combinations(range(len(reports)), 2)
        if reports[a].article != reports[b].article
    }


# ---------------------------------------------------------------- scores


@dataclass
class Tally:
    """Pairs right, wrong and missed, with what they are."""

    right: int = 0
    wrong: list[Pair] = field(default_factory=list)
    missed: list[Pair] = field(default_factory=list)
    confused: list[Pair] = field(default_factory=list)

    def line(self) -> str:
        """Precision, recall and F1 in percent."""
        wrong, missed = len(self.wrong), len(self.missed)
        p = 100 * self.right / max(1, self.right + wrong)
        r = 100 * self.right / max(1, self.right + missed)
        f = 2 * p * r / (p + r) if p + r else 0.0
        return f"precision {p:5.1f}  recall {r:5.1f}  F1 {f:5.1f}  ({self.right} right, {wrong} wrong, {missed} missed)"


def score(labels: Labels, found: Iterable[Pair], tally: Tally, quoted_only: bool) -> None:
    """Add one story's pairs to a tally; ``quoted_only`` leaves pairs with indirect speech out."""
    known = labels.known()
    label_of: dict[Report, Report | None] = {}

    def labelled(report: Report) -> Report:
        if report not in label_of:
            best = max(known, key=lambda other: (report.shared(other), -abs(report.start - other.start)), default=None)
            label_of[report] = best if best is not None and report.shared(best) else None
        return label_of[report] or report

    same = {pair for pair in labels.same() if not quoted_only or all(report.quoted for report in pair)}
    held, unjudged, seen = labels.same(), labels.unjudged(), set()
    for pair in found:
        mapped = frozenset(map(labelled, pair))
        if mapped in held:
            seen.add(mapped)
        elif mapped not in unjudged and (not quoted_only or all(report.quoted for report in pair)):
            tally.wrong.append(pair)
            if mapped in labels.lookalikes:
                tally.confused.append(pair)
    tally.right += len(same & seen)
    tally.missed += sorted(same - seen, key=lambda pair: sorted(map(repr, pair)))


def read_parts(shared: Path, stories: Sequence[Labels]) -> dict[str, dict[str, Reading]]:
    """The readings of every labelled story, by story and by the article's name in the labels."""
    files = [str(shared / "bench" / "basil" / "articles.jsonl"), *map(str, sorted((shared / "seeds").glob("*.txt")))]
    by_story: defaultdict[str, dict[str, Reading]] = defaultdict(dict)
    wanted = {labels.story for labels in stories}
    articles = list(collect_articles(files, Settings(), lambda line: None))
    chosen = [a for a in articles if _story_of(a.id, a.source) in wanted]
    for reading in read_articles(chosen, load_model()):
        story = _story_of(reading.article.id, reading.article.source)
        by_story[story][reading.article.id] = reading
    return dict(by_story)


def _story_of(identifier: str, source: str) -> str:
    return "seeds" if source.endswith(".txt") else identifier.rpartition("_")[0]


def _with_ids(labels: Labels, readings: Mapping[str, Reading]) -> Labels:
    """Labels of plain files name them by the first digits of the file; readings by their id."""
    if labels.story != "seeds":
        return labels
    ids = {Path(r.article.source).name[:3]: r.article.id for r in readings.values()}

    def moved(report: Report) -> Report:
        return Report(ids[report.article], report.start, report.end, report.quoted)

    return Labels(
        labels.story,
        tuple(tuple((moved(report), parts) for report, parts in group) for group in labels.utterances),
        tuple(frozenset(map(moved, pair)) for pair in labels.lookalikes),
        frozenset(frozenset(map(moved, pair)) for pair in labels.undecided),
    )


def main() -> int:
    """Print the scores of `compare` and of the simple measures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    parser.add_argument("--part", choices=["basil", "seeds"])
    parser.add_argument("--errors", action="store_true", help="print what is wrong and what is missed")
    given = parser.parse_args()
    stories = [
        labels
        for labels in load_labels(HERE / "statements.toml")
        if given.part is None or (labels.story == "seeds") == (given.part == "seeds")
    ]
    readings = read_parts(given.shared, stories)
    stories = [_with_ids(labels, readings[labels.story]) for labels in stories]
    texts = {r.article.id: r.article.text for by_id in readings.values() for r in by_id.values()}
    found = {labels.story: found_pairs(labels, readings[labels.story])[1] for labels in stories}
    alike = sum(len(labels.lookalikes) for labels in stories)
    for quoted_only, name in ((True, "direct and mixed"), (False, "all, with indirect")):
        tally = Tally()
        for labels in stories:
            score(labels, found[labels.story], tally, quoted_only)
        print(f"{name:20}  statements        {tally.line()}  look-alikes joined: {len(tally.confused)} of {alike}")
        if given.errors:
            for kind, pairs in (("wrong", tally.wrong), ("missed", tally.missed)):
                for pair in pairs:
                    print(f"  {kind}: " + "  ##  ".join(_shown(report, texts) for report in sorted(pair, key=repr)))
        for measure in ("same text", "token-set ratio", "encoder"):
            print(f"{'':20}  {measure:16}  {_best(measure, stories, readings, quoted_only)}")
    return 0


def _best(measure: str, stories: Sequence[Labels], readings: Mapping[str, dict[str, Reading]], quoted: bool) -> str:
    """The line of a simple measure at the threshold with its best F1."""
    values = [(labels, simple(measure, all_reports(readings[labels.story]))) for labels in stories]
    best, line = -1.0, ""
    for step in range(40, 101, 2):
        tally = Tally()
        for labels, likeness in values:
            score(labels, [pair for pair, value in likeness.items() if value >= step / 100], tally, quoted)
        f = 2 * tally.right / max(1, 2 * tally.right + len(tally.wrong) + len(tally.missed))
        if f > best:
            best, line = f, f"{tally.line()}  from {step / 100:.2f}"
    return line


def _shown(report: Report, texts: Mapping[str, str]) -> str:
    text = " ".join(texts[report.article][report.start : report.end].split())
    return f"[{report.article[-12:]}:{report.start}{'' if report.quoted else ' indirect'}] {text[:160]}"


if __name__ == "__main__":
    raise SystemExit(main())
