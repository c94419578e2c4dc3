"""What an article shows of each name form: how often it has a title, what the recognizer calls it, what it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from reportedly.read._cues import lexicon
from reportedly.read._people_data import first_names, names, roles, singular, titles
from reportedly.read._people_leaves import Stretch
from reportedly.read._people_names import bare
from reportedly.read._phrases import PLACES
from reportedly.read._roles import described_after

Kind = Literal["person", "organisation", "place"]
Key = tuple[str, ...]

SURE_VOTES = 2
"""Times the recognizer has to call a lone name a person where nothing else says so."""
SHARE = 0.6
"""Share of the recognizer's calls of a lone name that have to agree; set on PolNeAR's training articles."""

EITHER = frozenset({"publisher", "maker"})
"""What a person can be called as well as a company."""


@dataclass
class Evidence:
    """Counts over the mentions of one form, in paragraphs where capitals tell something."""

    count: int = 0
    titled: int = 0
    described: int = 0
    after_the: int = 0
    beside_the: int = 0
    speaks: int = 0
    personal: int = 0
    corporate: int = 0
    located: int = 0
    shouted: int = 0
    several: int = 0
    labels: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Mentions that the recognizer calls something."""
        return sum(self.labels.values())

    def places(self) -> int:
        """Mentions called places."""
        return sum(self.labels[label] for label in sorted(PLACES))


def gather(stretches: Iterable[Stretch]) -> dict[Key, Evidence]:
    """Evidence by form, of all stretches that are names."""
    found: dict[Key, Evidence] = {}
    for stretch in stretches:
        if stretch.shape == "name" and stretch.words:
            _add(found.setdefault(stretch.key, Evidence()), stretch)
    return found


def _add(seen: Evidence, stretch: Stretch) -> None:
    leaf = stretch.leaf
    cut = leaf.pieces
    seen.count += 1
    seen.titled += is_titled(stretch)
    if stretch.label and (stretch.label == "PERSON" or _is_whole(stretch)):
        seen.labels[stretch.label] += 1
    seen.shouted += all(word.isupper() for word in stretch.words)
    seen.described += stretch.title is not None and not is_titled(stretch)
    if stretch.first > 0 and stretch.title is None:
        before = cut[stretch.first - 1]
        low = before.low.rstrip(".")
        # "The Smith campaign": the article belongs to what follows.
        seen.beside_the += low == "the"
        seen.after_the += low == "the" and leaf.token(stretch.last - 1).dep_ not in ("compound", "nmod", "poss", "amod")
        seen.located += low in ("in", "at", "near", "to", "outside", "across")
        seen.described += (
            before.kind == "word" and not before.own and singular(low) in roles().heads and singular(low) == low
        )
    seen.speaks += speaks(stretch)
    seen.several += leaf.token(stretch.last - 1).tag_ in ("NNPS", "NNS")
    if len(stretch.words) > 1 and described_after(stretch):
        seen.personal += 1
    seen.corporate += _is_called_organisation(stretch)
    if stretch.last + 1 < len(cut):
        after, then = cut[stretch.last], cut[stretch.last + 1]
        seen.personal += after.low == "who" or (after.text == "," and (then.low == "who" or _is_age(then.text)))


def is_titled(stretch: Stretch) -> bool:
    """Whether the words before the name are a title that only people bear: an honorific, an office."""
    if stretch.title is None:
        return False
    lows = [piece.low.rstrip(".") for piece in stretch.leaf.pieces[slice(*stretch.title)]]
    return any(low in titles().honorific or low in titles().short or singular(low) in roles().office for low in lows)


def _is_whole(stretch: Stretch) -> bool:
    """Whether what the recognizer found begins and ends with the stretch: "Press" in "Meet the Press" does not."""
    leaf = stretch.leaf
    first, last = leaf.tokens[stretch.first], leaf.tokens[stretch.last - 1]
    doc = leaf.paragraph.doc
    while last + 1 < len(doc) and doc[last + 1].text in ("'s", "’s", "."):
        last += 1
    ends = last + 1 >= len(doc) or doc[last + 1].ent_iob_ != "I"
    return ends and (doc[first].ent_iob_ != "I" or doc[first - 1].lower_ == "the")


def _is_called_organisation(stretch: Stretch) -> bool:
    """Whether an apposition calls the name an organisation: "Vikstal, the company that …", "Nor, a daily"."""
    leaf, at = stretch.leaf, stretch.last
    if at + 2 >= len(leaf.pieces) or leaf.pieces[at].text != "," or leaf.pieces[at + 1].low not in ("a", "an", "the"):
        return False
    head = at + 2
    while head + 1 < len(leaf.pieces) and leaf.pieces[head + 1].kind == "word":
        heads = leaf.token(head).pos_ == "NOUN" and leaf.token(head).dep_ not in ("compound", "nmod", "poss")
        if leaf.token(head + 1).pos_ not in ("NOUN", "ADJ", "PROPN") or heads:
            break  # not at "press" in "the White House press secretary", nor at "panel" in "the panel's director"
        head += 1
    called = leaf.pieces[head]
    return called.low in names().organisation | names().called and called.low not in EITHER and not called.capital


