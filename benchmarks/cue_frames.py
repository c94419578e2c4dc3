"""Counts the frames in which words report, for `reportedly.read._frames`.

    python benchmarks/cue_frames.py ../shared/bench/polnear > src/reportedly/read/data/cue_frames.tsv

The folder holds ``articles.jsonl`` and ``gold.json`` of PolNeAR (Newell, Margolin and Ruths 2018); its training part is
counted, its development part is not looked at. A use of a word with a frame is an attribution if a gold attribution has
the word in its cue, and if its content and the frame's complement share at least half of the letters of both together.
What stands in quotation marks is left out. Only counts are written, no text.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reportedly._records import Article
from reportedly.read._blocks import split_blocks
from reportedly.read._drafts import Page
from reportedly.read._frames import frames_of
from reportedly.read._model import load_model
from reportedly.read._parse import parse

FEWEST, LEAST = 2, 0.25
"""Attributions of a word with a frame, and their share of its uses, from which the pair is written down."""
FEWEST_OF_FRAME = 10
"""Attributions of a frame over all words from which it is one at all."""

Pair = tuple[str, str]


def training(folder: Path) -> Iterator[tuple[Article, list[Any]]]:
    """The articles of the training part with their gold attributions."""
    gold = json.loads((folder / "gold.json").read_text("utf-8"))["articles"]
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if gold[record["id"]]["split"] == "train":
                yield Article(record["id"], record["id"], record["text"], ""), gold[record["id"]]["attributions"]


def letters(text: str, spans: Any) -> frozenset[int]:
    """Offsets of the letters and digits in the spans."""
    return frozenset(at for start, end in spans for at in range(start, end) if text[at].isalnum())


def count(folder: Path) -> tuple[Counter[Pair], Counter[Pair]]:
    """Uses and attributions of each word with each frame."""
    uses: Counter[Pair] = Counter()
    attributed: Counter[Pair] = Counter()
    known = {article.id: gold for article, gold in training(folder)}
    articles = (split_blocks(article) for article, _ in training(folder))
    for parsed in parse(articles, load_model()):
        text = parsed.article.text
        cues: defaultdict[int, list[frozenset[int]]] = defaultdict(list)
        for item in known[parsed.article.id]:
            for at in letters(text, item["cue"]):
                cues[at].append(letters(text, item["content"]))
        for paragraph in parsed.paragraphs:
            _count_page(Page(text, paragraph), cues, uses, attributed)
    return uses, attributed


def _count_page(
    page: Page, cues: Mapping[int, list[frozenset[int]]], uses: Counter[Pair], attributed: Counter[Pair]
) -> None:
    for token in page.doc:
        if page.quoted[token.i]:
            continue
        for frame in frames_of(token):
            if any(page.quoted[at] for at in frame.tokens):
                continue
            pair = token.lemma_.lower(), frame.name
            found = letters(page.text, [page.span((at, at + 1)) for at in frame.tokens])
            uses[pair] += 1
            contents = cues.get(page.offset(token.i), ())
            attributed[pair] += any(2 * len(content & found) >= len(content | found) for content in contents)


def main() -> None:
    """Print the table."""
    uses, attributed = count(Path(sys.argv[1]))
    whole: Counter[str] = Counter()
    reporting: Counter[str] = Counter()
    for (word, frame), number in uses.items():
        whole[frame] += number
        reporting[frame] += attributed[word, frame]
    print("# word, frame, uses, attributions: counted by benchmarks/cue_frames.py in the training part of PolNeAR")
    kept = sorted(frame for frame, number in reporting.items() if number >= FEWEST_OF_FRAME)
    for frame in kept:
        print("*", frame, whole[frame], reporting[frame], sep="\t")
    for (word, frame), number in sorted(attributed.items()):
        if frame in kept and word.isalpha() and number >= max(FEWEST, LEAST * uses[word, frame]):
            print(word, frame, uses[word, frame], number, sep="\t")


if __name__ == "__main__":
    main()
