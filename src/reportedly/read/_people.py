"""Under construction."""
from __future__ import annotations

from reportedly._records import Person
from reportedly.read._parse import Parsed
from reportedly.read._roster import Roster


def find_people(parsed: Parsed) -> Roster:
    """Entities by form, until the real thing."""
    found: dict[str, list[tuple[int, int]]] = {}
    for paragraph in parsed.paragraphs:
        for entity in paragraph.doc.ents:
            if entity.label_ in {"PERSON", "ORG", "GPE", "NORP"}:
                found.setdefault(entity.text, []).append(paragraph.span_of(entity))
    return Roster(tuple(
        Person(f"p{i}", name, "person", (), tuple(spans)) for i, (name, spans) in enumerate(found.items())
    ))
