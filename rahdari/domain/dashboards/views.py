"""The front page of a node, and the figures anyone may read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.domain.organisations.rules.figures import FEWEST_TOLD
from rahdari.web.downloads import csv_answer

from .queries import band_of, fields_today, legs, line_figures
from .queries.funnel import LineFigures, StationFigures
from .rules.funnel import MEASURES

STATION_COLUMNS = ("station", "name_en", "side", "counts", "passed", "from_paper", "waiting", "ended", "median_days")


def home(request: HttpRequest) -> HttpResponse:
    """What one can do here, the line, and how the fields stand."""
    book = current_book()
    today = day_at(now(), request.actor.node)
    context = {"legs": legs(request.actor, book), "open_fields": fields_today(request.actor, book, today), "today": today}
    return render(request, "dashboards/home.html", context)


def _figures(request: HttpRequest) -> LineFigures:
    today = day_at(now(), request.actor.node)
    return line_figures(request.actor, current_book(), request.GET.get("field", ""), today)


def see_line_figures(request: HttpRequest) -> HttpResponse:
    """The line of all cases in figures, of one field or of all, for anyone."""
    figures = _figures(request)
    rows = [_row(one, figures.stations[n - 1] if n else None) for n, one in enumerate(figures.stations)]
    context = {"figures": figures, "band": band_of(figures), "rows": rows, "measures": MEASURES, "enough": FEWEST_TOLD}
    return render(request, "dashboards/figures.html", context)


def _row(one: StationFigures, before: StationFigures | None) -> dict[str, Any]:
    """A row of the table, headed where demands or cases begin; of demands nothing waits and nothing ends here."""
    heads = {True: _("Demands"), False: _("Cases")}
    of_cases = ("here", "ended")
    return {
        "of": one,
        "begins": heads[one.of_demands] if before is None or before.of_demands != one.of_demands else "",
        "cells": [
            {"code": code, "number": getattr(one, code), "empty": one.of_demands and code in of_cases} for code in MEASURES
        ],
    }


def take_line_figures(request: HttpRequest) -> HttpResponse:
    """The same as a table to take along; an empty cell is a number that is not told."""
    figures = _figures(request)
    stations = [
        (one.no, one.row["name_en"], one.side, "demands" if one.of_demands else "cases", one.passed, one.paper, one.here,
         one.ended, one.median_days)
        for one in figures.stations
    ]  # fmt: skip
    whys = [(f"ended_{one.code}", "", "", "cases", "", "", "", one.number, "") for one in figures.whys]
    return csv_answer(f"line-{figures.of_field or 'all'}-{figures.until}", STATION_COLUMNS, [*stations, *whys])
