"""The JSON Schemas of Reading and Readout (JSON Schema 2020-12), made from the records.

``python -m reportedly._schema`` writes them to ``schemas/`` of the checkout. Their ids carry the numbers of
``Reading.schema`` and ``Readout.schema``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from reportedly.tell._json import reading_adapter, readout_adapter

DIALECT = "https://json-schema.org/draft/2020-12/schema"
RECORDS: dict[str, Callable[[], TypeAdapter[Any]]] = {"reading-1": reading_adapter, "readout-1": readout_adapter}
"""What knows each schema, by the name of its file."""


def schema(name: str) -> dict[str, Any]:
    """The schema of that name, one of `RECORDS`. Output has every field of a record and no other."""
    made = RECORDS[name]().json_schema(mode="serialization")
    for record in (made, *made.get("$defs", {}).values()):
        if "properties" in record:
            record["required"] = list(record["properties"])
            record["additionalProperties"] = False
    return {"$schema": DIALECT, "$id": f"urn:reportedly:{name.replace('-', ':')}", **made}


def schema_text(name: str) -> str:
    """The schema as its file holds it."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> list[Path]:
    """Write every schema into a folder; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in RECORDS:
        file = folder / f"{name}.schema.json"
        file.write_text(schema_text(name), encoding="utf-8", newline="\n")
        written.append(file)
    return written


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "schemas"
    for file in write(target):
        print(file)
