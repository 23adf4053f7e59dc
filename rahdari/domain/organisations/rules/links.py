"""What several organisations share, as a net of two steps, and where each knot of it is drawn. Pure.

A net runs from one organisation over what it shares (a phone, an address, an account, a person, a principal) to others, and
from those once more. It says who hangs together, not who did wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

THINGS = ("person", "account", "phone", "address", "principal")
COLUMNS, COLUMN, ROW, HALF_WIDE, HALF_HIGH = 5, 210, 56, 94, 20  # in units of the drawing
LONGEST_LABEL = 24


@dataclass(frozen=True, slots=True)
class Thing:
    """Something an organisation has that another one may have too; `key` is the same for both."""

    kind: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Knot:
    """An organisation or a shared thing, in the column it is first reached in: organisations in 0, 2 and 4."""

    key: str
    kind: str
    label: str
    column: int


@dataclass(frozen=True, slots=True)
class Net:
    """Knots by column, and which organisation holds which thing."""

    knots: tuple[Knot, ...] = ()
    threads: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A knot with its middle in the drawing."""

    knot: Knot
    x: int
    y: int

    @property
    def short(self) -> str:
        """The label as it fits."""
        text = self.knot.label
        return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A net as it is drawn: placed knots, lines between middles, and its size."""

    width: int
    height: int
    placed: tuple[Placed, ...]
    lines: tuple[tuple[int, int, int, int], ...]


def net_from(start: str, names: Mapping[str, str], things: Mapping[str, Iterable[Thing]]) -> Net:
    """The net from one organisation over at most two shared things; what only one organisation has is left out."""
    holders: dict[str, set[str]] = {}
    told: dict[str, Thing] = {}
    for organisation, held in things.items():
        for one in held:
            holders.setdefault(one.key, set()).add(organisation)
            told.setdefault(one.key, one)
    knots = {start: Knot(start, "organisation", names[start], 0)}
    for column in (0, 2):
        reached = [one.key for one in knots.values() if one.column == column]
        shared = [key for key, held in holders.items() if len(held) > 1 and key not in knots and held & set(reached)]
        for key in sorted(shared, key=lambda key: (THINGS.index(told[key].kind), key)):
            knots[key] = Knot(key, told[key].kind, told[key].label, column + 1)
        for organisation in sorted({one for key in shared for one in holders[key]} - knots.keys()):
            knots[organisation] = Knot(organisation, "organisation", names[organisation], column + 2)
    threads = [(holder, key) for key, held in holders.items() if key in knots for holder in sorted(held) if holder in knots]
    return Net(tuple(knots.values()), tuple(threads))


def drawn(net: Net, *, from_right: bool = False) -> Drawing:
    """Where each knot stands, the first one at the side a line of text begins at."""
    columns: list[list[Knot]] = [[one for one in net.knots if one.column == column] for column in range(COLUMNS)]
    columns = columns[: 1 + max((one.column for one in net.knots), default=0)]
    width, most = COLUMN * len(columns), max(len(one) for one in columns)
    placed: dict[str, Placed] = {}
    for number, column in enumerate(columns):
        x = COLUMN * number + COLUMN // 2
        for place, knot in enumerate(column):
            y = ROW * (2 * place + 1 + most - len(column)) // 2
            placed[knot.key] = Placed(knot, width - x if from_right else x, y)
    ends = [(placed[one], placed[other]) for one, other in net.threads]
    return Drawing(width, ROW * most, tuple(placed.values()), tuple((one.x, one.y, other.x, other.y) for one, other in ends))


def told_in_rows(net: Net) -> list[tuple[Knot, Sequence[Knot]]]:
    """The same as a table: each shared thing with the organisations that have it."""
    knots = {one.key: one for one in net.knots}
    things = [one for one in net.knots if one.kind != "organisation"]
    return [(one, [knots[holder] for holder, key in net.threads if key == one.key]) for one in things]
