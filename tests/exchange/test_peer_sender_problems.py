"""The other side as sender, and its envelopes are refused: it resends from where it is asked, replaces what was finally refused, and stops only on a proven fork."""

from __future__ import annotations

import time

import pytest

from tests.exchange.peer.forms import h
from tests.exchange.peer.keys import new_key
from tests.exchange.peer.letters import make_refusal, read_envelope, sign_envelope
from tests.exchange.peer.link import until
from tests.exchange.peer.manners import Spoil, problem, says, tokens
from tests.exchange.peer.tokens import STATEMENT, peek, unseal

pytest_plugins = "tests.exchange.peer.stage"


def seqs(post):
    return [read_envelope(token).payload["seq"] for token in post]


@pytest.fixture
def calm(link):
    """At least three of their envelopes are here, and nothing is under way."""
    while len(link.partner.incoming.held) < 3:
        link.taken_up(link.draft())
    until(lambda: link.stream("head", mine=False).json() == link.partner.incoming.head, "the same head")
    return link


def refuse(link, change, tries=2, times=1_000):
    """Makes the other side say something, and refuses it so often; gives what was posted then."""
    manner = Spoil(change, times)
    with link.peer.misbehaving(manner):
        draft = link.draft()
        link.accepted(draft)
        until(lambda: manner.done >= tries, f"{tries} tries")
    return draft, [tokens(call) for call in manner.calls]


def same_again(link, draft, tried):
    """No other bytes for any place, and all arrives in the end."""
    link.outcome(draft)
    held = {one.members["seq"]: one.token for one in link.partner.incoming.held}
    for post in tried:
        for token in post:
            assert held[read_envelope(token).payload["seq"]] == token, "other bytes for the same place"


class TestGap:
    @pytest.mark.parametrize("expected", [1, 2])
    def test_makes_it_resend_from_there(self, calm, expected):
        draft, _ = refuse(calm, problem("gap", expected_seq=expected), tries=1, times=1)
        calm.outcome(draft)
        posts = [post for post in calm.posts() if post and seqs(post)[0] == expected]
        again = posts[-1]
        assert again[0] == calm.partner.incoming.held[expected - 1].token
        assert seqs(again) == list(range(expected, expected + len(again)))

    @pytest.mark.parametrize("expected", [10**6, 0, None, "1", 1.0, [1]], ids=str)
    def test_that_makes_no_sense_skips_nothing(self, calm, expected):
        change = (
            problem("gap", expected_seq=expected)
            if expected != 1.0
            else says(
                200,
                b'{"receipts":[],"head":{"seq":0,"hash":"x"},"problem":{"type":"/exchange/problems/gap","expected_seq":1.0}}',
                "application/json",
            )
        )
        same_again(calm, *refuse(calm, change, times=2))


class TestChain:
    def test_with_a_head_of_its_own_further_back_changes_no_bytes(self, calm):
        """It may resend from there or not: at that place the right name would have been gap."""
        head = {"seq": 2, "hash": calm.partner.incoming.held[1].hash}
        same_again(calm, *refuse(calm, problem("chain", head=head), tries=1, times=1))

    def test_with_the_head_before_is_sent_again_as_it_was(self, calm):
        stream = calm.partner.incoming
        same_again(calm, *refuse(calm, lambda call, proper: problem("chain", head=stream.head)(call, proper), times=2))

    @pytest.mark.parametrize("head", [{"seq": 2, "hash": h("another")}, {"seq": 10**6, "hash": h("x")}, None, "x", {}], ids=str)
    def test_with_a_head_that_is_not_its_own_changes_no_bytes(self, calm, head):
        same_again(calm, *refuse(calm, problem("chain", head=head), times=2))


class TestFork:
    def unproven(self, link, case):
        stream = link.partner.incoming

        def stored(call):
            token = tokens(call)[0]
            members = peek(token)
            rival = {**members, "sent_at": "2026-01-01T00:00:00.000Z"}
            return {
                "nothing": None,
                "a word": "token",
                "the same token": token,
                "a token of another place": stream.held[0].token,
                "a rival of my own key": sign_envelope(rival, link.peer.ring["gateway"]),
                "a rival of a strange key": sign_envelope(rival, new_key("gateway")),
                "a rival with a spoilt signature": ".".join([*_other(token, rival)]),
            }[case]

        return stored

    CASES = [
        "nothing",
        "a word",
        "the same token",
        "a token of another place",
        "a rival of my own key",
        "a rival of a strange key",
        "a rival with a spoilt signature",
    ]

    @pytest.mark.parametrize("case", CASES)
    def test_that_is_not_proven_does_not_stop_it(self, calm, case):
        same_again(calm, *refuse(calm, problem("fork", stored=self.unproven(calm, case)), times=2))
        calm.taken_up(calm.draft())


def _other(token, rival):
    from tests.exchange.peer.forms import b64u, write_json

    header, _, signature = token.split(".")
    return header, b64u(write_json(rival)), signature


