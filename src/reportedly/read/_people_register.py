"""Sorts the stretches of an article into entries: one per human being, organisation, place and group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reportedly._records import PersonKind
from reportedly.read._genders import gender_of_title
from reportedly.read._people_bearers import Entry, fitting, principal, still_named_in_full
from reportedly.read._people_data import first_names, fold, names, roles
from reportedly.read._people_evidence import (
    Key,
    Kind,
    gather,
    has_given,
    is_lone,
    kind_of_full,
    kind_of_lone,
    speaks,
)
from reportedly.read._people_leaves import Leaf, Stretch
from reportedly.read._people_names import bare, is_misprint, same_person, skeleton, surname, surname_first
from reportedly.read._people_runs import stretch_of, stretches

MOST_FORMS = 8
"""Forms of a name that another is compared with; later ones may be misprints of misprints."""
MOST_NEAR = 40
"""People that share a word, looked at for one that a name may mean: a bound for texts that are no articles."""
FREQUENT = 3
"""Mentions of a person that a misprint of the surname needs beside it."""


def register(cut: Sequence[Leaf]) -> list[Entry]:
    """The entries of an article, by first mention."""
    found = [stretch for leaf in cut for stretch in (stretches(leaf) if not leaf.loud else _loud_names(leaf))]
    lowered = frozenset(
        piece.low
        for leaf in cut
        for piece in leaf.pieces
        if piece.kind == "word" and not piece.capital and not piece.glued
    )
    found = _split(found)
    work = _Register(found, lowered)
    entries = work.entries([leaf for leaf in cut if leaf.loud])
    return sorted(entries, key=lambda entry: (min(m.span for m in entry.mentions), entry.name))


def _loud_names(leaf: Leaf) -> Iterator[Stretch]:
    """Where capitals tell nothing: forms of sides, and full names that begin with a known given name."""
    taken: set[int] = set()
    for stretch in stretches(leaf):
        if stretch.form is not None:
            taken.update(range(stretch.first, stretch.last))
            yield stretch
    for entity in leaf.paragraph.doc.ents:
        if entity.label_ == "PERSON":
            inside = [at for at in range(len(leaf.pieces)) if entity.start <= leaf.tokens[at] < entity.end]
            first, last = _given_and_surname(leaf, inside)
            if last > first and not taken & set(range(first, last)):
                yield stretch_of(leaf, first, last, "name")


def _given_and_surname(leaf: Leaf, inside: list[int]) -> tuple[int, int]:
    """A given name, initials or particles, and one more word; what follows may be the headline's verb."""
    cut = leaf.pieces
    while inside and (cut[inside[0]].kind != "word" or fold(cut[inside[0]].norm) not in first_names().all):
        inside = inside[1:]
    for at in inside[1:]:
        piece = cut[at]
        if piece.kind != "word" or piece.low in roles().heads | names().organisation:
            break
        if len(piece.low.rstrip(".")) > 1 and piece.low not in names().particles:
            return inside[0], at + 1
    return 0, 0


def _split(found: list[Stretch]) -> list[Stretch]:
    """Two surnames side by side ("told Vik Lund would come") cut apart; a word before one ("Classic Vik") left off."""
    counts = Counter(stretch.key for stretch in found if stretch.shape == "name")
    lone = {key[0]: count for key, count in counts.items() if len(key) == 1}
    borne = {surname(key) for key in counts if len(key) > 1 and has_given(key)}
    result = []
    for stretch in found:
        key = stretch.key
        loose = len(key) == 2 and stretch.shape == "name" and stretch.last - stretch.first == 2
        two = len(key) == 2 and key[0] != key[1] and borne.issuperset(key)
        if not loose or has_given(key) or counts[key] > 1 or (lone.get(key[1], 0) < 2 and not two):
            result.append(stretch)
            continue
        one = stretch_of(stretch.leaf, stretch.first, stretch.first + 1, "name")
        other = stretch_of(stretch.leaf, stretch.first + 1, stretch.last, "name")
        one.title = stretch.title
        if two or lone.get(key[0], 0) > 1:
            result += [one, other]
        elif key[0] in roles().modifier or stretch.leaf.token(stretch.first).pos_ not in ("PROPN", "NOUN", "X"):
            result.append(other)
        else:
            result.append(stretch)
    return result


