"""The command line.

What is asked for goes to standard output or to a file, all else to standard error, one line each. Exit status: 0, all
right; 1, some input was refused (the rest is delivered) or nothing remained; 2, the command was not understood; 130,
stopped by Ctrl-C; 141, whoever read the output went away.

Libraries that take long to load are imported where they are used: ``--help`` has to answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, get_args

import click

from reportedly import _cli_desk, _cli_library, _cli_watch
from reportedly._errors import InputError, ReportedlyError
from reportedly._output import (
    SUFFIXES,
    Format,
    OutputError,
    ReaderGoneError,
    check_writable,
    format_of,
    numbered,
    opened,
)
from reportedly._progress import Bar
from reportedly._settings import Settings

if TYPE_CHECKING:
    from reportedly._records import Article, Reading, Readout

FORMATS: tuple[Format, ...] = get_args(Format)

Output = tuple[str | None, Format]
"""A file to write, or None for standard output, and its format."""


class RefusedError(ReportedlyError):
    """Stops the command at a refused input, which has been reported."""


@dataclass
class Run:
    """One run of a command: its settings, and whether some input was refused."""

    settings: Settings
    strict: bool = False
    quiet: bool = False
    refused: bool = field(default=False, init=False)
    bar: Bar | None = field(default=None, init=False)

    def say(self, line: str) -> None:
        """Tell the user something that is no error."""
        if not self.quiet:
            _print(line)

    def on_error(self, problem: InputError) -> None:
        """Report a refused input, or a `Notice`."""
        from reportedly.collect import Notice

        if self.bar:
            self.bar.clear()
        if isinstance(problem, Notice):
            self.say(f"reportedly: {problem}")
            return
        self.refused = True
        _print(f"reportedly: error: {problem}")
        if self.strict:
            raise RefusedError("stopped at the first input that was refused")

    def articles(self, sources: Sequence[str]) -> Iterator[Article]:
        """The articles of the sources, as they come. The first one is read before anything is loaded for it.

        Raises:
            RefusedError: there is none.
        """
        from reportedly.collect import collect

        self.bar = None if self.quiet else Bar.of_terminal(sys.stderr)
        found = collect(sources, self.settings, self.on_error, progress=self.bar.show if self.bar else None)
        articles = self.bar.until_end(found) if self.bar else found
        first = next(articles, None)
        if first is None:
            raise RefusedError("no article to read")
        return chain([first], articles)

    def readings(self, sources: Sequence[str]) -> Iterator[Reading]:
        """The readings of the sources' articles, as they come."""
        articles = self.articles(sources)
        from reportedly.read import read_all
        from reportedly.read._model import load_model

        return read_all(articles, load_model(self.settings.pipeline))

    @property
    def status(self) -> int:
        """The exit status."""
        return 1 if self.refused else 0


def _print(line: str) -> None:
    from reportedly.collect._names import shown

    print(shown(line, longest=10_000), file=sys.stderr, flush=True)


# ---------------------------------------------------------------- writing


def _write_lines(run: Run, lines: Iterable[str], output: str | None) -> None:
    with opened(output) as stream:
        for line in lines:
            if run.bar and output is None:
                run.bar.clear()
            stream.write(line.encode() + b"\n")
            if output is None:
                stream.flush()


def _renderer(chosen: Format) -> Callable[[Readout], str]:
    if chosen == "json":
        from reportedly.tell._json import to_json

        return to_json
    if chosen == "plover":
        from reportedly.tell._plover import story_to_plover

        return story_to_plover
    from reportedly import tell

    return tell.to_html if chosen == "html" else tell.to_markdown


def _title(readout: Readout) -> str:
    return " ".join(readout.title.exact.split()) if readout.title else "(no headline)"


