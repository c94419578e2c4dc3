"""Who is named in an article: names, surnames, misprints, roles, sides, genders. All people here are invented."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly._records import Article, Person
from reportedly._settings import DEFAULT_PIPELINE
from reportedly.read._blocks import split_blocks
from reportedly.read._model import load_model
from reportedly.read._parse import Parsed, parse
from reportedly.read._parties import country_names, party_of
from reportedly.read._people import find_people
from reportedly.read._people_names import is_misprint, same_person
from reportedly.read._people_words import pieces
from reportedly.read._roster import Roster
from tests._shared import SEEDS, needs_shared


def parsed(text: str) -> Parsed:
    article = Article("a", "a.txt", text, sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    return next(parse([split_blocks(article)], load_model(DEFAULT_PIPELINE)))


def people(text: str) -> Roster:
    return find_people(parsed(text))


def one(roster: Roster, surname: str) -> Person:
    """The one person of a surname."""
    found = [p for p in roster.people if p.kind == "person" and p.name.split()[-1] == surname]
    assert len(found) == 1, [(p.name, p.kind) for p in roster.people]
    return found[0]


def forms(text: str, person: Person) -> list[str]:
    return [text[start:end] for start, end in person.mentions]


SUMMIT = """Norway's Vik meets Petersen as cable talks stall

OSLO, Norway — Norwegian Foreign Minister Astrid Vik met her Danish counterpart, Lars Petersen, on Tuesday.

“We are close,” Vik told reporters after the meeting in Oslo. Mr. Petersen, who leads the Danish delegation, said less.

Vikk also said that the government in Stockholm had been told. A senior aide, Tor Havn, denied it.

