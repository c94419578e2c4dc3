"""Posts what changed, signed as Standard Webhooks has it (https://www.standardwebhooks.com/)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from reportedly._errors import ReportedlyError
from reportedly.collect._fetch import user_agent
from reportedly.collect._identity import web_address
from reportedly.library import Library, _outbox

PREFIX = "whsec_"
LEAST, MOST = 24, 64
"""Bytes of a secret."""
TIMEOUT = 15.0
"""Seconds that a receiver has to answer."""
RETRIES = (
    *(timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=5)),
    *(timedelta(hours=10), timedelta(hours=14), timedelta(hours=20), timedelta(hours=24)),
)
"""After which time a message is posted again, as the specification proposes; then it is dropped."""
GONE = 410
"""The status by which a receiver says that it wants no more of this."""

Post = Callable[[str, bytes, dict[str, str]], int]
"""Posts a body with headers to an address; the status of the answer.

Raises:
    OSError: there was none.
"""


class WebhookError(ReportedlyError):
    """The webhook's address or secret cannot be as it is."""


def secret_of(words: str) -> bytes:
    """The bytes of a secret as it is written: ``whsec_`` and Base64.

    Raises:
        WebhookError: it is none.
    """
    try:
        key = base64.b64decode(words.removeprefix(PREFIX), validate=True) if words.startswith(PREFIX) else b""
    except ValueError:
        key = b""
    if not LEAST <= len(key) <= MOST:
        raise WebhookError(f"webhook_secret: {PREFIX} and the Base64 of {LEAST} to {MOST} bytes is wanted")
    return key


def signature(key: bytes, identifier: str, timestamp: int, body: bytes) -> str:
    """The value of the header ``webhook-signature``."""
    signed = hmac.new(key, f"{identifier}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def pause_after(tries: int, status: int) -> timedelta | None:
    """How long to wait after so many tries, the last with this status (0: no answer); None: not again."""
    return None if status == GONE or tries > len(RETRIES) else RETRIES[tries - 1]


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where to post, with which key; ``check`` raises where the process is to stop."""

    url: str
    key: bytes = field(repr=False)
    post: Post
    tell: Callable[[str], None]

    def deliver(self, library: Library, now: Callable[[], datetime], check: Callable[[], None]) -> None:
        """Post what waits and is due, in its order; the first that is not taken ends it."""
        _outbox.fill(library, now())
        while (message := _outbox.first(library.db)) and message.due <= now():
            check()
            status, problem = self._post(message, int(now().timestamp()))
            if 200 <= status < 300:
                _outbox.note(library, message.number, "posted")
                continue
            pause = pause_after(message.tries + 1, status)
            if pause is None:
                _outbox.note(library, message.number, "dropped")
                self.tell(f"webhook: {problem}; message {message.id} is put aside")
                continue
            if message.tries == 0:
                self.tell(f"webhook: {problem}; tried again")
            _outbox.put_off(library, message.number, now() + pause, problem)
            return

    def _post(self, message: _outbox.Message, timestamp: int) -> tuple[int, str]:
        headers = {
            "content-type": "application/json",
            "user-agent": user_agent(),
            "webhook-id": message.id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(self.key, message.id, timestamp, message.body),
        }
        try:
            status = self.post(self.url, message.body, headers)
        except OSError as problem:
            return 0, f"not reached: {problem}"
        return status, f"answered {status}"


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Post over HTTP; redirects are not followed, since the secret was agreed on with this address.

    Raises:
        OSError: there was no answer.
    """
    import certifi
    import urllib3

    try:
        with urllib3.PoolManager(ca_certs=certifi.where()) as pool:
            answer = pool.request(
                "POST", url, body=body, headers=headers, redirect=False, retries=False, timeout=TIMEOUT,
                preload_content=False,
            )  # fmt: skip
            status: int = answer.status
            answer.close()
            return status
    except urllib3.exceptions.HTTPError as problem:
        raise OSError(type(problem).__name__) from problem


def make_webhook(url: str | None, secret: str | None, tell: Callable[[str], None]) -> Webhook | None:
    """The webhook of the settings, or None if they have none.

    Raises:
        WebhookError: the address or the secret is missing or cannot be as it is.
    """
    if not url and not secret:
        return None
    if not url or not web_address(url) or not urlsplit(url).hostname:
        raise WebhookError("webhook: an http or https address is wanted")
    if not secret:
        raise WebhookError("webhook_secret: is wanted to sign what is posted")
    return Webhook(url, secret_of(secret), post, tell)
