"""The documentation has what the program has: commands, options, settings, records, dependencies, files."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from reportedly import Settings, _records
from reportedly._cli import cli
from reportedly._output import SUFFIXES
from reportedly.demo import coverage

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md"), *(ROOT / "changelog.d").glob("*.md")])
TEXT = {page.relative_to(ROOT).as_posix(): page.read_text("utf-8") for page in PAGES}
COMMANDS = TEXT["docs/commands.md"]
README = TEXT["README.md"]


def section(page: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,2}} |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, f"no heading: {heading}"
    return found[2]


# ---------------------------------------------------------------- commands and settings


def commands() -> list[tuple[str, click.Command]]:
    return sorted(cli.commands.items())


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_has_its_heading_and_every_option_is_under_it(name: str, command: click.Command) -> None:
    here = section(COMMANDS, f"reportedly {name}")
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            for option in (*parameter.opts, *parameter.secondary_opts):
                assert f"`{option}`" in here, option
            if isinstance(parameter.type, click.Choice) and name == "read":
                assert all(f"`{choice}`" in here for choice in parameter.type.choices)
            if parameter.envvar:
                assert f"`{parameter.envvar}`" in COMMANDS


def test_no_command_or_option_is_documented_that_is_not_there() -> None:
    assert set(re.findall(r"^## reportedly (\w+)$", COMMANDS, re.MULTILINE)) == set(cli.commands)
    known = {option for _, command in commands() for p in command.params for option in (*p.opts, *p.secondary_opts)}
    known |= {option for parameter in cli.params for option in parameter.opts} | {"-h", "--help"}
    assert set(re.findall(r"(?<=[`\s])--?[a-z][a-z-]*(?=[`\s])", COMMANDS)) - known == set()


def test_options_of_the_whole_and_exit_statuses_are_there() -> None:
    for option in ("--help", "-h", "--version"):
        assert option in COMMANDS
    statuses = re.findall(r"^\| (\d+) \|", section(COMMANDS, "Exit status"), re.MULTILINE)
    assert statuses == ["0", "1", "2", "130", "141"]


def test_every_suffix_and_setting_is_there() -> None:
    assert all(f"`{suffix}`" in COMMANDS for suffix in SUFFIXES)
    settings = section(COMMANDS, "Settings")
    for field in dataclasses.fields(Settings):
        (row,) = re.findall(rf"^\| `{field.name}` \| ([^|]+) \|", settings, re.MULTILINE)
        shown: Any = {"no": False, "yes": True}.get(row.strip(), row.strip().strip("`").replace(",", ""))
        assert type(field.default)(shown) == field.default, field.name


# ---------------------------------------------------------------- records


def records() -> list[Any]:
    return [value for value in vars(_records).values() if isinstance(value, type) and dataclasses.is_dataclass(value)]


@pytest.mark.parametrize("record", records(), ids=lambda record: record.__name__)
def test_every_record_and_each_of_its_fields_is_explained(record: Any) -> None:
    page = TEXT["docs/readout.md"]
    assert f"**{record.__name__}**" in page
    start = page.index(f"**{record.__name__}**")
    paragraph = page[start : page.find("\n\n", start)]
    for field in dataclasses.fields(record):
        assert f"`{field.name}`" in paragraph, field.name


def test_every_value_of_a_kind_is_explained() -> None:
    page = TEXT["docs/readout.md"]
    values = {value for kind in vars(_records).values() for value in get_args(kind) if isinstance(value, str)}
    assert len(values) > 40
    assert {value for value in values if f"`{value}`" not in page} == set()


# ---------------------------------------------------------------- dependencies


def test_every_dependency_is_justified_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    page = TEXT["docs/dependencies.md"]
    for heading, lines in (
        ("To run", project["project"]["dependencies"]),
        ("To develop", project["dependency-groups"]["dev"]),
    ):
        row = re.compile(r"^\| `([\w-]+)`(?: \((==[\d.]+)\))? \| ([^|]+) \| ([^|]+) \|", re.MULTILINE)
        rows = row.findall(section(page, heading))
        declared = {}
        for line in lines:
            requirement = Requirement(line)
            exact = str(requirement.specifier) if str(requirement.specifier).startswith("==") else ""
            declared[canonicalize_name(requirement.name)] = exact
        assert {canonicalize_name(name): pin for name, pin, _, _ in rows} == declared
        assert all(licence.strip() and len(why) > 5 for _, _, licence, why in rows)


# ---------------------------------------------------------------- pages


def anchors(page: str) -> set[str]:
    """A heading's anchor as GitHub makes it."""
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", TEXT)
def test_every_link_within_the_project_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", TEXT[name]):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / name).parent / path if path else ROOT / name
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file.read_text("utf-8")), target


def test_the_index_has_every_page() -> None:
    for page in DOCS.glob("*.md"):
        assert page.name == "README.md" or f"]({page.name})" in TEXT["docs/README.md"], page.name


@pytest.mark.parametrize("name", TEXT)
def test_no_path_is_of_one_machine(name: str) -> None:
    assert re.findall(r"(?<![\w.])/(?:work|tmp|root|home)/\S*", TEXT[name]) == []


def test_files_that_are_named_are_there() -> None:
    for name, text in TEXT.items():
        for path in re.findall(r"(?:benchmarks|script|schemas|tests|\.ci)/[\w./-]*\w(?![\w<*])", text):
            assert (ROOT / path).exists(), (name, path)
    for path in re.findall(r"`((?:read|group|compare|tell|collect)/[\w./]+\w)`", TEXT["docs/architecture.md"]):
        assert (ROOT / "src" / "reportedly" / path).exists(), path


def test_code_that_names_a_page_of_the_documentation_is_right() -> None:
    for file in [*(ROOT / "src").rglob("*.py"), ROOT / "pyproject.toml"]:
        for path in re.findall(r"docs/\w+\.md", file.read_text("utf-8")):
            assert (ROOT / path).exists(), (file.name, path)


# ---------------------------------------------------------------- README and changelog


def test_the_readme_fits_a_screen_and_has_two_commands() -> None:
    assert len(README.splitlines()) <= 60
    commands = section(README, "Two commands")
    for script in ("script/demo", "script/test"):
        assert re.search(rf"^    {script}\b", commands, re.MULTILINE)
    assert "script/test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_example_in_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    (tmp_path / "coverage").mkdir()
    for path in coverage():
        (tmp_path / "coverage" / Path(path).name).write_bytes(Path(path).read_bytes())
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - the point of the test
    assert names["page"].startswith("<!DOCTYPE html>")


def test_fragments_of_the_changelog_have_a_type_and_a_sentence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    types = {one["directory"] for one in project["tool"]["towncrier"]["type"]}
    for file in (ROOT / "changelog.d").iterdir():
        if file.name == "README.md":
            continue
        found = re.fullmatch(r"\+[a-z0-9-]+\.(\w+)\.md", file.name)
        assert found, file.name
        assert found[1] in types, file.name
        assert file.read_text("utf-8").strip().endswith("."), file.name
