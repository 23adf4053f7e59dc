"""Storing what a partner sends: checks 6 to 10 of docs/protocol.md section 3, the receipt, the leaf of the journal.

The whole body is one transaction; receipts are given after it. A token that is refused ends it, what was before it stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from rahdari.base.actor import Actor
from rahdari.base.ids import new_id
from rahdari.base.work import Unit, unit_of_work
from rahdari.seals import tokens
from rahdari.seals.forms import write_moment
from rahdari.seals.leaves import leaf_bytes_of_hashes

from ..access import PERMITS
from ..models import Envelope, Fork, Partner, RefusedToken, Stream, Told
from ..queries.partners import known_keys
from .alarms import ring
from .journaling import Pen, hex_of, open_journal, sha256_hex
from .judging import Inside, Judged, judge, open_inside
from .problems import problem_of, remember_refusal
from .signing import own_signer
from .streams import lock_stream


@dataclass(slots=True)
class Answer:
    """What the partner is answered: receipts in order, the head of its stream, the problem that stopped it."""

    receipts: list[str] = field(default_factory=list)
    head: dict[str, Any] = field(default_factory=dict)
    problem: dict[str, Any] | None = None

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return {"receipts": self.receipts, "head": self.head, "problem": self.problem}


class _NothingToWrite(Exception):
    """Everything was known already; no transaction and no audit entry is left for it."""


def store_envelopes(*, actor: Actor, partner: Partner, brought: Sequence[str], at: dt.datetime) -> Answer:
    """Stores the envelopes (or stubs) that follow in the partner's stream, in order, up to the first that is refused.

    Leaves envelopes, receipts, leaves and waiting statements; a final refusal is remembered; a fork stops the stream.
    Raises `OutOfReach` when a sealing key cannot be read (nothing is stored).
    """
    me = settings.RAHDARI_NODE
    keys = known_keys()
    judged = []
    for token in brought:
        judged.append(judge(token, me=me, caller=partner.node, keys=keys, at=at))
        if judged[-1].name:
            break
    for one in judged:
        if one.envelope and not one.name:
            one.inside = open_inside(one, me=me, keys=keys, at=at)
    answer = Answer()
    try:
        with unit_of_work("exchange.store_envelopes", actor=actor, at=at) as unit:
            unit.permit(PERMITS["receive_envelopes"])
            _Store(unit, partner, answer).all(judged)
    except _NothingToWrite:
        pass
    return answer


class _Store:
    """One body being stored."""

    def __init__(self, unit: Unit, partner: Partner, answer: Answer) -> None:
        self.unit, self.partner, self.answer = unit, partner, answer
        self.stream = lock_stream(unit, partner.node, settings.RAHDARI_NODE)
        self.pen: Pen | None = None
        self.first = self.stream.seq
        self.wrote = False

    def all(self, judged: Sequence[Judged]) -> None:
        hashes = [one.hash for one in judged]
        refused = {row.hash: row for row in RefusedToken.objects.filter(hash__in=hashes)}
        for index, one in enumerate(judged):
            problem = self._one(one, index, refused.get(one.hash))
            if problem is not None:
                self.answer.problem = problem
                break
        self.answer.head = {"seq": self.stream.seq, "hash": self.stream.head}
        if not self.wrote:
            raise _NothingToWrite
        if self.pen is not None:
            self.pen.finish()
            self.unit.save(self.stream)
        refusal = self.answer.problem["type"] if self.answer.problem else None
        self.unit.about(self.stream, after=self.first, upto=self.stream.seq, problem=refusal)

    def _one(self, one: Judged, index: int, refused: RefusedToken | None) -> dict[str, Any] | None:
        if refused is not None:
            return {**refused.problem, "index": index}
        stored = None if one.name not in ("", "key_out_of_validity") else self._stored(one)
        if stored is not None:
            self.answer.receipts.append(stored.receipt)
            return None
        if not one.name:
            self._against_stream(one)
        if one.name:
            return self._refuse(one, index)
        self._store(one)
        return None

    def _stored(self, one: Judged) -> Envelope | None:
        """The place that holds this token already, or its stub, or the token whose stub this is."""
        if one.envelope is None and one.stub is None:
            return None
        rows = Envelope.objects.filter(sender=one.place.sender, receiver=one.place.receiver)
        return rows.filter(hash=one.envelope_hash).exclude(receipt="").first()

    def _against_stream(self, one: Judged) -> None:
        place, stream = one.place, self.stream
        if place.seq > stream.seq + 1:
            self._late(one, "gap", "An envelope before this one has not come.")
            return
        held = self._held(place.seq)
        before = stream.head if place.seq == stream.seq + 1 else self._hash_before(place.seq)
        if place.prev != before:
            if place.seq == 1:
                one.name, one.final, one.detail = "malformed", True, "The first envelope names another seed."
                one.addressed = (place.sender, place.receiver, 1)
            else:
                one.name, one.detail = "chain", "The envelope before it is another one here."
        elif held is not None:
            self._fork(one, held)
        elif stream.state == "stopped":
            one.name, one.detail = "stopped", "The stream was stopped by a fork; an operator must say which token stays."

    def _late(self, one: Judged, name: str, detail: str) -> None:
        stopped = self.stream.state == "stopped"
        one.name = "stopped" if stopped else name
        one.detail = "The stream was stopped by a fork." if stopped else detail

    def _held(self, seq: int) -> Envelope | None:
        if seq > self.stream.seq:
            return None
        rows = Envelope.objects.filter(sender=self.stream.sender, receiver=self.stream.receiver, void=False)
        return rows.get(seq=seq)

    def _hash_before(self, seq: int) -> str:
        if seq == 1:
            return tokens.seed(self.stream.sender, self.stream.receiver)
        held = self._held(seq - 1)
        assert held is not None
        return held.hash

    def _fork(self, one: Judged, held: Envelope) -> None:
        if one.stub is not None:
            one.name, one.final, one.detail = "malformed", True, "The stub names another envelope than this place holds."
            one.addressed = (one.stub.sender, one.stub.receiver, one.stub.seq)
            return
        one.name, one.detail = "fork", "Another token was stored in this place."
        one.stored = held.token or held.stub
        if self.stream.state == "running":
            self.wrote = True
            self.stream.state = "stopped"
            self.unit.save(self.stream)
            fork = Fork(sender=held.sender, receiver=held.receiver, seq=held.seq, found_at=self.unit.at)
            fork.held, fork.other = one.stored, one.token
            self.unit.add(fork)
            ring(self.unit, "fork", self.partner.node, f"{held.sender} {held.receiver} {held.seq}")

    def _refuse(self, one: Judged, index: int) -> dict[str, Any]:
        problem = problem_of(one, self.stream)
        if one.final and one.addressed is not None:
            self.wrote = True
            problem["refusal"] = remember_refusal(one, problem, self.partner, self.unit.at)
        return {**problem, "index": index}

    def _store(self, one: Judged) -> None:
        self.wrote = True
        self.pen = self.pen or open_journal(self.unit)
        self.answer.receipts.append(write_place(self.unit, self.stream, self.partner, one, self.pen))


def write_place(unit: Unit, stream: Stream, partner: Partner, one: Judged, pen: Pen) -> str:
    """Stores a token in the next place: receipt, leaf, envelope, waiting statement; returns the receipt."""
    place, inside = one.place, one.inside or Inside()
    receipt = tokens.make_receipt(
        id=new_id(),
        sender=place.sender,
        receiver=place.receiver,
        seq=place.seq,
        envelope=one.envelope_hash,
        stored_at=unit.at,
        journal_size=pen.size_with_next,
        key=own_signer("gateway", partner, unit.at),
    )
    at, opened = write_moment(unit.at), inside.opened or None
    leaf = leaf_bytes_of_hashes(
        "received", place.sender, place.receiver, place.seq, hex_of(one.envelope_hash), opened, sha256_hex(receipt), at
    )
    pen.add(leaf, place.sender, place.receiver)
    row = Envelope(
        sender=place.sender,
        receiver=place.receiver,
        seq=place.seq,
        envelope_id=place.id,
        prev=place.prev,
        hash=one.envelope_hash,
        token=one.token if one.envelope else "",
        stub=one.token if one.stub else "",
        sent_at=one.envelope.sent_at if one.envelope else one.stub.at,  # type: ignore[union-attr]
        opened=inside.opened,
        receipt=receipt,
        stored_at=unit.at,
        journaled=True,
    )
    if one.envelope is not None:
        row.told, row.repeats = _tell(one, inside, unit.at)
    row.save(force_insert=True)
    stream.seq, stream.head = place.seq, one.envelope_hash
    return receipt


def _tell(one: Judged, inside: Inside, at: dt.datetime) -> tuple[Told, bool]:
    """The statement in an envelope as a waiting row; or the row of its first envelope, when it came before."""
    envelope, statement = one.envelope, inside.statement
    assert envelope is not None
    if statement is not None and inside.fault not in ("signature", "key_unknown", "malformed"):
        first = Told.objects.filter(sender=envelope.sender, statement=statement.id, fault="").first()
        if first is not None and first.hash == inside.hash and not inside.fault:
            return first, True
        if first is not None and first.hash != inside.hash and not inside.fault:
            inside.fault, inside.detail = "id_reused", "The sender used this id for another statement before."
    seen = inside.seen
    told = Told(
        sender=envelope.sender,
        receiver=envelope.receiver,
        statement=statement.id if statement else None,
        type=statement.type if statement else "",
        thread=statement.thread if statement else (seen and seen.thread) or envelope.id,
        in_reply_to=statement.in_reply_to if statement else None,
        token=inside.token,
        hash=inside.hash,
        level=statement.level if statement else (seen and seen.level) or "contact_point",
        bodies=[body.replace("\0", "\ufffd") for body in (statement.bodies if statement else (seen and seen.bodies) or ())],
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
    told.save(force_insert=True)
    return told, False
