"""The appeal of a promoter against an order on its licence, and the ministry's decision."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work

from ..models import LicenceChange, Organisation
from ..rules.licences import Order, why_not_appeal
from .applying import BUREAU, _order_row, _to_decide, _wait
from .telling import _hold, _tell, _today

MINISTRY, MINISTRY_ROLE = "CONTACT_PK", "contact_point_pk"
ALLOWED, DISMISSED = "allowed", "dismissed"
GIVES_BACK = {"refused": "applied", "suspended": "restored", "cancelled": "restored"}


def appeal_licence_order(
    *, actor: Actor, organisation_id: UUID, text: str = "", seen: int | None = None, at: dt.datetime
) -> Organisation:
    """The holder appeals against the newest order on its licence. The order stands until the ministry decides.

    Refuses `nothing_to_appeal`, `too_late` from the day on that the order names, `not_own_licence`, `stale`. Leaves the
    ministry's clock, and the statement where the order was told.
    """
    with unit_of_work("organisations.appeal_licence_order", actor=actor, at=at) as unit:
        organisation = _to_decide(unit, "appeal_licence_order", organisation_id, seen)
        change = _newest(organisation)
        appeal, until = (change.appeal, change.appeal_until) if change is not None else ("", None)
        unit.refuse(why_not_appeal(state=organisation.state, appeal=appeal, appeal_until=until, today=_today(unit)))
        assert change is not None
        change.appeal, change.appealed_on, change.appeal_text, change.appealed_by = "open", _today(unit), text, actor.person
        unit.save(change)
        unit.save(organisation)
        _tell(unit, organisation)
        _wait(unit, "organisations.decide_appeal", organisation, MINISTRY, MINISTRY_ROLE, what=change.use_case)
        unit.about(organisation, order=change.use_case, appealed_on=change.appealed_on)
    return organisation


def _newest(organisation: Organisation) -> LicenceChange | None:
    """The order that made the licence what it is now."""
    rows = organisation.changes.filter(state=organisation.state, decided_at__isnull=False)
    return rows.order_by("-decided_at", "-id").first()


def decide_appeal(
    *, actor: Actor, organisation_id: UUID, outcome: str, text: str = "", law: str = "", seen: int | None = None, at: dt.datetime
) -> Organisation:
    """The ministry decides an appeal: allowed gives the licence back (an application is open again), dismissed leaves the order.

    Refuses `four_eyes` to whoever entered or decided the order, `no_appeal_open`, `reason_missing` for another outcome or
    without a text, `stale`. Leaves the outcome on the order, the licence as it is now, and the statement.
    """
    with unit_of_work("organisations.decide_appeal", actor=actor, at=at) as unit:
        organisation = _to_decide(unit, "decide_appeal", organisation_id, seen)
        change = _newest(organisation)
        is_open = change is not None and change.appeal == "open"
        unit.refuse([] if is_open else [Refusal("no_appeal_open")])
        assert change is not None
        told = outcome in (ALLOWED, DISMISSED) and text.strip()
        unit.refuse(_why_not_decide(unit, change) + ([] if told else [Refusal("reason_missing", member="text")]))
        change.appeal = outcome
        unit.save(change)
        if outcome == ALLOWED:
            _give_back(unit, organisation, change, text, law)
        else:
            unit.save(organisation)
            _tell(unit, organisation)
        unit.settle("organisations.decide_appeal", organisation, outcome)
        unit.about(organisation, order=change.use_case, outcome=outcome)
    return organisation


def _why_not_decide(unit: Unit, change: LicenceChange) -> list[Refusal]:
    concerned = (change.entered_by, change.decided_by, change.appealed_by)
    return [Refusal("four_eyes")] if unit.actor.person is None or unit.actor.person in concerned else []


def _give_back(unit: Unit, organisation: Organisation, change: LicenceChange, text: str, law: str) -> None:
    state = GIVES_BACK[change.state]
    until = organisation.valid_until if state == "restored" else None
    order = Order(ground="appeal_allowed", text=text, law=law, until=until)
    by, today = change.appealed_by, _today(unit)
    given = _order_row(unit, organisation, "decide_appeal", state, order, (), from_on=today, entered_by=by, decided=True)
    if state == "applied":
        organisation.state = state
        unit.save(organisation)
        _wait(unit, "organisations.grant_licence", organisation, BUREAU[unit.actor.node], "")
    else:
        _hold(unit, organisation, given)
