"""Problem documents of the protocol, and the refusals that are signed and remembered."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rahdari.seals import tokens

from ..models import Partner, RefusedToken, Stream
from .judging import Judged
from .signing import own_signer

STATUS = {
    "malformed": 400,
    "too_large": 413,
    "key_unknown": 403,
    "signature": 403,
    "wrong_recipient": 403,
    "wrong_sender": 403,
    "time": 409,
    "key_out_of_validity": 403,
    "fork": 409,
    "chain": 409,
    "stopped": 409,
    "gap": 409,
    "unauthorised": 401,
    "not_a_party": 403,
    "unavailable": 503,
    "flooding": 429,
    "quota": 507,
    "blob_mismatch": 422,
    "not_found": 404,
    "not_allowed": 405,
    "failed": 500,
}
TITLES = {
    "malformed": "This is not in the form of the protocol",
    "too_large": "Too much at once",
    "key_unknown": "The key is not known",
    "signature": "The signature does not hold",
    "wrong_recipient": "This is for another node",
    "wrong_sender": "The sender is another node",
    "time": "The time stated lies ahead",
    "key_out_of_validity": "The key did not count at that time",
    "fork": "Another token stands in this place",
    "chain": "The token before it is another one here",
    "stopped": "The stream is stopped",
    "gap": "Something before it is missing",
    "unauthorised": "The request is not authorised",
    "not_a_party": "Only the two ends may ask this",
    "unavailable": "Not ready; come again",
    "flooding": "Too much waits already; come again",
    "quota": "There is no room for this file",
    "blob_mismatch": "The bytes are not those of the hash",
    "not_found": "There is no such thing",
    "not_allowed": "This cannot be asked in this way",
    "failed": "Something failed on our side",
}


def problem(name: str, detail: str = "", **members: Any) -> dict[str, Any]:
    """A problem document (RFC 9457) of the protocol."""
    told = {"type": f"/exchange/problems/{name}", "title": TITLES[name], "status": STATUS[name], "detail": detail or TITLES[name]}
    return told | members


def problem_of(one: Judged, stream: Stream) -> dict[str, Any]:
    """The problem of a token that was refused, with what its sender needs to go on."""
    told = problem(one.name, one.detail)
    place = one.envelope or one.stub
    if place is not None or one.addressed is not None:
        told["seq"] = place.seq if place is not None else one.addressed[2]  # type: ignore[index]
    if one.name == "fork":
        told["stored"] = one.stored
    if one.name == "chain":
        told["head"] = {"seq": stream.seq, "hash": stream.head}
    if one.name == "gap":
        told["expected_seq"] = stream.seq + 1
    return told


def remember_refusal(one: Judged, problem: dict[str, Any], partner: Partner, at: dt.datetime) -> str:
    """Signs a final refusal and keeps it: the token gets this problem for ever. Returns the signed refusal."""
    assert one.addressed is not None
    sender, receiver, seq = one.addressed
    refusal = tokens.make_refusal(
        sender=sender, receiver=receiver, seq=seq, envelope=one.hash, name=one.name, refused_at=at,
        key=own_signer("gateway", partner, at),
    )  # fmt: skip
    row = RefusedToken(hash=one.hash, sender=sender, receiver=receiver, seq=seq, problem={**problem, "refusal": refusal}, at=at)
    row.save(force_insert=True)
    return refusal
