"""What an input is: told by its content, its name only helps where the content leaves it open.

Of the names' suffixes only ``.jsonl`` and ``.ndjson`` decide alone, since a broken first line does not make such a file
another thing. For pages the start of the text is what the WHATWG MIME Sniffing Standard looks at
(https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type).
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["text", "page", "lines"]

SUFFIXES = (".htm", ".html", ".jsonl", ".ndjson", ".text", ".txt", ".xhtml")
"""What is read of a folder, each also with ``.gz`` after it."""

GZIP = b"\x1f\x8b"

MAGIC = (
    (b"%PDF-", "a PDF file"),
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
    (b"WARC/", "a WARC file"),
)
"""First bytes of what is not an article, and what to call it."""

_START = 4096
# Every part takes at least one character that no other part can take: linear on hostile input.
_LEAD = re.compile(r"(?:\s|<!--(?:[^-]|-(?!->)){0,2000}-->|<\?xml[^>]{0,200}>)*", re.I)
_PAGE = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|article|main|section|header|div|meta|title|link|script|style|table|h[1-6]|p)"
    r"(?=[\s>/]))",
    re.I,
)
_FEED = re.compile(
    r"<(?:!doctype\s+(?!html)|(?:rss|feed|rdf:rdf|urlset|sitemapindex|opml|svg|nitf|newsitem|newsml)(?=[\s>]))", re.I
)
_INSIDE = re.compile(r"<(?:html|body|p|div|article)(?:\s[^<>]{0,500})?>", re.I)


def foreign(head: bytes) -> str | None:
    """What the bytes are if they begin like something that is not text: "a PDF file"."""
    return next((what for magic, what in MAGIC if head.startswith(magic)), None)


def names_lines(name: str) -> bool:
    """Whether the name says that the file is JSON Lines."""
    return name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson"))


def looks_like_lines(first: bytes) -> bool:
    """Whether an input that begins with this line is JSON Lines."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*\{\s*[\"}]", first) is not None


def looks_like_other_json(first: bytes) -> bool:
    """Whether an input that begins with this line is JSON laid out over several lines, or a list."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*$|\[\s*(?:\{|$))", first) is not None


def looks_like_page(data: bytes, name: str) -> bool:
    """Whether the bytes begin like a page, or the name says so: then the encoding that a page declares counts."""
    if name.lower().removesuffix(".gz").endswith((".htm", ".html", ".xhtml")):
        return True
    text = data[:_START].decode("latin-1").lstrip("ï»¿")
    lead = _LEAD.match(text)
    return _PAGE.match(text, lead.end() if lead else 0) is not None


def kind_of(text: str, name: str) -> Kind | None:
    """Text or page; None for XML that is neither (a feed, a site map)."""
    lead = _LEAD.match(text, 0, _START)
    start = lead.end() if lead else 0
    if _FEED.match(text, start):
        return None
    if _PAGE.match(text, start):
        return "page"
    named = name.lower().removesuffix(".gz").endswith((".htm", ".html", ".xhtml"))
    return "page" if named and _INSIDE.search(text, 0, 65_536) else "text"
