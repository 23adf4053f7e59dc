"""Stubs and recall (section 5): the content goes, hash, receipt and leaf stay."""

from __future__ import annotations

import pytest

from tests.exchange.peer.forms import ago, b64u, h, uuid7, write_json
from tests.exchange.peer.keys import new_key
from tests.exchange.peer.letters import read_receipt, stub_of
from tests.exchange.peer.link import until
from tests.exchange.peer.tokens import STUB, jws, peek

pytest_plugins = "tests.exchange.peer.stage"


def stub(link, draft, recalled_by=None, key=None, **changes):
    return stub_of(draft.token, recalled_by or uuid7(), key or link.peer.ring["gateway"], **changes)


def raised(link):
    draft = link.draft(link.statement("notice.raised/1"))
    link.accepted(draft)
    link.outcome(draft)
    return draft


def recall(link, draft, stubs=None, **changes):
    """A statement that recalls the one in `draft`, with one stub for its envelope."""
    id = uuid7()
    token = stub(link, draft, id)
    outside = {name: peek(token)[name] for name in ("id", "seq", "envelope", "prev")}
    stubs = [{**outside, "stub": token}] if stubs is None else stubs
    data = {"of": draft.id, "statement": h(draft.statement), "reason": "wrong_person", "stubs": stubs, **changes}
    return link.draft(link.statement("notice.recalled/1", link.example("notice.recalled/1", **data), id=id)), token


class TestStubInTheStream:
    def test_is_accepted_and_receipted_where_the_token_would_be(self, link):
        draft = link.draft()
        token = stub(link, draft)
        posted = link.post(token)
        assert posted.problem is None and posted.head == {"seq": draft.members["seq"], "hash": draft.hash}
        receipt = read_receipt(posted.receipts[0], token, link.partner.known)
        assert receipt["envelope"] == draft.hash
        assert link.post(token).receipts == posted.receipts
        assert link.post(draft).receipts == posted.receipts, "the token with that hash gets the first receipt"
        link.taken_up(link.draft())
        assert not [one for one in link.partner.outcomes if one["envelope"] == draft.hash], "a stub was taken up"

    def test_stands_in_the_list_of_envelopes(self, link):
        draft = link.draft()
        token, after = stub(link, draft), link.head["seq"]
        link.post(token)
        assert link.stream(f"envelopes?after={after}").json()["envelopes"] == [token]

    def test_over_what_is_held_gives_its_first_receipt_and_is_no_fork(self, link):
        draft = link.draft()
        receipt = link.accepted(draft)
        assert link.post(stub(link, draft)).receipts == [receipt]
        assert link.post(stub(link, draft, at=ago(minutes=1))).receipts == [receipt]
        link.taken_up(link.draft())

    def test_at_a_place_with_another_hash_is_malformed(self, link):
        held = link.draft()
        rival = link.draft()
        link.accepted(held)
        link.refused(stub(link, rival), "malformed")
        link.accepted(link.draft())

    def test_next_in_line_behind_another_hash_is_chain(self, link):
        draft = link.draft(prev=h("another"))
        link.refused(stub(link, draft), "chain", final=False, head=link.head)

    def test_too_far_on_is_gap(self, link):
        draft = link.draft(seq=link.head["seq"] + 4)
        link.refused(stub(link, draft), "gap", final=False, expected_seq=link.head["seq"] + 1)

    @pytest.mark.parametrize("name", ["spec", "id", "from", "to", "seq", "prev", "envelope", "recalled_by", "at"])
    def test_lacking_a_member_is_malformed(self, link, name):
        payload = peek(stub(link, link.draft()))
        del payload[name]
        link.refused(jws(write_json(payload), STUB, link.peer.ring["gateway"].secret), "malformed")

    def test_under_an_unknown_key_is_key_unknown(self, link):
        link.refused(stub(link, link.draft(), key=new_key("gateway")), "key_unknown", final=True)

    def test_under_the_clerks_key_is_key_unknown(self, link):
        link.refused(stub(link, link.draft(), key=link.peer.ring["clerk"]), "key_unknown", final=True)

    def test_with_a_spoilt_signature_is_signature(self, link):
        token = stub(link, link.draft())
        link.refused(f"{token.rpartition('.')[0]}.{b64u(bytes(64))}", "signature", final=True)

    def test_for_another_node_is_wrong_recipient(self, link):
        link.refused(stub(link, link.draft(to="zz")), "wrong_recipient", final=True)

    def test_of_another_sender_is_wrong_sender(self, link):
        link.refused(stub(link, link.draft(**{"from": "zz"})), "wrong_sender", final=True)

    def test_goes_on_in_the_chain(self, link):
        draft = link.draft()
        link.post(stub(link, draft))
        link.taken_up(link.draft(prev=draft.hash))


