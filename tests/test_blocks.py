from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportedly._outlets import outlet_named, outlet_of_url, outlets
from reportedly._records import Article, Block, BlockKind
from reportedly.read._block_head import date_in, is_date_line, read_byline, read_dateline
from reportedly.read._blocks import split_blocks
from tests._shared import SEEDS, needs_shared


def article(text: str, **known: object) -> Article:
    return replace(Article(id="a", source="a.txt", text=text, sha256=""), **known)  # type: ignore[arg-type]  # of several types


def blocks_of(text: str, **known: object) -> list[tuple[BlockKind, str]]:
    found = split_blocks(article(text, **known))
    return [(block.kind, found.text[slice(*block.span)]) for block in found.blocks]


def kinds(text: str, **known: object) -> dict[str, BlockKind]:
    """The kind of each block by its first words."""
    return {" ".join(words.split()[:3]): kind for kind, words in blocks_of(text, **known)}


BODY = "The two ministers talked for an hour about the harbour and agreed to meet again before the end of the season."
MORE = "Neither side would say who is to pay for the dredging, which engineers put at some forty million crowns a year."
LAST = "“We shall see who blinks,” said Ketil Brandvold, who has run the port authority for eleven years."

TABLOID = f"""\
Minister storms out of harbour talks after row over dredging bill

Brandvold says he will not pay

{BODY}

Ketil Brandvold shakes hands with harbour pilots in the town's fishing quarter on the first day of talks

Ketil Brandvold shakes hands with harbour pilots in the town’s fishing quarter on the first day of talks

{MORE}

Neither side would say who is to pay for the dredging, which engineers put at some forty million crowns

{LAST}

Read more at dailymail.co.uk
"""

BROADCASTER = f"""\
Harbour talks end without a deal
01:12 - Source: HTV
By Signe Aune and Per Holm
Updated 4:05 PM EDT, Tue June 3, 2014
HELSINKI, Finland (AP) — {BODY}
“Nobody will be left without a quay”
{MORE}
Brandvold: “I have told them what it costs. They may look for another harbour if they do not like it.”
PHOTO: The harbour of Kotka at dusk, June 2, 2014.
The harbour of Kotka at dusk, June 2, 2014.
Anna Berg/Pool via Reuters
{LAST}
___
Associated Press writer Mika Salo in Turku contributed to this report.
Related Topics
"""


def test_a_tabloid_page() -> None:
    found = blocks_of(TABLOID)
    assert [kind for kind, _ in found] == [
        "headline", "headline", "body", "caption", "repeat", "body", "caption", "body", "boilerplate",
    ]  # fmt: skip
    read = split_blocks(article(TABLOID))
    assert read.outlet == "Daily Mail"
    assert read.title == "Minister storms out of harbour talks after row over dredging bill"


def test_a_broadcaster_with_one_line_to_a_paragraph() -> None:
    found = blocks_of(BROADCASTER)
    assert [kind for kind, _ in found] == [
        "headline", "boilerplate", "byline", "dateline", "dateline", "body", "heading", "body", "body", "caption",
        "repeat", "boilerplate", "body", "boilerplate", "boilerplate", "boilerplate",
    ]  # fmt: skip
    assert ("dateline", "HELSINKI, Finland (AP) —") in found
    read = split_blocks(article(BROADCASTER))
    assert read.authors == ("Signe Aune", "Per Holm")
    assert read.published == "2014-06-03T16:05"
    assert read.place == "Helsinki, Finland"
    assert read.outlet == "Associated Press"


def test_one_giant_line_is_body() -> None:
    text = " ".join([BODY, LAST, MORE] * 20)
    assert blocks_of(text) == [("body", text)]
    assert split_blocks(article(text)).title is None


def test_a_post_and_its_links() -> None:
    text = f"""\
What the ministers said
May 15, 2014
The quay at Kotka Kotka.fi
{BODY}
Here is what they discussed:
The dredging
{MORE}
Embed:
We will not pay for mud that is not ours pic.twitter.com/a1b2c3
— Port of Kotka (@portkotka) May 14, 2014
Related article: Harbour Towns Fear for Their Ferries
Money
{LAST}
Original url:
https://www.themoscowtimes.com/2014/05/15/what-the-ministers-said
"""
    found = kinds(text)
    assert found["What the ministers"] == "headline"
    assert found["May 15, 2014"] == "dateline"
    assert found["The quay at"] == "caption"
    assert found["Here is what"] == "body"
    assert found["The dredging"] == found["Money"] == "heading"
    assert found["Embed:"] == found["We will not"] == found["— Port of"] == "embed"
    assert found["Related article: Harbour"] == found["Original url:"] == "boilerplate"
    assert split_blocks(article(text)).outlet == "The Moscow Times"


