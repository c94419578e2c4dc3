"""The wordings of a statement: equal ones as one with all their outlets, a part under the whole that holds it.

Marks are a house's style: which quotation marks, dashes and last comma it sets makes no other wording. An article may
print an utterance again in part (a heading, a pull quote, a clause of it under a verb of its own): that is no other
wording of it, and its place stands beside that of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

from markupsafe import Markup

from reportedly._records import QuoteType, Report, Span
from reportedly.tell._book import Back, Book, Source
from reportedly.tell._clean import one_line
from reportedly.tell._marks import element, weave

TYPES: dict[QuoteType, str] = {
    "direct": "direct quotation",
    "mixed": "partly quoted",
    "indirect": "reported speech",
    "scare": "quoted words",
}
_STYLE = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚", "'"), **dict.fromkeys("–—‑", "-")})
_WORD = re.compile(r"\w+")
_TURN = Markup('<span class="vh"> (says something else than another outlet)</span>')
_CUE = Markup('<a class="cue" href="#{}">{}</a>')


@dataclass(frozen=True, slots=True)
class Carrier:
    """A place where an outlet carries a wording, and how it words the attribution there.

    ``cue`` is the article's verb where it tells more than that it was said; ``credit`` is the attribution with the cue
    as a link to its place.
    """

    source: Source
    attribution: str
    credit: Markup
    cue: str
    href: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording and the places that carry exactly it or, in an article that carries it, a part of it.

    ``carriers`` are in the order of the sources.
    """

    type: QuoteType
    type_name: str
    html: Markup
    plain: str
    carriers: tuple[Carrier, ...]
    uncertain: bool

    @property
    def attributions(self) -> tuple[Markup, ...]:
        """How the outlets attribute it, in their words, each way once."""
        ways: dict[str, Markup] = {}
        for carrier in self.carriers:
            if carrier.attribution:
                ways.setdefault(carrier.attribution, carrier.credit)
        return tuple(ways.values())

    @property
    def cue(self) -> str:
        """The verb that all places have, if it tells more than that it was said; else ""."""
        cues = {carrier.cue for carrier in self.carriers}
        return cues.pop() if len(cues) == 1 else ""

    @property
    def places(self) -> tuple[tuple[Source, tuple[Carrier, ...]], ...]:
        """The places by article."""
        by_article = [tuple(same) for _, same in groupby(self.carriers, key=lambda carrier: carrier.source.number)]
        return tuple((same[0].source, same) for same in by_article)


def view_wordings(reports: Sequence[Report], back: Back, book: Book) -> tuple[Wording, ...]:
    """The wordings of a statement's reports, in their order; every report has a valid passage."""
    parts = _parts(reports, book)
    grouped: dict[tuple[QuoteType, str], list[int]] = {}
    for index, report in enumerate(reports):
        if index not in parts:
            key = _plain(report, book).translate(_STYLE).rstrip(" ,.;:")
            grouped.setdefault((report.type, key), []).append(index)
    return tuple(_wording([reports[index] for index in same],
                          [(reports[part], reports[whole]) for part, whole in parts.items() if whole in same],
                          back, book) for same in grouped.values())  # fmt: skip


def _wording(same: list[Report], parts: list[tuple[Report, Report]], back: Back, book: Book) -> Wording:
    carriers = [_carrier(report, back, book) for report in same]
    carriers += [_carrier(part, back, book, whole) for part, whole in parts]
    return Wording(
        type=same[0].type,
        type_name=TYPES[same[0].type],
        html=_marked(same[0], book),
        plain=_plain(same[0], book),
        carriers=tuple(sorted(carriers, key=lambda carrier: carrier.source.number)),
        uncertain=any(report.certainty == "low" for report in same),
    )


# ---------------------------------------------------------------- a part and its whole