class TestPassing:
    @pytest.mark.parametrize(
        "name", ["time", "wrong_sender", "stopped", "signature", "malformed", "key_unknown", "too_large", "weather"]
    )
    def test_a_refusal_that_is_not_signed_is_not_final(self, calm, name):
        from tests.exchange.peer import answers

        answers.STATUS.setdefault("weather", 400)
        same_again(calm, *refuse(calm, problem(name), times=2))

    def refusal(self, link, case):
        ring = link.peer.ring

        def made(call):
            token = tokens(call)[0]
            good = make_refusal(token, "signature", ring["gateway"])
            return {
                "of the clerk": make_refusal(token, "signature", ring["clerk"]),
                "of a stranger": make_refusal(token, "signature", new_key("gateway")),
                "of a gateway that had ended": make_refusal(token, "signature", ring["gateway_recent"]),
                "of another envelope": make_refusal(token, "signature", ring["gateway"], envelope=h("another")),
                "of another place": make_refusal(token, "signature", ring["gateway"], seq=10**6),
                "of another stream": make_refusal(token, "signature", ring["gateway"], to="zz"),
                "of a name that is not final": make_refusal(token, "time", ring["gateway"]),
                "that is spoilt": good[:-8] + "AAAAAAAA",
                "that is a word": "refusal",
                "that is null": None,
            }[case]

        return made

    CASES = [
        "of the clerk",
        "of a stranger",
        "of a gateway that had ended",
        "of another envelope",
        "of another place",
        "of another stream",
        "of a name that is not final",
        "that is spoilt",
        "that is a word",
        "that is null",
    ]

    @pytest.mark.parametrize("case", CASES)
    def test_a_signed_refusal_that_does_not_hold_is_not_final(self, calm, case):
        same_again(calm, *refuse(calm, problem("signature", refusal=self.refusal(calm, case)), times=2))


def inside(link, token):
    body = read_envelope(token).payload["body"]
    return unseal(body, STATEMENT, link.there, link.peer.node, link.peer.ring.sealing_key)


class TestFinal:
    def holding(self, link, name="signature"):
        return problem(name, refusal=lambda call: make_refusal(tokens(call)[0], name, link.peer.ring["gateway"]))

    @pytest.mark.parametrize("name", ["malformed", "signature", "key_unknown", "key_out_of_validity"])
    def test_one_new_envelope_around_the_same_statement_takes_the_place(self, calm, name):
        draft, tried = refuse(calm, self.holding(calm, name), tries=1, times=1)
        calm.outcome(draft)
        old = tried[0][0]
        place = read_envelope(old).payload
        new = calm.partner.incoming.held[place["seq"] - 1]
        assert new.token != old and new.members["prev"] == place["prev"] and new.members["id"] == place["id"]
        assert inside(calm, new.token) == inside(calm, old), "another statement"
        calm.taken_up(calm.draft())

    def test_what_was_signed_behind_it_is_signed_anew_in_order(self, own_link):
        link = own_link
        down = Spoil(says(503))
        with link.peer.misbehaving(down):
            drafts = [link.draft()]
            while len(drafts) < 5:
                drafts.append(link.behind(drafts[-1]))
            link.post(*drafts)
            until(lambda: any(len(tokens(call)) >= 5 for call in down.calls), "five of their envelopes in one call")
        void = next(tokens(call) for call in down.calls if len(tokens(call)) >= 5)
        refuse(link, self.holding(link), tries=1, times=1)
        for draft in drafts:
            link.outcome(draft)
        held = link.partner.incoming.held
        assert [inside(link, one.token) for one in held[:5]] == [inside(link, token) for token in void[:5]]
        assert not {one.token for one in held} & set(void)

    def test_a_place_is_not_signed_a_third_time(self, own_link):
        link = own_link
        link.taken_up(link.draft())
        manner = Spoil(self.holding(link))
        with link.peer.misbehaving(manner):
            link.accepted(link.draft())
            until(lambda: len({tokens(call)[0] for call in manner.calls}) >= 2, "the new envelope")
            time.sleep(5)
            assert len({tokens(call)[0] for call in manner.calls}) == 2

    def test_a_proven_fork_stops_it(self, own_link):
        """The only two tokens for one place a node ever signs: the refused one, and the one in its place."""
        link = own_link
        link.taken_up(link.draft())
        first = Spoil(self.holding(link), times=1)
        fork = Spoil(problem("fork", stored=lambda call: tokens(first.calls[0])[0]))
        with link.peer.misbehaving(first, fork):
            link.accepted(link.draft())
            until(lambda: fork.done, "the new envelope")
            time.sleep(1)
            count = fork.done
            time.sleep(6)
            assert fork.done == count, "it did not stop"
        assert link.post(link.draft()).problem is None, "the stream the other way goes on"


class TestBatches:
    def owe(self, link, count):
        """The other side owes so many outcomes, and may send them only when all are there."""
        down = Spoil(says(503))
        with link.peer.misbehaving(down):
            drafts = [link.draft()]
            while len(drafts) < count:
                drafts.append(link.behind(drafts[-1]))
            for start in range(0, count, 50):
                link.post(*drafts[start : start + 50])
            seen = len(link.posts())
            until(lambda: link.stream("head", mine=False).json()["seq"] >= 1 or down.done, "a beginning")
            until(lambda: len(link.posts()) > seen, "one more try")
        for draft in drafts:
            link.outcome(draft)
        return link.posts()

    def test_hold_at_most_64_envelopes_in_order(self, own_link):
        posts = self.owe(own_link, 150)
        assert max(map(len, posts)) <= 64
        for post in posts:
            assert seqs(post) == list(range(seqs(post)[0], seqs(post)[0] + len(post)))

    def test_keep_to_the_limits_the_partner_told(self, counterpart):
        peer = counterpart.fresh_peer()
        peer.document_changes["limits"] = {"tokens": 5, "bytes": 2**20, "token_bytes": 2**19, "blob_bytes": 2**20}
        posts = self.owe(counterpart.link(peer), 30)
        assert max(map(len, posts)) <= 5
