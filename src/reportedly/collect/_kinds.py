"""What an input is: told by its content, its name only helps where the content leaves it open.

Of the names' suffixes only ``.jsonl`` and ``.ndjson`` decide alone, since a broken first line does not make such a file
another thing. For pages the start of the text is what the WHATWG MIME Sniffing Standard looks at
(https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type), for XML it is the first element.
"""

from __future__ import annotations

import codecs
import re
from typing import Literal

Kind = Literal[
    "text", "lines", "json", "table", "pdf", "archive", "mail", "mailbox",
    "feed", "feed list", "sitemap", "sitemap index", "newsml",
]  # fmt: skip
"""What reads an input. Pages are read as "text" is: which of the two it is, shows once it is decoded."""

NAMES: dict[Kind, str] = {
    "text": "a text or page",
    "lines": "JSON Lines",
    "json": "JSON",
    "table": "a table",
    "pdf": "a PDF file",
    "archive": "a WARC file",
    "mail": "a mail",
    "mailbox": "a mailbox",
    "feed": "a feed",
    "feed list": "a list of feeds (OPML)",
    "sitemap": "a site map",
    "sitemap index": "an index of site maps",
    "newsml": "NewsML-G2 or NITF",
}

PAGES = (".htm", ".html", ".xhtml")
SUFFIXES = (
    *PAGES, ".txt", ".text", ".md", ".markdown", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".xml", ".rss", ".atom",
    ".opml", ".warc", ".eml", ".mbox", ".pdf",
)  # fmt: skip
"""What is read of a folder, each also with ``.gz`` after it."""

HEAD = 65_536
"""Bytes at the beginning that are looked at."""

GZIP = b"\x1f\x8b"

MAGIC = (
    (b"PK\x03\x04", "a ZIP or office file"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image, sound or film"),
    (b"\x7fELF", "a program"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"SQLite format 3\x00", "a database"),
    (GZIP, "gzip within gzip"),
)
"""First bytes of what is not an article, and what to call it."""

_START = 4096
# Every part takes at least one character that no other part can take: linear on hostile input.
_LEAD = re.compile(r"(?:\s|<!--(?:[^-]|-(?!->)){0,2000}-->|<\?[\w-]+[^>]{0,400}>)*", re.I)
_PAGE = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|article|main|section|header|div|meta|title|link|script|style|table|h[1-6]|p)"
    r"(?=[\s>/]))",
    re.I,
)
_DOCTYPE = re.compile(r"<!doctype\s+(?!html)[\w:.-]{1,100}[^<>\[]{0,500}(?:\[[^\]]{0,2000}\])?\s{0,100}>", re.I)
_ELEMENT = re.compile(r"<(?:[\w-]{1,40}:)?([\w-]{1,40})(?=[\s>/])")
_OTHER_XML = re.compile(r"<(?:!doctype\s+(?!html)|(?:svg|newsml|kml|gpx|soap|plist|math)(?=[\s>:/]))", re.I)
_INSIDE = re.compile(r"<(?:html|body|p|div|article)(?:\s[^<>]{0,500})?>", re.I)
_ROOTS: dict[str, Kind] = {
    "rss": "feed",
    "rdf": "feed",
    "feed": "feed",
    "channel": "feed",
    "opml": "feed list",
    "urlset": "sitemap",
    "sitemapindex": "sitemap index",
    "newsitem": "newsml",
    "newsmessage": "newsml",
    "nitf": "newsml",
}
_MAILBOX = re.compile(rb"From \S{1,300} [^\r\n]{0,40}\d\d:\d\d[^\r\n]{0,40}\r?\n[!-9;-~]{1,80}:")
_HEADER = re.compile(rb"([!-9;-~]{1,80}):[ \t]?[^\r\n]{0,5000}(?:\r?\n[ \t][^\r\n]{0,5000}){0,100}\r?\n")
_HEADERS = frozenset(
    b"""
    return-path received delivered-to from to cc date subject message-id mime-version content-type reply-to list-id
    content-transfer-encoding list-unsubscribe dkim-signature x-mailer in-reply-to sender
    """.split()
)
_FEWEST_HEADERS = 3
_LINES = re.compile(rb"\s*\{\s*[\"}]")
_JSON = re.compile(rb"\s*(?:\{\s*(?:$|[\"}])|\[\s*(?:[\{\[]|$))")


