"""Looking for work among 200,000 vacancies in three languages, beside PostgreSQL full text alone on the same rows.

    python bench/portal.py [--vacancies 200000] [--queries 600] [--write]

Makes a node in a folder of its own as an operator does (`rahdari node init`), fills it by COPY as the owner of its tables,
plants the answers (each query describes one vacancy, in words of one language, half of them with a letter wrong) and asks:

- the query function of the portal (`queries.search.search`), one query after another: how long, whether the planted vacancy
  is among those found, how many rows of the first page are what the words describe;
- full text alone, side by side: every name of the row in all three languages in one `tsvector` (`simple`) under a GIN index,
  asked by `websearch_to_tsquery`, counted and paged in the same way;
- the served page at a steady pace, two web workers: what htmx fetches while one types, and the whole page.

Machines are shared: the report says the load it met. `--write` keeps the report in docs/bench/portal.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import quote

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.figures import percentile
from bench.http_load import Asked as Visit
from bench.http_load import paced
from bench.portal_filling import Invented, fill
from bench.portal_queries import LANGUAGES, Query, queries
from bench.reports import keep
from rahdari.base.reference import shipped_book
from rahdari.domain.jobs.rules.romaji import on_signs
from tests.exchange import nodes
from tests.exchange.nodes import RealNode

PROJECT = Path(__file__).resolve().parent.parent
KEPT = PROJECT / "docs" / "bench" / "portal.md"
PACES, SECONDS, ROWS, MOST = (20.0, 50.0, 100.0), 20.0, 20, 1_000
HTMX = {"HX-Request": "true"}
FULL_TEXT = "doc @@ websearch_to_tsquery('simple', %(q)s) and closes_on >= %(today)s"
ASK = """
import datetime as dt, json, sys, time, django
django.setup()
from dataclasses import replace
from rahdari.domain.jobs.models import Listing
from rahdari.domain.jobs.queries.search import Asked, groups_of, search
for line in sys.stdin:
    text, planted, day = json.loads(line)
    on, began, cpu = dt.date.fromisoformat(day), time.perf_counter(), time.process_time()
    found = search(Asked(q=text), on=on)
    wall, spent = 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - cpu)
    read = [replace(one, keys=one.keys | one.nearer) for one in found.meanings] if found.nearer else found.meanings
    rows = Listing.objects.filter(vacancy=planted)
    for group in groups_of(found.asked, read):
        rows = rows.filter(keys__overlap=group)
    there = bool(found.total) and rows.exists()
    print(json.dumps([there, [str(one.vacancy_id) for one in found.rows], wall, spent]), flush=True)
