from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from reportedly.tell._clean import clean, head, shorten, tail, text_node
from reportedly.tell._marks import element, weave
from tests._page import Page

ANY = st.text(st.characters(), max_size=60)


def woven(text: str, spans: list[tuple[int, int]], whole: tuple[int, int] | None = None) -> str:
    marks = [
        element("span", span, "x", f"m{n}", Markup('<a class="back">{}</a>').format(n)) for n, span in enumerate(spans)
    ]
    return str(weave(text, whole or (0, len(text)), marks))


def plain(html: str) -> str:
    root = Page(html).root
    for back in root.all("a", "back"):
        back.children = []
    return root.text()


def test_a_span_inside_another_is_nested():
    assert woven("abcdef", [(0, 6), (2, 4)]) == (
        '<span class="x" id="m0">ab<span class="x" id="m1">cd</span><a class="back">1</a>ef</span><a class="back">0</a>'
    )


def test_a_span_that_crosses_another_is_split_and_keeps_one_id():
    html = woven("abcdef", [(0, 4), (2, 6)])
    assert html == (
        '<span class="x" id="m0">ab<span class="x" id="m1">cd</span></span><a class="back">0</a>'
        '<span class="x">ef</span><a class="back">1</a>'
    )


def test_spans_that_touch_do_not_nest():
    assert woven("abcd", [(0, 2), (2, 4)]).startswith('<span class="x" id="m0">ab</span>')
    assert "<span" not in woven("abcd", [(2, 4)]).partition("ab")[0]


def test_equal_spans_both_have_their_anchor_and_their_way_back():
    html = woven("ab", [(0, 2), (0, 2)])
    assert [f'id="m{n}"' in html for n in (0, 1)] == [True, True]
    assert html.count('class="back"') == 2


def test_a_mark_that_runs_out_of_the_piece_is_cut_and_continued_without_id():
    assert woven("abcdef", [(0, 6)], (2, 4)) == '<span class="x">cd</span>'
    assert woven("abcdef", [(0, 4)], (2, 6)).endswith('</span><a class="back">0</a>ef')


@given(ANY, st.data())
def test_no_character_is_lost_or_doubled(text, data):
    places = st.integers(0, len(text))
    spans = [tuple(sorted(pair)) for pair in data.draw(st.lists(st.tuples(places, places), max_size=8))]
    html = woven(text, spans)
    assert plain(html) == clean(text)
    for n, (start, end) in enumerate(spans):
        assert html.count(f'id="m{n}"') == (1 if start < end else 0)
        assert html.count(f'<a class="back">{n}</a>') == (1 if start < end else 0)


@given(ANY, st.data())
def test_a_marks_words_are_inside_its_elements(text, data):
    places = st.integers(0, len(text))
    (a, b), (c, d) = [sorted(data.draw(st.tuples(places, places))) for _ in range(2)]
    html = str(weave(text, (0, len(text)), [element("i", (a, b)), element("b", (c, d))]))
    root = Page(html).root
    for tag, (start, end) in (("i", (a, b)), ("b", (c, d))):
        assert "".join(found.text() for found in root.all(tag)) == clean(text[start:end])


@given(st.text(st.characters(), max_size=200))
def test_any_text_becomes_html_that_reads_back(text):
    node = str(text_node(text))
    assert len(clean(text)) == len(text)
    assert Page(node).root.text() == clean(text)
    node.encode("utf-8")
    assert not set(node) & set("<>\x00\x07\r\ud800")


@given(st.text(max_size=300), st.integers(20, 120))
def test_shortening_cuts_between_words(text, limit):
    line = " ".join(clean(text).split())
    short = shorten(text, limit)
    assert len(short) <= limit + 1
    if short.endswith("…") and not line.endswith("…") and " " in short:
        kept = short[:-1]
        assert line.startswith(kept)
        assert not kept[-1:].isspace()


def test_shortening_and_surroundings():
    assert shorten("one two three four five six seven", 20) == "one two three four…"
    assert shorten("one  two,\n", 20) == "one two"
    assert shorten("x" * 100, 20) == "x" * 19 + "…"
    assert head("one two three", 6) == "… three"
    assert tail("one two three", 6) == "one…"
    assert (head("one", 6), tail("one", 6)) == ("one", "one")
