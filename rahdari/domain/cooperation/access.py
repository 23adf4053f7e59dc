"""Who may do what: anyone reads the agreement; only the contact points ask, answer and rate; the partner tells."""

from rahdari.base.access import anyone, by_partner, in_role, permits, signed_in

CONTACT_ROLES = {"pk": "contact_point_pk", "jp": "contact_point_jp"}
contact_point = (signed_in, in_role(*CONTACT_ROLES.values()))

PERMITS = permits(
    "cooperation",
    {
        "see_agreement": (anyone,),
        "see_requests": contact_point,
        "see_request": contact_point,
        "send_request": contact_point,
        "accept_request": contact_point,
        "answer_request": contact_point,
        "rate_answer": contact_point,
        "mirror_request": (by_partner,),
        "mirror_acceptance": (by_partner,),
        "mirror_answer": (by_partner,),
        "mirror_rating": (by_partner,),
    },
)
