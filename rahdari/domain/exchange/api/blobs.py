"""Sealed files of a partner: put, asked for, missing."""

from __future__ import annotations

import hashlib
import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rahdari.base.clock import now
from rahdari.base.jobs import wake

from ..actions.blobs import NoRoom, keep_blob
from ..models import Blob
from ..rules.limits import BLOB_BYTES
from .speaking import Refuse, answer, from_partner

HASH = re.compile(r"[0-9a-f]{64}")


@from_partner(largest=BLOB_BYTES)
def put_blob(request: HttpRequest, sealed: str) -> HttpResponse:
    """`PUT blobs/{sealed}`: keeps a file."""
    if not HASH.fullmatch(sealed) or hashlib.sha256(request.raw).hexdigest() != sealed:
        raise Refuse("blob_mismatch")
    try:
        fresh = keep_blob(actor=request.actor, partner=request.partner, sealed=sealed, content=request.raw, at=now())
    except NoRoom:
        raise Refuse("quota") from None
    if fresh:
        wake("exchange.take_up", partner=request.partner.node)
    return answer({"sealed": sealed}, 201 if fresh else 200)


@from_partner()
def ask_blob(request: HttpRequest, sealed: str) -> HttpResponse:
    """`HEAD blobs/{sealed}`: whether it is here."""
    held = Blob.objects.filter(sender=request.partner.node, receiver=settings.RAHDARI_NODE, sealed=sealed, here=True)
    if not HASH.fullmatch(sealed) or not held.exists():
        raise Refuse("not_found")
    return answer({"sealed": sealed})


@from_partner()
def missing(request: HttpRequest) -> HttpResponse:
    """`GET blobs/missing`: files that stored statements name and that have not come."""
    rows = Blob.objects.filter(sender=request.partner.node, receiver=settings.RAHDARI_NODE, here=False).order_by("id")
    return answer({"missing": list(rows.values_list("sealed", flat=True)[:1000])})
