"""What the calendar does to permissions and vacancies: warnings, ends; and what an officer does about it in time."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import Demand, Vacancy
from ..queries.demands import demand_for
from ..rules.demands import CORPORATION
from ..rules.stops import why_not_expire, why_not_extend, why_not_take_down
from .permitting import EXTEND, SIDE, _own
from .steps import _add_step, _add_told_step
from .withdrawing import _end, _end_all


def extend_permission(
    *, actor: Actor, demand_id: UUID, until: dt.date, law: str, seen: int | None = None, at: dt.datetime
) -> Demand:
    """The Protector extends a permission to a day (exclusive), naming the source of the length: it stands in no table.

    Refuses `already_expired`, `not_later`, `law_missing`, `stale`. Leaves the new day, told to the employer.
    """
    with unit_of_work("jobs.extend_permission", actor=actor, at=at) as unit:
        unit.permit(PERMITS["extend_permission"])
        demand_for(actor, demand_id)
        demand = unit.lock(Demand, demand_id, seen=seen)
        today = day_at(at, SIDE)
        unit.refuse(why_not_extend(state=demand.state, until=until, present=demand.permitted_until, today=today, law=law))
        demand.permitted_until = until
        unit.save(demand)
        _add_step(unit, demand, "permission_extended", today, acting=actor.body, details={"until": until.isoformat()})
        unit.settle(EXTEND, demand)
        unit.tell("jobs.permission_extended", demand=demand.pk)
        unit.about(demand, until=until, law=law.strip())
    return demand


def expire_permission(*, actor: Actor, demand_id: UUID, at: dt.datetime) -> Demand:
    """The node records that a permission ended, from its first day without one on; open vacancies close, cases wait.

    Refuses `permission_goes_on` before that day, `wrong_state`. Leaves the step told, and the demand open to a new permission.
    """
    with unit_of_work("jobs.expire_permission", actor=actor, at=at) as unit:
        unit.permit(PERMITS["expire_permission"])
        demand = unit.lock(Demand, demand_id)
        today = day_at(at, SIDE)
        unit.refuse(why_not_expire(state=demand.state, until=demand.permitted_until, today=today))
        demand.state = "lapsed"
        unit.save(demand)
        _add_step(unit, demand, "permission_expired", today, acting="PROTECTOR")
        _end_all(unit, demand, "permission_expired")
        unit.settle((EXTEND, "jobs.publish_vacancy"), demand, "expired")
        unit.tell("jobs.permission_ended", demand=demand.pk)
        unit.about(demand, until=demand.permitted_until)
    return demand


def warn_of_permission(*, actor: Actor, demand_id: UUID, at: dt.datetime) -> Demand:
    """The node puts a permission that ends soon on the worklist of whoever recruits, due on its last day; once for each day."""
    with unit_of_work("jobs.warn_of_permission", actor=actor, at=at) as unit:
        unit.permit(PERMITS["warn_of_permission"])
        demand = unit.lock(Demand, demand_id)
        until = demand.permitted_until
        unit.refuse([Refusal("no_permission")] if demand.state != "permitted" or until is None else [])
        assert until is not None  # refused above
        unit.settle(EXTEND, demand, "warned")
        unit.wait(
            EXTEND,
            demand,
            holder_body=demand.promoter or "PROTECTOR",
            holder_role=_recruiter(demand),
            holder_side=SIDE,
            matter={"employer": demand.employer_name, "field": demand.field},
            url_name="jobs.see_demand",
            url_args=[str(demand.pk)],
            due_at=dt.datetime.combine(until, dt.time(), ZONES[SIDE]) - dt.timedelta(seconds=1),
        )
        unit.about(demand, until=until)
    return demand


def _recruiter(demand: Demand) -> str:
    if demand.promoter == CORPORATION:
        return "oec_officer"
    return "promoter_manager" if demand.promoter else "protector"


def end_vacancy(*, actor: Actor, vacancy_id: UUID, at: dt.datetime) -> Vacancy:
    """The node closes a vacancy whose last day has passed, and tells how many applied.

    Refuses `vacancy_goes_on`, `wrong_state`.
    """
    with unit_of_work("jobs.end_vacancy", actor=actor, at=at) as unit:
        unit.permit(PERMITS["end_vacancy"])
        vacancy = unit.lock(Vacancy, vacancy_id)
        over = vacancy.closes_on < day_at(at, SIDE) and vacancy.home == actor.node
        unit.refuse([] if over else [Refusal("vacancy_goes_on")])
        unit.refuse([] if vacancy.state == "open" else [Refusal("wrong_state", {"now": vacancy.state, "to": "closed"})])
        _end(unit, vacancy)
        unit.about(vacancy, closed_on=vacancy.closed_on)
    return vacancy


def take_down_vacancy(*, actor: Actor, vacancy_id: UUID, reason: str, seen: int | None = None, at: dt.datetime) -> Vacancy:
    """Whoever recruits takes a vacancy down that should not have been published so; its places may be published again.

    Refuses `reason_missing`, `not_own_demand`, `wrong_state`, `stale`. Who applied already is told; the step goes out with
    its reason.
    """
    with unit_of_work("jobs.take_down_vacancy", actor=actor, at=at) as unit:
        unit.permit(PERMITS["take_down_vacancy"])
        vacancy = unit.lock(Vacancy, vacancy_id, seen=seen)
        unit.permit(PERMITS["take_down_vacancy"], vacancy.demand)
        unit.refuse(why_not_take_down(state=vacancy.state, reason=reason))
        _end(unit, vacancy, reason=reason, state="taken_down", acting=actor.body)
        unit.about(vacancy, reason=reason)
    return vacancy


def mirror_extension(*, actor: Actor, statement: Statement, at: dt.datetime) -> Demand:
    """Japan's node takes up that a permission was extended.

    Refuses `no_permission`, `not_own_demand`; `Missing` for none of ours.
    """
    with unit_of_work("jobs.mirror_extension", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_extension"])
        demand = _own(unit, statement)
        unit.refuse([] if demand.state == "permitted" else [Refusal("no_permission")])
        demand.permitted_until = dt.date.fromisoformat(statement.data["details"]["until"])
        unit.save(demand)
        _add_told_step(unit, demand, statement)
        unit.about(demand, until=demand.permitted_until)
    return demand


def mirror_expiry(*, actor: Actor, statement: Statement, at: dt.datetime) -> Demand:
    """Japan's node takes up that a permission ended, by the calendar or because the demand was changed.

    A demand that is not permitted as this node has it keeps its state. Refuses `not_own_demand`; `Missing` for none of ours.
    """
    with unit_of_work("jobs.mirror_expiry", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_expiry"])
        demand = _own(unit, statement)
        if demand.state == "permitted":
            demand.state = "attested" if statement.data["reason"] == "changed" else "lapsed"
        unit.save(demand)
        _add_told_step(unit, demand, statement)
        unit.about(demand, reason=statement.data["reason"] or "")
    return demand
