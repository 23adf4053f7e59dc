"""Terms, costs and contract for programs: what is open of a case, and every step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from rahdari.web.api import operation
from rahdari.web.steps import step_operation

from .access import PERMITS
from .forms import questions, receipts, steps
from .queries.papers import papers_of
from .queries.seen import costs_shown
from .rules.receipts import line_key

router = Router(tags=["contracts"])


class PapersTold(Schema):
    """Terms and costs of a case as they are open to the reader; nothing where they are not, or not there yet."""

    case: str
    state: str | None
    version: int | None
    terms: dict[str, Any] | None
    terms_hash: str | None
    employer_signed_on: str | None
    terms_confirmed_on: str | None
    costs: list[dict[str, Any]]
    costs_hash: str
    costs_confirmed_on: str | None
    signed_on: str | None


@operation(
    router, "GET", "/cases/{case_id}/terms", PERMITS["see_terms"], answers=PapersTold, problems=(403, 404),
    url_name="contracts.see_terms",
)  # fmt: skip
def see_terms(request: HttpRequest, case_id: UUID) -> Any:
    """Terms, costs and how far the contract is."""
    papers = papers_of(request.actor, case_id)
    offer, costs = papers.offer, costs_shown(papers)
    days = ("employer_signed_on", "terms_confirmed_on", "costs_confirmed_on", "signed_on")
    told = {name: day.isoformat() if offer is not None and (day := getattr(offer, name)) else None for name in days}
    return told | {
        "case": str(case_id),
        "state": offer.state if offer else None,
        "version": offer.version if offer else None,
        "terms": offer.terms if offer else None,
        "terms_hash": offer.terms_hash if offer else None,
        "costs": [one.told() | {"line": line_key(one)} for one in costs["lines"]],
        "costs_hash": costs["lines_hash"],
    }


step_operation(router, steps.OFFER_EMPLOYMENT, "/cases/{case_id}/offer", PERMITS["offer_employment"])
step_operation(router, steps.CONFIRM_TERMS, "/cases/{case_id}/terms/confirmation", PERMITS["confirm_terms"])
step_operation(router, steps.DECLARE_COSTS, "/cases/{case_id}/costs", PERMITS["declare_costs"])
step_operation(router, steps.CONFIRM_COSTS, "/cases/{case_id}/costs/confirmation", PERMITS["confirm_costs"])
step_operation(router, steps.SIGN_CONTRACT, "/cases/{case_id}/contract", PERMITS["sign_contract"])
step_operation(router, steps.CHANGE_TERMS, "/cases/{case_id}/terms/change", PERMITS["change_terms"])
step_operation(router, steps.AGREE_CHANGE, "/cases/{case_id}/terms/change/agreement", PERMITS["agree_change"])
step_operation(router, steps.RESCIND_CONTRACT, "/cases/{case_id}/contract/rescission", PERMITS["rescind_contract"])
step_operation(router, steps.CALL_RESERVE, "/cases/{case_id}/call", PERMITS["call_reserve"])
step_operation(router, questions.CONTEST_COSTS, "/cases/{case_id}/costs/contest", PERMITS["contest_costs"])
step_operation(router, questions.ANSWER_AGAIN, "/cases/{case_id}/questions", PERMITS["answer_again"])
step_operation(router, questions.EXAMINE_ANSWER, "/answers/{answer_id}/decision", PERMITS["examine_answer"])
step_operation(router, receipts.RECORD_RECEIPT, "/cases/{case_id}/receipts", PERMITS["record_receipt"])
step_operation(router, receipts.RECORD_MONEY_BACK, "/cases/{case_id}/money-back", PERMITS["record_money_back"])
step_operation(router, receipts.CONFIRM_MONEY_BACK, "/cases/{case_id}/money-back/confirmation", PERMITS["confirm_money_back"])
