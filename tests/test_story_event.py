"""The main event of a story: the account that the other articles agree with."""

from __future__ import annotations

from dataclasses import replace

from reportedly._records import MainEvent, Reading, cite
from reportedly.compare._main_event import choose_main_event

from ._build import reading


def told(identifier: str, who: str, what: str, where: str | None = None) -> Reading:
    one = reading(identifier, f"{who} {what}{f' in {where}' if where else ''}.")
    text = one.article.text

    def answer(words: str) -> object:
        start = text.index(words)
        return cite(one.article, (start, start + len(words)))

    event = MainEvent(who=answer(who), what=answer(what), where=answer(where) if where else None)  # type: ignore[arg-type]
    return replace(one, main_event=event)


def test_the_account_that_others_agree_with_is_taken_and_filled() -> None:
    odd = told("a", "The harbour master", "resigned over a parking ticket", "Molde")
    one = told("b", "Port director Ingrid Dahl", "closed the northern port")
    other = told("c", "Dahl", "closed the port", "Bergen")
    chosen = choose_main_event([odd, one, other])
    assert chosen is not None
    assert chosen.who is not None
    assert chosen.where is not None
    assert (chosen.who.exact, chosen.where.exact) == ("Port director Ingrid Dahl", "Bergen")


def test_without_an_account_there_is_none() -> None:
    assert choose_main_event([reading("a", "Nothing is told here.")]) is None
