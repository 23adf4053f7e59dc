"""The steps of a case as people and programs take them: shape, action, and what the page shows beside the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refused
from rahdari.domain.jobs.queries.demands import vacancy_for
from rahdari.domain.jobs.queries.seen import facts_of
from rahdari.domain.jobs.rules.line import is_inside
from rahdari.web.steps import Step
from rahdari.web.words import Fact

from .. import actions
from ..access import PERMITS
from ..models import Decision, Interview
from ..queries.cases import case_for
from ..queries.seen import case_facts, interview_facts
from .shapes import AnswerInterview, FileApplication, RecordDecision, SetInterview, with_paper


def take_set_interview(**given: Any) -> Interview:
    """Sets a time for an interview, or enters one from paper."""
    return actions.set_interview(**with_paper(given))


def take_record_decision(**given: Any) -> Decision:
    """Records that a candidate is on the reserve list or not selected, or enters it from paper."""
    return actions.record_decision(**with_paper(given))


def _applying(actor: Actor, vacancy_id: UUID) -> Mapping[str, Any]:
    vacancy = vacancy_for(actor, vacancy_id)
    return {
        "layout": "web/worker.html",
        "crumbs": [{"url": reverse("jobs.see_vacancy", args=[vacancy.pk]), "label": vacancy.demand.employer_name}],
        "lead": gettext("Applying costs nothing. You may take it back at any time."),
        "about": gettext("The work"),
        "facts": facts_of(vacancy.demand),
        "leave_out": () if is_inside(vacancy.demand.route) else ("in_japan",),
    }


def _at_desk(permit: str, more: Callable[[Any], list[Fact]] = lambda case: []) -> Any:
    def page(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
        case = case_for(actor, case_id)
        refusals = PERMITS[permit].why_not(actor, case)
        if refusals:
            raise Refused(refusals)
        crumbs = [
            {"url": reverse("placements.see_cases"), "label": gettext("Cases")},
            {"url": reverse("placements.see_case", args=[case.pk]), "label": case.name},
        ]
        return {
            "layout": "web/marked.html",
            "marked": case,
            "crumbs": crumbs,
            "about": gettext("The case"),
            "facts": [*case_facts(case), *more(case)],
            "initial": {"seen": case.version},
            "leave_out": ("on", "paper") if actor.node == "jp" else (),
        }

    return page


def _answering(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    case = case_for(actor, case_id)
    return {
        "layout": "web/worker.html",
        "crumbs": [{"url": reverse("placements.see_line", args=[case.pk]), "label": gettext("Your line")}],
        "about": gettext("The interview"),
        "facts": interview_facts(case),
    }


FILE_APPLICATION = Step(
    "placements", "file_application", FileApplication, actions.file_application, _applying,
    _("You applied. Here you see every step."), "placements.see_line", with_result=True,
)  # fmt: skip
SET_INTERVIEW = Step(
    "placements", "set_interview", SetInterview, take_set_interview, _at_desk("set_interview", interview_facts),
    _("The time is set. The worker is asked at once."), "placements.see_case",
)  # fmt: skip
ANSWER_INTERVIEW = Step(
    "placements", "answer_interview", AnswerInterview, actions.answer_interview, _answering,
    _("Thank you. The employer is told."), "placements.see_line",
)  # fmt: skip
RECORD_DECISION = Step(
    "placements", "record_decision", RecordDecision, take_record_decision, _at_desk("record_decision", interview_facts),
    _("Recorded. The worker sees it at once."), "placements.see_case",
)  # fmt: skip
