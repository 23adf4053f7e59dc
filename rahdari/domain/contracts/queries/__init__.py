"""Reads of contracts: the offer, the costs and the contract of a case, as the actor may see them."""

from .papers import (
    CasePapers,
    contract_of,
    costs_confirmed,
    declarations_of,
    lines_of,
    offer_of,
    papers_of,
)

__all__ = ["CasePapers", "contract_of", "costs_confirmed", "declarations_of", "lines_of", "offer_of", "papers_of"]
