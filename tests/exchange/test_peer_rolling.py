"""Rolling keys (section 1): planned, compromised, a new office key that waits for an operator, and what is refused."""

from __future__ import annotations

import pytest

from tests.exchange.peer.forms import ago, b64u, h, read_object, stamp, unb64u, uuid7
from tests.exchange.peer.keys import new_key
from tests.exchange.peer.letters import read_receipt
from tests.exchange.peer.link import until

pytest_plugins = "tests.exchange.peer.stage"


def roll(link, role, reason="planned", retire=None):
    """A new key of a role beside the one in force; gives the data of the statement that announces it."""
    ring = link.peer.ring
    ring.by_label[f"{role}_new"] = new_key(role, -1, **({"ends": 80} if role == "sealing" else {}))
    token = ring.keys_token(link.peer.node, link.peer.journal.origin)
    retire = [ring[role].kid] if retire is None else retire
    return {"keys_token": token, "at": stamp(), "reason": reason, "retire": retire}


def switch(link, role):
    """The peer itself signs with the new key from now on."""
    labels = link.peer.ring.by_label
    labels[f"{role}_old"], labels[role] = labels[role], labels.pop(f"{role}_new")


def announce(link, data, role=None):
    return link.draft(link.statement("exchange.key_rolled/1", data, role))


class TestPlanned:
    def test_a_new_gateway_signs_and_the_old_one_is_accepted_for_a_while(self, own_link):
        link, before = own_link, own_link.draft()
        receipt = link.accepted(before)
        data = roll(link, "gateway")
        link.refused(link.draft(key="gateway_new"), "key_unknown", final=True)
        link.taken_up(announce(link, data))
        link.taken_up(link.draft(key="gateway_new"))
        link.taken_up(link.draft())
        switch(link, "gateway")
        until(lambda: link.stream("head").status == 200, "a request under the new key", 5)
        link.taken_up(link.draft())
        link.taken_up(link.draft(key="gateway_old"))
        assert link.post(before).receipts == [receipt]

    def test_a_new_clerk_signs_and_the_old_one_is_accepted_for_a_while(self, own_link):
        link = own_link
        data = roll(link, "clerk")
        link.refused_inside(link.draft(link.statement(role="clerk_new")), "key_unknown")
        link.taken_up(announce(link, data))
        link.taken_up(link.draft(link.statement(role="clerk_new")))
        link.taken_up(link.draft())

    def test_a_new_sealing_key_is_sealed_to(self, own_link):
        link = own_link
        link.taken_up(announce(link, roll(link, "sealing", retire=[])))
        draft = link.draft()
        link.taken_up(draft)
        told = next(held for held in reversed(link.partner.incoming.held) if held.outcome or held.opened)
        assert told.opened is not None
        link.taken_up(link.draft())

    def test_a_key_that_was_retired_is_not_sealed_to(self, own_link):
        link = own_link
        link.taken_up(announce(link, roll(link, "sealing")))
        until(
            lambda: sealed_to(link) == link.peer.ring["sealing_new"].kid or not link.accepted(link.draft()),
            "a seal to the new key",
        )

    def test_keys_that_are_not_named_again_are_kept(self, own_link):
        link = own_link
        recent = link.peer.ring.by_label.pop("clerk_recent")
        data = roll(link, "journal")
        link.peer.ring.by_label["clerk_recent"] = recent
        link.taken_up(announce(link, data))
        link.taken_up(link.draft(link.statement(role="clerk_recent", issued_at=ago(days=40))))


def sealed_to(link):
    """The kid the last envelope from the other side was sealed to."""
    body = link.partner.incoming.held[-1].members["body"]
    return read_object(unb64u(body.split(".")[0]))["kid"]


class TestCompromised:
    def test_a_gateway_is_out_at_once_whatever_time_is_stated(self, own_link):
        link, before = own_link, own_link.draft()
        receipt = link.accepted(before)
        link.taken_up(announce(link, roll(link, "gateway", "compromised")))
        target = f"/exchange/v1/streams/{link.peer.node}/{link.there}/head"
        # At the door it may be known a moment later than in the stream.
        until(lambda: link.peer.ask(link.there, "GET", target).status == 401, "401 for the key that is out", 5)
        switch(link, "gateway")
        assert link.post(before).receipts == [receipt], "what is stored already keeps its receipt"
        for sent_at in (stamp(), ago(days=5)):
            draft = link.draft(link.statement(issued_at=sent_at), key="gateway_old", sent_at=sent_at)
            link.refused(draft, "key_out_of_validity", final=True)
        link.taken_up(link.draft())

    def test_a_clerk_is_out_at_once_whatever_time_is_stated(self, own_link):
        link = own_link
        link.taken_up(announce(link, roll(link, "clerk", "compromised")))
        for issued_at in (stamp(), ago(days=5)):
            link.refused_inside(link.draft(link.statement(issued_at=issued_at)), "key_out_of_validity")
        link.taken_up(link.draft(link.statement(role="clerk_new")))


