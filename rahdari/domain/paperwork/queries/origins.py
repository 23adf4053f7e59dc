"""The rows values come from: the use case that enters each, who did and when, and where what is lacking is entered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .gathered import Gathered
from .reading import Entered, Origin, contract_in, guidance_in, offer_in, passenger_in, registration_in

Entering = Callable[[Gathered], Entered | None]


def registered_by(part: str) -> Entering:
    """The register whose entry of a party counts, and when it was entered."""

    def entered(got: Gathered) -> Entered | None:
        holder = got.case if part == "support_org" else got.demand
        row = got.bodies.get(getattr(holder, part)) if holder is not None else None
        return None if row is None else Entered(f"register_{row.home}", row.entered_at.date())

    return entered


def entered_in(
    row: Callable[[Gathered], Any], on: str, by: Callable[[Gathered, Any], str]
) -> Callable[[Gathered], Entered | None]:
    """A row with the day that stands in it, entered by whom `by` says."""
    return lambda got: Entered(by(got, held), getattr(held, on)) if (held := row(got)) is not None else None


def by_employer(got: Gathered, _row: Any) -> str:
    """The employer of the demand."""
    return got.demand.employer


def by_recruiter(got: Gathered, _row: Any) -> str:
    """Whoever recruits."""
    return got.demand.promoter


def flight_entered(got: Gathered) -> Entered | None:
    """The flight, and who booked it."""
    held = passenger_in(got)
    return None if held is None else Entered(held.manifest.made_by, held.manifest.leaves_at.date())


def clearance_entered(got: Gathered) -> Entered | None:
    """The Protector's clearance."""
    held = registration_in(got)
    return Entered("PROTECTOR", held.cleared_on) if held is not None and held.cleared_on is not None else None


def visa_entered(got: Gathered) -> Entered | None:
    """The visa, and who told of it."""
    paper = got.papers_of_kind("visa")
    return None if paper is None else Entered(paper.issuer or "EMB_JP_PK", paper.dated_on)


def departed(got: Gathered) -> Entered | None:
    """The departure from the airport."""
    held = passenger_in(got)
    return Entered("PROTECTOR", held.departed_on) if held is not None and held.departed_on is not None else None


ORIGINS: dict[str, Origin] = {
    "case": Origin(
        "placements.file_application", "", lambda got: Entered("worker", got.case.applied_on) if got.case else None, later=""
    ),
    "demand": Origin(
        "jobs.file_demand", "demand", lambda got: Entered(got.demand.employer, got.demand.filed_on), "jobs.correct_demand"
    ),
    "offer": Origin("contracts.offer_employment", "case", entered_in(offer_in, "offered_on", by_employer)),
    "terms_confirmed": Origin("contracts.confirm_costs", "case", entered_in(offer_in, "costs_confirmed_on", lambda *_: "worker")),
    "costs": Origin(
        "contracts.declare_costs",
        "case",
        lambda got: (
            next((Entered(one.body, one.declared_on) for one in got.terms_and_costs.declarations), None)
            if got.terms_and_costs
            else None
        ),
    ),
    "contract": Origin("contracts.sign_contract", "case", entered_in(contract_in, "signed_on", lambda *_: "worker")),
    "file": Origin(
        "candidates.correct_file",
        "",
        lambda got: Entered(got.file.opened_for or "worker", got.file.opened_at.date()) if got.file is not None else None,
    ),
    "guidance": Origin("residence.record_guidance", "case", entered_in(guidance_in, "given_on", lambda _got, row: row.given_by)),
    "flight": Origin("departures.build_manifest", "case", flight_entered),
    "employer": Origin("organisations.enter_organisation", "", registered_by("employer")),
    "promoter": Origin("organisations.enter_organisation", "", registered_by("promoter")),
    "placement": Origin("organisations.enter_organisation", "", registered_by("placement_business")),
    "support": Origin("organisations.enter_organisation", "", registered_by("support_org")),
    "attestation": Origin(
        "jobs.attest_demand",
        "demand",
        lambda got: Entered(got.demand.attestor, got.demand.attested_on) if got.demand.attested_on is not None else None,
    ),
    "permission": Origin(
        "jobs.permit_demand",
        "demand",
        lambda got: Entered("PROTECTOR", got.demand.permitted_on) if got.demand.permitted_on is not None else None,
    ),
    "registration": Origin("departures.apply_registration", "case", entered_in(registration_in, "applied_on", by_recruiter)),
    "clearance": Origin("departures.issue_clearance", "case", clearance_entered),
    "visa": Origin("departures.decide_visa", "case", visa_entered),
    "departure": Origin("departures.record_departure", "case", departed),
}
