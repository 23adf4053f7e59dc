"""Who may do what between contract and arrival: the employer files, the bureau decides, the Protector clears.

A step of the other side is entered from paper by its nearest counterpart here (actions.md, section 5).
"""

from __future__ import annotations

from typing import Any

from rahdari.base.access import Clause, by_node, by_partner, in_role, on_node, permits, signed_in
from rahdari.base.actor import Actor

RECRUITERS = ("promoter_manager", "oec_officer")
PK_READERS = ("worker", *RECRUITERS, "promoter_clerk", "protector", "bureau_officer", "contact_point_pk", "attache")
# Who works with flights: whoever recruits and the Protector; employers and support organisations for their own people.
DESK = (*RECRUITERS, "promoter_clerk", "protector")
MEETS = ("employer", "support_org")
JP_READERS = ("employer", "support_org", "isa_regional", "visa_desk", "contact_point_jp")
# Step → who takes it on which node; where a role stands under the other side, it enters the step from paper.
TAKES: dict[str, dict[str, tuple[str, ...]]] = {
    "file_coe": {"jp": ("employer",), "pk": (*RECRUITERS, "worker")},
    "decide_coe": {"jp": ("isa_regional", "employer"), "pk": (*RECRUITERS, "worker")},
    "decide_visa": {"jp": ("visa_desk",), "pk": ("worker", "protector")},
    "refuse_visa": {"jp": ("visa_desk",), "pk": ("worker", "protector")},
    "refuse_coe": {"jp": ("isa_regional", "employer"), "pk": (*RECRUITERS, "worker")},
    "ask_for_papers": {"jp": ("isa_regional", "employer"), "pk": (*RECRUITERS, "worker")},
    "confirm_arrival": {"jp": ("employer", "support_org"), "pk": ("attache", "worker")},
}
OFFICES = {"protector", "bureau_officer", "isa_regional", "visa_desk", "attache", "contact_point_pk", "contact_point_jp"}


def _takes(step: str) -> Clause:
    return Clause(f"takes the step {step}, or enters it from paper", lambda a, _: a.role in TAKES[step].get(a.node, ()))


def _part_of_case(actor: Actor, case: Any) -> bool:
    """The worker of the case, a body that has a part in it, or an office before which it lies (`case_for` asks the marking)."""
    if actor.role == "worker":
        return actor.person is not None and case.worker == actor.person
    if actor.role in OFFICES:
        return True
    return bool(actor.body) and actor.body in (case.employer, case.support_org, case.promoter)


def _books(actor: Actor, case: Any) -> bool:
    """Whoever recruits for the case; where nobody does, its worker books the own flight."""
    return _part_of_case(actor, case) and (actor.role != "worker" or not case.promoter)


books = Clause("books the flight of the case", _books, "not_own_case", of_subject=True)
part = Clause("a part in the case", _part_of_case, "not_own_case", of_subject=True)
someone = Clause("signed in, or the node itself", lambda actor, _: actor.known or actor.role == "node", "sign_in_first")

# Who holds a pass in hand: whoever it is of, and the office that gives it. A family member whom the worker lets watch comes in
# here too once what the worker ticked is asked (`family_proxy`, accounts.allow_proxy).
PASS_READERS = ("worker", "protector")
protectors = (on_node("pk"), signed_in, in_role("protector"))


def _own_desk(actor: Actor, book: Any) -> bool:
    return bool(book.office == (actor.office or "PK"))


own_desk = Clause("of the own desk", _own_desk, "not_own_desk", of_subject=True)
own_desk_or_case = Clause(
    "slips of the own desk, and a case that lies before it",
    lambda actor, subject: _own_desk(actor, subject) if hasattr(subject, "office") else _part_of_case(actor, subject),
    "not_own_desk",
    of_subject=True,
)

PERMITS = permits(
    "departures",
    {
        "see_departure": (signed_in, in_role(*PK_READERS, *JP_READERS)),
        "record_paper": (someone,),
        "file_coe": (signed_in, _takes("file_coe"), part),
        "decide_coe": (signed_in, _takes("decide_coe"), part),
        "record_visa_filed": (on_node("pk"), signed_in, in_role("worker", "promoter_clerk"), part),
        "decide_visa": (signed_in, _takes("decide_visa"), part),
        "apply_registration": (on_node("pk"), signed_in, in_role(*RECRUITERS, "worker"), part),
        "issue_clearance": (on_node("pk"), signed_in, in_role("protector"), part),
        "build_manifest": (on_node("pk"), signed_in, in_role("promoter_clerk", "oec_officer", "worker"), books),
        "record_departure": (on_node("pk"), signed_in, in_role("protector", "promoter_clerk"), part),
        "record_flight_missed": (on_node("pk"), signed_in, in_role("protector", "promoter_clerk"), part),
        **{name: (signed_in, _takes(name), part) for name in ("refuse_coe", "ask_for_papers", "refuse_visa")},
        "expire_paper": (by_node,),
        "see_ready": (on_node("pk"), signed_in, in_role(*DESK)),
        **{name: (signed_in, in_role(*DESK, *MEETS)) for name in ("see_manifests", "see_manifest", "see_manifest_table")},
        "record_departures": (on_node("pk"), signed_in, in_role("protector", "promoter_clerk")),
        "confirm_arrivals": (on_node("jp"), signed_in, in_role(*MEETS)),
        "warn_of_window": (by_node,),
        "renew_permission": (on_node("pk"), by_node),
        "report_no_arrival": (on_node("jp"), signed_in, in_role("employer"), part),
        "miss_arrival": (on_node("jp"), by_node),
        "confirm_arrival": (signed_in, _takes("confirm_arrival"), part),
        "mirror_step": (by_partner,),
        "see_pass": (on_node("pk"), signed_in, in_role(*PASS_READERS), part),
        "replace_pass": (*protectors, part),
        "refuse_clearance": (*protectors, part),
        "propose_revocation": (*protectors, part),
        "revoke_clearance": (*protectors, part),
        "drop_revocation": (*protectors, part),
        "appeal_clearance": (on_node("pk"), signed_in, in_role(*RECRUITERS, "worker"), part),
        "decide_clearance_appeal": (on_node("pk"), signed_in, in_role("bureau_officer"), part),
        "see_slips": protectors,
        "see_slip_book": (*protectors, own_desk),
        "draw_slips": protectors,
        "void_slips": (*protectors, own_desk),
        "reconcile_slips": (*protectors, own_desk_or_case),
        "keep_pass_list": (by_node,),
        "end_pass": (on_node("pk"), by_node),
    },
)
