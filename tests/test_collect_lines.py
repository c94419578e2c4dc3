"""JSON Lines: every field, every way to be wrong, ids."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly._errors import InputError
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect import Notice, collect
from reportedly.collect._lines import articles_of_lines

TEXT = "The bridge at Oststad will close for a month, the town said.\n"
FULL = {
    "id": "osts-1",
    "outlet": "The Oststad Courier",
    "title": "Bridge to  close",
    "url": "https://courier.example/bridge?id=1",
    "published": "2021-03-04T05:06:07Z",
    "authors": ["Mina Drost", "A. Veld"],
    "text": TEXT,
}


def found_in(*lines: object, limits: Settings | None = None) -> list[Article | InputError]:
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines]
    return list(articles_of_lines(raw, "in.jsonl", limits or Settings()))


def article_of(record: dict[str, Any]) -> Article:
    [found] = found_in(record)
    assert isinstance(found, Article), found
    return found


def error_of(line: object) -> str:
    [found] = found_in(line)
    assert isinstance(found, InputError)
    assert not isinstance(found, Notice)
    assert found.source == "in.jsonl:1"
    assert str(found).isprintable()
    return found.reason


def test_every_field_is_read() -> None:
    article = article_of(FULL)
    assert (article.id, article.outlet, article.title, article.url, article.published, article.authors) == (
        "osts-1",
        "The Oststad Courier",
        "Bridge to close",
        "https://courier.example/bridge?id=1",
        "2021-03-04T05:06:07+00:00",
        ("Mina Drost", "A. Veld"),
    )
    assert article.text == TEXT
    assert article.source == "in.jsonl:1"


def test_only_text_is_required_and_null_is_nothing() -> None:
    bare = article_of({"text": TEXT})
    assert bare.id == bare.sha256[:12]
    assert article_of(dict.fromkeys(FULL, None) | {"text": TEXT, "title": " ", "more": [1]}) == bare


def test_text_keeps_every_character() -> None:
    text = "\r\n one\u2028two\u0085three\ttab \u00a0\n\n"
    assert article_of({"text": text}).text == text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{not json}\n", "not JSON"),
        (b'{"text": "cut\n', "not JSON"),
        (b"[1]\n", "not a JSON object"),
        (b"null\n", "not a JSON object"),
        (b'{"text": "\xff"}\n', "not UTF-8"),
        (b"[" * 100_000 + b"\n", "not JSON"),
        (b'{"text": ' + b"9" * 10_000 + b"}\n", "not JSON"),
        ({"title": "no text"}, 'has no "text"'),
        ({"text": None}, 'has no "text"'),
        ({"text": 5}, '"text" is not a string'),
        ({"text": ""}, '"text" is empty'),
        ({"text": " \n"}, '"text" holds only white space'),
        (b'{"text": "half \\ud800 a pair"}\n', "half a surrogate pair"),
        (b'{"text": "x", "title": "\\udc00"}\n', '"title" holds half a surrogate pair'),
        ({"text": "a\0b"}, "zero character"),
        (FULL | {"outlet": 5}, '"outlet" is not a string'),
        (FULL | {"published": {"on": "Monday"}}, '"published" is not a string'),
        (FULL | {"authors": ["A. Veld", 7]}, '"authors" is not a list of strings'),
        (FULL | {"authors": {}}, '"authors" is not a list of strings'),
        (FULL | {"id": ["x"]}, '"id" is neither'),
        (FULL | {"id": True}, '"id" is neither'),
        (FULL | {"id": "a\nb"}, '"id" is longer'),
        (FULL | {"id": "i" * 201}, '"id" is longer'),
    ],
)
def test_a_wrong_line_is_refused_by_its_number(line: object, reason: str) -> None:
    assert reason in error_of(line)


def test_a_whole_surrogate_pair_is_a_character() -> None:
    article = found_in(b'{"text": "a wave \\ud83c\\udf0a"}\n')[0]
    assert isinstance(article, Article)
    assert article.text == "a wave 🌊"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("published", "March 4, 2021"),
        ("published", "2021-13-40"),
        ("published", "20210304"),
        ("url", "javascript:alert(1)"),
        ("url", "courier.example/bridge"),
        ("url", 'https://x.example/"><script>'),
    ],
)
def test_broken_metadata_is_left_out_with_a_notice(key: str, value: str) -> None:
    notice, article = found_in(FULL | {key: value})
    assert isinstance(notice, Notice)
    assert notice.source == "in.jsonl:1"
    assert f'"{key}"' in notice.reason
    assert isinstance(article, Article)
    assert getattr(article, key) is None
    assert article.text == TEXT


@pytest.mark.parametrize(
    ("given_", "read"),
    [
        ("2021-03-04", "2021-03-04"),
        ("2021-03-04 05:06", "2021-03-04T05:06:00"),
        ("2021-03-04T05:06:07.089-05:00", "2021-03-04T05:06:07-05:00"),
    ],
)
def test_dates_in_iso_8601(given_: str, read: str) -> None:
    assert article_of(FULL | {"published": given_}).published == read


def test_a_line_too_long_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    lines = [{"text": "first one"}, {"text": "x" * 5000}, {"text": "third one"}]
    file.write_text("\n".join(json.dumps(line) for line in lines))
    problems: list[InputError] = []
    articles = list(collect([str(file)], Settings(max_bytes=1000), problems.append))
    assert [article.text for article in articles] == ["first one", "third one"]
    assert [str(problem) for problem in problems] == [f"{file}:2: too large: more than 1,000 bytes in one line"]


def test_lines_after_a_broken_one_and_blank_ones_keep_their_numbers(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl.gz"
    file.write_bytes(gzip.compress(b'\xef\xbb\xbf{"text": "one"}\n\n{broken\n\r\n{"text": "two"}'))
    problems: list[InputError] = []
    articles = list(collect([str(file)], Settings(), problems.append))
    assert [article.source.removeprefix(f"{file}:") for article in articles] == ["1", "5"]
    assert [problem.source for problem in problems] == [f"{file}:3"]


def test_truncated_gzip_gives_what_came_before(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl.gz"
    rows = (json.dumps({"text": f"text {number} " + "é" * (number * 7919 % 400)}) for number in range(3000))
    file.write_bytes(gzip.compress("\n".join(rows).encode())[:-500])
    problems: list[InputError] = []
    articles = list(collect([str(file)], Settings(), problems.append))
    assert len(articles) > 100
    assert [str(problem) for problem in problems] == [f"{file}: truncated: the gzip stream ends too early"]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("\n\n")
    problems: list[InputError] = []
    assert list(collect([str(file)], Settings(), problems.append)) == []
    assert [problem.reason for problem in problems] == ["is empty"]


def test_standard_input_may_be_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'\n{"text": "one"}\n{"id": "b", "text": "two"}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    articles = list(collect(["-"], Settings(), pytest.fail))
    assert [article.text for article in articles] == ["one", "two"]
    assert [article.source for article in articles] == ["-:2", "-:3"]


@pytest.mark.parametrize("data", ['{\n  "text": "one"\n}\n', '[{"text": "one"}]', '[\n{"text": "one"}\n]'])
def test_json_of_another_layout_is_read_as_a_whole(data: str, tmp_path: Path) -> None:
    file = tmp_path / "in"
    file.write_text(data)
    [article] = collect([str(file)], Settings(), pytest.fail)
    assert article.text == "one"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('{\n  "name": "x"\n}\n', 'has no "text"'),
        ('{\n  "text": "one",\n', "not JSON"),
        ("[\n]", "is empty"),
        ("[{]", "not JSON"),
    ],
)
def test_json_of_another_kind_is_refused(data: str, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_text(data)
    problems: list[InputError] = []
    assert list(collect([str(file)], Settings(), problems.append)) == []
    assert reason in problems[0].reason


@pytest.mark.parametrize("text", ["[Photo]", "{sic}", "[“No”]"])
def test_text_in_brackets_is_text(text: str, tmp_path: Path) -> None:
    file = tmp_path / "in.txt"
    text += " the bridge was to stay shut, she said, until June"
    file.write_text(text)
    [article] = collect([str(file)], Settings(), pytest.fail)
    assert article.text == text


# ---------------------------------------------------------------- ids


def collected(tmp_path: Path, *records: dict[str, Any]) -> tuple[list[Article], list[InputError]]:
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    problems: list[InputError] = []
    return list(collect([str(file)], Settings(), problems.append)), problems


def test_one_id_for_two_articles_is_an_error_at_the_second(tmp_path: Path) -> None:
    articles, problems = collected(tmp_path, {"id": "a", "text": "one"}, {"id": "a", "text": "two"}, {"text": "three"})
    assert [article.text for article in articles] == ["one", "three"]
    assert [str(problem) for problem in problems] == [
        f"{tmp_path}/in.jsonl:2: id 'a' is already that of {tmp_path}/in.jsonl:1"
    ]
    assert not isinstance(problems[0], Notice)


def test_a_line_twice_is_a_notice(tmp_path: Path) -> None:
    articles, problems = collected(tmp_path, FULL, FULL)
    assert len(articles) == 1
    assert isinstance(problems[0], Notice)


def test_a_reprint_is_another_article(tmp_path: Path) -> None:
    """Two outlets with one agency's text are two articles, with ids and without; only nothing told apart is one."""
    articles, problems = collected(
        tmp_path,
        {"id": "a", "text": TEXT},
        {"id": "b", "text": TEXT},
        {"outlet": "The Courier", "text": TEXT},
        {"outlet": "The Herald", "text": TEXT},
        {"text": TEXT},
        {"text": TEXT},
    )
    assert len({article.id for article in articles}) == len(articles) == 5
    assert [str(problem) for problem in problems] == [
        f"{tmp_path}/in.jsonl:6: same text as {tmp_path}/in.jsonl:5; skipped"
    ]


def test_a_number_is_an_id() -> None:
    assert article_of(FULL | {"id": 17}).id == "17"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(FULL, JSON)))
def test_any_json_is_read_or_refused(record: dict[str, Any]) -> None:
    for found in found_in(record):
        if isinstance(found, InputError):
            assert len(str(found).splitlines()) == 1
        else:
            json.dumps([found.text, found.id, found.title, found.outlet, found.url, found.authors]).encode()
            (found.text + found.id + (found.title or "") + (found.outlet or "")).encode()


@given(st.binary())
def test_any_bytes_are_read_or_refused(line: bytes) -> None:
    for found in found_in(line):
        assert isinstance(found, Article | InputError)
