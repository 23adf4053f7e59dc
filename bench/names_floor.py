"""A floor for bench/names.py, run by the peers' Python: `python names_floor.py MEASURE PAIRS.csv SCORES.csv`.

MEASURE is one of rapidfuzz.fuzz, over lower-case letters; it knows nothing of names or scripts.
"""

from __future__ import annotations

import csv
import importlib
import sys
import time
from typing import Any


def main() -> None:
    """Scores every pair; the last line on standard output is milliseconds of CPU a pair."""
    measure, pairs, scores = sys.argv[1:]
    fuzz: Any = importlib.import_module("rapidfuzz.fuzz")
    alike = getattr(fuzz, measure)
    with open(pairs, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    began = time.process_time()
    found = [alike(row["left"].lower(), row["right"].lower()) / 100 for row in rows]
    spent = time.process_time() - began
    with open(scores, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "score"))
        writer.writerows((row["id"], score) for row, score in zip(rows, found, strict=True))
    sys.stdout.write(f"{1000 * spent / max(1, len(rows)):.4f}\n")


if __name__ == "__main__":
    main()
