"""Pages of manifests: the list, one to be printed, the same as a table, and one page to tell how everybody on it fared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rahdari.web.downloads import csv_answer
from rahdari.web.step_forms import StepForm
from rahdari.web.steps import Step, layout_for
from rahdari.web.words import sentence

from ..access import PERMITS
from ..forms.manifests import CONFIRM_ARRIVALS, RECORD_DEPARTURES, crumbs_of
from ..queries.manifests import manifest_for, manifests_seen, manifests_visible_to, marking_on, passengers_seen
from ..rules.setbacks import LAST_KNOWN, MISSED_BECAUSE
from .ready import taken_of_many

ROWS = 30
Choices = Sequence[tuple[str, str]]
Sorted = Callable[[Mapping[UUID, str]], dict[str, Any]]
# Who can still be told of, by the use case that tells it.
AWAITED = {"record_departures": ("flight_booked",), "confirm_arrivals": ("departed", "not_arrived")}


def see_manifests(request: HttpRequest) -> HttpResponse:
    """The manifests with people the actor sees, the latest flight first."""
    page = Paginator(manifests_visible_to(request.actor), ROWS).get_page(request.GET.get("page"))
    rows = manifests_seen(request.actor, list(page))
    ready = not PERMITS["see_ready"].why_not(request.actor)
    return render(request, "departures/manifests.html", {"page": page, "rows": rows, "ready": ready})


def see_manifest(request: HttpRequest, manifest_id: UUID) -> HttpResponse:
    """One manifest with the people on it whom the actor sees, and how each fared."""
    manifest = manifest_for(request.actor, manifest_id)
    people = passengers_seen(request.actor, manifest)
    states = {one.state for one in people}
    steps = [name for name, awaited in AWAITED.items() if states & set(awaited) and not PERMITS[name].why_not(request.actor)]
    context = {
        "flight": manifests_seen(request.actor, [manifest])[0],
        "people": people,
        "next": [f"departures.{one}" for one in steps],
        "crumbs": crumbs_of(request.actor),
        "marked": marking_on(request.actor, manifest),
    }
    return render(request, "departures/manifest.html", context | {"layout": layout_for(request, context)})


def see_manifest_table(request: HttpRequest, manifest_id: UUID) -> HttpResponse:
    """A manifest as CSV: one person a line."""
    manifest = manifest_for(request.actor, manifest_id)
    head = (_("Name"), _("Case"), _("Employer"), _("Clearance"), _("Flight"), _("Lands at (IATA)"), _("Status"))
    rows = [
        (one.name, one.number, one.employer, one.clearance_no, manifest.flight, manifest.airport, one.said)
        for one in passengers_seen(request.actor, manifest)
    ]
    return csv_answer(f"manifest-{manifest.flight}-{manifest.eta:%Y-%m-%d}", head, rows)


def record_departures(request: HttpRequest, manifest_id: UUID) -> HttpResponse:
    """Who of a manifest left and who did not, on one page."""
    missed = [(one, sentence(f"missed_{one}", {}, ("CODES",))) for one in MISSED_BECAUSE]
    return _told(
        request, manifest_id, RECORD_DEPARTURES, [("departed", sentence("departed", {}, ("STATES",))), *missed], _departed
    )


def _departed(told: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "departed": [str(case) for case, fared in told.items() if fared == "departed"],
        "missed": [{"case": str(case), "code": fared} for case, fared in told.items() if fared != "departed"],
    }


def confirm_arrivals(request: HttpRequest, manifest_id: UUID) -> HttpResponse:
    """Who of a manifest arrived and who did not, on one page."""
    choices = [("met", _("arrived, met at the airport")), ("arrived", _("arrived, not met"))]
    if not PERMITS["report_no_arrival"].why_not(request.actor):
        choices += [
            (one, _("not arrived: %(what)s") % {"what": sentence(f"last_known_{one}", {}, ("CODES",))}) for one in LAST_KNOWN
        ]
    return _told(request, manifest_id, CONFIRM_ARRIVALS, choices, _arrived)


def _arrived(told: Mapping[UUID, str]) -> dict[str, Any]:
    there = {"met": True, "arrived": False}
    return {
        "arrived": [{"case": str(case), "picked_up": there[fared]} for case, fared in told.items() if fared in there],
        "not_arrived": [{"case": str(case), "last_known": fared} for case, fared in told.items() if fared not in there],
    }


def _told(request: HttpRequest, manifest_id: UUID, step: Step, choices: Choices, sort: Sorted) -> HttpResponse:
    """One line a person, all as expected until said otherwise; who is left open is told of later."""
    context = dict(step.page(request.actor, manifest_id=manifest_id))
    posted = request.method == "POST"
    form = StepForm(step.shape, "departures", request.POST if posted else None, leave_out=_lists_of(step))
    people = [one for one in passengers_seen(request.actor, context["manifest"]) if one.state in AWAITED[step.name]]
    fared = {one.case_id: request.POST.get(f"fared.{one.case_id}", "") if posted else choices[0][0] for one in people}
    status, beside = 200, dict[str, list[str]]()
    if posted:
        known = {case: said for case, said in fared.items() if said in dict(choices)}
        done, beside = taken_of_many(request, step, form, {"manifest_id": manifest_id}, sort(known))
        if isinstance(done, HttpResponse):
            return done
        status = done
    lines = [(one, fared[one.case_id], beside.get(str(one.case_id), [])) for one in people]
    frame = {"form": form, "step": f"departures.{step.name}", "lines": lines, "choices": choices}
    return render(
        request, "departures/manifest_told.html", context | frame | {"layout": layout_for(request, context)}, status=status
    )


def _lists_of(step: Step) -> tuple[str, ...]:
    return tuple(name for name in step.shape.model_fields if name != "on")
