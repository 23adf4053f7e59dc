"""The drawing of a field's ceiling and residents over the years: coordinates only, the page puts words to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rahdari.base.reference import Row
from rahdari.web.words import spoken

WIDTH, HEIGHT = 340, 210
START, END, TOP, FLOOR = 44, 318, 22, 180
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid: where it lies and what it stands for."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Point:
    """A number in the drawing: where it lies, and how it is written."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A ceiling as steps, residents as points joined by a line, the forecast as a dashed end; `goal` is its day."""

    width: int
    height: int
    years: tuple[Tick, ...]
    people: tuple[Tick, ...]
    ceiling: str
    steps: tuple[Point, ...]
    points: tuple[Point, ...]
    residents: str
    ahead: str
    goal: Point | None


def _step_of(most: int) -> int:
    """A round distance of grid lines that gives three to five of them."""
    rough = max(most / 4, 1)
    power = 10 ** (len(str(int(rough))) - 1)
    return int(next(step * power for step in STEPS if step * power >= rough))


def ceiling_chart(ceilings: Sequence[Row], counts: Sequence[Row], reached: dt.date | None, on: dt.date) -> Chart | None:
    """The drawing for a field; None where no ceiling is known. `ceilings` in the order of decision, `counts` by day."""
    spans = _spans(ceilings)
    if not spans:
        return None
    first, last = spans[0][0], max(span[1] for span in spans)
    days = max((last - first).days, 1)
    most = max([span[2].number("ceiling") or 0 for span in spans] + [row.number("people") or 0 for row in counts])
    step = _step_of(most)
    top = step * -(-most // step)

    def x(day: dt.date) -> float:
        return round(START + (END - START) * min(max((day - first).days / days, 0), 1), 1)

    def y(people: int) -> float:
        return round(FLOOR - (FLOOR - TOP) * people / top, 1)

    points = tuple(Point(x(row.day("as_of") or on), y(row.number("people") or 0), spoken(row.number("people"))) for row in counts)
    steps = tuple(Point(x(begin), y(row.number("ceiling") or 0), spoken(row.number("ceiling"))) for begin, _, row in spans)
    path = " ".join(
        f"{'M' if place == 0 else 'L'}{x(begin)} {y(row.number('ceiling') or 0)}H{x(end)}"
        for place, (begin, end, row) in enumerate(spans)
    )
    goal = Point(x(reached), steps[-1].y, steps[-1].label) if reached and points and first <= reached <= last else None
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        years=tuple(Tick(x(dt.date(year, 1, 1)), str(year)) for year in range(first.year + 1, last.year + 1, 2)),
        people=tuple(Tick(y(value), spoken(value)) for value in range(0, top + 1, step)),
        ceiling=path,
        steps=steps,
        points=points,
        residents=" ".join(f"{point.x},{point.y}" for point in points),
        ahead=f"M{points[-1].x} {points[-1].y}L{goal.x} {goal.y}" if goal and points[-1].y > goal.y else "",
        goal=goal,
    )


def _spans(ceilings: Sequence[Row]) -> list[tuple[dt.date, dt.date, Row]]:
    """From when until when each ceiling counted: from its decision or its period on, until the next one."""
    held = []
    for row in ceilings:
        decided, begin, end = row.day("decided_on"), row.day("period_from"), row.day("period_until")
        if decided and begin and end and max(decided, begin) <= end:
            held.append((max(decided, begin), end, row))
    held.sort(key=lambda span: span[0])
    cut = []
    for span, following in zip_longest(held, held[1:]):
        end = span[1] if following is None else min(span[1], following[0])
        cut.append((span[0], end, span[2]))
    return cut
