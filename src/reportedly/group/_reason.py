"""Says in words why articles stand in one story: the names and words they share, and their dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from reportedly._records import Article
from reportedly.group._words import WORD, lower, stem

NAMED = 4
"""How many shared words a reason names."""
LEAD = 3000
"""Characters of an article in which the words' usual forms are looked up."""

_SENTENCE_START = re.compile(r"(?:^|[.!?:\n]['\"”’]?\s*|[“\"‘]\s*)$")


def reason(articles: Sequence[Article], vectors: Sequence[dict[str, float]]) -> str:
    """One sentence, for example: "Shares Oduya, Lisbon, ferry; published 2021-03-02 to 2021-03-03"."""
    if len(articles) < 2:
        return "No other article tells this story"
    parts = []
    shared = _shared(vectors)
    if shared:
        forms = _forms(articles, shared)
        parts.append("shares " + ", ".join(forms[word] for word in shared))
    days = sorted({article.published[:10] for article in articles if article.published})
    if days:
        parts.append(f"published {days[0]}" + (f" to {days[-1]}" if len(days) > 1 else ""))
    text = "; ".join(parts) or "similar wording"
    return text[0].upper() + text[1:]


def _shared(vectors: Sequence[dict[str, float]]) -> list[str]:
    """The weightiest words that most of the articles hold."""
    held = Counter(word for vector in vectors for word in vector)
    weight: Counter[str] = Counter()
    for vector in vectors:
        weight.update(vector)
    most = [word for word, n in held.items() if 2 * n > len(vectors) and n > 1 and len(word) > 1 and word.isalpha()]
    return sorted(most, key=lambda word: (-held[word] * weight[word], word))[:NAMED]


def _forms(articles: Sequence[Article], wanted: Sequence[str]) -> dict[str, str]:
    """The form of each stem that the articles use most."""
    forms: dict[str, Counter[str]] = {word: Counter() for word in wanted}
    for article in articles:
        for match in WORD.finditer(article.text, 0, LEAD):
            key = stem(lower(match.group()))
            if key in forms:
                form = match.group().removesuffix("'s").removesuffix("’s")
                opens = _SENTENCE_START.search(article.text, max(0, match.start() - 4), match.start())
                # A capital at a sentence's start says nothing of how the word is written.
                forms[key][form] += 0 if opens else 1
    return {word: min(count, key=lambda form: (-count[form], form)) if count else word for word, count in forms.items()}
