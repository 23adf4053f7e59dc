"""How far apart two words sound: the learnt letter costs, summed along the best alignment of their units.

Costs are in nats: 0 is the usual way to write one sound in the other script, 1 to 2 a less usual one, from 4 on other
letters. The tables in `tables/letters.json` are made by `rahdari.names.making`.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources

from rahdari.names.folding import KANA, LATIN, URDU
from rahdari.names.sounds import Units, units_of

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
    gains = [added.get(unit, LEFT_OUT) for unit in right]
    above: list[float] = [0.0]
    for gain in gains:
        above.append(above[-1] + gain)
    second: list[float] = []
    width = len(right)
    for i, one in enumerate(left):
        row = table.get(one, _NO_ROW)
        loss = row.get("", LEFT_OUT)
        line = [above[0] + loss]
        last = line[0]
        for j in range(width):
            other = right[j]
            best = above[j] + (0.0 if one == other else row.get(other, OTHER))
            cost = above[j + 1] + loss
            if cost < best:
                best = cost
            cost = last + gains[j]
            if cost < best:
                best = cost
            if same and i and j and other == left[i - 1] and right[j - 1] == one:
                cost = second[j - 1] + SWAP
                if cost < best:
                    best = cost
            line.append(best)
            last = best
        if min(line) > limit:
            return limit
        second, above = above, line
    return min(above[-1], limit)


@lru_cache(maxsize=1 << 18)
def word_distance(left: str, right: str, scripts: tuple[str, str]) -> float:
    """The same for two folded words, each of the script named."""
    if left == right:
        return 0.0
    return distance(units_of(left, scripts[0]), units_of(right, scripts[1]), scripts)
