"""A demand that was filed is corrected where it was filed, with its trail; Pakistan's node takes the change up."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..messages import CHANGED, demand_changed
from ..models import Demand
from ..queries.demands import demand_for, places_taken
from ..rules.changes import CHANGEABLE, Change, changes_between, state_after_change, weighs, why_not_correct, worse_terms
from ..rules.terms import hash_holds
from ..rules.terms_facts import CorrectionFacts, DemandFacts, ProfessionalFacts
from .demands import PUBLIC, _wait_for_mission, _why_not
from .objecting import _theirs
from .permitting import CORRECT, EXTEND, SIDE, _wait_for_protector
from .refusals import _drop_refusal
from .steps import _add_filed_step, _add_step
from .unpublished import _follow_unpublished
from .withdrawing import _end_all

PERMISSION_FELL = "changed"


def correct_demand(
    *, actor: Actor, demand_id: UUID, asked: CorrectionFacts, reason: str, seen: int | None = None, at: dt.datetime
) -> Demand:
    """Whoever filed a demand corrects it: work, place, number, days, tests, terms; its parties and its way stay.

    Refuses `nothing_changed`, `reason_missing`, `terms_worse_after_selection`, `below_already_selected`, what filing refuses,
    `wrong_state`, `stale`. Leaves the old and the new told to the partner; where pay, duty, place or a higher number changed,
    the permission falls back to the Protector.
    """
    with unit_of_work("jobs.correct_demand", actor=actor, at=at) as unit:
        unit.permit(PERMITS["correct_demand"])
        demand_for(actor, demand_id)
        demand = unit.lock(Demand, demand_id, seen=seen)
        unit.permit(PERMITS["correct_demand"], demand)
        today = day_at(at, actor.node)
        new = asked.model_dump() | {"terms": asked.terms.told()}
        old = {name: getattr(demand, name) for name in CHANGEABLE}
        changes = changes_between(old, new)
        worse = worse_terms(old["terms"], new["terms"])
        taken = places_taken(demand)
        unit.refuse(
            [
                *why_not_correct(
                    state=demand.state, changes=changes, reason=reason, places=asked.places, taken=taken, worse=worse
                ),
                *_why_not_file_so(actor, demand, asked, today, at),
            ]
        )
        before = demand.state
        _apply(demand, new, changes)
        unit.save(demand)
        _follow_unpublished(unit, demand)
        _add_filed_step(unit, demand, "demand_corrected", reason, _trail(changes))
        content = demand_changed(demand=str(demand.pk), changes=changes, terms=_new_terms(demand, changes), reason=reason)
        unit.say(CHANGED, content, marking=PUBLIC, thread=demand.pk)
        unit.settle(CORRECT, demand)
        unit.about(demand, changed=[one.member for one in changes], reason=reason, before=before)
    return demand


def _why_not_file_so(actor: Actor, demand: Demand, asked: CorrectionFacts, today: dt.date, at: dt.datetime) -> list[Refusal]:
    """Why the corrected demand could not be filed today; its papers are there already."""
    stay = ("employer", "employer_name", "route", "kind", "promoter", "promoter_licence", "field", "dispatch")
    whole = DemandFacts.model_construct(
        **{name: getattr(demand, name) for name in stay}, **dict(asked), professional=_professional(demand)
    )
    parties = {"employer": demand.employer, "employer_name": demand.employer_name}
    against = _why_not(actor, whole, parties, None, None, today, at)
    return [one for one in against if one.code != "papers_missing"]


def _professional(demand: Demand) -> ProfessionalFacts | None:
    return ProfessionalFacts.model_construct(**demand.professional) if demand.professional else None


def _apply(demand: Demand, new: dict[str, Any], changes: list[Change]) -> bool:
    """Puts the new into the demand and moves it; whether a permission fell back. None holds for more places than are asked."""
    heavy = weighs(changes, demand.terms, new["terms"])
    for one in changes:
        setattr(demand, one.member, new[one.member])
    demand.terms_hash = demand.terms["terms_hash"]
    demand.permitted_places = min(demand.permitted_places, demand.places)
    fell = demand.state == "permitted" and heavy
    demand.state = state_after_change(demand.state, attested=demand.attested_on is not None, heavy=heavy)
    return fell


def _trail(changes: list[Change]) -> dict[str, Any]:
    return {"changes": [one.told() for one in changes]}


def _new_terms(demand: Demand, changes: list[Change]) -> dict[str, Any] | None:
    return demand.terms if any(one.member == "terms" for one in changes) else None


def mirror_change(*, actor: Actor, statement: Statement, at: dt.datetime) -> Demand:
    """Pakistan's node takes up that a demand was corrected; a permission that fell back is told, and the Protector asked.

    Where it fell, what was published under it is closed: nothing is published without permission.

    Refuses `hash_differs` where the terms are not those of their hash or the old ones not ours, `wrong_state`; `Missing` for
    a demand that the partner did not tell.
    """
    with unit_of_work("jobs.mirror_change", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_change"])
        demand = _theirs(unit, statement)
        data = statement.data
        changes = [Change(one["member"], one["old"], one["new"]) for one in data["changes"]]
        terms = data.get("terms")
        unit.refuse(_why_not_take(demand, changes, terms))
        new: dict[str, Any] = {one.member: _read(one) for one in changes} | {"terms": terms or demand.terms}
        before, fell = demand.state, _apply(demand, new, changes)
        unit.save(demand)
        _follow_unpublished(unit, demand)
        _add_filed_step(unit, demand, "demand_corrected", data["reason"], _trail(changes), statement)
        _drop_refusal(unit, demand)
        if fell:
            today = day_at(at, SIDE)
            _add_step(unit, demand, "permission_expired", today, acting="PROTECTOR", reason=PERMISSION_FELL)
            unit.settle(("jobs.publish_vacancy", EXTEND), demand, PERMISSION_FELL)
            _end_all(unit, demand, PERMISSION_FELL)
            unit.tell("jobs.permission_ended", demand=demand.pk)
        if demand.state != before:
            _wait_again(unit, demand)
        unit.about(demand, changed=[one.member for one in changes], fell_back=fell)
    return demand


def _why_not_take(demand: Demand, changes: list[Change], terms: dict[str, Any] | None) -> list[Refusal]:
    if demand.state in ("called_off", "turned_down"):
        return [Refusal("wrong_state", {"now": demand.state, "to": "filed"})]
    told = next((one for one in changes if one.member == "terms"), None)
    if (told is None) != (terms is None):
        return [Refusal("hash_differs")]
    if told is not None and terms is not None:
        holds = hash_holds(terms) and terms["terms_hash"] == told.new and demand.terms_hash == told.old
        return [] if holds else [Refusal("hash_differs")]
    return []


def _read(change: Change) -> Any:
    return dt.date.fromisoformat(change.new) if change.member in ("opens_on", "closes_on") else change.new


def _wait_again(unit: Unit, demand: Demand) -> None:
    """A corrected demand waits for whoever must look at it next, once."""
    unit.settle(("jobs.attest_demand", "jobs.permit_demand"), demand, PERMISSION_FELL)
    if demand.state == "filed":
        _wait_for_mission(unit, demand)
    elif demand.state == "attested":
        _wait_for_protector(unit, demand)
