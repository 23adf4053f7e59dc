"""Keys: names, windows, JWK, strict signatures, agreement, and the file they are locked in."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from functools import lru_cache
from hashlib import sha512
from pathlib import Path
from shutil import which

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import example, given
from hypothesis import strategies as st

from rahdari.seals import keys
from rahdari.seals.faults import Fault
from rahdari.seals.forms import LARGEST, decode, encode
from rahdari.seals.keys import ROLES, PublicKey, from_pem, new_key, private_key, public_from_jwk, thumbprint, to_pem

VECTORS = Path(__file__).parents[1] / "vectors"
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
KEY = new_key("clerk", 100, 200)
SEALING = new_key("sealing", 100, 200)


def vectors(name):
    rows = [json.loads(line) for line in (VECTORS / f"{name}.jsonl").read_text().splitlines()]
    return [pytest.param(row, id=f"{row['id']}") for row in rows]


def public(raw, role="clerk"):
    return PublicKey(role, "", 0, LARGEST, raw)


def refuses(jwk):
    with pytest.raises(Fault) as refused:
        public_from_jwk(jwk)
    assert refused.value.name == "malformed"


# A little curve arithmetic of our own, so that the constants in `keys` are computed here and not believed.
def x_of(y):
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    for root in (pow(square, (P + 3) // 8, P), pow(square, (P + 3) // 8, P) * pow(2, (P - 1) // 4, P) % P):
        if (root * root - square) % P == 0:
            return root
    return None


def add(one, other):
    (x1, y1), (x2, y2) = one, other
    k = D * x1 * x2 * y1 * y2 % P
    return (x1 * y2 + x2 * y1) * pow(1 + k, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - k, -1, P) % P


def times(n, point):
    total = (0, 1)
    while n:
        total = add(total, point) if n & 1 else total
        point, n = add(point, point), n >> 1
    return total


@lru_cache
def small_points():
    """The eight points of small order: L times points that happen to be on the curve."""
    found = set()
    for y in range(2, 60):
        if (x := x_of(y)) is not None:
            found |= {times(L, (x, y)), times(L, (P - x, y))}
    return found


def encodings_of(y):
    """Every 32 bytes that mean this y to a lenient reader."""
    return [(value | sign << 255).to_bytes(32, "little") for value in (y, y + P) if value < 2**255 for sign in (0, 1)]


SMALL = sorted({encoding for _, y in small_points() for encoding in encodings_of(y)})


class TestVerify:
    @pytest.mark.parametrize("case", vectors("wycheproof_ed25519"))
    def test_agrees_with_wycheproof(self, case):
        key = public(bytes.fromhex(case["key"]))
        signed = key.verify(bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"]))
        assert signed == (case["result"] == "valid")

    def test_knows_the_signature_of_rfc_8037(self):
        raw = decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        signature = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        message = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
        assert public(raw).verify(message, decode(signature))
        secret = Ed25519PrivateKey.from_private_bytes(decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"))
        assert encode(private_key(secret, "clerk", 0, 1).sign(message)) == signature

    @given(st.binary(max_size=200), st.integers(0, 64 * 8 - 1))
    def test_refuses_each_flipped_bit(self, message, bit):
        signature = bytearray(KEY.sign(message))
        assert KEY.public.verify(message, bytes(signature))
        signature[bit // 8] ^= 1 << bit % 8
        assert not KEY.public.verify(message, bytes(signature))

    @pytest.mark.parametrize("length", [0, 1, 32, 63, 65, 128])
    def test_refuses_another_length(self, length):
        assert not KEY.public.verify(b"", (KEY.sign(b"") * 2)[:length])

    def test_refuses_the_second_form_of_a_signature(self):
        signature = KEY.sign(b"m")
        s = int.from_bytes(signature[32:], "little")
        for more in range(1, 16):
            if s + more * L < 2**256:
                assert not KEY.public.verify(b"m", signature[:32] + (s + more * L).to_bytes(32, "little"))

    def test_knows_all_eight_small_points(self):
        assert len(small_points()) == 8
        # Fourteen encodings: signs of x = 0, and y + p where it fits into 255 bits.
        assert len(SMALL) == 14
        assert all(not keys._is_large(encoding) for encoding in SMALL)

    @pytest.mark.parametrize("encoding", SMALL, ids=bytes.hex)
    def test_refuses_a_key_and_a_first_half_of_small_order(self, encoding):
        # With a small key, R = S B - k A holds for S = 0 and R in the small group: the library alone takes some of these.
        assert not any(public(encoding).verify(b"m", other + bytes(32)) for other in SMALL)
        assert not public(encoding).verify(b"m", KEY.sign(b"m"))
        assert not KEY.public.verify(b"m", encoding + bytes(32))

    def test_refuses_a_signature_made_with_a_first_half_of_small_order(self):
        # R = the neutral point, S = k a: mathematically right, and refused all the same.
        a, raw = _scalar(KEY)
        first = (1).to_bytes(32, "little")
        k = int.from_bytes(sha512(first + raw + b"m").digest(), "little") % L
        forged = first + (k * a % L).to_bytes(32, "little")
        KEY.secret.public_key().verify(forged, b"m")
        assert not KEY.public.verify(b"m", forged)

    @pytest.mark.parametrize("y", range(P, 2**255))
    def test_refuses_what_is_not_canonical(self, y):
        for encoding in (y.to_bytes(32, "little"), (y | 1 << 255).to_bytes(32, "little")):
            assert not keys._is_large(encoding)
            assert not public(encoding).verify(b"m", KEY.sign(b"m"))
            assert not KEY.public.verify(b"m", encoding + KEY.sign(b"m")[32:])

    def test_refuses_for_a_sealing_key_and_for_no_key(self):
        assert not SEALING.public.verify(b"", KEY.sign(b""))
        assert not public(KEY.public.raw, "sealing").verify(b"", KEY.sign(b""))
        assert not public(b"").verify(b"", KEY.sign(b""))
        assert not public(KEY.public.raw + b"\0").verify(b"", KEY.sign(b""))


def _scalar(key):
    """The secret scalar of a key (RFC 8032, section 5.1.5), and its public bytes."""
    raw = bytearray(sha512(key.secret.private_bytes_raw()).digest()[:32])
    raw[0] &= 248
    raw[31] = raw[31] & 127 | 64
    return int.from_bytes(raw, "little"), key.public.raw


class TestAgree:
    @pytest.mark.parametrize("case", vectors("wycheproof_x25519"))
    def test_agrees_with_wycheproof(self, case):
        secret = X25519PrivateKey.from_private_bytes(bytes.fromhex(case["private"]))
        key = private_key(secret, "sealing", 0, 1)
        other = bytes.fromhex(case["public"])
        jwk = public(other, "sealing").jwk() | {"kid": thumbprint(other, "sealing")}
        if "ZeroSharedSecret" in case["flags"]:
            with pytest.raises(Fault) as refused:
                key.agree(other)
            assert refused.value.name == "malformed"
            refuses(jwk)
        else:
            assert key.agree(other).hex() == case["shared"]
            assert public_from_jwk(jwk).raw == other

    def test_knows_the_agreement_of_rfc_8037(self):
        ephemeral = X25519PrivateKey.from_private_bytes(decode("dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo"))
        bob = decode("3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08")
        shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"
        assert private_key(ephemeral, "sealing", 0, 1).agree(bob).hex() == shared

    @pytest.mark.parametrize("length", [0, 31, 33, 64])
    def test_refuses_what_is_no_key(self, length):
        with pytest.raises(Fault, match="malformed"):
            SEALING.agree(b"\x09" * length)

    def test_each_role_does_only_its_work(self):
        with pytest.raises(ValueError, match="does not sign"):
            SEALING.sign(b"")
        with pytest.raises(ValueError, match="only a sealing key"):
            KEY.agree(SEALING.public.raw)


class TestName:
    def test_is_the_thumbprint_of_rfc_8037(self):
        raw = decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        for role in ("office", "clerk", "gateway", "journal"):
            assert thumbprint(raw, role) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
        assert thumbprint(raw, "sealing") != "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


class TestWindow:
    @pytest.mark.parametrize(
        ("seconds", "microseconds", "valid"),
        [(99, 999_999, False), (100, 0, True), (150, 0, True), (199, 999_999, True), (200, 0, False), (200, 1, False)],
    )
    def test_begins_with_nbf_and_ends_before_exp(self, seconds, microseconds, valid):
        moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds, microseconds=microseconds)
        assert KEY.public.valid_at(moment) is valid
        assert KEY.public.valid_at(moment.astimezone(dt.timezone(dt.timedelta(hours=5)))) is valid


class TestJwk:
    @pytest.mark.parametrize("role", ROLES)
    def test_comes_back(self, role):
        key = new_key(role, 5, 10).public
        assert set(key.jwk()) == {"kty", "crv", "x", "kid", "role", "nbf", "exp"}
        assert public_from_jwk(key.jwk()) == key
        assert public_from_jwk(key.jwk() | {"use": "sig", "note": ["unknown"]}) == key

    @pytest.mark.parametrize("member", ["kty", "crv", "x", "kid", "role", "nbf", "exp"])
    def test_needs_each_member(self, member):
        refuses({name: value for name, value in KEY.public.jwk().items() if name != member})
        for value in (None, True, 1.0, "", [], {}, -1, "100"):
            refuses(KEY.public.jwk() | {member: value})

    @pytest.mark.parametrize("member", ["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
    @pytest.mark.parametrize("value", ["AAAA", "", None, 0])
    def test_refuses_a_private_member_whatever_it_holds(self, member, value):
        refuses(KEY.public.jwk() | {member: value})

    @pytest.mark.parametrize(
        "change",
        [
            {"kty": "okp"},
            {"kty": "EC"},
            {"crv": "X25519"},
            {"crv": "ed25519"},
            {"crv": "Ed448"},
            {"role": "Clerk"},
            {"role": "sealing"},
            {"role": "root"},
            {"x": encode(KEY.public.raw) + "="},
            {"x": encode(KEY.public.raw)[:-1]},
            {"x": encode(KEY.public.raw + b"\0")},
            {"x": encode(SEALING.public.raw)},
            {"kid": encode(KEY.public.raw)},
            {"kid": thumbprint(KEY.public.raw, "sealing")},
            {"nbf": LARGEST + 1},
            {"exp": -1},
            {"exp": "2026-11-28T03:00:00.000Z"},
        ],
    )
    def test_refuses_every_other_value(self, change):
        refuses(KEY.public.jwk() | change)

    @pytest.mark.parametrize("jwk", [None, [], "key", 5, {}, {"keys": []}])
    def test_refuses_what_is_no_jwk(self, jwk):
        refuses(jwk)

    @pytest.mark.parametrize("case", vectors("wycheproof_x25519_jwk"))
    def test_refuses_the_invalid_public_keys_of_wycheproof(self, case):
        jwk = dict(case["public"])
        refuses(jwk)
        refuses(jwk | {"role": "sealing", "nbf": 0, "exp": 1})
        if "x" in jwk:
            refuses(jwk | {"role": "sealing", "nbf": 0, "exp": 1, "kid": thumbprint(decode(jwk["x"]), "sealing")})

    @pytest.mark.parametrize("raw", [*SMALL, *(y.to_bytes(32, "little") for y in range(P, 2**255))], ids=bytes.hex)
    def test_refuses_weak_and_second_forms_of_a_signing_key(self, raw):
        refuses(public(raw).jwk() | {"kid": thumbprint(raw, "clerk")})

    @given(st.integers(2, P - 2))
    @example(2)
    def test_refuses_what_is_no_point(self, y):
        raw = y.to_bytes(32, "little")
        jwk = public(raw).jwk() | {"kid": thumbprint(raw, "clerk")}
        if x_of(y) is None or y in {small for _, small in small_points()}:
            refuses(jwk)
        else:
            assert public_from_jwk(jwk).raw == raw


class TestNewKey:
    @pytest.mark.parametrize(("nbf", "exp"), [(5, 5), (6, 5), (-1, 5), (0, LARGEST + 1)])
    def test_has_a_window(self, nbf, exp):
        with pytest.raises(ValueError, match="window"):
            new_key("clerk", nbf, exp)

    def test_has_a_role(self):
        with pytest.raises(ValueError, match="no role"):
            new_key("clerks", 0, 1)

    def test_shows_no_secret(self):
        for key in (KEY, SEALING):
            secret = key.secret.private_bytes_raw()
            assert secret.hex() not in repr(key)
            assert repr(secret) not in repr(key)
            assert "secret" not in repr(key)


class TestPem:
    @pytest.mark.parametrize("key", [KEY, SEALING], ids=["signing", "sealing"])
    def test_comes_back_with_and_without_a_passphrase(self, key):
        for passphrase in (None, "گل و بلبل".encode()):
            pem = to_pem(key, passphrase)
            again = from_pem(pem, key.public.role, 100, 200, passphrase)
            assert again == key
            assert again.secret.private_bytes_raw() == key.secret.private_bytes_raw()
            assert (b"ENCRYPTED" in pem) is (passphrase is not None)

    def test_the_locked_one_opens_only_with_its_passphrase(self):
        locked, plain = to_pem(KEY, b"right"), to_pem(KEY, None)
        assert KEY.secret.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()) not in locked
        for pem, passphrase in [
            (locked, b"wrong"),
            (locked, None),
            (locked, b""),
            (plain, b"right"),
            (b"", None),
            (locked[:-40], b"right"),
        ]:
            with pytest.raises(ValueError, match="cannot be read"):
                from_pem(pem, "clerk", 100, 200, passphrase)

    def test_an_empty_passphrase_is_refused(self):
        with pytest.raises(ValueError, match="empty passphrase"):
            to_pem(KEY, b"")

    @pytest.mark.parametrize("stranger", [rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1())])
    def test_a_key_of_another_kind_is_refused(self, stranger):
        pem = stranger.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        for role in ROLES:
            with pytest.raises(ValueError, match="no key for the role"):
                from_pem(pem, role, 0, 1, None)
        with pytest.raises(ValueError, match="no key for the role"):
            from_pem(to_pem(SEALING, None), "clerk", 0, 1, None)

    @pytest.mark.skipif(which("openssl") is None, reason="openssl is not on this machine")
    def test_is_read_by_another_program(self):
        told = subprocess.run(
            ["openssl", "pkey", "-passin", "pass:right", "-pubout", "-outform", "DER"],
            input=to_pem(KEY, b"right"), capture_output=True, check=True,
        )  # fmt: skip
        assert told.stdout.endswith(KEY.public.raw)
