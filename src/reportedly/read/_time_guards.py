"""Whether words that can be a time are one here: "May", "Sunday Times", "2,000 troops", "the fall of".

The grammar finds too much on purpose. What is decided here is decided from the words around and, for the few words that
need it, from the tagger.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Doc, Token

from reportedly.timex._lexer import Lexed, tables
from reportedly.timex._scan import Found
from reportedly.timex._values import Expr

STRONG = frozenset(
    ("in", "since", "until", "till", "during", "through", "throughout", "early", "late", "mid", "last", "next", "this")
)
"""Before "May" or "April" these speak for the month; "by", "of", "for" and "to" stand before a person as well."""

CLOCK_LICENCES = frozenset(("at", "by", "until", "till", "since", "around", "about", "from", "before", "after"))
OWNERS = frozenset(("his", "her", "their", "my", "your", "our", "its"))
DETERMINED = frozenset(("the", "his", "her", "their", "its", "our", "my", "your", "these", "those"))
STRETCHES = frozenset(
    ("for", "within", "after", "over", "in", "took", "take", "takes", "taken", "taking", "spent", "spend", "lasted",
     "last", "lasting", "waited", "despite", "following", "through", "and", "with")
)  # fmt: skip
"""Before "weeks" or "years" alone they make a duration of it."""
AGES = frozenset(("older", "younger", "over", "under", "up", "above"))
GAME = frozenset(("touchdown", "touchdowns", "yard", "yards", "quarterback", "goal", "rebounds", "pointer", "halftime"))


@dataclass(frozen=True)
class Context:
    """A paragraph's words and its parse. ``surnames`` are months' names that are people's in this article."""

    lexed: Lexed
    doc: Doc
    surnames: frozenset[str]

    @cached_property
    def _tokens(self) -> dict[int, Token]:
        return {token.idx: token for token in self.doc}

    def token(self, i: int) -> Token | None:
        """The parser's token that begins where word i does."""
        return self._tokens.get(self.lexed.starts[i]) if 0 <= i < len(self.lexed.starts) else None

    def token_at(self, offset: int) -> Token | None:
        """The parser's token that begins at, or shortly before, the offset."""
        return next((self._tokens[at] for at in range(offset, max(-1, offset - 25), -1) if at in self._tokens), None)

    def entity(self, i: int) -> str:
        """The entity label of word i."""
        token = self.token(i)
        return token.ent_type_ if token is not None else ""

    def pos(self, i: int) -> str:
        """The part of speech of word i."""
        token = self.token(i)
        return token.pos_ if token is not None else ""

    def capital(self, i: int) -> bool:
        """Whether word i begins with a capital letter."""
        return self.lexed.raw(i)[:1].isupper()

    def opens(self, i: int) -> bool:
        """Whether word i opens a sentence."""
        token = self.token(i)
        return i == 0 or self.lexed.classes[i - 1] in ".|" or (token is not None and bool(token.is_sent_start))


def _month(found: Found, context: Context) -> Found | None:
    lexed = context.lexed
    i = found.last - 1
    word, before = lexed.words[i].rstrip("."), lexed.word(i - 1)
    if word not in tables()["ambiguous"]["months"]:
        return None if context.entity(i) == "PERSON" and context.capital(i - 1) else found
    if word in context.surnames and (before not in STRONG or context.entity(i) != "DATE"):
        return None
    if context.entity(i) in ("PERSON", "ORG", "WORK_OF_ART", "EVENT") or lexed.word(i + 1) in ("for", "madness"):
        return None
    if found.last - found.first > 1 or before in STRONG:
        return found
    if context.opens(i) and context.capital(i + 1):
        return None
    if context.opens(i) and context.entity(i) != "DATE":
        return None
    return found if context.entity(i) == "DATE" or (before in ("of", "by") and context.pos(i) == "PROPN") else None


def _month_number(found: Found, context: Context) -> Found | None:
    """May 14, 14 May: with a person called so, or a count after it, the tagger has to agree."""
    lexed = context.lexed
    if lexed.word(found.last) in tables()["blocked"]["counted"]:
        return None
    for i in range(found.first, found.last):
        if lexed.words[i] in context.surnames and context.entity(i) not in ("DATE", ""):
            return None
    return found


