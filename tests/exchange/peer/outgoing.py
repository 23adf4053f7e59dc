"""The sending side of one stream: places, receipts, and what to do with each answer (sections 2 and 3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.exchange.peer.answers import Answer
from tests.exchange.peer.forms import Malformed, h, whole
from tests.exchange.peer.keys import LIMITS, Known
from tests.exchange.peer.letters import FINAL, read_envelope, read_receipt, read_refusal, seed
from tests.exchange.peer.tokens import Jws, peek

Sign = Callable[[str, str, int, str], str]
"""Signs one envelope: statement token, its id, seq, prev."""


@dataclass
class Place:
    """One place of a stream I send."""

    seq: int
    prev: str
    token: str
    statement: str
    receipts: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    void: list[str] = field(default_factory=list)
    stub: str | None = None

    @property
    def hash(self) -> str:
        """Of the envelope, also where a stub stands for it."""
        return self.members["envelope"] if "envelope" in self.members else h(self.token)

    @property
    def members(self) -> dict[str, Any]:
        return peek(self.token) or {}


class Outgoing:
    """The stream from me to a partner."""

    def __init__(self, me: str, to: str, known: Known, mine: Callable[[Jws], bool], sign: Sign) -> None:
        self.me, self.to, self.known, self.mine, self.sign = me, to, known, mine, sign
        self.places: list[Place] = []
        self.waiting: list[str] = []
        self.resend_from = 1
        self.stopped = False
        self.alarms: list[str] = []
        self.limits = dict(LIMITS)
        self.on_receipt: Callable[[Place], None] = lambda place: None

    @property
    def head(self) -> dict[str, Any]:
        return {"seq": len(self.places), "hash": self.before(len(self.places) + 1)}

    def before(self, seq: int) -> str:
        return self.places[seq - 2].hash if seq > 1 else seed(self.me, self.to)

    @property
    def undelivered(self) -> list[Place]:
        return [place for place in self.places if not place.receipts]

    def seal_up(self) -> None:
        """Gives what waits its places."""
        while self.waiting:
            statement = self.waiting.pop(0)
            members = peek(statement) or {}
            seq, prev = len(self.places) + 1, self.before(len(self.places) + 1)
            self.places.append(Place(seq, prev, self.sign(statement, members["id"], seq, prev), statement))

    def batch(self) -> list[Place]:
        """What goes out next: from the first place that has no receipt, or from where the partner asked."""
        if self.stopped:
            return []
        open_seqs = [place.seq for place in self.undelivered]
        first = min([self.resend_from, *open_seqs]) if open_seqs or self.resend_from <= len(self.places) else 0
        if not first or (not open_seqs and self.resend_from > len(self.places)):
            return []
        chosen: list[Place] = []
        for place in self.places[first - 1 :][: self.limits["tokens"]]:
            if sum(len(one.token) for one in (*chosen, place)) > self.limits["bytes"] * 9 // 10:
                break
            chosen.append(place)
        return chosen

    def take_answer(self, sent: list[Place], answer: Answer) -> bool:
        """Keeps what the answer proves and nothing else; false when one must wait and try again."""
        if answer.status != 200:
            return False
        try:
            said = answer.json()
            receipts, problem = said["receipts"], said["problem"]
            if not isinstance(receipts, list) or len(receipts) > len(sent):
                raise Malformed("more receipts than envelopes")
        except (ValueError, KeyError):
            self.alarms.append("answer")
            return False
        for place, receipt in zip(sent, receipts, strict=False):
            if not self.take_receipt(place, receipt):
                return False
        if problem is not None:
            return len(receipts) < len(sent) and self._take_problem(sent[len(receipts)], problem)
        return len(receipts) == len(sent)

    def take_receipt(self, place: Place, receipt: Any) -> bool:
        """A receipt that holds is kept, a second one too; any other is an alarm and changes nothing."""
        try:
            read_receipt(receipt, place.stub or place.token, self.known)
        except (Malformed, KeyError):
            self.alarms.append("receipt")
            return False
        first = not place.receipts
        if receipt not in place.receipts:
            place.receipts.append(receipt)
        self.resend_from = max(self.resend_from, place.seq + 1)
        if first:
            self.on_receipt(place)
        return True

    def _take_problem(self, place: Place, problem: Any) -> bool:
        name = str(problem.get("type", "")).rpartition("/")[2] if isinstance(problem, dict) else ""
        if name == "gap" and whole(problem.get("expected_seq"), 1) and problem["expected_seq"] <= place.seq:
            self.resend_from = problem["expected_seq"]
            return True
        if name == "chain":
            return self._compare(problem.get("head"))
        if name == "fork":
            self._prove_fork(place, problem.get("stored"))
            return False
        if name in FINAL and "refusal" in problem:
            return self._replace(place, problem["refusal"])
        self.alarms.append(name or "answer")
        return False

    def _compare(self, head: Any) -> bool:
        """Resends from where the two differ; what the partner holds otherwise than I do is an alarm."""
        known = isinstance(head, dict) and whole(head.get("seq")) and head["seq"] < len(self.places)
        if known and self.before(head["seq"] + 1) == head.get("hash"):
            self.resend_from = head["seq"] + 1
            return True
        self.alarms.append("chain")
        return False

    def _prove_fork(self, place: Place, stored: Any) -> None:
        try:
            rival = read_envelope(stored)
            same_place = all(rival.payload[name] == place.members[name] for name in ("from", "to", "seq"))
            proven = same_place and rival.token != place.token and self.mine(rival)
        except Malformed:
            proven = False
        if proven:
            self.stopped = True
            place.void.append(str(stored))
        self.alarms.append("fork" if proven else "fork not proven")

    def _replace(self, place: Place, refusal: Any) -> bool:
        """One new envelope for the refused place, and for each behind it, around the same statements."""
        try:
            read_refusal(refusal, place.token, self.known)
        except (Malformed, KeyError):
            self.alarms.append("refusal")
            return False
        self.alarms.append("refused")
        if place.refusals:
            return False
        place.refusals.append(refusal)
        for later in self.places[place.seq - 1 :]:
            later.void.append(later.token)
            later.prev = self.before(later.seq)
            later.token = self.sign(later.statement, later.members["id"], later.seq, later.prev)
        return True
