"""Looking a name up in a register of 200,000 organisations, ours beside trigrams of PostgreSQL.

    python bench/register_search.py --generator NAMES_GEN.py --inventory INVENTORY.json [--write]

Makes a node in a folder of its own as an operator does (`rahdari node init`), lets the generator of the naming benchmark
write a register, fills the organisations among its entries into the node's tables by COPY as their owner, and asks:

- the query function alone (`queries.alike.alike`), one query after another: wall clock and CPU of the asking process;
- the search that stood here before, trigrams of folded names under a GIN index, on the same rows, as plain SQL;
- the public page over HTTP at a steady pace, each look-up from another address (`RAHDARI_PROXIES=1`), two web workers.

Recall is counted over queries that have an answer. A query that has none is answered wrongly when anything is found.
Machines are shared: the report says the load it met. `--write` keeps the report in docs/bench/register_search.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.figures import percentile
from bench.http_load import Asked, paced
from bench.reports import keep
from rahdari.domain.organisations.rules.names import fold, keys_of_firm, script_of
from rahdari.names.doors import VERSION
from tests.exchange import nodes
from tests.exchange.nodes import RealNode

PROJECT = Path(__file__).resolve().parent.parent
KEPT = PROJECT / "docs" / "bench" / "register_search.md"
SHARE_OF_FIRMS = 0.195  # of the generator's entries, where there are many
LIMIT, PACE, SECONDS = 10, 100, 20
AT = "2026-01-01T00:00:00Z"
ORGANISATION = """copy organisations_organisation (id, version, registry_id, home, kind, state, number, old_numbers, address,
    entered_at, published_at) from stdin"""
NAME = (
    "copy organisations_organisationname (id, version, organisation_id, script, value, folded, search_keys, keyed_by) from stdin"
)
CHANGE = """copy organisations_licencechange (id, version, organisation_id, use_case, state, from_on, number, ground, law, text,
    papers, known_by, interim, declarations_filed, workers_settled, appeal, appeal_text, entered_at, decided_at) from stdin"""
TRIGRAMS = """
    with near as (
        select organisation_id, max(word_similarity(%(name)s, folded)) as near, max(similarity(%(name)s, folded)) as whole
        from organisations_organisationname where %(name)s <%% folded group by organisation_id
    ) select organisation_id::text, whole from near order by near desc, whole desc, organisation_id limit %(limit)s
"""
ASK = """
import json, sys, time, django
django.setup()
from rahdari.domain.organisations.queries.alike import alike
for line in sys.stdin:
    began, cpu = time.perf_counter(), time.process_time()
    found = alike(json.loads(line), 10)
    spent = [1000 * (time.perf_counter() - began), 1000 * (time.process_time() - cpu)]
    print(json.dumps([[(str(one.organisation), one.score) for one in found], *spent]), flush=True)
