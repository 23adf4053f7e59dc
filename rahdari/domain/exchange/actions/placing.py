"""Writing what is stored: receipt, leaf, envelope and waiting statement of each place, written together at the end of a body."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from rahdari.base.ids import new_id
from rahdari.base.work import Unit
from rahdari.seals import tokens
from rahdari.seals.forms import write_moment
from rahdari.seals.leaves import leaf_bytes_of_hashes

from ..models import Envelope, Partner, Stream, Told
from .journaling import Pen, hex_of, open_journal, sha256_hex
from .judging import Inside, Judged
from .signing import own_signer


class Shelf:
    """The places of one body: what is held already, and what is added; `finish` writes it with the journal."""

    def __init__(self, unit: Unit, stream: Stream, partner: Partner, brought: Sequence[Judged]) -> None:
        self.unit, self.stream, self.partner = unit, stream, partner
        self.pen: Pen | None = None
        self.signer = own_signer("gateway", partner, unit.at)
        self.envelopes: list[Envelope] = []
        self.told: list[Told] = []
        self.receipts = self._known(brought)
        self.first = self._first(brought)

    def _known(self, brought: Sequence[Judged]) -> dict[str, str]:
        """Receipts of what is stored already, by the hash of the envelope."""
        hashes = [one.envelope_hash for one in brought if one.envelope or one.stub]
        rows = Envelope.objects.filter(sender=self.stream.sender, receiver=self.stream.receiver, hash__in=hashes)
        return dict(rows.exclude(receipt="").values_list("hash", "receipt"))

    def _first(self, brought: Sequence[Judged]) -> dict[UUID, Told]:
        """Statements that came before under the ids of this body."""
        ids = [one.inside.statement.id for one in brought if one.inside and one.inside.statement]
        rows = Told.objects.filter(sender=self.stream.sender, statement__in=ids, fault="")
        return {told.statement: told for told in rows if told.statement is not None}

    def held(self, seq: int) -> Envelope | None:
        """The envelope in a place, written or about to be."""
        if seq > self.stream.seq:
            return None
        fresh = next((row for row in self.envelopes if row.seq == seq), None)
        rows = Envelope.objects.filter(sender=self.stream.sender, receiver=self.stream.receiver, void=False)
        return fresh or rows.get(seq=seq)

    def add(self, one: Judged) -> str:
        """Puts a token into the next place; returns its receipt."""
        self.pen = self.pen or open_journal(self.unit)
        place, inside, at = one.place, one.inside or Inside(), self.unit.at
        receipt = tokens.make_receipt(
            id=new_id(),
            sender=place.sender,
            receiver=place.receiver,
            seq=place.seq,
            envelope=one.envelope_hash,
            stored_at=at,
            journal_size=self.pen.size_with_next,
            key=self.signer,
        )
        hashes = hex_of(one.envelope_hash), inside.opened or None, sha256_hex(receipt)
        self._leaf(place, *hashes, write_moment(at))
        row = _row(one, inside, receipt, at)
        if one.envelope is not None:
            row.told, row.repeats = self._tell(one, inside)
        self.envelopes.append(row)
        self.receipts[one.envelope_hash] = receipt
        self.stream.seq, self.stream.head = place.seq, one.envelope_hash
        return receipt

    def _leaf(self, place: tokens.Envelope | tokens.Stub, envelope: str, opened: str | None, receipt: str, at: str) -> None:
        assert self.pen is not None
        leaf = leaf_bytes_of_hashes("received", place.sender, place.receiver, place.seq, envelope, opened, receipt, at)
        self.pen.add(leaf, place.sender, place.receiver)

    def _tell(self, one: Judged, inside: Inside) -> tuple[Told, bool]:
        """The statement in an envelope as a waiting row; or the row of its first envelope, when it came before."""
        statement = inside.statement
        if statement is not None and not inside.fault:
            first = self.first.get(statement.id)
            if first is not None and first.hash == inside.hash:
                return first, True
            if first is not None:
                inside.fault, inside.detail = "id_reused", "The sender used this id for another statement before."
        told = _told(one, inside, self.unit.at)
        self.told.append(told)
        if statement is not None and not inside.fault:
            self.first[statement.id] = told
        return told, False

    def finish(self) -> None:
        """Writes everything that was added."""
        if self.pen is None:
            return
        Told.objects.bulk_create(self.told)
        for row in self.envelopes:
            row.told = row.told  # takes over the number the statement has now
        Envelope.objects.bulk_create(self.envelopes)
        self.pen.finish()
        self.unit.save(self.stream)


def _row(one: Judged, inside: Inside, receipt: str, at: datetime) -> Envelope:
    place = one.place
    return Envelope(
        sender=place.sender,
        receiver=place.receiver,
        seq=place.seq,
        envelope_id=place.id,
        prev=place.prev,
        hash=one.envelope_hash,
        token=one.token if one.envelope else "",
        stub=one.token if one.stub else "",
        sent_at=place.sent_at if isinstance(place, tokens.Envelope) else place.at,
        opened=inside.opened,
        receipt=receipt,
        stored_at=at,
        journaled=True,
    )


def _told(one: Judged, inside: Inside, at: datetime) -> Told:
    envelope, statement, seen = one.envelope, inside.statement, inside.seen
    assert envelope is not None
    level = statement.level if statement else (seen and seen.level) or "contact_point"
    bodies = statement.bodies if statement else (seen and seen.bodies) or ()
    return Told(
        sender=envelope.sender,
        receiver=envelope.receiver,
        statement=statement.id if statement else None,
        type=statement.type if statement else "",
        thread=statement.thread if statement else (seen and seen.thread) or envelope.id,
        in_reply_to=statement.in_reply_to if statement else None,
        token=inside.token,
        hash=inside.hash,
        level=level,
        bodies=[body.replace("\0", "\ufffd") for body in bodies],  # which no table can hold
        language=statement.language if statement else (seen and seen.language) or "en",
        issued_at=statement.issued_at if statement else envelope.sent_at,
        envelope_id=envelope.id,
        envelope_hash=one.hash,
        seq=envelope.seq,
        state="waiting",
        fault=inside.fault,
        detail=inside.detail[:300],
        at=at,
    )
