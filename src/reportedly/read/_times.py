"""Under construction."""
from __future__ import annotations

from reportedly._records import Time
from reportedly.read._parse import Parsed


def find_times(parsed: Parsed) -> tuple[Time, ...]:
    """Nothing yet."""
    return ()