def kind_of_input(head: bytes, name: str) -> Kind:
    """The kind of an input that begins with these bytes (`HEAD` of them, or all)."""
    bare = head.removeprefix(codecs.BOM_UTF8)
    if bare.startswith(b"%PDF-"):
        return "pdf"
    if bare.startswith(b"WARC/"):
        return "archive"
    if _MAILBOX.match(bare):
        return "mailbox"
    if names_lines(name):
        return "lines"
    if (kind := _json_kind(bare)) or (kind := _xml_kind(_readable(head))):
        return kind
    if _is_mail(bare):
        return "mail"
    return "table" if _is_table(head, name) else "text"


def _json_kind(head: bytes) -> Kind | None:
    first, _, rest = head.lstrip().partition(b"\n")
    if not _JSON.match(first.rstrip()):
        return None
    if not _LINES.match(first):
        return "json"
    # An object's end in the first line, or another one's beginning after it: a line is an object.
    return "lines" if first.rstrip().endswith(b"}") or not rest.strip() or _LINES.match(rest) else "json"


def _xml_kind(text: str) -> Kind | None:
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    if doctype := _DOCTYPE.match(text, at):
        lead = _LEAD.match(text, doctype.end())
        at = lead.end() if lead else doctype.end()
    root = _ELEMENT.match(text, at)
    return _ROOTS.get(root[1].lower()) if root else None


def _readable(head: bytes) -> str:
    """The beginning as characters, as far as markup goes: UTF-16 by its mark or zero bytes, else byte by byte."""
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[2:_START].decode(name, "replace")
    if head[:8:2].strip(b"\0") == b"" and len(head) > 8:
        return head[:_START].decode("utf-16-be", "replace")
    if head[1:8:2].strip(b"\0") == b"" and len(head) > 8:
        return head[:_START].decode("utf-16-le", "replace")
    return head[:_START].decode("latin-1").removeprefix("ï»¿")


def _is_mail(head: bytes) -> bool:
    at, known = 0, 0
    while match := _HEADER.match(head, at):
        known += match[1].lower() in _HEADERS
        at = match.end()
        if known >= _FEWEST_HEADERS:
            return True
    return False


def _is_table(head: bytes, name: str) -> bool:
    from reportedly.collect._table import columns_of

    if name.lower().removesuffix(".gz").endswith((".csv", ".tsv")):
        return True
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head[:_START].decode("utf-16" if wide else "utf-8-sig", "replace").lstrip("\r\n")
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    return len(first) < len(text) and columns_of(first) is not None


def foreign(head: bytes) -> str | None:
    """What the bytes are if they begin like something that is not text: "an image"."""
    return next((what for magic, what in MAGIC if head.startswith(magic)), None)


def names_lines(name: str) -> bool:
    """Whether the name says that the file is JSON Lines."""
    return name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson"))


def looks_like_page(data: bytes, name: str) -> bool:
    """Whether the bytes begin like a page, or the name says so: then the encoding that a page declares counts."""
    if name.lower().removesuffix(".gz").endswith(PAGES):
        return True
    text = data[:_START].decode("latin-1").lstrip("ï»¿")
    lead = _LEAD.match(text)
    return _PAGE.match(text, lead.end() if lead else 0) is not None


def kind_of(text: str, name: str) -> Literal["text", "page"] | None:
    """Text or page; None for XML that is neither (a picture, a map)."""
    lead = _LEAD.match(text, 0, _START)
    start = lead.end() if lead else 0
    if _OTHER_XML.match(text, start) or (text.startswith("<?xml") and _page_root(text, start) is False):
        return None
    if _PAGE.match(text, start):
        return "page"
    named = name.lower().removesuffix(".gz").endswith(PAGES)
    return "page" if named and _INSIDE.search(text, 0, 65_536) else "text"


def _page_root(text: str, start: int) -> bool | None:
    """Whether what begins at ``start`` is an element of a page; None if it is no element."""
    return _PAGE.match(text, start) is not None if _ELEMENT.match(text, start) else None
