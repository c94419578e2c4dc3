"""What a text of any kind must get of `find_times`, and times resolved later."""

from __future__ import annotations

import json
import time as clock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly._records import Article, Block, BlockKind, Reading
from reportedly.read._model import load_model
from reportedly.read._parse import parse
from reportedly.read._times import find_times, quoted_parts
from reportedly.timex._lexer import lex
from reportedly.timex._merge import expressions, merge
from reportedly.timex._resolve import resolve_times
from reportedly.timex._values import easter, holiday

from ._shared import BENCH, needs_shared


def read(*blocks: tuple[BlockKind, str], published: str | None = None, url: str | None = None) -> Reading:
    """A reading of invented blocks, with its times alone."""
    text, made = "", []
    for kind, words in blocks:
        made.append(Block(kind, (len(text), len(text) + len(words))))
        text += words + "\n\n"
    article = Article("a", "test", text, "", published=published, url=url, blocks=tuple(made))
    return Reading(article, times=find_times(next(parse([article], load_model()))))


def told(reading: Reading) -> list[tuple[str, str, str | None]]:
    """Words, value and anchor of each time."""
    return [(reading.article.text[slice(*time.span)], time.value, time.anchor) for time in reading.times]


LEDE = "The two ministers shook hands in Riga on Tuesday after a night of talks."
BODY = "They had quarrelled last week. The next day one of them flew home, and they will meet again on Friday."


def test_nothing_is_resolved_without_a_date() -> None:
    reading = read(("body", LEDE), ("body", BODY))
    assert told(reading) == [
        ("Tuesday", "XXXX-WXX-2", "unresolved:past"),
        ("last week", "XXXX-WXX", "unresolved:past"),
        ("The next day", "XXXX-XX-XX", "unresolved:unknown"),
        ("Friday", "XXXX-WXX-5", "unresolved:future"),
    ]


def test_a_date_learned_later_resolves_as_one_known_before() -> None:
    later = resolve_times(read(("body", LEDE), ("body", BODY)), "2022-03-02")
    before = read(("body", LEDE), ("body", BODY), published="2022-03-02")
    assert [(time.span, time.value) for time in later.times] == [(time.span, time.value) for time in before.times]
    assert [value for _, value, _ in told(later)] == ["2022-03-01", "2022-W08", "XXXX-XX-XX", "2022-03-04"]
    assert told(later)[0][2] == "story:2022-03-02"


def test_what_is_resolved_stays() -> None:
    reading = read(("body", LEDE), published="2022-03-02")
    assert resolve_times(reading, "2023-01-01") is reading
    assert resolve_times(read(("body", LEDE)), "last week") == read(("body", LEDE))


def test_the_words_of_every_unresolved_time_can_be_read_again() -> None:
    text = (
        "On the 14th he spoke in the morning. On Sunday morning he left; that night he was back. Late last year it "
        "rained, in the spring it snowed, over the weekend it thawed. At 3 p.m. on Friday they met. Earlier in the day "
        "they had slept. The end of the year is near. In early December, on Christmas Eve and on Feb. 3 he sang."
    )
    later = resolve_times(read(("body", text)), "2022-03-02")
    assert [time for time in later.times if time.value.startswith("X")] == []


@pytest.mark.parametrize(
    ("blocks", "url", "expected"),
    [
        ([("headline", "Ministers meet"), ("byline", "March 2, 2022, 4:15 PM"), ("body", LEDE)], None, "2022-03-02"),
        ([("headline", "Ministers meet"), ("byline", "Published: 2 March 2022"), ("body", LEDE)], None, "2022-03-02"),
        ([("body", LEDE)], "https://example.org/world/2022/03/02/ministers-meet", "2022-03-02"),
        ([("body", "The suit was filed on Tuesday, March 1, 2022, in Riga."), ("body", LEDE)], None, "2022-03-01"),
        (
            [("body", LEDE), ("caption", "Two ministers shake hands in Riga, Latvia, March 1, 2022.")],
            None,
            "2022-03-01",
        ),
        # An archive photo's date is of another weekday than the lede's, or told in the past.
        ([("body", LEDE), ("caption", "The ministers meet in Oslo, Norway, March 3, 2019.")], None, None),
        ([("body", LEDE), ("body", "They had first met on March 1, 2022, in Oslo.")], None, None),
        ([("body", LEDE)], "https://example.org/world/ministers-meet-123456", None),
    ],
)
def test_the_publication_date_is_inferred_only_where_the_text_shows_it(
    blocks: list[tuple[BlockKind, str]], url: str | None, expected: str | None
) -> None:
    anchors = {anchor for words, _, anchor in told(read(*blocks, url=url)) if words == "Tuesday"}
    assert anchors == {f"inferred:{expected}" if expected else "unresolved:past"}


