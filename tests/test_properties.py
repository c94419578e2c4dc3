"""Whatever the text: the road is walked to its end, and every span lies inside the text it is a span of."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from reportedly import (
    Article,
    Reading,
    load_model,
    make_readouts,
    read_articles,
    reading_to_json,
    to_html,
    to_json,
    to_markdown,
)
from tests._whole import check_reading, check_readout

READING = TypeAdapter(Reading)
slow = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def article(text: str, name: str = "a") -> Article:
    return Article(name, f"{name}.txt", text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def read(text: str) -> Reading:
    (reading,) = read_articles([article(text)], load_model())
    return reading


# What collect lets through: any text that can be written as UTF-8.
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=400)

# ---------------------------------------------------------------- news-like text with marks that do not pair

OPENERS = ["“", "‘", '"', "'", "«", "„", "”", "“‘", '"“', ""]
CLOSERS = ["”", "’", '"', "'", "»", "“", ",”", ".”", "’”", '."', ""]
NAMES = ["Ida Lunt", "Lunt", "Foreign Minister Per Aas", "he", "she", "the mayor", "a senior official", "O’Brien-Öz"]
CUES = ["said", "told reporters", "warned", "tweeted", "“said”", "insisted that", ":", "said on Monday", "denied"]
WORDS = ["the bridge", "isn't", "was closed", "40 percent", "in the '90s", "Lunt’s", "on May 3, 2021", "U.S.", "(Aas)"]
GAPS = [" ", " ", " ", "\n\n", "\n", ". ", ", ", "… ", "\u00a0", "\u2028", "\r\n", "\t"]

speech = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
said = st.tuples(st.sampled_from(OPENERS), speech, st.sampled_from(CLOSERS)).map("".join)
clause = st.tuples(st.sampled_from(NAMES), st.sampled_from(CUES)).map(" ".join)
part = st.one_of(said, clause, speech)
news = st.lists(st.tuples(part, st.sampled_from(GAPS)).map("".join), min_size=1, max_size=25).map("".join)


@slow
@given(texts)
@example("\x00")
@example("\ufeff“")
@example("“" * 400)
@example("'\u0301" * 200)
@example("a\u2028b\u2029c\x85d\x0ce")
@example("İ" * 50 + "ß said “ﬁ”")
@example("👩‍👩‍👧 said “🇳🇴” " * 8)
def test_any_text_is_read(text: str) -> None:
    whole_road_of_one(text)


@slow
@given(news)
def test_marks_that_do_not_pair(text: str) -> None:
    whole_road_of_one(text)


def whole_road_of_one(text: str) -> None:
    reading = read(text)
    assert reading.article.text == text
    line = reading_to_json(reading)
    assert "\n" not in line
    check_reading(json.loads(line))
    assert READING.validate_json(line) == reading
    assert read(text) == reading


@settings(slow, max_examples=25)
@given(st.lists(st.one_of(news, texts), min_size=1, max_size=4, unique=True))
def test_any_articles_make_readouts(wordings: list[str]) -> None:
    articles = [article(text, f"a{number}") for number, text in enumerate(wordings)]
    readouts = list(make_readouts(articles))
    assert sorted(item.article.id for readout in readouts for item in readout.articles) == [a.id for a in articles]
    for readout in readouts:
        check_readout(json.loads(to_json(readout)))
        assert to_html(readout)
        assert to_markdown(readout)


@settings(slow, max_examples=15)
@given(news, st.integers(0, 3))
def test_almost_the_same_article_twice(text: str, cut: int) -> None:
    """Copies: the second has lost its first words."""
    other = text[cut:] + " More."
    for readout in make_readouts([article(text, "a"), article(other, "b")]):
        check_readout(json.loads(to_json(readout)))


@pytest.mark.parametrize(
    "text",
    [
        "“" * 3_000,
        "said " * 4_000,
        "“No,” he said. " * 1_000,
        "'a " * 4_000,
        "Ida Lunt " * 2_000,
        "on Monday, May 3, " * 1_000,
        "\n\n".join(["“Yes"] * 1_500),
        "(" * 1_500 + "[" * 1_500,
        "1,000,000.00 " * 1_500,
        "—" * 3_000,
    ],
    ids=lambda text: text[:8],
)
@pytest.mark.slow
def test_hostile_repetition_ends(text: str) -> None:
    check_reading(json.loads(reading_to_json(read(text))))
