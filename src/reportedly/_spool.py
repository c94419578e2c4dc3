"""Articles in order of publication, however many: their texts wait in a temporary file, only their order in memory."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile

from reportedly._records import Article


def in_order(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles by date of publication and id; those without a date first, to be compared with all."""
    with TemporaryFile() as file:
        order = []
        for article in articles:
            order.append((article.published or "", article.id, file.tell()))
            pickle.dump(article, file, protocol=pickle.HIGHEST_PROTOCOL)
        for _, _, at in sorted(order):
            file.seek(at)
            article = pickle.load(file)  # noqa: S301  what this process wrote itself, into a file without a name
            yield article
