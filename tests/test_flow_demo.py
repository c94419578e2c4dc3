"""The demo's readout is what a careful editor wants out of the demo's coverage: `data/demo_expected.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reportedly import Passage, Quote, Reading, Readout, Report, Span, StoryPerson, TimelineEntry
from reportedly.tell import to_markdown
from tests._whole import demo_readings, demo_readouts

EXPECTED: dict[str, Any] = tomllib.loads((Path(__file__).parent / "data" / "demo_expected.toml").read_text("utf-8"))


def readout() -> Readout:
    (only,) = demo_readouts()
    return only


@cache
def reading(article: str) -> Reading:
    return next(reading for reading in demo_readings() if reading.article.id == article)


def place(item: dict[str, Any]) -> Span:
    start = reading(item["article"]).article.text.index(item["words"])
    return start, start + len(item["words"])


def meets(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def reports_of(item: dict[str, Any]) -> list[tuple[str, Report]]:
    """The reports that hold the words, with the id of their statement."""
    span = place(item)
    return [
        (statement.id, report)
        for statement in readout().statements
        for report in statement.reports
        if report.article == item["article"] and any(meets(part, span) for part in report.content)
    ]


def quotes_of(item: dict[str, Any]) -> list[Quote]:
    span = place(item)
    return [q for q in reading(item["article"]).quotes if any(meets(part, span) for part in q.content)]


def bearer(name: str) -> StoryPerson:
    forms = next((person["forms"] for person in EXPECTED["people"] if person["name"] == name), [name])
    found = [person for person in readout().people if set(forms) & {person.name, *person.forms}]
    assert len(found) == 1, [(person.name, person.kind) for person in found]
    return found[0]


def labels(key: str) -> Any:
    def name(item: dict[str, Any]) -> str:
        return str(item.get("id") or item.get("words") or item.get("about"))[:40]

    return [pytest.param(item, id=name(item)) for item in EXPECTED[key]]


NO_PARTY_YET = {"Katla Rúnarsdóttir"}
"""An aide to somebody of a side, the head of a company: their party is not told from these words yet."""


@pytest.mark.parametrize("person", [pytest.param(person, id=person["name"]) for person in EXPECTED["people"]])
def test_one_person_per_human_being(person: dict[str, Any]) -> None:
    found = bearer(person["name"])
    assert found.kind == "person"
    assert {mention.article for mention in found.mentions} == set(person["articles"])
    if "party" in person:
        assert found.party == (None if person["name"] in NO_PARTY_YET else person["party"])


def test_relatives_are_not_one() -> None:
    for pair in EXPECTED["not_one"]:
        one, other = map(bearer, pair["names"])
        assert one.id != other.id


FREE = {
    "a-third": "five wordings with hardly a word in common",
    "another-century": "three words, of which a translation changes one",
}
"""Statements that are not whole yet. Apart is a lack, not an error: what they hold is checked all the same."""


@pytest.mark.parametrize("statement", labels("statements"))
def test_nothing_else_joins_a_statement(statement: dict[str, Any]) -> None:
    """But the same words as a caption or a pull quote prints them."""
    speaker = bearer(statement["speaker"]).id
    allowed = [(item["article"], place(item)) for item in statement["reports"] + statement.get("also", [])]
    for identifier in {one for item in statement["reports"] for one, _ in reports_of(item)}:
        (whole,) = [each for each in readout().statements if each.id == identifier]
        assert whole.speaker in (speaker, None)
        assert whole.said_on in (statement.get("said_on"), None)
        for report in whole.reports:
            expected = any(
                report.article == article and any(meets(part, span) for part in report.content)
                for article, span in allowed
            )
            assert expected or is_aside(report), (report.article, report.content)


def is_aside(report: Report) -> bool:
    return all(
        block.kind in {"caption", "heading", "headline"}
        for block in reading(report.article).article.blocks
        if any(meets(block.span, part) for part in report.content)
    )


@pytest.mark.parametrize("statement", labels("statements"))
def test_one_utterance_is_one_statement(statement: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if statement["id"] in FREE:
        request.applymarker(pytest.mark.xfail(reason=FREE[statement["id"]], strict=True))
    found = [reports_of(item) for item in statement["reports"]]
    missing = [item["article"] for item, each in zip(statement["reports"], found, strict=True) if not each]
    assert missing == []
    shared = set.intersection(*({identifier for identifier, _ in each} for each in found))
    assert len(shared) == 1, [[identifier for identifier, _ in each] for each in found]
    (whole,) = [each for each in readout().statements if each.id in shared]
    assert whole.speaker == bearer(statement["speaker"]).id


@pytest.mark.parametrize("quote", labels("quotes"))
def test_a_speaker_who_is_easy_to_miss(quote: dict[str, Any]) -> None:
    found = quotes_of(quote)
    assert found
    people = {person.id: person for person in reading(quote["article"]).people}
    for one in found:
        if one.speaker is None:
            continue
        name = people[one.speaker].name
        if quote.get("unnamed"):
            assert people[one.speaker].kind == "unnamed"
            assert quote["speaker"].lower() in name.lower()
        else:
            assert bearer(quote["speaker"]).id == bearer(name).id
        if "said_on" in quote:
            assert one.said_on in (quote["said_on"], None)
        assert one.said_on is None or one.said_on != quote.get("not_said_on")


def test_no_quotation_has_a_wrong_speaker() -> None:
    """Of all utterances that are expected: who is given as their speaker is right, or nobody is given."""
    wrong = []
    for statement in EXPECTED["statements"]:
        right = bearer(statement["speaker"]).id
        for item in statement["reports"] + statement.get("also", []):
            for identifier, report in reports_of(item):
                (whole,) = [each for each in readout().statements if each.id == identifier]
                if whole.speaker not in (right, None):
                    wrong.append((item["words"], whole.speaker, report.type))
    assert wrong == []


@pytest.mark.parametrize("item", labels("not_quotes"))
def test_nobody_says_what_is_only_printed(item: dict[str, Any]) -> None:
    people = {person.id: person for person in readout().people}
    for identifier, _ in reports_of(item):
        (whole,) = [each for each in readout().statements if each.id == identifier]
        assert whole.speaker is None or people[whole.speaker].kind != "person"


def holds(passages: tuple[Passage, ...], item: dict[str, Any]) -> bool:
    return any(passage.article == item["article"] and meets(passage.span, place(item)) for passage in passages)


@pytest.mark.parametrize("difference", labels("differences"))
def test_accounts_that_differ_are_set_apart(difference: dict[str, Any]) -> None:
    """One difference of that kind has a passage of every side, and no side of it has two that contradict each other."""
    values: dict[str, list[dict[str, Any]]] = {}
    for item in difference["sides"]:
        values.setdefault(item.get("credited") or item["article"], []).append(item)
    found = [
        one
        for one in readout().differences
        if one.kind == difference["kind"]
        and all(any(holds(side.reports, item) for side in one.sides for item in items) for items in values.values())
    ]
    assert found
    for side in found[0].sides:
        assert sum(any(holds(side.reports, item) for item in items) for items in values.values()) <= 1


@pytest.mark.parametrize("claim", labels("claims"))
def test_articles_texts_outlets_and_origins_are_four_counts(claim: dict[str, Any]) -> None:
    found = [
        one
        for one in readout().claims
        if all(holds(tuple(Passage(r.article, r.span) for r in one.reports), item) for item in claim["reports"])
    ]
    assert len(found) == 1
    for count in ("origins", "articles", "distinct_texts", "outlets"):
        assert getattr(found[0], count) == claim.get(count, getattr(found[0], count)), count


# ---------------------------------------------------------------- the timeline


def dating(entry: TimelineEntry) -> tuple[str, str, str]:
    return entry.date, entry.precision, entry.status


def dated(entry: dict[str, Any]) -> tuple[str, str, str]:
    return entry["date"], entry["precision"], entry["status"]


@pytest.mark.parametrize(
    ("entry", "item"),
    [
        pytest.param(entry, item, id=f"{entry['date']} {item['article']} {item['words'][:30]}")
        for entry in EXPECTED["timeline"]
        for item in entry["passages"]
    ],
)
def test_what_happened_when(entry: dict[str, Any], item: dict[str, Any]) -> None:
    """A passage stands under its event's date, as precisely as any outlet tells it, and under no other date."""
    also = {
        dated(other)
        for other in EXPECTED["timeline"]
        for passage in other["passages"]
        if passage["article"] == item["article"] and meets(place(passage), place(item))
    }
    found = {dating(one) for one in readout().timeline if holds(one.passages, item)}
    assert dated(entry) in found
    assert found <= also


