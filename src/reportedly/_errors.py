"""What can go wrong, each with the input it concerns, in one line."""

from __future__ import annotations


class ReportedlyError(Exception):
    """Base of everything this package raises on purpose. Its text is one line that a user can act on."""


class InputError(ReportedlyError):
    """An input cannot be read as an article: missing, empty, too large, not text, not an article.

    Args:
        source: the path, URL or line that was asked for.
        reason: why it was refused, in words.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class ModelError(ReportedlyError):
    """A language model is missing, broken or not the one expected; says what to install."""
