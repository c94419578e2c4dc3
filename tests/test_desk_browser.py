"""The desk as it is used: a server, a real browser, the printed link; widths of a phone and a screen."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reportedly._settings import Settings
from reportedly.desk import Config, make_app
from reportedly.desk._render import static
from reportedly.library import Library, _articles, _decisions, _notes, _stories, work
from tests._stored import articles, clocked
from tests.test_tell_browser import CHROMIUM, PROBE

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--virtual-time-budget=20000", "--dump-dom",
]  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = clocked(tmp_path_factory.mktemp("browser") / "library.sqlite")
    for one in articles():
        _articles.store(opened, one)
    work(opened, Settings())
    story = _stories.story_of(opened.db, "h1") or ""
    _notes.add(opened, "note", "story", story, "Ask the harbour office. " * 20)
    _notes.add(opened, "tag", "story", story, "atagofonelongwordthatdoesnotbreakbyitselfanywhere")
    _decisions.decide(opened, {"move": "v1", "to": "h1"})
    work(opened, Settings())
    yield opened
    opened.close()


def browsed(address: str, folder: Path) -> str:
    run = subprocess.run(  # noqa: S603 - a browser that shutil.which found
        [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}", address],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    return run.stdout.decode("utf-8")


@pytest.fixture
def served(library: Library) -> Iterator[str]:
    """The link that the command prints."""
    server = subprocess.Popen(  # noqa: S603 - this package
        [sys.executable, "-m", "reportedly", "serve", "--library", str(library.file), "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert server.stdout
    yield server.stdout.readline().strip()
    server.terminate()
    assert server.wait(15) in (0, -15)
    server.stdout.close()


def test_the_printed_link_opens_the_desk_and_its_script_and_style_are_let_in(served: str, tmp_path: Path) -> None:
    base, _, token = served.partition("?")
    page = browsed(f"{base}people/p-ottilie-brandvold?{token}", tmp_path)
    assert ">Ottilie Brandvold</bdi></h1>" in page
    assert re.search(r'<p class="keys">', page)  # the script has run: it shows what was hidden
    assert '<button type="button">Copy</button>' in page
    assert "Log in" in browsed(base, tmp_path / "another")


PATHS = ["/", "/stories/{story}", "/people/p-ottilie-brandvold", "/articles/h1", "/search?q=ferry", "/login"]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_scrolls_sideways(library: Library, path: str, tmp_path: Path) -> None:
    config = Config(token="a-token-for-tests")  # noqa: S106 - opens nothing
    client = TestClient(make_app(library, Settings(), config), base_url="http://127.0.0.1:8765")
    client.get("/", params={"token": config.token or ""})
    text = client.get(path.format(story=_stories.story_of(library.db, "h1"))).text
    # Styled and without its script, as the browser shows it where scripts are off.
    whole = re.sub(r"<script src.*?</script>", "", text)
    whole = re.sub(r'<link rel="stylesheet".*?>', lambda _: f"<style>{static('desk.css').decode()}</style>", whole)
    source = json.dumps(whole).replace("</", "<\\/")
    probe = tmp_path / "probe.html"
    probe.write_text(PROBE % ([320, 390, 768, 1280], source), "utf-8")
    found = re.search('<pre id="out">RESULT(.*?)END</pre>', browsed(probe.as_uri(), tmp_path), re.S)
    assert found
    seen = json.loads(html.unescape(found[1]))
    for width, what in seen["widths"].items():
        assert what["scroll"] <= int(width), f"scrolls sideways at {width}: {what['wide']}"
    assert seen["nested"] == 0
