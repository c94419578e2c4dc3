"""What the whole-flow tests share: articles read once per test run, and walks over everything an output holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reportedly import (
    Article,
    InputError,
    Reading,
    Readout,
    Settings,
    collect_articles,
    load_model,
    make_readouts,
    read_articles,
)
from reportedly._records import CONTEXT
from reportedly.demo import coverage
from tests._shared import SEEDS


def collected(*sources: str | Path) -> tuple[Article, ...]:
    """The articles of the sources; the test fails if one is refused."""
    problems: list[InputError] = []
    articles = tuple(collect_articles([str(source) for source in sources], Settings(), problems.append))
    assert problems == []
    return articles


def seed_files() -> list[Path]:
    return sorted(SEEDS.glob("*.txt"))


@cache
def demo_articles() -> tuple[Article, ...]:
    return collected(*coverage())


@cache
def seed_articles() -> tuple[Article, ...]:
    return collected(*seed_files())


def read(articles: tuple[Article, ...]) -> tuple[Reading, ...]:
    return tuple(read_articles(articles, load_model()))


@cache
def demo_readings() -> tuple[Reading, ...]:
    return read(demo_articles())


@cache
def seed_readings() -> tuple[Reading, ...]:
    return read(seed_articles())


@cache
def demo_readouts() -> tuple[Readout, ...]:
    return tuple(make_readouts(demo_articles()))


@cache
def seed_readouts() -> tuple[Readout, ...]:
    return tuple(make_readouts(seed_articles()))


# ---------------------------------------------------------------- spans


def check_reading(record: dict[str, Any]) -> int:
    """Every span of a Reading's JSON lies in its text and is not empty; how many there are.

    A span is what looks like one: a list of two integers, wherever it stands. The walk knows no field by name, so that
    a field that is added later is checked as well.
    """
    text = record["article"]["text"]
    spans = list(_pairs(record))
    for where, (start, end) in spans:
        assert 0 <= start < end <= len(text), (where, start, end)
    check_article(record["article"])
    known = {person["id"] for person in record["people"]}
    for quote in record["quotes"]:
        assert {quote["speaker"], quote["addressee"]} - {None} <= known
    for group in (record["people"], record["quotes"]):
        identifiers = [item["id"] for item in group]
        assert len(identifiers) == len(set(identifiers))
    list(_citations(record, {record["article"]["id"]: text}, {record["article"]["id"]: record["article"]["title"]}))
    return len(spans)


def check_readout(record: dict[str, Any]) -> int:
    """Every place a Readout's JSON names lies in the article it is named with, and says what it is said to say.

    Returns how many places were checked.
    """
    texts = {item["article"]["id"]: item["article"]["text"] for item in record["articles"]}
    places = 0
    for item in record["articles"]:
        check_article(item["article"])
        copied = [span for copy in item["copied"] for span in copy["spans"]]
        for start, end in copied:  # these name the OTHER article, but stand in this one
            assert 0 <= start < end <= len(item["article"]["text"])
        assert {copy["article"] for copy in item["copied"]} <= texts.keys() - {item["article"]["id"]}
        assert item["copy_of"] is None or item["copy_of"] in texts.keys() - {item["article"]["id"]}
        assert 0 <= item["own_share"] <= 1
        places += len(copied)
    rest = {key: value for key, value in record.items() if key != "articles"}
    for node in _nodes(rest):
        if not isinstance(node.get("article"), str):
            continue
        text = texts[node["article"]]
        for where, (start, end) in _pairs({key: value for key, value in node.items() if key != "article"}):
            assert 0 <= start < end <= len(text), (where, start, end)
            places += 1
        if "form" in node:
            start, end = node["span"]
            assert text[start:end] == node["form"]
    places += sum(1 for _ in _citations(rest, texts))
    check_references(record)
    return places


def check_article(article: dict[str, Any]) -> None:
    """The text is the one of the hash; blocks are in order, inside it and apart."""
    assert hashlib.sha256(article["text"].encode("utf-8", "surrogatepass")).hexdigest() == article["sha256"]
    end = 0
    for block in article["blocks"]:
        assert end <= block["span"][0] < block["span"][1] <= len(article["text"])
        end = block["span"][1]


def check_references(record: dict[str, Any]) -> None:
    """Every id that is used stands for something."""
    people = {person["id"] for person in record["people"]}
    statements = {statement["id"] for statement in record["statements"]}
    claims = {claim["id"] for claim in record["claims"]}
    alone = {claim["id"] for claim in record["alone"]}
    issues = {issue["id"] for issue in record["issues"]}
    articles = {item["article"]["id"] for item in record["articles"]}
    for statement in record["statements"]:
        assert statement["reports"]
        assert {statement["speaker"], statement["addressee"]} - {None} <= people
        assert set(statement["issues"]) <= issues
    for issue in record["issues"]:
        assert set(issue["statements"]) <= statements
        assert set(issue["claims"]) <= claims
    for gap in record["gaps"]:
        assert gap["of"] in statements | claims | alone
        sides = [*gap["found"], *gap["not_found"], *gap["not_assessable"]]
        assert len(sides) == len(set(sides))
        assert set(sides) == articles
    for claim in record["alone"]:
        assert claim["articles"] == len(claim["reports"]) == 1
    for claim in [*record["claims"], *record["alone"]]:
        assert claim["articles"] == len({report["article"] for report in claim["reports"]})
        assert 1 <= claim["origins"] <= claim["distinct_texts"] <= claim["articles"]
        assert claim["outlets"] <= claim["articles"]
    for group in ("people", "statements", "claims", "alone", "issues", "differences"):
        identifiers = [item["id"] for item in record[group]]
        assert len(identifiers) == len(set(identifiers)), group
    for difference in record["differences"]:
        assert len(difference["sides"]) > 1
        assert all(side["reports"] and side["value"] for side in difference["sides"])


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item)


def _pairs(value: Any, where: str = "") -> Iterator[tuple[str, tuple[int, int]]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _pairs(item, f"{where}.{key}")
    elif isinstance(value, list):
        if len(value) == 2 and all(type(item) is int for item in value):
            yield where, (value[0], value[1])
        for item in value:
            yield from _pairs(item, where)


def _citations(value: Any, texts: dict[str, str], titles: dict[str, str] | None = None) -> Iterator[dict[str, Any]]:
    for node in _nodes(value):
        if "exact" in node:
            # Only a Reading's main event cites a title, where the text came without its headline.
            text, (start, end) = (texts if node["of"] == "text" else titles or {})[node["article"]], node["span"]
            assert text[start:end] == node["exact"]
            assert text[max(0, start - CONTEXT) : start] == node["prefix"]
            assert text[end : end + CONTEXT] == node["suffix"]
            yield node


def plain(record: Any) -> Any:
    """A record as JSON gives it back, by another way than the package's own."""
    if is_dataclass(record) and not isinstance(record, type):
        return {field.name: plain(getattr(record, field.name)) for field in fields(record)}
    if isinstance(record, tuple):
        return [plain(item) for item in record]
    return record


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]
