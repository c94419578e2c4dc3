"""What a line is when its words alone tell: links, share buttons, credits, captions, posts, residue of a page.

The patterns are data, ``data/boilerplate.toml``. They are tried on a line's first characters only, anchored at its
start, so that a very long line costs no more than a short one.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from reportedly._records import BlockKind
from reportedly.read._block_lines import Line

LINE_END = r"[\s.:!»›>…|]*$"
"""What "$" at a pattern's end stands for: a stray stop or arrow does not make a line prose."""
LONGEST = 900
"""Characters; a longer line is prose, whatever it opens with."""


@dataclass(frozen=True)
class Group:
    """Patterns of one kind. ``words`` is the longest line they may claim."""

    name: str
    kind: BlockKind
    words: int
    pattern: re.Pattern[str]


def load(name: str) -> dict[str, Any]:
    """A TOML file of this stage's data."""
    return tomllib.loads(files("reportedly.read").joinpath(f"data/{name}").read_text(encoding="utf-8"))


@cache
def groups() -> tuple[Group, ...]:
    """The groups of patterns, in the file's order; the first that claims a line has it."""
    return tuple(
        Group(name, cast(BlockKind, group["kind"]), group["words"], _compile(group["patterns"]))
        for name, group in load("boilerplate.toml").items()
    )


def _compile(patterns: list[str]) -> re.Pattern[str]:
    ends = (pattern[:-1] + LINE_END if pattern.endswith("$") else pattern for pattern in patterns)
    return re.compile("|".join(f"(?:{pattern})" for pattern in ends), re.IGNORECASE)


def group_of(line: Line) -> str | None:
    """The name of the group that claims the line, or None: then its place and shape must tell."""
    if len(line.text) > LONGEST:
        return None
    bare = line.bare
    for group in groups():
        if line.words <= group.words and group.pattern.match(bare):
            return group.name
    return None


def opens_list(line: Line) -> bool:
    """Whether the line alone heads a list of links."""
    group = next(group for group in groups() if group.name == "opens")
    return line.words <= group.words and group.pattern.match(line.bare) is not None


def kind_of(name: str) -> BlockKind:
    """The kind of block that a group's lines are."""
    return next(group.kind for group in groups() if group.name == name)
