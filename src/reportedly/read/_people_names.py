"""When two names may be one person's, within one article.

A surname has to agree, by spelling or by a usual other transliteration (Zelensky, Zelenskiy), and the given names
must not contradict each other: equal, one the short form or the initial of the other, or a spelling of it. Two given
names that are both known and different are two people, as are a name with "Jr." and one without.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from reportedly.read._people_data import first_names, fold, names

MISPRINT_LETTERS = 5
"""Letters from which a surname one letter more, less, other or swapped is a misprint; shorter ones are too close."""


@lru_cache(maxsize=4096)
def skeleton(word: str) -> str:
    """A name as transliterations have in common: Sergei, Sergey; Zelensky, Zelenskiy, Zelenskyy; Kadyrov, Kadirov."""
    plain = re.sub(r"[^a-z]", "", fold(word))
    plain = re.sub(r"(?:iy|yy|ij|ii|yi|ey|ei|ie|y)$", "i", plain)
    plain = plain.replace("kh", "h").replace("ts", "c").replace("ou", "u").replace("oo", "u").replace("ee", "i")
    plain = re.sub(r"[yj]", "i", plain)
    return re.sub(r"(.)\1+", r"\1", plain)


@lru_cache(maxsize=4096)
def bare(key: tuple[str, ...]) -> tuple[str, ...]:
    """The folded words of a name without suffixes such as Jr."""
    kept = tuple(word for word in key if word not in names().suffixes)
    return kept or tuple(key)


@lru_cache(maxsize=4096)
def suffix(key: tuple[str, ...]) -> str:
    """The suffix of a name (jr, iii), "" if it has none."""
    return next((word for word in key[1:] if word in names().suffixes and word not in ("phd", "md", "esq")), "")


@lru_cache(maxsize=4096)
def surname(key: tuple[str, ...]) -> str:
    """The last word of a folded name that is no suffix, without an article grown together with it ("al-")."""
    last = bare(key)[-1]
    return re.sub(r"^(?:al|el|ad|as|an|ash)-", "", last) or last


def surname_first(key: tuple[str, ...]) -> bool:
    """Whether the family name may come first: Xi Jinping, Kim Jong Un."""
    words = bare(key)
    return len(words) > 1 and words[0] in names().first_surnames and words[-1] not in names().first_surnames


def same_surname(one: str, other: str) -> bool:
    """Whether two folded surnames are one: equal, or two transliterations of one."""
    return one == other or (len(one) > 3 and skeleton(one) == skeleton(other))


def given_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the given names of two full names, folded and without surnames, may be one person's."""
    if not one or not other:
        return True
    return any(_given(a, b) for a in one[:2] for b in other[:2] if a == one[0] or b == other[0])


def _middles_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether middle names do not tell two people apart: George W. and George H. W. are two."""
    initials = [[word[0] for word in words if word not in names().particles] for words in (one, other)]
    return not all(initials) or initials[0] == initials[1]


def _given(one: str, other: str) -> bool:
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    data = first_names()
    if other in data.short.get(one, ()) or one in data.short.get(other, ()):
        return True
    if skeleton(one) == skeleton(other):
        return data.gender.get(one) in (None, data.gender.get(other))
    if one in data.all and other in data.all:
        return False
    return min(len(one), len(other)) >= MISPRINT_LETTERS and OSA.distance(one, other, score_cutoff=1) == 1


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two folded full names (two words or more) may be one person's."""
    if suffix(one) != suffix(other):
        return False
    a, b = bare(one), bare(other)
    if a[0] == b[0] and a[-1] == b[-1] and not _middles_agree(a[1:-1], b[1:-1]):
        return False
    if set(a) == set(b) or (len(a) > 2 and set(b) < set(a)) or (len(b) > 2 and set(a) < set(b)):
        return not _initials_only(a, b)
    sa, sb = surname(one), surname(other)
    if same_surname(sa, sb):
        return given_agree(a[:-1], b[:-1]) and _middles_agree(a[1:-1], b[1:-1])
    # A misprint in one of two long surnames, under one given name.
    return a[:-1] == b[:-1] and len(a[0]) > 1 and is_misprint(sa, sb)


def _initials_only(one: Sequence[str], other: Sequence[str]) -> bool:
    return all(len(word) == 1 for word in set(one) & set(other))


def is_misprint(word: str, known: str) -> bool:
    """Whether a folded word is one slip from a folded surname, and neither its plural nor its feminine form."""
    if min(len(word), len(known)) < MISPRINT_LETTERS or word == known or word[0] != known[0]:
        return False
    longer, shorter = (word, known) if len(word) > len(known) else (known, word)
    if longer in (shorter + "s", shorter + "a", shorter + "n", shorter + "i"):
        return False
    return OSA.distance(word, known, score_cutoff=1) == 1
