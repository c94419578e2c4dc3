"""What one readout costs from a cold start: wall time, processor time and peak memory of `reportedly read`.

    python benchmarks/cold_start.py [FILE…] [--repeats N]

Each run is a process of its own that loads everything and writes a page. Without files it reads the demo's coverage. Of
the runs the median counts, of memory the highest. The last line is a JSON object. Linux and macOS.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time

from reportedly.demo import coverage

UNIT = 1 if sys.platform == "darwin" else 1024
"""Of ``ru_maxrss``, in bytes."""


def run(files: list[str], output: str) -> tuple[float, float, int]:
    """Seconds on the wall, seconds of processor and bytes of one run."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "reportedly", "read", "--quiet", *files, "-o", output]
    child = os.posix_spawn(sys.executable, command, os.environ)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"reportedly read failed: {os.waitstatus_to_exitcode(status)}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss * UNIT


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time and memory of one readout from a cold start.")
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "readout.html")
        runs = [run(arguments.files or coverage(), output) for _ in range(arguments.repeats)]
        page = os.path.getsize(output)
    wall, processor = statistics.median(r[0] for r in runs), statistics.median(r[1] for r in runs)
    memory = max(r[2] for r in runs)
    print(f"wall       {wall:6.1f} s ({min(r[0] for r in runs):.1f} to {max(r[0] for r in runs):.1f})")
    print(f"processor  {processor:6.1f} s")
    print(f"memory     {memory / 1e6:6.0f} MB")
    print(f"page       {page / 1e3:6.0f} kB")
    print(json.dumps({"wall": round(wall, 2), "processor": round(processor, 2), "memory": memory, "page": page}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
