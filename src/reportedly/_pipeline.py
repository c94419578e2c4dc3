"""The whole road: collect → read → group → compare → tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportedly._records import Article, Readout
from reportedly._settings import Settings
from reportedly.collect import merge_versions
from reportedly.compare import compare
from reportedly.group import group
from reportedly.read import read_all
from reportedly.read._model import load_model


def make_readouts(articles: Iterable[Article], settings: Settings | None = None) -> Iterator[Readout]:
    """The readouts of the stories that the articles tell, the story with most articles first.

    Of several versions of one article the latest is read. The order of the articles changes nothing but the order in
    which they are listed.

    Raises:
        ModelError: the spaCy pipeline cannot be loaded.
    """
    settings = settings or Settings()
    articles = merge_versions(articles)
    readings = {
        reading.article.id: reading for reading in read_all(articles, load_model(settings.pipeline))
    }
    for story in group(readings.values()):
        yield compare(story, [readings[article] for article in story.articles])
