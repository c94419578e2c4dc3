"""The desk: a library in the browser, over HTTP as JSON, and as tools for agents."""

from __future__ import annotations

from reportedly.desk._app import make_app
from reportedly.desk._config import Config, ConfigError, load_config

__all__ = ["Config", "ConfigError", "load_config", "make_app"]
