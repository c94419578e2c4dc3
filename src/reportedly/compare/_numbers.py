"""Figures in a text: what range of values the words allow, and what is counted.

"120,000 American troops" is exactly 120,000; "more than 100" is anything from 100 up; "hundreds of thousands" is some
value between 200,000 and 999,999. Two figures of one thing conflict only when no value fits both, rounding included:
an account that is less precise is not another account. Words and their values stand in ``data/numbers.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import inf

from reportedly._records import Span
from reportedly.compare._words import overlaps
from reportedly.group._words import WORD, lower, stem

ABOUT = 0.2
"""How far "about" reaches, as a share of the value."""
ROUNDED = 0.03
"""Exact figures nearer than this share are one figure, rounded."""
NOUNS = 3
"""Words after a figure among which the counted thing is looked for."""

NEARBY = 60
"""Characters on each side of a figure in which it is said what happened to what it counts."""
LEADING = 2
"""Words right before a figure that say what is done with it: "cost", "killed"."""

_MONEY = {"$": "#dollar", "€": "#euro", "£": "#pound"}
_NAMES = ("dollar", "euro", "pound", "ruble", "yen", "yuan", "rupee", "krone", "franc", "peso")
_CURRENCIES = frozenset(f"#{name}" for name in _NAMES)
_PUT = re.compile(
    r"\b(?:put|puts|putting|placed|places|estimated|estimates)\s+((?:[\w’'-]+\s+){1,4})at\s+$"
    r"|\b([\w’'-]+\s+toll)\s+(?:\w+\s+){1,2}(?:to|at)\s+$",
    re.IGNORECASE,
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_GLUED = re.compile(r"[\w./:#@-]$")
_OF = re.compile(
    r"\s+(?:out\s+)?of\s+(?:(?:the|its|their|his|her|our|these|those|all|some|about)\s+){0,2}", re.IGNORECASE
)
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\s$")
_RANK = re.compile(r"\b(?:No|Nos|Number|Section|Article|Chapter|Page|Phase|Route|Title|Flight|Channel)\.?\s$")


@dataclass(frozen=True)
class Figure:
    """A figure and what it counts.

    ``span`` goes from its qualifier to its last number word; ``nouns`` are stems of what is counted, of which words for
    people and for money are one each; ``verbs`` are stems of the words right before it; ``events`` are what happened to
    it, of the kinds in ``data/numbers.toml``: the number of arrested is not that of wounded.
    """

    span: Span
    low: float
    high: float
    unit: str
    nouns: tuple[str, ...]
    approximate: bool
    events: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()

    @property
    def is_money(self) -> bool:
        """Whether it is a sum in some currency."""
        return self.unit.startswith("#")

    @property
    def exact(self) -> bool:
        """Whether the words give one value."""
        return self.low == self.high and not self.approximate


@dataclass(frozen=True)
class _Lexicon:
    ones: dict[str, float]
    scales: dict[str, float]
    crowds: dict[str, tuple[float, float]]
    before: dict[str, str]
    skip: frozenset[str]
    not_nouns: frozenset[str]
    pattern: re.Pattern[str]
    letters: dict[str, float]
    counted: dict[str, str]
    events: dict[str, str]


@cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads(files("reportedly.compare").joinpath("data/numbers.toml").read_text("utf-8"))
    ones, scales, crowds = data["ones"], data["scales"], {k: (v[0], v[1]) for k, v in data["crowds"].items()}
    before = {phrase: kind for kind, phrases in data["before"].items() for phrase in phrases}
    one, scale = "|".join(sorted(ones, key=len, reverse=True)), "|".join(sorted(scales, key=len, reverse=True))
    crowd, lead = "|".join(crowds), "|".join(sorted(before, key=len, reverse=True))
    pattern = re.compile(
        rf"(?<!\w)(?P<before>(?:{lead})\s+)?"
        rf"(?:(?P<money>(?:US)?[$€£])?(?P<digits>{_DIGITS})(?P<letter>[bmk]n?(?!\w))?|(?P<ones>(?:{one})(?:-(?:{one}))?(?!\w))"
        rf"|(?P<crowd>(?:{crowd})(?!\w))(?:\s+of\s+(?P<crowds>(?:thousands|millions|billions)))?)(?![\w%]*\d)"
        rf"(?P<percent>\s?%|\s+percent(?!\w)|\s+per\s+cent(?!\w))?(?P<scale>[\s-](?:{scale})(?!\w))?(?!-?(?:year|day)s?-old)",
        re.IGNORECASE,
    )
    return _Lexicon(
        scales=scales,
        ones=ones,
        crowds=crowds,
        before=before,
        skip=frozenset(data["skip"]),
        not_nouns=frozenset(data["not_nouns"]),
        pattern=pattern,
        letters=data["letters"],
        counted={stem(word): f"#{name}" for name, listed in data["counted"].items() for word in listed},
        events={word: name for name, listed in data["events"].items() for word in listed},
    )


def figures(text: str, span: Span, dates: Sequence[Span] = ()) -> Iterator[Figure]:
    """Figures in ``text[span]`` that count something, in text order; parts of dates, years and ordinals are none.

    Of "two of its three piers" there are two piers: the three are not what is told of.
    """
    part: Figure | None = None
    for figure in _figures(text, span, dates):
        if part is not None and _OF.fullmatch(text, part.span[1], figure.span[0]):
            part = replace(part, unit=figure.unit, nouns=figure.nouns)
            continue
        if part is not None:
            yield part
        part = figure
    if part is not None:
        yield part


def _figures(text: str, span: Span, dates: Sequence[Span]) -> Iterator[Figure]:
    known = _lexicon()
    for match in known.pattern.finditer(text, *span):
        start, end = match.span()
        number = match.group("digits") or match.group("ones") or match.group("crowd")
        number_at = text.index(number, start)
        if _GLUED.search(text[max(0, number_at - 1) : number_at]) or re.match(
            r"[-/:]\d|st|nd|rd|th", text[end : end + 2]
        ):
            continue
        if _RANK.search(text, max(0, number_at - 12), number_at) or _MONTH.search(
            text, max(0, number_at - 6), number_at
        ):
            continue
        if any(overlaps((number_at, end), date) for date in dates) or _is_year(match):
            continue
        low, high = _range(match, known)
        kind = known.before.get(re.sub(r"\s+", " ", (match.group("before") or "").strip().lower()), "")
        unit, nouns = _counted(match, text, span, known)
        about = WORD.findall(text, max(span[0], start - NEARBY), min(span[1], end + NEARBY))
        events = frozenset(known.events[word] for one in about if (word := lower(one)) in known.events)
        leading = WORD.findall(text, max(span[0], start - NEARBY), start)[-LEADING:]
        verbs = frozenset(stem(lower(word)) for word in leading if lower(word) not in known.not_nouns)
        yield Figure((start, end), *_widen(low, high, kind), unit, nouns, kind != "", events, verbs)


def _counted(match: re.Match[str], text: str, span: Span, known: _Lexicon) -> tuple[str, tuple[str, ...]]:
    """The unit of a figure and the stems of what it counts."""
    symbol = (match.group("money") or "")[-1:]
    if symbol:
        return _MONEY[symbol], (_MONEY[symbol],)
    found = _nouns(text, match.end(), span[1], known)
    put = _PUT.search(text, max(span[0], match.start() - NEARBY), match.start())
    if put and not found:
        found = tuple(
            stem(lower(word))
            for word in WORD.findall(put.group(1) or put.group(2))
            if lower(word) not in known.not_nouns
        )
    nouns = tuple(known.counted.get(noun, noun) for noun in found)
    money = next((noun for noun in nouns if noun in _CURRENCIES), "")
    return ("%" if match.group("percent") else money), ((money,) if money else nouns)


def _is_year(match: re.Match[str]) -> bool:
    bare = match.group("digits") or ""
    return bool(_YEAR.match(bare)) and not (match.group("money") or match.group("percent") or match.group("scale"))


def _range(match: re.Match[str], known: _Lexicon) -> tuple[float, float]:
    scale = known.scales[match.group("scale").strip(" -").lower()] if match.group("scale") else 1.0
    scale *= known.letters.get((match.group("letter") or "").lower(), 1.0)
    if match.group("digits"):
        value = float(match.group("digits").replace(",", ""))
        return value * scale, value * scale
    if match.group("ones"):
        value = sum(known.ones[part] for part in match.group("ones").lower().split("-"))
        return value * scale, value * scale
    low, high = known.crowds[match.group("crowd").lower()]
    scale *= known.scales[match.group("crowds").lower().rstrip("s")] if match.group("crowds") else 1.0
    return low * scale, high * scale


def _widen(low: float, high: float, kind: str) -> tuple[float, float]:
    if kind == "least":
        return low, inf
    if kind == "most":
        return 0.0, high
    if kind == "about":
        return low * (1 - ABOUT), high * (1 + ABOUT)
    return low, high


def _nouns(text: str, start: int, end: int, known: _Lexicon) -> tuple[str, ...]:
    """Stems of the words after a figure, up to the first that ends its noun phrase."""
    found: list[str] = []
    for match in WORD.finditer(text, start, end):
        between = text[start : match.start()]
        word = lower(match.group())
        if word in known.skip and not found:
            start = match.end()
            continue
        if between.strip() not in {"", "-"} or word in known.not_nouns or len(found) == NOUNS:
            break
        found.append(stem(word))
        start = match.end()
    return tuple(found)


def counts_as(word: str) -> str:
    """What a word that is counted stands as in `Figure.nouns`."""
    return _lexicon().counted.get(stem(lower(word)), stem(lower(word)))


def crowd_words(letters: int) -> frozenset[str]:
    """Beginnings of the words that say why a crowd is there; "crowd" itself says nothing of it."""
    words = (word for word, event in _lexicon().events.items() if event == "gathered")
    return frozenset(stem(word)[:letters] for word in words if word.startswith(("demonst", "protest", "march", "rall")))


def same_thing(one: Figure, other: Figure) -> bool:
    """Whether two figures count the same thing, by unit and by a noun that both phrases hold."""
    return one.unit == other.unit and one.events == other.events and bool(set(one.nouns) & set(other.nouns))


def conflict(one: Figure, other: Figure) -> bool:
    """Whether no value fits both figures."""
    low, high = max(one.low, other.low), min(one.high, other.high)
    if low <= high:
        return False
    nearest = max(one.low, other.low) - min(one.high, other.high)
    if nearest <= ROUNDED * max(one.low, other.low):
        return False
    return not (_rounds(one.low, other.low) if one.exact and other.exact else False)


def _rounds(one: float, other: float) -> bool:
    """Whether the rounder of two values is the other one, rounded to as many digits."""
    for round_, fine in ((one, other), (other, one)):
        digits = f"{round_:.0f}".rstrip("0")
        if len(digits) < len(f"{round_:.0f}"):
            unit = 10 ** (len(f"{round_:.0f}") - len(digits))
            if abs(round(fine / unit) * unit - round_) < 1e-9:
                return True
    return False
