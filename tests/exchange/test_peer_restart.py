"""A restart of the other side (section 3, repair): what it must still know, and whom it does not let in before it asked for both heads."""

from __future__ import annotations

import socket
import time
from urllib.parse import urlsplit

import pytest

from tests.exchange.peer.client import request_members, send, sign_request
from tests.exchange.peer.courier import NO_ANSWER
from tests.exchange.peer.forms import b64u, write_json
from tests.exchange.peer.letters import make_refusal
from tests.exchange.peer.link import until
from tests.exchange.peer.manners import Spoil, problem, says, tokens

pytest_plugins = "tests.exchange.peer.stage"
pytestmark = pytest.mark.sure  # each stops and starts a node

HEADS = "/exchange/v1/streams/"
LATE = 50
"""Seconds ahead of now: so a request said before the restart is still young after it."""


class Told:
    """What was said and answered before and after one restart."""


def request(link, target, iat):
    members = request_members(link.peer.node, link.there, "GET", target, b"", iat=iat)
    return members["u"], {"Authorization": f"Rahdari {sign_request(members, link.peer.ring['gateway'])}"}


def prepare(counterpart):
    """Four links: one that behaves, one that gives no heads, one whose heads are garbage, one whose head is a lie."""
    told = Told()
    told.good, told.silent, told.garbage, told.liar = (counterpart.link() for _ in range(4))
    for link in (told.good, told.silent, told.garbage, told.liar):
        link.taken_up(link.draft())
    link = told.good
    told.draft = link.draft()
    told.receipt = link.accepted(told.draft)
    link.outcome(told.draft)
    told.refused = link.draft()
    told.refused.spoil = lambda token: f"{token.rpartition('.')[0]}.{b64u(bytes(64))}"
    told.refusal = link.refused(told.refused, "signature", final=True)["refusal"]
    told.rival = link.draft()
    told.waiting = link.draft(body="sealed")
    told.iat = int(time.time()) + LATE
    target = f"{HEADS}{link.peer.node}/{link.there}/head"
    told.request, told.fresh = (request(link, target, told.iat) for _ in range(2))
    assert send(link.partner.url, "GET", told.request[0], b"", told.request[1]).status == 200
    told.theirs = link.stream("envelopes?after=0", mine=False).json()["envelopes"]
    return told


def lie(call, proper):
    answer = proper()
    said = answer.json()
    return type(answer)(200, write_json({**said, "seq": said.get("seq", 0) + 7}))


def restart(counterpart, told):
    """Restarts while three of the four misbehave; keeps what each was answered; then all behave again."""
    manners = {
        "silent": Spoil(says(503), path=HEADS),
        "garbage": Spoil(says(200, b'{"seq":"x"}', "application/json"), path=HEADS),
        "liar": Spoil(lie, path=f"{HEADS}{told.liar.there}/{told.liar.peer.node}/head"),
    }
    told.answers = {}
    for name, manner in manners.items():
        getattr(told, name).peer.manners.append(manner)
    counterpart.restart()
    until(lambda: manners["silent"].done and manners["garbage"].done, "the question for the heads")
    for name in manners:
        link = getattr(told, name)
        own = f"{link.peer.node}/{link.there}"
        asked = {
            "envelopes": ("POST", "/exchange/v1/envelopes", write_json({"envelopes": [link.draft().token]})),
            "missing": ("GET", "/exchange/v1/blobs/missing", b""),
            "blob": ("PUT", f"/exchange/v1/blobs/{'0' * 64}", b"x"),
            "proof": ("GET", "/exchange/v1/journal/proof?index=0&size=1", b""),
            "head": ("GET", f"{HEADS}{own}/head", b""),
            "receipts": ("GET", f"{HEADS}{own}/receipts?after=0", b""),
        }
        told.answers[name] = {what: link.call(*call, patient=False) for what, call in asked.items()}
    told.again = send(told.good.partner.url, "GET", told.request[0], b"", told.request[1])
    told.other = send(told.good.partner.url, "GET", told.fresh[0], b"", told.fresh[1])
    for name, manner in manners.items():
        getattr(told, name).peer.manners.remove(manner)
    return told


@pytest.fixture
def told(counterpart):
    """One restart for all cases of this module."""
    if not hasattr(counterpart, "told"):
        counterpart.told = restart(counterpart, prepare(counterpart))
    return counterpart.told


