"""Recording what the examiner found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Missing, Unit, unit_of_work

from ..access import PERMITS
from ..messages import RESULTS, marking_of_results, result_told, results_told
from ..models import Booking, Result, Sitting, VoidedResult
from ..models.results import COUNTS
from ..queries.sittings import roster_of
from ..rules.levels import least_score, why_not_level
from ..rules.results import (
    ResultLine,
    SectionScore,
    all_recorded,
    certificate_key,
    seen_at_door,
    why_not_correct,
    why_not_record_results,
)
from ..rules.voids import APPEAL_GRANTED


def record_results(
    *, actor: Actor, sitting_id: UUID, results: Sequence[ResultLine], seen: int | None = None, at: dt.datetime
) -> Sitting:
    """The examiner records results by booking number: pass, fail or no show, with the identity checked at the door.

    Refuses `before_sitting`, `not_on_roster`, `identity_not_checked`, `turned_away`, `already_recorded`, `number_missing` (a pass
    bears the number of its certificate), `certificate_known`, `score_below_level` (of the section TOTAL). Leaves the results and
    the statement `exam.results`; once nobody on the roster waits, the sitting is recorded, the clock of the examiner is settled,
    and the event `exams.sitting_recorded` told.
    """
    with unit_of_work("exams.record_results", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_results"])
        sitting = unit.lock(Sitting, sitting_id, seen=seen)
        unit.permit(PERMITS["record_results"], sitting)
        today, sat_on = day_at(at, actor.node), day_at(sitting.starts_at, actor.node)
        roster = {one.number: one for one in roster_of(sitting)}
        states = {number: one.state for number, one in roster.items()}
        door = {number: one.door for number, one in roster.items()}
        results = [seen_at_door(line, door.get(line.number, "")) for line in results]
        unit.refuse(
            why_not_record_results(starts_at=sitting.starts_at, at=at, lines=results, roster=states, door=door)
            + _certificates_known(sitting, results)
            + why_not_level(results, _least(sitting, sat_on))
        )
        told = [
            result_told(booking=line.number, result=str(_add(unit, roster[line.number], line, sat_on).pk), line=line)
            for line in results
        ]
        marking = marking_of_results(_bookers(roster[line.number] for line in results))
        unit.say(RESULTS, results_told(sitting=str(sitting.pk), on=today, results=told), marking=marking, thread=sitting.pk)
        if all_recorded([one.state for one in roster.values()]):
            sitting.state = "sitting_recorded"
            unit.settle("exams.record_results", sitting)
            unit.tell("exams.sitting_recorded", sitting=sitting.pk)
        unit.save(sitting)
        unit.about(sitting, results=len(results))
    return sitting


def _certificates_known(sitting: Sitting, lines: Sequence[ResultLine], *, replaces: UUID | None = None) -> list[Refusal]:
    """A number that stands on another certificate of the test already, or twice among these, however it is spaced."""
    numbers = [line.certificate_no.strip() for line in lines if line.certificate_no.strip()]
    keys = [certificate_key(one) or one for one in numbers]
    held = Result.objects.filter(exam=sitting.exam, source="system", state__in=COUNTS).exclude(pk=replaces)
    held = held.filter(Q(certificate_key__in=keys) | Q(certificate_no__in=numbers)) if numbers else held.none()
    taken = {certificate_key(one) or one for one in held.values_list("certificate_no", flat=True)}
    twice = {one for one, key in zip(numbers, keys, strict=True) if key in taken or keys.count(key) > 1}
    return [Refusal("certificate_known", {"certificate": one}, member="results") for one in sorted(twice)]


def correct_result(
    *, actor: Actor, result_id: UUID, outcome: str, reason: str, certificate_no: str = "",
    sections: Sequence[SectionScore] = (), seen: int | None = None, at: dt.datetime,
) -> Result:  # fmt: skip
    """The examiner puts a new result in place of a wrong one, or of a void one whose appeal was granted.

    Refuses `wrong_state`, `reason_missing`, `result_unchanged`, `number_missing`, `score_out_of_range`, `certificate_known`,
    `stale`. Leaves both results, the old one replaced, and `exam.results` with the new one, which names the one it corrects.
    """
    with unit_of_work("exams.correct_result", actor=actor, at=at) as unit:
        unit.permit(PERMITS["correct_result"])
        old = unit.lock(Result, result_id, seen=seen)
        booking = Booking.objects.select_related("sitting", "file").filter(pk=old.booking_id, sitting__home=actor.node).first()
        if booking is None:
            raise Missing(f"Result {result_id}")
        sitting = booking.sitting
        unit.permit(PERMITS["correct_result"], sitting)
        line = ResultLine(booking.number, outcome, outcome != "no_show", certificate_no.strip(), tuple(sections))
        granted = VoidedResult.objects.filter(result=old, appeal=APPEAL_GRANTED).exists()
        unit.refuse(
            why_not_correct(state=old.state, line=line, reason=reason, same=_same(old, line), granted=granted)
            + _certificates_known(sitting, [line], replaces=old.pk)
            + why_not_level([line], _least(sitting, old.sat_on))
        )
        result = _replaced(unit, old, _result_of(unit, booking, line, old.sat_on), reason)
        told = result_told(booking=line.number, result=str(result.pk), line=line, corrects=str(old.pk))
        content = results_told(sitting=str(sitting.pk), on=day_at(at, actor.node), results=[told])
        unit.say(RESULTS, content, marking=marking_of_results(_bookers([booking])), thread=sitting.pk)
        unit.about(result, replaces=old.pk, reason=reason)
    return result


def _replaced(unit: Unit, old: Result, new: Result, reason: str) -> Result:
    """Writes a result in the place of an older one of the same booking."""
    new.replaces, new.correction = old, reason
    old.state = "result_replaced"
    unit.save(old)
    return unit.add(new)


def _least(sitting: Sitting, sat_on: dt.date) -> int | None:
    return least_score(current_book(), sitting.exam, sitting.test_level, sat_on)


def _same(old: Result, line: ResultLine) -> bool:
    sections = [{"code": one.code, "score": one.score, "max": one.max} for one in line.sections]
    return (old.outcome, old.certificate_no, old.sections) == (line.outcome, line.certificate_no, sections)


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
        certificate_no=line.certificate_no.strip(),
        certificate_key=certificate_key(line.certificate_no),
        recorded_at=unit.at,
        entered_by=unit.actor.person,
    )


def _bookers(bookings: Iterable[Booking]) -> list[str]:
    """Whoever booked the seats, and the contact point; a worker who booked alone is shown their own without being listed."""
    return ["CONTACT_PK", *(one.booked_for for one in bookings if one.booked_for != "WORKER")]
