"""Departures for programs: how far a case is, its windows, and every step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from rahdari.base.editions import current_book
from rahdari.web.api import operation
from rahdari.web.steps import step_operation

from .access import PERMITS
from .forms import steps
from .queries.cases import journey_of

router = Router(tags=["departures"])


class WindowTold(Schema):
    """A window by its code in `windows`; `until` is the first day outside."""

    code: str
    begins: str
    until: str


class PaperTold(Schema):
    """A paper open to the reader; `until` is the first day on which it no longer holds."""

    kind: str
    number: str | None
    dated_on: str
    until: str | None
    source: str


class DepartureTold(Schema):
    """How far a departure is."""

    case: str
    state: str
    version: int | None
    papers: list[PaperTold]
    windows: list[WindowTold]
    clearance_no: str | None
    flight: str | None


@operation(
    router, "GET", "/cases/{case_id}/departure", PERMITS["see_departure"], answers=DepartureTold, problems=(403, 404),
    url_name="departures.see_departure",
)  # fmt: skip
def see_departure(request: HttpRequest, case_id: UUID) -> Any:
    """How far a departure is, with the papers open to the reader."""
    journey = journey_of(request.actor, case_id, current_book())
    papers = [
        {
            "kind": one.kind,
            "number": one.number,
            "dated_on": one.dated_on.isoformat(),
            "until": one.until.isoformat() if one.until else None,
            "source": one.source,
        }
        for one in journey.papers
    ]
    windows = [{"code": one.code, "begins": one.begins.isoformat(), "until": one.until.isoformat()} for one in journey.windows]
    return {
        "case": str(case_id),
        "state": journey.state,
        "version": journey.departure.version if journey.departure else None,
        "papers": papers,
        "windows": windows,
        "clearance_no": (journey.registration.clearance_no or None) if journey.registration else None,
        "flight": journey.passenger.manifest.flight if journey.passenger else None,
    }


step_operation(router, steps.FILE_COE, "/cases/{case_id}/certificate", PERMITS["file_coe"])
step_operation(router, steps.DECIDE_COE, "/cases/{case_id}/certificate/decision", PERMITS["decide_coe"])
step_operation(router, steps.RECORD_VISA_FILED, "/cases/{case_id}/visa", PERMITS["record_visa_filed"])
step_operation(router, steps.DECIDE_VISA, "/cases/{case_id}/visa/decision", PERMITS["decide_visa"])
step_operation(router, steps.APPLY_REGISTRATION, "/cases/{case_id}/registration", PERMITS["apply_registration"])
step_operation(router, steps.ISSUE_CLEARANCE, "/cases/{case_id}/clearance", PERMITS["issue_clearance"])
step_operation(router, steps.BUILD_MANIFEST, "/cases/{case_id}/flight", PERMITS["build_manifest"])
step_operation(router, steps.RECORD_DEPARTURE, "/cases/{case_id}/departed", PERMITS["record_departure"])
step_operation(router, steps.CONFIRM_ARRIVAL, "/cases/{case_id}/arrived", PERMITS["confirm_arrival"])
