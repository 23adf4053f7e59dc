"""Every kind of token: what it holds comes back, and each member that is missing or of another kind refuses."""

from __future__ import annotations

import datetime as dt
import json
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.seals import jwe, jws, tokens
from rahdari.seals.faults import FINAL, NAMES, Fault
from rahdari.seals.forms import decode, digest, encode, read_json, write_json
from rahdari.seals.keys import ROLES, new_key

AT, TEXT_AT = dt.datetime(2026, 11, 28, 3, 0, 0, 7000, dt.UTC), "2026-11-28T03:00:00.007Z"
ID, OTHER = "0198c0de-0000-7000-8000-000000000001", "0198c0de-0000-7000-bfff-000000000002"
THREAD = "6f1c1a52-5f0e-4e62-9d0b-0d7a4a4f5c11"
HASH, PREV = digest("one"), digest("two")
KEYS = {role: new_key(role, 0, 2**40) for role in ROLES}
ALL = tuple(key.public for key in KEYS.values())
BODY = jwe.seal(b"x", to=KEYS["sealing"].public, sender="pk", receiver="jp", cty=tokens.STATEMENT)
PLACE = {"from": "pk", "to": "jp", "seq": 3}
KEYS_TOKEN = tokens.make_keys_token(
    node="pk", journal_origin="pk.example/rahdari/pk", tls=None, keys=ALL, issued_at=AT, key=KEYS["office"]
)
ORIGIN = "jp.example:8443/rahdari/jp/2"
STATEMENT = {
    "spec": 1, "id": ID, "type": "notice.raised/1", "from": "pk", "to": "jp", "thread": THREAD, "in_reply_to": None,
    "issued_at": TEXT_AT, "marking": {"level": "contact_point", "bodies": []}, "consent": None, "language": "ur",
    "data": {"what": {"language": "ur", "value": "شکایت"}, "workers": 3},
}  # fmt: skip
DOCUMENT = {
    "spec": 1, "node": "jp", "name": {"en": "Japan", "ur": "جاپان", "ja": "日本"}, "contact_point": {"office": "…"},
    "journal_origin": ORIGIN, "keys_token": KEYS_TOKEN, "types": ["field.status/1"],
    "limits": {"tokens": 64, "bytes": 4 << 20, "token_bytes": 1 << 20, "blob_bytes": 20 << 20}, "issued_at": TEXT_AT,
}  # fmt: skip


@dataclass
class Kind:
    """A kind of token: its type, who signs it, its reader, what it says, and by which path its members may be wrong."""

    typ: str
    role: str
    read: Any
    told: dict[str, Any]
    pad: int = 1

    def payload(self, told=None) -> bytes:
        raw = write_json(self.told if told is None else told)
        return raw + b" " * (-len(raw) % self.pad)

    def token(self, told=None, key=None) -> str:
        return jws.sign(self.payload(told), key or KEYS[self.role], self.typ)


KINDS = {
    "envelope": Kind("rahdari-envelope+json", "gateway", tokens.read_envelope, {
        "spec": 1, "id": ID, **PLACE, "prev": PREV, "sent_at": TEXT_AT, "body": BODY}),
    "receipt": Kind("rahdari-receipt+json", "gateway", tokens.read_receipt, {
        "spec": 1, "id": ID, **PLACE, "envelope": HASH, "stored_at": TEXT_AT, "journal_size": 12}),
    "refusal": Kind("rahdari-refusal+json", "gateway", tokens.read_refusal, {
        "spec": 1, **PLACE, "envelope": HASH, "name": "key_unknown", "refused_at": TEXT_AT}),
    "stub": Kind("rahdari-stub+json", "gateway", tokens.read_stub, {
        "spec": 1, "id": ID, **PLACE, "prev": PREV, "envelope": HASH, "recalled_by": OTHER, "at": TEXT_AT}),
    "statement": Kind("rahdari-statement+json", "clerk", tokens.read_statement, STATEMENT, 1024),
    "keys token": Kind("rahdari-keys+jwt", "office", tokens.read_keys_token, {
        "spec": 1, "node": "jp", "journal_origin": ORIGIN, "tls": HASH, "keys": {"keys": [one.jwk() for one in ALL]},
        "issued_at": TEXT_AT}),
    "node document": Kind("rahdari-node+jwt", "gateway", tokens.read_node_document, DOCUMENT),
    "request": Kind("rahdari-request+jwt", "gateway", tokens.read_request, {
        "iss": "pk", "aud": "jp", "m": "POST", "u": "/exchange/v1/envelopes", "b": HASH, "iat": 1764300000, "jti": OTHER}),
}  # fmt: skip

