"""Many at once: the same token, rivals, the same request, the same blob; and several partners that do not disturb each other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tests.exchange.peer import courier
from tests.exchange.peer.client import request_members, send, sign_request
from tests.exchange.peer.forms import sha_hex, write_json
from tests.exchange.peer.link import PATIENCE
from tests.exchange.peer.manners import Spoil, says
from tests.exchange.peer.notes import read_checkpoint
from tests.exchange.peer.witness import write_request

pytest_plugins = "tests.exchange.peer.stage"

POST = "/exchange/v1/envelopes"
MANY = 8


def at_once(does, count=MANY):
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(does, range(count)))


def posted(link, *drafts):
    """The body of the answer, without a look at my own books; waits where one should come again."""
    answer = link.call("POST", POST, write_json({"envelopes": [draft.token for draft in drafts]}))
    assert answer.status == 200, answer.body
    return answer.json()


class TestTheSame:
    def test_envelope_is_stored_once_and_every_receipt_is_the_first(self, link):
        draft = link.draft()
        answers = at_once(lambda _: posted(link, draft))
        assert len({answer["receipts"][0] for answer in answers}) == 1
        assert link.sync().head == {"seq": draft.members["seq"], "hash": draft.hash}
        link.outcome(draft)
        link.taken_up(link.draft())
        assert len([one for one in link.partner.outcomes if one["envelope"] == draft.hash]) == 1

    def test_batch_is_stored_once_and_in_order(self, link):
        drafts = [link.draft()]
        while len(drafts) < 20:
            drafts.append(link.behind(drafts[-1]))
        answers = at_once(lambda _: posted(link, *drafts), 4)
        assert len({tuple(answer["receipts"]) for answer in answers}) == 1
        assert link.sync().head["hash"] == drafts[-1].hash

    def test_refused_token_is_refused_with_one_refusal(self, link):
        draft = link.draft(to="zz")
        answers = at_once(lambda _: posted(link, draft))
        assert len({answer["problem"]["refusal"] for answer in answers}) == 1

    def test_request_is_let_in_once(self, link):
        target = f"/exchange/v1/streams/{link.peer.node}/{link.there}/head"
        for _ in range(3):
            members = request_members(link.peer.node, link.there, "GET", target, b"")
            headers = {"Authorization": f"Rahdari {sign_request(members, link.peer.ring['gateway'])}"}
            answers = at_once(lambda _, headers=headers: send(link.partner.url, "GET", target, b"", headers).status)
            assert sorted(answers) == [200, *[401] * (MANY - 1)]

    def test_blob_is_new_once(self, link):
        body = link.sealed(b"invented, many times", cty="text/plain").encode()
        address = f"/exchange/v1/blobs/{sha_hex(body)}"
        answers = at_once(lambda _: link.call("PUT", address, body).status)
        assert sorted(answers) == [*[200] * (MANY - 1), 201]

    def test_checkpoint_is_cosigned_from_one_old_size(self, link):
        link.taken_up(link.draft())
        assert courier.seek_cosignature(link.peer, link.there)[0] == 200
        old = read_checkpoint(link.peer.journal.notes[-1]).size
        link.taken_up(link.draft())
        note = link.peer.journal.checkpoint()
        size = read_checkpoint(note).size
        proof = [courier.b64(step) for step in link.peer.journal.consistency(old, size)]
        answers = at_once(lambda _: courier.add_checkpoint(link.partner.url, write_request(old, proof, note)))
        statuses = sorted(answer.status for answer in answers)
        assert statuses == [200, *[409] * (MANY - 1)]
        assert {answer.body for answer in answers if answer.status == 409} == {f"{size}\n".encode()}


class TestRivals:
    def test_for_one_place_leave_exactly_one_stored_and_the_stream_stopped(self, own_link):
        link = own_link
        rivals = [link.draft() for _ in range(MANY)]
        answers = at_once(lambda number: posted(link, rivals[number]))
        stored = [number for number, answer in enumerate(answers) if answer["receipts"]]
        assert len(stored) == 1
        winner = rivals[stored[0]]
        others = [answer["problem"] for number, answer in enumerate(answers) if number not in stored]
        assert {problem["type"] for problem in others} == {"/exchange/problems/fork"}
        assert {problem["stored"] for problem in others} == {winner.token}
        assert link.stream("head").json() == {"seq": 1, "hash": winner.hash}
        link.head = link.stream("head").json()
        link.refused(link.draft(), "stopped", final=False)

    def test_in_a_chain_posted_one_by_one_are_stored_without_holes(self, link):
        drafts = [link.draft()]
        while len(drafts) < 12:
            drafts.append(link.behind(drafts[-1]))
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda draft: posted(link, draft), drafts))
        for draft in drafts:
            posted(link, draft)
        after = drafts[0].members["seq"] - 1
        assert link.stream(f"envelopes?after={after}").json()["envelopes"][: len(drafts)] == [draft.token for draft in drafts]
        link.sync()


class TestSeveralPartners:
    def test_talk_at_the_same_time(self, counterpart, link):
        links = [link, counterpart.shared("another caller"), counterpart.shared("a third one")]

        def talk(one):
            drafts = [one.draft()]
            while len(drafts) < 10:
                drafts.append(one.behind(drafts[-1]))
            one.post(*drafts)
            return [one.outcome(draft)["outcome"] for draft in drafts]

        with ThreadPoolExecutor(3) as pool:
            assert list(pool.map(talk, links)) == [["taken_up"] * 10] * 3

    def test_one_that_is_down_does_not_hold_up_the_others(self, counterpart, link):
        down = counterpart.shared("a third one")
        with down.peer.misbehaving(Spoil(says(503))):
            waiting = [down.draft()]
            while len(waiting) < 20:
                waiting.append(down.behind(waiting[-1]))
            down.post(*waiting)
            link.taken_up(link.draft())
        for draft in waiting:
            down.outcome(draft)

    def test_one_that_is_slow_does_not_hold_up_the_others(self, counterpart, link):
        slow = counterpart.shared("a third one")
        began, may_go_on = Event(), Event()

        def dawdle(call, proper):
            began.set()
            may_go_on.wait(PATIENCE)
            return proper()

        with slow.peer.misbehaving(Spoil(dawdle, times=1)):
            late = slow.draft()
            slow.accepted(late)
            assert began.wait(PATIENCE), "their envelope to the slow one"
            try:
                link.taken_up(link.draft())
            finally:
                may_go_on.set()
        slow.outcome(late)

    def test_each_gets_only_what_is_for_it(self, counterpart, link):
        other = counterpart.shared("another caller")
        for one in (link, other):
            one.taken_up(one.draft())
        for one in (link, other):
            assert {held.members["to"] for held in one.partner.incoming.held} == {one.peer.node}
            mine = {place.hash for place in one.sync().partner.outgoing.places}
            assert {said["envelope"] for said in one.partner.outcomes} <= mine

    @pytest.mark.parametrize("count", [3])
    def test_may_use_the_same_statement_ids_and_threads(self, counterpart, link, count):
        other = counterpart.shared("another caller")
        for _ in range(count):
            first = link.draft()
            link.taken_up(first)
            second = other.draft(other.statement(id=first.id))
            other.taken_up(second)
