"""Who may do what with notices: officers of either state draft, the contact point approves, accepts, answers, recalls."""

from rahdari.base.access import by_node, by_partner, in_role, on_node, permits, signed_in
from rahdari.domain.accounts.rules.roles import DECIDES, ROLES

CONTACT_ROLES = {"pk": "contact_point_pk", "jp": "contact_point_jp"}
# Whoever decides for an office, and the two that see wrongful acts without deciding; custodians see identities alone.
OFFICERS = (
    *(role.code for role in ROLES.values() if role.hand == DECIDES and not role.code.startswith("custodian")),
    "opf_officer",
    "oec_officer",
)
officer = (signed_in, in_role(*OFFICERS))
contact_point = (signed_in, in_role(*CONTACT_ROLES.values()))
screener = (signed_in, in_role("bureau_officer", *CONTACT_ROLES.values()))  # as for two organisations that may be one

PERMITS = permits(
    "notices",
    {
        "see_notices": officer,
        "see_notice": officer,
        "draft_notice": officer,
        "approve_notice": contact_point,
        "accept_notice": contact_point,
        "answer_notice": contact_point,
        "recall_notice": contact_point,
        "see_names": officer,
        "decide_name": screener,
        "draft_exam_notice": (by_node,),
        "draft_answer_notice": (on_node("pk"), by_node),
        "mirror_notice": (by_partner,),
        "mirror_update": (by_partner,),
        "mirror_answer": (by_partner,),
        "mirror_recall": (by_partner,),
    },
)
