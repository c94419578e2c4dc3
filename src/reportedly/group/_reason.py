"""Says in words why articles stand in one story: the names, terms and figures they share, the days, copied text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from reportedly.group._decisions import Decisions
from reportedly.group._likeness import shares_text
from reportedly.group._rarity import Weighed

NAMED = 3
"""How many names, and how many other words, a reason gives."""
ALONE = "No other article tells this story"


def reason(articles: Sequence[Weighed], decisions: Decisions | None = None) -> str:
    """One sentence: "All name Oduya, Lisbon; share ferry; say Tuesday; published 2021-03-02 to 2021-03-03"."""
    if len(articles) < 2:
        return ALONE
    names = _shared([article.names for article in articles])
    terms = [word for word in _shared([article.words for article in articles], 4 * NAMED) if word not in names]
    forms = _forms(articles, [*names, *terms])
    parts = [
        _part("name", [forms[word] for word in names]),
        _part("share", [forms[word] for word in terms if word.isalpha() and forms[word][0].islower()][:NAMED]),
        _part("give", _shared([article.figures for article in articles], 2)),
        _part("say", _weekdays(articles)),
        "text is shared" if _copied(articles) else "",
        _published(articles),
        "a user put them together" if decisions and _decided(articles, decisions) else "",
    ]
    text = "; ".join(part for part in parts if part) or "similar wording"
    if any(parts[:4]):
        return f"{'Both' if len(articles) == 2 else 'Most'} {text}"
    return text[0].upper() + text[1:]


def _part(verb: str, words: Sequence[str]) -> str:
    return f"{verb} {', '.join(words)}" if words else ""


def _shared(vectors: Sequence[Mapping[str, float]], most: int = NAMED) -> list[str]:
    """The weightiest words that more than half of the articles hold."""
    held = Counter(word for vector in vectors for word in vector)
    weight: Counter[str] = Counter()
    for vector in vectors:
        weight.update(vector)
    wide = [word for word, n in held.items() if 2 * n > len(vectors) and n > 1 and len(word) > 1]
    return sorted(wide, key=lambda word: (-held[word] * round(weight[word], 6), word))[:most]


def _forms(articles: Sequence[Weighed], wanted: Iterable[str]) -> dict[str, str]:
    """The form of each stem that most of the articles write."""
    forms: dict[str, str] = {}
    for word in wanted:
        count = Counter(article.forms[word] for article in articles if word in article.forms)
        forms[word] = min(count, key=lambda form: (-count[form], form)) if count else word
    return forms


def _weekdays(articles: Sequence[Weighed]) -> list[str]:
    """The weekday that most of the articles name most, in English."""
    named = [article.weekdays for article in articles if any(article.weekdays)]
    most = Counter(its.index(max(its)) for its in named)
    if not most:
        return []
    day, n = min(most.items(), key=lambda item: (-item[1], item[0]))
    return [f"{date(2024, 1, 1 + day):%A}"] if 2 * n > len(articles) and n > 1 else []


def _copied(articles: Sequence[Weighed]) -> bool:
    return any(shares_text(articles[0], other) for other in articles[1:])


def _published(articles: Sequence[Weighed]) -> str:
    days = sorted({article.day for article in articles if article.day is not None})
    ends = [date.fromordinal(day).isoformat() for day in days[:1] + days[1:][-1:]]
    return "published " + " to ".join(ends) if ends else ""


def _decided(articles: Sequence[Weighed], decisions: Decisions) -> bool:
    here = {article.id for article in articles}
    return any(len(decisions.family(identifier) & here) > 1 for identifier in sorted(here))
