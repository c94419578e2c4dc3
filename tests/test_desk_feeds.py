"""What changed, at the desk: the page by time, and feeds with a token that opens nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from starlette.testclient import TestClient

from reportedly._settings import Settings
from reportedly.collect import collect
from reportedly.demo import coverage
from reportedly.desk import Config, ConfigError, load_config, make_app
from reportedly.desk._changes import ORDER, groups, told
from reportedly.library import Library, _articles, _changes, _stories, work
from tests._stored import article, articles, clocked

TOKEN, FEEDS = "a-token-for-tests", "a-token-for-feeds"
BASE = "http://127.0.0.1:8765"
ATOM = "{http://www.w3.org/2005/Atom}"
TAGS = "<script>alert(1)</script> \x0b & ]]>"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The demo's coverage as it came, one article edited, and one that tries to be markup."""
    opened = clocked(tmp_path_factory.mktemp("feeds") / "library.sqlite")
    demo = list(collect([str(path) for path in coverage()], Settings(), print))
    text = articles()[0].text.replace("1,400", "1,900 (not 1,400)")
    edited = replace(articles()[0], text=text, sha256=sha256(text.encode()).hexdigest())
    evil = article(f"{TAGS}\n\nNobody came to the harbour of Skarnes.", id="evil", outlet=f"Outlet {TAGS}", title=TAGS)
    for several in (demo[:1], demo[1:], articles(), [edited, evil]):
        for one in several:
            _articles.store(opened, one)
        work(opened, Settings())
    yield opened
    opened.close()


def visitor(library: Library, **config: Any) -> TestClient:
    given = {"token": TOKEN, "feed_token": FEEDS, "rate": 1e6, "burst": 100_000, **config}
    return TestClient(make_app(library, Settings(), Config(**given)), base_url=BASE, follow_redirects=False)


def paths(library: Library) -> list[str]:
    story = _stories.story_of(library.db, "meridian-news")
    return ["/changes", f"/stories/{story}/changes"]


def got(library: Library, path: str) -> Any:
    answer = visitor(library).get(path, params={"token": FEEDS})
    assert answer.status_code == 200, path
    return answer


# ---------------------------------------------------------------- Atom


def test_atom_keeps_to_its_rules(library: Library) -> None:
    """RFC 4287, sections 3.2 to 4.2, as far as they bind what we write."""
    for path in paths(library):
        answer = got(library, f"{path}.atom")
        assert answer.headers["content-type"].split(";")[0] == "application/atom+xml"
        root = etree.fromstring(answer.content)
        assert root.tag == f"{ATOM}feed"
        several = [root, *root.findall(f"{ATOM}entry")]
        assert len(several) > 1
        for one in several:  # each has exactly one id, title and updated
            for name in ("id", "title", "updated"):
                (element,) = one.findall(f"{ATOM}{name}")
                assert element.text
                assert element.text.strip() == element.text
            for date in [*one.findall(f"{ATOM}updated"), *one.findall(f"{ATOM}published")]:
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", date.text or "")
                assert datetime.fromisoformat(date.text or "")
            links = [(link.get("rel"), link.get("type")) for link in one.findall(f"{ATOM}link")]
            assert links.count(("alternate", "text/html")) == 1
            assert len(links) == len(set(links))
            for link in one.findall(f"{ATOM}link"):
                assert (link.get("href") or "").startswith(BASE)
        ids = [one.findtext(f"{ATOM}id") or "" for one in several]
        assert len(set(ids)) == len(ids)
        assert all(re.match(r"[a-z]+:", name) for name in ids)
        assert root.find(f"{ATOM}author/{ATOM}name") is not None  # entries without an author need the feed's
        assert [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"] == [
            f"{BASE}{path}.atom"
        ]
        dates = [entry.findtext(f"{ATOM}updated") or "" for entry in root.findall(f"{ATOM}entry")]
        assert dates == sorted(dates, reverse=True)
        assert root.findtext(f"{ATOM}updated") == dates[0]
        for entry in root.findall(f"{ATOM}entry"):
            (content,) = entry.findall(f"{ATOM}content")
            assert content.get("type") == "html"
            body = html.fragment_fromstring(content.text or "", create_parent=True)
            assert body.findall(".//script") == []
            assert {element.tag for element in body.iter()} <= {
                "div", "h4", "p", "a", "bdi", "b", "q", "ul", "li", "span", "del", "ins",
            }  # fmt: skip
            hrefs = [link.get("href") or "" for link in body.iter("a")]
            assert hrefs
            assert all(href.startswith(f"{BASE}/") for href in hrefs)
    whole = got(library, "/changes.atom").text
    assert "&lt;del&gt;1,400&lt;/del&gt; &lt;ins&gt;1,900 (not 1,400)&lt;/ins&gt;" in whole
    assert "&amp;lt;script&amp;gt;alert(1)" in whole


