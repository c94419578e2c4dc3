"""The party of each entry of an article: the side it speaks for.

In this order:
1. a form of a side: a country, its capital, its people, its institutions; a known organisation
2. an institution that a country's name or adjective belongs to: "Iran's Foreign Ministry"
3. the roles of a person (`_parties.party_of`), the side most often told, a country before a political party; else the
   country whose own the name is: "Iran's Khamenei"
4. whom a person works for, where that is somebody of the article: "Vik's adviser" and "an aide to Vik" have Vik's side
5. an organisation of the article in the role of an officer of it: "Acme spokesman Lee"
6. an office without a country ("President Vik") where the article elsewhere names the country of just that office ("the
   Norwegian president") and one person alone can be meant
7. an organisation that is known by its name to be one speaks for itself

What this leaves open is None: another article may tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from reportedly._outlets import outlet_named
from reportedly.read._parties import ACTING, ADJECTIVAL, STOPS, country_names, find_forms, form_at, party_of
from reportedly.read._people_bearers import Entry
from reportedly.read._people_data import names, phrase_list, roles, word_list
from reportedly.read._people_leaves import Leaf

STATE = ACTING | word_list("state")
"""Words of an institution's name that make it a country's."""
LESSER = word_list("lesser")
HOUSES = word_list("houses")
"""Words of the name of a body in which sides meet: it is no side."""
STAFF = word_list("staff")


def parties(entries: Sequence[Entry], told: Mapping[int, Sequence[str]], cut: Sequence[Leaf]) -> dict[int, str]:
    """The party of each entry that has one, by the entry's identity."""
    found: dict[int, str] = {}
    for entry in entries:
        party = _of_form(entry) if entry.kind != "person" else _of_roles(told.get(id(entry), ())) or _of_owner(entry)
        if party:
            found[id(entry)] = party
    _by_office(entries, told, cut, found)
    _by_employer(entries, told, found)
    return found


def _of_form(entry: Entry) -> str | None:
    if entry.form is not None:
        return entry.form.party or None
    if entry.kind != "organisation":
        return None
    words = entry.name.split()
    lows = [word.lower() for word in words]
    forms = [f for f in find_forms([re.sub(r"['’]s$", "", word) for word in words]) if not f.form.doubtful]
    if forms and len({f.form.party for f in forms}) == 1:
        ours = forms[0]
        if any(low in STATE for low in lows) and (ours.first == 0 or "of" in lows):
            return ours.form.party
    return None


def _of_roles(told: Sequence[str]) -> str | None:
    counts = Counter(party for role in told if (party := party_of(role)) is not None)
    if not counts:
        return None
    countries = [party for party in counts if party in country_names()]
    best = sorted(countries or counts, key=lambda party: (-counts[party], party))
    return best[0] if len(best) == 1 or counts[best[0]] > counts[best[1]] else None


def _of_owner(entry: Entry) -> str | None:
    """The country right before the name, as headlines have it: "Iran's Khamenei"."""
    found: set[str] = set()
    for mention in entry.mentions:
        cut, at = mention.leaf.pieces, mention.start - 1
        if at < 0 or not cut[at].own:
            continue
        for size in (3, 2, 1):
            form = form_at([piece.norm for piece in cut[at - size + 1 : at + 1]], 0) if at - size + 1 >= 0 else None
            if form is not None and len(form.words) == size:
                if form.kind in ("name", "institution") and not form.doubtful:
                    found.add(form.party)
                break
    return found.pop() if len(found) == 1 else None


# ---------------------------------------------------------------- offices without a country


def _by_office(
    entries: Sequence[Entry], told: Mapping[int, Sequence[str]], cut: Sequence[Leaf], found: dict[int, str]
) -> None:
    """Give a country's office that the article leaves without a name to the one person it can be."""
    named = set(_offices(cut))
    for office in sorted({office for _, office in named}):
        holders = [e for e in entries if e.kind == "person" and any(_is(role, office) for role in told.get(id(e), ()))]
        known = {found[id(entry)] for entry in holders if id(entry) in found}
        open_ = [entry for entry in holders if id(entry) not in found]
        sides = sorted({party for party, name in named if name == office and party not in known})
        if len(open_) == 1 and len(sides) == 1:
            found[id(open_[0])] = sides[0]


