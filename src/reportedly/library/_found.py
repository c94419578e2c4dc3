"""What readouts say beside their statements, as rows of tables: claims, differences, sources."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from reportedly._records import Article, Readout, Span
from reportedly.library import _readouts

Row = dict[str, Any]


def claims(db: sqlite3.Connection) -> Iterator[Row]:
    """One row for each passage that reports a claim."""
    for readout in _all(db):
        articles = _articles(readout)
        for claim in readout.claims:
            counts = {name: getattr(claim, name) for name in ("origins", "articles", "distinct_texts", "outlets")}
            for report in claim.reports:
                row = {"story": readout.id, "claim": claim.id, **counts, "credited": report.credited}
                yield {**row, **_passage(articles[report.article], report.span)}


def differences(db: sqlite3.Connection) -> Iterator[Row]:
    """One row for each passage of each side of a difference; ``side`` counts from 1."""
    for readout in _all(db):
        articles = _articles(readout)
        for one in readout.differences:
            for number, side in enumerate(one.sides, start=1):
                for passage in side.reports:
                    of = {"story": readout.id, "difference": one.id, "kind": one.kind, "about": one.about}
                    row = {**of, "side": number, "value": side.value}
                    yield {**row, **_passage(articles[passage.article], passage.span)}


def sources(db: sqlite3.Connection) -> Iterator[Row]:
    """One row for each article of a story."""
    for readout in _all(db):
        for one in readout.articles:
            yield {
                "story": readout.id, **_of(one.article), "inferred": one.inferred, "title": one.article.title,
                "copy_of": one.copy_of, "origin": one.origin, "own_share": one.own_share,
                "assessable": one.assessable,
            }  # fmt: skip


def _all(db: sqlite3.Connection) -> Iterator[Readout]:
    for row in db.execute("SELECT story FROM readouts ORDER BY story").fetchall():
        if kept := _readouts.kept(db, row["story"]):
            yield kept.readout


def _articles(readout: Readout) -> dict[str, Article]:
    return {one.article.id: one.article for one in readout.articles}


def _of(article: Article) -> Row:
    return {
        "article": article.id, "outlet": article.outlet, "published": article.published, "url": article.url,
    }  # fmt: skip


def _passage(article: Article, span: Span) -> Row:
    words = " ".join(article.text[slice(*span)].split())
    return {**_of(article), "spans": [list(span)], "words": words}
