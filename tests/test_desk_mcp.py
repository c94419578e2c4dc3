"""The tools for agents, asked by the protocol's own client, over standard input and output as an agent would."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from reportedly._settings import Settings
from reportedly.desk._mcp import check
from reportedly.library import Library, LibraryError, _articles, _stories, work
from tests._stored import HARBOUR, article, articles, clocked

WORDS = '"The piles are rotten and I will not wait for a ferry to find out,"'


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = clocked(tmp_path_factory.mktemp("mcp") / "library.sqlite")
    for one in articles():
        _articles.store(opened, one)
    work(opened, Settings())
    yield opened
    opened.close()


def asked(file: Path, questions: Callable[[Client], Awaitable[Any]]) -> Any:
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "reportedly", "mcp", "--library", str(file)],
        env={"PYTHONPATH": str(Path(__file__).resolve().parents[1] / "src")},
    )  # fmt: skip

    async def talk() -> Any:
        async with Client(server) as client:
            return await questions(client)

    return asyncio.run(talk())


def test_an_agent_asks(library: Library) -> None:
    story = _stories.story_of(library.db, "h1")

    async def questions(client: Client) -> dict[str, Any]:
        async def call(name: str, **arguments: Any) -> Any:
            return await client.call_tool(name, arguments)

        return {
            "tools": await client.list_tools(),
            "search": await call("search", words="librarian"),
            "story": await call("story", id=story),
            "readout": await call("readout", story=story),
            "statements": await call("statements", person="Ottilie Brandvold"),
            "right": await call("check_citation", article="h1", words="ferry to find out"),
            "wrong": await call("check_citation", article="h1", words="boat to find out"),
            "nobody": await call("statements", person="Nobody Atall"),
        }

    answers = asked(library.file, questions)
    tools = answers["tools"].tools
    assert {tool.name for tool in tools} == {"search", "story", "readout", "statements", "check_citation"}
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
    data = {name: answer.structured_content for name, answer in answers.items() if name != "tools"}
    assert data["search"]["hits"][0]["citation"]["article"] == "v1"
    assert {one["id"] for one in data["story"]["articles"]} == {"h1", "h2"}
    assert data["readout"]["schema"] == "readout/1"
    assert any("rotten" in one["reports"][0]["citation"]["words"] for one in data["statements"]["statements"])
    assert (data["right"]["found"], data["wrong"]["found"]) == ("yes", "no")
    assert answers["nobody"].is_error
    assert "p-nobody-atall: no such person" in answers["nobody"].content[0].text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (WORDS, "yes"),
        (WORDS.replace('"', "“"), "yes"),
        (WORDS.replace(" ", "\n  "), "yes"),
        (WORDS.replace("not", "now"), "no"),
        (WORDS.replace("piles", "Piles"), "no"),
        ("", "no"),
        (".*", "no"),
    ],
)
def test_a_citation_is_checked_letter_by_letter(library: Library, words: str, found: str) -> None:
    checked = check(library, "h1", words)
    assert checked.found == found
    assert bool(checked.citations) == (found != "no")
    for one in checked.citations:
        (span,) = one.spans
        assert " ".join(HARBOUR[slice(*span)].split()) == one.words


def test_words_that_were_edited_away_are_told_as_such(tmp_path: Path) -> None:
    library = clocked(tmp_path / "library.sqlite")
    _articles.store(library, articles()[0])
    _articles.store(library, article(HARBOUR.replace("rotten", "unsound"), id="h1", outlet="Skarnes Post"))
    assert check(library, "h1", "piles are rotten").found == "earlier"
    assert check(library, "h1", "piles are unsound").found == "yes"
    with pytest.raises(LibraryError):
        check(library, "h9", "piles")
    library.close()
