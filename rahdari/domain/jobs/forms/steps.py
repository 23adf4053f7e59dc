"""The steps of a demand as people and programs take them: shape, action, and what the page shows beside the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refused
from rahdari.web.steps import Page, Step

from .. import actions
from ..access import PERMITS
from ..models import Demand, Vacancy
from ..queries.demands import demand_for, papers_for, vacancy_for
from ..queries.seen import compared_lines, facts_of, works_offered
from ..queries.twins import pair_for
from .shapes import AttestDemand, CloseVacancy, CompareDemand, FileDemand, PermitDemand, PublishVacancy, as_filed, with_paper


def take_file_demand(**given: Any) -> Demand:
    """Files a demand, or enters one from paper."""
    return actions.file_demand(**as_filed(given))


def take_attest_demand(**given: Any) -> Demand:
    """Attests a demand."""
    return actions.attest_demand(**with_paper(given))


def _crumbs(demand: Demand | None = None) -> list[dict[str, str]]:
    crumbs = [{"url": reverse("jobs.see_demands"), "label": gettext("Demands")}]
    if demand is not None:
        crumbs.append({"url": reverse("jobs.see_demand", args=[demand.pk]), "label": demand.employer_name})
    return crumbs


def _filing(actor: Actor) -> Mapping[str, Any]:
    by_paper = actor.node == "pk"
    left_out: tuple[str, ...] = ("letter",) if by_paper else ("paper", "on")
    if actor.role == "employer":
        left_out += ("asked.employer", "asked.employer_name")
    lead = (
        gettext("Enter the demand as the letter says it. It is shown as entered from paper until the other state confirms it.")
        if by_paper
        else gettext(
            "The other state is told at once: the work to anyone, the papers to the mission, the Protector and the promoter."
        )
    )
    codes = {"asked.field": works_offered()}
    return {"layout": "web/desk.html", "crumbs": _crumbs(), "lead": lead, "leave_out": left_out, "codes": codes}


def _on_demand(permit: str, lead: Any = "", more: Callable[[Demand], Mapping[str, Any]] | None = None) -> Page:
    """The page of a step on a demand; `more` tells facts before those of the demand, and what the form begins with."""

    def page(actor: Actor, demand_id: UUID) -> Mapping[str, Any]:
        demand = demand_for(actor, demand_id)
        refusals = PERMITS[permit].why_not(actor, demand)
        if refusals:
            raise Refused(refusals)
        extra = more(demand) if more else {}
        return {
            "layout": "web/marked.html",
            "crumbs": _crumbs(demand),
            "lead": str(lead),
            "about": gettext("The demand"),
            "facts": [*extra.get("facts", ()), *facts_of(demand, papers_for(actor, demand))],
            "marked": demand,
            "initial": ({"seen": demand.version} if permit != "publish_vacancy" else {}) | extra.get("initial", {}),
        }

    return page


def _comparing(actor: Actor, demand_id: UUID, entered_id: UUID) -> Mapping[str, Any]:
    pair = pair_for(actor, demand_id, entered_id)
    return {
        "layout": "web/marked.html",
        "crumbs": _crumbs(pair.told),
        "lead": gettext(
            "Nothing of either is undone. If they are the same, the step from paper is confirmed, or contested where they differ."
        ),
        "lines": compared_lines(pair.entered, pair.told),
        "marked": pair.told,
        "leave_out": () if pair.word else ("reason",),
    }


def _on_vacancy(permit: str, lead: Any) -> Page:
    """The page of a step on a vacancy."""

    def page(actor: Actor, vacancy_id: UUID) -> Mapping[str, Any]:
        vacancy = vacancy_for(actor, vacancy_id)
        refusals = PERMITS[permit].why_not(actor, vacancy.demand)
        if refusals:
            raise Refused(refusals)
        here = {"url": reverse("jobs.see_vacancy", args=[vacancy.pk]), "label": gettext("Vacancy")}
        return {
            "layout": "web/desk.html",
            "crumbs": [*_crumbs(vacancy.demand), here],
            "lead": str(lead),
            "about": gettext("The demand"),
            "facts": facts_of(vacancy.demand),
            "initial": {"seen": vacancy.version},
        }

    return page


def close_and_return(**given: Any) -> Vacancy:
    """Closes a vacancy."""
    return actions.close_vacancy(**given)


def _to_file(actor: Actor) -> Mapping[str, Any]:
    """The page on which a demand is filed, with a place to keep it for later where the actor may."""
    may = not PERMITS["save_draft"].why_not(actor)
    return {**_filing(actor)} | ({"save_url": reverse("jobs.save_draft")} if may else {})


FILE_DEMAND = Step(
    "jobs", "file_demand", FileDemand, take_file_demand, _to_file, _("The demand is filed."), "jobs.see_demand", with_result=True
)
ATTEST_DEMAND = Step(
    "jobs", "attest_demand", AttestDemand, take_attest_demand, _on_demand("attest_demand"),
    _("Attested. The employer is told today."), "jobs.see_demand",
    codes={"attestor": ("MOFA_JP", "EMB_JP_PK")},
)  # fmt: skip
PERMIT_DEMAND = Step(
    "jobs", "permit_demand", PermitDemand, actions.permit_demand, _on_demand("permit_demand"),
    _("Permitted. The employer is told today."), "jobs.see_demand",
)  # fmt: skip
COMPARE_DEMAND = Step(
    "jobs", "compare_demand", CompareDemand, actions.compare_demand, _comparing, _("This is kept, with your name and the day."),
    "jobs.see_demand", template="jobs/step_compare.html", with_result=True,
)  # fmt: skip
PUBLISH_VACANCY = Step(
    "jobs", "publish_vacancy", PublishVacancy, actions.publish_vacancy, _on_demand("publish_vacancy"),
    _("Published. Anyone can see it now."), "jobs.see_demand",
)  # fmt: skip
CLOSE_VACANCY = Step(
    "jobs", "close_vacancy", CloseVacancy, close_and_return,
    _on_vacancy("close_vacancy", _("Nobody can apply any more. Who applied already goes on.")), _("The vacancy is closed."),
    "jobs.see_vacancy",
)  # fmt: skip
