"""The passage of a text that has most of the words that were looked for, and where they stand in it.

FTS5's own `snippet` tokenizes and stems a whole text for each hit, which took most of a search's time. Here only the
words that begin as a stem does are stemmed, with the same algorithm as the index: Porter's
(https://tartarus.org/martin/PorterStemmer/), after folding case and diacritics.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import snowballstemmer

from reportedly._records import Span

LENGTH = 280
"""Characters of a passage, about four lines of the desk's."""
BEFORE = 90
"""Characters before a word within which a passage begins: with a sentence, if one begins there."""
MOST = 100
"""Places of a text that are looked at."""

TOKEN = r"[^\W_]+"  # noqa: S105 - letters and digits, as FTS5's unicode61 takes a text apart
_BETWEEN = r"[\W_]+"
_SENTENCE = re.compile(r"[.!?][\"”’)]*\s+|\n\s*")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase that is looked for. ``begins``: its last word may go on."""

    words: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text, and the words in it; places are those of the text."""

    span: Span
    marks: tuple[Span, ...]


class _Folding(dict[int, str]):
    """One character for each, in lower case and without diacritics, so that places stay what they are."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFD", chr(code))[0].lower()[:1] or chr(code)
        self[code] = plain
        return plain


_FOLDING = _Folding()


class Finder:
    """Finds terms in texts. Not for several threads at once: the stemmer keeps a word in hand."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._stemmer = snowballstemmer.stemmer("porter")
        self._stems: dict[str, str] = {}
        folded = [Term(tuple(_folded(word) for word in term.words), term.begins) for term in terms]
        self._wanted = [(_pattern([self._stem(word) for word in term.words]), term) for term in folded]

    def passage(self, text: str) -> Passage:
        """The passage with most terms, the first of several; the text's beginning where it has none."""
        found = self._found(text)
        span = _window(text, _densest(found))
        marks = {mark for _, many in found for mark in many if span[0] <= mark[0] and mark[1] <= span[1]}
        return Passage(span, tuple(sorted(marks)))

    def _found(self, text: str) -> list[tuple[int, list[Span]]]:
        """Where terms stand, in the text's order: which term, and its words' places."""
        folded = _folded(text)
        found = []
        for number, (pattern, term) in enumerate(self._wanted):
            for at, match in enumerate(pattern.finditer(folded)):
                if at == MOST:
                    break
                words = [(each.start() + match.start(), each.group()) for each in re.finditer(TOKEN, match.group())]
                if self._same([word for _, word in words], term):
                    found.append((number, [(start, start + len(word)) for start, word in words]))
        return sorted(found, key=lambda one: one[1])

    def _same(self, words: Sequence[str], term: Term) -> bool:
        stems, wanted = [self._stem(word) for word in words], [self._stem(word) for word in term.words]
        if term.begins:
            return stems[:-1] == wanted[:-1] and stems[-1].startswith(wanted[-1])
        return stems == wanted

    def _stem(self, word: str) -> str:
        if word not in self._stems:
            # As FTS5's porter does, which leaves very short and very long words.
            self._stems[word] = self._stemmer.stemWord(word) if 3 <= len(word.encode()) <= 64 else word
        return self._stems[word]


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def _pattern(stems: Sequence[str]) -> re.Pattern[str]:
    """What may be these words: a stem's last letter may be another than the word's (happi, happy)."""
    words = [re.escape(stem[:-1] if len(stem) > 2 else stem) + r"[^\W_]*" for stem in stems]
    return re.compile(r"(?<![^\W_])" + _BETWEEN.join(words))


def _densest(found: Sequence[tuple[int, list[Span]]]) -> Span:
    """The first place after which most terms stand within a passage's length; the beginning where there is none."""
    best, most, end = (0, 0), (0, 0), 0
    within: Counter[int] = Counter()
    for at, (number, marks) in enumerate(found):
        while end < len(found) and (end <= at or found[end][1][-1][1] <= marks[0][0] + LENGTH - BEFORE):
            within[found[end][0]] += 1
            end += 1
        here = (len(within), within.total())
        if here > most:
            best, most = marks[0], here
        within[number] -= 1
        if not within[number]:
            del within[number]
    return best


def _window(text: str, mark: Span) -> Span:
    """About a passage's length around a place, within its paragraph: from a sentence's beginning if one is near."""
    start, stop = max(0, mark[0] - BEFORE), min(len(text), max(mark[0] - BEFORE, 0) + LENGTH)
    begins = [found.end() for found in _SENTENCE.finditer(text, start, mark[0])]
    if start and not begins:
        space = re.compile(r"\s+").search(text, start, mark[0])
        start = space.end() if space else mark[0]
    elif begins:
        start = begins[0] if "\n" not in text[begins[0] : mark[0]] else text.rindex("\n", 0, mark[0]) + 1
    start += len(text[start:stop]) - len(text[start:stop].lstrip())
    stop = min(len(text), max(start + LENGTH, mark[1]))
    line = text.find("\n", max(start, mark[1]), stop)
    if line >= 0:
        stop = line
    elif stop < len(text):
        stop = max(text.rfind(" ", mark[1], stop), mark[1])
    return start, start + len(text[start:stop].rstrip())
