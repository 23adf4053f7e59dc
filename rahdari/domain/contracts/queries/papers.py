"""The offer, the costs and the contract of one case. Who may see the case may not yet see these: the markings decide."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.domain.disclosure.queries import visible_to
from rahdari.domain.placements.models import Case, Decision
from rahdari.domain.placements.queries import case_for

from ..models import Contract, CostDeclaration, Offer
from ..rules.ledger import CostTold, line_of


@dataclass(frozen=True, slots=True)
class CasePapers:
    """What an actor sees of terms and costs: parts not open to them are None or empty."""

    case: Case
    offer: Offer | None
    declarations: list[CostDeclaration] = field(default_factory=list)
    contract: Contract | None = None

    @property
    def lines(self) -> list[CostTold]:
        """Every line of cost that counts."""
        return lines_of(self.declarations)


def papers_of(actor: Actor, case_id: UUID) -> CasePapers:
    """Terms, costs and contract of a case; `Missing` when the case is not this actor's."""
    case = case_for(actor, case_id)
    whole = actor.role == "worker"  # a worker sees all of their own case

    def seen(rows: Any) -> Any:
        return rows if whole else visible_to(actor, rows)

    return CasePapers(
        case,
        seen(Offer.objects.filter(case=case)).first(),
        list(seen(declarations_of(case))),
        seen(Contract.objects.filter(case=case)).first(),
    )


def offer_of(case: Case) -> Offer | None:
    """The offer of a case: for actions and rules, not for a page."""
    return Offer.objects.filter(case=case).first()


def terms_told(case: Case, terms_hash: str) -> Decision | None:
    """The employer's word by which terms of this hash were offered in a case, also where others took their place since."""
    return Decision.objects.filter(case=case, terms_hash=terms_hash).order_by("-decided_at", "-id").first()


def contract_of(case: Case) -> Contract | None:
    """The contract of a case: for actions of packages above."""
    return Contract.objects.filter(case=case).first()


def coe_facts_of(contract: Contract) -> dict[str, Any]:
    """What the form for the certificate asks of the worker, opened."""
    told: dict[str, Any] = json.loads(contract.coe_facts)
    return told


def declarations_of(case: Case) -> Any:
    """The declarations that count, in the order they were made."""
    return CostDeclaration.objects.filter(case=case, replaced_at=None).order_by("declared_on", "id")


def lines_of(declarations: Iterable[CostDeclaration]) -> list[CostTold]:
    """Every line of several declarations as the rules take them."""
    return [line_of(one) for declaration in declarations for one in declaration.lines]


def costs_confirmed(case: Case) -> bool:
    """Whether the worker confirmed the costs of a case."""
    offer = offer_of(case)
    return offer is not None and offer.costs_confirmed_on is not None
