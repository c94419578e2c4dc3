"""Joins the events of a story's articles: one event with every passage that tells it.

Events whose dates stand in one group of dated sentences (`_same_events`) are one. An event without a date, or with one
that no group has, is that of another article if both are of one type and of one standing or one after the other, if
one names nobody that the other does not, in no opposite roles, and no other date, and if their clauses share words and
meaning. Roles, place and type are those of the fullest account.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from reportedly._records import Event, Passage, Reading, StoryEvent
from reportedly.compare._dated import Dated
from reportedly.compare._dates import Days, days_covered
from reportedly.compare._people_clusters import Key
from reportedly.compare._same_events import LATER, SAME_ACT, TOGETHER, standing
from reportedly.compare._similarity import Encoder, together
from reportedly.compare._words import Weights, is_content, tokens

MOST_LIKE = 40
"""Accounts of one type and person that an event is compared with: a bound on hostile input."""


@dataclass(frozen=True)
class _Account:
    """One article's account of an event, in the people of the story, with the words of its clause."""

    article: str
    event: Event
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    days: Days | None
    clause: str
    words: frozenset[str]

    @property
    def people(self) -> frozenset[str]:
        return frozenset((*self.actors, *self.recipients))


def join_events(
    readings: Sequence[Reading], groups: Sequence[Sequence[Dated]], person_of: Mapping[Key, str], encode: Encoder
) -> tuple[StoryEvent, ...]:
    """The events of a story, in the order in which the articles tell them.

    Args:
        readings: of its articles.
        groups: their dated sentences, those of one event together.
        person_of: by article and a person's id in it, the id of the person in the story.
        encode: texts to unit vectors.
    """
    accounts = [_account(reading, event, person_of) for reading in readings for event in reading.events]
    joined = _Joined(accounts, encode)
    dates: dict[int, Sequence[Dated]] = {}
    for group in groups:
        dated = (joined.place.get((one.article, one.event)) for one in group if one.event is not None)
        told = _of_one_type([at for at in dated if at is not None], accounts)
        for at in told[1:]:
            joined.join(told[0], at)
        if told:
            dates[joined.top(told[0])] = group
    joined.join_alike()
    events = [
        _event([accounts[at] for at in members], next((dates[at] for at in members if at in dates), ()))
        for members in joined.groups()
    ]
    return tuple(events)


def _of_one_type(told: Sequence[int], accounts: Sequence[_Account]) -> list[int]:
    """Of the accounts that one group of dated sentences holds those of its commonest type, and those of none."""
    types = Counter(kind for at in told if (kind := accounts[at].event.type) is not None)
    main = min(types, key=lambda kind: (-types[kind], kind), default=None)
    return [at for at in told if accounts[at].event.type in (main, None)]


def _account(reading: Reading, event: Event, person_of: Mapping[Key, str]) -> _Account:
    article, text = reading.article.id, reading.article.text

    def people(some: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(who for one in some if (who := person_of.get((article, one)))))

    time = next((time for time in reading.times if time.span == event.time), None)
    return _Account(
        article,
        event,
        people(event.actors),
        people(event.recipients),
        days_covered(time) if time is not None else None,
        text[slice(*event.span)],
        frozenset(word.stem for word in tokens(text, event.span) if is_content(word.stem)),
    )


