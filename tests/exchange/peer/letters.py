"""Envelopes, receipts, refusals and stubs: what a gateway signs (sections 2, 3 and 5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.exchange.peer.forms import NODE, UUID7, Malformed, demand, h, hash_form, matches, read_stamp, stamp, whole, write_json
from tests.exchange.peer.keys import Key, Known
from tests.exchange.peer.tokens import ENVELOPE, RECEIPT, REFUSAL, STUB, Jws, jws, peek, read_jws

FINAL = ("malformed", "too_large", "key_unknown", "signature", "wrong_recipient", "wrong_sender", "key_out_of_validity")


def seed(frm: str, to: str) -> str:
    """What stands before the first envelope of a stream."""
    return h(f"rahdari-stream/1\n{frm}\n{to}\n")


def envelope_members(id: str, frm: str, to: str, seq: int, prev: str, body: str, **changes: Any) -> dict[str, Any]:
    members = {"spec": 1, "id": id, "from": frm, "to": to, "seq": seq, "prev": prev, "sent_at": stamp(), "body": body}
    return {**members, **changes}


def sign_envelope(members: dict[str, Any], key: Key) -> str:
    return jws(write_json(members), ENVELOPE, key.secret)


def _place(payload: dict[str, Any], *more: str) -> None:
    """What envelope and stub have in common."""
    demand(payload.get("spec") == 1 and type(payload["spec"]) is int, "spec")
    demand(matches(UUID7, payload.get("id")), "id")
    demand(matches(NODE, payload.get("from")) and matches(NODE, payload.get("to")), "from, to")
    demand(whole(payload.get("seq"), 1), "seq")
    demand(all(hash_form(payload.get(name)) for name in ("prev", *more)), "a hash")


def read_envelope(token: object) -> Jws:
    """An envelope or a stub; refuses every other form."""
    signed = read_jws(token, ENVELOPE, STUB)
    payload = signed.payload
    if signed.header["typ"] == STUB:
        _place(payload, "envelope")
        demand(matches(UUID7, payload.get("recalled_by")), "recalled_by")
        read_stamp(payload.get("at"))
    else:
        _place(payload)
        read_stamp(payload.get("sent_at"))
        demand(isinstance(payload.get("body"), str), "body")
    return signed


def is_stub(signed: Jws) -> bool:
    return signed.header["typ"] == STUB


def hash_of(signed: Jws) -> str:
    """The hash that stands in the chain: of the token, or the one a stub names."""
    return signed.payload["envelope"] if is_stub(signed) else h(signed.token)


def stub_of(token: str, recalled_by: str, key: Key, **changes: Any) -> str:
    """The stub for an envelope I sent."""
    held = peek(token) or {}
    payload = {name: held[name] for name in ("spec", "id", "from", "to", "seq", "prev")}
    payload |= {"envelope": h(token), "recalled_by": recalled_by, "at": stamp(), **changes}
    return jws(write_json(payload), STUB, key.secret)


def make_receipt(signed: Jws, stored_at: str, size: int, key: Key, **changes: Any) -> str:
    held = signed.payload
    payload = {
        "spec": 1,
        "id": held["id"],
        "from": held["from"],
        "to": held["to"],
        "seq": held["seq"],
        "envelope": hash_of(signed),
        "stored_at": stored_at,
        "journal_size": size,
        **changes,
    }
    return jws(write_json(payload), RECEIPT, key.secret)


def read_receipt(receipt: object, token: str, known: Known) -> dict[str, Any]:
    """The receipt for this envelope of mine; refuses one that proves nothing."""
    signed, mine = read_jws(receipt, RECEIPT), peek(token) or {}
    payload = signed.payload
    demand(payload.get("spec") == 1 and type(payload["spec"]) is int, "spec")
    demand(matches(UUID7, payload.get("id")), "id")
    key = known.find("gateway", signed.kid)
    demand(key is not None and signed.signed_by(key.x), "not signed by a gateway key of the receiver")
    stored_at = read_stamp(payload.get("stored_at"))
    demand(key is not None and known.fits(key, stored_at), "the key was not in force")
    demand(payload.get("envelope") == (mine["envelope"] if "envelope" in mine else h(token)), "of another envelope")
    demand(all(payload.get(name) == mine[name] for name in ("from", "to", "seq")), "of another place")
    demand(whole(payload.get("journal_size"), 1), "journal_size")
    said_at = read_stamp(mine.get("sent_at", mine.get("at")))
    demand(stored_at >= said_at - timedelta(minutes=5), "stored before it was sent")
    return payload


def place_in(token: object) -> dict[str, Any] | None:
    """`from`, `to` and `seq` as far as a payload that is JSON tells them; none when one is missing or of a wrong form."""
    payload = peek(token)
    if payload is None or not matches(NODE, payload.get("from")) or not matches(NODE, payload.get("to")):
        return None
    return {name: payload[name] for name in ("from", "to", "seq")} if whole(payload.get("seq")) else None


def make_refusal(token: str, name: str, key: Key, **changes: Any) -> str | None:
    """The signed, final refusal; none where the payload does not say from, to and seq."""
    place = place_in(token)
    if place is None:
        return None
    payload = {"spec": 1, **place, "envelope": h(token), "name": name, "refused_at": stamp(), **changes}
    return jws(write_json(payload), REFUSAL, key.secret)


def read_refusal(refusal: object, token: str, known: Known, receiver: str | None = None) -> dict[str, Any]:
    """The refusal of this envelope of mine; refuses one that proves nothing."""
    signed = read_jws(refusal, REFUSAL)
    payload = signed.payload
    key = known.find("gateway", signed.kid)
    demand(key is not None and signed.signed_by(key.x), "not signed by a gateway key of the receiver")
    demand(payload.get("spec") == 1 and payload.get("envelope") == h(token), "of another envelope")
    demand({name: payload.get(name) for name in ("from", "to", "seq")} == place_in(token), "of another place")
    demand(payload.get("name") in FINAL, "no final name")
    at = read_stamp(payload.get("refused_at"))
    if key is None or not known.fits(key, at):
        raise Malformed("the key was not in force")
    return payload
