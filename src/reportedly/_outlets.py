"""News outlets and agencies: what they are called in print and where they live on the web.

The table is ``data/outlets.tsv``. Names are matched with their case, because many are ordinary words ("Time", "Vice").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast
from urllib.parse import urlsplit

OutletKind = Literal["outlet", "agency", "photo"]


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet: ``kind`` is outlet, agency (a wire others reprint) or photo; ``country`` is ISO 3166-1 alpha-2."""

    name: str
    kind: OutletKind
    country: str
    domains: tuple[str, ...]
    aliases: tuple[str, ...]


@cache
def outlets() -> tuple[Outlet, ...]:
    """All outlets that are known, in the table's order."""
    found = []
    table = files("reportedly").joinpath("data/outlets.tsv").read_text(encoding="utf-8")
    rows = (line for line in table.split("\n") if line and not line.startswith("#"))
    next(rows)
    for row in rows:
        name, kind, country, domains, aliases = row.split("\t")
        others = tuple(alias for alias in aliases.split("; ") if alias)
        found.append(Outlet(name, cast(OutletKind, kind), country, tuple(domains.split()), others))
    return tuple(found)


@cache
def outlets_by_name() -> Mapping[str, Outlet]:
    """Every name and alias, with and without "The" before it, to its outlet. The first in the table wins."""
    found: dict[str, Outlet] = {}
    for outlet in outlets():
        for form in (outlet.name, *outlet.aliases):
            found.setdefault(form, outlet)
            if form.startswith("The ") and " " in form[4:]:
                found.setdefault(form[4:], outlet)
    return MappingProxyType(found)


@cache
def _by_domain() -> Mapping[str, Outlet]:
    return MappingProxyType({domain: outlet for outlet in outlets() for domain in outlet.domains})


def outlet_named(name: str) -> Outlet | None:
    """The outlet of that name or alias, written so; ``the`` before it does not matter."""
    forms = outlets_by_name()
    name = name.strip()
    bare = name[4:] if name[:4].lower() == "the " else name
    return forms.get(name) or forms.get(bare) or forms.get(f"The {bare}")


def outlet_of_url(url: str) -> Outlet | None:
    """The outlet whose web address a URL (or a bare host name) is, else None."""
    try:
        host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").lower()
    except ValueError:
        return None
    labels = host.split(".")
    for first in range(len(labels) - 1):
        outlet = _by_domain().get(".".join(labels[first:]))
        if outlet:
            return outlet
    return None
