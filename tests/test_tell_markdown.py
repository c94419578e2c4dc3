from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.tell import to_markdown
from reportedly.tell._clean import clean
from reportedly.tell._markdown import escape
from tests._readout_fixture import at, nothing, rich

TEXT = to_markdown(rich())


def test_the_parts_stand_in_order():
    heads = re.findall(r"^##? (.*)$", TEXT, re.M)
    assert heads == ["Norway and Iceland agree to talk again after cable row", "Sources", "Statements", "Differences",
                     "Not found", "Timeline"]  # fmt: skip


def test_what_it_says():
    assert "> Norway and Iceland failed on Tuesday to agree" in TEXT
    assert "- **Kari Brandvik** (Norway, said 12 March 2024), 4 outlets:" in TEXT
    assert "  - “We at bottom do not want a fight over a fish,” — evening-echo.example (direct quotation)" in TEXT
    assert "  - a businesslike and even warm atmosphere — Reykjavík Courier (reported speech, “hailed”)" in TEXT
    assert "- **Figure**: Some 900 fishermen" in TEXT
    assert "not found in The Northern Post, Reykjavík Courier, evening-echo.example" in TEXT
    assert "- April 2024 (planned): … of Norway" in TEXT
    assert "omit" not in TEXT


def test_an_empty_readout_says_so():
    assert to_markdown(nothing()).count(" was ") >= 5


def test_a_link_cannot_be_broken_out_of():
    story = rich().articles[0]
    evil = replace(
        story, article=replace(story.article, url='https://a.example/x) [y](https://b.example/"<z>|', title="a](b) | c")
    )
    row = next(line for line in to_markdown(replace(rich(), articles=(evil,))).splitlines() if line.startswith("| 1 |"))
    assert row.count("](") == 1 + row.count("\\](")
    assert len(re.findall(r"(?<!\\)\|", row)) == 7


@pytest.mark.parametrize(
    "hostile",
    ["# no", "- no", "1. no", "> no", "a_b_c", "*a*", "`x`", "<b>x</b>", "&lt;", "[a](b)", "![a](b)", "a | b", "~~a~~",
     "***", "===", "    code", "\\*", "http://a.example/_x_", "+ x", "12) x", "a\n\n# b", "<!-- x -->", "$x$"],
)  # fmt: skip
def test_escaped_text_reads_as_itself(hostile):
    markdown = (
        pytest.importorskip("markdown_it", reason="markdown-it-py is not installed")
        .MarkdownIt("commonmark")
        .enable("table")
    )
    plain = " ".join(hostile.split())
    for before, tag in (("> ", "blockquote"), ("- ", "li"), ("", "p")):
        html = markdown.render(f"{before}{escape(hostile)}\n")
        inner = re.sub(r"</?(?:p|ul|li|blockquote)>\n?", "", html).strip()
        assert inner == plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), (before, html)
        assert f"<{tag}>" in html


@given(st.text(st.characters(), max_size=120))
def test_any_text_stays_one_line_of_text(text):
    markdown = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed").MarkdownIt("commonmark")
    tokens = markdown.parse(f"> {escape(text)}\n")
    kinds = [t.type for t in tokens]
    assert kinds in (["blockquote_open", "paragraph_open", "inline", "paragraph_close", "blockquote_close"],
                     ["blockquote_open", "blockquote_close"])  # fmt: skip
    if len(tokens) == 5:
        assert {child.type for child in tokens[2].children} <= {"text", "text_special"}
        shown = "".join(child.content for child in tokens[2].children).strip("\u2068\u2069")
        assert shown == " ".join(clean(text).split()).strip("\u2068\u2069")


def test_right_to_left_words_are_isolated():
    assert escape("سنلتقي") == "\u2068سنلتقي\u2069"
    assert escape("abc") == "abc"
    assert "\ud800" not in TEXT
    TEXT.encode("utf-8")
    assert at("evening", "سنلتقي")
