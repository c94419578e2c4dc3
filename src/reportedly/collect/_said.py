"""Metadata as formats write it → as an Article holds it: one line of text, a date in ISO 8601, a language."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape

from reportedly.collect._identity import iso

LONGEST = 400
"""Characters of a title or a name at most; what is longer is no title."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_NAME = re.compile(r"[^\W\d_]")


def one_line(value: str | None) -> str | None:
    """A metadata string on one line, without what cannot be seen; None if nothing is left or too much."""
    line = " ".join(_INVISIBLE.sub("", value or "").split())
    return line if 0 < len(line) <= LONGEST else None


def plain(value: str | None) -> str | None:
    """A metadata string that may hold markup or escaped characters, as text on one line."""
    return one_line(unescape(_TAG.sub("", unescape(value or ""))))


def is_later(date: str, other: str | None) -> bool:
    """Whether a time is later than another by a minute or more; of two that cannot be compared, by their days."""
    if other is None:
        return True
    one, two = datetime.fromisoformat(date), datetime.fromisoformat(other)
    if (one.tzinfo is None) != (two.tzinfo is None) or "T" not in date or "T" not in other:
        return one.date() > two.date()
    return one - two >= timedelta(minutes=1)


def moment(value: str | None) -> str | None:
    """A date, or a date and time, in ISO 8601, from ISO 8601 or from RFC 5322 ("Tue, 02 Mar 2021 10:00:00 +0100").

    The offset from UTC stays as it is given; where none is given none is added.
    """
    text = " ".join((value or "").split())[:100]
    if good := iso(text):
        return good
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if text.endswith("-0000"):  # RFC 5322: the time is UTC, the place unknown
        found = found.replace(tzinfo=UTC)
    return found.isoformat(timespec="seconds")


def primary_language(tag: str | None) -> str | None:
    """The primary subtag of a language (BCP 47): "en" of "en-GB"."""
    primary = re.split("[-_]", (tag or "").strip().lower())[0]
    return primary if re.fullmatch("[a-z]{2,3}", primary) else None


def byline_names(byline: str | None) -> tuple[str, ...]:
    """The names in a line like "By Ana Vik and Jo Ruud"."""
    line = re.sub(r"(?i)^by:?\s+", "", one_line(byline) or "")
    parts = re.split(r"\s*(?:,|;|\band\b|&)\s*", line)
    return tuple(part for part in parts if _NAME.search(part))
