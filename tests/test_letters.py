from __future__ import annotations

import pytest

from reportedly._letters import plain_letters, unaccented


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("Rúnarsdóttir", "runarsdottir"),
        ("Sæborg", "saeborg"),
        ("Łódź", "lodz"),
        ("Guðrún", "gudrun"),
        ("Ǿrsted", "orsted"),
        ("WEIẞ", "weiss"),
        ("İzmir", "izmir"),
        ("O’Neill", "o’neill"),
    ],
)
def test_letters_without_accents(printed: str, plain: str) -> None:
    assert plain_letters(printed) == plain


def test_accents_alone_keep_case_and_letters() -> None:
    assert unaccented("Élan, Łódź ﬁn") == "Elan, Łodz fin"
