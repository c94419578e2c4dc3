"""Who may ask for what: every request passes here before anything else sees it.

In this order, each as OWASP's cheat sheets have it:

1. rate: a bucket of tokens for each address;
2. Host: only names that the desk is known by (DNS rebinding);
3. Origin: what changes something comes from a page of the desk (cross-site request forgery), beside the form's token;
4. who: a session's cookie, a bearer token, or the token of the printed link, which becomes a session and disappears
   from the address; for the feeds of what changed also a token of their own, since a reader of feeds has no cookies;
5. on the way out: a Content-Security-Policy that lets nothing in from elsewhere, and the other headers.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Literal
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportedly.desk._config import Config

COOKIE = "reportedly"
DAYS = 30
"""How long a session holds."""
ADDRESSES = 10_000
"""Addresses whose rate is remembered."""
TRIES, WITHIN = 5, 60.0
"""Wrong secrets of one address within so many seconds."""
TOO_OFTEN = "too many tries: wait a minute"
OPEN = ("/login", "/static/")
"""What is answered without a session."""

POLICY = (
    # The readout's bars and columns have their widths in style attributes, which are the desk's own numbers.
    "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # Not "no-referrer": then a form's Origin would be "null".
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "x-robots-tag": "noindex",
}


@dataclass
class _Bucket:
    left: float
    at: float


class Keys:
    """What opens the desk: it makes sessions and forms' tokens, and knows its own. A restart ends every session."""

    def __init__(self, config: Config, clock: Callable[[], float] = time.time) -> None:
        self._config, self._clock = config, clock
        self._secret = secrets.token_bytes(32)

    def opens(self, given: str) -> bool:
        """Whether this is the token or the password."""
        known = [secret for secret in (self._config.token, self._config.password) if secret]
        # Each is compared, and in constant time, so that no time tells which letters are right.
        return sum(hmac.compare_digest(given.encode(), secret.encode()) for secret in known) > 0

    def session(self) -> str:
        """A new session's cookie."""
        ends = f"{int(self._clock()) + DAYS * 86400}.{secrets.token_urlsafe(9)}"
        return f"{ends}.{self._sign('session', ends)}"

    def holds(self, session: str) -> bool:
        """Whether a cookie is of a session that was opened here and has not ended."""
        ends, _, signature = session.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign("session", ends).encode()):
            return False
        return int(ends.split(".")[0]) > self._clock()

    def form_token(self, session: str) -> str:
        """What a form of a session carries."""
        return self._sign("form", session)

    def _sign(self, purpose: str, words: str) -> str:
        return hmac.new(self._secret, f"{purpose}\n{words}".encode(), hashlib.sha256).hexdigest()


