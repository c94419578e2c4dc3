"""Which measure of likeness finds the same words, and the same fact, in another outlet's text.

    python benchmarks/similarity.py [--shared ../shared] [--minilm MODEL.onnx TOKENIZER.json]

Three measurements, on the development data beside the repository:

words   sentences with quotations of the five articles: pairs that report the same words against all other pairs of two
        articles; average precision, and the best F1 over all thresholds
facts   for a narrated sentence, whether the sentence of another article that tells the same fact comes first
nanco   whether two answers to a question say the same: balanced accuracy as published (`bench/score_answers.py`)

Measures: weighted words (`reportedly.compare._similarity`), the sentence encoder that the project depends on, the two
together (their mean), and, where its files are given, MiniLM in place of the encoder. MiniLM needs ``onnxruntime`` and
``tokenizers``, which are no dependencies.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from reportedly import Settings, collect_articles, load_model, read_articles
from reportedly.compare._similarity import Rarity, Wording, encode, likeness

HERE = Path(__file__).resolve().parent
Pair = tuple[int, int]
Score = Callable[[int, int], float]
Encode = Callable[[Sequence[str]], Any]


def measures(texts: Sequence[str], encoders: dict[str, Encode]) -> dict[str, Score]:
    """Likeness of two of the texts by their numbers, for each measure."""
    wordings = [Wording.of(text) for text in texts]
    rarity = Rarity(wordings)

    def words(a: int, b: int) -> float:
        return likeness(wordings[a], wordings[b], rarity, 0.0).dice

    found: dict[str, Score] = {"words": words}
    for name, encoder in encoders.items():
        cosines = np.asarray(encoder(texts), dtype=np.float64)
        cosines = cosines @ cosines.T
        found[name] = lambda a, b, c=cosines: float(c[a, b])
        found[f"words + {name}"] = lambda a, b, c=cosines: (words(a, b) + float(c[a, b])) / 2
    return found


def sentences(shared: Path) -> tuple[list[str], dict[str, int], list[str]]:
    """Sentences of the five articles, their numbers by "file:offset", and the file of each."""
    files = sorted((shared / "seeds").glob("*.txt"))
    readings = read_articles(collect_articles(map(str, files), Settings(), print), load_model())
    texts: list[str] = []
    numbers: dict[str, int] = {}
    homes: list[str] = []
    for file, reading in zip(files, readings, strict=True):
        for start, end in reading.sentences:
            numbers[f"{file.name[:3]}:{start}"] = len(texts)
            texts.append(reading.article.text[start:end])
            homes.append(file.name[:3])
    return texts, numbers, homes


def same_words(labels: list[list[str]], numbers: dict[str, int], homes: list[str], score: Score) -> str:
    """Average precision, and best F1, over pairs of two articles of all labelled sentences."""
    known = sorted({numbers[place] for group in labels for place in group})
    same = {
        tuple(sorted((numbers[a], numbers[b]))) for group in labels for a, b in combinations(group, 2) if a[:3] != b[:3]
    }
    pairs = [(a, b) for a, b in combinations(known, 2) if homes[a] != homes[b]]
    ranked = sorted(pairs, key=lambda pair: (-score(*pair), pair))
    hits, precisions, best = 0, [], 0.0
    for place, pair in enumerate(ranked, 1):
        if pair in same:
            hits += 1
            precisions.append(hits / place)
        best = max(best, 2 * hits / (place + len(same)))
    average = sum(precisions) / len(same)
    return f"AP {100 * average:5.1f}  best F1 {100 * best:5.1f}  ({len(same)} of {len(pairs)} pairs)"


def same_fact(labels: list[list[Any]], numbers: dict[str, int], homes: list[str], score: Score) -> str:
    """How often the right sentence of the other article comes first, and among the first three."""
    ranks = []
    for query, home, *right in labels:
        at = numbers[query]
        candidates = [number for number, where in enumerate(homes) if where == home]
        ranked = sorted(candidates, key=lambda number: (-score(at, number), number))
        wanted = {numbers.get(f"{home}:{offset}") for offset in right}
        ranks.append(next((place for place, number in enumerate(ranked) if number in wanted), len(ranked)))
    first = sum(rank == 0 for rank in ranks) / len(ranks)
    three = sum(rank < 3 for rank in ranks) / len(ranks)
    return f"first {100 * first:5.1f}  in first three {100 * three:5.1f}  ({len(ranks)} sentences)"


def nanco(shared: Path, encoders: dict[str, Encode]) -> dict[str, str]:
    """Balanced accuracy of each measure, by the benchmark's own scorer."""
    gold = shared / "bench" / "nanco" / "gold.json"
    questions = json.loads(gold.read_text("utf-8"))["questions"]
    texts = [answer["text"] for question in questions for answer in question["answers"]]
    ids = [(question["id"], answer["id"]) for question in questions for answer in question["answers"]]
    results = {}
    for name, score in measures(texts, encoders).items():
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            for (i, (question, a)), (j, (other, b)) in combinations(enumerate(ids), 2):
                if question == other:
                    value = min(5.0, max(0.0, 5 * score(i, j)))
                    file.write(json.dumps({"question": question, "a": a, "b": b, "score": value}) + "\n")
            file.flush()
            command = [sys.executable, str(shared / "bench" / "score_answers.py"), str(gold), file.name]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - the scorer
        lines = [line for line in done.stdout.splitlines() if "balanced accuracy" in line or "best threshold" in line]
        results[name] = "  ".join(line.split("   ")[0].strip() for line in lines[-2:])
    return results


