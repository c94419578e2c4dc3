"""The desk: every page and its data, forms that change something and take it back, no article's text as HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from reportedly._settings import Settings
from reportedly.collect import collect
from reportedly.demo import coverage
from reportedly.desk import Config, make_app
from reportedly.desk._article import edit
from reportedly.desk._openapi import api_path, description
from reportedly.desk._resources import RESOURCES, AskError
from reportedly.library import Library, _articles, _decisions, _stories, work
from reportedly.library._cite import cited, with_fragment
from tests._page import Page
from tests._stored import HARBOUR, article, articles, clocked

TOKEN = "a-token-for-tests"  # noqa: S105 - opens nothing
BASE = "http://127.0.0.1:8765"
ORIGIN = {"origin": BASE}
TAGS = '<script>alert(1)</script> "><img src=x onerror=alert(2)>'
EVIL = article(
    f"{TAGS}\n\n“We never saw the {TAGS} ferry,” Mayor Ottilie Brandvold said in Skarnes on Friday.",
    id='e/"><b>', outlet=f"Outlet {TAGS}", title=TAGS, url="https://evil.example/?a=1#top", published="2031-02-09",
)  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The demo's coverage, the tests' own articles, and one that tries to be markup; nothing is changed in it."""
    opened = clocked(tmp_path_factory.mktemp("desk") / "library.sqlite")
    found = list(collect([str(path) for path in coverage()], Settings(), print))
    for several in (found[:2], found[2:], [*articles(), EVIL]):
        for one in several:
            _articles.store(opened, one)
        work(opened, Settings())
    yield opened
    opened.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Library]:
    """A library of a test's own, to change."""
    opened = clocked(tmp_path / "library.sqlite")
    for one in articles():
        _articles.store(opened, one)
    work(opened, Settings())
    yield opened
    opened.close()


def visitor(library: Library, **config: Any) -> TestClient:
    app = make_app(library, Settings(), Config(**{"token": TOKEN, "rate": 1e6, "burst": 100_000, **config}))
    return TestClient(app, base_url=BASE, follow_redirects=True)


def entered(library: Library, **config: Any) -> TestClient:
    client = visitor(library, **config)
    client.get("/", params={"token": TOKEN})
    return client


def story_of(library: Library, name: str) -> str:
    return _stories.story_of(library.db, name) or ""


def pages(library: Library) -> list[str]:
    evil = "e%2F%22%3E%3Cb%3E"
    return [
        "/", "/?several=on", "/?q=cable&person=Sunniva+Brekkhus&since=2025-01-01", "/?tag=none&page=3",
        "/search", "/search?q=trawler+cable", "/search?q=zeppelin", "/search?q=alert", "/people", "/issues", "/outlets",
        "/changes", "/changes?since=day",
        "/people/p-hallgrimur-steinsson", "/people/p-hallgrimur-steinsson?issue=cable", "/issues/cable",
        "/outlets/faxa-herald", "/articles/meridian-news", "/articles/v1", f"/articles/{evil}", "/login",
        *(f"/stories/{story_of(library, name)}" for name in ("meridian-news", "h1", EVIL.id)),
        *(f"/stories/{story_of(library, name)}/changes" for name in ("meridian-news", EVIL.id)),
    ]  # fmt: skip


# ---------------------------------------------------------------- pages


def test_every_page_is_whole_and_needs_no_script(library: Library) -> None:
    client = entered(library)
    seen = {resource.template for resource in RESOURCES if resource.template}
    for path in pages(library):
        answer = client.get(path)
        assert answer.status_code == 200, path
        page = Page(answer.text.removeprefix("<!DOCTYPE html>"))
        assert len(page.ids) == len(set(page.ids)), path
        assert len(page.root.all("h1")) == len(page.root.all("main")) == 1, path
        for script in page.root.all("script"):
            assert script.attrs.get("type") == "application/ld+json" or script.attrs["src"], path
        assert page.root.all("style") == []
        assert not [name for element in page.root.walk() for name in element.attrs if name.startswith("on")], path
        for field in [*page.root.all("input"), *page.root.all("select"), *page.root.all("textarea")]:
            named = field.attrs.get("aria-label") or page.root.all("label", **{"for": field.attrs.get("id") or "?"})
            assert field.attrs.get("type") == "hidden" or named, (path, field.attrs)
    assert len(seen) == 9


