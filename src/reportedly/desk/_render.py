"""Pages: templates that only print, in the readout's style."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from reportedly.desk._changes import by_kind, change_name
from reportedly.library._cite import with_fragment
from reportedly.tell._clean import clean
from reportedly.tell._dates import say_clock, say_date
from reportedly.tell._names import party_name

STATIC = {"desk.css": "text/css", "desk.js": "text/javascript"}


@cache
def static(name: str) -> bytes:
    """A file that pages load: the readout's style with the desk's after it, or the script."""
    own = (files(__package__) / "static" / name).read_bytes()
    if name != "desk.css":
        return own
    return (files("reportedly.tell") / "templates" / "page.css").read_bytes() + own


@cache
def static_path(name: str) -> str:
    """Its address, another one when its content is: so it may be kept for ever."""
    return f"/static/{sha256(static(name)).hexdigest()[:12]}/{name}"


def address(*parts: str, **query: Any) -> str:
    """The address of a page: ``address("people", id, issue=…)``; what is empty is left out of the query."""
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    given = [(name, "on" if value is True else str(value)) for name, value in query.items() if value]
    return f"{path}?{urlencode(given)}" if given else path


def to_words(article: str, words: str) -> str:
    """The address of an article's page, which a browser opens at these words."""
    return with_fragment(address("articles", article), words.split(" … ")[0])


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reportedly.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(address=address, static=static_path, party=party_name)
    environment.globals.update(by_kind=by_kind, change_name=change_name, to_words=to_words)
    environment.filters.update(day=say_date, clock=say_clock)
    return environment


def render(template: str, **values: Any) -> str:
    """A page."""
    return clean(_environment().get_template(template).render(values))