def _is_age(text: str) -> bool:
    return text.isdecimal() and 5 < int(text[:4]) < 105


def speaks(stretch: Stretch) -> bool:
    """Whether the stretch is the subject of a verb of speech."""
    leaf = stretch.leaf
    for at in range(stretch.first, stretch.last):
        token = leaf.token(at)
        if token.dep_ == "nsubj" and token.head.lemma_.lower() in lexicon().speech:
            return True
    after = leaf.pieces[stretch.last] if stretch.last < len(leaf.pieces) else None
    return after is not None and after.low in ("said", "says")


def is_lone(key: Key) -> bool:
    """Whether a form is a surname alone, with its particles: "Brandt", "de Wit"."""
    words = bare(key)
    return len(words) == 1 or all(word in names().particles and word not in first_names().all for word in words[:-1])


def has_given(key: Key) -> bool:
    """Whether a form begins with a known given name, an initial or a family name that comes first."""
    words = bare(key)
    first = words[0].split("-")[0]
    return len(words) > 1 and (
        first in first_names().all or len(first) == 1 or (words[0] in names().first_surnames and len(words) <= 3)
    )


def kind_of_full(key: Key, seen: Evidence, lowered: frozenset[str], lone: Evidence | None = None) -> Kind | None:
    """What a form of several words is.

    Args:
        key: the form.
        seen: what its mentions show.
        lowered: words that the article also has in lower case.
        lone: what the mentions of its last word alone show.
    """
    words = bare(key)
    data = names()
    people, places = seen.labels["PERSON"], seen.places()
    named = len(words) == 2 and has_given(key) and people * 2 > seen.total
    telling = [word for word in words[1:] if len(word) > 1]  # the "A." of John A. Berg is no article
    if not named and any(word in data.breakers | data.organisation | data.thing for word in telling):
        return "organisation" if seen.labels["ORG"] * 2 > seen.total else None
    if words[0] in data.organisation | data.thing and words[0] not in first_names().all and not seen.titled:
        return _by_label(seen)
    if all(word in data.never for word in words) or len(words) > 6:
        return None
    if seen.titled and seen.after_the == 0:
        return "person"
    if len(words) > 1 and words[-1].endswith(data.patronymics) and seen.after_the == 0:
        return "person"
    if seen.described and seen.after_the == 0 and (people or has_given(key)):
        return "person"
    if seen.corporate or seen.after_the * 2 > seen.count:
        return _by_label(seen)
    common = any(word in lowered for word in words if word not in data.particles and len(word) > 1)
    if has_given(key):
        if (
            people * 2 >= seen.total
            or seen.personal
            or _acts(lone)
            or (seen.speaks and places == 0 and not seen.labels["ORG"])
        ):
            return "person" if not common or people or seen.personal or _acts(lone) else None
    elif people * 2 > seen.total and not (common or seen.located or seen.several or seen.beside_the):
        return "person"
    if not common and seen.places() == 0 and (seen.personal or (lone is not None and lone.titled)):
        return "person"
    return _by_label(seen)


def _acts(lone: Evidence | None) -> bool:
    """Whether the surname alone shows a person: by a title, by "who", by some of the recognizer's calls."""
    return lone is not None and bool(lone.titled or lone.personal or lone.labels["PERSON"] >= SURE_VOTES)


def _by_label(seen: Evidence) -> Kind | None:
    if seen.corporate or seen.labels["ORG"] * 2 > seen.total:
        return "organisation"
    return "place" if seen.places() * 2 > seen.total else None


def kind_of_lone(key: Key, seen: Evidence, lowered: frozenset[str]) -> Kind | None:
    """What a form of one word is, of which no full name is known."""
    word = key[-1]
    if (
        word in names().never
        or word in names().breakers
        or len(word) < 2
        or singular(word) in roles().heads
        or word in titles().short
    ):
        return None
    people, organisations = seen.labels["PERSON"], seen.labels["ORG"]
    if seen.shouted == seen.count and not seen.titled:
        return "organisation" if organisations * 2 > seen.total or (seen.count > 1 and not people) else None
    if seen.titled:
        return "person"
    if seen.corporate:
        return "organisation"
    if word in lowered or seen.several * 2 > seen.count or word[:2] in ("r-", "d-", "i-"):
        return None
    if seen.described and seen.places() == 0 and organisations == 0:
        return "person"
    if people >= SHARE * seen.total and (people >= SURE_VOTES or (people and (seen.speaks or seen.personal))):
        return "person" if not seen.after_the else None
    return _by_label(seen)