TEXTS = ("", "x", " ", "\0", "null", "x" * 5000)
NUMBERS = (0, 1, 2**53 - 1)
OTHERS = (True, False, [], {}, [None], {"keys": []}, None)
UUIDS = (ID.upper(), ID.replace("-", ""), f"{{{ID}}}", f"urn:uuid:{ID}", ID + "\n", ID[:-1])
NOT_SEVEN = (*UUIDS, THREAD, ID.replace("-8", "-c", 1), "00000000-0000-0000-0000-000000000000")
MOMENTS = (
    "2026-11-28T03:00:00Z",
    "2026-11-28T03:00:00.000000Z",
    "2026-02-30T00:00:00.000Z",
    "2026-11-28T24:00:00.000Z",
    TEXT_AT + "\n",
)
HASHES = (HASH + "=", HASH[:-1], HASH + "A", HASH[:-1] + "B", decode(HASH).hex(), HASH + "\n")
NODES = ("PK", "p", "pkk", "pk\n", "p1", "پک", "p k")
NULLABLE = {"in_reply_to", "consent", "tls"}
BY_MEMBER = {
    "spec": (*TEXTS, 0, 2, "1"), "id": (*TEXTS, *NUMBERS, *NOT_SEVEN), "from": (*TEXTS, *NUMBERS, *NODES),
    "seq": (*TEXTS, 0, "3"), "prev": (*TEXTS, *NUMBERS, *HASHES), "sent_at": (*TEXTS, *NUMBERS, *MOMENTS), "body": NUMBERS,
    "journal_size": (*TEXTS, 0, "3"), "name": (*TEXTS, *NUMBERS, "Malformed", *sorted(NAMES - FINAL)),
    "type": (*TEXTS, *NUMBERS, "notice/1", "notice.raised", "notice.raised/", "notice.raised/0", "notice.raised/01", "notice.raised/1.0",
             "notice.raised/-1", "Notice.raised/1", "notice.Raised/1", "notice.raised/1/1", ".raised/1", "notice./1", "notice.raised.x/1",
             "notice-raised/1", "notice.raised/1 ", "notice.raised/1\n", "notice.raised/١", "a" * 65 + ".b/1", "a.b/1234567"),
    "thread": (*TEXTS, *NUMBERS, *UUIDS), "in_reply_to": (*TEXTS, *NUMBERS, *UUIDS), "consent": (*TEXTS, *NUMBERS, *UUIDS),
    "marking": (*TEXTS, *NUMBERS), "language": (*TEXTS, *NUMBERS, "EN", "de", "en-GB"), "data": (*TEXTS, *NUMBERS),
    "journal_origin": (*TEXTS, *NUMBERS, "jp.example", "jp.example/rahdari", "/rahdari/jp", "jp.example/rahdari/jp/", "jp.example/rahdari/jp/0",
                       "jp.example/rahdari/jp/02", "jp.example/rahdari/JP", "https://jp.example/rahdari/jp", "j p/rahdari/jp", "j+p/rahdari/jp",
                       "جاپان/rahdari/jp", "jp.example/rahdari/jp/x", "jp.example/rahdari/jp/2/3", "jp.example/rahdari/jp\n"),
    "tls": (*TEXTS, *NUMBERS, *HASHES), "keys": (*TEXTS, *NUMBERS), "contact_point": (*TEXTS, *NUMBERS), "limits": (*TEXTS, *NUMBERS),
    "keys_token": NUMBERS, "types": (*TEXTS, *NUMBERS, [1], ["a/1", None], {"a": 1}),
    "m": (*TEXTS, *NUMBERS, "post", "POST ", "P0ST"), "u": ("", *NUMBERS), "jti": ("", "\0", "a\nb", "x" * 256, "\x7f", "\u200b", *NUMBERS),
    "iat": (*TEXTS, TEXT_AT, "1764300000"),
}  # fmt: skip
LIKE = {
    "to": "from", "node": "from", "iss": "from", "aud": "from", "envelope": "prev", "b": "prev", "stored_at": "sent_at", "refused_at": "sent_at",
    "at": "sent_at", "issued_at": "sent_at", "recalled_by": "id",
}  # fmt: skip


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=5,
)


