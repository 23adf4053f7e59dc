"""Towns and districts of Pakistan in Latin and Urdu letters, out of the reference tables: known to be no part of a name."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from rahdari.names.folding import fold

HEAD = "# Towns and districts of Pakistan, folded; from the tables of rahdari/reference (sources named there)."


def write(tables: Iterable[Path], out: Path) -> None:
    """Writes the names of one or two words of the tables, one a line."""
    found: set[str] = set()
    for path in tables:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                spelt = [row.get("latin") or row.get("district") or "", row["urdu"]]
                spelt += (row.get("urdu_variants") or "").split("|") + (row.get("latin_variants") or "").split("|")
                found |= {fold(one) for one in spelt if one and fold(one).count(" ") < 2}
    out.write_text("\n".join([HEAD, *sorted(found)]) + "\n", encoding="utf-8")
