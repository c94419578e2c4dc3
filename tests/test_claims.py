from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reportedly._records import Article, Claim, Reading
from reportedly.compare._claims import is_complete, make_claims
from reportedly.compare._clauses import narrated_clauses
from reportedly.compare._same_facts import measure_pairs
from reportedly.compare._similarity import encode
from reportedly.compare._sources import make_sources
from reportedly.read import read
from reportedly.read._blocks import split_blocks
from reportedly.read._model import load_model

from ._build import reading, words_of

DAM = "Engineers closed the spillway gates of the Harrow dam on Tuesday after cracks appeared in its eastern wall."
NAMES = {"Lindqvist": ["Lindqvist", "Minister Lindqvist"], "Harrow": ["Harrow"]}
FILLERS = {
    "a": (
        "Schools in the valley stayed open and buses ran as usual.",
        "Lindqvist was born in a village on a lake.",
    ),
    "b": (
        "Farmers had been asking for rain since the spring.",
        "The paper mill down the river has long been shut.",
    ),
    "c": ("Tourists took pictures from the promenade above.", "A brass band played on, as the programme had it."),
}


def claims_of(*readings: Reading) -> tuple[Claim, ...]:
    clauses, weights = narrated_clauses(readings, {})
    texts = {reading.article.id: reading.article.text for reading in readings}
    pairs = measure_pairs(clauses, weights, texts, encode)
    return make_claims(readings, clauses, pairs, make_sources(readings))


def dam(identifier: str, sentence: str, outlet: str | None = None, **known: Any) -> Reading:
    return reading(identifier, sentence, *FILLERS[identifier], outlet=outlet, people=NAMES, **known)


def test_one_fact_in_two_articles_is_one_claim_with_both_passages_and_the_shorter_as_its_text() -> None:
    shorter = "Engineers shut the Harrow dam’s spillway gates on Tuesday when cracks appeared."
    one, other = dam("a", DAM, "Valley Post"), dam("b", shorter, "The Crier")
    (claim,) = claims_of(one, other)
    assert claim.text.exact == shorter
    assert [words_of(r.span, {"a": one, "b": other}[r.article]) for r in claim.reports] == [DAM, shorter]
    assert (claim.articles, claim.distinct_texts, claim.outlets, claim.origins) == (2, 2, 2, 2)


def test_sentences_on_one_subject_that_report_different_facts_are_no_claim() -> None:
    one = dam("a", DAM)
    other = dam("b", "The Harrow dam was built in the fifties by engineers from the capital for the paper mills.")
    assert claims_of(one, other) == ()


def test_a_denied_fact_and_another_figure_are_not_the_same_claim() -> None:
    no = dam(
        "b", "Engineers did not close the spillway gates of the Harrow dam on Tuesday after cracks appeared in it."
    )
    assert claims_of(dam("a", DAM), no) == ()
    seven = "The flood at Harrow dam drove 7,000 people out of the villages in the valley on Tuesday night."
    nine = "The flood at Harrow dam drove 9,400 people out of the villages in the valley on Tuesday night."
    assert claims_of(dam("a", seven), dam("b", nine)) == ()
    assert len(claims_of(dam("a", seven), dam("b", seven.replace("on Tuesday night", "overnight on Tuesday")))) == 1


def test_a_sentence_of_several_facts_feeds_a_claim_with_each() -> None:
    one, other = (
        read(split_blocks(Article(name, name, text, "", outlet=name)), load_model())
        for name, text in {
            "Valley Post": "Mayor Ola Brandt, who took bribes from the quarry, resigned on Friday after the fall.\n\n"
            "Farmers had been asking for rain since the spring.\n",
            "The Crier": "Mayor Ola Brandt resigned on Friday. The town hall was empty all day.\n\n"
            "Brandt took bribes from the quarry, a court found. The bridge fell in June.\n",
        }.items()
    )
    texts = {reading.article.id: reading.article.text for reading in (one, other)}
    told = [{texts[r.article][slice(*r.span)] for r in claim.reports} for claim in claims_of(one, other)]
    assert any("resigned on Friday" in words and "bribes" not in words for claim in told for words in claim)
    assert any("took bribes from the quarry" in words and "resigned" not in words for claim in told for words in claim)
    assert len(told) > 1


def test_the_wording_of_a_claim_can_stand_alone_or_is_a_whole_sentence() -> None:
    one = dam("a", DAM, "Valley Post")
    other = dam("b", "But engineers shut the Harrow dam’s spillway gates on Tuesday when cracks appeared.", "The Crier")
    (claim,) = claims_of(one, other)
    assert claim.text.exact == DAM


def test_what_is_hoped_is_not_what_happened() -> None:
    hoped = DAM.replace("Engineers closed", "Engineers hoped to close")
    assert claims_of(dam("a", DAM), dam("b", hoped)) == ()


def test_what_somebody_says_is_no_narrated_fact() -> None:
    words = "the spillway gates of the Harrow dam were closed on Tuesday after cracks appeared in the eastern wall"
    said = [("direct", words, "Lindqvist")]
    assert claims_of(*(dam(i, f"“{words},” said Lindqvist.", said=said) for i in "ab")) == ()


def test_outlets_that_credit_one_source_are_one_origin() -> None:
    first = f"The Ledger reported that {DAM[0].lower()}{DAM[1:]}"
    one = dam("a", first, credited={"The Ledger": ("The Ledger", "outlet")})
    other = dam("b", DAM[:-1] + ", according to The Ledger.", credited={"The Ledger": ("the Ledger", "outlet")})
    own = dam("c", "Cracks in the eastern wall made engineers close the spillway gates of the Harrow dam on Tuesday.")
    (claim,) = claims_of(one, other)
    assert (claim.articles, claim.origins) == (2, 1)
    assert {report.credited for report in claim.reports} == {"The Ledger", "the Ledger"}
    (claim,) = claims_of(one, other, own)
    assert (claim.articles, claim.origins) == (3, 2)


def test_a_reprint_is_an_article_and_an_outlet_but_no_new_text_and_no_new_origin() -> None:
    wire, reprint = dam("a", DAM, "NAP"), dam("b", DAM, "Valley Post")
    own = dam("c", "Cracks in the eastern wall made engineers close the spillway gates of the Harrow dam on Tuesday.")
    (claim,) = claims_of(wire, reprint, own)
    assert (claim.articles, claim.outlets, claim.distinct_texts, claim.origins) == (3, 3, 2, 2)


def test_neither_order_nor_the_articles_ids_order_changes_the_claims() -> None:
    readings = [dam("a", DAM), dam("b", DAM.replace("cracks", "long cracks")), dam("c", "On Tuesday, " + DAM)]
    told = {claim.id for claim in claims_of(*readings)}
    assert told
    assert {claim.id for claim in claims_of(*reversed(readings))} == told


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        (DAM, True),
        ("It was closed on Tuesday.", False),
        ("But the dam was closed.", False),
        ("“The dam is safe,” the minister said.", True),
        ("“The dam is safe, the minister said.", False),
        ("The dam was closed", False),
        ("closed on Tuesday.", False),
        ("The dam (built in 1956 was closed.", False),
    ],
)
def test_a_sentence_that_can_stand_alone(text: str, complete: bool) -> None:
    assert is_complete(text) is complete


def test_no_readings_and_one_reading_make_no_claims() -> None:
    assert claims_of() == ()
    one = dam("a", DAM)
    assert claims_of(one) == ()
    assert claims_of(replace(one, sentences=())) == ()
