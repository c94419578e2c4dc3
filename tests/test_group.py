from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly._records import Article, Block
from reportedly.group import find_copies, group_articles

from ._shared import SEEDS, needs_shared


def article(identifier: str, text: str, **known: str) -> Article:
    return Article(identifier, identifier, text, hashlib.sha256(text.encode()).hexdigest(), **known)


FERRY_WIRE = """Ferry runs aground off Tarvos with 212 aboard

PORT TARVOS (NAP) - The ferry Halvard Rose ran aground on a sandbank off the island of Tarvos early on Monday with 212
people aboard, the coast guard of the islands said, and all of them were brought ashore by noon in two tugs.

The ship had left the mainland shortly before midnight in thick fog and lost the use of its radar an hour later, a
spokeswoman for the operator told reporters at the harbour, while divers began to look at the damaged hull.

Harbour master Ingrid Solheim said an inquiry would be opened on Tuesday and that the ferry line would stay closed.
"""
FERRY_REPRINT = """Island ferry stuck: families wait at the quay

At the quay of Lynby school children waited for their parents on Monday with blankets and tea.

The ferry Halvard Rose ran aground on a sandbank off the island of Tarvos early on Monday with 212 people aboard, the
coast guard of the islands said, and all of them were brought safely ashore by noon in two tugs.

The ship had left the mainland shortly before midnight in thick fog and lost the use of its radar an hour later, a
spokeswoman for the operator told reporters at the harbour, while divers began to look at the damaged hull.
"""
FERRY_OWN = """Passengers safe after Tarvos ferry grounding

Two tugs took more than 200 passengers of the Halvard Rose to Port Tarvos on Monday. The ferry had hit a sandbank in
fog. Solheim, who runs the harbour, wants to know why the radar of the ferry failed. Nobody was hurt,
the coast guard said.
"""
BUDGET = """Parliament rejects the budget

Deputies in Oravia voted down the finance minister's budget on Monday, 61 to 59, after a night of talks on pensions.
Finance Minister Pavel Dorn said he would return with a smaller plan for the pension fund before the end of the month.
"""
VACCINE = """Clinic tests malaria vaccine in Kesto

Doctors in Kesto have given the first of three doses of a new malaria vaccine to 400 children, the health ministry said.
The trial of the vaccine is to last two years. Earlier trials found that it prevented half of the cases of malaria.
"""
FERRY = [article("w", FERRY_WIRE), article("r", FERRY_REPRINT), article("o", FERRY_OWN)]
OTHERS = [article("b", BUDGET), article("v", VACCINE)]


def test_articles_on_one_event_are_one_story_and_others_are_not_in_it() -> None:
    stories = group_articles(FERRY + OTHERS)
    assert [story.articles for story in stories] == [("o", "r", "w"), ("b",), ("v",)]
    assert "Tarvos" in stories[0].reason or "Halvard" in stories[0].reason


def test_neither_order_nor_repetition_changes_a_story() -> None:
    articles = FERRY + OTHERS
    expected = group_articles(articles)
    for turn in range(len(articles)):
        assert group_articles(articles[turn:] + articles[:turn] + articles[:2]) == expected
    assert group_articles(reversed(articles)) == expected


def test_articles_published_a_month_apart_are_two_stories() -> None:
    first, later = article("a", FERRY_WIRE, published="2021-03-01"), article("b", FERRY_OWN, published="2021-04-01")
    assert len(group_articles([first, later])) == 2
    assert len(group_articles([first, article("b", FERRY_OWN, published="2021-03-02T09:00:00")])) == 1


def test_a_reprint_with_new_headline_and_a_light_edit_is_a_copy_and_keeps_its_own_paragraph() -> None:
    copied = find_copies(FERRY)
    assert copied["r"].copy_of == "w"
    assert copied["w"].copy_of is None
    assert copied["w"].own_share == 1.0
    assert copied["o"].copies == ()
    (copy,) = copied["r"].copies
    assert [FERRY_REPRINT[start:end].split()[0] for start, end in copy.spans] == ["The"]
    assert FERRY_REPRINT[copy.spans[0][0] : copy.spans[0][1]].endswith("damaged hull")
    assert 0.1 < copied["r"].own_share < 0.4


def test_the_earlier_article_is_the_original() -> None:
    late, early = article("a", FERRY_WIRE, published="2021-03-02"), article("b", FERRY_REPRINT, published="2021-03-01")
    assert find_copies([late, early])["a"].copies[0].article == "b"


def test_what_people_say_is_not_copied_text() -> None:
    said = "“We will go on with the search for as long as there is light and as long as there is fuel for the boats,”"
    one = article("a", f"{said} Solheim said at the quay.")
    other = article("b", f"Harbour master Ingrid Solheim spoke to the families. {said} she told them.")
    assert all(found.copies == () for found in find_copies([one, other]).values())
    spans = {identifier: [] for identifier in ("a", "b")}
    assert any(found.copies for found in find_copies([one, other], spans).values())


def test_of_known_blocks_only_body_counts() -> None:
    text = FERRY_WIRE
    caption = Article("a", "a", text, "", blocks=(Block("caption", (0, len(text))),))
    assert find_copies([article("w", text), caption])["a"].copies == ()
    part = Article("p", "p", text, "", blocks=(Block("body", (0, 200)), Block("caption", (200, len(text)))))
    (copy,) = find_copies([article("w", text + "More."), part])["p"].copies
    assert all(end <= 200 for _, end in copy.spans)


def test_nothing_in_nothing_out() -> None:
    assert group_articles([]) == []
    assert find_copies([]) == {}


@given(st.lists(st.text(max_size=300), max_size=6))
def test_any_text_is_grouped_and_its_copies_lie_inside_it(texts: list[str]) -> None:
    articles = [article(str(at), text) for at, text in enumerate(texts)]
    assert sorted(member for story in group_articles(articles) for member in story.articles) == [a.id for a in articles]
    for identifier, found in find_copies(articles).items():
        text = texts[int(identifier)]
        assert 0 <= found.own_share <= 1
        assert all(0 <= start < end <= len(text) for copy in found.copies for start, end in copy.spans)


@needs_shared
@pytest.mark.parametrize("with_others", [False, True])
def test_the_five_seeds_are_one_story(with_others: bool) -> None:
    seeds = [article(path.name, path.read_text("utf-8")) for path in sorted(SEEDS.glob("*.txt"))]
    stories = group_articles(seeds + (OTHERS + FERRY if with_others else []))
    assert stories[0].articles == tuple(sorted(seed.id for seed in seeds))
    assert len(stories) == (4 if with_others else 1)


def test_a_reason_gives_whole_names_and_no_weekday_or_year_as_news() -> None:
    text = "On Tuesday, 4 May 2021, the minister Lena Oduya opened the Grey House in Kesto, where 71 weavers work."
    again = (
        "The Grey House in Kesto, with its 71 weavers, was opened by Lena Oduya on Tuesday. Ms Oduya said so in 2021."
    )
    (story,) = group_articles([article("a", text, published="2021-05-04"), article("b", again, published="2021-05-04")])
    assert story.reason.startswith("Both name ")
    names, *others = story.reason.removeprefix("Both name ").split("; ")
    assert {"Lena Oduya", "Grey House", "Kesto"} == set(names.split(", "))
    assert "give the figure 71" in others
    assert "say Tuesday" in others
