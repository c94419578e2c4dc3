"""The commands that watch feeds and tell what changed: watch, changes."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportedly._cli_library import _library, _quiet, opened_library

if TYPE_CHECKING:
    from reportedly.library._changes import StoryChange
    from reportedly.watch import Webhook


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
@click.option("--config", metavar="FILE", envvar="REPORTEDLY_CONFIG", help="Settings in TOML, for the webhook.")
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
    config: str | None,
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
    from reportedly.library import _outbox
    from reportedly.watch import Stop, StopError, make_watcher, run

    wanted = _run(pipeline, False, quiet).settings
    settings = replace(wanted, keep=keep or "", outlets=outlets or "", allow_private=allow_private)
    stop, tell = Stop(), _teller(quiet)
    webhook = _webhook(config, tell)
    with opened_library(library) as opened, stop.on_signals():
        watcher = make_watcher(opened, settings, stop, tell, timedelta(minutes=every))
        if webhook:
            _outbox.begin(opened)

        def deliver() -> None:
            if webhook:
                webhook.deliver(opened, watcher.now, stop.check)

        def listed() -> list[str]:
            return feeds_named(Path(feeds), settings)

        try:
            failed = run(watcher, listed, stop, tell, watcher.now, once=once, deliver=deliver)
        except StopError:
            tell("stopped")
            return 0
    return 1 if failed else 0


def _webhook(config: str | None, tell: Callable[[str], None]) -> Webhook | None:
    """The webhook of the settings, if they have one."""
    from reportedly.desk import load_config
    from reportedly.watch import make_webhook

    settings = load_config(config, os.environ)
    return make_webhook(settings.webhook, settings.webhook_secret, tell)


def _teller(quiet: bool) -> Callable[[str], None]:
    """Says a line with its time on standard output; nothing where quiet is wanted."""
    from reportedly.collect._names import shown

    def tell(line: str) -> None:
        if not quiet:
            print(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z  {shown(line, 1_000)}", flush=True)

    return tell


@click.command()
@_library
@click.option(
    "--since", default="day", show_default=True, metavar="TIME", help="hour, day, week, 90m, 3h, 2d or a date."
)
@click.option("--story", default="", metavar="STORY", help="Of this story: its id, or its first characters.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
def changes(library: str | None, since: str, story: str, format_: str) -> int:
    """List what changed in the stories of a library since a time, the oldest first. JSON is one object a line."""
    from reportedly.library import _changes, _stories

    with opened_library(library) as opened:
        db = opened.db
        moment = _changes.since(since, opened.now())
        identifier = _stories.by_prefix(db, story) if story else ""
        for one in _changes.all_since(db, moment, identifier):
            print(_changes.as_json(one) if format_ == "json" else _told(one), flush=True)
    return 0


def _told(change: StoryChange) -> str:
    """A change as a line: when, which story, what; below it each edit, marked as `wdiff` does."""
    from reportedly.collect._names import shown
    from reportedly.library._news import phrase

    news = change.news
    what = phrase(news.kind) + (f" of {news.about}" if news.about else "")
    by = f"{news.speaker}: " if news.speaker else ""
    seen = change.seen[:16].replace("T", " ")
    lines = [shown(f"{seen}Z  {news.story}  {what} ({', '.join(news.outlets)}): {by}{news.words}", 2_000)]
    for edit in news.edits:
        went, came = edit.went and f"[-{edit.went}-]", edit.came and f"{{+{edit.came}+}}"
        words = " ".join(filter(None, (edit.prefix, went, came, edit.suffix)))
        lines.append(shown(f"    {words}", 3_000))
    return "\n".join(lines)


COMMANDS = (watch, changes)
