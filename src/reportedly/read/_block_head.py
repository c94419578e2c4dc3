"""What an article's head and foot tell of the article: date, place, writers, outlet.

A dateline is read after the Associated Press's style and its neighbours: place in capitals, with or without region,
date and agency, then a dash; CNN's "Place (CNN)" and "CNN  —"; TASS's "MOSCOW, May 14. /TASS/."; and the colon of South
Asia's papers, for known cities only, because anything may stand before a colon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from reportedly._outlets import Outlet, outlet_named, outlet_of_url
from reportedly.read._block_patterns import load

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=lambda name: (-len(name), name))) + r")\.?"

DATE = re.compile(
    rf"\b(?:(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{MONTH}),?\s+(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})(?=\b|T))",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"(?<![\d:])(?P<h>\d{1,2})[:.](?P<m>\d{2})(?::\d{2})?\s*(?P<half>[ap]\.?\s?m\b\.?)?"
    r"|\b(?P<h2>[01]\d|2[0-3])(?P<m2>[0-5]\d)(?=\s*(?:GMT|UTC|ET|EST|EDT|BST|CET)\b)",
    re.IGNORECASE,
)
DATE_LINE = 160
"""Characters of the longest line that can be a date alone (with zones, labels and a second, updated date)."""

CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’]*[A-ZÀ-ÖØ-Þ.]"
TITLED = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
REGION = rf"(?:{TITLED}|of|the|and|de|del)(?: (?:{TITLED}|of|the|and|de|del)){{0,3}}"
DAY = rf"(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH})(?:,?\s+\d{{4}})?"
AGENCY = r"\((?P<agency>[A-Za-z][\w .&/’'-]{1,40})\)|/(?P<slashed>[A-Z][\w .’'-]{1,30})/\.?"
DASH = r"\s*(?:--+|[–—―‒])\s*|\s+-\s+"
DATELINE = re.compile(
    rf"(?P<place>(?P<city>{CAPITALS}(?:[ /-](?:{CAPITALS}|DE|DO|LA)){{0,3}}|{TITLED}(?: (?:{TITLED}|de|do|of)){{0,3}})"
    rf"(?:\s?\({TITLED}\)(?=,))?(?:,\s(?!{MONTH}\s+\d){REGION})?)"
    rf"(?:,?\s(?P<day>(?i:{DAY}))[.,]?)?"
    rf"(?:\s*(?:{AGENCY}))?"
    rf"(?P<mark>{DASH}|:\s+|(?<=[)/])\s*|(?<=/\.)\s*|$)"
)
LONE = re.compile(rf"{TITLED}(?: {TITLED}){{0,3}}\s+(?:--|[–—―-])")
PLACE = re.compile(rf"{TITLED}(?:[ -]{TITLED}){{0,2}}, {TITLED}(?: {TITLED}){{0,2}}")
OUTLET_FIRST = re.compile(
    rf"(?:(?P<place>{TITLED}(?: {TITLED}){{0,2}})\s+)?(?P<bare>[A-Z][A-Za-z]+(?: [A-Z][a-z]+)?)(?:{DASH})"
    rf"|(?:(?i:{DAY}),?\s+)?\((?P<agency>[A-Z][\w .&’'-]{{1,40}})\)\s*(?:{DASH}|(?=[A-Z“\"‘])|$)"
)

BYLINE = re.compile(r"(?:written |reported |story |words |posted |published )?by:?\s+(?P<names>\S.*)", re.IGNORECASE)
NAME = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'.-]*|de|da|del|della|di|du|la|le|van|von|den|der|bin|al|el|ter)"
    r"(?: (?:[A-ZÀ-Þ][\w’'.-]*|de|da|del|della|di|du|la|le|van|von|den|der|bin|al|el|ter)){1,4}"
)
PARTS = re.compile(r",|\||;|/|\bfor\b|\bin\b|\bat\b|[–—]|\s-\s|\bwith\b")
NEWSROOM = frozenset(
    {"News", "Times", "Post", "Herald", "Press", "Wire", "Service", "Services", "Media", "Network", "Agency", "Staff",
     "Journal", "Tribune", "Magazine", "Newsroom", "Bureau", "Desk", "Team"}
)
"""Last words of who a writer writes for."""
CONTRIBUTED = re.compile(
    r"(?P<outlet>[A-Z][\w .&]{1,40}?)(?:[’']s?)\s"
    r"(?:[A-Z]|(?:\w+ )?(?:reporter|writer|correspondent|producer|editor)s? [A-Z])"
    r".{2,300}? contributed (?:reporting )?(?:to|for) (?:this|the) (?:report|story|article)",
    re.DOTALL,
)
READ_AT = re.compile(r"read (?:more|the (?:full|original) \w+) (?:at|on)\s+(?P<outlet>\S[^|]{1,60})$", re.IGNORECASE)
ADDRESS = re.compile(r"https?://\S{4,500}")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: its length in the line, its place, its date if it has the year, the agency or outlet it names."""

    length: int
    place: str | None
    published: str | None
    outlet: Outlet | None


