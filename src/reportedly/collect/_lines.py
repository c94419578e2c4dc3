"""JSON → Articles: ``{"id", "outlet", "title", "url", "published", "authors", "text"}``, only ``text`` required.

An object can also be an item of ninjs, or a JSON Feed: told by what it names, wherever it stands. JSON Lines have one
on each line and are read as a stream; a document that is one object or a list of them is read as a whole. A line is
what stands between two line feeds (https://jsonlines.org): Unicode's other line separators occur in texts.
The text is taken as it is. What is not known is null, empty or absent.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from reportedly._errors import InputError
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect._feeds import entries_of_json_feed, is_json_feed
from reportedly.collect._identity import Notice, iso, make_id, refusal, sha256, web_address
from reportedly.collect._inputs import Input, Item, read_all
from reportedly.collect._names import shown
from reportedly.collect._ninjs import articles_of_ninjs, is_ninjs

LONGEST_ID = 200


def articles_of_lines(lines: Iterable[bytes], name: str, settings: Settings, base: str = "") -> Iterator[Item]:
    """The articles of the lines, in order. A line that is none gives an error that names its number.

    ``base`` is the address that the lines came from, if they came from one.
    """
    found = False
    for number, line in enumerate(lines, start=1):
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        found = True
        where = f"{name}:{number}"
        try:
            if len(line) > settings.max_bytes:
                raise InputError(where, f"too large: more than {settings.max_bytes:,} bytes in one line")
            yield from _items(_record(line, where), where, base, settings)
        except InputError as problem:
            yield problem
    if not found:
        yield InputError(name, "is empty")


def articles_of_json(source: Input, settings: Settings) -> Iterator[Item]:
    """The articles of a JSON document: of one object, or of a list of them."""
    document = _json(read_all(source, settings), source.name)
    if not isinstance(document, list):
        yield from _items(_object(document, source.name), source.name, source.url or "", settings)
        return
    if not document:
        yield InputError(source.name, "is empty")
    for number, record in enumerate(document, start=1):
        where = source.item(number)
        try:
            yield from _items(_object(record, where), where, source.url or "", settings)
        except InputError as problem:
            yield problem


def _items(record: dict[str, Any], where: str, base: str, settings: Settings) -> Iterator[Item]:
    if is_json_feed(record):
        yield from entries_of_json_feed(record, where, base, settings)
    elif record.get("text") is None and is_ninjs(record):
        yield from articles_of_ninjs(record, where, settings)
    else:
        notices: list[Notice] = []
        article = _article(record, where, settings, notices)
        yield from notices
        yield article


def _record(line: bytes, where: str) -> dict[str, Any]:
    return _object(_json(line, where), where)


def _json(data: bytes, where: str) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise InputError(where, f"not UTF-8: {problem.reason} at byte {problem.start}") from None
    except json.JSONDecodeError as problem:
        place = f"line {problem.lineno}, column {problem.colno}" if problem.lineno > 1 else f"column {problem.colno}"
        raise InputError(where, f"not JSON: {problem.msg} at {place}") from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets nested thousands deep
        raise InputError(where, "not JSON that can be read") from None


def _object(record: Any, where: str) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise InputError(where, "not a JSON object")
    return record


def _article(record: dict[str, Any], where: str, settings: Settings, notices: list[Notice]) -> Article:
    if record.get("text") is None:
        raise InputError(where, 'has no "text"')
    if not isinstance(record["text"], str):
        raise InputError(where, '"text" is not a string')
    text = record["text"]
    if reason := refusal(text, settings.max_characters):
        raise InputError(where, f'"text" {reason}' if not reason.startswith("too") else reason)
    digest = sha256(text)
    outlet = _string(record, "outlet", where)
    url = _checked(record, "url", web_address, "not an http or https address", where, notices)
    return Article(
        id=identifier_of(record.get("id"), where) or make_id(digest, outlet, url),
        source=where,
        text=text,
        sha256=digest,
        outlet=outlet,
        title=_string(record, "title", where),
        url=url,
        published=_checked(record, "published", iso, "not a date in ISO 8601", where, notices),
        authors=_authors(record, where),
    )


def _plain(value: str, key: str, where: str) -> str | None:
    """A metadata string on one line, without the white space around it; None if nothing is left."""
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise InputError(where, f'"{key}" holds half a surrogate pair, which is no character')
    return " ".join(value.replace("\0", " ").split()) or None


def _string(record: dict[str, Any], key: str, where: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(where, f'"{key}" is not a string')
    return _plain(value, key, where)


def _checked(
    record: dict[str, Any], key: str, check: Callable[[str], str | None], fault: str, where: str, notices: list[Notice]
) -> str | None:
    """A metadata string that has to be of a form. One that is not is left out, since the text is good without it."""
    value = _string(record, key, where)
    if value is None:
        return None
    good = check(value)
    if good is None:
        notices.append(Notice(where, f'"{key}" is {fault}, left out: {shown(value)[:80]}'))
    return good


def identifier_of(value: Any, where: str) -> str | None:
    """The id that an input gives, as it stands: what it is matched with may know it by its every character.

    Raises:
        InputError: it is neither a string nor a whole number, too long, or not to be shown.
    """
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise InputError(where, '"id" is neither a string nor a whole number')
    if len(value) > LONGEST_ID or value != shown(value):
        raise InputError(where, f'"id" is longer than {LONGEST_ID} characters or holds some that cannot be shown')
    return value if value.strip() else None


def _authors(record: dict[str, Any], where: str) -> tuple[str, ...]:
    value = record.get("authors")
    if value is None:
        return ()
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InputError(where, '"authors" is not a list of strings')
    return tuple(plain for name in names if (plain := _plain(name, "authors", where)))
