"""What a text in Markdown says of itself. The text stays as it is: its headings are marked, nothing is taken out.

Only what cannot be missed is read: the front matter that many programs put first (lines "key: value" between two lines
"---"), and headings with number signs (https://spec.commonmark.org/0.31.2/#atx-headings).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly._records import Block, Span
from reportedly.collect._identity import web_address
from reportedly.collect._inputs import Known
from reportedly.collect._said import byline_names, moment, one_line, primary_language

_LONGEST_FRONT = 100
"""Lines of front matter at most."""

_FIELD = re.compile(r"([A-Za-z_][\w-]{0,40})[ \t]*:(?:[ \t]|$)")
_MARKS = re.compile(r"^ {0,3}(#{1,6})[ \t]+(?=[^\s#])", re.MULTILINE)
_KEYS = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "publication", "site"),
    "authors": ("authors", "author", "byline"),
    "published": ("published", "date", "pubdate"),
    "language": ("language", "lang"),
    "place": ("place", "dateline"),
    "url": ("url", "link", "canonical"),
}


def is_markdown(text: str, name: str) -> bool:
    """Whether a text is Markdown: by its name, or because it begins with front matter."""
    return name.lower().removesuffix(".gz").endswith((".md", ".markdown")) or _front(text) is not None


def markdown_facts(text: str) -> tuple[Known, tuple[Block, ...]]:
    """What the front matter and the headings say; the front matter itself is no part of the article."""
    front = _front(text)
    said = _fields(text[:front]) if front else {}
    found = {field: next((said[key] for key in keys if said.get(key)), "") for field, keys in _KEYS.items()}
    blocks = [Block("boilerplate", (0, len(text[:front].rstrip())))] if front else []
    headings = list(_headings(text, front or 0))
    title = one_line(found["title"])
    if headings and headings[0][0] == 1:
        title = title or one_line(text[slice(*headings[0][1])])
        blocks.append(Block("headline", headings.pop(0)[1]))
    blocks += [Block("heading", span) for _, span in headings]
    known = Known(
        title=title,
        outlet=one_line(found["outlet"]),
        authors=byline_names(found["authors"].strip("[]")),
        published=moment(found["published"]),
        language=primary_language(found["language"]),
        place=one_line(found["place"]),
        url=web_address(found["url"]),
    )
    return known, tuple(blocks)


def _front(text: str) -> int | None:
    """Where the front matter ends, if the text begins with some that has a title, a date or the like."""
    lines = text[: _LONGEST_FRONT * 1000].splitlines(keepends=True)[:_LONGEST_FRONT]
    if not lines or lines[0].rstrip() != "---":
        return None
    last = next((at for at, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), None)
    if last is None:
        return None
    end = sum(len(line) for line in lines[: last + 1])
    return end if _fields(text[:end]).keys() & {key for keys in _KEYS.values() for key in keys} else None


def _fields(front: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in front.splitlines():
        if match := _FIELD.match(line):
            fields.setdefault(match[1].lower(), line[match.end() :].strip().strip("\"'"))
    return fields


def _headings(text: str, start: int) -> Iterator[tuple[int, Span]]:
    """The level of each heading and where its words stand."""
    for match in _MARKS.finditer(text, start):
        end = text.find("\n", match.end())
        line = text[match.end() : end if end >= 0 else len(text)].rstrip()
        words = line.rstrip("#").rstrip() if line.rstrip("#") != line.rstrip("#").rstrip() else line
        yield len(match[1]), (match.end(), match.end() + len(words))
