from __future__ import annotations

import time
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly._records import Reading

from ._said import Said, article, groups, joined, statements

LONG = (
    "The dam above Lindvik will hold through the spring. Engineers have measured every crack in its northern wall. "
    "Nobody in the valley has to leave home tonight."
)

# Wordings of one remark, as outlets give them.
ONE = {
    "three translations": (
        "However odd the commission's methods were, it proved beyond doubt that nobody bribed the harbour master",
        "For all the oddity of the commission's methods, it has proved that nobody had bribed the harbour master",
        "Despite its odd methods, the commission showed beyond any doubt that the harbour master was not bribed",
    ),
    "a misprint": (
        "We deeply regret the loss of the ferry Havbris",
        "We deeply regret the lost of the ferry Havbris",
    ),
    "a contraction": (
        "We do not want another strike at the shipyard",
        "We don’t want another strike at the shipyard",
    ),
    "a partial quote": (
        "The agreement on the fishing grounds is a hollow shell without inspectors aboard the trawlers",
        Said("the agreement on the fishing grounds was “a hollow shell without inspectors”", type="mixed"),
    ),
    "a few words of it": (
        "The minister’s plan for the northern railway is a hollow shell without funding from the counties",
        "hollow shell without funding",
    ),
    "told indirectly": (
        "I will sell the shipyard in Molde before the end of August",
        Said("she would sell the shipyard in Molde before the end of August", type="indirect"),
    ),
    "told indirectly in other words": (
        "Our fishermen need compensation for the nets they lost in the storm",
        Said("fishermen needed to be compensated for nets lost in the storm", type="indirect"),
    ),
    "cuts of a long remark": (LONG, "Engineers have measured every crack in its northern wall", LONG.split(". ")[2]),
    "a word in marks": (
        "I am appalled by the state of the harbour wall in Lindvik",
        Said("she was “appalled” by the wall", type="mixed"),
    ),
    "a word that was all of it": (
        "I’m being whipsawed here",
        Said("she felt “whipsawed” by the demands of the counties", type="mixed"),
    ),
    "a cut to the letter, by nobody known": (
        "Or you get a farmer who never read a law, never drafted a law, as chair of the judiciary committee",
        Said("a farmer who never read a law, never drafted a law", by=None),
    ),
    "a statement called an interview": (
        Said("The shipyard in Molde will be sold before the end of August to its own welders", at="in a statement"),
        Said("The shipyard in Molde will be sold before the end of August to its own welders", at="in an interview"),
    ),
    "split by the reporter": (
        "The bridge was inspected in April, and it was sound when the lorry hit it",
        "The bridge was inspected in April,//and it was sound when the lorry hit it",
    ),
    "spelt in two Englishes": (
        "The labour organisations have honoured their side of the programme",
        "The labor organizations have honored their side of the program",
    ),
}

# Remarks of one speaker that are two, alike as they are.
TWO = {
    "a negation": (
        "The cabinet supports the pipeline to Hamburg",
        "The cabinet does not support the pipeline to Hamburg",
    ),
    "another number": (
        "We rescued 40 sailors from the burning tanker",
        "We rescued 14 sailors from the burning tanker",
    ),
    "a number in words": (
        "We rescued forty sailors from the burning tanker",
        "We rescued fourteen sailors from the burning tanker",
    ),
    "two days": (
        Said("The talks on the fishing quotas were constructive and friendly", on="2031-03-02"),
        Said("The talks on the fishing quotas were constructive and friendly", on="2031-03-09"),
    ),
    "two speakers": (
        Said("The talks on the fishing quotas were constructive", by="Marit Solheim"),
        Said("The talks on the fishing quotas were constructive", by="Jonas Brandt"),
    ),
    "one subject": (
        "The ferry company has broken its promise to the islands",
        "The islands will get a new ferry company next year",
    ),
    "one frame": (
        "I want to thank the people of Lindvik for their patience",
        "I want to warn the people of Lindvik about the flood",
    ),
    "a pleasantry": ("I am very happy to be here today", "I am very happy with the result today"),
    "a label": (
        Said("the report as a “hoax.”", type="mixed"),
        Said("they had talked about the “hoax” of the railway on the telephone", type="mixed"),
    ),
    "a common word in marks": (
        "The security of our harbours comes before the price of the new ferries",
        Said("the new lighthouse was a matter of “security” for the harbours", type="mixed"),
    ),
    "two occasions": (
        Said("The new ferries will sail before May", at="in a letter to the mayor"),
        Said("The new ferries are going to sail in May", at="at a rally"),
    ),
    "nobody known, and other words": (
        Said("The minister’s plan for the railway is a hollow shell without funding", by=None),
        "The plan for the railway would be hollow without more funding from the counties",
    ),
}


