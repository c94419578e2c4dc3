from __future__ import annotations

from dataclasses import replace

from reportedly._records import Issue, Mention, Reading, Statement, StoryPerson, Term
from reportedly.compare._issues import make_issues

from ._build import bag_of_words, find, reading, statement

SAID = {
    "a": [
        "The fishing quota is a fraud and nobody on this coast will keep it",
        "Chile must open its harbours before we talk of anything else",
        "I slept well, thank you",
    ],
    "b": [
        "A fishing quota without inspectors is paper",
        "We ask Chilean ports for nothing that we do not give",
        "The lighthouse fund was empty when I took office",
    ],
    "c": ["Whoever breaks the fishing quota pays", "The lighthouse fund has been robbed"],
}
TERMS = ("fishing quota", "lighthouse fund", "coast", "paper")


OPENING = "It rained all day. Buses were late. The hall was full by noon."


def made(identifier: str, *headings: str) -> Reading:
    said = SAID[identifier]
    paragraphs = [f"“{words},” Maren Holt said at the meeting." for words in said]
    for heading in headings:
        paragraphs.insert(1, f"## {heading}")
    found = reading(
        identifier,
        OPENING,
        *paragraphs,
        people={"Maren Holt": ["Maren Holt"]},
        said=[("direct", words, "Maren Holt") for words in said],
    )
    text = found.article.text
    terms = [Term(find(text, term), term) for term in (*TERMS, "meeting", "Maren Holt") if term in text]
    return replace(found, terms=tuple(terms))


def issues_of(*readings: Reading) -> tuple[dict[str, Issue], dict[str, Statement]]:
    statements = [
        statement(f"{r.article.id}{at}", (r, words), party="Harbour Party")
        for r in readings
        for at, words in enumerate(SAID[r.article.id])
    ]
    places = [("Chile", "a"), ("Chilean", "b")]
    texts = {r.article.id: r.article.text for r in readings}
    mentions = tuple(Mention(a, find(texts[a], form), form) for form, a in places if a in texts)
    speaker = tuple(
        Mention(r.article.id, span, "Maren Holt") for r in readings for p in r.people for span in p.mentions
    )
    people = (
        StoryPerson("p", "Maren Holt", "person", (), None, ("Maren Holt",), speaker),
        StoryPerson("q", "Chile", "place", (), "CL", tuple(m.form for m in mentions), mentions),
    )
    issues, after = make_issues(readings, statements, (), people, bag_of_words())
    return {issue.label: issue for issue in issues}, {one.id: one for one in after}


def test_issues_are_what_several_statements_are_about_under_the_words_of_the_texts() -> None:
    issues, statements = issues_of(made("a"), made("b"), made("c"))
    assert issues["Fishing quota"].statements == ("a0", "b0", "c0")
    assert issues["Lighthouse fund"].statements == ("b2", "c1")
    assert statements["c1"].issues == (issues["Lighthouse fund"].id,)


def test_a_country_and_its_people_are_one_issue_under_the_countrys_name() -> None:
    issues, _ = issues_of(made("a"), made("b"), made("c"))
    assert issues["Chile"].statements == ("a1", "b1")
    assert "Chilean" not in issues


def test_neither_people_nor_the_occasion_are_issues_and_what_fits_none_has_none() -> None:
    issues, statements = issues_of(made("a"), made("b"), made("c"))
    assert set(issues) == {"Fishing quota", "Lighthouse fund", "Chile"}
    assert statements["a2"].issues == ()


def test_a_heading_gives_the_label_and_the_statements_of_its_section() -> None:
    issues, _ = issues_of(made("a", "Ports of Chile"), made("b"), made("c"))
    assert issues["Ports of Chile"].statements == ("a1", "a2", "b1")


def of_one(paragraphs: list[str], said: list[str], terms: list[str]) -> dict[str, tuple[str, ...]]:
    """Labels of the issues of each remark of one article, which names the terms often enough."""
    pad = [f"It is the {term} again." for term in terms for _ in range(4)]
    one = reading("a", OPENING, *paragraphs, *pad, said=[("direct", words, None) for words in said])
    text = one.article.text
    found = tuple(Term((at, at + len(t)), t) for t in terms for at in range(len(text)) if text[at:].startswith(t))
    one = replace(one, terms=found)
    issues, after = make_issues([one], [statement(words, (one, words)) for words in said], (), (), bag_of_words())
    label = {issue.id: issue.label for issue in issues}
    return {one.id: tuple(label[issue] for issue in one.issues) for one in after}


def test_a_subject_is_found_in_all_endings_of_its_words() -> None:
    said = ["Nobody meddled with our ballots", "Ballot meddling is a crime", "They meddle and the ballot suffers"]
    found = of_one([f"“{words},” Holt said." for words in said], said, ["ballot meddling"])
    assert found == dict.fromkeys(said, ("Ballot meddling",))


def test_a_sentence_that_lists_subjects_beside_a_remark_files_it_under_none() -> None:
    inside = ["The lighthouse fund", "The fishing quota", "The harbor tariff"]
    terms = [words.removeprefix("The ") for words in inside]
    said = ["time to move on", *(f"{words} is gone" for words in inside), *(f"{words} is a joke" for words in inside)]
    listing = (
        f"With quarrels over the {terms[0]}, the {terms[1]} and the {terms[2]}, Holt said it was “time to move on.”"
    )
    found = of_one([listing, *(f"“{words},” Holt said." for words in said[1:])], said, terms)
    assert found["time to move on"] == ()
    assert {labels for words, labels in found.items() if words in said[1:]} == {
        ("Lighthouse fund",),
        ("Fishing quota",),
        ("Harbor tariff",),
    }


def test_a_heading_speaks_for_the_paragraphs_right_under_it_alone() -> None:
    said = ["The lighthouse fund is empty", "I am quite sure", "Ask me tomorrow"]
    one, near, far = (f"“{words},” Holt said." for words in said)
    found = of_one(["## Lighthouse fund “empty”", one, near, *["Rain fell."] * 4, far], said, [])
    assert found == {said[0]: ("Lighthouse fund",), said[1]: ("Lighthouse fund",), said[2]: ()}


def test_the_order_of_articles_changes_nothing() -> None:
    some = made("a"), made("b"), made("c")
    forward, _ = issues_of(*some)
    backward, _ = issues_of(*reversed(some))
    assert {label: set(issue.statements) for label, issue in forward.items()} == {
        label: set(issue.statements) for label, issue in backward.items()
    }


def test_no_statements_no_issues() -> None:
    assert make_issues([made("a")], (), (), (), bag_of_words()) == ((), ())
