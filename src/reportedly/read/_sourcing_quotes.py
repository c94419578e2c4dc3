"""Credits that a quote gives: an institution, an office or somebody unnamed who is quoted is a source.

The quotes (`_quotes`) know more forms of attribution than a sentence's parse shows ("“…,” the company said in a
statement"). Who is named as a person is a speaker and no source; a group ("critics", "Republicans") is nobody in
particular.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from reportedly._outlets import outlet_named
from reportedly._records import Article, Person, Quote, Sourcing, SourcingKind
from reportedly.read._roster import Roster
from reportedly.read._sourcing_names import hidden, lexicon, nouns

FARTHEST = 90
"""Characters between a source and its cue beyond which the two do not stand side by side."""
SPEECH_SPACE = 2_000
"""Characters from the first to the last word of what one credit covers."""
_HEAD_ENDS = re.compile(r"\s+(?:of|for|with|in|at|on|from|to|who|that|which|familiar|close|speaking|briefed)\b|,")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def credits_of_quotes(
    article: Article, quotes: Sequence[Quote], roster: Roster, lemmas: Mapping[int, str]
) -> Iterator[Sourcing]:
    """The credits of quotes whose speaker is an institution or is not named, one for each quote.

    Args:
        article: whose text the quotes' spans count in.
        quotes: of the article.
        roster: its people.
        lemmas: by the offset at which a word ends, its lemma in lower case.
    """
    for quote in quotes:
        if quote.speaker is None or not quote.source or not _says(quote, lemmas):
            continue
        words = article.text[slice(*quote.source[0])]
        kind = _kind(words, roster[quote.speaker])
        span = (
            min(quote.source[0][0], quote.cue[0][0]),
            max(quote.source[0][1], quote.cue[0][1]),
        )
        covers = quote.content[0][0], quote.content[-1][1]
        if kind is None or span[1] - span[0] > FARTHEST + len(words) or covers[1] - covers[0] > SPEECH_SPACE:
            continue
        yield Sourcing(span, words, kind, covers)


def _says(quote: Quote, lemmas: Mapping[int, str]) -> bool:
    """Whether the cue is a verb of saying: who "approved" or "wanted" something is told of, not quoted."""
    if quote.type == "scare" or quote.status != "said":
        return False
    return any(lemmas.get(end) in lexicon()["saying"]["verbs"] for _, end in quote.cue)


def _kind(words: str, speaker: Person) -> SourcingKind | None:
    """The kind of source that a speaker is, or None: a person, or a group that is no body. A country speaks itself."""
    if words.lower().endswith((" that", " who", " which")):
        return None
    if speaker.kind == "organisation":
        outlet = outlet_named(speaker.name)
        if outlet is None:
            return "official"
        return "agency" if outlet.kind == "agency" else "outlet"
    if speaker.kind == "place":
        return "official"
    if speaker.kind == "person":
        return None
    return _described(words) or _described(speaker.name)


def _described(words: str) -> SourcingKind | None:
    """The kind of source that a description names by its head noun; a group that is no body is none."""
    found = _WORD.findall(_HEAD_ENDS.split(words, maxsplit=1)[0].lower())
    if not found:
        return None
    head = found[-1]
    forms = {head, head.removesuffix("s")}
    if forms & nouns("source") or hidden().search(words):
        return "anonymous"
    if forms & nouns("document"):
        return "document"
    spoken_for = nouns("official") | nouns("institution") | nouns("body") | nouns("members")
    return "official" if forms & spoken_for else None