class TestOfficeKey:
    def test_a_new_one_waits_for_an_operator_and_the_old_one_stays_in_force(self, own_link):
        link = own_link
        link.taken_up(announce(link, roll(link, "office")))
        link.refused_inside(announce(link, roll(link, "journal"), role="office_new"), "key_unknown", "key_out_of_validity")
        data = {"of": uuid7(), "statement": h("x"), "text_hash": h("x"), "signed_on": stamp()[:10]}
        link.refused_inside(
            link.draft(link.statement("accord.signed/1", data, role="office_new")), "key_unknown", "key_out_of_validity"
        )
        ring = link.peer.ring
        retire = [ring["office"].kid, ring["journal"].kid]
        token = ring.keys_token(link.peer.node, link.peer.journal.origin)
        link.taken_up(announce(link, {"keys_token": token, "at": stamp(), "reason": "planned", "retire": retire}))

    def test_a_keys_token_signed_by_the_new_one_is_refused(self, own_link):
        link = own_link
        data = roll(link, "office")
        ring = link.peer.ring
        data["keys_token"] = ring.keys_token(link.peer.node, link.peer.journal.origin, ring["office_new"])
        link.refused_inside(announce(link, data), "rule")


class TestRefused:
    def refuse(self, link, data, *codes):
        link.refused_inside(announce(link, data), *(codes or ("rule",)))
        link.taken_up(link.draft())

    @pytest.mark.parametrize("kid", ["strange", "of the receiver", "no kid"])
    def test_a_key_to_retire_that_is_not_the_senders(self, link, kid):
        strange = {"strange": new_key("clerk").kid, "of the receiver": link.partner.known.in_force("gateway").kid, "no kid": "x"}
        token = link.peer.ring.keys_token(link.peer.node, link.peer.journal.origin)
        data = {"keys_token": token, "at": stamp(), "reason": "planned", "retire": [strange[kid]]}
        self.refuse(link, data, "rule", "schema")

    CHANGES = {
        "another node": {"node": "zz"},
        "the receiver's node": {"node": "pk"},
        "another origin": {"journal_origin": "127.0.0.1:1/rahdari/zz"},
        "a next origin that was not announced": {"journal_origin": "NEXT"},
        "spec 2": {"spec": 2},
        "no keys": {"keys": {"keys": []}},
        "keys null": {"keys": None},
        "issued_at without digits": {"issued_at": "2026-01-01T00:00:00Z"},
    }

    @pytest.mark.parametrize("case", CHANGES)
    def test_a_keys_token_with(self, link, case):
        origin = link.peer.journal.origin
        changes = {name: f"{origin}/2" if value == "NEXT" else value for name, value in self.CHANGES[case].items()}
        node = changes.pop("node", link.peer.node)
        token = link.peer.ring.keys_token(node, changes.pop("journal_origin", origin), **changes)
        self.refuse(link, {"keys_token": token, "at": stamp(), "reason": "planned", "retire": []}, "rule", "schema")

    @pytest.mark.parametrize("label", ["gateway", "clerk", "journal"])
    def test_a_keys_token_signed_by_another_role(self, link, label):
        ring = link.peer.ring
        token = ring.keys_token(link.peer.node, link.peer.journal.origin, ring[label])
        self.refuse(link, {"keys_token": token, "at": stamp(), "reason": "planned", "retire": []})

    @pytest.mark.parametrize("case", ["strange office", "spoilt", "no token", "an envelope"])
    def test_a_keys_token_that_proves_nothing(self, link, case):
        ring = link.peer.ring
        good = ring.keys_token(link.peer.node, link.peer.journal.origin)
        token = {
            "strange office": ring.keys_token(link.peer.node, link.peer.journal.origin, new_key("office")),
            "spoilt": f"{good.rpartition('.')[0]}.{b64u(bytes(64))}",
            "no token": "x.y.z",
            "an envelope": link.draft().token,
        }[case]
        self.refuse(link, {"keys_token": token, "at": stamp(), "reason": "planned", "retire": []}, "rule", "schema")

    @pytest.mark.parametrize(
        "case", ["two clerks in force", "no gateway in force", "a sealing key for a year", "one key in two roles"]
    )
    def test_a_set_of_keys_that_may_not_be(self, link, case):
        ring = link.peer.ring
        keys = [key.jwk() for key in ring.by_label.values()]
        if case == "two clerks in force":
            keys.append(new_key("clerk").jwk())
        elif case == "no gateway in force":
            keys = [key for key in keys if key["kid"] != ring["gateway"].kid]
        elif case == "a sealing key for a year":
            keys.append(new_key("sealing", 300, 700).jwk())
        else:
            keys.append({**ring["gateway"].jwk(), "role": "clerk", "nbf": 1, "exp": 2})
        token = ring.keys_token(link.peer.node, link.peer.journal.origin, keys={"keys": keys})
        self.refuse(link, {"keys_token": token, "at": stamp(), "reason": "planned", "retire": []})

    @pytest.mark.parametrize("reason", ["bored", "", None, 5])
    def test_a_reason_that_is_none(self, link, reason):
        token = link.peer.ring.keys_token(link.peer.node, link.peer.journal.origin)
        self.refuse(link, {"keys_token": token, "at": stamp(), "reason": reason, "retire": []}, "schema")


def test_the_receipts_of_the_other_side_are_of_a_gateway_named_in_its_keys_token(link):
    draft = link.draft()
    receipt = link.accepted(draft)
    assert read_receipt(receipt, draft.token, link.partner.known)["to"] == link.there
