"""A service from home: the case of a worker who let a firm know who they are, from the profile (5) to the yes (7).

No vacancy is published and nobody applies: the firm saw a profile, the worker said yes, and the case begins at the interview.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.candidates.models import Consent, File
from rahdari.domain.jobs.models import Demand, Vacancy
from rahdari.domain.jobs.rules.line import is_service

from ..access import PERMITS
from ..messages import NOMINATED, WITHDRAWN, withdrawn
from ..models import Case, Nomination
from ..queries.parties import WORKER, to_employer
from ..rules.cases import CASE_MOVES
from ..rules.steps import SIGNED_AT
from .applications import SIDE, _next_number, _profile, _told
from .steps import record_step
from .withdrawing import _over

BY_EMPLOYER = "by_the_employer"  # nobody ranks: the client itself picked the profile
CONSENT_GONE = "consent_withdrawn"


@dataclass(frozen=True, slots=True)
class RevealedTo:
    """A worker's yes to one firm: the id of the showing, which is that of the case, the file, the consent, and the days."""

    case: UUID
    file: File
    consent: Consent
    published_on: dt.date


def open_service_case(*, actor: Actor, vacancy_id: UUID, revealed: RevealedTo, at: dt.datetime) -> Case:
    """The node opens the case of a worker who said yes to a client; the same again leaves it as it is.

    Called only inside the action that tells the firm who it is. Leaves stations 5 and 7 passed and `placement.nominated` told
    to the client with what the yes sends; the year of birth is not told.
    """
    with unit_of_work("placements.open_service_case", actor=actor, at=at) as unit:
        unit.permit(PERMITS["open_service_case"])
        case: Case | None = Case.objects.filter(pk=revealed.case).first()
        case = case or _opened(unit, Vacancy.objects.select_related("demand").get(pk=vacancy_id), revealed)
        unit.about(case, number=case.number)
    return case


def _opened(unit: Unit, vacancy: Vacancy, revealed: RevealedTo) -> Case:
    file, demand, today = revealed.file, vacancy.demand, day_at(unit.at, SIDE)
    case = unit.add(
        Case(
            id=revealed.case,
            home=unit.actor.node,
            number=_next_number(unit, today),
            person=file.pseudonym,
            worker=file.person_id,
            file=file,
            demand=demand,
            vacancy=vacancy,
            route=demand.route,
            employer=demand.employer,
            placement_business=demand.placement_business,
            name=file.name,
            profile=_shown(file, demand),
            applied_on=revealed.published_on,
            opened_at=unit.at,
        )
    )
    step: dict[str, Any] = {"actor": unit.actor, "case_id": case.pk, "acting": WORKER, "at": unit.at}
    record_step(**step, step="application_filed", on=min(revealed.published_on, today))
    marking = to_employer(case)
    nomination = Nomination(home=unit.actor.node, case=case, on=today, rank=1, rule=BY_EMPLOYER, consent=revealed.consent)
    nomination.level, nomination.bodies = marking.level, list(marking.bodies)
    content = _told(case, revealed.consent)
    nomination.statement = unit.say(NOMINATED, content, marking=marking.told(), thread=case.pk, language="en").id
    unit.add(nomination)
    record_step(**step, step="candidate_nominated", on=today)
    case.refresh_from_db()
    case.state = "nominated"
    unit.save(case)
    return case


def _shown(file: File, demand: Demand) -> dict[str, Any]:
    """What a client is told of a person: as any employer, without the year of birth and the day somebody could leave."""
    told = _profile(file, demand, 1, BY_EMPLOYER)
    del told["birth_year"]
    return told | {"available_from": None}


def end_service_case(*, actor: Actor, case_id: UUID, at: dt.datetime) -> Case | None:
    """The node ends a case whose worker took their yes back before a contract; None where there is none, or it is over.

    Leaves the case withdrawn and told. A contract that was signed stands: it ends by `contracts.end_service`.
    """
    with unit_of_work("placements.end_service_case", actor=actor, at=at) as unit:
        unit.permit(PERMITS["end_service_case"])
        case: Case | None = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
        goes_on = (
            case is not None and is_service(case.route) and case.station < SIGNED_AT and "withdrawn" in CASE_MOVES[case.state]
        )
        unit.about(case or Case(), ended=goes_on)
        if case is None or not goes_on:
            return None
        on = day_at(at, SIDE)
        content = withdrawn(case=str(case.pk), reason=CONSENT_GONE, on=on)
        unit.say(WITHDRAWN, content, marking=to_employer(case).told(), thread=case.pk)
        step = {"step": "application_withdrawn", "on": on, "acting": WORKER, "reason": CONSENT_GONE}
        record_step(actor=actor, case_id=case.pk, **step, at=at)  # type: ignore[arg-type]  # each by its name
        _over(unit, case, "withdrawn")
    return case