"""


@dataclass(slots=True)
class Searched:
    """What one way of searching found and cost; milliseconds."""

    queries: int = 0
    answered: int = 0
    first: int = 0
    among_ten: int = 0
    strangers: int = 0
    times: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def note(self, answer: str, found: Sequence[str], wall: float, cpu: float) -> None:
        """Counts one query."""
        self.queries += 1
        self.times.append(wall)
        self.cpu.append(cpu)
        if answer:
            self.answered += 1
            self.first += bool(found) and found[0] == answer
            self.among_ten += answer in found
        else:
            self.strangers += bool(found)

    def line(self, name: str) -> str:
        """One line of the table."""
        without = max(1, self.queries - self.answered)
        cells = (
            f"{self.first / self.answered:.3f}", f"{self.among_ten / self.answered:.3f}", f"{self.strangers / without:.2f}",
            f"{percentile(self.times, 0.5):.1f} / {percentile(self.times, 0.95):.1f}",
            f"{percentile(self.cpu, 0.5):.1f} / {percentile(self.cpu, 0.95):.1f}" if any(self.cpu) else "–",
        )  # fmt: skip
        return f"| {name} | {self.queries} | " + " | ".join(cells) + " |"


def id_of(entry: str) -> uuid.UUID:
    """The id of an entry of the generator, in their order."""
    return uuid.UUID(int=(0x019B00000000 << 80) | (0x7 << 76) | (0x8 << 60) | int(entry.strip("E")))


def firms(folder: Path, most: int) -> Iterator[tuple[str, list[str]]]:
    """The organisations of the register with all their names."""
    with (folder / "register.csv").open(encoding="utf-8", newline="") as file:
        rows = (row for row in csv.DictReader(file) if row["kind"] == "organisation")
        for row in islice(rows, most):
            yield row["id"], [row["name"], *(one for one in row["aliases"].split("|") if one)]


def fill(node: RealNode, folder: Path, most: int) -> dict[str, float]:
    """Puts the organisations into the node's tables, each with a licence that holds; says how many and how long it took."""
    began, entries = time.perf_counter(), list(firms(folder, most))
    with psycopg.connect(node.database("owner")) as connection:
        with connection.cursor().copy(ORGANISATION) as into:
            for number, (entry, _) in enumerate(entries):
                name = f"OP&HRD/{number:06}/LHR"
                into.write_row((id_of(entry), 1, f"pk:org:{entry}", "pk", "OEP", "valid", name, "[]", "", AT, AT))
        connection.commit()
        names = [(entry, name) for entry, all_names in entries for name in all_names]
        with connection.cursor().copy(NAME) as into:
            for entry, name in names:
                keys = (script_of(name), name, fold(name), keys_of_firm(name), VERSION)
                into.write_row((uuid.uuid4(), 1, id_of(entry), *keys))
        connection.commit()
        with connection.cursor().copy(CHANGE) as into:
            for entry, _ in entries:
                told = (
                    "enter_organisation",
                    "valid",
                    "2020-01-01",
                    "",
                    "register",
                    "",
                    "",
                    "[]",
                    "",
                    False,
                    False,
                    False,
                    "",
                    "",
                )
                into.write_row((uuid.uuid4(), 1, id_of(entry), *told, AT, AT))
    with psycopg.connect(node.database("owner"), autocommit=True) as connection:
        filled = time.perf_counter() - began
        connection.execute("vacuum analyze")
        before = time.perf_counter()
        connection.execute("create index before_by_name on organisations_organisationname using gin (folded gin_trgm_ops)")
        sizes = [
            float(connection.execute("select pg_relation_size(%s::regclass) / 1e6", [index]).fetchone()[0])  # type: ignore[index]
            for index in ("organisations_by_keys", "before_by_name")
        ]
    made = time.perf_counter() - before
    return {
        "organisations": len(entries),
        "names": len(names),
        "filled": filled,
        "trigrams": made,
        "keys MB": sizes[0],
        "trgm MB": sizes[1],
    }


