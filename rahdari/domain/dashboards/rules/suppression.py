"""Which numbers of a set of tables are not told, so that no small one can be read or worked out.

A number from 1 to 4 is hidden. A total and its other parts would give it away: so more numbers are hidden until no sum that
anybody can write down has a single hidden member, until what is hidden in a sum is not small as a whole, and until no hidden
small number follows from all the sums together. The same numbers always hide the same: both nodes hide alike.
Pure: no Django, no database, no clock here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from rahdari.domain.organisations.rules.figures import FEWEST_TOLD

Key = Any  # whatever names a number; it can be hashed
Sum = tuple[Key, Sequence[Key]]  # a total, and the parts it is the sum of
Equation = dict[Key, Fraction | int]  # what is hidden in a sum, each with its factor; the rest is known


def hidden_numbers(cells: Mapping[Key, int], sums: Iterable[Sum]) -> frozenset[Key]:
    """The keys whose numbers are not told; every sum must hold for the numbers given. A nought is told as nought."""
    held = [(total, [one for one in parts if cells[one]]) for total, parts in sums if cells[total]]
    beside = defaultdict(list)  # for each number the members of the sums it stands in
    for total, parts in held:
        for one in (total, *parts):
            beside[one].append((total, *parts))
    hidden = {key for key, number in cells.items() if 0 < number < FEWEST_TOLD}
    small = frozenset(hidden)
    while _hide_more(cells, held, hidden) or _hide_what_follows(cells, held, beside, hidden, small):
        pass
    return frozenset(hidden)


def _hide_more(cells: Mapping[Key, int], sums: Sequence[Sum], hidden: set[Key]) -> bool:
    """Hides one more number of each sum that gives away what is hidden in it; says whether there was any."""
    changed = False
    for total, parts in sums:
        gone = [one for one in (total, *parts) if one in hidden]
        shown = [one for one in parts if one not in hidden] or ([total] if total not in hidden else [])
        little = total not in hidden and 0 < sum(cells[one] for one in gone) < FEWEST_TOLD
        if gone and shown and (len(gone) == 1 or little):
            hidden.add(_least(cells, shown))
            changed = True
    return changed


def _hide_what_follows(
    cells: Mapping[Key, int], sums: Sequence[Sum], beside: Mapping[Key, Sequence[Sequence[Key]]], hidden: set[Key],
    small: Collection[Key],
) -> bool:  # fmt: skip
    """Hides one more number near each small one that follows from several sums; says whether there was any.

    Near: in a sum with it, else in a sum with one of those, and so on. There is always one: where all that hangs together is
    hidden, the sums alone give no number away.
    """
    more: set[Key] = set()
    for key in sorted(following(hidden, sums) & set(small), key=str):
        place = {key}
        while not place - hidden and (wider := place.union(*(members for one in place for members in beside[one]))) != place:
            place = wider
        if (shown := place - hidden) and not place & more:
            more.add(_least(cells, shown))
    hidden |= more
    return bool(more)


def _least(cells: Mapping[Key, int], keys: Iterable[Key]) -> Key:
    return min(keys, key=lambda one: (cells[one], str(one)))


def following(hidden: Collection[Key], sums: Iterable[Sum]) -> set[Key]:
    """The hidden numbers that whoever knows all the others can work out from the sums (elimination, exact)."""
    rows: dict[Key, Equation] = {}  # reduced, by their leading member, which stands in no other
    within: dict[Key, set[Key]] = defaultdict(set)  # for each member the leads of the rows it stands in
    for total, parts in sums:
        equation: Equation = {one: 1 for one in parts if one in hidden}
        if total in hidden:
            equation[total] = -1
        _take_in(equation, rows, within)
    return {lead for lead, row in rows.items() if len(row) == 1}


def _take_in(equation: Equation, rows: dict[Key, Equation], within: dict[Key, set[Key]]) -> None:
    """Adds an equation to those that are reduced, and keeps them so."""
    for lead in [one for one in equation if one in rows]:
        _subtract(equation, rows[lead], equation[lead])
    if not equation:
        return
    lead = min(equation, key=lambda one: len(within[one]))  # the rarest: the fewest rows change
    first = equation[lead]
    for one, factor in equation.items():
        equation[one] = factor * first if first in (1, -1) else Fraction(factor) / first
    for other in list(within[lead]):
        row = rows[other]
        before = set(row)
        _subtract(row, equation, row[lead])
        for one in before - set(row):
            within[one].discard(other)
        for one in set(row) - before:
            within[one].add(other)
    rows[lead] = equation
    for one in equation:
        within[one].add(lead)


def _subtract(row: Equation, other: Equation, times: Fraction | int) -> None:
    for one, factor in other.items():
        left = row.get(one, 0) - times * factor
        if left:
            row[one] = left
        else:
            row.pop(one, None)
