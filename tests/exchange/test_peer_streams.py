"""What a stream shows of itself: heads, pages of envelopes and receipts, forks and their end, replacing (section 3)."""

from __future__ import annotations

import pytest

from tests.exchange.peer.forms import h
from tests.exchange.peer.keys import new_key
from tests.exchange.peer.letters import read_receipt, seed
from tests.exchange.peer.link import until
from tests.exchange.peer.tokens import peek

pytest_plugins = "tests.exchange.peer.stage"


class TestHead:
    def test_of_an_empty_stream_is_nothing_and_the_seed(self, own_link):
        ends = own_link.peer.node, own_link.there
        assert own_link.stream("head").json() == {"seq": 0, "hash": seed(*ends)}
        assert own_link.stream("head", mine=False).json() == {"seq": 0, "hash": seed(*reversed(ends))}
        for what in ("envelopes", "receipts"):
            page = own_link.stream(f"{what}?after=0").json()
            assert page == {what: [], "head": {"seq": 0, "hash": seed(*ends)}}

    def test_is_the_last_envelope(self, link):
        draft = link.draft()
        link.accepted(draft)
        assert link.stream("head").json() == {"seq": draft.members["seq"], "hash": draft.hash}

    def test_of_the_other_direction_is_what_they_sent(self, link):
        link.taken_up(link.draft())
        mine = link.partner.incoming
        head = until(lambda: (found := link.stream("head", mine=False).json()) == mine.head and found, "the same head")
        assert head["seq"] >= 1


class TestPages:
    def test_of_envelopes_are_the_tokens_byte_for_byte(self, link):
        after = link.head["seq"]
        drafts = [link.draft()]
        drafts += [link.behind(drafts[0])]
        link.post(*drafts)
        page = link.stream(f"envelopes?after={after}").json()
        assert page["envelopes"] == [draft.token for draft in drafts] and page["head"] == link.head

    def test_of_receipts_are_the_first_ones_byte_for_byte(self, link):
        after = link.head["seq"]
        drafts = [link.draft()]
        drafts += [link.behind(drafts[0])]
        receipts = link.post(*drafts).receipts
        link.post(*drafts)
        page = link.stream(f"receipts?after={after}").json()
        assert page == {"receipts": receipts, "head": link.head}

    def test_hold_at_most_64_and_go_on_from_there(self, own_link):
        link = own_link  # in a shared one large tokens of another case may stand, of which fewer fit into a page
        while link.head["seq"] < 70:
            drafts = [link.draft()]
            while len(drafts) < 40:
                drafts.append(link.behind(drafts[-1]))
            link.post(*drafts)
        for what in ("envelopes", "receipts"):
            first = link.stream(f"{what}?after=0").json()[what]
            assert len(first) == 64
            second = link.stream(f"{what}?after=64").json()[what]
            assert second and not set(first) & set(second)

    def test_hold_at_most_4_mib(self, link):
        after = link.head["seq"]
        for _ in range(5):
            draft = link.draft()
            draft.members["more"] = "x" * 780_000
            link.accepted(draft)
        answer = link.stream(f"envelopes?after={after}")
        page = answer.json()["envelopes"]
        assert 1 <= len(page) < 5 and len(answer.body) <= 4 * 2**20
        assert link.stream(f"envelopes?after={after + len(page)}").json()["envelopes"]

    @pytest.mark.parametrize("what", ["envelopes", "receipts"])
    def test_beyond_the_head_are_empty(self, link, what):
        page = link.stream(f"{what}?after={link.head['seq'] + 5}").json()
        assert page[what] == [] and page["head"] == link.head

    def test_of_their_stream_hold_my_receipts(self, link):
        link.taken_up(link.draft())
        mine = link.partner.incoming.held
        last = mine[-1].members["seq"]
        page = until(lambda: link.stream(f"receipts?after={last - 1}", mine=False).json()["receipts"], "my receipt there")
        assert page[0] == mine[-1].receipt
        assert link.stream(f"envelopes?after={last - 1}", mine=False).json()["envelopes"][0] == mine[-1].token


