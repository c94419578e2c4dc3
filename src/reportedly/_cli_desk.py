"""The commands that serve a library: serve, mcp."""

from __future__ import annotations

import os
import sys

import click

from reportedly._cli_library import _library, opened_library


@click.command()
@_library
@click.option("--host", metavar="ADDRESS", help="The address to serve on: without it, only this machine is served.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 is any that is free.")
@click.option("--config", metavar="FILE", envvar="REPORTEDLY_CONFIG", help="Settings in TOML.")
@click.option("--pipeline", metavar="NAME", envvar="REPORTEDLY_PIPELINE", help="The spaCy pipeline to use.")
def serve(library: str | None, host: str | None, port: int | None, config: str | None, pipeline: str | None) -> int:
    """Serve a library in the browser, and as JSON. Stop it with Ctrl-C."""
    import secrets
    from dataclasses import replace

    from reportedly._cli import _print, _run
    from reportedly.desk import load_config, make_app
    from reportedly.desk._serve import bound, run

    settings = load_config(config, os.environ, host=host, port=port)
    if settings.loopback and not (settings.token or settings.password):
        settings = replace(settings, token=secrets.token_urlsafe(24))
        shown = f"/?token={settings.token}"
    else:
        shown = "/"
    with opened_library(library) as opened, bound(settings) as listener:
        name = f"[{settings.host}]" if ":" in settings.host else settings.host
        scheme = "https" if settings.https else "http"
        print(f"{scheme}://{name}:{listener.getsockname()[1]}{shown}", flush=True)
        _print(f"reportedly: serving {opened.file}; stop with Ctrl-C")
        run(make_app(opened, _run(pipeline, False, False).settings, settings), listener)
    sys.stdout.flush()
    return 0


@click.command()
@_library
@click.option("--pipeline", metavar="NAME", envvar="REPORTEDLY_PIPELINE", help="The spaCy pipeline to use.")
def mcp(library: str | None, pipeline: str | None) -> int:
    """Serve a library to agents, over standard input and output (Model Context Protocol). It only answers questions."""
    from reportedly._cli import _run
    from reportedly._errors import ReportedlyError

    try:
        from reportedly.desk._mcp import make_server
    except ImportError as problem:
        raise ReportedlyError("mcp: the package mcp is not installed: pip install 'reportedly[mcp]'") from problem
    with opened_library(library) as opened:
        make_server(opened, _run(pipeline, False, False).settings).run("stdio")
    return 0


COMMANDS = (serve, mcp)
