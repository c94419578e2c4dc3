"""Groups articles into stories, all at once: scores of the pairs in a window of days, clustered by average link.

Average-link agglomeration inside a time window is the strong plain baseline of news story clustering (as in Miranda et
al. 2018, "Multilingual Clustering of Streaming News", and the systems compared there). Here the links are the scores
of `_likeness`, and the pairs come from an inverted index: those that share no telling word are never compared. An
article that reprints another begins in one group with it: its local paragraphs would outvote what it copies.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from reportedly._records import Article, Story
from reportedly.group._decisions import Decisions
from reportedly.group._likeness import score
from reportedly.group._link import average_link
from reportedly.group._rarity import Rarity, Weighed
from reportedly.group._reason import reason
from reportedly.group._sketch import sketch
from reportedly.group._sources import reprints
from reportedly.group._window import Window


def find_stories(articles: Sequence[Article], decisions: Decisions | None = None) -> list[Story]:
    """Stories of the articles, which have each its own id; the story with most articles comes first."""
    decisions = decisions or Decisions()
    weighed = weigh_all(articles)
    stories = []
    links = link(weighed)
    for members in average_link(weighed, links, decisions, reprints(articles, weighed, links)):
        why = reason([weighed[member] for member in members], decisions)
        stories.append(Story(story_id("\n".join(members)), tuple(members), why))
    return sorted(stories, key=lambda story: (-len(story.articles), story.articles))


def weigh_all(articles: Sequence[Article]) -> dict[str, Weighed]:
    """The articles' vectors by their ids, in order of publication; weights are those of all the articles."""
    rarity, sketches = Rarity(), [sketch(article) for article in articles]
    for each in sketches:
        rarity.add(each)
    order = sorted(sketches, key=lambda each: (each.day or 0, each.id))
    return {each.id: rarity.weigh(each) for each in order}


def link(weighed: dict[str, Weighed]) -> dict[str, dict[str, float]]:
    """The scores of each article with those it shares enough with; they are in order of publication."""
    window = Window()
    links: dict[str, dict[str, float]] = {identifier: {} for identifier in weighed}
    for article in weighed.values():
        window.add(article)
        for other in window.candidates(article):
            links[article.id][other.id] = links[other.id][article.id] = score(article, other)
    return links


def story_id(known_by: str) -> str:
    """The id of a story, from the words it is known by."""
    return "s" + sha256(known_by.encode("utf-8", "surrogatepass")).hexdigest()[:12]
