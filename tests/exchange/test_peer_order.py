"""The checks 0 to 10 of section 3: each by its exact name, and in their order: of two faults the first is named."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from tests.exchange.peer.forms import ago, b64u, h, now, stamp
from tests.exchange.peer.keys import new_key
from tests.exchange.peer.letters import FINAL, read_receipt, seed
from tests.exchange.peer.tokens import compact

pytest_plugins = "tests.exchange.peer.stage"


def malformed(link, draft):
    draft.members["spec"] = 2


def too_large(link, draft):
    draft.members["more"] = "x" * 2**20


def key_unknown(link, draft):
    draft.key = new_key("gateway")
    draft.header["kid"] = draft.key.kid


def signature(link, draft):
    key = new_key("gateway").secret
    draft.spoil = lambda token: f"{token.rpartition('.')[0]}.{b64u(key.sign(b'another text'))}"


def wrong_recipient(link, draft):
    draft.members["to"] = "ab"


def wrong_sender(link, draft):
    draft.members["from"] = "ba"


def time(link, draft):
    draft.members["sent_at"] = ago(hours=-1)


def key_out_of_validity(link, draft):
    draft.key = link.peer.ring["gateway_recent"]
    draft.header["kid"] = draft.key.kid


def fork(link, draft):
    draft.members |= {"seq": 1, "prev": seed(link.peer.node, link.there)}


def chain(link, draft):
    draft.members["prev"] = h("another envelope")


def gap(link, draft):
    draft.members |= {"seq": draft.members["seq"] + 5, "prev": h("not yet sent")}


EARLY = [malformed, key_unknown, signature, wrong_recipient, wrong_sender, time, key_out_of_validity]
LATE = [fork, chain, gap]
# Both would put their own key in place of the other's.
IMPOSSIBLE = {(key_unknown, key_out_of_validity), (key_unknown, signature)}
PAIRS = [pair for pair in itertools.combinations(EARLY, 2) if pair not in IMPOSSIBLE]
PAIRS += list(itertools.product(EARLY, LATE))


def named(case):
    return "-".join(fault.__name__ for fault in case) if isinstance(case, tuple) else case.__name__


class TestEachCheck:
    @pytest.mark.parametrize("fault", [*EARLY, too_large], ids=named)
    def test_is_named_and_a_final_one_is_signed_and_the_same_again(self, link, fault):
        draft = link.draft()
        fault(link, draft)
        link.refused(draft, fault.__name__, final=fault.__name__ in FINAL)

    def test_stored_already_gives_the_first_receipt_byte_for_byte(self, link):
        draft = link.draft()
        first = link.accepted(draft)
        assert link.post(draft).receipts == [first]
        link.accepted(link.draft())
        assert link.post(draft, draft).receipts == [first, first]

    def test_chain_carries_the_head_and_is_not_remembered(self, link):
        draft, head = link.draft(), link.head
        good = draft.members["prev"]
        chain(link, draft)
        for _ in range(2):
            link.refused(draft, "chain", final=False, head=head)
        draft.members["prev"] = good
        link.accepted(draft)

    def test_chain_is_the_name_at_a_place_held_as_well(self, link):
        link.accepted(link.draft())
        draft = link.draft(seq=link.head["seq"], prev=h("another"))
        link.refused(draft, "chain", final=False, head=link.head)
        link.accepted(link.draft())

    def test_the_first_place_with_another_seed_is_malformed(self, link):
        link.refused(link.draft(seq=1, prev=h("another seed")), "malformed", final=True)

    def test_the_first_place_with_the_seed_of_the_other_direction_is_malformed(self, link):
        link.refused(link.draft(seq=1, prev=seed(link.there, link.peer.node)), "malformed", final=True)

    @pytest.mark.parametrize("far", [2, 3, 100, 2**53 - 2])
    def test_gap_says_what_is_expected(self, link, far):
        expected = link.head["seq"] + 1
        seq = min(link.head["seq"] + far, 2**53 - 1)
        link.refused(link.draft(seq=seq, prev=h("unknown")), "gap", final=False, expected_seq=expected)

    def test_an_envelope_that_came_too_early_is_accepted_later(self, link):
        first = link.draft()
        second = link.behind(first)
        link.refused(second, "gap", final=False)
        link.accepted(first)
        link.accepted(second)

    def test_only_a_wrong_caller_is_not_final(self, counterpart, link):
        other = counterpart.shared("another caller")
        draft = link.draft()
        other.refused(draft, "wrong_sender", final=False)
        link.accepted(draft)

    def test_a_stored_envelope_from_a_wrong_caller_is_still_refused(self, counterpart, link):
        draft = link.draft()
        link.accepted(draft)
        counterpart.shared("another caller").refused(draft, "wrong_sender", final=False)

    def test_a_token_of_another_partner_with_its_own_key_but_my_name_is_final(self, counterpart, link):
        other = counterpart.shared("another caller")
        draft = other.draft(**{"from": link.peer.node})
        other.refused(draft, "wrong_sender", final=True)


class TestRefusedBefore:
    def test_is_refused_again_even_when_the_sender_was_paired_meanwhile(self, counterpart, link):
        stranger = counterpart.fresh_peer()
        draft = link.draft(seq=1, prev=seed(stranger.node, link.there), **{"from": stranger.node})
        draft.key = stranger.ring["gateway"]
        draft.header["kid"] = draft.key.kid
        first = link.refused(draft, "key_unknown", final=True)
        late = counterpart.link(stranger)
        assert late.refused(draft, "key_unknown", final=True)["refusal"] == first["refusal"]

    def test_is_refused_again_in_the_middle_of_good_ones(self, link):
        bad = link.draft()
        signature(link, bad)
        refusal = link.refused(bad, "signature", final=True)["refusal"]
        good = link.draft()
        posted = link.post(good, bad, link.behind(good))
        assert len(posted.receipts) == 1 and posted.name == "signature"
        assert posted.problem["index"] == 1 and posted.problem["refusal"] == refusal

    def test_is_told_by_its_bytes_not_by_its_place(self, link):
        bad = link.draft()
        signature(link, bad)
        link.refused(bad, "signature", final=True)
        bad.spoil = lambda token: token
        link.accepted(bad)


class TestTwoFaults:
    @pytest.mark.parametrize("first,second", PAIRS, ids=[named(pair) for pair in PAIRS])
    def test_the_first_in_the_order_is_named(self, link, first, second):
        draft = link.draft()
        second(link, draft)
        first(link, draft)
        link.refused(draft, first.__name__, final=first.__name__ in FINAL)

    def test_an_unknown_key_is_named_before_its_signature(self, link):
        draft = link.draft()
        key_unknown(link, draft)
        signature(link, draft)
        link.refused(draft, "key_unknown", final=True)

    def test_a_wrong_form_is_named_before_everything_else_at_once(self, link):
        draft = link.draft()
        for fault in (gap, time, wrong_sender, wrong_recipient, key_unknown, signature, malformed):
            fault(link, draft)
        link.refused(draft, "malformed", final=True)


class TestStoppedStream:
    @pytest.fixture
    def stopped(self, own_link):
        """A stream of two envelopes with a rival for the second."""
        own_link.accepted(own_link.draft())
        before = dict(own_link.head)
        own_link.held = own_link.draft()
        own_link.receipt = own_link.accepted(own_link.held)
        own_link.rival = own_link.draft(seq=2, prev=before["hash"])
        own_link.refused(own_link.rival, "fork", final=False, stored=own_link.held.token)
        return own_link

    def test_names_fork_stored_chain_stopped_and_gap_in_their_order(self, stopped):
        link = stopped
        link.refused(link.rival, "fork", final=False, stored=link.held.token)
        link.refused(link.draft(seq=2, prev=link.held.members["prev"]), "fork", final=False, stored=link.held.token)
        assert link.post(link.held).receipts == [link.receipt]
        link.refused(link.draft(prev=h("another")), "chain", final=False, head=link.head)
        link.refused(link.draft(seq=1, prev=h("another")), "malformed", final=True)
        link.refused(link.draft(), "stopped", final=False)
        link.refused(link.draft(seq=9, prev=h("another")), "stopped", final=False)
        for fault in EARLY:
            draft = link.draft()
            fault(link, draft)
            link.refused(draft, fault.__name__, final=fault.__name__ in FINAL)
        assert link.stream("envelopes?after=1").json()["envelopes"] == [link.held.token]


class TestWindows:
    @pytest.mark.parametrize(
        "ahead", [timedelta(0), timedelta(minutes=4, seconds=30)], ids=["now", "four minutes and a half ahead"]
    )
    def test_a_clock_a_little_ahead_is_let_pass(self, link, ahead):
        link.accepted(link.draft(sent_at=stamp(now() + ahead)))

    @pytest.mark.parametrize("ahead", [timedelta(minutes=5, seconds=30), timedelta(hours=2), timedelta(days=300)], ids=str)
    def test_a_clock_far_ahead_is_time_and_not_final(self, link, ahead):
        link.refused(link.draft(sent_at=stamp(now() + ahead)), "time", final=False)

    @pytest.mark.parametrize("days", [1, 9, 9.99])
    def test_the_past_has_no_limit(self, link, days):
        sent_at = ago(days=days)
        link.accepted(link.draft(link.statement(issued_at=sent_at), sent_at=sent_at))

    @pytest.mark.parametrize(
        "key,edge,millis,accepted",
        [
            ("gateway_recent", "nbf", 0, True),
            ("gateway_recent", "nbf", -1, False),
            ("gateway_recent", "exp", -1, True),
            ("gateway_recent", "exp", 0, False),
            ("gateway", "nbf", 0, True),
            ("gateway", "nbf", -1, False),
            ("gateway_coming", "nbf", -1, False),
            ("gateway_ancient", "exp", -1, False),
        ],
    )
    def test_a_window_begins_at_nbf_and_ends_before_exp(self, link, key, edge, millis, accepted):
        sent = now().fromtimestamp(getattr(link.peer.ring[key], edge), now().tzinfo) + timedelta(milliseconds=millis)
        if sent > now():
            sent = now()
        draft = link.draft(key=key, sent_at=stamp(sent))
        if accepted:
            link.accepted(draft)
        else:
            link.refused(draft, "key_out_of_validity", final=True)

    def test_the_envelope_of_a_key_that_ended_more_than_90_days_ago_is_refused(self, link):
        draft = link.draft(key="gateway_ancient", sent_at=ago(days=150))
        link.refused(draft, "key_out_of_validity", final=True)


class TestReceipt:
    def test_is_of_the_gateway_and_names_envelope_place_time_and_leaf(self, link):
        draft = link.draft()
        receipt = read_receipt(link.accepted(draft), draft.token, link.partner.known)
        assert receipt["from"] == link.peer.node and receipt["to"] == link.there
        assert receipt["seq"] == draft.members["seq"] and receipt["envelope"] == draft.hash
        later = read_receipt(*self.next(link), link.partner.known)
        assert later["journal_size"] > receipt["journal_size"] and later["stored_at"] >= receipt["stored_at"]

    def next(self, link):
        draft = link.draft()
        return link.accepted(draft), draft.token

    def test_many_in_one_call_come_in_order(self, link):
        drafts = [link.draft()]
        for _ in range(9):
            drafts.append(link.behind(drafts[-1]))
        posted = link.post(*drafts)
        assert posted.problem is None and posted.head == {"seq": drafts[-1].members["seq"], "hash": drafts[-1].hash}
        for draft, receipt in zip(drafts, posted.receipts, strict=True):
            read_receipt(receipt, draft.token, link.partner.known)

    def test_what_comes_after_the_first_refusal_is_not_looked_at(self, link):
        good = link.draft()
        bad = link.behind(good)
        signature(link, bad)
        after = link.behind(good)
        posted = link.post(good, bad, after)
        assert len(posted.receipts) == 1 and posted.problem["index"] == 1 and posted.head["seq"] == good.members["seq"]
        link.accepted(after)

    def test_nothing_posted_gives_the_head_and_nothing_else(self, link):
        head = link.stream("head").json()
        posted = link.post()
        assert (posted.receipts, posted.problem, posted.head) == ([], None, head)


def test_the_header_of_a_refused_token_does_not_decide_who_is_told(link):
    """`from`, `to` and `seq` of a refusal are read from the payload, whatever the header."""
    draft = link.draft()
    token = compact(b'{"alg":"none"}', b'{"from":"%s","to":"pk","seq":7}' % link.peer.node.encode(), draft.key.secret.sign)
    link.refused(token, "malformed", final=True)
