"""The figures as JSON: what the page shows, with what is not told as null."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.domain.organisations.rules.figures import FEWEST_TOLD
from rahdari.web.api import operation

from .access import PERMITS
from .queries import line_figures

router = Router(tags=["dashboards"])


class StationFiguresTold(Schema):
    """One station: `counts` says whether demands or cases are counted; null is a number that is not told.

    `passed` in the time, `from_paper` of those on a paper alone, `waiting` now, `ended` in the time, `median_days` since the
    station before.
    """

    station: int
    side: str
    counts: str
    passed: int | None
    from_paper: int | None
    waiting: int | None
    ended: int | None
    median_days: int | None


class EndedTold(Schema):
    """How many cases ended in one way."""

    how: str
    number: int | None


class ClockFiguresTold(Schema):
    """The median of a clock in days over the cases that ended it in the time, and its aim."""

    code: str
    median_days: int | None
    aim: int


class LineFiguresTold(Schema):
    """The line of all cases of a field (empty: of all fields), both days counted, as this node has it.

    Numbers from 1 to `least` less one are null, and so are others that would give them away.
    """

    node: str
    field: str
    since: str
    until: str
    least: int
    stations: list[StationFiguresTold]
    waiting: int | None
    ended: int | None
    ended_by: list[EndedTold]
    clocks: list[ClockFiguresTold]


@operation(
    router,
    "GET",
    "/figures/line",
    PERMITS["see_line_figures"],
    answers=LineFiguresTold,
    problems=(422,),
    url_name="dashboards.see_line_figures",
)
def see_line_figures(request: HttpRequest, field: str = "") -> Any:
    """The line of all cases in figures; a field that is unknown stands for all."""
    figures = line_figures(request.actor, current_book(), field, day_at(now(), request.actor.node))
    stations = [
        {"station": one.no, "side": one.side, "counts": "demands" if one.of_demands else "cases", "passed": one.passed}
        | {"from_paper": one.paper, "waiting": one.here, "ended": one.ended, "median_days": one.median_days}
        for one in figures.stations
    ]
    return {
        "node": request.actor.node,
        "field": figures.of_field,
        "since": figures.since.isoformat(),
        "until": figures.until.isoformat(),
        "least": FEWEST_TOLD,
        "stations": stations,
        "waiting": figures.here,
        "ended": figures.ended,
        "ended_by": [{"how": one.code, "number": one.number} for one in figures.whys],
        "clocks": [
            {"code": one.row["code"], "median_days": one.median_days, "aim": one.row.number("target_days")}
            for one in figures.clocks
        ],
    }
