from __future__ import annotations

from dataclasses import replace

from reportedly._records import Article, Block, Gap, Reading, Statement
from reportedly.compare._gaps import make_gaps
from reportedly.compare._sources import is_whole, make_sources

from ._build import bag_of_words, reading, statement

QUOTA = "The northern fishing quota is a fraud and we will fight it in every court"
REST = (
    "The hall was full an hour before the speeches began, and many had to listen from the street.",
    "Boats lay idle along the quay for a third week, and the ice factory sent its workers home at noon.",
    "A choir sang between the speeches, and the mayor promised cheaper ice, cheaper fuel and a new pier.",
    "Later the crowd went down to the water, where lanterns were lit for those who had not come home.",
    "The evening ended without trouble, and by midnight the square in front of the hall was empty again.",
)
READERS = [
    reading("a", f"“{QUOTA},” she said.", *REST, said=[("direct", QUOTA, None)]),
    reading("b", f"She told them: “{QUOTA}.”", *REST, said=[("direct", QUOTA, None)]),
]


def gaps_of(*others: Reading, of: Statement | None = None) -> tuple[Gap, ...]:
    readings = (*READERS, *others)
    carried = of or statement("s", *((reader, QUOTA) for reader in READERS))
    return make_gaps(readings, make_sources(readings), [carried], (), bag_of_words())


def test_an_article_that_says_nothing_of_it_does_not_carry_it() -> None:
    (gap,) = gaps_of(reading("c", *REST))
    assert (gap.of, gap.found, gap.not_found, gap.not_assessable) == ("s", ("a", "b"), ("c",), ())


def test_an_article_that_comes_near_it_in_other_words_cannot_be_judged() -> None:
    near = reading("c", "She called the northern quota for fishing a fraud, to be fought in court.", *REST)
    (gap,) = gaps_of(near)
    assert (gap.not_found, gap.not_assessable) == ((), ("c",))


def test_an_article_that_was_cut_off_cannot_be_judged() -> None:
    cut = [
        reading("c", *REST[:-1], "Later the crowd went down to the"),
        reading("d", *REST, "Subscribe to continue reading."),
        reading("e", REST[0]),
    ]
    (gap,) = gaps_of(*cut)
    assert (gap.not_found, gap.not_assessable) == ((), ("c", "d", "e"))


def test_what_one_article_alone_carries_is_looked_for_nowhere() -> None:
    assert gaps_of(reading("c", *REST), of=statement("s", (READERS[0], QUOTA))) == ()


def test_an_article_is_whole_if_its_body_ends_as_a_text_does() -> None:
    whole = READERS[0].article
    assert is_whole(whole)
    credit = Block("caption", (len(whole.text), len(whole.text) + 23))
    with_credit = replace(whole, text=whole.text + "Photo: Harbour Pictures", blocks=(*whole.blocks, credit))
    assert is_whole(with_credit)
    assert not is_whole(Article("x", "x", "", ""))
    assert not is_whole(replace(whole, blocks=()))