def test_every_link_of_a_page_leads_somewhere(library: Library) -> None:
    client = entered(library)
    targets: dict[str, str] = {}
    for path in pages(library):
        page = Page(client.get(path).text.removeprefix("<!DOCTYPE html>"))
        for link in page.root.all("a"):
            href = link.attrs["href"] or ""
            if href.startswith("#"):
                assert href[1:] in page.ids, (path, href)
            elif href.startswith("/"):
                targets.setdefault(href, path)
            else:
                assert href.startswith("https://"), (path, href)
    assert len(targets) > 60
    ids: dict[str, list[str | None]] = {}
    for target, path in targets.items():
        address, _, anchor = target.partition("#")
        if address not in ids:
            answer = client.get(address)
            assert answer.status_code == 200, (path, target)
            html = answer.headers["content-type"].startswith("text/html")
            ids[address] = Page(answer.text.removeprefix("<!DOCTYPE html>")).ids if html else []
        # A text fragment leads to words, not to an element.
        assert not anchor or anchor.startswith(":~:text=") or anchor in ids[address], (path, target)


def test_nothing_of_an_article_becomes_markup(library: Library) -> None:
    client = entered(library)
    shown = 0
    for path in pages(library):
        page = Page(client.get(path).text.removeprefix("<!DOCTYPE html>"))
        assert page.root.all("img") == [], path
        assert not [one for one in page.root.all("script") if "alert" in one.text() and "type" not in one.attrs], path
        shown += "<script>alert(1)</script>" in page.root.all("body")[0].text()
    assert shown > 3  # its words are there, as words


def test_a_person_has_everything_said_with_its_outlets(library: Library) -> None:
    client = entered(library)
    whole = client.get("/api/people/p-hallgrimur-steinsson").json()
    on_cable = client.get("/api/people/p-hallgrimur-steinsson", params={"issue": "Cable"}).json()
    assert 0 < len(on_cable["statements"]) < len(whole["statements"])
    assert any(len({one["citation"]["outlet"] for one in each["reports"]}) > 2 for each in whole["statements"])
    days = [one["day"] for one in whole["statements"]]
    assert days == sorted(days, reverse=True)
    page = client.get("/people/p-hallgrimur-steinsson").text
    for statement in whole["statements"]:
        assert f'href="/stories/{statement["story"]}"' in page


def test_every_citation_stands_in_its_article(library: Library) -> None:
    client = entered(library)
    found: list[dict[str, Any]] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            found.extend([value] if {"spans", "words", "line"} <= value.keys() else [])
        for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(child)

    for path in pages(library):
        if path != "/login":
            walk(client.get("/api/stories" + path[1:] if path[:2] in ("/", "/?") else "/api" + path).json())
    assert len(found) > 100
    for one in found:
        text = _articles.load(library.db, one["article"]).text
        words = " … ".join(" ".join(text[start:end].split()) for start, end in one["spans"])
        assert one["words"] == words


def test_words_that_were_looked_for_are_marked(library: Library) -> None:
    client = entered(library)
    page = Page(client.get("/search", params={"q": "librarian"}).text.removeprefix("<!DOCTYPE html>"))
    assert [mark.text() for mark in page.root.all("mark")] == ["librarian"]
    assert 'value="librarian"' in client.get("/search?q=librarian").text


def test_quotations_and_copies_are_marked_in_an_article(library: Library) -> None:
    page = Page(entered(library).get("/articles/faxa-herald").text.removeprefix("<!DOCTYPE html>"))
    text = page.root.all("article", css="fulltext")[0]
    quoted = [" ".join(span.text().split()) for span in text.all("span", css="q")]
    assert any("We are not looking for a fight over mackerel" in words for words in quoted)
    assert text.all("span", css="same")
    original = _articles.load(library.db, "faxa-herald").text
    assert "".join(text.text().split()) == "".join(original.split())


