"""The list of feeds to watch: OPML or plain text, of anyone's making."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly._cli import main
from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._watched import feeds_named

SETTINGS = Settings(max_bytes=200_000)


def test_a_list_is_opml_or_plain_text(tmp_path: Path) -> None:
    opml, text = tmp_path / "feeds.opml", tmp_path / "feeds"
    opml.write_text('<opml><body><outline text="A"><outline xmlUrl="https://a.example/f"/></outline></body></opml>')
    text.write_text("\ufeff# mine\n\n  https://a.example/f \nhttps://a.example/f\r\n", "utf-8")
    assert feeds_named(opml, SETTINGS) == feeds_named(text, SETTINGS) == ["https://a.example/f"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no feed is named"),
        ("ftp://a.example/f", ":1: not an http or https address: ftp://a.example/f"),
        ("<opml><body/></opml>", "no feed is named in this list (OPML)"),
        ("x" * 300_000, "too large"),
    ],
)
def test_a_list_that_names_no_feed_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, reason: str
) -> None:
    file = tmp_path / "feeds"
    file.write_text(content, "utf-8")
    with pytest.raises(InputError) as caught:
        feeds_named(file, SETTINGS)
    assert reason in str(caught.value)
    if len(content) < 1_000:
        assert main(["watch", str(file), "--library", str(tmp_path / "l.sqlite")]) == 1
        assert capsys.readouterr().err == f"reportedly: error: {caught.value}\n"


def test_entities_of_a_list_are_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    file = tmp_path / "feeds.opml"
    file.write_text(
        f'<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file://{tmp_path}/secret">]>'
        '<opml><body><outline xmlUrl="https://a.example/&b;"/><outline text="&f;" xmlUrl="https://b.example/f"/></body></opml>'
    )
    found = feeds_named(file, SETTINGS)
    assert "https://b.example/f" in found
    assert not any("secret" in url for url in found)
