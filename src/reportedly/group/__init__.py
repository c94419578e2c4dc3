"""The stage `group`: which articles tell one story, and which are copies."""

from __future__ import annotations

from collections.abc import Iterable

from reportedly._records import Article, Reading, Story
from reportedly.group._agencies import agency_of
from reportedly.group._copies import Copied, find_copies
from reportedly.group._decisions import Decisions, read_decisions
from reportedly.group._stories import find_stories
from reportedly.group._stream import Change, StoryStream, StreamStory

__all__ = [
    "Change",
    "Copied",
    "Decisions",
    "StoryStream",
    "StreamStory",
    "agency_of",
    "find_copies",
    "group",
    "group_articles",
    "read_decisions",
]


def group(readings: Iterable[Reading]) -> list[Story]:
    """The stories that the readings' articles tell; the story with most articles comes first."""
    return group_articles(reading.article for reading in readings)


def group_articles(articles: Iterable[Article], decisions: Decisions | None = None) -> list[Story]:
    """The stories that the articles tell, from their text alone; the story with most articles comes first.

    Every article is in one story, and what a user decided about stories holds. An id that comes twice counts
    once. The order of the articles changes nothing.
    """
    unique = {article.id: article for article in articles}
    return find_stories([unique[identifier] for identifier in sorted(unique)], decisions)
