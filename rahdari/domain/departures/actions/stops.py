"""A clearance refused or revoked, and the appeal to the Bureau; what was revoked is on the public list at once."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.days import offices_of
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case

from ..access import PERMITS
from ..models import ClearanceStop, Departure
from ..queries.passes import stop_of, stop_waiting
from ..rules.clearances import (
    REFUSED,
    REVOKED,
    why_not_appeal,
    why_not_decide_appeal,
    why_not_propose,
    why_not_refuse,
    why_not_revoke,
)
from .papers import _taken_up, _wait_for, _wait_for_carrier
from .passes import _end_pass

CLEAR, REVOKE, DECIDE = "departures.issue_clearance", "departures.revoke_clearance", "departures.decide_clearance_appeal"
APPEAL = "departures.appeal_clearance"
FLIGHT = ("departures.build_manifest", "departures.record_departure")


def refuse_clearance(
    *, actor: Actor, case_id: UUID, code: str, heard_on: dt.date | None = None, note: str = "", seen: int | None = None,
    at: dt.datetime,
) -> Departure:  # fmt: skip
    """The Protector refuses the clearance on a ground of the list, after hearing the worker.

    Refuses `already_departed`, `reason_missing`, `worker_unheard`, `date_in_future`, `wrong_state`, `stale`. Leaves the
    ground with the note (closed at rest), the step `clearance_refused`, and the days for an appeal; the worker may also apply
    again with what was missing.
    """
    with unit_of_work("departures.refuse_clearance", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["refuse_clearance"], case_id, seen)
        today = day_at(at, actor.node)
        unit.refuse(why_not_refuse(state=departure.state, code=code, heard_on=heard_on, today=today))
        stop = _stop(unit, departure, REFUSED, code, heard_on, note)
        _decide(unit, case, departure, stop, "clearance_refused")
        unit.settle(CLEAR, case, "refused")
        _wait_for_carrier(unit, "departures.apply_registration", case)
        unit.about(departure, case=case.pk, code=code)
    return departure


def propose_revocation(
    *, actor: Actor, case_id: UUID, code: str, heard_on: dt.date | None = None, note: str = "", seen: int | None = None,
    at: dt.datetime,
) -> Departure:  # fmt: skip
    """A Protector proposes to revoke a clearance, after hearing the worker; a second one decides.

    Refuses `already_departed`, `revocation_waits`, `reason_missing`, `worker_unheard`, `date_in_future`, `wrong_state`,
    `stale`. Leaves the proposal, which nobody outside the office sees, and the second officer's task.
    """
    with unit_of_work("departures.propose_revocation", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["propose_revocation"], case_id, seen)
        today, open_one = day_at(at, actor.node), stop_waiting(departure) is not None
        unit.refuse(why_not_propose(state=departure.state, code=code, heard_on=heard_on, today=today, open_one=open_one))
        _stop(unit, departure, REVOKED, code, heard_on, note)
        unit.save(departure)
        _wait_for(unit, REVOKE, case, body="PROTECTOR", role="protector")
        unit.about(departure, case=case.pk, code=code)
    return departure


def revoke_clearance(*, actor: Actor, case_id: UUID, seen: int | None = None, at: dt.datetime) -> Departure:
    """A second Protector revokes the clearance on the ground that was proposed.

    Refuses `no_revocation_waits`, `four_eyes` to whoever proposed it, `already_departed`, `wrong_state`, `stale`. Leaves the
    pass on the public list of revoked ones at once, the step `clearance_revoked`, and the days for an appeal; the flight waits
    for nobody any more.
    """
    with unit_of_work("departures.revoke_clearance", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["revoke_clearance"], case_id, seen)
        stop = stop_waiting(departure)
        same = stop is not None and (actor.person is None or stop.proposed_by == actor.person)
        unit.refuse(why_not_revoke(state=departure.state, proposed=stop is not None, same_person=same))
        assert stop is not None  # refused above
        _end_pass(unit, departure, REVOKED)
        departure.warned_permission = None  # it must hold once more, at the next registration
        _decide(unit, case, departure, unit.lock(ClearanceStop, stop.pk), "clearance_revoked")
        for task in (REVOKE, *FLIGHT):
            unit.settle(task, case, "revoked" if task in FLIGHT else "done")
        unit.about(departure, case=case.pk, code=stop.code)
    return departure


def drop_revocation(*, actor: Actor, case_id: UUID, seen: int | None = None, at: dt.datetime) -> Departure:
    """A Protector takes a proposal to revoke back: the clearance stands. Refuses `no_revocation_waits`, `stale`."""
    with unit_of_work("departures.drop_revocation", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["drop_revocation"], case_id, seen)
        stop = stop_waiting(departure)
        unit.refuse([] if stop is not None else [Refusal("no_revocation_waits")])
        assert stop is not None  # refused above
        row = unit.lock(ClearanceStop, stop.pk)
        row.outcome, row.decided_at = "dropped", at
        unit.save(row)
        unit.save(departure)
        unit.settle(REVOKE, case, "dropped")
        unit.about(departure, case=case.pk, code=row.code)
    return departure


def appeal_clearance(*, actor: Actor, case_id: UUID, words: str, seen: int | None = None, at: dt.datetime) -> Departure:
    """The worker, or whoever recruits, appeals to the Bureau against a clearance refused or revoked, once.

    Refuses `clearance_stands`, `appealed_before`, `appeal_too_late`, `reason_missing`, `stale`. Leaves the appeal (closed at
    rest) and the Bureau's clock.
    """
    with unit_of_work("departures.appeal_clearance", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["appeal_clearance"], case_id, seen)
        stop = stop_of(departure)
        unit.refuse(
            why_not_appeal(
                stopped=stop is not None and departure.state in ("clearance_refused", "clearance_revoked"),
                appealed=stop is not None and bool(stop.appeal),
                until=stop.appeal_until if stop is not None else None,
                today=day_at(at, actor.node),
                words=words,
            )
        )
        assert stop is not None  # refused above
        row = unit.lock(ClearanceStop, stop.pk)
        row.appeal, row.appealed_at, row.appeal_words = "asked", at, words.strip()
        unit.save(row)
        unit.save(departure)
        unit.settle(APPEAL, case)
        _wait_for(unit, DECIDE, case, body="BEOE", role="bureau_officer")
        unit.about(departure, case=case.pk, kind=row.kind)
    return departure


def decide_clearance_appeal(
    *, actor: Actor, case_id: UUID, outcome: str, reasons: str, seen: int | None = None, at: dt.datetime
) -> Departure:
    """The Bureau decides an appeal: `upheld`, or `lifted`, and the case lies before the Protector again.

    A serial that was revoked stays on the list: after a new clearance there is a new pass. Refuses `no_appeal_open`,
    `four_eyes`, `reason_missing`, `stale`. Leaves the reasons, and lifted the Protector's clock.
    """
    with unit_of_work("departures.decide_clearance_appeal", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["decide_clearance_appeal"], case_id, seen)
        stop = stop_of(departure)
        asked = stop is not None and stop.appeal == "asked"
        same = stop is not None and (actor.person is None or actor.person in (stop.proposed_by, stop.decided_by))
        unit.refuse(why_not_decide_appeal(asked=asked, outcome=outcome, reasons=reasons, same_person=same))
        assert stop is not None  # refused above
        row = unit.lock(ClearanceStop, stop.pk)
        row.appeal, row.appeal_reasons, row.appeal_decided_at, row.appeal_decided_by = outcome, reasons.strip(), at, actor.person
        unit.save(row)
        if outcome == "lifted" and departure.state in ("clearance_refused", "clearance_revoked"):
            departure.state = "registration_applied"
            unit.settle("departures.apply_registration", case, "lifted")
            _wait_for(unit, CLEAR, case, body="PROTECTOR", role="protector")
        unit.save(departure)
        unit.settle(DECIDE, case)
        unit.about(departure, case=case.pk, kind=row.kind, outcome=outcome)
    return departure


def _stop(unit: Unit, departure: Departure, kind: str, code: str, heard_on: dt.date | None, note: str) -> ClearanceStop:
    assert unit.actor.person is not None  # whoever decides is signed in
    told = {"heard_on": heard_on, "note": note.strip() or None, "proposed_at": unit.at, "proposed_by": unit.actor.person}
    # what is decided by one person alone is decided at once: two rows never wait for one departure
    return unit.add(
        ClearanceStop(departure=departure, kind=kind, code=code, outcome="" if kind == REVOKED else "decided", **told)
    )


def _decide(unit: Unit, case: Case, departure: Departure, stop: ClearanceStop, step: str) -> None:
    """What a stop leaves: itself decided, the step told, the state, the worker's days for an appeal."""
    book, today = current_book(), day_at(unit.at, unit.actor.node)
    stop.outcome, stop.decided_at, stop.decided_by = "decided", unit.at, unit.actor.person
    row = next(iter(book.in_force("action_targets", today, use_case=APPEAL, side=unit.actor.node)))
    stop.appeal_until = offices_of(unit.actor.node.upper(), book).working_days_after(today, row.number("number") or 0)
    unit.save(stop)
    record_step(actor=unit.actor, case_id=case.pk, step=step, on=today, details={"code": stop.code}, at=unit.at)
    departure.state = step
    unit.save(departure)
    _wait_for(unit, APPEAL, case, body="WORKER", role="worker")
