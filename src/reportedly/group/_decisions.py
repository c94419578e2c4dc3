"""What a user decided about stories, and the grouping keeps to.

A decision names articles, since a story is known by its articles: a run over other articles gives it another id. What
is decided later stands: an earlier decision holds as far as no later one speaks against it.

    {"merge": ["a", "b"]}                    the stories of a and b are one
    {"split": ["a", "c"], "from": ["b"]}     a and c are in no story with b
    {"move": "a", "to": "b"}                 a is in the story of b, whatever was decided about it before
    {"move": "a", "to": "b", "from": ["c"]}  and not in a story with c
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from reportedly._errors import InputError


@dataclass(frozen=True)
class Decision:
    """Articles that are in one story, articles that are not, and one about which nothing earlier holds."""

    together: tuple[str, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    moved: str | None = None


class Decisions:
    """Decisions in the order in which they were taken."""

    def __init__(self, decisions: Sequence[Decision] = ()) -> None:
        self._families: dict[str, set[str]] = {}
        self._apart: dict[str, set[str]] = {}
        self.named = frozenset(
            article
            for one in decisions
            for article in (*one.together, *(name for pair in one.apart for name in pair), *filter(None, (one.moved,)))
        )
        """The articles that decisions name."""
        moved: set[str] = set()
        for decision in reversed(decisions):
            for one, other in decision.apart:
                if moved.isdisjoint((one, other)) and other not in self.family(one):
                    self._apart.setdefault(one, set()).add(other)
                    self._apart.setdefault(other, set()).add(one)
            for one, other in combinations([name for name in decision.together if name not in moved], 2):
                self._join(one, other)
            moved |= {decision.moved} if decision.moved else set()

    def apart(self, one: Iterable[str], other: Collection[str]) -> bool:
        """Whether an article of one group was split from one of the other."""
        return bool(self._apart) and any(not self._apart.get(article, set()).isdisjoint(other) for article in one)

    def together(self, articles: Iterable[str]) -> list[list[str]]:
        """The articles, those that were decided to be in one story in one list; in the order of the first of each."""
        groups: dict[str, list[str]] = {}
        for article in articles:
            groups.setdefault(min(self.family(article)), []).append(article)
        return list(groups.values())

    def family(self, article: str) -> Set[str]:
        """The articles, itself among them, that were decided to be in one story with an article."""
        return self._families.get(article, {article})

    def _join(self, one: str, other: str) -> None:
        if not self.apart(self.family(one), self.family(other)):
            family = {*self.family(one), *self.family(other)}
            self._families.update(dict.fromkeys(family, family))


def read_decisions(lines: Iterable[str], source: str) -> Decisions:
    """The decisions of JSON lines; empty lines are passed over.

    Args:
        lines: one decision each.
        source: what the lines were read from, for errors.

    Raises:
        InputError: a line is no decision.
    """
    decisions = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                decisions.append(_decision(json.loads(line)))
            except ValueError as problem:
                reason = "not JSON" if isinstance(problem, json.JSONDecodeError) else str(problem)
                raise InputError(f"{source}, line {number}", reason) from problem
    return Decisions(decisions)


def _decision(line: Any) -> Decision:
    kinds = [kind for kind in ("merge", "split", "move") if isinstance(line, dict) and kind in line]
    if len(kinds) != 1:
        raise ValueError('not a decision: one of "merge", "split" and "move" is wanted')
    known = {"merge": {"merge"}, "split": {"split", "from"}, "move": {"move", "to", "from"}}[kinds[0]]
    unknown = sorted(line.keys() - known)
    if unknown:
        raise ValueError(f"a {kinds[0]} has no {unknown[0]!r}")
    if kinds[0] == "merge":
        return Decision(together=_names(line, "merge", 2))
    if kinds[0] == "split":
        return _apart(Decision(), _names(line, "split", 1), _names(line, "from", 1))
    (moved,), (to,) = _names({"move": [line["move"]]}, "move", 1), _names({"to": [line.get("to")]}, "to", 1)
    if moved == to:
        raise ValueError("an article cannot be moved to itself")
    return _apart(Decision((moved, to), moved=moved), (moved,), _names(line, "from", 1) if "from" in line else ())


def _apart(decision: Decision, some: Sequence[str], others: Sequence[str]) -> Decision:
    pairs = tuple(product(some, others))
    both = sorted({*some, *decision.together} & {*others})
    if both:
        raise ValueError(f"{both[0]!r} cannot be apart from itself or from where it goes")
    return Decision(decision.together, pairs, decision.moved)


def _names(line: dict[str, Any], key: str, least: int) -> tuple[str, ...]:
    names = line.get(key)
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise ValueError(f'"{key}" has to name articles by their ids')
    if len(set(names)) < least:
        raise ValueError(f'"{key}" has to name {least} articles at least')
    return tuple(dict.fromkeys(names))
