"""Who may do what with the fields: anyone reads; a ministry asks for its own; the contact point decides; the partner tells."""

from typing import Any

from rahdari.base.access import Clause, anyone, by_partner, in_role, on_node, permits, signed_in
from rahdari.base.actor import Actor


def _is_own(actor: Actor, field: Any) -> bool:
    return bool(actor.body) and field["ministry"] == actor.body


own_field = Clause("of its own field", _is_own, "not_own_field", of_subject=True)
ministry = (on_node("jp"), signed_in, in_role("field_ministry"))
contact_point = (on_node("jp"), signed_in, in_role("contact_point_jp"))
either = (on_node("jp"), signed_in, in_role("field_ministry", "contact_point_jp"))

PERMITS = permits(
    "fields",
    {
        "see_fields": (anyone,),
        "see_field": (anyone,),
        "see_ceilings": (anyone,),
        "see_history": (anyone,),
        "see_field_orders": (anyone,),
        "see_reference": (anyone,),
        "see_table": (anyone,),
        "mirror_order": (by_partner, on_node("pk")),
        "load_reference": (in_role("node", "node_operator"),),
        "see_orders": either,
        "see_order": either,
        "see_request": either,
        "ask_stop": (*ministry, own_field),
        "ask_lift": (*ministry, own_field),
        "withdraw_request": (*ministry, own_field),
        "announce_order": contact_point,
        "decide_order": contact_point,
        "change_order": contact_point,
        "lift_order": contact_point,
        "withdraw_order": contact_point,
        "decline_request": contact_point,
    },
)
