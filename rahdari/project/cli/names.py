"""`rahdari names`: the matcher of names across scripts, over files; needs no database."""

from __future__ import annotations

import csv
import dataclasses
import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

app = typer.Typer(no_args_is_help=True, help="Names of people and firms compared across scripts.")
CANNOT_READ = 2
KINDS = ("person", "organisation")

Kind = Annotated[str, typer.Option(help="person or organisation; guessed when left out")]


@app.command("score")
def score(
    pairs: Annotated[Path, typer.Argument(help="CSV with the columns id, left, right and kind")],
    scores: Annotated[Path, typer.Argument(help="CSV to write: id, score")],
) -> None:
    """Gives each pair of names a score from 0 to 1."""
    from rahdari.names import compare

    rows = list(_rows(pairs, {"id", "left", "right"}))
    _write(
        scores, ("id", "score"), ((row["id"], compare(row["left"], row["right"], row.get("kind") or "").score) for row in rows)
    )


@app.command("search")
def search(
    register: Annotated[Path, typer.Argument(help="CSV with the columns id, kind, name and aliases (parted by |)")],
    queries: Annotated[Path, typer.Argument(help="CSV with the columns id, name and kind")],
    out: Annotated[Path, typer.Argument(help="CSV to write: query_id, rank, entity_id, score")],
    limit: Annotated[int, typer.Option(help="how many a query at most")] = 10,
) -> None:
    """Finds each name of a list in a register, and says how long it took."""
    from rahdari.names import Entry, Index

    began = time.perf_counter()
    index = Index(
        Entry(row["id"], row["kind"], (row["name"], *(one for one in (row.get("aliases") or "").split("|") if one)))
        for row in _rows(register, {"id", "kind", "name"}, KINDS)
    )
    built = time.perf_counter()
    asked = list(_rows(queries, {"id", "name"}))
    found = [(row["id"], index.search(row["name"], limit, row.get("kind") or "")) for row in asked]
    done = time.perf_counter()
    lines = [(query, rank, hit.id, hit.score) for query, hits in found for rank, hit in enumerate(hits, 1)]
    _write(out, ("query_id", "rank", "entity_id", "score"), lines)
    each = 1000 * (done - built) / max(1, len(asked))
    typer.echo(f"{len(index)} entries indexed in {built - began:.1f} s; {len(asked)} queries, {each:.1f} ms each")


@app.command("explain")
def explain(
    left: Annotated[str, typer.Argument(help="a name")],
    right: Annotated[str, typer.Argument(help="another")],
    kind: Kind = "",
) -> None:
    """Compares two names and prints the score, part by part, with the codes of the reasons, as JSON."""
    from rahdari.names import compare

    if kind not in (*KINDS, ""):
        _refuse(f"There is no kind {kind!r}. There are: {', '.join(KINDS)}.")
    typer.echo(json.dumps(dataclasses.asdict(compare(left, right, kind)), ensure_ascii=False, indent=2))


def _rows(path: Path, columns: set[str], kinds: tuple[str, ...] = (*KINDS, "")) -> Iterator[dict[str, str]]:
    """The rows of a table in UTF-8; refuses what is no such table, a short row, and a kind that there is not."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = columns - set(reader.fieldnames or ())
            if missing:
                _refuse(f"{path}: no column {', '.join(sorted(missing))}")
            for row in reader:
                if any(row[name] is None for name in columns):
                    _refuse(f"{path}, line {reader.line_num}: too few columns")
                if (row.get("kind") or "") not in kinds:
                    _refuse(f"{path}, line {reader.line_num}: no kind {row['kind']!r}. There are: {', '.join(KINDS)}.")
                yield row
    except OSError as error:
        _refuse(f"{path}: {error.strerror or error}")
    except UnicodeDecodeError:
        _refuse(f"{path}: not text in UTF-8")
    except csv.Error as error:
        _refuse(f"{path}: no table of values parted by commas ({error})")


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    try:
        file = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        _refuse(f"{path}: {error.strerror or error}")
    with file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def _refuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(CANNOT_READ)
