"""What only the peer can be asked for: a restored sender, the end of a fork, a full disk, and its own journal as evidence."""

from __future__ import annotations

import pytest

from tests.exchange.peer.answers import Refused
from tests.exchange.peer.forms import sha_hex
from tests.exchange.peer.journal import read_export
from tests.exchange.peer.letters import read_receipt
from tests.exchange.peer.link import until
from tests.exchange.peer.outgoing import Outgoing
from tests.exchange.peer.peer import Peer
from tests.exchange.peer.schemas import SCHEMAS, example, faults, fit
from tests.exchange.peer.tree import leaf_hash, root

pytest_plugins = "tests.exchange.peer.stage"


@pytest.fixture
def two():
    """Two peers that send and answer by themselves."""
    peers = Peer("xa", automatic=True), Peer("xb", automatic=True)
    for one, other in (peers, peers[::-1]):
        one.pair(other.url, other.fingerprint)
    yield peers
    for peer in peers:
        peer.close()


def say(peer, to, count=1):
    partner = peer.partners[to]
    before = len(partner.outcomes)
    for _ in range(count):
        peer.say(to, "request.asked/1", example("request.asked/1"))
    until(lambda: len(partner.outcomes) >= before + count, "the outcomes")
    return partner


class TestTwoPeers:
    def test_take_up_each_statement_once_and_both_journals_agree(self, two):
        first, second = two
        partner = say(first, "xb", 5)
        say(second, "xa", 5)
        until(lambda: not second.partners["xa"].outgoing.undelivered, "all receipts")
        until(lambda: not partner.outgoing.undelivered, "all receipts")
        assert partner.outgoing.alarms == [] == second.partners["xa"].outgoing.alarms
        leaves = [{line: data for data in peer.journal.leaves if (line := data.split(b"\n")[2])} for peer in two]
        assert set(leaves[0]) == set(leaves[1])
        for line, data in leaves[0].items():
            mine, theirs = data.split(b"\n"), leaves[1][line].split(b"\n")
            assert mine[2:] == theirs[2:] and {mine[1], theirs[1]} == {b"sent", b"received"}

    def test_a_restored_sender_takes_its_own_envelopes_back(self, two):
        first, second = two
        partner = say(first, "xb", 3)
        held = partner.outgoing.places
        fresh = Outgoing("xa", "xb", partner.known, first.is_mine, partner.outgoing.sign)
        with first.lock:
            partner.outgoing, partner.asked = fresh, False
        until(lambda: partner.asked, "the heads")
        assert [place.token for place in fresh.places] == [place.token for place in held]
        assert all(place.receipts for place in fresh.places) and partner.lost == [1, 2, 3]
        say(first, "xb")
        assert len(second.partners["xa"].incoming.held) == 4

    def test_exports_its_journal_as_evidence(self, two, tmp_path):
        first, _ = two
        say(first, "xb", 2)
        until(lambda: first.partners["xb"].cosigned, "a cosignature")
        path = tmp_path / "journal"
        first.journal.export(path, "xa", first.partners["xb"].keys_tokens, [])
        head, leaves, notes = read_export(path)
        assert head["journal_origin"] == first.journal.origin and leaves == first.journal.leaves[: len(leaves)]
        assert notes and notes[-1].root == root([leaf_hash(data) for data in leaves[: notes[-1].size]])


class TestForkOfThePeer:
    @pytest.mark.parametrize("kept", ["stored", "rival"])
    def test_ends_with_the_kept_one(self, peer_opposite, kept):
        link = peer_opposite.link()
        held, rival = link.draft(), link.draft()
        first = link.accepted(held)
        link.refused(rival, "fork", final=False)
        keep = held if kept == "stored" else rival
        peer_opposite.me.resume(link.peer.node, keep.hash)
        receipt = link.post(keep).receipts[0]
        read_receipt(receipt, keep.token, link.partner.known)
        assert (receipt == first) is (keep is held)
        link.taken_up(link.draft())


class TestBlobsOfThePeer:
    def test_a_full_disk_is_507(self, peer_opposite):
        link, me = peer_opposite.link(), peer_opposite.me
        limit, me.blobs_limit = me.blobs_limit, 0
        body = b"invented"
        answer = link.call("PUT", f"/exchange/v1/blobs/{sha_hex(body)}", body)
        me.blobs_limit = limit
        assert (answer.status, answer.problem) == (507, "quota")


class TestSchemas:
    @pytest.mark.parametrize("type", ["request.asked/1", "notice.raised/1", "accord.proposed/1"])
    def test_accept_the_examples(self, type):
        assert faults(SCHEMAS[type], example(type)) == []

    @pytest.mark.parametrize(
        "schema,value",
        [
            ({"type": "object", "required": ["a"]}, {}),
            ({"properties": {"a": {"enum": [1]}}}, {"a": 2}),
            ({"type": "array", "minItems": 1}, []),
            ({"anyOf": [{"type": "null"}, {"$ref": "#/$defs/a"}], "$defs": {"a": {"type": "integer"}}}, "x"),
            ({"type": "string", "pattern": "^a$"}, "b"),
            ({"type": "integer"}, True),
        ],
    )
    def test_find_what_breaks_them(self, schema, value):
        assert faults(schema, value) != []

    def test_fit_what_is_given(self):
        schema = {"type": "object", "required": ["a", "b"], "properties": {"a": {"enum": [1]}, "b": {"type": ["null", "string"]}}}
        assert fit(schema, {"a": 2, "c": 3}) == {"a": 1, "b": None, "c": 3}


def test_a_peer_refuses_by_name(peer_opposite):
    with pytest.raises(Refused) as refusal:
        peer_opposite.me.receive("x", "xa")
    assert refusal.value.name == "malformed"
