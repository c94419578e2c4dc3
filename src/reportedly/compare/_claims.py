"""Groups clauses of different articles that report the same fact, and counts who is behind each.

The surest pair of clauses (`_same_facts`) opens a group; a further one joins if it is like every other of the group,
and its article is not in it yet (complete link, one clause an article: no chain of halfway matches joins two facts).
Other clauses of the articles that are as surely like the whole group are passages of it as well: the headline, the
lede, and where the text comes back to it. At least two articles have to narrate the fact themselves; what a person
says about it only adds to them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from reportedly._records import Claim, Reading, Span, StoryArticle, cite
from reportedly.compare._clauses import Clause
from reportedly.compare._origins import make_reports
from reportedly.compare._same_facts import Pair
from reportedly.compare._words import overlaps

SURE = 0.5
"""Probability from which a pair of clauses opens or joins a group."""
LOOSE = 0.25
"""Probability that each pair within a group has at least."""
NEAR = 0.2
"""Probability from which a clause may be what another article tells, so that neither tells something alone."""
TELLS = 4
"""Keys of a clause, besides its subject's, from which it tells something worth showing by itself."""
MOST_ALONE = 5
"""Facts of one article alone that are shown."""

_OPENERS = re.compile(
    r"(?:he|she|it|they|this|that|these|those|his|her|their|its|the (?:latter|former|move|two|pair|official|incidents?)"
    r"|but|and|however|meanwhile|also|still|instead|so|or|yet|then|there|afterwards|later|earlier)\b",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"(?:where|why|when|how|that|what|whether|if|as|while|because|after|before|since|until|though|although|which|who"
    r"|whose|whom|by|with)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.!?…][\"”’']?$")


def make_claims(
    readings: Sequence[Reading], clauses: Sequence[Clause], pairs: Sequence[Pair], articles: Sequence[StoryArticle]
) -> tuple[Claim, ...]:
    """Facts that at least two articles narrate, the most reported first.

    Args:
        readings: of the story's articles.
        clauses: of their narration.
        pairs: comparable pairs of these, by index.
        articles: the same articles, with what is copied in them.
    """
    by_id = {reading.article.id: reading for reading in readings}
    place = {article.article.id: at for at, article in enumerate(articles)}
    copies = {article.article.id: article for article in articles}
    claims: list[Claim] = []
    for group in _groups(clauses, pairs):
        told = sorted((clauses[at] for at in group), key=lambda clause: (place[clause.article], clause.span))
        if len({clause.article for clause in told if not clause.said}) < 2:
            continue
        claim = _claim(told, by_id, copies)
        if not any(_within(claim, other) for other in claims):
            claims.append(claim)
    return tuple(
        sorted(claims, key=lambda claim: (-claim.origins, -claim.articles, place[claim.text.article], claim.text.span))
    )


def _within(claim: Claim, other: Claim) -> bool:
    """Whether all of a claim's passages overlap those of another: what is said, within the saying of it."""
    return all(
        any(one.article == two.article and overlaps(one.span, two.span) for two in other.reports)
        for one in claim.reports
    )


def facts_alone(
    readings: Sequence[Reading], clauses: Sequence[Clause], pairs: Sequence[Pair], articles: Sequence[StoryArticle]
) -> tuple[Claim, ...]:
    """Facts that one article tells and, as far as can be seen, no other: the most telling of each, in text order.

    A fact has to be told in a clause that can stand alone, and no clause of another article may come near it.
    """
    by_id = {reading.article.id: reading for reading in readings}
    copies = {article.article.id: article for article in articles}
    near: set[int] = set()
    for pair in pairs:
        if pair.probability >= NEAR:
            near |= {pair.one, pair.other}
    taken = {(clauses[at].article, clauses[at].sentence) for at in near}
    free: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses:
        apart = (clause.article, clause.sentence) not in taken
        if apart and not clause.said and not clause.standing and _stands_alone(clause) and len(clause.own) >= TELLS:
            free[clause.article].append(clause)
    chosen = []
    for article in articles:
        if article.copy_of is not None or len(articles) == 1:
            continue
        best = sorted(free[article.article.id], key=lambda c: (not c.lede, not (c.figures or c.days), c.span))
        first = {clause.sentence: clause for clause in reversed(best)}
        chosen += sorted([clause for clause in best if first[clause.sentence] is clause][:MOST_ALONE], key=_at)
    return tuple(_claim([clause], by_id, copies) for clause in chosen)


