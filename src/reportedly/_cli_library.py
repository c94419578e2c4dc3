"""The commands over a library: add, stories, show, search, export."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from reportedly._cli import Run
    from reportedly.library import Library, Progress

_library = click.option(
    "--library", metavar="FILE", envvar="REPORTEDLY_LIBRARY", help="The library's file, made if it is not there."
)
_quiet = click.option("-q", "--quiet", is_flag=True, help="Print only errors on standard error.")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")


@contextmanager
def opened_library(file: str | None) -> Iterator[Library]:
    """The library of that file, or the default one."""
    from reportedly.library import Library, library_file

    library = Library(library_file(file))
    try:
        yield library
    finally:
        library.close()


@click.command()
@click.argument("sources", metavar="ARTICLE…", nargs=-1)
@_library
@click.option("--store-only", is_flag=True, help="Only store the articles: read and group them another time.")
@click.option("--remake", is_flag=True, help="Also make again what another version of reportedly made.")
@click.option("--pipeline", metavar="NAME", envvar="REPORTEDLY_PIPELINE", help="The spaCy pipeline to use.")
@click.option("--strict", is_flag=True, help="Stop at the first input that is refused.")
@_quiet
def add(
    sources: tuple[str, ...],
    library: str | None,
    store_only: bool,
    remake: bool,
    pipeline: str | None,
    strict: bool,
    quiet: bool,
) -> int:
    """Put articles into the library, group and read them, and make their stories' readouts.

    Without an ARTICLE, what an earlier run left undone is done.
    """
    from reportedly._cli import _run

    run = _run(pipeline, strict, quiet)
    with opened_library(library) as opened:
        if sources:
            store_all(run, opened, sources)
        if not store_only:
            work_all(run, opened, remake=remake)
    return run.status


def fill(run: Run, library: str, sources: tuple[str, ...]) -> None:
    """Put sources into a library and do all that is to do with them."""
    with opened_library(library) as opened:
        store_all(run, opened, sources)
        work_all(run, opened)


def store_all(run: Run, library: Library, sources: tuple[str, ...]) -> None:
    """Store the articles of the sources; each is in the file before its line is printed."""
    from reportedly.library import _articles

    counts = dict.fromkeys(("new", "version", "known"), 0)
    for article in run.articles(sources):
        outcome, kept = _articles.store(library, article)
        counts[outcome] += 1
        print(f"{outcome}\t{kept.id}\t{_articles.title_of(kept)}", flush=True)
    words = f"{counts['new']} new, {counts['version']} in another version, {counts['known']} known already"
    run.say(f"reportedly: {library.file}: {words}")


def work_all(run: Run, library: Library, *, remake: bool = False) -> None:
    """Do what the library has to do, and tell about it: in one line that changes, where there is a terminal."""
    from reportedly.library import work

    alive = sys.stderr.isatty() and not run.quiet
    words = {"placed": "articles grouped", "read": "articles read", "readout": "readouts made"}

    def tell(progress: Progress) -> None:
        line = f"reportedly: {words[progress.step]}: {progress.done} of {progress.total}"
        if progress.done == progress.total:
            run.say(f"\r{line}" if alive else line)
        elif alive:
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()

    work(library, run.settings, tell, remake=remake)


@click.command()
@_library
@click.option("--words", default="", help="With these words in an article.")
@click.option("--outlet", default="", help="With an article of this outlet.")
@click.option("--since", default="", metavar="DATE", help="With an article of this day or later.")
@click.option("--until", default="", metavar="DATE", help="With an article of this day or earlier.")
@click.option("--several", is_flag=True, help="With articles of more than one outlet.")
@click.option("-n", "number", default=30, show_default=True, help="How many at most.")
@_json
def stories(
    library: str | None, words: str, outlet: str, since: str, until: str, several: bool, number: int, as_json: bool
) -> int:
    """List the stories, the one with the newest article first."""
    from itertools import islice

    from reportedly.library import _articles, _search, _stories

    outlet_key = _articles.slug(outlet) if outlet else ""
    wanted = _stories.Filter(words=words, outlet=outlet_key, since=since, until=until, several=several)
    with opened_library(library) as opened:
        matches = _search.stories_with(opened.db, words) if words else None
        for one in islice(_stories.find_all(opened.db, wanted, matches), number):
            if as_json:
                _print_json(asdict(one))
            else:
                print(f"{one.id}  {one.last[:10] or 'undated':10}  {one.outlets:3} outlets  {one.title}")
    return 0


@click.command()
@click.argument("story", metavar="STORY")
@_library
@click.option("-o", "--output", metavar="FILE", multiple=True, help="Write to FILE (.html, .md or .json).")
@click.option("--format", "format_", type=click.Choice(("html", "md", "json")), help="The format.")
@click.option("--pipeline", metavar="NAME", envvar="REPORTEDLY_PIPELINE", help="The spaCy pipeline to use.")
@_quiet
def show(
    story: str, library: str | None, output: tuple[str, ...], format_: str | None, pipeline: str | None, quiet: bool
) -> int:
    """Show the readout of a story, made now if something changed. STORY is its id, or its first characters."""
    from reportedly._cli import _choose, _run, _write
    from reportedly.library import _stories, _work

    run = _run(pipeline, False, quiet)
    outputs = _choose(output, format_, "md")
    with opened_library(library) as opened:
        identifier = _stories.by_prefix(opened.db, story)
        _write(run, [_work.readout_of(opened, identifier, run.settings).readout], outputs)
    return run.status


@click.command()
@click.argument("words", nargs=-1, required=True)
@_library
@click.option("-n", "number", default=20, show_default=True, type=click.IntRange(1, 20), help="How many at most.")
@_json
def search(words: tuple[str, ...], library: str | None, number: int, as_json: bool) -> int:
    """Find articles by their words: all of them, "a phrase", begin*, and not -these (after --)."""
    from reportedly.library import _search

    found = False
    with opened_library(library) as opened:
        for hit in _search.search(opened.db, " ".join(words))[:number]:
            found = True
            if as_json:
                _print_json(asdict(hit))
            else:
                print(f"{hit.article}  {hit.outlet}  {hit.published[:10]}  {hit.title}")
                print(f"    {' '.join(hit.passage.split())}")
    return 0 if found else 1


@click.command()
@_library
@click.option(
    "--what",
    type=click.Choice(("articles", "readings", "statements", "claims", "differences", "sources", "decisions", "notes")),
    default="articles",
    show_default=True,
    help="What to write.",
)
@click.option("--format", "format_", type=click.Choice(("jsonl", "csv", "parquet")), default="jsonl", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE.")
def export(library: str | None, what: str, format_: str, output: str | None) -> int:
    """Write out what the library has, one record a line: nothing in it can be had only through this program."""
    from reportedly._cli import _checked
    from reportedly._output import opened as opened_output
    from reportedly.library import _export

    path = _checked([output] if output else [])
    if format_ != "jsonl" and what not in _export.TABLES:
        raise click.UsageError(f"--format {format_} goes with {', '.join(sorted(_export.TABLES))}")
    if format_ == "parquet":
        from reportedly.library import _parquet

        with opened_library(library) as opened, opened_output(path) as stream:
            _parquet.write(opened.db, what, stream)
        return 0
    with opened_library(library) as opened, opened_output(path) as stream:
        lines: Callable[..., Iterator[str]] = _export.csv_lines if format_ == "csv" else _export.json_lines
        for line in lines(opened.db, what):
            stream.write(line.encode())
    return 0


def _print_json(record: dict[str, Any]) -> None:
    print(json.dumps(record, ensure_ascii=False), flush=True)


COMMANDS = (add, stories, show, search, export)
