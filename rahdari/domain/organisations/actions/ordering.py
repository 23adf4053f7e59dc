"""Orders on a licence: entered by one officer, decided by a second one, or withdrawn before.

Renewing, suspending, cancelling, taking back, restoring; in Japan barring an employer and admitting it again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work

from ..models import LicenceChange, Organisation
from ..queries.standing import due_after, renewal_opens_on
from ..rules.entries import Paper
from ..rules.licences import STATE_OF, Order, why_not_order
from .applying import BUREAU, _order_row, _to_decide, _wait, _wait_for_second, _why_not_second
from .parts import _name_body
from .telling import _hold, _today

ENTERED = ("enter_organisation", "register_support_org")


def renew_licence(
    *, actor: Actor, organisation_id: UUID, order: Order, papers: Sequence[Paper] = (), seen: int | None = None, at: dt.datetime
) -> Organisation:
    """An officer enters the renewal of a licence until a new day, with the law that gives its length.

    Refuses `declarations_missing`, `too_early_to_renew`, `until_missing`, `until_before_from`, `law_missing`, `order_open`,
    `wrong_state` (also while it is suspended), `stale`. Leaves the order for a second officer.
    """
    with unit_of_work("organisations.renew_licence", actor=actor, at=at) as unit:
        organisation = _entered(unit, "renew_licence", organisation_id, order, papers, seen)
        unit.about(organisation, until=order.until)
    return organisation


def suspend_licence(
    *, actor: Actor, organisation_id: UUID, order: Order, papers: Sequence[Paper] = (), seen: int | None = None, at: dt.datetime
) -> Organisation:
    """An officer enters the suspension of a licence: at once (`interim`, the hearing follows), or after the hearing.

    Refuses `reason_missing`, `name_match_only` where nothing but a like name ties the matter to this firm, `known_by_missing`,
    `show_cause_missing`, `hearing_missing`, `not_heard`, `law_missing`, `appeal_until_missing`, `order_open`, `wrong_state`,
    `stale`. Leaves the order for a second officer.
    """
    with unit_of_work("organisations.suspend_licence", actor=actor, at=at) as unit:
        organisation = _entered(unit, "suspend_licence", organisation_id, order, papers, seen)
        unit.about(organisation, ground=order.ground, interim=order.interim)
    return organisation


def cancel_licence(
    *, actor: Actor, organisation_id: UUID, order: Order, papers: Sequence[Paper] = (), seen: int | None = None, at: dt.datetime
) -> Organisation:
    """An officer enters the cancellation of a licence after the hearing.

    Refuses `not_heard`, and what `suspend_licence` refuses. Leaves the order for a second officer.
    """
    with unit_of_work("organisations.cancel_licence", actor=actor, at=at) as unit:
        organisation = _entered(unit, "cancel_licence", organisation_id, order, papers, seen)
        unit.about(organisation, ground=order.ground)
    return organisation


def surrender_licence(
    *, actor: Actor, organisation_id: UUID, order: Order, papers: Sequence[Paper] = (), seen: int | None = None, at: dt.datetime
) -> Organisation:
    """An officer enters that a holder gives its licence back; the money of its workers must be settled first.

    Refuses `workers_unpaid`, `reason_missing`, `order_open`, `wrong_state`, `stale`. Leaves the order for a second officer.
    """
    with unit_of_work("organisations.surrender_licence", actor=actor, at=at) as unit:
        organisation = _entered(unit, "surrender_licence", organisation_id, order, papers, seen)
        unit.about(organisation, ground=order.ground)
    return organisation


def restore_licence(
    *, actor: Actor, organisation_id: UUID, order: Order, papers: Sequence[Paper] = (), seen: int | None = None, at: dt.datetime
) -> Organisation:
    """An officer enters that a suspended or cancelled licence holds again, for what is left of its validity.

    Refuses `reason_missing`, `order_open`, `wrong_state`, `stale`. Leaves the order for a second officer.
    """
    with unit_of_work("organisations.restore_licence", actor=actor, at=at) as unit:
        organisation = _entered(unit, "restore_licence", organisation_id, order, papers, seen)
        unit.about(organisation, ground=order.ground)
    return organisation


def disqualify_employer(
    *, actor: Actor, organisation_id: UUID, order: Order, papers: Sequence[Paper] = (), seen: int | None = None, at: dt.datetime
) -> Organisation:
    """An officer in Japan enters that an employer, or a body that supports or places, is barred; with ground and article.

    Refuses `reason_missing`, `law_missing`, `name_match_only`, `known_by_missing`, `not_of_this_kind`, `order_open`,
    `wrong_state`, `stale`. Leaves the order for a second officer.
    """
    with unit_of_work("organisations.disqualify_employer", actor=actor, at=at) as unit:
        organisation = _entered(unit, "disqualify_employer", organisation_id, order, papers, seen)
        unit.about(organisation, ground=order.ground, law=order.law)
    return organisation


def restore_employer(
    *, actor: Actor, organisation_id: UUID, order: Order, papers: Sequence[Paper] = (), seen: int | None = None, at: dt.datetime
) -> Organisation:
    """An officer in Japan enters that a barred organisation is admitted again.

    Refuses `reason_missing`, `not_of_this_kind`, `order_open`, `wrong_state`, `stale`. Leaves the order for a second officer.
    """
    with unit_of_work("organisations.restore_employer", actor=actor, at=at) as unit:
        organisation = _entered(unit, "restore_employer", organisation_id, order, papers, seen)
        unit.about(organisation, ground=order.ground)
    return organisation


def _entered(
    unit: Unit, use_case: str, organisation_id: UUID, order: Order, papers: Sequence[Paper], seen: int | None
) -> Organisation:
    """Enters an order and opens the task of the second officer; the licence stays as it is until then."""
    organisation = _to_decide(unit, use_case, organisation_id, seen)
    unit.refuse(_why_not(unit, use_case, organisation, order, open_order=_open_order(organisation) is not None))
    change = _order_row(unit, organisation, use_case, STATE_OF[use_case], order, papers)
    unit.save(organisation)
    _wait_for_second(unit, organisation, change)
    return organisation


def _why_not(unit: Unit, use_case: str, organisation: Organisation, order: Order, *, open_order: bool) -> list[Refusal]:
    return why_not_order(
        use_case,
        order,
        state=organisation.state,
        kind=organisation.kind,
        open_order=open_order,
        valid_until=organisation.valid_until,
        renew_from=renewal_opens_on(organisation, current_book()),
        today=_today(unit),
    )


def _open_order(organisation: Organisation) -> LicenceChange | None:
    """The order that waits for a second officer."""
    return organisation.changes.filter(decided_at=None, withdrawn_at=None).first()


def decide_order(*, actor: Actor, organisation_id: UUID, seen: int | None = None, at: dt.datetime) -> Organisation:
    """A second officer decides the order that waits; from today on it holds, and the other state is told at once.

    Refuses `four_eyes` to whoever entered it, `no_order_waits`, whatever the rules refuse by now, `stale`. Leaves the
    licence as ordered, the statement, the event `organisations.licence_changed`, and after an interim suspension the clock
    of the hearing.
    """
    with unit_of_work("organisations.decide_order", actor=actor, at=at) as unit:
        organisation = _to_decide(unit, "decide_order", organisation_id, seen)
        change = _open_order(organisation)
        unit.refuse([] if change is not None else [Refusal("no_order_waits")])
        assert change is not None
        against = _why_not_second(unit, change.entered_by)
        if change.use_case not in ENTERED:
            against += _why_not(unit, change.use_case, organisation, _order_of(change), open_order=False)
        unit.refuse(against)
        change.from_on = change.from_on or _today(unit)
        if change.state == "restored":
            change.until = organisation.valid_until
        change.decided_at, change.decided_by = at, actor.person
        unit.save(change)
        _hold(unit, organisation, change)
        if change.use_case in ENTERED:
            _name_body(actor, organisation, at)
        unit.settle("organisations.decide_order", organisation)
        unit.settle("organisations.renew_licence", organisation)
        unit.settle("organisations.hold_hearing", organisation)
        if change.interim:
            due = due_after("organisations.hold_hearing", at, current_book(), organisation.home)
            _wait(unit, "organisations.hold_hearing", organisation, BUREAU[actor.node], "", due=due)
        unit.about(organisation, order=change.use_case, state=change.state, from_on=change.from_on, ground=change.ground)
    return organisation


def _order_of(change: LicenceChange) -> Order:
    """A row as the rules take it."""
    return Order(
        ground=change.ground,
        text=change.text,
        law=change.law,
        until=change.until,
        known_by=change.known_by,
        shown_cause_on=change.shown_cause_on,
        hearing_on=change.hearing_on,
        interim=change.interim,
        appeal_until=change.appeal_until,
        declarations_filed=change.declarations_filed,
        workers_settled=change.workers_settled,
    )


def withdraw_order(*, actor: Actor, organisation_id: UUID, seen: int | None = None, at: dt.datetime) -> Organisation:
    """An officer takes back the order that waits; the licence stays as it is.

    Refuses `no_order_waits`, `stale`. An entry that was never decided stays an application nobody sees.
    """
    with unit_of_work("organisations.withdraw_order", actor=actor, at=at) as unit:
        organisation = _to_decide(unit, "withdraw_order", organisation_id, seen)
        change = _open_order(organisation)
        unit.refuse([] if change is not None else [Refusal("no_order_waits")])
        assert change is not None
        change.withdrawn_at = at
        unit.save(change)
        unit.save(organisation)
        unit.settle("organisations.decide_order", organisation, "withdrawn")
        unit.about(organisation, order=change.use_case)
    return organisation
