"""Asks a paired node for what it publishes about passes; anyone may ask the same."""

from __future__ import annotations

from rahdari.domain.exchange.models import Partner
from rahdari.domain.exchange.outside.calling import NoAnswer, fetch_public

KIT = "/api/checks/pass-kit"
OK = 200


def published_lists(partner: Partner) -> list[str]:
    """The signed lists of revoked passes a partner publishes; none where it does not answer. The caller checks them."""
    try:
        reply = fetch_public(partner.url, KIT, partner.tls)
        told = reply.json() if reply.status == OK else {}
    except NoAnswer:
        return []
    lists = told.get("lists") if isinstance(told, dict) else None
    return [one for one in lists if isinstance(one, str)] if isinstance(lists, list) else []
