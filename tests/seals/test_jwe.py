"""Seals: what opens, for whom, and everything that does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap
from hypothesis import given
from hypothesis import strategies as st

from rahdari.seals import jwe
from rahdari.seals.faults import Fault
from rahdari.seals.forms import decode, encode
from rahdari.seals.keys import PublicKey, new_key, private_key

VECTORS = Path(__file__).parents[1] / "vectors"
CTY = "rahdari-statement+json"
KEY = new_key("sealing", 0, 10)
WAY = {"sender": "pk", "receiver": "jp", "cty": CTY}
CONTENT = "eyJhbGciOiJFZERTQSJ9.e30.راہداری".encode()
TOKEN = jwe.seal(CONTENT, to=KEY.public, **WAY)
HEADER = json.loads(decode(TOKEN.split(".")[0]))
FOREIGN = [json.loads(line) for line in (VECTORS / "wycheproof_jose_tokens.jsonl").read_text().splitlines()]
ZERO_U = [
    0,
    1,
    2**255 - 20,
    2**255 - 19,
    2**255 - 18,
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
]


def cookbook(path):
    rows = [json.loads(line) for line in (VECTORS / "jose_cookbook_curve25519.jsonl").read_text().splitlines()]
    return next(row["vector"] for row in rows if path in row["path"])


def sealed(header, content=CONTENT, ephemeral=None, shared=None, apu=b"pk", apv=b"jp"):
    """A seal that would open, whatever its header; its parts can be made wrong one by one."""
    ephemeral = ephemeral or private_key(X25519PrivateKey.generate(), "sealing", 0, 1)
    if isinstance(header, dict) and header.get("epk") == HEADER["epk"]:
        header = header | {"epk": HEADER["epk"] | {"x": encode(ephemeral.public.raw)}}
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    shared = ephemeral.agree(KEY.public.raw) if shared is None else shared
    wrapping = jwe.concat_kdf(shared, b"ECDH-ES+A256KW", apu, apv, 256)
    return ".".join([encode(raw), *map(encode, closed(wrapping, encode(raw).encode(), content))])


def closed(wrapping, header, content):
    wrapped = jwe.aes_key_wrap(wrapping, b"k" * 32)
    body = AESGCM(b"k" * 32).encrypt(b"i" * 12, content, header)
    return wrapped, b"i" * 12, body[:-16], body[-16:]


def refuses(token, name="malformed", key=KEY, **change):
    with pytest.raises(Fault) as refused:
        jwe.open_seal(token, key, **(WAY | change))
    assert refused.value.name == name
    assert refused.value.detail
    if name == "malformed":
        with pytest.raises(Fault, match="malformed"):
            jwe.peek(token, change.get("cty", CTY))
    return refused.value


class TestRoundTrip:
    @given(st.binary(max_size=3000), st.sampled_from(["pk", "jp", "xa"]), st.sampled_from(["pk", "jp", "xa"]))
    def test_comes_back(self, content, sender, receiver):
        token = jwe.seal(content, to=KEY.public, sender=sender, receiver=receiver, cty="image/png")
        assert jwe.peek(token, "image/png") == KEY.public.kid
        assert jwe.open_seal(token, KEY, sender=sender, receiver=receiver, cty="image/png") == content

    def test_has_the_header_of_the_protocol(self):
        epk = HEADER["epk"]
        assert {
            "alg": "ECDH-ES+A256KW", "enc": "A256GCM", "cty": CTY, "kid": KEY.public.kid, "apu": "cGs", "apv": "anA",
            "epk": {"kty": "OKP", "crv": "X25519", "x": epk["x"]},
        } == HEADER  # fmt: skip
        assert [len(decode(part)) for part in TOKEN.split(".")[1:]] == [40, 12, len(CONTENT), 16]

    def test_no_two_seals_share_a_key_or_an_iv(self):
        tokens = [jwe.seal(CONTENT, to=KEY.public, **WAY) for _ in range(20)]
        for part in range(5):
            assert len({token.split(".")[part] for token in tokens}) == 20

    def test_the_order_of_the_header_is_free(self):
        token = sealed(dict(reversed(HEADER.items())) | {"epk": dict(reversed(HEADER["epk"].items()))})
        assert jwe.open_seal(token, KEY, **WAY) == CONTENT

    def test_nothing_plain_stands_in_it(self):
        assert all(b"header" not in decode(part) for part in jwe.seal(b"header" * 50, to=KEY.public, **WAY).split("."))

    def test_seals_only_to_a_sealing_key_that_agrees(self):
        with pytest.raises(ValueError, match="sealing key"):
            jwe.seal(CONTENT, to=new_key("clerk", 0, 1).public, **WAY)
        weak = PublicKey("sealing", "kid", 0, 1, bytes(32))
        with pytest.raises(Fault, match="malformed"):
            jwe.seal(CONTENT, to=weak, **WAY)


class TestDerivation:
    def test_is_that_of_rfc_7518_appendix_c(self):
        shared = bytes([158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156,
                        251, 49, 110, 163, 218, 128, 106, 72, 246, 218, 167, 121, 140, 254, 144, 196])  # fmt: skip
        assert encode(jwe.concat_kdf(shared, b"A128GCM", b"Alice", b"Bob", 128)) == "VqqN6vgjbSBcIijNcacQGg"

    def test_unwraps_the_key_of_rfc_7520_section_5_4(self):
        case = cookbook("5_4")
        own, epk = case["input"]["key"], case["encrypting_content"]["protected"]["epk"]
        numbers = [int.from_bytes(decode(text)) for text in (own["d"], epk["x"], epk["y"])]
        public = ec.EllipticCurvePublicNumbers(*numbers[1:], ec.SECP384R1()).public_key()
        shared = ec.derive_private_key(numbers[0], ec.SECP384R1()).exchange(ec.ECDH(), public)
        wrapping = jwe.concat_kdf(shared, b"ECDH-ES+A128KW", b"", b"", 128)
        assert encode(aes_key_unwrap(wrapping, decode(case["encrypting_key"]["encrypted_key"]))) == case["generated"]["cek"]

    def test_opens_the_cookbooks_seal_to_x25519(self):
        case = cookbook("curve25519/ecdh-es")
        bob = private_key(X25519PrivateKey.from_private_bytes(decode(case["input"]["key"]["d"])), "sealing", 0, 1)
        shared = bob.agree(decode(case["encrypting_content"]["protected"]["epk"]["x"]))
        head, _, iv, content, tag = case["output"]["compact"].split(".")
        opener = AESGCM(jwe.concat_kdf(shared, b"A128GCM", b"", b"", 128))
        assert opener.decrypt(decode(iv), decode(content) + decode(tag), head.encode()).decode() == case["input"]["plaintext"]


class TestForm:
    @pytest.mark.parametrize("member", sorted(HEADER))
    def test_needs_each_member_in_its_form(self, member):
        refuses(sealed({name: value for name, value in HEADER.items() if name != member}))
        for value in (None, True, 1, [], {}, [HEADER[member]], {"x": HEADER[member]}):
            refuses(sealed(HEADER | {member: value}))

    @pytest.mark.parametrize(
        "change",
        [
            *({"alg": alg} for alg in ("none", "", "dir", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ecdh-es+a256kw", "A256KW", "RSA-OAEP", "PBES2-HS256+A128KW")),
            *({"enc": enc} for enc in ("", "A128GCM", "A192GCM", "a256gcm", "A256CBC-HS512", "XC20P")),
            *({"cty": cty} for cty in ("", "JWT", CTY.upper(), f"application/{CTY}", f"{CTY} ", "rahdari-envelope+json")),
            *({"apu": apu} for apu in ("cGs=", "cG", "c", "c G", "cGt", "پاک")),
            *({"apv": apv} for apv in ("anA=", "anB", "a", "an+")),
            *({name: value} for name, value in {
                "zip": "DEF", "crit": [], "typ": "JWE", "b64": True, "p2c": 1, "tag": "", "iv": "", "jwk": KEY.public.jwk(), "note": None, "Kid": "",
            }.items()),
            {"epk": {"kty": "OKP", "crv": "X25519"}},
            {"epk": HEADER["epk"] | {"kid": "a"}},
            {"epk": HEADER["epk"] | {"d": HEADER["epk"]["x"]}},
            {"epk": HEADER["epk"] | {"y": HEADER["epk"]["x"]}},
            {"epk": HEADER["epk"] | {"kty": "EC"}},
            {"epk": HEADER["epk"] | {"crv": "X448"}},
            {"epk": HEADER["epk"] | {"crv": "Ed25519"}},
            {"epk": HEADER["epk"] | {"x": HEADER["epk"]["x"] + "="}},
            {"epk": HEADER["epk"] | {"x": HEADER["epk"]["x"][:-2]}},
            {"epk": HEADER["epk"] | {"x": HEADER["epk"]["x"] + "AA"}},
            {"epk": HEADER["epk"] | {"x": ""}},
            {"epk": HEADER["epk"] | {"x": None}},
            {"epk": HEADER["epk"] | {"x": [HEADER["epk"]["x"]]}},
        ],
    )  # fmt: skip
    def test_refuses_every_other_header(self, change):
        refuses(sealed(HEADER | change))

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"null",
            b"[]",
            json.dumps(HEADER).encode()[:-1] + b',"zip":"DEF","zip":"DEF"}',
            b'{"alg":1,' + json.dumps(HEADER).encode()[1:],
            json.dumps(HEADER).encode()[:-1] + b',"kid":"a"}',
            b"\xef\xbb\xbf" + json.dumps(HEADER).encode(),
        ],
    )
    def test_refuses_a_header_that_is_no_strict_object(self, raw):
        refuses(sealed(raw))

    @pytest.mark.parametrize(
        ("part", "lengths"), [(1, (0, 24, 32, 39, 41, 48)), (2, (0, 8, 11, 13, 16)), (4, (0, 8, 12, 15, 17, 32))]
    )
    def test_refuses_another_length_of_key_iv_and_tag(self, part, lengths):
        for length in lengths:
            parts = TOKEN.split(".")
            parts[part] = encode((decode(parts[part]) * 3)[:length])
            refuses(".".join(parts))

    @pytest.mark.parametrize(
        "bend",
        [
            lambda t: "",
            lambda t: "....",
            lambda t: t + ".",
            lambda t: "." + t,
            lambda t: t.rsplit(".", 1)[0],
            lambda t: ".".join(t.split(".")[:3]),
            lambda t: t + "." + t,
            lambda t: t + "=",
            lambda t: t + "\n",
            lambda t: t.replace(".", "=.", 1),
            lambda t: t.replace(".", ". ", 1),
            lambda t: t[:-1],
            lambda t: t[:-1] + {"A": "B", "Q": "R", "g": "h", "w": "x"}[t[-1]],
            lambda t: t.encode(),
            lambda t: None,
            lambda t: 5,
            lambda t: {"ciphertext": t.split(".")[3]},
        ],
    )
    def test_refuses_every_other_form(self, bend):
        refuses(bend(TOKEN))

    @pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['file']}-{c['id']}") for c in FOREIGN])
    def test_refuses_every_token_of_wycheproof(self, case):
        for text in (case["token"], json.dumps(case["token"])):
            refuses(text)


class TestOpen:
    @pytest.mark.parametrize(
        "change", [{"sender": "jp"}, {"receiver": "pk"}, {"sender": "xa"}, {"sender": "jp", "receiver": "pk"}, {"sender": "PK"}]
    )
    def test_refuses_another_sender_or_receiver(self, change):
        refuses(TOKEN, "cannot_open", **change)

    def test_refuses_a_header_rewritten_to_another_sender(self):
        # The name in the header fits, the derivation does not.
        refuses(sealed(HEADER | {"apu": encode(b"xa")}, apu=b"pk"), "cannot_open", sender="xa")
        assert jwe.open_seal(sealed(HEADER | {"apu": encode(b"xa")}, apu=b"xa"), KEY, **(WAY | {"sender": "xa"})) == CONTENT

    def test_refuses_another_content_type(self):
        refuses(TOKEN, "malformed", cty="image/png")

    def test_refuses_another_key_also_under_its_name(self):
        other = new_key("sealing", 0, 10)
        refuses(TOKEN, "cannot_open", key=other)
        refuses(sealed(HEADER | {"kid": other.public.kid}), "cannot_open", key=other)
        refuses(sealed(HEADER | {"kid": other.public.kid}), "cannot_open")

    @pytest.mark.parametrize("u", ZERO_U)
    @pytest.mark.parametrize("sign", [0, 1])
    def test_refuses_an_agreement_on_nothing(self, u, sign):
        # Everybody knows the secret of these keys, it is zero: a stranger could have made this seal.
        raw = (u | sign << 255).to_bytes(32, "little")
        token = sealed(HEADER | {"epk": {"kty": "OKP", "crv": "X25519", "x": encode(raw)}}, shared=bytes(32))
        refuses(token, "cannot_open")
        assert jwe.peek(token, CTY) == KEY.public.kid

    def test_says_the_same_whatever_was_wrong(self):
        parts = TOKEN.split(".")
        bent = []
        for part in (1, 2, 3, 4):
            raw = bytearray(decode(parts[part]))
            raw[0] ^= 1
            bent.append(".".join([*parts[:part], encode(bytes(raw)), *parts[part + 1 :]]))
        assert len({str(refuses(token, "cannot_open")) for token in bent}) == 1

    @given(st.data())
    def test_each_flipped_bit_is_refused(self, data):
        parts = [decode(part) for part in TOKEN.split(".")]
        which = data.draw(st.integers(0, 4))
        bit = data.draw(st.integers(0, len(parts[which]) * 8 - 1))
        bent = bytearray(parts[which])
        bent[bit // 8] ^= 1 << bit % 8
        parts[which] = bytes(bent)
        with pytest.raises(Fault) as refused:
            jwe.open_seal(".".join(map(encode, parts)), KEY, **WAY)
        assert refused.value.name in (("malformed", "cannot_open") if which == 0 else ("cannot_open",))

    @given(st.data())
    def test_parts_of_two_seals_do_not_mix(self, data):
        one, other = TOKEN.split("."), jwe.seal(CONTENT, to=KEY.public, **WAY).split(".")
        mixed = [data.draw(st.sampled_from(pair)) for pair in zip(one, other, strict=True)]
        if mixed in (one, other):
            assert jwe.open_seal(".".join(mixed), KEY, **WAY) == CONTENT
        else:
            refuses(".".join(mixed), "cannot_open")
