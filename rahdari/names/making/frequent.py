"""Makes `tables/frequent.tsv`, the very frequent parts of Pakistani names, from open lists of such names.

`clans.txt` names clans. The packages faker-pk (names) and pakgender (persons with their gender) have given names; one that
stands in both, or is also borne as a last name, that is a father's, is taken for very frequent. Of names that sound alike
the first is kept: other spellings are found by sound.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rahdari.names.alignment import nearness
from rahdari.names.folding import LATIN, fold
from rahdari.names.keys import keys_of

CLANS = Path(__file__).with_name("clans.txt")
HEAD = """\
# Very frequent parts of Pakistani names in one Latin spelling; other spellings and scripts are found by sound. Made by
# `python -m rahdari.names.making frequent`; SOURCES.md says from what. given: bears little alone. clan: a family's.
"""
SAME_SOUND = 0.15  # cost per unit
TWICE = 2


def clans() -> list[str]:
    """The clans of the list made by hand."""
    lines = CLANS.read_text(encoding="utf-8").splitlines()
    return sorted({word for line in lines if not line.startswith("#") for word in line.split()})


def given(site: Path) -> tuple[list[str], list[str]]:
    """The very frequent given names of men and of women, the most frequent first."""
    with sqlite3.connect(site / "faker_pk" / "faker_pk.db") as base:
        rows = [(fold(name), kind) for name, kind in base.execute("SELECT name, type FROM names ORDER BY id")]
    told = json.loads((site / "pakgender" / "data" / "names.json").read_text(encoding="utf-8"))
    known: dict[str, dict[str, str]] = told["first_names"]
    borne = Counter(word for name in told["full_names"] for word in name.split())
    last = {name for name, kind in rows if kind == "last"}
    men = [name for name, kind in rows if kind == "male" and (name in last or name in known)]
    men += [name for name in last if name in known and known[name]["gender"] == "M"]
    women = [name for name, kind in rows if kind == "female" and (borne[name] >= TWICE or _often(known, name))]
    return men, women


def _often(known: dict[str, dict[str, str]], name: str) -> bool:
    return name in known and known[name]["frequency"] == "high"


def _by_sound(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """One spelling of each name, and none that sounds like one already taken."""
    kept: dict[str, list[str]] = {}
    found = []
    for name in taken:
        for key in keys_of(name, LATIN):
            kept.setdefault(key, []).append(name)
    for name in names:
        keys = keys_of(name, LATIN)
        if " " in name or any(
            nearness(name, LATIN, other, LATIN, 1.0) < SAME_SOUND for key in keys for other in kept.get(key, ())
        ):
            continue
        found.append(name)
        for key in keys:
            kept.setdefault(key, []).append(name)
    return sorted(found)


def write(site: Path, out: Path) -> None:
    """Writes the table."""
    families = clans()
    men, women = given(site)
    lines = [("given", _by_sound(men, families)), ("given", _by_sound(women, [*families, *men])), ("clan", families)]
    out.write_text(HEAD + "".join(f"{kind}\t{' '.join(names)}\n" for kind, names in lines), encoding="utf-8")
