"""Who may do what with terms and costs: the employer offers, whoever recruits declares, the worker alone confirms and signs."""

from __future__ import annotations

from typing import Any

from rahdari.base.access import Clause, by_node, by_partner, in_role, on_node, permits, signed_in
from rahdari.base.actor import Actor

RECRUITERS = ("promoter_manager", "oec_officer")
READERS = ("worker", *RECRUITERS, "promoter_clerk", "protector", "contact_point_pk", "employer", "support_org", "isa_regional")


def _offers(actor: Actor, _: Any) -> bool:
    """On Japan's node the employer; on Pakistan's node those who enter the offer from paper."""
    return actor.role in {"jp": ("employer",), "pk": RECRUITERS}.get(actor.node, ())


def _of_case(actor: Actor, case: Any) -> bool:
    if not actor.body:
        return False
    return actor.body == case.employer if actor.node == "jp" else actor.body == case.promoter


def _own_case(actor: Actor, case: Any) -> bool:
    return actor.person is not None and case.worker == actor.person


def _rescinds(actor: Actor, _: Any) -> bool:
    return actor.role == {"jp": "employer", "pk": "worker"}.get(actor.node)


def _of_contract(actor: Actor, case: Any) -> bool:
    return _own_case(actor, case) if actor.role == "worker" else _of_case(actor, case)


offers = Clause("offers terms, or enters them from paper", _offers)
declares = Clause("recruits, or is the employer on Japan's node", _offers)
of_case = Clause("a part in the case", _of_case, "not_own_case", of_subject=True)
own_case = Clause("of one's own", _own_case, "not_own_case", of_subject=True)
rescinds = Clause("a side of the contract: the worker, or the employer", _rescinds)
of_contract = Clause("a side of this contract", _of_contract, "not_own_case", of_subject=True)
worker = (on_node("pk"), signed_in, in_role("worker"), own_case)
client = (on_node("jp"), signed_in, in_role("employer"), of_case)
examiner = (on_node("pk"), signed_in, in_role("grievance_pk"))


def _reads(actor: Actor, case: Any) -> bool:
    return actor.role == "protector" or _of_contract(actor, case)


WRITERS = {"pk": ("worker", *RECRUITERS), "jp": ("employer",)}
records = Clause(
    "the worker, whoever recruits, or the employer on Japan's node", lambda actor, _: actor.role in WRITERS.get(actor.node, ())
)
in_ledger = Clause("a part in the case", _of_contract, "not_own_case", of_subject=True)
reads = Clause("a part in the case, or the Protector", _reads, "not_own_case", of_subject=True)
RECEIPT_READERS = ("worker", *RECRUITERS, "promoter_clerk", "protector", "employer")

PERMITS = permits(
    "contracts",
    {
        "see_terms": (signed_in, in_role(*READERS)),
        "offer_employment": (signed_in, offers, of_case),
        "confirm_terms": worker,
        "declare_costs": (signed_in, declares, of_case),
        "confirm_costs": worker,
        "sign_contract": worker,
        "mirror_decision": (on_node("pk"), by_partner),
        "mirror_step": (by_partner,),
        "decline_offer": worker,
        "call_reserve": (on_node("jp"), signed_in, in_role("employer"), of_case),
        "mirror_withdrawal": (on_node("jp"), by_partner),
        "end_offers": (in_role("node"),),
        "change_terms": (on_node("jp"), signed_in, in_role("employer"), of_case),
        "agree_change": worker,
        "rescind_contract": (signed_in, rescinds, of_contract),
        "contest_costs": worker,
        "ask_again": (on_node("pk"), by_node),
        "answer_again": worker,
        "see_answers": examiner,
        "see_answer": examiner,
        "examine_answer": examiner,
        "offer_service": client,
        "agree_service": worker,
        "begin_service": client,
        "end_service": (signed_in, rescinds, of_contract),
        "see_milestone": (signed_in, in_role("worker", "employer", "contact_point_pk")),
        "deliver_milestone": worker,
        "return_milestone": client,
        "accept_milestone": client,
        "pay_milestone": client,
        "tell_overdue": (on_node("pk"), by_node),
        "take_up_overdue": (on_node("pk"), signed_in, in_role("contact_point_pk")),
        "record_receipt": (signed_in, records, in_ledger),
        "record_money_back": (signed_in, records, in_ledger),
        "confirm_money_back": worker,
        "see_receipt": (signed_in, in_role(*RECEIPT_READERS), reads),
    },
)
