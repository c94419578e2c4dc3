"""No stage calls back into an earlier one: who imports whom, read off the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import reportedly

SOURCE = Path(reportedly.__file__).parent
STAGES = ("collect", "read", "group", "compare", "tell")
SHARED = "timex"
ABOVE = ("library", "desk", "watch")
"""Rooms over the stages: they use them, no stage knows of them, and the library knows neither of the others."""

NOT_YET = {
    ("compare", "reportedly.read._parties"): "which words name a country or a party",
    ("compare", "reportedly.read._roster"): "what a description of a person is made of",
    ("compare", "reportedly.read._people_data"): "which words are roles and titles",
    ("compare", "reportedly.group._words"): "words, stems, and how common a word is",
    ("compare", "reportedly.group"): "copies are found anew, on the story's articles alone",
}
"""What `compare` takes from the stages before it: knowledge of words that wants a place of its own, as `timex` is."""


def imports(folder: str) -> Iterator[tuple[str, str]]:
    """File and imported module of the package, for every import of a folder's modules."""
    for file in sorted((SOURCE / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                if name.split(".")[0] == "reportedly":
                    yield f"{folder}/{file.name}", name


def stage_of(module: str) -> str:
    return module.removeprefix("reportedly.").split(".")[0]


@pytest.mark.parametrize("stage", STAGES)
def test_no_stage_imports_another(stage: str) -> None:
    others = {*STAGES} - {stage}
    wrong = [(file, name) for file, name in imports(stage) if stage_of(name) in others and (stage, name) not in NOT_YET]
    assert wrong == []


def test_what_stages_share_imports_no_stage() -> None:
    assert [found for found in imports(SHARED) if stage_of(found[1]) in STAGES] == []


def test_no_stage_knows_what_stands_above_it() -> None:
    below = (*STAGES, SHARED)
    assert [found for folder in below for found in imports(folder) if stage_of(found[1]) in ABOVE] == []
    assert [found for found in imports("library") if stage_of(found[1]) in ("desk", "watch")] == []
    assert {stage_of(name) for _, name in imports("library")} & {*STAGES}


def test_what_is_not_yet_so_is_still_not_so() -> None:
    taken = {(stage, name) for stage in STAGES for _, name in imports(stage)}
    assert NOT_YET.keys() - taken == set()
