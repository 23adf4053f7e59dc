"""What is asked of a rule of ranking and of a refusal by it, and their steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.facts import Facts
from rahdari.domain.jobs.queries.seen import facts_of
from rahdari.web.steps import Step

from .. import actions
from ..models import RankingRule
from ..queries.cases import case_for
from ..queries.ranking import place_in, recruited_by, rule_of
from ..rules.ranking import BY_EMPLOYER, CRITERIA, DECLARED, TESTS_ASKED
from .shapes import NominateCandidate
from .steps import _at_desk
from .turns import Code


class Criterion(Facts):
    """One criterion and its weight in a hundred."""

    code: Code
    weight: Annotated[int, Field(ge=1, le=100)]


class DeclareRanking(Facts):
    """The criteria by which candidates are ranked; the weights make a hundred."""

    criteria: Annotated[list[Criterion], Field(max_length=10)] = []
    by_employer: bool = False


class RefuseApplication(Facts):
    """An application refused by a criterion that was declared."""

    criterion: Code


class ReopenApplication(Facts):
    """A refused application taken up again."""


def take_declare_ranking(*, criteria: Iterable[Criterion] = (), **given: Any) -> RankingRule:
    """Declares by which criteria candidates of a vacancy are ranked."""
    return actions.declare_ranking(criteria=[(one.code, one.weight) for one in criteria], **given)


def _declaring(actor: Actor, vacancy_id: UUID) -> Mapping[str, Any]:
    vacancy = recruited_by(actor, vacancy_id)
    rule = rule_of(vacancy)
    lines = [{"code": code, "weight": weight} for code, weight in rule.pairs] if rule is not None else []
    begins: dict[str, Any] = {"criteria": lines, "by_employer": rule.by_employer} if rule is not None else {}
    return {
        "layout": "web/desk.html",
        "crumbs": [{"url": reverse("placements.see_shortlist", args=[vacancy.pk]), "label": gettext("Shortlist")}],
        "lead": gettext("Every worker sees this rule, and their own place by it. The weights make a hundred."),
        "about": gettext("The work"),
        "facts": facts_of(vacancy.demand),
        "initial": begins,
    }


def nominating(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    """The page of a nomination: where criteria were declared, rule and place are those of the shortlist."""
    if actor.role == "worker":
        return _naming_oneself(actor, case_id)
    page = dict(_at_desk("nominate_candidate")(actor, case_id))
    case = case_for(actor, case_id)
    rule = rule_of(case.vacancy)
    if rule is not None:
        place, _among = place_in(case, rule)
        page["initial"] = page["initial"] | {"rule": DECLARED, "rank": place.rank if place is not None else None}
        page["lead"] = gettext("The place is that of the declared criteria.")
    return page


def _naming_oneself(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    """The page of a worker for whom nobody recruits: there is nothing to rank, the employer sees the file they send."""
    case = case_for(actor, case_id)
    return {
        "layout": "web/worker.html",
        "crumbs": [{"url": reverse("placements.see_line", args=[case.pk]), "label": gettext("Your line")}],
        "lead": gettext("The employer sees your name, year of birth, tests, courses and work. Sending costs nothing."),
        "about": gettext("The work"),
        "facts": facts_of(case.demand),
        "initial": {"rule": BY_EMPLOYER, "rank": 1, "seen": case.version},
        "hidden": ("rule", "rank"),
    }


def _refusing(actor: Actor, case_id: UUID) -> Mapping[str, Any]:
    page = dict(_at_desk("refuse_application")(actor, case_id))
    rule = rule_of(case_for(actor, case_id).vacancy)
    page["codes"] = {"criterion": [*(code for code, _ in rule.pairs), TESTS_ASKED] if rule is not None else [TESTS_ASKED]}
    return page


DECLARE_RANKING = Step(
    "placements", "declare_ranking", DeclareRanking, take_declare_ranking, _declaring,
    _("Declared. Every worker sees it."), "placements.see_shortlist", codes={"criteria.code": CRITERIA},
)  # fmt: skip
REFUSE_APPLICATION = Step(
    "placements", "refuse_application", RefuseApplication, actions.refuse_application, _refusing,
    _("Refused. The worker is told by which criterion."), "placements.see_case",
)  # fmt: skip
REOPEN_APPLICATION = Step(
    "placements", "reopen_application", ReopenApplication, actions.reopen_application, _at_desk("reopen_application"),
    _("Taken up again."), "placements.see_case",
)  # fmt: skip
NOMINATE_CANDIDATE = Step(
    "placements", "nominate_candidate", NominateCandidate, actions.nominate_candidate, nominating,
    _("Named to the employer."), "placements.see_named",
)  # fmt: skip
