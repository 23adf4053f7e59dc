"""The thread that carries: takes up what came, sends what waits, asks for heads after a start, seeks cosignatures."""

from __future__ import annotations

import http.client
import random
import threading
import time
from typing import TYPE_CHECKING

from tests.exchange.peer.answers import Answer
from tests.exchange.peer.client import send
from tests.exchange.peer.forms import Malformed, demand, hash_form, whole, write_json
from tests.exchange.peer.letters import read_envelope
from tests.exchange.peer.notes import b64, read_checkpoint, read_line
from tests.exchange.peer.outgoing import Place
from tests.exchange.peer.witness import write_request

if TYPE_CHECKING:
    from tests.exchange.peer.partner import Partner
    from tests.exchange.peer.peer import Peer

PAUSE, FIRST_BACKOFF, LONGEST_BACKOFF = 0.02, 0.05, 0.4
NO_ANSWER = (OSError, http.client.HTTPException)


def run(peer: Peer) -> None:
    """Takes up what came, until the peer is closed; each partner has a thread of its own, so none waits for another."""
    carriers: dict[str, threading.Thread] = {}
    while not peer.ended.wait(PAUSE):
        peer.take_all_up()
        for partner in list(peer.partners.values()) if peer.automatic else []:
            if partner.node not in carriers:
                carriers[partner.node] = threading.Thread(target=carry, args=(peer, partner), daemon=True)
                carriers[partner.node].start()
    for carrier in carriers.values():
        carrier.join(5)


def carry(peer: Peer, partner: Partner) -> None:
    """Rounds with one partner, with a growing pause after each that failed. Pauses are short because tests wait for them."""
    pause = PAUSE
    while not peer.ended.wait(pause):
        keep_cosigned(peer, partner)
        if turn(peer, partner):
            pause = PAUSE
        else:
            backoff = min(LONGEST_BACKOFF, max(FIRST_BACKOFF, pause * 2))
            pause = backoff * (0.75 + random.random() / 4)


def turn(peer: Peer, partner: Partner) -> bool:
    """One round with one partner; false when it should be left alone for a while."""
    try:
        if not partner.asked:
            ask_heads(peer, partner)
        with peer.lock:
            partner.outgoing.seal_up()
            batch = partner.outgoing.batch()
        return post(peer, partner, batch) if batch else True
    except (*NO_ANSWER, ValueError, KeyError):
        return False


def post(peer: Peer, partner: Partner, batch: list[Place]) -> bool:
    tokens = [place.stub or place.token for place in batch]
    answer = peer.ask(partner.node, "POST", "/exchange/v1/envelopes", write_json({"envelopes": tokens}))
    with peer.lock:
        return partner.outgoing.take_answer(batch, answer)


def ask_heads(peer: Peer, partner: Partner) -> None:
    """Repair after a start: both heads; what the partner holds more of my own stream comes back to me."""
    mine = f"/exchange/v1/streams/{peer.node}/{partner.node}"
    head = _got(peer.ask(partner.node, "GET", f"{mine}/head"))
    theirs = _got(peer.ask(partner.node, "GET", f"/exchange/v1/streams/{partner.node}/{peer.node}/head"))
    demand(all(whole(one.get("seq")) and hash_form(one.get("hash")) for one in (head, theirs)), "no head")
    while len(partner.outgoing.places) < head["seq"]:
        after = len(partner.outgoing.places)
        envelopes = _got(peer.ask(partner.node, "GET", f"{mine}/envelopes?after={after}"))["envelopes"]
        receipts = _got(peer.ask(partner.node, "GET", f"{mine}/receipts?after={after}"))["receipts"]
        if not envelopes:
            raise Malformed("a head without its envelopes")
        for token, receipt in zip(envelopes, receipts, strict=False):
            adopt(peer, partner, token, receipt)
    partner.asked = True


def adopt(peer: Peer, partner: Partner, token: str, receipt: str) -> None:
    """An envelope I had forgotten: my own signature and its place are checked, then it counts as delivered."""
    signed, stream = read_envelope(token), partner.outgoing
    with peer.lock:
        seq, prev = len(stream.places) + 1, stream.before(len(stream.places) + 1)
        if not peer.is_mine(signed) or (signed.payload["seq"], signed.payload["prev"]) != (seq, prev):
            raise Malformed("not of my stream")
        stream.places.append(Place(seq, prev, token, ""))
        partner.lost.append(seq)
        if not stream.take_receipt(stream.places[-1], receipt):
            raise Malformed("no receipt")


def _got(answer: Answer) -> dict:
    if answer.status != 200:
        raise OSError(f"answered {answer.status}")
    return answer.json()


def keep_cosigned(peer: Peer, partner: Partner) -> None:
    """Asks the partner to witness when one of its streams has a new leaf, at most once a second."""
    size = peer.journal.last_of.get(partner.node, 0)
    if size <= partner.cosigned or time.monotonic() < partner.cosign_after:
        return
    partner.cosign_after = time.monotonic() + 1
    try:
        with peer.lock:
            status, _ = seek_cosignature(peer, partner.node)
    except (*NO_ANSWER, ValueError, AssertionError):
        return
    if status == 200:
        partner.cosigned = size
    else:
        partner.alarms.append("witness")


def seek_cosignature(peer: Peer, node: str) -> tuple[int, str]:
    """Asks the partner, as my witness, to cosign all I have; status and the cosigned note or the refusal."""
    partner, journal = peer.partners[node], peer.journal
    size = len(journal.leaves)  # it may grow while we ask
    note = journal.checkpoint(size)
    answer, old = None, 0
    for _ in range(2):
        proof = [b64(step) for step in journal.consistency(old, size)]
        answer = add_checkpoint(partner.url, write_request(old, proof, note))
        if answer.status != 409 or not answer.type.startswith("text/x.tlog.size"):
            break
        old = int(answer.body)
    assert answer is not None
    if answer.status != 200:
        return answer.status, answer.body.decode("utf-8", "replace")
    text = read_checkpoint(note).text
    for line in answer.body.decode().splitlines():
        read_line(line)
    journal.notes.append(note + answer.body.decode())
    assert read_checkpoint(journal.notes[-1]).text == text
    return 200, journal.notes[-1]


def add_checkpoint(url: str, body: bytes) -> Answer:
    return send(url, "POST", "/exchange/v1/witness/add-checkpoint", body, {"Content-Type": "text/plain; charset=utf-8"})
