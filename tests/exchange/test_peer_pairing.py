"""The pairing ceremony (section 1): what a document must prove, and that nothing is paired by one that does not."""

from __future__ import annotations

import pytest

from tests.exchange.peer.answers import Answer
from tests.exchange.peer.client import request_members, send, sign_request
from tests.exchange.peer.curve import Signing, thumbprint
from tests.exchange.peer.forms import Malformed, b64u, write_json
from tests.exchange.peer.keys import Ring, new_key, read_node_document
from tests.exchange.peer.tokens import NODE_DOCUMENT, compact, jws, peek

pytest_plugins = "tests.exchange.peer.stage"


@pytest.fixture
def stranger(counterpart):
    """A state that asks to be paired with a document of our making; its right one is back afterwards."""
    if not hasattr(counterpart, "stranger"):
        counterpart.stranger = counterpart.fresh_peer()
    peer = counterpart.stranger
    ring = peer.ring
    yield peer
    peer.ring, peer.document = ring, None
    peer.document_changes.clear()
    peer.manners.clear()


def refuses(counterpart, peer, fingerprint=None):
    """The ceremony fails, with words, and the state is a stranger still."""
    try:
        with pytest.raises(Malformed) as refusal:
            counterpart.add(peer, fingerprint)
    except BaseException:
        del counterpart.stranger  # it is none any more: the next case takes another
        raise
    assert str(refusal.value).strip(), "it must say why"
    assert "Traceback" not in str(refusal.value)
    members = request_members(
        peer.node, counterpart.node, "GET", f"/exchange/v1/streams/{peer.node}/{counterpart.node}/head", b""
    )
    token = sign_request(members, peer.ring["gateway"])
    assert send(counterpart.url, "GET", members["u"], b"", {"Authorization": f"Rahdari {token}"}).status == 401


def keys_of(peer):
    return [key.jwk() for key in peer.ring.by_label.values()]


def with_keys(peer, change=lambda keys: None, signer=None, **changes):
    """A document whose keys token is spoilt, everything around it right."""
    keys = keys_of(peer)
    found = change(keys)
    keys = keys if found is None else found
    node, origin = changes.pop("node", peer.node), changes.pop("journal_origin", peer.journal.origin)
    token = peer.ring.keys_token(node, origin, signer, **{"keys": {"keys": keys}, **changes})
    peer.document_changes["keys_token"] = token


def entry(keys, role):
    return next(key for key in keys if key["role"] == role)


def put(whose, **changes):
    return lambda keys: entry(keys, whose).update(changes)


def drop(role, name):
    return lambda keys: entry(keys, role).pop(name)


def bad_key(x):
    data = bytes.fromhex(x)
    return put("clerk", x=b64u(data), kid=thumbprint("Ed25519", data))


def two_roles(keys):
    twin = dict(entry(keys, "gateway"))
    keys.append({**twin, "role": "journal", "nbf": 1, "exp": 2})


