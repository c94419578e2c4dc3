"""Versions of one article: which articles are the same one, which of them is the latest, what was changed.

Two are the same article if they have one address, but for what does not lead elsewhere, and some text in common (an
address may be the site's, given for all of its articles); or if they have one outlet, one headline and most of their
text in common. What another outlet prints is a copy, not a version.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from difflib import SequenceMatcher
from urllib.parse import parse_qsl, urlencode, urlsplit

from reportedly._records import Article, Change, Span, Version

RUN = 5
"""Words of the runs by which two texts are compared."""
SOME = 0.1
"""Share of the shorter text's runs in the other from which two texts at one address are one article."""
MOST = 0.6
"""The same for two of one headline at two addresses: a daily column has one headline and another text each day."""
MOST_PAIRS = 25_000_000
"""Words of one text times those of the other up to which a part of them is compared word by word."""

_TRACKING = re.compile(
    r"utm_|fbclid$|gclid$|msclkid$|mc_[ce]id$|cmpid$|cmp$|ref$|ref_|smid$|smtyp$|source$|src$|ns_|at_|xtor$|igsh|s?share$"
)
_WORD = re.compile(r"\S+")
_LINE = re.compile(r"\S[^\n]*")


def address_key(url: str | None) -> str | None:
    """What two addresses of one page have in common: no scheme, "www.", last slash, fragment or tracking."""
    try:
        parts = urlsplit(url or "")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
        query = sorted((key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.match(key.lower()))
    except ValueError:
        return None
    path = re.sub(r"(?:/amp|/index\.html?)?/*$", "", parts.path)
    if not host or not (path or query):
        return None
    return f"{host}{path}?{urlencode(query)}" if query else f"{host}{path}"


def same_article(one: Article, other: Article) -> bool:
    """Whether two articles are versions of one."""
    if (key := address_key(one.url)) and key == address_key(other.url):
        return one.text == other.text or _shared(one, other) >= SOME
    title = _title(one)
    return bool(title) and title == _title(other) and _shared(one, other) >= MOST


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The words of two texts that differ, in order; white space alone is no change.

    Paragraphs are compared first and words only within those that differ: the time that it takes to compare words
    grows with the square of their number.
    """
    old, new = list(_LINE.finditer(before)), list(_LINE.finditer(after))
    found: list[Change] = []
    for i, j, k, m in _differing(old, new):
        was, now = _span(old, i, j, len(before)), _span(new, k, m, len(after))
        found += _word_changes(before, after, was, now)
    return tuple(found)


def _word_changes(before: str, after: str, was: Span, now: Span) -> list[Change]:
    old, new = list(_WORD.finditer(before, *was)), list(_WORD.finditer(after, *now))
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return [Change(was, now)]
    return [Change(_span(old, i, j, was[1]), _span(new, k, m, now[1])) for i, j, k, m in _differing(old, new)]


def _differing(old: Sequence[re.Match[str]], new: Sequence[re.Match[str]]) -> Iterator[tuple[int, int, int, int]]:
    matcher = SequenceMatcher(None, [piece[0] for piece in old], [piece[0] for piece in new], autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "equal":
            yield i, j, k, m


def merge_versions(articles: Iterable[Article]) -> list[Article]:
    """The articles, the versions of each one as one: the latest, with the others in ``earlier``.

    Which is the latest, their dates say; the order in which they come does not matter. An article stands where the
    first of its versions stood.
    """
    given = list(articles)
    group_of: dict[int, list[Article]] = {}
    near: defaultdict[tuple[str, ...], list[Article]] = defaultdict(list)
    for article in given:
        mine = group_of[id(article)] = [article]
        for key in filter(None, ((address_key(article.url) or "",), _title(article))):
            for other in near[key]:
                theirs = group_of[id(other)]
                if theirs is not mine and same_article(article, other):
                    theirs += mine
                    group_of.update((id(one), theirs) for one in mine)
                    mine = theirs
            near[key].append(article)
    once = {id(group): group for article in given for group in (group_of[id(article)],)}
    return [_merged(group) if len(group) > 1 else group[0] for group in once.values()]


def _merged(group: Sequence[Article]) -> Article:
    latest, *others = sorted(group, key=_age, reverse=True)
    earlier = (
        Version(
            other.source,
            other.text,
            other.sha256,
            other.title,
            other.published,
            other.updated,
            changes(other.text, latest.text),
        )
        for other in others
    )
    return replace(latest, earlier=tuple(earlier))


def _age(article: Article) -> tuple[datetime, int, str]:
    """When a version is of; where that is the same or not known, the longer one counts as later."""
    date = article.updated or article.published
    moment = datetime.fromisoformat(date) if date else datetime.min
    return moment.replace(tzinfo=moment.tzinfo or UTC), len(article.text), article.sha256


def _title(article: Article) -> tuple[str, str] | tuple[()]:
    words = " ".join(re.findall(r"\w+", (article.title or "").lower()))
    return (article.outlet.casefold(), words) if article.outlet and words else ()


def _shared(one: Article, other: Article) -> float:
    first, second = _runs(one.text), _runs(other.text)
    return len(first & second) / max(1, min(len(first), len(second)))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + RUN]) for start in range(max(1, len(words) - RUN + 1))}


def _span(pieces: Sequence[re.Match[str]], start: int, end: int, length: int) -> Span:
    """The span of some pieces; of none, the empty one before the next."""
    if start < end:
        return pieces[start].start(), pieces[end - 1].end()
    place = pieces[start].start() if start < len(pieces) else length
    return place, place
