"""Under construction."""
from __future__ import annotations

from reportedly._records import Quote, Time
from reportedly.read._parse import Parsed
from reportedly.read._roster import Roster


def find_quotes(parsed: Parsed, roster: Roster, times: tuple[Time, ...]) -> tuple[tuple[Quote, ...], Roster]:
    """Nothing yet."""
    return (), roster
