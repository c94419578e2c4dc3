"""A page of HTML → Article, with trafilatura in precision mode (https://aclanthology.org/2021.acl-demo.15/).

trafilatura finds the running text; here its tree becomes paragraphs, one blank line between two, the headline first.
What the page itself says of a part (a heading, a picture's caption, an embedded post) goes into ``Article.blocks``; all
else is left to the stage `read`. A date is what the page states, else what htmldate finds in its markup or its
address; none is taken from the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from reportedly._errors import InputError
from reportedly._records import Article, Block, BlockKind
from reportedly._settings import Settings
from reportedly.collect._identity import iso, make_id, refusal, sha256, web_address
from reportedly.collect._statements import stated_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FEWEST_WORDS = 20
"""Words below which a page has no article: a notice of cookies or a wall has 10 to 20, the shortest article of the 80
development pages 54. A page of more words but fewer in sentences has one only if it is not a page of links."""

MOST_LINKS = 0.8
"""Share of a page's characters that stand in links at which it is a page of links. Of the 80 development pages, all of
them articles, it is .62 at most."""

MOST_ATTRIBUTES = 5000
"""Attributes of one tag at most. libxml2 compares each with all before it: 5,000 take 0.2 s, 200,000 some minutes."""

LONGEST_CAPTION = 800
"""Characters of a caption at most; an element called a caption that holds more is a frame around an article."""

LONGEST_TITLE = 400

_BLOCKS = frozenset(("p", "head", "quote", "list", "item", "row", "div", "table", "code", "body"))
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_QUOTED = re.compile("\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = re.compile(r"\s[^\s\"'<>=]+")
_TAG = re.compile(r"<[a-zA-Z][\w:-]*\s")
_SENTENCE_END = re.compile("[.!?…。！？।؟]")
_BREAKS = re.compile(r"\n[ \n]*\n")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a page, and what the page says that it is, if it says so."""

    text: str
    kind: BlockKind | None = None


@cache
def page_data() -> dict[str, Any]:
    """What marks parts of a page: `data/page.toml`."""
    return tomllib.loads((files(__package__) / "data" / "page.toml").read_text("utf-8"))


def article_of_page(html: str, name: str, settings: Settings, url: str | None = None) -> Article:
    """The article of a page. ``url`` is where it was fetched from, if it was.

    Raises:
        InputError: no article can be found in it.
    """
    tree, document = _extract(html, name, url)
    title = _line(document.title)[:LONGEST_TITLE] or None
    paragraphs = list(_marked(tree, _paragraphs(document.body)))
    if not _is_article(tree, paragraphs):
        raise InputError(name, "no article found in this page")
    text, blocks = _lay_out(title, paragraphs)
    if reason := refusal(text, settings.max_characters):
        raise InputError(name, reason)
    digest, outlet, address = sha256(text), _outlet(document, url), _address(document.url, url)
    return Article(
        id=make_id(digest, outlet, address),
        source=name,
        text=text,
        sha256=digest,
        outlet=outlet,
        title=title,
        url=address,
        published=stated_date(tree, page_data()) or iso(document.date or ""),
        authors=tuple(author for part in (document.author or "").split(";") if (author := _line(part))),
        language=_language(tree),
        blocks=blocks,
    )


def _extract(html: str, name: str, url: str | None) -> tuple[HtmlElement, Any]:
    import trafilatura

    if _is_bomb(html):
        raise InputError(name, "no article found in this page (a tag of thousands of attributes)")
    try:
        tree = trafilatura.load_html(html)
        document = trafilatura.bare_extraction(
            tree if tree is not None else "",
            url=url,
            favor_precision=True,
            include_comments=False,
            with_metadata=True,
            # A fixed last day, for by default it is today's: the same page gives the same date on any day.
            date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2999-12-31"},
        )
    # A page can be hostile, and the parsers below trafilatura raise whatever they raise.
    except Exception as problem:
        raise InputError(name, f"no article found in this page ({type(problem).__name__})") from problem
    if tree is None or not isinstance(document, trafilatura.settings.Document) or document.body is None:
        raise InputError(name, "no article found in this page")
    return tree, document


def _is_bomb(html: str) -> bool:
    """Whether a tag has more attributes than the parser can take in reasonable time."""
    for piece in html.split(">"):
        start = piece.rfind("<")
        if len(piece) - start > 2 * MOST_ATTRIBUTES and _TAG.match(piece, start):
            bare = _QUOTED.sub("", piece[start:])
            if sum(1 for _ in _ATTRIBUTE.finditer(bare)) > MOST_ATTRIBUTES:
                return True
    return False


# ---------------------------------------------------------------- paragraphs


