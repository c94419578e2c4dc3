"""A report of an utterance, prepared for comparison: its sentences, and the words that it quotes to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from reportedly._occasions import kind_of_occasion
from reportedly._records import Quote, Reading, Span
from reportedly.compare._people_clusters import Key
from reportedly.compare._similarity import Wording, is_telling, normal_words
from reportedly.read._parties import countries

SNIPPET = 3
"""Words that have to be quoted to the letter to be known again: two may be a phrase of the day."""
SNIPPET_TELLING = 2
"""Telling words among them; one will do among twice as many words."""
SPLIT = re.compile(r"(?<=[.!?…])[\"”’'»]*\s+(?=[\"“‘'«]?[^\W_a-z])")
ABBREVIATED = re.compile(r"(?:\b(?:Mr|Ms|Mrs|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Prof|vs|No|Jr|Sr)|\b[A-Z])\.$")
QUOTED = re.compile(r"(?<!\w)[“\"‘'«„]([^“”\"«»„]{3,}?)(?:[”\"»]|[’'](?!\w))")
TYPES = {"direct": 0, "mixed": 1, "indirect": 2, "scare": 3}


@dataclass(frozen=True, eq=False)
class Item:
    """A report with what it is compared by.

    ``sentences`` are those with a word that is compared, each with its wording; ``snippets`` are the words of what is
    quoted to the letter, ``scraps`` those of what is too short to be known again by itself; ``own`` are names of the
    speaker's country, for which the speaker may have said "we"; ``spoken`` tells whether the words were spoken (True)
    or written (False), None where the report does not say.
    """

    reading: Reading
    quote: Quote
    speaker: str | None
    addressee: str | None
    words: tuple[str, ...]
    sentences: tuple[tuple[str, Wording], ...]
    snippets: tuple[tuple[str, ...], ...]
    scraps: tuple[tuple[str, ...], ...]
    own: frozenset[str]
    spoken: bool | None

    @property
    def article(self) -> str:
        """The article's id."""
        return self.reading.article.id

    @property
    def order(self) -> tuple[int, int, str, tuple[Span, ...], str]:
        """Fullest first: most words, words in marks before others, then by place."""
        return -len(self.words), TYPES[self.quote.type], self.article, self.quote.content, self.quote.id


def items_of(
    readings: Sequence[Reading], person_of: Mapping[Key, str], parties: Mapping[str, str | None]
) -> list[Item]:
    """All reports of the readings, the fullest first; words in scare quotes report no utterance.

    ``parties`` gives the party of a person by id.
    """
    items = [
        _item(reading, quote, person_of, parties)
        for reading in readings
        for quote in reading.quotes
        if quote.type != "scare"
    ]
    return sorted(items, key=lambda item: item.order)


@cache
def _own_names(party: str | None) -> frozenset[str]:
    """What a country is called, in words as they are compared."""
    forms = [
        form
        for country in countries()
        if country.code == party
        for form in (country.name, *country.aliases, *country.capitals)
    ]
    return frozenset(word for form in forms for word in Wording.of(form).words)


def _item(reading: Reading, quote: Quote, person_of: Mapping[Key, str], parties: Mapping[str, str | None]) -> Item:
    article = reading.article
    pieces = [article.text[slice(*span)] for span in quote.content]
    speaker = person_of.get((article.id, quote.speaker)) if quote.speaker is not None else None
    sentences = [(text, Wording.of(text)) for text in _sentences(pieces)]
    quoted = list(_quoted(quote, pieces))
    return Item(
        reading,
        quote,
        speaker,
        person_of.get((article.id, quote.addressee)) if quote.addressee is not None else None,
        tuple(normal_words(" ".join(pieces))),
        tuple((text, wording) for text, wording in sentences if wording.words),
        tuple(snippet for snippet in quoted if _is_known_again(snippet)),
        tuple(scrap for scrap in quoted if not _is_known_again(scrap) and any(map(is_telling, scrap))),
        _own_names(parties.get(speaker)) if speaker is not None else frozenset(),
        _is_spoken(article.text, quote),
    )


def _is_spoken(text: str, quote: Quote) -> bool | None:
    kind = kind_of_occasion(text[slice(*quote.said_at)]) if quote.said_at is not None else None
    return None if kind is None else kind == "spoken"


def _sentences(pieces: Sequence[str]) -> list[str]:
    """The sentences of a report; what follows "he said." in a quotation of two spans begins a new one."""
    whole: list[str] = []
    for piece in pieces:
        if whole and not piece[:1].isupper():
            whole[-1] += " " + piece
        else:
            whole.append(piece)
    found: list[str] = []
    for text in whole:
        for part in SPLIT.split(text):
            if found and ABBREVIATED.search(found[-1]):
                found[-1] += " " + part
            elif part.strip():
                found.append(part)
    return found


def _quoted(quote: Quote, pieces: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The words of each part that a report quotes to the letter."""
    if quote.type == "direct":
        texts = list(pieces)
    elif quote.type == "mixed":
        texts = [match.group(1) for piece in pieces for match in QUOTED.finditer(piece)]
    else:
        texts = []
    yield from (tuple(normal_words(text)) for text in texts)


def _is_known_again(words: tuple[str, ...]) -> bool:
    """Whether quoted words are long enough to be known again by themselves."""
    telling = sum(map(is_telling, words))
    return len(words) >= SNIPPET and (telling >= SNIPPET_TELLING or (telling > 0 and len(words) >= 2 * SNIPPET))
