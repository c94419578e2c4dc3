"""Turns of a printed conversation: "VIK: We will not pay." in transcripts, "Q: …" and "A: …" in interviews.

A label with a colon opens many a paragraph that nobody says ("Update: …", "Related: …"). So a turn is one only in an
article with at least two of them, under labels in capitals, or under names of the article's people, or Q and A.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportedly.read._clauses import Clause
from reportedly.read._drafts import Page
from reportedly.read._roster import Roster

FEWEST = 2
"""Turns of a conversation."""
LONGEST_LABEL = 6
"""Words of a label: an office, a name and a party."""

_LABEL = re.compile(r"\s*[\"“”'‘]*\s*(?P<label>[^\W\d_][^:\n\"“”]{0,60}?)\s*:\s+(?=\S)")
ASKED = frozenset({"q", "a", "question", "answer"})
"""Labels that tell a question from an answer, and not whose it is."""
_NOT_SAID = frozenset(
    ("photo", "video", "image", "update", "updated", "related", "read more", "note", "source", "editor's note")
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: its label, the tokens of what is said, and a reporting clause with the colon for its cue."""

    page: Page
    label: str
    words: tuple[int, ...]
    clause: Clause


def find_turns(pages: Sequence[Page], roster: Roster) -> dict[int, Turn]:
    """The turns of an article's conversation by the identity of their page; none if there is no conversation."""
    found = {id(page): turn for page in pages if (turn := _turn(page, roster)) is not None}
    labels = {turn.label for turn in found.values()}
    return found if len(found) >= FEWEST and (len(labels) > 1 or len(found) > FEWEST) else {}


def _turn(page: Page, roster: Roster) -> Turn | None:
    if page.paragraph.kind != "body":
        return None
    found = _LABEL.match(page.text, page.paragraph.start, page.paragraph.end)
    if found is None or page.text[found.end()] in "\"“‘'":
        return None  # a label before quotation marks is read as any other cue
    label = found["label"]
    if label.casefold() in _NOT_SAID or len(label.split()) > LONGEST_LABEL or not _names_somebody(label, found, roster):
        return None
    start, end = found.span("label")
    first, last = page.tokens((start, end))
    colon = next((i for i in range(last, len(page.doc)) if page.doc[i].text == ":"), None)
    if first >= last or colon is None:
        return None
    words = tuple(i for i in range(colon + 1, len(page.doc)) if not page.doc[i].is_space)
    heads = [i for i in range(first, last) if page.doc[i].is_alpha]
    if not words or not heads:
        return None
    clause = Clause(colon, (colon, colon + 1), (first, last), heads[-1], (), None, "bare", False, False, True)
    return Turn(page, label, words, clause)


def _names_somebody(label: str, found: re.Match[str], roster: Roster) -> bool:
    letters = [char for char in label if char.isalpha()]
    if label.casefold() in ASKED or (len(letters) > 1 and all(char.isupper() for char in letters)):
        return True
    return any(True for _ in _people(found, roster))


def _people(found: re.Match[str], roster: Roster) -> Iterator[str]:
    for span, person in roster.within(found.span("label")):
        if person.kind == "person" and span[1] == found.end("label"):
            yield person.id
