"""The first steps of residence as people and programs take them: shape, action, and what the page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refused
from rahdari.domain.contracts.forms.steps import crumbs_of
from rahdari.domain.departures.queries import case_here
from rahdari.domain.jobs.forms.shapes import with_paper
from rahdari.domain.placements.queries.seen import case_facts
from rahdari.web.steps import Step

from .. import actions
from ..access import PERMITS
from ..models import Employment
from .shapes import BeginWork, RecordGuidance


def take_begin_work(**given: Any) -> Employment:
    """Tells the first day of work, or enters it from paper."""
    return actions.begin_work(**with_paper(given))


def _on(use_case: str, own_node: str) -> Callable[..., Mapping[str, Any]]:
    def page(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
        case = case_here(actor, case_id)
        refusals = PERMITS[use_case].why_not(actor, case)
        if refusals:
            raise Refused(refusals)
        crumbs = [{"url": reverse("departures.see_departure", args=[case.pk]), "label": case.name}]
        return {
            "marked": case,
            "crumbs": crumbs if actor.role == "attache" else crumbs_of(actor, case),
            "about": gettext("The case"),
            "facts": case_facts(case),
            "leave_out": ("paper",) if actor.node == own_node else (),
        }

    return page


RECORD_GUIDANCE = Step(
    "residence", "record_guidance", RecordGuidance, actions.record_guidance, _on("record_guidance", "jp"),
    _("Recorded. The certificate can be applied for."), "departures.see_departure",
)  # fmt: skip
BEGIN_WORK = Step(
    "residence", "begin_work", BeginWork, take_begin_work, _on("begin_work", "jp"),
    _("Recorded. The line has reached station 17."), "departures.see_departure",
)  # fmt: skip
