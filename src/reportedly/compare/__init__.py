"""Readings of one story → Readout: people, statements, issues, claims, differences, gaps, timeline, brief."""

from reportedly.compare._compare import compare

__all__ = ["compare"]
