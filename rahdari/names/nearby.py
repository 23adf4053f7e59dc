"""Which of many words sound like one: as `letters.distance`, but what words share at their beginning is reckoned once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from rahdari.names.letters import STRANGE, Dense, Sound, swapped, table_of, without_near

Candidate = tuple[bytes, float, int]  # the units of a word, the cost it must stay under, its number


def near_ones(
    word: Sound, script: str, others: Iterable[tuple[Sound, int]], other_script: str, most: float
) -> list[tuple[int, float]]:
    """Of words with their numbers, those less than `most` per unit away from this one, with how far they are.

    A word counts with one unit's grace, as everywhere. `others` are all in one script.
    """
    rows = _Rows(word.codes, table_of((other_script, script)), script == other_script)
    found = []
    for codes, limit, number in sorted(_possible(word, script, others, other_script, most)):
        cost = rows.cost(codes, limit)
        if cost < limit:
            found.append((number, cost / limit * most))
    return found


def _possible(
    word: Sound, script: str, others: Iterable[tuple[Sound, int]], other_script: str, most: float
) -> Iterable[Candidate]:
    """The words that have something near for enough of this word's units, and the other way round."""
    table, dear = table_of((other_script, script)), without_near(word, (script, other_script))
    near, least = table.near[1], table.least[1]
    sought = [(near[unit], least[unit]) for unit in word.codes]
    size = len(sought)
    for other, number in others:
        limit, bits = most * ((size + len(other.codes)) / 2 + 1.0), other.bits
        if (bits & dear).bit_count() * STRANGE < limit and sum([cost for one, cost in sought if not one & bits]) < limit:
            yield other.codes, limit, number


class _Rows:
    """The lines of the alignment of one word with others, kept as far as the next begins like the last."""

    def __init__(self, codes: bytes, table: Dense, swaps: bool) -> None:
        self._codes, self._table, self._swaps = codes, table, swaps
        self._gains = [table.added[unit] for unit in codes]
        self._lines = [[0.0, *accumulate(self._gains)]]
        self._least = [0.0]
        self._before = b""
        self._of_unit: dict[int, list[float]] = {}

    def cost(self, other: bytes, limit: float) -> float:
        """The distance of the other word, or some number above the limit."""
        lines, least = self._lines, self._least
        depth = _shared(self._before, other, len(least) - 1)
        del lines[depth + 1 :], least[depth + 1 :]
        self._before = other
        while depth < len(other):
            if least[depth] >= limit:
                return limit
            unit = other[depth]
            line = self._line(unit, lines[depth])
            if self._swaps and depth:
                swapped(line, lines[depth - 1], unit, other[depth - 1], self._codes, self._gains)
            lines.append(line)
            least.append(min(line))
            depth += 1
        return lines[depth][-1]

    def _line(self, unit: int, above: list[float]) -> list[float]:
        costs = self._of_unit.get(unit)
        if costs is None:
            row = self._table.other[unit]
            costs = self._of_unit[unit] = [row[one] for one in self._codes]
        loss = self._table.lost[unit]
        corner = above[0]
        last = corner + loss
        line = [last]
        for cost, gain, up in zip(costs, self._gains, above[1:], strict=True):
            best = corner + cost
            if (other := up + loss) < best:
                best = other
            if (other := last + gain) < best:
                best = other
            line.append(best)
            last, corner = best, up
        return line


def _shared(one: bytes, other: bytes, most: int) -> int:
    """How many units two words share at their beginning, at most so many."""
    most = min(most, len(one), len(other))
    for place in range(most):
        if one[place] != other[place]:
            return place
    return most
