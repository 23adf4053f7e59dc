"""What every step of a departure shares: the case locked and permitted, its papers kept, who is next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

from rahdari.base.access import Permit
from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.contracts.queries import contract_of
from rahdari.domain.jobs.rules.line import is_travelled, own_side
from rahdari.domain.jobs.rules.papers import Paper as StepPaper
from rahdari.domain.placements.models import Case, StationEvent
from rahdari.domain.placements.queries.parties import carries
from rahdari.domain.placements.queries.waiting import place_of
from rahdari.domain.placements.rules.cases import OVER

from ..access import PERMITS
from ..models import Departure, Paper
from ..queries.cases import WARNED, WINDOW_OF, case_here
from ..rules.manifests import of_one
from ..rules.steps import DEPARTURE_MOVES, ENDED
from ..rules.windows import USE

ORDER = tuple(DEPARTURE_MOVES)  # the states as they follow one another
STOPPED = {  # how far these are
    "clearance_refused": "registration_applied",
    "clearance_revoked": "registration_applied",
    "flight_missed": "cleared",
    "not_arrived": "departed",
    "coe_refused": "coe_filed",
    "coe_expired": "begun",
    "visa_refused": "visa_filed",
    "visa_expired": "coe_issued",
}
# what was done before a paper ended, and heard of only afterwards, counts
AFTER_A_VISA = ("cleared", "flight_booked", "flight_missed", "departed")
KINDS = ("guidance", "health_check", "council", "coe", "visa")


def _taken_up(unit: Unit, permit: Permit, case_id: UUID, seen: int | None = None) -> tuple[Case, Departure]:
    """The case the actor may see, permitted, with its departure locked; refuses `contract_missing` before there is one."""
    unit.permit(permit)
    case = case_here(unit.actor, case_id)
    unit.permit(permit, case)
    return case, _locked_departure(unit, case, seen)


def _locked_departure(unit: Unit, case: Case, seen: int | None = None) -> Departure:
    """The departure of a case, locked after the case; one is begun where the contract is signed and there is none yet.

    Refuses `nobody_travels` on a way that has none.
    """
    unit.refuse([] if is_travelled(case.route) else [Refusal("nobody_travels")])
    case.state = unit.lock(Case, case.pk).state
    held = Departure.objects.filter(case=case).values_list("pk", flat=True).first()
    unit.refuse([Refusal("wrong_state", {"now": case.state, "to": "begun"})] if case.state in OVER else [])
    if held is not None:
        return unit.lock(Departure, held, seen=seen)
    unit.refuse([] if contract_of(case) is not None else [Refusal("contract_missing")])
    return unit.add(Departure(case=case))


def _paper_asked(unit: Unit, step: str, paper: StepPaper | None, number: str = "") -> StepPaper | None:
    """The paper by which this node enters a step of the other side, with the number it bears; none for a step of its own.

    Refuses `wrong_node` where a step of the other side comes without any paper: it is theirs to take.
    """
    if own_side(step, unit.actor.node):
        if paper is not None:
            raise Refused([Refusal("own_side_step")])
        return None
    if paper is None:
        raise Refused([Refusal("scan_missing", member="paper.scan")])
    return replace(paper, number=paper.number or number)


def _advance(unit: Unit, departure: Departure, to: str) -> None:
    """Moves a departure on as the partner told it; one that is further already (by a paper entered here) stays.

    Refuses `wrong_state` for a step that cannot come yet.
    """
    stopped_at = STOPPED.get(departure.state, departure.state)  # what lies between two refusals is not told
    told_late = departure.state in ENDED and to in AFTER_A_VISA
    if told_late or to in DEPARTURE_MOVES[departure.state] or to in DEPARTURE_MOVES[stopped_at]:
        departure.state = to
        unit.save(departure)
    elif ORDER.index(stopped_at) < ORDER.index(to):
        unit.refuse([Refusal("wrong_state", {"now": departure.state, "to": to})])


def _keep(
    unit: Unit, departure: Departure, kind: str, event: StationEvent | None = None, *, dated_on: dt.date,
    until: dt.date | None = None, number: str | None = None, issuer: str = "", columns: Mapping[str, Any] | None = None,
    told: Mapping[str, Any] | None = None,
) -> Paper:  # fmt: skip
    """Keeps a paper of a kind on a departure, in the place of an earlier one of this node; marked as the step that told it."""
    home = unit.actor.node if columns is None else columns["home"]
    paper = Paper.objects.select_for_update().filter(departure=departure, kind=kind, home=home).first()
    new = paper is None
    paper = paper or Paper(departure=departure, kind=kind, home=home)
    paper.number, paper.issuer, paper.dated_on, paper.until, paper.told = number, issuer, dated_on, until, dict(told or {})
    if event is not None:
        paper.level, paper.bodies, paper.source, paper.paper = event.level, event.bodies, event.source, event.paper
    for name, value in (columns or {}).items():
        setattr(paper, name, value)
    window = WINDOW_OF.get(kind)
    if window is not None and getattr(departure, WARNED[window]) not in (None, until):
        unit.settle(USE[window], departure.case, "renewed")
    return unit.add(paper) if new else unit.save(paper)


def _used(unit: Unit, case: Case, *windows: str) -> None:
    """Nobody need be warned of these windows any more: they were used."""
    for window in windows:
        unit.settle(USE[window], case, "used")


def _wait_for(
    unit: Unit, task: str, case: Case, *, body: str, role: str = "", due_at: dt.datetime | None = None, page: str = ""
) -> None:
    """Opens the clock of whoever is next; by the targets of the tables where no moment, on its own page where none is given."""
    unit.settle(task, case, "replaced")
    unit.wait(task, case, **place_of(task, case, body, role, side=unit.actor.node, at=unit.at, due_at=due_at, page=page))


def _wait_for_carrier(unit: Unit, task: str, case: Case, *, due_at: dt.datetime | None = None, page: str = "") -> None:
    """Opens a clock of whoever carries the case through on this side."""
    body, role = carries(case, unit.actor.node)
    _wait_for(unit, task, case, body=body, role=role, due_at=due_at, page=page)


@contextmanager
def _beside(case_id: UUID, name: str) -> Iterator[None]:
    """What is refused inside is told beside one person of many; as it is where no name is given."""
    try:
        yield
    except Refused as wrong:
        raise Refused(of_one(case_id, name, wrong.refusals) if name else wrong.refusals) from None


def record_paper(
    *, actor: Actor, case_id: UUID, kind: str, on: dt.date, told: dict[str, Any] | None = None,
    marked: dict[str, Any] | None = None, at: dt.datetime,
) -> Paper:  # fmt: skip
    """Keeps a paper that a package above took note of (the guidance before departure); only inside its action.

    `marked` are the columns of the statement that told it. Refuses `paper_unknown`, `contract_missing`.
    """
    with unit_of_work("departures.record_paper", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_paper"])
        unit.refuse([] if unit.within else [Refusal("not_permitted")])
        unit.refuse([] if kind in KINDS else [Refusal("paper_unknown", member="kind")])
        departure = _locked_departure(unit, unit.lock(Case, case_id))
        paper = _keep(unit, departure, kind, dated_on=on, told=told, columns=marked)
        unit.about(paper, case=case_id, kind=kind, on=on)
    return paper
