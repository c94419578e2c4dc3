from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly._records import Reading, StoryPerson
from reportedly.compare._people import merge_people

from ._build import reading

Entry = tuple[str, str] | tuple[str, str, dict[str, object]]


def article(identifier: str, text: str, *entries: Entry) -> Reading:
    """An article that names people: (name, kind) or (name, kind, {"roles", "party", "forms", "speaks"})."""
    full: list[tuple[str, str, dict[str, object]]] = [(e[0], e[1], e[2] if len(e) > 2 else {}) for e in entries]
    forms = {name: list(known.get("forms", [name])) for name, _, known in full}  # type: ignore[call-overload]
    said = [("direct", str(known["speaks"]), name) for name, _, known in full if "speaks" in known]
    made = reading(identifier, text, people=forms, kinds={name: kind for name, kind, _ in full}, said=said)
    people = tuple(
        replace(person, roles=tuple(known.get("roles", ())), party=known.get("party"))  # type: ignore[arg-type]
        for person, (_, _, known) in zip(made.people, full, strict=True)
    )
    return replace(made, people=people)


def merged(*readings: Reading) -> list[StoryPerson]:
    """The people, the same whatever the order of the articles."""
    found = merge_people(readings)
    for order in list(permutations(readings))[:6]:
        again = merge_people(order)
        assert again[0] == found[0]
        assert dict(again[1]) == dict(found[1])
    return list(found[0])


def names(*readings: Reading) -> list[str]:
    return sorted(person.name for person in merged(*readings))


def two(one: str, other: str, kind: str = "person") -> int:
    """How many people two articles have that each name one."""
    return len(merged(article("a", f"{one} spoke.", (one, kind)), article("b", f"{other} spoke.", (other, kind))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Zhelensky", "Volodymyr Zhelenskiy"),
        ("Sergey Orlov", "Sergei Orlov"),
        ("Katarzyna Wójcikowska", "Katarzyna Wojcikowska"),
        ("Marit Brekkhus", "Marit Brekhus"),
        ("Michael Tansley", "Mike Tansley"),
        ("M. Tansley", "Michael Tansley"),
        ("Michael J. Tansley", "Michael Tansley"),
        ("Mohammed al-Harbi", "Mohammad Al-Harbi"),
        ("Andrés Manuel Lara Obregón", "Lara Obregón"),
    ],
)
def test_spellings_of_one_name_are_one_person(one: str, other: str) -> None:
    assert two(one, other) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marit Solheim", "Jonas Solheim"),
        ("Daniel Kovacs", "Daniela Kovacs"),
        ("Anna Khan", "Anna Kahn"),
        ("Paul R. Tansley", "Paul G. Tansley"),
        ("George Tansley", "George Tansley Jr."),
        ("John Adamson", "John Adams"),
    ],
)
def test_names_that_contradict_stay_two(one: str, other: str) -> None:
    assert two(one, other) == 2


def test_what_one_article_keeps_apart_stays_apart() -> None:
    both = article("a", "Sergey Orlov met Sergei Orlov.", ("Sergey Orlov", "person"), ("Sergei Orlov", "person"))
    assert len(merged(both)) == 2


def test_a_surname_alone_is_the_one_bearer_of_it() -> None:
    full = article(
        "a", "Marit Solheim spoke. Solheim left.", ("Marit Solheim", "person", {"forms": ["Marit Solheim", "Solheim"]})
    )
    bare = article("b", "Solheim spoke.", ("Solheim", "person"))
    (only,) = merged(full, bare)
    assert only.name == "Marit Solheim"
    assert {mention.article for mention in only.mentions} == {"a", "b"}


def test_a_surname_alone_of_two_bearers_is_nobody() -> None:
    one = article("a", "Marit Solheim spoke.", ("Marit Solheim", "person"))
    other = article("b", "Jonas Solheim spoke.", ("Jonas Solheim", "person"))
    assert len(merged(one, other, article("c", "Solheim spoke.", ("Solheim", "person")))) == 3


def test_a_title_tells_which_bearer_is_meant() -> None:
    one = article("a", "Mrs. Marit Solheim spoke.", ("Marit Solheim", "person"))
    other = article("b", "Mr. Jonas Solheim spoke.", ("Jonas Solheim", "person"))
    bare = article("c", "Ms. Solheim spoke.", ("Solheim", "person"))
    people, person_of = merge_people([one, other, bare])
    (marit,) = [person for person in people if person.name == "Marit Solheim"]
    assert person_of["c", bare.people[0].id] == marit.id