def wrong_values(kind, member):
    if (kind, member) == ("node document", "name"):
        return [*TEXTS, *NUMBERS, *(one for one in OTHERS)]
    others = [one for one in OTHERS if not (one is None and member in NULLABLE)]
    if member in ("contact_point", "data"):
        others = [one for one in others if not isinstance(one, dict)]
    if member == "types":
        others = [one for one in others if one != []]
    return [*BY_MEMBER[LIKE.get(member, member)], *others]


WRONG = [
    pytest.param(kind, member, value, id=f"{kind}-{member}-{number}")
    for kind, one in KINDS.items()
    for member in one.told
    for number, value in enumerate(wrong_values(kind, member))
]
EACH = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def refuses(read, token):
    with pytest.raises(Fault) as refused:
        read(token)
    assert refused.value.name == "malformed"
    assert refused.value.detail
    return refused.value


@EACH
class TestEveryKind:
    def test_is_read_and_verifies(self, kind):
        token = kind.token()
        read = kind.read(token)
        assert (read.token, read.hash) == (token, digest(token))
        assert (read.jws.kid, read.jws.payload, read.jws.typ) == (KEYS[kind.role].public.kid, kind.payload(), kind.typ)
        jws.check(read.jws, KEYS[kind.role].public)

    def test_needs_each_member(self, kind):
        for member in kind.told:
            fault = refuses(kind.read, kind.token({name: value for name, value in kind.told.items() if name != member}))
            assert member in fault.detail

    def test_passes_over_members_it_does_not_know(self, kind):
        more = kind.told | {"unknown": {"from": "xx", "list": [None, "text"]}, "Id": 5, "": ""}
        assert kind.read(kind.token(more)).jws.payload == kind.payload(more)

    def test_takes_its_members_in_any_order(self, kind):
        kind.read(kind.token(dict(reversed(kind.told.items()))))

    def test_is_no_other_kind(self, kind):
        for other in KINDS.values():
            if other is not kind:
                refuses(other.read, kind.token())
                refuses(other.read, jws.sign(kind.payload(), KEYS[kind.role], other.typ))

    @pytest.mark.parametrize("payload", [b"", b" ", b"null", b"[]", b"1", b'"x"', b"{}", b"{", b"{}}", b"\xff", b"[" * 3000])
    def test_holds_an_object(self, kind, payload):
        payload += b" " * (-len(payload) % kind.pad)
        refuses(kind.read, jws.sign(payload, KEYS[kind.role], kind.typ))

    @pytest.mark.parametrize(
        "more",
        [
            b'"unknown":1.0', b'"unknown":-1', b'"unknown":-0', b'"unknown":1e3', b'"unknown":9007199254740992', b'"unknown":NaN',
            b'"unknown":"\\ud800"', b'"unknown":{"a":1,"a":1}', b'"unknown":' + b"[" * 64 + b"]" * 64, b'"unknown":1,"unknown":1',
            b'"unknown":"\xff"', b'"unknown":"\n"', b'"unknown":', b'"unknown":1,', b'"\\ud800":1', b'"unknown":01', b'"unknown":.5',
        ],
    )  # fmt: skip
    def test_is_the_protocols_json_also_where_it_is_passed_over(self, kind, more):
        raw = kind.payload().rstrip(b" ")[:-1] + b"," + more + b"}"
        raw += b" " * (-len(raw) % kind.pad)
        refuses(kind.read, jws.sign(raw, KEYS[kind.role], kind.typ))

    def test_says_no_member_twice(self, kind):
        for member, value in kind.told.items():
            raw = kind.payload().rstrip(b" ")[:-1] + b"," + write_json({member: value})[1:]
            raw += b" " * (-len(raw) % kind.pad)
            refuses(kind.read, jws.sign(raw, KEYS[kind.role], kind.typ))

    def test_goes_64_levels_deep(self, kind):
        for levels, fits in [(63, True), (64, False)]:
            raw = kind.payload().rstrip(b" ")[:-1] + b',"unknown":' + b"[" * levels + b"]" * levels + b"}"
            raw += b" " * (-len(raw) % kind.pad)
            token = jws.sign(raw, KEYS[kind.role], kind.typ)
            if fits:
                kind.read(token)
            else:
                refuses(kind.read, token)

    @pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", None, 5, [], {"envelope": 1}, "x" * 1000])
    def test_is_a_text_in_three_parts(self, kind, token):
        refuses(kind.read, token)

    @given(data=st.data())
    def test_refuses_each_flipped_bit(self, kind, data):
        parts = [decode(part) for part in kind.token().split(".")]
        which = data.draw(st.integers(0, 2))
        bit = data.draw(st.integers(0, len(parts[which]) * 8 - 1))
        bent = bytearray(parts[which])
        bent[bit // 8] ^= 1 << bit % 8
        parts[which] = bytes(bent)
        with pytest.raises(Fault) as refused:
            jws.check(kind.read(".".join(map(encode, parts))).jws, KEYS[kind.role].public)
        assert refused.value.name in ("malformed", "signature")


@EACH
@given(data=st.data())
def test_whatever_a_hostile_node_signs_is_read_or_is_a_fault(kind, data):
    told = deepcopy(kind.told)
    for member in data.draw(st.sets(st.sampled_from(sorted(told)), min_size=1, max_size=3)):
        told[member] = data.draw(ANYTHING)
    raw = json.dumps(told).encode()
    try:
        kind.read(jws.sign(raw + b" " * (-len(raw) % kind.pad), KEYS[kind.role], kind.typ))
    except Fault as fault:
        assert (fault.name, bool(fault.detail)) == ("malformed", True)


@pytest.mark.parametrize(("kind", "member", "value"), WRONG)
def test_refuses_a_member_of_another_kind(kind, member, value):
    one = KINDS[kind]
    # Some of these the writer would not write either: a hostile node writes what it likes.
    raw = json.dumps(one.told | {member: value}, ensure_ascii=False).encode()
    raw += b" " * (-len(raw) % one.pad)
    fault = refuses(one.read, jws.sign(raw, KEYS[one.role], one.typ))
    assert member in fault.detail or member in ("spec", "marking", "keys", "limits", "name")


@pytest.mark.parametrize(
    ("kind", "path", "values"),
    [
        ("statement", ("marking", "level"), ["", "Public", "TLP:RED", "secret", None, 1, [], ["public"]]),
        ("statement", ("marking", "bodies"), [None, "", "ISA", 1, {}, [1], ["ISA", None], [["ISA"]], True]),
        ("node document", ("limits", "tokens"), [0, None, "64", True, [], 2**53]),
        ("node document", ("limits", "blob_bytes"), [0, None, "64", False]),
        ("node document", ("name", "ja"), [None, 1, [], {}]),
        ("keys token", ("keys", "keys"), [None, {}, "", [], [None], [[]], ["key"], [{}]]),
    ],
)
def test_refuses_an_inner_member_of_another_kind(kind, path, values):
    one = KINDS[kind]
    outer, inner = path
    for value in values:
        told = deepcopy(one.told)
        told[outer][inner] = value
        raw = json.dumps(told).encode()
        refuses(one.read, jws.sign(raw + b" " * (-len(raw) % one.pad), KEYS[one.role], one.typ))
    told = deepcopy(one.told)
    del told[outer][inner]
    refuses(one.read, one.token(told))


class TestMembers:
    def test_of_an_envelope(self):
        read = tokens.read_envelope(KINDS["envelope"].token())
        assert (read.id, read.sender, read.receiver, read.seq, read.prev) == (UUID(ID), "pk", "jp", 3, PREV)
        assert (read.sent_at, read.body) == (AT, BODY)

    def test_of_a_receipt(self):
        read = tokens.read_receipt(KINDS["receipt"].token())
        assert (read.id, read.sender, read.receiver, read.seq, read.envelope) == (UUID(ID), "pk", "jp", 3, HASH)
        assert (read.stored_at, read.journal_size) == (AT, 12)

    def test_of_a_refusal(self):
        read = tokens.read_refusal(KINDS["refusal"].token())
        assert (read.sender, read.receiver, read.seq, read.envelope) == ("pk", "jp", 3, HASH)
        assert (read.name, read.refused_at) == ("key_unknown", AT)

    def test_of_a_stub(self):
        read = tokens.read_stub(KINDS["stub"].token())
        assert (read.id, read.sender, read.receiver, read.seq, read.prev) == (UUID(ID), "pk", "jp", 3, PREV)
        assert (read.envelope, read.recalled_by, read.at) == (HASH, UUID(OTHER), AT)

    def test_of_a_statement(self):
        read = tokens.read_statement(KINDS["statement"].token())
        assert (read.id, read.type, read.sender, read.receiver, read.thread) == (
            UUID(ID),
            "notice.raised/1",
            "pk",
            "jp",
            UUID(THREAD),
        )
        assert (read.in_reply_to, read.issued_at, read.level, read.bodies) == (None, AT, "contact_point", ())
        assert (read.consent, read.language, read.data) == (None, "ur", STATEMENT["data"])

    def test_of_a_keys_token(self):
        read = tokens.read_keys_token(KINDS["keys token"].token())
        assert (read.node, read.journal_origin, read.tls, read.keys, read.issued_at) == ("jp", ORIGIN, HASH, ALL, AT)

    def test_of_a_node_document(self):
        read = tokens.read_node_document(KINDS["node document"].token())
        assert (read.node, read.name, read.contact_point) == ("jp", DOCUMENT["name"], DOCUMENT["contact_point"])
        assert (read.journal_origin, read.keys_token, read.types) == (ORIGIN, KEYS_TOKEN, ("field.status/1",))
        assert (read.limits, read.issued_at) == (DOCUMENT["limits"], AT)

    def test_of_a_request(self):
        read = tokens.read_request(KINDS["request"].token())
        assert (read.iss, read.aud, read.method, read.target) == ("pk", "jp", "POST", "/exchange/v1/envelopes")
        assert (read.body_hash, read.iat, read.jti) == (HASH, 1764300000, OTHER)


MADE = {
    "envelope": lambda key: tokens.make_envelope(
        id=UUID(ID), sender="pk", receiver="jp", seq=3, prev=PREV, sent_at=AT, body=BODY, key=key),
    "receipt": lambda key: tokens.make_receipt(
        id=UUID(ID), sender="pk", receiver="jp", seq=3, envelope=HASH, stored_at=AT, journal_size=12, key=key),
    "refusal": lambda key: tokens.make_refusal(
        sender="pk", receiver="jp", seq=3, envelope=HASH, name="key_unknown", refused_at=AT, key=key),
    "stub": lambda key: tokens.make_stub(
        id=UUID(ID), sender="pk", receiver="jp", seq=3, prev=PREV, envelope=HASH, recalled_by=UUID(OTHER), at=AT, key=key),
    "statement": lambda key: tokens.make_statement(
        id=UUID(ID), type="notice.raised/1", sender="pk", receiver="jp", thread=UUID(THREAD), issued_at=AT, language="ur",
        data=STATEMENT["data"], key=key),
    "keys token": lambda key: tokens.make_keys_token(node="jp", journal_origin=ORIGIN, tls=HASH, keys=ALL, issued_at=AT, key=key),
    "node document": lambda key: tokens.make_node_document(
        key=key, issued_at=AT, **{name: DOCUMENT[name] for name in DOCUMENT if name not in ("spec", "issued_at")}),
    "request": lambda key: tokens.make_request(
        iss="pk", aud="jp", method="POST", target="/exchange/v1/envelopes", body=b"one", iat=1764300000, jti=OTHER, key=key),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
class TestMaking:
    def test_says_exactly_what_the_page_shows(self, name):
        kind = KINDS[name]
        made = MADE[name](KEYS[kind.role])
        assert made == kind.token()
        assert list(read_json(jws.split(made, kind.typ).payload)) == list(kind.told)

    def test_refuses_a_key_of_another_role(self, name):
        for role in ROLES:
            if role != KINDS[name].role:
                with pytest.raises((ValueError, Fault)):
                    MADE[name](KEYS[role])
