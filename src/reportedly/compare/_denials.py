"""Denials: one source says that something was talked about, or done; another says that it was not.

1. Both sides are narrated sentences with a source of their own, share a predicate (one verb, or two verbs of one class
   in ``data/predicates.toml``) that one negates and the other does not, and share what it is about: the telling keys
   that stand after the predicate. Sentences of one source are no denial of each other; a change of mind is not looked
   for.
2. A sentence says that somebody "denied (reports) that …", and another narrates, without a negation, what is denied.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reportedly._records import Passage, Side
from reportedly.compare._narration import NAME, Told
from reportedly.compare._words import Weights

TELLING = 0.3
"""Weight from which a shared key says what two sentences are about."""
DENIED = 0.75
"""Share of the weight of what is denied that a sentence holds which says so."""
LONGEST_GAP = 4
"""Words that may stand between a negation and its verb."""

TELLING_DENIED, FEWEST_DENIED = 0.1, 2
"""Weight of a word of what is denied that has to be found, and least number of these that are no names."""

_NO = re.compile(
    r"\b(?:not|no|never|denie[sd]|deny|denying|reject(?:s|ed)?|disput(?:es?|ed)|dismiss(?:es|ed)?)\b|n['’]t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Predicate:
    verb_class: str
    negated: bool
    start: int
    end: int


@cache
def _pattern() -> re.Pattern[str]:
    data = tomllib.loads(files("reportedly.compare").joinpath("data/predicates.toml").read_text("utf-8"))
    classes = "|".join(
        f"(?P<{name}>{'|'.join(re.escape(form) for form in sorted(forms, key=len, reverse=True))})"
        for name, forms in data["classes"].items()
    )
    negations = "|".join(re.escape(word) for word in data["negations"])
    return re.compile(
        rf"(?<!\w)(?:(?P<negation>{negations}|\w+n['’]t)\s+(?:[\w’'-]+\s+){{0,{LONGEST_GAP - 1}}}?)?"
        rf"(?:{classes})(?!\w)",
        re.IGNORECASE,
    )


def find_denials(
    told: Sequence[Told], weights: Weights, texts: Mapping[str, str]
) -> Iterator[tuple[str, tuple[Side, ...]]]:
    """What a denial is about, and its two sides: the sentences that say so, then those that say not."""
    predicates = [(sentence, found) for sentence in told for found in _predicates(sentence)]
    denied = [(sentence, predicate) for sentence, predicate in predicates if predicate.negated]
    said = [(sentence, predicate) for sentence, predicate in predicates if not predicate.negated]
    for sentence, predicate in denied:
        about: dict[str, list[tuple[Told, _Predicate]]] = {}
        for other, claim in said:
            shared = _shared_object(sentence, predicate, other, claim, weights)
            if shared and other.speakers and sentence.speakers and not other.speakers & sentence.speakers:
                about.setdefault(shared, []).append((other, claim))
        for key, claims in sorted(about.items()):
            sides = tuple(
                Side(
                    tuple(Passage(s.article, s.span) for s, _ in items),
                    texts[items[0][0].article][items[0][1].start : items[0][1].end],
                )
                for items in (claims, [(sentence, predicate)])
            )
            yield sentence.wording(key), sides


def find_denied_reports(
    told: Sequence[Told], weights: Weights, texts: Mapping[str, str]
) -> Iterator[tuple[str, tuple[Side, ...]]]:
    """What somebody denies in so many words, and the two sides: sentences that say so, then the one that denies it."""
    for sentence in told:
        match = _denying().search(sentence.text)
        if not match:
            continue
        start = sentence.span[0] + match.end()
        object_ = {key for key in sentence.after(start) if weights[key] >= TELLING_DENIED}
        plain = {key for key in object_ if not key.startswith(NAME)}
        total = weights.total(object_)
        if len(plain) < FEWEST_DENIED:
            continue
        found = [
            other
            for other in told
            if other.article != sentence.article
            and weights.total(object_ & other.keys) >= DENIED * total
            and len(plain & other.keys) >= FEWEST_DENIED
            and not _NO.search(other.text)
        ]
        if found:
            says = Side(tuple(Passage(o.article, o.span) for o in found), _words_of(found[0], plain, texts))
            denies = Side((Passage(sentence.article, sentence.span),), match.group().strip())
            yield texts[sentence.article][start : sentence.span[1]].strip(" .\n\t"), (says, denies)


def _words_of(sentence: Told, keys: Iterable[str], texts: Mapping[str, str]) -> str:
    """The sentence's words from the first of some keys to the last."""
    spans = sorted(span for span, key in sentence.places if key in keys)
    return texts[sentence.article][spans[0][0] : spans[-1][1]]


@cache
def _denying() -> re.Pattern[str]:
    data = tomllib.loads(files("reportedly.compare").joinpath("data/predicates.toml").read_text("utf-8"))
    verbs, nouns = "|".join(data["denying"]["verbs"]), "|".join(data["denying"]["nouns"])
    return re.compile(rf"\b(?:{verbs})\s+(?:(?:the\s+|any\s+)?(?:\w+\s+)?(?:{nouns})\s+)?that\b", re.IGNORECASE)


def _predicates(sentence: Told) -> Iterator[_Predicate]:
    start = sentence.span[0]
    for match in _pattern().finditer(sentence.text):
        yield _Predicate(
            match.lastgroup or "", bool(match.group("negation")), start + match.start(), start + match.end()
        )


def _shared_object(one: Told, a: _Predicate, other: Told, b: _Predicate, weights: Weights) -> str:
    """The most telling key after both predicates, if the predicates are of one class."""
    if a.verb_class != b.verb_class:
        return ""
    shared = one.after(a.end) & other.after(b.end)
    telling = [key for key in shared if weights[key] >= TELLING]
    return min(telling, key=lambda key: (-weights[key], key)) if telling else ""
