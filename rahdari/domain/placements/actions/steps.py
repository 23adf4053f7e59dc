"""The one writer of the line from station 5 on: every package above records its steps here, inside its own action."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Marking, Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.jobs.actions import (
    check_licences,
    keep_paper,
    record_place_freed,
    record_place_signed,
    record_place_taken,
)
from rahdari.domain.jobs.messages import DETAILS, STAGE, Subject, journey_stage, step_marking
from rahdari.domain.jobs.models import StepPaper
from rahdari.domain.jobs.rules.line import STATION_OF, own_side, passes
from rahdari.domain.jobs.rules.papers import PAPER, SYSTEM, Paper, agrees

from ..access import PERMITS
from ..models import Case, StationEvent
from ..queries.holds import open_holds
from ..queries.parties import WORKER, parties_of, partner_of
from ..queries.voided import why_test_void
from ..rules.cases import OVER
from ..rules.holds import HELD_STEPS, why_not_go_on
from ..rules.steps import GOES_ON_WITHOUT, NEEDS_LICENCE, same_matter, why_not_record
from .telling import _announce
from .turns import _keep_turn

PLACE_NOTES = {"selected": record_place_taken, "contract_signed": record_place_signed, "service_signed": record_place_signed}
FREES_A_PLACE = ("application_withdrawn", "case_let_go", "contract_rescinded")


def record_step(
    *, actor: Actor, case_id: UUID, step: str, on: dt.date, acting: str = "", reason: str = "",
    details: Mapping[str, Any] | None = None, also_told: Mapping[str, Any] | None = None,
    paper: Paper | StepPaper | None = None, told: Statement | None = None, numbered: bool = True, at: dt.datetime,
) -> StationEvent:  # fmt: skip
    """Records a step of stations 5 to 19 of a case and tells it to the partner where `journey.stage` carries it.

    Called only inside the action of the package that took the step (which has permitted it and checked the order of
    things). `details` are kept and told, `also_told` is told and not kept. A step of the other side comes with its
    `paper` or with the statement that `told` it (then nothing is told back). Refuses `date_in_future`, `case_held`,
    `step_not_on_route`, `before_previous_step`, `wrong_node`, `qualification_void`, `licence_not_valid`, and what
    `jobs.keep_paper` refuses. Leaves the step, the case at its station, the licences as answered, and an earlier paper of the
    step confirmed or contested.
    """
    with unit_of_work("placements.record_step", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_step"])
        case = unit.lock(Case, case_id, beside=("demand",))
        before = list(StationEvent.objects.filter(case=case))
        unit.refuse(
            why_not_record(
                step=step,
                route=case.route,
                node=actor.node,
                on=on,
                today=day_at(at, actor.node) if told is None else day_at(at, "jp"),
                paper=paper is not None,
                told=told is not None,
                inside=bool(unit.within),
                earlier=_earlier(before, step),
            )
        )
        if told is None:
            unit.refuse(_why_stopped(case, step))
            _ask_licences(actor, case, step, on, at)
        event = _event(actor, case, step, on, _kept(actor, paper, step, on, numbered, at), at)
        event.acting, event.reason, event.details = acting or actor.body or WORKER, reason, dict(details or {})
        _as_told(event, told) if told is not None else _tell(unit, case, event, also_told)
        unit.add(event)
        _meet(unit, event, before)
        if passes(step) and event.station > case.station:
            case.station = event.station
            unit.save(case)
        _keep_turn(unit, case, event)
        _announce(unit, case, event, before)
        _note_place(actor, case, step, at)
        unit.about(event, case=case.pk, step=step, on=on, source=event.source)
    return event


def _event(actor: Actor, case: Case, step: str, on: dt.date, kept: StepPaper | None, at: dt.datetime) -> StationEvent:
    """A step of a case on a day; one of the other side stands on its paper."""
    event = StationEvent(home=actor.node, case=case, station=STATION_OF[step], step=step, on=on, paper=kept, at=at)
    event.source = PAPER if kept is not None else SYSTEM
    if kept is not None:
        event.stands_for = partner_of(actor.node)
    return event


def _note_place(actor: Actor, case: Case, step: str, at: dt.datetime) -> None:
    """What the demand below must know of its places: taken, signed for, free again."""
    note = PLACE_NOTES.get(step)
    if step in FREES_A_PLACE and case.state == "selected":
        note = record_place_freed
    if note is not None:
        note(actor=actor, demand_id=case.demand_id, case=case.pk, at=at)


def _why_stopped(case: Case, step: str) -> list[Refusal]:
    """What stops a case on its way: that it has ended, a void test it rests on, or whatever holds it."""
    if case.state in OVER and step in HELD_STEPS:
        return [Refusal("wrong_state", {"now": case.state, "to": step})]
    held = [one.cause for one in open_holds(case)] if step in HELD_STEPS else []
    return why_test_void(case, step) + why_not_go_on(step, held)


def _ask_licences(actor: Actor, case: Case, step: str, on: dt.date, at: dt.datetime) -> None:
    """Asks again for the licences of whoever stands between worker and employer, and keeps the answers."""
    goes_on = step in GOES_ON_WITHOUT
    if goes_on or step in NEEDS_LICENCE:
        about: dict[str, Any] = {"subject_kind": "placements.case", "subject_id": str(case.pk)}
        told: dict[str, Any] = {"on": on, "goes_on": goes_on, "moved": case.moved}
        check_licences(actor=actor, demand=case.demand, **about, **told, at=at)


def _earlier(before: Iterable[StationEvent], step: str) -> list[tuple[dt.date, bool]]:
    """The days of the steps of earlier stations that passed them, with whether the other side of this step took them."""
    passed = [one for one in before if one.station < STATION_OF[step] and one.station != 6 and passes(one.step)]
    return [(one.on, not own_side(one.step, _side(step))) for one in passed]


def _side(step: str) -> str:
    return "pk" if own_side(step, "pk") else "jp"


def _kept(
    actor: Actor, paper: Paper | StepPaper | None, step: str, on: dt.date, numbered: bool, at: dt.datetime
) -> StepPaper | None:
    if paper is None or isinstance(paper, StepPaper):
        return paper
    return keep_paper(actor=actor, paper=paper, on=on, own_side=own_side(step, actor.node), numbered=numbered, at=at)


def _as_told(event: StationEvent, told: Statement) -> None:
    for name, value in told_by(told).items():
        setattr(event, name, value)
    if told.data.get("source") == PAPER:
        event.source, event.stands_for = PAPER, partner_of(told.sender)


def _tell(unit: Unit, case: Case, event: StationEvent, also_told: Mapping[str, Any] | None) -> None:
    if event.step not in DETAILS:
        return
    marking = step_marking(event.step, to=partner_of(event.home), parties=parties_of(case))
    content = journey_stage(
        subject=Subject("case", case.pk),
        station=event.station,
        step=event.step,
        on=event.on,
        acting=event.acting,
        source=event.source,
        reason=event.reason or None,
        details={**event.details, **(also_told or {})},
    )
    _mark(event, marking)
    if case.demand.is_shared:
        unit.say(STAGE, content, marking=marking.told(), thread=case.pk)


def _mark(event: StationEvent, marking: Marking) -> None:
    event.level, event.bodies = marking.level, list(marking.bodies)


def _meet(unit: Unit, event: StationEvent, before: Iterable[StationEvent]) -> None:
    """Where one row of a step is a paper and the other the word of the side that took it: the paper is confirmed or contested.

    The case is locked, and with it all its steps: this is their one writer.
    """
    of_step = [one for one in before if one.step in same_matter(event.step)]
    if event.source == PAPER:
        own = max((one for one in of_step if one.source == SYSTEM), key=lambda one: (one.at, one.pk), default=None)
        if own is not None:
            _judge(unit, event, own)
        return
    for paper in of_step:
        if paper.source == PAPER and paper.stands_for == event.home and paper.confirmed_by is None and paper.contested_by is None:
            _judge(unit, paper, event)


def _judge(unit: Unit, paper: StationEvent, own: StationEvent) -> None:
    word = own.statement or own.pk
    if paper.step == own.step and agrees(paper.on, paper.details, own.on, own.details):
        paper.confirmed_by = word
    else:
        paper.contested_by = word
    unit.save(paper)
