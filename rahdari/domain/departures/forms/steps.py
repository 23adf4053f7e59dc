"""The steps of a departure as people and programs take them: shape, action, and what the page shows beside the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refused
from rahdari.domain.contracts.forms.steps import crumbs_of
from rahdari.domain.jobs.rules.line import own_side
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries.seen import case_facts
from rahdari.web.steps import Step

from .. import actions
from ..access import PERMITS
from ..models import Departure, Manifest
from ..queries.cases import Journey, journey_of
from ..queries.seen import paper_facts
from ..rules.registration import fees_due
from .shapes import (
    ApplyRegistration,
    BuildManifest,
    ConfirmArrival,
    DecideCoe,
    DecideVisa,
    FileCoe,
    IssueClearance,
    RecordDeparture,
    RecordVisaFiled,
    as_applied,
    with_paper,
)


def take_file_coe(**given: Any) -> Departure:
    """Tells that a certificate of eligibility was applied for, or enters it from paper."""
    return actions.file_coe(**with_paper(given))


def take_decide_coe(**given: Any) -> Departure:
    """Issues a certificate of eligibility, or enters one from paper."""
    return actions.decide_coe(**with_paper(given))


def take_decide_visa(**given: Any) -> Departure:
    """Records a visa, or enters one from its sticker."""
    return actions.decide_visa(**with_paper(given))


def take_apply_registration(**given: Any) -> Departure:
    """Applies for the registration with the Protector."""
    return actions.apply_registration(**as_applied(given))


def take_build_manifest(*, case_id: UUID, **given: Any) -> Manifest:
    """Puts a person who is cleared on a flight."""
    return actions.build_manifest(case_ids=[case_id], **given)


def take_confirm_arrival(**given: Any) -> Departure:
    """Confirms an arrival, or enters it from paper."""
    return actions.confirm_arrival(**with_paper(given))


# The step of the line behind a use case that the other side may enter from paper, and what only the own side is asked.
STEP_OF = {
    "file_coe": "coe_filed",
    "decide_coe": "coe_issued",
    "decide_visa": "visa_issued",
    "confirm_arrival": "arrived",
    "refuse_coe": "coe_refused",
    "ask_for_papers": "coe_more_papers",
    "refuse_visa": "visa_refused",
}
OWN_ONLY = {"file_coe": ("council_member",)}


def _on(use_case: str, more: Callable[[Actor, Journey], Mapping[str, Any]] | None = None) -> Callable[..., Mapping[str, Any]]:
    def page(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
        journey = journey_of(actor, case_id, current_book())
        refusals = PERMITS[use_case].why_not(actor, journey.case)
        if refusals:
            raise Refused(refusals)
        step = STEP_OF.get(use_case, "")
        own = not step or own_side(step, actor.node)
        left_out = ("paper",) if step and own else OWN_ONLY.get(use_case, ()) if step else ()
        told: dict[str, Any] = {
            "marked": journey.case,
            "crumbs": _crumbs(actor, journey.case),
            "about": gettext("The case"),
            "facts": [*case_facts(journey.case), *paper_facts(journey)],
            "initial": {"seen": journey.departure.version} if journey.departure is not None else {},
            "leave_out": left_out,
        }
        if not own:
            told["lead"] = gettext(
                "The other state did not tell this here. Enter it as the paper says; it is shown as from paper."
            )
        return told | dict(more(actor, journey) if more is not None else {})

    return page


def _crumbs(actor: Actor, case: Case) -> list[dict[str, str]]:
    if actor.role == "attache":
        return [{"url": reverse("departures.see_departure", args=[case.pk]), "label": case.name}]
    return crumbs_of(actor, case)


def _fees(actor: Actor, journey: Journey) -> Mapping[str, Any]:
    """One row for each fee of the route, with its amount, so that only receipts are typed."""
    due = fees_due(current_book(), journey.case.route, day_at(now(), actor.node))
    rows = [{"item": item, "amount": amount} for item, amount in due.items()]
    seen = {"seen": journey.departure.version} if journey.departure is not None else {}
    return {"initial": seen | {"receipts": rows, "rows": list(due)}}


def _without_version(actor: Actor, journey: Journey) -> Mapping[str, Any]:
    return {"initial": {}}


SEE = "departures.see_departure"
FILE_COE = Step(
    "departures", "file_coe", FileCoe, take_file_coe, _on("file_coe"), _("Recorded. The other side is told."), SEE
)  # fmt: skip
DECIDE_COE = Step(
    "departures", "decide_coe", DecideCoe, take_decide_coe, _on("decide_coe"),
    _("Recorded with the day on which it ends."), SEE,
)  # fmt: skip
RECORD_VISA_FILED = Step(
    "departures", "record_visa_filed", RecordVisaFiled, actions.record_visa_filed, _on("record_visa_filed"),
    _("Recorded. The mission sees the case."), SEE,
)  # fmt: skip
DECIDE_VISA = Step(
    "departures", "decide_visa", DecideVisa, take_decide_visa, _on("decide_visa"),
    _("Recorded with the day on which it ends."), SEE,
)  # fmt: skip
APPLY_REGISTRATION = Step(
    "departures", "apply_registration", ApplyRegistration, take_apply_registration, _on("apply_registration", _fees),
    _("Applied for. The Protector clears on the same working day."), SEE,
)  # fmt: skip
ISSUE_CLEARANCE = Step(
    "departures", "issue_clearance", IssueClearance, actions.issue_clearance, _on("issue_clearance"),
    _("Cleared. The other side is told the numbers."), SEE,
)  # fmt: skip
BUILD_MANIFEST = Step(
    "departures", "build_manifest", BuildManifest, take_build_manifest, _on("build_manifest", _without_version),
    _("Booked. The other side is told flight and time."), SEE,
)  # fmt: skip
RECORD_DEPARTURE = Step(
    "departures", "record_departure", RecordDeparture, actions.record_departure, _on("record_departure"),
    _("Recorded. The other side waits at the airport."), SEE,
)  # fmt: skip
CONFIRM_ARRIVAL = Step(
    "departures", "confirm_arrival", ConfirmArrival, take_confirm_arrival, _on("confirm_arrival"),
    _("Recorded. The family sees it at once."), SEE,
)  # fmt: skip