KEYS = {
    "a private member": put("clerk", d=b64u(bytes(32))),
    "a private sealing key": put("sealing", d=b64u(bytes(32))),
    "a kid that is no thumbprint": put("clerk", kid="clerk-1"),
    "the kid of another key": lambda keys: entry(keys, "clerk").update(kid=entry(keys, "journal")["kid"]),
    "kty EC": put("clerk", kty="EC"),
    "crv Ed448": put("clerk", crv="Ed448"),
    "a sealing key that signs": lambda keys: entry(keys, "sealing").update(
        {**new_key("clerk").jwk(), "role": "sealing", "exp": entry(keys, "sealing")["exp"], "nbf": entry(keys, "sealing")["nbf"]}
    ),
    "a clerk that seals": lambda keys: entry(keys, "clerk").update({**new_key("sealing", -1, 80).jwk(), "role": "clerk"}),
    "x too short": put("clerk", x=b64u(bytes(31))),
    "x padded": lambda keys: entry(keys, "clerk").update(x=entry(keys, "clerk")["x"] + "="),
    "a key of small order": bad_key("00" * 32),
    "the neutral key": bad_key("01" + "00" * 31),
    "a key that is not canonical": bad_key("ed" + "ff" * 30 + "7f"),
    "a key that is no point": bad_key("02" + "00" * 31),
    "an unknown role": put("clerk", role="postman"),
    "no role": drop("clerk", "role"),
    "no nbf": drop("clerk", "nbf"),
    "no exp": drop("clerk", "exp"),
    "no kid": drop("clerk", "kid"),
    "a window that is a text": put("clerk", nbf="2026-01-01T00:00:00.000Z"),
    "a window that ends before it begins": put("clerk", exp=1),
    "one key in two roles": two_roles,
    "no clerk": lambda keys: [key for key in keys if key["role"] != "clerk"],
    "no gateway": lambda keys: [key for key in keys if key["role"] != "gateway"],
    "no journal": lambda keys: [key for key in keys if key["role"] != "journal"],
    "no sealing": lambda keys: [key for key in keys if key["role"] != "sealing"],
    "no office key": lambda keys: [key for key in keys if key["role"] != "office"],
    "two clerks in force": lambda keys: [*keys, new_key("clerk").jwk()],
    "two offices in force": lambda keys: [*keys, new_key("office").jwk()],
    "three sealing keys in force": lambda keys: [*keys, new_key("sealing", -1, 80).jwk(), new_key("sealing", -2, 80).jwk()],
    "a sealing key for 100 days": lambda keys: [*keys, new_key("sealing", 300, 400).jwk()],
    "no keys at all": lambda keys: [],
    "keys that are no objects": lambda keys: ["x"],
}
TOKEN = {
    "spec 2": {"spec": 2},
    "another node": {"node": "zz"},
    "a node in large letters": {"node": "XX"},
    "another origin": {"journal_origin": "elsewhere.example/rahdari/zz"},
    "no origin": {"journal_origin": None},
    "keys that are no set": {"keys": []},
    "tls that is no hash": {"tls": "x"},
    "no time": {"issued_at": None},
    "a time without digits": {"issued_at": "2026-01-01T00:00:00Z"},
}
DOCUMENT = {
    "spec 2": {"spec": 2},
    "another node": {"node": "zz"},
    "node null": {"node": None},
    "another origin": {"journal_origin": "elsewhere.example/rahdari/zz"},
    "no keys token": {"keys_token": None},
    "a keys token that is none": {"keys_token": "x.y.z"},
    "no name": {"name": None},
    "a name in one language": {"name": {"en": "Invented"}},
    "no contact point": {"contact_point": None},
    "types that are no list": {"types": "all"},
    "no types": {"types": None},
    "no limits": {"limits": None},
    "limits as text": {"limits": {"tokens": "64", "bytes": "x", "token_bytes": "x", "blob_bytes": "x"}},
    "limits lacking one": {"limits": {"tokens": 64}},
    "no time": {"issued_at": None},
    "a time without digits": {"issued_at": "2026-01-01T00:00:00Z"},
}


class TestFingerprint:
    @pytest.mark.parametrize("case", ["of another state", "of the gateway", "too short", "in hex", "a word"])
    def test_that_is_not_the_office_keys_is_refused(self, counterpart, stranger, case):
        fingerprint = {
            "of another state": Signing().kid,
            "of the gateway": stranger.ring["gateway"].kid,
            "too short": stranger.fingerprint[:-1],
            "in hex": "ab" * 32,
            "a word": "fingerprint",
        }[case]
        refuses(counterpart, stranger, fingerprint)


class TestKeysToken:
    @pytest.mark.parametrize("case", KEYS)
    def test_with_these_keys_is_refused(self, counterpart, stranger, case):
        with_keys(stranger, KEYS[case])
        refuses(counterpart, stranger)

    @pytest.mark.parametrize("case", TOKEN)
    def test_with_these_members_is_refused(self, counterpart, stranger, case):
        with_keys(stranger, **TOKEN[case])
        refuses(counterpart, stranger)

    @pytest.mark.parametrize("label", ["clerk", "gateway", "journal"])
    def test_signed_by_another_role_is_refused(self, counterpart, stranger, label):
        with_keys(stranger, signer=stranger.ring[label])
        refuses(counterpart, stranger)

    def test_signed_by_another_role_is_refused_even_under_its_fingerprint(self, counterpart, stranger):
        with_keys(stranger, signer=stranger.ring["clerk"])
        refuses(counterpart, stranger, stranger.ring["clerk"].kid)

    def test_of_another_state_is_refused(self, counterpart, stranger):
        stranger.document_changes["keys_token"] = Ring().keys_token(stranger.node, stranger.journal.origin)
        refuses(counterpart, stranger)

    def test_spoilt_is_refused(self, counterpart, stranger):
        token = stranger.ring.keys_token(stranger.node, stranger.journal.origin)
        stranger.document_changes["keys_token"] = f"{token.rpartition('.')[0]}.{b64u(bytes(64))}"
        refuses(counterpart, stranger)

    def test_under_an_office_key_that_has_ended_is_refused(self, counterpart, stranger):
        ended = new_key("office", -400, -1)
        stranger.ring.by_label["office_ended"] = ended
        with_keys(stranger, signer=ended)
        refuses(counterpart, stranger, ended.kid)
        del stranger.ring.by_label["office_ended"]


