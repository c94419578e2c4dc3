"""Whether every name of a person stands in one record of a story, and no record holds two people.

    python benchmarks/people.py [--shared ../shared]

The labels (`people.toml`) list the people of the stories in `statements.toml` with the names that stand for each. A
name is right where most of its mentions lie in the record that holds most of the person's names, and somewhere at all.
Two people are one where most names of both lie in one record.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from statements import HERE, Labels, read_parts

from reportedly._records import Reading, Readout, Story
from reportedly.compare import compare


def holders(form: str, readings: Mapping[str, Reading], readout: Readout) -> Counter[str]:
    """The records that hold the places where a name stands by itself, each with how many; "" for none."""
    held: Counter[str] = Counter()
    pattern = re.compile(rf"(?<![\w-]){re.escape(form)}(?![\w-])")
    for article, reading in readings.items():
        for match in pattern.finditer(reading.article.text):
            owners = [
                person.id
                for person in readout.people
                for mention in person.mentions
                if mention.article == article and mention.span[0] <= match.start() and match.end() <= mention.span[1]
                and person.kind == "person"
            ]  # fmt: skip
            held[owners[0] if owners else ""] += 1
    return held


def judge(people: Sequence[Sequence[str]], readings: Mapping[str, Reading], readout: Readout) -> tuple[int, list[str]]:
    """How many names are right, and what is wrong in words."""
    right, wrong, owner_of = 0, [], {}
    for forms in people:
        record_of = {}
        for form in forms:
            held = holders(form, readings, readout)
            inside = any(form != other and form in other for other in forms)
            named = held if not inside else Counter({key: count for key, count in held.items() if key})
            record_of[form] = named.most_common(1)[0][0] if named else ""
        main = Counter(record for record in record_of.values() if record).most_common(1)
        record = main[0][0] if main else ""
        for form, held_by in record_of.items():
            if record and held_by == record:
                right += 1
            else:
                wrong.append(f"{form}: not with {forms[0]}")
        if record and record in owner_of:
            wrong.append(f"{forms[0]} and {owner_of[record]} are one")
        owner_of[record] = forms[0]
    return right, wrong


def main() -> int:
    """Print the share of names in the right record, and what is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    given = parser.parse_args()
    stories = {s["id"]: s["people"] for s in tomllib.loads((HERE / "people.toml").read_text("utf-8"))["story"]}
    readings = read_parts(given.shared, [Labels(story, (), (), frozenset()) for story in stories])
    right = total = people = 0
    wrong: list[str] = []
    for story, listed in stories.items():
        readout = compare(Story(story, tuple(sorted(readings[story]))), list(readings[story].values()))
        found, errors = judge(listed, readings[story], readout)
        right += found
        total += sum(map(len, listed))
        people += len(listed)
        wrong += [f"{story[:8]}  {error}" for error in errors]
    print(f"{people} people, {total} names, {100 * right / total:.1f} % in the person's record")
    print(f"{sum(line.endswith('are one') for line in wrong)} pairs of people in one record")
    print("\n".join(wrong))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
