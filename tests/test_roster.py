"""Finding people of a roster by place and by description."""

from __future__ import annotations

import pytest

from reportedly._records import Person
from reportedly.read._roster import Roster


def person(name: str, roles: tuple[str, ...], party: str | None, *mentions: tuple[int, int]) -> Person:
    return Person(f"p-{name.lower()}", name, "person", roles, mentions, party)


VIK = person("Vik", ("Norwegian Foreign Minister", "Minister"), "NO", (0, 3), (20, 23))
RUIZ = person("Ruiz", ("President", "Peruvian President"), "PE", (5, 9))
HALE = person("Hale", ("Secretary of State", "former CIA director"), "US", (12, 16))
KARPIN = person("Karpin", ("top Kremlin aide",), "RU", (30, 36))
ROSTER = Roster((VIK, RUIZ, HALE, KARPIN), {"p-vik": "f"})


def test_within_and_before() -> None:
    assert [p.name for _, p in ROSTER.within((2, 13))] == ["Vik", "Ruiz", "Hale"]
    assert [p.name for _, p in ROSTER.within((3, 5))] == []
    assert [p.name for _, p in ROSTER.before(20)] == ["Hale", "Ruiz", "Vik"]
    assert ROSTER["p-vik"] is VIK


def test_a_long_mention_is_found_behind_short_ones() -> None:
    long, short = person("Long", (), None, (0, 50)), person("Short", (), None, (5, 6), (7, 8))
    assert [p.name for _, p in Roster((long, short)).within((40, 45))] == ["Long"]


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the Norwegian foreign minister", "Vik"),
        ("Norway’s foreign minister", "Vik"),
        ("the foreign minister", "Vik"),
        ("the Norwegian top diplomat", "Vik"),
        ("the Peruvian president", "Ruiz"),
        ("the Peruvian leader", "Ruiz"),
        ("the secretary", "Hale"),
        ("the U.S. secretary of state", "Hale"),
        ("the us secretary of state", "Hale"),
        ("the American secretary of state", "Hale"),
        ("the former CIA director", "Hale"),
        ("the Kremlin aide", "Karpin"),
        ("the CIA director", None),
        ("the former secretary of state", None),
        ("the Danish foreign minister", None),
        ("the Russian president", None),
        ("the official", None),
        ("the aide", None),
        ("the table", None),
        ("", None),
    ],
)
def test_descriptions(phrase: str, name: str | None) -> None:
    found = ROSTER.resolve_description(phrase)
    assert (ROSTER[found].name if found else None) == name


def test_a_description_of_two_is_of_nobody() -> None:
    other = person("Sol", ("Chilean Foreign Minister",), "CL")
    roster = ROSTER.with_people([other])
    assert roster.resolve_description("the foreign minister") is None
    assert roster.resolve_description("the Chilean foreign minister") == "p-sol"
    assert roster.genders == {"p-vik": "f"}


def test_the_president_is_the_one_whose_country_goes_without_saying() -> None:
    abroad = person("Sol", ("Chilean President",), "CL")
    assert Roster((person("Dahl", ("President",), "NO"), abroad)).resolve_description("the president") == "p-dahl"
    assert Roster((person("Dahl", ("President",), None), abroad)).resolve_description("the president") is None
    both = (person("Dahl", ("President",), "NO"), person("Hale", ("President",), None), abroad)
    assert Roster(both).resolve_description("the president") is None


@pytest.mark.parametrize("role", ["Vice President", "president of the teachers' union", "former President"])
def test_a_lesser_or_other_office_is_not_the_office(role: str) -> None:
    assert Roster((person("Dahl", (role,), None),)).resolve_description("the president") is None


def test_who_is_called_just_so_goes_before_a_longer_title() -> None:
    vik = person("Vik", ("Secretary", "U.S. Secretary of State"), "US")
    roster = Roster((vik, person("Hale", ("Acting Defense Secretary",), "US")))
    assert roster.resolve_description("the secretary") == "p-vik"