"""


@dataclass(slots=True)
class Asked:
    """What one way of searching found and cost; milliseconds."""

    there: dict[tuple[str, int], list[bool]] = field(default_factory=lambda: defaultdict(list))
    right: list[float] = field(default_factory=list)
    empty: int = 0
    times: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def note(self, query: Query, there: bool, page: Sequence[Invented], wall: float, cpu: float = 0.0) -> None:
        """Counts one query: a row is right when it shares with the planted vacancy what the words name."""
        self.there[query.language, query.errors].append(there)
        self.times.append(wall)
        self.cpu.append(cpu)
        self.empty += not page
        named = [_named(query, one) == _named(query, query.planted) for one in page]
        self.right += [sum(named) / len(named)] if named else []

    def lines(self, name: str) -> list[str]:
        """Its lines of the table: one a language, then all."""
        made = []
        for language in LANGUAGES:
            well, badly = self.there[language, 0], self.there[language, 1]
            made.append(f"| {name}, {language} | {_share(well)} | {_share(badly)} | | | |")
        every = [one for found in self.there.values() for one in found]
        times = f"{percentile(self.times, 0.5):.1f} / {percentile(self.times, 0.95):.1f}"
        cpu = f"{percentile(self.cpu, 0.5):.1f} / {percentile(self.cpu, 0.95):.1f}" if any(self.cpu) else "–"
        right = sum(self.right) / max(1, len(self.right))
        made.append(f"| **{name}, all** | {_share(every)} of {len(every)} | | {right:.3f} | {times} | {cpu} |")
        return made


def _share(found: Sequence[bool]) -> str:
    return f"{sum(found) / max(1, len(found)):.3f}"


def _named(query: Query, row: Invented) -> tuple[object, ...]:
    """What the words of a query name, of a row: field, and prefecture, town or the first word of the employer."""
    told = row.listing
    of_employer = str(told["employer_name"]).split()[0]
    return tuple(of_employer if name == "employer" else told[name] for name in query.same)


def ours(node: RealNode, asked: Sequence[Query], rows: dict[str, Invented], today: dt.date) -> Asked:
    """The query function of the portal, warm: the first tenth is asked once before."""
    found = Asked()
    words = [sys.executable, "-c", ASK]
    with subprocess.Popen(words, env=node.inside(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdin is not None
        assert asking.stdout is not None
        for warm in (True, False):
            for query in asked[: len(asked) // 10] if warm else asked:
                line = [query.text, str(query.planted.vacancy["id"]), today.isoformat()]
                asking.stdin.write(json.dumps(line) + "\n")
                asking.stdin.flush()
                there, page, wall, cpu = json.loads(asking.stdout.readline())
                if not warm:
                    found.note(query, there, [rows[one] for one in page], wall, cpu)
        asking.stdin.close()
    return found


def documents(rows: Iterable[Invented]) -> Iterable[tuple[object, str, object, object]]:
    """Each vacancy with every name of it in three languages: what full text alone may look through."""
    book = shipped_book()
    said: dict[str, list[str]] = defaultdict(list)
    for row in book.rows("fields"):
        said[row["code"]] += [row[f"name_{language}"] for language in LANGUAGES]
    for row in book.rows("field_words"):
        said[row["field"]].append(row["word"])
    for row in book.rows("prefectures"):
        said[row["code"]] += [row["name_en"], row["name_ja"], row["name_ja"][:-1]]
    for row in book.rows("place_words"):
        said[row["prefecture"]].append(row["word"])
    for row in book.rows("japan_municipalities"):
        said[row["lgcode"]] += [row["city"], row["citykana"], on_signs(row["citykana"].split()[0][:-1])]
    for one in rows:
        told = one.listing
        names = [name for code in ("field", "prefecture", "municipality") for name in said[str(told[code])]]
        text = " ".join([*names, str(told["duty"]).replace("_", " "), str(told["employer_name"])])
        yield told["vacancy_id"], text, told["published_on"], told["closes_on"]


def full_text(owner_url: str, asked: Sequence[Query], rows: dict[str, Invented], today: dt.date) -> Asked:
    """PostgreSQL full text alone: a count up to a thousand and a page of the newest, as the portal gives them."""
    found = Asked()
    with psycopg.connect(owner_url, autocommit=True) as line:
        line.execute("create table bench_text (vacancy uuid, body text, published_on date, closes_on date)")
        with line.cursor().copy("copy bench_text from stdin") as into:
            for document in documents(rows.values()):
                into.write_row(document)
        line.execute("alter table bench_text add column doc tsvector generated always as (to_tsvector('simple', body)) stored")
        line.execute("create index bench_text_doc on bench_text using gin (doc) with (fastupdate = off)")
        line.execute("create index bench_text_newest on bench_text (published_on desc, vacancy desc)")
        line.execute("vacuum analyze bench_text")
        count = f"select count(*) from (select 1 from bench_text where {FULL_TEXT} limit {MOST + 1}) as counted"
        page = f"select vacancy::text from bench_text where {FULL_TEXT} order by published_on desc, vacancy desc limit {ROWS}"
        exists = f"select 1 from bench_text where {FULL_TEXT} and vacancy = %(planted)s"
        for warm in (True, False):
            for query in asked[: len(asked) // 10] if warm else asked:
                values = {"q": query.text, "today": today, "planted": query.planted.vacancy["id"]}
                began = time.perf_counter()
                line.execute(count, values).fetchone()
                shown = [row[0] for row in line.execute(page, values).fetchall()]
                wall = 1000 * (time.perf_counter() - began)
                if not warm:
                    found.note(query, line.execute(exists, values).fetchone() is not None, [rows[one] for one in shown], wall)
    return found


def _visit(lines: Sequence[str], headers: dict[str, str], number: int) -> Visit:
    return Visit(f"/{LANGUAGES[number % 3]}/jobs/?q={quote(lines[number % len(lines)])}", headers=headers)


def measured(options: argparse.Namespace, folder: Path) -> list[str]:
    """The lines of the report."""
    node, today = RealNode("pk", folder / "pk"), dt.datetime.now(dt.UTC).date()
    node.up("--workers", "2")
    try:
        owner_url = node.database("owner")
        began = time.perf_counter()
        made = fill(owner_url, options.vacancies, today)
        filled = time.perf_counter() - began
        rows = {str(one.vacancy["id"]): one for one in made}
        asked = queries(made, options.queries)
        one, other = ours(node, asked, rows, today), full_text(owner_url, asked, rows, today)
        with psycopg.connect(owner_url) as line:
            sizes = [
                line.execute("select pg_relation_size(%s::regclass) / 1e6", [index]).fetchone()[0]  # type: ignore[index]
                for index in ("listings_by_keys", "bench_text_doc")
            ]
        columns = (
            "search | planted found, typed well | with an error | right on the first page | wall ms p50 / p95 | CPU ms p50 / p95"
        )
        head = f"| {columns} |"
        told = [
            f"{len(rows):,} vacancies filled in {filled:.0f} s. Index of keys {sizes[0]:.0f} MB, of full text {sizes[1]:.0f} MB."
        ]
        told += ["", head, "|---" * 6 + "|", *one.lines("portal"), *other.lines("full text"), ""]
        told += [f"Nothing at all was found for {one.empty} queries by the portal, for {other.empty} by full text.", ""]
        lines = [query.text for query in asked]
        told += ["| page | asked for a second | reached | p50 ms | p95 ms | wrong |", "|---" * 6 + "|"]
        for name, headers in (("what htmx fetches", HTMX), ("the whole page", {})):
            visit = partial(_visit, lines, headers)
            paced(node.port, visit, pace=5, seconds=6)  # warms the web workers
            for pace in options.paces:
                times, wrong, reached = paced(node.port, visit, pace=pace, seconds=options.seconds)
                taken = f"{percentile(times, 0.5):.0f} | {percentile(times, 0.95):.0f}"
                told.append(f"| {name} | {pace:g} | {reached:.0f} | {taken} | {wrong} |")
    except BaseException:
        print((node.home / "logs" / "serve.log").read_text()[-2000:], file=sys.stderr)
        raise
    finally:
        node.down()
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vacancies", type=int, default=200_000)
    parser.add_argument("--queries", type=int, default=600)
    parser.add_argument("--paces", type=float, nargs="*", default=PACES)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--write", action="store_true", help=f"keep the report in {KEPT.relative_to(PROJECT)}")
    options = parser.parse_args()
    options.load = os.getloadavg()[0]
    nodes.PATIENCE = 1_200.0  # seconds: a busy machine is slow to make a node
    with tempfile.TemporaryDirectory(prefix="rahdari-bench-") as folder:
        lines = measured(options, Path(folder))
        print("\n".join(lines))
        if options.write:
            command = f"bench/portal.py --vacancies {options.vacancies} --queries {options.queries}"
            keep(KEPT, f"Looking for work among {options.vacancies:,} vacancies", command, options.load, lines)


if __name__ == "__main__":
    main()
