"""The licence of every intermediary of a demand, asked again at each step of the line; the answer is kept as it was given."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work
from rahdari.domain.organisations.actions import check_licence

from ..access import PERMITS
from ..models import Demand
from ..rules.demands import Intermediary, intermediaries, why_not_licensed

NOON = dt.time(12, 0)


def check_licences(
    *, actor: Actor, demand: Demand, subject_kind: str = "jobs.demand", subject_id: str = "", on: dt.date | None = None,
    goes_on: bool = False, moved: tuple[str, str, str] | None = None, at: dt.datetime,
) -> list[Intermediary]:  # fmt: skip
    """Asks the register for the promoter and the placement business of a demand, and keeps each answer. Only inside a step.

    `moved` holds route, recruiter and licence of a case that moved to another one; `on` is the day of a paper, where the step
    is entered from one. Refuses `licence_not_valid`, unless the case `goes_on` all the same (stations 14 to 16, under a
    Protector's supervision); `not_permitted` outside another action.
    """
    with unit_of_work("jobs.check_licences", actor=actor, at=at) as unit:
        unit.permit(PERMITS["check_licences"])
        unit.refuse([] if unit.within else [Refusal("not_permitted")])
        asked_at = at if on is None else min(at, dt.datetime.combine(on, NOON, ZONES[actor.node]))
        about = {"subject_kind": subject_kind, "subject_id": subject_id or str(demand.pk)}
        answers = []
        recruits = moved or (demand.route, demand.promoter, demand.promoter_licence)
        for kind, body, number in intermediaries(*recruits, demand.placement_business):
            check = check_licence(
                actor=actor, kind=kind, organisation=body, number=number, **about, on=day_at(asked_at, actor.node), at=at
            )
            answers.append(Intermediary(kind, check.asked, check.valid, check.state, check.since))
        unit.refuse([] if goes_on else why_not_licensed(answers))
        unit.about(demand, asked=[one.asked for one in answers], valid=[one.valid for one in answers])
    return answers
