"""An entry of a feed: is it the article itself, or does it lead to it?

1. Its full text (``content:encoded``, Atom's ``content``, JSON Feed's ``content_…``), if it is an article's length and
   does not break off: then the entry is the article, and nothing is fetched.
2. Its summary, by the same test but a longer one: some feeds put the whole text there.
3. Its link: the page there is the article, and what the entry says fills in what the page does not say.
4. Without a link: whatever text it has, if that is more than a notice.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._fragment import Piece, count_words, lay_out, pieces_of
from reportedly.collect._inputs import Item, Known, Link, make_article

FULL_CONTENT = 100
"""Words from which an entry's full text is taken for that: shorter ones are as a rule the first paragraph."""
FULL_SUMMARY = 250
"""Words from which a summary is taken for the full text; summaries have 20 to 80."""
FEWEST = 20
"""Words below which an entry without a link is no article, as for a page."""

LONGEST_SIGN = 200
"""Characters at the end of a text in which is looked for a sign that it breaks off."""

_MARKUP = re.compile(r"<(?:p|br|div|a|img|b|i|em|strong|ul|blockquote|span|h[1-6])\b|&(?:#\d|[a-z]{2,8};)", re.I)
_ENDS_OPEN = re.compile(r"(?:…|\.\.\.)[\W_]*$")
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True)
class Entry:
    """What a feed says of one article. The texts are HTML; the link is an absolute address of the web, or None."""

    known: Known
    link: str | None = None
    content: str = ""
    summary: str = ""


def as_html(text: str) -> str:
    """Text that may or may not be HTML, which RSS leaves open, as HTML."""
    return text if _MARKUP.search(text) else f"<p>{escape(text)}</p>".replace("\n\n", "</p><p>")


def item_of(entry: Entry, name: str, settings: Settings) -> Item:
    """The article that an entry is, or the link to it.

    Raises:
        InputError: it is neither.
    """
    content = _own(pieces_of(entry.content))
    if count_words(content) >= FULL_CONTENT and not _breaks_off(content):
        return _article(content, entry, name, settings)
    summary = _own(pieces_of(entry.summary))
    if count_words(summary) >= FULL_SUMMARY and not _breaks_off(summary):
        return _article(summary, entry, name, settings)
    if entry.link:
        return Link(entry.link, name, "feed", entry.known)
    longest = max(content, summary, key=count_words)
    if count_words(longest) < FEWEST:
        raise InputError(name, "neither a link nor an article's text in this entry")
    return _article(longest, entry, name, settings)


def _article(pieces: list[Piece], entry: Entry, name: str, settings: Settings) -> Item:
    text, blocks = lay_out(entry.known.title, pieces)
    return make_article(text, name, settings, entry.known, blocks)


@cache
def _data() -> dict[str, list[str]]:
    return tomllib.loads((files(__package__) / "data" / "feeds.toml").read_text("utf-8"))


def _own(pieces: list[Piece]) -> list[Piece]:
    """The paragraphs without the line at the end that a feed's program adds."""
    while pieces and pieces[-1].text.lower().startswith(tuple(_data()["footers"])):
        pieces = pieces[:-1]
    return pieces


def _breaks_off(pieces: list[Piece]) -> bool:
    last = pieces[-1].text[-LONGEST_SIGN:]
    words = _EDGE.sub("", last.lower())
    teasers = _data()["teasers"]
    # One word only as a paragraph of its own: a sentence may well end with "more".
    return (
        _ENDS_OPEN.search(last) is not None
        or words in teasers
        or words.endswith(tuple(teaser for teaser in teasers if " " in teaser))
    )
