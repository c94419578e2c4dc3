"""Where a stream of stories stands, as bytes: to stop, and to go on later as if it had not stopped.

JSON, compressed, under a line that names the format and a checksum. It is no pickle: reading a state runs nothing.
Numbers are read back exactly, so a stream that goes on gives what it would have given in one run.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from hashlib import sha256
from typing import Any

from reportedly._errors import InputError
from reportedly._records import Article, Block, Copy
from reportedly.group._copies import Copied
from reportedly.group._rarity import Weighed

FORMAT = b"reportedly story stream "
VERSION = b"1"
"""To be raised when what is kept changes, or how articles are weighed and scored: old and new do not mix."""


def pack(state: Mapping[str, Any]) -> bytes:
    """The bytes of a state of JSON values."""
    body = zlib.compress(json.dumps(state).encode("ascii"), 1)
    return FORMAT + VERSION + b"\n" + sha256(body).digest() + body


def unpack(data: bytes, source: str) -> dict[str, Any]:
    """The state that `pack` was given.

    Raises:
        InputError: the bytes are no state, one of another version, or damaged; it names ``source``.
    """
    head, _, rest = data.partition(b"\n")
    if not head.startswith(FORMAT):
        raise InputError(source, "not the state of a story stream")
    version = head.removeprefix(FORMAT)
    if version != VERSION:
        raise InputError(
            source,
            f"a state of version {version.decode('ascii', 'replace')}, and this is version {VERSION.decode()}:"
            " begin a new one",
        )
    if sha256(rest[32:]).digest() != rest[:32]:
        raise InputError(source, "a damaged state")
    state: dict[str, Any] = json.loads(zlib.decompress(rest[32:]))
    return state


def from_article(article: Article) -> dict[str, Any]:
    """An article as JSON values."""
    return asdict(article)


def to_article(value: Mapping[str, Any]) -> Article:
    """The article of `from_article`."""
    blocks = tuple(Block(**{**block, "span": tuple(block["span"])}) for block in value["blocks"])
    return Article(**{**value, "authors": tuple(value["authors"]), "blocks": blocks})


def from_weighed(weighed: Weighed) -> dict[str, Any]:
    """An article's vectors as JSON values, in their order."""
    value = {each.name: getattr(weighed, each.name) for each in fields(weighed)}
    return {**value, "phrases": list(weighed.phrases.items())}  # JSON has no numbers for keys


def to_weighed(value: Mapping[str, Any]) -> Weighed:
    """The vectors of `from_weighed`."""
    phrases = dict(value["phrases"])
    return Weighed(**{**value, "phrases": phrases, "weekdays": tuple(value["weekdays"])})


def from_copied(copied: Mapping[str, Copied]) -> dict[str, Any]:
    """What articles share, by their ids, as JSON values."""
    return {article: asdict(each) for article, each in copied.items()}


def to_copied(value: Mapping[str, Any]) -> dict[str, Copied]:
    """The mapping of `from_copied`."""
    return {
        article: Copied(each["copy_of"], tuple(map(_copy, each["copies"])), each["own_share"])
        for article, each in value.items()
    }


def _copy(value: Mapping[str, Any]) -> Copy:
    return Copy(value["article"], tuple((start, end) for start, end in value["spans"]))


def from_ids(ids: Iterable[int]) -> str:
    """Numbers of 64 bits as a JSON value; sorted, so that the same state has the same bytes."""
    return b64encode(b"".join(each.to_bytes(8, "little") for each in sorted(ids))).decode("ascii")


def to_ids(value: str) -> set[int]:
    """The numbers of `from_ids`."""
    data = b64decode(value)
    return {int.from_bytes(data[at : at + 8], "little") for at in range(0, len(data), 8)}
