"""Bad manners of a partner: what it may do to the envelopes that are posted to it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.exchange.peer.answers import LOST, Answer, Call, Proper, ok, problem_of
from tests.exchange.peer.forms import read_object, write_json
from tests.exchange.peer.keys import Key
from tests.exchange.peer.letters import make_receipt, read_envelope
from tests.exchange.peer.tokens import RECEIPT, jws, peek

ENVELOPES = "/exchange/v1/envelopes"
Change = Callable[[Call, Proper], Answer]


class Spoil:
    """Answers the first `times` posts of envelopes in its own way, and counts them."""

    def __init__(self, change: Change, times: int = 1_000, path: str = ENVELOPES) -> None:
        self.change, self.left, self.path = change, times, path
        self.calls: list[Call] = []

    @property
    def done(self) -> int:
        return len(self.calls)

    def __call__(self, call: Call, proper: Proper) -> Answer | None:
        if not call.path.startswith(self.path) or self.left <= 0:
            return None
        self.left -= 1
        answer = self.change(call, proper)
        self.calls.append(call)
        return answer


def tokens(call: Call) -> list[str]:
    return read_object(call.body)["envelopes"]


def says(status: int, body: bytes = b"", type: str = "text/plain", **headers: str) -> Change:
    """Another answer, nothing done."""
    return lambda call, proper: Answer(status, body, type, {name.replace("_", "-"): value for name, value in headers.items()})


def loses(call: Call, proper: Proper) -> Answer:
    """All is done as asked, and the answer lost."""
    proper()
    return LOST


def cuts(call: Call, proper: Proper) -> Answer:
    """The line is cut before anything is done."""
    return LOST


def dawdles(seconds: float) -> Change:
    def change(call: Call, proper: Proper) -> Answer:
        time.sleep(seconds)
        return proper()

    return change


def instead(rewrite: Callable[[dict[str, Any]], Any]) -> Change:
    """All is done as asked, and the answer told otherwise."""

    def change(call: Call, proper: Proper) -> Answer:
        answer = proper()
        said = read_object(answer.body)
        return ok(rewrite(said) or said)

    return change


def receipts(rewrite: Callable[[str, str], str]) -> Change:
    """Nothing is stored; each envelope gets a receipt of our making, from its token and the right key's name."""

    def change(call: Call, proper: Proper) -> Answer:
        return ok(
            {
                "receipts": [rewrite(token, "gateway") for token in tokens(call)],
                "head": {"seq": 1, "hash": "A" * 43},
                "problem": None,
            }
        )

    return change


def forged(key: Key, stored_at: str, **changes: Any) -> Callable[[str, str], str]:
    """A receipt with one thing wrong."""
    return lambda token, _: make_receipt(read_envelope(token), stored_at, 1, key, **changes)


def other_typ(key: Key, stored_at: str, typ: str) -> Callable[[str, str], str]:
    def rewrite(token: str, _: str) -> str:
        payload = peek(make_receipt(read_envelope(token), stored_at, 1, key))
        return jws(write_json(payload), typ if typ != "right" else RECEIPT, key.secret)

    return rewrite


def problem(name: str, **more: Any) -> Change:
    """Nothing is stored; the first envelope is told to be refused by this name."""

    def change(call: Call, proper: Proper) -> Answer:
        told = {key: value(call) if callable(value) else value for key, value in more.items()}
        body = {"receipts": [], "head": {"seq": 0, "hash": "A" * 43}, "problem": problem_of(name, index=0, **told)}
        return ok(body)

    return change
