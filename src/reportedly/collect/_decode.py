"""Bytes → text: what encoding a file or page is in.

In this order, each step only where the last gives nothing:
1. a byte order mark (which is no part of the text)
2. for a page, the encoding that the server or its ``<meta>`` declares, by the labels of the WHATWG Encoding Standard
   (https://encoding.spec.whatwg.org/#names-and-labels), where ISO 8859-1 means windows-1252
3. UTF-8, if every byte fits
4. UTF-16 without a mark, known by its zero bytes
5. windows-1252, if almost all letters are ASCII: typographic quotes and a few accents are what such a file has beyond
   it, and a statistical detector takes so few bytes for one of a dozen encodings
6. what charset-normalizer finds

A text that is UTF-8 but for a few bytes is not guessed at: any other encoding would turn its every quote into "â€œ".
"""

from __future__ import annotations

import codecs
import re

ASCII_ENOUGH = 0.9
"""Share of ASCII among letters above which unmarked 8-bit text is read as windows-1252. Running text in French, German
or Spanish has about .95 and English nearly 1; Czech, for which windows-1252 would be wrong, about .85."""

WIDE = 0.2
"""Share of zero bytes at even or at odd places that makes text UTF-16: Latin letters have nearly 1 there."""

CONTROLS = 0.01
"""Share of control characters above which decoded bytes are not text."""

HEAD = 4096
"""Bytes of a page searched for a declared encoding; the standard says 1024, saved pages put comments first."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,200}?encoding=["']([\w.-]{2,40})""",
    re.I,
)
_SAFE = frozenset(
    ["utf-8", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874"]
    + [f"iso8859-{part}" for part in range(2, 17)]
    + [f"cp{page}" for page in range(1250, 1259)]
    + ["gbk", "gb2312", "gb18030", "big5", "euc_jp", "iso2022_jp", "shift_jis", "euc_kr", "cp949", "cp932"]
)  # the standard's encodings by Python's names; Python knows others under which bytes are code (unicode_escape, …)
_CONTROL = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


class DecodeError(ValueError):
    """The bytes are not text in an encoding that can be told; says why in a few words."""


def decode(data: bytes) -> str:
    """The text of a file, without a byte order mark and otherwise unchanged.

    Raises:
        DecodeError: binary data, broken UTF-8, or an encoding that cannot be told.
    """
    text = _marked(data)
    if text is None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as problem:
            broken = data[problem.start : problem.start + 1]
            if len(_MULTIBYTE.findall(data)) > _strays(data):
                raise DecodeError(f"broken UTF-8: byte 0x{broken.hex()} at {problem.start}") from None
            text = _guess(data)
        else:
            text = _wide(data) or text if "\0" in text else text
    return _sane(text)


def decode_page(data: bytes, charset: str | None = None) -> str:
    """The text of an HTML page; ``charset`` is what the server declared. What does not fit becomes U+FFFD.

    Raises:
        DecodeError: binary data, or an encoding that cannot be told.
    """
    text = _marked(data)
    if text is not None:
        return _sane(text)
    found = _DECLARED.search(data, 0, HEAD)
    meta = (found[1] or found[2]).decode("ascii", "replace") if found else None
    for label in (charset, meta):
        name = _codec(label)
        if name and (name != "utf-8" or _mostly_utf8(data)):
            return _sane(data.decode(name, "replace"))
    if _mostly_utf8(data):
        text = data.decode("utf-8", "replace")
        return _sane(_wide(data) or text if "\0" in text else text)
    return _sane(_guess(data))


def encoding_of_stream(head: bytes) -> str:
    """Python's name of the encoding of a text of which only the beginning is known."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig" if _mostly_utf8(head) or head.isascii() else "cp1252"


def _marked(data: bytes) -> str | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name)
            except UnicodeDecodeError as problem:
                at = problem.start + len(mark)
                raise DecodeError(f"broken {name.upper()}: {problem.reason} at byte {at}") from None
    return None


def _codec(label: str | None) -> str | None:
    """Python's name of a declared encoding, if it is one of the standard's."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip("\"' ")).name
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    if name.startswith(("utf-16", "utf-32")):  # without a mark a page that says so in ASCII cannot be
        return "utf-8"
    return name if name in _SAFE else None


def _mostly_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, or more so than not."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return len(_MULTIBYTE.findall(data)) > _strays(data)
    return True


def _strays(data: bytes) -> int:
    """How many bytes beyond ASCII are in no sequence of UTF-8."""
    return len(_MULTIBYTE.sub(b"", data).translate(None, bytes(range(128))))


def _wide(data: bytes) -> str | None:
    """The text if the bytes are UTF-16 without a mark."""
    half = len(data) // 2
    even, odd = data[::2].count(0), data[1::2].count(0)
    for zeros, others, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if half and zeros > WIDE * half and others < zeros / 10:
            try:
                return data.decode(name)
            except UnicodeDecodeError:
                return None
    return None


def _guess(data: bytes) -> str:
    if b"\0" in data:
        text = _wide(data)
        if text is None:
            raise DecodeError("binary data, not text")
        return text
    high = len(data.translate(None, bytes(range(128))))
    letters = len(data.translate(None, bytes(byte for byte in range(128) if not chr(byte).isalpha())))
    if letters - high > ASCII_ENOUGH * letters:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass  # it has one of the five bytes that windows-1252 leaves free
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise DecodeError("binary data, or text in an encoding that cannot be told")
    return str(best)


def _sane(text: str) -> str:
    # Counted in UTF-8, where a control character is one byte and no part of another: ten times as fast.
    data = text.encode("utf-8", "surrogatepass")
    controls = len(data) - len(data.translate(None, _CONTROL))
    if "\0" in text or controls > CONTROLS * len(text):
        raise DecodeError("binary data, not text")
    return text
