from __future__ import annotations

from collections.abc import Iterator

import pytest

from reportedly._records import Article, Citation, Readout, Span, Story
from reportedly.compare import compare
from reportedly.group import group
from reportedly.read import read_all
from reportedly.read._model import load_model

from ._build import reading
from ._shared import SEEDS, needs_shared


def citations(readout: Readout) -> Iterator[Citation]:
    yield from readout.brief
    yield from (claim.text for claim in readout.claims)
    if readout.title:
        yield readout.title


def spans(readout: Readout) -> Iterator[tuple[str, Span]]:
    for statement in readout.statements:
        for report in statement.reports:
            for span in (*report.content, *report.source, *report.cue, *report.differs):
                yield report.article, span
    yield from ((report.article, report.span) for claim in readout.claims for report in claim.reports)
    yield from ((p.article, p.span) for difference in readout.differences for s in difference.sides for p in s.reports)
    yield from ((p.article, p.span) for issue in readout.issues for p in issue.passages)
    yield from ((p.article, p.span) for entry in readout.timeline for p in entry.passages)
    yield from ((source.article.id, span) for source in readout.articles for c in source.copied for span in c.spans)


def test_one_short_article_and_an_empty_one_make_a_readout() -> None:
    made = [reading("a", "Nothing happened."), reading("b")]
    readout = compare(Story("s", ("a", "b")), made)
    assert readout.id == "s"
    assert (readout.statements, readout.claims, readout.differences, readout.gaps) == ((), (), (), ())


def test_articles_of_another_story_stay_out_and_dates_come_before_names() -> None:
    made = [
        reading("a", "Nothing happened.", outlet="Crier", published="2021-03-02"),
        reading("b", "Nothing happened.", outlet="Zeitung", published="2021-03-01"),
        reading("c", "Nothing happened."),
        reading("d", "Nothing happened.", outlet="Aurora", published="2021-03-02"),
    ]
    readout = compare(Story("s", ("a", "b", "d")), made)
    assert [source.article.id for source in readout.articles] == ["b", "d", "a"]


@pytest.fixture(scope="module")
def seeds() -> tuple[Readout, Readout]:
    articles = [Article(path.stem, path.name, path.read_text("utf-8"), "") for path in sorted(SEEDS.glob("*.txt"))]
    readings = list(read_all(articles, load_model()))
    (story,) = group(readings)
    return compare(story, readings), compare(story, readings[::-1])


@needs_shared
def test_the_order_of_the_seeds_changes_nothing(seeds: tuple[Readout, Readout]) -> None:
    assert seeds[0] == seeds[1]


@needs_shared
def test_every_citation_and_span_of_the_seeds_readout_is_its_text(seeds: tuple[Readout, Readout]) -> None:
    readout = seeds[0]
    texts = {source.article.id: source.article.text for source in readout.articles}
    for citation in citations(readout):
        assert texts[citation.article][slice(*citation.span)] == citation.exact
    for article, (start, end) in spans(readout):
        assert 0 <= start < end <= len(texts[article])


@needs_shared
def test_ids_that_the_seeds_readout_refers_to_are_there(seeds: tuple[Readout, Readout]) -> None:
    readout = seeds[0]
    statements, claims = {s.id for s in readout.statements}, {c.id for c in readout.claims}
    issues = {issue.id for issue in readout.issues}
    assert len(issues) == len(readout.issues)
    assert all(set(statement.issues) <= issues and len(statement.issues) <= 2 for statement in readout.statements)
    assert all(set(issue.statements) <= statements and set(issue.claims) <= claims for issue in readout.issues)
    assert {gap.of for gap in readout.gaps} <= statements | claims | {claim.id for claim in readout.alone}


@needs_shared
def test_an_editor_finds_in_the_seeds_readout_what_they_would_look_for(seeds: tuple[Readout, Readout]) -> None:
    readout = seeds[0]
    assert {"Iran", "Venezuela", "Ukraine", "Arms control", "Election meddling"} <= {i.label for i in readout.issues}
    assert not {"Russia", "Sochi", "Putin", "Meeting", "Talks"} & {issue.label for issue in readout.issues}
    found = {difference.kind: difference for difference in readout.differences}
    assert {"120,000", "hundreds of thousands"} == {side.value for side in found["number"].sides}
    assert found["denial"].about == "Ukraine"
    assert {"seek", "see"} == {side.value for side in found["wording"].sides}
    substance = sorted(difference.kind for difference in readout.differences if difference.kind != "spelling")
    assert substance == ["date", "denial", "label", "number", "wording"]
    assert 4 <= len(readout.brief) <= 7
    assert readout.title is not None
    assert " to meet " not in readout.title.exact
    assert any(len({report.article for report in claim.reports}) == 3 for claim in readout.claims)
