"""How far apart two words sound: the learnt letter costs, summed along the best alignment of their units.

Costs are in nats: 0 is the usual way to write one sound in the other script, 1 to 2 a less usual one, from 4 on other
letters. The tables in `tables/letters.json` are made by `rahdari.names.making`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from itertools import accumulate

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


_NAMED = _read()
_CODES = {unit: code for code, unit in enumerate(sorted({one for table in _NAMED.values() for one in table if one}), 1)}


@dataclass(frozen=True, slots=True)
class _Dense:
    """The costs of two scripts by the codes of their units (0: a unit no table knows): other letters, left out, added."""

    other: list[list[float]]
    lost: list[float]
    added: list[float]


def _dense(table: Costs) -> _Dense:
    units = ["", *_CODES]
    other = [[0.0 if one == two and one else table.get(one, _NO_ROW).get(two, OTHER) for two in units] for one in units]
    lost = [table.get(one, _NO_ROW).get("", LEFT_OUT) for one in units]
    added = [table.get("", _NO_ROW).get(two, LEFT_OUT) for two in units]
    other[0] = [OTHER] * len(units)
    for row in other:
        row[0] = OTHER
    lost[0] = added[0] = LEFT_OUT
    return _Dense(other, lost, added)


_TABLES = {scripts: _dense(table) for scripts, table in _NAMED.items()}


def distance(left: Units, right: Units, scripts: tuple[str, str], limit: float = 1e9) -> float:
    """The least cost of turning the units of one word into those of another; stops early above `limit`."""
    table, code = _TABLES[scripts], _CODES.get
    ours, theirs = [code(unit, 0) for unit in left], [code(unit, 0) for unit in right]
    gains = [table.added[unit] for unit in theirs]
    above = [0.0, *accumulate(gains)]
    swaps = scripts[0] == scripts[1]
    second: list[float] = []
    before = -1
    for one in ours:
        row, loss = table.other[one], table.lost[one]
        corner = above[0]
        last = corner + loss
        line = [last]
        for other, gain, up in zip(theirs, gains, above[1:], strict=True):
            best = corner + row[other]
            if (cost := up + loss) < best:
                best = cost
            if (cost := last + gain) < best:
                best = cost
            line.append(best)
            last, corner = best, up
        if swaps and second:
            _swap(line, second, one, before, theirs, gains)
        if min(line) > limit:
            return limit
        second, above, before = above, line, one
    return min(above[-1], limit)


def _swap(line: list[float], second: list[float], one: int, before: int, theirs: list[int], gains: list[float]) -> None:
    """Where the last two units stand turned in the other word, that may be cheaper."""
    for place in range(2, len(line)):
        if theirs[place - 1] == before and theirs[place - 2] == one and second[place - 2] + SWAP < line[place]:
            line[place] = second[place - 2] + SWAP
            for after in range(place + 1, len(line)):
                line[after] = min(line[after], line[after - 1] + gains[after - 1])
