"""Citations that can be carried elsewhere: the words, the outlet, the day, and an address that leads to the words.

The address is the article's own, with a text fragment (https://wicg.github.io/scroll-to-text-fragment/), so that a
browser opens it at the passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from reportedly._records import Span
from reportedly.tell._dates import say_date
from reportedly.tell._names import safe_url

WHOLE = 8
"""Words up to which a fragment has all; of longer passages it has the first and the last few."""
ENDS = 4


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of an article and where they stand: spans of its text, and ``url``, which leads to them.

    ``line`` is the citation in one line, for pasting.
    """

    article: str
    outlet: str
    published: str
    spans: tuple[Span, ...]
    words: str
    url: str | None
    line: str


def cited(article: str, outlet: str, published: str, url: str | None, spans: Sequence[Span], words: str) -> Cited:
    """The citation of the words."""
    words = " ".join(words.split())
    first = words.split(" … ")[0]  # a quotation that the article interrupts: its first part leads there
    link = with_fragment(safe_url(url), first) if safe_url(url) else None
    parts = [outlet, say_date(published), link or ""]
    bare = words.strip('“”"')
    line = f"“{bare}” ({', '.join(part for part in parts if part)})"
    return Cited(article, outlet, published, tuple(spans), words, link, line)


def with_fragment(url: str, words: str) -> str:
    """The address, leading to the words."""
    tokens = words.split()
    if len(tokens) <= WHOLE:
        target = _encoded(" ".join(tokens))
    else:
        target = f"{_encoded(' '.join(tokens[:ENDS]))},{_encoded(' '.join(tokens[-ENDS:]))}"
    base, _, fragment = url.partition("#")
    return f"{base}#{fragment}:~:text={target}"


def _encoded(words: str) -> str:
    # A hyphen and a comma mean something in the directive.
    return quote(words, safe="").replace("-", "%2D")
