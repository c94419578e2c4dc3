"""Saved pages: their text, what they say of themselves, and what a hostile one may try."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly._errors import InputError
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect import collect
from reportedly.collect._kinds import kind_of
from reportedly.collect._pages import article_of_page

LEDE = (
    "The harbour board of Grenhaven voted on Thursday to reopen the old mole to freight, ending a dispute that had "
    "kept grain ships at anchor for most of the spring."
)
SECOND = (
    "“We could not wait any longer,” said Ilse Maarten, who chairs the board. She added that the first ship would "
    "berth before the end of the month if the weather holds."
)
THIRD = (
    "The seamen’s union, which had asked for a second pilot on every ship, called the vote a mistake and said that it "
    "would take the board to court in the capital."
)
TITLE = "Grenhaven reopens its mole to freight"


def page(body: str, head: str = "", lang: str = "en-GB") -> str:
    return f'<!DOCTYPE html>\n<html lang="{lang}"><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>'


def story(*extra: str, title: str = TITLE) -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in (LEDE, SECOND, THIRD))
    links = "<nav><a href='/'>Home</a> <a href='/s'>Sport</a></nav>"
    return f"{links}<article><h1>{title}</h1>{paragraphs}{''.join(extra)}</article>"


HEAD = (
    '<link rel="canonical" href="https://www.courier.example/2021/mole">'
    '<meta property="og:site_name" content="The Courier"><meta property="og:type" content="article">'
    '<meta name="author" content="Mina Drost"><meta property="article:published_time" content="2021-03-04T05:06:07Z">'
)


def article(html: str, url: str | None = None) -> Article:
    made = article_of_page(html, "page.html", Settings(), url)
    for before, after in zip(made.blocks, made.blocks[1:], strict=False):
        assert before.span[1] <= after.span[0]
    for block in made.blocks:
        assert made.text[slice(*block.span)].strip()
    return made


def blocks(made: Article) -> list[tuple[str, str]]:
    return [(block.kind, made.text[slice(*block.span)]) for block in made.blocks]


def refusal(html: str) -> str:
    with pytest.raises(InputError) as caught:
        article(html)
    assert caught.value.source == "page.html"
    return caught.value.reason


def test_text_is_the_headline_and_paragraphs_with_blank_lines_between() -> None:
    made = article(page(story(), HEAD))
    assert made.text == "\n\n".join((TITLE, LEDE, SECOND, THIRD)) + "\n"
    assert blocks(made) == [("headline", TITLE)]
    assert (made.title, made.outlet, made.url, made.published, made.authors, made.language) == (
        TITLE,
        "The Courier",
        "https://www.courier.example/2021/mole",
        "2021-03-04T05:06:07+00:00",
        ("Mina Drost",),
        "en",
    )


def test_what_a_page_does_not_say_is_not_known() -> None:
    made = article(page(story(), lang=""))
    assert (made.outlet, made.url, made.published, made.authors, made.language) == (None, None, None, (), None)


def test_headings_captions_and_posts_are_marked() -> None:
    caption = "The old mole of Grenhaven, seen from the lighthouse last week"
    made = article(
        page(
            story(
                "<h2>What the union wants</h2>",
                f"<p>{THIRD.replace('court', 'the high court')}</p>",
                f"<p class='photo-caption'>{caption}</p>",
                f"<p>{SECOND.replace('month', 'year')}</p>",
                "<blockquote class='twitter-tweet'><p>A black day for all who pilot ships in these waters.</p>"
                "— Seamen’s Union (@union) March 4, 2021</blockquote>",
                f"<p>{LEDE.replace('Thursday', 'Friday')}</p>",
            )
        )
    )
    found = blocks(made)
    assert found[:2] == [("headline", TITLE), ("heading", "What the union wants")]
    assert ("embed", "A black day for all who pilot ships in these waters.") in found
    assert all(kind == "caption" for kind, text in found if text == caption)


def picture(caption: str, tag: str = "figcaption") -> str:
    return f"<figure><img src=x.jpg><{tag}>{caption}</{tag.split()[0]}></figure>"


def test_captions_stand_where_their_pictures_do() -> None:
    lead, inside, last = (
        "The mole at dawn, by Ole Brandt",
        "Ilse Maarten on Thursday",
        "The lighthouse of Grenhaven, lit",
    )
    body = (
        f"<h1>{TITLE}</h1>{picture(lead)}<div><p>{LEDE}</p>{picture(inside + ' <span>Photo: Brandt</span>')}"
        f"<p>{SECOND}</p><p>{THIRD}</p></div>{picture(last)}"
    )
    made = article(page(body))
    assert made.text.split("\n\n") == [TITLE, lead, LEDE, f"{inside} Photo: Brandt", SECOND, THIRD + "\n"]
    assert blocks(made)[1:] == [("caption", lead), ("caption", f"{inside} Photo: Brandt")]


@pytest.mark.parametrize(
    ("between", "kept"),
    [
        ("<div><img src=x><div class='image-caption'>The old mole of Grenhaven</div></div>", True),
        ("<div><img src=x><p class='image-caption'>The old mole of Grenhaven</p></div>", True),
        ("<div class='image-caption'>The old mole of Grenhaven</div>", False),
        (f"<aside>{picture('The old mole of Grenhaven')}</aside>", False),
        (f"<a href='/other'>{picture('The old mole of Grenhaven')}</a>", False),
        (picture("Photo: Ole Brandt"), False),
        (picture("The old mole of Grenhaven " + "and so on " * 400), False),
    ],
)
def test_what_is_a_caption(between: str, kept: bool) -> None:
    made = article(page(f"<h1>{TITLE}</h1><p>{LEDE}</p>{between}<p>{SECOND}</p><p>{THIRD}</p>"))
    assert [kind for kind, text in blocks(made) if text.startswith("The old mole")] == ["caption"] * kept


def test_single_breaks_stay_and_double_ones_part_paragraphs() -> None:
    made = article(page(f"<article><h1>{TITLE}</h1><div>{LEDE}<br><br>{SECOND}<br>{THIRD}</div></article>"))
    assert f"{LEDE}\n\n{SECOND}" in made.text
    assert f"{SECOND}\n{THIRD}" in made.text
    assert "\n\n\n" not in made.text


def test_the_headline_stands_once() -> None:
    assert article(page(story(f"<h1>{TITLE}</h1>"), HEAD)).text.startswith(f"{TITLE}\n\n{LEDE}")
    assert article(page(story(title=TITLE.upper()), HEAD)).text.lower().count(TITLE.lower()) == 1


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta itemprop="datePublished" content="2021-03-04">', "2021-03-04"),
        ('<meta property="article:published_time" content="soon">', None),
        ('<script type="application/ld+json">{broken</script>', None),
        (f'<script type="application/ld+json">{"[" * 5000}</script>', None),
        ('<script type="application/ld+json">[1, null, {"@type": 5, "datePublished": []}]</script>', None),
    ]
    + [
        (f'<script type="application/ld+json">{json.dumps(data)}</script>', "2021-03-04T05:06:07+01:00")
        for data in (
            {"@type": "NewsArticle", "datePublished": "2021-03-04T05:06:07+01:00"},
            {
                "@graph": [
                    {"@type": "WebPage"},
                    {"@type": ["ReportageNewsArticle"], "datePublished": "2021-03-04T05:06:07+01:00"},
                ]
            },
        )
    ],
)
def test_the_date_is_what_the_page_states(head: str, published: str | None) -> None:
    assert article(page(story(), head)).published == published


def test_a_date_does_not_depend_on_today() -> None:
    assert (
        article(page(story(), '<meta property="article:published_time" content="2099-01-02">')).published
        == "2099-01-02"
    )


def test_a_fetched_page_may_name_only_its_own_host() -> None:
    own = article(page(story(), HEAD), "https://courier.example/mole?from=feed")
    assert own.url == "https://www.courier.example/2021/mole"
    other = article(page(story(), HEAD), "https://evil.example/copy")
    assert other.url == "https://evil.example/copy"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://x.example/", "https://[x/"])
def test_no_address_but_of_the_web(url: str) -> None:
    assert article(page(story(), f'<link rel="canonical" href="{url}">')).url is None


# ---------------------------------------------------------------- hostile


def test_scripts_and_hidden_marks_are_no_text() -> None:
    made = article(
        page(story("<script>alert('x')</script><style>p{}</style><p>Soft\xadhy\u200bphens &#0; &#xD800;</p>"))
    )
    assert "alert" not in made.text
    assert "Softhyphens" in made.text or "Soft" not in made.text
    made.text.encode()


def test_escaped_markup_stays_text() -> None:
    text = "The sign read &lt;script&gt;alert(1)&lt;/script&gt;, and a guard said that nobody knew who had put it up."
    assert "<script>alert(1)</script>" in article(page(story(f"<p>{text}</p>"))).text


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        page(""),
        page("<form><input name=user><input type=password></form>"),
        page("<p>Please enable JavaScript to go on.</p>"),
        "<!doctype html>",
        page("<nav>" + "<a href='/x'>A link</a>" * 500 + "</nav>"),
        "<div>" * 100_000,
        "<table>" + "<tr><td>" * 20_000,
        "<" * 50_000,
        page("<p " + " ".join(f"a{number}" for number in range(200_000)) + ">" + LEDE + "</p>"),
        page("<p " + " ".join(f"a{number}='x y'" for number in range(200_000)) + ">" + LEDE + "</p>"),
        "<html><!--" + "-" * 100_000,
        page("<p>" + "<b>" * 20_000),
        page(
            "",
            '<script type="application/ld+json">{"@type": "Article", "headline": "' + "<a " * 200_000 + '"}</script>',
        ),
        page("<h2><a href=x>A ship leaves the port</a></h2>" * 5_000),
        page("<div class=live-post>" * 3 + "<time>1</time>" * 50_000),
        page("<div class=live-post><time>1</time>" * 3000),
        page("<div class=live-post>" * 3 + "<time>1</time>" + "<div>" * 20_000 + f"<p>{LEDE}"),
        page("<ul><li>" * 20_000),
        page("<figcaption>" * 20_000),
    ],
    ids=lambda html: html[:20] + html[-20:],
)
def test_a_page_without_an_article_is_refused_soon(html: str) -> None:
    start = time.monotonic()
    assert refusal(html).startswith("no article found in this page")
    assert time.monotonic() - start < 10


def test_a_long_attribute_is_no_harm() -> None:
    data = json.dumps([f"word {number}" for number in range(20_000)]).replace('"', "&quot;")
    assert LEDE in article(page(story(f'<div data-state="{data}" class=x></div>'))).text


def test_a_page_nested_without_end_is_no_crash() -> None:
    try:
        made = article(page("<div>" * 3000 + story() + "</div>" * 3000))
    except InputError:
        return
    assert LEDE in made.text


def test_a_page_too_long_is_refused() -> None:
    with pytest.raises(InputError, match="too large"):
        article_of_page(page(story()), "page.html", Settings(max_characters=100))


TAGS = """<p> </p> <div> </div> <br> <h2> </h2> <blockquote> </blockquote> <ul> <li> <table> <tr> <td> </table> <figure>
<figcaption> </figure> &#x <!-- --> </script> {} <script type='application/ld+json'> <div class='caption'>
<blockquote class='twitter-tweet'>"""
FRAGMENT = st.sampled_from([*re.findall(r"<[^>]+>|\S+", TAGS), LEDE, SECOND, THIRD, "\x00", "\ud800", "\u2028"])


@settings(deadline=None, max_examples=60)
@given(st.lists(FRAGMENT | st.text(max_size=20), max_size=40))
def test_any_page_is_read_or_refused(parts: list[str]) -> None:
    html = page("".join(parts), HEAD)
    try:
        made = article(html)
    except InputError:
        pass
    else:
        made.text.encode()
        assert made == article(html)


# ---------------------------------------------------------------- files


def read(path: Path) -> tuple[list[Article], list[InputError]]:
    problems: list[InputError] = []
    return list(collect([str(path)], Settings(), problems.append)), problems


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page"])
@pytest.mark.parametrize(
    "lead", ["", "\ufeff", "\n <!-- saved from url=(0031)https://x.example/ -->\n", '<?xml version="1.0"?>']
)
def test_a_page_is_known_by_its_content(name: str, lead: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(lead + page(story(), HEAD), encoding="utf-8")
    [made], problems = read(file)
    assert problems == []
    assert made.title == TITLE


def test_text_named_as_a_page_is_text(tmp_path: Path) -> None:
    file = tmp_path / "story.html"
    file.write_text(f"{TITLE}\n\n{LEDE}\n")
    [made], _ = read(file)
    assert made.text == f"{TITLE}\n\n{LEDE}\n"


@pytest.mark.parametrize("text", ["<u>Underlined</u> at the start", "< 5 ships", "<3 Grenhaven", "1 <p> 2"])
def test_text_with_a_tag_is_text(text: str) -> None:
    assert kind_of(text, "story.txt") == "text"


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_pages_encoding(encoding: str, declared: bool, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    html = page(story(), f'<meta charset="{encoding}">' if declared else "")
    if encoding == "iso-8859-1":  # what says so is windows-1252, with its typographic quotes
        file.write_bytes(html.encode("cp1252"))
    else:
        file.write_bytes(html.encode(encoding))
    [made], _ = read(file)
    assert SECOND in made.text
    assert THIRD in made.text


def test_a_declared_encoding_that_is_code_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    for label in ("unicode_escape", "rot13", "base64", "utf-7", "idna", "no-such"):
        file.write_bytes(
            page(
                story("<p>A line with \\u0041 and +AEE- in it, as it was typed.</p>"), f'<meta charset="{label}">'
            ).encode()
        )
        [made], _ = read(file)
        assert "\\u0041 and +AEE-" in made.text


@pytest.mark.parametrize("data", ["<?xml version='1.0'?>\n<catalog></catalog>", "<svg></svg>", "<NewsML></NewsML>"])
def test_xml_of_another_kind_is_no_article(data: str, tmp_path: Path) -> None:
    file = tmp_path / "other.txt"
    file.write_text(data)
    _, [problem] = read(file)
    assert "XML of another kind" in problem.reason


def test_a_page_has_one_id_wherever_it_lies(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(page(story(), HEAD))
    articles, [notice] = read(tmp_path)
    assert len(articles) == 1
    assert notice.reason.startswith("same text as")
