"""A founded node with a partner: the node is the real one, the partner is played here with keys of its own.

corridor = Corridor(settings)             founds the present node and pairs the other state (or the one named) with it
told = corridor.arrives("field.status/1", data)   the partner says something; it is stored here and waits
corridor.take_up()                        what waits is taken up
told = corridor.goes(entry)               what waits in the outbox is signed, sent and receipted
corridor.answers(told, "refused", …)      the partner's outcome comes back
corridor.witnesses()                      our head is signed and the partner cosigns it
corridor.rings("clock")                   an alarm

Everything is written by the actions of the exchange; only what goes over the line is played: the partner's answers.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import now
from rahdari.base.ids import new_id
from rahdari.base.models import OutboxEntry
from rahdari.base.work import unit_of_work
from rahdari.domain.exchange.actions import checkpoints, enveloping, pairing, receipts
from rahdari.domain.exchange.actions.alarms import ring
from rahdari.domain.exchange.actions.delivering import undelivered
from rahdari.domain.exchange.actions.forks import not_restored
from rahdari.domain.exchange.actions.founding import found_node
from rahdari.domain.exchange.actions.refusals import hear_problem
from rahdari.domain.exchange.actions.storing import Answer, store_envelopes
from rahdari.domain.exchange.actions.taking_up import take_up
from rahdari.domain.exchange.models import Alarm, Envelope, Partner, Stream, Told
from rahdari.domain.exchange.outside import keyring
from rahdari.domain.exchange.outside.calling import Reply
from rahdari.domain.exchange.rules.limits import LIMITS
from rahdari.domain.exchange.rules.statements import OUTCOME
from rahdari.project.mailroom import MAILROOM
from rahdari.seals import jwe, notes, tokens
from rahdari.seals.forms import digest
from rahdari.seals.keys import ROLES, PrivateKey, new_key

PASSPHRASE = "only for tests, and long enough"
YEAR, SEALING = 365 * 24 * 3600, 90 * 24 * 3600  # how long keys live, in seconds
CTY = "rahdari-statement+json"


@cache
def _homes() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="rahdari-exchange-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextmanager
def new_home(node: str) -> Iterator[Path]:
    """A home nobody else rolls keys in; the keys themselves are made once a run: locking the office key takes its time."""
    kept = _homes() / f"kept-{node}"
    folder = Path(tempfile.mkdtemp(prefix=f"{node}-", dir=_homes()))
    if kept.is_dir():
        shutil.copytree(kept, folder, dirs_exist_ok=True)
    yield folder
    if not kept.is_dir():
        shutil.copytree(folder, kept)


def field_status() -> dict[str, Any]:
    """The data of a statement that any node takes up or refuses by its rules; here only its words matter."""
    return {"field": "CONSTRUCTION", "state": "suspended"}


class Opposite:
    """The other state as it is seen from here: its keys, its stream to us, the size of its journal."""

    def __init__(self, node: str) -> None:
        self.node, self.origin = node, f"{node}.test.invalid/rahdari/{node}"
        begins = int(now().timestamp()) - 3600
        lives = {role: SEALING if role == "sealing" else YEAR for role in ROLES}
        self.keys: dict[str, PrivateKey] = {role: new_key(role, begins, begins + lives[role]) for role in ROLES}
        self.keys_token = tokens.make_keys_token(
            node=node,
            journal_origin=self.origin,
            tls=None,
            keys=tuple(key.public for key in self.keys.values()),
            issued_at=now(),
            key=self.keys["office"],
        )
        self.seq, self.head, self.leaves = 0, "", 0

    @property
    def fingerprint(self) -> str:
        """The thumbprint of its office key."""
        return self.keys["office"].public.kid

    def document(self) -> str:
        """Its node document."""
        name = dict.fromkeys(("en", "ur", "ja"), f"Node {self.node} (invented)")
        return tokens.make_node_document(
            node=self.node,
            name=name,
            contact_point={"body": "CONTACT", "name": name},
            journal_origin=self.origin,
            keys_token=self.keys_token,
            types=[OUTCOME],
            limits=LIMITS,
            issued_at=now(),
            key=self.keys["gateway"],
        )

    def statement(self, to: str, type: str, data: Mapping[str, Any], **members: Any) -> tuple[UUID, str]:
        """A statement token of its own, with its id."""
        id = members.pop("id", None) or new_id()
        told = {"thread": id, "issued_at": now(), "language": "en", "key": self.keys[tokens_role(type)]} | members
        return id, tokens.make_statement(id=id, type=type, sender=self.node, receiver=to, data=dict(data), **told)

    def envelope(self, to: str, id: UUID, statement: str, *, seq: int = 0, prev: str = "") -> str:
        """An envelope around a statement, for the next place if none is named."""
        held = next(key for key in keyring.own_keys() if key.public.role == "sealing" and key.signs_at(now()))
        body = jwe.seal(statement.encode(), to=held.public, sender=self.node, receiver=to, cty=CTY)
        return tokens.make_envelope(
            id=id,
            sender=self.node,
            receiver=to,
            seq=seq or self.seq + 1,
            prev=prev or self.head or tokens.seed(self.node, to),
            sent_at=now(),
            body=body,
            key=self.keys["gateway"],
        )

    def receipt(self, envelope: Envelope) -> str:
        """Its receipt for an envelope of ours."""
        self.leaves += 1
        return tokens.make_receipt(
            id=new_id(),
            sender=envelope.sender,
            receiver=envelope.receiver,
            seq=envelope.seq,
            envelope=envelope.hash,
            stored_at=now(),
            journal_size=self.leaves,
            key=self.keys["gateway"],
        )


def tokens_role(type: str) -> str:
    """The role that signs a type."""
    return "office" if type.partition("/")[0] in tokens.OFFICE_TYPES else "clerk"


class Corridor:
    """The present node, founded, and its partner, paired."""

    def __init__(self, settings: Any, partner: str = "") -> None:
        self.me, self.settings = settings.RAHDARI_NODE, settings
        self.by = machine(self.me, "command")
        origin = f"{self.me}.test.invalid/rahdari/{self.me}"
        with new_home(self.me) as settings.RAHDARI_HOME:
            found_node(actor=self.by, passphrase=PASSPHRASE, journal_origin=origin, at=now())
        self.partner = Opposite(partner or ("jp" if self.me == "pk" else "pk"))
        with swapped(pairing, "fetch_public", lambda *_: reply(200, self.partner.document(), "application/jose")):
            url = f"https://{self.partner.node}.test.invalid"
            pairing.add_partner(actor=self.by, url=url, fingerprint=self.partner.fingerprint, at=now())
        not_restored(actor=self.by, node=self.partner.node, at=now())

    @property
    def row(self) -> Partner:
        """The partner as this node keeps it."""
        return Partner.objects.get(node=self.partner.node)

    # From the partner

    def arrives(self, type: str = "field.status/1", data: Mapping[str, Any] | None = None, **members: Any) -> Told:
        """The partner says something; it is stored here."""
        id, statement = self.partner.statement(self.me, type, field_status() if data is None else data, **members)
        envelope = self.partner.envelope(self.me, id, statement)
        answer = self.brings(envelope)
        assert answer.problem is None, answer.problem
        self.partner.seq, self.partner.head = self.partner.seq + 1, digest(envelope)
        return Told.objects.get(sender=self.partner.node, seq=self.partner.seq)

    def brings(self, *envelopes: str) -> Answer:
        """The partner posts envelopes, whatever they are worth."""
        actor = Actor(self.me, "partner", body=self.partner.node, channel="exchange")
        return store_envelopes(actor=actor, partner=self.row, brought=envelopes, at=now())

    def forks(self) -> str:
        """The partner says something else in its newest place; gives the hash of that other envelope."""
        id, statement = self.partner.statement(self.me, "field.status/1", field_status())
        held = Envelope.objects.get(sender=self.partner.node, seq=self.partner.seq, void=False)
        envelope = self.partner.envelope(self.me, id, statement, seq=held.seq, prev=held.prev)
        answer = self.brings(envelope)
        assert answer.problem and answer.problem["type"].endswith("/fork"), answer.problem
        return digest(envelope)

    def take_up(self) -> int:
        """Takes up what waits."""
        return take_up(self.partner.node, MAILROOM)

    # To the partner

    def says(self, type: str = "field.status/1", data: Mapping[str, Any] | None = None, **place: Any) -> OutboxEntry:
        """Something is said here, in a unit of work; it waits in the outbox."""
        with unit_of_work("fields.decide_order", actor=machine(self.me, "command"), at=now()) as unit:
            marking = place.pop("marking", {"level": "public", "bodies": []})
            entry = unit.say(type, field_status() if data is None else data, marking=marking, to=self.partner.node, **place)
            unit.about(entry)
        return entry

    def signs(self) -> int:
        """Gives what waits in the outbox its places."""
        return enveloping.sign_waiting(self.row)

    def delivers(self) -> int:
        """The partner stores what was signed and gives its receipts."""
        batch = undelivered(self.row)
        return receipts.hear_receipts(self.row, batch, [self.partner.receipt(one) for one in batch])

    def goes(self, entry: OutboxEntry) -> Told:
        """Something said here is signed and delivered."""
        self.signs()
        self.delivers()
        return Told.objects.get(sender=self.me, statement=entry.pk)

    def refuses(self, name: str = "malformed") -> str:
        """The partner refuses the next envelope finally; it gets another one. Gives the refusal."""
        batch = undelivered(self.row)
        refusal = tokens.make_refusal(
            sender=self.me,
            receiver=self.partner.node,
            seq=batch[0].seq,
            envelope=batch[0].hash,
            name=name,
            refused_at=now(),
            key=self.partner.keys["gateway"],
        )
        hear_problem(self.row, batch, {"type": f"/exchange/problems/{name}", "refusal": refusal})
        return refusal

    def holds_another(self, told: Told) -> str:
        """The partner shows another envelope of ours in the place of a statement, as after a restore; gives its hash."""
        held = Envelope.objects.get(told=told, void=False)
        stream, seal = Stream.objects.get(sender=self.me), enveloping.sealing_key(self.row, now())
        other = enveloping.envelope_for(stream, self.row, told, held.seq, held.prev, seal, now())
        hear_problem(self.row, [held], {"type": "/exchange/problems/fork", "stored": other.token, "seq": held.seq})
        return other.hash

    def answers(self, told: Told, outcome: str = "taken_up", reasons: Sequence[Mapping[str, str]] = ()) -> Told:
        """The partner's outcome of a statement of ours arrives and is heard."""
        data = {"of": str(told.envelope_id), "statement": told.hash, "envelope": told.envelope_hash}
        data |= {"outcome": outcome, "reasons": list(reasons)}
        heard = self.arrives(OUTCOME, data, thread=told.thread, in_reply_to=told.statement)
        self.take_up()
        return heard

    # The journal

    def witnesses(self) -> None:
        """Our head is signed and the partner's witness cosigns it."""
        with self.line(self._cosign):
            assert checkpoints.ask_witness(self.row)

    def refuses_to_witness(self, status: int = 409) -> None:
        """The partner's witness answers and refuses our head."""
        with self.line(lambda *_: reply(status, "Another root was cosigned for this size.\n", "text/plain")):
            assert not checkpoints.ask_witness(self.row)

    def _cosign(self, _: Partner, method: str, path: str, body: bytes = b"", kind: str = "") -> Reply:
        _old, _proof, note = notes.read_add_checkpoint(body.decode())
        return reply(200, notes.cosign(note, self.partner.origin, self.partner.keys["journal"], now()), "text/plain")

    @contextmanager
    def line(self, play: Any) -> Iterator[None]:
        """The line to the partner's witness, answered by `play`."""
        with swapped(checkpoints, "speak", play):
            yield

    def rings(self, code: str = "clock", subject: str = "", **facts: Any) -> Alarm:
        """An alarm about the partner."""
        with unit_of_work("exchange.tend", actor=self.by, at=now()) as unit:
            alarm = ring(unit, code, self.partner.node, subject, **facts)
            unit.about(alarm)
        return alarm


@contextmanager
def swapped(module: Any, name: str, stand_in: Any) -> Iterator[None]:
    """Inside, what speaks over the line is played by a stand-in."""
    before = getattr(module, name)
    setattr(module, name, stand_in)
    try:
        yield
    finally:
        setattr(module, name, before)


def reply(status: int, text: str, kind: str) -> Reply:
    """An answer as it comes over the line."""
    return Reply(status, text.encode(), httpx.Headers({"Content-Type": kind}))
