"""A whole register compared with itself and with what stands already: new, known, different, or wrong. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..licences import KINDS
from .rows import RowFault, RowRead, fold

NEW, KNOWN, DIFFERS, WRONG = "new", "known", "differs", "wrong"
FATES = (NEW, KNOWN, DIFFERS, WRONG)
SAME_STATE = {"restored": "valid"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the own register holds of an organisation; names and office are folded, `state` is that of today."""

    key: str
    kind: str
    number: str
    old_numbers: tuple[str, ...]
    names: frozenset[str]
    office: str
    phones: frozenset[str]
    state: str
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A row with its fate. `entry` is the one of the register it is known by, `differs` says in what."""

    row: RowRead
    fate: str
    entry: str = ""
    differs: tuple[str, ...] = ()
    faults: tuple[RowFault, ...] = ()


@dataclass(slots=True)
class Held:
    """The entries of the own register that a file may mean, by number and by name."""

    by_number: dict[tuple[str, str], Entry] = field(default_factory=dict)
    by_old_number: dict[tuple[str, str], Entry] = field(default_factory=dict)
    by_name: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)
    waiting: set[tuple[str, str]] = field(default_factory=set)  # numbers of entries that wait for a second officer

    def add(self, entry: Entry) -> None:
        """Takes up one more entry."""
        if entry.number:
            self.by_number[entry.kind, entry.number] = entry
        for number in entry.old_numbers:
            self.by_old_number[entry.kind, number] = entry
        for name in entry.names:
            self.by_name.setdefault((entry.kind, name), []).append(entry)


@dataclass(frozen=True, slots=True)
class _Folded:
    names: frozenset[str]
    office: str
    city: str


def compare(rows: Sequence[RowRead], held: Held) -> list[Checked]:
    """What becomes of every row; a row that is wrong in itself is still compared, so that all is said at once."""
    folded = [_Folded(frozenset(map(fold, row.names)), fold(row.office), fold(row.city)) for row in rows]
    numbers = Counter((row.kind, row.number) for row in rows if row.number)
    first: dict[tuple[str, str], RowRead] = {}
    by_name: dict[tuple[str, str], list[int]] = {}
    found = []
    for place, row in enumerate(rows):
        faults = [*row.faults]
        if numbers[row.kind, row.number] > 1:
            faults += _number_again(row, first)
        faults += _name_again(place, rows, folded, by_name)
        entry = held.by_number.get((row.kind, row.number)) if row.number else None
        if entry is None and not KINDS[row.kind].numbers:
            entry = next((one for one in _named(row, folded[place], held) if one.office == folded[place].office), None)
        if entry is None:
            faults += _against_register(row, folded[place], held)
        found.append(_fate(row, folded[place], entry, faults))
    return _both_numbers(found, numbers)


def _number_again(row: RowRead, first: dict[tuple[str, str], RowRead]) -> list[RowFault]:
    """The second row of a number: the same again, or another firm with it."""
    before = first.setdefault((row.kind, row.number), row)
    if before is row:
        return []
    code = "row_repeated" if _same(before, row) else "number_twice"
    return [RowFault(code, about={"line": before.line})]


def _same(one: RowRead, other: RowRead) -> bool:
    return (one.names, one.office, one.phones, one.state, one.until) == (
        other.names, other.office, other.phones, other.state, other.until,
    )  # fmt: skip


def _both_numbers(found: list[Checked], numbers: Mapping[tuple[str, str], int]) -> list[Checked]:
    """Of two different firms with one number neither is right by itself: the first row is wrong, too."""
    later: dict[tuple[str, str], int] = {}
    for one in found:
        if any(fault.code == "number_twice" for fault in one.faults):
            later.setdefault((one.row.kind, one.row.number), one.row.line)
    told = []
    for one in found:
        line = later.get((one.row.kind, one.row.number))
        if line is not None and not any(fault.code in ("number_twice", "row_repeated") for fault in one.faults):
            told.append(Checked(one.row, WRONG, faults=(*one.faults, RowFault("number_twice", about={"line": line}))))
        else:
            told.append(one)
    return told


def _name_again(
    place: int, rows: Sequence[RowRead], folded: Sequence[_Folded], by_name: dict[tuple[str, str], list[int]]
) -> list[RowFault]:
    """An earlier row of the same name in the same place, under another number."""
    row, own = rows[place], folded[place]
    earlier = sorted({one for name in own.names for one in by_name.get((row.kind, name), ())})
    for name in own.names:
        by_name.setdefault((row.kind, name), []).append(place)
    for one in earlier:
        other = rows[one]
        by_number = bool(row.number) and row.number == other.number
        if not by_number and _same_place(own, row.phones, folded[one].office, other.phones):
            return [RowFault("same_firm_twice", about={"line": other.line})]
    return []


def _same_place(own: _Folded, phones: Iterable[str], office: str, other_phones: Iterable[str]) -> bool:
    if set(phones) & set(other_phones):
        return True
    return bool(own.office) and (own.office == office or (bool(own.city) and own.city in office))


def _named(row: RowRead, own: _Folded, held: Held) -> list[Entry]:
    return [entry for name in sorted(own.names) for entry in held.by_name.get((row.kind, name), ())]


def _against_register(row: RowRead, own: _Folded, held: Held) -> list[RowFault]:
    """A new row that may mean somebody who stands in the register under another number."""
    if row.number and (row.kind, row.number) in held.waiting:
        return [RowFault("number_waits")]
    former = held.by_old_number.get((row.kind, row.number)) if row.number else None
    if former is not None:
        return [RowFault("number_of_another", about={"number": former.number or former.key})]
    for entry in _named(row, own, held):
        if _same_place(own, row.phones, entry.office, entry.phones):
            return [RowFault("firm_in_register", about={"number": entry.number or entry.key})]
    return []


def _fate(row: RowRead, own: _Folded, entry: Entry | None, faults: list[RowFault]) -> Checked:
    if faults:
        return Checked(row, WRONG, faults=tuple(faults))
    if entry is None:
        return Checked(row, NEW)
    differs = _differences(row, own, entry)
    return Checked(row, DIFFERS if differs else KNOWN, entry.key, differs)


def _differences(row: RowRead, own: _Folded, entry: Entry) -> tuple[str, ...]:
    """In what a row and its entry differ; what the row does not say is no difference."""
    told = {
        "name": not own.names <= entry.names,
        "state": SAME_STATE.get(entry.state, entry.state) != row.state,
        "last_on": row.until is not None and row.until != entry.until,
        "address": bool(own.office) and own.office != entry.office,
        "phone": bool(row.phones) and not set(row.phones) <= entry.phones,
        "old_number": not set(row.old_numbers) <= {*entry.old_numbers, entry.number},
    }
    return tuple(name for name, is_so in told.items() if is_so)


def counts_of(checked: Iterable[Checked]) -> dict[str, dict[str, int]]:
    """How many rows of each fate there are, how many of each fault, how many days in each way of writing; nothing else."""
    found = list(checked)
    fates = Counter(one.fate for one in found)
    faults = Counter(code for one in found for code in {fault.code for fault in one.faults})
    forms = Counter(form for one in found for form in one.row.forms)
    undated = sum(one.fate == NEW and one.row.from_on is None for one in found)
    return {
        "fates": {fate: fates[fate] for fate in FATES},
        "faults": dict(faults.most_common()),
        "day_forms": dict(forms.most_common()),
        "without": {"from_on": undated},
    }
