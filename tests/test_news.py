"""What changed from one readout to the next: told once, with its evidence, and never what was there before."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from reportedly._records import (
    Article,
    Citation,
    Claim,
    ClaimReport,
    Difference,
    Passage,
    Readout,
    Report,
    Side,
    Statement,
    StoryArticle,
    StoryPerson,
)
from reportedly.library import _changes
from reportedly.library._library import LibraryError
from reportedly.library._news import News, news

POST = "The quay at Skarnes cost 40 million. Brandvold said the piles are rotten. It closes on Friday."
RADIO = "Skarnes paid 52 million for its quay. The piles are all rotten, Brandvold said. Nobody was hurt."
ECHO = "The quay closes on Friday, the port said. Brandvold said nobody would be left on the island."


def article(name: str, text: str, outlet: str = "") -> Article:
    return Article(
        id=name, source="test", text=text, sha256=sha256(text.encode()).hexdigest(), outlet=outlet or name.title(),
        title=f"Quay, by {name}",
    )  # fmt: skip


def at(one: Article, words: str) -> tuple[int, int]:
    start = one.text.index(words)
    return start, start + len(words)


def statement(name: str, *reports: tuple[Article, str]) -> Statement:
    made = tuple(
        Report(one.id, f"q{one.id}", "indirect", (at(one, words),), (), (), "certain", (), ()) for one, words in reports
    )
    return Statement(name, "p-brandvold", None, (), None, None, made)


def claim(name: str, origins: int, *reports: tuple[Article, str]) -> Claim:
    made = tuple(ClaimReport(one.id, at(one, words), None) for one, words in reports)
    one, words = reports[0]
    return Claim(name, Citation(one.id, at(one, words), words, "", ""), made, origins, len(made), len(made), len(made))


def difference(name: str, *sides: tuple[Article, str], kind: str = "number") -> Difference:
    made = tuple(Side((Passage(one.id, at(one, words)),), words) for one, words in sides)
    return Difference(name, kind, "the quay", made)  # type: ignore[arg-type]


def readout(
    *articles: Article,
    statements: tuple[Statement, ...] = (),
    claims: tuple[Claim, ...] = (),
    differences: tuple[Difference, ...] = (),
) -> Readout:
    mayor = StoryPerson("p-brandvold", "Ottilie Brandvold", "person", (), None, ("Brandvold",), ())
    return Readout(
        id="s1", title=None, articles=tuple(StoryArticle(one, None, (), None, 1.0, True) for one in articles),
        people=(mayor,), statements=statements, issues=(), claims=claims, differences=differences, gaps=(),
        timeline=(), brief=(),
    )  # fmt: skip


POST_A, RADIO_A, ECHO_A = article("post", POST), article("radio", RADIO), article("echo", ECHO)


def kinds(found: tuple[News, ...]) -> list[tuple[str, str]]:
    return [(one.kind, one.words) for one in found]


def test_a_story_that_is_new_is_one_thing() -> None:
    whole = readout(POST_A, RADIO_A, statements=(statement("t1", (POST_A, "the piles are rotten")),))
    (found,) = news(None, whole)
    assert (found.kind, found.words, found.outlets) == ("story", "Quay, by post", ("Post", "Radio"))


def test_an_article_brings_its_outlet_its_statements_and_what_differs() -> None:
    said = (POST_A, "the piles are rotten")
    old = readout(POST_A, statements=(statement("t1", said),), claims=(claim("c1", 1, (POST_A, "closes on Friday")),))
    new = readout(
        POST_A, RADIO_A, ECHO_A,
        statements=(
            statement("other", said, (RADIO_A, "The piles are all rotten")),
            statement("t2", (ECHO_A, "nobody would be left on the island")),
        ),
        claims=(claim("other", 2, (POST_A, "closes on Friday"), (ECHO_A, "closes on Friday")),
                claim("c2", 1, (RADIO_A, "Nobody was hurt"))),
        differences=(difference("d1", (POST_A, "40 million"), (RADIO_A, "52 million")),
                     difference("d2", (POST_A, "Skarnes"), (RADIO_A, "Skarnes"), kind="spelling")),
    )  # fmt: skip
    found = news(old, new)
    assert kinds(found) == [
        ("outlet", "Quay, by radio"),
        ("outlet", "Quay, by echo"),
        ("statement", "nobody would be left on the island"),
        ("corroborated", "closes on Friday"),
        ("difference", "40 million / 52 million"),
    ]
    assert (found[2].speaker, found[2].passages[0].said) == ("Ottilie Brandvold", "indirect")
    assert found[4].about == "number"
    assert [(one.outlet, one.words) for one in found[4].passages] == [("Post", "40 million"), ("Radio", "52 million")]
    for one in (passage for item in found for passage in item.passages):
        text = {POST_A.id: POST, RADIO_A.id: RADIO, ECHO_A.id: ECHO}[one.article]
        assert one.words == " … ".join(text[a:b] for a, b in one.spans)
    assert len({one.id for one in found}) == len(found)
    assert news(new, new) == ()


def test_another_article_of_an_outlet_is_no_new_outlet() -> None:
    second, third = article("post2", RADIO, "Post"), article("gull", ECHO, "Gull")
    fourth = article("gull2", ECHO + " More soon.", "Gull")
    found = news(readout(POST_A), readout(POST_A, second, third, fourth))
    assert [one.kind for one in found] == ["article", "outlet", "article"]


def test_other_rules_and_other_ids_are_no_news() -> None:
    """Nothing came, so whatever is found anew in the same texts was there."""
    new = readout(
        POST_A, RADIO_A,
        statements=(statement("t9", (RADIO_A, "The piles are all rotten")),),
        claims=(claim("c9", 2, (POST_A, "closes on Friday"), (RADIO_A, "Nobody was hurt")),),
        differences=(difference("d9", (POST_A, "40 million"), (RADIO_A, "52 million")),),
    )  # fmt: skip
    assert news(readout(POST_A, RADIO_A), new) == ()
    # And what other rules find in the old ones is not told because an article joins.
    joined = replace(new, articles=(*new.articles, StoryArticle(ECHO_A, None, (), None, 1.0, True)))
    assert kinds(news(readout(POST_A, RADIO_A), joined)) == [("outlet", "Quay, by echo")]


def test_a_story_that_went_into_another_and_a_moved_article_are_no_news() -> None:
    both = readout(POST_A, RADIO_A, statements=(statement("t1", (RADIO_A, "The piles are all rotten")),))
    assert news(readout(POST_A), both, known={"radio"}) == ()
    assert news(None, both, known={"post", "radio"}) == ()
    assert [one.kind for one in news(None, both, known={"post"})] == ["outlet", "statement"]


def test_a_claim_is_first_corroborated_once() -> None:
    friday = (POST_A, "closes on Friday"), (ECHO_A, "closes on Friday")
    sure = readout(POST_A, ECHO_A, claims=(claim("c1", 2, *friday),))
    third = article("gull", "It closes on Friday.", "Gull")
    assert [one.kind for one in news(readout(POST_A), sure)] == ["outlet", "corroborated"]
    now = readout(POST_A, ECHO_A, third, claims=(claim("c7", 3, *friday, (third, "closes on Friday")),))
    assert [one.kind for one in news(sure, now)] == ["outlet"]
    # A copy adds an article and no origin.
    copied = article("copy", POST, "Copy")
    same = readout(POST_A, copied, claims=(claim("c1", 1, (POST_A, "closes on Friday"), (copied, "closes on Friday")),))
    assert [one.kind for one in news(readout(POST_A), same)] == ["outlet"]


def test_a_difference_that_another_outlet_joins_is_the_same_and_one_beside_it_is_not() -> None:
    old = readout(POST_A, RADIO_A, differences=(difference("d1", (POST_A, "40 million"), (RADIO_A, "52 million")),))
    gull = article("gull", "The quay cost 52 million and closes on Sunday.", "Gull")
    joins = difference("d2", (POST_A, "40 million"), (RADIO_A, "52 million"), (gull, "52 million"))
    other = difference("d3", (POST_A, "Friday"), (gull, "Sunday"), kind="date")
    beside = difference("d4", (POST_A, "cost 40 million"), (gull, "cost 52 million"))
    found = news(old, readout(POST_A, RADIO_A, gull, differences=(joins, other, beside)))
    assert kinds(found)[1:] == [("difference", "Friday / Sunday"), ("difference", "cost 40 million / cost 52 million")]


# ---------------------------------------------------------------- edits


def test_an_edit_shows_which_words_went_and_which_came() -> None:
    now = article("post", POST.replace("40 million", "45 million").replace(" It closes on Friday.", ""))
    (found,) = news(readout(POST_A), readout(now))
    assert (found.kind, found.article, found.earlier) == ("edit", "post", POST_A.sha256)
    assert [(one.went, one.came) for one in found.edits] == [("40", "45"), ("It closes on Friday.", "")]
    assert found.edits[0].prefix.endswith("cost")
    assert found.edits[0].suffix.startswith("million. Brandvold")


def test_what_stood_in_an_edited_article_is_not_told_as_new() -> None:
    was = (POST_A, "the piles are rotten")
    now = article("post", "Correction: an earlier text gave another sum. " + POST.replace("the piles", "all the piles"))
    old = readout(POST_A, ECHO_A, statements=(statement("t1", was),))
    moved = statement("t2", (now, "all the piles are rotten"))
    assert [one.kind for one in news(old, readout(now, ECHO_A, statements=(moved,)))] == ["edit"]


def test_a_statement_that_came_into_an_edited_article_is_told() -> None:
    now = article("post", POST + " Brandvold said the ferry would go on sailing.")
    old = readout(POST_A, statements=(statement("t1", (POST_A, "the piles are rotten")),))
    new = readout(
        now,
        statements=(
            statement("t1", (now, "the piles are rotten")),
            statement("t2", (now, "the ferry would go on sailing")),
        ),
    )
    assert kinds(news(old, new))[1:] == [("statement", "the ferry would go on sailing")]


def test_a_rewritten_article_keeps_its_edits_within_bounds() -> None:
    before = article("post", "\n".join(f"line {n} of the old text" for n in range(200)))
    after = article("post", "\n".join(f"line {n} of the new text" for n in range(200)))
    (found,) = news(readout(before), readout(after))
    assert 0 < len(found.edits) <= 40
    assert all(len(one.went) <= 1_000 and len(one.prefix) <= 60 for one in found.edits)


# ---------------------------------------------------------------- times


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("hour", "2031-02-03T03:05:00+00:00"),
        ("day", "2031-02-02T04:05:00+00:00"),
        ("week", "2031-01-27T04:05:00+00:00"),
        ("90m", "2031-02-03T02:35:00+00:00"),
        ("2d", "2031-02-01T04:05:00+00:00"),
        ("2031-02-01", "2031-02-01T00:00:00+00:00"),
        ("2031-02-01T12:00:00+02:00", "2031-02-01T10:00:00+00:00"),
    ],
)
def test_a_time_is_said_in_several_ways(words: str, moment: str) -> None:
    assert _changes.since(words, "2031-02-03T04:05:00+00:00") == moment


@pytest.mark.parametrize("words", ["soon", "", "0001-01-01T00:00:00+14:00", "yesterday", "2031-13-01", "99999w"])
def test_what_is_no_time_is_refused_with_its_words(words: str) -> None:
    with pytest.raises(LibraryError) as caught:
        _changes.since(words, "2031-02-03T04:05:00+00:00")
    assert str(caught.value).startswith(words[:60])
