"""XML of anyone's making, as a stream: the elements below its frame, one at a time, in constant memory.

Parsed by libxml2 with what makes XML dangerous switched off: no entity is expanded but the five of XML (so none can
grow, nor read a file), nothing is fetched, and its own limits stay on (256 levels, 10 MB of text in one place). Feeds
are often not well-formed, so it goes on after an error where it can. HTML's names of characters ("&nbsp;"), which feeds
use although XML does not know them, become numbers before, and an "&" before a blank becomes what it means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.entities import name2codepoint
from io import BufferedReader
from typing import TYPE_CHECKING, Literal

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._names import shown

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CHUNK = 65_536

_LONGEST_NAME = 32
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_BARE = re.compile(rb"&(?=\s)")
_OWN = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_PREFIXES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "atom": "http://www.w3.org/2005/Atom",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}
"""Namespaces of prefixes that documents use without declaring them."""


def safe_parser() -> object:
    """A parser of whole documents with the limits of this module."""
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def name_of(element: Element) -> tuple[str, str]:
    """Namespace and local name of an element, the name in lower case; "" for a namespace that is not known."""
    tag = element.tag
    if not isinstance(tag, str):
        return "", ""
    space, _, local = tag.rpartition("}")
    if not space and ":" in local:
        prefix, _, local = local.partition(":")
        return _PREFIXES.get(prefix.lower(), prefix.lower()), local.lower()
    return space.removeprefix("{"), local.lower()


def text_of(element: Element | None) -> str:
    """The text in an element and below it."""
    return "" if element is None else "".join(str(part) for part in element.itertext())


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its local name, whatever its case and namespace (``xml:lang`` is "lang")."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2].rpartition(":")[2].lower() == name:
            return str(value)
    return None


def parts(
    stream: BufferedReader,
    is_frame: Callable[[Element], bool],
    name: str,
    settings: Settings,
    charset: str | None = None,
) -> Iterator[tuple[Literal["frame", "part"], Element]]:
    """The frame's elements as they open, with their attributes, and every element in the frame once it is whole.

    A part is taken out of the tree after it was given. ``is_frame`` tells of an element whose parents are all frame
    whether it is frame as well, as ``<rss>`` and ``<channel>`` are.

    Raises:
        InputError: the document breaks off or is none; one part is longer than ``settings.max_bytes``.
    """
    from lxml import etree

    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True, encoding=_encoding(stream, charset),
    )  # fmt: skip
    place, given, since = _Place(is_frame), 0, 0
    for chunk in _without_names(stream):
        since += len(chunk)
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as problem:
            raise InputError(name, _broken(problem.msg, given)) from None
        for event, element in parser.read_events():
            what = place.after(event, element)
            if what:
                yield what, element
            if what == "part":
                since, given = 0, given + 1
                _drop(element)
            if place.is_left:
                return
        if since > settings.max_bytes + CHUNK:
            raise InputError(name, f"too large: more than {settings.max_bytes:,} bytes in one part")
    raise InputError(name, _broken(_first_fault(parser), given))


class _Place:
    """How deep in a document one is: in how many elements of its frame, and in how many below them."""

    def __init__(self, is_frame: Callable[[Element], bool]) -> None:
        self._is_frame = is_frame
        self._frames = 0
        self._below = 0
        self.is_left = False

    def after(self, event: str, element: Element) -> Literal["frame", "part"] | None:
        """What an event tells of: the beginning of an element of the frame, or the end of one of its parts."""
        if event == "start":
            if not self._below and self._is_frame(element):
                self._frames += 1
                return "frame"
            self._below += 1
            return None
        if self._below:
            self._below -= 1
            part = self._below == 0
        else:
            self._frames -= 1
            part = False
        self.is_left = not self._below and not self._frames
        return "part" if part else None


def _encoding(stream: BufferedReader, charset: str | None) -> str | None:
    """What a server says of the encoding, where the document itself says nothing."""
    head = stream.peek(CHUNK)[:200]
    if not charset or b"encoding" in head or head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return None
    from lxml import etree

    try:
        etree.XMLParser(encoding=charset)
    except LookupError:
        return None
    return charset


def _drop(element: Element) -> None:
    parent = element.getparent()
    element.clear()
    if parent is not None:
        parent.remove(element)


def _broken(fault: str | None, given: int) -> str:
    after = f" after {given:,} parts" if given else ""
    return shown(f"broken XML{after}: {fault or 'it ends too early'}")


def _first_fault(parser: object) -> str | None:
    faults = parser.error_log.filter_from_fatals()  # type: ignore[attr-defined]
    return str(faults[0].message).strip() if len(faults) else None


def _without_names(stream: BufferedReader) -> Iterator[bytes]:
    """The stream in chunks; where one byte is one character, HTML's names of characters and bare "&" are mended."""
    rest = b""
    while chunk := stream.read1(CHUNK):
        if not rest and b"\0" in chunk[:100]:  # UTF-16, in which an ampersand is two bytes
            yield chunk
            rest = b""
            continue
        data = rest + chunk
        at = data.rfind(b"&", max(0, len(data) - _LONGEST_NAME - 2))
        cut = at if at >= 0 and b";" not in data[at:] else len(data)
        rest = data[cut:]
        yield _mended(data[:cut])
    if rest:
        yield _mended(rest)


def _mended(data: bytes) -> bytes:
    return _BARE.sub(b"&amp;", _ENTITY.sub(_number, data))


def _number(match: re.Match[bytes]) -> bytes:
    point = name2codepoint.get(match[1].decode("ascii"))
    return match[0] if match[1] in _OWN or point is None else b"&#%d;" % point
