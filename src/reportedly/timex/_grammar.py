"""The grammar of English time expressions: rules over word classes.

A rule's pattern is written in names of classes (`_lexer.LETTERS`): ``last num units`` is "last two weeks". The rules
are one ordered alternation, tried at every word; `_calendar`, `_relative`, `_lengths` and `_clock` make of each what it
finds. Patterns repeat nothing without a bound, so that reading is linear in the text. Rules say only what words mean;
whether that is meant here ("May", "second", 2,000 of something) is for `read._time_guards` to decide.
"""

from __future__ import annotations

import re
from functools import cache

from reportedly.timex._lexer import LETTERS

NUM = "(?:(?:number|day_number|year_number) spelled{0,2}|spelled (?:hyphen? spelled){0,3})"
ANY = f"(?:{NUM}|a? vague of?|a? dozens of?|a spelled|a)"
MANY = f"(?:{NUM}|a? vague of?|a? dozens of?|a spelled)"
DAY = "(?:day_number|ordinal)"
MOD = "(?:(?:(?:early|earlier|later) in?|the? edge of?) hyphen?)"
AHEAD = "(?:this|last|next)"

PATTERNS: dict[str, str] = {
    "iso": "(?P<iso>iso)",
    "slashed": "(?P<s>slashed)",
    "fixed": "fixed",
    "month_day_year": f"(?:(?P<w>weekday) comma? (?:the|on)?)? (?P<m>month) (?:the)? (?P<d>{DAY}) "
    f"(?:(?:hyphen|and|to) (?P<d2>{DAY}))? comma? (?P<y>year_number)",
    "day_month_year": f"(?:(?P<w>weekday) comma?)? (?:the? (?P<d>{DAY}) (?:hyphen (?P<d2>{DAY}))? hyphen? of? "
    "(?P<m>month)) (?:hyphen|comma)? (?P<y>year_number)",
    "month_day": f"(?:(?P<w>weekday) comma? (?:the|on)?)? (?P<m>month) the? (?P<d>{DAY}) (?:hyphen (?P<d2>{DAY}))?",
    "day_month": f"(?:(?P<w>weekday) comma?)? the? (?P<d>{DAY}) (?:hyphen (?P<d2>{DAY}))? of? (?P<m>month)",
    "weekday_day": "(?P<w>weekday) the (?P<d>ordinal)",
    "month_year": f"{MOD}? (?P<m>month) (?:comma|of|in|hyphen)? (?P<y>year_number)",
    "month": f"(?:{MOD}|(?P<shift>{AHEAD}))? (?P<m>month)",
    "age": f"{NUM} hyphen (?P<u>unit) hyphen old",
    "years": "(?P<y>year_number) hyphen (?P<y2>year_number|day_number|number)",
    "fiscal": "the? fiscal unit? (?P<y>year_number)",
    "half_of": "the? (?P<o>ordinal) hyphen? half of (?:the? unit of?)? (?P<y>year_number)",
    "half_year": f"the? (?P<o>ordinal) hyphen? half of (?P<shift>the|{AHEAD}) unit",
    "quarter_of": "the? (?:(?P<o>ordinal) hyphen? unit|(?P<q>quarter)) (?:of|in|comma)? (?P<y>year_number)",
    "quarter": f"the? (?:(?P<o>ordinal) hyphen? unit|(?P<q>quarter)) (?:of (?P<shift>the|{AHEAD}) unit)?",
    "season_year": f"the? {MOD}? (?P<s>season) (?:of|comma|in)? (?P<y>year_number)",
    "decade": f"the? {MOD}? the? (?P<e>decade)",
    "century": f"the? {MOD}? the? (?P<o>ordinal) hyphen? (?P<u>unit)",
    "ago_weekday": "(?P<q>a|spelled|day_number) (?P<u>unit|units) ago on? (?P<w>weekday)",
    "ago": f"(?P<q>{ANY})? (?P<u>unit|units) (?:ago|(?P<later>from reference|from day))",
    "ago_half": f"(?P<q>{ANY}) (?P<u>unit|units) and a half ago",
    "weekdays_ago": "(?P<q>spelled|day_number) (?P<w>weekdays) ago",
    "day_twice": "the? unit (?P<dir>before|after) (?P<d>day)",
    "days": "(?P<d>day|tonight)",
    "weekday_of": f"(?P<w>weekday) of? (?P<shift>{AHEAD}) (?P<u>unit)",
    "weekday": f"(?:{MOD} on?)? (?P<shift>{AHEAD})? (?P<w>weekday)",
    "weekend": f"{MOD}? (?P<shift>the? {AHEAD}|the|that|the same)? (?P<w>weekend)",
    "edge": f"the? edge of? (?P<shift>the? {AHEAD}|the|that)? (?P<u>unit)",
    "edge_possessive": "(?P<shift>this|the)? (?P<u>unit) (?:possessive|hyphen) edge",
    "last_night": f"{MOD}? (?P<shift>this|last|that|the? next|the? same) (?:early|earlier|later)? (?P<k>part)",
    "same": "the? (?P<shift>that same?|same) (?P<u>unit)",
    "this_unit": f"{MOD}? (?P<shift>the? {AHEAD}) (?P<u>unit)",
    "day_before": "the (?P<u>unit) (?P<dir>before|after)",
    "in_day": "(?:earlier|later) in the (?P<u>unit)",
    "last_many": f"(?:the|this)? (?P<shift>last|next|this) (?P<q>{MANY}) (?P<u>units|unit)",
    "these_days": "this (?P<u>units)",
    "ahead": "the? (?:units (?:and|or))? (?P<u>units) ahead",
    "past_many": "(?:the|this)? (?P<shift>last|next|recent) (?P<u>units) (?:(?:and|or) units)?",
    "story": f"(?P<q>{ANY}) (?P<u>unit|units) (?P<dir>earlier|later)",
    "story_vague": "(?P<u>units) (?P<dir>earlier|later|before|after)",
    "season_shift": f"{MOD}? (?P<shift>the? {AHEAD}) (?P<s>season)",
    "season": f"(?P<pre>the)? {MOD}? (?P<s>season)",
    "every": f"every (?:{NUM}|other)? (?:early)? (?P<u>unit|units|ordinal|weekday|weekend|part|month|season)",
    "times_a": f"(?:{MANY})? times (?:a|every|per) (?P<u>unit|weekend)",
    "per": "(?:per|a) (?P<u>unit)",
    "sets": "(?P<a>set)",
    "weekdays": "(?P<w>weekdays|weekends) (?P<k>part)?",
    "all_unit": "all (?P<u>unit)",
    "half_unit": "(?:half hyphen? a hyphen?|a? half hyphen) (?P<u>unit) (?:hyphen long)?",
    "unit_and_half": f"(?P<q>{ANY})? hyphen? (?P<u>unit|units) hyphen? and hyphen? a hyphen? half (?:hyphen? long)?",
    "many_and_half": f"(?P<q>{MANY}) hyphen? and hyphen? a hyphen? half hyphen? (?P<u>unit|units) (?:hyphen? long)?",
    "two_units": f"(?P<q>{ANY}) (?P<u>unit|units) (?:and|comma)? (?P<q2>{MANY}) (?P<u2>unit|units)",
    "many_to_many": f"(?P<q>{MANY}) (?:to|or|and|hyphen) (?P<q2>{MANY}) hyphen? (?P<u>unit|units) "
    "(?:hyphen? long|hyphen old)?",
    "duration": f"(?P<q>{ANY}) hyphen? (?P<u>unit|units|ordinal) (?:hyphen? long)?",
    "units_long": "(?P<u>unit|units) hyphen long",
    "lengths": "(?P<b>length)",
    "units": "(?P<u>units)",
    "clock": "(?P<c>clock) meridiem? (?P<z>zone)?",
    "clock_hour": "(?P<c>day_number) (?:meridiem|oclock meridiem?) (?P<z>zone)?",
    "clock_four": "(?P<c>number|year_number) (?P<z>zone)",
    "in_part": "(?P<pre>in the (?:early|earlier|later)? (?P<k>part))",
    "part": "(?P<k>part)",
    "noun": "the (?:near|recent)? (?P<j>noun|last)",
    "references": "(?P<j>reference)",
    "at_present": "at (?P<j>noun)",
    "day_of_month": "on the (?P<d>ordinal)",
    "year": f"{MOD}? (?:the unit)? (?P<y>year_number)",
}
"""Rules by name, the more specific before the more general: the first that fits at a word is taken."""


def _compile(pattern: str) -> str:
    """A pattern of class names as a regex over their letters."""

    def letter(found: re.Match[str]) -> str:
        name = found[0]
        return name if name[0] in "?{" else re.escape(LETTERS[name])

    return re.sub(r"\s+", "", re.sub(r"\?P<\w+>|[a-z_]+|\{\d+,\d+\}", letter, pattern))


@cache
def compiled() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str]]:
    """Each rule's regex, and one of all of them with a group a rule, in order."""
    rules = {name: re.compile(_compile(pattern)) for name, pattern in PATTERNS.items()}
    plain = {name: re.sub(r"\?P<\w+>", "?:", rule.pattern) for name, rule in rules.items()}
    idle = "".join(re.escape(LETTERS[name]) for name in ("word", "stop", "comma", "break", "hyphen", "to", "or", "of"))
    whole = "|".join(f"(?P<{name}>{pattern})" for name, pattern in plain.items())
    return rules, re.compile(f"(?![{idle}])(?:{whole})")
