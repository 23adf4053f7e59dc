"""The worked examples of the published protocol: made anew from the keys on the page, read by Rahdari, read by the independent peer.

Three programs stand behind each value: `tests/make/protocol_forms.py`, `rahdari/seals` and `tests/exchange/peer`. None shares a line with another.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from types import SimpleNamespace

import jsonschema_rs
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from rahdari.domain.exchange.rules.keys import why_not_lifetimes
from rahdari.project.mailroom import MAILROOM
from rahdari.seals import jwe, jws, merkle, notes, tokens
from rahdari.seals.forms import decode, digest, encode, read_moment, write_json
from rahdari.seals.keys import private_key
from rahdari.seals.leaves import leaf_bytes
from tests.exchange.peer import forms as peer_forms
from tests.exchange.peer import journal as peer_journal
from tests.exchange.peer import letters, tree
from tests.exchange.peer import notes as peer_notes
from tests.exchange.peer import tokens as peer_tokens
from tests.exchange.peer.curve import Sealing, verifies
from tests.make.journals import alone, write
from tests.make.protocol_examples import BLOCK, FOLDER, as_json, filled, make, secrets_in

PAGE = (FOLDER / "examples.md").read_text(encoding="utf-8")
FILE = (FOLDER / "examples.json").read_text(encoding="utf-8")
SECRETS = secrets_in(PAGE)
VALUES = json.loads(FILE)["values"]
TOKENS = {name: value for name, value in VALUES.items() if "typ" in value}
SEALS = [name for name in VALUES if name.startswith("seal ")]
STATEMENTS = {name: value for name, value in TOKENS.items() if value["typ"] == tokens.STATEMENT}
ENVELOPES = {"1": "statement 1", "2": "outcome", "3": "key rolled", "4a": "recall", "4b": "recall"}


def key_of(label):
    """The key of a secret on the page, with the window its JWK states."""
    jwk = VALUES[f"key {label}"]["jwk"]
    kind = X25519PrivateKey if jwk["role"] == "sealing" else Ed25519PrivateKey
    return private_key(kind.from_private_bytes(SECRETS[label]), jwk["role"], jwk["nbf"], jwk["exp"])


def payload(name):
    return VALUES[name]["payload"]


class TestPage:
    def test_shows_what_follows_from_its_own_secrets(self):
        assert filled(PAGE, make(SECRETS), SECRETS) == PAGE

    def test_has_a_file_that_says_the_same(self):
        assert as_json(make(SECRETS), SECRETS) == FILE

    def test_shows_every_token_and_every_text_of_the_story(self):
        shown = {(found["name"], found["member"]) for found in BLOCK.finditer(PAGE)}
        expected = {(name, "token") for name in TOKENS} | {("seal 1", member) for member in VALUES["seal 1"]}
        expected -= {("seal 1", "sealed_to")}
        expected |= {(name, "text") for name in VALUES if name.startswith(("leaf", "seed"))}
        assert expected <= shown

    def test_has_no_block_that_is_nobodys(self):
        fences = re.findall(r"^```[a-z]+$", PAGE, re.MULTILINE)
        assert len(fences) == len(list(BLOCK.finditer(PAGE))) > 60

    @pytest.mark.parametrize("label", sorted(SECRETS))
    def test_depends_on_each_of_its_secrets(self, label):
        other = bytes([SECRETS[label][0] ^ 8]) + SECRETS[label][1:]
        assert as_json(make(SECRETS | {label: other}), SECRETS) != FILE


def signed_again(name):
    """The token, signed by `rahdari.seals` with the secret the page names."""
    value, told = VALUES[name], payload(name)
    padded = b" " * (-len(write_json(told)) % tokens.PAD) if name in STATEMENTS else b""
    return jws.sign(write_json(told) + padded, key_of(value["signed_by"]), value["typ"])


READERS = {
    "rahdari-keys+jwt": tokens.read_keys_token,
    "rahdari-node+jwt": tokens.read_node_document,
    "rahdari-statement+json": tokens.read_statement,
    "rahdari-envelope+json": tokens.read_envelope,
    "rahdari-receipt+json": tokens.read_receipt,
    "rahdari-refusal+json": tokens.read_refusal,
    "rahdari-stub+json": tokens.read_stub,
    "rahdari-request+jwt": tokens.read_request,
}


class TestByRahdari:
    @pytest.mark.parametrize("name", TOKENS)
    def test_a_token_is_read_and_its_signature_holds(self, name):
        read = READERS[TOKENS[name]["typ"]](TOKENS[name]["token"])
        jws.check(read.jws, key_of(TOKENS[name]["signed_by"]).public)
        assert read.hash == TOKENS[name]["hash"] == digest(read.token)
        assert read.jws.kid == VALUES[f"key {TOKENS[name]['signed_by']}"]["kid"]

    @pytest.mark.parametrize("name", TOKENS)
    def test_a_token_is_signed_to_the_same_bytes(self, name):
        assert signed_again(name) == TOKENS[name]["token"]

    def test_the_keys_of_a_token_are_those_on_the_page(self):
        read = tokens.read_keys_token(VALUES["keys token xa"]["token"])
        assert {key.kid for key in read.keys} == {key_of(f"xa {key.role}").public.kid for key in read.keys}
        assert len(read.keys) == 5
        at = read_moment("2026-11-25T01:00:00.000Z")
        assert tokens.why_not_keys(read, at) == why_not_lifetimes(read.keys) == []

    def test_the_rolled_keys_leave_one_key_of_each_role(self):
        read = tokens.read_keys_token(VALUES["keys token xa 2"]["token"])
        data = payload("key rolled")["data"]
        assert tokens.why_not_keys(read, read_moment(data["at"])) == []
        assert data["keys_token"] == read.token and data["retire"] == [key_of("xa gateway").public.kid]
        assert read.named(key_of("xa gateway 2").public.kid, "gateway")

    def test_the_document_hangs_on_its_keys_token(self):
        read = tokens.read_node_document(VALUES["node document"]["token"])
        keys = tokens.read_keys_token(read.keys_token)
        assert (keys.node, keys.journal_origin) == (read.node, read.journal_origin)
        assert keys.named(read.jws.kid, "gateway")
        assert keys.office.kid == VALUES["key xa office"]["kid"]

    @pytest.mark.parametrize("name", STATEMENTS)
    def test_a_statement_is_padded_and_signed_by_the_role_of_its_type(self, name):
        read = tokens.read_statement(STATEMENTS[name]["token"])
        assert len(read.jws.payload) == STATEMENTS[name]["payload_bytes"]
        assert STATEMENTS[name]["signed_by"] == f"{read.sender} {read.role}"

    @pytest.mark.parametrize("name", STATEMENTS)
    def test_a_statement_is_in_the_shape_of_its_type(self, name):
        read = tokens.read_statement(STATEMENTS[name]["token"])
        jsonschema_rs.validate(dict(MAILROOM.schemas[read.type]), read.data)
        assert MAILROOM.why_not_shape(read.type, read.data) == []

    @pytest.mark.parametrize("number", ENVELOPES)
    def test_a_seal_opens_to_its_statement(self, number):
        envelope = tokens.read_envelope(VALUES[f"envelope {number}"]["token"])
        assert envelope.body == VALUES[f"seal {number}"]["token"]
        way = {"sender": envelope.sender, "receiver": envelope.receiver, "cty": tokens.STATEMENT}
        opened = jwe.open_seal(envelope.body, key_of(VALUES[f"seal {number}"]["sealed_to"]), **way)
        assert opened.decode() == VALUES[ENVELOPES[number]]["token"]
        read = tokens.read_statement(opened)
        assert (read.id, read.sender, read.receiver) == (envelope.id, envelope.sender, envelope.receiver)
        assert read.issued_at <= envelope.sent_at

    def test_the_steps_of_the_seal_are_those_of_the_derivation(self):
        value = VALUES["seal 1"]
        shared = key_of("xb sealing").agree(decode(json.loads(value["header"])["epk"]["x"]))
        assert shared.hex() == value["shared_secret"]
        assert jwe.concat_kdf(shared, b"ECDH-ES+A256KW", b"xa", b"xb", 256).hex() == value["wrapping_key"]
        assert value["token"].split(".")[0] == encode(value["header"].encode())
        assert value["token"].split(".")[2] == encode(SECRETS["seal 1 iv"])

    @pytest.mark.parametrize("frm,to", [("xa", "xb"), ("xb", "xa")])
    def test_a_stream_begins_at_its_seed(self, frm, to):
        assert tokens.seed(frm, to) == VALUES[f"seed {frm} to {to}"]["hash"]

    def test_the_places_of_a_stream_hang_together(self):
        assert payload("envelope 1")["prev"] == VALUES["seed xa to xb"]["hash"]
        assert payload("envelope 2")["prev"] == VALUES["seed xb to xa"]["hash"]
        assert payload("envelope 3")["prev"] == VALUES["envelope 1"]["hash"]
        assert payload("envelope 4a")["prev"] == payload("envelope 4b")["prev"] == VALUES["envelope 3"]["hash"]
        assert [payload(f"envelope {number}")["seq"] for number in ENVELOPES] == [1, 1, 2, 3, 3]

    @pytest.mark.parametrize("number", ["1", "2", "3"])
    def test_a_receipt_is_for_its_envelope(self, number):
        receipt = tokens.read_receipt(VALUES[f"receipt {number}"]["token"])
        envelope = tokens.read_envelope(VALUES[f"envelope {number}"]["token"])
        assert (receipt.sender, receipt.receiver, receipt.seq) == (envelope.sender, envelope.receiver, envelope.seq)
        assert receipt.envelope == envelope.hash and receipt.stored_at >= envelope.sent_at

    def test_the_outcome_names_what_it_answers(self):
        data = payload("outcome")["data"]
        assert (data["of"], data["statement"]) == (payload("statement 1")["id"], VALUES["statement 1"]["hash"])
        assert data["envelope"] == VALUES["envelope 1"]["hash"]

    def test_the_request_is_for_its_body(self):
        value = VALUES["request"]
        read = tokens.read_request(value["token"])
        assert read.body_hash == digest(value["body"])
        assert json.loads(value["body"]) == {"envelopes": [VALUES["envelope 1"]["token"]]}
        assert value["header"] == f"Authorization: Rahdari {read.token}"
        told = {"iss": "xa", "aud": "xb", "method": "POST", "target": "/exchange/v1/envelopes", "body": value["body"].encode()}
        assert tokens.make_request(**told, iat=read.iat, jti=read.jti, key=key_of("xa gateway")) == read.token

    def test_the_stub_stands_for_the_envelope_inside_and_outside(self):
        stub = tokens.read_stub(VALUES["stub"]["token"])
        envelope = tokens.read_envelope(VALUES["envelope 1"]["token"])
        assert (stub.id, stub.seq, stub.prev, stub.envelope) == (envelope.id, envelope.seq, envelope.prev, envelope.hash)
        told = payload("recall")["data"]["stubs"][0]
        assert told == {name: payload("stub")[name] for name in ("id", "seq", "envelope", "prev")} | {"stub": stub.token}
        assert str(stub.recalled_by) == payload("recall")["id"]

    def test_the_refusal_is_of_the_envelope_under_the_new_key(self):
        refused = VALUES["envelope 4a"]
        read = tokens.read_refusal(VALUES["refusal"]["token"])
        assert read.envelope == refused["hash"] and (read.sender, read.receiver, read.seq) == tokens.addressed(refused["token"])
        known = tokens.read_keys_token(VALUES["keys token xa"]["token"])
        assert known.named(tokens.read_envelope(refused["token"]).jws.kid, "gateway") is None
        assert json.loads(VALUES["answer 4a"]["body"])["problem"]["refusal"] == read.token


LEAVES = [("0", "sent", "1", "statement 1"), ("1", "received", "2", "outcome"), ("2", "sent", "3", "key rolled")]
LEAVES += [("0 of xb", "received", "1", "statement 1")]


def hashes():
    return [merkle.leaf_hash(VALUES[f"leaf {index}"]["text"].encode()) for index in range(3)]


def fetch(names):
    nodes = {(level, index): value for level, index, value in merkle.completed_by(0, hashes(), lambda asked: {})}
    return {name: nodes[name] for name in names}


class TestJournalByRahdari:
    @pytest.mark.parametrize("index,way,number,statement", LEAVES)
    def test_a_leaf_is_made_to_the_byte(self, index, way, number, statement):
        told = payload(f"envelope {number}")
        place = told["from"], told["to"], told["seq"]
        receipt = VALUES[f"receipt {number}"]
        opened = VALUES[statement]["token"].encode()
        stored_at = receipt["payload"]["stored_at"]
        data = leaf_bytes(way, *place, VALUES[f"envelope {number}"]["token"], opened, receipt["token"], stored_at)
        assert data.decode() == VALUES[f"leaf {index}"]["text"]
        assert merkle.leaf_hash(data).hex() == VALUES[f"leaf {index}"]["hash"]

    def test_the_tree_has_this_root_and_these_proofs(self):
        told = VALUES["tree"]
        assert merkle.root(3, fetch).hex() == told["root"] and fetch([(1, 0)])[1, 0].hex() == told["inner_node"]
        assert [encode(one) for one in merkle.inclusion_proof(0, 3, fetch)] == told["inclusion_of_leaf_0"]
        assert [encode(one) for one in merkle.consistency_proof(2, 3, fetch)] == told["consistency_from_2"]

    def test_the_checkpoint_and_the_cosignature_are_made_to_the_byte(self):
        journal, witness = key_of("xa journal"), key_of("xb journal")
        point = notes.Checkpoint("xa.example/rahdari/xa", 3, bytes.fromhex(VALUES["tree"]["root"]))
        assert point.body() == VALUES["checkpoint"]["text"]
        assert notes.make_note(point, journal) == VALUES["checkpoint"]["note"]
        note = notes.read_note(VALUES["checkpoint"]["note"])
        assert notes.verify_log(note, journal.public, "xa.example/rahdari/xa")
        at = dt.datetime.fromtimestamp(VALUES["cosignature"]["time"], dt.UTC)
        assert notes.cosign(note, "xb.example/rahdari/xb", witness, at) == VALUES["cosignature"]["line"]
        asked = notes.make_add_checkpoint(2, merkle.consistency_proof(2, 3, fetch), VALUES["checkpoint"]["note"])
        assert asked == VALUES["add-checkpoint"]["body"]

    def test_the_verifier_finds_the_journal_whole_under_the_fingerprints_of_the_page(self, tmp_path):
        xa, xb = ([VALUES[f"keys token {one}"]["token"] for one in names] for names in (("xa", "xa 2"), ("xb",)))
        witness = {"node": "xb", "name": "xb.example/rahdari/xb", "keys_tokens": xb}
        head = {"kind": "keys", "node": "xa", "journal_origin": "xa.example/rahdari/xa", "keys_tokens": xa}
        leaves = [
            {"kind": "leaf", "index": index, "data": encode(VALUES[f"leaf {index}"]["text"].encode())} for index in range(3)
        ]
        note = {"kind": "checkpoint", "note": VALUES["checkpoint"]["note"] + VALUES["cosignature"]["line"]}
        file = write(tmp_path / "xa.ndjson", [head | {"witnesses": [witness]}, *leaves, note])
        pins = [word for node in ("xa", "xb") for word in ("--fingerprint", VALUES[f"key {node} office"]["kid"])]
        code, said = alone(tmp_path)(file, *pins)
        assert (code, said.splitlines()[-1]) == (0, "whole; authenticated")
        assert "independent witnesses: 1; xb up to 3 leaves" in said


def public(label):
    return decode(VALUES[f"key {label}"]["jwk"]["x"])


def known_to_peer(label):
    """What the peer asks of its list of keys: this one, in force."""
    key = SimpleNamespace(x=public(label))
    return SimpleNamespace(find=lambda role, kid: key, fits=lambda key, at: True)


class TestByThePeer:
    @pytest.mark.parametrize("name", TOKENS)
    def test_a_token_is_read_and_its_signature_holds(self, name):
        read = peer_tokens.read_jws(TOKENS[name]["token"], TOKENS[name]["typ"])
        assert read.payload == TOKENS[name]["payload"] and read.signed_by(public(TOKENS[name]["signed_by"]))
        assert peer_forms.h(read.token) == TOKENS[name]["hash"]

    @pytest.mark.parametrize("name", SEALS)
    def test_a_seal_opens(self, name):
        number = name.removeprefix("seal ")
        told = payload(f"envelope {number}")
        key = Sealing(SECRETS[VALUES[name]["sealed_to"]])
        opened = peer_tokens.unseal(VALUES[name]["token"], tokens.STATEMENT, told["from"], told["to"], lambda kid: key)
        assert opened.decode() == VALUES[ENVELOPES[number]]["token"]

    @pytest.mark.parametrize("number", ["1", "2", "3"])
    def test_a_receipt_holds(self, number):
        receipt, envelope = VALUES[f"receipt {number}"], VALUES[f"envelope {number}"]["token"]
        assert letters.read_receipt(receipt["token"], envelope, known_to_peer(receipt["signed_by"]))

    def test_the_refusal_and_the_stub_hold(self):
        assert letters.read_refusal(VALUES["refusal"]["token"], VALUES["envelope 4a"]["token"], known_to_peer("xb gateway"))
        assert letters.hash_of(letters.read_envelope(VALUES["stub"]["token"])) == VALUES["envelope 1"]["hash"]

    @pytest.mark.parametrize("index,way,number,statement", LEAVES)
    def test_a_leaf_is_the_same(self, index, way, number, statement):
        told, receipt = payload(f"envelope {number}"), VALUES[f"receipt {number}"]
        place = told["from"], told["to"], told["seq"], VALUES[f"envelope {number}"]["hash"]
        opened = VALUES[statement]["token"].encode()
        data = peer_journal.leaf(way, *place, opened, receipt["token"], receipt["payload"]["stored_at"])
        assert data.decode() == VALUES[f"leaf {index}"]["text"]

    def test_the_proofs_lead_to_the_root(self):
        told, leaves = VALUES["tree"], hashes()
        root = bytes.fromhex(told["root"])
        assert tree.root(leaves) == root
        assert tree.includes(leaves[0], 0, 3, [decode(one) for one in told["inclusion_of_leaf_0"]], root)
        proof = [decode(one) for one in told["consistency_from_2"]]
        assert tree.consistent(2, bytes.fromhex(told["inner_node"]), 3, root, proof)

    def test_the_notes_hold(self):
        point = peer_notes.read_checkpoint(VALUES["checkpoint"]["note"] + VALUES["cosignature"]["line"])
        assert point.signed_by("xa.example/rahdari/xa", public("xa journal"))
        assert point.cosigned_by("xb.example/rahdari/xb", public("xb journal"))
        signature = peer_notes.unb64(VALUES["cosignature"]["line"].split()[2])[12:]
        assert verifies(public("xb journal"), VALUES["cosignature"]["message"].encode(), signature)