def _write(run: Run, readouts: Iterable[Readout], outputs: Sequence[Output]) -> list[tuple[str, Format]]:
    """Write each story to every output as it comes; the files with their formats.

    Raises:
        OutputError: a second story's file is one that was written already (``-o r.md -o r-2.md``).
    """
    files = [(path, chosen) for path, chosen in outputs if path is not None]
    printed = [chosen for path, chosen in outputs if path is None]
    written: dict[str, tuple[str, Format]] = {}
    left = 0
    # Standard output comes after the files: they are whole even if nobody reads on.
    with opened(None) if printed else nullcontext() as stream:
        for number, readout in enumerate(readouts, start=1):
            for output, chosen in files:
                path = numbered(output, number)
                if os.path.realpath(path) in written:
                    raise OutputError(
                        f"{path}: another story is in it already; give the outputs names that differ more"
                    )
                _write_file(run, readout, path, chosen)
                written[os.path.realpath(path)] = path, chosen
            for chosen in printed:
                left += not _print_story(stream, number, readout, chosen)
    if left:
        run.refused = True
        _print(f"reportedly: error: stories left out, since several pages need a file (-o FILE): {left}")
    return list(written.values())


def _write_file(run: Run, readout: Readout, path: str, chosen: Format) -> None:
    with opened(path) as stream:
        stream.write(_ended(_renderer(chosen)(readout)))
    run.say(f"{path}: {_title(readout)}")


def _print_story(stream: BinaryIO | None, number: int, readout: Readout, chosen: Format) -> bool:
    """Write to standard output: JSON one a line, Markdown one after the other, of pages one; whether it was written."""
    if stream is None or (number > 1 and chosen == "html"):
        return False
    stream.write((b"\n" if number > 1 and chosen == "md" else b"") + _ended(_renderer(chosen)(readout)))
    return True


def _ended(text: str) -> bytes:
    return text.encode() if text.endswith("\n") else text.encode() + b"\n"


def _choose(outputs: Sequence[str], named: str | None, otherwise: Format) -> list[Output]:
    """What to write: each file, or None for standard output, with its format; one that is given twice counts once."""
    chosen = next((known for known in FORMATS if known == named), None)
    if chosen and len(outputs) > 1:
        raise click.UsageError("--format goes with one -o; several take their formats from their suffixes")
    once = {output if output == "-" else os.path.realpath(output): output for output in outputs or ["-"]}
    return [_output(output, chosen, otherwise) for output in once.values()]


def _output(output: str, chosen: Format | None, otherwise: Format) -> Output:
    if output == "-":
        return None, chosen or otherwise
    chosen = chosen or format_of(output)
    if chosen is None:
        raise click.UsageError(f"{output}: the suffix names no format; known: {', '.join(SUFFIXES)} (or --format)")
    check_writable(output)
    return output, chosen


# ---------------------------------------------------------------- the commands


def _set(context: click.Context, parameter: click.Parameter, value: object) -> None:
    """Put a setting by until `_run` makes the settings: so not every command has to hand it on."""
    if value and parameter.name:
        context.meta.setdefault("reportedly.settings", {})[parameter.name] = value


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("-q", "--quiet", is_flag=True, help="Print only errors on standard error."),
        click.option("--strict", is_flag=True, help="Stop at the first input that is refused."),
        click.option(
            "--pipeline",
            metavar="NAME",
            envvar="REPORTEDLY_PIPELINE",
            help="The spaCy pipeline to use: an installed package or a folder.",
        ),
        click.option(
            "--processes",
            metavar="N",
            type=click.IntRange(1, 64),
            envvar="REPORTEDLY_PROCESSES",
            expose_value=False,
            callback=_set,
            help="How many processes find the running text of pages.",
        ),
        click.option(
            "--keep",
            metavar="FILE",
            expose_value=False,
            callback=_set,
            help="Keep pages as they were fetched in FILE (.warc.gz), which is an ARTICLE as well.",
        ),
        click.option(
            "--outlets",
            metavar="FILE",
            envvar="REPORTEDLY_OUTLETS",
            expose_value=False,
            callback=_set,
            help="A table of outlets (CSV): their names, domains, owners, countries, labels.",
        ),
    ):
        command = option(command)
    return command


