"""Where development data lies, when it lies beside the project; it is not part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEEDS = SHARED / "seeds"
BENCH = SHARED / "bench"

needs_shared = pytest.mark.skipif(not SEEDS.is_dir(), reason="the development data (../shared) is not here")
