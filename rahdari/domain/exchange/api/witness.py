"""Witness and journal: heads of a partner's journal are cosigned, and the ends of a leaf are shown its proof."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.seals.forms import encode

from ..actions.witnessing import PLAIN, witness
from ..models import Witnessed
from ..queries.journals import proof_of
from .speaking import Refuse, answer, from_partner, wire

LARGEST = 64 * 1024


@wire
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    """`POST witness/add-checkpoint` (C2SP tlog-witness): open to anyone, because the checkpoint itself is signed."""
    raw = request.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise Refuse("too_large", f"A body may have {LARGEST} bytes.")
    said = witness(actor=machine(settings.RAHDARI_NODE, "exchange"), raw=raw, at=now())
    return HttpResponse(said.text, status=said.status, content_type=said.kind)


@wire
def see_checkpoint(request: HttpRequest) -> HttpResponse:
    """`GET witness/checkpoint?origin=`: the last head of this origin that we cosigned."""
    origin = request.GET.get("origin", "")[:200]
    held = None if "\0" in origin else Witnessed.objects.filter(origin=origin).exclude(note="").first()
    if held is None:
        return HttpResponse("No head of this origin was cosigned here.\n", status=404, content_type=PLAIN)
    return HttpResponse(held.note, content_type=PLAIN)


@from_partner()
def see_proof(request: HttpRequest) -> HttpResponse:
    """`GET journal/proof?index=&size=`: 404 beyond the tree, 403 unless the caller is an end of that leaf."""
    index, size = _number(request, "index"), _number(request, "size")
    found = proof_of(index, size)
    if found is None:
        raise Refuse("not_found", "There is no such leaf in a tree of this size.")
    ends, proof = found
    if request.partner.node not in ends:
        raise Refuse("not_a_party")
    return answer({"index": index, "size": size, "proof": [encode(one) for one in proof]})


def _number(request: HttpRequest, name: str) -> int:
    told = request.GET.get(name, "")
    if not (told.isascii() and told.isdecimal() and len(told) <= 16):
        raise Refuse("malformed", f"`{name}` is a number from 0.")
    return int(told)
