"""What to call an article, a party and a speaker on the page.

`display_names` is the one place that names articles: the outlet, else the URL's domain, else the source file's name,
told apart where two would look the same. Country names are in ``data/countries.tsv``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from reportedly._records import Article, PersonKind
from reportedly.tell._clean import one_line
from reportedly.tell._dates import day_of, say_day

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


@cache
def _countries() -> dict[str, str]:
    lines = (files(__package__) / "data" / "countries.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def party_name(party: str | None) -> str:
    """The country of an ISO 3166-1 code, the organisation as it is called, or "No party named"."""
    if not party or not party.strip():
        return "No party named"
    return _countries().get(party, one_line(party))


def domain(url: str | None) -> str:
    """The host of an http(s) URL without "www.", or ""."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if parts.scheme in {"http", "https"} else ""


def safe_url(url: str | None) -> str:
    """The URL if a link may lead there (http or https, a host, no control characters), or ""."""
    url = (url or "").strip()
    return url if domain(url) and url == one_line(url) else ""


def outlet_name(article: Article) -> str:
    """The outlet, else the domain it was read from; "" if neither is known."""
    return one_line(article.outlet or "") or domain(article.url) or domain(article.source)


def _base_name(article: Article) -> str:
    name = article.source.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return outlet_name(article) or one_line(name) or one_line(article.id) or "unnamed"


def display_names(articles: Sequence[Article]) -> list[str]:
    """A name for each article, no two alike: of one outlet's several articles each gets its day, or else a number."""
    bases = [_base_name(article) for article in articles]
    often = Counter(bases)
    days = [day_of(article.published) for article in articles]
    named = Counter((base, day) for base, day in zip(bases, days, strict=True) if day)
    names: dict[str, None] = {}
    numbers: Counter[str] = Counter()
    for base, day in zip(bases, days, strict=True):
        name = base
        if often[base] > 1 and day and named[base, day] == 1:
            name = f"{base}, {say_day(day)}"
        while name in names:
            numbers[base] += 1
            name = f"{base} ({numbers[base] + 1})"
        names[name] = None
    return list(names)


def surname(name: str, kind: PersonKind) -> str:
    """The family name of a person with its particles ("von Wartburg"); the whole name of anything else."""
    words = one_line(name).split()
    if kind != "person" or len(words) < 2:
        return " ".join(words)
    while len(words) > 2 and words[-1].lower() in _SUFFIXES:
        words.pop()
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return " ".join(words[start:]).rstrip(",")
