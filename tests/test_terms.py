"""Noun phrases that may be issues. The articles are invented."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly._records import Term
from reportedly.read._people import find_people
from reportedly.read._terms import find_terms
from tests.test_people import parsed

TEXT = (
    "Norwegian Foreign Minister Astrid Vik raised fishing quotas and the power cable on Tuesday. "
    "Three ministers discussed new election interference rules for two hours. The Vik report says little. "
    "It is a way of life."
)


def terms(text: str) -> tuple[Term, ...]:
    article = parsed(text)
    return find_terms(article, find_people(article))


def test_terms_are_content_noun_phrases() -> None:
    keys = {term.key for term in terms(TEXT)}
    assert {"power cable", "fishing quota"} <= keys or {"power cable", "fish quota"} <= keys
    assert any(key.startswith("election interference") for key in keys)


def test_no_times_no_amounts_no_people_no_empty_words() -> None:
    keys = {term.key for term in terms(TEXT)}
    assert not keys & {"tuesday", "hour", "two hour", "astrid vik", "vik", "way", "it"}


def test_spans_are_in_the_text_and_in_order() -> None:
    found = terms(TEXT)
    assert [term.span for term in found] == sorted((term.span for term in found), key=lambda span: (span[0], -span[1]))
    assert len({term.span for term in found}) == len(found)
    assert all(TEXT[start:end].strip() == TEXT[start:end] for start, end in (term.span for term in found))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=120))
def test_any_text(text: str) -> None:
    assert all(0 <= term.span[0] < term.span[1] <= len(text) and term.key for term in terms(text))
