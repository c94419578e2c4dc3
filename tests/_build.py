"""Builds Readings by hand: articles of invented outlets, with spans found by their words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly._records import (
    Article,
    Block,
    BlockKind,
    Person,
    Quote,
    Reading,
    Report,
    Sourcing,
    Span,
    Statement,
    Time,
)

_SENTENCE = re.compile(r"[^\n.!?]+(?:\.(?=\w)[^\n.!?]*)*[.!?]*[\"”’']*")


def find(text: str, words: str, nth: int = 0) -> Span:
    """Where the words stand; the test is wrong if they do not."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return at, at + len(words)


def reading(
    identifier: str,
    *paragraphs: str,
    outlet: str | None = None,
    published: str | None = None,
    people: Mapping[str, Sequence[str]] | None = None,
    kinds: Mapping[str, str] | None = None,
    said: Sequence[tuple[str, str, str | None]] = (),
    days: Mapping[str, str] | None = None,
    credited: Mapping[str, tuple[str, str]] | None = None,
) -> Reading:
    """A Reading of paragraphs; one that begins with "#" is the headline, with "##" a heading, with "[" a caption.

    Args:
        people: name → its forms in the text. kinds: name → kind, if not a person.
        said: (type, content, speaker's name or None); content is found in the text.
        days: words of the text → their date.
        credited: words of the text that name a source → (source, kind); the credit covers its sentence.
    """
    text, blocks = "", []
    for paragraph in paragraphs:
        kind: BlockKind = "body"
        for mark, of in (("## ", "heading"), ("# ", "headline"), ("[", "caption")):
            if paragraph.startswith(mark):
                kind, paragraph = of, paragraph.removeprefix(mark) if mark != "[" else paragraph
                break
        blocks.append(Block(kind, (len(text), len(text) + len(paragraph))))
        text += paragraph + "\n\n"
    sentences = tuple(
        (b.span[0] + m.start() + len(m.group()) - len(m.group().lstrip()), b.span[0] + m.end())
        for b in blocks
        for m in _SENTENCE.finditer(text[slice(*b.span)])
        if m.group().strip()
    )
    who = {name: f"{identifier}-p{at}" for at, name in enumerate(people or {})}
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article(identifier, identifier, text, digest, outlet, published=published, blocks=tuple(blocks))
    return Reading(
        article=article,
        sentences=sentences,
        people=tuple(
            Person(who[name], name, (kinds or {}).get(name, "person"), (), _everywhere(text, forms))
            for name, forms in (people or {}).items()
        ),
        quotes=tuple(
            Quote(f"q{at}", type_, (find(text, content),), speaker=who.get(speaker or ""), certainty="high")
            for at, (type_, content, speaker) in enumerate(said)
        ),
        times=tuple(Time(find(text, words), "DATE", value) for words, value in (days or {}).items()),
        sourcing=tuple(
            Sourcing(span, source, kind, next(s for s in sentences if s[0] <= span[0] < s[1]))
            for words, (source, kind) in (credited or {}).items()
            for span in [find(text, words)]
        ),
    )


def _everywhere(text: str, forms: Sequence[str]) -> tuple[Span, ...]:
    taken: list[Span] = []
    for form in sorted(forms, key=len, reverse=True):
        for match in re.finditer(rf"\b{re.escape(form)}\b", text):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
    return tuple(sorted(taken))


def statement(identifier: str, *reports: tuple[Reading, str], **known: Any) -> Statement:
    """A statement with a report for each reading's quote that has the content given."""
    made = []
    for of, content in reports:
        quote = next(q for q in of.quotes if of.article.text[slice(*q.content[0])] == content)
        made.append(Report(of.article.id, quote.id, quote.type, quote.content, quote.source, quote.cue, "high"))
    given: dict[str, Any] = {"speaker": None, "party": None, "issues": (), "said_on": None, "addressee": None}
    return Statement(id=identifier, reports=tuple(made), **(given | known))


def words_of(span: Span, of: Reading) -> str:
    return of.article.text[slice(*span)]


def bag_of_words(size: int = 256) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    """An encoder that knows nothing but words: the cosine of two texts is that of their word counts."""

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), size), dtype=np.float32)
        for at, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[at, int(hashlib.sha256(word.encode()).hexdigest(), 16) % size] += 1
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.where(lengths > 0, lengths, 1)

    return encode
