"""Stations 2 and 3: the mission attests a demand, the Protector permits it; and how Japan's node takes both up."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.days import end_after
from rahdari.base.editions import current_book
from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.base.statements import Statement
from rahdari.base.states import why_not_move
from rahdari.base.work import Unit, unit_of_work
from rahdari.domain.organisations.actions import keep_power_of_attorney
from rahdari.domain.organisations.queries import licence_on

from ..access import PERMITS
from ..models import Demand, DemandPapers, DemandStep
from ..queries.clocks import due_after
from ..queries.demands import demand_for
from ..queries.twins import linked_to
from ..rules.demands import DEMAND_MOVES, WITH_PROMOTER, PowerOfAttorney, why_not_attest, why_not_permit
from ..rules.line import OWN_OFFERS
from ..rules.papers import Paper
from .licences import check_licences
from .papers import keep_paper
from .refusals import _drop_refusal
from .steps import _add_step, _add_told_step

SIDE = "pk"
CORRECT, EXTEND = "jobs.correct_demand", "jobs.extend_permission"
ONE_DAY = dt.timedelta(days=1)
OF_JAPAN = ("MOFA_JP", "EMB_JP_PK")
CORPORATION, EMPLOYER = "OEC", "ACCEPTING_ORG"


def attest_demand(
    *, actor: Actor, demand_id: UUID, attestor: str = "", on: dt.date | None = None, paper: Paper | None = None,
    seen: int | None = None, at: dt.datetime,
) -> Demand:  # fmt: skip
    """The mission in Tokyo attests the papers of a demand, or enters from paper that an office of Japan did (`attestor`).

    Refuses `papers_missing`, `poa_expired`, `employer_disqualified`, `licence_not_valid`, `wrong_state`, `stale`,
    `attestor_unknown`, and what a paper lacks. Leaves the demand attested under a number, the power of attorney on the
    register, the step told to the employer, and the Protector's clock.
    """
    with unit_of_work("jobs.attest_demand", actor=actor, at=at) as unit:
        unit.permit(PERMITS["attest_demand"])
        demand_for(actor, demand_id)
        demand = unit.lock(Demand, demand_id, seen=seen)
        today, attestor = day_at(at, SIDE), attestor or actor.body
        on = today if on is None else on
        unit.refuse([] if attestor in (actor.body, *OF_JAPAN) else [Refusal("attestor_unknown", member="attestor")])
        unit.refuse([*_why_not_attest(demand, on, today), *_why_not_employer(demand, on, actor.node)])
        check_licences(actor=actor, demand=demand, on=on, at=at)
        own = attestor not in OF_JAPAN
        kept = keep_paper(actor=actor, paper=paper, on=on, own_side=own, at=at) if paper is not None or not own else None
        demand.attestor, demand.attested_on, demand.state = attestor, on, "attested"
        demand.attestation_no = kept.number if kept is not None else _next_attestation(unit, attestor, on)
        unit.save(demand)
        details = {"attestation_no": demand.attestation_no, "attestor": attestor}
        _add_step(unit, demand, "demand_attested", on, acting=attestor, details=details, paper=kept)
        _keep_power(actor, demand, at)
        unit.settle("jobs.attest_demand", demand)
        _wait_for_protector(unit, demand)
        unit.about(demand, attestation_no=demand.attestation_no, attestor=attestor, on=on)
    return demand


def _why_not_attest(demand: Demand, on: dt.date, today: dt.date) -> list[Refusal]:
    papers = DemandPapers.objects.filter(demand=demand).first()
    power = PowerOfAttorney(papers.poa_from, papers.poa_until, papers.signatory) if papers else PowerOfAttorney()
    return why_not_attest(
        state=demand.state,
        route=demand.route,
        papers=papers is not None,
        power=power,
        on=on,
        today=today,
        filed_on=demand.filed_on,
    )


def _why_not_employer(demand: Demand, on: dt.date, node: str) -> list[Refusal]:
    """`employer_disqualified` where the register of Japan, as this node was told of it, bars the employer."""
    answer = licence_on(organisation=demand.employer, kind=EMPLOYER, day=on, node=node, book=current_book())
    barred = answer.organisation is not None and answer.standing.is_banned
    return [Refusal("employer_disqualified", {"since": answer.standing.since})] if barred else []


def _keep_power(actor: Actor, demand: Demand, at: dt.datetime) -> None:
    """The attested power of attorney stands on the register of the promoter too."""
    papers = DemandPapers.objects.filter(demand=demand).first()
    if demand.route not in WITH_PROMOTER or papers is None or papers.poa_until is None:
        return
    keep_power_of_attorney(
        actor=actor,
        promoter=demand.promoter,
        principal=demand.employer,
        principal_name=demand.employer_name,
        from_on=papers.poa_from,
        until=papers.poa_until,
        signatory=papers.signatory,
        demand=demand.pk,
        at=at,
    )


def _next_attestation(unit: Unit, attestor: str, on: dt.date) -> str:
    """The next number of a mission in a year; the count is held alone."""
    begin = f"{attestor}-{on.year}-"
    unit.alone(f"jobs.attestation {begin}")
    given = DemandStep.objects.filter(step="demand_attested", details__attestation_no__startswith=begin)
    return f"{begin}{given.count() + 1:04}"


def _wait_for_protector(unit: Unit, demand: Demand) -> None:
    """Opens the Protector's clock, where the route has a permission at all."""
    if demand.route in OWN_OFFERS:
        return
    unit.wait(
        "jobs.permit_demand",
        demand,
        holder_body="PROTECTOR",
        holder_role="protector",
        holder_side=SIDE,
        matter={"employer": demand.employer_name, "field": demand.field},
        url_name="jobs.see_demand",
        url_args=[str(demand.pk)],
        due_at=due_after("jobs.permit_demand", unit.at, current_book(), SIDE),
    )


