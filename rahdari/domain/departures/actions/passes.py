"""The pass of a clearance: given with it, ended with it, given anew where it was lost or says what is no longer so."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal
from rahdari.base.work import Missing, Unit, unit_of_work
from rahdari.domain.contracts.queries import contract_of, offer_of
from rahdari.domain.exchange.queries.papers import signs_papers
from rahdari.domain.placements.models import Case

from ..access import PERMITS
from ..models import Departure, Pass, PassList, Registration, Revoked, SlipBook
from ..queries.passes import holds_until, next_serial, pass_in_force, passes_to_end, signed_pass
from ..rules.clearances import REPLACED_BECAUSE
from .papers import _taken_up

SERIALS = "departures.serials"
CASE_ENDED = "case_ended"
HELD_IN = (
    "cleared",
    "flight_booked",
    "flight_missed",
    "departed",
    "not_arrived",
    "arrived",
)  # states of a departure that is cleared


def _give_pass(
    unit: Unit, case: Case, departure: Departure, registration: Registration, *, begins: dt.date,
    slip: tuple[int, SlipBook] | None = None,
) -> Pass | None:  # fmt: skip
    """Gives the pass of a clearance; none where this node has no keys yet (`replace_pass` gives it later)."""
    offer, contract = offer_of(case), contract_of(case)
    if not signs_papers(unit.at) or offer is None or contract is None or unit.actor.person is None:
        return None
    if slip is None:
        unit.alone(SERIALS)
    serial, book = slip or (next_serial(), None)  # a slip's serial is nobody else's while its book is locked
    until = holds_until(case, offer.terms, contract.lands_on or begins)
    token = signed_pass(case, registration, serial=serial, begins=begins, until=until, at=unit.at)
    return unit.add(
        Pass(
            departure=departure,
            serial=serial,
            clearance_no=registration.clearance_no,
            token=token,
            issued_at=unit.at,
            issued_by=unit.actor.person,
            begins_on=begins,
            until=until,
            source="system" if book is None else "outage",
            blank=book,
        )
    )


def _end_pass(unit: Unit, departure: Departure, code: str) -> Pass | None:
    """Ends the pass in force and puts its serial on the list of revoked ones at once."""
    held = pass_in_force(departure)
    if held is None:
        return None
    row = unit.lock(Pass, held.pk)
    row.ended_on, row.ended_because = day_at(unit.at, unit.actor.node), code
    unit.save(row)
    _revoke_serials(unit, row.serial, row.serial, code, drops_on=row.until)
    return row


def _revoke_serials(unit: Unit, first: int, last: int, code: str, *, drops_on: dt.date) -> Revoked:
    today = day_at(unit.at, unit.actor.node)
    told = {"on": today, "code": code, "drops_on": drops_on, "revoked_at": unit.at, "revoked_by": unit.actor.person}
    return unit.add(Revoked(first=first, last=last, **told))


def replace_pass(*, actor: Actor, case_id: UUID, code: str, seen: int | None = None, at: dt.datetime) -> Departure:
    """The Protector gives a new pass for a clearance that holds; the old one goes onto the list of revoked ones at once.

    So a lost pass is of no use to whoever finds it. Also where none could be given with the clearance. Refuses
    `reason_missing`, `no_clearance`, `no_keys` where this node cannot sign, `stale`. Leaves the new pass.
    """
    with unit_of_work("departures.replace_pass", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["replace_pass"], case_id, seen)
        registration = Registration.objects.filter(departure=departure).exclude(clearance_no="").first()
        against = [] if code in REPLACED_BECAUSE else [Refusal("reason_missing", member="code")]
        if registration is None or departure.state not in HELD_IN:
            against.append(Refusal("no_clearance"))
        unit.refuse(against if signs_papers(at) else [*against, Refusal("no_keys")])
        assert registration is not None  # refused above
        old = _end_pass(unit, departure, code)
        begins = registration.cleared_on or day_at(at, actor.node)
        new = _give_pass(unit, case, departure, registration, begins=begins)
        unit.save(departure)
        serials = {"old": old.serial if old else None, "new": new.serial if new else None}
        unit.about(departure, case=case.pk, code=code, **serials)
    return departure


def end_pass(*, actor: Actor, pass_id: UUID, at: dt.datetime) -> bool:
    """The node itself ends the pass of a case that ended before anybody departed; its serial goes onto the list of revoked ones.

    Says whether there was something to end. Leaves the clearance as it is: nothing can be booked on a case that is over.
    """
    with unit_of_work("departures.end_pass", actor=actor, at=at) as unit:
        unit.permit(PERMITS["end_pass"])
        of_pass = Departure.objects.filter(passes=pass_id).values_list("pk", flat=True).first()
        if of_pass is None:
            raise Missing(f"Pass {pass_id}")
        departure, held = unit.lock(Departure, of_pass), unit.lock(Pass, pass_id)
        ends = passes_to_end().filter(pk=pass_id).exists()
        if ends:
            _end_pass(unit, departure, CASE_ENDED)
        unit.about(departure, serial=held.serial, ended=ends)
    return ends


def keep_pass_list(
    *, actor: Actor, node: str, token: str, said_at: dt.datetime, next_update: dt.datetime, at: dt.datetime
) -> bool:
    """Keeps the newest list of revoked passes of another state, checked before; says whether it was newer than the one held."""
    with unit_of_work("departures.keep_pass_list", actor=actor, at=at) as unit:
        unit.permit(PERMITS["keep_pass_list"])
        unit.alone(f"departures.pass_list {node}")
        held = PassList.objects.filter(node=node).first()
        newer = held is None or said_at > held.said_at
        row = held or PassList(node=node)
        if newer:
            row.token, row.said_at, row.next_update, row.fetched_at = token, said_at, next_update, at
            unit.add(row) if held is None else unit.save(row)
        unit.about(row, node=node, newer=newer)
    return newer
