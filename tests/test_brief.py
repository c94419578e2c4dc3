from __future__ import annotations

from reportedly._records import Difference, Passage, Reading, Side
from reportedly.compare._brief import choose_brief, choose_title

from ._build import bag_of_words, find, reading, statement

QUOTE = "We will rebuild the breakwater before the winter storms arrive"
LEDE = "A storm tore away the breakwater of Lynby harbour on Monday and drowned eleven boats."
FIRST = reading(
    "a",
    "# Storm destroys Lynby breakwater",
    LEDE,
    f"“{QUOTE},” harbour master Ingrid Solheim told reporters on the quay.",
    "Insurance companies put the damage at 40 million crowns.",
    said=[("direct", QUOTE, None)],
    days={"on Monday": "2021-03-01"},
)
SECOND = reading(
    "b",
    "# Lynby breakwater lost in storm, minister to visit",
    "Lynby lost its breakwater and eleven boats in Monday’s storm, the harbour said.",
    f"She promised: “{QUOTE}.”",
    "Insurers expect to pay 65 million crowns for the damage to the port.",
    said=[("direct", QUOTE, None)],
)
THIRD = reading(
    "c",
    "# What do we know about the storm?",
    "It was a long night.",
    "Nobody slept in the old town of Lynby when the storm took the breakwater.",
)
STORY: list[Reading] = [FIRST, SECOND, THIRD]
STATEMENT = statement("s", (FIRST, QUOTE), (SECOND, QUOTE))


def brief_of(*differences: Difference) -> list[str]:
    return [c.exact for c in choose_brief(STORY, [STATEMENT], (), differences, bag_of_words())]


def test_it_opens_with_the_main_event_told_in_one_whole_sentence() -> None:
    assert brief_of()[0] == LEDE


def test_a_statement_stands_in_it_as_a_whole_sentence_that_does_not_begin_with_a_pronoun() -> None:
    assert brief_of()[1] == f"“{QUOTE},” harbour master Ingrid Solheim told reporters on the quay."


def test_the_clearest_difference_is_in_it_and_a_spelling_is_none() -> None:
    value, other = "40 million", "65 million"
    sides = tuple(
        Side((Passage(of.article.id, find(of.article.text, sentence)),), words)
        for of, sentence, words in (
            (FIRST, "Insurance companies put the damage at 40 million crowns.", value),
            (SECOND, "Insurers expect to pay 65 million crowns for the damage to the port.", other),
        )
    )
    assert brief_of(Difference("d", "number", "crowns", sides))[-1].startswith("Insurers expect")
    assert len(brief_of(Difference("d", "spelling", "crowns", sides))) == 2


def test_no_two_passages_say_the_same() -> None:
    twice = statement("t", (FIRST, QUOTE), (SECOND, QUOTE))
    exact = [c.exact for c in choose_brief(STORY, [STATEMENT, twice], (), (), bag_of_words())]
    assert len(exact) == len(set(exact)) == 2


def test_the_headline_tells_what_happened_rather_than_what_is_to_come_or_is_asked() -> None:
    brief = choose_brief(STORY, [STATEMENT], (), (), bag_of_words())
    title = choose_title(STORY, brief, bag_of_words())
    assert title is not None
    assert title.exact == "Storm destroys Lynby breakwater"


def test_without_headlines_the_main_event_is_the_title_and_without_text_nothing_is() -> None:
    plain = reading("p", LEDE, "The harbour will stay shut for a week, the town council decided after the storm.")
    brief = choose_brief([plain], (), (), (), bag_of_words())
    assert [choose_title([plain], brief, bag_of_words())] == [brief[0]]
    assert choose_title([reading("q")], (), bag_of_words()) is None