def permit_demand(
    *, actor: Actor, demand_id: UUID, places: int | None = None, seen: int | None = None, at: dt.datetime
) -> Demand:
    """The Protector permits a demand to be processed, for all its places or for fewer (ER 19; 20).

    Refuses `not_attested`, `licence_not_valid`, `duplicate_demand`, `no_protectorate` to an officer of no Protectorate,
    `over_places`, `wrong_state`, `stale`. Leaves the number of the Protectorate's calendar year, the first day without
    permission, the step told to the employer, and the task of whoever recruits.
    """
    with unit_of_work("jobs.permit_demand", actor=actor, at=at) as unit:
        unit.permit(PERMITS["permit_demand"])
        demand = unit.lock(Demand, demand_id, seen=seen)
        book, today = current_book(), day_at(at, SIDE)
        places = demand.places if places is None else places
        check_licences(actor=actor, demand=demand, at=at)
        unit.refuse(
            why_not_permit(
                route=demand.route,
                state=demand.state,
                attested=demand.attested_on is not None,
                protectorate=actor.office,
                protectorates=book.codes("protectorates"),
                twin=_has_twin(demand),
            )
        )
        unit.refuse([] if 1 <= places <= demand.places else [Refusal("over_places", {"places": demand.places}, member="places")])
        demand.permission_no, demand.protectorate = _next_permission(unit, actor.office, today), actor.office
        demand.permitted_on, demand.permitted_until, demand.permitted_places = today, _until(today, book), places
        demand.state = "permitted"
        unit.save(demand)
        details = {
            "permission_no": demand.permission_no,
            "protectorate": demand.protectorate,
            "until": demand.permitted_until.isoformat(),
            "places": places,
        }
        _add_step(unit, demand, "demand_permitted", today, acting=actor.body, details=details)
        unit.settle(("jobs.permit_demand", EXTEND), demand)
        _drop_refusal(unit, demand)
        _wait_for_recruiter(unit, demand)
        unit.tell("jobs.permission_given", demand=demand.pk)
        unit.about(demand, permission_no=demand.permission_no, places=places, until=demand.permitted_until)
    return demand


