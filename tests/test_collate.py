from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly._records import Article, Quote, QuoteType, Span
from reportedly.compare._collate import Variants, collate

Report = tuple[Article, Quote]


def report(words: str, type_: QuoteType = "direct", before: str = "She said: “", after: str = "”, and left.") -> Report:
    """An article whose only quote has the words; "//" stands for reporter's words between two spans."""
    text, spans = before, []
    for number, part in enumerate(words.split("//")):
        text += "” she said, “" if number else ""
        spans.append((len(text), len(text) + len(part)))
        text += part
    return Article("a", "a", text + after, ""), Quote("q", type_, tuple(spans))


def marked(*reports: Report) -> list[list[str]]:
    """The differing words of each report."""
    return [
        [article.text[slice(*span)] for span in found.differs]
        for (article, _), found in zip(reports, collate(reports), strict=True)
    ]


def differing(*words: str) -> list[list[str]]:
    return marked(*map(report, words))


def test_a_replaced_word_is_marked_in_both() -> None:
    found = differing("We seek no war with the islands", "We see no war with the islands")
    assert found == [["seek"], ["see"]]


def test_words_that_stand_together_are_one_span_and_others_are_not() -> None:
    (one, other) = differing(
        "The old harbour will be closed to every trawler by May",
        "The whole port will be closed to any trawler by May",
    )
    assert one == ["old harbour", "every"]
    assert other == ["whole port", "any"]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("We seek no war with the islands", "We see no war with the islands", [["seek"], ["see"]]),
        ("The fleet will not sail before spring", "The fleet will sail before spring", [["not"], []]),
        ("It will cost 3.1 billion crowns by May", "It will cost 3.4 billion crowns by May", [["3.1"], ["3.4"]]),
        ("They held seven boats at the pier", "They held nine boats at the pier", [["seven"], ["nine"]]),
        ("The crisis must not end in war here", "The conflict must not end in war here", [[], []]),
        ("There is no plan to sell the yard", "There is not a plan to sell the yard", [[], []]),
        ("The old harbour will be closed by May", "The whole harbour will be shut by May", [[], []]),
    ],
)
def test_what_says_something_else_is_told_from_form(one: str, other: str, told: list[list[str]]) -> None:
    reports = [report(one), report(other)]
    found = [
        [article.text[slice(*span)] for span in variants.substance]
        for (article, _), variants in zip(reports, collate(reports), strict=True)
    ]
    assert found == told


def test_case_accents_marks_and_punctuation_are_no_difference() -> None:
    found = differing("The U.S. and José – they MUST talk", "the US and Jose, they must talk.")
    assert found == [[], []]


@pytest.mark.parametrize("mark", ["'", "’"])
def test_a_contraction_and_a_possessive_are_whole_words(mark: str) -> None:
    assert differing(f"We don{mark}t seek another strike", "We do not seek another strike") == [
        [f"don{mark}t"],
        ["do not"],
    ]
    found = differing(f"The commission{mark}s methods were odd", "The committee's methods were odd")
    assert found == [[f"commission{mark}s"], ["committee's"]]


def test_a_possessive_is_its_noun_and_a_contracted_verb_is_none() -> None:
    found = differing("The odd work of special counsel Brandt is over", "The odd work of Brandt’s commission is over")
    assert found == [["special counsel"], ["commission"]]
    assert differing("Everybody says it’s our dam", "Everybody says it was our dam") == [["it’s"], ["it was"]]


def test_apostrophes_of_two_kinds_are_no_difference() -> None:
    assert differing("It's the minister's dam", "It’s the minister’s dam") == [[], []]


def test_hyphenated_words_are_one_span() -> None:
    found = differing("Our Danish-Norwegian pact has held", "Our friendly northern pact has held")
    assert found == [["Danish-Norwegian"], ["friendly northern"]]


def test_what_a_partial_quote_does_not_reach_is_not_marked() -> None:
    whole = "We inspected the northern wall in April, it was sound, and nobody in the valley has to leave home"
    assert differing(whole, "it was sound, and nobody in the valley") == [[], []]
    assert differing(whole, "it was safe, and nobody in the valley") == [["sound"], ["safe"]]