@pytest.mark.parametrize(
    "line",
    [
        "“Yes.”",
        "Brandvold: “Read more of the report and you will know what it costs.”",
        "He said: “Follow the money.",
        "This report was handed to the two ministers on Monday, an official said.",
        "Advertising for the ferry line cost two million crowns, the company told the council.",
        "Related costs came to nine million crowns, according to the port authority.",
        '"Shame on them for not paying," Brandvold, who has run the port since March, said',
        "“It was never about the money,” she said. “They knew that. “",
        "Getty, the picture agency, had no comment on the row.",
        "The harbour is pictured on the new banknote, Brandvold said.",
        "Correspondents were kept out, and copyright in the plans was not discussed.",
        "Sign by Friday, the minister warned the town.",
        "Watch out, Brandvold told the pilots, for what the council does next.",
        "In this picture of the talks, painted by one side, nobody wanted a deal.",
        "Left without a quay, the ferries will stay away, he said.",
    ],
)
def test_body_text_is_never_lost(line: str) -> None:
    text = f"Harbour talks end without a deal\n\n{BODY}\n\n{MORE}\n\n{line}\n\n{LAST}\n"
    assert {words: kind for kind, words in blocks_of(text)}[line] == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Ferries may leave the town",
        "RELATED: Ferries may leave the town",
        "Sign up for our free morning newsletter and get the news in your inbox.",
        "Follow Signe Aune on Twitter @signe",
        "Follow us on Facebook",
        "© 2014 Harbour News. All rights reserved.",
        "Copyright 2014 The Harbour Press",
        "Advertisement",
        "Story continues below advertisement",
        "Reporting by Signe Aune; Editing by Per Holm",
        "Reuters contributed to this report.",
        "HTV News’ Signe Aune and Per Holm contributed to this report.",
        "The Associated Press contributed reporting.",
        "https://example.org/harbour/talks",
        "Click to share on WhatsApp (Opens in new window)",
        "This article originally appeared in The Harbour Post.",
        "Correction: An earlier version of this story gave the wrong sum.",
        "* * *",
        "Anna Berg/AFP via Getty Images",
        "Getty Images",
        ".twitter-bio {",
        "}",
    ],
)
def test_boilerplate(line: str) -> None:
    text = f"Harbour talks end without a deal\n\n{BODY}\n\n{MORE}\n\n{line}\n\n{LAST}\n"
    assert {words: kind for kind, words in blocks_of(text)}[line] == "boilerplate"


def test_short_lines_may_come_twice() -> None:
    text = f"Harbour talks\n\n{BODY}\n\n“Yes,” he said.\n\n{MORE}\n\n“Yes,” he said.\n\n{LAST}\n"
    assert [kind for kind, words in blocks_of(text) if words == "“Yes,” he said."] == ["body", "body"]


def test_a_repeated_paragraph_stays_body_once() -> None:
    text = f"Harbour talks\n\n{BODY}\n\n{MORE}\n\n{LAST}\n\n{MORE}\n"
    assert [kind for kind, words in blocks_of(text) if words == MORE] == ["body", "repeat"]


def test_a_list_of_names_is_not_headings() -> None:
    text = f"Harbour talks\n\n{BODY}\n\nAnna Berg, 41\n\nPer Holm, 63\n\nMika Salo, 22\n\n{LAST}\n"
    assert {kind for kind, words in blocks_of(text) if words[-2:].isdigit()} == {"body"}


def test_a_paragraph_broken_in_mid_sentence_is_one_block() -> None:
    broken = "The council should now work with the port to bring the ferries\n\nback to the town, said Brandvold."
    found = blocks_of(f"Harbour talks\n\n{BODY}\n\n{broken}\n\n{LAST}\n")
    assert ("body", broken) in found


