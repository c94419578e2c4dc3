"""What the library still has to do: place what waits, read what is unread, make the readouts that are wanting.

Each step commits as it goes and begins with what the file says is missing, so a run that was killed goes on where it
stopped by being started again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.library import _readings, _readouts, _stories
from reportedly.library._grouping import Grouper
from reportedly.library._library import Library
from reportedly.library._versions import reader

Step = Literal["placed", "read", "readout"]
_MODEL = threading.Lock()
"""A pipeline is loaded once, and reads for one thread at a time."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step is."""

    step: Step
    done: int
    total: int


def _quiet(_: Progress) -> None:
    """Tell nobody."""


def work(
    library: Library,
    settings: Settings,
    on_progress: Callable[[Progress], None] = _quiet,
    *,
    remake: bool = False,
    grouper: Grouper | None = None,
    articles: Sequence[str] | None = None,
) -> None:
    """Do all that is to do. ``remake``: also what another version of the package made.

    A process that works again and again keeps its ``grouper``, which is slow to begin. Where it knows which
    ``articles`` are new, only the stories that they changed are looked at.

    Raises:
        ModelError: the spaCy pipeline cannot be loaded.
    """
    begun = library.now()
    (grouper or Grouper(library)).run(lambda done, total: on_progress(Progress("placed", done, total)))
    waiting = list(_readings.unread(library.db))
    if remake:
        waiting += _readings.outdated(library.db, reader(settings.pipeline))
    _read(library, waiting, settings, on_progress)
    touched = None if articles is None else _stories.touched(library.db, articles, begun)
    wanting = _readouts.wanting(library.db, touched)
    for number, story in enumerate(wanting, start=1):
        _readouts.make(library, story)
        on_progress(Progress("readout", number, len(wanting)))


def readout_of(library: Library, story: str, settings: Settings) -> _readouts.Kept:
    """The readout of a story, made now if something changed since it was last made.

    Raises:
        LibraryError: there is no such story.
        ModelError: an article has to be read, and the spaCy pipeline cannot be loaded.
    """
    identifier = _stories.story(library.db, story).id
    kept = _readouts.kept(library.db, identifier)
    if kept is None or not kept.current:
        articles = [row.id for row in _stories.articles_of(library.db, identifier)]
        with _MODEL:
            kept = _readouts.kept(library.db, identifier)  # another thread may have made it while this one waited
            if kept is None or not kept.current:
                _read(library, list(_readings.unread(library.db, articles)), settings, _quiet)
                _readouts.make(library, identifier)
                kept = _readouts.kept(library.db, identifier)
    if kept is None:
        raise RuntimeError(f"the readout of {identifier} was made and is not there")
    return kept


def _read(
    library: Library,
    waiting: Sequence[tuple[int, Article]],
    settings: Settings,
    on_progress: Callable[[Progress], None],
) -> None:
    if not waiting:
        return
    from reportedly.read import read_all
    from reportedly.read._model import load_model

    made_by = reader(settings.pipeline)
    readings = read_all((article for _, article in waiting), load_model(settings.pipeline))
    for number, ((version, _), reading) in enumerate(zip(waiting, readings, strict=True), start=1):
        _readings.keep(library, version, reading, made_by)
        on_progress(Progress("read", number, len(waiting)))
