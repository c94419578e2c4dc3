from __future__ import annotations

import re
import time
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly._records import Citation, Copy, Passage, Readout, Report, Statement, StoryArticle, TimelineEntry
from reportedly.tell import to_html, to_markdown
from reportedly.tell._book import Book
from reportedly.tell._clean import clean
from reportedly.tell._view import build_view
from tests._page import Element, Page
from tests._readout_fixture import ARTICLES, LONG_WORD, article, at, big, nothing, passage, report, rich

HTML = to_html(rich())
PAGE = Page(HTML)
ROOT = PAGE.root


def section(name: str) -> Element:
    return PAGE.by_id(name)


def words(element: Element) -> str:
    return " ".join(element.text().split())


def full_texts(page: Page) -> list[str]:
    return [body.text(without="data-not-text") for body in page.root.all("div", "fulltext")]


# ---------------------------------------------------------------- the page as a file


def test_it_is_one_file_that_loads_and_runs_nothing():
    assert HTML.startswith('<!DOCTYPE html>\n<html lang="en">')
    (policy,) = ROOT.all("meta", http_equiv="Content-Security-Policy")
    assert policy.attrs["content"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert not [e for e in ROOT.walk() if e.tag in {"script", "link", "img", "iframe", "object", "form", "base"}]
    assert not [key for e in ROOT.walk() for key in e.attrs if key.startswith("on") or key in {"src", "srcset"}]
    assert "url(" not in words(ROOT.all("style")[0])
    assert "@import" not in words(ROOT.all("style")[0])
    assert ROOT.all("meta", name="viewport")
    assert words(ROOT.all("title")[0]) == "Norway and Iceland agree to talk again after cable row – readout"


def test_ids_are_unique_and_every_inner_link_has_its_target():
    assert len(PAGE.ids) == len(set(PAGE.ids))
    links = [e.attrs["href"] for e in ROOT.all("a")]
    assert {href[1:] for href in links if href.startswith("#")} <= set(PAGE.ids)
    outer = [href for href in links if not href.startswith("#")]
    assert outer
    assert all(href.startswith("https://") for href in outer)


def test_headings_go_down_one_step_at_a_time():
    levels = [int(e.tag[1]) for e in ROOT.walk() if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_landmarks_and_names():
    assert len(ROOT.all("main")) == len(ROOT.all("nav")) == 1
    assert ROOT.all("a", "skip")[0].attrs["href"] == "#main"
    for e in ROOT.walk():
        if "aria-labelledby" in e.attrs:
            assert set(e.attrs["aria-labelledby"].split()) <= set(PAGE.ids)
    assert all(e.attrs.get("scope") for e in ROOT.all("th"))
    assert all(words(e) for e in ROOT.all("a")), "a link without a name"
    order = [e.attrs["id"] for e in ROOT.all("main")[0].children if isinstance(e, Element)]
    assert order == ["top", "sources", "grid", "statements", "differences", "missing", "timeline", "texts"]


def test_the_same_readout_gives_the_same_bytes():
    assert to_html(rich()) == HTML
    HTML.encode("utf-8")


# ---------------------------------------------------------------- full texts


def test_every_articles_text_is_there_exactly():
    assert full_texts(PAGE) == [clean(found.text) for found in ARTICLES.values()]
    assert "\r\n" in full_texts(PAGE)[3]


def test_hostile_strings_are_only_text():
    assert "<script" not in HTML.lower()
    assert "&lt;script&gt;alert" in HTML
    assert LONG_WORD in HTML
    assert not set("\x00\x07\ud800") & set(HTML)


def test_repeats_are_folded_but_there_and_captions_and_boilerplate_are_named():
    (repeat,) = section("texts").all("details", "repeat")
    assert "open" not in repeat.attrs
    assert "Ministers Kari Brandvik and Jón Eldjárn at the quay" in words(repeat)
    tags = [words(e) for e in section("texts").all("span", "tag")]
    assert {"Caption", "Embedded post", "Not part of the article", "Byline", "Dateline"} <= set(tags)


def test_copied_blocks_are_ruled_and_say_where_else_they_stand():
    courier = section("article-3")
    assert len(courier.all("div", "whole")) == 3
    assert [words(e) for e in courier.all("span", "tag") if "Also" in words(e)] == ["Also in Polar Wire"] * 2
    assert not section("article-1").all("div", "shared")


def test_every_quote_leads_to_its_statement_and_back():
    for statement in ROOT.all("article", "statement"):
        for link in statement.all("ul", "carriers"):
            for anchor in link.all("a"):
                quote = PAGE.by_id(anchor.attrs["href"][1:])
                assert ("p" if anchor.attrs.get("class") == "cue" else "q") in quote.attrs["class"].split()
    backs = {a.attrs["href"][1:] for a in ROOT.all("a", "back")}
    cited = {
        e.attrs["id"]
        for e in ROOT.walk()
        if re.match(r"(statement|claim|difference|time|brief)-\d+$", e.attrs.get("id", ""))
    }
    assert cited <= backs
    for back in ROOT.all("a", "back"):
        assert words(back).startswith("Back to ")


def test_a_citation_that_does_not_match_its_text_is_not_shown():
    good = rich()
    wrong = Citation("post", (3, 12), "nowhere to be found", "", "")
    bad = replace(
        good,
        title=wrong,
        brief=(wrong, replace(wrong, article="nowhere"), Citation("wire", (-4, 2), "x", "", "")),
        claims=(replace(good.claims[0], text=wrong),),
        timeline=(
            TimelineEntry("2024-01-01", "day", "happened", None, (Passage("post", (5, 10**9)), Passage("x", (0, 1)))),
        ),
    )
    page = Page(to_html(bad))
    assert "nowhere to be found" not in words(page.root)
    assert words(page.by_id("brief-h").parent).endswith("No passage was chosen as a brief.")
    assert "No dated event was found" in words(page.by_id("timeline"))
    assert words(page.root.all("h1")[0]) == ARTICLES["post"].title


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_text_with_any_spans_comes_out_whole(data):
    text = data.draw(st.text(st.characters(), min_size=1, max_size=80))
    places = st.integers(-2, len(text) + 2)
    spans = data.draw(st.lists(st.tuples(places, places), min_size=1, max_size=6))
    story = replace(article("a", [("body", "x")]), id="a", text=text, blocks=(), title=text, outlet=text[:5])
    blocks, start = [], 0
    for kind, end in zip(
        ("headline", "body", "repeat", "caption"), sorted(data.draw(st.lists(places, max_size=4))), strict=False
    ):
        if start < end <= len(text):
            blocks.append(type(ARTICLES["post"].blocks[0])(kind, (start, end)))
            start = end
    story = replace(story, blocks=tuple(blocks))
    statement = Statement("s", None, text[:2], (), None, None, tuple(
        Report("a", f"q{n}", "direct", (span,), (span,), (), "low", (span,))
        for n, span in enumerate(spans)))  # fmt: skip
    entries = tuple(TimelineEntry(text[:10], "about", "alleged", None, (Passage("a", span),)) for span in spans)
    readout = replace(nothing(), articles=(StoryArticle(story, None, (Copy("a", tuple(spans)),), text, 0.5, True),),
                      statements=(statement,), timeline=entries)  # fmt: skip
    page = Page(to_html(readout))
    assert full_texts(page) == [clean(text)]
    assert len(page.ids) == len(set(page.ids))
    assert {e.attrs["href"][1:] for e in page.root.all("a") if e.attrs["href"].startswith("#")} <= set(page.ids)


# ---------------------------------------------------------------- what the parts say


def test_the_opening():
    top = words(section("top"))
    assert "Headline of The Northern Post" in top
    assert (
        "5 articles 4 outlets 1 article of an outlet not named 4 distinct texts 12–13 March 2024 and 1 undated" in top
    )
    assert len(section("top").all("blockquote")) == 2


def test_the_sources():
    rows = [words(row) for row in section("sources").all("tr")[1:]]
    assert "11 % reprints Polar Wire credits Polar Wire" in rows[2]
    assert "93 %" in rows[3]
    assert "fjordavisa_scan-0007.txt outlet not named" in rows[4]
    assert "incomplete: not assessed" in rows[4]
    assert "18:05" in rows[0]


def test_the_grid_has_countries_by_name_and_the_unattributed_last():
    heads = [words(e) for e in section("grid").all("thead")[0].all("th")]
    assert heads == ["Issue", "Iceland", "Norway", "Others and unattributed"]
    rows = {words(r.all("th")[0]): [words(c) for c in r.all("td")] for r in section("grid").all("tbody")[0].all("tr")}
    assert (
        "Brandvik We fundamentally do not want a quarrel over a fish, … But we have also made it clear that our…"
        in rows["Cod quota"][1]
    )
    assert rows["Cod quota"][1].endswith("4 outlets")
    assert rows["Svalbard cable <damage>"][1].startswith("Brandvik dismissed: a report that a research ship")
    assert rows["Fishermen's protest"][2].startswith("Moe (North Sea Trawlermen's Union) his members")
    assert "Speaker not identified" in rows["Fishermen's protest"][2]
    assert "European Union, North Sea Trawlermen's Union" in words(section("grid"))
    assert "Other statements" not in rows
    assert "1 other statement is on none of these issues." in words(section("grid"))
    assert "no statement was found: 1976 treaty." in words(section("grid"))


def test_a_statement_shows_every_wording_once_with_its_outlets():
    first = section("statement-1")
    assert words(first.all("p", "meta")[0]) == "Norwegian fisheries minister Norway said 12 March 2024 4 outlets"
    wordings = first.all("div", "wording")
    assert [[words(li) for li in w.all("li")] for w in wordings] == [
        ["The Northern Post, in its text"],
        ["Polar Wire, in its text", "Reykjavík Courier, in its text"],
        ["evening-echo.example, in its text"],
    ]
    assert words(wordings[0].all("blockquote")[0]) == (
        "We fundamentally do not want a quarrel over a fish, … "
        "But we have also made it clear that our line is not for sale."
    )
    assert [words(e) for e in wordings[0].all("mark")] == ["do not", "over a fish", "have also made it clear", "is not"]
    assert "Kari Brandvik told reporters on the quay" in words(wordings[0])
    assert "speaker uncertain" in words(wordings[2])
    assert "speaker uncertain" not in words(first.all("header")[0])


def test_only_direct_quotations_have_quotation_marks():
    second = section("statement-2").all("div", "wording")
    assert [[e.tag for e in w.all("blockquote")[0].walk() if e.tag in {"q"}] for w in second] == [["q"], [], []]
    assert [words(w.all("p", "type")[0]).rpartition("· ")[2] for w in second] == [
        "direct quotation", "partly quoted", "reported speech"]  # fmt: skip


def test_single_statements_are_a_list_that_is_open():
    singles = section("statements").all("details", "singles")
    assert all("open" in e.attrs for e in singles)
    assert "1 statement in one article only" in words(singles[0])
    envy = section("statement-4")
    assert envy.tag == "li"
    assert words(envy.parent.parent).startswith("a senior European Commission official European Union S4")
    assert words(envy).endswith("partly quoted speaker uncertain")


def test_single_statements_stand_speaker_by_speaker_those_of_nobody_last():
    view = build_view(big())
    for issue in view.issues:
        numbers = [s.number for group in issue.speakers for s in group.statements]
        assert numbers == sorted(numbers) == [s.number for s in issue.single]
        assert len({group.first.speaker_name for group in issue.speakers}) == len(issue.speakers)


def test_the_same_words_in_other_marks_are_one_wording():
    first = article("a", [("body", "He said “we’ll see – soon,” twice.")], outlet="A")
    second = article("b", [("body", 'He said "we\'ll see — soon." twice.')], outlet="B")
    reports = tuple(
        Report(a.id, "q", "direct", ((len("\nHe said “"), a.text.index("soon") + 5),), (), (), "high")
        for a in (first, second)
    )
    readout = replace(nothing(), articles=tuple(StoryArticle(a, None, (), None, 1.0, True) for a in (first, second)),
                      statements=(Statement("s", None, None, (), None, None, reports),))  # fmt: skip
    (wording,) = build_view(readout).statements.by_id["s"].wordings
    assert [carrier.source.name for carrier in wording.carriers] == ["A", "B"]
    assert wording.plain == "we’ll see – soon,"


def test_a_cue_that_is_a_colon_is_no_attribution():
    colon = at("post", "PHOTO:")[1]
    with_colon = replace(rich().statements[3].reports[0], cue=(at("post", "By"), (colon - 1, colon)))
    view = build_view(replace(rich(), statements=(replace(rich().statements[3], reports=(with_colon,)),)))
    assert [way.striptags() for way in view.statements.by_id["s-demand"].wordings[0].attributions] == ["By"]


def test_the_differences():
    both = section("differences").all("article", "difference")
    assert len(both) == 3, "a difference with one side is none"
    assert words(both[0]).startswith("D1 Figure: Some 900 fishermen")
    values = [words(e) for e in both[0].all("p", "value")]
    assert values == ["1,200", "900"]
    assert words(both[0].all("blockquote")[1]) == (
        "Some 900 fishermen protested in the town, according to organisers from the North Sea Trawlermen's Union. "
        "Polar Wire, in its text, Reykjavík Courier, in its text"
    )
    assert words(both[2].all("h3")[0]) == "D3 Spelling: Jón Eldjárn", "a person is named, not given by an id"
    assert [words(e) for e in both[0].all("b") if e.within("blockquote")] == ["1,200", "900"]
    assert both[1].all("h3")[0].all("a")[0].attrs["href"] == "#statement-6"


def test_the_matrix_says_in_words_what_was_found_where():
    table = section("missing").all("table")[0]
    rows = {words(r.all("th")[0]): [words(c) for c in r.all("td")] for r in table.all("tr") if r.all("td")}
    assert len(rows) == 6, "a statement of one article is no row"
    assert rows["C3 The cable was damaged on February 27."] == [
        "– not found in The Northern Post", "● found in Polar Wire", "– not found in Reykjavík Courier",
        "– not found in evening-echo.example", "? not assessable"]  # fmt: skip
    assert "omit" not in words(section("missing"))
    for row in table.all("td", "found"):
        assert PAGE.by_id(row.all("a")[0].attrs["href"][1:]).within("article")


def test_a_claim_shows_its_four_counts():
    assert "3 articles 2 distinct texts 3 outlets 2 independent origins" in words(section("claim-1"))
    assert "1 article 1 distinct text 1 outlet 1 independent origin" in words(section("claim-3"))


def test_an_empty_readout_says_so_in_every_part():
    page = Page(to_html(nothing()))
    empty = [words(e) for e in page.root.all("p", "empty")]
    assert len(empty) == 9
    assert all(sentence.endswith(".") for sentence in empty)
    assert {href for e in page.root.all("a") if (href := e.attrs["href"])} <= {f"#{name}" for name in page.ids}


def test_statements_on_several_issues_are_shown_once_and_pointed_to():
    assert len([e for e in PAGE.ids if e == "statement-2"]) == 1
    assert "See also S2 Jón Eldjárn" in words(section("issue-2"))


def test_a_statement_with_no_valid_wording_is_left_out():
    readout = rich()
    broken = replace(
        readout.statements[0], id="s-broken", reports=(replace(readout.statements[0].reports[0], content=((9, 5),)),)
    )
    view = build_view(replace(readout, statements=(*readout.statements, broken)))
    assert "s-broken" not in view.statements.by_id


def test_reports_that_repeat_one_passage_make_one_way_back():
    twice = replace(rich().statements[3], reports=rich().statements[3].reports * 2)
    view = build_view(replace(rich(), statements=(twice,)))
    assert len(view.statements.by_id) == 1
    html = to_html(replace(rich(), statements=(twice,)))
    assert html.count('title="Back to statement 1"') == 1


def test_a_passage_is_shown_in_its_block():
    book = Book(rich())
    short = book.excerpt("post", at("post", "1,200"), None)
    assert short
    assert str(short.html) == "About <b>1,200</b> trawlermen demonstrated outside the town hall, the police said."
    assert book.excerpt("post", (5, 5), None) is None
    assert book.excerpt("nobody", (0, 5), None) is None


def test_type_report_helper_is_right():
    made = report("post", "direct", "We fundamentally do not want a quarrel over a fish,", source="Kari Brandvik")
    assert ARTICLES["post"].text[slice(*made.source[0])] == "Kari Brandvik"
    assert passage("post", "1976").span[0] > 0


def test_a_large_readout_is_fast():
    readout: Readout = big()
    to_html(nothing())
    start = time.perf_counter()
    html = to_html(readout)
    assert time.perf_counter() - start < 0.5
    assert html.count('class="statement"') == 100


def test_of_many_articles_each_row_lists_its_numbers():
    readout = rich()
    more = tuple(replace(readout.articles[4], article=replace(ARTICLES["short"], id=f"x{n}")) for n in range(15))
    page = Page(to_html(replace(readout, articles=readout.articles + more)))
    table = page.by_id("missing").all("table")[0]
    row = next(r for r in table.all("tr") if words(r).startswith("C3 "))
    assert [words(c) for c in row.all("td")][:2] == ["2", "1, 3, 4"]
    assert words(row.all("td")[2]).startswith("5, 6, 7")
    names = [words(r.all("th")[0]) for r in page.by_id("sources").all("tr")[5:]]
    assert len(set(names)) == len(names) == 16


def test_an_article_without_a_date_says_for_which_day_it_is_taken() -> None:
    story = replace(rich().articles[0], inferred="2024-03-12", inferred_from="a date in its own text")
    undated = replace(story, article=replace(story.article, published=None))
    page = Page(to_html(replace(nothing(), articles=(undated,)))).by_id("sources").text()
    assert "not given" in page
    assert "taken for 12 March 2024: a date in its own text" in page
    assert "not given (taken for 12 March 2024)" in to_markdown(replace(nothing(), articles=(undated,)))
