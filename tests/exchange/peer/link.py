"""A link between a peer and its counterpart, driven by hand: drafts that can be spoilt, and what must come back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.exchange.peer import courier
from tests.exchange.peer.answers import Answer
from tests.exchange.peer.forms import h, read_object, uuid7, write_json
from tests.exchange.peer.keys import Key
from tests.exchange.peer.letters import envelope_members, read_receipt, read_refusal
from tests.exchange.peer.outgoing import Place
from tests.exchange.peer.partner import Partner
from tests.exchange.peer.peer import Peer
from tests.exchange.peer.schemas import example
from tests.exchange.peer.statements import Statement, sign_statement, statement_members
from tests.exchange.peer.tokens import ENVELOPE, STATEMENT, compact, peek, seal

ASKED = "request.asked/1"
PATIENCE = 90.0


def until(holds: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """Waits for something true; says what did not come."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = holds()
        if found:
            return found
        time.sleep(0.03)
    raise AssertionError(f"{what} did not come within {seconds:.0f} seconds")


@dataclass
class Draft:
    """An envelope before it is signed; whatever is changed here goes out as it stands."""

    statement: str
    header: dict[str, Any]
    members: dict[str, Any]
    key: Key
    inside: str = ""
    """What the seal opens to, where that is the statement."""
    raw_header: bytes | None = None
    raw_payload: bytes | None = None
    spoil: Callable[[str], str] = field(default=lambda token: token)

    @property
    def token(self) -> str:
        header = write_json(self.header) if self.raw_header is None else self.raw_header
        payload = write_json(self.members) if self.raw_payload is None else self.raw_payload
        return self.spoil(compact(header, payload, self.key.secret.sign))

    @property
    def id(self) -> str:
        return self.members["id"]

    @property
    def hash(self) -> str:
        return h(self.token)


@dataclass(frozen=True)
class Posted:
    answer: Answer
    receipts: list[str]
    head: dict[str, Any]
    problem: dict[str, Any] | None

    @property
    def name(self) -> str | None:
        return self.problem["type"].rpartition("/")[2] if self.problem else None


