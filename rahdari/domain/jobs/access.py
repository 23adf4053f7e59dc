"""Who may do what with demands and vacancies: employers file, the mission attests, the Protector permits, recruiters publish."""

from __future__ import annotations

from typing import Any

from rahdari.base.access import Clause, anyone, by_partner, in_role, on_node, permits, signed_in
from rahdari.base.actor import Actor

ENTERS_DEMAND = ("attache", "oec_officer")
DESKS = (
    "attache", "protector", "bureau_officer", "contact_point_pk", "promoter_manager", "promoter_clerk", "oec_officer",
    "employer", "placement_business", "support_org", "contact_point_jp", "isa_regional",
)  # fmt: skip


def _may_file(actor: Actor, _: Any) -> bool:
    """On Japan's node those who ask for workers; on Pakistan's node those who enter a demand from paper."""
    roles = {"jp": ("employer", "placement_business"), "pk": ENTERS_DEMAND}
    return actor.role in roles.get(actor.node, ())


def _own_demand(actor: Actor, demand: Any) -> bool:
    return bool(actor.body) and actor.body in (demand.employer, demand.placement_business)


def _recruits(actor: Actor, demand: Any) -> bool:
    """Whoever was appointed; the corporation for its own demands."""
    return bool(actor.body) and demand.promoter == actor.body


files = Clause("files demands, or enters them from paper", _may_file)
filed_it = Clause("filed the demand", _own_demand, "not_own_demand", of_subject=True)
asks = (on_node("jp"), signed_in, in_role("employer", "placement_business"))
asks_for_workers = (*asks, filed_it)
protector = (on_node("pk"), signed_in, in_role("protector"))
the_node = (on_node("pk"), in_role("node"))
recruits = Clause("appointed to recruit for the demand", _recruits, "not_own_demand", of_subject=True)
recruiter = (on_node("pk"), signed_in, in_role("promoter_manager", "oec_officer"))
someone = Clause("signed in, or the node itself", lambda actor, _: actor.known or actor.role == "node", "sign_in_first")

PERMITS = permits(
    "jobs",
    {
        "see_vacancies": (anyone,),
        "see_vacancy": (anyone,),
        "see_demands": (signed_in, in_role(*DESKS)),
        "see_demand": (signed_in, in_role(*DESKS)),
        "see_paper": (signed_in, in_role(*DESKS)),
        "file_demand": (signed_in, files),
        "attest_demand": (on_node("pk"), signed_in, in_role("attache")),
        "permit_demand": (on_node("pk"), signed_in, in_role("protector")),
        "compare_demand": (on_node("pk"), signed_in, in_role("attache", "oec_officer", "protector")),
        "publish_vacancy": (*recruiter, recruits),
        "close_vacancy": (*recruiter, recruits),
        "refuse_attestation": (on_node("pk"), signed_in, in_role("attache")),
        "object_to_demand": protector,
        "propose_refusal": protector,
        "refuse_permission": protector,
        "review_refusal": (on_node("pk"), signed_in, in_role("bureau_officer")),
        "correct_demand": asks_for_workers,
        "withdraw_demand": asks_for_workers,
        "extend_permission": protector,
        "see_drafts": asks,
        "save_draft": asks,
        "copy_demand": asks_for_workers,
        "take_drafts": asks,
        "file_draft": asks,
        "drop_draft": asks,
        "take_down_vacancy": (*recruiter, recruits),
        "expire_permission": the_node,
        "warn_of_permission": the_node,
        "end_vacancy": the_node,
        "open_service": (in_role("node"),),
        "record_place_taken": (anyone,),
        "record_place_signed": (anyone,),
        "record_place_freed": (anyone,),
        "keep_paper": (signed_in,),
        "check_licences": (someone,),
        "count_applicant": (signed_in,),
        "mirror_demand": (on_node("pk"), by_partner),
        "mirror_attestation": (on_node("jp"), by_partner),
        "mirror_permission": (on_node("jp"), by_partner),
        "mirror_vacancy": (on_node("jp"), by_partner),
        "mirror_closing": (on_node("jp"), by_partner),
        "mirror_objection": (on_node("jp"), by_partner),
        "mirror_refusal": (on_node("jp"), by_partner),
        "mirror_extension": (on_node("jp"), by_partner),
        "mirror_expiry": (on_node("jp"), by_partner),
        "mirror_change": (on_node("pk"), by_partner),
        "mirror_withdrawal": (on_node("pk"), by_partner),
        "relist_vacancies": (in_role("node", "node_operator"),),
        "seed_vacancies": (on_node("pk"), in_role("node", "node_operator")),
        "see_places": (anyone,),
        "see_kept_searches": (signed_in, in_role("worker")),
        "keep_search": (signed_in, in_role("worker")),
        "look_through": (signed_in, in_role("worker")),
        "drop_search": (signed_in, in_role("worker")),
        "tell_of_new": (in_role("node"),),
    },
)
