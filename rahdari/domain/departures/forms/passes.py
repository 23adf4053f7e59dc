"""The steps around a clearance and its pass as people and programs take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refused
from rahdari.domain.jobs.forms.shapes import with_paper
from rahdari.web.steps import Step

from .. import actions
from ..access import PERMITS
from ..models import SlipBook
from ..queries.cases import Journey
from ..queries.pass_seen import book_for, stop_facts
from ..rules.clearances import APPEALS, REFUSED_BECAUSE, REPLACED_BECAUSE, REVOKED_BECAUSE, VOIDED_BECAUSE, SlipUsed
from .pass_shapes import (
    AppealClearance,
    DecideClearanceAppeal,
    DrawSlips,
    DropRevocation,
    ProposeRevocation,
    ReconcileSlips,
    RefuseClearance,
    ReplacePass,
    RevokeClearance,
    VoidSlips,
)
from .steps import SEE, _on

BOOK = "departures.see_slip_book"


def take_reconcile_slips(*, lines: list[Any], **given: Any) -> SlipBook:
    """Takes up the counterfoils of an outage."""
    used = [SlipUsed(one.serial, one.case_number, one.on) for one in lines]
    return actions.reconcile_slips(lines=used, **with_paper(given))


def _worded(kind: str, codes: tuple[str, ...]) -> dict[str, dict[str, str]]:
    return {"code": {one: f"{kind}_{one}" for one in codes}}


def _stopped(actor: Actor, journey: Journey) -> Mapping[str, Any]:
    return {"facts": stop_facts(actor, journey)}


def _desk(actor: Actor) -> Mapping[str, Any]:
    refusals = PERMITS["draw_slips"].why_not(actor)
    if refusals:
        raise Refused(refusals)
    return {
        "crumbs": [{"url": reverse("departures.see_slips"), "label": gettext("Blank slips for an outage")}],
        "lead": gettext("Draw them while there is a network, print them, and keep them locked away like money."),
    }


def _on_book(use_case: str, lead: Any) -> Any:
    def page(actor: Actor, book_id: UUID) -> Mapping[str, Any]:
        book = book_for(actor, book_id)
        refusals = PERMITS[use_case].why_not(actor, book)
        if refusals:
            raise Refused(refusals)
        crumbs = [
            {"url": reverse("departures.see_slips"), "label": gettext("Blank slips for an outage")},
            {"url": reverse(BOOK, args=[book.pk]), "label": book.office},
        ]
        return {"crumbs": crumbs, "lead": lead, "initial": {"seen": book.version}}

    return page


REPLACE_PASS = Step(
    "departures", "replace_pass", ReplacePass, actions.replace_pass, _on("replace_pass"),
    _("The new pass is ready. The old one is on the list of revoked ones."), SEE,
    codes=_worded("replaced", REPLACED_BECAUSE),
)  # fmt: skip
REFUSE_CLEARANCE = Step(
    "departures", "refuse_clearance", RefuseClearance, actions.refuse_clearance, _on("refuse_clearance"),
    _("Refused. The worker is told the ground and may appeal to the Bureau."), SEE, codes=_worded("stopped", REFUSED_BECAUSE),
)  # fmt: skip
PROPOSE_REVOCATION = Step(
    "departures", "propose_revocation", ProposeRevocation, actions.propose_revocation, _on("propose_revocation"),
    _("Proposed. A second officer decides; until then nothing is told."), SEE, codes=_worded("stopped", REVOKED_BECAUSE),
)  # fmt: skip
REVOKE_CLEARANCE = Step(
    "departures", "revoke_clearance", RevokeClearance, actions.revoke_clearance, _on("revoke_clearance", _stopped),
    _("Revoked. The pass is on the public list; the other side is told."), SEE,
)  # fmt: skip
DROP_REVOCATION = Step(
    "departures", "drop_revocation", DropRevocation, actions.drop_revocation, _on("drop_revocation", _stopped),
    _("Taken back. The clearance stands."), SEE,
)  # fmt: skip
APPEAL_CLEARANCE = Step(
    "departures", "appeal_clearance", AppealClearance, actions.appeal_clearance, _on("appeal_clearance", _stopped),
    _("The Bureau has your appeal."), SEE,
)  # fmt: skip
DECIDE_CLEARANCE_APPEAL = Step(
    "departures", "decide_clearance_appeal", DecideClearanceAppeal, actions.decide_clearance_appeal,
    _on("decide_clearance_appeal", _stopped), _("The decision is kept."), SEE,
    codes={"outcome": {one: f"appeal_{one}" for one in APPEALS}},
)  # fmt: skip
DRAW_SLIPS = Step(
    "departures", "draw_slips", DrawSlips, actions.draw_slips, _desk, _("Drawn. Print them now."), BOOK, with_result=True
)  # fmt: skip
VOID_SLIPS = Step(
    "departures", "void_slips", VoidSlips, actions.void_slips,
    _on_book("void_slips", _("They go onto the public list of revoked passes at once. Slips already used are left out.")),
    _("Taken back. They are on the public list."), BOOK, codes=_worded("voided", VOIDED_BECAUSE),
)  # fmt: skip
RECONCILE_SLIPS = Step(
    "departures", "reconcile_slips", ReconcileSlips, take_reconcile_slips,
    _on_book("reconcile_slips", _("Enter each counterfoil as it was written. All lines are taken up, or none.")),
    _("Taken up. Each slip is now a clearance with a pass."), BOOK,
)  # fmt: skip
