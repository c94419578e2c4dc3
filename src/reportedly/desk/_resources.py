"""What the desk shows: each resource has a page, the same data as JSON, and its description, from one entry here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from reportedly._records import Readout
from reportedly._settings import Settings
from reportedly.desk import _changes, _data
from reportedly.library import Library, LibraryError, _said, _work
from reportedly.library._articles import slug
from reportedly.library._changes import since
from reportedly.library._said import Named
from reportedly.library._stories import Filter

Ask = Mapping[str, Any]
"""A request's parameters, each of its kind, with defaults for those that are not given."""


class AskError(ValueError):
    """A parameter cannot be as it is; says which and why."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the query."""

    name: str
    about: str
    kind: Literal["string", "integer", "boolean", "date", "moment"] = "string"

    @property
    def default(self) -> Any:
        """What it is where it is not given."""
        return {"integer": 1 if self.name == "page" else None, "boolean": False}.get(self.kind, "")

    def parse(self, value: str) -> Any:
        """The value as its kind.

        Raises:
            AskError: it is none.
        """
        if self.kind == "integer":
            # SQLite counts in 64 bits; no page and no version is beyond this.
            if not re.fullmatch(r"[1-9]\d{0,8}", value):
                raise AskError(f"{self.name}: a whole number from 1 is wanted")
            return int(value)
        if self.kind == "boolean":
            if value not in ("true", "false", "1", "0", "on"):
                raise AskError(f"{self.name}: true or false is wanted")
            return value in ("true", "1", "on")
        if self.kind == "date" and value and not _is_day(value):
            raise AskError(f"{self.name}: a day as YYYY-MM-DD is wanted")
        if self.kind == "moment":
            try:
                since(value, "2000-01-01T00:00:00+00:00")
            except LibraryError as problem:
                raise AskError(f"{self.name}: {problem}") from problem
        if len(value) > LONGEST:
            raise AskError(f"{self.name}: at most {LONGEST} characters are taken")
        return value


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


LONGEST = 500
PAGE = Parameter("page", "Which page of the list, from 1.", "integer")
SINCE = Parameter("since", "Seen since then: hour, day, week, 90m, 3h, 2d, or a time in ISO 8601.", "moment")


@dataclass(frozen=True, slots=True)
class Desk:
    """What resources are taken from."""

    library: Library
    settings: Settings


@dataclass(frozen=True, slots=True)
class Resource:
    """A page and its data. ``path`` is the page's, ``/api`` before it is the data's; ``answer`` is the data's record.

    ``template`` is None for what has no page of its own.
    """

    path: str
    about: str
    answer: type
    get: Callable[[Desk, Ask], Any]
    template: str | None
    parameters: tuple[Parameter, ...] = ()

    def ask(self, path: Mapping[str, str], query: Mapping[str, str]) -> dict[str, Any]:
        """The parameters of a request; those that are not known, and empty ones, count as not given.

        Raises:
            AskError: one cannot be as it is.
        """
        asked: dict[str, Any] = dict(path)
        for parameter in self.parameters:
            value = query.get(parameter.name, "").strip()
            asked[parameter.name] = parameter.parse(value) if value else parameter.default
        return asked


def wanted(ask: Ask) -> Filter:
    """Which stories are asked for; a person, an issue or an outlet may be given by name."""
    person = ask["person"]
    return Filter(
        words=ask["q"],
        outlet=_key(ask["outlet"]),
        person=person if not person or person.startswith("p-") else f"p-{slug(person)}",
        issue=_key(ask["issue"]),
        tag=ask["tag"].lower(),
        since=ask["since"],
        until=ask["until"],
        several=ask["several"],
    )


def _key(name: str) -> str:
    return slug(name) if name else ""


def _story(desk: Desk, ask: Ask) -> _data.StoryData:
    _work.readout_of(desk.library, ask["id"], desk.settings)  # people and issues are the readout's
    return _data.story(desk.library.db, ask["id"])


