"""What is asked when a held case goes on elsewhere, and the steps: the worker's choice, the answer to it, the closing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.base.facts import Facts
from rahdari.base.work import Missing
from rahdari.web.steps import Step

from .. import actions
from ..queries.cases import case_for
from ..queries.rerouting import open_move, promoters_offered
from ..queries.seen import case_facts
from ..rules.rerouting import DECLINE_REASONS, MOVE_ROUTES
from .steps import _at_desk
from .turns import Code

Body = Annotated[str, Field(max_length=80)]


class MoveCase(Facts):
    """Who recruits for the case from now on; without the consent nothing is shown to it, and so nothing is asked of it."""

    route: Code
    promoter: Body = ""
    show_file: bool = False


class AnswerMove(Facts):
    """Whether the case is taken over; a reason where it is not."""

    agrees: bool = False
    reason: Annotated[str, Field(max_length=40)] = ""


class CloseCase(Facts):
    """Nothing is asked: the worker's time to choose is over."""


def _choosing(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    case = case_for(actor, case_id)
    return {
        "layout": "web/worker.html",
        "crumbs": [{"url": reverse("placements.see_line", args=[case.pk]), "label": gettext("Your line")}],
        "lead": gettext(
            "The corporation of the state, or another promoter with a valid licence, may go on with your case. All that was done "
            "in it counts. It costs nothing, and nobody may ask you for money for it."
        ),
        "about": gettext("The case"),
        "facts": case_facts(case),
        "initial": {"seen": case.version},
        "codes": {"promoter": promoters_offered(case, day_at(now(), "pk"))},
    }


def _answering_move(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    case = case_for(actor, case_id)
    move = open_move(case)
    if move is None or move.promoter != actor.body:
        raise Missing(f"CaseMove of {case_id}")
    return {
        "layout": "web/desk.html",
        "crumbs": [{"url": reverse("placements.see_case", args=[case.pk]), "label": case.name}],
        "lead": gettext("The worker chose you after the licence of their recruiter fell. You take over all that was done."),
        "about": gettext("The case"),
        "facts": case_facts(case),
        "initial": {"seen": case.version},
    }


MOVE_CASE = Step(
    "placements", "move_case", MoveCase, actions.move_case, _choosing, _("Asked. You are told when they answer."),
    "placements.see_line", codes={"route": {"oec": "move_to_oec", "oep": "move_to_oep"}},
)  # fmt: skip
ANSWER_MOVE = Step(
    "placements", "answer_move", AnswerMove, actions.answer_move, _answering_move, _("The worker is told."),
    "placements.see_move_answered", codes={"reason": DECLINE_REASONS},
)  # fmt: skip
CLOSE_CASE = Step(
    "placements", "close_case", CloseCase, actions.close_case, _at_desk("close_case"),
    _("Closed. The worker may have it opened again."), "placements.see_case",
)  # fmt: skip
assert set(MOVE_CASE.codes["route"]) == set(MOVE_ROUTES)
