"""How far apart two words sound: the learnt letter costs, summed along the best alignment of their units.

Costs are in nats: 0 is the usual way to write one sound in the other script, 1 to 2 a less usual one, from 4 on other
letters. The tables in `tables/letters.json` are made by `rahdari.names.making`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import accumulate

from rahdari.names.sounds import Units

Row = dict[str, float]
Costs = dict[str, Row]

OTHER, LEFT_OUT, SWAP = 5.0, 4.0, 2.5
STRANGE = 3.0  # a unit that has nothing cheaper than this on the other side costs so much at least, unless it is left out
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
class Dense:
    """The costs of two scripts by the codes of their units (0: a unit no table knows): other letters, left out, added.

    `near` has, for each unit of either side, a bit for each unit of the other that is nearer than `STRANGE`; `least` is what
    it costs without such a one, and `dear` the units of the right side of which that is `STRANGE`.
    """

    other: list[list[float]]
    lost: list[float]
    added: list[float]
    near: tuple[list[int], list[int]]
    least: tuple[list[float], list[float]]
    dear: int


def _dense(table: Costs) -> Dense:
    units = ["", *_CODES]
    other = [[0.0 if one == two and one else table.get(one, _NO_ROW).get(two, OTHER) for two in units] for one in units]
    lost = [table.get(one, _NO_ROW).get("", LEFT_OUT) for one in units]
    added = [table.get("", _NO_ROW).get(two, LEFT_OUT) for two in units]
    other[0] = [OTHER] * len(units)
    for row in other:
        row[0] = OTHER
    lost[0] = added[0] = LEFT_OUT
    near = [_bits(at for at, cost in enumerate(row) if cost < STRANGE) for row in other]
    turned = [_bits(at for at, row in enumerate(other) if row[unit] < STRANGE) for unit in range(len(units))]
    least = [min(STRANGE, cost) for cost in lost], [min(STRANGE, cost) for cost in added]
    dear = _bits(unit for unit, cost in enumerate(least[1]) if cost == STRANGE)
    return Dense(other, lost, added, (near, turned), least, dear)


def _bits(codes: Iterable[int]) -> int:
    found = 0
    for code in codes:
        found |= 1 << code
    return found


_TABLES = {scripts: _dense(table) for scripts, table in _NAMED.items()}


def table_of(scripts: tuple[str, str]) -> Dense:
    """The costs of two scripts."""
    return _TABLES[scripts]


@dataclass(frozen=True, slots=True)
class Sound:
    """The units of a word by their codes, and a bit for each code."""

    codes: bytes
    bits: int


@lru_cache(maxsize=1 << 15)
def sound_of(units: Units) -> Sound:
    """The units of a word in a form that is quickly compared."""
    codes = bytes(_CODES.get(unit, 0) for unit in units)
    return Sound(codes, _bits(codes))


def without_near(sound: Sound, scripts: tuple[str, str]) -> int:
    """The units of the other script that cost `STRANGE` at least beside this word, as bits."""
    table, reached = _TABLES[scripts], 0
    for unit in sound.codes:
        reached |= table.near[0][unit]
    return table.dear & ~reached


def distance(left: Units, right: Units, scripts: tuple[str, str], limit: float = 1e9) -> float:
    """The least cost of turning the units of one word into those of another; stops early above `limit`."""
    return between(sound_of(left), sound_of(right), scripts, limit)


def between(left: Sound, right: Sound, scripts: tuple[str, str], limit: float) -> float:
    """As `distance`, of two sounds."""
    table = _TABLES[scripts]
    ours, theirs = left.codes, right.codes
    ahead = _ahead(table, left, right)
    if ahead[-1] > limit or _added(table, left, right) > limit:
        return limit
    gains = [table.added[unit] for unit in theirs]
    above = [0.0, *accumulate(gains)]
    swaps = scripts[0] == scripts[1]
    second: list[float] = []
    before, least = -1, 0.0
    for place, one in enumerate(ours, 2):
        row, loss = table.other[one], table.lost[one]
        ups = iter(above)
        corner = next(ups)
        last = corner + loss
        line = [last]
        add = line.append
        for other, gain, up in zip(theirs, gains, ups, strict=True):
            best = corner + row[other]
            if (cost := up + loss) < best:
                best = cost
            if (cost := last + gain) < best:
                best = cost
            add(best)
            last, corner = best, up
        if swaps and second:
            swapped(line, second, one, before, theirs, gains)
        here = min(line)
        # What is still to come costs so much at least; two units that stand turned are taken from the line above.
        if here > limit or min(here, least + SWAP if swaps else here) + ahead[-place] > limit:
            return limit
        second, above, before, least = above, line, one, here
    return min(above[-1], limit)


def _ahead(table: Dense, left: Sound, right: Sound) -> list[float]:
    """What the last units of a word cost at least, none of them first: those that have nothing near in the other word."""
    near, least, bits = table.near[0], table.least[0], right.bits
    return [0.0, *accumulate(0.0 if near[unit] & bits else least[unit] for unit in reversed(left.codes))]


def _added(table: Dense, left: Sound, right: Sound) -> float:
    """What the units of the right word cost at least."""
    near, least, bits = table.near[1], table.least[1], left.bits
    return sum([least[unit] for unit in right.codes if not near[unit] & bits])


def swapped(line: list[float], second: list[float], one: int, before: int, theirs: bytes, gains: list[float]) -> None:
    """Where the last two units stand turned in the other word, that may be cheaper."""
    for place in range(2, len(line)):
        if theirs[place - 1] == before and theirs[place - 2] == one and second[place - 2] + SWAP < line[place]:
            line[place] = second[place - 2] + SWAP
            for after in range(place + 1, len(line)):
                line[after] = min(line[after], line[after - 1] + gains[after - 1])