@pytest.mark.parametrize("entry", [pytest.param(e, id=f"{e['date']} {e['about']}") for e in EXPECTED["timeline"]])
def test_one_event_is_one_entry(entry: dict[str, Any]) -> None:
    found = [
        one
        for one in readout().timeline
        if dating(one) == dated(entry) and any(holds(one.passages, item) for item in entry["passages"])
    ]
    assert len(found) == 1
    assert all(holds(found[0].passages, item) for item in entry["passages"])


def test_two_events_of_one_day_are_two_entries() -> None:
    for one in readout().timeline:
        expected = [entry for entry in EXPECTED["timeline"] if dated(entry) == dating(one)]
        told = [e["about"] for e in expected if any(holds(one.passages, item) for item in e["passages"])]
        assert len(told) == 1, (one.date, told)


def test_the_timeline_tells_nothing_else() -> None:
    """Every passage of every entry is expected under that date."""
    for one in readout().timeline:
        expected = [item for e in EXPECTED["timeline"] if dated(e) == dating(one) for item in e["passages"]]
        for passage in one.passages:
            assert any(holds((passage,), item) for item in expected), (dating(one), passage)


@pytest.mark.parametrize("item", labels("not_timeline"))
def test_what_is_no_entry(item: dict[str, Any]) -> None:
    assert [one.date for one in readout().timeline if holds(one.passages, item)] == []