Prime Minister (Ingrid) Dahl, 61, will meet President Marco Ruiz of Peru, said Havn.
"""


def test_one_person_from_every_form() -> None:
    vik = one(people(SUMMIT), "Vik")
    assert vik.name == "Astrid Vik"
    assert forms(SUMMIT, vik)[:3] == ["Vik", "Astrid Vik", "Vik"]
    assert vik.party == "NO"
    assert vik.roles[0] == "Norwegian Foreign Minister"


def test_title_and_possessive_are_no_part_of_a_mention() -> None:
    text = "Ms. Petersen's plan failed. Senator Anna Petersen’s did not, Senator Petersen said."
    assert forms(text, one(people(text), "Petersen"))[-1] == "Petersen"
    assert all("'" not in form and "’" not in form for p in people(text).people for form in forms(text, p))


def test_given_name_in_brackets() -> None:
    dahl = one(people(SUMMIT), "Dahl")
    assert dahl.name == "Ingrid Dahl"
    assert dahl.roles == ("Prime Minister",)


def test_misprint_of_a_frequent_surname() -> None:
    text = (
        "Mayor Clara Ostrander spoke first. Ostrander said the bridge was safe. Ostrander then left. "
        "“It will hold,” Ostrander said.\n\nOstrandert also said that it was cheap."
    )
    assert forms(text, one(people(text), "Ostrander"))[-1] == "Ostrandert"


@pytest.mark.parametrize(
    ("one_name", "other", "same"),
    [
        ("mike hale", "michael hale", True),
        ("sergei karpin", "sergey karpin", True),
        ("volodymyr zelenskiy", "volodymyr zelensky", True),
        ("ana m ruiz", "ana ruiz", True),
        ("j hale", "john hale", True),
        ("seyyed abbas karimi", "abbas karimi", True),
        ("bill lund", "anna lund", False),
        ("john lund", "john lund jr", False),
        ("george w lund", "george h w lund", False),
        ("maria karpin", "mario karpin", False),
        ("eric hale", "mark hale", False),
    ],
)
def test_when_full_names_are_one(one_name: str, other: str, same: bool) -> None:
    assert same_person(tuple(one_name.split()), tuple(other.split())) is same


@pytest.mark.parametrize(
    ("word", "known", "misprint"),
    [
        ("pettersen", "petersen", True),
        ("petersens", "petersen", False),
        ("karpina", "karpin", False),
        ("hale", "hall", False),
    ],
)
def test_what_is_a_misprint(word: str, known: str, misprint: bool) -> None:
    assert is_misprint(word, known) is misprint


def test_two_people_of_one_surname_are_two() -> None:
    text = (
        "Former President Tom Lund defended his wife, Senator Anna Lund, on Monday. Mr. Lund spoke in Ohio. "
        "Mrs. Lund did not.\n\nAnna Lund said nothing. Mrs. Lund's aides said less than Mr. Lund's."
    )
    roster = people(text)
    tom, anna = [p for p in roster.people if p.name in ("Tom Lund", "Anna Lund")]
    assert forms(text, tom) == ["Tom Lund", "Lund", "Lund"]
    assert forms(text, anna) == ["Anna Lund", "Lund", "Anna Lund", "Lund"]
    assert roster.genders == {tom.id: "m", anna.id: "f"}


def test_a_title_of_the_other_gender_is_another_person() -> None:
    text = "Senator Anna Lund spoke. Mr. Lund, her husband, listened. Lund said she was tired."
    roster = people(text)
    anna = next(p for p in roster.people if p.name == "Anna Lund")
    assert len(anna.mentions) == 2


def test_the_bare_surname_is_the_principals() -> None:
    text = (
        "Karl Brandt opened the hotel in May. His son Eric Brandt runs it. Eric Brandt was not there.\n\n"
        "Brandt said he was proud. “It is a fine house,” Brandt said.\n\nEric Brandt declined to comment.\n\n"
        "Eric Brandt bought a second one.\n\nBrandt, 71, will retire."
    )
    karl = next(p for p in people(text).people if p.name == "Karl Brandt")
    assert forms(text, karl) == ["Karl Brandt", "Brandt", "Brandt", "Brandt"]


def test_things_named_after_people_are_not_people() -> None:
    text = (
        "President Ann Hartwell spoke at Hartwell Tower on Monday. Hartwell said the USS Hartwell had left port. "
        "The Hartwell Foundation paid for it."
    )
    roster = people(text)
    assert forms(text, one(roster, "Hartwell")) == ["Ann Hartwell", "Hartwell"]
    kinds = {p.name: p.kind for p in roster.people}
    assert kinds["Hartwell Foundation"] == "organisation"


def test_a_report_of_somebody_is_still_their_name() -> None:
    text = "Counsel Ann Hartwell was praised. The Hartwell report, and the Hartwell inquiry before it, cleared him."
    assert forms(text, one(people(text), "Hartwell")) == ["Ann Hartwell", "Hartwell", "Hartwell"]


@pytest.mark.parametrize(
    "text", ["On Tuesday in March we met.", "“Fake News Media!” #Vik @Vik https://x.com/Vik", "I see."]
)
def test_nobody(text: str) -> None:
    assert [p for p in people(text).people if p.kind == "person"] == []


def test_a_headline_in_capitals_names_who_the_text_names() -> None:
    text = "VIK WARNS KARPIN OVER CABLE DEAL\n\nForeign Minister Astrid Vik warned Oleg Karpin.\n\nVik said so."
    roster = people(text)
    assert forms(text, one(roster, "Vik"))[0] == "VIK"
    assert forms(text, one(roster, "Karpin"))[0] == "KARPIN"


def test_headline_words_are_no_surnames() -> None:
    text = "Astrid Vik Says Deal With Oleg Karpin Will Not Hold\n\nThe deal was signed by Astrid Vik on Monday."
    assert {p.name for p in people(text).people if p.kind == "person"} >= {"Astrid Vik"}
    assert not any("Says" in p.name or "Deal" in p.name for p in people(text).people)


@pytest.mark.parametrize(
    ("text", "surname", "role", "party"),
    [
        (
            "It pleased Chile's Foreign Ministry spokesperson Elena Rojas.",
            "Rojas",
            "Chile's Foreign Ministry spokesperson",
            "CL",
        ),
        ("Elena Rojas, the Chilean foreign minister, said no.", "Rojas", "Chilean foreign minister", "CL"),
        ("A top Kremlin aide, Oleg Karpin, said no.", "Karpin", "top Kremlin aide", "RU"),
        ("U.S. Ambassador to Chile Mark Hale said no.", "Hale", "U.S. Ambassador to Chile", "US"),
        ("Sen. Mark Hale, R-Texas, said no.", "Hale", "R-Texas", "Republican Party"),
        ("Former Chilean President Elena Rojas said no.", "Rojas", "Former Chilean President", None),
        ("Chilean journalist Elena Rojas said no.", "Rojas", "Chilean journalist", None),
        ("Acting Defense Secretary Mark Hale said no.", "Hale", "Acting Defense Secretary", "US"),
        ("Kansas Secretary of State Mark Hale said no.", "Hale", "Kansas Secretary of State", None),
        (
            "Acme Corp. said no. Acme Corp. spokesman Mark Hale would not say more.",
            "Hale",
            "Acme Corp. spokesman",
            "Acme Corp.",
        ),
        ("President Mark Hale said no.", "Hale", "President", None),
    ],
)
def test_roles_and_sides(text: str, surname: str, role: str, party: str | None) -> None:
    person = one(people(text), surname)
    assert role in person.roles
    assert person.party == party


def test_the_next_of_a_list_is_no_apposition() -> None:
    text = "Astrid Vik, President Marco Ruiz and Oleg Karpin met. After meeting Astrid Vik, a Kremlin aide said no."
    assert one(people(text), "Vik").roles == ()
    assert one(people(text), "Vik").party is None


def test_who_works_for_somebody_speaks_for_their_side() -> None:
    text = "Peruvian President Marco Ruiz slept. Ruiz's national security adviser, Luz Prado, did not."
    assert one(people(text), "Prado").party == "PE"


def test_an_office_without_a_country_is_told_elsewhere_in_the_article() -> None:
    text = "President Marco Ruiz landed in Oslo on Monday. The Peruvian president said he was happy. Ruiz smiled."
    assert one(people(text), "Ruiz").party == "PE"


@pytest.mark.parametrize(
    ("phrase", "party"),
    [
        ("a senior Iranian official", "IR"),
        ("the White House", "US"),
        ("president of the United States", "US"),
        ("spokesman for the Chilean Foreign Ministry", "CL"),
        ("US ambassador to Chile", "US"),
        ("Chile envoy", None),
        ("expert on Chile", None),
        ("Turkish-backed rebel commander", None),
        ("the Iranians", "IR"),
        ("Venezuelan opposition leader", None),
        ("Georgian president", "GE"),
        ("Georgia secretary of state", None),
        ("GOP Sen.", "Republican Party"),
        ("D-Calif.", "Democratic Party"),
        ("the russian side", "RU"),
        ("give us a minister", None),
        ("", None),
    ],
)
def test_party_of(phrase: str, party: str | None) -> None:
    assert party_of(phrase) == party


def test_country_names_are_unique_and_coded() -> None:
    assert len(set(country_names().values())) == len(country_names()) > 195
    assert all(re.fullmatch("[A-Z]{2}", code) for code in country_names())


def test_what_an_apposition_calls_a_company_is_no_person() -> None:
    text = (
        "Nordvang, the firm that owns the ferry, said it would sail. “We sail,” Nordvang said, and Nordvang would know."
    )
    assert [(p.name, p.kind) for p in people(text).people] == [("Nordvang", "organisation")]


def test_an_aide_to_somebody_is_one_of_their_side() -> None:
    text = SUMMIT + "\n\nGreta Moen, an aide to Ms. Vik, denied it."
    assert one(people(text), "Moen").roles == ("aide to Ms. Vik",)
    assert one(people(text), "Moen").party == "NO"


def test_a_surname_before_a_colon_is_a_mention() -> None:
    text = 'OSLO — Minister Sunniva Brekkhus spoke first.\n\nBrekkhus: "The study is finished. Read it."'
    assert forms(text, one(people(text), "Brekkhus")) == ["Sunniva Brekkhus", "Brekkhus"]


def test_ids_are_made_from_names_and_stable() -> None:
    assert one(people(SUMMIT), "Vik").id == "p-astrid-vik"
    assert people(SUMMIT) == people(SUMMIT)


def test_places_and_organisations() -> None:
    roster = people(SUMMIT + "\nThe State Department and the U.S. said so. The Americans left.\n")
    found = {p.name: (p.kind, p.party) for p in roster.people}
    assert found["Norway"] == ("place", "NO")
    assert found["Stockholm"] == ("place", "SE")
    assert found["State Department"] == ("organisation", "US")
    assert found["United States"] == ("place", "US")
    assert found["Americans"] == ("group", "US")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Jean-Luc's al-Masri", ["Jean-Luc", "al-Masri"]),
        ("US-led Kremlin-backed", ["US", "led", "Kremlin", "backed"]),
        ("Moon Jae-in of the U.S.", ["Moon", "Jae-in", "of", "the", "U.S."]),
        ("ex-President O’Neill", ["ex", "President", "O’Neill"]),
    ],
)
def test_how_words_are_cut(text: str, words: list[str]) -> None:
    assert [piece.text for piece in pieces(text) if piece.kind == "word"] == words


MESSY = st.text(
    alphabet=st.one_of(st.sampled_from("aAvVkK .,'’“”()-—\n@#:;!?0"), st.characters(exclude_categories=("Cs",))),
    max_size=200,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MESSY)
def test_any_text(text: str) -> None:
    for person in people(text).people:
        assert person.mentions == tuple(sorted(set(person.mentions)))
        assert all(0 <= start < end <= len(text) for start, end in person.mentions)


@settings(max_examples=200, deadline=None)
@given(MESSY)
def test_any_text_is_cut_into_pieces_of_it(text: str) -> None:
    at = 0
    for piece in pieces(text):
        assert at <= piece.start < piece.end <= len(text)
        assert text[piece.start : piece.end] == piece.text
        at = piece.end


@needs_shared
def test_the_seeds_have_each_person_once() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        roster = people(path.read_text("utf-8"))
        surnames = [p.name.split()[-1] for p in roster.people if p.kind == "person"]
        assert len(surnames) == len(set(surnames)), path.name
        assert sum(len(p.mentions) for p in roster.people if p.kind == "person") > 20, path.name