class _Register:
    def __init__(self, found: list[Stretch], lowered: frozenset[str]) -> None:
        self._found = found
        self._lowered = lowered
        self._evidence = gather(found)
        self._people: list[Entry] = []
        self._by_key: dict[Key, Entry] = {}
        self._surnames: dict[str, list[Entry]] = {}
        self._skeletons: dict[str, list[Entry]] = {}
        self._near: dict[str, list[Entry]] = {}
        self._givens: dict[str, list[Entry]] = {}
        self._others: dict[tuple[str, str], Entry] = {}
        self._principals: dict[str, Entry] = {}

    def entries(self, loud: Sequence[Leaf]) -> list[Entry]:
        """People first: what is nobody's name may be an organisation's or a place's."""
        rest = self._full_names()
        rest = self._lone_names(rest)
        rest = self._misprints(rest)
        rest = self._unknown_lone(rest)
        for stretch in rest:
            self._other(stretch)
        for leaf in loud:
            self._in_capitals(leaf)
        for entry in self._people:
            entry.words = _fullest(entry)
        return [*self._people, *self._others.values()]

    # ------------------------------------------------------------ full names

    def _full_names(self) -> list[Stretch]:
        rest = []
        for stretch in self._found:
            key = stretch.key
            if stretch.shape != "name" or stretch.form is not None or not key or is_lone(key):
                rest.append(stretch)
                continue
            entry = self._by_key.get(key)
            if entry is None and self._full_kind(key) == "person":
                entry = self._known(key) or self._new(key, stretch)
                self._by_key[key] = entry
                entry.keys.append(key)
                for handle in _handles(key):
                    _put(self._near, handle, entry)
            if entry is None:
                rest.append(stretch)
            else:
                entry.mentions.append(stretch)
        for entry in self._people:
            self._index(entry)
        return rest

    def _full_kind(self, key: Key) -> Kind | None:
        return kind_of_full(key, self._evidence[key], self._lowered, self._evidence.get((surname(key),)))

    def _known(self, key: Key) -> Entry | None:
        near: dict[int, Entry] = {}
        for handle in _handles(key):
            near.update({id(entry): entry for entry in self._near.get(handle, [])[:MOST_NEAR]})
        fitting = [
            entry for entry in near.values() if any(same_person(key, other) for other in entry.keys[:MOST_FORMS])
        ]
        if len(fitting) > 1:
            exact = [entry for entry in fitting if any(bare(k)[0] == bare(key)[0] for k in entry.keys)]
            fitting = exact if len(exact) == 1 else []
        return fitting[0] if fitting else None

    def _new(self, key: Key, stretch: Stretch) -> Entry:
        entry = Entry("person", stretch.words)
        self._people.append(entry)
        return entry

    def _index(self, entry: Entry) -> None:
        """Make an entry findable by its surnames and its given names."""
        for key in entry.keys:
            words = bare(key)
            handles = [surname(key)]
            if len(words) > 2 and words[-2] in ("bin", "ibn", "bint"):
                handles = []
            if surname_first(key):
                handles.append(words[0])
            for handle in handles:
                self._put_surname(handle, entry)
            _put(self._givens, words[0], entry)

    def _put_surname(self, word: str, entry: Entry) -> None:
        _put(self._surnames, word, entry)
        if len(word) > 3:
            _put(self._skeletons, skeleton(word), entry)

    # ------------------------------------------------------------ lone names

    def _lone_names(self, candidates: list[Stretch]) -> list[Stretch]:
        """Lone names of known people; in text order, so that the person named last is known."""
        rest = []
        last: dict[str, tuple[int, Entry]] = {}
        marks = [(m.span, m, entry) for entry in self._people for m in entry.mentions]
        queue = sorted([*marks, *((s.span, s, None) for s in candidates)], key=lambda item: item[0])
        for _, stretch, owner in queue:
            if owner is not None:
                last[surname(stretch.key)] = stretch.leaf.number, owner
                continue
            owner = self._owner(stretch, last) if self._may_be_lone(stretch) else None
            if owner is None:
                rest.append(stretch)
            else:
                owner.mentions.append(stretch)
        return rest

    def _may_be_lone(self, stretch: Stretch) -> bool:
        key = stretch.key
        if not key or not is_lone(key) or (stretch.shape != "name" and stretch.form is None):
            return False
        if stretch.form is not None or stretch.key[-1] in names().never:
            # A name that is a country's, a city's or a month's as well.
            return stretch.title is not None or stretch.label == "PERSON" or (stretch.form is None and speaks(stretch))
        if stretch.key[-1] in self._lowered and stretch.title is None:
            return stretch.leaf.token(stretch.last - 1).pos_ == "PROPN"
        return True

    def _owner(self, stretch: Stretch, last: dict[str, tuple[int, Entry]]) -> Entry | None:
        word = surname(stretch.key)
        found = self._surnames.get(word) or self._transliterated(word)
        if not found:
            return self._by_given(stretch, word)
        left = fitting(stretch, found)
        if len(left) < 2:
            # None: "Mr. Vik" beside Anna Vik alone is a man whose full name the article does not have.
            return left[0] if left else None
        main = self._principal(word, found)
        seen = last.get(word)
        here = seen is not None and seen[0] == stretch.leaf.number and any(seen[1] is entry for entry in left)
        if seen is not None and here and not still_named_in_full(seen[1], main):
            return seen[1]
        return main if any(main is entry for entry in left) else principal(left, [])

    def _principal(self, word: str, bearers: Sequence[Entry]) -> Entry:
        if word not in self._principals:
            lone = [s for s in self._found if s.shape == "name" and is_lone(s.key) and surname(s.key) == word]
            bare_ones = [s for s in lone if s.title is None]
            # Where the paper writes "Mr." and "Mrs.", nobody keeps the bare surname.
            self._principals[word] = principal(bearers, bare_ones if 2 * len(bare_ones) > len(lone) else [])
        return self._principals[word]

    def _transliterated(self, word: str) -> list[Entry]:
        return self._skeletons.get(skeleton(word), []) if len(word) > 3 else []

    def _by_given(self, stretch: Stretch, word: str) -> Entry | None:
        """Somebody called by the given name: one person of the article has it, and it is a name and nothing else."""
        found = self._givens.get(word, [])
        sure = stretch.label == "PERSON" or stretch.title is not None or speaks(stretch)
        return found[0] if len(found) == 1 and sure and stretch.form is None and len(word) > 2 else None

    def _misprints(self, candidates: list[Stretch]) -> list[Stretch]:
        frequent: dict[str, list[tuple[str, Entry]]] = {}
        for known, entries in self._surnames.items():
            if len(entries) == 1 and len(entries[0].mentions) >= FREQUENT and known:
                frequent.setdefault(known[0], []).append((known, entries[0]))
        rest = []
        for stretch in candidates:
            owner = None
            if stretch.shape == "name" and stretch.form is None and len(stretch.key) == 1 and stretch.title is None:
                word = stretch.key[0]
                if self._evidence[stretch.key].count < FREQUENT and not _is_word(stretch, word):
                    near = [entry for known, entry in frequent.get(word[0], [])[:MOST_NEAR] if is_misprint(word, known)]
                    owner = near[0] if len(near) == 1 else None
            if owner is None:
                rest.append(stretch)
            else:
                owner.mentions.append(stretch)
        return rest

    def _unknown_lone(self, candidates: list[Stretch]) -> list[Stretch]:
        """Lone names of people whose full name the article does not have."""
        rest = []
        for stretch in candidates:
            key = stretch.key
            lone = stretch.shape == "name" and stretch.form is None and bool(key) and is_lone(key)
            if not lone or self._grown(key[-1]) or kind_of_lone(key, self._evidence[key], self._lowered) != "person":
                rest.append(stretch)
                continue
            gender = gender_of_title(stretch)
            entry = self._by_key.get((*key, gender)) if gender else self._by_key.get(key)
            if entry is None and gender and (*key, "m" if gender == "f" else "f") not in self._by_key:
                entry = self._by_key.get(key)
            if entry is None:
                entry = self._new(key, stretch)
                entry.keys.append(key)
                self._put_surname(surname(key), entry)
            if gender:
                self._by_key[(*key, gender)] = entry
            self._by_key.setdefault(key, entry)
            entry.mentions.append(stretch)
        return rest

    def _grown(self, word: str) -> bool:
        """Whether a word is made from a known surname: "Obamacare", "Trumpism"."""
        return any(len(word) > size and word[:size] in self._surnames for size in range(4, max(4, len(word) - 1)))

    # ------------------------------------------------------------ the rest

    def _other(self, stretch: Stretch) -> None:
        kind = self._kind(stretch)
        if kind is None:
            return
        form = stretch.form
        fixed = form.name if form is not None and form.kind in ("name", "organisation", "people", "member") else ""
        if form is None and any(piece.own for piece in stretch.leaf.pieces[stretch.first : stretch.last - 1]):
            start, end = stretch.span
            offset = stretch.leaf.paragraph.start
            fixed = " ".join(stretch.leaf.paragraph.doc.text[start - offset : end - offset].split())
        elif form is not None and not fixed and form.name.isupper() and len(form.name) > 4:
            fixed = form.name.title()
        key = (kind, fold(fixed) or " ".join(stretch.key))
        entry = self._others.get(key)
        if entry is None:
            entry = self._others[key] = Entry(kind, stretch.words, form=form, fixed=fixed if kind != "group" else "")
        entry.mentions.append(stretch)

    def _kind(self, stretch: Stretch) -> PersonKind | None:
        form = stretch.form
        if form is not None:
            if form.kind in ("people", "member"):
                plural = (
                    stretch.leaf.token(stretch.last - 1).tag_ in ("NNS", "NNPS")
                    and not stretch.leaf.pieces[stretch.last - 1].glued
                )
                return "group" if plural else None
            if form.kind in ("name", "place"):
                return "place"
            return "organisation"
        if stretch.shape == "organisation":
            return "organisation"
        if stretch.shape == "place":
            return "place"
        if stretch.shape == "thing" or not stretch.key or not stretch.quiet:
            return None
        seen = self._evidence[stretch.key]
        key = stretch.key
        if is_lone(key) and self._grown(key[-1]):
            return None
        kind = kind_of_lone(key, seen, self._lowered) if is_lone(key) else self._full_kind(key)
        return kind if kind != "person" else None

    # ------------------------------------------------------------ headlines

    def _in_capitals(self, leaf: Leaf) -> None:
        """Known people in a paragraph whose capitals tell nothing."""
        done = {
            at
            for e in (*self._people, *self._others.values())
            for m in e.mentions
            if m.leaf is leaf
            for at in range(m.first, m.last)
        }
        cut = leaf.pieces
        at = 0
        while at < len(cut):
            if at in done or cut[at].kind != "word" or not cut[at].capital:
                at += 1
                continue
            end, entry = self._longest(leaf, at)
            if entry is None:
                at += 1
                continue
            entry.mentions.append(stretch_of(leaf, at, end, "name"))
            at = end

    def _longest(self, leaf: Leaf, at: int) -> tuple[int, Entry | None]:
        cut = leaf.pieces
        for size in (4, 3, 2):
            here = cut[at : at + size]
            key = tuple(fold(piece.norm).rstrip(".") for piece in here)
            if len(here) == size and key in self._by_key:
                return at + size, self._by_key[key]
        word = fold(cut[at].norm)
        found = self._surnames.get(word, [])
        if not found or (word in self._lowered and leaf.token(at).pos_ != "PROPN"):
            return at, None
        return at + 1, found[0] if len(found) == 1 else self._principal(word, found)


