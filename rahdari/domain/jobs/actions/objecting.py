"""Stations 2 and 3 when they do not pass: objections, a refused permission, its review; and how Japan's node takes them up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.states import why_not_move
from rahdari.base.work import Missing, Unit, unit_of_work

from ..access import PERMITS
from ..models import Demand, DemandRefusal
from ..queries.clocks import due_after
from ..queries.demands import demand_for, newest_refusal, open_refusal
from ..rules.demands import DEMAND_MOVES
from ..rules.line import is_attested
from ..rules.stops import Point, why_not_object, why_not_propose, why_not_refuse, why_not_review
from .permitting import CORRECT, SIDE, _own, _wait_for_protector
from .refusals import REFUSE
from .steps import _add_step, _add_told_step


def refuse_attestation(
    *, actor: Actor, demand_id: UUID, points: Sequence[Point], seen: int | None = None, at: dt.datetime
) -> Demand:
    """The mission in Tokyo does not attest a demand and says why, point by point; the employer may correct it.

    Refuses `points_missing`, `reason_missing`, `point_without_words`, `wrong_state`, `stale`. Leaves the demand objected to
    and the points told to the employer.
    """
    with unit_of_work("jobs.refuse_attestation", actor=actor, at=at) as unit:
        unit.permit(PERMITS["refuse_attestation"])
        demand = _object(unit, demand_id, points, "filed", seen)
        unit.settle("jobs.attest_demand", demand, "objected")
        unit.about(demand, points=[one.code for one in points])
    return demand


def object_to_demand(
    *, actor: Actor, demand_id: UUID, points: Sequence[Point], seen: int | None = None, at: dt.datetime
) -> Demand:
    """The Protector objects to an attested demand in writing, on the same working day (ER 19); permitting withdraws it.

    Refuses `points_missing`, `reason_missing`, `point_without_words`, `wrong_state`, `stale`. Leaves the demand objected to
    and the points told to the employer.
    """
    with unit_of_work("jobs.object_to_demand", actor=actor, at=at) as unit:
        unit.permit(PERMITS["object_to_demand"])
        demand = _object(unit, demand_id, points, "attested", seen)
        unit.settle("jobs.permit_demand", demand, "objected")
        unit.about(demand, points=[one.code for one in points])
    return demand


def _object(unit: Unit, demand_id: UUID, points: Sequence[Point], since: str, seen: int | None) -> Demand:
    demand_for(unit.actor, demand_id)
    demand = unit.lock(Demand, demand_id, seen=seen)
    unit.refuse([] if is_attested(demand.route) else [Refusal("attestation_not_on_route")])
    unit.refuse(why_not_object(state=demand.state, since=since, points=points))
    demand.state = "objected"
    unit.save(demand)
    details = {"points": [one.told() for one in points]}
    _add_step(unit, demand, "demand_objected", day_at(unit.at, SIDE), acting=unit.actor.body, details=details)
    return demand


def propose_refusal(
    *, actor: Actor, demand_id: UUID, grounds: Sequence[str], heard_on: dt.date | None = None, note: str = "",
    seen: int | None = None, at: dt.datetime,
) -> DemandRefusal:  # fmt: skip
    """A Protector proposes to refuse the permission, after hearing the employer's side; a second one decides.

    Refuses `not_attested`, `reason_missing`, `employer_not_heard`, `date_in_future`, `refusal_waits` while another one waits,
    `wrong_state`, `stale`. Leaves the proposal, which nobody outside the office sees, and the second officer's task.
    """
    with unit_of_work("jobs.propose_refusal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["propose_refusal"])
        assert actor.person is not None  # whoever proposes is signed in
        demand_for(actor, demand_id)
        demand = unit.lock(Demand, demand_id, seen=seen)
        waiting = open_refusal(demand)
        today = day_at(at, SIDE)
        unit.refuse(
            why_not_propose(
                state=demand.state,
                attested=demand.attested_on is not None,
                grounds=grounds,
                heard_on=heard_on,
                today=today,
                open_one=waiting is not None,
            )
        )
        assert heard_on is not None  # refused above
        row = DemandRefusal(
            demand=demand, grounds=list(grounds), heard_on=heard_on, note=note.strip(), proposed_at=at, proposed_by=actor.person
        )
        unit.add(row)
        _wait(unit, REFUSE, demand, "PROTECTOR", "protector")
        unit.about(demand, grounds=list(grounds))
    return row


def refuse_permission(*, actor: Actor, demand_id: UUID, seen: int | None = None, at: dt.datetime) -> Demand:
    """A second Protector refuses the permission on the grounds that were proposed.

    Refuses `no_refusal_waits`, `four_eyes` to whoever proposed it, `not_attested`, `wrong_state`, `stale`. Leaves the demand
    refused, the grounds told to the employer, and the Bureau's review open.
    """
    with unit_of_work("jobs.refuse_permission", actor=actor, at=at) as unit:
        unit.permit(PERMITS["refuse_permission"])
        demand_for(actor, demand_id)
        demand = unit.lock(Demand, demand_id, seen=seen)
        row = open_refusal(demand)
        same = row is not None and (actor.person is None or row.proposed_by == actor.person)
        attested = demand.attested_on is not None
        unit.refuse(why_not_refuse(state=demand.state, attested=attested, proposed=row is not None, same_person=same))
        assert row is not None  # refused above
        row.decided_at, row.decided_by, row.outcome = at, actor.person, "refused"
        unit.save(row)
        demand.state = "turned_down"
        unit.save(demand)
        _add_step(unit, demand, "demand_refused", day_at(at, SIDE), acting=actor.body, details={"codes": row.grounds})
        unit.settle(REFUSE, demand)
        unit.settle("jobs.permit_demand", demand, "refused")
        unit.about(demand, grounds=row.grounds)
    return demand


def review_refusal(
    *, actor: Actor, demand_id: UUID, outcome: str, reasons: str, seen: int | None = None, at: dt.datetime
) -> Demand:
    """The Bureau reviews a refused permission once: it stays refused, or the Protector looks at it again.

    Refuses `reason_missing`, `reviewed_before`, `wrong_state`, `stale`. Leaves the outcome with its reasons; reopened, the
    demand waits for the Protector as an attested one.
    """
    with unit_of_work("jobs.review_refusal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["review_refusal"])
        demand_for(actor, demand_id)
        demand = unit.lock(Demand, demand_id, seen=seen)
        row = newest_refusal(demand)
        reviewed = row is not None and row.reviewed_at is not None
        unit.refuse(why_not_review(state=demand.state, reviewed=reviewed, outcome=outcome, reasons=reasons))
        assert row is not None  # a demand is refused by such a row alone
        row.reviewed_at, row.reviewed_by, row.review, row.reasons = at, actor.person, outcome, reasons.strip()
        unit.save(row)
        if outcome == "reopened":
            demand.state = "attested"
            _wait_for_protector(unit, demand)
        unit.save(demand)
        unit.about(demand, outcome=outcome)
    return demand


def _wait(unit: Unit, task: str, demand: Demand, body: str, role: str) -> None:
    unit.wait(
        task,
        demand,
        holder_body=body,
        holder_role=role,
        holder_side=unit.actor.node,
        matter={"employer": demand.employer_name, "field": demand.field},
        url_name="jobs.see_demand",
        url_args=[str(demand.pk)],
        due_at=due_after(task, unit.at, current_book(), unit.actor.node),
    )


def mirror_objection(*, actor: Actor, statement: Statement, at: dt.datetime) -> Demand:
    """Japan's node takes up an objection: its points stand on the demand, and the employer's clock to answer runs.

    A demand that was refused may be objected to: that a review reopened it is not told.

    Refuses `wrong_state`, `not_own_demand`; `Missing` for none of ours.
    """
    with unit_of_work("jobs.mirror_objection", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_objection"])
        demand = _own(unit, statement)
        unit.refuse(_why_not_stopped(demand, "objected"))
        demand.state = "objected"
        unit.save(demand)
        _add_told_step(unit, demand, statement)
        role = "placement_business" if demand.placement_business else "employer"
        _wait(unit, CORRECT, demand, demand.placement_business or demand.employer, role)
        unit.about(demand, points=[one["code"] for one in statement.data["details"]["points"]])
    return demand


def mirror_refusal(*, actor: Actor, statement: Statement, at: dt.datetime) -> Demand:
    """Japan's node takes up that a permission was refused, or refused again after a review reopened it, which is not told.

    Refuses `wrong_state`, `not_own_demand`; `Missing` for none of ours.
    """
    with unit_of_work("jobs.mirror_refusal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_refusal"])
        demand = _own(unit, statement)
        unit.refuse(_why_not_stopped(demand, "turned_down"))
        demand.state = "turned_down"
        unit.save(demand)
        _add_told_step(unit, demand, statement)
        unit.settle(CORRECT, demand, "refused")
        unit.about(demand, codes=statement.data["details"]["codes"])
    return demand


def _why_not_stopped(demand: Demand, to: str) -> list[Refusal]:
    return [] if demand.state == "turned_down" else why_not_move(DEMAND_MOVES, demand.state, to)


def _theirs(unit: Unit, statement: Statement) -> Demand:
    """The demand the partner told, that a statement of theirs changes."""
    demand = unit.lock(Demand, UUID(statement.data["demand"]))
    if demand.home != statement.sender:
        raise Missing(f"Demand {demand.pk}")
    return demand
