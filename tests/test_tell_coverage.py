from __future__ import annotations

import re
from dataclasses import replace

from reportedly._records import Claim, ClaimReport, Gap, Readout, Sourcing, cite
from reportedly.tell._book import Book
from reportedly.tell._html import to_html
from reportedly.tell._view import build_view
from reportedly.tell._view_credits import view_credits
from tests._page import Page
from tests._readout_fixture import rich


def claim(readout: Readout, name: str, articles: list[int]) -> Claim:
    """A claim whose passages are the first words of some articles' first body block."""
    chosen = [readout.articles[at].article for at in articles]
    spans = [next(b.span for b in article.blocks if b.kind == "body") for article in chosen]
    reports = tuple(
        ClaimReport(article.id, (start, start + 20), None, article.outlet or "")
        for article, (start, _) in zip(chosen, spans, strict=True)
    )
    text = cite(chosen[0], reports[0].span)
    return Claim(name, text, reports, len(reports), len(reports), len(reports), len(reports))


def told(*claims: tuple[str, list[int]], alone: tuple[tuple[str, list[int]], ...] = ()) -> Readout:
    readout = rich()
    ids = [one.article.id for one in readout.articles]
    made = [claim(readout, name, articles) for name, articles in claims]
    single = [claim(readout, name, articles) for name, articles in alone]
    gaps = tuple(
        Gap(
            one.id,
            tuple(r.article for r in one.reports),
            tuple(i for i in ids if i not in {r.article for r in one.reports}),
            (),
        )
        for one in (*made, *single)
    )
    return replace(readout, claims=tuple(made), alone=tuple(single), gaps=gaps, differences=(), timeline=(), issues=())


def test_what_most_tell_stands_first_and_what_one_tells_alone_last() -> None:
    readout = told(("c1", [0, 1]), ("c2", [0, 1, 2, 3, 4]), ("c3", [2, 3, 4]), alone=(("c4", [4]),))
    view = build_view(readout).coverage
    groups = [(group.label, group.size) for group in view.groups]
    assert groups == [("in all", 1), ("in 3", 1), ("in 2", 1), ("alone", 1)]
    assert [(row.told, row.alone) for row in view.rows] == [(2, 0), (2, 0), (2, 0), (2, 0), (3, 1)]
    states = [[cell.state for cells in row.cells for cell in cells] for row in view.rows]
    assert states[0] == ["found", "not found", "found", "not found"]
    assert states[4] == ["found", "found", "not found", "found"]


def test_every_filled_cell_leads_to_its_passage() -> None:
    page = Page(to_html(told(("c1", [0, 1]), ("c2", [0, 1, 2]), alone=(("c4", [4]),))))
    cells = page.root.all("a", "found")
    assert len(cells) == 6
    assert {cell.attrs["href"][1:] for cell in cells} <= set(page.ids)


def test_without_claims_there_is_no_picture() -> None:
    assert 'class="coverage"' not in to_html(told())


def test_credits_are_one_node_by_outlet_and_one_by_kind_of_the_rest() -> None:
    readout = rich()
    first, *others = readout.articles
    text = first.article.text
    spans = [match.span() for match in re.finditer(r"\w{6,}", text)][:5]
    names = [
        ("The New York Times", "outlet"), ("the New York Times", "outlet"), ("a senior official", "official"),
        ("police", "official"), ("court papers", "document"),
    ]  # fmt: skip
    given = tuple(Sourcing(s, name, kind, s) for s, (name, kind) in zip(spans, names, strict=True))  # type: ignore[arg-type]
    view = view_credits(Book(replace(readout, articles=(replace(first, credits=given), *others))))
    listed = [(line.name, line.kind, len(line.hrefs)) for line in view.lines if line.verb == "credits"]
    assert listed == [
        ("The New York Times", "", 2), ("a senior official", "official", 1), ("police", "official", 1),
        ("court papers", "document", 1),
    ]  # fmt: skip
    for picture in (view.wide, view.narrow):
        assert picture.count("The New York") == 1
        assert picture.count("officials and") == 1
        assert picture.count('class="cg-credit"') == 3
