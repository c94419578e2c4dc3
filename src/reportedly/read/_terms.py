"""Under construction."""
from __future__ import annotations

from reportedly._records import Term
from reportedly.read._parse import Parsed
from reportedly.read._roster import Roster


def find_terms(parsed: Parsed, roster: Roster) -> tuple[Term, ...]:
    """Nothing yet."""
    return ()
