from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.tell._dates import day_of, days_of, say_clock, say_date, say_range
from reportedly.tell._names import display_names, domain, outlet_name, party_name, safe_url, surname
from tests._readout_fixture import ARTICLES

ONE = replace(ARTICLES["wire"], outlet="Polar Wire", published=None)


def test_an_article_is_called_by_its_outlet_its_domain_or_its_file():
    assert display_names(list(ARTICLES.values())) == [
        "The Northern Post", "Polar Wire", "Reykjavík Courier", "evening-echo.example", "fjordavisa_scan-0007.txt",
    ]  # fmt: skip
    assert outlet_name(ARTICLES["short"]) == ""
    assert display_names([replace(ONE, outlet=" ", source="https://www.a.example/x/y")]) == ["a.example"]
    assert display_names([replace(ONE, outlet=None, source="C:\\in\\one.txt")]) == ["one.txt"]
    assert display_names([replace(ONE, outlet=None, source="")]) == [ONE.id]


def test_articles_of_one_outlet_are_told_apart():
    days = [replace(ONE, published=day) for day in ("2024-03-12", "2024-03-13T10:00:00Z")]
    assert display_names(days) == ["Polar Wire, 12 March 2024", "Polar Wire, 13 March 2024"]
    assert display_names([ONE, ONE, ONE]) == ["Polar Wire", "Polar Wire (2)", "Polar Wire (3)"]
    names = display_names([ONE, replace(ONE, outlet="Polar Wire (2)"), ONE])
    assert len(set(names)) == 3


@pytest.mark.parametrize(
    ("party", "name"),
    [("NO", "Norway"), ("KR", "South Korea"), ("EU", "European Union"), (None, "No party named"),
     ("  ", "No party named"),     ("North Sea\nUnion", "North Sea Union"), ("ZZ", "ZZ")],
)  # fmt: skip
def test_parties(party, name):
    assert party_name(party) == name


@pytest.mark.parametrize(
    ("name", "kind", "short"),
    [("Kari Brandvik", "person", "Brandvik"), ("Ursula von der Tal", "person", "von der Tal"),
     ("Cher", "person", "Cher"),
     ("Sam Stone Jr.", "person", "Stone"),
     ("a senior official", "unnamed", "a senior official"),
     ("", "person", ""),
     ("Fish Ministry", "organisation", "Fish Ministry"), ("de la Cruz", "person", "de la Cruz"[3:])],
)  # fmt: skip
def test_surnames(name, kind, short):
    assert surname(name, kind) == short


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//a.example", "http://", "http://[", None, "",
     "https://a.example/\n<x>", "ftp://a.example/"],
)  # fmt: skip
def test_a_link_leads_only_to_the_web(url):
    assert safe_url(url) == ""


def test_a_web_address_is_kept():
    assert safe_url(" https://www.a.example/x?y=1&z=(2)") == "https://www.a.example/x?y=1&z=(2)"
    assert domain("HTTPS://WWW.A.Example:80/x") == "a.example"


@pytest.mark.parametrize(
    ("value", "words", "first", "last"),
    [("2024-03-12", "12 March 2024", date(2024, 3, 12), date(2024, 3, 12)),
     ("2024-03-12T18:05:00+01:00", "12 March 2024", date(2024, 3, 12), date(2024, 3, 12)),
     ("2024-02", "February 2024", date(2024, 2, 1), date(2024, 2, 29)),
     ("1976", "1976", date(1976, 1, 1), date(1976, 12, 31)),
     ("2024-W11", "week of 11 March 2024", date(2024, 3, 11), date(2024, 3, 17)),
     ("2024-Q2", "April to June 2024", date(2024, 4, 1), date(2024, 6, 30)),
     ("2024-SU", "June to August 2024", date(2024, 6, 1), date(2024, 8, 31))],
)  # fmt: skip
def test_dates(value, words, first, last):
    assert say_date(value) == words
    assert days_of(value) == (first, last)


@pytest.mark.parametrize(
    "value", ["", "PRESENT_REF", "2024-13-01", "2024-02-30", "0001-01-01", "2024-W60", "P3D", "noon"]
)
def test_what_is_no_date_is_shown_as_it_is(value):
    assert days_of(value) is None
    assert say_date(value) == value
    assert day_of(value) is None


def test_ranges_and_clocks():
    days = [date(2024, 3, 12), date(2024, 3, 14)]
    assert say_range(days) == "12–14 March 2024"
    assert say_range(days[:1] * 2) == "12 March 2024"
    assert say_range([date(2024, 2, 28), *days]) == "28 February – 14 March 2024"
    assert say_range([date(2023, 12, 31), date(2024, 1, 1)]) == "31 December 2023 – 1 January 2024"
    assert say_range([]) == ""
    assert (say_clock("2024-03-12T18:05:00"), say_clock("2024-03-12T00:00:00"), say_clock(None)) == ("18:05", "", "")


@given(st.text(max_size=40))
def test_any_value_can_be_said(value):
    assert isinstance(say_date(value), str)
    assert days_of(value) is None or days_of(value)[0] <= days_of(value)[1]
    assert surname(value, "person") == surname(value, "person").strip()
