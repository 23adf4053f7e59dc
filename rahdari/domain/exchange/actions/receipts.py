"""Receipts that came back: each is checked, kept, and only then the envelope counts as delivered and gets its leaf."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connection

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.work import unit_of_work
from rahdari.seals import jws, tokens
from rahdari.seals.faults import Fault
from rahdari.seals.forms import write_moment
from rahdari.seals.leaves import leaf_bytes_of_hashes

from ..access import PERMITS
from ..models import Envelope, Partner, Told
from ..queries.partners import key_with, known_keys
from ..rules.keys import KnownKey, counts
from ..rules.limits import AHEAD
from .alarms import ring
from .journaling import Pen, hex_of, open_journal, sha256_hex
from .streams import lock_stream


def read_receipt(token: str, envelope: Envelope, keys: Sequence[KnownKey]) -> tokens.Receipt:
    """A receipt that holds for this envelope; raises `Fault` when it does not."""
    receipt = tokens.read_receipt(token)
    key = key_with(list(keys), receipt.jws.kid, "gateway", envelope.receiver)
    if key is None:
        raise Fault("key_unknown", "The receipt is signed with no gateway key of the partner.")
    jws.check(receipt.jws, key.public)
    if not counts(key, receipt.stored_at):
        raise Fault("key_out_of_validity", "The key of the receipt did not count when it says it was stored.")
    told = (receipt.sender, receipt.receiver, receipt.seq, receipt.envelope)
    if told != (envelope.sender, envelope.receiver, envelope.seq, envelope.hash):
        raise Fault("mismatch", "The receipt is for another envelope.")
    if receipt.stored_at < envelope.sent_at - AHEAD:
        raise Fault("time", "The receipt says the envelope was stored before it was sent.")
    return receipt


def hear_receipts(partner: Partner, batch: Sequence[Envelope], tokens_: Sequence[str]) -> int:
    """Keeps the receipts that hold, in order, up to the first that does not; returns how many envelopes are delivered by it.

    Leaves a leaf for each. A wrong receipt rings and delivers nothing.
    """
    if not tokens_:
        return 0
    me, at = settings.RAHDARI_NODE, now()
    keys = known_keys(partner.node)
    with unit_of_work("exchange.record_receipts", actor=machine(me, "timetable"), at=at) as unit:
        unit.permit(PERMITS["record_receipts"])
        stream = lock_stream(unit, me, partner.node)
        first = stream.delivered
        pen, kept = open_journal(unit), []
        for envelope, token in zip(batch, tokens_, strict=False):
            try:
                receipt = read_receipt(token, envelope, keys)
            except Fault as fault:
                ring(unit, "receipt", partner.node, f"{envelope.seq}", fault=fault.name)
                break
            if envelope.seq != stream.delivered + 1:
                continue
            stream.delivered = envelope.seq
            kept.append((envelope, receipt))
            add_leaf(pen, envelope, receipt)
        keep_receipts(kept)
        pen.finish()
        unit.save(stream)
        unit.about(stream, after=first, upto=stream.delivered)
    return stream.delivered - first


KEEP = """
    update exchange_envelope as e set receipt = v.receipt, stored_at = v.stored_at, journaled = true
    from unnest(%s::bigint[], %s::text[], %s::timestamptz[]) as v(id, receipt, stored_at) where e.id = v.id
"""


def keep_receipts(kept: Sequence[tuple[Envelope, tokens.Receipt]]) -> None:
    """Writes receipts into their places, all at once; the statements in them count as delivered."""
    columns: Any = [[row.pk for row, _ in kept], [one.token for _, one in kept], [one.stored_at for _, one in kept]]
    with connection.cursor() as cursor:
        cursor.execute(KEEP, columns)
    told = [row.told.pk for row, _ in kept if row.told is not None]
    Told.objects.filter(pk__in=told, state="signed").update(state="delivered")


def add_leaf(pen: Pen, envelope: Envelope, receipt: tokens.Receipt) -> None:
    """The leaf of a sent envelope; line 5 is the hash of the statement token that was sealed."""
    data = leaf_bytes_of_hashes(
        "sent",
        envelope.sender,
        envelope.receiver,
        envelope.seq,
        hex_of(envelope.hash),
        envelope.opened or None,
        sha256_hex(receipt.token),
        write_moment(receipt.stored_at),
    )
    pen.add(data, envelope.sender, envelope.receiver)
