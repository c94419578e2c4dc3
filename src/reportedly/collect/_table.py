"""Tables (CSV, also with semicolons, tabs or bars) → Articles, one row at a time.

The first row names the columns; which names are known is `data/table.toml`. A table is known by a first row that names
a text and something else.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._decode import encoding_of_stream
from reportedly.collect._identity import Notice, web_address
from reportedly.collect._inputs import Input, Item, Known, make_article
from reportedly.collect._lines import identifier_of
from reportedly.collect._names import shown
from reportedly.collect._said import byline_names, moment, one_line, primary_language

_DELIMITERS = (",", "\t", ";", "|")


@cache
def _names() -> dict[str, list[str]]:
    return tomllib.loads((files(__package__) / "data" / "table.toml").read_text("utf-8"))


def columns_of(first: str) -> tuple[str, dict[str, int]] | None:
    """The delimiter and the known columns of a first row, if it is the head of a table of articles."""
    found = []
    for delimiter in _DELIMITERS:
        try:
            row = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            continue
        cells = {cell.strip().lower().replace(" ", "_"): at for at, cell in reversed(list(enumerate(row)))}
        columns = {
            field: next(cells[name] for name in names if name in cells)
            for field, names in _names().items()
            if any(name in cells for name in names)
        }
        if "text" in columns and len(columns) > 1:
            found.append((delimiter, columns))
    return max(found, key=lambda one: len(one[1]), default=None)


def articles_of_table(source: Input, settings: Settings) -> Iterator[Item]:
    """The articles of the rows, in order. A row that is none gives an error that names its line."""
    lines = _lines(source, settings)
    head = columns_of(next(lines, ""))
    if head is None:
        raise InputError(source.name, "a table without a first row that names a column of texts")
    delimiter, columns = head
    # The limit is the process's: nothing else of this program reads tables.
    csv.field_size_limit(min(settings.max_bytes, 2**31 - 1))
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        line = rows.line_num + 2
        try:
            row = next(rows)
            if any(cell.strip() for cell in row):
                yield from _article(row, columns, source.item(line), settings)
        except StopIteration:
            return
        except csv.Error as problem:
            yield InputError(source.item(line), f"broken table: {problem}")
            return
        except InputError as problem:
            yield problem


def _lines(source: Input, settings: Settings) -> Iterator[str]:
    encoding = encoding_of_stream(source.stream.peek(io.DEFAULT_BUFFER_SIZE))
    text = io.TextIOWrapper(source.stream, encoding=encoding, newline="")
    read = 0
    while True:
        read += 1
        try:
            line = text.readline(settings.max_bytes + 1)
        except UnicodeDecodeError as problem:
            said = f"broken {problem.encoding.upper()}: {problem.reason}, after line {read - 1:,}"
            raise InputError(source.name, said) from None
        if not line:
            return
        if len(line) > settings.max_bytes:
            raise InputError(source.item(read), f"too large: more than {settings.max_bytes:,} characters in one line")
        yield line.replace("\0", "")


def _article(row: list[str], columns: dict[str, int], name: str, settings: Settings) -> Iterator[Item]:
    said = {field: row[at] for field, at in columns.items() if at < len(row)}
    text = said.get("text", "")
    if not text.strip():
        raise InputError(name, "no text in this row")
    published, url = said.get("published", ""), said.get("url", "")
    known = Known(
        title=one_line(said.get("title")),
        outlet=one_line(said.get("outlet")),
        authors=byline_names(said.get("authors")),
        published=moment(published),
        language=primary_language(said.get("language")),
        place=one_line(said.get("place")),
        url=web_address(url),
    )
    for value, good, fault in (
        (published, known.published, "not a date in ISO 8601"),
        (url, known.url, "not an http or https address"),
    ):
        if value.strip() and good is None:
            yield Notice(name, f"{fault}, left out: {shown(value.strip())[:80]}")
    yield make_article(text, name, settings, known, article_id=identifier_of(said.get("id"), name))
