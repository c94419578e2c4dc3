"""ninjs, the IPTC's "News in JSON" → Article: versions 1.0 to 1.8, 2.0 to 2.4 and 3.0 to 3.3.

The versions differ in names (https://iptc.org/std/ninjs/): 1 has ``headline``, ``byline`` and one ``body_…`` for each
form of the text; 2 has lists of ``headlines`` and ``bodies`` with roles, and ``by``; 3 has those of 2 in camel case. So
names are compared without case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._fragment import Piece, count_words, lay_out, pieces_of
from reportedly.collect._identity import Notice
from reportedly.collect._inputs import Item, Known, make_article
from reportedly.collect._names import shown
from reportedly.collect._pages import host_of
from reportedly.collect._said import byline_names, moment, one_line, plain, primary_language

DEEPEST = 4
"""Levels of associated items that are looked at: a package, its articles, their parts."""

_BODY = re.compile(r"body_\w+")
_TYPES = ("text", "composite", "component")
_MARKUP = re.compile(r"<(?:p|div|br|h\d|body|html)\b", re.I)


def is_ninjs(record: dict[str, Any]) -> bool:
    """Whether a JSON object is an item of ninjs: it has the one field that has to be there, and one of the others."""
    names = {str(name).lower() for name in record}
    told = {"bodies", "headlines", "headline", "versioncreated", "associations", "renditions", "pubstatus", "profile"}
    return isinstance(record.get("uri"), str) and bool(names & told or any(map(_BODY.fullmatch, names)))


def articles_of_ninjs(record: dict[str, Any], name: str, settings: Settings, depth: int = DEEPEST) -> Iterator[Item]:
    """The article of an item; of a package without a text of its own, those of the items associated with it.

    Raises:
        InputError: it is withheld or cancelled, or has no text; a `Notice` if it is of another type, like a picture.
    """
    item = {str(key).lower(): value for key, value in record.items()}
    if (status := item.get("pubstatus", "usable")) in ("withheld", "canceled"):
        raise InputError(name, f"{status} by its provider")
    pieces = _pieces(item)
    if not pieces:
        inner = _associated(item) if depth else []
        if not inner:
            if (kind := _string(item.get("type"))) and kind not in _TYPES:
                raise Notice(name, f"left out: no text, but {shown(kind)[:40]}")
            raise InputError(name, "no text in this item")
        for number, other in enumerate(inner, start=1):
            try:
                yield from articles_of_ninjs(other, f"{name}:{number}", settings, depth - 1)
            except InputError as problem:
                yield problem
        return
    known_of_it = _known(item)
    text, blocks = lay_out(known_of_it.title, pieces)
    yield make_article(text, name, settings, known_of_it, blocks)


def _associated(item: dict[str, Any]) -> list[dict[str, Any]]:
    """Version 1 has an object of named items, later ones have a list."""
    value = item.get("associations")
    listed = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [other for other in listed if isinstance(other, dict)]


def _known(item: dict[str, Any]) -> Known:
    dates = (item.get("firstcreated"), item.get("versioncreated"), item.get("contentcreated"))
    return Known(
        title=_headline(item),
        outlet=_provider(item),
        authors=byline_names(_string(item.get("byline")) or _string(item.get("by"))),
        published=next((date for value in dates if (date := moment(_string(value)))), None),
        language=primary_language(_string(item.get("language"))),
        place=one_line(_string(item.get("located"))),
    )


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _roles(value: Any) -> list[tuple[str, str, str]]:
    """Role, media type and text of each of a list of texts, the main one first."""
    found = []
    for entry in value if isinstance(value, list) else []:
        if isinstance(entry, dict) and (text := _string(entry.get("value"))).strip():
            kind = _string(entry.get("contentType")) or _string(entry.get("contenttype"))
            found.append((_string(entry.get("role")).lower(), kind.lower(), text))
    return sorted(found, key=lambda one: one[0] != "main")


def _headline(item: dict[str, Any]) -> str | None:
    named = [_string(item.get("headline")), _string(item.get("headline_main"))]
    named += [text for _, _, text in _roles(item.get("headlines"))] + [_string(item.get("title"))]
    return next((title for value in named if (title := plain(value))), None)


def _provider(item: dict[str, Any]) -> str | None:
    """Who holds the copyright, or the one source that is named: ninjs has no field for who sends it."""
    sources = item.get("infosources") or item.get("infosource")
    names = [_string(one.get("name")) for one in sources if isinstance(one, dict)] if isinstance(sources, list) else []
    only = names[0] if len(names) == 1 else None
    return one_line(_string(item.get("copyrightholder"))) or one_line(only) or host_of(_string(item.get("uri")))


def _pieces(item: dict[str, Any]) -> list[Piece]:
    """The paragraphs of the form of the text that has its markup, else of the plain one."""
    bodies = [text for _, _, text in _roles(item.get("bodies"))]
    bodies += [value for key, value in item.items() if _BODY.fullmatch(key) and isinstance(value, str)]
    marked = [pieces for text in bodies if _MARKUP.search(text) and (pieces := pieces_of(text))]
    bare = [pieces for text in bodies if not _MARKUP.search(text) and (pieces := _plain(text))]
    return max(marked or bare, key=count_words, default=[])


def _plain(text: str) -> list[Piece]:
    paragraphs = re.split(r"\n\s*\n", text) if re.search(r"\n\s*\n", text) else text.splitlines()
    return pieces_of("".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs))