def _groups(clauses: Sequence[Clause], pairs: Sequence[Pair]) -> list[list[int]]:
    """Groups of clauses by index, the largest first, then the surest: one clause of each article, and those of these
    articles that belong to all.
    """
    sure = {(pair.one, pair.other): pair.probability for pair in pairs}
    likeness: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), value in sure.items():
        likeness[one][other] = likeness[other][one] = value
    group_of: dict[int, list[int]] = {}
    for one, other in sorted(sure, key=lambda pair: (-sure[pair], pair)):
        if sure[one, other] < SURE:
            break
        mine, theirs = group_of.get(one, [one]), group_of.get(other, [other])
        if mine is theirs or {clauses[at].article for at in mine} & {clauses[at].article for at in theirs}:
            continue
        if all(likeness[a].get(b, 0.0) >= LOOSE for a in mine for b in theirs):
            merged = [*mine, *theirs]
            group_of.update(dict.fromkeys(merged, merged))
    groups = {id(group): group for group in group_of.values()}.values()
    ordered = sorted(groups, key=lambda group: (-len(group), -sure[min(group[:2]), max(group[:2])], group))
    return [[*group, *_further(group, clauses, likeness, group_of)] for group in ordered]


def _further(
    group: Sequence[int],
    clauses: Sequence[Clause],
    likeness: Mapping[int, Mapping[int, float]],
    taken: Mapping[int, Sequence[int]],
) -> Iterable[int]:
    """Clauses of the group's articles, in sentences of their own, that are surely like all of the other articles'."""
    articles = {clauses[at].article for at in group}
    sentences = {clauses[at].sentence for at in group}
    for at in sorted({other for member in group for other in likeness[member]} - set(group) - set(taken)):
        clause = clauses[at]
        if clause.article not in articles or clause.sentence in sentences:
            continue
        others = [member for member in group if clauses[member].article != clause.article]
        if all(likeness[at].get(member, 0.0) >= SURE for member in others):
            yield at


def is_complete(text: str) -> bool:
    """Whether a sentence can stand alone: it opens with no pronoun or link, ends as one, and its marks are balanced."""
    opening = text.lstrip("“\"‘'")
    if not opening[:1].isupper() and not opening[:1].isdigit():
        return False
    balanced = text.count("“") == text.count("”") and text.count('"') % 2 == 0 and text.count("(") == text.count(")")
    return balanced and bool(_CLOSED.search(text)) and not _OPENERS.match(opening) and "\n\n" not in text


def _claim(told: Sequence[Clause], readings: Mapping[str, Reading], copies: Mapping[str, StoryArticle]) -> Claim:
    """The claim of a group's clauses, in the readout's order."""
    text = _wording(told, readings)
    reports = make_reports([(clause.article, clause.span) for clause in told], readings, copies)
    outlets = {readings[clause.article].article.outlet or f"article {clause.article}" for clause in told}
    seed = ";".join(f"{clause.article}:{clause.span[0]}-{clause.span[1]}" for clause in sorted(told, key=_at))
    return Claim(
        id="c" + sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        text=cite(readings[text[0]].article, text[1]),
        reports=reports,
        origins=len({report.origin for report in reports}),
        articles=len({clause.article for clause in told}),
        distinct_texts=len({report.copied or report.article for report in reports}),
        outlets=len(outlets),
    )


def _wording(told: Sequence[Clause], readings: Mapping[str, Reading]) -> tuple[str, Span]:
    """The shortest passage that can stand alone: a clause with its subject, or the sentence around one."""

    def order(clause: Clause) -> tuple[bool, bool, int, str, Span]:
        return clause.said, not _stands_alone(clause), clause.span[1] - clause.span[0], clause.article, clause.span

    best = min(told, key=order)
    if _stands_alone(best):
        return best.article, best.span
    whole = [clause for clause in told if is_complete(readings[clause.article].article.text[slice(*clause.sentence)])]
    best = min(whole or told, key=lambda c: (c.said, c.sentence[1] - c.sentence[0], c.article, c.span))
    return best.article, best.sentence


def _stands_alone(clause: Clause) -> bool:
    """Whether a clause has a subject that is no pronoun, its words stand together, and nothing links it to others."""
    if not clause.headed or not clause.about or clause.broken:
        return False
    return not (_OPENERS.match(clause.text) or _LINKED.match(clause.text))


def _at(clause: Clause) -> tuple[str, Span]:
    return clause.article, clause.span
