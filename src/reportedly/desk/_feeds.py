"""What changed as feeds: Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

An entry is what was seen in one story at one time: an article may bring twenty statements, and a reader of feeds would
be flooded by as many entries.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from pydantic import TypeAdapter

from reportedly.desk._changes import ChangeData, Group, groups, told
from reportedly.desk._render import render
from reportedly.library import _changes, _stories
from reportedly.tell._clean import clean

ATOM = "http://www.w3.org/2005/Atom"
MOST = 300
"""Changes that a feed reaches back over."""
TYPES = {"atom": "application/atom+xml", "json": "application/feed+json"}


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. ``base`` is the desk's address, ``path`` the feed's without its suffix, ``updated`` is in RFC 3339."""

    base: str
    path: str
    title: str
    updated: str
    groups: tuple[Group, ...]

    @property
    def page(self) -> str:
        """The address of the page that shows the same."""
        return f"{self.base}{self.path}"


def feed(db: sqlite3.Connection, now: str, base: str, path: str, story: str = "") -> Feed:
    """The feed of what changed in a story, or in all.

    Raises:
        LibraryError: there is no such story.
    """
    row = _stories.story(db, story) if story else None
    found = _changes.changes(db, story=row.id if row else "", size=MOST)
    several = groups(told(db, found[:MOST]))
    if len(found) > MOST and len(several) > 1:
        several.pop()  # it may go on beyond what the feed reaches
    title = f"{row.title}: what changed" if row else "What changed in the stories"
    return Feed(base, path, title, several[0].seen if several else now, tuple(several))


def atom(one: Feed) -> bytes:
    """The feed as Atom."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(root, "id", f"{one.page}.atom")
    _add(root, "title", one.title)
    _add(root, "updated", one.updated)
    _add(root, "link", rel="self", type=TYPES["atom"], href=f"{one.page}.atom")
    _add(root, "link", rel="alternate", type="text/html", href=one.page)
    _add(_add(root, "author"), "name", "Reportedly")
    _add(root, "generator", "Reportedly", version=version("reportedly"))
    for group in one.groups:
        entry = _add(root, "entry")
        _add(entry, "id", _identifier(group))
        _add(entry, "title", _title(group))
        _add(entry, "updated", group.seen)
        _add(entry, "published", group.seen)
        _add(entry, "link", rel="alternate", type="text/html", href=_address(one, group))
        for kind in dict.fromkeys(change.kind for change in group.changes):
            _add(entry, "category", term=kind)
        _add(entry, "content", _html(one, group), type="html")
    body: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def json_feed(one: Feed) -> bytes:
    """The feed as JSON Feed; ``_reportedly`` has each change as the API gives it."""
    changes: TypeAdapter[Sequence[ChangeData]] = TypeAdapter(Sequence[ChangeData])
    items = [
        {
            "id": _identifier(group),
            "url": _address(one, group),
            "title": _title(group),
            "content_html": _html(one, group),
            "date_published": group.seen,
            "tags": list(dict.fromkeys(change.kind for change in group.changes)),
            "_reportedly": {"story": group.story, "changes": changes.dump_python(group.changes, mode="json")},
        }
        for group in one.groups
    ]
    record = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": one.title,
        "home_page_url": one.page,
        "feed_url": f"{one.page}.json",
        "items": items,
    }
    return json.dumps(record, ensure_ascii=False).encode()


def _identifier(group: Group) -> str:
    """The same for the same changes, wherever the desk is."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'reportedly {group.story} {group.seen}')}"


def _title(group: Group) -> str:
    return f"{group.title}: {group.summary}"


def _address(one: Feed, group: Group) -> str:
    return f"{one.base}/stories/{group.story}/changes"


def _html(one: Feed, group: Group) -> str:
    return render("changes_entry.html.j2", base=one.base, group=group)


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = clean(text) if text else None
    for key, value in attributes.items():
        child.set(key, clean(value))
    return child