def test_hard_wrapped_text() -> None:
    import textwrap

    text = "\n\n".join(textwrap.fill(paragraph * 2, 72) for paragraph in (BODY, MORE, LAST))
    assert [kind for kind, _ in blocks_of(text)] == ["body"] * 3


def test_what_collect_gave_stands() -> None:
    text = f"Harbour talks\n{BODY}\nWho pays?\nThe quay at dusk.\n{MORE}\n"
    heading, caption = text.index("Who"), text.index("The quay")
    given = (
        Block("heading", (heading, heading + 9)),
        Block("caption", (caption, caption + 17)),
        Block("body", (0, 5)),
        Block("caption", (5, 10_000)),
    )
    known = {"blocks": given, "title": "Other", "outlet": "HTV", "published": "2014-06-03", "authors": ("Signe Aune",)}
    read = split_blocks(article(text, **known))
    assert [block.kind for block in read.blocks] == ["headline", "body", "heading", "caption", "body"]
    assert (read.title, read.outlet, read.published, read.authors) == ("Other", "HTV", "2014-06-03", ("Signe Aune",))


def test_an_unknown_title_on_two_lines() -> None:
    text = f"Harbour talks end;\n\nMinister sees no deal before autumn.\n\n{BODY}\n\n{MORE}"
    assert [kind for kind, _ in blocks_of(text)] == ["headline", "headline", "body", "body"]


def test_a_known_title_on_two_lines() -> None:
    text = f"Harbour talks end; \n\nMinister sees no deal before autumn.\n\n{BODY}\n\n{MORE}"
    found = blocks_of(text, title="Harbour talks end; Minister sees no deal before autumn")
    assert [kind for kind, _ in found] == ["headline", "headline", "body", "body"]


@pytest.mark.parametrize(
    ("line", "dateline", "place"),
    [
        ("MOSCOW -- The", "MOSCOW --", "Moscow"),
        ("OULU, Finland — The", "OULU, Finland —", "Oulu, Finland"),
        ("WASHINGTON (AP) — The", "WASHINGTON (AP) —", "Washington"),
        ("BEIJING, June 2, 2020 (Xinhua) -- The", "BEIJING, June 2, 2020 (Xinhua) --", "Beijing"),
        ("MOSCOW, May 14. /TASS/. The", "MOSCOW, May 14. /TASS/.", "Moscow"),
        ("NEW DELHI: The", "NEW DELHI:", "New Delhi"),
        ("Brussels (AFP) - The", "Brussels (AFP) -", "Brussels"),
        ("CNN  — The", "CNN  —", None),
        ("(Reuters) - The", "(Reuters) -", None),
        ("Aug 27 (Reuters) - The", "Aug 27 (Reuters) -", None),
        ("RIO DE JANEIRO — The", "RIO DE JANEIRO —", "Rio de Janeiro"),
    ],
)
def test_datelines(line: str, dateline: str, place: str | None) -> None:
    found = read_dateline(line)
    assert found is not None
    assert (line[: found.length], found.place) == (dateline, place)


@pytest.mark.parametrize(
    "line",
    [
        "BREAKING — The",
        "NATO — The",
        "UPDATE: The",
        "The minister — A man",
        "MOSCOW — he said",
        "Erdal (KP) – The",
        "I - We",
        "U.S. — The",
    ],
)
def test_not_datelines(line: str) -> None:
    assert read_dateline(line) is None


def test_dates() -> None:
    assert date_in("May 14, 2019, 3:46 PM") == "2019-05-14T15:46"
    assert date_in("Updated 1546 GMT (2346 HKT) May 14, 2019") == "2019-05-14T15:46"
    assert date_in("3rd Sept. 2020") == "2020-09-03"
    assert date_in("31 February 2020") is None
    assert is_date_line("Published: Tue 14 May 2019 15.46 BST")
    assert not is_date_line("On May 14, 2019 the talks broke down")


def test_bylines() -> None:
    assert read_byline("By SIGNE AUNE and Karl de Vries, HTV Staff Writer") == ("Signe Aune", "Karl de Vries")
    assert read_byline("By Jane Doe, Ann Lee and Per Holm | The Herald") == ("Jane Doe", "Ann Lee", "Per Holm")
    assert read_byline("By the Associated Press") == ()
    assert read_byline("By most accounts it went well") is None
    assert read_byline("By Friday nobody had paid.") is None


