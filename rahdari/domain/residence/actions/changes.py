"""Station 12 of those who live in Japan already: the change of status of residence is applied for and decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from rahdari.base.access import Permit
from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.days import ONE_DAY
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.contracts.queries import contract_of
from rahdari.domain.contracts.queries.papers import coe_facts_of
from rahdari.domain.departures.queries import case_here
from rahdari.domain.departures.rules.steps import COUNCIL_CONDITION
from rahdari.domain.departures.rules.windows import closes_on
from rahdari.domain.exams.queries.voided import why_test_void
from rahdari.domain.fields.queries.orders import application_stopped
from rahdari.domain.jobs.queries.clocks import LAST_MOMENT
from rahdari.domain.jobs.rules.line import is_inside, own_side
from rahdari.domain.jobs.rules.papers import Paper as StepPaper
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case, StationEvent
from rahdari.domain.placements.queries.waiting import place_of
from rahdari.domain.placements.rules.cases import OVER

from ..access import PERMITS
from ..models import StatusChange
from ..queries.cases import change_of, guidance_of
from ..rules.changes import (
    FILED,
    PERMITTED,
    REFUSED,
    limits_of,
    longest_until,
    stays_on_until,
    why_not_file_change,
    why_not_from_stay,
    why_not_permit_change,
    why_not_refuse_change,
)

ACCEPTING, KIND = "jp", "change_of_status"
WORK_START = "JP_WORK_START"
FILE, DECIDE, BEGIN = "residence.file_change", "residence.decide_change", "residence.begin_work"


def file_change(
    *, actor: Actor, case_id: UUID, bureau: str, receipt_no: str, from_status: str, stay_ends_on: dt.date, months_used: int = 0,
    council_member: bool = False, in_exception_group: bool = False, on: dt.date | None = None, paper: StepPaper | None = None,
    at: dt.datetime,
) -> StatusChange:  # fmt: skip
    """The employer tells that the change of the worker's status was applied for; on Pakistan's node the worker enters it.

    `stay_ends_on` is the last day of the present stay as the card says it, `months_used` the whole months spent as SSW(i).
    Refuses `change_not_on_route`, `contract_missing`, `guidance_missing`, `health_check_missing`, `council_missing`,
    `field_suspended` by what an order says of changes, `stay_over`, `five_years_used`, `qualification_void`, `wrong_state`
    while one is under way, and what a paper lacks. Leaves the application, the step `change_filed`, and the bureau's clock.
    """
    with unit_of_work("residence.file_change", actor=actor, at=at) as unit:
        case = _taken_up(unit, PERMITS["file_change"], case_id)
        kept = _paper_asked(unit, FILED, paper, receipt_no)
        on = day_at(at, actor.node) if on is None else on
        stay: dict[str, Any] = {"stay_ends_on": stay_ends_on, "months_used": months_used}
        if kept is None:
            unit.refuse(_why_not_file(unit, case, on, council_member, in_exception_group, **stay))
            unit.refuse(why_test_void(case.person, case.demand.tests, case.demand.field))
        else:
            unit.refuse(_why_not_enter(case, on, **stay))
        details = {"bureau": bureau, "receipt_no": receipt_no.strip()}
        event = record_step(actor=actor, case_id=case.pk, step=FILED, on=on, details=details, paper=kept, at=at)
        change = _new(case, event, from_status=from_status, bureau=bureau, receipt_no=receipt_no.strip(), filed_on=on, **stay)
        unit.add(change)
        unit.settle(FILE, case)
        if kept is None:
            last = stays_on_until(current_book(), stay_ends_on)
            due = dt.datetime.combine(last, LAST_MOMENT, ZONES[ACCEPTING])
            _wait(unit, DECIDE, case, "ISA", "isa_regional", due)
        unit.about(change, case=case.pk, bureau=bureau)
    return change


def _taken_up(unit: Unit, permit: Permit, case_id: UUID) -> Case:
    """The case the actor may see, permitted and locked; refuses `wrong_state` once it is over."""
    unit.permit(permit)
    case = case_here(unit.actor, case_id)
    unit.permit(permit, case)
    case.state = unit.lock(Case, case.pk).state
    unit.refuse([Refusal("wrong_state", {"now": case.state, "to": FILED})] if case.state in OVER else [])
    return case


def _paper_asked(unit: Unit, step: str, paper: StepPaper | None, number: str = "") -> StepPaper | None:
    """The paper by which this node enters a step of the other side, with the number it bears; none for its own step."""
    if own_side(step, unit.actor.node):
        unit.refuse([Refusal("own_side_step")] if paper is not None else [])
        return None
    unit.refuse([Refusal("scan_missing", member="paper.scan")] if paper is None else [])
    assert paper is not None  # refused above
    return replace(paper, number=paper.number or number)


def _why_not_file(
    unit: Unit, case: Case, on: dt.date, council_member: bool, excepted: bool, *, stay_ends_on: dt.date, months_used: int
) -> list[Refusal]:
    book, contract, before = current_book(), contract_of(case), change_of(case)
    today = day_at(unit.at, ACCEPTING)
    rows = book.in_force("field_requirements", today, field=case.demand.field)
    return why_not_file_change(
        inside=is_inside(case.route),
        open_one=before is not None and before.state != REFUSED,
        signed=contract is not None,
        guided=guidance_of(case) is not None,
        health_fit=contract is not None and bool(coe_facts_of(contract).get("health_fit")),
        council_needed=any(COUNCIL_CONDITION in row.codes("extra_condition_code") for row in rows),
        council_member=council_member,
        field=case.demand.field,
        stopped=application_stopped(unit.actor, case.demand.field, KIND, on, book, excepted=excepted),
        stay_ends_on=stay_ends_on,
        on=on,
        limits=limits_of(book, case.demand.kind, on),
        months_used=months_used,
    )


def _why_not_enter(case: Case, on: dt.date, *, stay_ends_on: dt.date, months_used: int) -> list[Refusal]:
    """Why a filing cannot be entered from paper: what lies on the other side is theirs to ask."""
    before = change_of(case)
    against = [] if is_inside(case.route) else [Refusal("change_not_on_route")]
    against += [Refusal("contract_missing")] if contract_of(case) is None else []
    against += [Refusal("wrong_state")] if before is not None and before.state != REFUSED else []
    limits = limits_of(current_book(), case.demand.kind, on)
    return [*against, *why_not_from_stay(stay_ends_on=stay_ends_on, on=on, limits=limits, months_used=months_used)]


def _new(case: Case, event: StationEvent, **told: Any) -> StatusChange:
    marked = {"home": event.home, "level": event.level, "bodies": event.bodies, "source": event.source, "paper": event.paper}
    return StatusChange(case=case, **marked, **told)


def decide_change(
    *, actor: Actor, case_id: UUID, until: dt.date, on: dt.date | None = None, paper: StepPaper | None = None,
    seen: int | None = None, at: dt.datetime,
) -> StatusChange:  # fmt: skip
    """The bureau permits the change (or the employer enters the new card); on Pakistan's node the worker enters it.

    `until` is the first day after the stay permitted. Refuses `stay_ends_before`, `stay_too_long` by the tables, `wrong_state`
    where none is under way, `continuation_over` once the person could no longer be waiting in Japan, `stale`, and what a
    paper lacks. Leaves the permission, the step `status_changed`, and the month in which work must begin.
    """
    with unit_of_work("residence.decide_change", actor=actor, at=at) as unit:
        case = _taken_up(unit, PERMITS["decide_change"], case_id)
        kept = _paper_asked(unit, PERMITTED, paper)
        on = day_at(at, actor.node) if on is None else on
        change = _under_way(unit, case, seen)
        unit.refuse(_why_not_permit(case, change, on, until))
        details = {"until": until.isoformat()}
        told: dict[str, Any] = {"details": details, "paper": kept, "numbered": False}
        event = record_step(actor=actor, case_id=case.pk, step=PERMITTED, on=on, **told, at=at)
        _decided(unit, change, event, PERMITTED, on, until=until)
        _wait_for_work(unit, case, on)
        unit.about(change, case=case.pk, until=until)
    return change


def _why_not_permit(case: Case, change: StatusChange, on: dt.date, until: dt.date) -> list[Refusal]:
    book, known = current_book(), change.stay_ends_on is not None
    return why_not_permit_change(
        state=change.state,
        on=on,
        until=until,
        longest=longest_until(limits_of(book, case.demand.kind, on), on, change.months_used or 0),
        stays_on=stays_on_until(book, change.stay_ends_on) if known and change.stay_ends_on is not None else None,
    )


def refuse_change(
    *, actor: Actor, case_id: UUID, codes: Sequence[str], on: dt.date | None = None, paper: StepPaper | None = None,
    seen: int | None = None, at: dt.datetime,
) -> StatusChange:  # fmt: skip
    """The bureau refuses the change (or the employer enters its letter); on Pakistan's node the worker enters it.

    Refuses `reason_missing`, `wrong_state` where none is under way, `before_previous_step`, `stale`, and what a paper lacks.
    Leaves the reasons, the step `change_refused`, and the employer to file again or to take the contract back.
    """
    with unit_of_work("residence.refuse_change", actor=actor, at=at) as unit:
        case = _taken_up(unit, PERMITS["refuse_change"], case_id)
        kept = _paper_asked(unit, REFUSED, paper)
        on = day_at(at, actor.node) if on is None else on
        change = _under_way(unit, case, seen)
        codes = list(dict.fromkeys(codes))
        unit.refuse(why_not_refuse_change(state=change.state, codes=codes))
        told: dict[str, Any] = {"details": {"codes": codes}, "paper": kept, "numbered": False}
        event = record_step(actor=actor, case_id=case.pk, step=REFUSED, on=on, **told, at=at)
        _decided(unit, change, event, REFUSED, on, codes=codes)
        _file_again(unit, case)
        unit.about(change, case=case.pk, codes=codes)
    return change


def _under_way(unit: Unit, case: Case, seen: int | None) -> StatusChange:
    """The newest application, locked; refuses `wrong_state` before there is one."""
    held = change_of(case)
    unit.refuse([Refusal("wrong_state")] if held is None else [])
    assert held is not None  # refused above
    return unit.lock(StatusChange, held.pk, seen=seen)


def _decided(unit: Unit, change: StatusChange, event: StationEvent, state: str, on: dt.date, **told: Any) -> None:
    """What a decision leaves of the application, and of the bureau's clock."""
    change.state, change.decided_on = state, on
    change.source, change.paper = event.source, event.paper
    for name, value in told.items():
        setattr(change, name, value)
    unit.save(change)
    unit.settle(DECIDE, change.case)


def _file_again(unit: Unit, case: Case) -> None:
    """On the accepting side the employer files again."""
    if unit.actor.node == ACCEPTING:
        _wait(unit, FILE, case, case.employer, "employer")


def _wait_for_work(unit: Unit, case: Case, on: dt.date) -> None:
    """On the accepting side the employer tells the first day of work within the time of `windows`."""
    if unit.actor.node == ACCEPTING:
        last = closes_on(current_book(), WORK_START, on) - ONE_DAY
        _wait(unit, BEGIN, case, case.employer, "employer", dt.datetime.combine(last, LAST_MOMENT, ZONES[ACCEPTING]))


def _wait(unit: Unit, task: str, case: Case, body: str, role: str, due_at: dt.datetime | None = None) -> None:
    unit.settle(task, case, "replaced")
    unit.wait(task, case, **place_of(task, case, body, role, side=unit.actor.node, at=unit.at, due_at=due_at))
