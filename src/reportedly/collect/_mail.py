"""Newsletters: a mail (RFC 5322, MIME) or a mailbox (mbox) → one article for each mail.

The HTML of a mail is what its readers see, so it is taken before the plain text beside it, which is often a shortened
one. What is attached is not read. A mailbox is read as a stream, mail by mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import BinaryIO

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._decode import DecodeError, decode_page
from reportedly.collect._fragment import Piece, count_words, lay_out, pieces_of
from reportedly.collect._identity import web_address
from reportedly.collect._inputs import Input, Item, Known, make_article, read_all
from reportedly.collect._said import moment, one_line, primary_language

LONGEST_HEADER = 2000
"""Characters of a header that are read."""
MOST_PARTS = 200
"""Parts of a mail that are looked at."""
FEWEST = 20
"""Words below which a mail is no article, as for a page."""

_FROM = re.compile(rb"From \S{1,300} [^\r\n]{0,40}\d\d:\d\d")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def article_of_mail(source: Input, settings: Settings) -> Iterator[Item]:
    """The article of one mail."""
    yield _item(read_all(source, settings), source.name, settings)


def articles_of_mailbox(source: Input, settings: Settings) -> Iterator[Item]:
    """The articles of a mailbox's mails, in order."""
    for number, data in enumerate(_mails(source.stream, settings.max_bytes), start=1):
        name = source.item(number)
        if len(data) > settings.max_bytes:
            yield InputError(name, f"too large: more than {settings.max_bytes:,} bytes")
        else:
            yield _item(_QUOTED_FROM.sub(rb"\1", data), name, settings)


def _mails(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The mails of a mailbox: each begins with a line "From …" after a blank one. Of a longer one, a little more."""
    mail = bytearray()
    blank, begun = True, False
    while line := stream.readline(limit + 1):
        if blank and _FROM.match(line):
            if begun:
                yield bytes(mail)
            mail.clear()
            begun = True
        elif len(mail) <= limit:
            mail += line
        blank = not line.strip()
    if begun:
        yield bytes(mail)


def _item(data: bytes, name: str, settings: Settings) -> Item:
    try:
        return _article(data, name, settings)
    except InputError as problem:
        return problem
    # The parser of the standard library raises these on headers and encodings that are made up.
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError, IndexError) as problem:
        return InputError(name, f"a mail that cannot be read ({type(problem).__name__})")


def _article(data: bytes, name: str, settings: Settings) -> Item:
    mail = message_from_bytes(data, policy=policy.compat32)
    title = one_line(_header(mail, "Subject"))
    pieces = _body(mail)
    if count_words(pieces) < FEWEST:
        raise InputError(name, f"no article in this mail: {count_words(pieces)} words")
    text, blocks = lay_out(title, pieces)
    sender, address = parseaddr(_header(mail, "From"))
    known = Known(
        title=title,
        outlet=one_line(sender) or one_line(address.rpartition("@")[2].lower()),
        published=moment(_header(mail, "Date")),
        language=primary_language(_header(mail, "Content-Language").partition(",")[0]),
        url=web_address(_header(mail, "Archived-At").strip("<> ")),
    )
    return make_article(text, name, settings, known, blocks)


def _header(mail: Message, name: str) -> str:
    """A header's text, with the words decoded that are not ASCII (RFC 2047)."""
    value = str(mail.get(name, ""))[:LONGEST_HEADER]
    try:
        return str(make_header(decode_header(value)))
    except (MessageError, ValueError, LookupError, TypeError):
        return value


def _body(mail: Message) -> list[Piece]:
    """The paragraphs of the first part in HTML that has some, else of the first in plain text."""
    plain: list[Piece] = []
    for number, part in enumerate(mail.walk()):
        if number >= MOST_PARTS:
            break
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/html" and (pieces := pieces_of(_text(part))):
            return pieces
        if kind == "text/plain" and not plain:
            plain = [Piece(text) for line in re.split(r"\n\s*\n", _text(part)) if (text := line.strip())]
    return plain


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data:
        return ""
    try:
        return decode_page(data, part.get_content_charset()).replace("\r\n", "\n")
    except DecodeError:
        return ""
