"""How ours and trigrams of PostgreSQL score pairs and search a register; `bench/names.py` runs it.

Recall is counted over queries that have an answer; false alerts over those that have none, at the threshold that finds so
many of the answers. Memory is what the process grew by; time is CPU for ours, and the wall clock for PostgreSQL, which
works in a process of its own.
"""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from bench.figures import percentile
from bench.names_judge import Pair
from rahdari.names import Entry, Index, compare

LIMIT, RECALL = 10, 0.9
PAGE = os.sysconf("SC_PAGE_SIZE")
Hits = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Searched:
    """What one way of searching a register found and cost."""

    entries: int
    queries: int
    first: float
    among_ten: float
    alerts: float
    each: float
    slowest: float
    build: float
    megabytes: float


def our_scores(pairs: list[Pair]) -> tuple[dict[str, float], float]:
    """Ours, and milliseconds a pair; the tables are loaded before."""
    for kind in ("person", "organisation"):
        compare("Lakhani Brohi", "田中", kind)
        compare("Tanaka", "タナカ", kind)
        compare("Nasir Lakhani", "Nasreen Lakhani", kind)
    began = time.process_time()
    found = {pair.id: compare(pair.left, pair.right, pair.kind).score for pair in pairs}
    return found, 1000 * (time.process_time() - began) / len(pairs)


def trigram_scores(pairs: list[Pair], database: str, measure: str) -> tuple[dict[str, float], float]:
    """What pg_trgm says, and milliseconds a pair."""
    with psycopg.connect(database, autocommit=True) as line:
        line.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        alike = sql.SQL("SELECT {}(lower(%s), lower(%s))").format(sql.Identifier(measure))
        began = time.perf_counter()
        found = {}
        for pair in pairs:
            row = line.execute(alike, (pair.left, pair.right)).fetchone()
            found[pair.id] = float(row[0]) if row else 0.0
        return found, 1000 * (time.perf_counter() - began) / len(pairs)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _entries(folder: Path) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    with (folder / "register.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["id"], row["kind"], (row["name"], *(one for one in row["aliases"].split("|") if one))


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE / 1e6


def ours(folder: Path, database: str) -> Searched:
    """Our index."""
    del database
    before, began = _resident(), time.process_time()
    index = Index(Entry(*one) for one in _entries(folder))
    built = time.process_time() - began
    queries, times, found = _read(folder / "queries.csv"), [], []
    for query in queries:
        began = time.process_time()
        hits = index.search(query["name"], LIMIT, query["kind"])
        times.append(1000 * (time.process_time() - began))
        found.append([(hit.id, hit.score) for hit in hits])
    return _judged(queries, found, times, len(index), (built, _resident() - before))


def trigrams(folder: Path, database: str) -> Searched:
    """A table of all names with a GiST index of trigrams, asked for the nearest."""
    with psycopg.connect(database, autocommit=True) as line:
        line.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        line.execute("CREATE TABLE register (id text, kind text, name text)")
        began, many = time.perf_counter(), 0
        with line.cursor().copy("COPY register FROM STDIN") as rows:
            for identifier, kind, names in _entries(folder):
                many += 1
                for name in names:
                    rows.write_row((identifier, kind, name.lower()))
        line.execute("CREATE INDEX ON register USING gist (name gist_trgm_ops(siglen=64))")
        line.execute("ANALYZE register")
        built = time.perf_counter() - began
        size = line.execute("SELECT pg_total_relation_size('register') / 1e6").fetchone()
        queries, times, found = _read(folder / "queries.csv"), [], []
        nearest = "SELECT id, similarity(name, %s) FROM register WHERE kind = %s ORDER BY name <-> %s LIMIT %s"
        for query in queries:
            name = query["name"].lower()
            began = time.perf_counter()
            rows_found = line.execute(nearest, (name, query["kind"], name, 2 * LIMIT)).fetchall()
            times.append(1000 * (time.perf_counter() - began))
            best: dict[str, float] = {}
            for identifier, score in rows_found:
                best.setdefault(identifier, float(score))
            found.append(list(best.items())[:LIMIT])
        line.execute("DROP TABLE register")
        return _judged(queries, found, times, many, (built, float(size[0]) if size else 0.0))


def _judged(
    queries: list[dict[str, str]], found: list[Hits], times: list[float], entries: int, cost: tuple[float, float]
) -> Searched:
    answered = [(query["answer"], hits) for query, hits in zip(queries, found, strict=True) if query["answer"]]
    strangers = [hits[0][1] if hits else 0.0 for query, hits in zip(queries, found, strict=True) if not query["answer"]]
    scores = sorted((dict(hits).get(answer, -1.0) for answer, hits in answered), reverse=True)
    threshold = scores[max(0, int(RECALL * len(scores)) - 1)]
    alerts = sum(score >= max(threshold, 0.0) for score in strangers) / max(1, len(strangers))
    return Searched(
        entries,
        len(queries),
        sum(bool(hits) and hits[0][0] == answer for answer, hits in answered) / max(1, len(answered)),
        sum(answer in dict(hits) for answer, hits in answered) / max(1, len(answered)),
        1000 * alerts if threshold >= 0 else 1000.0,
        sum(times) / len(times),
        percentile(times, 0.95),
        *cost,
    )


def heading() -> str:
    """The head of the table of searches."""
    heads = "entries | queries | recall@1 | recall@10 | false alerts per 1,000 | ms a query | 95th percentile | build s | MB"
    return f"| search | {heads} |\n" + "|---" * 10 + "|\n"


def line(name: str, one: Searched) -> str:
    """One line of the table."""
    return (
        f"| {name} | {one.entries:,} | {one.queries:,} | {one.first:.3f} | {one.among_ten:.3f} | {one.alerts:.0f} "
        f"| {one.each:.1f} | {one.slowest:.1f} | {one.build:.0f} | {one.megabytes:.0f} |\n"
    )
