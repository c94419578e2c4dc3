"""``python -m reportedly`` is ``reportedly``."""

from __future__ import annotations

import sys

from reportedly._cli import main

if __name__ == "__main__":
    sys.exit(main())
