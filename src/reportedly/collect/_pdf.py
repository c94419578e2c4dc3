"""A PDF → Article, with pypdf: the text that the file holds, no reading of pictures.

A PDF has lines, not paragraphs, so lines are joined to paragraphs: one ends where a line is clearly shorter than most,
or where a gap stands, unless the next line goes on in the middle of a sentence. What stands at the top or bottom of
most pages, numbers aside, is left out. Title and author are taken from the file's own data only where the first page
shows them too, since programs fill them with file and user names; its date is of the file, so none is taken.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._identity import web_address
from reportedly.collect._inputs import Input, Item, Known, make_article, read_all
from reportedly.collect._prose import not_prose
from reportedly.collect._said import one_line, primary_language

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 500
MOST_STEPS = 300_000
"""Drawing operations of the whole file; a newspaper page has some thousands. Beyond, it is no article."""
MOST_WORK = 20_000_000
"""Bytes to which one stream may unpack; a page of text has some thousands."""
SHORT = 0.75
"""Share of the usual length of a line below which a line that ends a sentence ends its paragraph."""

SHORTER = 0.6
"""The same where no sentence ends: a headline, a heading, a byline, if what follows does not begin in lower case."""

_LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": MOST_WORK,
    "lzw_maximum_output_length": MOST_WORK,
    "run_length_maximum_output_length": MOST_WORK,
    "array_based_stream_maximum_output_length": MOST_WORK,
    "stream_parsing_work_maximum_count": MOST_STEPS,
    "xform_maximum_invocations_per_extraction": 200,
}
"""Those of pypdf's own limits that are set lower here: its own are for files of any kind."""

_Facts = tuple[str | None, str | None, str | None]
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad\u2010]$")
_LOWER = re.compile(r"[a-z]")
_DIGITS = re.compile(r"\d+")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff\ufffe\uffff\ud800-\udfff]")


class _TooMuchError(Exception):
    """A page draws more than an article does."""


def article_of_pdf(source: Input, settings: Settings) -> Iterator[Item]:
    """The article of a PDF."""
    data = read_all(source, settings)
    try:
        pages, facts = _read(data, source.name)
    except InputError:
        raise
    except _TooMuchError:
        raise InputError(source.name, "is a PDF file that draws more than an article does") from None
    # A broken file leads pypdf anywhere: its own errors are of a dozen types, and others come from below.
    except Exception as problem:
        raise InputError(source.name, f"is a PDF file that cannot be read ({type(problem).__name__})") from None
    text = "\n\n".join(paragraphs_of(pages)) + "\n"
    if not text.strip():
        raise InputError(source.name, "is a PDF file without text (scanned pages are pictures)")
    if reason := not_prose(text):
        raise InputError(source.name, reason)
    first = _flat(pages[0] if pages else "")
    title, author = (value if value and _flat(value) in first else None for value in facts[:2])
    known = Known(
        title=title, authors=(author,) if author else (), language=facts[2], url=web_address(source.url or "")
    )
    yield make_article(text, source.name, settings, known)


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _read(data: bytes, name: str) -> tuple[list[str], _Facts]:
    """The text of each page, and what the file calls its title, author and language."""
    import logging

    from pypdf import PdfReader, apply_configuration

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would report each repair on standard error
    with apply_configuration(**_LIMITS):
        return _pages(PdfReader(io.BytesIO(data), strict=False), name)


def _pages(reader: PdfReader, name: str) -> tuple[list[str], _Facts]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError(name, "is a PDF file that asks for a password")
    if len(reader.pages) > MOST_PAGES:
        raise InputError(name, f"too large: {len(reader.pages):,} pages, at most {MOST_PAGES} are taken")
    steps = 0

    def count(*_: Any) -> None:
        nonlocal steps
        steps += 1
        if steps > MOST_STEPS:
            raise _TooMuchError

    pages = [_INVISIBLE.sub("", page.extract_text(visitor_operand_before=count)) for page in reader.pages]
    return pages, _facts(reader)


def _facts(reader: PdfReader) -> _Facts:
    said = reader.metadata
    language = reader.root_object.get("/Lang")
    return (
        one_line(str(said.title)) if said and said.title else None,
        one_line(str(said.author)) if said and said.author else None,
        primary_language(str(language)) if language else None,
    )


# ---------------------------------------------------------------- lines to paragraphs


def paragraphs_of(pages: list[str]) -> list[str]:
    """The paragraphs of the pages' lines, without what most pages repeat at their edges."""
    repeated = _repeated([_lines(page) for page in pages])
    lines = [line for page in pages for line in _without(_lines(page), repeated)]
    lengths = sorted(len(line) for line in lines if len(line.split()) > 3)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    paragraphs: list[list[str]] = []
    last, blank = "", False
    for line in lines:
        if not line:
            blank = True
            continue
        if not last or _begins_anew(line, last, usual, blank):
            paragraphs.append([line])
        elif _HYPHEN.search(last) and _LOWER.match(line):
            paragraphs[-1][-1] = last[:-1]
            paragraphs[-1].append(line)
        else:
            paragraphs[-1] += [" ", line]
        last, blank = line, False
    return ["".join(parts) for parts in paragraphs]


def _begins_anew(line: str, last: str, usual: int, blank: bool) -> bool:
    """Whether a line begins a paragraph: after one that ends early, or after a gap, if a sentence or a name begins."""
    if _ENDS.search(last):
        return blank or len(last) < SHORT * usual
    return not _LOWER.match(line) and (blank or len(last) < SHORTER * usual)


def _lines(page: str) -> list[str]:
    return [" ".join(line.split()) for line in page.splitlines()]


def _edges(lines: list[str]) -> list[str]:
    full = [line for line in lines if line]
    return [_DIGITS.sub("0", line) for line in {*full[:2], *full[-2:]}]


def _repeated(pages: list[list[str]]) -> frozenset[str]:
    counts = Counter(edge for page in pages for edge in _edges(page))
    return frozenset(edge for edge, count in counts.items() if len(pages) > 2 and count > len(pages) / 2)


def _without(lines: list[str], repeated: frozenset[str]) -> list[str]:
    edges = set(_edges(lines)) & repeated
    return [line for line in lines if _DIGITS.sub("0", line) not in edges]
