"""Says in words why articles stand in one story: the names, terms and figures they share, the days, copied text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from reportedly.group._decisions import Decisions
from reportedly.group._likeness import shares_text
from reportedly.group._rarity import Weighed
from reportedly.group._sketch import weekdays
from reportedly.group._words import commonness, lower, stem

NAMED = 3
"""How many names, and how many other words, a reason gives."""
COMMON = 0.15
"""Share of all news from which a word says nothing about a story."""
ALONE = "No other article tells this story"


def reason(articles: Sequence[Weighed], decisions: Decisions | None = None) -> str:
    """One sentence: "Both name Ana Oduya, Lisbon; share ferry; give the figure 70; published 2021-03-02"."""
    if len(articles) < 2:
        return ALONE
    names = _names(articles)
    terms = [word for word in _shared([article.words for article in articles], 4 * NAMED) if _telling(word)]
    forms = _forms(articles, terms)
    known = _years(articles)
    figures = [figure for figure in _shared([article.figures for article in articles], 4) if figure not in known]
    parts = [
        _part("name", names),
        _part("share", [forms[word] for word in terms if word.isalpha() and forms[word].islower()][:NAMED]),
        _part("give the figure" + "s" * (len(figures) > 1), figures[:2]),
        _part("say", _weekdays(articles)),
        "much wording is the same" if _copied(articles) else "",
        _published(articles),
        "a user put them together" if decisions and _decided(articles, decisions) else "",
    ]
    text = "; ".join(part for part in parts if part) or "similar wording"
    if any(parts[:4]):
        return f"{'Both' if len(articles) == 2 else 'Most'} {text}"
    return text[0].upper() + text[1:]


def _names(articles: Sequence[Weighed]) -> list[str]:
    """The weightiest names, each once; an ordinary word in capitals only as part of one of several words."""
    stems = _shared([article.names for article in articles], 4 * NAMED)
    forms = _forms(articles, stems)
    telling = [forms[word] for word in stems if " " in forms[word] or _telling(word)]
    return list(dict.fromkeys(telling))[:NAMED]


def _telling(word: str) -> bool:
    return commonness().get(word, 0.0) < COMMON and word not in weekdays()


def _years(articles: Sequence[Weighed]) -> set[str]:
    """The years of publication, which are no news."""
    return {str(date.fromordinal(article.day).year) for article in articles if article.day is not None}


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
    """How most of the articles write each stem; where they name it differently, its own word alone."""
    forms: dict[str, str] = {}
    for word in wanted:
        held = [article.forms[word] for article in articles if word in article.forms]
        count = Counter(held)
        best = min(count, key=lambda form: (-count[form], form)) if count else word
        if " " in best and 2 * count[best] <= len(articles):
            alone = Counter(part for form in held for part in form.split(" ") if stem(lower(part)) == word)
            best = min(alone, key=lambda form: (-alone[form], form), default=word)
        forms[word] = best
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