class TestDocument:
    @pytest.mark.parametrize("case", DOCUMENT)
    def test_with_these_members_is_refused(self, counterpart, stranger, case):
        stranger.document_changes.update(DOCUMENT[case])
        refuses(counterpart, stranger)

    @pytest.mark.parametrize("label", ["office", "clerk", "journal", "strange", "gateway_recent"])
    def test_signed_by_another_key_is_refused(self, counterpart, stranger, label):
        key = new_key("gateway") if label == "strange" else stranger.ring[label]
        payload = write_json(peek(stranger.node_document()))
        stranger.document = jws(payload, NODE_DOCUMENT, key.secret)
        refuses(counterpart, stranger)

    @pytest.mark.parametrize(
        "changes", [{"alg": "none"}, {"typ": "JWT"}, {"crit": []}, {"alg": "Ed25519"}, {"kid": None}], ids=str
    )
    def test_with_another_header_is_refused(self, counterpart, stranger, changes):
        key = stranger.ring["gateway"]
        header = write_json({"alg": "EdDSA", "typ": NODE_DOCUMENT, "kid": key.kid, **changes})
        stranger.document = compact(header, write_json(peek(stranger.node_document())), key.secret.sign)
        refuses(counterpart, stranger)

    def test_with_a_spoilt_signature_is_refused(self, counterpart, stranger):
        stranger.document = f"{stranger.node_document().rpartition('.')[0]}.{b64u(bytes(64))}"
        refuses(counterpart, stranger)

    @pytest.mark.parametrize("text", ["", "x", "{}", "a.b.c", "<html></html>"], ids=repr)
    def test_that_is_none_is_refused(self, counterpart, stranger, text):
        stranger.document = text
        refuses(counterpart, stranger)

    def test_of_the_node_itself_is_refused(self, counterpart):
        with pytest.raises(Malformed):
            counterpart.add(counterpart, counterpart.fingerprint)


class TestAnswers:
    ANSWERS = {
        "404": Answer(404, b"nothing here", "text/plain"),
        "500": Answer(500, b"", "text/plain"),
        "503": Answer(503, b"", "text/plain"),
        "JSON": Answer(200, b'{"node":"xa"}'),
        "ten million letters": Answer(200, b"x" * 10_000_000, "application/jose"),
        "bytes": Answer(200, bytes(range(256)) * 10, "application/jose"),
    }

    @pytest.mark.parametrize("case", ANSWERS)
    def test_that_are_no_document_are_refused(self, counterpart, stranger, case):
        stranger.manners.append(lambda call, proper: self.ANSWERS[case] if call.method == "GET" else None)
        refuses(counterpart, stranger)

    def test_that_do_not_come_are_refused(self, counterpart, stranger):
        stranger.served.down()
        try:
            with pytest.raises((Malformed, OSError)):
                counterpart.add(stranger)
        finally:
            stranger.served.up()

    @pytest.mark.nodes
    def test_from_elsewhere_than_loopback_must_be_encrypted(self, real_node):
        done = real_node.command("partner", "add", "http://192.0.2.1:8000", "--fingerprint", Signing().kid)
        assert done.returncode != 0 and "Traceback" not in done.stderr


class TestPaired:
    CHANGES = {
        "unknown members": {"note": {"of": ["a later version"]}},
        "types nobody knows": {"types": ["exchange.outcome/1", "weather.told/3"]},
        "other limits": {"limits": {"tokens": 8, "bytes": 2**20, "token_bytes": 2**19, "blob_bytes": 2**20}},
    }

    @pytest.mark.parametrize("case", CHANGES)
    def test_by_a_document_with(self, counterpart, case):
        peer = counterpart.fresh_peer()
        peer.document_changes.update(self.CHANGES[case])
        link = counterpart.link(peer)
        link.taken_up(link.draft())

    def test_with_an_old_office_key_named_beside_the_one_in_force(self, counterpart):
        peer = counterpart.fresh_peer()
        peer.ring.by_label["office_old"] = new_key("office", -900, -400)
        link = counterpart.link(peer)
        link.taken_up(link.draft())

    def test_keys_in_a_later_document_are_not_used(self, own_link):
        link = own_link
        link.peer.ring.by_label["gateway_next"] = new_key("gateway", -1)
        del link.peer.ring.by_label["gateway_coming"]
        link.refused(link.draft(key="gateway_next"), "key_unknown", final=True)
        link.taken_up(link.draft())

    def test_the_document_of_the_other_side_is_proven_by_its_fingerprint(self, counterpart):
        answer = counterpart.get("/.well-known/rahdari-node")
        assert answer.status == 200 and answer.type.partition(";")[0] == "application/jose"
        signed, keys = read_node_document(answer.body.decode("ascii"), counterpart.fingerprint)
        assert keys.node == counterpart.node
        limits = signed.payload["limits"]
        assert limits == {"tokens": 64, "bytes": 4 * 2**20, "token_bytes": 2**20, "blob_bytes": 20 * 2**20}
        assert keys.origin.partition("/rahdari/")[2] == counterpart.node
        assert set(peek(signed.payload["keys_token"])) >= {"spec", "node", "journal_origin", "tls", "keys", "issued_at"}