class TestRecall:
    def test_replaces_the_content_by_its_stub(self, link):
        draft = raised(link)
        receipt = link.stream(f"receipts?after={draft.members['seq'] - 1}").json()["receipts"][0]
        recalling, token = recall(link, draft)
        link.taken_up(recalling)
        after = draft.members["seq"] - 1
        until(lambda: link.stream(f"envelopes?after={after}").json()["envelopes"][0] == token, "the stub in its place")
        assert link.stream(f"receipts?after={after}").json()["receipts"][0] == receipt
        assert link.post(draft).receipts == [receipt], "the token with that hash gets the first receipt"
        assert link.post(token).receipts == [receipt]
        assert link.stream(f"envelopes?after={after}").json()["envelopes"][0] == token, "the content came back"

    def test_of_what_never_came_is_taken_up_with_its_stub_in_the_stream(self, link):
        draft = link.draft(link.statement("notice.raised/1"))
        recalling_id = uuid7()
        token = stub(link, draft, recalling_id)
        assert link.post(token).problem is None
        outside = {name: peek(token)[name] for name in ("id", "seq", "envelope", "prev")}
        data = link.example(
            "notice.recalled/1", of=draft.id, statement=h(draft.statement), reason="error", stubs=[{**outside, "stub": token}]
        )
        recalling = link.draft(link.statement("notice.recalled/1", data, id=recalling_id))
        link.accepted(recalling)
        assert link.outcome(recalling)["outcome"] in ("taken_up", "refused")
        link.taken_up(link.draft())

    SPOILT = {
        "another envelope outside": lambda one: {**one, "envelope": h("another")},
        "another place outside": lambda one: {**one, "seq": one["seq"] + 1},
        "another id outside": lambda one: {**one, "id": uuid7()},
        "another prev outside": lambda one: {**one, "prev": h("another")},
        "a spoilt signature": lambda one: {**one, "stub": f"{one['stub'].rpartition('.')[0]}.{b64u(bytes(64))}"},
        "no token": lambda one: {**one, "stub": "x.y.z"},
    }

    @pytest.mark.parametrize("case", SPOILT)
    def test_with_a_stub_that_differs_is_refused_and_destroys_nothing(self, link, case):
        draft = raised(link)
        token = stub(link, draft)
        outside = {name: peek(token)[name] for name in ("id", "seq", "envelope", "prev")}
        spoilt = self.SPOILT[case]({**outside, "stub": token})
        recalling, _ = recall(link, draft, [spoilt])
        link.refused_inside(recalling, "rule", "schema", "malformed")
        page = link.stream(f"envelopes?after={draft.members['seq'] - 1}").json()["envelopes"]
        assert page[0] == draft.token

    def test_of_another_token_under_the_id_is_refused_and_destroys_nothing(self, link):
        draft = raised(link)
        recalling, _ = recall(link, draft, statement=h("another"))
        link.refused_inside(recalling, "rule")
        assert link.stream(f"envelopes?after={draft.members['seq'] - 1}").json()["envelopes"][0] == draft.token

    def test_of_a_statement_sent_twice_has_a_stub_for_each_place(self, link):
        first = raised(link)
        second = link.draft(first.statement)
        link.accepted(second)
        link.outcome(second)
        id = uuid7()
        stubs = []
        for draft in (first, second):
            token = stub(link, draft, id)
            stubs.append({**{name: peek(token)[name] for name in ("id", "seq", "envelope", "prev")}, "stub": token})
        data = link.example("notice.recalled/1", of=first.id, statement=h(first.statement), reason="error", stubs=stubs)
        link.taken_up(link.draft(link.statement("notice.recalled/1", data, id=id)))
        for draft, one in zip((first, second), stubs, strict=True):
            after = draft.members["seq"] - 1
            until(
                lambda after=after, one=one: link.stream(f"envelopes?after={after}").json()["envelopes"][0] == one["stub"],
                "a stub",
            )