class Guard:
    """The application within, behind the checks."""

    def __init__(self, app: ASGIApp, config: Config, keys: Keys, clock: Callable[[], float] = time.monotonic) -> None:
        self._app, self._config, self._keys, self._clock = app, config, keys, clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._logins: OrderedDict[str, _Bucket] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = self._refusal(scope) or self._entry(scope)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "private, no-cache")
            await send(message)

        await (answer or self._app)(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        """Why a request is not looked at."""
        headers = Headers(scope=scope)
        address = scope["client"][0] if scope.get("client") else ""
        if not self._admit(self._buckets, address, self._config.rate, self._config.burst):
            return _refused(scope, 429, "too many requests", {"retry-after": "1"})
        host = headers.get("host", "").lower()
        if _name(host) not in self._config.hosts:
            return _refused(scope, 421, "this desk is not known by that name")
        if scope["method"] in ("GET", "HEAD"):
            return None
        if scope["method"] != "POST":
            allowed = "GET, HEAD" if scope["path"].startswith("/api/") else "GET, HEAD, POST"
            return _refused(scope, 405, "not a method of the desk", {"allow": allowed})
        if scope["path"] == "/login" and not self._admit_try(scope, opens=False):
            return _refused(scope, 429, TOO_OFTEN, {"retry-after": "60"})
        if headers.get("origin", "").lower() not in {f"http://{host}", f"https://{host}"}:
            return _refused(scope, 403, "not from a page of this desk")
        return None

    def _entry(self, scope: Scope) -> Response | None:
        """What is answered to those who have no session; sets the session's ``form_token`` for those who have."""
        session = _cookie(Headers(scope=scope))
        scope.setdefault("state", {})["form_token"] = ""
        if session and self._keys.holds(session):
            scope["state"]["form_token"] = self._keys.form_token(session)
            return self._without_token(scope)
        bearer = Headers(scope=scope).get("authorization", "")
        if bearer[:7].lower() == "bearer " and scope["method"] != "POST":
            opens = self._keys.opens(bearer[7:].strip())
            if not self._admit_try(scope, opens):
                return _refused(scope, 429, TOO_OFTEN, {"retry-after": "60"})
            if opens:
                return None
        if scope["path"].startswith(OPEN):
            return None
        if _is_feed(scope["path"]) and (opened := self._with_feed_token(scope)) is not False:
            return opened
        if answer := self._without_token(scope):
            return answer
        if scope["path"].startswith("/api/") or scope["path"] == "/openapi.json" or _is_feed(scope["path"]):
            return _refused(scope, 401, "a token is needed", {"www-authenticate": "Bearer"})
        return RedirectResponse("/login", 303)

    def _without_token(self, scope: Scope) -> Response | None:
        """Where the address has the token: a session, and the same address without it."""
        given = _token(scope)
        if given is None or scope["method"] != "GET" or not self._config.token:
            return None
        opens = hmac.compare_digest(given.encode(), self._config.token.encode())
        if not self._admit_try(scope, opens):
            return _refused(scope, 429, TOO_OFTEN, {"retry-after": "60"})
        if not opens:
            return _refused(scope, 403, "that token does not open this desk; the link is printed at each start")
        rest = urlencode([(name, value) for name, value in _query(scope) if name != "token"])
        path = "/" + scope["path"].lstrip("/\\")
        return self.entered(RedirectResponse(f"{path}?{rest}" if rest else path, 303))

    def _with_feed_token(self, scope: Scope) -> Response | Literal[False] | None:
        """None where the address has the token of the feeds, False where that decides nothing, else a refusal.

        It makes no session: who has it reads feeds, and nothing else.
        """
        given = _token(scope)
        if not given or not self._config.feed_token:
            return False
        opens = hmac.compare_digest(given.encode(), self._config.feed_token.encode())
        if self._config.token and hmac.compare_digest(given.encode(), self._config.token.encode()):
            return False
        if not self._admit_try(scope, opens):
            return _refused(scope, 429, TOO_OFTEN, {"retry-after": "60"})
        return None if opens else _refused(scope, 403, "that token does not open the feeds")

    def entered(self, response: Response) -> Response:
        """The response with a new session's cookie."""
        response.set_cookie(
            COOKIE, self._keys.session(), max_age=DAYS * 86400, httponly=True, samesite="lax", secure=self._config.https
        )
        return response

    def _admit_try(self, scope: Scope, opens: bool) -> bool:
        """Whether one more secret may be tried; one that is right costs nothing."""
        address = scope["client"][0] if scope.get("client") else ""
        return self._admit(self._logins, address, TRIES / WITHIN, TRIES, cost=0 if opens else 1)

    def _admit(self, buckets: OrderedDict[str, _Bucket], address: str, rate: float, burst: int, cost: int = 1) -> bool:
        now = self._clock()
        bucket = buckets.pop(address, None) or _Bucket(float(burst), now)
        bucket.left = min(float(burst), bucket.left + (now - bucket.at) * rate)
        bucket.at = now
        buckets[address] = bucket
        if len(buckets) > ADDRESSES:
            buckets.popitem(last=False)
        if bucket.left < 1:
            return False
        bucket.left -= cost
        return True


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)


def _token(scope: Scope) -> str | None:
    return next((value for name, value in _query(scope) if name == "token"), None)


def _is_feed(path: str) -> bool:
    """Whether an address is that of a feed of what changed."""
    return re.fullmatch(r"(?:/stories/.+)?/changes\.(?:atom|json)", path) is not None


def _name(host: str) -> str:
    """A Host header without its port."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _refused(scope: Scope, status: int, reason: str, headers: dict[str, str] | None = None) -> Response:
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": reason}, status, headers)
    return PlainTextResponse(f"{reason}\n", status, headers)