def test_what_is_left_out_between_two_cuts_or_at_an_ellipsis_is_not_marked() -> None:
    whole = "We inspected the northern wall twice in April and nobody has to leave"
    for cut in (
        "We inspected the northern wall//and nobody has to leave",
        "We inspected the northern wall ... and nobody has to leave",
    ):
        assert differing(whole, cut) == [[], []]
    assert differing(whole, "We inspected the northern wall and nobody has to leave")[0] == ["twice in April"]


def test_a_passage_that_the_other_leaves_out_is_not_marked() -> None:
    long = "which stood there long before any of us was born and will stand when we are gone"
    found = differing(f"The northern wall, {long}, must be repaired", "The northern wall must be repaired")
    assert found == [[], []]


def test_indirect_speech_is_compared_with_nothing() -> None:
    found = marked(report("the northern wall would hold", "indirect"), report("the northern wall will hold"))
    assert found == [[], []]


def test_of_a_mixed_report_only_what_stands_in_marks_is_compared() -> None:
    mixed = report(
        "the plan for the railway was “a hollow vessel without funding” from the counties", "mixed", before="He said "
    )
    found = marked(mixed, report("The plan for a railway is a hollow shell without funding by the counties"))
    assert found == [["vessel"], ["shell"]]
    outer = report("a hollow vessel without funding", "mixed")
    assert marked(outer, report("It is a hollow shell without funding"))[0] == ["vessel"]


def test_single_marks_around_a_contraction_are_read_to_their_end() -> None:
    mixed = report("the wall, ‘which doesn’t leak in our winter at all’, was sound", "mixed", before="He said ")
    found = marked(mixed, report("The wall, which does not leak in our summer at all, is sound"))
    assert found == [["doesn’t", "winter"], ["does not", "summer"]]


def test_function_words_far_from_anything_shared_align_with_nothing() -> None:
    one = "The wall has held since the war, in spite of the frost, the salt and all of the neglect of our county"
    other = "The wall has held since the war, and I thank every one of the engineers who were there"
    assert differing(one, other) == [[], []]


def test_texts_with_little_in_common_are_not_compared() -> None:
    one = "The ferry left Molde at noon with forty children, two teachers, a priest, and a dog that bit everybody"
    other = "Nobody told our council that a ferry would be cancelled because its captain had been dismissed by letter"
    assert differing(one, other) == [[], []]


def test_the_same_words_twice_are_marked_alike_in_both() -> None:
    found = differing("We seek no war with them", "We see no war with them", "We seek no war with them")
    assert found == [["seek"], ["see"], ["seek"]]


words = st.text(alphabet="ab cd’'.-“”\"‘é\n\u0301İ1,…", max_size=60)
types = st.sampled_from(["direct", "mixed", "indirect"])


@settings(deadline=None)
@given(st.lists(st.tuples(words, types, st.integers(0, 60)), max_size=5))
def test_spans_are_whole_words_inside_the_content_in_order(made: list[tuple[str, QuoteType, int]]) -> None:
    reports = []
    for text, type_, at in made:
        middle = min(at, len(text))
        content: tuple[Span, ...] = tuple(s for s in ((0, middle), (middle, len(text))) if s[0] < s[1])
        reports.append((Article("a", "a", text, ""), Quote("q", type_, content)))
    for (article, quote), found in zip(reports, collate(reports), strict=True):
        spans = found.differs
        assert all(any(s <= start and end <= e for s, e in spans) for start, end in found.substance)
        assert list(spans) == sorted(spans)
        assert quote.type != "indirect" or not spans
        for start, end in spans:
            assert any(a <= start < end <= b for a, b in quote.content)
            assert article.text[start].isalnum()
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_collated_alike_both_ways(one: str, other: str) -> None:
    first, second = report(one.replace("//", "/")), report(other.replace("//", "/"))
    assert collate([first, first]) == (Variants((), ()), Variants((), ()))
    assert len(collate([first, second])) == 2


def test_long_and_many_reports_take_no_time() -> None:
    start = time.process_time()
    collate(
        [
            report("the " * 20_000),
            report("the wall " * 10_000),
            report("' " * 20_000, "mixed"),
            report("'a' b'" * 9_000, "mixed"),
        ]
    )
    collate([report(f"The wall number {at} has held through the winter of the great flood") for at in range(200)])
    assert time.process_time() - start < 4
