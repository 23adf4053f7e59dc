"""What the accepting side tells of residence: the guidance given and the first day of work."""

from __future__ import annotations

import datetime as dt

from rahdari.base.actor import Actor
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.departures.actions import record_paper
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.jobs.rules.papers import PAPER
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case, StationEvent

from ..access import PERMITS
from ..models import Employment, Guidance
from ..queries.cases import employment_of, guidance_of


def mirror_step(*, actor: Actor, statement: Statement, at: dt.datetime) -> StationEvent:
    """Takes up the guidance or the first day of work that the accepting side told.

    Refuses `contract_missing`, `before_previous_step`. A first day entered from paper before is confirmed or contested.
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
            _guided(unit, case, statement) if told["step"] == "guidance_given" else _begun(unit, case, statement)
        unit.about(event, case=case.pk, step=told["step"], statement=statement.id)
    return event


def _guided(unit: Unit, case: Case, statement: Statement) -> None:
    on, details = dt.date.fromisoformat(statement.data["on"]), dict(statement.data["details"])
    if guidance_of(case) is None:
        told = {"given_on": on, "minutes": details["minutes"], "language": details["language"]}
        unit.add(Guidance(**told_by(statement), case=case, **told, given_by=statement.data["acting"]))
    marked = told_by(statement)
    record_paper(actor=unit.actor, case_id=case.pk, kind="guidance", on=on, told=details, marked=marked, at=unit.at)


def _begun(unit: Unit, case: Case, statement: Statement) -> None:
    """The word of the employer's node takes the place of what was entered from paper here."""
    columns = told_by(statement) | {"begun_on": dt.date.fromisoformat(statement.data["on"]), "source": "system", "paper": None}
    employment = employment_of(case)
    if employment is None:
        unit.add(Employment(case=case, employer=case.employer, **columns))
        return
    for name, value in columns.items():
        setattr(employment, name, value)
    unit.save(employment)