def _weekday(found: Found, context: Context) -> Found | None:
    lexed, blocked = context.lexed, tables()["blocked"]
    i = next((at for at in range(found.last - 1, found.first - 1, -1) if lexed.classes[at] in "Ww"), found.last - 1)
    if lexed.word(i - 1) in blocked["before"] and context.capital(i - 1) and lexed.word(i - 1) != "good":
        return None
    after, second = lexed.word(i + 1), f"{lexed.word(i + 1)} {lexed.word(i + 2)}"
    if context.capital(i + 1) and (after in blocked["after"] or second in blocked["after"]):
        return None
    if lexed.word(i - 1) == "on" and lexed.word(i - 2) == "mail" and context.capital(i - 2):
        return None
    short = lexed.words[i] in tables()["ambiguous"]["weekdays"] and lexed.ends[i] - lexed.starts[i] == len(
        lexed.words[i]
    )
    return None if short and found.rule == "weekday" else found


def _year(found: Found, context: Context) -> Found | None:
    lexed, ambiguous, blocked = context.lexed, tables()["ambiguous"], tables()["blocked"]
    i = found.last - 1
    year, before, after = int(lexed.words[i]), lexed.word(i - 1), lexed.word(i + 1)
    if (
        after in blocked["counted"]
        or before in blocked["numbered"]
        or (
            lexed.classes[i + 1 : i + 2] in "-#"
            and (lexed.classes[i + 1 : i + 2] and lexed.classes[i + 2 : i + 3] in "NDY#")
        )
    ):
        return None
    if found.last - found.first > 1:
        return found
    if lexed.classes[i - 1 : i] in ("N", "D"):
        return None
    entity = context.entity(i)
    if entity in ("MONEY", "QUANTITY", "PERCENT"):
        return None
    if after == "'" or lexed.raw(i + 1)[:1] in "'’":
        return found if 1800 <= year <= 2100 else None
    if entity == "DATE":
        return found
    if context.pos(i + 1) == "NOUN" and _plural(context, i + 1) and before not in ("the", "in", "since", "of"):
        return None
    if before in ambiguous["year_licences"] and (1500 <= year <= 2100):
        return (
            found if before not in ("a", "an", "to", "and", "or", "than", "for", "that", "as") or year >= 1800 else None
        )
    if before in "(-–," and before and 1800 <= year <= 2100:
        return found
    return (
        found
        if 1900 <= year <= 2060 and (entity in ("EVENT", "") and context.pos(i + 1) in ("NOUN", "PROPN"))
        else None
    )


def _plural(context: Context, i: int) -> bool:
    token = context.token(i)
    return token is not None and token.tag_ in ("NNS", "NNPS")


def _season(found: Found, context: Context) -> Found | None:
    lexed = context.lexed
    i, before = found.last - 1, lexed.word(found.first - 1)
    definite = found.last - found.first > 1
    if lexed.word(i + 1) in ("of", "from", "to") or context.pos(i) in ("VERB", "AUX"):
        return None
    if context.pos(i + 1) in ("NOUN", "PROPN") and not definite:
        return None
    if context.capital(i + 1) and lexed.classes[i + 1 : i + 2] not in ("W", "M"):
        return None
    return (
        found
        if before in ("in", "during", "since", "until", "by", "over", "through", "throughout", "before", "after", "of")
        else None
    )


def _season_shift(found: Found, context: Context) -> Found | None:
    after = context.lexed.word(found.last)
    named = context.lexed.words[found.last - 1] in ("fall", "spring")
    return None if (named and after in ("of", "from")) or context.pos(found.last - 1) in ("VERB", "AUX") else found


def _decade(found: Found, context: Context) -> Found | None:
    lexed = context.lexed
    word, before = lexed.raw(found.last - 1), lexed.word(found.first - 1)
    if before in OWNERS or lexed.word(found.last).startswith("degree") or before in ("high", "low", "upper", "lower"):
        return None
    if len(word) >= 5 and word[:4].isdigit():
        return found
    definite = "the" in lexed.words[found.first : found.last]
    if word[0] in "'’‘":
        return found
    return found if definite and lexed.word(found.last) not in ("and", "to") else None


def _set(found: Found, context: Context) -> Found | None:
    if not context.capital(found.first):
        return found
    named = not context.opens(found.first) or context.capital(found.last)
    return None if named else found


def _days(found: Found, context: Context) -> Found | None:
    i = found.last - 1
    if not context.capital(i):
        return found
    named = (context.capital(i - 1) and not context.opens(i)) or context.lexed.word(i + 1) in ("show", "programme")
    return None if named else found


