"""Asks for a page over HTTP, within limits of time and size.

A list of addresses may come from anyone, so no address leads into the network of the machine it is read on: every host
name is looked up once, what it stands for is checked, and the connection goes to the checked address itself (a second
look-up could give another one: DNS rebinding). Redirects are followed by hand, each checked the same way. See OWASP's
Server-Side Request Forgery Prevention Cheat Sheet.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._names import shown

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, HTTPConnectionPool

REDIRECTS = 5
"""Followed at most; browsers follow 20, an article's address needs one to three."""

REDIRECTING = frozenset((301, 302, 303, 307, 308))

HEADERS = {
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
}
PACKINGS = ("gzip", "x-gzip", "deflate")
AGENT = "reportedly"
"""The product's name, in the header User-Agent and in the rules of robots.txt."""

MOST_PACKED = 100
"""Streams of gzip in one body that are read; each costs a copy of what is left of it."""
PURPOSE = "reads articles and feeds that a person asked for"
CHUNK = 65_536
LONGEST_URL = 8_000

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class BrokenOffError(InputError):
    """The connection broke before the answer was whole: another try may do better."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered to one request: status, headers as they were sent, and the body as it was sent.

    The body is there with status 200 only, without the transfer's encoding (chunks) and with the content's (gzip).
    """

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The first header of that name, as it was sent."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: the address after redirects, the body as bytes, the declared encoding if any.

    ``etag`` and ``modified`` are the headers ETag and Last-Modified to the letter: with the next request they ask for
    the page only if it has changed.
    """

    url: str
    data: bytes
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None


Fetch = Callable[[str, Settings], Page]
Ask = Callable[[str, Settings], Answer]


def fetch(url: str, settings: Settings) -> Page:
    """Get a page, with one request and what redirects it leads to; `Visitor` is the polite way to get several.

    Raises:
        InputError: refused, not found, too slow, too large.
    """
    return page_of(follow(url, settings, ask), settings)


def follow(url: str, settings: Settings, ask: Ask) -> Answer:
    """The answer at the end of an address's redirects, whatever its status.

    Raises:
        InputError: refused, too slow, too large, redirected too often; it names ``url``.
    """
    here = url
    try:
        for _ in range(REDIRECTS + 1):
            answer = ask(here, settings)
            there = answer.header("Location")
            if answer.status not in REDIRECTING or not there:
                return answer
            here = urljoin(answer.url, there)
    except InputError as problem:
        raise InputError(url, problem.reason) from None
    except ValueError:
        raise InputError(url, "redirected to what is no address") from None
    raise InputError(url, f"redirected more than {REDIRECTS} times")


def ask(url: str, settings: Settings, headers: Mapping[str, str] | None = None) -> Answer:
    """Ask once. It takes at most ``settings.timeout`` seconds and ``settings.max_bytes`` bytes.

    Raises:
        BrokenOffError: the connection broke before the answer was whole.
        InputError: refused, too slow, too large.
    """
    from urllib3.exceptions import HTTPError, ProtocolError

    deadline = time.monotonic() + settings.timeout
    try:
        return _ask(url, settings, deadline, headers or {})
    except (HTTPError, OSError, ValueError) as problem:
        if time.monotonic() >= deadline or _is_slow(problem):
            raise InputError(url, too_slow(settings)) from None
        broken = isinstance(problem, ProtocolError | ConnectionError)
        raise (BrokenOffError if broken else InputError)(url, _reason(problem)) from None


def page_of(answer: Answer, settings: Settings) -> Page:
    """The page in an answer, unpacked.

    Raises:
        InputError: it has another status than 200, is too large, or is packed in a way that was not asked for.
    """
    if answer.status != 200:
        raise InputError(answer.url, shown(f"answered {answer.status} {answer.reason}".strip()))
    data = _unpacked(answer, settings.max_bytes)
    declared = (answer.header("Content-Type") or "").lower().partition("charset=")[2].partition(";")[0].strip()
    return Page(answer.url, data, declared or None, answer.header("ETag"), answer.header("Last-Modified"))


def _ask(url: str, settings: Settings, deadline: float, headers: Mapping[str, str]) -> Answer:
    import certifi
    import urllib3

    parts, host, port = _parts(url)
    address = _look_up(url, host, port, settings)
    left = max(0.1, deadline - time.monotonic())
    timeout = urllib3.Timeout(connect=left, read=left)
    pool: HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            address, port, timeout=timeout, server_hostname=host, assert_hostname=host, ca_certs=certifi.where()
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    with pool, _hung_up(pool, left):
        answer = pool.urlopen(
            "GET",
            _target(parts),
            headers={**HEADERS, **headers, "Host": _named(parts, host), "User-Agent": user_agent()},
            redirect=False,
            retries=False,
            preload_content=False,
        )
        with answer:
            body = _body(url, answer, settings) if answer.status == 200 else b""
            if time.monotonic() > deadline:  # where it was hung up on, what came looks like all there is
                raise InputError(url, too_slow(settings))
            sent = tuple((str(key), str(value)) for key, value in answer.headers.items())
            return Answer(normal(url), answer.status, answer.reason or "", sent, body)


@contextmanager
def _hung_up(pool: HTTPConnectionPool, seconds: float) -> Iterator[None]:
    """Hang up after so many seconds, whatever is going on: a timeout begins anew with every byte that comes."""
    sockets: list[socket.socket] = []
    plain: Any = pool.ConnectionCls

    class Watched(plain):  # type: ignore[misc]  # one of two classes, by the scheme
        def connect(self) -> None:
            super().connect()
            sockets.append(self.sock)

    def hang_up() -> None:
        for each in sockets:
            with suppress(OSError):
                socket.socket.shutdown(each, socket.SHUT_RDWR)  # not TLS's own, which would say goodbye first

    pool.ConnectionCls = Watched
    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _body(url: str, answer: BaseHTTPResponse, settings: Settings) -> bytes:
    data = bytearray()
    while chunk := answer.read1(CHUNK, decode_content=False):
        data += chunk
        if len(data) > settings.max_bytes:
            raise InputError(url, too_large(settings.max_bytes))
    return bytes(data)


def _unpacked(answer: Answer, limit: int) -> bytes:
    """The body without the content's encoding; no more of it is unpacked than ``limit`` bytes."""
    encoding = (answer.header("Content-Encoding") or "identity").lower().strip()
    if encoding == "identity" or not answer.body:
        return answer.body
    if encoding not in PACKINGS:
        raise InputError(answer.url, shown(f"is packed in a way that was not asked for: {encoding[:40]}"))
    # What is called deflate has zlib's frame by RFC 9110, and from some servers none.
    window = 31 if "gzip" in encoding else 15 if answer.body[0] & 15 == 8 else -15
    data, rest = bytearray(), answer.body
    try:
        for _ in range(MOST_PACKED):
            if not rest or len(data) > limit:
                break
            unpack = zlib.decompressobj(window)
            data += unpack.decompress(rest, limit + 1 - len(data))
            if not unpack.eof and len(data) <= limit:
                raise InputError(answer.url, f"cannot be fetched: the {encoding} stream ends too early")
            rest = unpack.unused_data if window == 31 else b""
    except zlib.error:
        raise InputError(answer.url, f"cannot be fetched: not {encoding}, as it says") from None
    if len(data) > limit:
        raise InputError(answer.url, too_large(limit))
    return bytes(data)