@cache
def _head() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load("head.toml").items()}


@cache
def _cities() -> frozenset[str]:
    return frozenset(city.casefold() for city in _head()["cities"])


def date_in(text: str) -> str | None:
    """The first full date of a text, with the time of day that stands in it, in ISO 8601 without a zone."""
    for match in DATE.finditer(text):
        found = match.groupdict()
        month = found["m1"] or found["m2"]
        number = MONTHS[month.lower().rstrip(".")] if month else int(found["m3"])
        year, day = found["y1"] or found["y2"] or found["y3"], found["d1"] or found["d2"] or found["d3"]
        try:
            value = date(int(year), number, int(day)).isoformat()
        except ValueError:
            continue
        clock = _clock(text[: match.start()] + " " + text[match.end() :].lstrip("T"))
        return f"{value}T{clock}" if clock else value
    return None


def _clock(text: str) -> str | None:
    match = CLOCK.search(text)
    if not match:
        return None
    hour, minute = int(match["h"] or match["h2"]), int(match["m"] or match["m2"])
    half = (match["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half.startswith("p"):
        hour = hour % 12 + 12
    elif half.startswith("a"):
        hour %= 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def is_date_line(text: str) -> bool:
    """Whether the line is a date and nothing else but labels, weekday, time and zone."""
    if len(text) > DATE_LINE or not DATE.search(text):
        return False
    rest = CLOCK.sub(" ", DATE.sub(" ", text))
    return all(word.lower() in _head()["date_words"] for word in re.findall(r"[^\W\d_]+", rest))


def _placed(place: str) -> str:
    """A place in capitals as one would write it in a sentence."""
    small = {"de", "do", "la", "of", "del", "au", "du"}

    def written(match: re.Match[str]) -> str:
        word = match.group()
        if not word.isupper() or len(word) < 3 or "." in word:
            return word.lower() if word.lower() in small and match.start() else word
        return word.capitalize()

    return re.sub(r"[^\W\d_]+(?:[.’'][^\W\d_]+)*\.?", written, place).strip(" ,")


def read_dateline(text: str) -> Dateline | None:
    """The dateline that opens a line, or None. ``length`` counts to the end of its dash, without the space after it."""
    glance = text[:160]
    match = DATELINE.match(glance)
    if match and _is_place(match, glance):
        agency = outlet_named(match["agency"] or match["slashed"] or "")
        day = match["day"] or ""
        in_brackets = match["agency"] or ""
        region = f", {in_brackets}" if in_brackets and not in_brackets.isupper() and not agency else ""
        return Dateline(len(match.group().rstrip()), _placed(match["place"] + region), date_in(day), agency)
    match = OUTLET_FIRST.match(glance)
    if not match:
        return None
    outlet = outlet_named(match["bare"] or match["agency"])
    if outlet is None or not _opens_after(glance, match.end()):
        return None
    place = match["place"]
    if place and place.casefold() not in _cities():
        return None
    return Dateline(len(match.group().rstrip()), place, None, outlet)


def _opens_after(text: str, at: int) -> bool:
    """Whether what follows a dateline can open a sentence."""
    rest = text[at:].lstrip(" \t\xa0“\"‘'«([")
    return not rest or rest[0].isupper() or rest[0].isdigit() or not rest[0].isalpha()


def _is_place(match: re.Match[str], text: str) -> bool:
    """Whether what looks like a dateline is one: capitals and a dash, or a known city, or a known agency."""
    city, mark = match["city"].strip(), match["mark"]
    if city in _head()["not_places"] or not _opens_after(text, match.end()):
        return False
    named = match["agency"] or match["slashed"]
    if named and outlet_named(named):
        return True
    if named and not (match["agency"] and city.isupper()):
        return False
    known = city.casefold() in _cities()
    if not mark or mark.isspace():
        return False
    if mark.startswith(":"):
        return known and city.isupper()
    if city.isupper() and (known or sum(map(str.isalpha, city)) > 3):
        return known or outlet_named(match["place"]) is None
    return known and mark.strip() != "" and (mark[0].isspace() or mark.strip() in "—–")


def read_byline(text: str) -> tuple[str, ...] | None:
    """The writers a byline names, in order; none if it names a newsroom. None: it is no byline."""
    match = BYLINE.match(text)
    if not match or len(text) > 200 or (text.rstrip()[-1:] in ".!?:" and not re.search(r"\b[A-Z]\.$", text)):
        return None
    if match["names"].lower().startswith("the "):
        return () if NAME.fullmatch(match["names"][4:].strip()) else None
    names: list[str] = []
    seen = False
    # In "By A and B, C" the last is who they write for; in "By A, B and C" a writer.
    listed = re.split(r"\band\b|&", match["names"])
    writers = [part for item in listed[:-1] for part in PARTS.split(item)]
    writers += PARTS.split(listed[-1])[: 1 if len(listed) > 1 else None]
    for part in writers:
        part = _without_job(part.strip(" ."))
        if not part or outlet_named(part) or part.split()[-1] in NEWSROOM:
            seen = seen or bool(part)
        elif NAME.fullmatch(part):
            names.append(part.title() if part.isupper() else part)
        elif not part[0].isupper() and not part.isdigit() and not is_date_line(part):
            return None
    return tuple(names) if names or seen else None


def _without_job(words: str) -> str:
    """A name without what its owner does ("Ann Lee Diplomatic editor"); empty if it is a job alone."""
    lower = words.lower()
    jobs = [job for job in _head()["byline_jobs"] if lower == job or lower.endswith(f" {job}")]
    return words[: len(words) - max(map(len, jobs))].strip() if jobs else words


def is_lone_dateline(text: str) -> bool:
    """Whether a line is a dateline and nothing after it ("CNN  —"; the paragraph stands on a line of its own)."""
    if len(text) > 80:
        return False
    found = read_dateline(text)
    return LONE.fullmatch(text) is not None or (found is not None and not text[found.length :].strip())


def lone_place(text: str) -> str | None:
    """The place that a line of an article's head names, if it names nothing else ("Bergen, Norway")."""
    return text if len(text) <= 60 and (PLACE.fullmatch(text) or text.casefold() in _cities()) else None


def credited_outlet(text: str) -> Outlet | None:
    """The outlet that a line of boilerplate shows to be the article's own ("CNN's X contributed", "Read more at …")."""
    match = CONTRIBUTED.match(text[:600])
    if match:
        return outlet_named(match["outlet"])
    match = READ_AT.match(text[:200].strip(" .»>"))
    if match:
        return outlet_named(match["outlet"]) or outlet_of_url(match["outlet"].split()[0])
    return None


def linked_outlet(text: str) -> Outlet | None:
    """The outlet of the first web address in a line."""
    match = ADDRESS.search(text[:1000])
    return outlet_of_url(match.group()) if match else None
