"""Speaking to a partner: one signed request, and the note that it answered."""

from __future__ import annotations

from django.conf import settings

from rahdari.base.clock import now

from ..models import Link, Partner
from ..outside.calling import NoAnswer, Reply, call
from .signing import own_signer


def speak(partner: Partner, method: str, path: str, body: bytes = b"", kind: str = "") -> Reply:
    """One request to a partner, signed; notes that it answered. Raises `NoAnswer` for silence and for every 5xx and 429."""
    at = now()
    reply = call(
        partner.url, partner.tls, me=settings.RAHDARI_NODE, partner=partner.node,
        key=own_signer("gateway", partner, at), method=method, path=path, body=body, kind=kind,
    )  # fmt: skip
    if reply.passing:
        raise NoAnswer(said(reply))
    Link.objects.filter(partner=partner).update(seen_at=at, tried_at=at, next_try_at=None, tries=0, problem="")
    return reply


def said(reply: Reply) -> str:
    """A status and the beginning of what came with it, for the operator."""
    return f"{reply.status} {reply.body[:200].decode('utf-8', 'replace')}"