def _line(value: str | None) -> str:
    return _SPACE.sub(" ", _INVISIBLE.sub("", value or "")).strip()


def _paragraphs(body: HtmlElement) -> Iterator[Paragraph]:
    """The paragraphs of trafilatura's tree. A single line break stays one, two end a paragraph."""
    from lxml.etree import iterwalk

    parts: list[str] = []
    headings = 0
    for event, element in iterwalk(body, events=("start", "end")):
        tag, heading = element.tag, headings > 0
        if tag in _BLOCKS:
            yield from _flush(parts, heading)
        if event == "start":
            headings += tag == "head"
            parts.append("\n" if tag == "lb" else _SPACE.sub(" ", element.text or ""))
            continue
        headings -= tag == "head"
        if tag == "cell":
            parts.append(" ")
        if element is not body:
            parts.append(_SPACE.sub(" ", element.tail or ""))
    yield from _flush(parts, heading=False)


def _flush(parts: list[str], heading: bool) -> Iterator[Paragraph]:
    for piece in _BREAKS.split(_INVISIBLE.sub("", "".join(parts))):
        text = "\n".join(line for part in piece.split("\n") if (line := _SPACE.sub(" ", part).strip()))
        if text:
            yield Paragraph(text, "heading" if heading and re.search(r"\w", text) else None)
    parts.clear()


def _marked(tree: HtmlElement, paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, captions and embedded posts marked as the page marks them."""
    data = page_data()
    captions = {
        _line(text)
        for element in tree.iter("figcaption", "div", "p", "span", "small", "cite")
        if element.tag == "figcaption" or any(word in element.get("class", "").lower() for word in data["captions"])
        if len(text := element.text_content()) <= LONGEST_CAPTION
    }
    posts = "\n".join(
        _line(element.text_content())
        for element in tree.iter("blockquote")
        if not set(element.get("class", "").lower().split()).isdisjoint(data["embeds"])
    )
    for paragraph in paragraphs:
        line = _line(paragraph.text)
        if line in captions:
            yield Paragraph(paragraph.text, "caption")
        elif line in posts:
            yield Paragraph(paragraph.text, "embed")
        else:
            yield paragraph


def _lay_out(title: str | None, paragraphs: list[Paragraph]) -> tuple[str, tuple[Block, ...]]:
    """The text of an article, its headline first, and the blocks that are known."""
    if title:
        words = re.findall(r"\w+", title.lower())
        first = [p for p in paragraphs[:3] if re.findall(r"\w+", p.text.lower()) != words]
        paragraphs = [Paragraph(title, "headline"), *first, *paragraphs[3:]]
    blocks, length = [], 0
    for paragraph in paragraphs:
        if paragraph.kind:
            blocks.append(Block(paragraph.kind, (length, length + len(paragraph.text))))
        length += len(paragraph.text) + 2
    return "\n\n".join(paragraph.text for paragraph in paragraphs) + "\n", tuple(blocks)


def _is_article(tree: HtmlElement, paragraphs: list[Paragraph]) -> bool:
    words = [(len(part.text.split()), _SENTENCE_END.search(part.text) is not None) for part in paragraphs]
    if sum(count for count, ends in words if ends) >= FEWEST_WORDS:
        return True
    return sum(count for count, _ in words) >= FEWEST_WORDS and _link_share(tree) < MOST_LINKS


def _link_share(tree: HtmlElement) -> float:
    from lxml.etree import strip_elements

    visible = copy(tree)
    strip_elements(visible, "script", "style", "noscript", with_tail=False)
    linked = sum(len("".join(link.text_content().split())) for link in visible.iter("a"))
    return float(linked / max(1, len("".join(visible.text_content().split()))))


# ---------------------------------------------------------------- metadata


def host_of(url: str | None) -> str | None:
    """The host of an address, without "www."; what an outlet is called when nothing else is known."""
    from urllib.parse import urlsplit

    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _address(canonical: str | None, url: str | None) -> str | None:
    """The page's own address for itself; of a fetched page only one at the same host, since a page may claim any."""
    own = web_address(canonical or "")
    if url is None:
        return own
    return own if own and host_of(own) == host_of(url) else web_address(url)


def _outlet(document: Any, url: str | None) -> str | None:
    return _line(document.sitename).lstrip("@") or host_of(url) or host_of(document.url) or None


def _language(tree: HtmlElement) -> str | None:
    """The primary subtag of the page's declared language (BCP 47): "en" of "en-GB"."""
    root = tree.getroottree().getroot()
    primary = re.split("[-_]", (root.get("lang") or "").strip().lower())[0]
    return primary if re.fullmatch("[a-z]{2,3}", primary) else None
