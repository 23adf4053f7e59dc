"""Station 1: a demand is filed on Japan's node, told in two parts, and taken up on Pakistan's; or entered there from paper."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.files import take_in
from rahdari.base.models import StoredFile
from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.accounts.models import Body
from rahdari.domain.disclosure.rules import told_by
from rahdari.domain.fields.queries.orders import application_stopped, field_row, field_state

from ..access import PERMITS
from ..messages import PUBLISHED, demand_papers, demand_vacancy, papers_marking
from ..models import Demand, DemandPapers, DemandStep
from ..queries.clocks import due_after
from ..queries.demands import places_unknown, promoter_is_licensed
from ..queries.twins import possible_twins
from ..rules.clauses import why_not_clauses
from ..rules.demands import (
    PROFESSIONAL,
    STOPPED,
    WITH_PROMOTER,
    PowerOfAttorney,
    promoter_of,
    why_not_file,
    why_not_professional,
)
from ..rules.line import is_attested, is_inside
from ..rules.papers import PAPER, SYSTEM, Paper, Scan, why_not_paper
from ..rules.terms import hash_holds
from ..rules.terms_facts import DemandFacts
from .comparing import MISSION, MISSION_ROLE, _wait_for_comparison
from .papers import keep_paper
from .steps import _add_step
from .unpublished import _keep_unpublished

CHANGE_OF_STATUS = "change_of_status"
PUBLIC = {"level": "public", "bodies": []}


def file_demand(
    *, actor: Actor, asked: DemandFacts, letter: Scan | None = None, attorney: Scan | None = None,
    power: PowerOfAttorney | None = None, on: dt.date | None = None, paper: Paper | None = None, at: dt.datetime,
) -> Demand:  # fmt: skip
    """An employer, or its placement business, files a demand; on Pakistan's node an officer enters one from its `paper`.

    Refuses `field_not_open`, `field_suspended`, `dispatch_not_allowed`, `promoter_not_licensed`, `pay_below_comparable`,
    `clause_forbidden`, `closes_before_opens`, `employer_missing`, `papers_missing`, `place_unknown`, and what a paper lacks.
    Leaves the demand with its papers and its first step; filed here it is told in two parts, from paper it waits for the
    mission.
    """
    with unit_of_work("jobs.file_demand", actor=actor, at=at) as unit:
        unit.permit(PERMITS["file_demand"])
        today = day_at(at, actor.node)
        on = today if on is None else on
        power = power or PowerOfAttorney()
        parties = _parties(actor, asked)
        unit.refuse([*_why_not(actor, asked, parties, letter, attorney, today, at), *_why_not_entered(actor, paper, on, today)])
        kept = keep_paper(actor=actor, paper=paper, on=on, own_side=False, at=at) if paper is not None else None
        demand = _demand(actor, asked, parties, on, PAPER if kept is not None else SYSTEM)
        unit.add(demand)
        _keep_unpublished(unit, demand, {"home": demand.home})
        papers = _papers(unit, demand, letter or (paper.scan if paper else None), attorney, power)
        _add_step(unit, demand, "demand_filed", on, acting=demand.placement_business or demand.employer, paper=kept)
        if kept is None:
            _say(unit, demand, papers)
        else:
            _wait_for_mission(unit, demand)
            for told in possible_twins(demand):
                _wait_for_comparison(unit, told)
        unit.about(demand, field=demand.field, places=demand.places, source=demand.source)
    return demand


def _why_not(
    actor: Actor, asked: DemandFacts, parties: dict[str, str], letter: Scan | None, attorney: Scan | None, today: dt.date,
    at: dt.datetime,
) -> list[Refusal]:  # fmt: skip
    book = current_book()
    works = {row["code"] for row in book.in_force("professional_routes", today, kind="work")}
    row = None if asked.field in works else field_row(book, asked.field)
    told = asked.professional.told() if asked.professional is not None else {}
    against = why_not_professional(route=asked.route, of_professionals=row is None, told=told, tests=asked.tests)
    against += why_not_file(
        route=asked.route,
        kind=asked.kind,
        field=asked.field,
        field_state="open" if row is None else _field_state(actor, asked, day_at(at, "jp"), book),
        dispatch=asked.dispatch,
        dispatch_allowed=row is not None and row["dispatch_allowed"] == "yes",
        promoter=asked.promoter,
        licence_valid=promoter_is_licensed(asked, today, actor.node, book),
        terms=asked.terms.told(),
        places=asked.places,
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
        today=today,
    )
    if not parties["employer"] or not parties["employer_name"]:
        against.append(Refusal("employer_missing", member="asked.employer"))
    if actor.node == "jp" and (letter is None or (asked.route == "oep" and attorney is None)):
        against.append(Refusal("papers_missing", member="letter" if letter is None else "attorney"))
    return [*against, *why_not_clauses(asked.terms.told(), book, "asked.terms"), *places_unknown(asked, book)]


def _field_state(actor: Actor, asked: DemandFacts, on: dt.date, book: Book) -> str:
    """How the field stands for the way of the demand: who lives in Japan is stopped by what an order says of changes alone."""
    state = field_state(actor, asked.field, on, book)
    if not is_inside(asked.route) or state not in STOPPED:
        return state
    return state if application_stopped(actor, asked.field, CHANGE_OF_STATUS, on, book, excepted=True) else "open"


def _why_not_entered(actor: Actor, paper: Paper | None, on: dt.date, today: dt.date) -> list[Refusal]:
    return why_not_paper(paper, on=on, own_side=actor.node == "jp", today=today) + (
        [Refusal("date_in_future", {"day": on}, member="on")] if on > today else []
    )


def _parties(actor: Actor, asked: DemandFacts) -> dict[str, str]:
    """Employer and placement business: whoever files is one of them; a paper names the employer."""
    employer = actor.body if actor.role == "employer" else asked.employer
    named = Body.objects.filter(pk=employer, kind="ACCEPTING_ORG").first()
    return {
        "employer": employer,
        "employer_name": named.name_en if named is not None else asked.employer_name.strip(),
        "placement_business": actor.body if actor.role == "placement_business" else "",
    }


def _demand(actor: Actor, asked: DemandFacts, parties: dict[str, str], on: dt.date, source: str) -> Demand:
    terms = asked.terms.told()
    return Demand(
        home=actor.node,
        route=asked.route,
        kind=asked.kind,
        promoter=promoter_of(asked.route, asked.promoter),
        promoter_licence=asked.promoter_licence.strip() if asked.route in WITH_PROMOTER else "",
        field=asked.field,
        duty=asked.duty,
        dispatch=asked.dispatch,
        places=asked.places,
        prefecture=asked.prefecture,
        municipality=asked.municipality,
        terms=terms,
        terms_hash=terms["terms_hash"],
        tests=list(asked.tests),
        professional=asked.professional.told() if asked.professional is not None and asked.route == PROFESSIONAL else {},
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
        filed_on=on,
        filed_by=actor.person,
        source=source,
        **parties,
    )


def _papers(unit: Unit, demand: Demand, letter: Scan | None, attorney: Scan | None, power: PowerOfAttorney) -> DemandPapers:
    return unit.add(
        DemandPapers(
            home=demand.home,
            demand=demand,
            demand_letter=_kept(unit, letter),
            power_of_attorney=_kept(unit, attorney),
            poa_from=power.from_on,
            poa_until=power.until,
            signatory=power.signatory,
        )
    )


def _kept(unit: Unit, scan: Scan | None) -> list[dict[str, Any]]:
    return [] if scan is None else [_named(take_in(unit, BytesIO(scan.content), name=scan.name))]


def _named(file: StoredFile) -> dict[str, Any]:
    """A file as statements name it."""
    return {"name": file.name, "media_type": file.kind, "size": file.size, "sha256": file.hash}


def _say(unit: Unit, demand: Demand, papers: DemandPapers) -> None:
    content = demand_vacancy(
        demand=str(demand.pk),
        employer=demand.employer,
        employer_name=demand.employer_name,
        placement_business=demand.placement_business,
        route=demand.route,
        promoter=demand.promoter,
        promoter_licence=demand.promoter_licence,
        field=demand.field,
        duty=demand.duty,
        kind=demand.kind,
        places=demand.places,
        prefecture=demand.prefecture,
        municipality=demand.municipality,
        terms=demand.terms,
        tests=demand.tests,
        opens=demand.opens_on,
        closes=demand.closes_on,
        professional=demand.professional,
    )
    unit.say(PUBLISHED, content, marking=PUBLIC, thread=demand.pk)
    if not is_attested(demand.route):
        return
    behind = demand_papers(
        demand=str(demand.pk),
        demand_letter=papers.demand_letter,
        power_of_attorney=papers.power_of_attorney,
        poa_from=papers.poa_from,
        poa_until=papers.poa_until,
        signatory=papers.signatory,
    )
    unit.say(PUBLISHED, behind, marking=papers_marking(demand.promoter).told(), thread=demand.pk)


def _wait_for_mission(unit: Unit, demand: Demand) -> None:
    """The mission's clock; on a way without an attestation nobody's."""
    if not is_attested(demand.route):
        return
    unit.wait(
        "jobs.attest_demand",
        demand,
        holder_body=MISSION,
        holder_role=MISSION_ROLE,
        holder_side="pk",
        matter={"employer": demand.employer_name, "field": demand.field},
        url_name="jobs.see_demand",
        url_args=[str(demand.pk)],
        due_at=due_after("jobs.attest_demand", unit.at, current_book(), "pk", mission=True),
    )


def mirror_demand(*, actor: Actor, statement: Statement, at: dt.datetime) -> Demand:
    """Takes up a demand the partner told: its public part makes the demand, its papers make it wait for the mission.

    Refuses `hash_differs` where the terms are not those of their hash, `already_known` for a part told twice; `Missing` for
    papers whose demand was not told. Where one entered from paper may be the same, the mission is asked.
    """
    with unit_of_work("jobs.mirror_demand", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_demand"])
        data = statement.data
        if data["part"] == "vacancy":
            demand = _mirror_vacancy_part(unit, statement)
            _wait_for_comparison(unit, demand)
        else:
            demand = unit.lock(Demand, UUID(data["demand"]))
            unit.refuse([Refusal("already_known")] if DemandPapers.objects.filter(demand=demand).exists() else [])
            unit.refuse([Refusal("not_own_demand")] if demand.home != statement.sender else [])
            unit.add(
                DemandPapers(
                    **told_by(statement),
                    demand=demand,
                    demand_letter=data["demand_letter"],
                    power_of_attorney=data["power_of_attorney"],
                    poa_from=_day(data["poa_from"]),
                    poa_until=_day(data["poa_until"]),
                    signatory=data["signatory"],
                )
            )
            _wait_for_mission(unit, demand)
        unit.about(demand, part=data["part"])
    return demand


def _mirror_vacancy_part(unit: Unit, statement: Statement) -> Demand:
    data = statement.data
    unit.refuse([] if hash_holds(data["terms"]) else [Refusal("hash_differs")])
    unit.refuse([Refusal("already_known")] if Demand.objects.filter(pk=data["demand"]).exists() else [])
    filed_on = day_at(statement.issued_at, statement.sender)
    demand = Demand(
        **told_by(statement),
        id=UUID(data["demand"]),
        employer=data["employer"],
        employer_name=data.get("employer_name") or data["employer"],
        placement_business=data.get("placement_business", ""),
        route=data["route"],
        kind=data["kind"],
        promoter=data.get("promoter", ""),
        promoter_licence=data["promoter_licence"] or "",
        field=data["field"],
        duty=data["duty"],
        places=data["places"],
        prefecture=data["prefecture"],
        municipality=data["municipality"],
        terms=data["terms"],
        terms_hash=data["terms"]["terms_hash"],
        tests=data["tests"],
        professional=data.get("professional", {}),
        opens_on=_day(data["opens"]),  # type: ignore[misc]  # the schema asks for it
        closes_on=_day(data["closes"]),
        filed_on=filed_on,
    )
    unit.add(demand)
    unit.add(
        DemandStep(
            **told_by(statement),
            demand=demand,
            station=1,
            step="demand_filed",
            on=filed_on,
            acting=demand.placement_business or demand.employer,
            at=unit.at,
        )
    )
    _keep_unpublished(unit, demand, told_by(statement))
    return demand


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
