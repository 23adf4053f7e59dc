"""Chance that is the same in every run of a seed: it hangs on who and what is asked about, never on the order of asking.

Pure: no clock, no database.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
BITS = 64


@dataclass(frozen=True, slots=True)
class Chances:
    """The chances of one run."""

    seed: int

    def number(self, *about: object) -> float:
        """A number from 0 to under 1 for this question; the same question has the same answer."""
        asked = "\x1f".join(str(one) for one in (self.seed, *about)).encode()
        return int.from_bytes(hashlib.sha256(asked).digest()[: BITS // 8], "big") / 2**BITS

    def happens(self, share: float, *about: object) -> bool:
        """Whether something happens that happens in this share of cases."""
        return self.number(*about) < share

    def pick(self, from_: Sequence[T], *about: object) -> T:
        """One of several, all as likely."""
        return from_[int(self.number(*about) * len(from_))]

    def weighed(self, from_: Sequence[tuple[T, int]], *about: object) -> T:
        """One of several, each as likely as its weight says."""
        left = self.number(*about) * sum(weight for _, weight in from_)
        for one, weight in from_:
            left -= weight
            if left < 0:
                return one
        return from_[-1][0]

    def days(self, least: int, usual: int, most: int, *about: object) -> int:
        """A number of days between `least` and `most` (both included), most often near `usual`."""
        low, high = float(least), most + 1.0
        at, peak = self.number(*about), (min(usual + 0.5, high) - low) / (high - low)
        if at < peak:
            return int(low + math.sqrt(at * (high - low) ** 2 * peak))
        return min(most, int(high - math.sqrt((1 - at) * (high - low) ** 2 * (1 - peak))))