def test_outlets() -> None:
    assert len(outlets()) > 300
    assert all(outlet.country.isalpha() and len(outlet.country) == 2 for outlet in outlets())
    by_url = outlet_of_url("https://www.bbc.co.uk/news/world-1")
    assert by_url is not None
    assert by_url.name == "BBC"
    assert outlet_of_url("https://bbc.co.uk.example.org/") is None
    assert outlet_of_url("http://[broken") is None
    assert outlet_named("the Associated Press") == outlet_named("AP")
    assert outlet_named("") is None


def assert_whole(text: str, read: Article) -> None:
    done = 0
    for block in read.blocks:
        start, end = block.span
        assert done <= start < end <= len(text)
        assert not text[done:start].strip()
        assert text[start:end] == text[start:end].strip()
        done = end
    assert not text[done:].strip()


@given(st.text() | st.text(alphabet="Aa.“”'\n\r\u2028 —:\x00\x0b\x85", max_size=200))
@example("a\r\nb\rc\u2028d\u2029e\x0bf\x85g\x1ch")
@example("\ufeff\n\u200b\n\x00")
def test_any_text(text: str) -> None:
    assert_whole(text, split_blocks(article(text)))


OFFSET = st.integers(-5, 90)


@given(st.text(alphabet="ab \n.", max_size=80), st.lists(st.tuples(OFFSET, OFFSET), max_size=5))
def test_any_given_blocks(text: str, spans: list[tuple[int, int]]) -> None:
    given_blocks = tuple(Block("caption", span) for span in spans)
    assert_whole(text, split_blocks(article(text, blocks=given_blocks)))


def test_line_ends() -> None:
    text = f"Harbour talks end\r\n\r\n{BODY}\r{MORE}\u2028{LAST}\u2029the\x0bend\x85"
    assert [words for _, words in blocks_of(text)] == ["Harbour talks end", BODY, MORE, LAST, "the\x0bend"]


@pytest.mark.parametrize(
    "text",
    [
        "The minister said no. " * 50_000,
        "A" * 1_000_000,
        "\x00\n" * 100_000,
        ("“" * 50 + "\n") * 20_000,
        "".join(f"Line {number} is told here by somebody.\n" for number in range(100_000)),
        "Ukraine\n" * 100_000 + "The minister said that this was enough of it.",
        ("By " + "Anna " * 35 + "\n") * 5_000,
        ("Anna/" * 100 + "\n") * 3_000,
    ],
    ids=["line", "letters", "nul", "marks", "lines", "headings", "bylines", "credits"],
)
def test_long_texts_take_linear_time(text: str) -> None:
    start = time.perf_counter()
    assert_whole(text, split_blocks(article(text)))
    # Ten times what it takes here; a quadratic loop takes hours.
    assert time.perf_counter() - start < 40


@needs_shared
def test_the_seeds() -> None:
    read = [split_blocks(article(path.read_text(encoding="utf-8"))) for path in sorted(SEEDS.glob("*.txt"))]
    assert [one.outlet for one in read] == ["CNN", "ABC News", "Daily Mail", None, "The Moscow Times"]
    assert [one.published for one in read] == [None, "2019-05-14T15:46", None, None, "2019-05-15"]
    assert all(one.title for one in read)
    for one in read:
        assert_whole(one.text, one)
        counts = [block.kind for block in one.blocks]
        assert counts.count("body") > 10
    assert [sum(block.kind == "repeat" for block in one.blocks) for one in read] == [0, 2, 9, 0, 0]


def test_a_heading_of_the_page_is_not_one_of_the_article() -> None:
    links = "More from The Herald\nFerries May Leave the Town\nWho Owns the Quay?"
    text = f"Harbour talks\n{BODY}\nThe bill\n{MORE}\n{links}"
    headings = ["The bill", "More from The Herald", "Ferries May Leave the Town", "Who Owns the Quay?"]
    given_blocks = tuple(Block("heading", (text.index(words), text.index(words) + len(words))) for words in headings)
    found = {words: kind for kind, words in blocks_of(text, blocks=given_blocks)}
    assert [found[words] for words in headings] == ["heading", "boilerplate", "boilerplate", "boilerplate"]