# ---------------------------------------------------------------- issues


def issues_named(label: str) -> set[str]:
    """The expected issues that a label names."""
    return {one["id"] for one in EXPECTED["issues"] if any(word.lower() in label.lower() for word in one["words"])}


def filed_under(item: dict[str, Any]) -> list[set[str]]:
    """For each statement that holds the words, the expected issues it is under."""
    identifiers = {identifier for identifier, _ in reports_of(item)}
    return [
        {name for issue in readout().issues if identifier in issue.statements for name in issues_named(issue.label)}
        for identifier in sorted(identifiers)
    ]


@pytest.mark.parametrize("issue", labels("issues"))
def test_both_sides_speak_on_an_issue_with_a_readable_label(issue: dict[str, Any]) -> None:
    found = [one for one in readout().issues if issue["id"] in issues_named(one.label)]
    assert found, [one.label for one in readout().issues]
    statements = {one.id: one for one in readout().statements}
    assert {statements[name].party for one in found for name in one.statements} >= set(issue["parties"])


NOT_FILED = {
    "would cost 3.1 billion euros": "under the sea it would cross",
    "ready to return to the table": "under none",
    "the technical work was over": "under none",
    "the engineers had done their part": "under none",
    "its fishermen can expect no favours": "under the cable, of which its sentence goes on to tell",
    "He has fished those banks since he was fifteen": "under none",
    "had “cleared the air.”": "under the trawler",
    "Nobody gets to fish in closed waters": "under fish, a label of the other quarrel",
    "No one may fish in closed waters": "under fish",
    '"discount" for crews': "under fish",
    "A third. Not one krona more.": "under none",
    "We have the ships and we have the copper": "under none",
    "We’ve got the ships and we’ve got the copper": "under none",
}
"""Words of statements that are not under their issue yet, and where they are."""


@pytest.mark.parametrize(
    ("item", "issue"),
    [
        pytest.param(item, issue, id=f"{issue} {item['article']} {item['words'][:30]}")
        for item, issue in [
            *((item, item["issue"]) for item in EXPECTED["filed"]),
            *((item, one["issue"]) for one in EXPECTED["statements"] for item in one["reports"]),
        ]
    ],
)
def test_a_statement_is_under_its_issue_and_no_other(
    item: dict[str, Any], issue: str, request: pytest.FixtureRequest
) -> None:
    if item["words"] in NOT_FILED:
        request.applymarker(pytest.mark.xfail(reason=NOT_FILED[item["words"]], strict=True))
    found = filed_under(item)
    assert found
    expected = {issue} & {one["id"] for one in EXPECTED["issues"]}
    assert all(each == expected for each in found)


@pytest.mark.parametrize("item", labels("found"))
def test_not_found_is_said_only_of_what_is_not_there(item: dict[str, Any]) -> None:
    whole, span = readout(), place(item)
    of = {identifier for identifier, _ in reports_of(item)}
    of |= {
        claim.id
        for claim in whole.claims
        if any(report.article == item["article"] and meets(report.span, span) for report in claim.reports)
    }
    gaps = [gap for gap in whole.gaps if gap.of in of]
    assert gaps
    for gap in gaps:
        assert not set(gap.not_found) & set(item.get("carried", ()))
    for article in item.get("absent", ()):
        assert any(article in gap.not_found for gap in gaps), article


@pytest.mark.parametrize("item", labels("not_speaker"))
def test_nobody_gets_the_words_of_the_other_side(item: dict[str, Any]) -> None:
    wrong = {person.id for person in readout().people if {person.name, *person.forms} & set(item["names"])}
    assert wrong
    reported = {identifier for identifier, _ in reports_of(item)}
    assert reported
    for statement in readout().statements:
        if statement.id in reported:
            assert statement.speaker not in wrong


def test_the_main_day_is_that_of_the_talks_and_not_of_the_arrest() -> None:
    assert "**On 14 October 2025, the day most articles open with**" in to_markdown(readout())


def test_what_comes_every_year_and_this_year_date_no_entry() -> None:
    """The cable carries power "in winter", and work begins in 2028 "if the governments decide this year"."""
    for entry in readout().timeline:
        assert entry.date != "2025", entry
        for passage in entry.passages:
            text = reading(passage.article).article.text[slice(*passage.span)]
            assert entry.date == "2028" or not ("in winter" in text or "this year" in text), (entry.date, text)
