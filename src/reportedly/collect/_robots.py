"""What a host's robots.txt allows, by RFC 9309 (https://www.rfc-editor.org/rfc/rfc9309).

Protego reads the rules; the standard library's parser knows neither ``*`` and ``$`` in them nor that the longest one
counts, both of which the RFC asks for. Where a host answers 4xx there are no rules; where it answers 5xx or nothing,
all is disallowed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect._fetch import AGENT, Ask, follow, page_of

if TYPE_CHECKING:
    from protego import Protego

LARGEST = 500 * 1024
"""Bytes of a robots.txt that are read; the RFC asks for so many at least."""


HOLDS = 86_400.0
"""Seconds for which a host's rules hold; the RFC asks for no more than a day."""
UNREACHED = 30.0
"""Seconds after which rules that could not be had are asked for again."""


class Robots:
    """The rules of the hosts asked so far: each host's are read once a day. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._rules: dict[str, Protego | str] = {}
        self._until: dict[str, float] = {}
        self._clock = clock

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
        if self._clock() >= self._until.get(origin, float("-inf")):
            rules = self._rules[origin] = _rules(f"{origin}/robots.txt", settings, ask)
            self._until[origin] = self._clock() + (UNREACHED if isinstance(rules, str) else HOLDS)
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
