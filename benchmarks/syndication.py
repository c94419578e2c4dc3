"""How well copies are told from other articles on the same story, by kind of edit.

    python benchmarks/syndication.py ../shared/bench/allsides [--show N]

From every article of at least 250 words a copy is made, as an outlet makes one of agency copy, by one of the kinds of
edit in turn; its added paragraphs and its headline are from an article of another story. Negatives are the pairs of
real articles of one story by two outlets. A pair is found if one of the two is said to be a copy of the other. All
articles and copies are grouped together as well, all at once and as a stream: a copy belongs into the story of its
original, though its headline tells another. Real outlets do print agency copy, so some negatives are copies: `--show`
prints those that were found.
Chance is seeded: the figures come out the same each time.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from stories import load, streamed

from reportedly._records import Article
from reportedly.group import find_copies, group_articles

LEAST = 250
"""Words of an article of which copies are made."""
SWAPS = {"said": "told reporters", "has": "had", "will": "would", "but": "yet", "also": "too", "about": "around",
         "after": "following", "more than": "over", "because": "since", "while": "as"}  # fmt: skip
"""What a copy editor might change, for words that any article has."""

Edit = Callable[[list[str], list[str], random.Random], list[str]]


def _cut(paragraphs: list[str], _: list[str], chance: random.Random) -> list[str]:
    """The opening third, by words; a paragraph is cut off where it is too long."""
    total, kept = sum(len(p.split()) for p in paragraphs) // 3, []
    for paragraph in paragraphs:
        words = paragraph.split()
        kept.append(paragraph if len(words) <= total else " ".join(words[:total]))
        total -= len(words)
        if total <= 0:
            break
    return kept


def _dropped(paragraphs: list[str], _: list[str], chance: random.Random) -> list[str]:
    """Half of the paragraphs, here and there."""
    return [p for p in paragraphs if chance.random() < 0.5] or paragraphs[:1]


def _dateline(paragraphs: list[str], _: list[str], chance: random.Random) -> list[str]:
    """Another dateline, and a credit at the end."""
    first = re.sub(r"^[A-Z][A-Z .,]+(?:\([^)]*\))?\s*[—–-]+\s*", "", paragraphs[0])
    return [f"LYNBY, May {chance.randint(1, 30)} (NAP) - {first}", *paragraphs[1:], "Staff contributed to this report."]


def _added(paragraphs: list[str], other: list[str], chance: random.Random) -> list[str]:
    """Two paragraphs of another's: on top or somewhere inside."""
    local = [" ".join(p.split()[:60]) for p in other[:2]]
    at = 0 if chance.random() < 0.5 else chance.randrange(len(paragraphs) + 1)
    return [*paragraphs[:at], *local, *paragraphs[at:]]


def _light(paragraphs: list[str], _: list[str], chance: random.Random) -> list[str]:
    """Every second swap that can be made, and one word in fifty left out."""
    done = []
    for paragraph in paragraphs:
        for word, instead in SWAPS.items():
            paragraph = re.sub(rf"\b{word}\b", lambda m, new=instead: new if chance.random() < 0.5 else m[0], paragraph)
        done.append(" ".join(word for word in paragraph.split(" ") if chance.random() >= 0.02))
    return done


def _wire(paragraphs: list[str], other: list[str], chance: random.Random) -> list[str]:
    """The hardest of all: cut to a third, two local paragraphs, another dateline."""
    return _added(_dateline(_cut(paragraphs, other, chance), other, chance), other, chance)


def _all(paragraphs: list[str], other: list[str], chance: random.Random) -> list[str]:
    return _light(_wire(paragraphs, other, chance), other, chance)


KINDS: dict[str, Edit] = {
    "new headline": lambda paragraphs, other, chance: paragraphs,
    "cut to a third": _cut,
    "paragraphs dropped": _dropped,
    "dateline and credit": _dateline,
    "paragraphs added": _added,
    "light edits": _light,
    "third, local, dateline": _wire,
    "all of these": _all,
}


def copies_of(articles: list[Article], chance: random.Random) -> list[tuple[str, Article, Article]]:
    """Kind, original and copy, for every article that is long enough."""
    made = []
    long = [article for article in articles if len(article.text.split()) >= LEAST]
    for at, article in enumerate(long):
        kind = list(KINDS)[at % len(KINDS)]
        other = long[(at + 1 + chance.randrange(len(long) - 1)) % len(long)]
        paragraphs, others = ([p for p in a.text.split("\n") if p.strip()] for a in (article, other))
        text = "\n\n".join(KINDS[kind](paragraphs, others, chance))
        made.append((kind, article, replace(article, id=f"{article.id} copy", title=other.title, text=text)))
    return made


def is_found(one: Article, other: Article) -> bool:
    """Whether one of the two is said to be a copy of the other."""
    found = find_copies([one, other])
    return found[one.id].copy_of is not None or found[other.id].copy_of is not None


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Recall and precision of copies, by kind of edit.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N of the negatives that were found")
    arguments = parser.parse_args()
    articles, stories = load(arguments.folder)
    made: Counter[str] = Counter()
    right: Counter[str] = Counter()
    copies = copies_of(articles, random.Random(8))  # noqa: S311  copies are made, no secrets
    both = group_articles([*articles, *(copy for _, _, copy in copies)])
    story = {article: each.id for each in both for article in each.articles}
    _, ended = streamed([*articles, *(copy for _, _, copy in copies)])
    grouped, in_stream = (
        Counter(kind for kind, original, copy in copies if where[original.id] == where[copy.id])
        for where in (story, ended)
    )
    for kind, original, copy in copies:
        made[kind] += 1
        right[kind] += is_found(original, copy)
    groups = defaultdict(list)
    for article in articles:
        groups[stories[article.id]].append(article)
    pairs = [p for group in groups.values() for p in combinations(group, 2) if p[0].outlet != p[1].outlet]
    wrong = [pair for pair in pairs if is_found(*pair)]
    for one, other in wrong[: arguments.show]:
        print(f"found: {one.id} ({one.outlet}) and {other.id} ({other.outlet})")
    share = len(wrong) / len(pairs)
    figures = {"negatives": len(pairs), "found": len(wrong)}
    print(f"{len(pairs)} negatives, {len(wrong)} of them found ({100 * share:.2f} %)")
    for kind in KINDS:
        # As many negatives as positives: the precision does not depend on how many copies were made.
        recall = right[kind] / made[kind]
        precision = recall / (recall + share)
        figures[kind] = round(100 * recall, 2)
        together, later = 100 * grouped[kind] / made[kind], 100 * in_stream[kind] / made[kind]
        print(
            f"{kind:24} {made[kind]:5}   recall {100 * recall:6.2f}   precision {100 * precision:6.2f}   "
            f"in the original's story {together:6.2f}   in a stream {later:6.2f}"
        )
    recall = sum(right.values()) / sum(made.values())
    figures |= {"recall": round(100 * recall, 2), "precision": round(100 * recall / (recall + share), 2)}
    print(
        f"{'all':24} {sum(made.values()):5}   recall {figures['recall']:6.2f}   precision {figures['precision']:6.2f}"
    )
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
