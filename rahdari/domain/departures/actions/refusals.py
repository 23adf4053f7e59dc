"""Stations 12 and 13 when the answer is no, or not yet: more papers, a refusal; and papers whose time has run out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import ZONES, day_at
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.jobs.queries.clocks import LAST_MOMENT
from rahdari.domain.jobs.rules.papers import Paper as StepPaper
from rahdari.domain.placements.actions import record_step
from rahdari.domain.placements.models import Case

from ..access import PERMITS
from ..models import Departure
from ..queries.cases import paper_in_force
from ..rules.refusals import why_not_ask_papers, why_not_expire, why_not_refuse_coe, why_not_refuse_visa
from ..rules.windows import COE, USE, VISA
from .certificates import SENDING, _wait_for_visa
from .papers import _locked_departure, _paper_asked, _taken_up, _wait_for, _wait_for_carrier
from .passes import _end_pass

ACCEPTING = "jp"
BRING = "departures.bring_papers"
WINDOW_CLOSED = "window_closed"
SETTLED = (
    "record_visa_filed", "decide_visa", "apply_registration", "issue_clearance", "appeal_clearance", "build_manifest",
)  # fmt: skip


def refuse_coe(
    *, actor: Actor, case_id: UUID, codes: Sequence[str], on: dt.date | None = None, paper: StepPaper | None = None,
    seen: int | None = None, at: dt.datetime,
) -> Departure:  # fmt: skip
    """The bureau refuses the certificate (or the employer enters its letter); on Pakistan's node it is entered from paper.

    Refuses `reason_missing`, `wrong_state`, `before_previous_step`, `stale`, and what a paper lacks. Leaves the step
    `coe_refused`, and the employer to file again or to take the contract back.
    """
    with unit_of_work("departures.refuse_coe", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["refuse_coe"], case_id, seen)
        kept = _paper_asked(unit, "coe_refused", paper)
        on = day_at(at, actor.node) if on is None else on
        codes = list(dict.fromkeys(codes))
        unit.refuse(why_not_refuse_coe(state=departure.state, codes=codes))
        told = {"codes": codes}
        record_step(actor=actor, case_id=case.pk, step="coe_refused", on=on, details=told, paper=kept, numbered=False, at=at)
        departure.state = "coe_refused"
        unit.save(departure)
        _file_again(unit, case, "refused")
        unit.about(departure, case=case.pk, codes=codes)
    return departure


def _file_again(unit: Unit, case: Case, why: str) -> None:
    """The bureau owes nothing any more; the employer files again, and where one state is alone whoever recruits tells of it."""
    unit.settle(("departures.decide_coe", BRING, USE[COE], USE[VISA]), case, why)  # without a certificate nothing hangs on a visa
    if unit.actor.node == ACCEPTING:
        _wait_for(unit, "departures.file_coe", case, body=case.employer, role="employer")
    elif not case.demand.is_shared:  # where one state is alone the new application is entered from its paper
        _wait_for_carrier(unit, "departures.file_coe", case)


def ask_for_papers(
    *, actor: Actor, case_id: UUID, items: Sequence[str], due: dt.date, on: dt.date | None = None,
    paper: StepPaper | None = None, seen: int | None = None, at: dt.datetime,
) -> Departure:  # fmt: skip
    """The bureau asks for more papers until a day (or the employer enters its letter); it stops nothing and is shown.

    Refuses `reason_missing`, `due_too_soon`, `wrong_state`, `before_previous_step`, `stale`, and what a paper lacks. Leaves the
    step `coe_more_papers`, and on the accepting side the employer's clock.
    """
    with unit_of_work("departures.ask_for_papers", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["ask_for_papers"], case_id, seen)
        kept = _paper_asked(unit, "coe_more_papers", paper)
        on = day_at(at, actor.node) if on is None else on
        items = list(dict.fromkeys(items))
        unit.refuse(why_not_ask_papers(state=departure.state, items=items, due=due, on=on))
        told = {"items": items, "due": due.isoformat()}
        record_step(actor=actor, case_id=case.pk, step="coe_more_papers", on=on, details=told, paper=kept, numbered=False, at=at)
        unit.save(departure)
        if actor.node == ACCEPTING:
            until = dt.datetime.combine(due, LAST_MOMENT, ZONES[ACCEPTING])
            _wait_for(unit, BRING, case, body=case.employer, role="employer", due_at=until, page="departures.see_departure")
        unit.about(departure, case=case.pk, items=items, due=due)
    return departure


def refuse_visa(
    *, actor: Actor, case_id: UUID, on: dt.date | None = None, paper: StepPaper | None = None, seen: int | None = None,
    at: dt.datetime,
) -> Departure:  # fmt: skip
    """The visa desk of the mission refuses the visa; no reason is given. On Pakistan's node it is entered from paper.

    Refuses `wrong_state`, `before_previous_step`, `stale`, and what a paper lacks. Leaves the step `visa_refused`; it can be
    applied for again while the certificate holds.
    """
    with unit_of_work("departures.refuse_visa", actor=actor, at=at) as unit:
        case, departure = _taken_up(unit, PERMITS["refuse_visa"], case_id, seen)
        kept = _paper_asked(unit, "visa_refused", paper)
        on = day_at(at, actor.node) if on is None else on
        unit.refuse(why_not_refuse_visa(state=departure.state))
        record_step(actor=actor, case_id=case.pk, step="visa_refused", on=on, paper=kept, numbered=False, at=at)
        departure.state = "visa_refused"
        unit.save(departure)
        _visa_again(unit, case, "refused")
        unit.about(departure, case=case.pk, on=on)
    return departure


def _visa_again(unit: Unit, case: Case, why: str) -> None:
    """The mission owes nothing any more; on the sending side whoever files may do so again."""
    unit.settle(("departures.decide_visa", USE[VISA]), case, why)
    if unit.actor.node == SENDING:
        _wait_for_visa(unit, case)


def expire_paper(*, actor: Actor, case_id: UUID, kind: str, at: dt.datetime) -> Departure:
    """The node records that a certificate (`coe`) or a visa ended, from the first day without it on.

    On Pakistan's node only of one that was entered from paper and of which Japan's node told nothing, by the same paper.
    Refuses `window_open` before that day, `wrong_state` where nothing waits for the paper any more. Leaves the step
    `coe_expired` or `visa_expired`, and the case where the paper can be asked for again.
    """
    with unit_of_work("departures.expire_paper", actor=actor, at=at) as unit:
        unit.permit(PERMITS["expire_paper"])
        case = unit.lock(Case, case_id)
        departure = _locked_departure(unit, case)
        paper, today = paper_in_force(departure, kind), day_at(at, actor.node)
        until = paper.until if paper is not None and paper.home == actor.node else None
        unit.refuse(why_not_expire(kind=kind, state=departure.state, until=until, today=today))
        assert paper is not None  # refused above
        step, told = f"{kind}_expired", {"acting": "ISA" if kind == "coe" else "EMB_JP_PK", "paper": paper.paper}
        record_step(actor=actor, case_id=case.pk, step=step, on=today, **told, at=at)  # type: ignore[arg-type]
        departure.state = step
        unit.save(departure)
        _paper_ended(unit, case, departure, kind)
        unit.about(departure, case=case.pk, kind=kind, until=until)
    return departure


def _paper_ended(unit: Unit, case: Case, departure: Departure, kind: str) -> None:
    """What the end of a paper leaves on either node: nothing waits on it, a pass given with it ends, it is asked for again."""
    for name in SETTLED:
        unit.settle(f"departures.{name}", case, "expired")
    if unit.actor.node == SENDING:
        _end_pass(unit, departure, WINDOW_CLOSED)
    if kind == "coe":
        _file_again(unit, case, "expired")
    else:
        _visa_again(unit, case, "expired")