class TestFork:
    def test_keeps_the_stored_one_when_the_sender_gives_way(self, own_link):
        held = own_link.draft()
        rival = own_link.draft()
        receipt = own_link.accepted(held)
        own_link.refused(rival, "fork", final=False, stored=held.token)
        assert own_link.stream("envelopes?after=0").json()["envelopes"] == [held.token]
        assert own_link.stream("receipts?after=0").json()["receipts"] == [receipt]
        assert own_link.stream("head").json() == {"seq": 1, "hash": held.hash}

    def test_does_not_stop_the_stream_the_other_way(self, own_link):
        draft = own_link.draft()
        own_link.taken_up(draft)
        own_link.refused(own_link.draft(seq=1, prev=draft.members["prev"]), "fork", final=False)
        assert own_link.stream("head", mine=False).json()["seq"] >= 1

    def test_does_not_stop_other_partners(self, counterpart, own_link, link):
        held = own_link.draft()
        own_link.accepted(held)
        own_link.refused(own_link.draft(seq=1, prev=held.members["prev"]), "fork", final=False)
        link.taken_up(link.draft())

    @pytest.mark.nodes
    @pytest.mark.parametrize("kept", ["the stored one", "the rival"])
    def test_ends_with_the_operators_word(self, real_node, kept):
        link = real_node.link()
        held, rival = link.draft(), link.draft()
        first = link.accepted(held)
        link.refused(rival, "fork", final=False)
        keep = held if kept == "the stored one" else rival
        done = real_node.command("exchange", "resume", "--from", link.peer.node, "--keep", keep.hash)
        assert done.returncode == 0, done.stderr
        assert link.stream("head").json() == {"seq": 1, "hash": keep.hash}
        posted = link.post(keep)
        receipt = read_receipt(posted.receipts[0], keep.token, link.partner.known)
        assert (posted.receipts[0] == first) is (keep is held)
        link.taken_up(link.draft())
        assert receipt["seq"] == 1
        void = rival if keep is held else held
        again = link.post(void)
        # What was stored once keeps its first receipt; a rival that never was has none.
        assert again.receipts == ([] if void is rival else [first]) or again.name in ("fork", "stopped", "chain")

    @pytest.mark.nodes
    def test_is_not_ended_by_a_hash_nobody_knows(self, real_node):
        link = real_node.link()
        held = link.draft()
        link.accepted(held)
        link.refused(link.draft(seq=1, prev=held.members["prev"]), "fork", final=False)
        assert real_node.command("exchange", "resume", "--from", link.peer.node, "--keep", h("nothing")).returncode != 0
        link.refused(link.draft(), "stopped", final=False)


class TestReplacing:
    def spoilt(self, link, draft):
        key = new_key("gateway")
        draft.key = key
        return draft

    def test_a_refused_envelope_is_replaced_around_the_same_statement(self, link):
        refused = self.spoilt(link, link.draft())
        link.refused(refused, "signature", final=True)
        new = link.draft(refused.statement)
        assert (new.members["seq"], new.members["prev"]) == (refused.members["seq"], refused.members["prev"])
        link.taken_up(new)

    def test_what_was_signed_behind_it_is_replaced_as_well(self, link):
        first = self.spoilt(link, link.draft())
        second = link.behind(first)
        third = link.behind(second)
        posted = link.post(first, second, third)
        assert posted.receipts == [] and posted.name == "signature" and posted.problem["index"] == 0
        fresh = [link.draft(first.statement)]
        fresh.append(link.behind(fresh[0], second.statement))
        fresh.append(link.behind(fresh[1], third.statement))
        assert len(link.post(*fresh).receipts) == 3
        for draft in fresh:
            assert link.outcome(draft)["outcome"] == "taken_up"
        for old in (second, third):
            assert link.post(old).name == "chain"
        assert link.refused(first, "signature", final=True)["index"] == 0

    def test_the_refused_token_is_never_accepted_afterwards(self, link):
        draft = link.draft(key="gateway_recent")
        refusal = link.refused(draft, "key_out_of_validity", final=True)["refusal"]
        link.accepted(link.draft(draft.statement))
        assert link.refused(draft, "key_out_of_validity", final=True)["refusal"] == refusal
        assert peek(refusal)["envelope"] == draft.hash
