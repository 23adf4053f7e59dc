"""The private questions of costs and terms as people and programs take them, and what the officer decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.work import Missing
from rahdari.web.steps import Step

from .. import actions
from ..models import CostAnswer
from ..queries.questions import answer_facts, answer_for, open_answer
from ..queries.seen import costs_shown
from .question_shapes import AnswerAgain, ContestCosts, ExamineAnswer, as_said
from .steps import COSTS, _page, _papers


def take_contest_costs(**given: Any) -> CostAnswer:
    """Says what is wrong with the costs."""
    return actions.contest_costs(**as_said(given))


def take_answer_again(**given: Any) -> CostAnswer:
    """Answers what is asked after the arrival."""
    return actions.answer_again(**as_said(given))


def _contesting(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "contest_costs")
    lead = gettext("Only the complaint office reads this. Whoever recruits and the employer see no more than now.")
    return _page(actor, papers, lead=lead, costs=costs_shown(papers), leave_out=("differing",))


def _answering(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    papers = _papers(actor, case_id, "answer_again")
    asked = open_answer(papers.case)
    if asked is None:
        raise Missing(f"CostAnswer of {case_id}")
    lead = gettext(
        "These are the costs you confirmed. Is it true? Only the complaint office reads your answer; your employer and whoever "
        "recruited you are never told. Leave everything empty when all is as agreed."
    )
    return _page(actor, papers, lead=lead, costs=costs_shown(papers), initial={"seen": asked.version})


def _examining(actor: Actor, answer_id: UUID) -> Mapping[str, Any]:
    answer = answer_for(actor, answer_id)
    here = {"url": reverse("contracts.see_answers"), "label": gettext("Private answers")}
    lead = gettext("The worker is not named here. A notice to the other state names the firms and never the worker.")
    facts = answer_facts(answer)
    return {
        "crumbs": [here],
        "lead": lead,
        "about": gettext("The private answer"),
        "facts": facts,
        "initial": {"seen": answer.version},
    }


CONTEST_COSTS = Step(
    "contracts", "contest_costs", ContestCosts, take_contest_costs, _contesting,
    _("Thank you. The complaint office looks at it. You need not confirm anything."), "contracts.see_terms", template=COSTS,
)  # fmt: skip
ANSWER_AGAIN = Step(
    "contracts", "answer_again", AnswerAgain, take_answer_again, _answering,
    _("Thank you. Nobody but the complaint office can read this."), "placements.see_line", template=COSTS,
)  # fmt: skip
EXAMINE_ANSWER = Step(
    "contracts", "examine_answer", ExamineAnswer, actions.examine_answer, _examining,
    _("Decided and kept."), "contracts.see_answer",
)  # fmt: skip