def queries(folder: Path, entries: set[str], most: int) -> list[tuple[str, str]]:
    """Names that are looked for, and the id of the answer, empty where there is none; only of what was filled in."""
    with (folder / "queries.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "organisation"]
    known = [(row["name"], row["answer"]) for row in rows if not row["answer"] or row["answer"] in entries]
    random.Random(11).shuffle(known)
    return [(name, str(id_of(answer)) if answer else "") for name, answer in known[:most]]


def ours(node: RealNode, asked: list[tuple[str, str]]) -> Searched:
    """The query function, warm: the first tenth is asked once before."""
    found = Searched()
    words = [sys.executable, "-c", ASK]
    with subprocess.Popen(words, env=node.inside(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdin is not None
        assert asking.stdout is not None

        def ask(name: str) -> list[object]:
            asking.stdin.write(json.dumps(name) + "\n")  # type: ignore[union-attr]
            asking.stdin.flush()  # type: ignore[union-attr]
            return list(json.loads(asking.stdout.readline()))  # type: ignore[union-attr]

        for name, _ in asked[: len(asked) // 10]:
            ask(name)
        for name, answer in asked:
            hits, wall, cpu = ask(name)
            found.note(answer, [hit[0] for hit in hits], float(wall), float(cpu))  # type: ignore[attr-defined, arg-type]
        asking.stdin.close()
    return found


def trigrams(node: RealNode, asked: list[tuple[str, str]]) -> Searched:
    """The search that stood here before."""
    found = Searched()
    with psycopg.connect(node.database("owner"), autocommit=True) as line:
        for warm in (True, False):
            for name, answer in asked[: len(asked) // 10] if warm else asked:
                began = time.perf_counter()
                rows = line.execute(TRIGRAMS, {"name": fold(name), "limit": LIMIT}).fetchall()
                if not warm:
                    found.note(answer, [row[0] for row in rows], 1000 * (time.perf_counter() - began), 0.0)
    return found


def _visit(names: Sequence[str], number: int) -> Asked:
    """A look-up, each from another address."""
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    return Asked(f"/ur/licences/?q={quote(names[number % len(names)])}", headers={"X-Forwarded-For": address})


def measured(options: argparse.Namespace, folder: Path) -> list[str]:
    """The lines of the report."""
    register = folder / "register"
    total = round(options.entries / SHARE_OF_FIRMS * 1.02)
    words = ["register", str(options.inventory), str(register), "--seed", "11", "--n", str(total), "--queries", "8000"]
    if options.register:
        register = options.register
    else:
        subprocess.run([sys.executable, str(options.generator), *words], check=True)
    node = RealNode("pk", folder / "pk", {"RAHDARI_PROXIES": "1"})
    node.up("--workers", "2")
    try:
        size = fill(node, register, options.entries)
        asked = queries(register, {entry for entry, _ in firms(register, options.entries)}, options.queries)
        head = (
            "| search | queries | recall@1 | recall@10 | strangers answered | wall ms p50 / p95 | CPU ms p50 / p95 |\n"
            + "|---" * 7
            + "|"
        )
        lines = [", ".join(f"{value:,.0f} {name}" for name, value in size.items()), "", head]
        lines += [ours(node, asked).line("ours"), trigrams(node, asked[: options.trigram_queries]).line("pg_trgm, as before"), ""]
        visit = partial(_visit, [name for name, _ in asked])
        paced(node.port, visit, pace=5, seconds=4)  # warms the web workers
        for pace in options.paces:
            times, wrong, reached = paced(node.port, visit, pace=pace, seconds=options.seconds)
            told = f"p50 {percentile(times, 0.5):.0f} ms, p95 {percentile(times, 0.95):.0f} ms, {wrong} wrong"
            lines.append(f"- page at {pace:g} a second: reached {reached:.0f} a second, {told}")
    except BaseException:
        print((node.home / "logs" / "serve.log").read_text()[-2000:], file=sys.stderr)
        raise
    finally:
        node.down()
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--generator", type=Path, help="the generator of the naming benchmark")
    parser.add_argument("--inventory", type=Path, help="its name parts")
    parser.add_argument("--register", type=Path, help="a folder the generator wrote before")
    parser.add_argument("--entries", type=int, default=200_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--trigram-queries", type=int, default=100)
    parser.add_argument("--paces", type=float, nargs="*", default=[20, 50, PACE])
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--write", action="store_true", help=f"keep the report in {KEPT.relative_to(PROJECT)}")
    options = parser.parse_args()
    options.load = os.getloadavg()[0]
    nodes.PATIENCE = 1_200.0  # seconds: a busy machine is slow to make a node
    with tempfile.TemporaryDirectory(prefix="rahdari-bench-") as folder:
        lines = measured(options, Path(folder))
        print("\n".join(lines))
        if options.write:
            command = f"bench/register_search.py --entries {options.entries} --queries {options.queries}"
            keep(KEPT, f"A name in a register of {options.entries:,} organisations", command, options.load, lines)


if __name__ == "__main__":
    main()
