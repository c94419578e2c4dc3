"""How often the title and the date of publication of a page are right.

    reportedly annotate $BENCH/html/pages/*.html > readings.jsonl
    python benchmarks/pages.py readings.jsonl [--wrong]
    python benchmarks/pages.py $BENCH/html/pages --bare [--wrong]

The labels and their guideline are in `pages.toml`. A title is right where its words are the printed headline's,
whatever the case and the marks between them; a date where its day is the one declared or the one shown. A page without
a reading counts as wrong. With ``--bare`` the pages themselves are read, without anything they state for programs
(metadata elements, links and scripts): what is found then stands in the text and its markup alone.
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

from lxml.html import HTMLParser, document_fromstring, tostring

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._pages import article_of_page

DIGITS = 16


def key(title: str | None) -> str:
    """What `pages.toml` knows a title by."""
    words = " ".join(re.findall(r"\w+", (title or "").lower()))
    return hashlib.sha256(words.encode()).hexdigest()[:DIGITS]


def read(file: Path) -> dict[str, dict[str, Any]]:
    """The articles of a file of readings, by page."""
    articles = [json.loads(line)["article"] for line in file.read_text("utf-8").split("\n") if line]
    return {PurePath(each["source"]).name.removesuffix(".gz").removesuffix(".html"): each for each in articles}


def read_bare(folder: Path) -> dict[str, dict[str, Any]]:
    """The articles of a folder of pages, by page, without what the pages state for programs."""
    found = {}
    for file in sorted(folder.glob("*.html")):
        tree = document_fromstring(file.read_bytes(), parser=HTMLParser(encoding="utf-8"))
        for element in list(tree.iter("meta", "script", "link")):
            element.drop_tree()
        try:
            article = article_of_page(f"<!doctype html>{tostring(tree, encoding='unicode')}", file.name, Settings())
        except InputError as problem:
            print(problem, file=sys.stderr)
        else:
            found[file.stem] = {"title": article.title, "published": article.published}
    return found


def main() -> int:
    """Print the two figures, and with ``--wrong`` what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--bare", action="store_true", help="READINGS is the folder of the pages")
    parser.add_argument("--wrong", action="store_true", help="list the pages with a wrong title or date")
    given = parser.parse_args()
    labels = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    found = (read_bare if given.bare else read)(given.readings)
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
