"""Everything the actor may see of one case, or of one demand, that a form may ask for; each row is read once, when asked for."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.reference import Book
from rahdari.base.work import Missing
from rahdari.domain.candidates.models import File
from rahdari.domain.candidates.queries.files import files_visible_to
from rahdari.domain.contracts.queries import CasePapers, contract_of, papers_of
from rahdari.domain.contracts.queries.papers import coe_facts_of
from rahdari.domain.contracts.rules.ledger import CostTold
from rahdari.domain.departures.models import Registration
from rahdari.domain.departures.queries import Journey, journey_of
from rahdari.domain.departures.queries.cases import departure_of
from rahdari.domain.disclosure.models import Marked
from rahdari.domain.jobs.models import Demand, DemandPapers
from rahdari.domain.jobs.queries.demands import demand_for, papers_for
from rahdari.domain.jobs.rules.line import is_service
from rahdari.domain.organisations.models import Organisation
from rahdari.domain.placements.models import Case
from rahdari.domain.placements.queries import case_for
from rahdari.domain.residence.queries import Beginning, beginning_of

from ..rules.identity import opens_identity


class Gathered:
    """What is open to an actor of a case or of a demand; what is not there or not open is None."""

    def __init__(self, actor: Actor, at: dt.datetime, *, case: Case | None = None, demand: Demand | None = None) -> None:
        self.actor, self.at, self.case = actor, at, case
        self.given_demand = demand

    @classmethod
    def of_case(cls, actor: Actor, case_id: UUID, at: dt.datetime) -> Gathered:
        """Of a case; `Missing` when it is not this actor's, or has no forms: a service from home is filed with no office."""
        case = case_for(actor, case_id)
        if is_service(case.route):
            raise Missing(f"forms of {case_id}")
        return cls(actor, at, case=case)

    @classmethod
    def of_demand(cls, actor: Actor, demand_id: UUID, at: dt.datetime) -> Gathered:
        """Of a demand; `Missing` when it is not this actor's."""
        return cls(actor, at, demand=demand_for(actor, demand_id))

    @property
    def today(self) -> dt.date:
        """The day at this node's offices."""
        return day_at(self.at, self.actor.node)

    @cached_property
    def book(self) -> Book:
        """The tables in force, asked for once."""
        return current_book()

    @property
    def demand(self) -> Demand:
        """The demand, or that of the case."""
        if self.given_demand is not None:
            return self.given_demand
        assert self.case is not None
        return self.case.demand

    @cached_property
    def demand_papers(self) -> DemandPapers | None:
        return papers_for(self.actor, self.demand)

    @cached_property
    def terms_and_costs(self) -> CasePapers | None:
        return None if self.case is None else papers_of(self.actor, self.case.pk)

    @property
    def costs(self) -> list[CostTold]:
        return [] if self.terms_and_costs is None else self.terms_and_costs.lines

    @cached_property
    def journey(self) -> Journey | None:
        return None if self.case is None else journey_of(self.actor, self.case.pk, self.book)

    @cached_property
    def beginning(self) -> Beginning | None:
        return None if self.case is None else beginning_of(self.actor, self.case.pk)

    @cached_property
    def told_of_worker(self) -> dict[str, Any]:
        """What the signed contract told of the worker, where its marking opens it; the accepting side has nothing else."""
        contract = None if self.terms_and_costs is None else self.terms_and_costs.contract
        return {} if contract is None or self.actor.node == "pk" else coe_facts_of(contract)

    @cached_property
    def identity_open(self) -> bool:
        """Whether the numbers of the person, their father's name and birthplace may stand on a form for this actor."""
        case, file = self.case, self.file
        if case is None or file is None:
            return False
        applied = Registration.objects.filter(departure=departure_of(case), applied_on__isnull=False).exists()
        return opens_identity(
            self.actor.role,
            own=self.actor.person is not None and case.worker == self.actor.person,
            signed=contract_of(case) is not None,
            allowed=files_visible_to(self.actor, self.at).filter(pk=file.pk).exists(),
            applied=applied,
        )

    @property
    def file(self) -> File | None:
        """The file of the case; only `identity_open` says whether what it holds may be shown."""
        return None if self.case is None else self.case.file

    def papers_of_kind(self, kind: str) -> Any:
        """The paper of a kind on the way to departure that counts."""
        papers = [one for one in self.journey.papers if one.kind == kind] if self.journey is not None else []
        return next(iter([one for one in papers if one.source != "paper"] or papers), None)

    @cached_property
    def bodies(self) -> dict[str, Organisation]:
        """The register's entries of the bodies that take part, by their id."""
        demand, case = self.demand, self.case
        ids = {demand.employer, demand.placement_business, demand.promoter, *([case.support_org] if case else [])} - {""}
        rows = Organisation.objects.filter(registry_id__in=ids).exclude(published_at=None).prefetch_related("phones")
        return {row.registry_id: row for row in rows}

    @property
    def marked(self) -> list[Marked]:
        """The rows with a marking that a form of this case or demand may show."""
        rows: list[Any] = [self.case or self.demand]
        if self.case is not None and self.terms_and_costs is not None and self.journey is not None:
            held = self.terms_and_costs
            rows = [held.contract, held.offer, *held.declarations, *self.journey.papers, *rows]
        return [one for one in rows if one is not None]
