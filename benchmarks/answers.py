"""How surely two answers to one question say the same, for every pair of answers of a gold file.

    python benchmarks/answers.py ../shared/bench/nanco/gold.json > scores.jsonl
    python ../shared/bench/score_answers.py ../shared/bench/nanco scores.jsonl

GOLD is a JSON file with ``questions: [{id, answers: [{id, text}]}]``, or its folder. The lines are ``{"question", "a",
"b", "score"}`` with a score from 0 to 5. What judges is `together` of `reportedly.compare._similarity`, on weighted
words and the sentence encoder; no weight is fitted. Answers are phrases, where sentences have parts: so the words'
share is that of both answers, not of the lighter part.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from reportedly.compare._similarity import Rarity, Wording, encode, likeness, together

HIGHEST = 5.0
"""The score of two answers that are the same, as the scorer counts."""


def load_questions(path: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each question's id with its answers' ids and texts; SystemExit with one line on anything else."""
    file = path / "gold.json" if path.is_dir() else path
    try:
        questions = json.loads(file.read_text("utf-8"))["questions"]
        return [(str(q["id"]), [(str(a["id"]), _text(a)) for a in q["answers"]]) for q in questions]
    except OSError as error:
        raise SystemExit(f"{file}: {error.strerror}") from None
    except ValueError as error:
        raise SystemExit(f"{file}: not JSON in UTF-8 ({error})") from None
    except (KeyError, TypeError) as error:
        raise SystemExit(f"{file}: not questions with answers ({type(error).__name__}: {error})") from None


def _text(answer: dict[str, Any]) -> str:
    if not isinstance(answer["text"], str):
        raise TypeError(f"the text of answer {answer['id']!r} is no string")
    return answer["text"]


def judge(texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Every pair of the texts by index, with its score from 0 to ``HIGHEST``."""
    if not texts:
        return
    wordings = [Wording.of(text) for text in texts]
    rarity = Rarity(wordings)
    vectors = encode(texts)
    for one, other in combinations(range(len(texts)), 2):
        found = likeness(wordings[one], wordings[other], rarity, float(vectors[one] @ vectors[other]))
        yield one, other, min(HIGHEST, max(0.0, HIGHEST * together(found.dice, found.cosine)))


def main() -> None:
    """Print the line of every pair."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, metavar="GOLD")
    for question, answers in load_questions(parser.parse_args().gold):
        for one, other, score in judge([text for _, text in answers]):
            line = {"question": question, "a": answers[one][0], "b": answers[other][0], "score": round(score, 4)}
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
