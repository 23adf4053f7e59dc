"""The steps of stations 1 to 4: recorded on the demand, told by `journey.stage` where it carries them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from rahdari.base.clock import day_at
from rahdari.base.statements import Statement
from rahdari.base.work import Unit
from rahdari.domain.disclosure.rules import told_by

from ..messages import DETAILS, STAGE, Subject, journey_stage, step_marking
from ..models import Demand, DemandStep, StepPaper, Vacancy
from ..rules.line import STATION_OF
from ..rules.papers import PAPER, SYSTEM


def _add_step(
    unit: Unit, demand: Demand, step: str, on: dt.date, *, acting: str, details: Mapping[str, Any] | None = None,
    vacancy: Vacancy | None = None, paper: StepPaper | None = None, reason: str = "",
) -> DemandStep:  # fmt: skip
    """Records a step inside the unit of the action that took it, and tells it to the partner."""
    node = unit.actor.node
    event = DemandStep(
        home=node,
        demand=demand,
        vacancy=vacancy,
        station=STATION_OF[step],
        step=step,
        on=on,
        acting=acting,
        source=SYSTEM if paper is None else PAPER,
        reason=reason,
        details=dict(details or {}),
        paper=paper,
        at=unit.at,
    )
    if paper is not None:
        event.stands_for = "jp" if node == "pk" else "pk"
    if step in DETAILS:
        _tell(unit, event)
    return unit.add(event)


def _tell(unit: Unit, event: DemandStep) -> None:
    to = "jp" if event.home == "pk" else "pk"
    demand, vacancy = event.demand, event.vacancy
    parties = {"employer": demand.employer, "placement_business": demand.placement_business, "promoter": demand.promoter}
    marking = step_marking(event.step, to=to, parties=parties)
    subject = Subject("demand", demand.pk) if vacancy is None else Subject("vacancy", vacancy.pk)
    content = journey_stage(
        subject=subject,
        station=event.station,
        step=event.step,
        on=event.on,
        acting=event.acting,
        source=event.source,
        reason=event.reason or None,
        details=event.details,
    )
    event.level, event.bodies = marking.level, list(marking.bodies)
    if demand.is_shared:
        unit.say(STAGE, content, marking=marking.told(), thread=demand.pk)


def _add_filed_step(
    unit: Unit, demand: Demand, step: str, reason: str, details: Mapping[str, Any], statement: Statement | None = None
) -> DemandStep:
    """Records a step of station 1 that a statement of its own carries: as taken here, or as the partner told it."""
    acting = demand.placement_business or demand.employer
    if statement is None:
        return _add_step(unit, demand, step, day_at(unit.at, unit.actor.node), acting=acting, details=details, reason=reason)
    on = day_at(statement.issued_at, statement.sender)
    about: dict[str, Any] = {"station": STATION_OF[step], "step": step, "on": on, "acting": acting, "reason": reason}
    return unit.add(DemandStep(**told_by(statement), demand=demand, details=dict(details), at=unit.at, **about))


def _add_told_step(unit: Unit, demand: Demand, statement: Statement, vacancy: Vacancy | None = None) -> DemandStep:
    """Records a step the partner told."""
    data = statement.data
    event = DemandStep(
        **told_by(statement),
        demand=demand,
        vacancy=vacancy,
        station=data["station"],
        step=data["step"],
        on=dt.date.fromisoformat(data["on"]),
        acting=data["acting"],
        source=data["source"],
        reason=data["reason"] or "",
        details=dict(data["details"]),
        at=unit.at,
    )
    if event.source == PAPER:
        event.stands_for = unit.actor.node
    return unit.add(event)
