"""Station 5 and 7: the rule of ranking is declared before anybody is judged by it; an application is refused by it alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.work import unit_of_work
from rahdari.domain.candidates.queries import still_missing
from rahdari.domain.jobs.models import Vacancy

from ..access import PERMITS
from ..models import Case, RankingRule
from ..queries.cases import case_for
from ..queries.parties import carries
from ..queries.ranking import recruited_by, refusals_of, rule_of
from ..rules.ranking import why_not_declare, why_not_refuse, why_not_reopen
from .steps import record_step
from .waiting import PAKISTAN, _wait_for, _wait_for_nobody


def declare_ranking(
    *, actor: Actor, vacancy_id: UUID, criteria: Sequence[tuple[str, int]], by_employer: bool = False, at: dt.datetime
) -> RankingRule:
    """Whoever recruits declares by which criteria, with which weights, candidates of a vacancy are ranked.

    `by_employer` says that the employer asked for these. Every worker sees the rule before and after they apply. Refuses
    `criterion_unlawful`, `criterion_unknown`, `criterion_twice`, `weights_not_100`, `vacancy_closed`, `rule_in_use` once
    somebody applied under another rule; `Missing` for a vacancy of somebody else. An earlier rule stays, replaced.
    """
    with unit_of_work("placements.declare_ranking", actor=actor, at=at) as unit:
        unit.permit(PERMITS["declare_ranking"])
        recruited_by(actor, vacancy_id)
        vacancy = unit.lock(Vacancy, vacancy_id)
        before = rule_of(vacancy)
        unit.refuse(
            why_not_declare(
                criteria=criteria,
                vacancy_state=vacancy.state,
                closes_on=vacancy.closes_on,
                today=day_at(at, PAKISTAN),
                applied=vacancy.applicants > 0,
                declared=before is not None,
            )
        )
        if before is not None:
            before.replaced_at = at
            unit.save(before)
        lines = [{"code": code, "weight": weight} for code, weight in criteria]
        rule = RankingRule(vacancy=vacancy, body=actor.body, criteria=lines, by_employer=by_employer, declared_at=at)
        unit.add(rule)
        unit.about(rule, vacancy=vacancy.pk, criteria=lines, by_employer=by_employer)
    return rule


def refuse_application(*, actor: Actor, case_id: UUID, criterion: str, seen: int | None = None, at: dt.datetime) -> Case:
    """Whoever recruits refuses an application, by a criterion that was declared; the worker is told it in their language.

    Refuses `criterion_not_declared`, `criterion_unlawful`, `wrong_state`, `not_own_case`, `stale`.
    """
    with unit_of_work("placements.refuse_application", actor=actor, at=at) as unit:
        unit.permit(PERMITS["refuse_application"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id, seen=seen)
        unit.permit(PERMITS["refuse_application"], case)
        rule, demand = rule_of(case.vacancy), case.demand
        declared = [code for code, _ in rule.pairs] if rule is not None else []
        missing = case.file is not None and bool(still_missing(case.file, demand.tests, demand.field))
        unit.refuse(why_not_refuse(state=case.state, criterion=criterion, declared=declared, tests_missing=missing))
        on = day_at(at, PAKISTAN)
        record_step(actor=actor, case_id=case.pk, step="application_refused", on=on, reason=criterion, at=at)
        case.refresh_from_db()
        case.state = "refused"
        unit.save(case)
        _wait_for_nobody(unit, case, "refused")
        unit.about(case, criterion=criterion)
    return case


def reopen_application(*, actor: Actor, case_id: UUID, seen: int | None = None, at: dt.datetime) -> Case:
    """Whoever recruits takes up again an application it refused, once. Refuses `reopened_before`, `wrong_state`, `stale`."""
    with unit_of_work("placements.reopen_application", actor=actor, at=at) as unit:
        unit.permit(PERMITS["reopen_application"])
        case_for(actor, case_id)
        case = unit.lock(Case, case_id, seen=seen)
        unit.permit(PERMITS["reopen_application"], case)
        unit.refuse(why_not_reopen(state=case.state, refused=refusals_of(case)))
        record_step(actor=actor, case_id=case.pk, step="application_released", on=day_at(at, PAKISTAN), at=at)
        case.refresh_from_db()
        case.state = "applied"
        unit.save(case)
        _wait_for(unit, "nominate_candidate", case, *carries(case, PAKISTAN))
        unit.about(case)
    return case
