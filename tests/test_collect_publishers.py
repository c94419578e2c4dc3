"""What is known of an outlet: by its domain or name, from a user's table first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportedly._cli import main
from reportedly._errors import ReportedlyError
from reportedly._records import Article, Publisher
from reportedly.collect._publishers import Publishers

TABLE = (
    "\ufeffname, domains,owner,country,Reach,leaning\n"
    "The Courier,courier.example www.courier-online.example,Grenhaven Press,GB,regional,\n"
    '"Post, The",,Quay Media,,,"left, mostly"\n'
    ",short.example\n"
)
COURIER = Publisher("Grenhaven Press", "GB", (("Reach", "regional"),))


def article(outlet: str | None, url: str | None = None) -> Article:
    return Article("1", "a.txt", "text", "0", outlet=outlet, url=url)


@pytest.fixture
def known(tmp_path: Path) -> Publishers:
    file = tmp_path / "outlets.csv"
    file.write_text(TABLE, encoding="utf-8")
    return Publishers(str(file))


@pytest.mark.parametrize(
    ("outlet", "url", "name", "publisher"),
    [
        ("courier.example", "https://www.courier.example/a", "The Courier", COURIER),
        (None, "https://news.courier-online.example/a", "The Courier", COURIER),
        ("THE COURIER", None, "The Courier", COURIER),
        ("Post, The", None, "Post, The", Publisher("Quay Media", None, (("leaning", "left, mostly"),))),
        ("A Name", "https://short.example/a", "A Name", Publisher()),
        ("notcourier.example", "https://notcourier.example/a", "notcourier.example", None),
        (None, None, None, None),
        ("reuters.com", "https://www.reuters.com/a", "Reuters", Publisher(None, "GB")),
        ("A Name", "https://www.reuters.com/a", "A Name", Publisher(None, "GB")),
    ],
)
def test_an_outlet(
    outlet: str | None, url: str | None, name: str | None, publisher: Publisher | None, known: Publishers
) -> None:
    told = known.tell(article(outlet, url))
    assert (told.outlet, told.publisher) == (name, publisher)


def test_a_table_with_tabs(tmp_path: Path) -> None:
    file = tmp_path / "outlets.tsv"
    file.write_text("domains\towner\ncourier.example\tA, B & C\n")
    assert Publishers(str(file)).tell(article(None, "https://courier.example/a")).publisher == Publisher("A, B & C")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, "no such file"),
        (b"outlet,owner\nA,B\n", 'needs a column "name" or "domains"'),
        (b"", "needs a column"),
        (b"\x89PNG\x00\x00", "binary data"),
    ],
)
def test_a_table_that_cannot_be_read_stops_the_command(
    data: bytes | None, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "outlets.csv"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(ReportedlyError, match=reason):
        Publishers(str(file))
    assert main(["annotate", "--outlets", str(file), str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert reason in err


def test_the_command_and_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "outlets.csv").write_text(TABLE)
    line = {
        "text": "The harbour board of Grenhaven voted on Thursday to reopen it.",
        "url": "https://courier.example/a",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(line))
    for arguments in (["--outlets", str(tmp_path / "outlets.csv")], []):
        assert main(["annotate", *arguments, str(tmp_path / "a.jsonl")]) == 0
        assert json.loads(capsys.readouterr().out)["article"]["publisher"] == {
            "owner": "Grenhaven Press",
            "country": "GB",
            "labels": [["Reach", "regional"]],
        }
        monkeypatch.setenv("REPORTEDLY_OUTLETS", str(tmp_path / "outlets.csv"))
