"""The demo's coverage is sound, and so is what the tests of later stages expect of it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from reportedly._records import Article
from reportedly.demo import coverage
from reportedly.read._blocks import split_blocks

EXPECTED: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "data" / "demo_expected.toml").read_text(encoding="utf-8")
)
RECORDS: dict[str, dict[str, Any]] = {
    record["id"]: record
    for path in coverage()
    for record in map(json.loads, Path(path).read_text(encoding="utf-8").splitlines())
}
KINDS = {
    "boilerplate": "boilerplate",
    "bylines": "byline",
    "datelines": "dateline",
    "headings": "heading",
    "captions": "caption",
    "repeats": "repeat",
    "embeds": "embed",
}


def read(identifier: str) -> Article:
    record = RECORDS[identifier]
    return split_blocks(
        Article(
            id=identifier,
            source="demo",
            sha256="",
            text=record["text"],
            outlet=record["outlet"],
            title=record["title"],
            url=record["url"],
            published=record["published"],
            authors=tuple(record["authors"]),
        )
    )


def located(node: Any) -> list[tuple[str, str]]:
    """Every (article, words) pair anywhere in what is expected."""
    if isinstance(node, list):
        return [pair for item in node for pair in located(item)]
    if not isinstance(node, dict):
        return []
    own = [(node["article"], node["words"])] if "article" in node and "words" in node else []
    return own + [pair for key, item in node.items() if key != "issues" for pair in located(item)]


def test_five_outlets_one_event() -> None:
    assert list(RECORDS) == EXPECTED["coverage"]
    assert len({record["outlet"] for record in RECORDS.values()}) == 5
    for record in RECORDS.values():
        assert 450 <= len(record["text"].split()) <= 1000


def test_no_outlet_is_real() -> None:
    from reportedly._outlets import outlet_named, outlet_of_url

    for record in RECORDS.values():
        assert outlet_named(record["outlet"]) is None
        assert record["url"] is None or outlet_of_url(record["url"]) is None


def test_what_is_expected_stands_in_the_texts() -> None:
    pairs = located(EXPECTED)
    assert len(pairs) > 80
    for article, words in pairs:
        if words in {"now", "Tuesday", "Sunday", "Thursday", "2.4 billion euros", "3.1 billion euros"}:
            assert words in RECORDS[article]["text"]
        else:
            assert RECORDS[article]["text"].count(words) == 1, (article, words)


@pytest.mark.parametrize("identifier", list(RECORDS))
def test_blocks(identifier: str) -> None:
    article = read(identifier)
    wanted = EXPECTED["articles"][identifier]
    for group, kind in KINDS.items():
        spans = [block.span for block in article.blocks if block.kind == kind]
        for words in wanted.get(group, []):
            assert article.text.count(words) == 1, words
            at = article.text.index(words)
            assert any(start <= at < end for start, end in spans), (kind, words)
        expected_number = len(wanted.get(group, []))
        assert len(spans) >= expected_number


@pytest.mark.parametrize("identifier", list(RECORDS))
def test_facts_of_the_head(identifier: str) -> None:
    article = read(identifier)
    wanted = EXPECTED["articles"][identifier]
    assert article.outlet == wanted["outlet"]
    assert article.published == wanted["published"]
    if "title" in wanted:
        assert article.title == wanted["title"]
    if "place" in wanted:
        assert article.place == wanted["place"]
    if "authors" in wanted:
        assert list(article.authors) == wanted["authors"]


@pytest.mark.parametrize("identifier", list(RECORDS))
def test_no_quote_is_lost_to_another_kind_of_block(identifier: str) -> None:
    article = read(identifier)
    told = [block.span for block in article.blocks if block.kind == "body"]
    places = [
        (report["article"], report["words"])
        for statement in EXPECTED["statements"]
        for report in [*statement["reports"], *statement.get("also", [])]
    ] + [(quote["article"], quote["words"]) for quote in EXPECTED["quotes"]]
    for _, words in (place for place in places if place[0] == identifier):
        at = article.text.index(words)
        assert any(start <= at < end for start, end in told), words