class _Joined:
    """Accounts that are joined step by step (union-find), and how like two of them are."""

    def __init__(self, accounts: Sequence[_Account], encode: Encoder) -> None:
        self.accounts = accounts
        self.place = {(account.article, account.event): at for at, account in enumerate(accounts)}
        self._above = list(range(len(accounts)))
        self._weights = Weights(account.words for account in accounts)
        clauses = sorted({account.clause for account in accounts if account.event.type is not None})
        self._vectors: dict[str, NDArray[np.float32]] = dict(zip(clauses, encode(clauses), strict=True))

    def top(self, at: int) -> int:
        """The first account of the event that an account is joined to."""
        while self._above[at] != at:
            at = self._above[at]
        return at

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.top(one), self.top(other)))
        self._above[second] = first

    def groups(self) -> Iterator[list[int]]:
        """The accounts of each event, in their order."""
        found: dict[int, list[int]] = {}
        for at in range(len(self.accounts)):
            found.setdefault(self.top(at), []).append(at)
        yield from found.values()

    def join_alike(self) -> None:
        """Join what different articles tell alike, the likest first, as long as no two accounts of one event clash."""
        held: dict[tuple[str, str], list[int]] = {}
        pairs: set[tuple[int, int]] = set()
        for at, account in enumerate(self.accounts):
            for who in sorted(account.people) if account.event.type is not None else ():
                others = held.setdefault((str(account.event.type), who), [])
                elsewhere = [other for other in others if self.accounts[other].article != account.article]
                pairs.update((other, at) for other in elsewhere[:MOST_LIKE])
                others.append(at)
        scored = [(score, pair) for pair in pairs if (score := self._likeness(*pair)) >= self._least(*pair)]
        members = {group[0]: group for group in self.groups()}
        for _, (one, other) in sorted(scored, key=lambda item: (-item[0], item[1])):
            first, second = sorted((self.top(one), self.top(other)))
            if first == second or self._differ(members[first], members[second]):
                continue
            self.join(first, second)
            members[first] += members.pop(second)

    def _least(self, one: int, other: int) -> float:
        """The likeness that two accounts have to reach; more where one names one person: "a meeting with Vik"."""
        named = min(len(self.accounts[at].people) for at in (one, other))
        return SAME_ACT if named > 1 else TOGETHER

    def _differ(self, one: Sequence[int], other: Sequence[int]) -> bool:
        """Whether two events are not one: each names somebody whom the other does not, or two accounts clash."""
        mine, theirs = (frozenset().union(*(self.accounts[at].people for at in some)) for some in (one, other))
        if not (mine <= theirs or theirs <= mine):
            return True
        return any(self._clash(a, b) for a in one for b in other)

    def _likeness(self, one: int, other: int) -> float:
        a, b = self.accounts[one], self.accounts[other]
        if self._clash(one, other):
            return 0.0
        shared = self._weights.contained(a.words, b.words)
        return round(together(shared, float(self._vectors[a.clause] @ self._vectors[b.clause])), 6)

    def _clash(self, one: int, other: int) -> bool:
        """Whether two accounts cannot be of one event: other types, dates or standings, or opposite roles."""
        a, b = self.accounts[one], self.accounts[other]
        if a.event.type and b.event.type and a.event.type != b.event.type:
            return True
        if a.event.status != b.event.status and not {a.event.status, b.event.status} <= LATER:
            return True
        if a.days and b.days and (a.days[1] < b.days[0] or b.days[1] < a.days[0]):
            return True
        return a.event.type != "CONSULT" and bool({*a.actors} & {*b.recipients} or {*a.recipients} & {*b.actors})


def _event(accounts: Sequence[_Account], group: Sequence[Dated]) -> StoryEvent:
    passages = tuple(Passage(account.article, account.event.span) for account in accounts)
    fullest = max(accounts, key=lambda one: (one.event.type is not None, len(one.people), one.event.place is not None))
    dates = sorted({one.event.date for one in accounts if one.event.date}, key=lambda date: (-len(date), date))
    statuses = {one.event.status for one in accounts}
    seed = ";".join(f"{passage.article}:{passage.span[0]}-{passage.span[1]}" for passage in passages)
    return StoryEvent(
        id="e" + sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        type=fullest.event.type,
        actors=fullest.actors,
        recipients=fullest.recipients,
        place=fullest.event.place or next((one.event.place for one in accounts if one.event.place), None),
        date=group[0].date if group else next(iter(dates), None),
        status=standing(group) if group else "happened" if "happened" in statuses else accounts[0].event.status,
        lead=any(one.event.lead for one in accounts),
        passages=passages,
    )
