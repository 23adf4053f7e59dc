"""The writes of contracts: the offer, the worker's confirmations, the costs, the contract, and what the partner tells."""

from .changing import agree_change, change_terms
from .costs import confirm_costs, declare_costs
from .declining import call_reserve, decline_offer, end_offers, mirror_withdrawal
from .mirroring import mirror_decision, mirror_step
from .questions import answer_again, ask_again, contest_costs, examine_answer
from .receipts import confirm_money_back, record_money_back, record_receipt
from .rescinding import rescind_contract
from .signing import sign_contract
from .terms import confirm_terms, offer_employment

__all__ = [
    "agree_change",
    "answer_again",
    "ask_again",
    "call_reserve",
    "change_terms",
    "confirm_costs",
    "confirm_money_back",
    "confirm_terms",
    "contest_costs",
    "declare_costs",
    "decline_offer",
    "end_offers",
    "examine_answer",
    "mirror_decision",
    "mirror_step",
    "mirror_withdrawal",
    "offer_employment",
    "record_money_back",
    "record_receipt",
    "rescind_contract",
    "sign_contract",
]
