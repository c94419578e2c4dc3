"""When and where the main event was: the times and the places that the lede and what follows it give.

When: of the expressions that mean one day or a time of day, that nearest the lede whose day is the article's own or
shortly before, with the one it touches ("6.10am on Wednesday"). Where: the place that the headline, the lede and the
sentences after it name, told with "in", "at" or "near" rather than as whose or what kind, the smaller before the larger
that contains it ("Harwick, in the north of Norland").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.tokens import Span as TokenSpan

from reportedly._records import Article, Citation, Span, Time, When, cite
from reportedly.read._lede import Sentence
from reportedly.read._parse import Parsed
from reportedly.read._parties import countries
from reportedly.read._phrases import PLACES
from reportedly.read._roster import Roster
from reportedly.read._times import quoted_parts
from reportedly.timex._values import parse_day

RECENT = 10
"""Days before the article within which its main event is."""
FAR = 1_000
"""Characters from the lede on over which a time loses as much as one that is not quite recent."""
NO_DAY = 0.5
"""What a time must reach where nothing tells the article's own day: half of `FAR` from the lede at most."""
EARLIER = 0.5
"""What a time ahead of the lede, in a standfirst or a caption, loses."""
NEAR = 6
"""Sentences from the lede on that tell of the main event first; later ones tell of what led to it, too."""
APART = 12
"""Characters at most between two expressions that are one time: ", on the morning of"."""
DATELINE = 1.2
"""What a place must reach to be told of before the dateline's, which is where the reporter was."""
MOST_COUNTED, COUNTED = 4, 0.25
"""What each further time that a place is named adds, and how many count."""
IN_HEADLINE = 0.8
"""What a place gains that the headline names."""
WIDE = 0.7
"""What a country loses: where a town is named with it, the town is the place."""
LOCATING = frozenset(("in", "at", "near", "outside", "off", "on", "inside", "around", "across", "over", "from", "to"))

_BETWEEN = re.compile(r"(?:[\s,]|on|of|the|last|this|local|time)*")


KINDS = ("city", "town", "village", "port", "province", "district", "region", "capital", "suburb", "island", "state")
PLAIN_KIND = 1.2
"""How plainly "the city of" tells a place, against 1 for "in"."""
NO_PLACE = frozenset(("PERSON", "DATE", "TIME", "NORP", "EVENT", "WORK_OF_ART", "PRODUCT", "LANGUAGE", "MONEY"))
NAMES = frozenset(("PROPN", "NOUN", "PUNCT", "X"))
_NAMED = re.compile(
    r"\b(?:in|at|near|outside|around)\s+(?:the\s+)?(?:(?:north|south|east|west|central)\w*\s+)?(?:[A-Z]\w+\s+)?"
    rf"(?P<kind>(?:{'|'.join(KINDS)})\s+of\s+)?"
    r"(?P<name>[A-Z][a-z]\w+(?:-\w+)*(?:\s(?!The |A )[A-Z][a-z][\w-]+){0,2})"
)
_WEEKDAY = re.compile(r"XXXX-WXX-\d")
"""What a weekday is where nothing tells the article's own day."""
_ABOUT = re.compile(r"\b(?:around|about|just before|just after|shortly before|shortly after) $")
_LOCAL = re.compile(r" local time\b")

# ---------------------------------------------------------------- when


def when(parsed: Parsed, near: list[Sentence], times: tuple[Time, ...]) -> When | None:
    """The time of the main event and its date."""
    published = parse_day(parsed.article.published or "")
    start = near[0].paragraph.span_of(near[0].tokens)[0] if near else 0
    best: tuple[float, Time] | None = None
    for time in times:
        score = _fit(time, published)
        if score is None or _is_quoted(parsed, time):
            continue
        away = time.span[0] - start
        score -= away / FAR if away >= 0 else EARLIER
        if best is None or score > best[0]:
            best = score, time
    if best is None or (published is None and best[0] < NO_DAY):
        return None
    span, value = _joined(parsed.article, best[1], times)
    place = cite(parsed.article, span)
    return When(place.article, place.span, place.exact, place.prefix, place.suffix, date=value)


def _is_quoted(parsed: Parsed, time: Time) -> bool:
    for paragraph in parsed.paragraphs:
        at = time.span[0] - paragraph.start
        if 0 <= at < len(paragraph.doc.text):
            return any(begin <= at < end for begin, end in quoted_parts(paragraph.doc.text))
    return False


def _fit(time: Time, published: date | None) -> float | None:
    """How well an expression may date the main event; None if it cannot."""
    if published is None and _WEEKDAY.match(time.value):
        return 1.0 if time.anchor != "unresolved:future" else None
    if time.type not in ("DATE", "TIME") or not re.match(r"\d{4}-\d\d-\d\d|T\d", time.value):
        return None
    day = parse_day(time.value[:10])
    if day is None:
        return 0.2
    if published is None:
        return 1.0
    ago = (published - day).days
    if 0 <= ago <= RECENT:
        return 1.5 - 0.05 * ago
    return 0.6 if -RECENT <= ago < 0 else None


def _joined(article: Article, time: Time, times: tuple[Time, ...]) -> tuple[Span, str | None]:
    """The expression with the one it touches, and its date."""
    start, end = time.span
    value = time.value[:10] if parse_day(time.value[:10]) else None
    for other in times:
        if other.type not in ("DATE", "TIME"):
            continue
        for left, right in ((other.span, (start, end)), ((start, end), other.span)):
            between = article.text[left[1] : right[0]]
            if 0 < right[0] - left[1] <= APART and _BETWEEN.fullmatch(between):
                start, end = left[0], right[1]
                if value is None and parse_day(other.value[:10]):
                    value = other.value[:10]
                break
    before = _ABOUT.search(article.text[max(0, start - 20) : start])
    after = _LOCAL.match(article.text[end : end + 12])
    return (start - (len(before.group()) if before else 0), end + (after.end() if after else 0)), value


