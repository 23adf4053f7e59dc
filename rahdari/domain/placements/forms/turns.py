"""The turns a case may take between application and decision, as people and programs take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.facts import Facts, Moment
from rahdari.web.steps import Step

from .. import actions
from ..queries.cases import case_for
from ..queries.seen import case_facts, interview_facts
from ..rules.moves import PARTIES, RETURN_REASONS
from .steps import _at_desk

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Why = Annotated[str, Field(max_length=400)]


class WithdrawApplication(Facts):
    """An application taken back; nobody is asked why."""


class ReturnNomination(Facts):
    """A candidate returned without an interview, and why; an unlawful reason is refused by its name."""

    reason: Code


class RecordNoShow(Facts):
    """An interview that was not held, and whose fault it was."""

    party: Literal["candidate_absent", "employer_absent", "link_failed"]


class ExplainNoShow(Facts):
    """Why the worker did not come, in their own words, and when they can."""

    text: Annotated[str, Field(max_length=1_000)]
    other_times: Annotated[list[Moment], Field(max_length=5)] = []


class AskMove(Facts):
    """Why a time must be moved once more."""

    reason: Why


class DecideMove(Facts):
    """Whether it may."""

    allow: bool = False


def _at_line(lead: Any) -> Any:
    def page(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
        case = case_for(actor, case_id)
        return {
            "layout": "web/worker.html",
            "crumbs": [{"url": reverse("placements.see_line", args=[case.pk]), "label": gettext("Your line")}],
            "about": gettext("The case"),
            "facts": [*case_facts(case), *interview_facts(case)],
            "initial": {"seen": case.version},
            "lead": lead,
        }

    return page


def _explaining(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    page = dict(_at_line(_("What you write is not told to the employer. You have one new time by right."))(actor, case_id))
    page.pop("initial")
    return page


WITHDRAW_APPLICATION = Step(
    "placements", "withdraw_application", WithdrawApplication, actions.withdraw_application,
    _at_line(_("This costs nothing, and nobody may ask you why.")), _("You took your application back."), "placements.see_line",
)  # fmt: skip
EXPLAIN_NO_SHOW = Step(
    "placements", "explain_no_show", ExplainNoShow, actions.explain_no_show, _explaining,
    _("Thank you. The employer owes you one new time."), "placements.see_line",
)  # fmt: skip
RETURN_NOMINATION = Step(
    "placements", "return_nomination", ReturnNomination, actions.return_nomination, _at_desk("return_nomination"),
    _("Returned. The worker is told the reason."), "placements.see_case", codes={"reason": RETURN_REASONS},
)  # fmt: skip
RECORD_NO_SHOW = Step(
    "placements", "record_no_show", RecordNoShow, actions.record_no_show, _at_desk("record_no_show", interview_facts),
    _("Recorded. The worker is heard first."), "placements.see_case", codes={"party": PARTIES},
)  # fmt: skip
ASK_MOVE = Step(
    "placements", "ask_move", AskMove, actions.ask_move, _at_desk("ask_move", interview_facts),
    _("Your contact point is asked."), "placements.see_case",
)  # fmt: skip
DECIDE_MOVE = Step(
    "placements", "decide_move", DecideMove, actions.decide_move, _at_desk("decide_move", interview_facts),
    _("Decided."), "placements.see_case",
)  # fmt: skip
