"""Keys of the five roles, the keys token, and the node document (section 1)."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.exchange.peer.curve import Sealing, Signing, sound_ed25519, thumbprint
from tests.exchange.peer.forms import NODE, b64u, demand, hash_form, matches, now, read_stamp, stamp, unb64u, whole, write_json
from tests.exchange.peer.tokens import KEYS, NODE_DOCUMENT, Jws, jws, read_jws

DAY = 86_400
KINDS = {"office": "Ed25519", "clerk": "Ed25519", "gateway": "Ed25519", "journal": "Ed25519", "sealing": "X25519"}
ORIGIN = re.compile(r"[^\s/+]+/rahdari/([a-z]{2})(/[1-9][0-9]*)?")
LIMITS = {"tokens": 64, "bytes": 4 * 2**20, "token_bytes": 2**20, "blob_bytes": 20 * 2**20}


@dataclass
class Key:
    """A key pair of mine with its role and window, in seconds."""

    role: str
    secret: Any
    nbf: int
    exp: int

    @property
    def kid(self) -> str:
        return self.secret.kid

    def jwk(self) -> dict[str, Any]:
        secret = self.secret
        shape = {"kty": "OKP", "crv": secret.crv, "x": b64u(secret.x), "kid": secret.kid}
        return {**shape, "role": self.role, "nbf": self.nbf, "exp": self.exp}


def new_key(role: str, begins: float = -400, ends: float = 700) -> Key:
    """A key whose window lies so many days from now."""
    at = int(time.time())
    return Key(role, Sealing() if role == "sealing" else Signing(), at + int(begins * DAY), at + int(ends * DAY))


class Ring:
    """All keys of one node, by a label; `gateway`, `clerk` … are those in force."""

    def __init__(self) -> None:
        self.by_label = {
            "office": new_key("office"),
            "clerk": new_key("clerk", -30),
            "gateway": new_key("gateway", -10),
            "journal": new_key("journal"),
            "sealing": new_key("sealing", -10, 70),
            "gateway_recent": new_key("gateway", -60, -10),
            "gateway_ancient": new_key("gateway", -300, -100),
            "clerk_recent": new_key("clerk", -90, -30),
            "gateway_coming": new_key("gateway", 200, 400),
            "clerk_coming": new_key("clerk", 200, 400),
        }

    def __getitem__(self, label: str) -> Key:
        return self.by_label[label]

    def sealing_key(self, kid: str) -> Sealing | None:
        return next((key.secret for key in self.by_label.values() if key.role == "sealing" and key.kid == kid), None)

    def keys_token(self, node: str, origin: str, signer: Key | None = None, **changes: Any) -> str:
        """The token that is the only source of my keys; `changes` spoil or replace members."""
        payload = {
            "spec": 1,
            "node": node,
            "journal_origin": origin,
            "tls": None,
            "keys": {"keys": [key.jwk() for key in self.by_label.values()]},
            "issued_at": stamp(),
            **changes,
        }
        return jws(write_json(payload), KEYS, (signer or self["office"]).secret)


@dataclass(frozen=True)
class Public:
    role: str
    kid: str
    x: bytes
    nbf: int
    exp: int

    def covers(self, at: datetime) -> bool:
        return self.nbf <= at.timestamp() < self.exp


@dataclass
class Known:
    """Every public key ever learnt of a partner, and how some of them ended."""

    keys: dict[str, Public] = field(default_factory=dict)
    retired: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    unconfirmed: set[str] = field(default_factory=set)

    def find(self, role: str, kid: str) -> Public | None:
        key = self.keys.get(kid)
        return key if key and key.role == role and kid not in self.unconfirmed else None

    def of_role(self, role: str) -> list[Public]:
        return [key for key in self.keys.values() if key.role == role and key.kid not in self.unconfirmed]

    def in_force(self, role: str) -> Public:
        """The key of a role to sign or seal with now: the newest that covers the moment."""
        at = now()
        fitting = [key for key in self.of_role(role) if key.covers(at) and key.kid not in self.retired]
        return max(fitting, key=lambda key: key.nbf)

    def fits(self, key: Public, at: datetime) -> bool:
        """Whether what this key signed at `at` is accepted today."""
        reason, since = self.retired.get(key.kid, ("", now()))
        if reason == "compromised" or (reason and now() > since + timedelta(days=30)):
            return False
        return key.covers(at)

    def too_late(self, key: Public) -> bool:
        """An envelope is refused that arrives more than 90 days after its key's end."""
        return time.time() > key.exp + 90 * DAY


@dataclass(frozen=True)
class KeysToken:
    token: str
    node: str
    origin: str
    issued_at: datetime
    office: Public
    keys: dict[str, Public]


