from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly._outlets import outlets
from reportedly._records import Article, Sourcing
from reportedly.read import read
from reportedly.read._blocks import split_blocks
from reportedly.read._model import load_model
from reportedly.read._parse import parse
from reportedly.read._people import find_people
from reportedly.read._sourcing import find_sourcing
from reportedly.read._sourcing_names import lexicon, outlet_at
from tests._shared import SEEDS, needs_shared
from tests.test_demo_coverage import EXPECTED, RECORDS


def sourcing(texts: Sequence[str], outlet: str | None = None) -> list[tuple[str, tuple[Sourcing, ...]]]:
    model = load_model()
    articles = [split_blocks(Article("a", "a", text, "", outlet=outlet)) for text in texts]
    return [(one.article.text, find_sourcing(one, find_people(one))) for one in parse(articles, model)]


def credits_of(text: str, outlet: str | None = None) -> list[tuple[str, str, str, str]]:
    """(kind, span, source, covers) of each credit, as words."""
    [(whole, found)] = sourcing([text], outlet)
    return [(one.kind, whole[slice(*one.span)], one.source, whole[slice(*one.covers)]) for one in found]


@pytest.mark.parametrize(
    ("sentence", "kind", "source", "covers"),
    [
        (
            "The New York Times reported that the ministry had ordered new ferries.",
            "outlet", "The New York Times", "the ministry had ordered new ferries",
        ),
        (
            "The ministry has ordered new ferries, Reuters reported on Monday.",
            "agency", "Reuters", "The ministry has ordered new ferries",
        ),
        (
            "The ministry has ordered new ferries, according to the BBC.",
            "outlet", "the BBC", "The ministry has ordered new ferries",
        ),
        (
            "According to a State Department official, the ferries were never ordered.",
            "official", "a State Department official", "the ferries were never ordered",
        ),
        (
            "Officials said the harbor would open again in June.",
            "official", "Officials", "the harbor would open again in June",
        ),
        (
            "Two people were hurt when the ferry ran aground, police said.",
            "official", "police", "Two people were hurt when the ferry ran aground",
        ),
        (
            "People familiar with the matter said that the ferries would be sold.",
            "anonymous", "People familiar with the matter", "the ferries would be sold",
        ),
        (
            "The harbor is to be sold, according to two sources close to the council.",
            "anonymous", "two sources close to the council", "The harbor is to be sold",
        ),
        (
            "According to a court filing, the company owed nine million crowns.",
            "document", "a court filing", "the company owed nine million crowns",
        ),
        (
            "The report found that the ferry had not been inspected for years.",
            "document", "The report", "the ferry had not been inspected for years",
        ),
        (
            "The newspaper Sunnhordland Tidende reported that the quay would be closed.",
            "outlet", "The newspaper Sunnhordland Tidende", "the quay would be closed",
        ),
        (
            "The quay will be closed, state television reported.",
            "outlet", "state television", "The quay will be closed",
        ),
    ],
)  # fmt: skip
def test_credits(sentence: str, kind: str, source: str, covers: str) -> None:
    assert [(one[0], one[2], one[3]) for one in credits_of(sentence)] == [(kind, source, covers)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna Berg said the harbor would open again in June.",
        "According to Anna Berg, who runs the harbor, it will open in June.",
        "The council reported a loss of nine million crowns.",
        "The minister said that the ferries had been ordered.",
        "It is time for the nation to say what it wants.",
        "The company acted according to plan and on time.",
        "She reads The New York Times every morning at the quay.",
        "He works for Reuters in Oslo and has a boat.",
        "The sun said goodbye to the town at four in the afternoon.",
        "The people said they wanted a harbor.",
        "Anna Berg told reporters that the harbor would open in June.",
    ],
)
def test_no_credit(sentence: str) -> None:
    assert credits_of(sentence) == []


def test_told_an_outlet() -> None:
    found = credits_of("Anna Berg told CNN that the harbor would open in June.")
    assert [(kind, span, source) for kind, span, source, _ in found] == [("outlet", "told CNN", "CNN")]


def test_an_outlet_does_not_credit_itself() -> None:
    assert credits_of("Anna Berg told CNN that the harbor would open in June.", outlet="CNN") == []
    assert credits_of("“It will open in June,” Anna Berg told the Herald.", outlet="Turku Herald") == []


def test_kept_hidden() -> None:
    text = "A senior official said the ferries would be sold, speaking on condition of anonymity to discuss the plan."
    kinds = [(kind, span, source) for kind, span, source, _ in credits_of(text)]
    assert ("anonymous", "speaking on condition of anonymity", "A senior official") in kinds


def test_dateline_and_foot_cover_the_body() -> None:
    text = (
        "Harbour talks end\n\nTURKU, Finland (AP) — The talks on the harbour ended on Monday without a deal.\n\n"
        "The ministers will meet again before the end of the season in June.\n\n"
        "Reuters and the Kyiv Independent contributed to this report.\n"
    )
    found = credits_of(text, outlet="The Turku Herald")
    assert [(kind, source) for kind, _, source, _ in found] == [
        ("agency", "AP"),
        ("agency", "Reuters"),
        ("outlet", "Kyiv Independent"),
    ]
    assert all(covers.startswith("The talks") and covers.endswith("in June.") for _, _, _, covers in found)


