"""Readings of one story → Readout."""
from __future__ import annotations

from collections.abc import Sequence

from reportedly._records import Reading, Readout, Story


def compare(story: Story, readings: Sequence[Reading]) -> Readout:
    """Nothing yet."""
    raise NotImplementedError