_sources = click.argument("sources", metavar="ARTICLE…", nargs=-1, required=True)
_format = click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="The format, whatever FILE is called; plover: the events."
)


def _run(pipeline: str | None, strict: bool, quiet: bool) -> Run:
    settings = replace(Settings.from_environment(), **click.get_current_context().meta.get("reportedly.settings", {}))
    return Run(replace(settings, pipeline=pipeline) if pipeline else settings, strict, quiet)


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"reportedly {version('reportedly')}")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
def cli() -> None:
    """Who said what, in every outlet's own words: many articles on one event, read side by side.

    An ARTICLE is a file, a folder, a URL, or - for standard input: a text, a page, a feed, a mailbox, a web archive, …
    """


@cli.command()
@_sources
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    multiple=True,
    help="Write to FILE (.html, .md or .json), several stories to several; give it again for another format.",
)
@_format
@_common
def read(
    sources: tuple[str, ...],
    output: tuple[str, ...],
    format_: str | None,
    pipeline: str | None,
    strict: bool,
    quiet: bool,
) -> int:
    """Make the readout of the story that the articles tell.

    Without -o it is Markdown on standard output.
    """
    run = _run(pipeline, strict, quiet)
    outputs = _choose(output, format_, "md")
    _write(run, _readouts(run, sources), outputs)
    return run.status


def _readouts(run: Run, sources: Sequence[str]) -> Iterator[Readout]:
    """The readouts of the sources, once every source has been seen: a strict run stops before any of them is made."""
    articles = list(run.articles(sources))
    from reportedly._pipeline import make_readouts

    return make_readouts(articles, run.settings)


@cli.command()
@_sources
@click.option("-o", "--output", metavar="FILE", multiple=True, help="Write to FILE.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("json", "plover")),
    default="json",
    help="What a line is: a Reading, or an event as a PLOVER record.",
)
@_common
def annotate(
    sources: tuple[str, ...], output: tuple[str, ...], format_: str, pipeline: str | None, strict: bool, quiet: bool
) -> int:
    """Read each article by itself: one Reading per line, as JSON, as they come.

    With --format plover, one event per line, in PLOVER's exchange format.
    """
    run = _run(pipeline, strict, quiet)
    path = _checked(output)
    readings = run.readings(sources)
    if format_ == "plover":
        from reportedly.tell._plover import to_plover

        _write_lines(run, chain.from_iterable(map(to_plover, readings)), path)
        return run.status
    from reportedly.tell._json import reading_to_json

    _write_lines(run, map(reading_to_json, readings), path)
    return run.status


@cli.command()
@_sources
@click.option("-o", "--output", metavar="FILE", multiple=True, help="Write to FILE.")
@click.option("--stream", is_flag=True, help="One pass in order of publication, in the memory of a window of days.")
@click.option("--changes", metavar="FILE", help="With --stream: write what becomes of stories to FILE, as it happens.")
@click.option(
    "--state", metavar="FILE", help="With --stream: go on from FILE, if it is there, and write it in the end."
)
@click.option("--decisions", metavar="FILE", help="Keep to what a user decided: moves, merges and splits.")
@_common
def group(
    sources: tuple[str, ...],
    output: tuple[str, ...],
    stream: bool,
    changes: str | None,
    state: str | None,
    decisions: str | None,
    pipeline: str | None,
    strict: bool,
    quiet: bool,
) -> int:
    """Tell which articles are one story, and which are copies: a line of JSON for each article."""
    run = _run(pipeline, strict, quiet)
    path = _checked(output)
    if (changes or state) and not stream:
        raise click.UsageError(f"{'--changes' if changes else '--state'} goes with --stream: a batch has none")
    if state == "-":
        raise click.UsageError("--state needs a file: it is read and written")
    log, kept = _checked([changes] if changes else []), _checked([state] if state else [])
    from reportedly import _grouping
    from reportedly.group import StoryStream

    decided = _grouping.load_decisions(decisions) if decisions else None
    came: set[str] = set()
    articles = run.articles(sources)
    if not stream:
        _write_lines(run, _grouping.lines(articles, decided, came), path)
        _grouping.tell_unknown(decided, came.__contains__, decisions, run.say)
        return run.status
    stories = _grouping.load_stream(kept, decided) if kept else StoryStream(decided)
    # What comes over standard input comes as it happens: nothing can be put in order that is not there yet.
    ordered = "-" not in sources
    with opened(log) if log else nullcontext() as file:
        lines = _grouping.stream_lines(stories, articles, file, ordered=ordered, goes_on=bool(kept))
        _write_lines(run, lines, path)
    _grouping.tell_unknown(decided, stories.knows, decisions, run.say)
    if kept:  # last, so that no story is closed in the state whose lines were not written
        with opened(kept) as file:
            file.write(stories.state())
    return run.status


