"""Writes: what an operator does at the desk of the exchange. Forks are not settled here: that is a command (`forks.py`)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.jobs import wake
from rahdari.base.work import Missing, unit_of_work

from ..access import PERMITS
from ..models import Alarm, Fork, Journal, Link, Partner
from ..rules.attending import why_not_release, why_not_settle


def settle_alarm(*, actor: Actor, alarm_id: UUID, reason: str, text: str = "", seen: int | None = None, at: datetime) -> Alarm:
    """An operator looked at an alarm and settles it with a reason of the list; the words are the operator's own.

    Refuses `wrong_state` for one that is settled, `alarm_lasts` while its cause goes on (a stopped stream, notices held
    back), `reason_missing`, `too_long`. Leaves the alarm with the reason; its task on the worklist is done.
    """
    with unit_of_work("exchange.settle_alarm", actor=actor, at=at) as unit:
        unit.permit(PERMITS["settle_alarm"])
        alarm = unit.lock(Alarm, alarm_id, seen=seen)
        unit.refuse(
            why_not_settle(settled=alarm.settled_at is not None, lasts=_lasts(alarm), reason=reason, text=text),
        )
        alarm.settled_at = at
        alarm.facts = alarm.facts | {"settled": {"reason": reason, "text": text}}
        unit.save(alarm)
        unit.settle("exchange.look_at_alarm", alarm)
        unit.about(alarm, alarm=alarm.code, node=alarm.node, reason=reason)
    return alarm


def _lasts(alarm: Alarm) -> bool:
    """Whether what rings goes on whatever is said of it."""
    if alarm.code == "fork":
        open_forks = Fork.objects.filter(settled_at=None).values_list("sender", "receiver", "seq")
        return alarm.subject in {f"{sender} {receiver} {seq}" for sender, receiver, seq in open_forks}
    if alarm.code == "witness_refused":
        return Link.objects.filter(partner__node=alarm.node).exclude(witness_refused_at=None).exists()
    return False


def release_notices(*, actor: Actor, node: str, reason: str, at: datetime) -> Link:
    """An operator lets the notices to a partner go that wait because its witness refused the journal.

    Refuses `notices_not_held`, `reason_missing`; `Missing` without such a partner. The courier signs them at its next turn;
    when the witness refuses again, later notices wait again. The alarm stays until it is settled.
    """
    with unit_of_work("exchange.release_notices", actor=actor, at=at) as unit:
        unit.permit(PERMITS["release_notices"])
        partner = Partner.objects.exclude(state="removed").filter(node=node).first()
        link = Link.objects.select_for_update().filter(partner=partner).first() if partner else None
        if partner is None or link is None:
            raise Missing(f"Partner {node}")
        unit.refuse(why_not_release(held=link.witness_refused_at is not None, reason=reason))
        journal = Journal.objects.filter(closed_at=None).order_by("-number").first()
        link.witness_refused_at = None
        link.released_until_size = journal.size if journal else 0
        link.save(update_fields=["witness_refused_at", "released_until_size"])
        unit.about(partner, node=node, reason=reason, released_until_size=link.released_until_size)
        wake("outbox.statement", partner=node)
    return link
