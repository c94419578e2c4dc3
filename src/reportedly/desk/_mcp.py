"""Tools for agents, after the Model Context Protocol (https://modelcontextprotocol.io): they only read a library.

What an agent passes on it has to be able to prove: every answer carries citations, and `check_citation` says whether
words stand in an article.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import TypeAdapter

from reportedly._errors import ReportedlyError
from reportedly._records import Article, Readout
from reportedly._settings import Settings
from reportedly.desk import _data
from reportedly.library import Library, _articles, _stories, _work
from reportedly.library._cite import Cited, cited

INSTRUCTIONS = """A library of news articles, read side by side. Everything is a passage of an article, nothing is
generated. Quote only what check_citation finds, and pass its line on with the words."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether words stand in an article: ``yes`` in its current version, ``earlier`` only in an older one, ``no``.

    White space and the shape of quotation marks and apostrophes make no difference; every letter does.
    """

    found: Literal["yes", "earlier", "no"]
    citations: tuple[Cited, ...]


def make_server(library: Library, settings: Settings) -> MCPServer:
    """The server over a library; `run` speaks over standard input and output."""
    server: MCPServer = MCPServer("reportedly", instructions=INSTRUCTIONS, version=version("reportedly"))

    def tool(function: Callable[..., Any]) -> None:
        annotations = ToolAnnotations(read_only_hint=True, destructive_hint=False, open_world_hint=False)
        server.tool(annotations=annotations, structured_output=True)(function)

    def search(words: str, page: int = 1) -> dict[str, Any]:
        """Find articles by their words: all of them, "a phrase", begin*, -without. Gives passages with citations."""
        return _plain(_data.SearchData, lambda: _data.search(library.db, words, _page(page)))

    def story(id: str) -> dict[str, Any]:  # noqa: A002 - what a tool's argument is called
        """A story: its articles, people, issues and what users noted. Ids come from search."""
        return _plain(_data.StoryData, lambda: _story(library, settings, id))

    def readout(story: str) -> dict[str, Any]:
        """A story's whole readout: statements, claims with their origins, differences, gaps, timeline. It is long."""
        return _plain(Readout, lambda: _work.readout_of(library, story, settings).readout)

    def statements(person: str, issue: str = "", page: int = 1) -> dict[str, Any]:
        """What a person said, on an issue or on any, in every outlet's words. Person by id or name, issue by label."""
        key = person if person.startswith("p-") else f"p-{_articles.slug(person)}"
        label = _articles.slug(issue) if issue else ""
        return _plain(_data.PersonData, lambda: _data.person(library.db, key, label, _page(page)))

    def check_citation(article: str, words: str) -> dict[str, Any]:
        """Whether the words stand in the article, letter by letter, and where. Article by id."""
        return _plain(Checked, lambda: check(library, article, words))

    for function in (search, story, readout, statements, check_citation):
        tool(function)
    return server


def check(library: Library, identifier: str, words: str) -> Checked:
    """Where words stand in an article.

    Raises:
        LibraryError: there is no such article.
    """
    row = _stories.article_row(library.db, identifier)
    for known in _articles.versions(library.db, identifier):
        article = _articles.load(library.db, identifier, known.seq)
        spans = _places(article, words)
        if spans:
            first = known.seq == _articles.versions(library.db, identifier)[0].seq
            found = tuple(
                cited(identifier, row.outlet, row.published, row.url, [span], article.text[slice(*span)])
                for span in spans
            )
            return Checked("yes" if first else "earlier", found)
    return Checked("no", ())


def _places(article: Article, words: str) -> list[tuple[int, int]]:
    pattern = r"\s+".join(
        re.sub(r"[\"“”„«»]", '["“”„«»]', re.sub(r"['’‘]", "['’‘]", re.escape(word))) for word in words.split()
    )
    return [found.span() for found in re.finditer(pattern, article.text)] if pattern else []


def _story(library: Library, settings: Settings, identifier: str) -> _data.StoryData:
    _work.readout_of(library, identifier, settings)  # people and issues are the readout's
    return _data.story(library.db, identifier)


def _page(page: int) -> int:
    return min(max(page, 1), 10**9)


def _plain(answer: type, make: Callable[[], Any]) -> dict[str, Any]:
    try:
        plain: dict[str, Any] = TypeAdapter(answer).dump_python(make(), mode="json")
    except ReportedlyError as problem:
        raise ToolError(str(problem)) from problem
    return plain
