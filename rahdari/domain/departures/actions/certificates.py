"""Station 12: the employer applies for a certificate of eligibility, the bureau issues it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.contracts.queries import contract_of
from rahdari.domain.contracts.queries.papers import coe_facts_of
from rahdari.domain.exams.queries.voided import why_test_void
from rahdari.domain.fields.queries.orders import field_state
from rahdari.domain.jobs.rules.line import is_supported
from rahdari.domain.jobs.rules.papers import Paper as StepPaper
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries.parties import recruiter_of

from ..access import PERMITS
from ..models import Departure
from ..rules.steps import COUNCIL, DEPARTURE_MOVES, HEALTH_CHECK, why_not_decide_coe, why_not_file_coe
from ..rules.windows import COE, closes_on
from .papers import _keep, _paper_asked, _taken_up, _wait_for

SENDING = "pk"


def file_coe(
    *, actor: Actor, case_id: UUID, bureau: str, receipt_no: str, on: dt.date | None = None, council_member: bool = False,
    paper: StepPaper | None = None, seen: int | None = None, at: dt.datetime,
) -> Departure:  # fmt: skip
    """The employer tells that it applied for a certificate of eligibility; on Pakistan's node it is entered from paper.

    Refuses `qualification_void`, `guidance_missing`, `health_check_missing`, `council_missing`, `field_suspended`,
    `contract_missing`, `wrong_state`, `before_previous_step`, and what a paper lacks. Leaves the step `coe_filed` and the
    clock of the bureau.
    """
    with unit_of_work("departures.file_coe", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["file_coe"], case_id, seen)
        kept = _paper_asked(unit, "coe_filed", paper, receipt_no)
        on = day_at(at, actor.node) if on is None else on
        if kept is None:
            unit.refuse(
                _why_not_file(unit, case, departure, council_member)
                + why_test_void(case.person, case.demand.tests, case.demand.field)
            )
        else:
            unit.refuse(why_not_move(DEPARTURE_MOVES, departure.state, "coe_filed"))
        details = {"bureau": bureau, "receipt_no": receipt_no.strip()}
        record_step(actor=actor, case_id=case.pk, step="coe_filed", on=on, details=details, paper=kept, at=at)
        departure.state = "coe_filed"
        unit.save(departure)
        unit.settle("departures.file_coe", case)
        if kept is None:
            _wait_for(unit, "departures.decide_coe", case, body="ISA", role="isa_regional")
        unit.about(departure, case=case.pk, bureau=bureau)
    return departure


def _why_not_file(unit: Unit, case: Case, departure: Departure, council_member: bool) -> list[Refusal]:
    book, contract = current_book(), contract_of(case)
    papers = set(departure.papers.values_list("kind", flat=True)) | ({COUNCIL} if council_member else set())
    if contract is not None and coe_facts_of(contract).get("health_fit"):
        papers.add(HEALTH_CHECK)
    today = day_at(unit.at, unit.actor.node)
    rows = book.in_force("field_requirements", today, field=case.demand.field)
    return why_not_file_coe(
        state=departure.state,
        signed=contract is not None,
        supported=is_supported(case.route),
        papers=papers,
        conditions={code for row in rows for code in row.codes("extra_condition_code")},
        field=case.demand.field,
        field_state=field_state(unit.actor, case.demand.field, today, book),
    )


def decide_coe(
    *, actor: Actor, case_id: UUID, coe_number: str, on: dt.date | None = None, paper: StepPaper | None = None,
    seen: int | None = None, at: dt.datetime,
) -> Departure:  # fmt: skip
    """The bureau issues the certificate (or the employer enters its letter); on Pakistan's node it is entered from paper.

    Refuses `number_missing`, `wrong_state`, `before_previous_step`, and what a paper lacks. Leaves the certificate with the
    day it runs out (JP_COE of `windows`), the step `coe_issued`, and on the sending side the clock of the visa.
    """
    with unit_of_work("departures.decide_coe", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["decide_coe"], case_id, seen)
        kept = _paper_asked(unit, "coe_issued", paper, coe_number)
        on = day_at(at, actor.node) if on is None else on
        unit.refuse(why_not_decide_coe(state=departure.state, number=coe_number, own_side=kept is None))
        until = closes_on(current_book(), COE, on)
        number = coe_number.strip()
        details = {"coe_number": number, "until": until.isoformat()}
        event = record_step(actor=actor, case_id=case.pk, step="coe_issued", on=on, details=details, paper=kept, at=at)
        _keep(unit, departure, "coe", event, dated_on=on, until=until, number=number, issuer=actor.body)
        departure.state = "coe_issued"
        unit.save(departure)
        unit.settle("departures.decide_coe", case)
        if actor.node == SENDING:
            _wait_for_visa(unit, case)
        unit.about(departure, case=case.pk, until=until)
    return departure


def _wait_for_visa(unit: Unit, case: Case) -> None:
    """The promoter's clerk, or the worker, asks for the visa next."""
    _wait_for(unit, "departures.record_visa_filed", case, body=recruiter_of(case))
