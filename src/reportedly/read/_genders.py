"""A person's gender, where the text shows it: by a title, a role noun, or a given name that is one gender's alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reportedly.read._parties import head_of
from reportedly.read._people_data import Gender, first_names, fold, roles, titles
from reportedly.read._people_leaves import Stretch


def gender_of_title(stretch: Stretch) -> Gender | None:
    """The gender that the title right before one mention shows ("Mr.", "Queen")."""
    if stretch.title is None:
        return None
    for piece in stretch.leaf.pieces[slice(*stretch.title)]:
        word = piece.low.rstrip(".")
        gender = titles().honorific.get(word) or roles().gender.get(word)
        if gender is not None:
            return gender
    return None


def gender_of(words: Sequence[str], mentions: Sequence[Stretch], descriptions: Sequence[str]) -> Gender | None:
    """The gender of a person, or None: titles first, then role nouns, then the given name.

    Args:
        words: the person's fullest name.
        mentions: all mentions.
        descriptions: the person's roles.
    """
    shown = Counter(gender for mention in mentions if (gender := gender_of_title(mention)) is not None)
    if len(shown) == 1:
        return next(iter(shown))
    if shown:
        return None
    found = {roles().gender[head] for role in descriptions if (head := _head(role)) in roles().gender}
    if len(found) == 1:
        return next(iter(found))
    if len(words) < 2:
        return None
    return first_names().gender.get(fold(words[0]).rstrip(".").split("-")[0])


def _head(role: str) -> str:
    lows = [word.strip(".,'’").lower() for word in role.split()]
    at = head_of(lows)
    return lows[at] if at is not None else ""
