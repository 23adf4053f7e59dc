"""What the accepting side tells of residence: guidance, a change of status, the first day of work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from rahdari.base.actor import Actor
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.departures.actions import record_paper
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.jobs.rules.line import is_travelled
from rahdari.domain.jobs.rules.papers import PAPER
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case, StationEvent

from ..access import PERMITS
from ..models import Employment, Guidance, StatusChange
from ..queries.cases import change_of, employment_of, guidance_of
from ..rules.changes import FILED, REFUSED


def mirror_step(*, actor: Actor, statement: Statement, at: dt.datetime) -> StationEvent:
    """Takes up a step of residence that the accepting side told.

    Refuses `contract_missing`, `before_previous_step`. A step entered from paper before is confirmed or contested.
    """
    with unit_of_work("residence.mirror_step", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_step"])
        told = statement.data
        case = unit.lock(Case, told["id"])
        event = record_step(
            actor=actor,
            case_id=case.pk,
            step=told["step"],
            on=dt.date.fromisoformat(told["on"]),
            acting=told["acting"],
            reason=told.get("reason") or "",
            details=told["details"],
            told=statement,
            at=at,
        )
        if told["source"] != PAPER:
            STEPS[told["step"]](unit, case, statement)
        unit.about(event, case=case.pk, step=told["step"], statement=statement.id)
    return event


def _guided(unit: Unit, case: Case, statement: Statement) -> None:
    on, details = _on(statement), dict(statement.data["details"])
    if guidance_of(case) is None:
        told = {"given_on": on, "minutes": details["minutes"], "language": details["language"]}
        unit.add(Guidance(**told_by(statement), case=case, **told, given_by=statement.data["acting"]))
    if is_travelled(case.route):
        marked = told_by(statement)
        record_paper(actor=unit.actor, case_id=case.pk, kind="guidance", on=on, told=details, marked=marked, at=unit.at)


def _change_filed(unit: Unit, case: Case, statement: Statement) -> None:
    details = statement.data["details"]
    told = {"bureau": details["bureau"], "receipt_no": details["receipt_no"], "filed_on": _on(statement)}
    _keep_change(unit, case, statement, told)


def _change_decided(unit: Unit, case: Case, statement: Statement) -> None:
    details, told = statement.data["details"], {"decided_on": _on(statement)}
    until = dt.date.fromisoformat(details["until"]) if "until" in details else None
    _keep_change(unit, case, statement, told | {"until": until, "codes": details.get("codes", [])})


def _keep_change(unit: Unit, case: Case, statement: Statement, told: Mapping[str, Any]) -> None:
    """The word of the accepting side takes the place of what was entered from paper here; a new application is a new row.

    One that is told as filed and was entered as decided here stays decided until the decision is told.
    """
    state, change = statement.data["step"], change_of(case)
    new = change is None or (state == FILED and change.state == REFUSED)
    if change is None or new:
        change = StatusChange(case=case)
    if state != FILED or new:
        change.state = state
    for name, value in {**told_by(statement), **told, "source": "system", "paper": None}.items():
        setattr(change, name, value)
    unit.add(change) if new else unit.save(change)


def _on(statement: Statement) -> dt.date:
    return dt.date.fromisoformat(statement.data["on"])


def _begun(unit: Unit, case: Case, statement: Statement) -> None:
    """The word of the employer's node takes the place of what was entered from paper here."""
    columns = told_by(statement) | {"begun_on": _on(statement), "source": "system", "paper": None}
    employment = employment_of(case)
    if employment is None:
        unit.add(Employment(case=case, employer=case.employer, **columns))
        return
    for name, value in columns.items():
        setattr(employment, name, value)
    unit.save(employment)


STEPS: Mapping[str, Callable[[Unit, Case, Statement], None]] = {
    "guidance_given": _guided,
    "change_filed": _change_filed,
    "status_changed": _change_decided,
    "change_refused": _change_decided,
    "work_begun": _begun,
}
