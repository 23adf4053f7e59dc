"""Guidance before the journey (station 12) and the first day of work (station 17)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work
from rahdari.domain.contracts.queries import contract_of
from rahdari.domain.departures.actions import record_paper
from rahdari.domain.departures.queries import case_here
from rahdari.domain.jobs.rules.line import is_inside, is_supported, is_travelled, own_side
from rahdari.domain.jobs.rules.papers import Paper as StepPaper
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case

from ..access import PERMITS
from ..models import Employment, Guidance
from ..queries.cases import employment_of, guidance_of, landed_on, permitted_on
from ..rules.beginning import why_not_begin, why_not_guide

LANGUAGES = ("ur", "en", "ja")
BEGIN = "residence.begin_work"


def record_guidance(
    *, actor: Actor, case_id: UUID, minutes: int, language: str = "ur", confirmed: bool = False, on: dt.date | None = None,
    at: dt.datetime,
) -> Guidance:  # fmt: skip
    """Employer or support organisation records the guidance it gave, with the worker's signed confirmation.

    Refuses `guidance_not_on_route` where there is no support plan, `before_contract`, `minutes_missing`, `language_missing`,
    `signature_missing`, `wrong_state` the second time. Leaves the guidance, its paper on the departure where there is one, and
    the step `guidance_given`.
    """
    with unit_of_work("residence.record_guidance", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_guidance"])
        case = case_here(actor, case_id)
        unit.permit(PERMITS["record_guidance"], case)
        unit.lock(Case, case.pk)
        unit.refuse([] if is_supported(case.route) else [Refusal("guidance_not_on_route")])
        on = day_at(at, actor.node) if on is None else on
        contract = contract_of(case)
        unit.refuse(
            why_not_guide(
                signed_on=None if contract is None else contract.signed_on,
                on=on,
                minutes=minutes,
                language=language,
                languages=LANGUAGES,
                confirmed=confirmed,
                given=guidance_of(case) is not None,
            )
        )
        details = {"minutes": minutes, "language": language}
        event = record_step(actor=actor, case_id=case.pk, step="guidance_given", on=on, details=details, at=at)
        if is_travelled(case.route):
            record_paper(actor=actor, case_id=case.pk, kind="guidance", on=on, told=details, at=at)
        guidance = unit.add(
            Guidance(
                home=actor.node,
                level=event.level,
                bodies=event.bodies,
                case=case,
                given_on=on,
                minutes=minutes,
                language=language,
                given_by=actor.body,
                confirmed=confirmed,
            )
        )
        unit.settle("residence.record_guidance", case)
        unit.about(guidance, case=case.pk, minutes=minutes, language=language)
    return guidance


def begin_work(
    *, actor: Actor, case_id: UUID, on: dt.date | None = None, paper: StepPaper | None = None, at: dt.datetime
) -> Employment:
    """The employer tells the first day of work; on Pakistan's node attaché or worker enters it from paper.

    Refuses `before_landing` (`before_permission` of one who lives in Japan), `date_in_future`, `wrong_state` the second
    time, and what a paper lacks. Leaves the employment and the step `work_begun`.
    """
    with unit_of_work("residence.begin_work", actor=actor, at=at) as unit:
        unit.permit(PERMITS["begin_work"])
        case = case_here(actor, case_id)
        unit.permit(PERMITS["begin_work"], case)
        unit.lock(Case, case.pk)
        own = own_side("work_begun", actor.node)
        unit.refuse([Refusal("scan_missing", member="paper.scan")] if not own and paper is None else [])
        on = day_at(at, actor.node) if on is None else on
        days = {"arrived_on": landed_on(case), "permitted_on": permitted_on(case)}
        unit.refuse(why_not_begin(inside=is_inside(case.route), **days, on=on, begun=employment_of(case) is not None))
        reason = "worker" if actor.role == "worker" else ""
        event = record_step(
            actor=actor, case_id=case.pk, step="work_begun", on=on, reason=reason, paper=paper, numbered=False, at=at
        )
        told = {"level": event.level, "bodies": event.bodies, "source": event.source, "paper": event.paper}
        employment = unit.add(Employment(home=actor.node, case=case, begun_on=on, employer=case.employer, **told))
        unit.settle(BEGIN, case)
        unit.about(employment, case=case.pk, on=on)
    return employment
