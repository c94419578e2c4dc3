"""How often the speaker is right at each level of certainty.

    reportedly annotate ../shared/bench/polnear/articles.jsonl > readings.jsonl
    python benchmarks/certainty.py ../shared/bench/polnear readings.jsonl [--split dev]

A quote is compared with the gold attribution whose content shares most with its own, at least 0.3 of the letters of
both together; quotes without one, and quotes that name no source, are left out. The speaker is right if the words that
name it share a letter with the gold source. Attitudes (`frame …`) stand by themselves.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

SHARED = 0.3
"""Share of the letters of two contents from which they are the same attribution."""


def letters(text: str, spans: Any) -> frozenset[int]:
    """Offsets of the letters and digits in the spans."""
    return frozenset(at for start, end in spans for at in range(start, end) if text[at].isalnum())


def judged(reading: dict[str, Any], gold: list[dict[str, Any]]) -> Counter[tuple[str, str, bool]]:
    """How many quotes of one article are right, by kind and certainty."""
    text = reading["article"]["text"]
    known = [(letters(text, item["content"]), letters(text, item["source"])) for item in gold]
    found: Counter[tuple[str, str, bool]] = Counter()
    for quote in reading["quotes"]:
        content, source = letters(text, quote["content"]), letters(text, quote["source"])
        shares = [(len(content & other) / len(content | other), at) for at, (other, _) in enumerate(known) if other]
        share, at = max(shares, default=(0.0, 0))
        if source and share >= SHARED:
            kind = "attitude" if quote["rule"].startswith("frame ") else "speech"
            found[kind, quote["certainty"], bool(source & known[at][1])] += 1
    return found


def main() -> None:
    """Print a line for each kind and level."""
    parser = argparse.ArgumentParser(description="Accuracy of speakers by certainty.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--split", default="dev")
    arguments = parser.parse_args()
    gold = json.loads((arguments.folder / "gold.json").read_text("utf-8"))["articles"]
    total: Counter[tuple[str, str, bool]] = Counter()
    with arguments.readings.open(encoding="utf-8") as lines:
        for line in lines:
            reading = json.loads(line)
            record = gold.get(reading["article"]["id"])
            if record and record["split"] == arguments.split:
                total += judged(reading, record["attributions"])
    for kind in ("speech", "attitude"):
        for level in ("high", "medium", "low"):
            right, wrong = total[kind, level, True], total[kind, level, False]
            if right + wrong:
                print(f"{kind:9} {level:7} {right + wrong:6} quotes, {100 * right / (right + wrong):.1f} % right")


if __name__ == "__main__":
    main()
