"""Every address of the protocol, as the text gives it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.exchange.peer.answers import Answer, Call, Refused, ok, problem_of, refuse
from tests.exchange.peer.client import read_request
from tests.exchange.peer.forms import Malformed, b64u, read_object, sha_hex, write_json
from tests.exchange.peer.keys import LIMITS
from tests.exchange.peer.partner import Partner
from tests.exchange.peer.schemas import SCHEMAS, file_of

if TYPE_CHECKING:
    from tests.exchange.peer.peer import Peer

ROOT = "/exchange/v1/"
STREAM = re.compile(r"streams/([a-z]{2})/([a-z]{2})/(head|envelopes|receipts)")
BLOB = re.compile(r"blobs/([0-9a-f]{64})")
NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")


def answer(peer: Peer, call: Call) -> Answer:
    """The proper answer to any call whatever."""
    if call.path == "/.well-known/rahdari-node":
        if call.method not in ("GET", "HEAD"):
            return refuse("method_not_allowed")
        return Answer(200, peer.node_document().encode("ascii"), "application/jose")
    if not call.path.startswith(ROOT):
        return refuse("not_found")
    rest = call.path.removeprefix(ROOT)
    if rest.startswith("schemas/"):
        return _schema(call)
    if rest.startswith("witness/"):
        return _witness(peer, call, rest)
    return _within(peer, call, rest)


def _schema(call: Call) -> Answer:
    found = [schema for name, schema in SCHEMAS.items() if file_of(name) == call.path]
    if not found:
        return refuse("not_found")
    if call.method not in ("GET", "HEAD"):
        return refuse("method_not_allowed")
    return Answer(200, write_json(found[0]), "application/schema+json")


def _witness(peer: Peer, call: Call, rest: str) -> Answer:
    if rest == "witness/add-checkpoint":
        if call.method != "POST":
            return refuse("method_not_allowed")
        status, type, text = peer.witness.add_checkpoint(call.body)
        return Answer(status, text.encode(), type)
    if rest == "witness/checkpoint":
        note = peer.witness.last_note(_query(call).get("origin", ""))
        return Answer(200 if note else 404, (note or "nothing cosigned\n").encode(), "text/plain; charset=utf-8")
    return refuse("not_found")


def _query(call: Call) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(call.target).query).items()}


def _within(peer: Peer, call: Call, rest: str) -> Answer:
    """Everything that needs a request token."""
    try:
        signed = read_request(call.headers.get("authorization"), peer.node, call.method, call.target, call.body, peer.known)
        once = (signed.payload["iss"], signed.payload["jti"])
        if once in peer.requests:
            raise Malformed("said before")
        peer.requests.add(once)
    except Malformed:
        # One text for every cause; http.server sends `Date` with every answer.
        return refuse("unauthorised", "Not a request of a paired node at this time.")
    partner = peer.partners[once[0]]
    stream = STREAM.fullmatch(rest)
    if not partner.asked and not (stream and call.method == "GET"):
        return refuse("unavailable", **{"Retry-After": "1"})
    if stream:
        return _stream(peer, call, partner, *stream.groups()) if call.method == "GET" else refuse("method_not_allowed")
    if rest == "envelopes":
        return _envelopes(peer, call, partner) if call.method == "POST" else refuse("method_not_allowed")
    if rest == "blobs/missing":
        missing = [sealed for sealed in partner.blobs_wanted if sealed not in peer.blobs]
        return ok({"missing": missing}) if call.method == "GET" else refuse("method_not_allowed")
    blob = BLOB.fullmatch(rest)
    if blob:
        return _blob(peer, call, blob[1])
    if rest == "journal/proof" and call.method == "GET":
        return _proof(peer, call, partner)
    return refuse("not_found")


def _envelopes(peer: Peer, call: Call, partner: Partner) -> Answer:
    if len(call.body) > LIMITS["bytes"]:
        return refuse("too_large")
    try:
        tokens = read_object(call.body).get("envelopes")
        if not isinstance(tokens, list) or not all(isinstance(token, str) for token in tokens):
            raise Malformed("envelopes")
    except Malformed as fault:
        return refuse("malformed", str(fault))
    if len(tokens) > LIMITS["tokens"]:
        return refuse("too_large")
    receipts: list[str] = []
    problem: dict[str, Any] | None = None
    for index, token in enumerate(tokens):
        try:
            receipts.append(peer.receive(token, partner.node))
        except Refused as refusal:
            told = dict(refusal.more)
            problem = told.pop("remembered", None) or problem_of(refusal.name, refusal.detail, **told)
            problem = {**problem, "index": index}
            break
    return ok({"receipts": receipts, "head": partner.incoming.head, "problem": problem})


def _stream(peer: Peer, call: Call, partner: Partner, frm: str, to: str, what: str) -> Answer:
    if {frm, to} != {partner.node, peer.node}:
        return refuse("not_a_party")
    stream = partner.incoming if frm == partner.node else partner.outgoing
    if what == "head":
        return ok(stream.head)
    after = _query(call).get("after", "")
    if not NUMBER.fullmatch(after):
        return refuse("malformed", "after")
    if frm == partner.node:
        rows = [(held.token, held.receipt) for held in partner.incoming.held]
    else:
        rows = [(place.stub or place.token, place.receipts[0] if place.receipts else "") for place in partner.outgoing.places]
    column = [row[what == "receipts"] for row in rows][int(after) :][: LIMITS["tokens"]]
    page: list[str] = []
    for token in column:
        if not token or sum(map(len, (*page, token))) > LIMITS["bytes"] * 9 // 10:
            break
        page.append(token)
    return ok({what: page, "head": stream.head})


def _blob(peer: Peer, call: Call, sealed: str) -> Answer:
    if call.method == "HEAD":
        return Answer(200 if sealed in peer.blobs else 404)
    if call.method != "PUT":
        return refuse("method_not_allowed")
    if len(call.body) > LIMITS["blob_bytes"]:
        return refuse("too_large")
    if sha_hex(call.body) != sealed:
        return refuse("blob_mismatch")
    if sealed in peer.blobs:
        return Answer(200)
    if sum(map(len, peer.blobs.values())) + len(call.body) > peer.blobs_limit:
        return refuse("quota")
    peer.blobs[sealed] = call.body
    return Answer(201)


def _proof(peer: Peer, call: Call, partner: Partner) -> Answer:
    asked = _query(call)
    if not all(NUMBER.fullmatch(asked.get(name, "")) for name in ("index", "size")):
        return refuse("malformed")
    index, size = int(asked["index"]), int(asked["size"])
    if index >= size or size > len(peer.journal.leaves):
        return refuse("not_found")
    if partner.node not in peer.journal.parties[index]:
        return refuse("not_a_party")
    return ok({"index": index, "size": size, "proof": [b64u(step) for step in peer.journal.inclusion(index, size)]})
