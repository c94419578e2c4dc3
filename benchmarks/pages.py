"""How often the title and the date of publication of a page are right.

    reportedly annotate $BENCH/html/pages/*.html > readings.jsonl
    python benchmarks/pages.py readings.jsonl [--wrong]

The labels and their guideline are in `pages.toml`. A title is right where its words are the printed headline's, whatever
the case and the marks between them; a date where its day is the one declared or the one shown. A page without a reading
counts as wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path, PurePath
from typing import Any

DIGITS = 16


def key(title: str | None) -> str:
    """What `pages.toml` knows a title by."""
    words = " ".join(re.findall(r"\w+", (title or "").lower()))
    return hashlib.sha256(words.encode()).hexdigest()[:DIGITS]


def main() -> int:
    """Print the two figures, and with ``--wrong`` what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list the pages with a wrong title or date")
    given = parser.parse_args()
    labels = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    found: dict[str, dict[str, Any]] = {}
    for line in given.readings.read_text("utf-8").split("\n"):
        if line:
            article = json.loads(line)["article"]
            found[PurePath(article["source"]).name.removesuffix(".gz").removesuffix(".html")] = article
    wrong: dict[str, list[str]] = {"title": [], "date": []}
    for page, label in labels.items():
        article = found.get(page, {})
        if key(article.get("title")) != label["title"]:
            wrong["title"].append(f"{page}: {article.get('title')}")
        if str(article.get("published"))[:10] not in (label["date"], label.get("shown")):
            wrong["date"].append(f"{page}: {article.get('published')}")
    for field, pages in wrong.items():
        print(f"{field:5} {100 * (1 - len(pages) / len(labels)):5.1f} % of {len(labels)}")
        for line in pages if given.wrong else ():
            print("      ", line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
