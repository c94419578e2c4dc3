"""Which reader takes which kind of input."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._decode import DecodeError, decode, decode_page
from reportedly.collect._feeds import entries_of_feed
from reportedly.collect._files import PackedBombError, lines_of, open_input, reason_of, with_head
from reportedly.collect._identity import refusal
from reportedly.collect._inputs import Input, Item, Items, Known, Listing, PageJob, make_article, read_all
from reportedly.collect._kinds import HEAD, NAMES, Kind, foreign, kind_of, kind_of_input, looks_like_page
from reportedly.collect._lines import articles_of_json, articles_of_lines
from reportedly.collect._listings import feeds_of_list, news_of_sitemap, sitemaps_of_index
from reportedly.collect._mail import article_of_mail, articles_of_mailbox
from reportedly.collect._markdown import is_markdown, markdown_facts
from reportedly.collect._newsml import articles_of_newsml
from reportedly.collect._pages import host_of
from reportedly.collect._pdf import article_of_pdf
from reportedly.collect._prose import not_prose
from reportedly.collect._table import articles_of_table
from reportedly.collect._warc import pages_of_archive

Reader = Callable[[Input, Settings], Items]

_BROKEN = (OSError, EOFError, zlib.error, PackedBombError)


def _text(source: Input, settings: Settings) -> Iterator[Item]:
    """A text or a page: one article."""
    data = read_all(source, settings)
    if what := foreign(data):
        raise InputError(source.name, f"is {what}, which is not read as an article")
    declares = looks_like_page(data, source.hint)
    if declares and kind_of(data[:HEAD].decode("latin-1"), source.hint) == "page":
        yield PageJob(data, source.name, source.url, source.charset)
        return
    text = decode_page(data, source.charset) if declares else decode(data)
    kind = kind_of(text, source.hint)
    if kind is None:
        raise InputError(source.name, "is XML of another kind, not an article")
    if kind == "page":
        yield PageJob(text, source.name, source.url)
        return
    if reason := refusal(text, settings.max_characters) or not_prose(text):
        raise InputError(source.name, reason)
    known, blocks = markdown_facts(text) if is_markdown(text, source.hint) else (Known(), ())
    url = source.url or known.url
    known = replace(known, outlet=known.outlet or host_of(url), url=url)
    yield make_article(text, source.name, settings, known, blocks)


def _lines(source: Input, settings: Settings) -> Iterator[Item]:
    return articles_of_lines(lines_of(source.stream, settings.max_bytes), source.name, settings, source.url or "")


READERS: dict[Kind, Reader] = {
    "text": _text,
    "lines": _lines,
    "json": articles_of_json,
    "table": articles_of_table,
    "pdf": article_of_pdf,
    "archive": pages_of_archive,
    "mail": article_of_mail,
    "mailbox": articles_of_mailbox,
    "feed": entries_of_feed,
    "feed list": feeds_of_list,
    "sitemap": news_of_sitemap,
    "sitemap index": sitemaps_of_index,
    "newsml": articles_of_newsml,
}

WITHIN: dict[Listing, tuple[Kind, ...]] = {
    "feed list": ("feed", "json", "lines"),
    "feed": ("text", "pdf"),
    "sitemap": ("text", "pdf"),
    "sitemap index": ("sitemap",),
}
"""What an address may lead to that such a list named: nothing leads on for ever."""


def items_of(source: Input, settings: Settings) -> Iterator[Item]:
    """What an input holds, and in its place the reason why something in it is no article."""
    try:
        head, stream = with_head(open_input(source.stream), _is_enough, HEAD)
        kind = kind_of_input(head, source.hint)
        if source.listed and kind not in WITHIN[source.listed]:
            raise InputError(source.name, f"is {NAMES[kind]}, to which {NAMES[source.listed]} should not lead")
        yield from READERS[kind](replace(source, stream=stream), settings)
    except InputError as problem:
        yield problem
    except DecodeError as problem:
        yield InputError(source.name, str(problem))
    except _BROKEN as problem:
        yield InputError(source.name, reason_of(problem))
    # A fault of a reader is to be mended there (benchmarks/fuzz.py looks for them), but costs no other input.
    except Exception as problem:
        refused = InputError(source.name, f"cannot be read: unforeseen {type(problem).__name__}")
        refused.__cause__ = problem
        yield refused


def _is_enough(head: bytes) -> bool:
    """Whether an input is told from this much of it: JSON Lines are, by their first line."""
    first, end, _ = head.lstrip().partition(b"\n")
    return bool(end) and first.startswith(b"{") and first.rstrip().endswith(b"}")
