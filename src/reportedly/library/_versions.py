"""What made a derived thing: the package's version, and a digest of the code and data that had a part in it.

A digest, since a development version keeps its number while its rules change: what was made by other rules is known
as such, and is made again.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import reportedly

_SOURCE = Path(reportedly.__file__).parent


@cache
def _digest(*folders: str) -> str:
    found = sha256()
    for folder in folders:
        root = _SOURCE / folder
        for file in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if file.is_file() and "__pycache__" not in file.parts:
                found.update(file.relative_to(_SOURCE).as_posix().encode() + b"\0" + file.read_bytes())
    return f"{version('reportedly')} {found.hexdigest()[:12]}"


def reader(pipeline: str) -> str:
    """What makes readings."""
    return f"{_digest('read', 'timex', '_records.py')} {pipeline}"


def grouper() -> str:
    """What groups articles into stories."""
    return _digest("group", "_records.py")


def comparer() -> str:
    """What makes readouts and their pages."""
    return _digest("compare", "group", "tell", "timex", "_records.py")
