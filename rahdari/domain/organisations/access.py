"""Who may do what with organisations: anyone looks up, each state's offices keep its register, promoters apply and appeal."""

from __future__ import annotations

from typing import Any

from rahdari.base.access import Clause, anyone, by_partner, in_role, on_node, permits, signed_in
from rahdari.base.actor import Actor
from rahdari.web.rates import Rate

# Nobody needs more to check an agent; it keeps programs from walking through all telephone numbers.
LOOKING_UP = Rate("look-up-licence", minutes=5, by_address=120, by_account=0)
# Of its own and by account: a form asks at every pause of typing, and an office behind one address must go on looking up.
TYPING = Rate("likely-organisations", minutes=5, by_address=600, by_account=120)
COUNTING = Rate("registers-in-numbers", minutes=5, by_address=60, by_account=0)
REGISTRARS = {"pk": "bureau_officer", "jp": "isa_regional"}
OFFICES = ("bureau_officer", "contact_point_pk", "protector", "isa_regional", "contact_point_jp")
KEEPERS = ("contact_point_pk", "oec_officer")
SEES_PERSONS = ("bureau_officer", "contact_point_pk", "isa_regional", "contact_point_jp")


def _is_own(actor: Actor, organisation: Any) -> bool:
    return bool(organisation.home == actor.node)


def _is_holder(actor: Actor, organisation: Any) -> bool:
    return bool(actor.body) and organisation.registry_id == actor.body


own_register = Clause("in the register of one's own state", _is_own, "wrong_node", of_subject=True)
holder = Clause("the holder of the licence", _is_holder, "not_own_licence", of_subject=True)
bureau = (on_node("pk"), signed_in, in_role("bureau_officer"), own_register)
bureau_or_isa = (signed_in, in_role(*REGISTRARS.values()), own_register)
japan = (on_node("jp"), signed_in, in_role("isa_regional", "contact_point_jp"), own_register)
deciders = (signed_in, in_role("bureau_officer", "isa_regional", "contact_point_jp"), own_register)
registrars = (signed_in, in_role(*REGISTRARS.values()))
deciding_matches = (signed_in, in_role("bureau_officer", "contact_point_pk", "contact_point_jp"))
the_node = (in_role("node"),)
ministry = (on_node("pk"), signed_in, in_role("contact_point_pk"))
keepers = (on_node("pk"), signed_in, in_role(*KEEPERS))
someone = Clause("signed in, or the node", lambda actor, _: actor.known or actor.role == "node", "sign_in_first")

PERMITS = permits(
    "organisations",
    {
        "see_register": (anyone,),
        "see_licence": (anyone,),
        "see_organisations": (signed_in, in_role(*OFFICES, "promoter_manager")),
        "see_organisation": (signed_in, in_role(*OFFICES, "promoter_manager")),
        "see_document": (signed_in, in_role(*SEES_PERSONS), own_register),
        "enter_organisation": (signed_in, in_role(*REGISTRARS.values())),
        "apply_licence": (on_node("pk"), signed_in, in_role("promoter_manager", "bureau_officer")),
        "grant_licence": bureau,
        "refuse_licence": bureau,
        "renew_licence": bureau_or_isa,
        "suspend_licence": bureau,
        "cancel_licence": bureau,
        "surrender_licence": bureau_or_isa,
        "restore_licence": bureau,
        "register_support_org": (on_node("jp"), signed_in, in_role("isa_regional")),
        "disqualify_employer": japan,
        "restore_employer": japan,
        "decide_order": deciders,
        "withdraw_order": deciders,
        "appeal_licence_order": (on_node("pk"), signed_in, in_role("promoter_manager"), holder),
        "decide_appeal": (on_node("pk"), signed_in, in_role("contact_point_pk"), own_register),
        "expire_licence": the_node,
        "warn_of_expiry": the_node,
        "check_licence": (someone,),
        "keep_power_of_attorney": (signed_in,),
        "mirror_registry": (by_partner,),
        "see_individuals": (signed_in, in_role(*SEES_PERSONS)),
        "see_individual": (signed_in, in_role(*SEES_PERSONS), own_register),
        "see_individual_document": (signed_in, in_role(*SEES_PERSONS), own_register),
        "record_individual": (signed_in, in_role(*REGISTRARS.values())),
        "record_individual_reply": bureau_or_isa,
        "decide_individual": bureau_or_isa,
        "lift_individual": bureau_or_isa,
        "seed_organisations": (in_role("node", "node_operator"),),
        "see_agreements": (anyone,),
        "see_agreement": (anyone,),
        "see_agreement_files": keepers,
        "see_agreement_file": keepers,
        "see_agreement_text": keepers,
        "record_agreement": ministry,
        "correct_agreement": ministry,
        "review_agreement": ministry,
        "end_agreement": ministry,
        "record_figures": keepers,
        "correct_figures": keepers,
        "warn_of_review": (on_node("pk"), *the_node),
        "remind_of_figures": (on_node("pk"), *the_node),
        "see_numbers": (anyone,),
        "seed_agreements": (in_role("node", "node_operator"),),
        "see_imports": registrars,
        "see_import": bureau_or_isa,
        "draft_import": registrars,
        "map_import": bureau_or_isa,
        "submit_import": bureau_or_isa,
        "decide_import": bureau_or_isa,
        "withdraw_import": bureau_or_isa,
        "ask_undo_import": bureau_or_isa,
        "undo_import": bureau_or_isa,
        "rekey_names": (in_role("node", "node_operator"),),
        "screen_organisation": the_node,
        "see_matches": deciding_matches,
        "see_match": deciding_matches,
        "take_match": deciding_matches,
        "confirm_match": deciding_matches,
        "dismiss_match": deciding_matches,
        "doubt_match": deciding_matches,
        "see_likely": (signed_in,),
        "see_links": (signed_in, in_role(*SEES_PERSONS)),
    },
)
