from __future__ import annotations

import pytest

from reportedly._records import Article, Proposition, Reading
from reportedly.read import read
from reportedly.read._blocks import split_blocks
from reportedly.read._model import load_model

LEDE = "The ferry Nordlys ran aground off Vardholm on Sunday."


def read_text(sentence: str) -> Reading:
    text = f"{sentence}\n\n{LEDE}\n\nNobody on the island saw it."
    return read(split_blocks(Article("a", "a", text, "")), load_model())


def told(sentence: str) -> list[str]:
    """Each proposition of a sentence: its subject in brackets where that stands elsewhere, and its words."""
    reading = read_text(sentence)
    text = reading.article.text
    return [words(text, p) for p in reading.propositions if p.span[1] <= len(sentence)]


def words(text: str, proposition: Proposition) -> str:
    own = " … ".join(text[slice(*part)] for part in proposition.parts)
    subject = proposition.subject
    inside = subject and any(a <= subject[0] and subject[1] <= b for a, b in proposition.parts)
    return f"[{text[slice(*subject)]}] {own}" if subject and not inside else own


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Berg resigned on Friday and left the city.",
            ["Berg resigned on Friday", "[Berg] left the city"],
        ),
        (
            "Berg, who won the seat in 2010, resigned on Friday.",
            ["Berg, … , resigned on Friday", "[Berg] who won the seat in 2010"],
        ),
        (
            "The council closed the bridge after cracks appeared in a pillar.",
            ["The council closed the bridge", "cracks appeared in a pillar"],
        ),
        (
            "A video posted on Sunday shows the mayor grabbing a camera.",
            [
                "A video … shows the mayor grabbing a camera",
                "[A video] posted on Sunday",
                "the mayor grabbing a camera",
            ],
        ),
        (
            "The company announced on Monday that the ferry had sunk.",
            ["The company announced on Monday that the ferry had sunk", "the ferry had sunk"],
        ),
        (
            "Ms. Dahl, the first woman to lead the board, was elected.",
            ["Ms. Dahl, … , was elected", "[Ms. Dahl] the first woman to lead the board"],
        ),
    ],
)
def test_a_sentence_tells_one_thing_with_each_of_its_clauses(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Berg, who won the seat in 2010, resigned on Friday, and the council, which met, agreed.",
        "Asked what the harbor was suffering from, Berg said he did not know what the council stood for.",
    ],
)
def test_propositions_lie_within_their_sentences_and_their_parts_within_them_in_order(sentence: str) -> None:
    reading = read_text(sentence)
    assert reading.propositions
    for proposition in reading.propositions:
        start, end = proposition.span
        assert any(a <= start and end <= b for a, b in reading.sentences)
        assert proposition.parts[0][0] == start
        assert proposition.parts[-1][1] == end
        assert all(one[1] <= other[0] for one, other in zip(proposition.parts, proposition.parts[1:], strict=False))
        assert start <= proposition.predicate[0] < proposition.predicate[1] <= end


def test_what_is_too_short_to_tell_anything_is_no_proposition() -> None:
    assert told("Berg resigned.") == []
