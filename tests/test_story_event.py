"""The main event of a story: the account that the other articles agree with."""

from __future__ import annotations

from dataclasses import replace

from reportedly._records import MainEvent, Reading, Time, When, cite
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


def test_what_only_went_before_is_how_and_no_reason() -> None:
    one = reading("a", "The port closed after a storm broke its pier, because the crane was unsafe.")
    text = one.article.text

    def event(words: str) -> MainEvent:
        start = text.index(words)
        why = cite(one.article, (start, start + len(words)))
        return MainEvent(who=cite(one.article, (0, 8)), why=why, how=why)

    after = choose_main_event([replace(one, main_event=event("a storm broke its pier"))])
    assert after is not None
    assert (after.why, after.how and after.how.exact) == (None, "a storm broke its pier")
    reason = choose_main_event([replace(one, main_event=event("the crane was unsafe"))])
    assert reason is not None
    assert reason.why is not None


def test_a_weekday_has_the_day_that_the_other_articles_give() -> None:
    one = reading("a", "The port closed on Tuesday.")
    span = (19, 26)
    assert one.article.text[slice(*span)] == "Tuesday"
    place = cite(one.article, span)
    when = When(place.article, span, place.exact, place.prefix, place.suffix)
    dated = replace(one, main_event=MainEvent(when=when), times=(Time(span, "DATE", "2031-05-13", "story:2031-05-14"),))
    chosen = choose_main_event([dated])
    assert chosen is not None
    assert chosen.when is not None
    assert chosen.when.date == "2031-05-13"


def test_without_an_account_there_is_none() -> None:
    assert choose_main_event([reading("a", "Nothing is told here.")]) is None
