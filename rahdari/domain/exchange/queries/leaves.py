"""Where an envelope stands in this node's journal, and which signed head covers it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import BinaryField, F, Func, Value

from rahdari.seals import merkle, notes
from rahdari.seals.forms import decode
from rahdari.seals.keys import PublicKey
from rahdari.seals.leaves import Leaf as LeafRead
from rahdari.seals.leaves import read_leaf
from rahdari.seals.tokens import read_receipt

from ..models import Checkpoint, Envelope, Journal, Leaf, PartnerKey, Witnessed
from .trees import fetch

LOOKED_AT = 20  # heads beyond the leaf among which a cosigned one is looked for


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A partner's witness that signed a head of ours, and when."""

    node: str
    name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class PlaceInJournal:
    """A leaf with its journal, and the head that covers it with its witnesses; None and none while nothing does."""

    journal: Journal
    index: int
    data: bytes
    checkpoint: Checkpoint | None
    witnesses: tuple[Cosigned, ...]

    def proof(self) -> list[bytes]:
        """The inclusion proof of the leaf in the tree of the head; empty without one."""
        if self.checkpoint is None:
            return []
        return merkle.inclusion_proof(self.index, self.checkpoint.size, lambda asked: fetch(self.journal, asked))


def place_of(envelope: Envelope) -> PlaceInJournal | None:
    """The leaf of an envelope, None while it has none."""
    if not envelope.journaled or not envelope.receipt:
        return None
    leaf = _sent(envelope) if envelope.sender == settings.RAHDARI_NODE else _received(envelope)
    if leaf is None:
        return None
    checkpoint, witnesses = _head(leaf.journal, leaf.index)
    return PlaceInJournal(leaf.journal, leaf.index, bytes(leaf.data), checkpoint, witnesses)


def _is_of(read: LeafRead, envelope: Envelope) -> bool:
    told = (read.sender, read.receiver, read.seq, read.envelope)
    return told == (envelope.sender, envelope.receiver, envelope.seq, decode(envelope.hash).hex())


def _received(envelope: Envelope) -> Leaf | None:
    """The receipt says which size the leaf made; it may stand in a journal that is closed by now."""
    index = read_receipt(envelope.receipt).journal_size - 1
    leaves = Leaf.objects.select_related("journal").filter(journal__in=_journals(), index=index)
    return next((leaf for leaf in leaves if _is_of(read_leaf(bytes(leaf.data)), envelope)), None)


def _journals() -> list[Journal]:
    return list(Journal.objects.order_by("-number"))


def _sent(envelope: Envelope) -> Leaf | None:
    """Sent leaves stand in the order of their places, so that halving finds one; after a fork a place may come again."""
    rows = Leaf.objects.select_related("journal").filter(sender=envelope.sender, receiver=envelope.receiver)
    for journal in _journals():
        mine = rows.filter(journal=journal)
        low, high = 0, journal.size
        while low < high:
            middle = (low + high) // 2
            leaf = mine.filter(index__gte=middle, index__lt=high).order_by("index").first()
            read = read_leaf(bytes(leaf.data)) if leaf is not None else None
            if leaf is None or read is None:
                high = middle
            elif _is_of(read, envelope):
                return leaf
            elif read.seq < envelope.seq:
                low = leaf.index + 1
            else:
                high = middle
    return _sent_again(envelope)


def _sent_again(envelope: Envelope) -> Leaf | None:
    """The slow way, for places that stand twice: every leaf of the stream is looked at by its beginning."""
    begins = f"rahdari-journal/1\nsent\n{envelope.sender} {envelope.receiver} {envelope.seq}\n".encode()
    rows = Leaf.objects.select_related("journal").filter(sender=envelope.sender, receiver=envelope.receiver)
    start = Func(F("data"), Value(1), Value(len(begins)), function="substring", output_field=BinaryField())
    found = rows.annotate(start=start).filter(start=begins)
    return next((leaf for leaf in found if _is_of(read_leaf(bytes(leaf.data)), envelope)), None)


def _head(journal: Journal, index: int) -> tuple[Checkpoint | None, tuple[Cosigned, ...]]:
    """The smallest head that covers a leaf and bears a witness; else the smallest that covers it."""
    heads = list(Checkpoint.objects.filter(journal=journal, size__gt=index).order_by("size")[:LOOKED_AT])
    for head in heads:
        witnesses = witnesses_of(head)
        if witnesses:
            return head, witnesses
    return (heads[0] if heads else None), ()


def witnesses_of(head: Checkpoint) -> tuple[Cosigned, ...]:
    """The partners whose cosignature under a head holds."""
    note = notes.read_note(head.note)
    names = {origin: node for node, origin in Witnessed.objects.values_list("node", "origin")}
    lines = [line for line in note.signatures if line.name in names]
    if not lines:
        return ()
    keys = list(PartnerKey.objects.filter(role="journal", partner__node__in=set(names.values())).select_related("partner"))
    found = (_cosigned(note, line, names[line.name], keys) for line in lines)
    return tuple(one for one in found if one is not None)


def _cosigned(note: notes.Note, line: notes.Line, node: str, keys: Sequence[PartnerKey]) -> Cosigned | None:
    for key in keys:
        if key.partner.node == node:
            public = PublicKey(key.role, key.kid, key.nbf, key.exp, bytes(key.raw))
            seconds = notes.verify_cosignature(note, line, line.name, public)
            if seconds is not None:
                return Cosigned(node, line.name, dt.datetime.fromtimestamp(seconds, dt.UTC))
    return None
