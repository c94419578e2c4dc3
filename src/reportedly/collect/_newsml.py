"""NewsML-G2 and NITF, the IPTC's formats of XML for agencies → Articles.

A ``newsItem`` of NewsML-G2 (https://iptc.org/std/NewsML-G2/) holds its text as XHTML, NITF or plain text; several come
in a ``newsMessage``. NITF (https://iptc.org/standards/nitf/) also comes by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._entries import as_html
from reportedly.collect._fragment import Piece, count_words, lay_out, pieces_of, pieces_of_tree
from reportedly.collect._identity import Notice
from reportedly.collect._inputs import Input, Item, Known, make_article
from reportedly.collect._names import shown
from reportedly.collect._said import byline_names, moment, one_line, primary_language
from reportedly.collect._xml import attribute, name_of, parts, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FRAMES = frozenset(("newsmessage", "itemset"))
_TEXTS = ("text", "composite")
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?=T|$)")


def articles_of_newsml(source: Input, settings: Settings) -> Iterator[Item]:
    """The articles of a NewsML-G2 or NITF document, in order."""
    number = 0
    for event, element in parts(source.stream, _is_frame, source.name, settings, source.charset):
        local = name_of(element)[1]
        if event != "part" or local not in ("newsitem", "nitf"):
            continue
        number += 1
        name = source.item(number)
        try:
            yield _newsitem(element, name, settings) if local == "newsitem" else _nitf(element, name, settings)
        except InputError as problem:
            yield problem
    if not number:
        yield InputError(source.name, "no news item in this document")


def _is_frame(element: Element) -> bool:
    return name_of(element)[1] in _FRAMES


def _all(element: Element | None, *path: str) -> Iterator[Element]:
    """The elements at the end of a path of local names in lower case."""
    if element is None:
        return
    if not path:
        yield element
        return
    for child in element:
        if name_of(child)[1] == path[0]:
            yield from _all(child, *path[1:])


def _first(element: Element | None, *path: str) -> Element | None:
    return next(_all(element, *path), None)


def _text(element: Element | None, *path: str) -> str | None:
    return next((line for found in _all(element, *path) if (line := one_line(text_of(found)))), None)


def _code(element: Element | None) -> str:
    """A value from a vocabulary: "text" of ``qcode="ninat:text"`` or of an address that ends so."""
    value = "" if element is None else attribute(element, "qcode") or attribute(element, "uri") or ""
    return re.split("[:/]", value)[-1]


def _newsitem(item: Element, name: str, settings: Settings) -> Item:
    meta, content = _first(item, "itemmeta"), _first(item, "contentmeta")
    if (status := _code(_first(meta, "pubstatus"))) in ("withheld", "canceled"):
        raise InputError(name, f"{status} by its provider")
    pieces, nitf = _content(item)
    if not pieces:
        if (kind := _code(_first(meta, "itemclass"))) and kind not in _TEXTS:
            raise Notice(name, f"left out: no text, but {shown(kind)}")
        raise InputError(name, "no text in this item")
    inner = _nitf_known(nitf) if nitf is not None else Known()
    tag = next((value for at in _all(content, "language") if (value := attribute(at, "tag"))), None)
    known = Known(
        title=_text(content, "headline") or inner.title or _text(meta, "title"),
        outlet=_provider(_first(meta, "provider")),
        authors=_authors(content) or inner.authors,
        published=moment(_text(meta, "firstcreated")) or moment(_text(meta, "versioncreated")),
        language=primary_language(tag or attribute(item, "lang")),
        place=_text(content, "located", "name") or inner.place,
    )
    text, blocks = lay_out(known.title, pieces)
    return make_article(text, name, settings, known, blocks)


def _provider(provider: Element | None) -> str | None:
    if provider is None:
        return None
    return _text(provider, "name") or one_line(attribute(provider, "literal")) or one_line(_code(provider))


def _authors(content: Element | None) -> tuple[str, ...]:
    creators = (one_line(text_of(name)) for name in _all(content, "creator", "name"))
    return tuple(dict.fromkeys(name for name in creators if name)) or byline_names(_text(content, "by"))


def _content(item: Element) -> tuple[list[Piece], Element | None]:
    """The paragraphs of the form of the content that has most words, and the NITF document it is from, if it is."""
    found: list[tuple[list[Piece], Element | None]] = [
        (pieces_of(as_html(text_of(inline))), None) for inline in _all(item, "contentset", "inlinedata")
    ]
    for inline in _all(item, "contentset", "inlinexml"):
        nitf = _first(inline, "nitf")
        found.append((_nitf_pieces(nitf), nitf) if nitf is not None else (pieces_of_tree(inline), None))
    return max(found, key=lambda one: count_words(one[0]), default=([], None))


# ---------------------------------------------------------------- NITF


def _nitf(document: Element, name: str, settings: Settings) -> Item:
    pieces, known = _nitf_pieces(document), _nitf_known(document)
    if not pieces:
        raise InputError(name, "no text in this item")
    text, blocks = lay_out(known.title, pieces)
    return make_article(text, name, settings, known, blocks)


def _nitf_pieces(document: Element) -> list[Piece]:
    return [piece for body in _all(document, "body", "body.content") for piece in pieces_of_tree(body)]


def _nitf_known(document: Element) -> Known:
    head = _first(document, "body", "body.head")
    issued = _first(document, "head", "docdata", "date.issue")
    publication = _first(document, "head", "pubdata")
    byline = _first(head, "byline")
    people = [one_line(text_of(person)) for person in _all(byline, "person")]
    return Known(
        title=_text(head, "hedline", "hl1") or _text(document, "head", "title"),
        outlet=one_line(attribute(publication, "name")) if publication is not None else None,
        authors=tuple(name for name in people if name) or byline_names(_own_text(byline)),
        published=moment(_BASIC.sub(r"\1-\2-\3", attribute(issued, "norm") or "")) if issued is not None else None,
        language=primary_language(attribute(document, "lang")),
        place=_text(head, "dateline", "location"),
    )


def _own_text(byline: Element | None) -> str:
    """A byline's text without the title of its writer (``byttl``)."""
    if byline is None:
        return ""
    return (byline.text or "") + "".join(child.tail or "" for child in byline)