def too_slow(settings: Settings) -> str:
    """The reason for what takes longer than it may."""
    return f"took longer than {settings.timeout:g} seconds"


def too_large(limit: int) -> str:
    """The reason for what has more bytes than may be."""
    return f"too large: more than {limit:,} bytes"


# ---------------------------------------------------------------- what an address leads to


def _parts(url: str) -> tuple[SplitResult, str, int]:
    """The URL in parts, its host in ASCII, its port."""
    parts = urlsplit(url)
    if len(url) > LONGEST_URL or parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(url, "not an http or https address")
    if parts.username is not None or parts.password is not None:
        raise InputError(url, "refused: the address holds a user name or password")
    host = parts.hostname
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if any(character <= " " or character in "/\\@%" for character in host):
        raise InputError(url, "not an http or https address")
    return parts, host, parts.port or (443 if parts.scheme == "https" else 80)


def _named(parts: SplitResult, host: str) -> str:
    return (f"[{host}]" if ":" in host else host) + ("" if parts.port is None else f":{parts.port}")


def normal(url: str) -> str:
    """The address as it is asked for, in ASCII, without what stands behind "#".

    Raises:
        InputError: it is none.
    """
    parts, host, _ = _parts(url)
    return f"{parts.scheme}://{_named(parts, host)}{_target(parts)}"


def _target(parts: SplitResult) -> str:
    """What is asked of the host: path and query, all that is not ASCII percent-encoded."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?[]')}" if parts.query else path


def _look_up(url: str, host: str, port: int, settings: Settings) -> str:
    """The address to connect to. Where one of a host's addresses is private, the host is not trusted at all."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise InputError(url, f"no such host: {shown(host)}") from None
    addresses = [str(entry[4][0]) for entry in found]
    if not settings.allow_private and not all(map(is_public, addresses)):
        raise InputError(url, "refused: it leads to a private, loopback or other local address")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where an IPv6 address wraps an IPv4 one."""
    try:
        ip: _Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def user_agent() -> str:
    """Who asks, and what for."""
    try:
        return f"{AGENT}/{version('reportedly')} ({PURPOSE})"
    except PackageNotFoundError:
        return f"{AGENT} ({PURPOSE})"


def _is_slow(problem: Exception) -> bool:
    from urllib3.exceptions import NewConnectionError
    from urllib3.exceptions import TimeoutError as SlowError

    # Of urllib3's errors the refused connection counts as a timeout too, but has a cause to tell.
    return isinstance(problem, SlowError | TimeoutError) and not isinstance(problem, NewConnectionError)


def _reason(problem: Exception) -> str:
    from urllib3.exceptions import SSLError

    if isinstance(problem, SSLError):
        return shown(f"no trusted connection: {problem}")
    if isinstance(problem, UnicodeError | ValueError):
        return "not an http or https address"
    cause = getattr(problem, "__cause__", None)
    if isinstance(cause, OSError) and cause.strerror:
        return shown(f"cannot be fetched: {cause.strerror.lower()}")
    return shown(f"cannot be fetched: {type(problem).__name__}: {problem}")
