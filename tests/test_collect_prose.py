from __future__ import annotations

from pathlib import Path

import pytest

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect import Notice, collect
from reportedly.collect._prose import language_of, not_prose

FLASH = "Mayor Ana Ruiz said on Tuesday the bridge would stay shut until June. The repairs of it will cost, she said."
GERMAN = (
    "Die Bürgermeisterin sagte am Dienstag, dass die Brücke bis Juni gesperrt bleibe. Die Reparatur koste vier "
    "Millionen Euro, und man hoffe auf Hilfe aus der Hauptstadt. Die Opposition kritisierte das scharf."
)
NORWEGIAN = (
    "Ordføreren sa tirsdag at brua blir stengt til juni. Reparasjonen koster fire millioner, og man håper på hjelp fra "
    "hovedstaden. Opposisjonen har kritisert dette, og det var ventet."
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hello", "not an article: 1 word"),
        ("name,party\nRuiz,Harbour\nHolt,Mill\nBerg,Harbour\nLund,Mill\n", "not an article: no line"),
        ("import os\nfor x in range(3):\n    print(x)\n\ndef twice(a):\n    return 2 * a\n", "not an article: no line"),
        ("2024-01-02 10:11:12.345 [7] INFO a=1 b=2 c=3 d=4 e=5 f=6 g=7 h=8 i=9 j=10\n" * 9, "not an article: no line"),
        ("Ana Ruiz\nTomas Berg\nKari Lund\nJon Holt\nMaren Vik\n", "not an article: no line"),
    ],
)
def test_what_is_plainly_no_article_is_refused(text: str, reason: str) -> None:
    assert (not_prose(text) or "").startswith(reason)


@pytest.mark.parametrize("text", [FLASH, GERMAN, "総理大臣は火曜日に記者会見を開き橋は六月まで閉鎖されると述べた。"])
def test_a_flash_of_two_sentences_is_an_article_in_any_script(text: str) -> None:
    assert not_prose(text) is None


@pytest.mark.parametrize(
    ("text", "language"), [(FLASH, "en"), (GERMAN, ""), (NORWEGIAN, ""), ("The mayor was not in.", None)]
)
def test_english_is_told_by_its_function_words(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_an_article_in_another_language_is_read_with_a_notice_and_no_article_is_refused(tmp_path: Path) -> None:
    for name, text in (("de", GERMAN), ("flash", FLASH), ("word", "hello")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    told: list[InputError] = []
    found = {Path(a.source).stem: a.language for a in collect([str(tmp_path)], Settings(), told.append)}
    assert found == {"de": None, "flash": "en"}
    assert [(Path(problem.source).name, isinstance(problem, Notice)) for problem in told] == [
        ("de.txt", True),
        ("word.txt", False),
    ]
