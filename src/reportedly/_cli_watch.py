"""The commands that watch feeds and tell what changed: watch, changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from reportedly._cli_library import _library, _quiet, opened_library


@click.command()
@click.argument("feeds", metavar="FEEDS", type=click.Path(dir_okay=False))
@_library
@click.option("--once", is_flag=True, help="Ask what is due, work on it, and stop.")
@click.option(
    "--every",
    metavar="MINUTES",
    type=click.IntRange(1, 1440),
    default=15,
    show_default=True,
    help="Ask a feed no more often than this; feeds may ask for longer.",
)
@click.option("--keep", metavar="FILE", help="Keep every fetched page in FILE, a web archive (WARC).")
@click.option("--outlets", metavar="FILE", envvar="REPORTEDLY_OUTLETS", help="A table that tells of outlets.")
@click.option("--allow-private", is_flag=True, help="Let addresses lead into this machine's network.")
@click.option("--pipeline", metavar="NAME", envvar="REPORTEDLY_PIPELINE", help="The spaCy pipeline to use.")
@_quiet
def watch(
    feeds: str,
    library: str | None,
    once: bool,
    every: int,
    keep: str | None,
    outlets: str | None,
    allow_private: bool,
    pipeline: str | None,
    quiet: bool,
) -> int:
    """Ask the feeds that FEEDS lists (OPML, or one address a line) for news, again and again, into the library.

    Stop it with Ctrl-C or SIGTERM: it goes on where it stopped.
    """
    from dataclasses import replace

    from reportedly._cli import _run
    from reportedly.collect._watched import feeds_named
    from reportedly.watch import Stop, StopError, make_watcher, run

    wanted = _run(pipeline, False, quiet).settings
    settings = replace(wanted, keep=keep or "", outlets=outlets or "", allow_private=allow_private)
    stop, tell = Stop(), _teller(quiet)
    with opened_library(library) as opened, stop.on_signals():
        watcher = make_watcher(opened, settings, stop, tell, timedelta(minutes=every))
        try:
            failed = run(watcher, lambda: feeds_named(Path(feeds), settings), stop, tell, watcher.now, once=once)
        except StopError:
            tell("stopped")
            return 0
    return 1 if failed else 0


def _teller(quiet: bool) -> Callable[[str], None]:
    """Says a line with its time on standard output; nothing where quiet is wanted."""
    from reportedly.collect._names import shown

    def tell(line: str) -> None:
        if not quiet:
            print(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z  {shown(line, 1_000)}", flush=True)

    return tell


COMMANDS = (watch,)