class TestStillKnown:
    def test_the_first_receipt_byte_for_byte(self, told):
        assert told.good.post(told.draft).receipts == [told.receipt]

    def test_the_first_refusal_byte_for_byte(self, told):
        assert told.good.post(told.refused).problem["refusal"] == told.refusal

    def test_the_head_and_both_streams(self, told):
        link = told.good.sync()
        page = link.stream("envelopes?after=0").json()["envelopes"]
        assert told.draft.token in page
        assert link.stream("envelopes?after=0", mine=False).json()["envelopes"][: len(told.theirs)] == told.theirs

    def test_a_request_that_was_said_before(self, told):
        assert told.other.status == 200, "a new request of the same second is let in, so it is not its age"
        assert told.again.status == 401

    def test_how_to_take_up_the_next_one(self, told):
        link = told.good.sync()
        link.taken_up(link.draft())

    def test_not_to_take_up_again_what_it_took_up(self, told):
        before = [one for one in told.good.partner.outcomes if one["envelope"] == told.draft.hash]
        told.good.post(told.draft)
        assert len(before) == 1


class TestNotLetIn:
    @pytest.mark.parametrize("who", ["silent", "garbage"])
    @pytest.mark.parametrize("what", ["envelopes", "missing", "blob", "proof"])
    def test_a_partner_whose_heads_are_not_known_is_asked_to_come_again(self, told, who, what):
        answer = told.answers[who][what]
        assert (answer.status, answer.problem) == (503, "unavailable")
        assert answer.headers.get("retry-after", "").isdigit()

    @pytest.mark.parametrize("who", ["silent", "garbage", "liar"])
    @pytest.mark.parametrize("what", ["head", "receipts"])
    def test_it_may_look_at_its_streams(self, told, who, what):
        assert told.answers[who][what].status == 200

    @pytest.mark.parametrize("who", ["silent", "garbage", "liar"])
    def test_it_is_let_in_as_soon_as_its_heads_are_known(self, told, who):
        link = getattr(told, who).sync()
        link.taken_up(link.draft())

    def test_a_head_that_was_a_lie_is_not_adopted(self, told):
        link = told.liar.sync()
        until(lambda: link.post().problem is None, "to be let in")
        assert link.stream("head", mine=False).json()["seq"] == len(
            link.stream("envelopes?after=0", mine=False).json()["envelopes"]
        )


class TestUnderWay:
    def test_what_was_not_receipted_before_is_sent_after_with_the_same_bytes(self, counterpart):
        link = counterpart.link()
        down = Spoil(says(503))
        with link.peer.misbehaving(down):
            draft = link.draft()
            link.accepted(draft)
            until(lambda: down.done, "their envelope")
            counterpart.restart()
            before = down.done
            until(lambda: down.done > before, "their envelope after the restart")
        assert len({tokens(call)[0] for call in down.calls}) == 1, "other bytes"
        link.outcome(draft)

    def test_a_refused_one_is_still_replaced(self, counterpart):
        link = counterpart.link()
        link.taken_up(link.draft())
        held = problem("signature", refusal=lambda call: make_refusal(tokens(call)[0], "signature", link.peer.ring["gateway"]))
        refused, down = Spoil(held, times=1), Spoil(says(503))
        link.peer.manners += [refused, down]
        draft = link.draft()
        link.accepted(draft)
        until(lambda: refused.done, "their envelope")
        counterpart.restart()
        link.peer.manners.remove(down)
        link.outcome(draft)
        link.peer.manners.remove(refused)
        old = tokens(refused.calls[0])[0]
        assert old not in [one.token for one in link.partner.incoming.held]


@pytest.mark.nodes
class TestStopped:
    def test_by_sigterm_ends_well_and_leaves_nothing_behind_on_its_port(self, real_node):
        parts = urlsplit(real_node.url)
        assert real_node.down() == 0
        try:
            with pytest.raises(NO_ANSWER):
                real_node.get("/readyz")
            with socket.socket() as trial, pytest.raises(OSError):
                trial.settimeout(2)
                trial.connect(("127.0.0.1", parts.port))
        finally:
            real_node.up()
        assert real_node.get("/readyz").status == 200
