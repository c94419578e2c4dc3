from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly._records import Article, Difference, Passage, Side, StoryArticle, TimelineEntry
from reportedly.tell import to_html
from reportedly.tell._timeline_svg import NARROW, WIDE, Dot, draw
from reportedly.tell._view_timeline import known_date, main_day
from tests._page import Page
from tests._readout_fixture import article, big, nothing, rich

DAY = date(2024, 3, 12)
NUMBER = re.compile(
    r'<g class="(tl-dot[^"]*)"><title>[^<]*</title>.*?<text class="" x="([-\d.]+)" y="([-\d.]+)"[^>]*>(\d+)</text></g>'
)


def dot(number: int, first: date, last: date | None = None, status: str = "happened", precision: str = "day") -> Dot:
    return Dot(number, first, last or first, status, precision, f"entry {number}")  # type: ignore[arg-type]


def places(svg: str) -> dict[int, tuple[float, float]]:
    return {int(number): (float(x), float(y)) for _, x, y, number in NUMBER.findall(svg)}


def check(dots: list[Dot], width: int) -> dict[int, tuple[float, float]]:
    drawing = draw(dots, DAY, [DAY], width)
    Page(str(drawing.svg))
    at = places(str(drawing.svg))
    height = float(re.search(r'viewBox="0 0 \d+ (\d+)"', str(drawing.svg))[1])
    assert sorted(at) == [d.number for d in dots]
    assert all(9 <= x <= width - 9 and 9 <= y <= height for x, y in at.values()), at
    pairs = [(a, b) for a in at for b in at if a < b]
    assert all(abs(at[a][0] - at[b][0]) >= 19 or abs(at[a][1] - at[b][1]) >= 19 for a, b in pairs), "dots overlap"
    return at


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_none_one_and_many(width):
    assert draw([], None, [], width).svg == ""
    check([dot(1, DAY)], width)
    check([dot(n + 1, DAY) for n in range(50)], width)
    check([dot(n + 1, DAY + timedelta(days=n // 3)) for n in range(50)], width)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_years_back_do_not_press_the_week_into_a_point(width):
    week = [dot(n + 4, DAY + timedelta(days=n - 3)) for n in range(7)]
    dots = [dot(1, date(1976, 1, 1), date(1976, 12, 31)), dot(2, date(2014, 5, 1)), dot(3, date(2017, 1, 1)), *week]
    drawing = draw(dots, DAY, [DAY], width)
    assert drawing.broken
    at = check(dots, width)
    assert at[10][0] - at[4][0] > width / 2
    assert at[1][0] < at[2][0] < at[3][0] < at[4][0]
    assert ">1976<" in drawing.svg
    assert ">2014<" in drawing.svg or width == NARROW


def test_days_of_one_week_are_to_scale_and_unbroken():
    dots = [dot(1, DAY), dot(2, DAY + timedelta(days=1)), dot(3, DAY + timedelta(days=4))]
    drawing = draw(dots, DAY, [DAY], WIDE)
    at = places(str(drawing.svg))
    assert not drawing.broken
    assert at[3][0] - at[2][0] == pytest.approx(3 * (at[2][0] - at[1][0]), abs=1)


def test_a_month_is_a_bar_and_a_status_has_its_shape():
    dots = [
        dot(1, date(2024, 3, 1), date(2024, 3, 31), precision="month"),
        dot(2, DAY, status="planned"),
        dot(3, DAY, status="alleged"),
        dot(4, DAY, status="denied"),
        dot(5, DAY, precision="about"),
    ]
    drawing = draw(dots, DAY, [DAY], WIDE)
    assert str(drawing.svg).count("tl-bar") == 1
    assert str(drawing.svg).count("tl-strike") == 1
    assert drawing.signs == ("happened", "planned", "alleged", "denied", "span", "about", "published")


DATES = st.dates(date(1000, 1, 1), date(2999, 12, 31)) | st.dates(date(2024, 1, 1), date(2024, 6, 30))


@given(st.lists(st.tuples(DATES, st.integers(0, 400)), min_size=1, max_size=25), DATES | st.none())
def test_any_dates_can_be_drawn_without_overlap(pairs, published):
    spans = sorted(
        (first, min(first + timedelta(days=max(0, more - 300)), date(2999, 12, 31))) for first, more in pairs
    )
    dots = [dot(n, first, last) for n, (first, last) in enumerate(spans, 1)]
    for width in (WIDE, NARROW):
        check(dots, width)
        draw(dots, None, [published] if published else [], width)


def entry(value: str, *articles: str, precision: str = "day", at: int = 0) -> TimelineEntry:
    passages = tuple(Passage(name, (at, at + 5)) for name in articles)
    return TimelineEntry(value, precision, "happened", None, passages)  # type: ignore[arg-type]


def paper(name: str, *paragraphs: str, published: str | None = "2024-03-12") -> Article:
    return article(name, [("headline", "Herring"), *(("body", words) for words in paragraphs)], published=published)


PAPERS = [paper(name, "The talks were held.", "They ended.", "They are held each year.") for name in "abc"]
START = PAPERS[0].blocks[1].span[0]
LATER = PAPERS[0].blocks[3].span[0]


def test_the_main_day_is_the_one_most_articles_open_with_not_the_one_most_go_back_to():
    opened = entry("2024-03-11", "a", "b", at=START)
    background = entry("2024-03-09", "a", "b", "c", "a", at=LATER)
    main = main_day([background, opened], PAPERS)
    assert main.day == date(2024, 3, 11)
    assert main.label == "On 11 March 2024, the day most articles open with"


def test_of_days_that_as_many_open_with_the_main_one_is_in_more_articles_then_in_more_passages():
    first, second = entry("2024-03-10", "a", at=START), entry("2024-03-11", "b", at=START)
    assert main_day([first, second, entry("2024-03-10", "c", at=LATER)], PAPERS).day == date(2024, 3, 10)
    assert main_day([first, second, entry("2024-03-10", "a", at=LATER)], PAPERS).day == date(2024, 3, 10)
    assert main_day([first, second], PAPERS).day == date(2024, 3, 11)


def test_the_main_day_is_named_for_what_it_is():
    day = entry("2024-03-11", "a", at=START)
    assert main_day([day], PAPERS).words == "the day articles open with most often"
    assert main_day([day], PAPERS[:1]).words == "the day the article opens with"
    assert main_day([entry("2024-03-11", "a", "b", at=LATER)], PAPERS).words == "the day told of most"


def test_the_main_day_is_a_day_and_not_after_the_last_article():
    ahead = entry("2024-04-01", "a", "b", "c", at=START)
    assert main_day([ahead], PAPERS) is None
    assert main_day([ahead, entry("2024-03-12", "a", at=LATER)], PAPERS).day == DAY
    assert main_day([ahead], [paper(name, "On April 1.", published=None) for name in "abc"]).day == date(2024, 4, 1)
    assert main_day([entry("2024-03", "a", precision="month", at=START)], PAPERS) is None


def test_the_end_of_one_long_paragraph_is_not_its_opening():
    long = [paper("a", "Herring. " * 200)]
    assert main_day([entry("2024-03-11", "a", at=1000)], long).words == "the day told of most"
    assert main_day([entry("2024-03-11", "a", at=START)], [replace(long[0], blocks=())]).words == "the day told of most"


def test_of_one_day_what_most_articles_tell_is_first_and_the_date_is_printed_once():
    entries = (entry("2024-03-11", "a", at=START), entry("2024-03-11", "b", "c", at=START),
               entry("2024-03-12", "a", at=LATER))  # fmt: skip
    stories = tuple(StoryArticle(one, None, (), None, 1.0, True) for one in PAPERS)
    part = Page(to_html(replace(nothing(), articles=stories, timeline=entries))).by_id("timeline")
    rows = part.all("li")
    assert [len(row.all("a")) for row in rows] == [2, 1, 1]
    dates = [row.all("time")[0] for row in rows]
    assert [time.text() for time in dates] == ["11 March 2024", "11 March 2024", "12 March 2024"]
    assert [time.attrs.get("class") for time in dates] == [None, "vh", None]


def test_dates_that_outlets_do_not_agree_on_stand_beside_each_other():
    first, second = entry("2024-03-11", "a", at=START), entry("2024-03-12", "b", at=START)
    stories = tuple(StoryArticle(one, None, (), None, 1.0, True) for one in PAPERS)
    sides = tuple(Side(one.passages, words) for one, words in ((first, "Monday"), (second, "Tuesday")))
    conflict = Difference("d1", "date", "the day", sides)
    readout = replace(nothing(), articles=stories, timeline=(first, second), differences=(conflict,))
    rows = Page(to_html(readout)).by_id("timeline").all("li")
    notes = [row.all("p")[-1] for row in rows]
    assert ["12 March 2024" in notes[0].text(), "11 March 2024" in notes[1].text()] == [True, True]
    assert [note.all("a")[0].attrs["href"] for note in notes] == ["#time-2", "#time-1"]
    assert all(note.all("a")[1].attrs["href"] == "#difference-1" for note in notes)
    same = replace(readout, timeline=(first, replace(second, date="2024-03", precision="month")))
    assert "Dated otherwise" not in Page(to_html(same)).by_id("timeline").text()


def test_a_date_is_said_only_as_far_as_it_is_known():
    assert known_date(entry("2024-04-01", precision="month")) == "2024-04"
    assert known_date(entry("2024-04-01", precision="year")) == "2024"
    assert known_date(entry("2024-04-01T10:00", precision="day")) == "2024-04-01"
    assert known_date(entry("2024-W14", precision="month")) == "2024-W14"


def test_the_list_holds_what_the_picture_shows_in_zones():
    page = Page(to_html(rich()))
    part = page.by_id("timeline")
    heads = [h.text() for h in part.all("h3")]
    assert heads == ["Before", "On 12 March 2024, the day most articles open with", "Ahead", "Without a date"]
    numbers = [int(li.attrs["value"]) for li in part.all("li")]
    assert numbers == list(range(1, 12))
    for svg in part.all("svg"):
        shown = [int(g.all("text")[0].text()) for g in svg.all("g")]
        assert sorted(shown) == numbers[:-1], "all but the one without a date"
        assert svg.attrs["role"] == "img"
    said = [" ".join(li.all("p", "when")[0].text().split()) for li in part.all("li")]
    assert said == ["1976", "2014", "about February 2024 alleged", "27 February 2024", "11 March 2024", "12 March 2024",
                    "12 March 2024", "12 March 2024 denied", "20 March 2024 planned", "April 2024 planned",
                    "Date not known"]  # fmt: skip


def test_fifty_entries_over_a_year():
    part = Page(to_html(big(statements=50))).by_id("timeline")
    assert len(part.all("li")) == 50
