"""Who an article is within a run: its id, and whether it was already there."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime

from reportedly._errors import InputError
from reportedly._records import Article

DIGITS = 12
"""Hexadecimal digits of an id: 48 bits, so that a million articles share one with a chance of 1 in 500."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK = re.compile("[\\s\ufeff\u200b\u2060\x00-\x1f]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:$|[T ])")


class Notice(InputError):  # noqa: N818 - it is a warning by its meaning, an error only by its shape
    """Something a user should know about an input, by which nothing is lost: no reason for an exit status."""


def sha256(text: str) -> str:
    """Of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def make_id(digest: str, outlet: str | None, url: str | None) -> str:
    """The id of an article that brings none: of its text, and of its outlet and address where they are known.

    Two outlets that print one agency's text are two articles; one file in two folders is one.
    """
    if outlet is None and url is None:
        return digest[:DIGITS]
    return hashlib.sha256(json.dumps([digest, outlet, url]).encode()).hexdigest()[:DIGITS]


def refusal(text: str, most: int) -> str | None:
    """Why a text cannot be an article, or None. ``most`` is in characters."""
    if _BLANK.fullmatch(text):
        return "holds only white space" if text else "is empty"
    if len(text) > most:
        return f"too large: {len(text):,} characters, at most {most:,} are taken"
    if _SURROGATE.search(text):
        return "holds half a surrogate pair, which is no character"
    if "\0" in text:
        return "holds a zero character; not a text"
    return None


def iso(value: str) -> str | None:
    """The date, or date and time, in ISO 8601's extended form; None if it is not in ISO 8601."""
    value = value.strip()
    if not _DAY.match(value):
        return None
    try:
        if len(value) == len("2000-01-01"):
            return date.fromisoformat(value).isoformat()
        return datetime.fromisoformat(value).isoformat(timespec="seconds")
    except ValueError:
        return None


def web_address(value: str) -> str | None:
    """The value if it is an http or https address, else None: it becomes a link in a page."""
    value = value.strip()
    return value if re.fullmatch(r"https?://[^\s\x00-\x20\"<>\\^`{|}]+", value, re.I) else None


@dataclass
class Register:
    """The articles of one run, by id."""

    _seen: dict[str, tuple[str, str | None, str | None, str]] = field(default_factory=dict)

    def admit(self, article: Article) -> InputError | None:
        """Enter an article. Where it cannot be: a `Notice` if it is already there, an error if another has its id."""
        mine = (article.sha256, article.outlet, article.url, article.source)
        theirs = self._seen.setdefault(article.id, mine)
        if theirs is mine:
            return None
        if theirs[:3] == mine[:3]:
            return Notice(article.source, f"same text as {theirs[3]}; skipped")
        return InputError(article.source, f"id {article.id!r} is already that of {theirs[3]}")
