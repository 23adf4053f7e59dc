"""Ringing: what an operator must look at becomes an alarm and a row of what waits."""

from __future__ import annotations

from typing import Any

from rahdari.base.work import Unit
from rahdari.domain.accounts.rules.roles import ROLES

from ..models import Alarm

OPERATORS = dict(zip(("pk", "jp"), ROLES["node_operator"].bodies, strict=True))


def ring(unit: Unit, code: str, node: str, subject: str = "", **facts: Any) -> Alarm:
    """Raises an alarm unless the same one is open; opens what waits for the operator of this node."""
    unit.alone(f"exchange.alarm {code} {node} {subject}")
    held: Alarm | None = Alarm.objects.filter(code=code, node=node, subject=subject, settled_at=None).first()
    if held is not None:
        return held
    alarm = unit.add(Alarm(code=code, node=node, subject=subject[:120], facts=facts, raised_at=unit.at))
    unit.wait(
        "exchange.look_at_alarm",
        alarm,
        holder_body=OPERATORS[unit.actor.node],
        holder_role="node_operator",
        holder_side=unit.actor.node,
        matter={"alarm": f"alarm_{code}", "partner": node},
        url_name="exchange.see_exchange",
        due_at=None,
    )
    return alarm


def quiet(unit: Unit, code: str, node: str, subject: str = "") -> None:
    """Settles an alarm whose cause is gone."""
    for alarm in Alarm.objects.filter(code=code, node=node, subject=subject, settled_at=None):
        alarm.settled_at = unit.at
        unit.save(alarm)
        unit.settle("exchange.look_at_alarm", alarm)
