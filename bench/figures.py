"""What the benchmarks of the exchange count: CPU of whole process trees, bytes on the loopback, percentiles, medians."""

from __future__ import annotations

import os
import random
import statistics
import string
from collections.abc import Sequence
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PERSONAL_ALPHABET = string.ascii_letters + string.digits + " "


def cpu_seconds(*roots: int) -> float:
    """CPU that these processes, all below them, and whatever they have waited for have used until now."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        parents[int(folder.name)] = int(fields[1])
        ticks[int(folder.name)] = sum(map(int, fields[11:15]))
    below, found = set(roots), 0
    while len(below) != found:
        found = len(below)
        below |= {pid for pid, parent in parents.items() if parent in below}
    return sum(ticks.get(pid, 0) for pid in below) / TICK


def loopback_bytes() -> int:
    """Bytes that went over the loopback interface, with the headers of TCP and IP."""
    line = next(row for row in Path("/proc/net/dev").read_text().splitlines() if row.strip().startswith("lo:"))
    return int(line.partition(":")[2].split()[0])


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def median(values: Sequence[float]) -> float:
    """The middle of the rounds."""
    return statistics.median(values)


def text_of(size: int, chance: random.Random) -> str:
    """So many letters that mean nothing and do not repeat."""
    return "".join(chance.choices(PERSONAL_ALPHABET, k=size))
