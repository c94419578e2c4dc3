"""Settings, from the command line or the environment, with their defaults."""

from __future__ import annotations

import os
from dataclasses import dataclass

DEFAULT_PIPELINE = "en_core_web_md"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set.

    ``pipeline`` names an installed spaCy pipeline (a package or a folder); the default is a dependency.
    ``max_characters`` is the longest text taken as one article. ``timeout`` is in seconds, ``max_bytes`` in bytes; both
    are for URLs and files. ``allow_private`` lets a URL lead to a private or loopback address. ``processes`` is how
    many find the running text of pages at the same time, once there are more than a few. ``robots``: what a site's
    robots.txt disallows is not fetched. ``delay`` is in seconds, between two requests to one host. ``keep`` is a file
    to keep fetched pages in, ``outlets`` one that tells of outlets; "" is none.
    """

    pipeline: str = DEFAULT_PIPELINE
    max_characters: int = 1_000_000
    max_bytes: int = 20_000_000
    timeout: float = 20.0
    allow_private: bool = False
    processes: int = 1
    robots: bool = True
    delay: float = 1.0
    keep: str = ""
    outlets: str = ""

    @classmethod
    def from_environment(cls) -> Settings:
        """The defaults, with ``REPORTEDLY_PIPELINE`` and ``REPORTEDLY_OUTLETS`` if they are set."""
        return cls(
            pipeline=os.environ.get("REPORTEDLY_PIPELINE", DEFAULT_PIPELINE),
            outlets=os.environ.get("REPORTEDLY_OUTLETS", ""),
        )
