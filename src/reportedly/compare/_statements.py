"""Statements: the reports of one utterance, brought together from all articles.

Reports join where speaker, occasion and meaning agree:

1. among the reports of one speaker, pairs that say the same (`_links`)
2. groups are built around their fullest version: a report joins what is like that version, or all but equal to another
   member; remarks that are alike only through a middle one stay apart (no single-link chains; cf. Manning, Raghavan and
   Schütze 2008, Introduction to Information Retrieval, 17.2)
3. a report beside one that has joined, in its article, needs less: the cuts of one remark support each other
4. groups whose speaker one outlet names and another does not, or only by the institution, join where the words are
   all but the same
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from reportedly._records import Reading, Report, Statement, StoryPerson
from reportedly.compare._collate import collate
from reportedly.compare._links import EQUAL, Links, contradict
from reportedly.compare._occasions import agreed_day
from reportedly.compare._people_clusters import Key
from reportedly.compare._reports import Item, items_of
from reportedly.compare._similarity import Rarity, likeness, normal_words

NEIGHBOUR, NEIGHBOUR_SHARED = 0.38, 3
"""Share of the shorter sentence's weight, and telling words, that are enough beside a report that has joined. Not for
indirect speech, which shares the words of its subject with whatever is quoted beside it."""
NEIGHBOUR_GAP = 250
"""Characters of reporter's words between two quotes that go on with one remark."""
ANYONE_SHARED = 4
"""Telling words that two wordings have to share, nearly all, to be one utterance where a speaker is not known."""
HELD = 0.9
"""Share of the shorter wording's telling words that make it a cut of the longer, where a speaker is not known."""
NAMED_SHARED = 6
"""Telling words that they have to share for the words of an unnamed speaker to be those of one who is named."""
DAY_SLIP_SHARED = 6
"""Telling words, nearly all shared, that outweigh days one apart, for outlets in two time zones name two days; and an
interview in one outlet that is a statement in another."""

Group = list[Item]


def make_statements(
    readings: Sequence[Reading], people: Sequence[StoryPerson], person_of: Mapping[Key, str]
) -> tuple[Statement, ...]:
    """Statements of a story: those in most articles first. Every quote but scare quotes is a report of exactly one.

    ``issues`` are left empty here. The result does not depend on the order of the readings.
    """
    known = {person.id: person for person in people}
    items = items_of(readings, person_of, {person.id: person.party for person in people})
    rarity = Rarity(wording for item in items for _, wording in item.sentences)
    by_speaker: defaultdict[str | None, list[Item]] = defaultdict(list)
    for item in items:
        by_speaker[item.speaker].append(item)
    groups: list[Group] = []
    for speaker in sorted(by_speaker, key=lambda speaker: (speaker is None, speaker or "")):
        if speaker is None:
            groups += [[item] for item in by_speaker[speaker]]
        else:
            groups += _grouped(by_speaker[speaker], Links(by_speaker[speaker], rarity))
    groups = _with_neighbours(groups, rarity)
    groups = _across_speakers(groups, known)
    statements = [_statement(group, known) for group in groups]
    statements.sort(key=lambda s: (-len({r.article for r in s.reports}), -len(s.reports), s.id))
    return tuple(statements)


# ---------------------------------------------------------------- one speaker


def _grouped(items: Sequence[Item], links: Links) -> list[Group]:
    """Groups of one speaker's reports, which come the fullest first."""
    groups: list[list[int]] = []
    group_of: dict[int, list[int]] = {}
    for number, item in enumerate(items):
        best: list[int] | None = None
        best_score = 0.0
        for other in sorted(links.near[number]):
            group = group_of.get(other)
            if group is None or group is best:
                continue
            score = _score(number, group, items, links)
            if score > best_score and _occasions_agree(item, [items[n] for n in group]):
                best, best_score = group, score
        if best is None:
            best = []
            groups.append(best)
        best.append(number)
        group_of[number] = best
    return [[items[number] for number in group] for group in groups]


