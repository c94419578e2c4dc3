"""Claims, differences and credited origins of a readout against labels made by reading.

    python benchmarks/facts.py [--shared ../shared] [--part NAME ...] [--errors]

The labels (`facts.toml`) say of the five articles on one meeting and of 15 of BASIL's development stories, three
outlets each, which facts two or more outlets report, where the accounts differ, and whom the texts credit; by article
and offset, without any text. A passage is found where spans overlap.

- claims: those of two or more articles. A labelled one is found where one claim of the readout has passages of it in
  two articles; a claim of the readout is right where one labelled claim has passages in all of its reports. What is
  labelled doubtful counts neither way.
- differences: found, and right, where the kind is the same and two sides hold passages of two labelled sides.
- origins: a credit is found where a credit of the reading overlaps its words; its kind is counted apart.

The stories are in three parts: with ``development`` the rules and weights were made, of ``seen`` some errors were
looked at later, of ``check`` nothing but the figures.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from statements import Labels, read_parts

from reportedly._records import Difference, Reading, Readout, Story
from reportedly.compare import compare

HERE = Path(__file__).resolve().parent
SCORED = ("number", "date", "name", "denial", "wording")
"""Kinds of difference that the total counts; a spelling is a name's."""
KINDS = (*SCORED, "place", "status", "label", "parties")

Place = tuple[str, int, int]


@dataclass
class Tally:
    """What was found of what is labelled, and what is right of what was given."""

    labelled: int = 0
    found: int = 0
    given: int = 0
    right: int = 0

    def add(self, other: Tally) -> None:
        """Count another's with this one's."""
        self.labelled += other.labelled
        self.found += other.found
        self.given += other.given
        self.right += other.right

    def figures(self) -> dict[str, Any]:
        """Precision and recall in per cent, with the counts."""
        return {
            "p": round(100 * self.right / self.given, 1) if self.given else None,
            "r": round(100 * self.found / self.labelled, 1) if self.labelled else None,
            "right": f"{self.right}/{self.given}",
            "found": f"{self.found}/{self.labelled}",
        }


@dataclass
class Result:
    """The tallies of some stories, and what is wrong or missing in words."""

    claims: Tally = field(default_factory=Tally)
    differences: dict[str, Tally] = field(default_factory=dict)
    origins: dict[str, Tally] = field(default_factory=dict)
    kinds_right: int = 0
    errors: list[tuple[str, list[Place]]] = field(default_factory=list)

    def add(self, other: Result) -> None:
        """Count another's with this one's."""
        self.claims.add(other.claims)
        for mine, theirs in ((self.differences, other.differences), (self.origins, other.origins)):
            for kind, tally in theirs.items():
                mine.setdefault(kind, Tally()).add(tally)
        self.kinds_right += other.kinds_right
        self.errors += other.errors


def meets(one: Place, other: Place) -> bool:
    """Whether two passages of one article overlap."""
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def touching(some: Iterable[Place], others: Sequence[Place]) -> list[Place]:
    """Those of some passages that overlap one of the others."""
    return [place for place in some if any(meets(place, other) for other in others)]


def score_claims(gold: Sequence[Sequence[Place]], doubtful: Sequence[Sequence[Place]], readout: Readout) -> Result:
    """Labelled claims found, and claims of the readout that are right."""
    result = Result()
    given = [[(r.article, *r.span) for r in claim.reports] for claim in readout.claims]
    given = [reports for reports in given if len({place[0] for place in reports}) > 1]
    for claim in gold:
        result.claims.labelled += 1
        if any(len({place[0] for place in touching(reports, claim)}) > 1 for reports in given):
            result.claims.found += 1
        else:
            result.errors.append(("claim missing", list(claim)))
    for reports in given:
        if any(len(touching(reports, claim)) == len(reports) for claim in gold):
            result.claims.given += 1
            result.claims.right += 1
        elif not any(len(touching(reports, claim)) == len(reports) for claim in doubtful):
            result.claims.given += 1
            result.errors.append(("claim wrong", reports))
    return result


def _kind(kind: str) -> str:
    return "name" if kind == "spelling" else kind


