"""Articles in order of publication, however many: their texts wait in a temporary file, only their order in memory."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile

from reportedly._records import Article


def in_order(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles by date of publication and id; those without a date first, for all to be compared with."""
    with TemporaryFile() as file:
        order: list[tuple[str, str, int]] = []
        seen: set[str] = set()
        for article in articles:
            if article.id in seen:
                continue
            seen.add(article.id)
            order.append((article.published or "", article.id, file.tell()))
            pickle.dump(article, file, protocol=pickle.HIGHEST_PROTOCOL)
        for _, _, at in sorted(order):
            file.seek(at)
            article = pickle.load(file)  # noqa: S301  what this process wrote itself, into a file without a name
            yield article