def _score(number: int, group: Sequence[int], items: Sequence[Item], links: Links) -> float:
    """How well a report fits a group: by its fullest version, or by another member that is surely it."""
    score = links.between(number, group[0]).score
    for other in group[1:]:
        link = links.between(number, other)
        if link.score > 0 and (link.equal or links.resembles(number, group[0])):
            score = max(score, link.score)
    return score


def _occasions_agree(item: Item, group: Sequence[Item]) -> bool:
    """Whether the days and occasions are the same as far as they are known; or nearly so, for the same words."""
    spoken = {other.spoken for other in group} - {None}
    if item.spoken is not None and spoken and item.spoken not in spoken:
        return any(_same_words(item, other, DAY_SLIP_SHARED) for other in group)
    days = sorted({other.quote.said_on for other in group if other.quote.said_on is not None})
    mine = item.quote.said_on
    if mine is None or not days or mine in days:
        return True
    near = any(_a_day_apart(mine, day) for day in days)
    return near and any(_same_words(item, other, DAY_SLIP_SHARED) for other in group)


def _a_day_apart(one: str, other: str) -> bool:
    try:
        return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days) <= 1
    except ValueError:
        return False


def _same_words(item: Item, other: Item, least: int) -> bool:
    """Whether a sentence of the one is all but a sentence of the other."""
    for _, one in item.sentences:
        for _, two in other.sentences:
            shared = len(one.words & two.words)
            if len(one.telling & two.telling) >= least and 2 * shared >= EQUAL * (len(one.words) + len(two.words)):
                return True
    return False


def _held_words(item: Item, other: Item, least: int) -> bool:
    """Whether a sentence of the one is all but one of the other, or a cut of it to the letter."""
    if _same_words(item, other, least):
        return True
    for _, one in item.sentences:
        for _, two in other.sentences:
            both, shorter = one.telling & two.telling, min(len(one.telling), len(two.telling))
            if len(both) >= least and len(both) >= HELD * shorter and not contradict(one, two):
                return True
    return False


def _with_neighbours(groups: Sequence[Group], rarity: Rarity) -> list[Group]:
    """Bring single reports to the statement that the quote beside them in the article reports."""
    group_of = {id(item): group for group in groups for item in group}
    by_article: defaultdict[str, list[Item]] = defaultdict(list)
    for group in groups:
        for item in group:
            by_article[item.article].append(item)
    for article in sorted(by_article):
        ordered = sorted(by_article[article], key=lambda item: (item.quote.content, item.quote.id))
        for before, after in pairwise(ordered):
            gap = after.quote.content[0][0] - before.quote.content[-1][1]
            if before.speaker is None or before.speaker != after.speaker or not 0 <= gap <= NEIGHBOUR_GAP:
                continue
            for lone, other in ((before, after), (after, before)):
                target = group_of[id(other)]
                if len(group_of[id(lone)]) == 1 and len(target) > 1 and _supported(lone, target, rarity):
                    group_of[id(lone)].clear()
                    target.append(lone)
                    group_of[id(lone)] = target
    return [group for group in groups if group]


def _supported(item: Item, group: Sequence[Item], rarity: Rarity) -> bool:
    """Whether some of the report stands in another article's report of the statement."""
    if item.quote.type == "indirect" or not _occasions_agree(item, group):
        return False
    for other in group:
        if other.article == item.article:
            continue
        for _, one in item.sentences:
            for _, two in other.sentences:
                like = likeness(one, two, rarity, 0.0)
                if like.contained >= NEIGHBOUR and like.shared >= NEIGHBOUR_SHARED and not contradict(one, two):
                    return True
    return False


# ---------------------------------------------------------------- speakers not known


