"""How far apart two words sound: the learnt letter costs, summed along the best alignment of their units.

Costs are in nats: 0 is the usual way to write one sound in the other script, 1 to 2 a less usual one, from 4 on other
letters. The tables in `tables/letters.json` are made by `rahdari.names.making`.
"""

from __future__ import annotations

import json
from importlib import resources

from rahdari.names.folding import KANA, LATIN, URDU
from rahdari.names.sounds import Units

Row = dict[str, float]
Costs = dict[str, Row]

OTHER, LEFT_OUT, SWAP = 5.0, 4.0, 2.5
_NO_ROW: Row = {}


def _read() -> dict[tuple[str, str], Costs]:
    text = resources.files("rahdari.names").joinpath("tables", "letters.json").read_text(encoding="utf-8")
    tables: dict[tuple[str, str], Costs] = {}
    for name, table in json.loads(text).items():
        left, right = name.split("-")
        tables[left, right] = table
        if left != right:
            turned: Costs = {}
            for one, row in table.items():
                for other, cost in row.items():
                    turned.setdefault(other, {})[one] = cost
            tables[right, left] = turned
    return tables


_TABLES = _read()
SCRIPTS = (KANA, LATIN, URDU)


def distance(left: Units, right: Units, scripts: tuple[str, str], limit: float = 1e9) -> float:
    """The least cost of turning the units of one word into those of another; stops early above `limit`."""
    table = _TABLES[scripts]
    same = scripts[0] == scripts[1]
    added = table.get("", _NO_ROW)
    steps = [(unit, added.get(unit, LEFT_OUT)) for unit in right]
    above: list[float] = [0.0]
    for _, gain in steps:
        above.append(above[-1] + gain)
    second: list[float] = []
    before = ""
    for one in left:
        row = table.get(one, _NO_ROW)
        loss = row.get("", LEFT_OUT)
        corner = above[0]
        last = corner + loss
        line = [last]
        j = 1
        for other, gain in steps:
            up = above[j]
            best = corner + (0.0 if one == other else row.get(other, OTHER))
            if (cost := up + loss) < best:
                best = cost
            if (cost := last + gain) < best:
                best = cost
            if same and other == before and j > 1 and steps[j - 2][0] == one and (cost := second[j - 2] + SWAP) < best:
                best = cost
            line.append(best)
            last, corner = best, up
            j += 1
        if min(line) > limit:
            return limit
        second, above, before = above, line, one
    return min(above[-1], limit)
