"""The watcher: asks feeds for news, puts their articles into a library, and works on what changed."""

from __future__ import annotations

from reportedly.watch._loop import run
from reportedly.watch._stop import Stop, StopError
from reportedly.watch._watch import Round, Watcher, make_watcher
from reportedly.watch._webhook import Webhook, make_webhook

__all__ = ["Round", "Stop", "StopError", "Watcher", "Webhook", "make_watcher", "make_webhook", "run"]
