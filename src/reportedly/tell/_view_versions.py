"""Earlier versions of an article that were read as well, and the words that were changed since."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly._records import Article, Change, Version
from reportedly.tell._clean import one_line
from reportedly.tell._dates import say_clock, say_date

AROUND = 40
"""Characters of the article beside a change, on each side: enough to know the place."""
MOST = 50
"""Changes shown of one version; the rest is counted."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What the words were, what they are now, and what stands around them now."""

    before: str
    was: str
    now: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """One earlier version; ``left`` is how many changes are not shown."""

    date: str
    changes: tuple[ChangeView, ...]
    left: int

    @property
    def places(self) -> str:
        """How many places were changed, in words."""
        count = len(self.changes) + self.left
        return f"{count} place{'' if count == 1 else 's'}"


def view_versions(article: Article) -> tuple[VersionView, ...]:
    """The earlier versions of an article, the latest first."""
    return tuple(_version(article, version) for version in article.earlier)


def _version(article: Article, version: Version) -> VersionView:
    date = version.updated or version.published
    said = " ".join(filter(None, (one_line(say_date(date)), say_clock(date))))
    shown = tuple(_change(article, version, change) for change in version.changes[:MOST])
    return VersionView(said, shown, max(0, len(version.changes) - MOST))


def _change(article: Article, version: Version, change: Change) -> ChangeView:
    start, end = change.after
    before, after = article.text[max(0, start - AROUND) : start], article.text[end : end + AROUND]
    # No half words at the edges, and nothing of another paragraph.
    before = before.rpartition("\n")[2] if "\n" in before else before.partition(" ")[2] if start > AROUND else before
    after = after.partition("\n")[0] if "\n" in after else after.rpartition(" ")[0]
    was = version.text[slice(*change.before)]
    return ChangeView(one_line(before), one_line(was), one_line(article.text[start:end]), one_line(after))
