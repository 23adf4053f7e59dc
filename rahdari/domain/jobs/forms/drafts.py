"""Drafts as people and programs take them: the form of a demand begun with a draft, and a table of many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.facts import Facts, WrongFacts, read_facts
from rahdari.base.refusal import Refused
from rahdari.web.step_forms import ScanFacts, StepForm
from rahdari.web.steps import Step

from .. import actions
from ..access import PERMITS
from ..models import Demand, DemandDraft
from ..queries.demands import demand_for
from ..queries.drafts import draft_for
from ..rules.drafts import TITLES
from .shapes import FileDemand, as_filed, scan_of
from .steps import _crumbs, _filing

DRAFTS = "jobs.see_drafts"


class TakeDrafts(Facts):
    """A table of demands, CSV or XLSX, one a line."""

    file: ScanFacts


class CopyDemand(Facts):
    """Nothing is asked to copy a demand."""


def take_file_draft(**given: Any) -> Demand:
    """Files a demand from a draft."""
    return actions.file_draft(**as_filed(given))


def take_table(*, file: ScanFacts, **by: Any) -> DemandDraft:
    """Takes a table of demands as drafts."""
    scan = scan_of(file)
    assert scan is not None  # the shape asks for it
    return actions.take_drafts(file=scan, **by)[0]


def left_out(actor: Actor) -> tuple[str, ...]:
    """What the form of a demand does not ask this actor."""
    return tuple(_filing(actor)["leave_out"])


def missing_in(draft: DemandDraft, actor: Actor) -> int:
    """How many members of a draft are missing or wrong, without its papers, which are chosen when it is filed."""
    form = StepForm(FileDemand, "jobs", draft.content, leave_out=(*left_out(actor), "letter", "attorney", "power"))
    faults = set(form.errors)
    if not faults:
        try:
            read_facts(FileDemand, form.given(), current_book())
        except WrongFacts as wrong:
            faults = {one.path for one in wrong.faults}
    return len(faults)


def _on_draft(actor: Actor, draft_id: UUID) -> Mapping[str, Any]:
    draft = draft_for(actor, draft_id)
    page = dict(_filing(actor))
    here = [*page["crumbs"], {"url": reverse(DRAFTS), "label": gettext("Drafts")}]
    save = reverse("jobs.save_draft_again", args=[draft.pk])
    return page | {"crumbs": here, "initial": draft.content | {"seen": draft.version}, "save_url": save}


def _table(actor: Actor) -> Mapping[str, Any]:
    return {
        "layout": "web/desk.html",
        "crumbs": [*_crumbs(), {"url": reverse(DRAFTS), "label": gettext("Drafts")}],
        "lead": gettext("One demand a line, CSV or XLSX. Each becomes a draft: nothing is told before you file it."),
        "about": gettext("Titles that are known"),
        "facts": [],
        "titles": TITLES,
    }


def _copying(actor: Actor, demand_id: UUID) -> Mapping[str, Any]:
    demand = demand_for(actor, demand_id)
    refusals = PERMITS["copy_demand"].why_not(actor, demand)
    if refusals:
        raise Refused(refusals)
    lead = gettext("A draft is made with everything but the days, the papers and the power of attorney.")
    return {"layout": "web/desk.html", "crumbs": _crumbs(demand), "lead": lead}


FILE_DRAFT = Step(
    "jobs", "file_draft", FileDemand, take_file_draft, _on_draft, _("The demand is filed."), "jobs.see_demand", with_result=True
)
TAKE_DRAFTS = Step(
    "jobs", "take_drafts", TakeDrafts, take_table, _table, _("Taken in as drafts. Complete and file them one by one."), DRAFTS,
    template="jobs/take_drafts.html",
)  # fmt: skip
COPY_DEMAND = Step(
    "jobs",
    "copy_demand",
    CopyDemand,
    actions.copy_demand,
    _copying,
    _("Copied into a draft."),
    "jobs.file_draft",
    with_result=True,
)
