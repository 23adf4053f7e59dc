"""Name matching, ours and others side by side, in one run.

`python bench/names.py --pairs PAIRS.csv [--register FOLDER] [--without-peers]`. Pairs have the columns id, left, right,
kind, left_script, right_script, label; a register folder has register.csv (id, kind, name, aliases) and queries.csv (id, kind,
name, script, answer). Beside ours: nomenklatura logic-v2 and name-based (in an environment of their own), three measures of
rapidfuzz as floors, and trigrams of PostgreSQL. What was found stands in docs/bench/names.md.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import names_judge, names_search
from bench.names_judge import Pair, table_of
from rahdari.project.launch import postgres

PEER = ("nomenklatura==4.17.4", "followthemoney==4.11.2", "rigour==2.6.1", "rapidfuzz==3.14.6")
ALGORITHMS = ("logic-v2", "name-based")
BENCH = Path(__file__).parent
OURS = "ours"


def installed(folder: Path) -> Path | None:
    """An environment with the peers in it; its Python. Nothing if the package registry cannot give them."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    done = subprocess.run([python, "-m", "pip", "install", "-q", *PEER], capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        sys.stderr.write(f"The peers cannot be installed here:\n{done.stderr[-500:]}\n")
        return None
    return python


def of_peer(python: Path, program: str, algorithm: str, pairs: Path, folder: Path) -> tuple[dict[str, float], float]:
    """The scores of a program that runs in the peer's environment, and its milliseconds a pair."""
    out = folder / f"{algorithm}.csv"
    done = subprocess.run([python, BENCH / program, algorithm, pairs, out], capture_output=True, text=True, check=True)
    with out.open(encoding="utf-8", newline="") as file:
        return {row["id"]: float(row["score"]) for row in csv.DictReader(file)}, float(done.stdout.split()[-1])


def pairs_side_by_side(path: Path, database: str, python: Path | None, folder: Path) -> None:
    """Scores the same pairs with everybody and prints the tables."""
    pairs = names_judge.read(path)
    told: dict[str, tuple[dict[str, float], float]] = {OURS: names_search.our_scores(pairs)}
    if python is not None:
        for algorithm in ALGORITHMS:
            told[f"nomenklatura {algorithm}"] = of_peer(python, "names_peer.py", algorithm, path, folder)
        for measure in ("ratio", "token_sort_ratio", "WRatio"):
            told[f"rapidfuzz {measure}"] = of_peer(python, "names_floor.py", measure, path, folder)
    for measure in ("similarity", "word_similarity"):
        told[f"pg_trgm {measure}"] = names_search.trigram_scores(pairs, database, measure)
    sys.stdout.write(table_of(pairs, told, "script pair", Pair.scripts) + "\n" + table_of(pairs, told, "kind", Pair.which))


def register_side_by_side(folder: Path, database: str) -> None:
    """Searches the same register with ours and with trigrams."""
    sys.stdout.write(names_search.heading())
    for name, search in ((OURS, names_search.ours), ("pg_trgm", names_search.trigrams)):
        sys.stdout.write(names_search.line(name, search(folder, database)))
        sys.stdout.flush()


def main(words: Sequence[str] | None = None) -> None:
    """Runs what is asked for."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--pairs", type=Path)
    read.add_argument("--register", type=Path, help="a folder with register.csv and queries.csv; of any size")
    read.add_argument("--without-peers", action="store_true", help="ours and PostgreSQL alone, nothing is installed")
    asked = read.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="rahdari-bench-") as place, postgres.throwaway_cluster() as database:
        if asked.pairs:
            python = None if asked.without_peers else installed(Path(place) / "peer")
            pairs_side_by_side(asked.pairs, database, python, Path(place))
        if asked.register:
            register_side_by_side(asked.register, database)


if __name__ == "__main__":
    main()
