"""What a host's robots.txt allows, by RFC 9309 (https://www.rfc-editor.org/rfc/rfc9309).

Protego reads the rules; the standard library's parser knows neither ``*`` and ``$`` in them nor that the longest one
counts, both of which the RFC asks for. Where a host answers 4xx there are no rules; where it answers 5xx or nothing,
all is disallowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._fetch import AGENT, Ask, follow, page_of

if TYPE_CHECKING:
    from protego import Protego

LARGEST = 500 * 1024
"""Bytes of a robots.txt that are read; the RFC asks for so many at least."""


class Robots:
    """The rules of the hosts asked so far: each host's are read once."""

    def __init__(self) -> None:
        self._rules: dict[str, Protego | str] = {}

    def refusal(self, url: str, settings: Settings, ask: Ask) -> str | None:
        """Why an address is not to be asked for, or None. ``ask`` gets the rules where they are not known yet."""
        rules = self._of(url, settings, ask)
        if isinstance(rules, str):
            return rules
        return None if rules.can_fetch(url, AGENT) else "refused: the site's robots.txt disallows it"

    def delay(self, url: str) -> float:
        """Seconds that the host asks to leave between two requests, as far as is known; 0 where it asks for none."""
        rules = self._rules.get(_origin(url), "")
        return 0.0 if isinstance(rules, str) else rules.crawl_delay(AGENT) or 0.0

    def _of(self, url: str, settings: Settings, ask: Ask) -> Protego | str:
        origin = _origin(url)
        if origin not in self._rules:
            self._rules[origin] = _rules(f"{origin}/robots.txt", settings, ask)
        return self._rules[origin]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _rules(url: str, settings: Settings, ask: Ask) -> Protego | str:
    from protego import Protego

    try:
        answer = follow(url, settings, ask)
        if answer.status >= 500:
            return f"refused: its robots.txt answered {answer.status}"
        text = page_of(answer, settings).data[:LARGEST].decode("utf-8", "replace") if answer.status == 200 else ""
    except InputError as problem:
        return f"{problem.reason} (its robots.txt)"
    return Protego.parse(text)
