"""Breaks inputs of every kind and reads them: nothing but articles and errors of one line may come of it.

    python benchmarks/fuzz.py [--count 50000] [--seed 1] [--slow 10]

The seeds are those of the tests (`tests/_inputs.py`, `tests/_broken.py`), one of every kind, and bombs: entities,
nesting, gzip, endless lines. Each is changed at random in one to eight places: bytes flipped, pieces cut, doubled,
swapped between kinds, numbers made huge, tags and brackets nested, the whole packed with gzip. What an input links to
is never fetched: the fetch answers with another broken input. A read that takes longer than ``--slow`` seconds of
processor time is ended and counts as a hang. Exit status 1 if anything went wrong; the inputs that did are kept in the
folder ``--keep``.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests._broken import NAMES, SEEDS, changed, read  # noqa: E402 - after the path of the seeds

MOST_MEMORY = 3_000_000_000
"""Bytes of address space: more, and a read fails."""


class HangError(BaseException):
    """A read took too long; no handler of errors keeps it."""


def try_one(number: int, given: argparse.Namespace, tally: Counter[str]) -> tuple[float, str]:
    """Break and read one input, and count what came of it: the processor seconds it took, and what it was."""
    dice = random.Random(given.seed * 1_000_003 + number)  # noqa: S311 - made the same each time
    kind = list(SEEDS)[number % len(SEEDS)]
    data = SEEDS[kind] if number < len(SEEDS) else changed(SEEDS[kind], dice)
    report = ""
    begun = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_PROF, given.slow)
        articles, problems = read(data, dice.choice(NAMES), dice)
        tally["articles"] += articles
        tally["errors and notices of one line"] += problems
        tally["inputs with an article"] += articles > 0
        tally["wrong: inputs with neither"] += not articles and not problems
        signal.setitimer(signal.ITIMER_PROF, 0)
    except HangError:
        pass  # counted by its time, as is what hangs where no signal gets through
    except Exception as problem:
        tally[f"wrong: {type(problem).__name__}"] += 1
        signal.setitimer(signal.ITIMER_PROF, 0)
        report = "".join(traceback.format_exception(problem))
    seconds = time.process_time() - begun
    if seconds >= given.slow:
        tally[f"wrong: hangs over {given.slow:g} s"] += 1
        report = f"{seconds} s"
    if report:
        given.keep.mkdir(parents=True, exist_ok=True)
        stem = f"{number}-{kind.replace(' ', '-')}"
        (given.keep / f"{stem}.bin").write_bytes(data)
        (given.keep / f"{stem}.txt").write_text(report)
    return seconds, f"{kind}, number {number}"


def hang(*_: object) -> None:
    """End what takes too long."""
    raise HangError


def main() -> int:
    """Break and read inputs; print what came of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slow", type=float, default=10)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "reportedly-fuzz")
    given = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    signal.signal(signal.SIGPROF, hang)
    tally: Counter[str] = Counter()
    slowest = (0.0, "")
    started = time.monotonic()
    for number in range(given.count):
        slowest = max(slowest, try_one(number, given, tally))
        if (number + 1) % 5000 == 0:
            print(f"{number + 1:,} inputs, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{given.count:,} inputs of {len(SEEDS)} seeds in {time.monotonic() - started:.0f} s, peak {peak:.0f} MB")
    for what, count in sorted(tally.items()):
        print(f"{count:8,} {what}")
    print(f"slowest: {slowest[0]:.1f} s ({slowest[1]})")
    return int(any(count for what, count in tally.items() if what.startswith("wrong")))


if __name__ == "__main__":
    raise SystemExit(main())
