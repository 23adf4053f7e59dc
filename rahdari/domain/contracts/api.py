"""Terms, costs and contract for programs: what is open of a case, and every step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from rahdari.base.clock import day_at, now
from rahdari.web.api import operation
from rahdari.web.steps import step_operation

from .access import PERMITS
from .forms import questions, receipts, services, steps
from .queries.papers import papers_of
from .queries.seen import costs_shown
from .queries.services import MilestoneSeen, milestones_seen
from .rules.receipts import line_key

router = Router(tags=["contracts"])


class MilestoneTold(Schema):
    """A milestone of a service: money in the smallest unit, the last day of a payment in time, and what is late of it."""

    id: str
    number: int
    title: str
    amount: int
    currency: str
    state: str
    version: int
    due_on: str
    pay_by: str | None
    days_late: int
    interest: int


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
    milestones: list[MilestoneTold]


@operation(
    router, "GET", "/cases/{case_id}/terms", PERMITS["see_terms"], answers=PapersTold, problems=(403, 404),
    url_name="contracts.see_terms",
)  # fmt: skip
def see_terms(request: HttpRequest, case_id: UUID) -> Any:
    """Terms, costs and how far the contract is."""
    papers, today = papers_of(request.actor, case_id), day_at(now(), request.actor.node)
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
        "milestones": [_milestone(one) for one in milestones_seen(request.actor, papers.case, offer, today)],
    }


def _milestone(seen: MilestoneSeen) -> dict[str, Any]:
    row = seen.row
    return {
        "id": str(row.pk),
        **{name: getattr(row, name) for name in ("number", "title", "amount", "currency", "state", "version")},
        "due_on": row.due_on.isoformat(),
        "pay_by": row.pay_by.isoformat() if row.pay_by else None,
        "days_late": seen.late,
        "interest": seen.interest.amount,
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
step_operation(router, services.OFFER_SERVICE, "/cases/{case_id}/service", PERMITS["offer_service"])
step_operation(router, services.AGREE_SERVICE, "/cases/{case_id}/service/agreement", PERMITS["agree_service"])
step_operation(router, services.BEGIN_SERVICE, "/cases/{case_id}/service/beginning", PERMITS["begin_service"])
step_operation(router, services.END_SERVICE, "/cases/{case_id}/service/end", PERMITS["end_service"])
step_operation(router, services.DELIVER_MILESTONE, "/milestones/{milestone_id}/delivery", PERMITS["deliver_milestone"])
step_operation(router, services.RETURN_MILESTONE, "/milestones/{milestone_id}/return", PERMITS["return_milestone"])
step_operation(router, services.ACCEPT_MILESTONE, "/milestones/{milestone_id}/acceptance", PERMITS["accept_milestone"])
step_operation(router, services.PAY_MILESTONE, "/milestones/{milestone_id}/payment", PERMITS["pay_milestone"])
step_operation(router, services.TAKE_UP_OVERDUE, "/milestones/{milestone_id}/late", PERMITS["take_up_overdue"])
