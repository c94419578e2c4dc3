"""The coverage of an event by many outlets, sorted into one readout; every line of it is a span of an article.

The stages, each a function from one record to the next::

    from reportedly import Settings, collect_articles, make_readouts, to_html

    articles = collect_articles(["coverage/"], Settings(), on_error=print)
    for readout in make_readouts(articles):
        print(to_html(readout))

Names are loaded when they are first used: a language model's library takes a second to load.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from reportedly._errors import InputError, ModelError, ReportedlyError
from reportedly._records import (
    Article,
    Block,
    Citation,
    Claim,
    ClaimReport,
    Copy,
    Difference,
    Event,
    Gap,
    Issue,
    MainEvent,
    Mention,
    Passage,
    Person,
    Quote,
    Reading,
    Readout,
    Report,
    Side,
    Sourcing,
    Span,
    Statement,
    Story,
    StoryArticle,
    StoryPerson,
    Term,
    Time,
    TimelineEntry,
    When,
    cite,
)
from reportedly._settings import Settings

if TYPE_CHECKING:
    from reportedly._pipeline import make_readouts
    from reportedly.collect import Notice
    from reportedly.collect import collect as collect_articles
    from reportedly.compare import compare as compare_readings
    from reportedly.group import group as group_readings
    from reportedly.read import read_all as read_articles
    from reportedly.read._model import load_model
    from reportedly.tell import to_html, to_markdown
    from reportedly.tell._json import reading_to_json, to_json

    __version__: str

# The functions are not called as the stages are: `reportedly.read` is the package of the stage.
_LAZY = {
    "Notice": ("reportedly.collect", "Notice"),
    "collect_articles": ("reportedly.collect", "collect"),
    "compare_readings": ("reportedly.compare", "compare"),
    "group_readings": ("reportedly.group", "group"),
    "load_model": ("reportedly.read._model", "load_model"),
    "make_readouts": ("reportedly._pipeline", "make_readouts"),
    "read_articles": ("reportedly.read", "read_all"),
    "reading_to_json": ("reportedly.tell._json", "reading_to_json"),
    "to_html": ("reportedly.tell", "to_html"),
    "to_json": ("reportedly.tell._json", "to_json"),
    "to_markdown": ("reportedly.tell", "to_markdown"),
}

__all__ = [
    "Article",
    "Block",
    "Citation",
    "Claim",
    "ClaimReport",
    "Copy",
    "Difference",
    "Event",
    "Gap",
    "InputError",
    "Issue",
    "MainEvent",
    "Mention",
    "ModelError",
    "Notice",
    "Passage",
    "Person",
    "Quote",
    "Reading",
    "Readout",
    "Report",
    "ReportedlyError",
    "Settings",
    "Side",
    "Sourcing",
    "Span",
    "Statement",
    "Story",
    "StoryArticle",
    "StoryPerson",
    "Term",
    "Time",
    "TimelineEntry",
    "When",
    "__version__",
    "cite",
    "collect_articles",
    "compare_readings",
    "group_readings",
    "load_model",
    "make_readouts",
    "read_articles",
    "reading_to_json",
    "to_html",
    "to_json",
    "to_markdown",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("reportedly")
    if name not in _LAZY:
        raise AttributeError(f"module 'reportedly' has no attribute {name!r}")
    module, attribute = _LAZY[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
