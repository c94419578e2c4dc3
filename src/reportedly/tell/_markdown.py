"""`Readout` → a short Markdown version: CommonMark with tables, escaped so that no article can break or extend it.

Article text becomes one line with every character that CommonMark could read as markup escaped; raw HTML cannot arise
because ``<`` and ``&`` are written as references (CommonMark 0.31, sections 2.4 and 2.5).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from reportedly._records import Readout
from reportedly.tell._book import Excerpt, Source
from reportedly.tell._clean import one_line, shorten
from reportedly.tell._view import PageView, build_view
from reportedly.tell._view_sources import SourceView
from reportedly.tell._view_statements import StatementView
from reportedly.tell._view_versions import VersionView
from reportedly.tell._view_wordings import Carrier, Wording

SHOWN = 300
"""Characters of a passage that is shown as evidence; the page has the whole."""

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_INLINE = re.compile(r"([\\`*_\[\]|~$])")
_START = re.compile(r"^([#+=:-]|\d{1,9}[.)])")
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def escape(text: str) -> str:
    """The text as one line of Markdown that reads as itself; right-to-left text is isolated from what is around it."""
    line = _INLINE.sub(r"\\\1", one_line(text).translate(_ENTITIES))
    line = _START.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", line)
    if any(char in _BIDI or unicodedata.bidirectional(char) in {"R", "AL"} for char in line):
        return f"\u2068{line}\u2069"
    return line


def to_markdown(readout: Readout) -> str:
    """The readout in short: title, brief, sources, statements by issue, differences, not found, timeline."""
    view = build_view(readout)
    parts: Iterable[Iterator[str]] = (
        _opening(view), _sources(view), _statements(view), _differences(view), _missing(view), _timeline(view)
    )  # fmt: skip
    return "\n".join(line for part in parts for line in part).rstrip("\n") + "\n"


def _opening(view: PageView) -> Iterator[str]:
    opening = view.opening
    facts = [f"{figure} {words}" for figure, words in opening.facts] + [opening.dates] * bool(opening.dates)
    yield f"# {escape(opening.title)}"
    yield ""
    if opening.title_source:
        yield f"Headline of {_name(opening.title_source)}. {', '.join(facts)}."
    else:
        yield f"{', '.join(facts)}."
    yield ""
    for answer in opening.answers:
        day = f" ({escape(answer.day)})" if answer.day else ""
        yield f"- **{answer.question.capitalize()}**: {escape(answer.words)}{day} — {_name(answer.source)}"
    if opening.answers:
        yield ""
    for item in view.opening.brief:
        yield f"> {_words(item.excerpt)}"
        yield f"> — {_name(item.excerpt.source)}"
        yield ""
    if not view.opening.brief:
        yield "No passage was chosen as a brief."
        yield ""


def _sources(view: PageView) -> Iterator[str]:
    yield "## Sources"
    yield ""
    if not view.sources:
        yield "No article was read."
        yield ""
        return
    yield "| | Outlet | Headline | Published | Own text | Origin |"
    yield "|--:|---|---|---|--:|---|"
    for row in view.sources:
        title = escape(row.title) or "No headline"
        notes = [f"reprints {_name(row.copy_of)}"] if row.copy_of else []
        notes += [f"shares text with {', '.join(map(_name, row.shares))}"] if row.shares else []
        notes += [f"credits {escape(row.origin)}"] if row.origin else []
        notes += [] if row.assessable else ["incomplete: not assessed for what it lacks"]
        notes += [_version(version) for version in row.versions]
        link = f"[{title}]({_target(row.source.url)})" if row.source.url else title
        yield (
            f"| {row.source.number} | {_name(row.source)} | {link} | {escape(row.date) or _inferred(row)} "
            f"| {row.own} % | {'; '.join(notes)} |"
        )
    yield ""


def _version(version: VersionView) -> str:
    of = f" of {escape(version.date)}" if version.date else ""
    return f"an earlier version{of} was read: words changed in {version.places} since"


def _statements(view: PageView) -> Iterator[str]:
    yield "## Statements"
    yield ""
    if not view.statements.by_id:
        yield "No statement was found in the articles read."
        yield ""
    for issue in view.issues:
        shown = [*issue.several, *issue.single]
        if not shown:
            continue
        yield f"### {escape(issue.label)}"
        yield ""
        for statement in shown:
            yield from _statement(statement)
        yield ""


def _statement(statement: StatementView) -> Iterator[str]:
    about = [escape(statement.party_label)] if statement.party_label else []
    about += [f"said {escape(statement.date)}"] if statement.date else []
    about += [f"to {escape(statement.addressee)}"] if statement.addressee else []
    about += [f"“{escape(occasion.words)}”" for occasion in statement.occasions]
    about += ["speaker uncertain"] if statement.uncertain else []
    head = f"- **{escape(statement.speaker_name)}**" + (f" ({', '.join(about)})" if about else "")
    if len(statement.wordings) == 1:
        yield f"{head}: {_wording(statement.wordings[0])}"
        return
    yield f"{head}, {statement.carried_by}:"
    for wording in statement.wordings:
        yield f"  - {_wording(wording)}"


def _wording(wording: Wording) -> str:
    words = escape(wording.plain)
    said = f"“{words}”" if wording.type == "direct" else words
    places = wording.places
    # A verb that only one of several outlets has stands with that outlet.
    own = len(places) > 1 and not wording.cue
    names = ", ".join(
        _name(source) + (f" ({_cues(carriers)})" if own and _cues(carriers) else "") + _often(len(carriers))
        for source, carriers in places
    )
    kind = ", ".join(filter(None, [wording.type_name, "" if own else _cues(wording.carriers)]))
    return f"{said} — {names} ({kind})"


def _cues(carriers: Iterable[Carrier]) -> str:
    return ", ".join(dict.fromkeys(f"“{escape(carrier.cue)}”" for carrier in carriers if carrier.cue))


def _often(places: int) -> str:
    return f" in {places} places" if places > 1 else ""


def _differences(view: PageView) -> Iterator[str]:
    yield "## Differences"
    yield ""
    if not view.differences:
        yield "No difference between the accounts was found."
    for difference in view.differences:
        yield f"- **{difference.kind}**" + (f": {escape(difference.about)}" if difference.about else "")
        for side in difference.sides:
            names = ", ".join(dict.fromkeys(_name(excerpt.source) for same in side.excerpts for excerpt in same))
            yield f"  - {escape(side.value) or 'no value'} — {names}: {_words(side.excerpts[0][0])}"
    yield ""


def _missing(view: PageView) -> Iterator[str]:
    yield "## Not found"
    yield ""
    rows = [row for row in (*view.matrix.statements, *view.matrix.claims) if row.missing]
    if not rows:
        yield "Nothing that two or more of the articles carry was missing from another."
    for row in rows:
        names = ", ".join(_name(cell.source) for cell in row.cells if cell.state == "not found")
        yield f"- {row.kind.capitalize()} “{escape(row.label)}”: not found in {names}"
    yield ""


def _inferred(row: SourceView) -> str:
    return f"not given (taken for {escape(row.inferred)})" if row.inferred else "not given"


def _timeline(view: PageView) -> Iterator[str]:
    yield "## Timeline"
    yield ""
    if not view.timeline.zones:
        yield "No dated event was found in the articles read."
    for zone in view.timeline.zones:
        yield f"**{zone.label}**"
        yield ""
        for entry in zone.entries:
            words = " ".join(filter(None, ["about" if entry.about else "", escape(entry.date)]))
            status = f" ({entry.status})" if entry.status else ""
            names = ", ".join(_name(source) for source, _ in entry.places)
            yield f"- {words}{status}: {_words(entry.first)} — {names}"
            for other in entry.others:
                yield f"  - dated otherwise by {escape(other.names)}: {escape(other.value)}"
        yield ""


def _name(source: Source) -> str:
    return escape(source.name)


def _words(excerpt: Excerpt) -> str:
    return escape(shorten(str(excerpt.html.striptags()), SHOWN))


def _target(url: str) -> str:
    """The URL with what could end a Markdown link percent-encoded."""
    return re.sub(r"[^A-Za-z0-9:/?&=#%.,;@+~!-]", lambda found: _percent(found[0]), url).replace("&", "&amp;")


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
