"""What becomes of a stored envelope: taken up once or refused, and one outcome sent back (sections 3 and 5)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.exchange.peer.forms import Malformed, h, now, read_stamp, sha_hex, unb64u
from tests.exchange.peer.incoming import Held
from tests.exchange.peer.keys import read_keys_token
from tests.exchange.peer.letters import is_stub, read_envelope
from tests.exchange.peer.schemas import SCHEMAS, faults
from tests.exchange.peer.statements import (
    DEFAULT_MARKING,
    Fault,
    Statement,
    answer_rule,
    marking_rule,
    mismatch,
    read_statement,
)
from tests.exchange.peer.tokens import peek, unseal

if TYPE_CHECKING:
    from tests.exchange.peer.partner import Partner
    from tests.exchange.peer.peer import Peer

BLOBS_WAIT = timedelta(days=7)


def take_up(peer: Peer, partner: Partner, held: Held) -> None:
    """One envelope; leaves it undone while its blobs are awaited."""
    if held.done:
        return
    if is_stub(held.signed):
        held.done = True
        return
    statement: Statement | None = None
    outcome, reasons, extra = "taken_up", [], {}
    try:
        if held.opened is None:
            raise Fault("cannot_open")
        statement = read_statement(held.opened, partner.known, held.members)
        earlier = partner.first_outcome.get(statement.hash)
        if earlier is not None:
            outcome, reasons, extra = earlier["outcome"], earlier["reasons"], {"repeated": True}
        elif not _accept(peer, partner, held, statement):
            return
    except Fault as fault:
        outcome, reasons = "refused", [fault.reason]
    held.done = True
    data = {
        "of": held.members["id"],
        "statement": h(held.opened) if held.opened is not None else None,
        "envelope": held.hash,
        "outcome": outcome,
        "reasons": reasons,
        **extra,
    }
    held.outcome = data
    if statement is not None:
        partner.first_outcome.setdefault(statement.hash, data)
    if _says_it_is_an_outcome(held):
        return
    _answer(peer, partner, held, statement, data)


def _says_it_is_an_outcome(held: Held) -> bool:
    """Outcomes have no outcomes, not even one whose signature is wrong: else two nodes could answer each other for ever."""
    inside = peek(held.opened.decode("ascii", "replace")) if held.opened is not None else None
    return inside is not None and inside.get("type") == "exchange.outcome/1"


def _accept(peer: Peer, partner: Partner, held: Held, statement: Statement) -> bool:
    """Every rule behind the signature, then the effect; false while blobs are awaited."""
    first = partner.verified.setdefault(statement.members["id"], statement.hash)
    mismatch(statement, held.members)
    if first != statement.hash:
        raise Fault("id_reused")
    if statement.type not in SCHEMAS:
        raise Fault("type_unknown", path="/type")
    wrong = faults(SCHEMAS[statement.type], statement.members["data"])
    if wrong:
        raise Fault("schema", path=f"/data{wrong[0]}")
    marking_rule(statement)
    answer_rule(statement, partner.held)
    if not _blobs_are_here(peer, partner, held, statement):
        return False
    effect = EFFECTS.get(statement.type)
    if effect is not None:
        effect(peer, partner, statement)
    partner.heard.append(statement)
    return True


def _answer(peer: Peer, partner: Partner, held: Held, statement: Statement | None, data: dict[str, Any]) -> None:
    members = statement.members if statement else {}
    at_fault = any(reason["path"].startswith("/marking") for reason in data["reasons"])
    peer.say(
        partner.node,
        "exchange.outcome/1",
        data,
        thread=members.get("thread", held.members["id"]),
        marking=DEFAULT_MARKING if at_fault or not members else members["marking"],
        language=members.get("language", "en"),
        in_reply_to=members.get("id"),
    )


def _named_blobs(statement: Statement) -> list[dict[str, Any]]:
    found = []
    for name, rule in SCHEMAS[statement.type]["properties"].items():
        if rule.get("x-rahdari") == "blobs":
            found += statement.members["data"].get(name, [])
    return found


def _blobs_are_here(peer: Peer, partner: Partner, held: Held, statement: Statement) -> bool:
    named = _named_blobs(statement)
    missing = [one for one in named if one["sealed"] not in peer.blobs]
    for one in named:
        partner.blobs_wanted[one["sealed"]] = one
    if missing:
        if now() - read_stamp(held.stored_at) > BLOBS_WAIT:
            raise Fault("blob_missing")
        return False
    for one in named:
        try:
            token = peer.blobs[one["sealed"]].decode("ascii")
            plain = unseal(token, one["media_type"], partner.node, peer.node, peer.ring.sealing_key)
        except (Malformed, UnicodeDecodeError):
            raise Fault("blob_mismatch", one["name"]) from None
        if len(plain) != one["size"] or sha_hex(plain) != one["sha256"]:
            raise Fault("blob_mismatch", one["name"])
    return True


def _outcome(peer: Peer, partner: Partner, statement: Statement) -> None:
    partner.outcomes.append(statement.members["data"])


def _key_rolled(peer: Peer, partner: Partner, statement: Statement) -> None:
    """A planned or a sudden change of keys; a new office key waits for an operator."""
    data = statement.members["data"]
    try:
        at = read_stamp(data["at"])
        retire = set(data["retire"])
        keys = read_keys_token(data["keys_token"], partner.office, retire | set(partner.known.retired), partner.known)
    except (Malformed, TypeError) as fault:
        raise Fault("rule", str(fault), "/data") from None
    if not retire <= set(partner.known.keys) or (keys.node, keys.origin) != (partner.node, partner.origin):
        raise Fault("rule", "not its own", "/data")
    new_office = {kid for kid, key in keys.keys.items() if key.role == "office" and kid not in partner.known.keys}
    partner.known.unconfirmed |= new_office
    partner.learn(keys)
    for kid in retire:
        partner.known.retired.setdefault(kid, (data["reason"], at))


def _journal_restarted(peer: Peer, partner: Partner, statement: Statement) -> None:
    data = statement.members["data"]
    seen = peer.witness.seen.get(data["old_origin"])
    size, top = (seen.size, seen.root) if seen else (0, b"")
    if data["old_origin"] != partner.origin or data["new_origin"] == partner.origin:
        raise Fault("rule", "another origin", "/data/old_origin")
    if size > data["size"] or (size == data["size"] and size and top != unb64u(data["root"])):
        raise Fault("rule", "cosigned otherwise", "/data/size")
    peer.witness.close(data["old_origin"])
    partner.origin = data["new_origin"]


def _recalled(peer: Peer, partner: Partner, statement: Statement) -> None:
    """Every copy of the content goes; hash, receipt and leaf stay."""
    data = statement.members["data"]
    for one in data["stubs"]:
        try:
            signed = read_envelope(one["stub"])
        except (Malformed, KeyError, TypeError):
            raise Fault("rule", "no stub", "/data/stubs") from None
        key = partner.known.find("gateway", signed.kid)
        equal = all(signed.payload[name] == one[name] for name in ("id", "seq", "envelope", "prev"))
        if key is None or not is_stub(signed) or not equal or not signed.signed_by(key.x):
            raise Fault("rule", "a stub that differs", "/data/stubs")
        held = partner.incoming.at(signed.payload["seq"])
        if held is not None and held.hash == one["envelope"]:
            held.signed, held.opened = signed, None
    partner.heard = [heard for heard in partner.heard if heard.members["id"] != data["of"]]


EFFECTS = {
    "exchange.outcome/1": _outcome,
    "exchange.key_rolled/1": _key_rolled,
    "exchange.journal_restarted/1": _journal_restarted,
    "notice.recalled/1": _recalled,
}
