"""Fetches one page over HTTP, within limits.

A list of addresses may come from anyone, so no address leads into the network of the machine it is read on: every host
name is looked up once, what it stands for is checked, and the connection goes to the checked address itself (a second
look-up could give another one: DNS rebinding). Redirects are followed by hand, each checked the same way. See OWASP's
Server-Side Request Forgery Prevention Cheat Sheet.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._names import shown

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, HTTPConnectionPool

REDIRECTS = 5
"""Followed at most; browsers follow 20, an article's address needs one to three."""

CHUNK = 65_536
LONGEST_URL = 8_000

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered: the address after redirects, the body as bytes, the declared encoding if any."""

    url: str
    data: bytes
    charset: str | None = None


Fetch = Callable[[str, Settings], Page]


def fetch(url: str, settings: Settings) -> Page:
    """Get a page. All in all it takes at most ``settings.timeout`` seconds and ``settings.max_bytes`` bytes.

    Raises:
        InputError: refused, not found, too slow, too large.
    """
    from urllib3.exceptions import HTTPError

    deadline = time.monotonic() + settings.timeout
    here = url
    try:
        for _ in range(REDIRECTS + 1):
            here, answer, pool = _get(here, settings, deadline)
            with pool, answer:
                there = answer.get_redirect_location()
                if not there:
                    return _page(here, answer, settings, deadline)
            here = urljoin(here, there)
    except InputError as problem:
        raise InputError(url, problem.reason) from None
    except (HTTPError, OSError, ValueError) as problem:
        raise InputError(url, _reason(problem)) from None
    raise InputError(url, f"redirected more than {REDIRECTS} times")


def _get(url: str, settings: Settings, deadline: float) -> tuple[str, BaseHTTPResponse, HTTPConnectionPool]:
    """Ask for a page: its address as it was asked for, in ASCII; the answer, its body unread; the connection."""
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
    named = (f"[{host}]" if ":" in host else host) + ("" if parts.port is None else f":{port}")
    answer = pool.urlopen(
        "GET",
        target := _target(parts),
        headers={
            "Host": named,
            "User-Agent": _user_agent(),
            "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1",
            "Accept-Encoding": "gzip, deflate",
        },
        redirect=False,
        retries=False,
        preload_content=False,
    )
    return f"{parts.scheme}://{named}{target}", answer, pool


def _page(url: str, answer: BaseHTTPResponse, settings: Settings, deadline: float) -> Page:
    if answer.status != 200:
        raise InputError(url, shown(f"answered {answer.status} {answer.reason or ''}".strip()))
    data = bytearray()
    while chunk := answer.read1(CHUNK, decode_content=True):
        data += chunk
        if len(data) > settings.max_bytes:
            raise InputError(url, f"too large: more than {settings.max_bytes:,} bytes")
        if time.monotonic() > deadline:
            raise InputError(url, f"took longer than {settings.timeout:g} seconds")
    declared = answer.headers.get("Content-Type", "").lower().partition("charset=")[2].partition(";")[0].strip()
    return Page(url, bytes(data), declared or None)


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


def _user_agent() -> str:
    try:
        return f"reportedly/{version('reportedly')} (reads single articles that a person asked for)"
    except PackageNotFoundError:
        return "reportedly (reads single articles that a person asked for)"


def _reason(problem: Exception) -> str:
    from urllib3.exceptions import NewConnectionError, SSLError
    from urllib3.exceptions import TimeoutError as SlowError

    # Of urllib3's errors the refused connection counts as a timeout too, but has a cause to tell.
    if isinstance(problem, SlowError | TimeoutError) and not isinstance(problem, NewConnectionError):
        return "timed out"
    if isinstance(problem, SSLError):
        return shown(f"no trusted connection: {problem}")
    if isinstance(problem, UnicodeError | ValueError):
        return "not an http or https address"
    cause = getattr(problem, "__cause__", None)
    if isinstance(cause, OSError) and cause.strerror:
        return shown(f"cannot be fetched: {cause.strerror.lower()}")
    return shown(f"cannot be fetched: {type(problem).__name__}: {problem}")