def test_every_name_in_the_table_can_be_found() -> None:
    ambiguous = set(lexicon()["ambiguous"]["names"])
    for outlet in outlets():
        found = outlet_at(f"{outlet.name} reported", 0)
        if outlet.kind == "photo" or outlet.name in ambiguous:
            assert found is None, outlet.name
        elif "(" not in outlet.name:
            assert found == (len(outlet.name), outlet)


@pytest.mark.parametrize("wanted", EXPECTED["sourcing"], ids=lambda wanted: wanted["words"][:40])
def test_the_demo(wanted: dict[str, str]) -> None:
    record = RECORDS[wanted["article"]]
    [(text, found)] = sourcing([record["text"]], record["outlet"])
    at = text.index(wanted["words"])
    hits = [one for one in found if one.kind == wanted["kind"] and one.span[0] < at + len(wanted["words"]) > at >= 0]
    hits = [one for one in hits if one.span[1] > at]
    assert hits
    if "covers" in wanted:
        covered = text.index(wanted["covers"])
        assert any(one.covers[0] <= covered < one.covers[1] for one in hits)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            ["according to", "The Times", "said", "told", "CNN", "sources", ",", "“", "reported", "by", "(AP) —",
             "citing", "on condition of anonymity", "officials", "who", "a report", "\n", ".", "OSLO", "\x00", "’",
             "Anna Berg"]
        ) | st.text(max_size=5),
        max_size=25,
    )
)  # fmt: skip
def test_any_text(words: list[str]) -> None:
    [(text, found)] = sourcing([" ".join(words)])
    for one in found:
        for start, end in (one.span, one.covers):
            assert 0 <= start < end <= len(text)
        assert one.source.strip()


@needs_shared
def test_the_seeds_name_who_reported_the_figure() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(SEEDS).glob("*.txt"))]
    found = [one for _, all_of_one in sourcing(texts) for one in all_of_one]
    assert sum(one.kind == "outlet" and "New York Times" in one.source for one in found) == 2
    assert sum(one.kind == "agency" and one.source == "Reuters" for one in found) == 1


def read_credits(text: str) -> list[tuple[str, str]]:
    """(kind, source) of each credit of a whole reading, which knows the quotes."""
    reading = read(split_blocks(Article("a", "a", text, "")), load_model())
    return [(credit.kind, credit.source) for credit in reading.sourcing]


@pytest.mark.parametrize(
    ("sentence", "kind", "source"),
    [
        ("“We are sorry for the delay at the harbor,” the company said in a statement.", "official", "the company"),
        ("The Harbor Union said in a letter that the talks on pay had failed.", "official", "The Harbor Union"),
        (
            "“The pumps failed twice in one night,” a person familiar with the inquiry said.",
            "anonymous",
            "a person familiar with the inquiry",
        ),
        ("Berg told his staff on Monday in an interview with CNN that he would run again.", "outlet", "CNN"),
        ("“The harbor is safe for all,” Ms. Berg said on CBS’s “Face the Nation” on Sunday.", "outlet", "CBS"),
        ("Ms. Berg appeared on ABC’s “This Week” to defend the closing of the harbor.", "outlet", "ABC"),
        ("Ms. Berg wrote in a Wall Street Journal op-ed that the harbor is safe.", "outlet", "Wall Street Journal"),
        ("“The bill is dead before it was born,” Anna Vik wrote in an op-ed for The Hill.", "outlet", "The Hill"),
    ],
)
def test_who_is_quoted_without_a_name_and_where_somebody_spoke_is_credited(
    sentence: str, kind: str, source: str
) -> None:
    assert (kind, source) in read_credits(f"{sentence}\n\nThe harbor of Vardholm stayed closed on Tuesday.")


@pytest.mark.parametrize(
    "sentence",
    [
        "The council approved the plan for the harbor on Monday.",
        "The law would require all companies to disclose their donors.",
        "Groups that argue the law goes too far met on Monday.",
        "“The pumps failed twice,” Anna Vik said on Monday.",
        "“The pumps failed twice,” critics said on Monday.",
    ],
)
def test_who_does_something_or_is_a_person_or_a_group_is_no_source(sentence: str) -> None:
    assert read_credits(f"{sentence}\n\nThe harbor of Vardholm stayed closed on Tuesday.") == []


def test_an_agencys_own_dateline_credits_nobody() -> None:
    text = "OSLO, Norway (NAW) — The ministry has ordered new ferries for the coast.\n\nNobody else bid for them."
    assert credits_of(text, outlet="North Atlantic Wire") == []
    assert [one[0] for one in credits_of(text, outlet="Faxa Herald")] == ["agency"]
