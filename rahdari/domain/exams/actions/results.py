"""Recording what the examiner found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..messages import RESULTS, marking_of_results, result_told, results_told
from ..models import Booking, Result, Sitting
from ..queries.sittings import roster_of
from ..rules.results import ResultLine, all_recorded, why_not_record_results


def record_results(
    *, actor: Actor, sitting_id: UUID, results: Sequence[ResultLine], seen: int | None = None, at: dt.datetime
) -> Sitting:
    """The examiner records results by booking number: pass, fail or no show, with the identity checked at the door.

    Refuses `before_sitting`, `not_on_roster`, `identity_not_checked`, `already_recorded`, `number_missing` (a pass bears the
    number of its certificate). Leaves the results and the statement `exam.results`; once nobody on the roster waits, the
    sitting is recorded and the clock of the examiner is settled.
    """
    with unit_of_work("exams.record_results", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_results"])
        sitting = unit.lock(Sitting, sitting_id, seen=seen)
        unit.permit(PERMITS["record_results"], sitting)
        today, sat_on = day_at(at, actor.node), day_at(sitting.starts_at, actor.node)
        roster = {one.number: one for one in roster_of(sitting)}
        states = {number: one.state for number, one in roster.items()}
        unit.refuse(why_not_record_results(starts_at=sitting.starts_at, at=at, lines=results, roster=states))
        told = [
            result_told(booking=line.number, result=str(_add(unit, roster[line.number], line, sat_on).pk), line=line)
            for line in results
        ]
        marking = marking_of_results(_bookers(roster[line.number] for line in results))
        unit.say(RESULTS, results_told(sitting=str(sitting.pk), on=today, results=told), marking=marking, thread=sitting.pk)
        if all_recorded([one.state for one in roster.values()]):
            sitting.state = "sitting_recorded"
            unit.settle("exams.record_results", sitting)
        unit.save(sitting)
        unit.about(sitting, results=len(results))
    return sitting


def _add(unit: Unit, booking: Booking, line: ResultLine, sat_on: dt.date) -> Result:
    booking.state = "seat_recorded"
    unit.save(booking)
    return unit.add(_result_of(unit, booking, line, sat_on))


def _result_of(unit: Unit, booking: Booking, line: ResultLine, sat_on: dt.date) -> Result:
    """A result for a booking, not written yet."""
    sitting = booking.sitting
    return Result(
        home=sitting.home,
        booking=booking,
        file=booking.file,
        exam=sitting.exam,
        field=sitting.field,
        test_level=sitting.test_level,
        sat_on=sat_on,
        outcome=line.outcome,
        sections=[{"code": one.code, "score": one.score, "max": one.max} for one in line.sections],
        certificate_no=line.certificate_no,
        recorded_at=unit.at,
        entered_by=unit.actor.person,
    )


def _bookers(bookings: Iterable[Booking]) -> list[str]:
    """Whoever booked the seats, and the contact point; a worker who booked alone is shown their own without being listed."""
    return ["CONTACT_PK", *(one.booked_for for one in bookings if one.booked_for != "WORKER")]
