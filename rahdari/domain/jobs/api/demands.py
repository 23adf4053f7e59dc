"""Demands for programs: one vacancy as data, a demand, and every step of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from rahdari.web.api import operation
from rahdari.web.steps import step_operation

from ..access import PERMITS
from ..forms import drafts, steps, stops
from ..models import Vacancy
from ..queries.demands import demand_for, vacancy_for

router = Router(tags=["jobs"])


class VacancyTold(Schema):
    """A published vacancy with the terms of its demand; `costs` are all that anyone pays."""

    id: str
    demand: str
    employer: str
    employer_name: str
    recruiter: str
    field: str
    duty: str
    kind: str
    route: str
    places: int | None
    applicants: int
    prefecture: str
    municipality: str
    terms: dict[str, Any]
    tests: list[str]
    costs: list[dict[str, Any]]
    published_on: str
    closes_on: str
    state: str


class DemandTold(Schema):
    """A demand at a desk; `permitted_until` is the first day without permission."""

    id: str
    home: str
    state: str
    version: int
    source: str
    employer: str
    promoter: str
    field: str
    places: int
    terms_hash: str
    attestation_no: str
    permission_no: str
    permitted_places: int
    permitted_until: str | None
    vacancies: list[str]


def vacancy_told(one: Vacancy) -> dict[str, Any]:
    """A vacancy as programs are told it."""
    demand = one.demand
    named = ("employer", "employer_name", "field", "duty", "kind", "route", "prefecture", "municipality", "terms", "tests")
    return {name: getattr(demand, name) for name in named} | {
        "id": str(one.pk),
        "demand": str(demand.pk),
        "recruiter": one.publisher,
        "places": one.places,
        "applicants": one.applicants,
        "costs": one.costs,
        "published_on": one.published_on.isoformat(),
        "closes_on": one.closes_on.isoformat(),
        "state": one.state,
    }


@operation(
    router, "GET", "/vacancies/{vacancy_id}", PERMITS["see_vacancy"], answers=VacancyTold, problems=(403, 404),
    url_name="jobs.see_vacancy",
)  # fmt: skip
def see_vacancy(request: HttpRequest, vacancy_id: UUID) -> Any:
    """One vacancy."""
    return vacancy_told(vacancy_for(request.actor, vacancy_id))


@operation(
    router, "GET", "/demands/{demand_id}", PERMITS["see_demand"], answers=DemandTold, problems=(403, 404),
    url_name="jobs.see_demand",
)  # fmt: skip
def see_demand(request: HttpRequest, demand_id: UUID) -> Any:
    """One demand and how far it has come."""
    demand = demand_for(request.actor, demand_id)
    named = ("home", "state", "version", "source", "employer", "promoter", "field", "places", "terms_hash", "attestation_no")
    return {name: getattr(demand, name) for name in named} | {
        "id": str(demand.pk),
        "permission_no": demand.permission_no,
        "permitted_places": demand.permitted_places,
        "permitted_until": demand.permitted_until.isoformat() if demand.permitted_until else None,
        "vacancies": [str(pk) for pk in demand.vacancies.order_by("published_on").values_list("pk", flat=True)],
    }


step_operation(router, steps.FILE_DEMAND, "/demands", PERMITS["file_demand"])
step_operation(router, steps.ATTEST_DEMAND, "/demands/{demand_id}/attestation", PERMITS["attest_demand"])
step_operation(router, steps.PERMIT_DEMAND, "/demands/{demand_id}/permission", PERMITS["permit_demand"])
step_operation(router, steps.COMPARE_DEMAND, "/demands/{demand_id}/comparisons/{entered_id}", PERMITS["compare_demand"])
step_operation(router, steps.PUBLISH_VACANCY, "/demands/{demand_id}/vacancies", PERMITS["publish_vacancy"])
step_operation(router, steps.CLOSE_VACANCY, "/vacancies/{vacancy_id}/closing", PERMITS["close_vacancy"])
step_operation(router, drafts.TAKE_DRAFTS, "/demand-drafts", PERMITS["take_drafts"])
step_operation(router, drafts.COPY_DEMAND, "/demands/{demand_id}/copies", PERMITS["copy_demand"])
step_operation(router, stops.TAKE_DOWN_VACANCY, "/vacancies/{vacancy_id}/taking-down", PERMITS["take_down_vacancy"])
for name, step in {
    "refused-attestation": stops.ON_DEMAND["refuse-attestation"],
    "objection": stops.ON_DEMAND["object"],
    "proposed-refusal": stops.ON_DEMAND["propose-refusal"],
    "refusal": stops.ON_DEMAND["refuse"],
    "review": stops.ON_DEMAND["review"],
    "correction": stops.ON_DEMAND["correct"],
    "withdrawal": stops.ON_DEMAND["withdraw"],
    "extension": stops.ON_DEMAND["extend"],
}.items():
    step_operation(router, step, f"/demands/{{demand_id}}/{name}", PERMITS[step.name])
