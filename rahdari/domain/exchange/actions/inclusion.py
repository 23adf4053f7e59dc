"""Checking that each receipt a partner gave is in a head of its journal that we cosigned."""

from __future__ import annotations

from django.conf import settings

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.work import unit_of_work
from rahdari.seals import merkle, tokens
from rahdari.seals.faults import Fault
from rahdari.seals.forms import decode, write_moment
from rahdari.seals.leaves import leaf_bytes_of_hashes

from ..models import Envelope, Partner, Witnessed
from ..outside.calling import NoAnswer
from .alarms import ring
from .journaling import hex_of, sha256_hex
from .speaking import said, speak

AT_ONCE = 32


def check_inclusion(partner: Partner) -> int:
    """Proves up to 32 receipts that are not proven yet; returns how many were. A receipt that is not in the journal rings."""
    held = Witnessed.objects.filter(origin=partner.journal_origin).first()
    if held is None or held.size == 0:
        return 0
    rows = Envelope.objects.filter(
        sender=settings.RAHDARI_NODE, receiver=partner.node, checked=False, journaled=True, void=False
    ).order_by("seq")[:AT_ONCE]
    results = []
    for row in rows:
        receipt = tokens.read_receipt(row.receipt)
        if receipt.journal_size > held.size:
            continue  # in a later head
        results.append((row, _is_in(partner, row, receipt, held)))
    if results:
        with unit_of_work("exchange.checkpoint", actor=machine(settings.RAHDARI_NODE, "timetable"), at=now()) as unit:
            for row, good in results:
                row.checked = True
                row.save(update_fields=["checked"])
                if not good:
                    ring(unit, "receipt_not_in_journal", partner.node, str(row.seq))
            unit.about(partner, proven=len(results))
    return len(results)


def _is_in(partner: Partner, row: Envelope, receipt: tokens.Receipt, held: Witnessed) -> bool:
    index = receipt.journal_size - 1
    reply = speak(partner, "GET", f"/exchange/v1/journal/proof?index={index}&size={held.size}")
    if reply.status in (403, 404):
        return False
    told = reply.json() if reply.status == 200 else None
    if not isinstance(told, dict) or not isinstance(told.get("proof"), list):
        raise NoAnswer(said(reply))
    try:
        proof = [decode(one) for one in told["proof"]]
    except Fault:
        return False
    for opened in (row.opened or None, None):  # the partner's line 5 is `-` where the seal did not open
        leaf = leaf_bytes_of_hashes(
            "received",
            row.sender,
            row.receiver,
            row.seq,
            hex_of(row.hash),
            opened,
            sha256_hex(row.receipt),
            write_moment(receipt.stored_at),
        )
        if merkle.verify_inclusion(index, held.size, merkle.leaf_hash(leaf), proof, bytes(held.root or b"")):
            return True
    return False