def _read_jwk(jwk: Any) -> Public:
    demand(isinstance(jwk, dict) and "d" not in jwk, "a JWK with a private member")
    demand(all(name in jwk for name in ("kty", "crv", "x", "kid", "role", "nbf", "exp")), "a JWK lacks a member")
    role, kid = jwk["role"], jwk["kid"]
    demand(jwk["kty"] == "OKP" and isinstance(role, str) and KINDS.get(role) == jwk["crv"], "a key of a wrong kind for its role")
    x = unb64u(jwk["x"])
    demand(len(x) == 32 and kid == thumbprint(jwk["crv"], x), "kid is not the thumbprint")
    demand(role == "sealing" or sound_ed25519(x), "a key of small order or not canonical")
    demand(whole(jwk["nbf"]) and whole(jwk["exp"]) and jwk["nbf"] < jwk["exp"], "no window")
    demand(role != "sealing" or jwk["exp"] - jwk["nbf"] <= 90 * DAY, "a sealing key for more than 90 days")
    return Public(role, kid, x, jwk["nbf"], jwk["exp"])


def _one_in_force(keys: list[Public], retired: set[str]) -> None:
    at = now()
    for role in KINDS:
        valid = [key for key in keys if key.role == role and key.kid not in retired and key.covers(at)]
        demand(len(valid) in ((1, 2) if role == "sealing" else (1,)), f"not exactly one {role} key is valid now")


def read_keys_token(token: object, office: str, retired: set[str] = frozenset(), known: Known | None = None) -> KeysToken:  # type: ignore[assignment]
    """The keys of a partner, from a token signed by the office key with the thumbprint `office`.

    At pairing the office key is found in the token itself; later in what is `known`.
    """
    signed = read_jws(token, KEYS)
    payload = signed.payload
    demand(payload.get("spec") == 1 and type(payload["spec"]) is int, "spec")
    demand(matches(NODE, payload.get("node")), "node")
    origin = payload.get("journal_origin")
    named = ORIGIN.fullmatch(origin) if isinstance(origin, str) else None
    demand(named is not None and named[1] == payload["node"], "journal_origin")
    demand("tls" in payload and (payload["tls"] is None or hash_form(payload["tls"])), "tls")
    listed = payload.get("keys")
    demand(isinstance(listed, dict) and isinstance(listed.get("keys"), list), "keys")
    keys = [_read_jwk(one) for one in listed["keys"]]
    demand(len({key.kid for key in keys}) == len(keys) == len({key.x for key in keys}), "one key twice or in two roles")
    signer = (known.keys if known else {key.kid: key for key in keys}).get(office)
    demand(signed.kid == office and signer is not None and signer.role == "office", "not signed by the office key expected")
    demand(signer is not None and signed.signed_by(signer.x), "signature")
    issued_at = read_stamp(payload.get("issued_at"))
    demand(signer is not None and signer.covers(issued_at), "the office key was not in force")
    demand(office in {key.kid for key in keys} or known is not None, "the key that signs is not named")
    _one_in_force(keys, set(retired))
    assert signer is not None
    return KeysToken(str(token), payload["node"], str(origin), issued_at, signer, {key.kid: key for key in keys})


def node_document(ring: Ring, node: str, origin: str, types: list[str], changes: dict[str, Any]) -> str:
    """My own description, signed by the gateway; `changes` spoil or replace members."""
    payload = {
        "spec": 1,
        "node": node,
        "name": {"en": f"Invented state {node}", "ur": f"فرضی ریاست {node}", "ja": f"架空の国 {node}"},
        "contact_point": {"name": "Invented contact point", "email": f"contact@{node}.example"},
        "journal_origin": origin,
        "keys_token": ring.keys_token(node, origin),
        "types": types,
        "limits": LIMITS,
        "issued_at": stamp(),
        **changes,
    }
    return jws(write_json(payload), NODE_DOCUMENT, ring["gateway"].secret)


def read_node_document(document: object, fingerprint: str) -> tuple[Jws, KeysToken]:
    """Pairing: the keys token under the fingerprint, then the document under a gateway key in it, then what must be equal."""
    signed = read_jws(document, NODE_DOCUMENT)
    payload = signed.payload
    demand(payload.get("spec") == 1 and type(payload["spec"]) is int, "spec")
    keys = read_keys_token(payload.get("keys_token"), fingerprint)
    gateway = keys.keys.get(signed.kid)
    demand(gateway is not None and gateway.role == "gateway" and signed.signed_by(gateway.x), "signature")
    demand(gateway is not None and gateway.covers(read_stamp(payload.get("issued_at"))), "the gateway key was not in force")
    demand(payload.get("node") == keys.node and payload.get("journal_origin") == keys.origin, "node or origin differ")
    name = payload.get("name")
    demand(isinstance(name, dict) and all(isinstance(name.get(language), str) for language in ("en", "ur", "ja")), "name")
    demand(isinstance(payload.get("contact_point"), dict), "contact_point")
    types, limits = payload.get("types"), payload.get("limits")
    demand(isinstance(types, list) and all(isinstance(one, str) for one in types), "types")
    demand(isinstance(limits, dict) and all(whole(limits.get(one), 1) for one in LIMITS), "limits")
    return signed, keys
