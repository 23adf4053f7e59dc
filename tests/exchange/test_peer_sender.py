"""The other side as sender, and its partner misbehaves: the same bytes again, nothing taken for delivered that is not proven."""

from __future__ import annotations

import pytest

from tests.exchange.peer.curve import Signing
from tests.exchange.peer.forms import ago, b64u, h, stamp
from tests.exchange.peer.keys import new_key
from tests.exchange.peer.letters import make_receipt, read_envelope
from tests.exchange.peer.link import until
from tests.exchange.peer.manners import Spoil, cuts, dawdles, forged, instead, loses, other_typ, receipts, says, tokens
from tests.exchange.peer.peer import Peer

pytest_plugins = "tests.exchange.peer.stage"


@pytest.fixture
def calm(link):
    """All that was said before is delivered and receipted."""
    settled(link)
    return link


def settled(link):
    until(lambda: there(link)[0] == len(link.partner.incoming.held), "all of their envelopes at my side")
    until(lambda: len(delivered(link)) == len(there_all(link)), "all of my receipts at their side")


def there(link):
    head = link.stream("head", mine=False).json()
    return head["seq"], head["hash"]


def there_all(link):
    return link.partner.incoming.held


def delivered(link, after=0):
    """The receipts the other side holds for its envelopes to me."""
    found = []
    while True:
        page = link.stream(f"receipts?after={after + len(found)}", mine=False).json()["receipts"]
        if not page:
            return found
        found += page


def provoke(link, change, tries=2):
    """Makes the other side say something into the bad manners of mine, and waits until it tried so often.

    Gives the posts it tried; the manners are good again afterwards.
    """
    manner = Spoil(change)
    with link.peer.misbehaving(manner):
        before = len(there_all(link))  # what came late of an earlier case was still taken well
        draft = link.draft()
        link.accepted(draft)
        until(lambda: manner.done >= tries, f"{tries} tries")
        assert len(delivered(link, before)) == 0, "taken for delivered without a receipt that holds"
    return draft, [tokens(call) for call in manner.calls]


def goes_on(link, draft, tried):
    """Good manners again: the same bytes come, are receipted, and nothing came twice."""
    assert link.outcome(draft)["outcome"] == "taken_up"
    settled(link)
    held = {one.members["seq"]: one.token for one in there_all(link)}
    for post in tried:
        for token in post:
            assert held[read_envelope(token).payload["seq"]] == token, "other bytes for the same place"
    assert len({one.hash for one in there_all(link)}) == len(there_all(link))
    assert delivered(link) == [one.receipt for one in there_all(link)]


ANSWERS = {
    "500": says(500),
    "502 with a page": says(502, b"<html>Bad gateway</html>", "text/html"),
    "503": says(503),
    "503 with Retry-After": says(503, Retry_After="1"),
    "504": says(504),
    "507": says(507),
    "429": says(429),
    "429 with Retry-After": says(429, Retry_After="1"),
    "429 with a strange Retry-After": says(429, Retry_After="next week"),
    "401": says(401, b'{"type":"/exchange/problems/unauthorised","title":"x","status":401}', "application/problem+json"),
    "403": says(403, b'{"type":"/exchange/problems/not_a_party","title":"x","status":403}', "application/problem+json"),
    "404": says(404),
    "400": says(400, b'{"type":"/exchange/problems/malformed","title":"x","status":400}', "application/problem+json"),
    "204": says(204),
    "200 and nothing": says(200),
    "200 and a page": says(200, b"<html>Welcome</html>", "text/html"),
    "200 and half of an answer": says(200, b'{"receipts":[', "application/json"),
    "200 and a list": says(200, b"[]", "application/json"),
    "200 and null": says(200, b"null", "application/json"),
    "200 and an empty object": says(200, b"{}", "application/json"),
    "200 and receipts null": says(200, b'{"receipts":null,"head":null,"problem":null}', "application/json"),
    "200 and no receipts": says(200, b'{"receipts":[],"head":{"seq":0,"hash":"x"},"problem":null}', "application/json"),
    "200 and a fraction": says(200, b'{"receipts":[],"head":{"seq":0.5,"hash":"x"},"problem":null}', "application/json"),
    "200 and numbers for receipts": says(200, b'{"receipts":[1],"head":{"seq":0,"hash":"x"},"problem":null}', "application/json"),
    "200 and words for receipts": says(
        200, b'{"receipts":["a.b.c"],"head":{"seq":0,"hash":"x"},"problem":null}', "application/json"
    ),
    "200 and bytes": says(200, bytes(range(256)), "application/json"),
    "200 and 30 million letters": says(200, b'{"receipts":["' + b"x" * 30_000_000 + b'"]}', "application/json"),
    "200 and 100000 brackets": says(200, b"[" * 100_000, "application/json"),
    "a line that is cut": cuts,
}