def _duration(found: Found, context: Context) -> Found | None:
    lexed = context.lexed
    after = lexed.words[found.last : found.last + 2]
    if len(after) == 2 and after[0] in ("and", "or") and after[1] in AGES:
        return None
    if lexed.word(found.first) in ("a", "an") and found.last - found.first == 2:
        before = context.token(found.first - 1)
        if (
            before is not None
            and (before.pos_ in ("NOUN", "SYM") or before.tag_ in ("CD", "$"))
            and not before.is_sent_start
        ):
            price = before.tag_ == "CD" or before.tag_ == "NNS" or before.text == "%"
            return replace(found, expr=Expr("SET", "value", found.expr.value)) if price else found
    return found


def _units(found: Found, context: Context) -> Found | None:
    lexed = context.lexed
    before, after = lexed.word(found.first - 1), lexed.word(found.last)
    if found.rule == "story_vague":
        return found if before not in DETERMINED else None
    if context.pos(found.first - 1) in ("ADJ", "NOUN", "PROPN", "NUM", "DET"):
        return None
    return found if before in STRETCHES or (after == "of" and before not in DETERMINED) else None


def _clock(found: Found, context: Context) -> Found | None:
    if not found.expr.hints:
        return found
    if context.lexed.word(found.first - 1) in CLOCK_LICENCES:
        return replace(found, expr=replace(found.expr, hints=frozenset()))
    return found


def _part(found: Found, context: Context) -> Found | None:
    raw = context.lexed.raw(found.last - 1)
    named = not context.opens(found.last - 1) or context.capital(found.last)
    return None if raw[0].isupper() and named and found.last - found.first == 1 else found


def _reference(found: Found, context: Context) -> Found | None:
    """Not "now that it is over", nor a name's "Now"."""
    named = context.capital(found.first) and not context.opens(found.first)
    return None if named or context.lexed.word(found.last) == "that" else found


def _noun(found: Found, context: Context) -> Found | None:
    lexed = context.lexed
    if lexed.word(found.first - 1) not in ("in", "into", "for", "from") or lexed.word(found.last) == "of":
        return None
    return None if context.pos(found.last) in ("NOUN", "PROPN", "ADJ") else found


def _weekend(found: Found, context: Context) -> Found | None:
    if found.last - found.first == 1:
        return None
    return None if context.capital(found.last - 1) or context.lexed.raw(found.last) == "-" else found


def _quarter(found: Found, context: Context) -> Found | None:
    words = context.lexed.words
    if any(word in GAME for word in words) or words[found.last : found.last + 1] in (("final",), ("finals",)):
        return None
    return found


def _day_of_month(found: Found, context: Context) -> Found | None:
    return None if context.pos(found.last) in ("NOUN", "PROPN", "ADJ", "NUM") else found


def _this_unit(found: Found, context: Context) -> Found | None:
    """Not "next-day delivery", nor a show called "This Week"."""
    if context.capital(found.last - 1) and context.capital(found.first) and not context.lexed.text.isupper():
        return None
    return None if context.lexed.raw(found.last) == "-" and found.expr.op == "story_unit" else found


def _edge(found: Found, context: Context) -> Found | None:
    """Not "at the end of the day", which is said of everything but days."""
    return None if found.expr.unit == "D" and context.lexed.word(found.first - 1) == "at" else found


GUARDS: dict[str, Callable[[Found, Context], Found | None]] = {
    "month": _month, "month_day": _month_number, "day_month": _month_number, "weekday": _weekday,
    "weekdays": _weekday, "weekday_of": _weekday, "year": _year, "season": _season, "season_shift": _season_shift,
    "decade": _decade, "sets": _set, "days": _days, "duration": _duration, "many_to_many": _duration,
    "units": _units, "story_vague": _units, "clock": _clock, "part": _part, "in_part": _part, "noun": _noun,
    "at_present": lambda found, context: None if context.lexed.word(found.last - 1) == "future" else found,
    "weekend": _weekend, "edge": _edge, "references": _reference, "quarter": _quarter, "day_of_month": _day_of_month,
    "this_unit": _this_unit,
}  # fmt: skip


def meant(found: Found, context: Context) -> Found | None:
    """The expression if it is one here, perhaps as a set instead of a duration; else None."""
    guard = GUARDS.get(found.rule)
    return guard(found, context) if guard else found
