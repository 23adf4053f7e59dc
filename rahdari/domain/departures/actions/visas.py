"""Station 13: the visa is asked for on the sending side and decided at the mission."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.jobs.rules.papers import Paper as StepPaper
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case

from ..access import PERMITS
from ..models import Departure
from ..queries.cases import coe_until
from ..rules.steps import why_not_decide_visa, why_not_file_visa
from ..rules.windows import VISA, closes_on
from .papers import _keep, _paper_asked, _taken_up, _wait_for_carrier

SENDING = "pk"


def record_visa_filed(
    *, actor: Actor, case_id: UUID, on: dt.date | None = None, seen: int | None = None, at: dt.datetime
) -> Departure:
    """The worker, or the promoter's clerk, tells that the visa was applied for.

    Refuses `coe_expired`, `passport_expires` (before the certificate does), `wrong_state`, `before_previous_step`. Leaves the
    step `visa_filed`.
    """
    with unit_of_work("departures.record_visa_filed", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["record_visa_filed"], case_id, seen)
        on = day_at(at, actor.node) if on is None else on
        until = coe_until(departure)
        unit.refuse(
            why_not_file_visa(
                state=departure.state,
                coe_until=until,
                passport_until=None if case.file is None else case.file.passport_until,
                on=on,
                needed_until=until or on,
            )
        )
        record_step(actor=actor, case_id=case.pk, step="visa_filed", on=on, at=at)
        departure.state = "visa_filed"
        unit.save(departure)
        unit.settle("departures.record_visa_filed", case)
        unit.about(departure, case=case.pk, on=on)
    return departure


def decide_visa(
    *, actor: Actor, case_id: UUID, on: dt.date | None = None, until: dt.date | None = None, number: str = "",
    paper: StepPaper | None = None, seen: int | None = None, at: dt.datetime,
) -> Departure:  # fmt: skip
    """The visa desk of the mission records the visa; on Pakistan's node the sticker is entered by worker or Protector.

    `until` is the first day without visa; unsaid it follows from JP_VISA of `windows`. Refuses `coe_expired`, `wrong_state`,
    `before_previous_step`, and what a paper lacks. Leaves the visa, the step `visa_issued`, and on the sending side the
    clock of the registration.
    """
    with unit_of_work("departures.decide_visa", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["decide_visa"], case_id, seen)
        kept = _paper_asked(unit, "visa_issued", paper, number)
        on = day_at(at, actor.node) if on is None else on
        unit.refuse(why_not_decide_visa(state=departure.state, coe_until=coe_until(departure), on=on, own_side=kept is None))
        until = closes_on(current_book(), VISA, on) if until is None else until
        details = {"until": until.isoformat()}
        event = record_step(actor=actor, case_id=case.pk, step="visa_issued", on=on, details=details, paper=kept, at=at)
        number = number.strip() or (kept.number if kept else "")
        _keep(unit, departure, "visa", event, dated_on=on, until=until, number=number or None, issuer=actor.body)
        departure.state = "visa_issued"
        unit.save(departure)
        unit.settle("departures.decide_visa", case)
        unit.settle("departures.record_visa_filed", case, "replaced")
        if actor.node == SENDING:
            _wait_for_registration(unit, case)
        unit.about(departure, case=case.pk, until=until)
    return departure


def _wait_for_registration(unit: Unit, case: Case) -> None:
    """Whoever recruits, or the worker alone, applies for the registration next."""
    _wait_for_carrier(unit, "departures.apply_registration", case)
