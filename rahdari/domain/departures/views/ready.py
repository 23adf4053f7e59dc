"""The desk of departures: who can go, airport by airport, who cannot yet and why; many put on one flight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import now
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.web.step_forms import StepForm
from rahdari.web.steps import Step, take_step
from rahdari.web.words import say

from ..access import PERMITS
from ..forms.manifests import BUILD_MANIFESTS
from ..queries.ready import AirportSeen, airports_seen, at_airport, near_departure, ready_seen
from ..rules.manifests import MOST_PEOPLE

ROWS = 50
BESIDE = "cases/"


def see_ready(request: HttpRequest) -> HttpResponse:
    """Who can go from an airport, and who cannot yet and why."""
    return _shown(request, _form(request), [], {})


def build_manifests(request: HttpRequest) -> HttpResponse:
    """Puts everybody ticked on one flight; what is refused is said beside the person, or beside the field."""
    BUILD_MANIFESTS.page(request.actor)
    form, chosen = _form(request), request.POST.getlist("cases")
    done, beside = taken_of_many(request, BUILD_MANIFESTS, form, {}, {"cases": chosen})
    return done if isinstance(done, HttpResponse) else _shown(request, form, chosen, beside, status=done)


def taken_of_many(
    request: HttpRequest, step: Step, form: StepForm, place: Mapping[str, Any], people: Mapping[str, Any]
) -> tuple[HttpResponse | int, dict[str, list[str]]]:
    """A step done for many; what is refused of one person stands by the id of the case, the rest is shown by the form."""
    beside: dict[str, list[str]] = {}

    def show(refusals: Sequence[Refusal]) -> None:
        for one in refusals:
            if one.member.startswith(BESIDE):
                beside.setdefault(one.member.removeprefix(BESIDE), []).append(say(one))
            else:
                form.show([one])

    return take_step(request, step, form, place, besides=people, show=show), beside


def _form(request: HttpRequest) -> StepForm:
    typed = request.POST if request.method == "POST" else None
    initial = {"leaves_from": request.GET.get("airport", "")}
    return StepForm(BUILD_MANIFESTS.shape, "departures", typed, initial=initial, leave_out=("cases",))


def _shown(
    request: HttpRequest, form: StepForm, chosen: Sequence[str], beside: Mapping[str, list[str]], *, status: int = 200
) -> HttpResponse:
    at, book = now(), current_book()
    near = near_departure(request.actor, at, book)
    airports = airports_seen(near, at, book)
    here = _airport(airports, request.GET.get("airport"))
    rows = at_airport(near, here.iata, at, book)
    ready = Paginator(rows.filter(is_ready=True).order_by("lands_by", "id"), MOST_PEOPLE).get_page(request.GET.get("page"))
    waiting = Paginator(rows.filter(is_ready=False).order_by("lands_by", "id"), ROWS).get_page(request.GET.get("waiting"))
    if not form.is_bound:
        form.initial["leaves_from"] = here.iata
    context: dict[str, Any] = {
        "airports": airports,
        "here": here,
        "ready": ready,
        "people": [(one, str(one.case_id) in chosen, beside.get(str(one.case_id), [])) for one in ready_seen(ready, at, book)],
        "waiting": waiting,
        "not_yet": ready_seen(waiting, at, book),
        "form": form if not PERMITS["build_manifest"].why_not(request.actor) else None,
    }
    return render(request, "departures/ready.html", context, status=status)


def _airport(airports: Sequence[AirportSeen], asked: str | None) -> AirportSeen:
    """The airport the reader asked for, else the first where somebody is near the departure, else the first of all."""
    named = next((one for one in airports if one.iata == asked), None)
    busy = next((one for one in airports if one.ready), None) or next((one for one in airports if one.waiting), None)
    return named or busy or airports[0]
