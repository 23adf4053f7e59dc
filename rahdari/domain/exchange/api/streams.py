"""Envelopes in, and what a partner may ask about the streams it is an end of."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rahdari.base.clock import now
from rahdari.base.jobs import wake
from rahdari.seals.faults import Fault
from rahdari.seals.forms import read_json

from ..actions.storing import store_envelopes
from ..models import Told
from ..queries.streams import envelopes_after, head_of, receipts_after
from ..rules.limits import TOKENS, WAITING_AT_MOST
from .speaking import Refuse, answer, from_partner, own_end


@from_partner()
def receive_envelopes(request: HttpRequest) -> HttpResponse:
    """`POST envelopes`: stores what follows in the partner's stream and gives receipts."""
    brought = _brought(request.raw)
    waiting = Told.objects.filter(sender=request.partner.node, receiver=settings.RAHDARI_NODE, state="waiting")
    if waiting[WAITING_AT_MOST : WAITING_AT_MOST + 1].exists():
        raise Refuse("flooding", "Too much of yours waits to be taken up.")
    stored = store_envelopes(actor=request.actor, partner=request.partner, brought=brought, at=now())
    if stored.receipts:
        wake("exchange.take_up", partner=request.partner.node)
    return answer(stored.told())


def _brought(raw: bytes) -> list[str]:
    try:
        told = read_json(raw)
    except Fault as fault:
        raise Refuse("malformed", fault.detail) from None
    tokens = told.get("envelopes") if isinstance(told, dict) else None
    if not isinstance(tokens, list) or not all(isinstance(one, str) for one in tokens):
        raise Refuse("malformed", 'The body must be {"envelopes":[…]} with tokens.')
    if len(tokens) > TOKENS:
        raise Refuse("too_large", f"A body may have {TOKENS} tokens.")
    return tokens


@from_partner(ready=False)
def see_head(request: HttpRequest, sender: str, receiver: str) -> HttpResponse:
    """`GET streams/{from}/{to}/head`."""
    own_end(request.partner, sender, receiver)
    return answer(head_of(sender, receiver))


@from_partner(ready=False)
def see_envelopes(request: HttpRequest, sender: str, receiver: str) -> HttpResponse:
    """`GET streams/{from}/{to}/envelopes?after=N`."""
    own_end(request.partner, sender, receiver)
    return answer({"envelopes": envelopes_after(sender, receiver, _after(request)), "head": head_of(sender, receiver)})


@from_partner(ready=False)
def see_receipts(request: HttpRequest, sender: str, receiver: str) -> HttpResponse:
    """`GET streams/{from}/{to}/receipts?after=N`."""
    own_end(request.partner, sender, receiver)
    return answer({"receipts": receipts_after(sender, receiver, _after(request)), "head": head_of(sender, receiver)})


def _after(request: HttpRequest) -> int:
    told = request.GET.get("after", "")
    if not (told.isascii() and told.isdecimal() and len(told) <= 16) or (len(told) > 1 and told[0] == "0"):
        raise Refuse("malformed", "`after` is a number from 0.")
    return int(told)
