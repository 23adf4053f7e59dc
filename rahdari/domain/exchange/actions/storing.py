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
from rahdari.base.work import Unit, unit_of_work
from rahdari.seals import tokens

from ..access import PERMITS
from ..models import Envelope, Fork, Partner, RefusedToken
from ..queries.partners import known_keys
from .alarms import ring
from .judging import Judged, judge, open_inside
from .placing import Shelf
from .problems import problem_of, remember_refusal
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


STOPPED = "The stream was stopped by a fork; an operator must say which token stays."


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
            unit.permit(PERMITS["store_envelopes"])
            store = _Store(unit, partner, answer, judged)
            store.all()
            unit.about(store.stream, after=store.first, upto=store.stream.seq, problem=(answer.problem or {}).get("type"))
    except _NothingToWrite:
        pass
    return answer


class _Store:
    """One body being stored."""

    def __init__(self, unit: Unit, partner: Partner, answer: Answer, judged: Sequence[Judged]) -> None:
        self.unit, self.partner, self.answer, self.judged = unit, partner, answer, judged
        self.stream = lock_stream(unit, partner.node, settings.RAHDARI_NODE)
        self.shelf = Shelf(unit, self.stream, partner, judged)
        self.first = self.stream.seq
        self.wrote = False

    def all(self) -> None:
        refused = {row.hash: row for row in RefusedToken.objects.filter(hash__in=[one.hash for one in self.judged])}
        for index, one in enumerate(self.judged):
            problem = self._one(one, index, refused.get(one.hash))
            if problem is not None:
                self.answer.problem = problem
                break
        self.answer.head = {"seq": self.stream.seq, "hash": self.stream.head}
        if not self.wrote:
            raise _NothingToWrite
        self.shelf.finish()

    def _one(self, one: Judged, index: int, refused: RefusedToken | None) -> dict[str, Any] | None:
        if refused is not None:
            return {**refused.problem, "index": index}
        # What is stored keeps its first receipt, also when its key has come to its end since.
        known = (one.envelope or one.stub) and one.name in ("", "key_out_of_validity")
        receipt = self.shelf.receipts.get(one.envelope_hash) if known else None
        if receipt is not None:
            self.answer.receipts.append(receipt)
            return None
        if not one.name:
            self._against_stream(one)
        if one.name:
            return self._refuse(one, index)
        self.wrote = True
        self.answer.receipts.append(self.shelf.add(one))
        return None

    def _against_stream(self, one: Judged) -> None:
        place, stream = one.place, self.stream
        if place.seq > stream.seq + 1:
            self._late(one)
            return
        held = self.shelf.held(place.seq)
        if place.prev != self._hash_before(place.seq):
            self._other_chain(one)
        elif held is not None:
            self._fork(one, held)
        elif stream.state == "stopped":
            one.name, one.detail = "stopped", STOPPED

    def _late(self, one: Judged) -> None:
        stopped = self.stream.state == "stopped"
        one.name = "stopped" if stopped else "gap"
        one.detail = STOPPED if stopped else "An envelope before this one has not come."

    def _other_chain(self, one: Judged) -> None:
        if one.place.seq == 1:
            one.name, one.final, one.detail = "malformed", True, "The first envelope names another seed."
            one.addressed = (one.place.sender, one.place.receiver, 1)
        else:
            one.name, one.detail = "chain", "The envelope before it is another one here."

    def _hash_before(self, seq: int) -> str:
        if seq == 1:
            return tokens.seed(self.stream.sender, self.stream.receiver)
        if seq == self.stream.seq + 1:
            return self.stream.head
        held = self.shelf.held(seq - 1)
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