def _handles(key: Key) -> list[str]:
    """What two forms of one full name have in common: a word, or the surname but for its transliteration."""
    return [*dict.fromkeys(bare(key)), "~" + skeleton(surname(key))]


def _put(index: dict[str, list[Entry]], word: str, entry: Entry) -> None:
    entries = index.setdefault(word, [])
    if len(entries) < MOST_NEAR and all(other is not entry for other in entries):
        entries.append(entry)


def _is_word(stretch: Stretch, word: str) -> bool:
    vocab = stretch.leaf.paragraph.doc.vocab
    return bool(vocab.has_vector(word) or vocab.has_vector(stretch.words[-1]))


def _fullest(entry: Entry) -> tuple[str, ...]:
    """The form shown: of several words if there is one, the most frequent, then the fullest; not in capitals."""
    counts = Counter(mention.words for mention in entry.mentions)
    order = {words: -at for at, words in enumerate(counts)}

    def rank(words: tuple[str, ...]) -> tuple[bool, bool, int, int, int]:
        key = tuple(fold(word).rstrip(".") for word in words)
        whole = sum(len(word) > 1 for word in key)
        return not all(word.isupper() for word in words), not is_lone(key), counts[words], whole, order[words]

    best = max(counts, key=rank)
    return tuple(word.capitalize() for word in best) if all(w.isupper() and len(w) > 3 for w in best) else best
