"""The evidence: articles in all versions. Nothing here is ever changed or removed."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from reportedly._records import Article
from reportedly.collect._versions import address_key, same_article
from reportedly.library._library import Library, LibraryError
from reportedly.tell._clean import shorten
from reportedly.tell._names import outlet_name

Outcome = Literal["new", "version", "known"]

TITLE = 200
"""Characters of a title in lists."""


@cache
def article_adapter() -> TypeAdapter[Article]:
    """What turns an Article into JSON and back."""
    return TypeAdapter(Article)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article, without its text."""

    seq: int
    sha256: str
    added_at: str
    title: str


def slug(name: str) -> str:
    """A name as part of an address: ASCII letters and digits where it has any, else its own."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    ascii_only = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    return ascii_only or re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or "unnamed"


def store(library: Library, article: Article) -> tuple[Outcome, Article]:
    """Put an article into the library; what came of it, and the article under the id it has there.

    An article with an id that is known, or at an address that is and with some of the text that is there, is a
    version of that article where its text is another, and nothing new where the text was there before.
    """
    with library.writing() as db:
        known = _known(db, article)
        if known is not None:
            article = replace(article, id=known)
            seen = "SELECT 1 FROM versions WHERE article = ? AND sha256 = ?"
            if db.execute(seen, (article.id, article.sha256)).fetchone():
                return "known", article
        now = library.now()
        title = title_of(article)
        record = json.loads(article_adapter().dump_json(replace(article, text="")))
        seq = db.execute(
            "INSERT INTO versions (article, sha256, added_at, title, text, record) VALUES (?, ?, ?, ?, ?, ?)",
            (article.id, article.sha256, now, title, article.text, _deflated(record)),
        ).lastrowid
        if known is not None:  # only current versions are searched
            db.execute(
                """INSERT INTO search (search, rowid, title, text) SELECT 'delete', v.seq, v.title, v.text
                   FROM articles a JOIN versions v ON v.seq = a.current WHERE a.id = ?""",
                (article.id,),
            )
        db.execute("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (seq, title, article.text))
        outlet = outlet_name(article) or "outlet not named"
        db.execute(
            """INSERT INTO articles (id, current, url, outlet, outlet_key, title, published, added_at, address)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
               current = excluded.current, url = excluded.url, outlet = excluded.outlet, address = excluded.address,
               outlet_key = excluded.outlet_key, title = excluded.title, published = excluded.published""",
            (
                article.id, seq, article.url, outlet, slug(outlet), title, article.published or "", now,
                address_key(article.url),
            ),
        )  # fmt: skip
        return ("new" if known is None else "version"), article


def _known(db: sqlite3.Connection, article: Article) -> str | None:
    """The id of the article that an article is or is a version of, if it is there."""
    if db.execute("SELECT 1 FROM articles WHERE id = ?", (article.id,)).fetchone():
        return article.id
    rows = db.execute(
        """SELECT v.text, v.record FROM articles a JOIN versions v ON v.article = a.id
           WHERE a.address = ? ORDER BY v.seq DESC""",
        (address_key(article.url),),
    )
    # One address may be the site's, given for all of its articles.
    return next((other.id for other in map(decode, rows) if same_article(other, article)), None)


def title_of(article: Article) -> str:
    """The article's title, else its first line."""
    lines = (line for line in article.text.splitlines() if line.strip())
    return shorten(article.title or next(lines, ""), TITLE)


def load(db: sqlite3.Connection, article: str, version: int | None = None) -> Article:
    """An article in its current version, or in another.

    Raises:
        LibraryError: there is none of this id, or it has no such version.
    """
    row = db.execute(
        "SELECT v.text, v.record FROM articles a JOIN versions v ON v.article = a.id AND v.seq = coalesce(?, a.current)"
        " WHERE a.id = ?",
        (version, article),
    ).fetchone()
    if row is None:
        raise LibraryError(f"{article}: no such article{' or version' if version else ''}")
    return decode(row)


def decode(row: sqlite3.Row) -> Article:
    """The Article of a row of `versions`."""
    return replace(article_adapter().validate_json(zlib.decompress(row["record"])), text=row["text"])


def current(db: sqlite3.Connection) -> Iterator[Article]:
    """Every article in its current version, in the order in which they came."""
    rows = db.execute("SELECT v.text, v.record FROM articles a JOIN versions v ON v.seq = a.current ORDER BY v.seq")
    return map(decode, rows)


def versions(db: sqlite3.Connection, article: str) -> list[Version]:
    """The versions of an article, the newest first."""
    rows = db.execute(
        "SELECT seq, sha256, added_at, title FROM versions WHERE article = ? ORDER BY seq DESC", (article,)
    )
    return [Version(**row) for row in map(dict, rows)]


def _deflated(record: object) -> bytes:
    return zlib.compress(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(), 6)
