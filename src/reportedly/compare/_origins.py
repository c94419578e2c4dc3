"""Who stands behind the reports of a claim: the sources that they count as.

A report whose words are copied has the origin of what it copies. An article that credits somebody with the fact, where
it first does so, has him as its origin; any other is its own. One source under two names ("the newspaper
Ledger", "The Ledger"), or by its initials, is one origin: two outlets that credit one newspaper have one origin between
them, and so have two that credit "officials" of whom no more is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reportedly._records import ClaimReport, Reading, Span, StoryArticle
from reportedly.compare._words import overlaps
from reportedly.group._words import commonness, stem, words

COMMON_NAME = 0.1
"""Share of articles that hold a word from which it does not tell one source from another: "the", "newspaper"."""


def make_reports(
    passages: Sequence[tuple[str, Span]], readings: Mapping[str, Reading], articles: Mapping[str, StoryArticle]
) -> tuple[ClaimReport, ...]:
    """The reports of a claim by its passages, each with whom it credits, what it copies, and its origin."""
    credited = [_credited(span, readings[article]) for article, span in passages]
    copied = [_copied(passage, passages, articles) for passage in passages]
    by_article: dict[str, str] = {}
    for name, (article, _) in zip(credited, passages, strict=True):
        if name is not None:
            by_article.setdefault(article, name)
    names = [
        by_article.get(article) or readings[article].article.outlet or f"article {article}" for article, _ in passages
    ]
    own: dict[str, str] = {}
    for name, (article, _), original in zip(names, passages, copied, strict=True):
        if original is None:
            own.setdefault(article, name)
    behind = [own.get(original or "", name) if original else name for name, original in zip(names, copied, strict=True)]
    origin_of = merge_names(behind)
    return tuple(
        ClaimReport(article, span, credit, origin_of[name], original)
        for (article, span), credit, name, original in zip(passages, credited, behind, copied, strict=True)
    )


def merge_names(names: Sequence[str]) -> dict[str, str]:
    """For each name the fullest one of the same source."""
    sources: list[tuple[frozenset[str], str]] = []
    found: dict[str, str] = {}
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        all_words = [word for word, _ in words(name)]
        own = frozenset(word for word in all_words if commonness().get(stem(word), 0.0) < COMMON_NAME)
        own = own or frozenset(all_words)
        initials = frozenset({"".join(word[0] for word in re.findall(r"\b[A-Z]\w*", name)).lower()})
        known = next((fullest for source, fullest in sources if own <= source), None)
        if known is None:
            sources.append((own | initials, name))
        found[name] = known or name
    return found


def _credited(span: Span, reading: Reading) -> str | None:
    """Who the passage credits: the sourcing that covers most of it."""
    found = [
        (min(span[1], credit.covers[1]) - max(span[0], credit.covers[0]), credit.source)
        for credit in reading.sourcing
        if overlaps(credit.covers, span)
    ]
    return min(found, key=lambda item: (-item[0], item[1]))[1] if found else None


def _copied(
    passage: tuple[str, Span], passages: Sequence[tuple[str, Span]], articles: Mapping[str, StoryArticle]
) -> str | None:
    """The article of this claim from which the passage is copied."""
    reporting = {article for article, _ in passages}
    for copy in articles[passage[0]].copied:
        if copy.article in reporting and any(overlaps(span, passage[1]) for span in copy.spans):
            return copy.article
    return None
