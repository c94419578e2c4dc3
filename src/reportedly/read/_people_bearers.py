"""Of several people of one surname, the one whom the surname alone means.

Newspapers introduce each by full name and keep the bare surname for one of them; the others keep their given names. So
the title's gender or office decides ("Mrs. Lund", "Secretary Lund"), then who was named in full last in the paragraph,
then who the article's principal bearer is: of the gender that the pronouns behind the bare surname have, not one who
goes on being named in full, else the one named in full most often and first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportedly._records import PersonKind
from reportedly.read._genders import gender_of, gender_of_title
from reportedly.read._parties import Form
from reportedly.read._people_data import Gender, roles
from reportedly.read._people_evidence import Key, is_lone
from reportedly.read._people_leaves import Leaf, Stretch

PRONOUNS: dict[str, Gender] = {
    "he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
PRONOUN_REACH = 14
"""Pieces behind a surname in which a pronoun is taken to be about its bearer, if no other name comes between."""
CLEAR = 2
"""Votes ahead, and full names more than another's, from which a difference counts."""


@dataclass
class Entry:
    """Somebody or something in the making. ``form`` is set for a side's own name; ``fixed`` is a name to show."""

    kind: PersonKind
    words: tuple[str, ...]
    mentions: list[Stretch] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    form: Form | None = None
    fixed: str = ""

    @property
    def name(self) -> str:
        """The name shown."""
        return self.fixed or " ".join(self.words)


def fitting(stretch: Stretch, bearers: Sequence[Entry]) -> list[Entry]:
    """The bearers whom a mention can mean by its title; none where its gender is nobody's."""
    gender = gender_of_title(stretch)
    left = [entry for entry in bearers if gender is None or _gender(entry) in (None, gender)]
    if len(left) > 1 and stretch.title is not None and gender is None:
        return _by_office(stretch, left) or left
    return left


def principal(bearers: Sequence[Entry], lone: Sequence[Stretch]) -> Entry:
    """The bearer whom the bare surname means where nothing near says otherwise.

    Args:
        bearers: the people of the surname, at least one.
        lone: the mentions of the bare surname without a title, in text order.
    """
    left = list(bearers)
    votes = Counter(vote for stretch in lone if (vote := _pronoun(stretch.leaf, stretch.last)) is not None)
    ahead = votes["m"] - votes["f"]
    if abs(ahead) >= CLEAR:
        wanted = "m" if ahead > 0 else "f"
        left = [entry for entry in left if _gender(entry) in (None, wanted)] or left
    if lone:
        first = lone[0].span
        again = {id(entry): sum(m.span > first for m in _in_full(entry)) for entry in left}
        least = min(again.values())
        left = [entry for entry in left if again[id(entry)] < least + CLEAR]
    return max(left, key=lambda entry: (len(_in_full(entry)), -entry.mentions[0].span[0]))


def still_named_in_full(entry: Entry, other: Entry) -> bool:
    """Whether an entry keeps its full name beside another, so that the bare surname is not its own."""
    return entry is not other and len(_in_full(entry)) >= len(_in_full(other)) + CLEAR


def _in_full(entry: Entry) -> list[Stretch]:
    return [mention for mention in entry.mentions if not is_lone(mention.key)]


def _pronoun(leaf: Leaf, last: int) -> Gender | None:
    for piece in leaf.pieces[last : last + PRONOUN_REACH]:
        if piece.text in ".!?\n" or (piece.capital and piece.low not in PRONOUNS):
            return None
        if piece.low in PRONOUNS:
            return PRONOUNS[piece.low]
    return None


def _gender(entry: Entry) -> Gender | None:
    """The gender that the full names of an entry show; lone names are only being assigned by it."""
    return gender_of(entry.words, _in_full(entry), ())


def _by_office(stretch: Stretch, bearers: list[Entry]) -> list[Entry]:
    """Those whose full name has this mention's title: "Secretary Ruiz" and "Secretary of State Ana Ruiz"."""
    if stretch.title is None:
        return []
    words = {piece.low.rstrip(".") for piece in stretch.leaf.pieces[slice(*stretch.title)]} & roles().heads
    found = []
    for entry in bearers:
        titles = {p.low.rstrip(".") for m in _in_full(entry) if m.title for p in m.leaf.pieces[slice(*m.title)]}
        if words & titles:
            found.append(entry)
    return found
