"""Who may do what: anyone reads the agreement; the contact points ask, answer and rate; firms enquire; the partner tells."""

from __future__ import annotations

from typing import Any

from rahdari.base.access import Clause, anyone, by_node, by_partner, in_role, on_node, permits, signed_in
from rahdari.base.actor import Actor

CONTACT_ROLES = {"pk": "contact_point_pk", "jp": "contact_point_jp"}
FIRMS = ("employer", "placement_business")
ASK = {"jp": (*FIRMS, "contact_point_jp"), "pk": ("oec_officer", "contact_point_pk")}
contact_point = (signed_in, in_role(*CONTACT_ROLES.values()))


def _may_enquire(actor: Actor, _: Any) -> bool:
    """On Japan's node firms, and the contact point for them; on Pakistan's those who enter what came by letter or visit."""
    return actor.role in ASK.get(actor.node, ())


def _own_enquiry(actor: Actor, enquiry: Any) -> bool:
    """A firm's own; on the side that answers, of whoever works at its desk."""
    return actor.role not in FIRMS or (bool(actor.body) and actor.body in (enquiry.firm, enquiry.through))


def _closes(actor: Actor, _: Any) -> bool:
    return actor.role in {"jp": FIRMS, "pk": ("oec_officer",)}.get(actor.node, ())


enquires = Clause("enquires, or works on enquiries", _may_enquire)
own_enquiry = Clause("of one's own firm", _own_enquiry, "not_own_enquiry", of_subject=True)
closes = Clause("enquired, or answers enquiries", _closes)
forwards = (on_node("jp"), signed_in, in_role("contact_point_jp"))

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
        "see_enquiries": (signed_in, enquires),
        "see_enquiry": (signed_in, enquires),
        "enquire_firm": (signed_in, enquires),
        "forward_enquiry": forwards,
        "return_enquiry": forwards,
        "assign_enquiry": (on_node("pk"), signed_in, in_role("oec_officer", "contact_point_pk")),
        "answer_enquiry": (on_node("pk"), signed_in, in_role("oec_officer")),
        "close_enquiry": (signed_in, closes, own_enquiry),
        "link_demand": (signed_in, closes, own_enquiry),
        "send_reveal": (on_node("jp"), by_node),
        "tell_reveal": (on_node("pk"), by_node),
        "seed_enquiries": (in_role("node", "node_operator"),),
    },
)
