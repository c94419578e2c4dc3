from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.compare._similarity import Rarity, Wording, encode, likeness, normal_words, root

DAM = "The dam above Lindvik will hold through the spring"
CANNERY = "The old cannery in Molde burned because its sprinklers were dry"


def like(one: str, other: str, *story: str) -> tuple[float, float, int]:
    """Contained, dice and shared words of two texts in a story of several."""
    wordings = [Wording.of(text) for text in (one, other, *story)]
    found = likeness(wordings[0], wordings[1], Rarity(wordings), 0.0)
    return found.contained, found.dice, found.shared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We DON’T know", "we don't know"),
        ("We don’t know", "We do not know"),
        ("José spoke", "Jose spoke"),
        ("the U.S. plan", "the US plan"),
        ("the ministry’s ferries", "the ministry's ferry"),
    ],
)
def test_one_wording_in_another_typography_has_the_same_words(one: str, other: str) -> None:
    assert normal_words(one) == normal_words(other)


@pytest.mark.parametrize(
    ("one", "other"), [("impose", "imposed"), ("attack", "attacking"), ("planned", "planning"), ("threat", "threats")]
)
def test_forms_of_a_word_have_one_root(one: str, other: str) -> None:
    assert root(normal_words(one)[0]) == root(normal_words(other)[0])


@pytest.mark.parametrize(("one", "other"), [("ring", "red"), ("dress", "dres"), ("thing", "th"), ("need", "ne")])
def test_an_ending_leaves_a_word(one: str, other: str) -> None:
    assert root(one) != root(other)


def test_a_text_is_wholly_like_itself_and_not_at_all_like_another() -> None:
    assert like(DAM, DAM, CANNERY) == pytest.approx((1.0, 1.0, len(Wording.of(DAM).words)))
    assert like(DAM, CANNERY) == (0.0, 0.0, 0)
    assert like("and of the", "and of the") == (0.0, 0.0, 0)


def test_a_cut_is_contained_and_likeness_is_mutual() -> None:
    contained, dice, _ = like(DAM, "The dam above Lindvik will hold", CANNERY)
    assert contained == pytest.approx(1.0)
    assert 0.4 < dice < 1
    assert like(DAM, "The dam above Lindvik", CANNERY) == like("The dam above Lindvik", DAM, CANNERY)


def test_a_word_that_everybody_uses_weighs_less() -> None:
    story = [f"The dam held for the {subject}" for subject in ("farmers", "sailors", "doctors", "teachers")]
    rarity = Rarity([Wording.of(text) for text in (*story, CANNERY)])
    assert rarity["dam"] < rarity["cannery"]
    assert rarity["zyzzyva"] >= rarity["cannery"]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("We will leave", False),
        ("We will not leave", True),
        ("We won’t leave", True),
        ("Nobody leaves", True),
        ("I cannot", True),
    ],
)
def test_negation(text: str, negated: bool) -> None:
    assert Wording.of(text).negated is negated


def test_numbers_are_figures() -> None:
    assert Wording.of("It cost 14 crowns in 2031, and 1,200 men").numbers == {"14", "2031", "1,200"}


@given(st.text(max_size=200))
def test_any_text_is_a_wording(text: str) -> None:
    wording = Wording.of(text)
    assert wording.numbers <= set(normal_words(text)) | {str(n) for n in range(100)}
    assert likeness(wording, wording, Rarity([wording]), 0.0).dice <= 1.0 + 1e-9


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_texts_have_vectors_of_length_one_or_none(texts: list[str]) -> None:
    vectors = encode(texts)
    assert vectors.shape == (len(texts), 512)
    assert bool(np.isfinite(vectors).all())
    assert all(length < 1.001 for length in np.linalg.norm(vectors, axis=1))


def test_the_same_texts_give_the_same_bits_in_whatever_order() -> None:
    texts = [DAM, CANNERY, "We do not know.", ""]
    known = {text: vector.tobytes() for text, vector in zip(texts, encode(texts), strict=True)}
    for order in permutations(texts):
        assert [vector.tobytes() for vector in encode(order)] == [known[text] for text in order]
    assert encode([DAM, DAM]).shape == (2, 512)
    assert encode([]).shape == (0, 512)


def test_a_paraphrase_is_nearer_than_another_subject() -> None:
    dam, paraphrase, cannery = encode([DAM, "The barrage over the town is safe until summer", CANNERY])
    assert float(dam @ paraphrase) > float(dam @ cannery) + 0.1
