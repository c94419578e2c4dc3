from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ._shared import BENCH

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "benchmarks" / "answers.py"
CLOSED = "cracks in the eastern wall of the dam"
AGAIN = "because the dam's eastern wall had cracked"
OTHER = "to let salmon swim up the river and spawn"


def run(gold: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), str(gold)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command


def write_gold(folder: Path, *questions: tuple[str, list[str]]) -> Path:
    file = folder / "gold.json"
    made = [
        {"id": name, "answers": [{"id": f"{name}-{at}", "text": text} for at, text in enumerate(texts)]}
        for name, texts in questions
    ]
    file.write_text(json.dumps({"questions": made}), "utf-8")
    return file


def test_every_pair_of_one_question_has_a_line_and_the_same_answer_scores_highest(tmp_path: Path) -> None:
    gold = write_gold(tmp_path, ("Why shut", [CLOSED, AGAIN, OTHER]), ("Who", ["the mayor", ""]), ("None", []))
    done = run(gold)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    scores = {(line["a"], line["b"]): line["score"] for line in lines}
    assert [line["question"] for line in lines] == ["Why shut"] * 3 + ["Who"]
    assert scores.keys() == {
        ("Why shut-0", "Why shut-1"),
        ("Why shut-0", "Why shut-2"),
        ("Why shut-1", "Why shut-2"),
        ("Who-0", "Who-1"),
    }
    assert all(0 <= score <= 5 for score in scores.values())
    assert scores["Why shut-0", "Why shut-1"] > 1 + scores["Why shut-0", "Why shut-2"]
    assert scores["Why shut-0", "Why shut-1"] > 1 + scores["Why shut-1", "Why shut-2"]
    assert run(tmp_path).stdout == done.stdout


@pytest.mark.parametrize("content", ["{", "[]", '{"questions": [{"id": "Q"}]}', '{"questions": 3}'])
def test_what_is_no_gold_file_is_named_in_one_line(content: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text(content, "utf-8")
    done = run(file)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(str(file))
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run(tmp_path / "none.json")
    assert done.returncode == 1
    assert done.stderr == f"{tmp_path / 'none.json'}: No such file or directory\n"


@pytest.mark.skipif(not BENCH.is_dir(), reason="the development data (../shared) is not here")
def test_answers_are_judged_as_well_as_the_docs_say(tmp_path: Path) -> None:
    scores = tmp_path / "scores.jsonl"
    scores.write_text(run(BENCH / "nanco" / "gold.json").stdout, "utf-8")
    scorer = [sys.executable, str(BENCH / "score_answers.py"), "--min", "balanced_accuracy=84"]
    command = [*scorer, str(BENCH / "nanco"), str(scores)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the scorer
    assert done.returncode == 0, done.stdout + done.stderr
