"""Which quotes of a reading are reports of an utterance.

What somebody did not say, or might say, is no utterance. An attitude ("denied the charge") is one where it says what is
to be done or what is so ("vowed to veto it", "the promise that it will be vetoed"), for sure and of somebody known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly._records import Quote, Reading
from reportedly.group._words import words

FRAME = "frame "
"""How the rule of an attitude begins."""
RELAYED = "relayed"
"""The rule of a quote that is a report of another quote's, whose words are counted there."""
TOLD = frozenset({"to", "ing", "obj+to", "obj+of", "obj+for", "obj+as", "noun to", "noun that", "adjective that"})
"""Frames whose content says what is to be done, what is so, or of whom it is so."""
FEWEST = 5
"""Words of an attitude that says anything."""


def only_said(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with those quotes alone that report an utterance, and without unnamed people of the others."""
    return [_only_said(reading) for reading in readings]


def _only_said(reading: Reading) -> Reading:
    kept = tuple(quote for quote in reading.quotes if _is_said(quote, reading.article.text))
    speaking = {person for quote in kept for person in (quote.speaker, quote.addressee)}
    dropped = {quote.speaker for quote in reading.quotes} - speaking
    people = tuple(p for p in reading.people if p.kind not in {"unnamed", "group"} or p.id not in dropped)
    return replace(reading, quotes=kept, people=people)


def _is_said(quote: Quote, text: str) -> bool:
    if quote.status != "said" or quote.rule == RELAYED:
        return False
    if not quote.rule.startswith(FRAME) or quote.type != "indirect":
        return True
    long = sum(1 for span in quote.content for _ in words(text, *span)) >= FEWEST
    return quote.rule.removeprefix(FRAME) in TOLD and quote.certainty != "low" and quote.speaker is not None and long
