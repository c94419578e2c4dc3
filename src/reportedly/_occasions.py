"""What kind of occasion words name: a speech or an interview is spoken, a letter written, a tweet posted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

OccasionKind = Literal["spoken", "written", "posted"]
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@cache
def occasion_kinds() -> Mapping[str, OccasionKind]:
    """The kind of occasion by its noun, lower case and singular (data/occasions.toml)."""
    data = tomllib.loads(files("reportedly").joinpath("data/occasions.toml").read_text("utf-8"))
    kinds: tuple[OccasionKind, ...] = ("spoken", "written", "posted")
    return {word: kind for kind in kinds for word in data[kind].split()}


def kind_of_occasion(words: str) -> OccasionKind | None:
    """The kind of occasion that a phrase names ("in an interview with the Post": spoken), or None: a place, a day."""
    found = [occasion_kinds().get(word.lower()) for word in _WORD.findall(words)]
    return next((kind for kind in found if kind is not None), None)
