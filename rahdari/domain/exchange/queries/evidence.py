"""The evidence of one statement as one file: what both nodes signed about it, and nothing of what it says.

    {"kind": "rahdari-evidence/1", "made_at", "made_by", "statement": {"id", "hash", "from", "to", "thread", "state"},
     "envelopes": [{"seq", "hash", "prev", "token"|null, "stub"|null, "receipt"|null, "later_receipts": [], "void", "journal"}],
     "refusals": [token], "outcome": {"token", "envelope", "receipt"}|null, "keys": [{"node", "keys_tokens": [token]}]}

`journal` is null or {"origin", "index", "leaf", "size", "proof", "checkpoint"}; leaf and proof in base64url, the checkpoint a
signed note. The envelope's token holds the statement sealed: only the receiver can open it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.seals.faults import Fault
from rahdari.seals.forms import encode, write_moment
from rahdari.seals.tokens import Refusal, read_refusal

from ..models import Alarm, Envelope, IssuedKeys, Told
from .leaves import place_of
from .overview import must_see
from .stories import outcome_of, told_without_content

KIND = "rahdari-evidence/1"
MOST_REFUSALS = 200  # of one partner that are looked through


def evidence_for(actor: Actor, told_id: int, at: dt.datetime) -> dict[str, Any]:
    """Everything that proves what became of a statement; `Missing` when there is none."""
    must_see(actor, "take_evidence")
    told = told_without_content(told_id)
    envelopes = list(Envelope.objects.filter(told=told).order_by("pk"))
    partner = told.receiver if told.sender == settings.RAHDARI_NODE else told.sender
    return {
        "kind": KIND,
        "made_at": write_moment(at),
        "made_by": settings.RAHDARI_NODE,
        "statement": {
            "id": str(told.statement) if told.statement else None,
            "hash": told.hash or None,
            "from": told.sender,
            "to": told.receiver,
            "thread": str(told.thread),
            "state": told.state,
        },
        "envelopes": [_envelope(one) for one in envelopes],
        "refusals": _refusals(partner, [one for one in envelopes if one.void]),
        "outcome": _outcome(told, envelopes),
        "keys": [{"node": node, "keys_tokens": _keys_tokens(node)} for node in (settings.RAHDARI_NODE, partner)],
    }


def _envelope(envelope: Envelope) -> dict[str, Any]:
    place = place_of(envelope)
    journal = None
    if place is not None:
        journal = {
            "origin": place.journal.origin,
            "index": place.index,
            "leaf": encode(place.data),
            "size": place.checkpoint.size if place.checkpoint else None,
            "proof": [encode(one) for one in place.proof()],
            "checkpoint": place.checkpoint.note if place.checkpoint else None,
        }
    return {
        "seq": envelope.seq,
        "hash": envelope.hash,
        "prev": envelope.prev,
        "token": envelope.token or None,
        "stub": envelope.stub or None,
        "receipt": envelope.receipt or None,
        "later_receipts": list(envelope.later_receipts),
        "void": envelope.void,
        "journal": journal,
    }


def _refusals(partner: str, void: list[Envelope]) -> list[str]:
    """The partner's final refusals of these envelopes; one covers what was signed behind the envelope it names."""
    if not void:
        return []
    alarms = Alarm.objects.filter(code="refused", node=partner, facts__has_key="refusal").order_by("-raised_at")
    known = [read for alarm in alarms[:MOST_REFUSALS] if (read := _read(alarm.facts["refusal"])) is not None]
    found: dict[str, None] = {}
    for envelope in void:
        own = [one for one in known if one.envelope == envelope.hash]
        before = [one for one in known if one.seq < envelope.seq and one.refused_at >= envelope.sent_at]
        found |= dict.fromkeys(one.token for one in own or before[-1:])
    return list(found)


def _read(token: Any) -> Refusal | None:
    try:
        return read_refusal(token)
    except Fault:
        return None


def _outcome(told: Told, envelopes: list[Envelope]) -> dict[str, Any] | None:
    """The statement that says what became of it, opened: it holds names of the protocol, no content of another's."""
    outcome = outcome_of(told, [one.hash for one in envelopes])
    if not isinstance(outcome, Told) or not outcome.token:
        return None
    carried = Envelope.objects.filter(told=outcome, void=False, repeats=False).first()
    return {
        "token": outcome.token,
        "envelope": carried.token or None if carried else None,
        "receipt": carried.receipt or None if carried else None,
    }


def _keys_tokens(node: str) -> list[str]:
    return list(IssuedKeys.objects.filter(node=node, waits=False).order_by("at", "id").values_list("token", flat=True))
