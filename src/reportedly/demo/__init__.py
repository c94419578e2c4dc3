"""Coverage of one invented event by five invented outlets, to try Reportedly on without any articles of one's own.

Two foreign ministers meet; a wire agency, a paper that reprints it, a broadcaster, a tabloid and a review write about
it. Everybody and everything in it is made up, but for the countries, their towns and their fish. It is as untidy as the
real thing: translations that differ, one misprint that turns a sentence round, a denial, figures that do not agree.
"""

from __future__ import annotations

from importlib.resources import files


def coverage() -> list[str]:
    """Paths of the files to read, in order."""
    return [str(files(__name__).joinpath("coverage.jsonl"))]
