"""The headline of an article as its page prints it.

A page states several titles: for search engines, for sharing, for its window. A reader sees the one above the article,
so that is the title, and it stands word for word in the evidence. In this order:
1. the ``<h1>`` that shares most words with a stated title, if it shares half of them
2. the only ``<h1>`` of three words and more that is not in the page's frame: a headline may be worded quite otherwise
   for search engines
3. the first stated title, without the site's name

A label that stands in the ``<h1>`` before the title ("Live") is left out where the stated title does without it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ALIKE = 0.5
"""Share of words in common from which an ``<h1>`` is the stated title in other words."""
FEWEST = 3
"""Words of an ``<h1>`` that is a headline though nothing stated is like it; "Log in", "Breaking news" have fewer."""
LABEL = 3
"""Words that a label before the title in one ``<h1>`` may have."""
LONGEST = 60
"""Words of a headline; an ``<h1>`` with more holds an article."""

_FRAME = frozenset(("nav", "header", "footer", "aside", "dialog", "form"))
_SUFFIX = re.compile(r"\s+(?:[|–—•·-]|::)\s+")


def printed_headline(tree: HtmlElement, stated: list[str], window: str, outlet: str | None) -> str:
    """The headline, or "" where there is none.

    ``stated`` are the titles that the page gives its article, best first; ``window`` is that of ``<title>``.
    """
    titles = [_bare(title, outlet) for title in (*stated, window) if title]
    headings = [(element, text) for element in tree.iter("h1") if (text := _text(element))]
    headings = [(element, text) for element, text in headings if len(_words(text)) <= LONGEST]
    alike = [(max((_likeness(text, title) for title in titles), default=0.0), text) for _, text in headings]
    best, text = max(alike, key=lambda pair: pair[0], default=(0.0, ""))
    if best >= ALIKE:
        return _unlabelled(text, titles)
    outside = {text for element, text in headings if len(_words(text)) >= FEWEST and not _is_frame(element)}
    if len(outside) == 1 and _words(text := outside.pop()) != _words(outlet or ""):
        return text
    return titles[0] if titles else ""


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).replace("\xad", "").replace("\u200b", "").split())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _likeness(one: str, other: str) -> float:
    """Words in common, by the shorter of the two where it has enough of them to tell."""
    first, second = set(_words(one)), set(_words(other))
    fewer = min(len(first), len(second))
    common = len(first & second)
    return common / fewer if fewer >= FEWEST else float(first == second and fewer > 0)


def _is_frame(element: HtmlElement) -> bool:
    """Whether a heading stands in the page's frame; the header of an article does not."""
    around = [ancestor.tag for ancestor in element.iterancestors()]
    return not _FRAME.isdisjoint(around) and not ("header" in around and {"article", "main"} & set(around))


def _unlabelled(heading: str, titles: list[str]) -> str:
    words = _words(heading)
    for title in titles:
        bare = _words(title)
        if len(bare) >= FEWEST and 0 < len(words) - len(bare) <= LABEL and words[-len(bare) :] == bare:
            return title
    return heading


def _bare(title: str, outlet: str | None) -> str:
    """A title without the site's name behind it: after "|" whatever stands there, after a dash only the name itself."""
    name = "".join(_words(outlet or ""))
    while found := list(_SUFFIX.finditer(title)):
        last = found[-1]
        rest, tail = title[: last.start()], "".join(_words(title[last.end() :]))
        of_site = bool(name) and (tail in name or name in tail)
        if len(_words(rest)) < FEWEST or not (of_site or last[0].strip() == "|"):
            break
        title = rest
    return title
