"""Tables of the library as Apache Parquet, with a type for each column."""

from __future__ import annotations

import sqlite3
from itertools import islice
from typing import BinaryIO

from reportedly._errors import ReportedlyError
from reportedly.library._export import COUNTS, ROWS, TABLES

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError as problem:
    raise ReportedlyError(
        "parquet: the package pyarrow is not installed: pip install 'reportedly[parquet]'"
    ) from problem

BATCH = 2_000
"""Rows that are held at once."""

_TYPES = {
    **dict.fromkeys(COUNTS, pa.int64()),
    "own_share": pa.float64(),
    "assessable": pa.bool_(),
    "authors": pa.list_(pa.string()),
    "spans": pa.list_(pa.list_(pa.int64(), 2)),
}
"""What is not text."""


def write(db: sqlite3.Connection, what: str, stream: BinaryIO) -> None:
    """Write a table to a stream, in batches."""
    schema = pa.schema([(column, _TYPES.get(column, pa.string())) for column in TABLES[what]])
    rows = ROWS[what](db)
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        while some := list(islice(rows, BATCH)):
            writer.write_table(pa.Table.from_pylist(some, schema=schema))
