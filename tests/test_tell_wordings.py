"""The wordings of a statement: the verb of what is not quoted, and a part that is shown with its whole."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from reportedly._records import Article, QuoteType, Readout, Report, Statement, StoryArticle
from reportedly.tell import to_html, to_markdown
from reportedly.tell._view import build_view
from reportedly.tell._view_statements import StatementView
from tests._page import Element, Page
from tests._readout_fixture import article, nothing

GULL = article("gull", [
    ("headline", "Brandt: dam ‘will not break’"),
    ("body", "Tessa Brandt denied that the dam had been built too low; she said the dam “will not break” in June."),
    ("body", "“The dam will not break in June,” Brandt said. “Ask the river.”"),
    ("body", "Anton Kleve demanded a new gate. Kleve said he would pay for half of it."),
], outlet="Gull")  # fmt: skip
TERN = article("tern", [
    ("body", "Kleve asked for a new gate, and said a new gate would do."),
    ("body", "The dam had been built too low, Brandt conceded."),
], outlet="Tern")  # fmt: skip


def a_report(source: Article, kind: QuoteType, content: str, *, cue: str = "", source_words: str = "") -> Report:
    def place(words: str, start: int = 0) -> tuple[tuple[int, int], ...]:
        first = source.text.index(words, start)
        return ((first, first + len(words)),)

    return Report(source.id, f"{source.id}-{content}", kind, place(content),
                  place(source_words) if source_words else (), place(cue) if cue else (), "high")  # fmt: skip


def a_readout(*reports: Report) -> Readout:
    stories = tuple(StoryArticle(a, None, (), None, 1.0, True) for a in (GULL, TERN))
    return replace(nothing(), articles=stories, statements=(Statement("s", None, None, (), None, None, reports),))


def shown(*reports: Report) -> StatementView:
    return build_view(a_readout(*reports)).statements.by_id["s"]


def in_markdown(*reports: Report) -> list[str]:
    part = to_markdown(a_readout(*reports)).split("## Statements")[1].split("## Differences")[0]
    return [line for line in part.splitlines() if line.lstrip().startswith("- ")]


def in_html(*reports: Report) -> Element:
    return Page(to_html(a_readout(*reports))).by_id("statement-1")


GATE = a_report(GULL, "indirect", "a new gate", cue="demanded", source_words="Anton Kleve")
LOW = a_report(GULL, "indirect", "the dam had been built too low", cue="denied", source_words="Tessa Brandt")
WHOLE = a_report(GULL, "direct", "The dam will not break in June", cue="said")
PART = a_report(GULL, "direct", "will not break", source_words="Brandt")
MIXED = a_report(GULL, "mixed", "the dam “will not break” in June", cue="said")


# ---------------------------------------------------------------- the verb


def test_a_verb_that_tells_more_than_said_is_shown() -> None:
    assert in_markdown(GATE) == ["- **Speaker not identified**: a new gate — Gull (reported speech, “demanded”)"]
    item = in_html(GATE)
    (cue,) = item.all("a", "cue")
    assert cue.text() == "demanded"
    place = Page(to_html(a_readout(GATE))).by_id(cue.attrs["href"][1:])
    assert place.text() == "demanded"
    assert "Anton Kleve demanded reported speech" in " ".join(item.text().split())


@pytest.mark.parametrize("cue", ["said", "says", "Said", "according to", "has said"])
def test_a_plain_form_of_say_is_not(cue: str) -> None:
    sentence = article("gull", [("body", f"Kleve {cue} a new gate would do.")], outlet="Gull")
    report = a_report(sentence, "indirect", "a new gate would do", cue=cue)
    readout = replace(a_readout(report), articles=(StoryArticle(sentence, None, (), None, 1.0, True),))
    assert "Gull (reported speech)" in to_markdown(readout)
    assert not Page(to_html(readout)).root.all("", "cue")


def test_a_quoted_sentence_needs_no_verb_but_words_picked_out_of_one_do() -> None:
    sentence = a_report(GULL, "direct", "The dam will not break in June", cue="denied")
    assert shown(sentence).wordings[0].cue == ""
    picked = a_report(GULL, "direct", "built too low", cue="denied")
    assert shown(picked).wordings[0].cue == "denied"
    assert shown(replace(sentence, content=(*sentence.content, *picked.content))).wordings[0].cue == ""


def test_a_verb_that_one_outlet_has_stands_with_that_outlet() -> None:
    asked = a_report(TERN, "indirect", "a new gate", cue="asked for")
    said = a_report(TERN, "indirect", "a new gate", cue="said")
    assert in_markdown(GATE, asked)[0].endswith("a new gate — Gull (“demanded”), Tern (“asked for”) (reported speech)")
    assert in_markdown(GATE, said)[0].endswith("a new gate — Gull (“demanded”), Tern (reported speech)")
    assert [cue.text() for cue in in_html(GATE, said).all("a", "cue")] == ["demanded"]


def test_the_grid_and_the_rows_of_what_was_found_have_the_verb() -> None:
    assert shown(LOW).label == "Speaker not identified (denied): the dam had been built too low"
    assert shown(MIXED).label == "Speaker not identified: the dam “will not break” in June"


def test_a_verb_from_an_article_is_only_text() -> None:
    evil = article("gull", [("body", "Kleve <b>de*manded a gate.")], outlet="Gull")
    report = a_report(evil, "indirect", "a gate", cue="<b>de*manded")
    readout = replace(a_readout(report), articles=(StoryArticle(evil, None, (), None, 1.0, True),))
    assert "“&lt;b&gt;de\\*manded”" in to_markdown(readout)
    assert Page(to_html(readout)).by_id("statement-1").all("a", "cue")[0].text() == "<b>de*manded"


# ---------------------------------------------------------------- a part and its whole


def test_a_part_stands_with_the_whole_of_its_article_and_both_places_are_cited() -> None:
    assert in_markdown(WHOLE, PART) == [
        "- **Speaker not identified**: “The dam will not break in June” — Gull in 2 places (direct quotation)"
    ]
    assert in_markdown(PART, WHOLE) == in_markdown(WHOLE, PART)
    links = [a for a in in_html(WHOLE, PART).all("a") if a.attrs.get("class") != "cue"]
    assert [a.text() for a in links] == ["Gull, in its text", "again in Gull, in its text"]
    page = Page(to_html(a_readout(WHOLE, PART)))
    places = [page.by_id(a.attrs["href"][1:]).text("data-not-text") for a in links]
    assert places == ["The dam will not break in June", "will not break"]


def test_places_come_before_what_is_said_of_them() -> None:
    words = " ".join(in_html(MIXED, replace(PART, cue=GATE.cue)).text().split())
    assert "Gull, in its text, again in Gull, in its text said, Brandt … demanded partly quoted" in words


def test_another_article_keeps_its_own_wording() -> None:
    assert len(shown(LOW, a_report(TERN, "indirect", "built too low", cue="conceded")).wordings) == 2


def test_a_quotation_is_not_put_under_words_without_marks() -> None:
    heading = a_report(GULL, "direct", "too low")
    assert [w.type for w in shown(LOW, heading).wordings] == ["indirect", "direct"]
    assert [w.type for w in shown(MIXED, PART).wordings] == ["mixed"]


def test_words_are_whole_and_in_one_piece() -> None:
    torn = replace(WHOLE, content=(*PART.content, *a_report(GULL, "direct", "Ask the river").content))
    assert len(shown(WHOLE, torn).wordings) == 2
    assert len(shown(WHOLE, a_report(GULL, "direct", "ill not break")).wordings) == 2


def test_a_verb_of_a_part_is_shown_unless_the_whole_has_it() -> None:
    clause = a_report(GULL, "indirect", "the dam had been built too low", cue="denied")
    whole = a_report(GULL, "indirect", "denied that the dam had been built too low")
    assert in_markdown(whole, clause)[0].endswith("Gull in 2 places (reported speech)")
    outside = a_report(GULL, "indirect", "that the dam had been built too low", cue="said")
    assert in_markdown(outside, clause)[0].endswith("Gull in 2 places (reported speech, “denied”)")


def test_a_statement_with_one_wording_left_is_one_line() -> None:
    assert len(in_markdown(MIXED, PART)) == 1
    assert not re.search(r"1 (outlet|article):", to_markdown(a_readout(MIXED, PART)))
