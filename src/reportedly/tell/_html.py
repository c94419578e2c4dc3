"""`Readout` → one self-contained HTML page: no network, no script, everything escaped.

The page follows WCAG 2.2 AA and works with CSS alone; its Content-Security-Policy lets nothing be loaded and nothing
run, so that even a mistake in the escaping could not act.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reportedly._records import Readout
from reportedly.tell._clean import clean
from reportedly.tell._view import build_view


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("reportedly.tell"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> Markup:
    return Markup((files(__package__) / "templates" / "page.css").read_text("utf-8"))  # noqa: S704  (our own file)


def to_html(readout: Readout) -> str:
    """The readout as one HTML file's content, to be written as UTF-8. The same readout gives the same bytes."""
    page = _environment().get_template("page.html.j2")
    return clean(page.render(view=build_view(readout), style=_style()))


def to_body(readout: Readout) -> str:
    """The page without its head and its skip link, for a page of somebody else's that has the same style."""
    return clean(_environment().get_template("body.html.j2").render(view=build_view(readout)))
