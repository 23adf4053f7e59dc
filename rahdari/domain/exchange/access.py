"""Who may: partners speak with their keys (checked in `api/`), operators and contact points look, the node itself works."""

from __future__ import annotations

from rahdari.base.access import Clause, anyone, in_role, permits, signed_in

CONTACTS = ("contact_point_pk", "contact_point_jp")
PARTNER = "partner"
itself = Clause("the node itself, or an operator at its machine", lambda actor, _: actor.role in ("node", "node_operator"))
from_partner = Clause("a paired node, by its request token", lambda actor, _: actor.role == PARTNER)
partner_or_self = Clause("a paired node or the node itself", lambda actor, _: actor.role in (PARTNER, "node"))

PERMITS = permits(
    "exchange",
    {
        # doors of the protocol: open to anyone, because the request token is read behind them and every failure is one 401
        "see_node": (anyone,),
        "see_schema": (anyone,),
        "witness": (anyone,),
        "speak": (anyone,),
        # acts
        "store_envelopes": (partner_or_self,),
        "keep_blob": (from_partner,),
        "sign_envelopes": (itself,),
        "record_receipts": (itself,),
        "take_up": (itself,),
        "hear_outcome": (itself,),
        "follow_keys": (itself,),
        "follow_journal": (itself,),
        "found_node": (itself,),
        "add_partner": (itself,),
        "change_partner": (itself,),
        "roll_keys": (itself,),
        "repair": (itself,),
        "settle_fork": (itself,),
        "checkpoint": (itself,),
        "cosign": (partner_or_self,),
        "import_bundle": (itself,),
        "tend": (itself,),
        # desks
        "see_exchange": (signed_in, in_role("node_operator", "auditor", *CONTACTS)),
        "see_story": (signed_in, in_role("node_operator", "auditor", *CONTACTS)),
        "take_evidence": (signed_in, in_role("auditor", *CONTACTS)),
        "settle_alarm": (itself,),
        "release_notices": (itself,),
        # the address is open to anyone; behind it the figures are for a program at the machine itself or an operator's token
        "see_metrics": (anyone,),
        "take_metrics": (itself,),
    },
)