def test_what_is_not_there_is_said(library: Library) -> None:
    client = entered(library)
    for path in ("/people/p-nobody", "/stories/s0", "/articles/no", "/issues/no", "/outlets/no", "/nowhere"):
        assert client.get(path).status_code == 404, path
    for path in (
        "/?page=0",
        "/?page=x",
        "/?since=yesterday",
        "/?until=2031-02-30",
        "/articles/v1?version=-1",
        "/?q=" + "x" * 501,
    ):
        answer = client.get(path)
        assert answer.status_code == 400, path
    assert client.get("/articles/v1?version=99").status_code == 404
    assert [client.get(f"/articles/v1?compare={n}").status_code for n in ("99", "²", "x")] == [404, 400, 400]
    with pytest.raises(AskError):
        RESOURCES[0].ask({}, {"several": "perhaps"})


# ---------------------------------------------------------------- citations


def test_a_citation_leads_to_the_words() -> None:
    one = cited("a", "Fjord Radio", "2031-02-03", "https://radio.example/1", [(3, 9)], "“The piles, are – rotten-ish,”")
    assert (
        one.url
        == "https://radio.example/1#:~:text=%E2%80%9CThe%20piles%2C%20are%20%E2%80%93%20rotten%2Dish%2C%E2%80%9D"
    )
    assert one.line == f"“The piles, are – rotten-ish,” (Fjord Radio, 3 February 2031, {one.url})"
    long = with_fragment("https://radio.example/1#top", " ".join(f"w{n}" for n in range(20)))
    assert unquote(long) == "https://radio.example/1#top:~:text=w0 w1 w2 w3,w16 w17 w18 w19"
    assert cited("a", "Fjord Radio", "", "javascript:alert(1)", [(0, 1)], "x").url is None


def test_an_edit_shows_what_went_and_what_came() -> None:
    (shown,) = edit("The piles are <b>rotten</b> now.", "The piles are unsound now.")
    assert shown == "The piles are <del>&lt;b&gt;rotten&lt;/b&gt;</del><ins>unsound</ins> now."


def test_versions_are_listed_and_compared(own: Library) -> None:
    later = article(
        HARBOUR.replace("rotten", "unsound"), id="h1", url="https://post.example/harbour", outlet="Skarnes Post"
    )
    _articles.store(own, later)
    client = entered(own)
    new, old = client.get("/api/articles/h1").json()["versions"]
    assert "unsound" in client.get("/articles/h1").text
    assert "rotten" in client.get(f"/articles/h1?version={old['seq']}").text
    page = client.get(f"/articles/h1?version={new['seq']}&compare={old['seq']}").text
    assert "<del>rotten</del><ins>unsound</ins>" in page


# ---------------------------------------------------------------- JSON-LD


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/articles/meridian-news", "NewsArticle"),
        ("/people/p-hallgrimur-steinsson", "ItemList"),
        ("/issues/cable", "ItemList"),
    ],
)
def test_a_page_says_what_it_is_about_to_programs(library: Library, path: str, kind: str) -> None:
    page = Page(entered(library).get(path).text.removeprefix("<!DOCTYPE html>"))
    (script,) = page.root.all("script", type="application/ld+json")
    data = json.loads(script.text())
    assert (data["@context"], data["@type"]) == ("https://schema.org", kind)
    parts = data.get("hasPart") or data["itemListElement"]
    assert {"Quotation"} <= {one["@type"] for one in parts}


def test_a_storys_claims_name_their_articles(library: Library) -> None:
    path = f"/stories/{story_of(library, 'meridian-news')}"
    page = Page(entered(library).get(path).text.removeprefix("<!DOCTYPE html>"))
    data = json.loads(page.root.all("script", type="application/ld+json")[0].text())
    assert all(one["@type"] == "Claim" and one["appearance"] for one in data["itemListElement"])
    assert len(data["itemListElement"]) > 5


# ---------------------------------------------------------------- forms


def form_token(client: TestClient, path: str = "/") -> str:
    found = re.search(r'name="form_token" value="(\w+)"', client.get(path).text)
    assert found
    return found[1]