def _parts(reports: Sequence[Report], book: Book) -> dict[int, int]:
    """The reports that only say again a part of what another of their article says, each with that other.

    What stands in quotation marks is never put under words without any: that somebody is quoted would be lost.
    """
    forms = [_forms(report, book) for report in reports]
    wholes: dict[str, list[int]] = {}
    parts: dict[int, int] = {}
    for index in sorted(range(len(reports)), key=lambda index: (-sum(map(len, forms[index])), index)):
        report = reports[index]
        known = wholes.setdefault(report.article, [])
        fits = (
            other
            for other in known
            if (report.type == "indirect" or reports[other].type != "indirect") and _held(forms[index], forms[other])
        )
        whole = next(fits, None)
        if whole is None:
            known.append(index)
        else:
            parts[index] = whole
    return parts


def _forms(report: Report, book: Book) -> tuple[str, ...]:
    """The words of each passage of a report, one space before and behind each."""
    text = _text(report, book)
    spans = book.valid(report.article, report.content)
    return tuple(f" {' '.join(_WORD.findall(text[start:end].casefold()))} " for start, end in spans)


def _held(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return all(words.strip() and any(words in other for other in whole) for words in part)


# ---------------------------------------------------------------- in the article's words


def _text(report: Report, book: Book) -> str:
    source = book.source(report.article)
    return source.article.text if source else ""


def _plain(report: Report, book: Book) -> str:
    text = _text(report, book)
    return " … ".join(one_line(text[start:end]) for start, end in book.valid(report.article, report.content))


def _marked(report: Report, book: Book) -> Markup:
    text = _text(report, book)
    differs = [element("mark", span) for span in book.valid(report.article, report.differs)]
    differs += [element("strong", span, "turn", after=_TURN) for span in book.valid(report.article, report.substance)]
    parts = [weave(text, span, differs) for span in book.valid(report.article, report.content)]
    return Markup(' <span class="split">…</span> ').join(parts)


def _carrier(report: Report, back: Back, book: Book, whole: Report | None = None) -> Carrier:
    source = book.source(report.article)
    assert source  # noqa: S101  (its report has valid passages)
    hrefs = [book.link(report.article, span, back, "quote") for span in book.valid(report.article, report.content)]
    cue = _telling(report, book, whole)
    attribution, credit = "", Markup("")
    for gap, words, span in _joined(_text(report, book), book.valid(report.article, [*report.source, *report.cue])):
        attribution += gap + words
        linked = cue and span in report.cue
        credit += gap + (_CUE.format(book.link(report.article, span, None), words) if linked else words)
    return Carrier(source, attribution, credit, cue, hrefs[0])


def _telling(report: Report, book: Book, whole: Report | None) -> str:
    """The cue, if it tells more than that it was said and is not itself in the whole's words.

    A quotation that is a sentence speaks for itself; the verb belongs to what is not quoted, and to words picked out of
    a sentence: who "ruled out" a “discount” did not say “discount”.
    """
    cue = book.valid(report.article, report.cue)
    shown = whole.content if whole else ()
    text = _text(report, book)
    quoted = book.valid(report.article, report.content) if report.type in ("direct", "scare") else ()
    if any(not text[start].islower() for start, _ in quoted) or any(a <= at < b for at, _ in cue for a, b in shown):
        return ""
    words = "".join(gap + words for gap, words, _ in _joined(text, cue))
    return "" if words.casefold() in _plain_cues() else words


def _joined(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, str, Span]]:
    """The words of spans in text order, each once, with what to put before them: an ellipsis for what is left out."""
    last: int | None = None
    for span in sorted({span for span in spans if any(char.isalnum() for char in text[slice(*span)])}):
        start, end = span
        gap = ""
        if last is not None:
            start = max(start, min(last, end))
            gap = "" if start >= end else " … " if text[last:start].strip() else " "
        if start < end:
            yield gap, one_line(text[start:end]), span
        last = max(end, last or 0)


@cache
def _plain_cues() -> frozenset[str]:
    lines = (files(__package__) / "data" / "plain_cues.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
