"""Calling a partner's server: requests signed with the gateway key, connections kept alive, the certificate pinned.

What comes back is bytes from outside: it is limited, and the caller checks it.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import secrets
import socket
import ssl
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rahdari.seals.faults import Fault
from rahdari.seals.forms import encode, read_json
from rahdari.seals.keys import PrivateKey
from rahdari.seals.tokens import make_request

LARGEST = 8 * 1024 * 1024  # bytes of an answer that are read
TIMEOUT = httpx.Timeout(30.0, connect=5.0)


class NoAnswer(Exception):
    """The partner could not be reached, or what came back was no answer; try again later."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a partner answered."""

    status: int
    body: bytes
    headers: httpx.Headers

    def json(self) -> Any:
        """The body as strict JSON; raises `NoAnswer` when it is none."""
        try:
            return read_json(self.body)
        except Fault as fault:
            raise NoAnswer(f"{self.status}: {fault.detail}") from None

    @property
    def passing(self) -> bool:
        """Whether to come again: every 5xx and 429."""
        return self.status >= 500 or self.status == 429


class Pinned(ssl.SSLContext):
    """Accepts exactly one server key, whoever signed its certificate."""

    spki = ""

    def wrap_socket(self, *args: Any, **kwargs: Any) -> ssl.SSLSocket:
        """Shakes hands and compares the server's key with the one of the keys token."""
        made = super().wrap_socket(*args, **kwargs)
        held = x509.load_der_x509_certificate(made.getpeercert(binary_form=True) or b"")
        if not secrets.compare_digest(hash_of_server_key(held), self.spki):
            made.close()
            raise ssl.SSLError("the server's key is not the one pinned at pairing")
        return made


def hash_of_server_key(certificate: x509.Certificate) -> str:
    """The `tls` of a keys token: the SHA-256 of the key in a server's certificate (SubjectPublicKeyInfo, RFC 7469)."""
    raw = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return encode(hashlib.sha256(raw).digest())


def is_safe(url: str) -> bool:
    """HTTPS anywhere; plain HTTP on loopback alone."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "http" and _is_loopback(parts.hostname or "")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@lru_cache(maxsize=64)
def _client(base: str, tls: str) -> httpx.Client:
    context = ssl.create_default_context()
    if tls:
        context = pinned = Pinned(ssl.PROTOCOL_TLS_CLIENT)
        pinned.check_hostname, pinned.verify_mode, pinned.spki = False, ssl.CERT_NONE, tls
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    options = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
    transport = httpx.HTTPTransport(verify=context, retries=0, socket_options=options, limits=httpx.Limits(max_connections=4))
    return httpx.Client(base_url=base, transport=transport, timeout=TIMEOUT, trust_env=False, follow_redirects=False)


def fetch_public(base: str, path: str, tls: str = "") -> Reply:
    """Asks for what is open to anyone, without a request token."""
    return _send(base, tls, httpx.Request("GET", base.rstrip("/") + path))


def call(
    base: str, tls: str, *, me: str, partner: str, key: PrivateKey, method: str, path: str, body: bytes = b"", kind: str = "",
    ahead: int = 0,
) -> Reply:  # fmt: skip
    """One signed request; raises `NoAnswer` when nothing usable came back. `ahead`: seconds the other clock is before ours."""
    target, iat = urlsplit(base).path.rstrip("/") + path, int(time.time()) + ahead
    token = make_request(
        iss=me, aud=partner, method=method, target=target, body=body, iat=iat, jti=secrets.token_hex(16), key=key
    )
    headers = {"Authorization": f"Rahdari {token}"} | ({"Content-Type": kind or "application/json"} if body else {})
    return _send(base, tls, httpx.Request(method, base.rstrip("/") + path, headers=headers, content=body))


def _send(base: str, tls: str, request: httpx.Request) -> Reply:
    try:
        answer = _client(base, tls).send(request, stream=True)
        try:
            body = b""
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > LARGEST:
                    raise NoAnswer("the answer is too large")
        finally:
            answer.close()
    except httpx.HTTPError as error:
        raise NoAnswer(f"{type(error).__name__}: {error}"[:300]) from None
    return Reply(answer.status_code, body, answer.headers)


def json_body(value: Any) -> bytes:
    """A body to send."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
