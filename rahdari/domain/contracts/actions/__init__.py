"""The writes of contracts: the offer, the worker's confirmations, the costs, the contract, and what the partner tells."""

from .changing import agree_change, change_terms
from .costs import confirm_costs, declare_costs
from .declining import call_reserve, decline_offer, end_offers, mirror_withdrawal
from .milestones import (
    accept_milestone,
    deliver_milestone,
    pay_milestone,
    return_milestone,
    take_up_overdue,
    tell_overdue,
)
from .mirroring import mirror_decision, mirror_step
from .questions import answer_again, ask_again, contest_costs, examine_answer
from .receipts import confirm_money_back, record_money_back, record_receipt
from .rescinding import rescind_contract
from .services import agree_service, begin_service, end_service, offer_service
from .signing import sign_contract
from .terms import confirm_terms, offer_employment

__all__ = [
    "accept_milestone",
    "agree_change",
    "agree_service",
    "answer_again",
    "ask_again",
    "begin_service",
    "call_reserve",
    "change_terms",
    "confirm_costs",
    "confirm_money_back",
    "confirm_terms",
    "contest_costs",
    "declare_costs",
    "decline_offer",
    "deliver_milestone",
    "end_offers",
    "end_service",
    "examine_answer",
    "mirror_decision",
    "mirror_step",
    "mirror_withdrawal",
    "offer_employment",
    "offer_service",
    "pay_milestone",
    "record_money_back",
    "record_receipt",
    "rescind_contract",
    "return_milestone",
    "sign_contract",
    "take_up_overdue",
    "tell_overdue",
]