def post(client: TestClient, path: str, **fields: Any) -> Any:
    return client.post(path, data={"form_token": form_token(client), **fields}, headers=ORIGIN)


def test_a_note_is_made_and_taken_back(own: Library) -> None:
    client = entered(own)
    path = f"/stories/{story_of(own, 'h1')}"
    answer = post(client, "/notes", form="note", kind="story", about=path[9:], words="Ask <b>them</b>.", back=path)
    assert answer.url.path == path
    assert "Ask &lt;b&gt;them&lt;/b&gt;." in answer.text
    (note,) = client.get("/api" + path).json()["notes"]
    assert "Ask" not in post(client, "/notes/undo", id=note["id"], back=path).text
    assert post(client, "/notes", form="tag", kind="story", about=path[9:], words="", back=path).status_code == 400
    post(client, "/notes", form="tag", kind="story", about=path[9:], words="Check", back=path)
    assert [one["id"] for one in client.get("/api/stories?tag=check").json()["stories"]] == [path[9:]]


def test_stories_are_split_moved_merged_and_it_is_undone(own: Library) -> None:
    client = entered(own)

    def now() -> list[list[str]]:
        rows = client.get("/api/stories").json()["stories"]
        return sorted(
            sorted(a["id"] for a in client.get(f"/api/stories/{row['id']}").json()["articles"]) for row in rows
        )

    first, other = story_of(own, "h1"), story_of(own, "v1")
    answer = post(client, "/decisions", action="split", story=first, article="h2")
    assert now() == [["h1"], ["h2"], ["v1"]]
    assert answer.url.path == f"/stories/{story_of(own, 'h2')}"
    assert "split from" in answer.text
    assert '<bdi>Fjord Radio</bdi></a> split from <a href="/articles/h1"><bdi>Skarnes Post</bdi>' in answer.text
    post(
        client,
        "/decisions",
        action="move",
        story=story_of(own, "h2"),
        article="h2",
        other=f"{BASE}/stories/{other}#desk",
    )
    assert now() == [["h1"], ["h2", "v1"]]
    post(client, "/decisions", action="merge", story=story_of(own, "h1"), other=other)
    assert now() == [["h1", "h2", "v1"]]
    for one in reversed(_decisions.decided(own.db)):
        post(client, "/decisions/undo", id=one.id, back="/")
    assert now() == [["h1", "h2"], ["v1"]]


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "split"}, {"action": "split", "article": ["h1", "h2"]}, {"action": "move", "article": "h1"},
        {"action": "merge", "other": "s0"}, {"action": "steal", "article": "h1"}, {"action": "split", "article": "v1"},
    ],
)  # fmt: skip
def test_a_move_that_cannot_be_changes_nothing(own: Library, fields: dict[str, Any]) -> None:
    client = entered(own)
    assert post(client, "/decisions", story=story_of(own, "h1"), **fields).status_code == 400
    assert _decisions.decided(own.db) == []


def test_a_story_that_was_merged_leads_on(own: Library) -> None:
    client = entered(own)
    old = story_of(own, "v1")
    post(client, "/decisions", action="merge", story=story_of(own, "h1"), other=old)
    assert client.get(f"/stories/{old}").url.path == f"/stories/{story_of(own, 'h1')}"


@pytest.mark.parametrize("back", ["//evil.example/", "/\\evil.example", "https://evil.example/"])
def test_a_form_leads_nowhere_else(own: Library, back: str) -> None:
    client = entered(own)
    client.follow_redirects = False
    fields = {
        "form_token": form_token(client),
        "form": "tag",
        "kind": "story",
        "about": "s",
        "words": "x",
        "back": back,
    }
    answer = client.post("/notes", data=fields, headers=ORIGIN)
    assert answer.status_code == 303
    assert not re.match(r"(https?:)?[/\\]{2}", answer.headers["location"])


# ---------------------------------------------------------------- the API's description


def test_the_description_has_every_resource() -> None:
    assert set(description()["paths"]) == {api_path(resource) for resource in RESOURCES}
    names = [one["get"]["operationId"] for one in description()["paths"].values()]
    assert len(names) == len(set(names))