@pytest.mark.parametrize("said", ONE.values(), ids=ONE)
def test_wordings_of_one_remark_are_one_statement(said: tuple[Said | str, ...]) -> None:
    for order in permutations(said):
        assert joined(*order)


@pytest.mark.parametrize("said", TWO.values(), ids=TWO)
def test_two_remarks_are_two_statements(said: tuple[Said | str, ...]) -> None:
    for order in permutations(said):
        assert not joined(*order)


def test_a_speaker_unknown_in_one_article_is_learned_from_nearly_the_same_words() -> None:
    words = "The shipyard in Molde will be sold before the end of August"
    (one,) = statements([article("a", words), article("b", Said(words.replace("will be", "shall be"), by=None))])
    assert one.speaker is not None
    assert len(one.reports) == 2


def test_a_repeat_within_an_article_is_one_statement_and_other_words_there_are_not() -> None:
    words = "The dam above Lindvik will hold through the spring"
    near = "The dam above Lindvik might well not have held in the spring of the great flood"
    assert sorted(map(len, groups([article("a", words, words, near)]))) == [1, 2]


def test_remarks_alike_only_through_a_middle_one_stay_apart() -> None:
    first = "The dam above Lindvik will hold through the spring"
    second = "The old cannery in Molde burned because its sprinklers were dry"
    both = f"{first}. {second}."
    found = groups([article("a", first), article("b", second), article("c", both), article("d", both)])
    assert not any({("a", "q0"), ("b", "q0")} <= group and len(group) == 2 for group in found)
    assert sum(("c", "q0") in group for group in found) == 1


def test_what_goes_on_in_the_next_quote_supports_a_weak_likeness() -> None:
    one = article("a", f"{LONG} We shall open the sluices by hand if the motors fail again.")
    other = article("b", LONG.split(". ")[0], "We would open the sluices ourselves should motors fail", apart=False)
    assert len(groups([one, other])) == 1


@pytest.fixture(scope="module")
def many() -> list[Reading]:
    spoken = [one for said in (*ONE.values(), *TWO.values()) for one in said]
    return [article(f"a{at}", *spoken[at::6]) for at in range(6)]


def test_every_quote_but_scare_quotes_is_in_exactly_one_statement(many: list[Reading]) -> None:
    readings = [*many, article("b", Said("so-called", type="scare"), "…", "“”", "No.")]
    found = [place for group in groups(readings) for place in group]
    wanted = [(r.article.id, q.id) for r in readings for q in r.quotes if q.type != "scare"]
    assert sorted(found) == sorted(wanted)


def test_the_order_of_articles_changes_nothing(many: list[Reading]) -> None:
    first = statements(many)
    assert statements(many[::-1]) == first
    assert statements(many[3:] + many[:3]) == first


def test_ids_are_unlike_and_reports_begin_with_the_fullest(many: list[Reading]) -> None:
    found = statements(many)
    texts = {reading.article.id: reading.article.text for reading in many}
    assert len({one.id for one in found}) == len(found)
    for one in found:
        lengths = [sum(len(texts[r.article][slice(*span)].split()) for span in r.content) for r in one.reports]
        assert lengths[0] >= max(lengths) - 2


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=60).filter(lambda t: "//" not in t and t.strip()), min_size=1, max_size=4))
def test_any_words_make_statements(said: list[str]) -> None:
    readings = [article("a", *said), article("b", *said[::-1])]
    found = [place for group in groups(readings) for place in group]
    assert len(found) == len(set(found)) == 2 * len(said)


@pytest.mark.slow
def test_fifty_articles_of_thirty_quotes_take_seconds() -> None:
    syllables = ["ba", "ko", "ri", "mu", "ten", "sol", "var", "lin", "dor", "pes"]
    people = ["Marit Solheim", "Jonas Brandt", "Ana Ruiz", "Karl Weber", "Olga Petrova"]

    def word(number: int) -> str:
        return syllables[number % 10] + syllables[number // 10 % 10] + syllables[number * 7 % 9] + "k"

    def remark(of: int, told_by: int) -> Said:
        words = [word(of * 9 + place) for place in range(8)]
        del words[told_by % 8]
        return Said(f"In Lindvik the {' and the '.join(words)} will hold this winter", by=people[of % 5])

    readings = [article(f"a{number:02}", *(remark(of, number) for of in range(30))) for number in range(50)]
    start = time.process_time()
    found = statements(readings)
    assert time.process_time() - start < 10
    assert len(found) == 30
