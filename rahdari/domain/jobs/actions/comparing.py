"""A demand entered from paper, and the same one told later: an officer links them, or says that they are two."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..models import Demand, DemandStep, DemandTwin
from ..queries.twins import linked_to, pair_for, possible_twins, words_on
from ..rules.papers import PAPER
from ..rules.twins import COMPARED, SAME, differences, why_not_compare

TASK = "jobs.compare_demand"
MISSION, MISSION_ROLE = "CWA", "attache"


def compare_demand(*, actor: Actor, demand_id: UUID, entered_id: UUID, verdict: str, reason: str = "", at: dt.datetime) -> Demand:
    """An officer says whether a demand the partner told is the one entered here from paper (`entered_id`), or another.

    Refuses `said_before`, `linked_elsewhere` (one paper, one demand), `reason_missing` where an earlier word is taken back;
    `Missing` for two that are not such a pair. Leaves the word with its officer. Where they are the same, the step from paper
    is confirmed, or contested where a value differs; neither demand is undone, and of the two only one is permitted.
    """
    with unit_of_work("jobs.compare_demand", actor=actor, at=at) as unit:
        unit.permit(PERMITS["compare_demand"])
        pair = pair_for(actor, demand_id, entered_id)
        told, entered = unit.lock(Demand, pair.told.pk), unit.lock(Demand, pair.entered.pk)
        unit.refuse(
            why_not_compare(
                verdict=verdict,
                before=words_on(told).get((entered.pk, told.pk), ""),
                reason=reason,
                linked_elsewhere=linked_to(told) not in (None, entered.pk) or linked_to(entered) not in (None, told.pk),
            )
        )
        unit.add(
            DemandTwin(
                entered=entered,
                told=told,
                verdict=verdict,
                reason=reason.strip(),
                said_at=at,
                said_by=actor.person,
                said_role=actor.role,
            )
        )
        differ = differences(_compared(entered), _compared(told))
        _judge_paper(unit, entered, told, verdict, differ)
        if not _to_compare(told):
            unit.settle(TASK, told)
        unit.about(told, entered=entered.pk, verdict=verdict, differ=differ)
    return told


def _compared(demand: Demand) -> dict[str, object]:
    return {name: getattr(demand, name) for name in COMPARED}


def _judge_paper(unit: Unit, entered: Demand, told: Demand, verdict: str, differ: list[str]) -> None:
    """The step from paper bears what the other state's own word means for it."""
    for step in DemandStep.objects.select_for_update().filter(demand=entered, step="demand_filed", source=PAPER):
        step.confirmed_by = told.statement if verdict == SAME and not differ else None
        step.contested_by = told.statement if verdict == SAME and differ else None
        unit.save(step)


def _to_compare(told: Demand) -> bool:
    """Whether anything from paper may still be the same as a demand that was told."""
    if linked_to(told) is not None:
        return False
    said = {entered for entered, _told in words_on(told)}
    return any(linked_to(one) is None for one in possible_twins(told).exclude(pk__in=said))


def _wait_for_comparison(unit: Unit, told: Demand) -> None:
    """Asks the mission whether what was told is what it entered from paper, where it may be."""
    if not _to_compare(told):
        return
    unit.settle(TASK, told, "replaced")
    unit.wait(
        TASK,
        told,
        holder_body=MISSION,
        holder_role=MISSION_ROLE,
        holder_side=unit.actor.node,
        matter={"employer": told.employer_name, "field": told.field},
        url_name="jobs.see_demand",
        url_args=[str(told.pk)],
    )
