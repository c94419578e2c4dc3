"""Reads a page back with the standard library's parser, strictly: what the tests of `tell` ask about."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "link", "input"}
SVG_VOID = {"rect", "line", "circle", "path"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str | None]
    parent: Element | None
    children: list[Element | str] = field(default_factory=list)

    def text(self, without: str = "") -> str:
        return "".join(
            child if isinstance(child, str) else child.text(without)
            for child in self.children
            if isinstance(child, str) or not (without and without in child.attrs)
        )

    def walk(self) -> list[Element]:
        return [self, *(e for c in self.children if isinstance(c, Element) for e in c.walk())]

    def all(self, tag: str = "", css: str = "", **attrs: str) -> list[Element]:
        return [
            e
            for e in self.walk()
            if (not tag or e.tag == tag)
            and (not css or css in (e.attrs.get("class") or "").split())
            and all(e.attrs.get(key.replace("_", "-")) == value for key, value in attrs.items())
        ]

    def within(self, tag: str) -> bool:
        return self.tag == tag or bool(self.parent and self.parent.within(tag))


class Page(HTMLParser):
    """The tree of a page; anything unbalanced is an error, since a browser would silently move it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#root", {}, None)
        self._at = self.root
        self.feed(html)
        self.close()
        assert self._at is self.root, f"<{self._at.tag}> is never closed"
        self.ids = [e.attrs["id"] for e in self.root.walk() if "id" in e.attrs]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, attrs)
        element = Element(tag, dict(attrs), self._at)
        self._at.children.append(element)
        if tag not in VOID:
            self._at = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SVG_VOID | VOID, tag
        self._at.children.append(Element(tag, dict(attrs), self._at))

    def handle_endtag(self, tag: str) -> None:
        assert tag == self._at.tag, f"</{tag}> closes <{self._at.tag}>"
        assert self._at.parent
        self._at = self._at.parent

    def handle_data(self, data: str) -> None:
        self._at.children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def by_id(self, name: str) -> Element:
        (found,) = [e for e in self.root.walk() if e.attrs.get("id") == name]
        return found
