"""A whole node in memory: keys, partners, streams, journal, witness, server, courier."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.exchange.peer import courier, doors, effects
from tests.exchange.peer.answers import LOST, Answer, Call, Manner, Refused, problem_of
from tests.exchange.peer.client import request_members, send, sign_request
from tests.exchange.peer.forms import Malformed, h, stamp, uuid7
from tests.exchange.peer.incoming import Held, Incoming, check_form, check_sender, check_time
from tests.exchange.peer.journal import Journal, leaf
from tests.exchange.peer.keys import Known, Public, Ring, node_document, read_node_document
from tests.exchange.peer.letters import envelope_members, hash_of, is_stub, make_receipt, make_refusal, sign_envelope
from tests.exchange.peer.outgoing import Outgoing, Place
from tests.exchange.peer.partner import Partner
from tests.exchange.peer.schemas import SCHEMAS
from tests.exchange.peer.server import Served
from tests.exchange.peer.statements import seal_statement, sign_statement, statement_members
from tests.exchange.peer.tokens import STATEMENT, Jws, peek, unseal
from tests.exchange.peer.witness import Witness


class Peer:
    """One node of an invented state; `automatic` ones answer and send by themselves as a real one would."""

    def __init__(self, node: str, automatic: bool = False) -> None:
        self.node, self.automatic = node, automatic
        self.lock = threading.RLock()
        self.ring = Ring()
        self.partners: dict[str, Partner] = {}
        self.refused: dict[str, dict[str, Any]] = {}
        self.requests: set[tuple[str, str]] = set()
        self.blobs: dict[str, bytes] = {}
        self.blobs_limit = 200 * 2**20
        self.calls: list[tuple[Call, Answer]] = []
        self.manners: list[Manner] = []
        self.faults: list[Exception] = []
        """What went wrong in a manner of ours: a case that spoils more than it meant to."""
        self.types = list(SCHEMAS)
        self.document_changes: dict[str, Any] = {}
        self.document: str | None = None
        self.closed_origins: list[Journal] = []
        self.served = Served(self.answer)
        self.journal = Journal(f"127.0.0.1:{self.served.port}/rahdari/{node}", self.ring["journal"])
        self.witness = Witness(self.journal.origin, self.ring["journal"], self._journal_keys)
        self.ended = threading.Event()
        self.courier = threading.Thread(target=courier.run, args=(self,), daemon=True)
        self.courier.start()

    def close(self) -> None:
        self.ended.set()
        self.courier.join(10)
        self.served.down()

    # Pairing

    @property
    def url(self) -> str:
        return self.served.url

    @property
    def fingerprint(self) -> str:
        return self.ring["office"].kid

    @property
    def known(self) -> dict[str, Known]:
        return {node: partner.known for node, partner in self.partners.items()}

    def node_document(self) -> str:
        if self.document is not None:
            return self.document
        return node_document(self.ring, self.node, self.journal.origin, self.types, self.document_changes)

    def pair(self, url: str, fingerprint: str) -> Partner:
        """The ceremony from my side; refuses a document that is not proven by the fingerprint."""
        answer = send(url, "GET", "/.well-known/rahdari-node")
        if answer.status != 200 or answer.type.partition(";")[0] != "application/jose":
            raise Malformed("no node document")
        document, keys = read_node_document(answer.body.decode("ascii", "replace"), fingerprint)
        if keys.node == self.node:
            raise Malformed("that is myself")
        with self.lock:
            known = Known()
            sending = Outgoing(self.node, keys.node, known, self.is_mine, lambda *place: self.sign(keys.node, *place))
            sending.on_receipt = self._journal_sent
            receiving = Incoming(keys.node, self.node)
            partner = Partner(keys.node, url, fingerprint, keys.origin, known, receiving, sending)
            partner.asked = not self.automatic
            partner.learn(keys)
            sending.limits = document.payload["limits"]
            return self.partners.setdefault(keys.node, partner)

    def _journal_keys(self, origin: str) -> list[Public] | None:
        for partner in self.partners.values():
            if origin in (partner.origin, *self.witness.seen) and origin.rpartition("/rahdari/")[2][:2] == partner.node:
                return partner.known.of_role("journal")
        return None

    # Sending

    def is_mine(self, signed: Jws) -> bool:
        keys = [key for key in self.ring.by_label.values() if key.role == "gateway" and key.kid == signed.kid]
        return bool(keys) and signed.signed_by(keys[0].secret.x)

    def statement(self, to: str, type: str, data: dict[str, Any], role: str | None = None, **changes: Any) -> str:
        return sign_statement(self.ring, statement_members(type, self.node, to, data, **changes), role)

    def say(self, to: str, type: str, data: dict[str, Any], **changes: Any) -> str:
        """Puts a statement into the line to a partner; gives its token."""
        token = self.statement(to, type, data, **{"id": uuid7(), **changes})
        self.say_token(to, token)
        return token

    def say_token(self, to: str, token: str) -> None:
        with self.lock:
            self.partners[to].outgoing.waiting.append(token)

    def sign(self, to: str, statement: str, id: str, seq: int, prev: str) -> str:
        partner = self.partners[to]
        partner.said.setdefault(id, h(statement))
        body = seal_statement(statement, self.node, to, partner.known.in_force("sealing"))
        return sign_envelope(envelope_members(id, self.node, to, seq, prev, body), self.ring["gateway"])

    def ask(self, to: str, method: str, target: str, body: bytes = b"", label: str = "gateway", **changes: Any) -> Answer:
        """A call with a request token; `changes` spoil its members."""
        members = request_members(self.node, to, method, target, body, **changes)
        token = sign_request(members, self.ring[label])
        headers = {"Authorization": f"Rahdari {token}", "Content-Type": "application/json"}
        return send(self.partners[to].url, method, target, body, headers)

    def _journal_sent(self, place: Place) -> None:
        receipt = peek(place.receipts[0]) or {}
        data = leaf(
            "sent",
            self.node,
            receipt["to"],
            place.seq,
            place.hash,
            place.statement.encode("ascii") if place.statement else None,
            place.receipts[0],
            receipt["stored_at"],
        )
        self.journal.add(data, self.node, receipt["to"])

    # Receiving

    def receive(self, token: str, caller: str) -> str:
        """The receipt; raises Refused with the first check that fails. Final refusals are remembered to the byte."""
        remembered = self.refused.get(h(token))
        if remembered is not None:
            raise Refused(remembered["type"].rpartition("/")[2], remembered=remembered)
        try:
            signed = check_form(token)
            owner, key = check_sender(signed, caller, self.node, self.known)
            partner = self.partners[owner]
            check_time(signed, key, partner.known, partner.incoming.stored(signed) is not None)
            held = partner.incoming.place(signed)
        except Refused as refusal:
            if refusal.final:
                self._remember(token, refusal)
            raise
        return held.receipt if held is not None else self._store(partner, signed).receipt

    def _remember(self, token: str, refusal: Refused) -> None:
        signed = make_refusal(token, refusal.name, self.ring["gateway"])
        if signed is not None:
            refusal.more["refusal"] = signed
            self.refused[h(token)] = problem_of(refusal.name, refusal.detail, **refusal.more)

    def _store(self, partner: Partner, signed: Jws, at: int | None = None) -> Held:
        opened = None
        if not is_stub(signed):
            try:
                opened = unseal(signed.payload["body"], STATEMENT, partner.node, self.node, self.ring.sealing_key)
            except Malformed:
                opened = None
        stored_at, digest = stamp(), hash_of(signed)
        receipt = make_receipt(signed, stored_at, len(self.journal.leaves) + 1, self.ring["gateway"])
        held = Held(signed, digest, receipt, stored_at, opened)
        self.journal.add(
            leaf("received", partner.node, self.node, signed.payload["seq"], digest, opened, receipt, stored_at),
            partner.node,
            self.node,
        )
        if at is None:
            partner.incoming.held.append(held)
        else:
            partner.incoming.held[at - 1 :] = [held]
            partner.incoming.done_before = min(partner.incoming.done_before, at - 1)
        return held

    def resume(self, frm: str, keep: str) -> None:
        """The operators' word after a fork: the stream goes on after the kept envelope."""
        with self.lock:
            stream = self.partners[frm].incoming
            stream.stopped = False
            if keep not in [held.hash for held in stream.held]:
                rival = next(one for one in stream.rivals if hash_of(one) == keep)
                self._store(self.partners[frm], rival, rival.payload["seq"])

    def take_all_up(self) -> None:
        with self.lock:
            for partner in self.partners.values():
                for held in partner.incoming.undone():
                    effects.take_up(self, partner, held)

    def restart(self) -> None:
        """As after a start: the heads of every partner must be asked for again."""
        with self.lock:
            for partner in self.partners.values():
                partner.asked = False

    # The server

    def answer(self, call: Call) -> Answer:
        def proper() -> Answer:
            with self.lock:
                return doors.answer(self, call)

        try:
            answer = next((found for manner in list(self.manners) if (found := manner(call, proper)) is not None), None)
        except Exception as fault:
            self.faults.append(fault)
            raise
        answer = proper() if answer is None else answer
        self.calls.append((call, answer))
        return answer

    @contextmanager
    def misbehaving(self, *manners: Manner) -> Iterator[None]:
        self.manners[:0] = manners
        try:
            yield
        finally:
            for manner in manners:
                self.manners.remove(manner)
        faults, self.faults = self.faults, []
        assert faults == [], repr(faults)


def lose(call: Call, proper: Any) -> Answer:
    """Does what is asked and closes the line without a word."""
    proper()
    return LOST
