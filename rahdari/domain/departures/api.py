"""Departures for programs: how far a case is, its windows, and every step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from rahdari.base.clock import now
from rahdari.base.days import ONE_DAY
from rahdari.base.editions import current_book
from rahdari.web.api import operation
from rahdari.web.steps import step_operation, told_moment

from .access import PERMITS
from .forms import manifests, passes, setbacks, steps
from .models import Manifest
from .queries.cases import journey_of
from .queries.manifests import manifest_for, manifests_visible_to, passengers_seen
from .queries.passes import pass_for
from .queries.ready import near_departure, ready_seen
from .queries.windows import windows_seen

router = Router(tags=["departures"])
NEWEST, FIRST = 100, 500  # rows a list gives


class WindowTold(Schema):
    """A window by its code in `windows`; `until` is the first day outside.

    `days_left` counts to its last day by the calendar of its side; `warned` says that it closes soon and was not used yet.
    """

    code: str
    begins: str
    until: str
    days_left: int
    warned: bool


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
    book = current_book()
    journey = journey_of(request.actor, case_id, book)
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
    windows = [
        {
            "code": one.code,
            "begins": one.begins.isoformat(),
            "until": (one.last + ONE_DAY).isoformat(),
            "days_left": one.left,
            "warned": one.near,
        }
        for one in windows_seen(journey, now(), book)
    ]
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
step_operation(router, manifests.BUILD_MANIFESTS, "/manifests", PERMITS["build_manifest"])
step_operation(router, manifests.RECORD_DEPARTURES, "/manifests/{manifest_id}/departed", PERMITS["record_departures"])
step_operation(router, manifests.CONFIRM_ARRIVALS, "/manifests/{manifest_id}/arrived", PERMITS["confirm_arrivals"])
step_operation(router, steps.RECORD_DEPARTURE, "/cases/{case_id}/departed", PERMITS["record_departure"])
step_operation(router, steps.CONFIRM_ARRIVAL, "/cases/{case_id}/arrived", PERMITS["confirm_arrival"])
step_operation(router, passes.REPLACE_PASS, "/cases/{case_id}/pass/replacement", PERMITS["replace_pass"])
step_operation(router, passes.REFUSE_CLEARANCE, "/cases/{case_id}/clearance/refusal", PERMITS["refuse_clearance"])
step_operation(router, passes.PROPOSE_REVOCATION, "/cases/{case_id}/clearance/revocation", PERMITS["propose_revocation"])
step_operation(router, passes.REVOKE_CLEARANCE, "/cases/{case_id}/clearance/revoked", PERMITS["revoke_clearance"])
step_operation(router, passes.DROP_REVOCATION, "/cases/{case_id}/clearance/dropped", PERMITS["drop_revocation"])
step_operation(router, passes.APPEAL_CLEARANCE, "/cases/{case_id}/clearance/appeal", PERMITS["appeal_clearance"])
step_operation(
    router, passes.DECIDE_CLEARANCE_APPEAL, "/cases/{case_id}/clearance/appeal/decision", PERMITS["decide_clearance_appeal"]
)
step_operation(router, passes.DRAW_SLIPS, "/slips", PERMITS["draw_slips"])
step_operation(router, passes.VOID_SLIPS, "/slips/{book_id}/void", PERMITS["void_slips"])
step_operation(router, passes.RECONCILE_SLIPS, "/slips/{book_id}/counterfoils", PERMITS["reconcile_slips"])


class PassTold(Schema):
    """The pass in force: the signed paper, the address in its code, and its days; `until` is the first day without it."""

    serial: str
    paper: str
    address: str
    begins_on: str
    until: str


@operation(
    router, "GET", "/cases/{case_id}/pass", PERMITS["see_pass"], answers=PassTold, problems=(403, 404),
    url_name="departures.see_pass",
)  # fmt: skip
def see_pass(request: HttpRequest, case_id: UUID) -> Any:
    """The clearance pass of a case, for the worker and the Protector."""
    found = pass_for(request.actor, case_id)
    days = {"begins_on": found.row.begins_on.isoformat(), "until": found.row.until.isoformat()}
    return {"serial": found.serial, "paper": found.token, "address": found.address} | days


step_operation(router, setbacks.RECORD_FLIGHT_MISSED, "/cases/{case_id}/flight/missed", PERMITS["record_flight_missed"])
step_operation(router, setbacks.REPORT_NO_ARRIVAL, "/cases/{case_id}/not-arrived", PERMITS["report_no_arrival"])
step_operation(router, setbacks.REFUSE_COE, "/cases/{case_id}/certificate/refusal", PERMITS["refuse_coe"])
step_operation(router, setbacks.ASK_FOR_PAPERS, "/cases/{case_id}/certificate/papers", PERMITS["ask_for_papers"])
step_operation(router, setbacks.REFUSE_VISA, "/cases/{case_id}/visa/refusal", PERMITS["refuse_visa"])


class ReadyTold(Schema):
    """Somebody between certificate and flight: whether they can be booked, by which day they must have landed, and why not.

    `airport` is that of the office of the Protector; null where the tables name none.
    """

    case: str
    name: str
    airport: str | None
    ready: bool
    state: str
    lands_by: str | None
    why: list[str]


@operation(
    router, "GET", "/departures/ready", PERMITS["see_ready"], answers=list[ReadyTold], problems=(403,),
    url_name="departures.see_ready",
)  # fmt: skip
def see_ready(request: HttpRequest) -> Any:
    """Who can be put on a flight, and who cannot yet and why: the five hundred who must land first."""
    at, book = now(), current_book()
    rows = list(near_departure(request.actor, at, book).order_by("-is_ready", "lands_by", "id")[:FIRST])
    return [
        {
            "case": str(one.case_id),
            "name": one.name,
            "airport": one.airport or None,
            "ready": one.ready,
            "state": one.state,
            "lands_by": one.lands_by.isoformat() if one.lands_by else None,
            "why": [why.code for why in one.why],
        }
        for one in ready_seen(rows, at, book)
    ]


class ManifestTold(Schema):
    """A flight; `leaves_at` only on the node of the side it leaves from."""

    id: str
    flight: str
    leaves_from: str | None
    airport: str
    leaves_at: str | None
    eta: str


class PassengerTold(Schema):
    """Somebody on a manifest: how far they are on this flight, since when, and why they missed it."""

    case: str
    name: str
    state: str
    on: str | None
    reason: str | None
    picked_up: bool | None
    clearance_no: str | None


class ManifestWithPeople(ManifestTold):
    """A flight with the people on it who are open to the reader."""

    people: list[PassengerTold]


def _flight(row: Manifest) -> dict[str, Any]:
    from_here = bool(row.leaves_from)
    return {
        "id": str(row.pk),
        "flight": row.flight,
        "leaves_from": row.leaves_from or None,
        "airport": row.airport,
        "leaves_at": told_moment(row.leaves_at) if from_here else None,
        "eta": told_moment(row.eta),
    }


@operation(
    router, "GET", "/manifests", PERMITS["see_manifests"], answers=list[ManifestTold], problems=(403,),
    url_name="departures.see_manifests",
)  # fmt: skip
def see_manifests(request: HttpRequest) -> Any:
    """The newest hundred manifests with somebody on them who is open to the reader."""
    return [_flight(row) for row in manifests_visible_to(request.actor)[:NEWEST]]


@operation(
    router, "GET", "/manifests/{manifest_id}", PERMITS["see_manifest"], answers=ManifestWithPeople, problems=(403, 404),
    url_name="departures.see_manifest",
)  # fmt: skip
def see_manifest(request: HttpRequest, manifest_id: UUID) -> Any:
    """A manifest with the people on it who are open to the reader, and how each fared."""
    manifest = manifest_for(request.actor, manifest_id)
    people = [
        {
            "case": str(one.case_id),
            "name": one.name,
            "state": one.state,
            "on": one.on.isoformat() if one.on else None,
            "reason": one.because or None,
            "picked_up": one.picked_up,
            "clearance_no": one.clearance_no or None,
        }
        for one in passengers_seen(request.actor, manifest)
    ]
    return _flight(manifest) | {"people": people}
