"""Plain-text files, folders, standard input: what is read, what is refused, in whose name."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly._errors import InputError
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect import Notice, collect
from reportedly.collect._decode import DecodeError, decode, decode_page
from reportedly.collect._kinds import kind_of
from reportedly.collect._names import shown

STORY = (
    "Ferry talks stall again\r\n\r\n"
    "GRENHAVEN — The harbour board and the seamen’s union parted without a deal on Friday.\r\n"
    "“We will not sail for less,” said Ilse Maarten, who leads the union – for the third time this café season.\n"
)


def gathered(sources: Iterable[str | Path], settings: Settings | None = None) -> tuple[list[Article], list[InputError]]:
    problems: list[InputError] = []
    articles = list(collect([str(source) for source in sources], settings or Settings(), problems.append))
    return articles, problems


def refused(source: str | Path, settings: Settings | None = None) -> InputError:
    articles, problems = gathered([source], settings)
    assert articles == []
    assert len(problems) == 1
    assert not isinstance(problems[0], Notice)
    assert "\n" not in str(problems[0])
    return problems[0]


# ---------------------------------------------------------------- the text


def test_a_text_is_the_files_content_unchanged(tmp_path: Path) -> None:
    file = tmp_path / "ferry.txt"
    file.write_bytes(STORY.encode())
    [article], problems = gathered([file])
    assert problems == []
    assert article.text == STORY
    assert article.sha256 == hashlib.sha256(STORY.encode()).hexdigest()
    assert article.id == article.sha256[:12]
    assert article.source == str(file)
    assert (article.outlet, article.title, article.url, article.published, article.authors) == (None,) * 4 + ((),)
    assert article.blocks == ()


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"", "cp1252"),
    ],
)
def test_encodings_give_the_same_text_and_id(mark: bytes, encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "ferry"
    file.write_bytes(mark + STORY.encode(encoding))
    [article], problems = gathered([file])
    assert problems == []
    assert article.text == STORY


def test_latin_1_is_read() -> None:
    text = "“We are late,” said Señora Ibáñez in Malmö, where the café stays open.\n".replace("“", '"').replace(
        "”", '"'
    )
    assert decode(text.encode("latin-1")) == text


@pytest.mark.parametrize(("encoding", "language"), [("cp1251", "ru"), ("koi8-r", "ru"), ("cp1253", "el")])
def test_other_scripts_are_detected(encoding: str, language: str) -> None:
    text = {
        "ru": "Совет порта и профсоюз моряков разошлись в пятницу без соглашения. Глава союза отказалась отвечать на "
        "вопросы журналистов и уехала домой, не дождавшись окончания заседания совета.\n",
        "el": "Το συμβούλιο του λιμανιού και το σωματείο των ναυτικών χώρισαν την Παρασκευή χωρίς συμφωνία. Η πρόεδρος "
        "του σωματείου δεν απάντησε στις ερωτήσεις των δημοσιογράφων και έφυγε από την αίθουσα.\n",
    }[language]
    assert decode(text.encode(encoding)) == text


def test_broken_utf_8_is_refused_with_the_place_not_guessed_at(tmp_path: Path) -> None:
    file = tmp_path / "cut.txt"
    data = STORY.encode()
    at = data.index("“".encode())
    file.write_bytes(data[: at + 1] + b"\xff" + data[at + 3 :])
    assert refused(file).reason == f"broken UTF-8: byte 0xe2 at {at}"


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02\x03" * 50, bytes(range(256)) * 8, b"text with a \x00 byte in it", b"\x1b\x01\x02\x03\x04 ab" * 9],
)
def test_binary_data_is_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "odd.txt"
    file.write_bytes(data)
    assert "binary" in refused(file).reason


@pytest.mark.parametrize(
    ("head", "what"), [(b"%PDF-1.7\n", "a PDF file"), (b"PK\x03\x04", "ZIP"), (b"\x89PNG\r\n", "image")]
)
def test_what_is_known_not_to_be_text_is_named(head: bytes, what: str, tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_bytes(head + b"rest" * 40)
    assert what in refused(file).reason


@pytest.mark.parametrize("data", [b"", b" \r\n\t \n", "\ufeff".encode(), "\u200b\u00a0\n".encode()])
def test_empty_and_blank_files_are_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "blank.txt"
    file.write_bytes(data)
    assert refused(file).reason in ("is empty", "holds only white space")


def test_limits_of_size(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("word " * 1000)
    assert "4,000 bytes" in refused(file, Settings(max_bytes=4000)).reason
    assert "5,000 characters, at most 4,999" in refused(file, Settings(max_characters=4999)).reason
    assert len(gathered([file], Settings(max_bytes=5000, max_characters=5000))[0]) == 1


@given(st.text(min_size=1))
def test_any_text_in_utf_8_comes_back_or_is_refused(text: str) -> None:
    try:
        decoded = decode(text.encode())
        assert "\0" in text or decoded == text.removeprefix("\ufeff")  # "a\0" is UTF-16 as well
    except DecodeError:
        assert any(ord(character) < 32 or character == "\x7f" for character in text)


@given(st.binary())
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    for function in (decode, decode_page):
        try:
            text = function(data)
        except DecodeError:
            pass
        else:
            text.encode()
            assert kind_of(text, "x.html") in ("text", "page", None)


def test_detection_is_linear_on_hostile_starts() -> None:
    for start in ("<!--" * 200_000, "<?xml " * 200_000, " " * 1_000_000 + "<", "<p " * 300_000, "<!-" + "-" * 500_000):
        assert kind_of(start, "x.html") in ("text", "page", None)
        decode_page(start.encode())


# ---------------------------------------------------------------- many sources


def test_a_folder_is_read_in_order_without_what_is_hidden_or_of_another_kind(tmp_path: Path) -> None:
    for name in ("b/z.txt", "b/a.TXT", "a.txt", ".git/c.txt", "b/.hidden.txt", "b/photo.jpg", "c.txt.gz"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        data = f"The text of {name} goes on for some words.".encode()
        file.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    articles, problems = gathered([tmp_path])
    assert problems == []
    assert [Path(article.source).relative_to(tmp_path).as_posix() for article in articles] == [
        "a.txt",
        "b/a.TXT",
        "b/z.txt",
        "c.txt.gz",
    ]
    assert articles[3].text == "The text of c.txt.gz goes on for some words."


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    assert "no articles in this folder" in refused(tmp_path).reason


def test_one_bad_input_does_not_stop_the_rest(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("A good text of a few more words than seven.")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    articles, problems = gathered(["/no/such/file", tmp_path, "ftp://example.org/x", "", "nul\0byte"])
    assert [article.text for article in articles] == ["A good text of a few more words than seven."]
    assert [(problem.source.removeprefix(str(tmp_path)), problem.reason) for problem in problems] == [
        ("/no/such/file", "no such file or folder"),
        ("/dangling.txt", "no such file or folder"),
        ("/empty.txt", "is empty"),
        ("ftp://example.org/x", "only http and https addresses are read"),
        ('""', "not a name of a file"),
        ("nul\\x00byte", "not a name of a file"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text("text")
    file.chmod(0)
    assert refused(file).reason == "cannot be read: permission denied"


def test_the_same_text_twice_is_one_article_and_a_notice(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    for name in ("one/a.txt", "b.txt"):
        (tmp_path / name).write_text("One text that lies in two places of one folder.")
    articles, problems = gathered([tmp_path / "one", tmp_path / "b.txt"])
    assert len(articles) == 1
    assert isinstance(problems[0], Notice)
    assert str(problems[0]) == f"{tmp_path}/b.txt: same text as {tmp_path}/one/a.txt; skipped"


@pytest.mark.parametrize("name", ["line\nbreak.txt", "\x1b[31mred.txt", "\u2028.txt", "\u202egpj.txt", b"\xff\xfe.txt"])
def test_a_name_of_any_kind_is_one_harmless_line(name: str | bytes, tmp_path: Path) -> None:
    path = os.fsdecode(os.path.join(os.fsencode(tmp_path), os.fsencode(name)))
    line = str(refused(path))
    assert line.isprintable()
    line.encode()
    Path(path).write_text("A text of a few more words under a strange name.")
    [article], _ = gathered([path])
    assert article.source.isprintable()


@given(st.text(st.characters(), max_size=2000))
def test_shown_is_one_line_that_utf_8_takes(name: str) -> None:
    line = shown(name)
    line.encode()
    assert len(line.splitlines()) <= 1
    assert len(line) <= 2000
    assert len(shown(name, 100)) <= 100


def test_standard_input_may_be_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n\n" + STORY.encode())))
    [article], problems = gathered(["-"])
    assert problems == []
    assert article.text == "\n\n" + STORY
    assert article.source == "-"


def test_what_on_error_raises_stops() -> None:
    class StopError(Exception):
        pass

    def stop(_: InputError) -> None:
        raise StopError

    with pytest.raises(StopError):
        list(collect(["/no/such/file", "/another"], Settings(), stop))


def test_gzip_that_is_cut_or_broken_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(os.urandom(2000).hex().encode())
    for name, data, reason in (
        ("cut.txt.gz", whole[:-200], "truncated"),
        ("head.txt.gz", whole[:5], "truncated"),
        ("broken.txt.gz", whole[:100] + b"\0" * 100 + whole[200:], "broken gzip file"),
        ("odd.txt.gz", b"\x1f\x8b\xff\xff" * 20, "broken gzip file"),
    ):
        (tmp_path / name).write_bytes(data)
        assert reason in refused(tmp_path / name).reason


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "bomb.txt.gz"
    file.write_bytes(gzip.compress(b"a" * 50_000_000))
    assert "too large" in refused(file, Settings(max_bytes=1_000_000)).reason
