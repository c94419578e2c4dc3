"""What is known of the outlets of articles: from a user's own table, else from the one that comes with the package.

A user's table is CSV with a heading line. ``name`` is what the outlet is called, ``domains`` where it is on the web,
parted by spaces; either finds its articles. ``owner`` and ``country`` are known by these names. Every other column is a
label of the user's own. What is not known is left empty.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from reportedly._errors import ReportedlyError
from reportedly._outlets import outlet_named, outlet_of_url
from reportedly._records import Article, Publisher
from reportedly.collect._decode import DecodeError, decode
from reportedly.collect._files import reason_of
from reportedly.collect._metadata import host_of

LARGEST = 10_000_000
"""Bytes of a user's table."""


class OutletsError(ReportedlyError):
    """A user's table of outlets cannot be read."""


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    domains: tuple[str, ...]
    publisher: Publisher


class Publishers:
    """Knows outlets by their names and domains.

    Args:
        path: a user's table, or "" for none.

    Raises:
        OutletsError: it cannot be read, or lacks a column.
    """

    def __init__(self, path: str = "") -> None:
        self._by_domain: dict[str, _Row] = {}
        self._by_name: dict[str, _Row] = {}
        for row in _rows(path) if path else ():
            if row.name:
                self._by_name.setdefault(row.name.casefold(), row)
            for domain in row.domains:
                self._by_domain.setdefault(domain.lower().removeprefix("www."), row)

    def tell(self, article: Article) -> Article:
        """The article with what is known of its outlet: the name that the user gives it, and its publisher."""
        row = self._by_host(host_of(article.url)) or self._by_name.get((article.outlet or "").casefold())
        known = outlet_of_url(article.url or "") or outlet_named(article.outlet or "")
        host = host_of(article.url)
        name = article.outlet if article.outlet != host else None
        name = (row.name if row else "") or name or (known.name if known else None) or article.outlet
        publisher = row.publisher if row else None
        if known and not (publisher and publisher.country):
            publisher = replace(publisher or Publisher(), country=known.country)
        return article if (name, publisher) == (article.outlet, None) else replace(
            article, outlet=name, publisher=publisher
        )  # fmt: skip

    def _by_host(self, host: str | None) -> _Row | None:
        labels = (host or "").split(".")
        tails = (".".join(labels[first:]) for first in range(len(labels) - 1))
        return next((row for tail in tails if (row := self._by_domain.get(tail))), None)


def _rows(path: str) -> Iterator[_Row]:
    try:
        with Path(path).open("rb") as file:
            text = decode(file.read(LARGEST))
    except OSError as problem:
        raise OutletsError(f"{path}: {reason_of(problem)}") from None
    except DecodeError as problem:
        raise OutletsError(f"{path}: {problem}") from None
    table = csv.DictReader(text.splitlines(), delimiter="\t" if "\t" in text.partition("\n")[0] else ",")
    columns = [column.strip() for column in table.fieldnames or ()]
    if "name" not in columns and "domains" not in columns:
        raise OutletsError(f'{path}: a table of outlets needs a column "name" or "domains" in its first line')
    table.fieldnames = columns
    try:
        for record in table:
            values = {key: " ".join(value.split()) for key, value in record.items() if key and isinstance(value, str)}
            name, domains = values.pop("name", ""), values.pop("domains", "").split()
            owner, country = values.pop("owner", "") or None, values.pop("country", "") or None
            labels = tuple((key, value) for key, value in values.items() if value)
            yield _Row(name, tuple(domains), Publisher(owner, country, labels))
    except csv.Error as problem:
        raise OutletsError(f"{path}:{table.line_num}: {problem}") from None
