"""Whether everything is tried, or of each kind of thing a part: what takes minutes is left to `bin/dev sure`.

for language in some(LANGUAGES, name):      all of them when sure, else one, another one for another name
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from typing import TypeVar

SURE = os.environ.get("RAHDARI_SURE") == "1"
One = TypeVar("One")


def some(things: Sequence[One], name: str) -> Sequence[One]:
    """All of the things when sure, else the one that falls to this name, the same each time."""
    return things if SURE else [things[zlib.crc32(name.encode()) % len(things)]]


def falls_to(name: str, part: int) -> bool:
    """Whether something of this name is tried in this run: all when sure, else one in so many, the same each time."""
    return SURE or zlib.crc32(name.encode()) % part == 0