def _across_speakers(groups: Sequence[Group], known: Mapping[str, StoryPerson]) -> list[Group]:
    """Join groups of nearly the same words whose speakers may be one: not named, or named by the institution."""
    kept: list[Group] = []
    rows: defaultdict[str, list[tuple[int, Item]]] = defaultdict(list)
    weak = {id(group): _is_weak(group, known) for group in groups}
    for group in sorted(groups, key=lambda group: (weak[id(group)], group[0].order)):
        target = _twin(group, kept, rows, known) if weak[id(group)] else None
        if target is None:
            kept.append(group)
            target = len(kept) - 1
        elif kept[target] is not group:
            kept[target] = kept[target] + group
        for item in group:
            for _, wording in item.sentences:
                for word in sorted(wording.telling):
                    rows[word].append((target, item))
    return kept


def _is_weak(group: Group, known: Mapping[str, StoryPerson]) -> bool:
    """Whether the group's speaker is no person with a name."""
    return all(item.speaker is None or known[item.speaker].kind != "person" for item in group)


def _twin(
    group: Group,
    kept: Sequence[Group],
    rows: Mapping[str, Sequence[tuple[int, Item]]],
    known: Mapping[str, StoryPerson],
) -> int | None:
    """The number of the group that reports the same words and may have the same speaker, or None."""
    for item in group:
        shared: Counter[int] = Counter()
        others: dict[int, tuple[int, Item]] = {}
        words = sorted({word for _, wording in item.sentences for word in wording.telling})
        for word in words:
            for number, other in rows.get(word, ()):
                shared[id(other)] += 1
                others[id(other)] = (number, other)
        ranked = sorted(
            (key for key, count in shared.items() if count >= ANYONE_SHARED),
            key=lambda key: (-shared[key], others[key][1].order),
        )
        for key in ranked:
            number, other = others[key]
            if not _held_words(item, other, ANYONE_SHARED) or not _occasions_agree(item, kept[number]):
                continue
            speakers = sorted({i.speaker for i in kept[number] if i.speaker is not None})
            sure = _held_words(item, other, NAMED_SHARED)
            if all(_may_be_one(item.speaker, speaker, known, sure=sure) for speaker in speakers):
                return number
    return None


def _may_be_one(speaker: str | None, other: str, known: Mapping[str, StoryPerson], *, sure: bool) -> bool:
    """Whether a speaker without a name of his own may be another; ``sure``: their words are long and the same."""
    if speaker is None or speaker == other:
        return True
    mine, theirs = known[speaker], known[other]
    if mine.party is not None and mine.party == theirs.party:
        return True
    if mine.party is not None and theirs.party is not None:
        return False
    # An outlet that names nobody may put the words into another's mouth: short ones prove nothing.
    return sure or (mine.kind == "unnamed" and theirs.kind == "unnamed")


# ---------------------------------------------------------------- records


def _statement(group: Sequence[Item], known: Mapping[str, StoryPerson]) -> Statement:
    items = sorted(group, key=lambda item: item.order)
    speaker = _speaker(items, known)
    variants = collate([(item.reading.article, item.quote) for item in items])
    reports = tuple(
        Report(
            item.article, item.quote.id, item.quote.type, item.quote.content, item.quote.source, item.quote.cue,
            item.quote.certainty, found.differs, found.substance, item.quote.said_at,
        )
        for item, found in zip(items, variants, strict=True)
    )  # fmt: skip
    fullest = items[0]
    text = " ".join(fullest.reading.article.text[slice(*span)] for span in fullest.quote.content)
    seed = "\x1f".join((speaker or "", *normal_words(text), fullest.article, repr(fullest.quote.content)))
    return Statement(
        id="s-" + hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:10],
        speaker=speaker,
        party=known[speaker].party if speaker is not None else None,
        issues=(),
        said_on=agreed_day([(item.reading, item.quote) for item in items]),
        addressee=_common(item.addressee for item in items),
        reports=reports,
    )


def _speaker(items: Sequence[Item], known: Mapping[str, StoryPerson]) -> str | None:
    """The speaker: a person with a name before all others, then the one of the fullest report."""
    named = [item.speaker for item in items if item.speaker is not None]
    people = [speaker for speaker in named if known[speaker].kind == "person"]
    return next(iter(people or named), None)


def _common(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None