def _is(role: str, office: str) -> bool:
    """Whether a role is this office, now held, and no lesser one or another body's."""
    low = role.lower()
    return low == office or (low.endswith(f" {office}") and not set(low.split()) & (roles().past | LESSER))


@cache
def _unique() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Words of the offices that a country has once, by their first word."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for office in phrase_list("unique"):
        words = tuple(office.split())
        found[words[0]] = (*found.get(words[0], ()), words)
    return found


def _offices(cut: Sequence[Leaf]) -> Iterator[tuple[str, str]]:
    """Countries with an office right behind ("the U.S. president"), or "the president of the United States"."""
    for leaf in cut:
        norms = [piece.norm for piece in leaf.pieces]
        for at, piece in enumerate(leaf.pieces):
            for words in _unique().get(piece.low, ()):
                if tuple(p.low for p in leaf.pieces[at : at + len(words)]) == words:
                    party = _country_before(leaf, norms, at) or _country_after(norms, at + len(words))
                    if party is not None:
                        yield party, " ".join(words)


def _country_before(leaf: Leaf, norms: list[str], at: int) -> str | None:
    for back in (1, 2):
        form = form_at(norms, at - back) if at >= back else None
        if form is not None and len(form.words) == back:
            adjective = form.kind == "people" or " ".join(form.words) in ADJECTIVAL or leaf.pieces[at - 1].own
            return form.party if adjective else None
    return None


def _country_after(norms: list[str], at: int) -> str | None:
    if norms[at : at + 1] != ["of"]:
        return None
    start = at + 1 + (norms[at + 1 : at + 2] == ["the"])
    form = form_at(norms, start) if start < len(norms) else None
    return form.party if form is not None and form.kind == "name" else None


# ---------------------------------------------------------------- employers


def _by_employer(entries: Sequence[Entry], told: Mapping[int, Sequence[str]], found: dict[int, str]) -> None:
    people: dict[str, list[Entry]] = {}
    companies: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == "person":
            people.setdefault(entry.words[-1].lower(), []).append(entry)
        elif entry.kind == "organisation":
            if not any(word.lower() in HOUSES for word in entry.words):
                companies.setdefault(entry.name.split()[0], []).append(entry)
            own = any(word.lower() in names().organisation for word in entry.words) and outlet_named(entry.name) is None
            own = own and not any(word.lower() in HOUSES | STATE for word in entry.words)
            if own and len(entry.words) > 1 and id(entry) not in found:
                found[id(entry)] = entry.name
    for entry in entries:
        if entry.kind == "person" and id(entry) not in found:
            side = _employer(entry, told.get(id(entry), ()), people, companies, found)
            if side:
                found[id(entry)] = side


def _has_staff(words: Sequence[str]) -> bool:
    return any(word in STAFF for word in words)


def _is_staff_of(words: Sequence[str]) -> bool:
    """Whether these words lead to whom somebody works for: "aide to Ms.", "spokesman for President"."""
    link = next((at for at, word in enumerate(words) if word in {"to", "for", "of"}), None)
    return link is not None and _has_staff(words[:link]) and not any(word in STOPS for word in words[link + 1 :])


def _employer(
    entry: Entry,
    told: Sequence[str],
    people: Mapping[str, list[Entry]],
    companies: Mapping[str, list[Entry]],
    found: Mapping[int, str],
) -> str | None:
    for role in told:
        lows = [word.strip(".,").lower() for word in role.split()]
        if any(low in roles().past for low in lows):
            continue
        for at, low in enumerate(lows):
            owner = people.get(re.sub(r"['’]s$", "", low), [])
            if len(owner) == 1 and owner[0] is not entry and (_has_staff(lows[at + 1 :]) or _is_staff_of(lows[:at])):
                return found.get(id(owner[0]))
        if any(low in roles().office for low in lows):
            words = dict.fromkeys(re.sub(r"['’]s?$|[.,]$", "", word) for word in role.split())
            near = [company for word in words for company in companies.get(word, [])]
            for company in sorted(near, key=lambda company: (-len(company.name), company.name)):
                if re.search(rf"(?<!\w){re.escape(company.name)}(?!\w)", role):
                    return found.get(id(company), company.name)
    return None
