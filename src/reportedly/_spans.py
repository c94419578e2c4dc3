"""Spans of a text, half-open."""

from __future__ import annotations

from reportedly._records import Span


def trim(text: str, span: Span) -> Span:
    """The span without the white space at its ends; an empty span at its start if there is nothing else."""
    start, end = span
    inside = text[start:end]
    if not inside.strip():
        return start, start
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