def test_a_feed_of_nothing_is_a_feed(tmp_path: Path) -> None:
    library = clocked(tmp_path / "library.sqlite")
    root = etree.fromstring(got(library, "/changes.atom").content)
    assert root.findtext(f"{ATOM}updated")
    assert got(library, "/changes.json").json()["items"] == []
    library.close()


def test_what_is_seen_at_one_time_is_one_entry_whatever_came_between(library: Library) -> None:
    one, other = (change for change in told(library.db, _changes.changes(library.db))[:2])
    between = replace(other, story="another")
    assert [len(group.changes) for group in groups([one, between, replace(one, id="later")])] == [2, 1]


def test_an_entry_keeps_its_id(library: Library) -> None:
    names = [item["id"] for item in got(library, "/changes.json").json()["items"]]
    assert names == [item["id"] for item in got(library, "/changes.json").json()["items"]]
    atom = etree.fromstring(got(library, "/changes.atom").content)
    assert [entry.findtext(f"{ATOM}id") for entry in atom.findall(f"{ATOM}entry")] == names


def test_a_feed_is_sent_again_only_if_it_changed(library: Library) -> None:
    client = visitor(library)
    tag = client.get("/changes.atom", params={"token": FEEDS}).headers["etag"]
    again = client.get("/changes.atom", params={"token": FEEDS}, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


# ---------------------------------------------------------------- JSON Feed


def test_json_feed_keeps_to_its_rules(library: Library) -> None:
    for path in paths(library):
        answer = got(library, f"{path}.json")
        assert answer.headers["content-type"].split(";")[0] == "application/feed+json"
        feed = json.loads(answer.content)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert isinstance(feed["title"], str)
        assert feed["feed_url"] == f"{BASE}{path}.json"
        assert feed["home_page_url"] == f"{BASE}{path}"
        for item in feed["items"]:
            assert isinstance(item["id"], str)
            assert item["content_html"]
            assert item["url"].startswith(f"{BASE}/stories/")
            assert datetime.fromisoformat(item["date_published"]).tzinfo
            assert set(item["tags"]) <= set(ORDER)
            assert item["tags"] == list(dict.fromkeys(one["kind"] for one in item["_reportedly"]["changes"]))
    kinds = {tag for item in got(library, "/changes.json").json()["items"] for tag in item["tags"]}
    assert kinds == {"story", "edit", "outlet", "corroborated", "difference", "statement"}


# ---------------------------------------------------------------- pages and the API


def test_what_changed_is_asked_for_by_time(library: Library) -> None:
    client = visitor(library)
    client.headers["authorization"] = f"Bearer {TOKEN}"
    everything = client.get("/api/changes").json()
    assert everything["more"]
    assert len(everything["changes"]) == _changes.PAGE
    numbers = [one["id"] for one in everything["changes"] + client.get("/api/changes?page=2").json()["changes"]]
    assert len(set(numbers)) == len(numbers)
    newest = everything["changes"][0]
    since = client.get("/api/changes", params={"since": newest["seen"]}).json()["changes"]
    assert {one["story"] for one in since} <= {one["story"] for one in everything["changes"]}
    assert 0 < len(since) < len(numbers)
    assert client.get("/api/changes", params={"since": "2999-01-01"}).json()["changes"] == []
    assert client.get("/api/changes", params={"since": "soon"}).status_code == 400
    assert client.get("/api/stories/nowhere/changes").status_code == 404
    page = client.get("/changes?since=2999-01-01").text
    assert "Nothing changed since 1 January 2999" in page


def test_an_edit_leads_to_the_whole_comparison(library: Library) -> None:
    client = visitor(library)
    client.headers["authorization"] = f"Bearer {TOKEN}"
    (edit,) = [one for one in client.get("/api/changes").json()["changes"] if one["kind"] == "edit"]
    page = client.get(f"/articles/{edit['article']}?compare={edit['compare']}")
    assert "<ins>1,900" in page.text
    assert f"/articles/{edit['article']}?compare={edit['compare']}" in client.get("/changes").text


def test_only_words_that_are_quoted_stand_in_quotation_marks(library: Library) -> None:
    statements = [
        one for item in got(library, "/changes.json").json()["items"] for one in item["_reportedly"]["changes"]
        if one["kind"] == "statement"
    ]  # fmt: skip
    whole = "".join(item["content_html"] for item in got(library, "/changes.json").json()["items"])
    body = html.fragment_fromstring(whole, create_parent=True)
    quoted = {" ".join(element.text_content().split()) for element in body.iter("q")}
    said = {one["said"] for one in statements}
    assert {"direct", "indirect"} <= said
    for one in statements:
        assert (" ".join(one["words"].split()) in quoted) == (one["said"] == "direct"), one["words"]


def test_every_passage_of_a_change_stands_in_its_article(library: Library) -> None:
    changes = [one.news for one in _changes.changes(library.db, size=1_000)]
    assert sum(len(one.passages) for one in changes) > 50
    for one in changes:
        for passage in one.passages:
            text = _articles.load(library.db, passage.article).text
            assert passage.words == " … ".join(" ".join(text[a:b].split()) for a, b in passage.spans)


# ---------------------------------------------------------------- the token of the feeds


def test_the_token_of_the_feeds_opens_feeds_and_nothing_else(library: Library) -> None:
    client = visitor(library)
    for path in paths(library):
        for suffix in ("atom", "json"):
            answer = client.get(f"{path}.{suffix}", params={"token": FEEDS})
            assert answer.status_code == 200
            assert "set-cookie" not in answer.headers
    story = _stories.story_of(library.db, "h1")
    for path in (
        "/",
        "/changes",
        "/api/changes",
        "/api/stories",
        f"/stories/{story}",
        "/openapi.json",
        "/changes.html",
    ):
        answer = visitor(library).get(path, params={"token": FEEDS})
        assert answer.status_code == 403, path
        assert "set-cookie" not in answer.headers
    bearer = {"authorization": f"Bearer {FEEDS}"}
    assert client.get("/api/stories", headers=bearer).status_code == 401
    form = client.post(f"/notes?token={FEEDS}", headers={"origin": BASE})
    assert (form.status_code, form.headers["location"]) == (303, "/login")
    assert client.post("/login", data={"secret": FEEDS}, headers={"origin": BASE}).status_code == 403


def test_feeds_are_closed_without_a_token(library: Library) -> None:
    client = visitor(library)
    assert client.get("/changes.atom").status_code == 401
    assert client.get("/changes.atom", params={"token": "wrong-token-here"}).status_code == 403
    for _ in range(10):
        client.get("/changes.atom", params={"token": "wrong-token-here"})
    assert client.get("/changes.atom", params={"token": "wrong-token-here"}).status_code == 429
    without = visitor(library, feed_token=None)
    assert without.get("/changes.atom").status_code == 401
    assert without.get("/changes.atom", params={"token": ""}).status_code == 403
    assert without.get("/changes.atom", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_the_token_of_the_feeds_is_not_the_desks() -> None:
    with pytest.raises(ConfigError, match="feed_token"):
        load_config(None, {"REPORTEDLY_TOKEN": TOKEN, "REPORTEDLY_FEED_TOKEN": TOKEN})
    with pytest.raises(ConfigError, match="feed_token: too short"):
        load_config(None, {"REPORTEDLY_FEED_TOKEN": "short"})
