"""The articles of a story: their order, what is copied in them, the agency they name, whether they can be judged.

An article is not assessable where it was cut off: by a paywall's or a feed's notice, in the middle of a sentence, or to
a few words. Nothing can be said to be missing from a text that was not seen whole.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from reportedly._records import Article, Reading, Span, StoryArticle
from reportedly.group import Copied, find_copies
from reportedly.group._words import words

FEWEST_WORDS = 30
"""Body words below which an article is a notice or a stub; a wire's flash of three sentences has more."""
TAIL = 400
"""Characters at an article's end in which a notice that it goes on elsewhere is looked for."""

_ENDED = re.compile(r"(?<!\.\.)[.!?:][\"”’')\]»]*\s*$|(?<![….])[\"”’'»]\s*$")


def in_order(readings: Sequence[Reading]) -> list[Reading]:
    """Readings in the order in which a readout lists them: by date, those without one last, then outlet, then id."""

    def key(reading: Reading) -> tuple[str, str, str]:
        article = reading.article
        return article.published or "9999", (article.outlet or "\uffff").casefold(), article.id

    return sorted(readings, key=key)


def make_sources(
    readings: Sequence[Reading], inferred: Mapping[str, tuple[str, str]] | None = None
) -> tuple[StoryArticle, ...]:
    """What the readout says of each article, in the readings' order; ``inferred`` as `infer_published` gives it."""
    quoted = {reading.article.id: _quoted(reading) for reading in readings}
    copies = find_copies([reading.article for reading in readings], quoted)
    days = inferred or {}
    return tuple(
        _source(reading, copies[reading.article.id], days.get(reading.article.id, (None, None))) for reading in readings
    )


def _source(reading: Reading, copied: Copied, inferred: tuple[str | None, str | None]) -> StoryArticle:
    return StoryArticle(
        article=reading.article,
        copy_of=copied.copy_of,
        copied=copied.copies,
        origin=_origin(reading),
        own_share=copied.own_share,
        assessable=is_whole(reading.article),
        inferred=inferred[0],
        inferred_from=inferred[1],
        credits=reading.sourcing,
    )


def _quoted(reading: Reading) -> list[Span]:
    return sorted(span for quote in reading.quotes if quote.type in {"direct", "mixed"} for span in quote.content)


def _origin(reading: Reading) -> str | None:
    """The agency that the article as a whole is credited to: one whose credit stands outside its body."""
    bodies = [block.span for block in reading.article.blocks if block.kind == "body"]
    for credit in reading.sourcing:
        inside = any(start <= credit.span[0] and credit.span[1] <= end for start, end in bodies)
        if credit.kind == "agency" and not inside:
            return credit.source
    return None


def is_whole(article: Article) -> bool:
    """Whether the article's body seems to be there to its end."""
    text = article.text
    bodies = [block.span for block in article.blocks if block.kind == "body"]
    if not bodies or sum(1 for span in bodies for _ in words(text, *span)) < FEWEST_WORDS:
        return False
    last = text[slice(*bodies[-1])]
    return bool(_ENDED.search(last)) and not _cut_off().search(text[-TAIL:])


@cache
def _cut_off() -> re.Pattern[str]:
    data = tomllib.loads(files("reportedly.compare").joinpath("data/cut_off.toml").read_text("utf-8"))
    return re.compile("|".join(re.escape(notice).replace(r"\ ", r"\s+") for notice in data["notices"]), re.IGNORECASE)
