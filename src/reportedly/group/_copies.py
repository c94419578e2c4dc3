"""Finds text that articles share: reprints, syndicated copy, shared paragraphs.

Word shingles (Broder 1997, "On the resemblance and containment of documents") in an inverted index, so that articles
are compared only where they share a run of words. Containment is what finds a wire story cut to a third, and runs of
shingles give the passages. Each run belongs to the first article that has it, in the order of `_precedence`. What
people say in quotation marks is no evidence of copying, since every reporter in the room writes it down: shingles
stand outside quotations.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly._records import Article, Copy, Span
from reportedly.group._words import words

# Read on reprints made from real articles by cutting and light editing, and on pairs of outlets telling one story.
SHINGLE = 6
"""Words of a shingle."""
SHORTEST = 14
"""Fewest words of a shared run that count as copied; shorter ones are names, titles and stock phrases."""
BRIDGE = 3
"""Words an editor may have put between two shared runs that are one copied passage."""
REPRINT = 0.33
"""Share of an article's own words, standing in one other article, from which it is a copy of part of it at least.

A wire story cut to a third under two local paragraphs is a copy: benchmarks/syndication.py."""
MANY = 30
"""Articles that one shingle is followed to; a reprint shares its other shingles with the original too."""

_QUOTED = re.compile(r"[“\"«][^“”\"«»\n]{1,600}[”\"»]")


@dataclass(frozen=True)
class Copied:
    """What an article shares with others: ``copy_of`` is the id of the one it reprints, ``own_share`` is 0 to 1."""

    copy_of: str | None = None
    copies: tuple[Copy, ...] = ()
    own_share: float = 1.0


@dataclass
class _Tokens:
    words: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """Where a shingle may begin: its words stand in one run outside quotations."""


def find_copies(
    articles: Sequence[Article], quoted: Mapping[str, Sequence[Span]] | None = None, *, as_they_came: bool = False
) -> dict[str, Copied]:
    """What each article shares with the others, by its id.

    Args:
        articles: their blocks may be known or not; of known blocks only body text counts.
        quoted: per article id, the spans inside quotation marks; where an id is missing, marks on one line are paired.
        as_they_came: an article can only be a copy of one that stands before it; otherwise dates decide.
    """
    order = list(articles) if as_they_came else sorted(articles, key=_precedence)
    texts = {article.id: _tokens(article, (quoted or {}).get(article.id)) for article in order}
    index: dict[tuple[str, ...], list[str]] = {}
    found: dict[str, Copied] = {}
    for article in order:
        found[article.id] = _copied(article, texts[article.id], index)
        for start in texts[article.id].starts:
            holders = index.setdefault(tuple(texts[article.id].words[start : start + SHINGLE]), [])
            if len(holders) < MANY and (not holders or holders[-1] != article.id):
                holders.append(article.id)
    return found


def _precedence(article: Article) -> tuple[str, int, str]:
    """Originals first: the earlier published; of one date, or of unknown dates, the longer; then by id."""
    return (article.published or "")[:10] or "9999", -len(article.text), article.id


def _copied(article: Article, tokens: _Tokens, index: Mapping[tuple[str, ...], list[str]]) -> Copied:
    covered: dict[str, set[int]] = {}
    for start in tokens.starts:
        for holder in index.get(tuple(tokens.words[start : start + SHINGLE]), ()):
            covered.setdefault(holder, set()).update(range(start, start + SHINGLE))
    runs = {holder: kept for holder, at in covered.items() if (kept := _runs(sorted(at)))}
    if not runs:
        return Copied()
    sizes = Counter({holder: sum(stop - start for start, stop in kept) for holder, kept in runs.items()})
    everywhere = {at for kept in runs.values() for start, stop in kept for at in range(start, stop)}
    total = len(tokens.words)
    original, size = min(sizes.items(), key=lambda item: (-item[1], item[0]))
    copies = tuple(
        Copy(holder, tuple((tokens.spans[start][0], tokens.spans[stop - 1][1]) for start, stop in runs[holder]))
        for holder in sorted(runs, key=lambda holder: (-sizes[holder], holder))
    )
    return Copied(original if size >= REPRINT * total else None, copies, round(1 - len(everywhere) / total, 4))


def _runs(at: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of covered words, bridged over small edits, that are long enough to be copied."""
    runs: list[tuple[int, int, int]] = []
    for word in at:
        if runs and word - runs[-1][1] <= BRIDGE:
            runs[-1] = (runs[-1][0], word + 1, runs[-1][2] + 1)
        else:
            runs.append((word, word + 1, 1))
    return [(start, stop) for start, stop, shared in runs if shared >= SHORTEST]


def _tokens(article: Article, quoted: Sequence[Span] | None) -> _Tokens:
    text, tokens = article.text, _Tokens()
    bodies = [block.span for block in article.blocks if block.kind == "body"] if article.blocks else [(0, len(text))]
    quoted = sorted(quoted) if quoted is not None else [match.span() for match in _QUOTED.finditer(text)]
    for start, end in _outside(bodies, quoted):
        first = len(tokens.words)
        for word, span in words(text, start, end):
            tokens.words.append(word)
            tokens.spans.append(span)
        tokens.starts.extend(range(first, len(tokens.words) - SHINGLE + 1))
    return tokens


def _outside(spans: Iterable[Span], holes: Sequence[Span]) -> Iterable[Span]:
    """The spans without the holes; both are sorted."""
    at = 0
    for start, end in spans:
        while at < len(holes) and holes[at][1] <= start:
            at += 1
        here = at
        while here < len(holes) and holes[here][0] < end:
            if holes[here][0] > start:
                yield start, holes[here][0]
            start = max(start, holes[here][1])
            here += 1
        if start < end:
            yield start, end
