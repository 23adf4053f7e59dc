"""By hand: what waits for a partner as a file, and a partner's file taken in; for a week without a link, or for ever.

The file is NDJSON: a `bundle` line, then envelopes and blobs; the answer file holds receipts and problems.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Generator, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.work import unit_of_work
from rahdari.seals.faults import Fault
from rahdari.seals.forms import read_json, write_json, write_moment

from ..access import PARTNER, PERMITS
from ..models import Blob, Envelope, Partner, Stream
from ..outside import blob_files
from ..queries.partners import is_ready_for, partner_of
from ..rules.limits import BLOB_BYTES, TOKEN_BYTES, TOKENS
from .blobs import NoRoom, keep_blob
from .enveloping import sign_waiting
from .problems import problem
from .receipts import hear_receipts
from .refusals import hear_problem
from .storing import store_envelopes

LONGEST = 2 * max(BLOB_BYTES, TOKEN_BYTES)


def export_bundle(*, actor: Actor, node: str, at: datetime) -> Iterator[bytes]:
    """The lines of a file with everything the partner has given no receipt for. Refuses `partner_unknown`, `not_ready`."""
    partner = _partner(node)
    if not is_ready_for(partner):
        raise Refused([Refusal("not_ready")])
    while sign_waiting(partner):
        pass
    me = settings.RAHDARI_NODE
    yield _line(kind="bundle", spec=1, **{"from": me, "to": node}, made_at=write_moment(at))
    for blob in Blob.objects.filter(sender=me, receiver=node, told_partner=False, here=True).order_by("at"):
        content = blob_files.read(blob.sealed)
        if content is not None:
            yield _line(kind="blob", sealed=blob.sealed, base64=base64.b64encode(content).decode())
    stream = Stream.objects.filter(sender=me, receiver=node).first()
    if stream is not None:
        rows = Envelope.objects.filter(sender=me, receiver=node, void=False, seq__gt=stream.delivered).order_by("seq")
        for token, stub in rows.values_list("token", "stub").iterator():
            yield _line(kind="envelope", token=token or stub)


def import_bundle(*, actor: Actor, lines: Iterator[bytes], at: datetime) -> list[bytes]:
    """Takes in a partner's bundle and returns the lines of the answer file; or takes in an answer file to a bundle of ours.

    Refuses `bundle_wrong` (no line is taken in when the first is wrong), `partner_unknown`, `not_ready`.
    """
    first = _read(next(lines, b""))
    if first.get("kind") not in ("bundle", "answer") or first.get("spec") != 1 or first.get("to") != settings.RAHDARI_NODE:
        raise Refused([Refusal("bundle_wrong", {"why": "its first line names no bundle for this node"})])
    partner = _partner(str(first.get("from")))
    if not is_ready_for(partner):
        raise Refused([Refusal("not_ready")])
    with unit_of_work("exchange.import_bundle", actor=actor, at=at) as unit:
        unit.permit(PERMITS["import_bundle"])
        unit.about(partner, kind=first["kind"])
    if first["kind"] == "answer":
        _hear(partner, lines)
        return []
    return list(_take_in(partner, lines, at))


def _take_in(partner: Partner, lines: Iterator[bytes], at: datetime) -> Iterator[bytes]:
    me = settings.RAHDARI_NODE
    yield _line(kind="answer", spec=1, **{"from": me, "to": partner.node}, made_at=write_moment(at))
    batch: list[str] = []
    for raw in lines:
        told = _read(raw)
        if told.get("kind") == "envelope" and isinstance(told.get("token"), str):
            batch.append(told["token"])
        elif told.get("kind") == "blob":
            yield from _blob(partner, told, at)
        if len(batch) == TOKENS:
            stopped = yield from _store(partner, batch, at)
            batch = []
            if stopped:
                return
    if batch:
        yield from _store(partner, batch, at)


def _store(partner: Partner, batch: list[str], at: datetime) -> Generator[bytes, None, bool]:
    stored = store_envelopes(actor=_as(partner), partner=partner, brought=batch, at=at)
    for receipt in stored.receipts:
        yield _line(kind="receipt", token=receipt)
    if stored.problem is not None:
        yield _line(kind="problem", problem=stored.problem)
    return stored.problem is not None


def _as(partner: Partner) -> Actor:
    return Actor(settings.RAHDARI_NODE, PARTNER, body=partner.node, name=f"node {partner.node}", channel="file")


def _blob(partner: Partner, told: dict[str, Any], at: datetime) -> Iterator[bytes]:
    try:
        content = base64.b64decode(told["base64"], validate=True)
        if hashlib.sha256(content).hexdigest() != told["sealed"] or len(content) > BLOB_BYTES:
            raise ValueError
        keep_blob(actor=_as(partner), partner=partner, sealed=told["sealed"], content=content, at=at)
    except (KeyError, TypeError, ValueError, binascii.Error):
        yield _line(kind="problem", problem=problem("blob_mismatch"))
    except NoRoom:
        yield _line(kind="problem", problem=problem("quota"))


def _hear(partner: Partner, lines: Iterator[bytes]) -> None:
    me = settings.RAHDARI_NODE
    stream = Stream.objects.filter(sender=me, receiver=partner.node).first()
    told = [_read(raw) for raw in lines]
    receipts = [one["token"] for one in told if one.get("kind") == "receipt" and isinstance(one.get("token"), str)]
    while stream is not None and receipts:
        rows = Envelope.objects.filter(sender=me, receiver=partner.node, void=False, seq__gt=stream.delivered).order_by("seq")
        batch = list(rows.select_related("told")[:TOKENS])
        if not hear_receipts(partner, batch, receipts[:TOKENS]):
            break
        receipts = receipts[len(batch) :]
        stream.refresh_from_db()
    for one in told:
        if one.get("kind") == "problem" and isinstance(one.get("problem"), dict):
            hear_problem(partner, [], one["problem"])


def _partner(node: str) -> Partner:
    partner = partner_of(node)
    if partner is None:
        raise Refused([Refusal("partner_unknown", {"node": node[:10]})])
    return partner


def _read(raw: bytes) -> dict[str, Any]:
    try:
        if len(raw) > LONGEST:
            raise Fault("too_large", "a line is too long")
        told = read_json(raw.strip() or b"null")
    except Fault as fault:
        raise Refused([Refusal("bundle_wrong", {"why": fault.detail})]) from None
    if not isinstance(told, dict):
        raise Refused([Refusal("bundle_wrong", {"why": "a line is no object"})])
    return told


def _line(**members: Any) -> bytes:
    return write_json(members) + b"\n"
