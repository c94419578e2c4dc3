"""How surely two answers to one question say the same, for every pair of answers of a gold file.

    python benchmarks/answers.py ../shared/bench/nanco/gold.json > scores.jsonl
    python ../shared/bench/score_answers.py ../shared/bench/nanco scores.jsonl

GOLD is a JSON file with ``questions: [{id, answers: [{id, text}]}]``, or its folder. The lines are ``{"question", "a",
"b", "score"}`` with a score from 0 to 5, the log-odds of `reportedly.compare._same_facts.probability`, by which clauses
of narration become one claim. An answer is a clause that is a sentence by itself: what a clause's place in its article
tells is the same for all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import log
from pathlib import Path
from typing import Any

from reportedly.compare._clauses import word_key
from reportedly.compare._same_facts import ENOUGH, Measures, probability
from reportedly.compare._similarity import encode
from reportedly.compare._topics import share_of
from reportedly.compare._words import Weights, is_content
from reportedly.group._words import stem, words

LEAST, SPREAD = 1e-6, 6.0
"""Least probability that is told from none, and the log-odds at which the score is 0 (below) and highest (above)."""
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
    keys = [answer_keys(text) for text in texts]
    weights = Weights(keys, share_of)
    vectors = encode(texts)
    for one, other in combinations(range(len(texts)), 2):
        cosine = float(vectors[one] @ vectors[other])
        found = probability(alone(cosine, keys[one], keys[other], weights))
        odds = log(max(found, LEAST) / max(1 - found, LEAST))
        yield one, other, min(HIGHEST, max(0.0, HIGHEST * (odds + SPREAD) / (2 * SPREAD)))


def answer_keys(text: str) -> frozenset[str]:
    """The keys of an answer's words that say something."""
    return frozenset(word_key(word) for word, _ in words(text) if is_content(stem(word)))


def alone(cosine: float, one: frozenset[str], other: frozenset[str], weights: Weights) -> Measures:
    """What two texts have in common of which no more is known: no sentence around them, no rival, no subject."""
    shared, whole = weights.total(one & other), weights.total(one) + weights.total(other)
    return Measures(
        cosine=cosine,
        sentences=cosine,
        context=2 * shared / whole if whole else 0.0,
        fit=1.0,
        shared=min(shared, ENOUGH),
        least=min(weights.total(one), weights.total(other)),
        subjects=0.5,
        predicate=0.0,
        date=0.0,
        planned=0.0,
        names=0.0,
        said=0.0,
    )


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
