"""The package's face: what it offers, and that asking for it costs nothing before it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import reportedly

FACE = """
Article Block Citation Claim ClaimReport Copy Difference Event Gap InputError Issue MainEvent Mention
ModelError Notice Passage Person Quote Reading Readout Report ReportedlyError Settings Side Sourcing Span
Statement Story StoryArticle StoryPerson Term Time TimelineEntry When __version__ cite collect_articles
compare_readings group_readings load_model make_readouts read_articles reading_to_json to_html to_json
to_markdown
""".split()  # noqa: SIM905 - forty quoted names are harder to read


def test_the_face_is_what_was_chosen() -> None:
    assert reportedly.__all__ == FACE
    assert set(FACE) <= set(dir(reportedly))


@pytest.mark.parametrize("name", FACE)
def test_every_name_is_there(name: str) -> None:
    assert getattr(reportedly, name) is not None


def test_no_other_name_is() -> None:
    with pytest.raises(AttributeError, match="no attribute 'collect_everything'"):
        _ = reportedly.collect_everything


def test_names_mean_the_same_once_the_stages_are_loaded() -> None:
    """A stage's package must not take the place of a function of the same name."""
    from reportedly import collect, read

    assert reportedly.collect_articles is collect.collect
    assert reportedly.read_articles is read.read_all


def test_importing_loads_no_model() -> None:
    code = "import sys, reportedly; print(*{'spacy', 'numpy', 'pydantic', 'trafilatura', 'jinja2'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert done.stdout.strip() == ""


def test_from_sources_to_readings() -> None:
    problems: list[reportedly.InputError] = []
    articles = list(reportedly.collect_articles(["/no/such/file"], reportedly.Settings(), problems.append))
    assert articles == []
    assert [problem.reason for problem in problems] == ["no such file or folder"]