def _checked(outputs: Sequence[str]) -> str | None:
    if len(outputs) > 1:
        raise click.UsageError("one -o at most: the lines would be the same in each")
    if not outputs or outputs[0] == "-":
        return None
    check_writable(outputs[0])
    return outputs[0]


@cli.command()
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    multiple=True,
    help="Write to FILE (.html, .md or .json), not to a temporary folder; give it again for another format.",
)
@click.option("--no-browser", is_flag=True, help="Do not open the page, only print where it is.")
@click.option("--library", metavar="FILE", help="Fill this library with the coverage instead, for reportedly serve.")
@_common
def demo(
    output: tuple[str, ...], no_browser: bool, library: str | None, pipeline: str | None, strict: bool, quiet: bool
) -> int:
    """Read the coverage that comes with the package, and open its readout in the browser."""
    import tempfile

    run = _run(pipeline, strict, quiet)
    from reportedly.demo import coverage

    if library:
        if output:
            raise click.UsageError("--library goes without -o: reportedly show writes a story's readout")
        _cli_library.fill(run, library, tuple(coverage()))
        return run.status
    outputs = _choose(output, None, "html")
    # What is printed here is where the pages are.
    files = [
        (path or os.path.join(tempfile.mkdtemp(prefix="reportedly-"), "demo.html"), kind) for path, kind in outputs
    ]
    for path, kind in _write(run, _readouts(run, coverage()), files):
        whole = os.path.abspath(path)
        print(whole, flush=True)
        if kind == "html" and not no_browser:
            _show(whole)
    return run.status


def _show(path: str) -> None:
    """Open a page where there is a browser with a window; one in the terminal would take the terminal over."""
    import webbrowser
    from pathlib import Path

    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    try:
        webbrowser.open(Path(path).as_uri())
    except (webbrowser.Error, OSError) as problem:
        _print(f"reportedly: no browser: {problem}")


for command in (*_cli_library.COMMANDS, *_cli_desk.COMMANDS, *_cli_watch.COMMANDS):
    cli.add_command(command)


# ---------------------------------------------------------------- the whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit status. Whatever goes wrong that a user can mend is one line on standard error."""
    try:
        status = cli.main(args=arguments, prog_name="reportedly", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as problem:
        click.echo(problem.format_message(), err=True)
        return 2
    except click.ClickException as problem:
        context = getattr(problem, "ctx", None)
        hint = f" (try: {context.command_path} --help)" if context else ""
        _print(f"reportedly: error: {problem.format_message()}{hint}")
        return 2
    except (ReaderGoneError, BrokenPipeError):
        # Python flushes at its end: that must not fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except ReportedlyError as problem:
        _print(f"reportedly: error: {problem}")
        return 2 if isinstance(problem, OutputError) else 1
    except (click.Abort, KeyboardInterrupt):
        return 130
    return status if isinstance(status, int) else 0