class TestAnswers:
    @pytest.mark.parametrize("case", ANSWERS)
    def test_that_prove_nothing_make_it_send_the_same_bytes_again(self, calm, case):
        goes_on(calm, *provoke(calm, ANSWERS[case]))

    def test_that_were_lost_after_all_was_done_make_it_send_the_same_bytes_again(self, calm):
        before = len(there_all(calm))
        draft, tried = provoke(calm, loses)
        assert len(there_all(calm)) > before
        goes_on(calm, draft, tried)

    def test_that_come_late_are_taken(self, calm):
        manner = Spoil(dawdles(4))
        with calm.peer.misbehaving(manner):
            draft = calm.draft()
            calm.accepted(draft)
            calm.outcome(draft)
        goes_on(calm, draft, [tokens(call) for call in manner.calls])

    def test_that_lead_elsewhere_are_not_followed(self, calm):
        stranger = Peer("zx")
        try:
            change = says(307, Location=f"{stranger.url}/exchange/v1/envelopes")
            goes_on(calm, *provoke(calm, change))
            assert stranger.calls == []
        finally:
            stranger.close()

    def test_that_never_come_because_the_line_is_down_are_waited_for(self, calm):
        calm.peer.served.down()
        try:
            draft = calm.draft()
            calm.accepted(draft)
        finally:
            calm.peer.served.up()
        goes_on(calm, draft, [])


def receipt_of_another(link):
    """A good receipt, of the envelope before."""
    return lambda token, _: there_all(link)[-1].receipt


RECEIPTS = {
    "of another hash": lambda link: forged(link.peer.ring["gateway"], stamp(), envelope=h("another")),
    "of another place": lambda link: forged(link.peer.ring["gateway"], stamp(), seq=10**6),
    "of the stream the other way": lambda link: forged(
        link.peer.ring["gateway"], stamp(), **{"from": link.peer.node, "to": link.there}
    ),
    "of the envelope before": receipt_of_another,
    "of the clerk": lambda link: forged(link.peer.ring["clerk"], stamp()),
    "of the office": lambda link: forged(link.peer.ring["office"], stamp()),
    "of a stranger": lambda link: forged(new_key("gateway"), stamp()),
    "of a gateway that had ended": lambda link: forged(link.peer.ring["gateway_recent"], stamp()),
    "stored before the gateway was in force": lambda link: forged(link.peer.ring["gateway"], ago(days=20)),
    "stored ten minutes before it was sent": lambda link: forged(link.peer.ring["gateway"], ago(minutes=10)),
    "stored at no time": lambda link: forged(link.peer.ring["gateway"], "2026-01-01T00:00:00Z"),
    "of spec 2": lambda link: forged(link.peer.ring["gateway"], stamp(), spec=2),
    "with a size that is a text": lambda link: forged(link.peer.ring["gateway"], stamp(), journal_size="1"),
    "of typ refusal": lambda link: other_typ(link.peer.ring["gateway"], stamp(), "rahdari-refusal+json"),
    "with a spoilt signature": lambda link: (
        lambda token, _: spoilt(make_receipt(read_envelope(token), stamp(), 1, link.peer.ring["gateway"]))
    ),
    "that is the envelope itself": lambda link: lambda token, _: token,
    "that is a word": lambda link: lambda token, _: "receipt",
    "that is nothing": lambda link: lambda token, _: "",
}


def spoilt(token):
    return f"{token.rpartition('.')[0]}.{b64u(Signing().sign(b'x'))}"


class TestReceipts:
    @pytest.mark.parametrize("case", RECEIPTS)
    def test_that_do_not_hold_are_not_taken_for_delivered(self, calm, case):
        goes_on(calm, *provoke(calm, receipts(RECEIPTS[case](calm))))

    def test_more_than_were_sent_prove_no_more(self, calm):
        """The receipt that holds counts, or the whole answer proves nothing: the text leaves it open. Nothing else is taken."""
        manner = Spoil(instead(lambda said: said["receipts"].extend(["x"] * 3)), times=1)
        with calm.peer.misbehaving(manner):
            draft = calm.draft()
            calm.accepted(draft)
            until(lambda: manner.done, "their envelope")
        goes_on(calm, draft, [tokens(call) for call in manner.calls])

    def test_a_second_one_for_the_same_envelope_is_no_fault(self, calm):
        """A partner that was restored signs another receipt."""
        draft = calm.draft()
        calm.accepted(draft)
        calm.outcome(draft)
        settled(calm)
        held = there_all(calm)[-1]
        first = held.receipt
        held.receipt = make_receipt(held.signed, stamp(), 10**6, calm.peer.ring["gateway"])
        gap = Spoil(lambda call, proper: _gap(held.members["seq"]), times=1)
        with calm.peer.misbehaving(gap):
            again = calm.draft()
            calm.accepted(again)
            calm.outcome(again)
        held.receipt = first
        assert delivered(calm)[held.members["seq"] - 1] == first, "the first receipt must stay the first"


def _gap(expected):
    from tests.exchange.peer.answers import ok, problem_of

    head = {"seq": expected - 1, "hash": "A" * 43}
    return ok({"receipts": [], "head": head, "problem": problem_of("gap", index=0, expected_seq=expected)})