# ---------------------------------------------------------------- where


@dataclass(frozen=True)
class _Place:
    """A place as it is named somewhere: in the n-th sentence, and how plainly it is told as where something is."""

    number: int
    sentence: Sentence
    tokens: TokenSpan
    plain: float

    @property
    def name(self) -> str:
        return self.tokens.text.lower().removeprefix("the ")


def where(parsed: Parsed, near: list[Sentence], roster: Roster) -> Citation | None:
    """The place of the main event."""
    named = [place for number, sentence in enumerate(near[: 2 * NEAR]) for place in _places(number, sentence, roster)]
    counts = Counter(place.name for place in named)
    title = parsed.headline.doc.text.lower() if parsed.headline is not None else ""

    def score(place: _Place) -> float:
        known = place.plain - place.number / NEAR + min(counts[place.name], MOST_COUNTED) * COUNTED
        if place.name in _wide():
            return known - WIDE
        return known + IN_HEADLINE * (place.name in title)

    best = max(named, key=score, default=None)
    if best is None or score(best) < DATELINE:
        dateline = _dateline(parsed.article)
        if dateline is not None:
            return cite(parsed.article, dateline)
    if best is None:
        return None
    inner = [place for place in named if place.name != best.name and _contained(place) and best.name in _shown(place)]
    best = max(inner, key=score, default=best)
    return cite(parsed.article, best.sentence.paragraph.span_of(_with_container(best.tokens)))


def _dateline(article: Article) -> Span | None:
    """Where the dateline's place stands: its town, as it is written there."""
    town = (article.place or "").split(",")[0].strip()
    block = next((block for block in article.blocks if block.kind == "dateline"), None)
    if not town or block is None:
        return None
    at = article.text[slice(*block.span)].lower().find(town.lower())
    return (block.span[0] + at, block.span[0] + at + len(town)) if at >= 0 else None


def _contained(place: _Place) -> bool:
    return len(_with_container(place.tokens)) > len(place.tokens)


def _shown(place: _Place) -> str:
    return _with_container(place.tokens).text.lower()


def _places(number: int, sentence: Sentence, roster: Roster) -> Iterator[_Place]:
    """The places of a sentence: what the recognizer calls so, and names that stand where places do."""
    doc = sentence.tokens.doc
    taken: set[int] = set()
    for entity in sentence.tokens.ents:
        if entity.label_ in PLACES and not _is_somebody(sentence, entity, roster):
            whole = _whole(entity)
            taken.update(range(whole.start, whole.end))
            yield _Place(number, sentence, whole, _locates(whole))
    text = sentence.tokens.text
    for match in _NAMED.finditer(text):
        start = sentence.tokens.start_char + match.start("name")
        tokens = doc.char_span(start, start + len(match["name"]), alignment_mode="expand")
        if tokens is None or taken & set(range(tokens.start, tokens.end)):
            continue
        if any(token.ent_type_ in NO_PLACE or token.pos_ not in NAMES for token in tokens):
            continue
        several = " " in match["name"] and any(token.ent_type_ == "ORG" for token in tokens)
        if not several and not _is_somebody(sentence, tokens, roster):
            yield _Place(number, sentence, tokens, PLAIN_KIND if match["kind"] else 0.7)


@cache
def _wide() -> frozenset[str]:
    """Countries and continents, in lower case: wider than the place of nearly any event."""
    names = {name.lower() for country in countries() for name in (country.name, *country.aliases)}
    return frozenset(
        names | {"africa", "asia", "europe", "america", "the middle east", "middle east", "world", "earth"}
    )


def _is_somebody(sentence: Sentence, entity: TokenSpan, roster: Roster) -> bool:
    """Whether the roster has a person there, whatever the recognizer says."""
    span = sentence.paragraph.span_of(entity)
    return any(person.kind == "person" for _, person in roster.within(span))


def _whole(entity: TokenSpan) -> TokenSpan:
    """The name to its end where hyphens part it: recognizers cut "Sankt-Olav" anywhere."""
    doc, end = entity.doc, entity.end
    at = end
    while at + 1 < len(doc) and doc[at].text == "-" and not doc[at - 1].whitespace_ and not doc[at].whitespace_:
        at += 2
    return doc[entity.start : at if doc[at - 1].text[:1].isupper() else end]


def _locates(entity: TokenSpan) -> float:
    """Told as where something is: "in Harwick"; not "Harwick police", not "Harwick's"."""
    head = entity.root
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in KINDS:
        return PLAIN_KIND
    if head.dep_ in ("compound", "poss", "amod", "nmod", "nsubj"):
        return 0.0
    if head.dep_ == "pobj":
        return 1.0 if head.head.lower_ in LOCATING else 0.3
    return 0.6 if head.dep_ in ("appos", "npadvmod", "conj") else 0.2


def _with_container(entity: TokenSpan) -> TokenSpan:
    """The place with what contains it, set behind it by a comma: "Harwick, Norland"; "Harwick, south of Oster"."""
    doc, end = entity.doc, entity.end
    if end + 1 < len(doc) and doc[end].text == ",":
        follower = next((e for e in doc.ents if end < e.start <= end + 3 and e.label_ in PLACES), None)
        between = doc[end + 1 : follower.start] if follower is not None else None
        if follower is not None and all(t.pos_ in ("ADJ", "ADV", "DET", "NOUN", "ADP") for t in between or ()):
            return doc[entity.start : follower.end]
    return entity
