"""A demand is withdrawn where it was filed: its vacancies close, its open cases are let go, signed contracts go on."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.states import why_not_move
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..messages import CLOSED, demand_closed
from ..models import Demand, PlaceTaken, Vacancy
from ..queries.demands import demand_for
from ..rules.demands import DEMAND_MOVES
from ..rules.stops import released, why_not_withdraw
from .demands import PUBLIC
from .listing import _unlist
from .objecting import _theirs
from .permitting import CORRECT, EXTEND
from .refusals import _drop_refusal
from .steps import _add_filed_step, _add_step
from .unpublished import _follow_unpublished

TASKS = ("jobs.attest_demand", "jobs.permit_demand", "jobs.publish_vacancy", CORRECT, EXTEND)


def withdraw_demand(
    *, actor: Actor, demand_id: UUID, reason: str, signed_go_on: bool = False, seen: int | None = None, at: dt.datetime
) -> Demand:
    """Whoever filed a demand withdraws it; not undone: file again.

    Refuses `reason_missing`, `contracts_signed` unless it is said that these go on, `wrong_state`, `stale`. Leaves the demand
    closed, the cases without a contract let go, and both told to the partner.
    """
    with unit_of_work("jobs.withdraw_demand", actor=actor, at=at) as unit:
        unit.permit(PERMITS["withdraw_demand"])
        demand_for(actor, demand_id)
        demand = unit.lock(Demand, demand_id, seen=seen)
        unit.permit(PERMITS["withdraw_demand"], demand)
        places = _places(demand)
        signed = sum(one for _, one in places)
        unit.refuse(why_not_withdraw(state=demand.state, reason=reason, signed=signed, signed_go_on=signed_go_on))
        free = released(places)
        _close(unit, demand, reason)
        _add_filed_step(unit, demand, "demand_withdrawn", reason, {})
        unit.say(CLOSED, demand_closed(demand=str(demand.pk), reason=reason, released=free), marking=PUBLIC, thread=demand.pk)
        unit.tell("jobs.demand_closed", demand=demand.pk, reason=reason)
        unit.about(demand, reason=reason, released=len(free), signed=signed)
    return demand


def _places(demand: Demand) -> list[tuple[str, bool]]:
    rows = PlaceTaken.objects.filter(demand=demand, freed_on=None)
    return [(str(case), signed is not None) for case, signed in rows.values_list("case", "signed_on")]


def _close(unit: Unit, demand: Demand, reason: str) -> None:
    demand.state, demand.closed_reason, demand.closed_on = "called_off", reason, day_at(unit.at, unit.actor.node)
    unit.save(demand)
    _follow_unpublished(unit, demand)
    unit.settle(TASKS, demand, "withdrawn")


def mirror_withdrawal(*, actor: Actor, statement: Statement, at: dt.datetime) -> Demand:
    """Pakistan's node takes up that a demand was withdrawn: its vacancies close, and the applicants are told.

    Refuses `wrong_state` for one that is closed already; `Missing` for a demand that the partner did not tell.
    """
    with unit_of_work("jobs.mirror_withdrawal", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_withdrawal"])
        demand = _theirs(unit, statement)
        unit.refuse(why_not_move(DEMAND_MOVES, demand.state, "called_off"))
        _close(unit, demand, statement.data["reason"])
        _add_filed_step(unit, demand, "demand_withdrawn", statement.data["reason"], {}, statement)
        _drop_refusal(unit, demand)
        _end_all(unit, demand, statement.data["reason"])
        unit.tell("jobs.demand_closed", demand=demand.pk, reason=statement.data["reason"])
        unit.about(demand, reason=demand.closed_reason)
    return demand


def _end(unit: Unit, vacancy: Vacancy, *, reason: str = "", state: str = "closed", acting: str = "") -> None:
    """Closes a vacancy of this node and tells how many applied."""
    vacancy.state, vacancy.closed_on = state, day_at(unit.at, "pk")
    unit.save(vacancy)
    _unlist(vacancy)
    details = {"applicants": vacancy.applicants}
    _add_step(
        unit, vacancy.demand, "vacancy_closed", vacancy.closed_on, acting=acting or vacancy.publisher, details=details,
        vacancy=vacancy, reason=reason,
    )  # fmt: skip


def _end_all(unit: Unit, demand: Demand, reason: str) -> None:
    """Closes every open vacancy of a demand."""
    for vacancy in Vacancy.objects.filter(demand=demand, home=unit.actor.node, state="open").select_for_update():
        _end(unit, vacancy, reason=reason)


def record_place_taken(*, actor: Actor, demand_id: UUID, case: UUID, at: dt.datetime) -> PlaceTaken:
    """Notes that somebody was selected for a place of a demand: what lies above pushes down. Only inside its step.

    Done again it changes nothing. Refuses `not_permitted` outside another action.
    """
    with unit_of_work("jobs.record_place_taken", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_place_taken"])
        row = _place(unit, demand_id, case)
        row.freed_on = None
        unit.save(row)
        unit.about(row, demand=demand_id)
    return row


def record_place_signed(*, actor: Actor, demand_id: UUID, case: UUID, at: dt.datetime) -> PlaceTaken:
    """Notes that the contract of a place is signed. Only inside the step that signs it."""
    with unit_of_work("jobs.record_place_signed", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_place_signed"])
        row = _place(unit, demand_id, case)
        row.signed_on = day_at(at, actor.node)
        unit.save(row)
        unit.about(row, demand=demand_id)
    return row


def record_place_freed(*, actor: Actor, demand_id: UUID, case: UUID, at: dt.datetime) -> PlaceTaken:
    """Notes that a place is free again. Only inside the step that frees it."""
    with unit_of_work("jobs.record_place_freed", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_place_freed"])
        row = _place(unit, demand_id, case)
        row.freed_on = day_at(at, actor.node)
        unit.save(row)
        unit.about(row, demand=demand_id)
    return row


def _place(unit: Unit, demand_id: UUID, case: UUID) -> PlaceTaken:
    """The place of a case under a demand, locked; made where there is none yet."""
    unit.refuse([] if unit.within else [Refusal("not_permitted")])
    row = PlaceTaken.objects.select_for_update().filter(demand=demand_id, case=case).first()
    return row or unit.add(PlaceTaken(demand_id=demand_id, case=case, taken_on=day_at(unit.at, unit.actor.node)))
