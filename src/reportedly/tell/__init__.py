"""Readout → what people and programs see: a page, Markdown, JSON."""

from __future__ import annotations

from reportedly.tell._html import to_html
from reportedly.tell._markdown import to_markdown

__all__ = ["to_html", "to_markdown"]
