"""Records → JSON: one line, every field, in the order of the records.

The shapes are those of `reportedly._records`; `reportedly._schema` makes their JSON Schemas from the same adapters.
What is not ASCII stays as it is (UTF-8). A number that JSON does not know (NaN) is an error here, not null.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from reportedly._records import Reading, Readout


@cache
def reading_adapter() -> TypeAdapter[Reading]:
    """What turns a Reading into plain values, and knows its schema."""
    return TypeAdapter(Reading)


@cache
def readout_adapter() -> TypeAdapter[Readout]:
    """What turns a Readout into plain values, and knows its schema."""
    return TypeAdapter(Readout)


def to_json(readout: Readout) -> str:
    """A Readout as one line of JSON (``schema: "readout/1"``), without a line break at its end.

    Raises:
        ValueError: a number is not finite.
    """
    return _line(readout_adapter().dump_python(readout, mode="json"))


def reading_to_json(reading: Reading) -> str:
    """A Reading as one line of JSON (``schema: "reading/1"``), without a line break at its end.

    Raises:
        ValueError: a number is not finite.
    """
    return _line(reading_adapter().dump_python(reading, mode="json"))


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
