"""The library: articles, readings, stories, readouts and a user's notes in one SQLite file.

Three layers that never mix: the evidence (articles in all versions) is only added to; what is derived from it carries
the version of what made it and can be made again; what users note and decide is theirs, and is undone, not deleted.
"""

from __future__ import annotations

from reportedly.library._library import Library, LibraryError, library_file
from reportedly.library._work import Progress, work

__all__ = ["Library", "LibraryError", "Progress", "library_file", "work"]
