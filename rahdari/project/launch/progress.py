"""Says to the one who waits what is being done, and when since the beginning."""

from __future__ import annotations

import sys
import time
from typing import TextIO


class Progress:
    """A line for every step, on standard output unless told otherwise."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._began, self._stream = time.monotonic(), stream or sys.stdout

    def __call__(self, what: str) -> None:
        print(f"{time.monotonic() - self._began:6.1f} s  {what}", file=self._stream, flush=True)
