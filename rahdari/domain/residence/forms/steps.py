"""The first steps of residence as people and programs take them: shape, action, and what the page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.days import ONE_DAY
from rahdari.base.refusal import Refused
from rahdari.domain.contracts.forms.steps import crumbs_of
from rahdari.domain.departures.queries import case_here
from rahdari.domain.jobs.forms.shapes import with_paper
from rahdari.domain.placements.queries.seen import case_facts
from rahdari.web.steps import Step

from .. import actions
from ..access import PERMITS
from ..models import Employment, StatusChange
from ..queries.cases import change_of
from ..queries.seen import change_facts
from ..rules.changes import FROM_STATUSES, REFUSED_BECAUSE
from .shapes import BeginWork, DecideChange, FileChange, RecordGuidance, RefuseChange


def take_begin_work(**given: Any) -> Employment:
    """Tells the first day of work, or enters it from paper."""
    return actions.begin_work(**with_paper(given))


def take_file_change(**given: Any) -> StatusChange:
    """Tells that a change of status was applied for, or enters it from paper."""
    return actions.file_change(**with_paper(given))


def take_decide_change(*, last_on: dt.date, **given: Any) -> StatusChange:
    """Permits a change of status, or enters the permission from paper; people say the last day of the stay."""
    return actions.decide_change(until=last_on + ONE_DAY, **with_paper(given))


def take_refuse_change(**given: Any) -> StatusChange:
    """Refuses a change of status, or enters its refusal from paper."""
    return actions.refuse_change(**{"codes": []} | with_paper(given))


def _on(use_case: str, own_node: str) -> Callable[..., Mapping[str, Any]]:
    def page(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
        case = case_here(actor, case_id)
        refusals = PERMITS[use_case].why_not(actor, case)
        if refusals:
            raise Refused(refusals)
        change = change_of(case)
        crumbs = [{"url": reverse("departures.see_departure", args=[case.pk]), "label": case.name}]
        return {
            "marked": case,
            "crumbs": crumbs if actor.role == "attache" else crumbs_of(actor, case),
            "about": gettext("The case"),
            "facts": [*case_facts(case), *change_facts(actor, case)],
            "initial": {"seen": change.version} if change is not None and use_case in OF_CHANGE else {},
            "leave_out": ("paper",) if actor.node == own_node else OWN_ONLY.get(use_case, ()),
        }

    return page


SEE = "departures.see_departure"
# What only the own side is asked, and the steps that stand on an application.
OWN_ONLY = {"file_change": ("council_member", "in_exception_group")}
OF_CHANGE = ("decide_change", "refuse_change")
RECORD_GUIDANCE = Step(
    "residence", "record_guidance", RecordGuidance, actions.record_guidance, _on("record_guidance", "jp"),
    _("Recorded. The certificate, or the change of status, can be applied for."), SEE,
)  # fmt: skip
FILE_CHANGE = Step(
    "residence", "file_change", FileChange, take_file_change, _on("file_change", "jp"),
    _("Recorded. The other side is told."), SEE, codes={"from_status": {one: f"status_{one}" for one in FROM_STATUSES}},
)  # fmt: skip
DECIDE_CHANGE = Step(
    "residence", "decide_change", DecideChange, take_decide_change, _on("decide_change", "jp"),
    _("Recorded. Work must begin within a month."), SEE,
)  # fmt: skip
REFUSE_CHANGE = Step(
    "residence", "refuse_change", RefuseChange, take_refuse_change, _on("refuse_change", "jp"),
    _("Recorded. The employer can file again, or take the contract back."), SEE,
    codes={"codes": {one: f"coe_refused_{one}" for one in REFUSED_BECAUSE}},
)  # fmt: skip
BEGIN_WORK = Step(
    "residence", "begin_work", BeginWork, take_begin_work, _on("begin_work", "jp"),
    _("Recorded. The line has reached station 17."), SEE,
)  # fmt: skip