def test_headlines_and_captions_tell_the_past_in_the_present() -> None:
    reading = read(("headline", "Ministers meet Monday in Riga"), ("body", LEDE), published="2022-03-02")
    assert told(reading)[0] == ("Monday", "2022-02-28", "published")


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=300))
@settings(deadline=None)
def test_any_text_is_read(text: str) -> None:
    lexed = lex(text)
    assert all(text[a:b] for a, b in zip(lexed.starts, lexed.ends, strict=True))
    for found in merge(list(expressions(lexed)), lexed):
        assert 0 <= lexed.starts[found.first] < lexed.ends[found.last - 1] <= len(text)
    assert all(0 <= start < end <= len(text) for start, end in quoted_parts(text))


WORDS = st.sampled_from(
    [
        "the",
        "a",
        "last",
        "next",
        "this",
        "Tuesday",
        "May",
        "14",
        "2019",
        ",",
        "-",
        "two",
        "few",
        "weeks",
        "week",
        "year",
        "ago",
        "later",
        "earlier",
        "end",
        "of",
        "3",
        "p.m.",
        "'30s",
        "morning",
        "night",
        "every",
        "half",
        "and",
        "hour",
        "second",
        "first",
        "quarter",
        "century",
        "99999999999",
        "1/2",
        "31",
        "30",
        "Feb.",
        "Christmas",
        "before",
        "day",
        "in",
        "on",
        "at",
        "9/11",
        "00:00",
        "24:61",
        "0001-01-01",
        "9999-12-31",
        "2019-02-30",
        "500,000",
        "years",
        "centuries",
        "from",
        "now",
        "today",
    ]
)


@given(st.lists(WORDS, max_size=25), st.sampled_from([None, "0001-01-01", "2019-05-14", "9999-12-31", "2020-02-29"]))
@settings(deadline=None, max_examples=300)
def test_any_row_of_time_words_is_read_and_resolved(words: list[str], published: str | None) -> None:
    reading = read(("body", " ".join(words) or "x"), published=published)
    text = reading.article.text
    ends = [0]
    for time in reading.times:
        assert ends[-1] <= time.span[0] < time.span[1] <= len(text)
        assert time.value
        ends.append(time.span[1])
    again = resolve_times(reading, "2019-05-14")
    assert [(time.span, time.type) for time in again.times] == [(time.span, time.type) for time in reading.times]


@pytest.mark.parametrize(
    "piece",
    ["a ", "the last ", "May ", "1,", "12-", "two-", "every two ", "‘", '"', "Tuesday, ", "and a half ", "9" * 50],
)
def test_reading_is_linear_on_hostile_text(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        best = 9.0
        for _ in range(3):
            begin = clock.perf_counter()
            lexed = lex(text)
            merge(list(expressions(lexed)), lexed)
            best = min(best, clock.perf_counter() - begin)
        return best

    small, large = cost(5_000), cost(40_000)
    assert large < 8 * 5 * max(small, 0.002)


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1961, 4, 2), (2000, 4, 23), (2019, 4, 21), (2024, 3, 31), (2038, 4, 25)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert (easter(year).month, easter(year).day) == (month, day)


def test_holidays_by_rule() -> None:
    assert str(holiday("4 4 11", 2021)) == "2021-11-25"
    assert str(holiday("-1 1 5", 2021)) == "2021-05-31"
    assert str(holiday("1 1 11 +1", 2016)) == "2016-11-08"


@needs_shared
def test_times_of_the_development_documents() -> None:
    gold = json.loads((BENCH / "times" / "gold.json").read_text())["articles"]
    found = right = wanted = total = 0
    for line in (BENCH / "times" / "articles.jsonl").read_text().splitlines():
        data = json.loads(line)
        times = read(*[("body", part) for part in data["text"].split("\n\n")], published=data["published"]).times
        total += len(times)
        for mark in gold[data["id"]]["times"]:
            wanted += 1
            match = [time for time in times if time.span[0] < mark["span"][1] and mark["span"][0] < time.span[1]]
            found += bool(match)
            right += any(time.value == mark["value"] for time in match)
    assert 200 * found / (wanted + total) >= 90
    assert 200 * right / (wanted + total) >= 80
