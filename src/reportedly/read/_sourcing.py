"""Under construction."""
from __future__ import annotations

from reportedly._records import Sourcing
from reportedly.read._parse import Parsed
from reportedly.read._roster import Roster


def find_sourcing(parsed: Parsed, roster: Roster) -> tuple[Sourcing, ...]:
    """Nothing yet."""
    return ()
