"""What `reportedly group` prints: a line of JSON for each article, and one for each change of a story."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any, BinaryIO

from reportedly._errors import InputError
from reportedly._records import Article
from reportedly._spool import in_order
from reportedly.group import (
    Copied,
    Decisions,
    StoryStream,
    StreamStory,
    agency_of,
    find_copies,
    group_articles,
    read_decisions,
)

NAMED = 10
"""Unknown articles that are named."""


def load_decisions(path: str) -> Decisions:
    """The decisions in a file.

    Raises:
        InputError: it cannot be read, or a line of it is no decision.
    """
    try:
        with open(path, encoding="utf-8") as lines:
            return read_decisions(lines, path)
    except OSError as problem:
        raise InputError(path, (problem.strerror or str(problem)).lower()) from problem
    except UnicodeDecodeError as problem:
        raise InputError(path, "not UTF-8") from problem


def tell_unknown(
    decisions: Decisions | None, known: Callable[[str], bool], path: str | None, say: Callable[[str], None]
) -> None:
    """Say in one line which of the articles that decisions name never came: nothing was decided by them."""
    unknown = sorted(article for article in (decisions.named if decisions else ()) if not known(article))
    if unknown:
        more = f" and {len(unknown) - NAMED} more" if len(unknown) > NAMED else ""
        say(f"reportedly: {path}: not among the articles: {', '.join(unknown[:NAMED])}{more}")


def lines(articles: Iterable[Article], decisions: Decisions | None, came: set[str] | None = None) -> Iterator[str]:
    """The lines of all articles at once, story by story; ``came`` is given their ids."""
    known = {article.id: article for article in articles}
    if came is not None:
        came.update(known)
    for story in group_articles(known.values(), decisions):
        members = [known[identifier] for identifier in story.articles]
        copies = find_copies(members)
        for article in members:
            yield _json(_fields(story.id, article.id, story.reason, copies[article.id], agency_of(article)))


def load_stream(path: str, decisions: Decisions | None) -> StoryStream:
    """The stream whose state is in a file; a new one where there is no file yet.

    Raises:
        InputError: it cannot be read, or is no state of this version.
    """
    try:
        with open(path, "rb") as file:
            return StoryStream.from_state(file.read(), decisions, path)
    except FileNotFoundError:
        return StoryStream(decisions)
    except OSError as problem:
        raise InputError(path, (problem.strerror or str(problem)).lower()) from problem


def stream_lines(
    stream: StoryStream, articles: Iterable[Article], changes: BinaryIO | None, *, ordered: bool, goes_on: bool
) -> Iterator[str]:
    """The lines of each story once no article can come to it any more.

    Args:
        stream: what takes the articles in.
        articles: as they come.
        changes: where every change is written at once, as a line of JSON.
        ordered: whether the articles are put in order of publication first.
        goes_on: whether stories stay open at the end of the articles; their lines come last, as they stand.
    """
    for article in in_order(articles) if ordered else articles:
        for change in stream.add(article):
            if changes:
                changes.write(_json(asdict(change)).encode() + b"\n")
        if changes:
            changes.flush()
        for story in stream.take_closed():
            yield from _streamed(story)
    for story in [*stream.take_closed(), *stream.open_stories()] if goes_on else stream.finish():
        yield from _streamed(story)


def _streamed(story: StreamStory) -> Iterator[str]:
    for article in story.articles:
        line = _fields(story.id, article, story.reason, story.copied[article], story.agencies[article])
        yield _json({**line, "earlier": story.earlier, "open": story.open})


def _fields(story: str, article: str, reason: str, copied: Copied, agency: str | None) -> dict[str, Any]:
    return {
        "story": story,
        "article": article,
        "reason": reason,
        "copy_of": copied.copy_of,
        "agency": agency,
        "own_share": copied.own_share,
        "copied": [{"article": copy.article, "spans": copy.spans} for copy in copied.copies],
    }


def _json(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False)