def score_differences(
    gold: Sequence[tuple[str, list[list[Place]]]], doubtful: Sequence[tuple[str, list[list[Place]]]], readout: Readout
) -> Result:
    """Labelled differences found, and differences of the readout that are right, by kind."""
    result = Result()

    def same(difference: Difference, labelled: tuple[str, list[list[Place]]]) -> bool:
        sides = [[(r.article, *r.span) for r in side.reports] for side in difference.sides]
        held = [{at for at, one in enumerate(labelled[1]) if touching(side, one)} for side in sides]
        apart = any(a != b for at, mine in enumerate(held) for theirs in held[at + 1 :] for a in mine for b in theirs)
        return _kind(difference.kind) == _kind(labelled[0]) and apart

    def tally(kind: str) -> Tally:
        return result.differences.setdefault(_kind(kind), Tally())

    for labelled in gold:
        tally(labelled[0]).labelled += 1
        if any(same(difference, labelled) for difference in readout.differences):
            tally(labelled[0]).found += 1
        else:
            result.errors.append((f"{labelled[0]} missing", [place for side in labelled[1] for place in side]))
    for difference in readout.differences:
        places = [(r.article, *r.span) for side in difference.sides for r in side.reports]
        if any(same(difference, labelled) for labelled in gold):
            tally(difference.kind).given += 1
            tally(difference.kind).right += 1
        elif not any(same(difference, labelled) for labelled in doubtful):
            tally(difference.kind).given += 1
            result.errors.append((f"{difference.kind} wrong", places))
    return result


def score_origins(gold: Sequence[tuple[str, Place]], readings: Mapping[str, Reading]) -> Result:
    """Labelled credits found, by their kind, and credits of the readings that are right."""
    result = Result()
    given = [(c.kind, (name, *c.span)) for name, reading in readings.items() for c in reading.sourcing]
    for kind, place in gold:
        tally = result.origins.setdefault(kind, Tally())
        tally.labelled += 1
        found = [each for each in given if meets(each[1], place)]
        if found:
            tally.found += 1
            result.kinds_right += any(each[0] == kind for each in found)
        else:
            result.errors.append((f"credit missing: {kind}", [place]))
    for kind, place in given:
        tally = result.origins.setdefault(kind, Tally())
        tally.given += 1
        if any(meets(place, other) for _, other in gold):
            tally.right += 1
        else:
            result.errors.append((f"credit wrong: {kind}", [place]))
    return result


def score(story: Mapping[str, Any], readings: Mapping[str, Reading]) -> Result:
    """All tallies of one story."""
    readout = compare(Story(story["id"], tuple(sorted(readings))), list(readings.values()))

    def places(some: Sequence[Sequence[Any]]) -> list[Place]:
        return [(story["prefix"] + name, start, end) for name, start, end in some]

    def sided(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[list[Place]]]]:
        return [(row["kind"], [places(side) for side in row["sides"]]) for row in rows]

    result = score_claims(
        [places(claim) for claim in story["claims"]], [places(c) for c in story["doubtful_claims"]], readout
    )
    result.add(
        score_differences(
            sided(story.get("differences", [])),
            sided(story.get("doubtful_differences", [])),
            readout,
        )
    )
    result.add(score_origins([(kind, *places([place])) for kind, *place in story["origins"]], readings))
    return result


def _print(name: str, result: Result) -> None:
    total, origins = Tally(), Tally()
    for kind in SCORED:
        total.add(result.differences.get(kind, Tally()))
    for tally in result.origins.values():
        origins.add(tally)
    rows: dict[str, Tally] = {"claims": result.claims, "differences": total}
    rows |= {f"  {kind}": result.differences[kind] for kind in KINDS if kind in result.differences}
    rows |= {"origins": origins} | {f"  {kind}": tally for kind, tally in sorted(result.origins.items())}
    print(name)
    for label, tally in rows.items():
        f = tally.figures()
        print(f"  {label:14} P {f['p'] or '-':>5} ({f['right']})  R {f['r'] or '-':>5} ({f['found']})")
    print(f"  kinds of the credits found: {result.kinds_right} of {origins.found} right")
    figures = {label.strip(): tally.figures() for label, tally in rows.items()}
    print(json.dumps({"part": name, **figures}))


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--part", action="append", help="of these parts or stories only")
    parser.add_argument("--errors", action="store_true", help="show what is wrong or missing")
    given = parser.parse_args()
    labels: list[dict[str, Any]] = tomllib.loads((HERE / "facts.toml").read_text("utf-8"))["story"]
    if given.part:
        labels = [each for each in labels if {each["id"][:8], each["part"]} & set(given.part)]
    readings = read_parts(given.shared, [Labels(each["id"], (), (), frozenset()) for each in labels])
    parts: dict[str, Result] = {}
    for each in labels:
        result = score(each, readings[each["id"]])
        for name in (each["part"], "all"):
            parts.setdefault(name, Result()).add(result)
    if given.errors:
        texts = {name: reading.article.text for story in readings.values() for name, reading in story.items()}
        for label, found in parts["all"].errors:
            print(label)
            for article, start, end in found:
                print(f"    {article[:4]}{article[-4:]}  {' '.join(texts[article][start:end].split())[:240]}")
        print(Counter(label for label, _ in parts["all"].errors))
    for name, result in sorted(parts.items()):
        _print(name, result)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