def _has_twin(demand: Demand) -> bool:
    """Whether the same demand was permitted before: for the same work on the same terms, or the same in an officer's word."""
    same = Demand.objects.filter(
        employer=demand.employer,
        promoter=demand.promoter,
        field=demand.field,
        duty=demand.duty,
        terms_hash=demand.terms_hash,
        opens_on=demand.opens_on,
        state="permitted",
    )
    linked = linked_to(demand)
    return same.exclude(pk=demand.pk).exists() or (
        linked is not None and Demand.objects.filter(pk=linked, state="permitted").exists()
    )


def _next_permission(unit: Unit, protectorate: str, on: dt.date) -> str:
    """The next number of a Protectorate in a calendar year; the count is held alone."""
    begin = f"{protectorate}-{on.year}-"
    unit.alone(f"jobs.permission {begin}")
    given = DemandStep.objects.filter(step="demand_permitted", details__permission_no__startswith=begin)
    return f"{begin}{given.count() + 1:04}"


def _until(on: dt.date, book: Book) -> dt.date:
    """The first day without permission: the length stands in `windows`."""
    row = next(iter(book.in_force("windows", on, code="PK_PERMISSION")))
    return end_after(on, row.number("number") or 0, row["unit"]) + ONE_DAY


def _wait_for_recruiter(unit: Unit, demand: Demand) -> None:
    by_corporation = demand.promoter == CORPORATION
    unit.wait(
        "jobs.publish_vacancy",
        demand,
        holder_body=demand.promoter,
        holder_role="oec_officer" if by_corporation else "promoter_manager",
        holder_side=SIDE,
        matter={"employer": demand.employer_name, "field": demand.field},
        url_name="jobs.see_demand",
        url_args=[str(demand.pk)],
        due_at=due_after("jobs.publish_vacancy", unit.at, current_book(), SIDE) if by_corporation else None,
    )


def mirror_attestation(*, actor: Actor, statement: Statement, at: dt.datetime) -> Demand:
    """Japan's node takes up that a demand was attested. Refuses `wrong_state`, `not_own_demand`; `Missing` for none of ours."""
    with unit_of_work("jobs.mirror_attestation", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_attestation"])
        demand = _own(unit, statement)
        details = statement.data["details"]
        unit.refuse(why_not_move(DEMAND_MOVES, demand.state, "attested"))
        demand.attestation_no, demand.attestor = details["attestation_no"], details["attestor"]
        demand.attested_on, demand.state = dt.date.fromisoformat(statement.data["on"]), "attested"
        unit.save(demand)
        _add_told_step(unit, demand, statement)
        unit.settle(CORRECT, demand, "attested")
        unit.about(demand, attestation_no=demand.attestation_no)
    return demand


def mirror_permission(*, actor: Actor, statement: Statement, at: dt.datetime) -> Demand:
    """Japan's node takes up that a demand was permitted; one for the places asked before a correction holds for those left.

    Refuses `wrong_state`, `not_own_demand`, `over_places` where none was corrected; `Missing` for none of ours.
    """
    with unit_of_work("jobs.mirror_permission", actor=actor, at=at) as unit:
        unit.permit(PERMITS["mirror_permission"])
        demand = _own(unit, statement)
        details = statement.data["details"]
        unit.refuse(why_not_move(DEMAND_MOVES, demand.state, "permitted"))
        crossed = demand.steps.filter(step="demand_corrected").exists()
        fits = crossed or details["places"] <= demand.places
        unit.refuse([] if fits else [Refusal("over_places", {"places": demand.places})])
        demand.permission_no, demand.protectorate = details["permission_no"], details["protectorate"]
        demand.permitted_on = dt.date.fromisoformat(statement.data["on"])
        demand.permitted_until = dt.date.fromisoformat(details["until"])
        demand.permitted_places, demand.state = min(details["places"], demand.places), "permitted"
        unit.save(demand)
        _add_told_step(unit, demand, statement)
        unit.settle(CORRECT, demand, "permitted")
        unit.about(demand, permission_no=demand.permission_no)
    return demand


def _own(unit: Unit, statement: Statement) -> Demand:
    """The demand of this node that a statement is about."""
    demand = unit.lock(Demand, UUID(statement.data["id"]))
    unit.refuse([] if demand.home == unit.actor.node else [Refusal("not_own_demand")])
    return demand