def _readout(desk: Desk, ask: Ask) -> Readout:
    return _work.readout_of(desk.library, ask["id"], desk.settings).readout


def _changed(desk: Desk, ask: Ask) -> _changes.ChangesData:
    story = ask.get("id", "")
    return _changes.changes(desk.library.db, desk.library.now(), story, ask["since"], ask["page"])


def _outlets(desk: Desk, _: Ask) -> _data.ListData:
    known = _said.outlets(desk.library.db)
    return _data.ListData(tuple(Named(key, name, "outlet", 0, count) for key, name, count in known))


RESOURCES = (
    Resource(
        "/", "The stories, the one with the newest article first.", _data.StoriesData,
        lambda desk, ask: _data.stories(desk.library.db, wanted(ask), ask["page"]), "stories.html.j2",
        (
            Parameter("q", "Words that an article of the story has."),
            Parameter("outlet", "An outlet, by its id or name, that has an article."),
            Parameter("person", "A person, by id or name, who is named."),
            Parameter("issue", "An issue, by id or label, that is talked about."),
            Parameter("tag", "A tag that a user gave."),
            Parameter("since", "An article is of this day or later.", "date"),
            Parameter("until", "An article is of this day or earlier.", "date"),
            Parameter("several", "Articles are of more than one outlet.", "boolean"),
            PAGE,
        ),
    ),
    Resource("/stories/{id}/readout", "A story's readout, made now if something changed.", Readout, _readout, None),
    Resource(
        "/stories/{id}/changes", "What changed in a story, the newest first.", _changes.ChangesData, _changed,
        "changes.html.j2", (SINCE, PAGE),
    ),
    Resource(
        "/changes", "What changed in the stories, the newest first.", _changes.ChangesData, _changed,
        "changes.html.j2", (SINCE, PAGE),
    ),
    Resource(
        "/stories/{id}", "A story: articles, people, issues, notes and moves.", _data.StoryData, _story,
        "story.html.j2",
    ),
    Resource(
        "/people", "Those who said most.", _data.ListData,
        lambda desk, _: _data.ListData(tuple(_said.people(desk.library.db))), "list.html.j2",
    ),
    Resource(
        "/people/{id}", "All that a person said, by whom it was reported.", _data.PersonData,
        lambda desk, ask: _data.person(desk.library.db, ask["id"], _key(ask["issue"]), ask["page"]),
        "person.html.j2", (Parameter("issue", "Only what was said on this issue, by id or label."), PAGE),
    ),
    Resource(
        "/issues", "The issues with most statements.", _data.ListData,
        lambda desk, _: _data.ListData(tuple(_said.issues(desk.library.db))), "list.html.j2",
    ),
    Resource(
        "/issues/{id}", "All that was said on an issue.", _data.IssueData,
        lambda desk, ask: _data.issue(desk.library.db, ask["id"], ask["page"]), "issue.html.j2", (PAGE,),
    ),
    Resource("/outlets", "The outlets, with how many articles each has.", _data.ListData, _outlets, "list.html.j2"),
    Resource(
        "/outlets/{id}", "An outlet's articles.", _data.OutletData,
        lambda desk, ask: _data.outlet(desk.library.db, ask["id"], ask["page"]), "outlet.html.j2", (PAGE,),
    ),
    Resource(
        "/articles/{id}", "An article: text, quotations, claims, copies, versions.", _data.ArticleData,
        lambda desk, ask: _data.article(desk.library.db, ask["id"], ask["version"]), "article.html.j2",
        (Parameter("version", "The number of an older version.", "integer"),),
    ),
    Resource(
        "/search", "The articles that have some words, with a passage.", _data.SearchData,
        lambda desk, ask: _data.search(desk.library.db, ask["q"], ask["page"]), "search.html.j2",
        (Parameter("q", 'All of these words; "a phrase", begin*, -without.'), PAGE),
    ),
)  # fmt: skip
