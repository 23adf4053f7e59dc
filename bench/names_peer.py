"""The peer's half of bench/names.py, run by the peer's own Python: scores pairs with an algorithm of nomenklatura.

`python names_peer.py ALGORITHM PAIRS.csv SCORES.csv`. Knows nothing of rahdari. Persons are compared as Person, firms as
Organization, by name alone.
"""

from __future__ import annotations

import csv
import importlib
import sys
import time
from typing import Any


def main() -> None:
    """Scores every pair; the last line on standard output is milliseconds of CPU a pair."""
    algorithm, pairs, scores = sys.argv[1:]
    matching: Any = importlib.import_module("nomenklatura.matching")
    model: Any = importlib.import_module("followthemoney").model
    chosen = matching.get_algorithm(algorithm)
    config = chosen.default_config()

    def entity(name: str, kind: str) -> Any:
        made = model.make_entity("Person" if kind == "person" else "Organization")
        made.id = name
        made.add("name", name)
        return made

    with open(pairs, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    entities = [(entity(row["left"], row["kind"]), entity(row["right"], row["kind"])) for row in rows]
    chosen.compare(*entities[0], config)
    began = time.process_time()
    found = [chosen.compare(left, right, config).score for left, right in entities]
    spent = time.process_time() - began
    with open(scores, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "score"))
        writer.writerows((row["id"], score) for row, score in zip(rows, found, strict=True))
    sys.stdout.write(f"{1000 * spent / max(1, len(rows)):.3f}\n")


if __name__ == "__main__":
    main()
