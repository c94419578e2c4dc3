"""What words report by their complements: "vowed to veto it", "denied the charge", "her call for talks".

A word reports by some of its complements and not by others: who "wants to leave" is reported to want something, who
"leaves to rest" is not. So each word is counted with each frame, that is with each kind of complement, in the training
part of a corpus in which attributions were marked by hand (PolNeAR: Newell, Margolin and Ruths 2018). A frame counts as
an attribution here where it was one often enough there. The counts are data/cue_frames.tsv, which
benchmarks/cue_frames.py makes; what verbs of speech report as a clause is read by the lexicon (`_cues`) instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

OFTEN = 0.3
"""Share of a word's uses with a frame from which the frame is an attribution, as smoothed by `_Counts.share`."""
SURE = 0.6
"""Share from which it is one for sure."""
WEIGHT = 2.0
"""Uses that the frame's own share, over all words, counts for: a word seen twice is hardly known."""
LONGEST = 60
"""Tokens of a complement at most: a longer one is a parse gone wrong."""
BESIDE = frozenset({"in", "on", "at", "after", "before", "during", "since", "by", "until", "through", "amid"})
"""Prepositions that beside an object say when and where, and are no part of what is attributed."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A word with one kind of complement: its name, and the tokens of the complement in order."""

    name: str
    tokens: tuple[int, ...]


def frames_of(word: Token) -> Iterator[Frame]:
    """The frames that a verb, noun or adjective stands in."""
    if word.pos_ in {"VERB", "AUX"}:
        yield from _of_verb(word)
    elif word.pos_ == "NOUN":
        yield from _of_noun(word)
    elif word.pos_ == "ADJ":
        yield from _of_adjective(word)


def best_frame(word: Token) -> tuple[Frame, float] | None:
    """The frame of a word that most often is an attribution, with the share of its uses that are; None if none is."""
    found = [(frame, counts().share(word.lemma_.lower(), frame.name)) for frame in frames_of(word)]
    found = [(frame, share) for frame, share in found if share >= OFTEN]
    return max(found, key=lambda item: (item[1], len(item[0].tokens)), default=None)


# ---------------------------------------------------------------- counts


@dataclass(frozen=True)
class _Counts:
    """Uses and attributions by word and frame, and the share of attributions of each frame over all words."""

    of: Mapping[tuple[str, str], tuple[int, int]]
    frames: Mapping[str, float]

    def share(self, word: str, frame: str) -> float:
        """Share of the uses of a word with a frame that are attributions, drawn towards the frame's own share."""
        uses, attributed = self.of.get((word, frame), (0, 0))
        return (attributed + WEIGHT * self.frames.get(frame, 0.0)) / (uses + WEIGHT) if uses else 0.0


@cache
def counts() -> _Counts:
    """The counts of data/cue_frames.tsv; in its first rows a frame over all words, with "*" for the word."""
    of: dict[tuple[str, str], tuple[int, int]] = {}
    frames: dict[str, float] = {}
    for line in files("reportedly.read").joinpath("data/cue_frames.tsv").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        word, frame, uses, attributed = line.split("\t")
        if word == "*":
            frames[frame] = int(attributed) / int(uses)
        else:
            of[word, frame] = int(uses), int(attributed)
    return _Counts(of, frames)


# ---------------------------------------------------------------- complements


def _of_verb(verb: Token) -> Iterator[Frame]:
    parts: list[tuple[str, Token]] = []
    for child in verb.children:
        if child.dep_ == "dobj" and child.i > verb.i:
            parts.append(("obj", child))
        elif child.dep_ == "nsubjpass":
            parts.append(("passive", child))
        elif child.dep_ == "xcomp" or (child.dep_ == "ccomp" and _infinitive(child)):
            parts.append((_verbal(child), child))
        elif child.dep_ == "ccomp":
            parts.append(("clause", child))
        elif child.dep_ in {"oprd", "acomp"}:
            parts.append(("pred", child))
        elif child.dep_ == "prep" and child.lower_ not in BESIDE:
            parts.extend((child.lower_, c) for c in child.children if c.dep_ in {"pobj", "pcomp"})
    yield from _single(parts)
    first = next(((name, part) for name, part in parts if name in {"obj", "passive"}), None)
    if first is not None:
        for name, part in parts:
            if part is not first[1] and name not in {"obj", "passive"}:
                yield from _frame(f"{first[0]}+{name}", first[1], part)


def _of_noun(noun: Token) -> Iterator[Frame]:
    parts: list[tuple[str, Token]] = []
    for child in noun.children:
        if child.i < noun.i:
            continue
        if child.dep_ in {"acl", "relcl", "ccomp"} and _infinitive(child):
            parts.append(("noun to", child))
        elif child.dep_ in {"acl", "ccomp"} and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children):
            parts.append(("noun that", child))
        elif child.dep_ == "prep":
            parts.extend((f"noun {child.lower_}", c) for c in child.children if c.dep_ in {"pobj", "pcomp"})
    yield from _single(parts)


def _of_adjective(adjective: Token) -> Iterator[Frame]:
    parts: list[tuple[str, Token]] = []
    for child in adjective.children:
        if child.i < adjective.i:
            continue
        if child.dep_ == "ccomp":
            parts.append(("adjective that", child))
        elif child.dep_ == "xcomp":
            parts.append(("adjective to", child))
        elif child.dep_ == "prep":
            parts.extend((f"adjective {child.lower_}", c) for c in child.children if c.dep_ in {"pobj", "pcomp"})
    yield from _single(parts)


def _infinitive(token: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)


def _verbal(token: Token) -> str:
    return "to" if _infinitive(token) else "ing" if token.tag_ == "VBG" else "pred"


def _single(parts: list[tuple[str, Token]]) -> Iterator[Frame]:
    for name, part in parts:
        yield from _frame(name, part)


def _frame(name: str, *parts: Token) -> Iterator[Frame]:
    tokens = sorted({token.i for part in parts for token in part.subtree if not token.is_space})
    doc = parts[0].doc
    while tokens and doc[tokens[-1]].is_punct:
        tokens.pop()
    while tokens and (doc[tokens[0]].is_punct or doc[tokens[0]].lower_ == "that"):
        tokens.pop(0)
    if 0 < len(tokens) <= LONGEST:
        yield Frame(name, tuple(tokens))
