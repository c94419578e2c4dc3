"""Mail, tables, PDF, agencies' formats, web archives, site maps, Markdown: what each says, and how each is broken."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from typing import Any

import pytest

from reportedly._errors import InputError
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect import Notice
from reportedly.collect._inputs import Input, Item, Link, PageJob
from reportedly.collect._pdf import paragraphs_of
from reportedly.collect._readers import items_of
from tests._inputs import (
    ARCHIVE,
    BODY,
    INDEX,
    MAIL,
    MAILBOX,
    MARKDOWN,
    NEWSML,
    NINJS_1,
    NINJS_2,
    NITF,
    OPML,
    PAGE,
    PARAGRAPHS,
    PDF,
    SITEMAP,
    TABLE,
    TEXT,
    TITLE,
    URL,
    answer,
    packed,
    pdf,
    record,
    response,
    wrapped,
)


def items(data: str | bytes, hint: str = "x", **limits: int) -> list[Item]:
    raw = data if isinstance(data, bytes) else data.encode()
    return list(items_of(Input(io.BytesIO(raw), "x", hint), Settings(**limits)))  # type: ignore[arg-type]


def articles(data: str | bytes, hint: str = "x", **limits: int) -> list[Article]:
    found = items(data, hint, **limits)
    assert all(isinstance(one, Article | Notice) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def reason(data: str | bytes, **limits: int) -> str:
    [problem] = items(data, **limits)
    assert isinstance(problem, InputError), problem
    assert str(problem).isprintable()
    return problem.reason


def facts(article: Article) -> tuple[Any, ...]:
    return article.title, article.outlet, article.authors, article.published, article.place, article.language


WHOLE = "\n\n".join((TITLE, *PARAGRAPHS)) + "\n"

# ---------------------------------------------------------------- mail


def test_a_newsletter_is_its_html() -> None:
    [made] = articles(MAIL)
    assert made.text == WHOLE
    assert facts(made) == (TITLE, "The Courier – Briefing", (), "2021-03-05T18:30:00+01:00", None, None)
    assert made.url == "https://courier.example/briefing/7"


def test_a_mailbox_gives_every_mail() -> None:
    first, second = articles(MAILBOX)
    assert (first.source, first.text) == ("x:1", WHOLE)
    assert second.text == f"Weather\n\nFrom the coast:\n{PARAGRAPHS[3]}\n"
    assert (second.outlet, second.published) == ("herald.example", "2021-03-06T08:00:00+00:00")


def test_a_mail_too_large_is_passed_over() -> None:
    mails = MAILBOX.replace(b"Read this online.", b"word " * 4000)
    first, second = items(mails, max_bytes=15_000)
    assert str(first) == "x:1: too large: more than 15,000 bytes"
    assert isinstance(second, Article)


@pytest.mark.parametrize(
    "charset", ["utf-8", "iso-8859-1", "windows-1252", "x-unknown", "unicode_escape", '"; drop', ""]
)
def test_a_mails_charset(charset: str) -> None:
    head = f"From: a@b.example\nDate: x\nSubject: é\nContent-Type: text/plain; charset={charset}\n\n"
    text = f"Café society met at the harbour. {PARAGRAPHS[1]}"
    encoding = "cp1252" if charset in ("iso-8859-1", "windows-1252") else "utf-8"
    [made] = articles(head.encode() + text.encode(encoding))
    assert text in made.text
    assert made.published is None


def test_attachments_are_not_read() -> None:
    mail = MAIL.replace(b"Content-Type: text/html", b"Content-Disposition: attachment\r\nContent-Type: text/html")
    assert reason(mail) == "no article in this mail: 3 words"


# ---------------------------------------------------------------- tables


def test_a_table_with_columns_of_other_names() -> None:
    first, notice, second = items(TABLE)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}"
    assert (first.id, first.source) == ("a1", "x:2")
    assert facts(first) == (TITLE, "The Courier", ("Mina Drost", "A. Veld"), "2021-03-05", None, None)
    assert str(notice) == "x:5: not a date in ISO 8601, left out: soon"
    assert (second.id, second.outlet, second.published) == ("a2", "The Herald", None)


@pytest.mark.parametrize("delimiter", [",", "\t", "|", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_tables_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    rows = (("url", "Text"), (URL, "“Café society met,” she said, and nobody on the board would tell who had come."))
    table = "".join(delimiter.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
    [made] = articles(table.encode(encoding))
    assert (made.text, made.url) == (rows[1][1], URL)


def test_broken_tables() -> None:
    assert "without a first row that names" in reason_of_csv("a,b\n1,2\n")
    assert reason('id,text\n1,"open' + "x" * 70_000, max_bytes=60_000).startswith("too large")
    assert reason(b"id,text\n1,caf\xc3\xa9 \xe2\x80\x9cquoted\xe2\x80\x9d \xff\n").startswith("broken UTF-8")
    first, second = items("id,text\n1,one text\n1\n")
    assert isinstance(first, Article)
    assert str(second) == "x:3: no text in this row"


def reason_of_csv(data: str) -> str:
    [problem] = items(data, "x.csv")
    return problem.reason if isinstance(problem, InputError) else ""


# ---------------------------------------------------------------- PDF


def test_a_pdfs_lines_become_paragraphs() -> None:
    [made] = articles(PDF)
    assert made.text == "\n\n".join((TITLE, "By Mina Drost", *PARAGRAPHS)) + "\n"
    assert facts(made) == (TITLE, None, (), None, None, "en")


def test_title_and_author_that_the_pdf_does_not_show_are_not_known() -> None:
    [made] = articles(pdf([wrapped(TEXT)], title="Microsoft Word - draft7.docx"))
    assert (made.title, made.authors) == (None, ())


def test_what_all_pages_repeat_is_left_out() -> None:
    pages = [["The Courier, 5 March", *wrapped(text), f"Page {at}"] for at, text in enumerate(PARAGRAPHS)]
    [made] = articles(pdf(pages))
    assert "The Courier, 5 March" not in made.text
    assert "Page" not in made.text


def test_words_broken_at_the_end_of_a_line_are_joined() -> None:
    lines = ["The board and the union parted with-", "out a deal, and the ferries to Gren-", "Haven will not sail."]
    joined = "The board and the union parted without a deal, and the ferries to Gren- Haven will not sail."
    assert paragraphs_of(["\n".join(lines)]) == [joined]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (PDF[:400], "is a PDF file that cannot be read"),
        (pdf([[""]]), "is a PDF file without text"),
        (pdf([["123 456"] * 5]), "not an article"),
        (pdf([["x"]] * 501), "at most 500"),
        (PDF.replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"), "is a PDF file"),
    ],
)
def test_broken_pdfs(data: bytes, said: str) -> None:
    assert said in reason(data)


def test_a_pdf_that_unpacks_without_end_is_refused() -> None:
    line = b"BT /F1 11 Tf (word word word) Tj ET\n"
    small = zlib.compress(line * 1_000_000, 9)
    data = pdf([["x"]], compressed=False)
    start = data.index(b"<< /Length", data.index(b"/Contents"))
    end = data.index(b"endstream", start)
    bomb = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\n" % (len(small), small)
    assert reason(data[:start] + bomb + data[end:]).startswith("is a PDF file")


# ---------------------------------------------------------------- agencies


@pytest.mark.parametrize(("layout", "version"), [(None, 1), (1, 1), (None, 2), (2, 2), (None, 3), (1, 3)])
def test_ninjs(layout: int | None, version: int) -> None:
    item = json.loads(NINJS_1 if version == 1 else NINJS_2)
    if version == 3:
        item["versionCreated"], item["firstCreated"] = item.pop("versioncreated"), item.pop("firstcreated")
        item["infoSources"] = item.pop("infosources")
        for body in item["bodies"]:
            body["contentType"] = body.pop("contenttype")
    [made] = articles(json.dumps(item, indent=layout))
    assert made.text == WHOLE
    authors = ("Mina Drost", "A. Veld")
    assert facts(made) == (TITLE, "Coast Agency", authors, "2021-03-05T18:30:00+01:00", "Grenhaven", "en")


def test_ninjs_items_stand_in_lines_lists_and_packages() -> None:
    one, two = json.loads(NINJS_1), json.loads(NINJS_1) | {"headline": "Other"}
    assert [made.title for made in articles(f"{json.dumps(one)}\n{json.dumps(two)}\n")] == [TITLE, "Other"]
    assert [made.title for made in articles(json.dumps([one, two]))] == [TITLE, "Other"]
    for inside in ({"a": one, "b": two}, [one, two]):
        package = {"uri": "urn:x", "type": "composite", "associations": inside}
        assert [made.title for made in articles(json.dumps(package))] == [TITLE, "Other"]


def test_ninjs_in_plain_text_alone() -> None:
    item = json.loads(NINJS_1)
    del item["body_xhtml"]
    assert articles(json.dumps(item))[0].text == WHOLE


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pubstatus": "canceled"}, "canceled by its provider"),
        ({"pubStatus": "withheld"}, "withheld by its provider"),
        ({"type": "picture", "body_text": "", "body_xhtml": 7}, "left out: no text, but picture"),
        ({"body_text": None, "body_xhtml": "<p> </p>"}, "no text in this item"),
    ],
)
def test_ninjs_that_is_no_article(change: dict[str, Any], said: str) -> None:
    assert reason(json.dumps(json.loads(NINJS_1) | change)) == said


def test_newsml_g2() -> None:
    first, second, third = items(NEWSML)
    assert isinstance(first, Article)
    assert first.text == WHOLE
    assert facts(first) == (
        TITLE, "Coast Agency", ("Mina Drost",), "2021-03-05T18:30:00+01:00", "Grenhaven", "en"
    )  # fmt: skip
    assert str(second) == "x:2: left out: no text, but picture"
    assert str(third) == "x:3: canceled by its provider"


def test_a_news_item_by_itself_with_nitf_or_plain_text_in_it() -> None:
    item = NEWSML[NEWSML.index("<newsItem") : NEWSML.index("</newsItem>") + len("</newsItem>")]
    item = item.replace("<newsItem", '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"')
    start, end = item.index("<inlineXML"), item.index("</contentSet>")
    nitf = f'<inlineXML contenttype="application/nitf+xml">{NITF[NITF.index("<nitf") :]}</inlineXML>'
    plain = f'<inlineData contenttype="text/plain">{TEXT}</inlineData>'
    for inline in (nitf, plain):
        [made] = articles(item[:start] + inline + item[end:])
        assert made.text == WHOLE
        assert made.authors == ("Mina Drost",)


def test_text_behind_an_entity_is_not_lost() -> None:
    document = NITF.replace('SYSTEM "nitf-3-4.dtd"', '[<!ENTITY board "x">]').replace(
        "The chairman of", "The &board; chairman of"
    )
    assert "The chairman of the board, Tom Vadell" in articles(document)[0].text


def test_nitf() -> None:
    [made] = articles(NITF)
    assert made.text == WHOLE
    assert facts(made) == (TITLE, "Coast Agency", ("Mina Drost",), "2021-03-05T18:30:00+01:00", "Grenhaven", "en")


# ---------------------------------------------------------------- web archives


def test_of_an_archive_the_pages_are_taken() -> None:
    for data in (ARCHIVE, packed(ARCHIVE), gzip.compress(ARCHIVE)):
        first, second, notice = items(data)
        assert isinstance(first, PageJob)
        assert isinstance(second, PageJob)
        assert (first.data, first.url, first.charset) == (PAGE.encode(), URL, "utf-8")
        assert second.data == PAGE.replace("The Courier", "The Herald").encode()
        assert second.name == "x:6 (https://herald.example/ferry)"
        assert isinstance(notice, Notice)
        assert notice.reason.startswith("4 of 6 records left out")


@pytest.mark.parametrize(
    "data",
    [
        response(URL, PAGE.encode(), kind="image/jpeg"),
        response(URL, PAGE.encode(), status="301 Moved Permanently"),
        response("ftp://courier.example/x", PAGE.encode()),
        record("revisit", URL, answer(PAGE.encode())),
        record("metadata", URL, PAGE.encode(), Content_Type="text/html"),
        record("response", URL, b"no answer at all", Content_Type="application/http"),
    ],
)
def test_what_is_no_page_is_not_taken(data: bytes) -> None:
    assert "no page of HTML" in reason(data)


def test_a_page_kept_as_a_resource_is_taken() -> None:
    [job] = items(record("resource", URL, PAGE.encode(), Content_Type="text/html"))
    assert isinstance(job, PageJob)
    assert job.data == PAGE.encode()


def test_one_bad_record_does_not_stop_the_rest() -> None:
    bad = [
        response(URL, b"x", Content_Encoding="br"),
        response(URL, b"not gzip", Content_Encoding="gzip"),
        response(URL, gzip.compress(b"0" * 30_000_000), Content_Encoding="gzip"),
        response(URL, gzip.compress(PAGE.encode())[:-100], Content_Encoding="gzip"),
        response(URL, gzip.compress(PAGE.encode())[:-8] + b"x" * 8, Content_Encoding="gzip"),
        record("response", URL, answer(PAGE.encode()), WARC_Truncated="length", Content_Type="application/http"),
    ]
    found = items(b"".join(bad) + ARCHIVE)
    reasons = [one.reason for one in found if isinstance(one, InputError) and not isinstance(one, Notice)]
    assert reasons == [
        "packed in a way that is not read: br",
        "too large: more than 20,000,000 bytes",
        "its packed content breaks off",
        "its packed content is broken",
        "cut off when it was archived (length)",
    ]
    assert sum(isinstance(one, PageJob) and one.data == PAGE.encode() for one in found) == 1


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "identity"])
def test_content_that_was_unpacked_already_is_taken_as_it_is(packing: str) -> None:
    [job] = items(response(URL, PAGE.encode(), Content_Encoding=packing, Transfer_Encoding="chunked"))
    assert isinstance(job, PageJob)
    assert job.data == PAGE.encode()


def test_an_archive_that_is_cut_gives_what_came_before(capfd: pytest.CaptureFixture[str]) -> None:
    endless = ARCHIVE + record("response", URL, b"x").replace(b"Content-Length: 1", b"Content-Length: " + b"9" * 30)
    for data in (
        endless,
        packed(ARCHIVE)[:-100],
        ARCHIVE[: ARCHIVE.index(b"herald") + 10] + b"\r\n\r\nWARC/1.0\r\nrest",
    ):
        found = items(data)
        assert isinstance(found[0], PageJob)
        assert isinstance(found[-1], InputError)
    assert capfd.readouterr().err == ""


# ---------------------------------------------------------------- lists


def test_a_site_map_leads_to_its_news() -> None:
    found, notice = items(SITEMAP)
    assert isinstance(found, Link)
    assert (found.url, found.known.title, found.known.outlet) == (URL, TITLE, "The Courier")
    assert (found.known.published, found.known.language) == ("2021-03-05T18:30:00+01:00", "en")
    assert str(notice) == "x: 1 of 2 pages left out: not marked as news"


def test_an_index_leads_to_the_site_maps_of_news() -> None:
    notice, found = items(INDEX)
    assert isinstance(notice, Notice)
    assert isinstance(found, Link)
    assert found.url == "https://courier.example/sitemap-news.xml.gz"
    other = [one.url for one in items(INDEX.replace("-news", "-2")) if isinstance(one, Link)]
    assert other == ["https://courier.example/sitemap-pages.xml", "https://courier.example/sitemap-2.xml.gz"]


def test_a_list_of_feeds_names_each_once() -> None:
    [found] = items(OPML)
    assert isinstance(found, Link)
    assert (found.url, found.listed) == ("https://courier.example/feed", "feed list")


# ---------------------------------------------------------------- Markdown


def test_markdown_stays_as_it_is_and_says_what_it_says() -> None:
    [made] = articles(MARKDOWN)
    assert made.text == MARKDOWN
    assert facts(made) == (TITLE, "The Courier", ("Mina Drost",), "2021-03-05", None, None)
    marked = [(block.kind, made.text[slice(*block.span)]) for block in made.blocks]
    assert marked[0][0] == "boilerplate"
    assert marked[0][1].startswith("---\ntitle") and marked[0][1].endswith("---")  # noqa: PT018 - one fact
    assert marked[1:] == [("headline", TITLE), ("heading", "The vote")]


def test_front_matter_stays_no_part_of_the_article_when_it_is_read() -> None:
    from reportedly.read._blocks import split_blocks

    read = split_blocks(articles(MARKDOWN)[0])
    kinds = {read.text[slice(*block.span)]: block.kind for block in read.blocks}
    assert [text for text, kind in kinds.items() if kind == "boilerplate" and "title:" in text]
    assert (kinds[TITLE], kinds["The vote"], read.place) == ("headline", "heading", "Grenhaven")


def test_markdown_is_known_by_its_name_or_front_matter_only() -> None:
    text = f"# {TITLE}\r\n\r\n{PARAGRAPHS[0]}\n#hash is no heading\n"
    assert articles(text)[0].title is None
    [made] = articles(text, "x.md")
    assert (made.title, len(made.blocks)) == (TITLE, 1)
    rule = f"---\n\n{PARAGRAPHS[0]}\n\n---\n"
    assert articles(rule)[0].blocks == ()


def test_html_of_a_body_keeps_what_its_markup_says() -> None:
    from reportedly.collect._fragment import pieces_of

    html = (
        f"<div style='display:none'>Preheader</div><h2>The vote</h2>{BODY}<figure><img>"
        "<figcaption>The mole</figcaption></figure><blockquote class='twitter-tweet'><p>No deal.</p></blockquote>"
        "<p>One<br>two<br><br>three</p><hr>"
        "<script>x</script><p>Before <!-- not --> and <?x not?>after</p><ul><li>Point</li></ul><p>***</p>tail"
    )
    assert [(piece.kind, piece.text) for piece in pieces_of(html)] == [
        ("heading", "The vote"),
        *((None, paragraph) for paragraph in PARAGRAPHS),
        ("caption", "The mole"),
        ("embed", "No deal."),
        (None, "One\ntwo"),
        (None, "three"),
        (None, "Before and after"),
        (None, "Point"),
        (None, "tail"),
    ]
