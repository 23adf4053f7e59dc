"""Calls to the partner: request tokens (section 3) and plain HTTP, with nothing tidied up on the way."""

from __future__ import annotations

import http.client
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from tests.exchange.peer.answers import Answer
from tests.exchange.peer.forms import Malformed, demand, h, uuid7, write_json
from tests.exchange.peer.keys import Key, Known
from tests.exchange.peer.tokens import REQUEST, Jws, jws, read_jws

SKEW = 60
MOST = 16 * 2**20


def request_members(iss: str, aud: str, method: str, target: str, body: bytes, **changes: Any) -> dict[str, Any]:
    members = {"iss": iss, "aud": aud, "m": method, "u": target, "b": h(body), "iat": int(time.time()), "jti": uuid7()}
    return {**members, **changes}


def sign_request(members: dict[str, Any], key: Key) -> str:
    return jws(write_json(members), REQUEST, key.secret)


def read_request(header: str | None, me: str, method: str, target: str, body: bytes, known: dict[str, Known]) -> Jws:
    """Who asks; refuses on the first thing that is wrong, and its caller says nothing of what that was."""
    scheme, _, token = (header or "").partition(" ")
    demand(scheme == "Rahdari", "no request token")
    signed = read_jws(token, REQUEST)
    said = signed.payload
    demand(isinstance(said.get("iss"), str) and said["iss"] in known, "not paired")
    key = known[said["iss"]].find("gateway", signed.kid)
    demand(key is not None and signed.signed_by(key.x), "signature")
    iat = said.get("iat")
    demand(type(iat) is int and abs(time.time() - iat) <= SKEW, "iat")
    if key is None or not known[said["iss"]].fits(key, datetime.fromtimestamp(iat, UTC)):
        raise Malformed("the key is not in force")
    demand((said.get("aud"), said.get("m"), said.get("u"), said.get("b")) == (me, method, target, h(body)), "another request")
    demand(isinstance(said.get("jti"), str) and bool(said["jti"]), "jti")
    return signed


def send(
    url: str, method: str, target: str, body: bytes = b"", headers: dict[str, str] | None = None, timeout: float = 30
) -> Answer:
    """One call on a line of its own; raises OSError or HTTPException when no answer came."""
    parts = urlsplit(url)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
    try:
        line.putrequest(method, target, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            line.putheader(name, value)
        if body or method in ("POST", "PUT"):
            line.putheader("Content-Length", str(len(body)))
        line.endheaders(body or None)
        reply = line.getresponse()
        data = reply.read(MOST)
        if len(data) == MOST:
            raise OSError("more than any answer of the protocol")
        names = {name.lower(): value for name, value in reply.getheaders()}
        return Answer(reply.status, data, names.get("content-type", ""), names)
    finally:
        line.close()
