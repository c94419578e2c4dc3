"""Runs the application on a socket, with uvicorn."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from reportedly.desk._config import Config, ConfigError

GRACE = 5
"""Seconds that requests under way have when it stops."""


@contextmanager
def bound(config: Config) -> Iterator[socket.socket]:
    """A socket that listens where the settings say.

    Raises:
        ConfigError: the address is not this machine's, or the port is taken.
    """
    try:
        listener = socket.create_server(
            (config.host, config.port), family=socket.AF_INET6 if ":" in config.host else socket.AF_INET
        )
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise ConfigError(f"{config.host}:{config.port}: cannot be served on: {reason}") from problem
    with listener:
        yield listener


def run(app: ASGIApp, listener: socket.socket) -> None:
    """Serve until the process is told to stop."""
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, proxy_headers=False, timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=30, limit_concurrency=100, lifespan="off",
    )  # fmt: skip
    uvicorn.Server(config).run([listener])
