"""Makes `tables/known.tsv`, names borne in Pakistan, each with whether men, women or families bear it.

The packages pakgender (first names with their gender) and faker-pk (names of men, of women, and last names) have them.
Of spellings that are read alike the first in the alphabet is kept.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from rahdari.names.folding import LATIN, fold
from rahdari.names.known import BOTH, FAMILY, MAN, WOMAN
from rahdari.names.sounds import Units, units_of

HEAD = """\
# Names borne in Pakistan in Latin spelling, many of them in several. Made by `python -m rahdari.names.making known`;
# SOURCES.md says from what. m: men's, f: women's, b: borne by both, l: last names that are no known first names.
"""
SHORTEST = 3
_BORNE_BY = {"M": MAN, "F": WOMAN, "male": MAN, "female": WOMAN, "last": FAMILY, "U": BOTH}


def borne(site: Path) -> dict[str, str]:
    """By name, by whom it is borne."""
    told = json.loads((site / "pakgender" / "data" / "names.json").read_text(encoding="utf-8"))
    by = [(name, one["gender"]) for name, one in told["first_names"].items()]
    with sqlite3.connect(site / "faker_pk" / "faker_pk.db") as base:
        by += base.execute("SELECT name, type FROM names ORDER BY type DESC, id").fetchall()
    found: dict[Units, tuple[str, str]] = {}
    for name, kind in sorted((fold(name), _BORNE_BY[kind]) for name, kind in by):
        if not name.isascii() or not name.isalpha() or len(name) < SHORTEST:
            continue
        units = units_of(name, LATIN)
        first, before = found.get(units, (name, kind))
        one = {before, kind} - {FAMILY} or {FAMILY}
        found[units] = first, one.pop() if len(one) == 1 else BOTH
    return dict(found.values())


def write(site: Path, out: Path) -> None:
    """Writes the table."""
    names = borne(site)
    lines = (
        f"{kind}\t{' '.join(sorted(name for name in names if names[name] == kind))}\n" for kind in (MAN, WOMAN, BOTH, FAMILY)
    )
    out.write_text(HEAD + "".join(lines), encoding="utf-8")
