"""Signed tokens: one form, one header, and nothing else is even looked at."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.seals import jws
from rahdari.seals.faults import Fault
from rahdari.seals.forms import decode, encode
from rahdari.seals.keys import new_key

VECTORS = Path(__file__).parents[1] / "vectors"
TYP = "rahdari-envelope+json"
KEY = new_key("gateway", 0, 10)
KID = KEY.public.kid
HEADER = {"alg": "EdDSA", "typ": TYP, "kid": KID}
FOREIGN = [json.loads(line) for line in (VECTORS / "wycheproof_jose_tokens.jsonl").read_text().splitlines()]


def signed(header, payload=b'{"spec":1}', key=KEY):
    """A token whose signature is right, whatever its header."""
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    first = f"{encode(raw)}.{encode(payload)}"
    return f"{first}.{encode(key.sign(first.encode()))}"


def refuses(token, name="malformed", typ=TYP):
    with pytest.raises(Fault) as refused:
        jws.check(jws.split(token, typ), KEY.public)
    assert refused.value.name == name
    assert refused.value.detail


class TestRoundTrip:
    @given(st.binary(max_size=400))
    def test_comes_back(self, payload):
        token = jws.sign(payload, KEY, TYP)
        read = jws.split(token, TYP)
        assert (read.kid, read.payload, read.typ) == (KID, payload, TYP)
        assert f"{read.signed.decode()}.{encode(read.signature)}" == token
        jws.check(read, KEY.public)

    def test_is_what_the_standard_says(self):
        head, payload, signature = jws.sign(b"{}", KEY, TYP).split(".")
        assert json.loads(base64.urlsafe_b64decode(head + "==")) == HEADER
        assert payload == "e30"
        KEY.secret.public_key().verify(base64.urlsafe_b64decode(signature + "=="), f"{head}.{payload}".encode())

    @pytest.mark.parametrize("order", [("alg", "typ", "kid"), ("kid", "typ", "alg"), ("typ", "alg", "kid")])
    def test_the_order_of_the_header_is_free(self, order):
        token = signed({name: HEADER[name] for name in order})
        jws.check(jws.split(token, TYP), KEY.public)

    def test_white_space_in_the_header_is_free(self):
        jws.check(jws.split(signed(json.dumps(HEADER, indent=1).encode()), TYP), KEY.public)

    def test_one_of_several_types_is_told(self):
        assert jws.split(signed(HEADER), "rahdari-stub+json", TYP).typ == TYP


class TestSplit:
    @pytest.mark.parametrize("member", ["alg", "typ", "kid"])
    def test_needs_each_member_and_a_text_in_it(self, member):
        refuses(signed({name: value for name, value in HEADER.items() if name != member}))
        for value in (None, True, 1, [], {}, [HEADER[member]], {member: HEADER[member]}):
            refuses(signed(HEADER | {member: value}))

    @pytest.mark.parametrize(
        "change",
        [
            *({"alg": alg} for alg in ("none", "None", "", "eddsa", "EDDSA", "EdDSA ", "Ed25519", "Ed448", "HS256", "ES256", "RS256", "PS256")),
            *({"typ": typ} for typ in ("", "JWT", "rahdari-stub+json", TYP.upper(), f"application/{TYP}", f"{TYP} ", f" {TYP}", TYP[:-1], TYP + "\0")),
            *({name: value} for name, value in {
                "crit": ["exp"], "b64": False, "jwk": KEY.public.jwk(), "jku": "https://example.org/keys", "x5u": "https://example.org",
                "x5c": [], "cty": "json", "zip": "DEF", "enc": "A256GCM", "Kid": KID, "note": None, "": "", "kid ": KID, "epk": {},
            }.items()),
        ],
    )  # fmt: skip
    def test_refuses_every_other_header_though_signed(self, change):
        refuses(signed(HEADER | change))

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"null",
            b"[]",
            b'"EdDSA"',
            b"{}",
            json.dumps([HEADER]).encode(),
            json.dumps(list(HEADER.items())).encode(),
            json.dumps(HEADER).encode() + b"x",
            json.dumps(HEADER).encode() + b"{}",
            b"\xef\xbb\xbf" + json.dumps(HEADER).encode(),
            json.dumps(HEADER).encode("utf-16"),
            json.dumps(HEADER).encode()[:-1] + b',"alg":"EdDSA"}',
            json.dumps(HEADER).encode()[:-1] + b',"\\u0061lg":"EdDSA"}',
            b'{"alg":"none",' + json.dumps(HEADER).encode()[1:],
            json.dumps(HEADER).encode()[:-1] + b",}",
            json.dumps(HEADER | {"kid": "\ud800"}).encode(),
            b"[" * 5000,
        ],
    )
    def test_refuses_a_header_that_is_no_strict_object(self, raw):
        refuses(signed(raw))

    def test_reads_escapes_as_the_letters_they_mean(self):
        jws.check(jws.split(signed(json.dumps(HEADER).replace("EdDSA", "\\u0045dDSA").encode()), TYP), KEY.public)

    @pytest.mark.parametrize(
        "bend",
        [
            lambda t: "",
            lambda t: ".",
            lambda t: "..",
            lambda t: "...",
            lambda t: t.rsplit(".", 1)[0],
            lambda t: t + ".",
            lambda t: "." + t,
            lambda t: t + ".e30",
            lambda t: t + "." + t,
            lambda t: t + "\n",
            lambda t: " " + t,
            lambda t: t + "=",
            lambda t: t.replace(".", "=.", 1),
            lambda t: t.replace(".", ".=", 1),
            lambda t: t.replace(".", "..", 1),
            lambda t: t.replace(".", "\u3002"),
            lambda t: t.replace(".", ".%20", 1),
            lambda t: t + "é",
            lambda t: t[:-1] + {"A": "B", "Q": "R", "g": "h", "w": "x"}[t[-1]],  # spare bits of the signature
            lambda t: t[:-1],
            lambda t: t.swapcase(),
            lambda t: json.dumps({"payload": t.split(".")[1], "protected": t.split(".")[0], "signature": t.split(".")[2]}),
            lambda t: f'"{t}"',
            lambda t: t.encode(),
            lambda t: None,
            lambda t: 5,
            lambda t: [t],
            lambda t: {"token": t},
        ],
    )
    def test_refuses_every_other_form(self, bend):
        refuses(bend(signed(HEADER)))

    @pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['file']}-{c['id']}") for c in FOREIGN])
    def test_refuses_every_token_of_wycheproof(self, case):
        token = case["token"]
        for text in (token, json.dumps(token)):
            refuses(text)
            refuses(text, typ="JWT")

    def test_refuses_the_examples_of_the_standards(self):
        for line in (VECTORS / "jose_cookbook_curve25519.jsonl").read_text().splitlines():
            refuses(json.loads(line)["vector"]["output"]["compact"])


class TestCheck:
    def test_refuses_another_key_that_bears_the_name(self):
        refuses(signed(HEADER, key=new_key("gateway", 0, 10)), "signature")

    @pytest.mark.parametrize("length", [0, 1, 32, 63, 65, 96])
    def test_refuses_another_length(self, length):
        head, payload, signature = signed(HEADER).split(".")
        refuses(f"{head}.{payload}.{encode((decode(signature) * 2)[:length])}", "signature")

    def test_a_kid_is_any_text_and_means_nothing_yet(self):
        for kid in ("", "unknown", KID + "\0", "راہداری", "x" * 10_000):
            assert jws.split(signed(HEADER | {"kid": kid}), TYP).kid == kid

    @given(st.data())
    def test_each_flipped_bit_is_refused(self, data):
        parts = [decode(part) for part in jws.sign(b'{"spec":1,"seq":1}', KEY, TYP).split(".")]
        which = data.draw(st.integers(0, 2))
        bit = data.draw(st.integers(0, len(parts[which]) * 8 - 1))
        bent = bytearray(parts[which])
        bent[bit // 8] ^= 1 << bit % 8
        parts[which] = bytes(bent)
        with pytest.raises(Fault) as refused:
            jws.check(jws.split(".".join(map(encode, parts)), TYP), KEY.public)
        assert refused.value.name in (("malformed", "signature") if which == 0 else ("signature",))

    @given(st.data())
    def test_each_changed_letter_is_refused(self, data):
        token = jws.sign(b'{"spec":1,"seq":1}', KEY, TYP)
        place = data.draw(st.integers(0, len(token) - 1))
        letter = data.draw(st.characters(min_codepoint=0, max_codepoint=255).filter(lambda one: one != token[place]))
        with pytest.raises(Fault):
            jws.check(jws.split(token[:place] + letter + token[place + 1 :], TYP), KEY.public)

    @given(st.text(max_size=80) | st.binary(max_size=80))
    def test_any_text_is_refused_by_a_fault_and_by_nothing_else(self, token):
        with pytest.raises(Fault):
            jws.split(token, TYP)
