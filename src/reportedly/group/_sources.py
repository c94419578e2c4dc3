"""Which article of the window an article reprints: whole texts are compared only where the openings share wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportedly._records import Article
from reportedly.group._copies import Copied, find_copies
from reportedly.group._likeness import apart, may_copy, shares_text
from reportedly.group._rarity import Weighed

SOURCES = 8
"""Articles, those most like one, whose text it may have been copied from."""
GLIMPSE = 0.15
"""Share of the openings' turns of phrase from which whole texts are compared."""


def likely_sources(article: Weighed, row: Mapping[str, float], known: Mapping[str, Weighed]) -> list[str]:
    """Of those most like the article, by the scores in ``row``, the ids of those that seem to share text with it."""
    likest = sorted(row, key=lambda other: (-row[other], other))[:SOURCES]
    return [other for other in likest if shares_text(article, known[other], GLIMPSE)]


def reprints(
    articles: Iterable[Article], weighed: Mapping[str, Weighed], links: Mapping[str, Mapping[str, float]]
) -> dict[str, str]:
    """For each article that reprints another of nearly the same day, the id of that one; all at once."""
    texts = {article.id: article for article in articles}
    found = {}
    for identifier, article in texts.items():
        sources = likely_sources(weighed[identifier], links[identifier], weighed)
        if sources:
            found[identifier] = find_copies([article, *(texts[other] for other in sources)])[identifier]
    return same_story(found, weighed)


def same_story(copied: Mapping[str, Copied], weighed: Mapping[str, Weighed]) -> dict[str, str]:
    """The originals of the copies that are near enough in time to tell one story with them."""
    originals = {article: each.copy_of for article, each in copied.items() if each.copy_of is not None}
    return {
        article: original
        for article, original in originals.items()
        if {article, original} <= weighed.keys() and may_copy(apart(weighed[article], weighed[original]))
    }
