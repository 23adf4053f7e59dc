"""Checking that each receipt a partner gave is in a head of its journal that we cosigned.

Receipts whose leaves stand side by side in that journal, as those of one body do, are proven together by two proofs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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

LOOKED_AT = 4096  # receipts in one call
PROOFS = 256  # asked for in one call


@dataclass(frozen=True, slots=True)
class _Receipt:
    """A receipt that is not proven yet, and the place of its leaf in the journal of whoever gave it."""

    row: Envelope
    token: tokens.Receipt

    @property
    def index(self) -> int:
        return self.token.journal_size - 1

    def leaf(self, opened: str | None) -> bytes:
        row, stored = self.row, write_moment(self.token.stored_at)
        ends = row.sender, row.receiver, row.seq
        data = leaf_bytes_of_hashes("received", *ends, hex_of(row.hash), opened, sha256_hex(row.receipt), stored)
        return merkle.leaf_hash(data)


def check_inclusion(partner: Partner) -> int:
    """Proves receipts that are not proven yet; returns how many were looked at. A receipt that is not in the journal rings.

    Asks for 256 proofs at most; what is left is for the next call.
    """
    held = Witnessed.objects.filter(origin=partner.journal_origin).first()
    if held is None or held.size == 0:
        return 0
    rows = Envelope.objects.filter(
        sender=settings.RAHDARI_NODE, receiver=partner.node, checked=False, journaled=True, void=False
    ).order_by("seq")[:LOOKED_AT]
    receipts = [_Receipt(row, tokens.read_receipt(row.receipt)) for row in rows]
    judged: list[tuple[_Receipt, bool]] = []
    try:
        for one in _judged(partner, [one for one in receipts if one.index < held.size], held):
            judged.append(one)
    finally:
        _keep(partner, judged)
    return len(judged)


def _keep(partner: Partner, judged: Sequence[tuple[_Receipt, bool]]) -> None:
    if judged:
        with unit_of_work("exchange.checkpoint", actor=machine(settings.RAHDARI_NODE, "timetable"), at=now()) as unit:
            Envelope.objects.filter(pk__in=[one.row.pk for one, _ in judged]).update(checked=True)
            for one, good in judged:
                if not good:
                    ring(unit, "receipt_not_in_journal", partner.node, str(one.row.seq))
            unit.about(partner, proven=sum(good for _, good in judged), missing=sum(not good for _, good in judged))


def _judged(partner: Partner, receipts: Sequence[_Receipt], held: Witnessed) -> Iterator[tuple[_Receipt, bool]]:
    """Each receipt with whether it is in the journal; where some that stand together are not, each is asked for alone."""
    left = PROOFS
    for row in _side_by_side(receipts):
        if left < 2:
            return
        if len(row) > 1:
            left -= 2
            if _are_in(partner, row, held):
                yield from ((one, True) for one in row)
                continue
        for one in row[:left]:
            left -= 1
            yield one, _is_in(partner, one, held)


def _side_by_side(receipts: Sequence[_Receipt]) -> list[list[_Receipt]]:
    rows: list[list[_Receipt]] = []
    for one in sorted(receipts, key=lambda one: one.index):
        if rows and rows[-1][-1].index + 1 == one.index:
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def _are_in(partner: Partner, row: Sequence[_Receipt], held: Witnessed) -> bool:
    before, after = (_proof(partner, one.index, held.size) for one in (row[0], row[-1]))
    if before is None or after is None:
        return False
    leaves = [one.leaf(one.row.opened or None) for one in row]
    return merkle.verify_range(row[0].index, leaves, held.size, before, after, bytes(held.root or b""))


def _is_in(partner: Partner, one: _Receipt, held: Witnessed) -> bool:
    proof = _proof(partner, one.index, held.size)
    if proof is None:
        return False
    ways = {one.row.opened or None, None}  # the partner's line 5 is `-` where the seal did not open
    root = bytes(held.root or b"")
    return any(merkle.verify_inclusion(one.index, held.size, one.leaf(opened), proof, root) for opened in ways)


def _proof(partner: Partner, index: int, size: int) -> list[bytes] | None:
    """The proof of a leaf; None when the partner says that it has no such leaf of ours, or gives what is no proof."""
    reply = speak(partner, "GET", f"/exchange/v1/journal/proof?index={index}&size={size}")
    if reply.status in (403, 404):
        return None
    told = reply.json() if reply.status == 200 else None
    if not isinstance(told, dict) or not isinstance(told.get("proof"), list):
        raise NoAnswer(said(reply))
    try:
        return [decode(one) for one in told["proof"]]
    except Fault:
        return None