def minilm(model: Path, tokenizer: Path) -> Encode:
    """MiniLM by its ONNX file: mean of the tokens' vectors, of length one."""
    import onnxruntime
    from tokenizers import Tokenizer

    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    words = Tokenizer.from_file(str(tokenizer))
    words.enable_truncation(256)
    words.no_padding()
    names = {entry.name for entry in session.get_inputs()}

    def run(texts: Sequence[str]) -> Any:
        rows = []
        for text in texts:
            found = words.encode(text)
            feed = {"input_ids": found.ids, "attention_mask": found.attention_mask, "token_type_ids": found.type_ids}
            output = session.run(None, {k: np.array([v], dtype=np.int64) for k, v in feed.items() if k in names})[0]
            row = output[0].mean(axis=0) if output.ndim == 3 else output[0]
            rows.append(row / np.linalg.norm(row))
        return np.stack(rows)

    return run


def main() -> None:
    """Print the three measurements for every measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--minilm", nargs=2, type=Path, metavar=("MODEL", "TOKENIZER"))
    given = parser.parse_args()
    encoders: dict[str, Encode] = {"encoder": encode}
    if given.minilm:
        encoders["minilm"] = minilm(*given.minilm)
    labels = tomllib.loads((HERE / "similarity.toml").read_text("utf-8"))
    texts, numbers, homes = sentences(given.shared)
    missing = {p for g in labels["same_words"] for p in g} | {q for q, *_ in labels["same_fact"]}
    if missing - numbers.keys():
        print("no sentence begins at", *sorted(missing - numbers.keys()), file=sys.stderr)
    for name, run in encoders.items():
        run(texts[:1])
        start = time.perf_counter()
        run(texts)
        print(f"{name}: {len(texts) / (time.perf_counter() - start):.0f} sentences a second")
    for name, score in measures(texts, encoders).items():
        print(f"words  {name:18}{same_words(labels['same_words'], numbers, homes, score)}")
        print(f"facts  {name:18}{same_fact(labels['same_fact'], numbers, homes, score)}")
    for name, result in nanco(given.shared, encoders).items():
        print(f"nanco  {name:18}{result}")


if __name__ == "__main__":
    main()
