"""The watcher: asks feeds for news, puts their articles into a library, and works on what changed."""

from __future__ import annotations

from reportedly.watch._loop import run
from reportedly.watch._stop import Stop, StopError
from reportedly.watch._watch import Round, Watcher, make_watcher

__all__ = ["Round", "Stop", "StopError", "Watcher", "make_watcher", "run"]
