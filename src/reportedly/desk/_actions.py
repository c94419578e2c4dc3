"""What people change at the desk: notes, tags, moves, and taking them back. Each is a POST, then its page again."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.requests import Request

from reportedly.library import Library, LibraryError, _decisions, _notes, _stories

MOST = 64_000
"""Bytes of a form."""


class FormError(Exception):
    """A form cannot be taken; says why."""


async def form_of(request: Request) -> dict[str, list[str]]:
    """The fields of a form, which has to be of this session.

    Raises:
        FormError: it is too large, or none of this session's.
    """
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST:
            raise FormError("the form is too large")
    try:
        form = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=1000)
    except ValueError as problem:
        raise FormError("not a form") from problem
    known = request.scope["state"]["form_token"]
    given = form.get("form_token", [""])[0]
    if request.url.path != "/login" and not (known and hmac.compare_digest(given.encode(), known.encode())):
        raise FormError("the form is of another session: load its page again")
    return form


def act(library: Library, path: str, form: Mapping[str, list[str]]) -> str:
    """Do what a form asks for; the page to go to.

    Raises:
        LibraryError: it cannot be done.
    """

    def one(name: str) -> str:
        return form.get(name, [""])[0]

    if path == "/notes":
        _notes.add(library, one("form"), one("kind"), one("about"), one("words"))
    elif path == "/notes/undo":
        _notes.undo(library, _number(one("id")))
    elif path == "/decisions/undo":
        _decisions.undo(library, _number(one("id")))
    elif path == "/decisions":
        article = _decide(library, one("action"), one("story"), form.get("article", []), one("other"))
        return f"/stories/{_stories.story_of(library.db, article)}"
    # Only a path of the desk: "//host" would be an address elsewhere.
    return "/" + one("back").lstrip("/\\") if one("back").startswith("/") else "/"


def _decide(library: Library, action: str, story: str, chosen: list[str], other: str) -> str:
    """Take the decision; an article of the story to show."""
    members = [row.id for row in _stories.articles_of(library.db, story)]
    chosen = [article for article in chosen if article in members]
    if not members:
        raise LibraryError(f"{story}: no such story")
    if action == "merge":
        _decisions.decide(library, {"merge": [members[0], _first_of(library, other, members)]})
        return members[0]
    rest = [article for article in members if article not in chosen]
    if not chosen:
        raise LibraryError("choose at least one article")
    if action == "split":
        if not rest:
            raise LibraryError("a story cannot be split from itself: leave at least one article")
        _decisions.decide(library, {"split": chosen, "from": rest})
    elif action == "move":
        to = _first_of(library, other, members)
        for article in chosen:
            _decisions.decide(library, {"move": article, "to": to, **({"from": rest} if rest else {})})
    else:
        raise LibraryError(f"{action}: not known")
    return chosen[0]


def _first_of(library: Library, other: str, members: list[str]) -> str:
    """An article of the other story, which is given by its id or its page's address."""
    story = other.strip().split("#")[0].split("?")[0].rstrip("/").rpartition("/")[2]
    if not story:
        raise LibraryError("say which other story: its id or its page's address")
    articles = [row.id for row in _stories.articles_of(library.db, _stories.story(library.db, story).id)]
    if articles[0] in members:
        raise LibraryError("that is this story")
    return articles[0]


def _number(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 15:
        raise LibraryError(f"{value}: not a number")
    return int(value)