def test_who_is_taken_for_an_organisation_is_the_person_that_others_name() -> None:
    one = article("a", "Marit Solheim spoke.", ("Marit Solheim", "person"))
    other = article("b", "“No,” Solheim said.", ("Solheim", "organisation", {"speaks": "No,"}))
    (only,) = merged(one, other)
    assert only.kind == "person"


def test_a_place_is_not_the_person_of_its_name() -> None:
    person = article("a", "Denis Paris spoke.", ("Denis Paris", "person"))
    place = article("b", "They met in Paris. In Paris it rained.", ("Paris", "place"))
    assert sorted(found.kind for found in merged(person, place)) == ["person", "place"]


def test_a_role_learned_from_another_article_tells_whom_a_description_means() -> None:
    one = article(
        "a", "Norwegian Foreign Minister Marit Solheim spoke.",
        ("Marit Solheim", "person", {"roles": ["Norwegian Foreign Minister"], "party": "NO"}),
    )  # fmt: skip
    other = article(
        "b",
        "“No,” the Norwegian foreign minister said.",
        ("the Norwegian foreign minister", "unnamed", {"speaks": "No,"}),
    )
    (only,) = merged(one, other)
    assert only.name == "Marit Solheim"
    assert only.party == "NO"


@pytest.mark.parametrize(
    "description", ["the Danish foreign minister", "the deputy Norwegian foreign minister", "a minister"]
)
def test_another_office_is_another(description: str) -> None:
    one = article(
        "a", "Norwegian Foreign Minister Marit Solheim spoke.",
        ("Marit Solheim", "person", {"roles": ["Norwegian Foreign Minister"], "party": "NO"}),
    )  # fmt: skip
    assert len(merged(one, article("b", f"“No,” {description} said.", (description, "unnamed")))) == 2


def test_two_anonymous_officials_stay_two() -> None:
    who = "a senior Norwegian official"
    found = merged(*(article(name, f"“No,” {who} said.", (who, "unnamed")) for name in "ab"))
    assert len(found) == 2
    assert len({person.id for person in found}) == 2


def test_a_ministry_and_its_spokesman_stay_two_of_one_party() -> None:
    found = merged(
        article(
            "a",
            "“No,” the Norwegian Foreign Ministry said.",
            ("Norwegian Foreign Ministry", "organisation", {"party": "NO"}),
        ),
        article(
            "b",
            "“No,” a Norwegian Foreign Ministry spokesman said.",
            ("a Norwegian Foreign Ministry spokesman", "unnamed", {"party": "NO"}),
        ),
    )
    assert [person.party for person in found] == ["NO", "NO"]


def test_a_party_is_learned_from_other_articles() -> None:
    known = article("a", "Marit Solheim spoke.", ("Marit Solheim", "person", {"party": "NO"}))
    found = merged(known, article("b", "Marit Solheim spoke.", ("Marit Solheim", "person")))
    assert [person.party for person in found] == ["NO"]


def test_the_party_of_most_articles_counts() -> None:
    parties = ["NO", "DK", "NO"]
    (only,) = merged(
        *(
            article(str(at), "Marit Solheim spoke.", ("Marit Solheim", "person", {"party": party}))
            for at, party in enumerate(parties)
        )
    )
    assert only.party == "NO"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Germany", "Federal Republic of Germany"), ("U.S.", "United States"), ("Britain", "United Kingdom")],
)
def test_a_country_is_one_by_all_its_names(one: str, other: str) -> None:
    assert two(one, other, "place") == 1


def test_forms_are_the_words_of_the_texts_most_used_first() -> None:
    known = {"forms": ["Marit Solheim", "Solheim"]}
    (only,) = merged(
        article("a", "Marit Solheim spoke. Solheim left. Solheim slept.", ("Marit Solheim", "person", known))
    )
    assert only.forms == ("Solheim", "Marit Solheim")


def people(identifier: str, listed: Sequence[tuple[str, str]]) -> Reading:
    text = " and ".join(name for name, _ in listed) + " spoke."
    return article(identifier, text, *dict.fromkeys(listed))


name = st.text(alphabet="ABab éß.’'-İ ", max_size=12)
kind = st.sampled_from(["person", "organisation", "place", "group", "unnamed"])
listed = st.lists(st.tuples(name, kind), max_size=4, unique_by=lambda entry: entry[0])


@settings(deadline=None, max_examples=60)
@given(listed, listed)
def test_everybody_is_somebody_once(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> None:
    readings = [people("a", one), people("b", other)]
    found, person_of = merge_people(readings)
    ids = [person.id for person in found]
    assert len(ids) == len(set(ids))
    assert set(person_of) == {(r.article.id, person.id) for r in readings for person in r.people}
    assert set(person_of.values()) <= set(ids)
    again, again_of = merge_people(readings[::-1])
    assert again == found
    assert dict(again_of) == dict(person_of)
