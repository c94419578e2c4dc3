"""Readout → what people and programs see: a page, Markdown, JSON."""

from __future__ import annotations

from reportedly._records import Readout
from reportedly.tell._html import to_html
from reportedly.tell._markdown import to_markdown

__all__ = ["to_html", "to_json", "to_markdown"]


def to_json(readout: Readout) -> str:
    """A Readout as one line of JSON (``schema: "readout/1"``), without a line break at its end.

    Raises:
        ValueError: a number is not finite.
    """
    from reportedly.tell._json import to_json as write  # pydantic takes a while to load, and a page needs none of it

    return write(readout)