class Link:
    """One peer paired with the node under test."""

    def __init__(self, peer: Peer, partner: Partner, schema: Callable[[str], dict[str, Any]]) -> None:
        self.peer, self.partner, self.schema = peer, partner, schema
        self.head = dict(partner.outgoing.head)

    @property
    def there(self) -> str:
        return self.partner.node

    # Writing

    def example(self, type: str = ASKED, **more: Any) -> dict[str, Any]:
        return example(type, self.schema(type), **more)

    def statement(self, type: str = ASKED, data: dict[str, Any] | None = None, role: str | None = None, **changes: Any) -> str:
        members = statement_members(type, self.peer.node, self.there, self.example(type) if data is None else data)
        return sign_statement(self.peer.ring, {**members, **changes}, role)

    def sealed(self, plain: bytes | str, **changes: Any) -> str:
        key = self.partner.known.in_force("sealing")
        plain = plain.encode("ascii") if isinstance(plain, str) else plain
        sealing = {"cty": STATEMENT, "frm": self.peer.node, "to": self.there, "kid": key.kid, "x": key.x, **changes}
        return seal(plain, **sealing)

    def draft(self, statement: str | None = None, key: str = "gateway", **envelope: Any) -> Draft:
        """The next envelope of the stream around a statement; every member may be given otherwise."""
        statement = self.statement() if statement is None else statement
        id = (peek(statement) or {}).get("id") or uuid7()
        seq, prev = self.head["seq"] + 1, self.head["hash"]
        own_body = envelope.pop("body", None)
        body = self.sealed(statement) if own_body is None else own_body
        members = {**envelope_members(id, self.peer.node, self.there, seq, prev, body), **envelope}
        signer = self.peer.ring[key]
        header = {"alg": "EdDSA", "typ": ENVELOPE, "kid": signer.kid}
        return Draft(statement, header, members, signer, "" if own_body is not None else statement)

    def behind(self, before: Draft, statement: str | None = None, **envelope: Any) -> Draft:
        """The envelope that follows a draft not yet sent."""
        return self.draft(statement, **{"seq": before.members["seq"] + 1, "prev": before.hash, **envelope})

    # Calling

    def call(self, method: str, target: str, body: bytes = b"", patient: bool = True, **changes: Any) -> Answer:
        """A call of mine; waits while the answer is only that one should come again later."""
        end = time.monotonic() + PATIENCE
        while True:
            answer = self.peer.ask(self.there, method, target, body, **changes)
            if not patient or answer.status not in (429, 503) or time.monotonic() > end:
                return answer
            time.sleep(0.3)

    def stream(self, what: str, mine: bool = True) -> Answer:
        ends = (self.peer.node, self.there) if mine else (self.there, self.peer.node)
        return self.call("GET", f"/exchange/v1/streams/{ends[0]}/{ends[1]}/{what}")

    def sync(self) -> Link:
        """Takes the head the other side tells, so that one failed case does not fail its neighbours."""
        self.head = self.stream("head").json()
        outgoing = self.partner.outgoing
        while len(outgoing.places) < self.head["seq"]:
            after = len(outgoing.places)
            envelopes = self.stream(f"envelopes?after={after}").json()["envelopes"]
            receipts = self.stream(f"receipts?after={after}").json()["receipts"]
            assert envelopes and receipts, "the head stands higher than what is shown"
            for token, receipt in zip(envelopes, receipts, strict=True):
                courier.adopt(self.peer, self.partner, token, receipt)
        return self

    def post(self, *drafts: Draft | str) -> Posted:
        """Posts; keeps what was accepted; the answer must be of the right form."""
        tokens = [draft if isinstance(draft, str) else draft.token for draft in drafts]
        answer = self.call("POST", "/exchange/v1/envelopes", write_json({"envelopes": tokens}))
        assert answer.status == 200, (answer.status, answer.body[:400])
        assert answer.type.partition(";")[0] == "application/json"
        said = answer.json()
        self.head = said["head"]
        for draft, token, receipt in zip(drafts, tokens, said["receipts"], strict=False):
            self._keep(token, draft, receipt)
        return Posted(answer, said["receipts"], said["head"], said["problem"])

    def _keep(self, token: str, draft: Draft | str, receipt: str) -> None:
        members, places = peek(token) or {}, self.partner.outgoing.places
        if isinstance(draft, Draft) and members.get("seq") == len(places) + 1:
            self.partner.said.setdefault(members["id"], h(draft.statement))
            places.append(Place(members["seq"], members["prev"], token, draft.inside))
            self.partner.outgoing.take_receipt(places[-1], receipt)

    def flush(self) -> Link:
        """Sends what the peer itself wants to say: outcomes of the statements it heard."""
        self.sync()
        with self.peer.lock:
            self.partner.outgoing.seal_up()
            batch = self.partner.outgoing.batch()
        assert not batch or courier.post(self.peer, self.partner, batch)
        return self.sync()

    # What must come back

    def accepted(self, draft: Draft | str) -> str:
        """Posts one envelope that must be stored; gives its receipt, checked."""
        posted = self.post(draft)
        assert posted.problem is None, posted.problem
        token = draft if isinstance(draft, str) else draft.token
        assert len(posted.receipts) == 1
        receipt = read_receipt(posted.receipts[0], token, self.partner.known)
        if posted.head["seq"] <= receipt["seq"]:
            assert posted.head == {"seq": receipt["seq"], "hash": receipt["envelope"]}
        return posted.receipts[0]

    def refused(self, draft: Draft | str, *names: str, final: bool | None = None, **more: Any) -> dict[str, Any]:
        """Posts one envelope that must be refused by one of these names; a final refusal is signed and the same again."""
        token = draft if isinstance(draft, str) else draft.token
        before = self.stream("head").json()
        posted = self.post(token)
        problem = posted.problem
        assert posted.receipts == [] and problem is not None, "accepted"
        assert posted.name in names, f"{posted.name} instead of {' or '.join(names)}: {problem.get('detail')}"
        assert problem["type"] == f"/exchange/problems/{posted.name}" and problem["index"] == 0
        assert isinstance(problem["title"], str) and isinstance(problem["detail"], str) and 400 <= problem["status"] < 600
        assert self.stream("head").json() == before, "what was refused moved the head"
        if final is not None:
            assert ("refusal" in problem) is final, "a final refusal is signed, another is not"
        if final:
            refusal = read_refusal(problem["refusal"], token, self.partner.known)
            assert refusal["name"] == posted.name
            again = self.post(token).problem
            assert again is not None and again["refusal"] == problem["refusal"], "another refusal on repeat"
        for name, value in more.items():
            assert problem.get(name) == value, name
        return problem

    def outcome(self, draft: Draft | str) -> dict[str, Any]:
        """What the other side says became of an envelope."""
        digest = h(draft if isinstance(draft, str) else draft.token)
        return until(lambda: next((one for one in self.partner.outcomes if one["envelope"] == digest), None), "an outcome")

    def outcome_statement(self, draft: Draft) -> Statement:
        """The whole statement that carried it."""
        self.outcome(draft)
        outcomes = [one for one in self.partner.heard if one.type == "exchange.outcome/1"]
        return next(one for one in outcomes if one.members["data"]["envelope"] == draft.hash)

    def refused_inside(self, draft: Draft, *codes: str) -> dict[str, Any]:
        """Posts an envelope that must be stored and receipted, and then refused by an outcome with one of these codes."""
        self.accepted(draft)
        outcome = self.outcome(draft)
        assert (outcome["of"], outcome["outcome"]) == (draft.id, "refused"), outcome
        found = {reason["code"] for reason in outcome["reasons"]}
        assert found & set(codes), f"{found} instead of {codes}"
        return outcome

    def taken_up(self, draft: Draft) -> dict[str, Any]:
        self.accepted(draft)
        outcome = self.outcome(draft)
        assert outcome["outcome"] == "taken_up" and outcome["reasons"] == [], outcome
        return outcome

    def posts(self) -> list[list[str]]:
        """The tokens of every call in which the other side delivered to me, oldest first."""
        calls = [call for call, _ in self.peer.calls if call.method == "POST" and call.path == "/exchange/v1/envelopes"]
        return [read_object(one.body)["envelopes"] for one in calls]
