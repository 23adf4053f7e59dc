"""Pages of the register of agreements: what anyone reads and takes along, then the desk of those who keep it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import day_at, now
from rahdari.web.downloads import csv_answer, document

from ..access import PERMITS
from ..queries.agreements import (
    AgreementLine,
    agreement_file,
    agreement_here,
    agreement_seen,
    lines_of,
    register_of_agreements,
)
from ..queries.figures import MonthSeen, months_of
from ..rules.agreements import STANDINGS
from ..rules.figures import MEMBERS

ROWS = 50
ENDS = tuple(f"{name}_{end}" for name in MEMBERS for end in ("at_least", "at_most"))
COLUMNS = (
    "number", "country", "partners", "kinds_of_partners", "subject", "signed_on", "in_force_from", "last_day", "standing",
    "figures_are", *ENDS,
)  # fmt: skip
MONTH_COLUMNS = ("number", "country", "month", *ENDS, "figures_are", "source", "recorded_on")


def _today(request: HttpRequest) -> dt.date:
    return day_at(now(), request.actor.node)


def _list(request: HttpRequest) -> dict[str, Any]:
    asked = {name: request.GET.get(name, "") for name in ("country", "standing")}
    day = _today(request)
    register = register_of_agreements(request.actor, day, **asked)
    page = Paginator(register.rows, ROWS).get_page(request.GET.get("page"))
    page.object_list = lines_of(request.actor, list(page.object_list), day)
    return asked | {"register": register, "page": page, "standings": STANDINGS, "day": day, "members": MEMBERS}


def see_agreements(request: HttpRequest) -> HttpResponse:
    """The agreements of the ministry with their figures, for anyone."""
    return render(request, "organisations/agreements.html", _list(request))


def see_agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """One agreement with its figures by month, for anyone."""
    seen = agreement_seen(request.actor, agreement_id, _today(request))
    return render(request, "organisations/agreement.html", {"seen": seen, "row": seen.line.row, "members": MEMBERS})


def take_agreements(request: HttpRequest) -> HttpResponse:
    """The agreements with their sums as CSV."""
    asked = {name: request.GET.get(name, "") for name in ("country", "standing")}
    day = _today(request)
    register = register_of_agreements(request.actor, day, **asked)
    return csv_answer("agreements", COLUMNS, map(_line, lines_of(request.actor, register.rows, day)))


def take_figures(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """The figures of one agreement by month as CSV."""
    row = agreement_here(agreement_id)
    months, _ = months_of(request.actor, row)
    return csv_answer(f"figures-{row.pk}", MONTH_COLUMNS, ((row.number, row.country, *_month(one)) for one in months))


def _line(one: AgreementLine) -> Iterable[object]:
    row = one.row
    names = " | ".join(" / ".join(partner.names) for partner in one.partners)
    yield from (row.number, row.country, names, "|".join(partner.kind for partner in one.partners), row.subject, row.signed_on)
    yield from (row.from_on, one.last_day, one.standing, "counted" if one.counted else "typed", *_ends(one.sums))


def _ends(figures: Mapping[str, Any]) -> Iterable[int]:
    for name in MEMBERS:
        yield from (figures[name].low, figures[name].high)


def _month(one: MonthSeen) -> Iterable[object]:
    yield from (f"{one.first:%Y-%m}", *_ends(one.figures), "counted" if one.counted else "typed", one.source, one.entered_on)


def see_agreement_files(request: HttpRequest) -> HttpResponse:
    """The agreements at the desk of those who keep them."""
    new = [] if PERMITS["record_agreement"].why_not(request.actor) else ["organisations.record_agreement"]
    return render(request, "organisations/agreement_files.html", _list(request) | {"new": new})


def see_agreement_file(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """One agreement with its history, the months that are missing, and what the reader may do."""
    seen = agreement_file(request.actor, agreement_id, _today(request))
    return render(request, "organisations/agreement_file.html", {"seen": seen, "row": seen.line.row, "members": MEMBERS})


def see_agreement_text(request: HttpRequest, agreement_id: UUID, sha256: str) -> Any:
    """The text of an agreement, as an attachment; `Missing` where it is none of this agreement's or not here."""
    return document(agreement_here(agreement_id).papers, sha256)
