"""What happens to a licence by the calendar alone: the warning before it ends, and its end."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES
from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move
from rahdari.base.work import unit_of_work

from ..access import PERMITS, REGISTRARS
from ..models import Organisation
from ..rules.licences import LICENCE_MOVES, Order
from .applying import BUREAU, _order_row, _wait
from .telling import _hold, _today

RENEWS = {"OEP": "promoter_manager", "RSO": "support_org", "JP_PLACEMENT": "placement_business"}


def expire_licence(*, actor: Actor, organisation_id: UUID, at: dt.datetime) -> Organisation:
    """The node records that a licence ended because it was not renewed, from its first day without validity on.

    Refuses `licence_goes_on` before that day, `wrong_node` for an entry of the other state, `wrong_state`. Leaves the licence
    expired, an order that waited for a second officer as it was, and the statement.
    """
    with unit_of_work("organisations.expire_licence", actor=actor, at=at) as unit:
        unit.permit(PERMITS["expire_licence"])
        organisation = unit.lock(Organisation, organisation_id)
        ends = organisation.valid_until
        unit.refuse([Refusal("wrong_node")] if organisation.home != actor.node else [])
        unit.refuse([Refusal("licence_goes_on")] if ends is None or ends > _today(unit) else [])
        unit.refuse(why_not_move(LICENCE_MOVES, organisation.state, "expired"))
        order = Order(ground="not_renewed")
        change = _order_row(unit, organisation, "expire_licence", "expired", order, (), from_on=ends, decided=True)
        _hold(unit, organisation, change)
        unit.settle("organisations.renew_licence", organisation, "expired")
        unit.about(organisation, from_on=ends)
    return organisation


def warn_of_expiry(*, actor: Actor, organisation_id: UUID, at: dt.datetime) -> Organisation:
    """The node puts the renewal on the holder's worklist, due on the last day of the licence; once for each licence.

    Refuses `wrong_node` for an entry of the other state. Whoever has no desk here is seen by the register's office.
    """
    with unit_of_work("organisations.warn_of_expiry", actor=actor, at=at) as unit:
        unit.permit(PERMITS["warn_of_expiry"])
        organisation = unit.lock(Organisation, organisation_id)
        unit.refuse([Refusal("wrong_node")] if organisation.home != actor.node else [])
        ends = organisation.valid_until
        assert ends is not None
        role = RENEWS.get(organisation.kind, "")
        body = organisation.registry_id if role == "promoter_manager" else BUREAU[organisation.home]
        due = dt.datetime.combine(ends, dt.time(), ZONES[organisation.home]) - dt.timedelta(seconds=1)
        by = role if role == "promoter_manager" else REGISTRARS[organisation.home]
        unit.settle("organisations.renew_licence", organisation, "warned")
        _wait(unit, "organisations.renew_licence", organisation, body, by, due=due)
        unit.about(organisation, valid_until=ends)
    return organisation
