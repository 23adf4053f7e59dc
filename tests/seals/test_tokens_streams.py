"""Places of a stream: the seed, what a bad token says of itself, and either of envelope and stub."""

from __future__ import annotations

import datetime as dt
import json
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.seals import jws, tokens
from rahdari.seals.faults import FINAL, NAMES, Fault
from rahdari.seals.forms import decode, digest, encode
from rahdari.seals.keys import new_key

ID = UUID("0198c0de-0000-7000-8000-000000000001")
AT = dt.datetime(2026, 11, 28, 3, 0, tzinfo=dt.UTC)
KEY = new_key("gateway", 0, 10)
PLACE = {"from": "pk", "to": "jp", "seq": 4}


def token_over(payload, header=b"{}", signature=b""):
    raw = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return f"{encode(header)}.{encode(raw)}.{encode(signature)}"


def envelope(**change):
    told = {"id": ID, "sender": "pk", "receiver": "jp", "seq": 4, "prev": digest("3"), "sent_at": AT, "body": "…", "key": KEY}
    return tokens.make_envelope(**(told | change))


class TestSeed:
    def test_is_the_hash_of_three_lines(self):
        assert decode(tokens.seed("pk", "jp")) == sha256(b"rahdari-stream/1\npk\njp\n").digest()

    def test_is_another_one_for_each_stream(self):
        assert len({tokens.seed(one, other) for one in ("pk", "jp", "xa") for other in ("pk", "jp", "xa")}) == 9


class TestAddressed:
    def test_is_read_from_an_envelope_and_a_stub(self):
        assert tokens.addressed(envelope()) == ("pk", "jp", 4)
        stub = tokens.make_stub(
            id=ID, sender="pk", receiver="jp", seq=9, prev=digest("8"), envelope=digest("9"), recalled_by=ID, at=AT, key=KEY
        )
        assert tokens.addressed(stub) == ("pk", "jp", 9)

    @pytest.mark.parametrize("header", [b"", b"{}", b"\xff", b'{"alg":"none"}', b"[" * 3000])
    def test_is_read_whatever_the_header_and_the_signature(self, header):
        assert tokens.addressed(token_over(PLACE, header)) == ("pk", "jp", 4)
        payload = token_over(PLACE).split(".")[1]
        assert tokens.addressed(f"not base64!.{payload}.=nor this=") == ("pk", "jp", 4)

    @pytest.mark.parametrize(
        "payload",
        [
            b"", b"null", b"[]", b"{}", b'"pk"', b"\xff", b'{"from":"pk","to":"jp","seq":4', b'{"from":"pk","to":"jp","seq":4,"x":1.0}',
            b'{"from":"pk","to":"jp","seq":4,"seq":4}', b"\xef\xbb\xbf" + json.dumps(PLACE).encode(), b"[" * 3000,
            PLACE | {"seq": 0}, PLACE | {"seq": "4"}, PLACE | {"seq": 4.0}, PLACE | {"seq": True}, PLACE | {"seq": None}, PLACE | {"seq": 2**53},
            PLACE | {"from": "PK"}, PLACE | {"from": None}, PLACE | {"to": "jpn"}, PLACE | {"to": ["jp"]}, PLACE | {"to": "jp\n"},
            {"from": "pk", "to": "jp"}, {"from": "pk", "seq": 4}, {"to": "jp", "seq": 4},
        ],
    )  # fmt: skip
    def test_is_nothing_where_it_cannot_be_read(self, payload):
        assert tokens.addressed(token_over(payload)) is None

    @pytest.mark.parametrize("token", [None, 5, b"a.b.c", ["a"], "", ".", "..", "e30", "a.b", "a.b.c.d", "a.=.c"])
    def test_is_nothing_where_there_is_no_content(self, token):
        assert tokens.addressed(token) is None

    def test_needs_three_parts(self):
        whole = token_over(PLACE)
        assert tokens.addressed(whole.rsplit(".", 1)[0]) is None
        assert tokens.addressed(whole + ".") is None

    @given(st.text(max_size=60) | st.binary(max_size=60))
    def test_never_raises(self, token):
        assert tokens.addressed(token) is None

    def test_is_enough_to_refuse_finally(self):
        bad = token_over(PLACE, b'{"alg":"none"}')
        with pytest.raises(Fault):
            tokens.read_envelope(bad)
        sender, receiver, seq = tokens.addressed(bad)
        made = tokens.make_refusal(
            sender=sender, receiver=receiver, seq=seq, envelope=digest(bad), name="malformed", refused_at=AT, key=KEY
        )
        read = tokens.read_refusal(made)
        jws.check(read.jws, KEY.public)
        assert (read.sender, read.receiver, read.seq, read.envelope, read.name) == ("pk", "jp", 4, digest(bad), "malformed")


class TestRefusal:
    @pytest.mark.parametrize("name", sorted(NAMES))
    def test_bears_only_a_final_name(self, name):
        told = {"sender": "pk", "receiver": "jp", "seq": 4, "envelope": digest("x"), "name": name, "refused_at": AT, "key": KEY}
        if name in FINAL:
            assert tokens.read_refusal(tokens.make_refusal(**told)).name == name
        else:
            with pytest.raises(Fault, match="malformed"):
                tokens.make_refusal(**told)


class TestPlace:
    def test_is_an_envelope_or_a_stub(self):
        one = tokens.read_place(envelope())
        assert isinstance(one, tokens.Envelope)
        stub = tokens.make_stub(
            id=ID, sender="pk", receiver="jp", seq=4, prev=one.prev, envelope=one.hash, recalled_by=ID, at=AT, key=KEY
        )
        other = tokens.read_place(stub)
        assert isinstance(other, tokens.Stub)
        assert (other.envelope, other.prev, other.seq) == (one.hash, one.prev, one.seq)

    def test_is_nothing_else(self):
        refusal = tokens.make_refusal(
            sender="pk", receiver="jp", seq=4, envelope=digest("x"), name="malformed", refused_at=AT, key=KEY
        )
        with pytest.raises(Fault, match="malformed"):
            tokens.read_place(refusal)

    @given(
        st.integers(1, 2**53 - 1),
        st.binary(max_size=40),
        st.datetimes(timezones=st.just(dt.UTC)),
        st.text(st.characters(codec="utf-8")),
    )
    def test_an_envelope_comes_back(self, seq, before, at, body):
        read = tokens.read_place(envelope(seq=seq, prev=digest(before), sent_at=at, body=body))
        jws.check(read.jws, KEY.public)
        assert (read.seq, read.prev, read.body) == (seq, digest(before), body)

    @pytest.mark.parametrize(
        "change", [{"seq": 0}, {"seq": -1}, {"prev": "x"}, {"sender": "Pk"}, {"body": None}, {"id": UUID(int=1)}]
    )
    def test_nothing_is_signed_that_would_be_refused(self, change):
        with pytest.raises(Fault, match="malformed"):
            envelope(**change)
